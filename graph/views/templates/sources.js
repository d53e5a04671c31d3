// The pieces: each with its claims in the order of the text, and the text with their passages marked.
(() => {
  "use strict";
  const { facts, about, el, state } = SN;
  const { sources, claims, agents } = facts;
  const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const section = () => document.getElementById("view-sources");

  // How many attacks touch a claim: on itself, on an inference to it, and conflicts both ways.
  SN.attackedBy = (claim) =>
    about[claim].attackers.length + about[claim].undercuts.length + about[claim].conflicts.length;

  // The claims of a piece in the order of the text, those without a place last.
  const claimsOf = sources.map(() => []);
  claims.forEach((claim, i) => claimsOf[claim.source].push(i));
  const at = (claim, end) => claims[claim].anchor?.[end] ?? 1e9;
  const own = (source) => [...claimsOf[source]].sort((p, q) => at(p, 2) - at(q, 2) || at(q, 3) - at(p, 3) || p - q);

  // Put parts in some at a time, so that a long piece opens at once; `until` brings more right away.
  const growing = []; // timers
  const grow = (into, makers, some = 12) => {
    const left = [...makers];
    const until = (n) => into.append(...left.splice(0, n - makers.length + left.length).map((make) => make()));
    const step = () => {
      until(makers.length - left.length + some);
      if (left.length) growing.push(setTimeout(step, 16));
    };
    step();
    return until;
  };

  // All the pieces.
  const chip = (n, words) => (n ? el("span", { class: "chip" }, words) : null);
  const numbers = (source) => {
    const all = claimsOf[source];
    const clashing = all.filter((c) => about[c].clashes.length).length;
    const unmet = all.filter((c) => SN.unanswered.has(c)).length;
    return el("span", { class: "top" }, el("b", {}, count(all.length, "claim")),
      chip(clashing, `≠ ${clashing} in a clash`), chip(unmet, `○ ${unmet} unanswered`));
  };
  const to = (source, mode = "text", claim = -1) => SN.goes({ view: "sources", claim,
    params: { source: sources[source].id, ...(mode === "claims" ? { show: mode } : {}) } });
  const published = ({ about: told }) => (told.length ? el("span", { class: "note", dir: "auto" }, told.join(" · ")) : null);
  const pieceLink = (source) => {
    const { title, author, note } = sources[source];
    return el("a", { class: "item piece", ...to(source) },
      el("strong", { dir: "auto" }, title),
      el("span", { class: "top" }, SN.who(author), published(sources[source])),
      note ? el("span", { class: "note says", dir: "auto" }, SN.short(note, 240)) : null,
      numbers(source));
  };
  const pieces = () => {
    const list = el("ul", { class: "list pieces" });
    grow(list, sources.map((_, i) => () => el("li", {}, pieceLink(i))), 60);
    return [el("div", { class: "bar" }, el("h2", {}, "Sources"), el("span", { class: "note" },
      `${count(sources.length, "piece")} with ${count(claims.length, "claim")}. Open one to read its claims in the order of the text.`)), list];
  };

  // A part that wears the colour and the underline of a holder.
  const hued = (node, holder, ...inside) => {
    node.style.setProperty("--who", SN.mark[holder].colour);
    node.dataset.pattern = SN.mark[holder].pattern;
    node.append(...inside);
    return node;
  };

  // One piece: its head, the list of its claims, and its text.
  let open = null;
  const head = () => {
    const { source, mode } = open;
    const { title, author, note, text } = sources[source];
    const lead = (id, other, sign, label) => (sources[other] ? el("a", { class: "plain", id, title: sources[other].title,
      "aria-label": `${label}: ${sources[other].title}`, ...to(other, mode) }, sign) : null);
    const ways = (name, words) => el("a", { class: "plain", id: `sources-${name}`, "aria-current": mode === name && "true",
      ...to(source, name, state.claim) }, words);
    return el("div", { class: "piece-head" },
      el("div", { class: "bar" },
        el("a", { class: "plain", id: "sources-all", ...SN.goes({ view: "sources", params: {} }) }, "‹ All pieces"),
        lead("sources-before", source - 1, "‹", "Piece before"), lead("sources-after", source + 1, "›", "Next piece"),
        text ? el("div", { class: "ways", role: "group", "aria-label": "What is shown" },
          ways("text", "Text"), ways("claims", "Claims only")) : null),
      el("h2", { dir: "auto" }, title),
      el("p", { class: "by" }, SN.who(author), published(sources[source]), numbers(source)),
      mode === "text" && open.key.length ? el("p", { class: "key" }, "Claims held by ", open.key.map(([holder, n]) =>
        el("span", {}, hued(el("span", { class: "passage" }), holder, el("bdi", {}, agents[holder].name)), ` ${n}`))) : null,
      note ? el("p", { class: "note", dir: "auto" }, note) : null,
      text ? null : el("p", { class: "note" }, "The text of this piece is not in this page; these are its claims in the order in which they stand in it."));
  };

  const card = (claim) => {
    const link = SN.claimLink(claim, { note: String(open.number.get(claim)), short: 400 });
    link.dataset.claim = claim;
    const [attacked, clashes, place] = [SN.attackedBy(claim), about[claim].clashes.length, claims[claim].anchor];
    return el("li", {}, hued(link, claims[claim].holder, el("span", { class: "top signs" },
      place ? `sentence ${place[1]}, characters ${place[2]}–${place[3]}` : null,
      chip(attacked, `← attacked by ${attacked}`), chip(clashes, `≠ in ${count(clashes, "clash", "clashes")}`),
      SN.unanswered.has(claim) ? el("span", { class: "chip open" }, "○ unanswered") : null)));
  };
  const listOf = (all) => {
    const groups = []; // of at most 60 claims of one paragraph
    for (const claim of all) {
      const paragraph = claims[claim].anchor?.[0] ?? 0;
      const more = groups.at(-1)?.paragraph === paragraph;
      if (!more || groups.at(-1).some.length === 60) groups.push({ paragraph, some: [], more });
      groups.at(-1).some.push(claim);
      open.groupOf.set(claim, groups.length);
    }
    const box = el("div", { class: "claims", role: "region", tabindex: "0", "aria-label": "Claims in the order of the text" });
    open.list = grow(box, groups.map(({ paragraph, some, more }) => () => el("div", {},
      more ? null : el("h3", {}, paragraph ? `Paragraph ${paragraph}` : "Without a place in the text"),
      el("ul", { class: "list" }, some.map(card)))), 5);
    return box;
  };

  // The text cut at line ends and at both ends of every span: for each paragraph its segments, each
  // with the claims that cover it, the smallest first. Places count code points.
  SN.segments = (text, spans) => {
    const chars = Array.from(text);
    const coming = [...spans].sort((p, q) => p.start - q.start);
    const paragraphs = [];
    let [live, next, from] = [[], 0, 0];
    for (const line of text.split(/[\r\n]/)) {
      const to = from + Array.from(line).length;
      live = live.filter((s) => s.end > from);
      while (next < coming.length && coming[next].start < to) live.push(coming[next++]);
      const inside = live.flatMap((s) => [s.start, s.end]).filter((n) => n > from && n < to);
      const cuts = [...new Set([from, ...inside, to])].sort((p, q) => p - q);
      if (line.trim()) paragraphs.push(cuts.slice(1).map((end, i) => ({
        text: chars.slice(cuts[i], end).join(""),
        cover: live.filter((s) => s.start <= cuts[i] && s.end >= end)
          .sort((p, q) => p.end - p.start - (q.end - q.start)).map((s) => s.claim),
      })));
      from = to + 1;
    }
    return paragraphs;
  };
  const told = (claim) => `${open.number.get(claim)}. ${SN.holder(claim)}, ${SN.statusOf(claim)}: ${SN.short(claims[claim].text, 300)}`;
  const toClaim = (claim, given, ...inside) => el("a", { ...to(open.source, open.mode, claim), ...given }, inside);
  // A passage leads to the smallest claim in it; the numbers behind it lead to each claim that ends there.
  const passage = ({ text, cover }, first, ends, led) => {
    if (!cover.length) return text;
    const [claim] = cover;
    const link = toClaim(claim, { class: "passage", title: cover.map(told).join("\n"), "data-cover": cover.join(" "),
      "data-depth": Math.min(3, cover.length), tabindex: first ? false : "-1" }, text);
    return [hued(link, claims[claim].holder), ends.map((c) => toClaim(c, { class: "ref", "data-ref": c, title: told(c),
      "aria-label": `Claim ${told(c)}`, tabindex: led.has(c) ? "-1" : false }, open.number.get(c)))];
  };
  const textOf = (source, all) => {
    const spans = all.flatMap((claim) => (claims[claim].anchor ? [{ claim, start: at(claim, 2), end: at(claim, 3) }] : []));
    const paragraphs = SN.segments(sources[source].text, spans);
    const [firstFor, lastOf] = [new Map(), new Map()]; // claim -> the first segment that leads to it, the last one in it
    paragraphs.forEach((segments, p) => segments.forEach((segment) => {
      if (segment.cover.length && !firstFor.has(segment.cover[0])) firstFor.set(segment.cover[0], segment);
      for (const claim of segment.cover) {
        lastOf.set(claim, segment);
        if (!open.paragraphOf.has(claim)) open.paragraphOf.set(claim, p + 1);
      }
    }));
    const box = el("div", { class: "text", role: "region", tabindex: "0", "aria-label": "Text with the passages of the claims" });
    open.text = grow(box, paragraphs.map((segments, p) => () => el("p", { dir: "auto", "data-at": p + 1 },
      segments.map((segment) => passage(segment, firstFor.get(segment.cover[0]) === segment,
        segment.cover.filter((c) => lastOf.get(c) === segment).sort((c, d) => open.number.get(c) - open.number.get(d)), firstFor)))));
    return box;
  };

  const build = (source, mode) => {
    const all = own(source);
    const holders = new Map();
    for (const c of all) if (claims[c].anchor) holders.set(claims[c].holder, (holders.get(claims[c].holder) ?? 0) + 1);
    open = { source, mode, number: new Map(all.map((c, i) => [c, i + 1])), groupOf: new Map(), paragraphOf: new Map(), chosen: -1,
      key: [...holders].sort((p, q) => q[1] - p[1]) }; // holders with how many claims
    return el("div", { class: "piece-page" }, el("div", { class: "piece-head" }), el("div", { class: "notice", hidden: true }),
      el("div", { class: `reading ${mode === "text" ? "both" : "only"}` }, mode === "text" ? textOf(source, all) : null, listOf(all)));
  };

  // Mark what belongs to a claim in text and list with an attribute.
  const mark = (claim, name) => {
    for (const node of section().querySelectorAll(`.reading [${name}]`)) node.removeAttribute(name);
    for (const node of section().querySelectorAll(`[data-cover~="${claim}"], [data-ref="${claim}"], [data-claim="${claim}"]`)) {
      node.setAttribute(name, "true");
    }
  };
  // Scroll a column, or the whole view where the columns do not scroll, until the part is in sight.
  const bring = (node) => {
    const column = node?.closest(".text, .claims");
    if (!column?.checkVisibility()) return;
    const box = getComputedStyle(column).overflowY === "auto" ? column : section();
    const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
    if (inner.top >= outer.top + 4 && inner.bottom <= outer.bottom - 4) return;
    box.scrollTop += inner.top - outer.top - Math.max(12, (outer.height - inner.height) / 3);
  };
  const notice = (claim) => {
    const away = claim >= 0 && claims[claim].source !== open.source ? claims[claim].source : -1;
    const beside = claim < 0 || away >= 0 ? [] : [...new Set([...section().querySelectorAll(`[data-cover~="${claim}"]`)]
      .flatMap((node) => node.dataset.cover.split(" ").map(Number)))].filter((c) => c !== claim);
    const box = section().querySelector(".notice");
    box.hidden = away < 0 && !beside.length;
    box.replaceChildren(...(away >= 0
      ? ["The chosen claim is in another piece: ", el("a", to(away, open.mode, claim), el("bdi", {}, sources[away].title))]
      : ["In the same words: ", ...beside.map((c) => toClaim(c, { title: told(c) }, `${open.number.get(c)} `,
        el("bdi", {}, SN.short(claims[c].text, 60))))]));
  };
  const choose = (claim) => {
    open.list(open.groupOf.get(claim) ?? 0);
    open.text?.(open.paragraphOf.get(claim) ?? 0);
    notice(claim);
    mark(claim, "aria-current");
    if (claim !== open.chosen) {
      bring(section().querySelector(`.text [data-cover~="${claim}"]`));
      bring(section().querySelector(`.claims [data-claim="${claim}"]`));
    }
    // Letting go of a claim leads back to where it was chosen.
    if (claim < 0 && [document.body, section()].includes(document.activeElement)) back(open.chosen)?.focus();
    open.chosen = claim;
  };
  let from = ""; // the column in which a claim was last chosen
  const back = (claim) => section().querySelector(`${from} :is([data-cover^="${claim} "], [data-cover="${claim}"], [data-claim="${claim}"])`);

  const near = (event) => {
    const part = event.target.closest?.("[data-cover], [data-ref], [data-claim]");
    const claim = part ? parseInt(part.dataset.ref ?? part.dataset.claim ?? part.dataset.cover, 10) : -1;
    if (open && claim !== open.near) mark((open.near = claim), "data-near");
  };
  const chose = (event) => (from = event.target.closest(".text") ? ".text" : ".claims");

  let shown = "";
  const show = (params) => {
    const source = SN.sourceAt.get(params.source) ?? -1;
    if (source < 0 && state.claim >= 0) { // a claim alone opens its piece
      SN.go({ claim: state.claim, params: { ...params, source: sources[claims[state.claim].source].id } }, { replace: true });
      return;
    }
    const mode = source >= 0 && sources[source].text && params.show !== "claims" ? "text" : "claims";
    const had = document.activeElement?.id;
    if (shown !== `${source} ${mode}`) {
      growing.splice(0).forEach(clearTimeout);
      open = null;
      section().replaceChildren(...(source < 0 ? pieces() : [build(source, mode)]));
      section().scrollTop = 0;
    }
    const events = { mouseover: near, focusin: near, click: chose };
    if (!shown) for (const [event, does] of Object.entries(events)) section().addEventListener(event, does);
    shown = `${source} ${mode}`;
    if (source < 0) return;
    section().querySelector(".piece-head").replaceWith(head());
    choose(state.claim);
    if (had?.startsWith("sources-")) (document.getElementById(had) ?? section()).focus({ preventScroll: true });
  };
  SN.view("sources", { title: "Sources", show });
})();
