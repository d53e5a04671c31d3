// The list of clashes in the panel, and one of them with both sides face to face.
(() => {
  "use strict";
  const { facts, el } = SN;
  const { clashes, agents } = facts;
  let pair = "";

  const pairOf = (c) => [c.firstHolder, c.secondHolder].sort((p, q) => p - q).join(" ");
  const pairs = new Map();
  for (const c of clashes) pairs.set(pairOf(c), (pairs.get(pairOf(c)) ?? 0) + 1);
  const named = (key) => {
    const [a, b] = key.split(" ").map((i) => agents[i].name);
    return a === b ? `${a} against themselves` : `${a} – ${b}`;
  };
  const shown = () => clashes.flatMap((c, i) => (!pair || pairOf(c) === pair ? [i] : []));

  const list = () => {
    if (!clashes.length) {
      return [el("p", {}, "No contradictions were found between these authors. The map shows who claims what.")];
    }
    const select = el("select", { "aria-label": "Show clashes between", on: { change: (event) => {
      pair = event.target.value;
      SN.showClash(-1);
      document.querySelector("#page-clashes select").focus();
      SN.say(`${shown().length} clashes`);
    } } }, el("option", { value: "" }, `All pairs of authors (${clashes.length})`),
      [...pairs].sort((p, q) => q[1] - p[1]).map(([key, n]) => el("option", { value: key }, `${named(key)} (${n})`)));
    select.value = pair;
    return [el("div", { class: "bar" }, select), SN.longList(shown(), (i) => SN.clashLink(i))];
  };

  const sideOf = (claim, holder) => {
    const card = SN.claimLink(claim, { short: 600 });
    card.style.borderTopColor = SN.mark[holder].colour;
    return card;
  };
  const said = (step, first) => {
    if (step.question !== undefined) {
      return el("button", { class: "item", type: "button", on: { click: () => SN.lookIssue(step.question) } },
        el("span", { class: "chip" }, "question"), " ", el("bdi", {}, facts.issues[step.question].question));
    }
    const { holder, text } = facts.claims[step.claim];
    const link = SN.claimLink(step.claim, { short: 260 });
    if (first) link.querySelector(".top").append(`says:`);
    link.setAttribute("aria-label", `${agents[holder].name} says: ${text}`);
    return link;
  };
  const path = (clash, id) => el("ol", { class: "list", id }, SN.steps(clash).map((step, i) =>
    step.words ? el("li", { class: `step ${step.kind}` }, `${step.words}:`) : el("li", {}, said(step, i === 0))));
  const brief = (clash) => {
    const [p, q] = [clash.firstHolder, clash.secondHolder].map((i) => agents[i].name);
    const link = SN.link(clash.first, clash.second, clash.attack).words.replace(/^which /, "");
    return `The claim of ${p} ${link} that of ${q}.`;
  };
  const behind = (clash) => clash.backing.length ? [
    el("h3", {}, `Behind it (${clash.backing.length})`),
    el("p", { class: "note" }, "Longer ways in which the same two clash through this point:"),
    SN.longList(clash.backing, (b) => el("details", { on: { toggle: (event) => {
      if (event.target.children.length === 1) event.target.append(path(b));
    } } },
      el("summary", {}, el("span", { class: "chip" }, SN.kindWord[b.kind]), " ",
        SN.short(facts.claims[b.first].text, 50), " ↔ ", SN.short(facts.claims[b.second].text, 50))), 30)] : [];

  SN.showClash = (at) => {
    const page = SN.page("clashes");
    if (at < 0) {
      page.replaceChildren(...list());
      return;
    }
    const clash = clashes[at];
    const own = shown();
    const where = own.indexOf(at);
    const step = (by, label) => el("button", { class: "plain", type: "button", disabled: own[where + by] === undefined || where < 0,
      "aria-label": label, on: { click: () => SN.go({ clash: own[where + by] }) } }, by < 0 ? "‹" : "›");
    page.replaceChildren(el("div", {},
      el("div", { class: "bar" },
        el("button", { class: "plain", type: "button", on: { click: () => SN.go({}) } }, "‹ All clashes"),
        step(-1, "Previous clash"), step(1, "Next clash")),
      el("h2", {}, `Clash ${clash.rank}: ${SN.kindWord[clash.kind].toLowerCase()}`),
      el("p", { dir: "auto" }, clash.point),
      el("p", { class: "note" }, SN.kindLong[clash.kind]),
      el("div", { class: "two" }, sideOf(clash.first, clash.firstHolder), sideOf(clash.second, clash.secondHolder)),
      clash.path.length === 2
        ? el("p", { class: "step attack", id: "path" }, brief(clash))
        : [el("h3", {}, "How they clash"), path(clash, "path")],
      behind(clash)));
  };
})();
