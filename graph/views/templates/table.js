// Every claim and every relation as a table to filter, sort, page through and save.
(() => {
  "use strict";
  const { facts, about, el, state } = SN;
  const { claims, supports, attacks, rephrases, issues, agents, sources } = facts;
  const [ROWS, PRINTED] = [100, 2000]; // at most, on a page and on paper
  const section = () => document.getElementById("view-table");
  const plain = (text) => (/[^\0-\x7f]/.test(text) ? text.normalize("NFD").replace(/\p{M}/gu, "") : text).toLowerCase();
  const number = (n) => n.toLocaleString("en");
  const texts = (list) => list.map((c) => claims[c].text).join(" + ");
  const people = (list) => [...new Set(list.map((c) => claims[c].holder))];
  const names = (list) => people(list).map((a) => agents[a].name).join(", ");
  const whos = (list) => people(list).map((a) => el("div", {}, SN.who(a)));
  const toClaim = (claim, words) => el("a", { ...SN.goes({ claim }), dir: "auto" }, words);
  const origin = (text) => text || "made by a person";

  // A column: key, title, what a row holds as text or number, and what its cell shows if not that.
  const claimColumns = [
    { key: "name", title: "Claim", of: (c) => claims[c].id, cell: (c) => toClaim(c, claims[c].id), head: true },
    { key: "text", title: "Text", of: (c) => claims[c].text, cell: (c) => SN.short(claims[c].text, 320), size: "wide" },
    { key: "holder", title: "Holder", of: (c) => names([c]), cell: (c) => whos([c]), size: "mid" },
    { key: "status", title: "Status", of: (c) => SN.statusOf(c), cell: (c) => claims[c].status },
    { key: "piece", title: "Piece", of: (c) => sources[claims[c].source].title, cell: (c) => el("a", {
      ...SN.goes({ view: "sources", claim: c, params: { source: sources[claims[c].source].id } }) }, SN.short(sources[claims[c].source].title, 80)), size: "mid" },
    { key: "place", title: "Place", of: (c) => (claims[c].anchor ? SN.place(claims[c].anchor) : ""),
      rank: (c) => (claims[c].anchor ? claims[c].source * 1e9 + claims[c].anchor[2] : ""), size: "mid" },
    { key: "origin", title: "Origin", of: (c) => origin(claims[c].origin) },
    { key: "confidence", title: "Confidence", of: (c) => claims[c].sure ?? "" },
    { key: "supported", title: "Supported by", of: (c) => about[c].supporters.length, hint: "How many supports lead to it" },
    { key: "attacked", title: "Attacked by", of: (c) => SN.attackedBy(c), hint: "Attacks on it or on an inference to it, and conflicts both ways" },
    { key: "clashes", title: "Clashes", of: (c) => about[c].clashes.length },
    { key: "answers", title: "Answers", of: (c) => about[c].issues.map(([i, pro]) => `${pro ? "yes" : "no"} to: ${issues[i].question}`).join(" · "), size: "mid" },
  ];
  const WORDS = {
    support: "supports", ...Object.fromEntries(Object.entries(SN.attackWord).map(([kind, [words]]) => [kind, words])),
    undercut: "attacks the inference", rephrase: "says the same as", pro: "answers yes to", con: "answers no to" };
  const relations = [
    ...supports.map((s) => ({ ...s, kind: "support", from: s.premises, to: [s.conclusion] })),
    ...attacks.map((a) => ({ ...a, from: [a.attacker], to: a.kind === "undercut" ? [supports[a.target].conclusion] : [a.target],
      step: a.kind === "undercut" ? supports[a.target] : null })),
    ...rephrases.map((r) => ({ ...r, kind: "rephrase", from: [r.first], to: [r.second] })),
    ...issues.flatMap((issue) => ["pro", "con"].flatMap((kind) => issue[kind].map((c) => ({ kind, from: [c], to: [], issue })))),
  ];
  const kindOf = (r) => `${r.kind === "support" && r.from.length > 1 ? "together support" : WORDS[r.kind]}${SN.attackWord[r.kind] ? ` (${r.kind})` : ""}`;
  const target = (r) => (r.issue ? r.issue.question : r.step ? `the inference ${r.step.name}: ${texts(r.step.premises)} ⇒ ${texts(r.to)}` : texts(r.to));
  const links = (list) => list.map((c, i) => el("div", {}, i ? el("b", {}, "+ ") : null, toClaim(c, SN.short(claims[c].text, 200)), " ", SN.status(c)));
  const relationColumns = [
    { key: "relation", title: "Relation", of: kindOf, head: true, cell: (r) => [kindOf(r), r.name ? el("div", { class: "note", dir: "auto" }, r.name) : null] },
    { key: "from", title: "From", of: (r) => texts(r.from), cell: (r) => links(r.from), size: "wide" },
    { key: "by", title: "From whom", of: (r) => names(r.from), cell: (r) => whos(r.from), size: "mid" },
    { key: "to", title: "To", of: target, size: "wide", cell: (r) => (r.issue ? el("span", { dir: "auto" }, r.issue.question)
      : r.step ? [el("span", { class: "note" }, "the inference ", el("bdi", {}, r.step.name), " from"), links(r.step.premises), el("span", { class: "note" }, "to"), links(r.to)] : links(r.to)) },
    { key: "against", title: "To whom", of: (r) => names(r.to), cell: (r) => whos(r.to), size: "mid" },
    { key: "name", title: "Name", of: (r) => r.name ?? "", hidden: true },
    { key: "scheme", title: "Scheme", of: (r) => r.scheme ?? "" },
    { key: "origin", title: "Origin", of: (r) => (r.issue ? "" : origin(r.origin)) },
    { key: "from-names", title: "From (names)", of: (r) => r.from.map((c) => claims[c].id).join(" "), hidden: true },
    { key: "to-names", title: "To (names)", of: (r) => (r.issue ? r.issue.id : r.to.map((c) => claims[c].id).join(" ")), hidden: true },
  ];
  const within = (r) => [...r.from, ...r.to, ...(r.step?.premises ?? [])];
  const tables = {
    claims: { title: "Claims", columns: claimColumns, rows: claims.map((_, i) => i), within: (c) => [c], mined: (c) => claims[c].mined },
    relations: { title: "Relations", columns: relationColumns, rows: relations, within, mined: (r) => /^mined/.test(r.origin ?? "") },
  };
  const holds = (test) => (table, row, value) => table.within(row).some((c) => test(claims[c]) === value);
  const filters = {
    kind: { title: "Any relation", options: Object.entries(WORDS), test: (table, row, value) => row.kind === value, only: "relations" },
    holder: { title: "Any holder", options: agents.map((a) => [a.id, a.name]), test: holds((c) => agents[c.holder].id) },
    status: { title: "Any status", options: Object.entries(SN.statusWord), test: holds((c) => c.status), only: "claims" },
    piece: { title: "Any piece", options: sources.map((s) => [s.id, SN.short(s.title, 60)]), test: holds((c) => sources[c.source].id) },
    made: { title: "Made by anyone", options: [["people", "Made by people"], ["miners", "Made by miners"]],
      test: (table, row, value) => table.mined(row) === (value === "miners") },
  };
  const usable = (key, name) => (key === "made" ? tables[name].rows.some((row) => tables[name].mined(row))
    : (filters[key].only ?? name) === name && filters[key].options.length > 1);

  // What is shown of a table: the columns that hold something, and the rows that pass, in order.
  // An origin that is the same everywhere is told once, above the table.
  const live = (table) => (table.live ??= table.columns.filter(({ hidden, of, key }) => {
    const values = new Set(hidden ? [] : table.rows.map(of).filter((value) => value !== ""));
    if (key === "origin" && values.size === 1) [table.origin] = values;
    return values.size > (key === "origin") || key === "text" || key === "from";
  }));
  const collator = new Intl.Collator("en", { numeric: true });
  const sorted = (table, column, way) => {
    table.sorted ??= {};
    return (table.sorted[`${column.key} ${way}`] ??= (() => {
      const of = table.rows.map(column.rank ?? column.of);
      const compare = of.some((v) => typeof v === "number") ? (p, q) => p - q : collator.compare;
      return [...of.keys()].sort((p, q) => (of[p] === "") - (of[q] === "") || way * compare(of[p], of[q]) || p - q);
    })());
  };
  const sorting = (table, { sort = "" }) => [table.columns.find(({ key }) => key === sort.replace(/^-/, "")), sort.startsWith("-") ? -1 : 1];
  const passing = (name, params) => {
    const table = tables[name];
    const [column, way] = sorting(table, params);
    const parts = plain(params.q ?? "").split(/\s+/).filter(Boolean);
    if (parts.length) table.words_ ??= table.rows.map((row) => plain(table.columns.map(({ of }) => of(row)).join("\n")));
    const tests = Object.keys(filters).filter((key) => params[key] && usable(key, name)).map((key) => [filters[key].test, params[key]]);
    return (column ? sorted(table, column, way) : [...table.rows.keys()]).filter((i) =>
      tests.every(([test, value]) => test(table, table.rows[i], value)) && parts.every((part) => table.words_[i].includes(part)));
  };

  // Go on with something changed in the address; a step back is kept only for pages.
  const change = (some) => {
    const given = { ...state.params, page: "", ...some };
    const params = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
    SN.go({ claim: state.claim, clash: state.clash, params }, { replace: true });
  };
  let [typing, now] = [0, null]; // `now`: the table, the rows that pass, the page and the claim that are shown
  const cleared = () => Object.fromEntries(["q", ...Object.keys(filters)].map((key) => [key, ""]));
  const choice = (key, options, label) => el("select", { id: `table-${key}`, "aria-label": label,
    on: { change: (event) => change({ [key]: event.target.value }) } }, options.map(([value, words]) => el("option", { value }, words)));
  const bar = (name) => [
    el("input", { type: "search", id: "table-q", placeholder: "Filter", "aria-label": `Filter the ${name} by words in any column`, spellcheck: "false",
      on: { input: (event) => {
        clearTimeout(typing);
        typing = setTimeout(() => change({ q: event.target.value.trim() }), 150);
      } } }),
    Object.keys(filters).filter((key) => usable(key, name)).map((key) =>
      choice(key, [["", filters[key].title], ...filters[key].options], filters[key].title.replace(/^Any /, "Only this "))),
    choice("sort", [["", "As in the debate"], ...live(tables[name]).flatMap(({ key, title }) => [[key, `${title} ↑`], [`-${key}`, `${title} ↓`]])], "Sort by"),
    el("button", { class: "plain", type: "button", id: "table-clear", on: { click: () => change(cleared()) } }, "Clear filters"),
    el("button", { class: "plain", type: "button", id: "table-save", on: { click: save } }, "Save as CSV"),
  ];
  const isNumber = (table, column) => table.rows.length > 0 && typeof column.of(table.rows[0]) === "number";
  const header = (table, column) => el("th", { scope: "col", role: "columnheader", "data-key": column.key },
    el("button", { type: "button", title: column.hint, on: { click: () => {
      const ways = isNumber(table, column) ? [`-${column.key}`, column.key, ""] : [column.key, `-${column.key}`, ""];
      change({ sort: ways[(ways.indexOf(state.params.sort ?? "") + 1) % 3] });
    } } }, column.title, el("span", { "aria-hidden": "true" })));
  const build = (name, table = tables[name]) => [
    el("div", { class: "bar", id: "table-which" }),
    el("div", { class: "bar", role: "search", "aria-label": "Filter the table" }, bar(name)),
    el("p", { class: "note", id: "table-count" }),
    el("div", { class: "grid", role: "region", tabindex: "0", "aria-label": `Table of ${name}` },
      el("table", { role: "table", "data-of": name }, el("caption", { class: "unseen" }),
        el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, live(table).map((column) => header(table, column)))),
        el("tbody", { role: "rowgroup", on: { click: (event) => {
          const row = event.target.closest("tr[data-row]");
          if (name === "claims" && row && !event.target.closest("a") && getSelection().isCollapsed) SN.go({ claim: Number(row.dataset.row) });
        } } }))),
    el("div", { class: "bar", id: "table-pages", role: "group", "aria-label": "Pages of the table" }),
  ];
  const line = (table, i) => el("tr", { role: "row", "data-row": i }, live(table).map((column) => el(column.head ? "th" : "td", {
    scope: column.head && "row", role: column.head ? "rowheader" : "cell", "data-title": column.title, dir: "auto",
    class: column.size ?? (isNumber(table, column) && "number"),
  }, column.cell?.(table.rows[i]) ?? String(column.of(table.rows[i])))));
  const fill = (from, to) => {
    const { table, rows, name } = now;
    section().querySelector("tbody").replaceChildren(...(rows.length ? rows.slice(from, to).map((i) => line(table, i))
      : [el("tr", { role: "row" }, el("td", { role: "cell", colspan: live(table).length }, `No ${name} ${table.rows.length ? "match the filters" : "in this debate"}.`))]));
    const [column, way] = sorting(table, state.params);
    section().querySelector("caption").textContent = `${table.title}, rows ${number(Math.min(from + 1, rows.length))} to ${number(Math.min(to, rows.length))} of ${
      number(rows.length)}${column ? `, sorted by ${column.title}, ${way > 0 ? "ascending" : "descending"}` : ""}`;
    mark();
  };
  // The rows shown of a claim: its own, or the relations that touch it.
  const rowsOf = (claim) => [...section().querySelectorAll("tr[data-row]")].filter((row) =>
    now.table.within(now.table.rows[row.dataset.row]).includes(claim));
  const mark = () => {
    for (const row of section().querySelectorAll("tr[aria-current]")) row.removeAttribute("aria-current");
    for (const row of rowsOf(state.claim)) row.setAttribute("aria-current", "true");
  };
  const which = () => Object.entries(tables).map(([name, { title, rows }]) => {
    const { q, holder, piece, made } = state.params;
    const kept = Object.entries({ table: name, q, holder, piece, made }).filter(([, value]) => value);
    return el("a", { class: "plain", id: `table-${name}`, "aria-current": now.name === name && "true",
      ...SN.goes({ claim: state.claim, params: Object.fromEntries(kept) }) }, `${title} (${number(rows.length)})`);
  });
  const pager = () => {
    const last = Math.max(0, Math.ceil(now.rows.length / ROWS) - 1);
    const lead = (id, to, words) => (to >= 0 && to <= last && to !== now.page ? el("a", { class: "plain", id: `table-${id}`,
      ...SN.goes({ claim: state.claim, params: { ...state.params, page: to + 1 } }) }, words) : null);
    return !last ? [] : [lead("first", 0, "« First"), lead("previous", now.page - 1, "‹ Previous"),
      el("span", {}, `rows ${number(now.page * ROWS + 1)}–${number(Math.min((now.page + 1) * ROWS, now.rows.length))} of ${number(now.rows.length)}`),
      lead("next", now.page + 1, "Next ›"), lead("last", last, "Last »")].filter(Boolean);
  };
  // Comma-separated values; a cell that a spreadsheet would run as a formula gets an apostrophe.
  SN.csvOf = (rows) => rows.map((row) => row.map((value) => {
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }).join(",")).join("\r\n");
  const save = () => {
    const { table, name, rows } = now;
    const lines = [table.columns.map(({ title }) => title), ...rows.map((i) => table.columns.map(({ of }) => of(table.rows[i])))];
    const href = URL.createObjectURL(new Blob(["\ufeff", SN.csvOf(lines), "\r\n"], { type: "text/csv" }));
    el("a", { href, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    SN.say(`${number(rows.length)} ${name} saved.`);
  };
  const count = ({ rows, table, name } = now) => `${number(rows.length)}${rows.length < table.rows.length ? ` of ${number(table.rows.length)}` : ""} ${
    name}${table.origin ? `, all ${table.origin}` : ""}`;

  const show = (params) => {
    const name = Object.hasOwn(tables, params.table ?? "") ? params.table : "claims";
    const had = document.activeElement?.id ?? "";
    const [before, { page: asked, ...rest }] = [now, params];
    const key = JSON.stringify(rest);
    if (before?.name !== name) section().replaceChildren(...build(name));
    const rows = before?.key === key ? before.rows : passing(name, params);
    const touches = (i) => tables[name].within(tables[name].rows[i]).includes(state.claim);
    const stays = before?.key === key && before.asked === asked && (state.claim === before.chosen || state.claim < 0
      || rows.slice(before.page * ROWS, (before.page + 1) * ROWS).some(touches));
    const to = asked ? parseInt(asked, 10) - 1 || 0 : stays ? before.page
      : state.claim !== (before?.chosen ?? -1) ? Math.floor(rows.findIndex(touches) / ROWS) : 0;
    const page = Math.max(0, Math.min(to, Math.ceil(rows.length / ROWS) - 1));
    now = { name, table: tables[name], rows, key, asked, page, chosen: state.claim };
    if (before?.key !== key || before.page !== page) {
      fill(page * ROWS, (page + 1) * ROWS);
      section().querySelector(".grid").scrollTop = 0;
    } else mark();
    section().querySelector("#table-which").replaceChildren(...which());
    section().querySelector("#table-pages").replaceChildren(...pager());
    section().querySelector("#table-count").textContent = count();
    document.getElementById("table-clear").disabled = !Object.keys(cleared()).some((one) => params[one]);
    for (const input of section().querySelectorAll("input, select")) {
      if (input !== document.activeElement || input.matches("select")) input.value = params[input.id.slice(6)] ?? "";
      if (input.selectedIndex < 0) input.value = "";
    }
    const [column, way] = sorting(now.table, params);
    for (const th of section().querySelectorAll("thead th")) {
      const here = th.dataset.key === column?.key;
      if (here) th.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
      th.querySelector("span").textContent = here ? (way > 0 ? " ▲" : " ▼") : "";
    }
    if (state.claim >= 0 && before?.chosen !== state.claim) rowsOf(state.claim)[0]?.scrollIntoView({ block: "nearest" });
    if (before && before.key !== key) SN.say(`${count()}${column ? `, sorted by ${column.title}` : ""}.`);
    else if (before && before.page !== page) SN.say(section().querySelector("caption").textContent);
    refocus(had, before);
  };
  // Links made anew keep the focus, and a claim that is let go of gives it back to its row.
  const refocus = (had, before) => {
    if (had.startsWith("table-") && document.activeElement?.id !== had) {
      (section().querySelector(`#${had}:not(:disabled)`) ?? section().querySelector(".grid")).focus({ preventScroll: true });
    } else if (state.claim < 0 && before?.chosen >= 0 && [document.body, section()].includes(document.activeElement)) {
      rowsOf(before.chosen)[0]?.querySelector("a")?.focus();
    }
  };
  // On paper stand all the rows that pass, up to a limit.
  const print = (from, to, note = "") => {
    if (state.view !== "table") return;
    fill(from, to);
    section().querySelector("#table-count").textContent = `${count()}${note}`;
  };
  addEventListener("beforeprint", () => print(0, PRINTED, now?.rows.length > PRINTED ? `; the first ${number(PRINTED)} are printed` : ""));
  addEventListener("afterprint", () => print(now?.page * ROWS, (now?.page + 1) * ROWS));
  SN.view("table", { title: "Table", show });
})();
