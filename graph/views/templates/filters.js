// Boxes to tick: whose claims, about what, from which piece, and which lines to draw.
(() => {
  "use strict";
  const { facts, el, scene } = SN;
  const count = (list) => list.reduce((m, k) => m.set(k, (m.get(k) ?? 0) + 1), new Map());

  const wide = new Set(); // the long lists that were opened

  const set = (name, title, options) => {
    if (options.length < 2 && name !== "kind") return null;
    const chosen = scene[name];
    const boxes = options.map(([value, label, glyph, n]) => {
      const box = el("input", { type: "checkbox", checked: chosen.has(value), on: { change: () => {
        SN.change(`${title}: ${label} ${box.checked ? "shown" : "hidden"}.`, () => chosen[box.checked ? "add" : "delete"](value));
      } } });
      box.id = `filter-${name}-${value}`;
      return el("label", {}, box, glyph, el("bdi", {}, label), n === undefined ? null : el("span", { class: "chip" }, String(n)));
    });
    const every = (on) => SN.change(`${title}: ${on ? "all" : "none"} shown.`, () => {
      for (const [value] of options) chosen[on ? "add" : "delete"](value);
    });
    const button = (on) => el("button", { class: "plain small", type: "button", "aria-label": `${title}: ${on ? "all" : "none"}`, id: `filter-${name}-${on ? "all" : "none"}`,
      on: { click: () => every(on) } }, on ? "All" : "None");
    return el("fieldset", { "data-filter": name }, el("legend", {}, title), el("div", { class: "bar" }, button(true), button(false)),
      boxes.slice(0, 8),
      boxes.length > 8 ? el("details", { open: wide.has(name), on: { toggle: (event) => wide[event.target.open ? "add" : "delete"](name) } },
        el("summary", {}, `${boxes.length - 8} more`), boxes.slice(8)) : null);
  };

  const sureness = () => {
    if (!facts.claims.some((c) => c.sure !== undefined)) return null;
    const told = (value) => `Confidence at least ${value.toFixed(2)}`;
    const label = el("span", {}, told(scene.sure));
    const range = el("input", { type: "range", min: 0, max: 1, step: 0.05, value: scene.sure, id: "filter-sure",
      on: { input: () => { label.textContent = told(Number(range.value)); },
        change: () => SN.change(`${told(Number(range.value))}.`, () => { scene.sure = Number(range.value); }) } });
    return el("fieldset", {}, el("legend", {}, "Confidence"), el("label", {}, range, label));
  };

  SN.buildFilters = () => {
    const held = count(facts.claims.map((c) => c.holder));
    const wrote = count(facts.claims.map((c) => c.source));
    const stood = count(facts.claims.map((c) => c.status));
    const drawn = new Set(SN.edges.map((e) => SN.groupOf(e.kind)));
    const had = document.activeElement?.id;
    const mined = count(facts.claims.map((c) => c.mined));
    SN.page("filters").replaceChildren(...[
      el("p", { class: "note" }, "The map closes up over what is left out; u or Undo brings it back."),
      scene.hidden.size ? el("p", {}, `${scene.hidden.size} hidden one by one. `, el("button", { class: "plain small", type: "button", id: "show-hidden",
        on: { click: () => SN.change("Hidden claims shown again.", () => scene.hidden.clear()) } }, "Show them again")) : null,
      set("holder", "Authors and speakers", facts.agents.flatMap((a, i) => held.has(i) ? [[i, a.name, SN.badgeOf(i), held.get(i)]] : [])),
      set("kind", "Lines", Object.entries(SN.groups).flatMap(([k, label]) => drawn.has(k) ? [[k, label, SN.sample(k)]] : [])),
      set("issue", "Questions", [...facts.issues.map((q, i) => [i, SN.short(q.question, 90), null]), [-1, "Claims that bear on no question", null]]),
      set("status", "Status", ["asserted", "conceded", "reported"].flatMap((s) => stood.has(s) ? [[s, s, null, stood.get(s)]] : [])),
      set("source", "Pieces", facts.sources.map((s, i) => [i, SN.short(s.title, 70), SN.badgeOf(s.author), wrote.get(i) ?? 0])),
      set("origin", "Made by", [[false, "people", null, mined.get(false) ?? 0], [true, "a miner", null, mined.get(true) ?? 0]].filter(([, , , n]) => n)),
      sureness(),
    ].filter(Boolean));
    document.getElementById(had)?.focus({ preventScroll: true });
  };
})();
