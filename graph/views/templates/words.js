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
    undermine: ["attacks, as a premise,", "is attacked, as a premise, by"],
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
  SN.link = (p, q, attack) => {
    if (attack >= 0) {
      const { kind, attacker } = facts.attacks[attack];
      const backwards = same(attacker) !== same(p);
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
          out.push(SN.link(before, claim, i - 1 === clash.attackAt ? clash.attack : -1));
        }
      }
      out.push(claim < 0 ? { question: clash.issue } : { claim });
    });
    return out;
  };
})();
