// The clashes one under the other, each with its two sides face to face; the address says which.
(() => {
  "use strict";
  const { facts, about, same, el, state } = SN;
  const { clashes, claims, agents, attacks, issues, sources } = facts;
  const SOME = 30;
  const FEW = 3;
  const authors = new Set(facts.authors);
  const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const section = () => document.getElementById("view-clashes");

  // Claims that say the same, and what attacks any of them: claim -> the word for it.
  const alike = new Map();
  claims.forEach((_, i) => (alike.has(same(i)) ? alike.get(same(i)).push(i) : alike.set(same(i), [i])));
  const open = new Set(facts.unanswered.map((c) => `${same(c)} ${claims[c].holder}`));
  const isOpen = (claim) => open.has(`${same(claim)} ${claims[claim].holder}`);
  const VERB = { rebut: "attacks", undermine: "attacks", undercut: "attacks an inference of",
    contradictory: "contradicts", contrary: "cannot stand with" };
  const answersTo = (claim) => new Map(alike.get(same(claim)).flatMap((c) => [
    ...about[c].attackers.map((a) => [attacks[a].attacker, ""]),
    ...about[c].conflicts.map((a) => [attacks[a].attacker === c ? attacks[a].target : attacks[a].attacker, ""]),
    ...about[c].undercuts.map((a) => [attacks[a].attacker, "attacks an inference"]),
  ]));

  // What is asked for: { who, kind, issue, own, mark }, and whether a clash is that.
  const asked = (params) => ({
    who: SN.namedIn(params.between),
    kind: Object.hasOwn(SN.kindWord, params.kind ?? "") ? params.kind : "",
    issue: SN.issueAt.get(params.issue) ?? -1,
    own: params.authors === "only",
    mark: ["unanswered", "crux"].includes(params.mark) ? params.mark : "",
  });
  const TESTS = {
    who: ({ who: [a, b] }, c) => a === undefined || (b === undefined ? c.firstHolder === a || c.secondHolder === a
      : (c.firstHolder === a && c.secondHolder === b) || (c.firstHolder === b && c.secondHolder === a)),
    kind: ({ kind }, c) => !kind || c.kind === kind,
    issue: ({ issue }, c) => issue < 0 || c.question === issue,
    own: ({ own }, c) => !own || (authors.has(c.firstHolder) && authors.has(c.secondHolder)),
    mark: ({ mark }, c, i) => !mark || (mark === "crux" ? Math.max(...SN.settles[i]) > 1 : isOpen(c.first) || isOpen(c.second)),
  };
  const having = (wanted, except = "") => clashes.flatMap((c, i) =>
    (Object.entries(TESTS).every(([name, passes]) => name === except || passes(wanted, c, i)) ? [i] : []));

  // The filters: every choice says how many clashes it would leave.
  const narrow = (change) => {
    const params = Object.fromEntries(Object.entries({ ...state.params, ...change }).filter(([, value]) => value));
    SN.go({ claim: state.claim, params });
  };
  const filters = (wanted) => {
    const [a, b] = wanted.who;
    const ends = (c) => [c.firstHolder, c.secondHolder];
    const anyone = having(wanted, "who");
    const foes = having({ ...wanted, who: [a] }).filter(() => a !== undefined);
    const kinds = SN.tally(having(wanted, "kind"), (c) => [c.kind]);
    const asks = SN.tally(having(wanted, "issue"), (c) => [c.question]);
    const marked = (mark) => having({ ...wanted, mark }).length;
    asks.delete(-1);
    const keep = (found, chosen, none) => (chosen === none || chosen === undefined || found.has(chosen) ? found : found.set(chosen, 0));
    return el("div", { class: "clash-filters", role: "group", "aria-label": "Which clashes are shown" },
      SN.choice("clashes-a", "Between", "anyone", SN.peopleOptions(keep(SN.tally(anyone, ends), a)), a === undefined ? "" : agents[a].id,
        (id) => narrow({ between: id })),
      SN.choice("clashes-b", "and", "anyone", a === undefined ? [] : SN.peopleOptions(keep(SN.tally(foes, (c) => [c.firstHolder === a ? c.secondHolder : c.firstHolder]), b)),
        b === undefined ? "" : agents[b].id, (id) => narrow({ between: id ? `${agents[a].id},${id}` : agents[a].id })),
      SN.choice("clashes-issue", "On the question", "any", [...keep(asks, wanted.issue, -1)].sort((p, q) => p[0] - q[0])
        .map(([i, n]) => SN.option(issues[i].id, issues[i].question, n)), wanted.issue < 0 ? "" : issues[wanted.issue].id, (issue) => narrow({ issue })),
      SN.choice("clashes-kind", "Kind", "any", Object.keys(SN.kindWord).filter((k) => keep(kinds, wanted.kind, "").has(k))
        .map((k) => SN.option(k, SN.kindWord[k], kinds.get(k))), wanted.kind, (kind) => narrow({ kind })),
      SN.choice("clashes-mark", "Marked", "any", [SN.option("unanswered", "○ a side is unanswered", marked("unanswered")),
        SN.option("crux", "◆ a claim settles several", marked("crux"))], wanted.mark, (mark) => narrow({ mark })),
      agents.length > authors.size ? el("label", { class: "tick" }, el("input", { type: "checkbox", id: "clashes-own", checked: wanted.own,
        on: { change: (event) => narrow({ authors: event.target.checked ? "only" : "" }) } }), "only between authors of the pieces") : null);
  };

  // A claim in one line, with its holder where that is not who is speaking already.
  const line = (claim, speaking, note = "") => el("a", { class: "line", ...SN.goes({ claim }) },
    claims[claim].holder === speaking ? null : el("b", {}, el("bdi", {}, SN.holder(claim)), ": "),
    el("span", { dir: "auto" }, SN.short(claims[claim].text, 150)), note ? el("i", {}, ` – ${note}`) : null);
  const few = (items, make) => {
    const list = el("ul", { class: "lines" });
    const next = (n) => {
      const at = list.children.length;
      list.append(...items.slice(at, at + n).map((item) => el("li", {}, make(item))));
      more.textContent = `Show ${items.length - list.children.length} more`;
      more.hidden = items.length === list.children.length;
      return list.children[at];
    };
    const more = el("button", { class: "plain small", type: "button", on: { click: () => next(SOME).querySelector("a").focus() } });
    next(FEW);
    return [list, more];
  };

  const chip = (name, ...words) => el("span", { class: `chip ${name}` }, words);
  const side = (at, second) => {
    const clash = clashes[at];
    const ends = [[clash.first, clash.firstHolder, clash.firstBacking], [clash.second, clash.secondHolder, clash.secondBacking]];
    const [claim, holder, backing] = ends[second];
    const [facing, other] = ends[1 - second];
    const { text, passage, anchor, source, mined, origin } = claims[claim];
    const against = answersTo(claim);
    const back = against.delete(facing) ? "also " : "";
    const n = SN.settles[at][second];
    const box = el("div", { class: "side", role: "group", "aria-label": agents[holder].name, "data-claim": claim },
      el("div", { class: "top" }, SN.who(holder), SN.status(claim), mined ? chip("", origin) : null,
        isOpen(claim) ? chip("open", "○ unanswered") : null, n ? chip("crux", n > 1 ? `◆ crux: settles ${n}` : "◆ crux") : null),
      el("a", { class: "says", dir: "auto", ...SN.goes({ claim }) }, SN.short(text, 600)),
      !passage ? null : passage.length < 400 ? el("blockquote", { dir: "auto" }, passage)
        : el("details", {}, el("summary", {}, "The passage in the piece"), el("blockquote", { dir: "auto" }, passage)),
      el("p", { class: "note" }, el("a", { dir: "auto", ...SN.goes({ view: "sources", claim, params: { source: sources[source].id } }) }, sources[source].title),
        anchor ? `, ${SN.place(anchor)}` : ""),
      n > 1 ? el("p", { class: "note" }, `◆ If this were withdrawn, ${n} clashes with `, el("bdi", {}, agents[other].name), " would dissolve.") : null,
      el("h4", {}, backing.length ? `Backed by ${count(backing.length, "claim")}` : "Nothing backs it"),
      backing.length ? few(backing, (c) => line(c, holder)) : null,
      el("h4", {}, against.size ? `Answered ${back}by ${count(against.size, "claim")}` : isOpen(claim) ? "○ Nothing attacks it back"
        : back ? "Answered only by the other side" : "Nothing attacks this claim itself"),
      against.size ? few([...against], ([c, note]) => line(c, holder, note)) : null);
    box.style.setProperty("--who", SN.mark[holder].colour);
    return box;
  };
  const middle = (clash) => {
    const verb = VERB[clash.attack] ?? "";
    const plain = verb.replace(/ an inference of$/, "");
    const words = { direct: verb, supported: `leads to what ${verb}`, secondary: `${plain} a ground of`,
      mediated: `${plain} a consequence of`, issue: "answers against" }[clash.kind];
    const sign = clash.kind === "issue" ? "≠" : SN.both(clash.attack) ? "↔" : "→";
    return el("p", { class: `middle ${clash.kind}` }, el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", {}, words));
  };
  const way = (clash) => el("ol", { class: "list way" }, SN.steps(clash).map((step) => (step.words
    ? el("li", { class: `step ${step.kind}` }, `${step.words}:`) : el("li", {}, step.question === undefined ? line(step.claim, -1)
      : el("span", { dir: "auto" }, `“${issues[step.question].question}”`)))));
  const lazily = (summary, make) => el("details", { on: { toggle: (event) => {
    if (event.target.open && event.target.children.length === 1) event.target.append(make());
  } } }, el("summary", {}, summary));
  const behind = (clash) => lazily(`${count(clash.backing.length, "longer way")} behind it`, () => SN.longList(clash.backing, (b) =>
    lazily([chip("", SN.kindWord[b.kind]), " ", el("bdi", {}, SN.short(claims[b.first].text, 70)), " ↔ ", el("bdi", {}, SN.short(claims[b.second].text, 70))],
      () => way(b)), SOME));

  const article = (at) => {
    const clash = clashes[at];
    const { rank, kind, question, point, firstHolder, secondHolder } = clash;
    const title = question < 0 ? SN.short(point, 260) : issues[question].question;
    const pair = SN.between(firstHolder, secondHolder);
    return el("article", { class: "clash", tabindex: "-1", "aria-labelledby": `point-${rank}`, "data-clash": at },
      el("div", { class: "clash-head" },
        el("a", { class: "rank", title: "Choose this clash; its address can be copied", ...SN.goes({ clash: at }) }, el("span", { class: "unseen" }, "Clash "), rank),
        el("h3", { id: `point-${rank}`, class: question < 0 && "long" }, el("bdi", {}, title)),
        el("p", { class: "note" }, chip(`kind ${kind}`, SN.kindWord[kind]), " ", SN.kindLong[kind])),
      el("div", { class: "sides" }, side(at, 0), middle(clash), side(at, 1)),
      clash.path.length > 2 ? el("div", { class: "how" }, el("h4", {}, "How they clash"), way(clash)) : null,
      clash.backing.length ? behind(clash) : null,
      el("p", { class: "foot" }, el("a", SN.goes({ view: "map", clash: at }), "Show on the map"),
        el("a", SN.goes({ clash: at, params: { between: pair } }), "All clashes of these two"),
        el("a", SN.goes({ view: "matrix", params: { between: pair } }), "What they share, and what decides it")));
  };

  // A window on the list: its clashes from `first` to before `last` are on the page.
  let [list, first, last, chosen, built] = [[], 0, 0, -1, null];
  let [left, claimed] = [null, -1]; // the link last followed here, and the claim last open
  const part = (name) => section().querySelector(`.${name}`);
  const put = (from, to) => {
    const [before, shown] = [from < first, list.slice(from, to).map(article)];
    part("clash-list")[before ? "prepend" : "append"](...shown);
    [first, last] = [Math.min(first, from), Math.max(last, to)];
    for (const [name, n, words] of [["before", first, "before"], ["after", list.length - last, "more"]]) {
      const text = `Show ${Math.min(SOME, n)} ${words} (${n.toLocaleString("en")} left)`;
      Object.assign(part(`clash-${name}`), { hidden: !n, textContent: text });
    }
    return shown.at(before ? -1 : 0);
  };
  const unroll = (at) => {
    part("clash-list").replaceChildren();
    [first, last] = [at, at];
    put(at, Math.min(list.length, at + SOME));
  };
  const step = (by) => (by > 0 ? list.find((i) => i > chosen) : list.findLast((i) => i < chosen)) ?? -1; // -1: there is none
  const lead = (by) => {
    const to = step(by);
    const [id, key, words] = by < 0 ? ["clash-previous", "k", "‹ Previous"] : ["clash-next", "j", "Next ›"];
    return el("a", { class: "plain", title: `( ${key} )`, id, ...(to < 0 ? { role: "link", "aria-disabled": "true" } : SN.goes({ clash: to })) }, words);
  };
  const told = () => `${list.length < clashes.length ? `${list.length.toLocaleString("en")} of ` : ""}${count(clashes.length, "clash", "clashes")}`;
  const build = (params) => {
    const wanted = asked(params);
    list = having(wanted);
    const button = (name, does) => el("button", { class: `plain clash-${name}`, type: "button", on: { click: does } });
    section().replaceChildren(el("h2", {}, "Clashes"),
      el("p", { class: "note" }, "Two claims that cannot both stand, face to face, with what each rests on. ",
        "Head-on clashes come first, and of those on one question the weightiest. ◆ crux: a claim whose withdrawal would settle clashes. ",
        "○\u00a0unanswered: nothing attacks it back. ", el("span", { class: "clash-keys" }, "Keys: j next, k previous.")),
      filters(wanted),
      el("div", { class: "clash-bar" },
        el("p", {}, told()),
        list.length < clashes.length ? el("a", { class: "plain", id: "clashes-all", ...SN.goes({ claim: state.claim, params: {} }) }, "Show all") : null,
        el("nav", { "aria-label": "Clash by clash" })),
      el("div", { class: "clash-one" }),
      el("p", { hidden: list.length > 0 }, clashes.length ? "No clash is like that. Choose fewer filters, or show all."
        : "No contradictions were found between these authors. The map shows who claims what."),
      button("before", () => put(Math.max(0, first - SOME), first).focus()), el("div", { class: "clash-list" }), button("after", () => put(last, Math.min(list.length, last + SOME)).focus()));
    const at = list.indexOf(state.clash);
    unroll(at < 0 ? 0 : at - (at % SOME));
  };

  // Mark the chosen clash and the sides of the chosen claim, and bring the clash into sight.
  const choose = () => {
    const before = chosen;
    if (state.claim < 0) chosen = state.clash;
    const at = list.indexOf(chosen);
    if (at >= 0 && (at < first || at >= last)) {
      if (at === last) put(last, Math.min(list.length, last + SOME));
      else unroll(at - (at % SOME));
    }
    part("clash-one").replaceChildren(...(chosen < 0 || at >= 0 ? [] : [
      el("p", { class: "note" }, "This clash is not among those that the filters leave."), article(chosen)]));
    const had = document.activeElement;
    part("clash-bar nav").replaceChildren(lead(-1), at < 0 ? "" : el("span", { class: "note" }, `${at + 1} / ${list.length}`), lead(1));
    for (const node of section().querySelectorAll(".clash[aria-current], .side[aria-current]")) node.removeAttribute("aria-current");
    for (const node of section().querySelectorAll(`.side[data-claim="${state.claim}"]`)) node.setAttribute("aria-current", "true");
    const node = section().querySelector(`.clash[data-clash="${chosen}"]`);
    node?.setAttribute("aria-current", "true");
    if (["clash-previous", "clash-next"].includes(had?.id)) document.getElementById(had.id).focus({ preventScroll: true });
    else if (node && chosen !== before && !had?.closest("#panel, .search")) node.focus({ preventScroll: true });
    const top = at < 0 ? part("clash-one") : node;
    if (node && chosen !== before) section().scrollTop += top.getBoundingClientRect().top - section().getBoundingClientRect().top - part("clash-bar").offsetHeight - 12;
  };
  const listen = () => {
    section().addEventListener("click", (event) => { left = event.target.closest("a"); });
    document.addEventListener("keydown", (event) => {
      if (state.view !== "clashes" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
      const to = { j: step(1), k: step(-1) }[event.key] ?? -1;
      if (to >= 0) SN.go({ clash: to });
    });
  };
  const show = (params) => {
    if (built === null) listen();
    const key = JSON.stringify(asked(params));
    const had = document.activeElement?.id;
    const anew = built !== key;
    if (anew) build(params);
    if (anew && built !== null) {
      [chosen, section().scrollTop] = [-1, 0];
      SN.say(told());
    }
    built = key;
    choose();
    if (anew && had?.startsWith("clashes-")) (document.getElementById(had) ?? section()).focus({ preventScroll: true });
    // Letting go of a claim leads back to where it was chosen.
    if (claimed >= 0 && state.claim < 0 && left?.isConnected && [document.body, section()].includes(document.activeElement)) left.focus();
    claimed = state.claim;
  };
  SN.view("clashes", { title: "Clashes", show });
})();
