// The matrix: who contradicts whom and who agrees with whom, how often, and for two of them in what.
(() => {
  "use strict";
  const { facts, el, state } = SN;
  const { agents, claims, clashes } = facts;
  const SOME = 30;
  const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const section = () => document.getElementById("view-matrix");
  const unseen = (text) => el("span", { class: "unseen" }, text);
  const name = (agent) => el("bdi", {}, agents[agent].name);
  const authors = new Set(facts.authors);

  // For each agent whom they meet: other -> [clashes, agreements]; and how much they clash in all.
  const meets = agents.map(() => new Map());
  for (const [a, b, against, together] of facts.matrix) {
    meets[a].set(b, [against, together]);
    meets[b].set(a, [against, together]);
  }
  const most = facts.matrix.reduce((n, [, , against, together]) => Math.max(n, against, together), 1);
  const total = meets.map((met) => [...met.values()].reduce((n, [against]) => n + against, 0));
  const met = (a, b) => meets[a].get(b) ?? [0, 0];
  const held = agents.map(() => 0);
  for (const { holder } of claims) held[holder] += 1;
  const alone = agents.map(() => 0); // clashes of an agent with themselves
  for (const c of clashes) if (c.firstHolder === c.secondHolder) alone[c.firstHolder] += 1;

  // Whom the table shows: authors as they come, then speakers by how much they clash; many in parts.
  let room = SOME;
  let plus = {}; // what the address says beside the pair
  const wanted = (speakers, pair) => {
    const all = [...facts.authors, ...(speakers ? agents.flatMap((_, i) => (!authors.has(i) && meets[i].size ? [i] : []))
      .sort((p, q) => total[q] - total[p] || p - q) : [])];
    if (all.length <= room + 10) return { all, shown: all };
    const busiest = new Set([...all].sort((p, q) => total[q] - total[p] || p - q).slice(0, room).concat(pair));
    return { all, shown: all.filter((i) => busiest.has(i)) };
  };

  const toClashes = (a, b, given, ...words) => el("a", { ...given, ...SN.goes({ view: "clashes", params: { between: SN.between(a, b) } }) }, words);
  const toPair = (a, b, given, ...words) => el("a", { ...given, ...SN.goes({ view: "matrix", params: { ...plus, between: SN.between(a, b) } }) }, words);
  const bar = (kind, n) => {
    const line = el("span", { class: `measure ${kind}` });
    line.style.width = `${n ? Math.max(4, Math.round((100 * n) / most)) : 0}%`;
    return line;
  };
  const nothing = el("td", { class: "none" }, "–");
  // The same is told on both sides of the diagonal; Tab goes through the upper one, arrows through both.
  const cell = (a, b, above) => {
    if (a === b) {
      return el("td", { class: "self" }, el("span", {}, count(held[a], "claim")),
        alone[a] ? toClashes(a, a, { class: "against" }, `${alone[a]} `, el("span", { "aria-hidden": "true" }, "×"), unseen("clashes"), " with themselves") : null);
    }
    const [against, together] = met(a, b);
    if (!against && !together) return nothing.cloneNode(true);
    const given = { tabindex: above ? undefined : "-1" };
    const also = unseen(` of ${agents[a].name} and ${agents[b].name}`);
    const box = el("td", { "data-pair": `${a} ${b}` },
      el("span", { class: "counts" },
        against ? toClashes(a, b, { ...given, class: "against", title: `Clashes of ${agents[a].name} and ${agents[b].name}` }, `${against} `,
          el("span", { "aria-hidden": "true" }, "×"), unseen(against === 1 ? "clash" : "clashes"), also)
          : el("span", { class: "zero" }, "0 ", el("span", { "aria-hidden": "true" }, "×"), unseen("clashes")),
        el("span", { "aria-hidden": "true" }, "·"),
        toPair(a, b, { ...given, class: "together", title: `What ${agents[a].name} and ${agents[b].name} share, and what decides it between them` }, `${together} `,
          el("span", { "aria-hidden": "true" }, "="), unseen(together === 1 ? "agreement" : "agreements"), also.cloneNode(true))),
      el("span", { class: "measures", "aria-hidden": "true" }, bar("against", against), bar("together", together)));
    box.style.setProperty("--heat", `${Math.round(30 * Math.sqrt(against / most))}%`);
    return box;
  };
  const table = (shown) => el("table", { class: "matrix" },
    el("caption", {}, "How often each two clash (×) and agree (=)"),
    el("thead", {}, el("tr", {}, el("td", {}), shown.map((b) => el("th", { scope: "col" }, SN.who(b))))),
    el("tbody", {}, shown.map((a, i) => el("tr", {},
      el("th", { scope: "row" }, SN.who(a), el("span", { class: "note" }, total[a] ? `${count(total[a], "clash", "clashes")} in all` : "no clash")),
      shown.map((b, j) => cell(a, b, i < j))))));

  // What two have in common, and the claims that decide it between them.
  const shared = (a, b) => facts.common.filter(({ firstHolder: p, secondHolder: q }) => (p === a && q === b) || (p === b && q === a));
  const decisive = (a, b) => facts.cruxes.find(({ between }) => between.includes(a) && between.includes(b)) ?? { exact: true, cruxes: [] };
  const common = ({ first, second, relation }) => el("div", { class: "common" }, SN.claimLink(first),
    el("p", { class: `bond ${relation}` }, el("span", { class: "sign", "aria-hidden": "true" }, relation === "rephrase" ? "=" : "→"),
      relation === "rephrase" ? "says the same as" : "supports"), SN.claimLink(second));
  const crux = ({ claim, dissolves }) => el("div", { class: "decides" },
    SN.claimLink(claim, { note: `◆ settles ${dissolves.length}` }),
    el("p", { class: "note" }, dissolves.length > 1 ? "Clashes " : "Clash ", dissolves.slice(0, 12).map((at, i) => [i ? ", " : "",
      el("a", { title: SN.short(clashes[at].point, 200), ...SN.goes({ view: "clashes", clash: at, params: {} }) }, String(clashes[at].rank))]),
    dissolves.length > 12 ? ` and ${dissolves.length - 12} more` : ""));
  const twoOf = (a, b) => {
    const [against, together] = met(a, b);
    const [same, { exact, cruxes }] = [shared(a, b), decisive(a, b)];
    const n = cruxes.length;
    return el("section", { class: "pair", "aria-labelledby": "pair-title" },
      el("div", { class: "bar" },
        el("h3", { id: "pair-title", tabindex: "-1" }, name(a), " and ", name(b)),
        against ? toClashes(a, b, { class: "plain" }, `× See the ${count(against, "clash", "clashes")}`) : null,
        el("a", { class: "plain", id: "pair-close", ...SN.goes({ view: "matrix", params: plus }) }, "Close")),
      !against && !together ? el("p", {}, "They neither clash nor share a claim.") : el("div", { class: "halves" },
        el("div", {}, el("h4", {}, `◆ What decides it between them (${n})`),
          el("p", { class: "note" }, !n ? "They do not clash." : `${n > 1 ? `If these ${n} claims were` : "If this claim were"} withdrawn, none of their ${
            count(against, "clash", "clashes")} would be left. ${exact ? n > 1 ? "Fewer would not do." : "" : "Perhaps fewer would do."}`),
          SN.longList(cruxes, crux, SOME)),
        el("div", {}, el("h4", {}, `= Common ground (${same.length})`),
          el("p", { class: "note" }, same.length ? "What both say, and what one says that supports the other." : "Neither says what the other says, or supports it."),
          SN.longList(same, common, SOME))));
  };

  // Arrow keys go from cell to cell, Home and End to the ends of a row.
  const walk = (event) => {
    const at = event.target.closest?.("td");
    const [down, across] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if (!at || (!down && !across) || !event.target.matches("a") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const links = [...at.querySelectorAll("a")];
    const next = links[links.indexOf(event.target) + across];
    if (across && next) {
      next.focus();
      return;
    }
    const rows = [...at.closest("tbody").rows];
    let [row, column] = [rows.indexOf(at.parentNode) + down, at.cellIndex + across];
    for (; rows[row]?.cells[column]; row += down, column += across) {
      const found = [...rows[row].cells[column].querySelectorAll("a")];
      if (!found.length) continue;
      (across < 0 ? found.at(-1) : found.find((a) => a.className === event.target.className) ?? found[0]).focus();
      return;
    }
  };

  let [built, paired, left, claimed] = ["", "", null, -1];
  const build = (speakers, pair) => {
    const { all, shown } = wanted(speakers, pair);
    const quiet = agents.filter((_, i) => !authors.has(i) && !meets[i].size).length;
    section().replaceChildren(
      el("div", { class: "bar" }, el("h2", {}, "Matrix"),
        agents.length > authors.size ? el("label", { class: "tick" }, el("input", { type: "checkbox", id: "matrix-speakers", checked: speakers,
          on: { change: (event) => {
            const on = event.target.checked;
            const { between } = state.params;
            const stays = between && (on || SN.namedIn(between).every((i) => authors.has(i)));
            SN.go({ claim: state.claim, params: { ...(on ? { speakers: "1" } : {}), ...(stays ? { between } : {}) } });
          } } }), "with the speakers whom they quote") : null),
      el("p", { class: "note" }, "Choose ", el("b", {}, "×"), " for the clashes of two, ", el("b", {}, "="),
        " for what they share and what decides it between them.",
        speakers && quiet ? ` Not here: ${count(quiet, "speaker")} who neither clash nor agree with anybody.` : ""),
      shown.length ? el("div", { class: "meetings", role: "region", tabindex: "0", "aria-label": "Matrix, which can be scrolled", on: { keydown: walk } }, table(shown))
        : el("p", {}, "Nobody has written anything here."),
      el("p", { hidden: shown.length === all.length }, `These are the ${shown.length} who clash most, of ${all.length}. `,
        el("button", { class: "plain", type: "button", id: "matrix-more", on: { click: () => {
          room += SOME;
          show(state.params);
          (document.getElementById("matrix-more") ?? section()).focus({ preventScroll: true });
        } } }, `Show ${Math.min(SOME, all.length - shown.length)} more`)),
      el("div", { id: "pair" }));
  };
  const show = (params) => {
    const pair = SN.namedIn(params.between);
    const [a, b] = pair.length === 2 && pair[0] !== pair[1] ? pair : [];
    const speakers = params.speakers === "1" || pair.some((i) => !authors.has(i));
    plus = params.speakers === "1" ? { speakers: "1" } : {};
    const key = JSON.stringify([speakers, wanted(speakers, pair).shown, plus]);
    const had = document.activeElement;
    if (!built) {
      section().addEventListener("click", (event) => {
        left = event.target.closest("a");
      });
    }
    if (built !== key) build(speakers, pair);
    const now = a === undefined ? "" : `${a} ${b}`;
    const anew = now !== paired || built !== key;
    if (built !== key && had?.id === "matrix-speakers") document.getElementById(had.id).focus();
    built = key;
    for (const node of section().querySelectorAll("td[aria-current]")) node.removeAttribute("aria-current");
    for (const one of now ? [now, `${b} ${a}`] : []) section().querySelector(`[data-pair="${one}"]`)?.setAttribute("aria-current", "true");
    if (anew) document.getElementById("pair").replaceChildren(...(now ? [twoOf(a, b)] : []));
    const title = document.getElementById("pair-title");
    if (now !== paired && title && !had?.closest("#panel, .search")) {
      const [outer, { top }] = [section().getBoundingClientRect(), title.getBoundingClientRect()];
      if (top < outer.top || top > outer.top + outer.height * 0.55) section().scrollTop += top - outer.top - outer.height * 0.3;
      title.focus({ preventScroll: true });
    } else if (!now && had?.id === "pair-close") section().querySelector(`[data-pair="${paired}"] .together`)?.focus();
    paired = now;
    // Letting go of a claim leads back to where it was chosen.
    if (claimed >= 0 && state.claim < 0 && left?.isConnected && [document.body, section()].includes(document.activeElement)) left.focus();
    claimed = state.claim;
  };
  SN.view("matrix", { title: "Matrix", show });
})();
