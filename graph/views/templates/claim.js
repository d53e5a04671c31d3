// The page of one claim: its wording, where it comes from, and all that touches it.
(() => {
  "use strict";
  const { facts, about, el } = SN;
  const { claims, supports, attacks, rephrases } = facts;
  const section = (title, items) =>
    items.length ? [el("h3", {}, `${title} (${items.length})`), el("ul", { class: "list" }, items.map((i) => el("li", {}, i)))] : [];
  const notes = (...parts) => parts.filter(Boolean).join(" · ");
  const other = (pair, claim) => (pair[0] === claim ? pair[1] : pair[0]);

  const supporters = (claim) => about[claim].supporters.flatMap((i) => {
    const s = supports[i];
    const linked = s.premises.length > 1 ? `linked: ${s.name}` : "";
    return s.premises.map((p) => SN.claimLink(p, { note: notes(linked, s.scheme, s.origin) }));
  });
  const supported = (claim) => about[claim].supports.map((i) => {
    const s = supports[i];
    const others = s.premises.length - 1;
    const linked = others ? `together with ${others} other${others > 1 ? "s" : ""}` : "";
    return SN.claimLink(s.conclusion, { note: notes(linked, s.scheme, s.origin) });
  });
  const attackers = (claim) => [
    ...about[claim].attackers.map((i) => SN.claimLink(attacks[i].attacker, { note: notes(attacks[i].kind, attacks[i].origin) })),
    ...about[claim].undercuts.map((i) => SN.claimLink(attacks[i].attacker,
      { note: notes(`undercuts ${supports[attacks[i].target].name}`, attacks[i].origin) })),
  ];
  const attacked = (claim) => about[claim].attacks.map((i) => {
    const a = attacks[i];
    const cut = a.kind === "undercut";
    const target = cut ? supports[a.target].conclusion : a.target;
    return SN.claimLink(target, { note: notes(cut ? `undercuts ${supports[a.target].name}` : a.kind, a.origin) });
  });
  const conflicts = (claim) => about[claim].conflicts.map((i) => {
    const a = attacks[i];
    return SN.claimLink(other([a.attacker, a.target], claim), { note: notes(a.kind, a.origin) });
  });
  const same = (claim) => about[claim].rephrases.map((i) => {
    const r = rephrases[i];
    return SN.claimLink(other([r.first, r.second], claim), { note: r.origin });
  });
  const answers = (claim) => about[claim].issues.map(([i, pro]) => el("button", {
    class: "item", type: "button", on: { click: () => SN.lookIssue(i) },
  }, el("span", { class: "chip" }, pro ? "+ yes to" : "− no to"), " ", el("bdi", {}, facts.issues[i].question)));
  const clashes = (claim) => about[claim].clashes.map((i) => SN.clashLink(i));

  const facing = (claim) => {
    const c = claims[claim];
    const source = facts.sources[c.source];
    const row = (name, ...inside) => [el("dt", {}, name), el("dd", {}, inside)];
    return el("dl", {},
      row("Name", el("bdi", {}, c.id)),
      row("Status", SN.statusOf(claim)),
      row("Piece", el("bdi", {}, source.title)),
      row("Author", el("bdi", {}, facts.agents[source.author].name)),
      source.about.length ? row("Published", source.about.join(", ")) : [],
      c.anchor ? row("Place", SN.place(c.anchor)) : [],
      row("Strength", `${facts.strengths[claim].toFixed(2)} of 1 (DF-QuAD)`),
      c.origin ? row("Origin", c.origin) : [],
      c.tags.length ? row("Tags", c.tags.join(", ")) : []);
  };

  const act = (id, text, does, given = {}) =>
    el("button", { class: "plain small", type: "button", id, ...given, on: { click: does } }, text);
  const doing = (claim) => el("div", { class: "bar", role: "group", "aria-label": "What to do with this claim" },
    SN.state.view === "map" ? null : act("to-map", "Show on the map", () => SN.go({ view: "map", claim })),
    [1, 2, 3].map((links) => act(`links-${links}`, links === 1 ? "1 link" : `${links} links`,
      () => SN.go({ view: "map", claim, links: SN.state.links === links ? 0 : links }),
      { "aria-pressed": String(SN.state.links === links), title: `Show only what is at most ${links} links away ( ${links} )` })),
    SN.nodeOf.claim[claim].many ? act("fold", SN.isFolded(SN.nodeOf.claim[claim]) ? "Open branch" : "Collapse branch",
      () => SN.fold(SN.nodeOf.claim[claim]), { title: "( c )" }) : null,
    act("hide", "Hide", () => SN.hide(claim), { title: "( h )" }),
    act("strike", "Strike out", () => SN.strike(claim), { "aria-pressed": String(SN.scene.struck.has(claim)), title: "( x )" }),
    act("accept", "Accept", () => SN.accept(claim), { "aria-pressed": String(SN.scene.accepted.has(claim)), title: "( a )" }));
  const STAND = { in: "✓ It stands", out: "✗ It falls", undecided: "? Undecided", struck: "✗ Struck out" };
  // A reason with the claims that it names as links.
  const linked = (reason) => reason.replace(/^\w+: /, "").split(/(\[[^\]]+\])/).map((part) => {
    const claim = SN.claimAt.get(part.slice(1, -1));
    return part.startsWith("[") && claim !== undefined
      ? el("a", { ...SN.goes({ claim }), title: claims[claim].text }, el("bdi", {}, part)) : part;
  });
  const what = (claim) => {
    if (!SN.scene.standing) return null;
    const { label, reason } = SN.labels();
    const changed = SN.fallen().filter(([c]) => c !== claim);
    return el("div", { class: "stands", id: "stands" },
      el("p", {}, el("strong", {}, STAND[label[claim]]), label[claim] === "struck" ? "" : [" – ", linked(reason[claim])]),
      changed.length ? el("details", {}, el("summary", {}, `${changed.length} claims stand otherwise than at first`),
        SN.longList(changed, ([c, before, after]) => SN.claimLink(c, { note: `${before} → ${after}` }), 20)) : null);
  };

  const everything = () => [
    el("h2", {}, "No claim chosen"),
    el("p", { class: "note" }, "Choose one on the map, search for one, or open a piece:"),
    facts.sources.map((source, at) => {
      const inside = el("div");
      const box = el("details", { on: { toggle: () => {
        if (!inside.firstChild) {
          const own = claims.flatMap((c, i) => (c.source === at ? [i] : []));
          inside.append(SN.longList(own, (i) => SN.claimLink(i)));
        }
      } } }, el("summary", {}, el("bdi", {}, source.title), " – ", el("bdi", {}, facts.agents[source.author].name)), inside);
      return box;
    }).slice(0, 400),
  ];

  SN.showClaim = (claim) => {
    const page = SN.page("claim");
    if (claim < 0) {
      page.replaceChildren(...everything().flat(2));
      return;
    }
    const c = claims[claim];
    page.replaceChildren(el("div", {},
      el("div", { class: "bar" }, SN.who(c.holder), SN.status(claim),
        el("button", { class: "plain small", type: "button", on: { click: () => SN.go({}) } }, "Close")),
      el("h2", { class: "full", dir: "auto", id: "claim-text" }, c.text),
      doing(claim),
      what(claim),
      c.passage ? [el("h3", {}, "In the piece"), el("blockquote", { dir: "auto" }, c.passage)] : [],
      facing(claim),
      section("Clashes", clashes(claim)),
      section("In conflict with, both ways", conflicts(claim)),
      section("Attacked by", attackers(claim)),
      section("Attacks", attacked(claim)),
      section("Supported by", supporters(claim)),
      section("Supports", supported(claim)),
      section("Says the same as", same(claim)),
      section("Answers", answers(claim))));
  };
})();
