// What is chosen, as the address says: a view, and in it a claim, a clash and whatever else it shows.
(() => {
  "use strict";
  const { facts, nodes, edges, nodeOf, edgesOf, about } = SN;
  // Names of views in the order of their links; each view adds itself: { title, build, show }.
  SN.views = { map: { title: "Map" } };
  SN.view = (name, view) => {
    SN.views[name] = view;
  };

  const state = (SN.state = { view: "map", claim: -1, clash: -1, links: 0, hover: -1, focus: null, params: {} });
  const withEnds = (lines, own) => {
    const focus = { nodes: new Set(own), edges: new Set(lines) };
    for (const i of lines) {
      for (const n of [edges[i].p ?? edges[i].a, edges[i].q ?? edges[i].b, edges[i].over]) focus.nodes.add(n.id);
    }
    return focus;
  };
  const aroundClaim = (claim) => {
    const lines = new Set(nodeOf.claim[claim].edges);
    for (const s of [...about[claim].supports, ...about[claim].supporters]) {
      for (const i of edgesOf.get(`support ${s}`) ?? []) lines.add(i);
    }
    for (const a of about[claim].undercuts) for (const i of edgesOf.get(`undercut ${a}`)) lines.add(i);
    return withEnds(lines, [nodeOf.claim[claim].id]);
  };
  SN.pathNodes = (clash) => clash.path.map((c) => (c < 0 ? nodeOf.issue[clash.issue] : nodeOf.claim[c]));
  const aroundClash = (clash) => {
    const lines = new Set();
    for (const step of SN.steps(clash)) if (step.key) for (const i of edgesOf.get(step.key) ?? []) lines.add(i);
    const own = SN.pathNodes(clash).map((n) => n.id);
    if (clash.issue >= 0 && clash.path.includes(-1)) {
      const issue = nodeOf.issue[clash.issue];
      for (const i of issue.edges) if (own.includes(edges[i].from)) lines.add(i);
    }
    return withEnds(lines, own);
  };
  // The neighbourhood of what is chosen, made anew when the lines of the map are.
  SN.refocus = () => {
    state.focus = state.claim >= 0 ? (state.links ? null : aroundClaim(state.claim))
      : state.clash >= 0 ? aroundClash(facts.clashes[state.clash]) : null;
  };

  const said = (claim) => `${SN.holder(claim)}, ${SN.statusOf(claim)}: ${facts.claims[claim].text}`;
  let listed = null; // the clash that the panel shows, -1 for the list of all
  const panel = (focusPage, unknown) => {
    const { claim, clash } = state;
    SN.showClaim(claim);
    if (clash !== listed) SN.showClash(clash);
    listed = clash;
    if (claim >= 0) {
      SN.openTab("claim", focusPage);
      SN.say(said(claim));
    } else if (clash >= 0) {
      const { rank, first, second } = facts.clashes[clash];
      SN.openTab("clashes", focusPage);
      SN.say(`Clash ${rank}. ${said(first)} Against ${said(second)}`);
    } else if (unknown) SN.say("The link names nothing in this debate.");
  };
  const onMap = () => {
    const chosen = state.claim >= 0 ? [nodeOf.claim[state.claim]]
      : state.clash >= 0 ? SN.pathNodes(facts.clashes[state.clash]) : [];
    SN.reveal(chosen);
    SN.rearrange();
    if (state.links) SN.fit();
    else if (chosen.length) SN.look(chosen, state.clash >= 0);
    SN.redraw();
  };
  let last = "";
  const show = (choice, focusPage) => {
    const wasAlone = state.links;
    Object.assign(state, choice);
    for (const name of Object.keys(SN.views)) document.getElementById(`view-${name}`).hidden = name !== state.view;
    document.body.dataset.view = state.view;
    for (const link of document.querySelectorAll("#nav a")) {
      if (link.dataset.view === state.view) {
        link.setAttribute("aria-current", "page");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
      link.href = SN.addressOf({ view: link.dataset.view });
    }
    SN.panel(state.view === "map" || state.claim >= 0);
    panel(focusPage, choice.unknown);
    if (state.view === "map") {
      SN.resize();
      onMap();
      if (wasAlone && !state.links) SN.look(state.claim >= 0 ? [nodeOf.claim[state.claim]] : nodes);
    } else SN.views[state.view].show(state.params);
    if (last !== state.view && last) SN.say(`${SN.views[state.view].title}. ${document.getElementById("live").textContent}`);
    last = state.view;
  };

  // The address: #view=clashes&clash=3, or for the map #claim=ID, #claim=ID&links=2, #clash=3.
  const fromAddress = () => {
    const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")));
    const { view, claim, clash, contradiction, links, ...params } = given;
    const found = {
      view: Object.hasOwn(SN.views, view ?? "") ? view : "map",
      claim: SN.claimAt.get(claim) ?? -1,
      clash: SN.clashAt.get(clash) ?? SN.numberAt.get(contradiction) ?? -1,
      params,
    };
    if (found.claim >= 0) found.clash = -1;
    found.links = found.claim >= 0 && ["1", "2", "3"].includes(links) ? Number(links) : 0;
    const wanted = claim ?? clash ?? contradiction ?? view;
    found.unknown = wanted !== undefined && found.claim < 0 && found.clash < 0 && found.view !== view;
    return found;
  };
  let wantsPage = false;
  SN.follow = () => {
    show(fromAddress(), wantsPage);
    wantsPage = false;
  };
  const PLAIN = /%(2C|3A|40|2F)/g; // signs that need no escape after a #
  SN.addressOf = ({ view = state.view, claim = -1, clash = -1, links = 0, params = view === state.view ? state.params : {} }) => {
    const given = {
      ...(view === "map" ? {} : { view }), ...params,
      ...(claim >= 0 ? { claim: facts.claims[claim].id } : {}),
      ...(clash >= 0 ? { clash: facts.clashes[clash].rank } : {}),
      ...(links ? { links } : {}),
    };
    const parts = Object.entries(given).map(([key, value]) =>
      `${encodeURIComponent(key)}=${encodeURIComponent(value).replace(PLAIN, decodeURIComponent)}`);
    return `#${parts.join("&")}`;
  };
  // Go to a claim, a clash or a view; `replace` leaves no step for the back button.
  SN.go = (choice, { page = false, replace = false } = {}) => {
    const address = SN.addressOf(choice);
    wantsPage = page;
    if (address === (location.hash || "#")) SN.follow();
    else if (replace) {
      history.replaceState(null, "", address);
      SN.follow();
    } else location.hash = address;
  };
  SN.buildNav = () => {
    document.getElementById("nav").replaceChildren(...Object.entries(SN.views).map(([name, view]) =>
      SN.el("a", { href: `#view=${name}`, "data-view": name, on: { click: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        SN.go({ view: name, claim: state.claim, clash: state.clash });
      } } }, view.title)));
    for (const [name, view] of Object.entries(SN.views)) {
      if (name === "map") continue;
      document.getElementById("views").append(SN.el("section", {
        id: `view-${name}`, class: "view", "aria-label": view.title, tabindex: "-1", hidden: true }));
    }
  };
})();
