// Plain words for kinds of contradiction, status and place, and for the path of a contradiction.
(() => {
  "use strict";
  const { facts, about, same } = SN;

  SN.kindWord = {
    direct: "Head-on",
    supported: "By what it leads to",
    secondary: "Against a ground",
    mediated: "Against a consequence",
    issue: "Opposite answers",
  };
  SN.kindLong = {
    direct: "One claim attacks the other.",
    supported: "What the first claim supports attacks the second.",
    secondary: "The first claim attacks a ground of the second.",
    mediated: "The first claim attacks what the second supports.",
    issue: "The two claims answer one question in opposite ways.",
  };
  SN.attackWord = {
    rebut: ["attacks", "is attacked by"],
    undermine: ["attacks the premise", "is a premise attacked by"],
    undercut: ["attacks an inference of", "rests on an inference attacked by"],
    contradictory: ["contradicts", "contradicts"],
    contrary: ["cannot be true together with", "cannot be true together with"],
  };
  SN.statusWord = { asserted: "asserted", conceded: "conceded", reported: "reported" };

  SN.short = (text, most = 110) => {
    const chars = Array.from(text.slice(0, most * 2));
    if (chars.length <= most && text.length <= most * 2) return text;
    const cut = chars.slice(0, most).join("");
    return `${cut.replace(/\s+\S{0,15}$/, "")}…`;
  };
  SN.holder = (claim) => facts.agents[facts.claims[claim].holder].name;
  SN.statusOf = (claim) => {
    const { status, source } = facts.claims[claim];
    if (status !== "reported") return SN.statusWord[status];
    return `reported by ${facts.agents[facts.sources[source].author].name}`;
  };
  SN.place = (anchor) =>
    `paragraph ${anchor[0]}, sentence ${anchor[1]}, characters ${anchor[2]}-${anchor[3]}`;

  // The relation between two neighbours on a path: words, kind, and the lines that draw it.
  // The attack of that kind between two claims, or else between claims that rephrase them.
  const attackOf = (p, q, kind) => {
    const either = (one, two) => one === two || (same(one) === same(two) && "near");
    const fit = (a, from, to) => {
      const start = a.kind === kind && either(a.attacker, from);
      if (!start) return 0;
      const step = kind === "undercut" && facts.supports[a.target];
      const ends = step ? [step.conclusion, ...step.premises] : [a.target];
      const end = Math.max(...ends.map((c, i) => (either(c, to) === true ? 3 : either(c, to) ? 2 : 0) - (i ? 0.5 : 0)));
      return end <= 0 ? 0 : end + (start === true ? 1 : 0);
    };
    let [best, most, backwards] = [-1, 0, false];
    facts.attacks.forEach((a, i) => {
      const [ahead, back] = [fit(a, p, q), fit(a, q, p)];
      if (Math.max(ahead, back) > most) [best, most, backwards] = [i, Math.max(ahead, back), back > ahead];
    });
    return [best, backwards];
  };
  SN.link = (p, q, kind) => {
    if (kind) {
      const [attack, backwards] = attackOf(p, q, kind);
      return { kind: "attack", words: `which ${SN.attackWord[kind][+backwards]}`, key: `${kind} ${attack}` };
    }
    const find = (from, to) => facts.supports.findIndex((s) =>
      same(s.conclusion) === same(to) && s.premises.some((x) => same(x) === same(from)));
    const near = (from, to) => about[from].supports.find((s) => facts.supports[s].conclusion === to);
    if (same(p) === same(q)) {
      const r = about[p].rephrases.find((x) =>
        [facts.rephrases[x].first, facts.rephrases[x].second].includes(q));
      return { kind: "rephrase", words: "which says the same as", key: `rephrase ${r ?? -1}` };
    }
    const ahead = near(p, q) ?? find(p, q);
    if (ahead >= 0) {
      const linked = facts.supports[ahead].premises.length > 1 ? "helps to support" : "supports";
      return { kind: "support", words: `which ${linked}`, key: `support ${ahead}` };
    }
    const back = near(q, p) ?? find(q, p);
    if (back >= 0) return { kind: "support", words: "which is supported by", key: `support ${back}` };
    return { kind: "", words: "and", key: "" };
  };

  // The whole path: claims and questions in turn with links between them.
  SN.steps = (clash) => {
    const out = [];
    clash.path.forEach((claim, i) => {
      if (i) {
        const before = clash.path[i - 1];
        if (claim < 0 || before < 0) {
          const side = claim < 0 ? before : claim;
          const yes = facts.issues[clash.issue].pro.some((c) => same(c) === same(side));
          const words = claim < 0 ? "which answers" : "which is answered";
          out.push({ words: `${words} ${yes ? "yes" : "no"}${claim < 0 ? " to" : " by"}`, kind: "answer",
            key: "", issue: clash.issue, side });
        } else {
          out.push(SN.link(before, claim, i - 1 === clash.attackAt ? clash.attack : ""));
        }
      }
      out.push(claim < 0 ? { question: clash.issue } : { claim });
    });
    return out;
  };
})();
