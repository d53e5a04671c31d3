// Boxes to tick: whose claims, about what, from which piece, and which lines to draw.
(() => {
  "use strict";
  const { facts, el, filters } = SN;
  const count = (list) => list.reduce((m, k) => m.set(k, (m.get(k) ?? 0) + 1), new Map());

  const set = (name, title, options) => {
    if (options.length < 2 && name !== "kind") return null;
    const chosen = filters[name];
    const boxes = options.map(([value, label, glyph, n]) => {
      const box = el("input", { type: "checkbox", checked: chosen.has(value), on: { change: () => {
        if (box.checked) chosen.add(value);
        else chosen.delete(value);
        SN.refilter();
      } } });
      return [box, value, el("label", {}, box, glyph, el("bdi", {}, label), n === undefined ? null : el("span", { class: "chip" }, String(n)))];
    });
    const every = (on) => {
      for (const [box, value] of boxes) {
        box.checked = on;
        if (on) chosen.add(value);
        else chosen.delete(value);
      }
      SN.refilter();
    };
    const button = (on) => el("button", { class: "plain small", type: "button", "aria-label": `${title}: ${on ? "all" : "none"}`,
      on: { click: () => every(on) } }, on ? "All" : "None");
    return el("fieldset", { "data-filter": name }, el("legend", {}, title), el("div", { class: "bar" }, button(true), button(false)),
      boxes.slice(0, 8).map(([, , label]) => label),
      boxes.length > 8 ? el("details", {}, el("summary", {}, `${boxes.length - 8} more`), boxes.slice(8).map(([, , label]) => label)) : null);
  };

  SN.buildFilters = () => {
    const held = count(facts.claims.map((c) => c.holder));
    const wrote = count(facts.claims.map((c) => c.source));
    const stood = count(facts.claims.map((c) => c.status));
    const drawn = new Set(SN.edges.map((e) => SN.groupOf(e.kind)));
    SN.page("filters").replaceChildren(...[
      el("p", { class: "note" }, "What is filtered out stays on the map as an empty frame."),
      set("holder", "Authors and speakers", facts.agents.flatMap((a, i) => held.has(i) ? [[i, a.name, SN.badgeOf(i), held.get(i)]] : [])),
      set("kind", "Lines", Object.entries(SN.groups).flatMap(([k, label]) => drawn.has(k) ? [[k, label, SN.sample(k)]] : [])),
      set("issue", "Questions", [...facts.issues.map((q, i) => [i, SN.short(q.question, 90), null]), [-1, "Claims that bear on no question", null]]),
      set("status", "Status", ["asserted", "conceded", "reported"].flatMap((s) => stood.has(s) ? [[s, s, null, stood.get(s)]] : [])),
      set("source", "Pieces", facts.sources.map((s, i) => [i, SN.short(s.title, 70), SN.badgeOf(s.author), wrote.get(i) ?? 0])),
    ].filter(Boolean));
  };
})();
