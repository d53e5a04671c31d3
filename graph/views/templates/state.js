// What is chosen, what is filtered out, and the address that says so (#claim=ID).
(() => {
  "use strict";
  const { facts, nodes, edges, nodeOf, edgesOf, about, bears } = SN;
  const all = (list) => new Set(list.map((_, i) => i));

  SN.groups = {
    support: "Supports", attack: "Attacks", undercut: "Attacks on an inference",
    conflict: "Contradicts (both ways)", rephrase: "Says the same", answer: "Answers a question",
  };
  SN.groupOf = (kind) => ({ rebut: "attack", undermine: "attack", contradictory: "conflict",
    contrary: "conflict", more: "support", pro: "answer", con: "answer" })[kind] ?? kind;
  SN.filters = {
    holder: all(facts.agents),
    source: all(facts.sources),
    issue: new Set([...facts.issues.keys(), -1]),
    kind: new Set(Object.keys(SN.groups)),
    status: new Set(["asserted", "conceded", "reported"]),
  };

  const state = (SN.state = { claim: -1, clash: -1, hover: -1, focus: null, hidden: nodes.map(() => false) });
  const visible = (i) => {
    const claim = facts.claims[i];
    const f = SN.filters;
    if (!f.holder.has(claim.holder) || !f.source.has(claim.source) || !f.status.has(claim.status)) return false;
    return bears[i].size ? [...bears[i]].some((issue) => f.issue.has(issue)) : f.issue.has(-1);
  };
  SN.refilter = () => {
    facts.claims.forEach((_, i) => { state.hidden[nodeOf.claim[i].id] = !visible(i); });
    nodeOf.issue.forEach((n, i) => { state.hidden[n.id] = !SN.filters.issue.has(i); });
    nodeOf.source.forEach((n, i) => { state.hidden[n.id] = !SN.filters.source.has(i); });
    nodeOf.step.forEach((n, i) => {
      const { premises, conclusion } = facts.supports[i];
      const gone = (c) => state.hidden[nodeOf.claim[c].id];
      state.hidden[n.id] = gone(conclusion) || premises.every(gone);
    });
    for (const n of nodes) if (n.kind === "more") state.hidden[n.id] = state.hidden[n.ref];
    SN.restyle();
    SN.redraw();
  };
  state.hiddenEdge = (edge) => state.hidden[edge.from] || state.hidden[edge.to] ||
    !SN.filters.kind.has(SN.groupOf(edge.kind));
  // How strongly a box is drawn, and whether only its ghost is.
  state.seen = (n) => {
    if (state.hidden[n.id] && !state.focus?.nodes.has(n.id)) return [1, true];
    return [state.focus && n.kind !== "source" && !state.focus.nodes.has(n.id) ? 0.28 : 1, false];
  };

  const withEnds = (lines, own) => {
    const focus = { nodes: new Set(own), edges: new Set(lines) };
    for (const i of lines) focus.nodes.add(edges[i].from).add(edges[i].to).add(edges[i].over.id);
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

  const said = (claim) => `${SN.holder(claim)}, ${SN.statusOf(claim)}: ${facts.claims[claim].text}`;
  const show = (choice, focusPage) => {
    Object.assign(state, { claim: -1, clash: -1, focus: null });
    if (choice.claim !== undefined) {
      state.claim = choice.claim;
      state.focus = aroundClaim(choice.claim);
      SN.showClaim(choice.claim);
      SN.openTab("claim", focusPage);
      SN.look([nodeOf.claim[choice.claim]]);
      SN.say(said(choice.claim));
    } else if (choice.clash !== undefined) {
      const clash = facts.contradictions[choice.clash];
      state.clash = choice.clash;
      state.focus = aroundClash(clash);
      SN.showClash(choice.clash);
      SN.openTab("clashes", focusPage);
      SN.look(SN.pathNodes(clash), true);
      SN.say(`Contradiction ${clash.rank}. ${said(clash.first)} Against ${said(clash.second)}`);
    } else {
      SN.showClaim(-1);
      SN.showClash(-1);
      if (choice.unknown) SN.say("The link names nothing on this map.");
    }
    SN.restyle();
    SN.redraw();
  };

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const fromAddress = () => {
    const [, what, name] = /^#(claim|contradiction)=(.*)$/s.exec(location.hash) ?? [];
    if (what === "claim" && SN.claimAt.has(decoded(name))) return { claim: SN.claimAt.get(decoded(name)) };
    if (what === "contradiction" && SN.clashAt.has(name)) return { clash: SN.clashAt.get(name) };
    return { unknown: Boolean(what) };
  };
  let wantsPage = false;
  SN.follow = () => {
    show(fromAddress(), wantsPage);
    wantsPage = false;
  };
  SN.addressOf = (choice) => {
    if (choice.claim !== undefined) return `#claim=${encodeURIComponent(facts.claims[choice.claim].id)}`;
    if (choice.clash !== undefined) return `#contradiction=${facts.contradictions[choice.clash].rank}`;
    return "#";
  };
  // Go to a claim or a contradiction; `replace` leaves no step for the back button.
  SN.go = (choice, { page = false, replace = false } = {}) => {
    const address = SN.addressOf(choice);
    wantsPage = page;
    if (address === (location.hash || "#")) SN.follow();
    else if (replace) {
      history.replaceState(null, "", address);
      SN.follow();
    } else location.hash = address;
  };
})();
