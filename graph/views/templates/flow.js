// The flow sheet: questions in rows, authors in columns, who answers what, and what nobody answered.
(() => {
  "use strict";
  const { facts, el, state } = SN;
  const { columns, rows, silent } = facts.flow;
  const authors = new Set(facts.authors);
  const WAY = { pro: ["+", "yes"], con: ["−", "no"], "": ["·", ""] };
  const HOW = { attacks: ["→", "attacks"], attacked: ["←", "is attacked by"], mutual: ["↔", "cannot stand with"],
    opposed: ["↮", "answers against"] };
  const FEW = 4;

  const meeting = ({ claim, holder, how, clash }) => {
    const [sign, word] = HOW[how];
    return el("li", {}, el("a", { class: `meets ${how}`, ...SN.goes({ view: "clashes", clash, params: {} }),
      title: facts.claims[claim].text },
      el("span", { "aria-hidden": "true" }, `${sign} `), `${word} `, el("bdi", {}, facts.agents[holder].name), ": ",
      el("span", { dir: "auto" }, SN.short(facts.claims[claim].text, 70))));
  };
  const entry = (column) => ({ claim, holder, way, meets, unanswered }) => {
    const [sign, word] = WAY[way];
    const list = el("ul", { class: "list" }, meets.slice(0, FEW).map(meeting));
    const rest = meets.length - FEW;
    const more = rest > 0 ? el("button", { class: "plain small", type: "button", on: { click: () => {
      list.append(...meets.slice(FEW).map(meeting));
      more.remove();
      list.children[FEW].querySelector("a").focus();
    } } }, `${rest} more`) : null;
    return el("li", { class: `entry ${way || "meets"}`, "data-claim": claim },
      el("a", { class: "says", ...SN.goes({ claim }) },
        el("span", { class: "way", "aria-hidden": "true" }, sign),
        word ? el("span", { class: "unseen" }, `${word}: `) : null,
        holder === column ? null : el("b", {}, `${facts.agents[holder].name}: `),
        el("span", { dir: "auto" }, SN.short(facts.claims[claim].text, 170))),
      SN.status(claim),
      unanswered ? el("span", { class: "chip open" }, "○ unanswered") : null,
      meets.length ? list : null, more);
  };
  const questionOf = (issue) => (issue < 0 ? "Clashes on no question" : facts.issues[issue].question);

  let speakers = false;
  let built = null;
  const build = () => {
    const shown = columns.flatMap((c, i) => (speakers || authors.has(c) ? [i] : []));
    const live = rows.filter((row) => shown.some((i) => row.cells[i].length));
    const head = el("tr", {}, el("th", { scope: "col" }, "Question"), shown.map((i) => el("th", { scope: "col" }, SN.who(columns[i]))));
    const body = live.map((row) => el("tr", { "data-issue": row.issue },
      el("th", { scope: "row" }, el("span", { dir: "auto" }, questionOf(row.issue)),
        row.clashes.length ? el("a", { class: "count", ...SN.goes({ view: "clashes", clash: row.clashes[0], params: {} }) },
          `${row.clashes.length} clash${row.clashes.length === 1 ? "" : "es"}`) : el("span", { class: "note" }, "no clash")),
      shown.map((i) => el("td", { "data-author": facts.agents[columns[i]].name },
        row.cells[i].length ? el("ul", { class: "list" }, row.cells[i].map(entry(columns[i])))
          : el("span", { class: "note" }, el("span", { "aria-hidden": "true" }, "–"), el("span", { class: "unseen" }, "says nothing on it"))))));
    const open = live.flatMap((row) => shown.flatMap((i) => row.cells[i])).filter((one) => one.unanswered);
    const box = columns.length > facts.authors.length ? el("label", { class: "tick" },
      el("input", { type: "checkbox", id: "flow-speakers", checked: speakers, on: { change: (event) => {
        speakers = event.target.checked;
        show();
        document.getElementById("flow-speakers").focus();
      } } }), "with the speakers whom they quote") : null;
    return [
      el("div", { class: "bar" }, el("h2", {}, "Flow"), box),
      el("p", { class: "note" }, "What each author says on each question: + yes, − no; · only meets a claim of somebody else. ",
        `${new Set(open.map((one) => one.claim)).size} attacking claims are ○ unanswered: nothing attacks them back.`),
      live.length ? el("div", { class: "sheet", role: "region", tabindex: "0", "aria-label": "Flow sheet" },
        el("table", { class: "flow" }, el("caption", { class: "unseen" }, "Questions in rows, authors in columns"),
          el("thead", {}, head), el("tbody", {}, body))) : el("p", {}, "Nobody answers a question here, and nothing clashes."),
      silent.length ? [el("h3", {}, "Questions on which nobody here says anything"),
        el("ul", {}, silent.map((issue) => el("li", { dir: "auto" }, questionOf(issue))))] : null,
    ].flat().filter(Boolean);
  };
  const show = () => {
    const section = document.getElementById("view-flow");
    if (built !== speakers) section.replaceChildren(...build());
    built = speakers;
    for (const li of section.querySelectorAll("[aria-current]")) li.removeAttribute("aria-current");
    if (state.claim >= 0) for (const li of section.querySelectorAll(`[data-claim="${state.claim}"]`)) li.setAttribute("aria-current", "true");
  };
  SN.view("flow", { title: "Flow", show });
})();
