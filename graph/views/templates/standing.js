// Which claims stand when some are struck out and some accepted, and why. It says what
// `sicetnon standing --reading reasons --without ... --given ...` says, in the same words; a test holds the two
// against each other.
(() => {
  "use strict";
  const { ready } = SN.pairs;
  const { UNDECIDED, IN, OUT, frame, ground } = SN.framework;
  const WORD = ["undecided", "in", "out"];
  const NAMED = 2; // how many attackers a reason names
  const NONE = new Set();
  const EMPTY = [];

  // The reasons, as graph/analysis/reasons.py has them.
  const teller = (facts, made, labels) => {
    const { rank } = ready(facts);
    const { claims, agents } = facts;
    const { at, count, many, first, hits, believed, given, reasons } = made;
    const id = (claim) => `[${claims[claim].id}]`;
    const name = (claim) => `${id(claim)} (${agents[claims[claim].holder].name})`;
    const list = (those) => {
      const names = those.slice(0, NAMED).map(name);
      return those.length > NAMED ? `${names.join(", ")} and ${those.length - NAMED} more` : names.join(" and ");
    };

    // The attacks on an argument, one by each attacker, if can be on the claim itself.
    const direct = new Map();
    const known = new Set(); // which argument attacks which
    for (const [attacker, target] of hits) {
      const one = { by: at[attacker], attacker, target };
      if (direct.has(at[target])) direct.get(at[target]).push(one);
      else direct.set(at[target], [one]);
      known.add(one.by * count + at[target]);
    }
    const best = (all, claim) => {
      if (all.length === 1) return all;
      const least = new Map();
      all.sort((a, b) => (a.target !== claim) - (b.target !== claim) || rank[a.attacker] - rank[b.attacker] ||
        rank[a.target] - rank[b.target]);
      for (const one of all) if (!least.has(one.by)) least.set(one.by, one);
      return [...least.values()].sort((a, b) => rank[a.attacker] - rank[b.attacker]);
    };
    const plain = new Map();
    for (const [number, all] of direct) plain.set(number, best(all, -1));
    const attacksOn = (number, claim = -1) => {
      if (!plain.has(number)) return EMPTY;
      return claim < 0 || many[number] === 1 ? plain.get(number) : best(direct.get(number), claim);
    };

    const way = ({ attacker, target }, claim) => name(attacker) + (target === claim ? "" : ` by way of ${id(target)}`);
    const strength = (number) => {
      if (believed.has(number)) return "which is taken as given";
      return plain.has(number) ? "which is in, since all that attacks it is out" : "which nothing attacks";
    };

    const whyIn = (number, claim) => {
      const attacks = attacksOn(number, claim);
      let why = given[number] ? "taken as given" : "nothing attacks it";
      if (believed.has(number)) {
        why += `, against ${list([...believed.get(number)].sort((a, b) => rank[a] - rank[b]))}`;
      } else if (attacks.length === 1) {
        why = `all that attacks it, ${way(attacks[0], claim)}, is out`;
      } else if (attacks.length) {
        why = `each of the ${attacks.length} claims that attack it is out`;
      }
      const standing = reasons.get(number)?.find((one) => labels[one.node] === IN);
      return standing ? `${why}, and ${id(first[standing.premises[0]])} stands for it` : why;
    };
    // What has become of the reasons for an argument, none of which is surely in.
    const wanting = (number) => {
      const told = [...new Set(reasons.get(number).map(({ premises, cuts }) => {
        const fallen = premises.find((p) => labels[p] === OUT);
        if (fallen !== undefined) return `${id(first[fallen])} is out`;
        const cut = cuts.find((one) => labels[at[one]] === IN);
        if (cut !== undefined) return `${name(cut)} undercuts one`;
        const unsure = premises.find((p) => labels[p] === UNDECIDED);
        return unsure === undefined ? "one may be undercut" : `${id(first[unsure])} is undecided`;
      }))];
      const some = told.length > NAMED ? [...told.slice(0, NAMED), `${told.length - NAMED} more`] : told;
      return some.length > 1 ? `${some.slice(0, -1).join(", ")} and ${some.at(-1)}` : some[0];
    };
    const whyOut = (number, claim) => {
      const attack = attacksOn(number, claim).find((a) => labels[a.by] === IN);
      if (!attack) return `no reason for it is left: ${wanting(number)}`;
      return `attacked by ${way(attack, claim)}, ${strength(attack.by)}`;
    };
    const whyOpen = (number, claim) => {
      const those = attacksOn(number, claim).filter((a) => labels[a.by] === UNDECIDED);
      if (!those.length) return `no reason for it stands for sure: ${wanting(number)}`;
      if (those.some((a) => a.by === number)) return "it attacks itself";
      const back = those.filter((a) => known.has(number * count + a.by));
      const listed = list((back.length ? back : those).map((a) => a.attacker));
      if (back.length === 1) return `it and ${listed} attack each other`;
      if (back.length) return `${listed} attack it, and are attacked by it`;
      const [verb, be] = those.length === 1 ? ["attacks", "is"] : ["attack", "are"];
      return `${listed} ${verb} it and ${be} undecided too`;
    };
    const WHY = [whyOpen, whyIn, whyOut];
    return (claim) => {
      const number = at[claim];
      return `${WORD[labels[number]]}: ${WHY[labels[number]](number, claim)}`;
    };
  };

  // The label of each claim ("in", "out", "undecided" or "struck") and the reason for it, label first. `struck` are
  // taken away, with what they attack and support. `accepted` are taken as given, with what says the same: nothing
  // attacks them, and they need nothing. A claim that is both is struck.
  SN.standing = (facts, { struck = NONE, accepted = NONE } = {}) => {
    const made = frame(facts, struck, accepted);
    const labels = ground(made);
    const why = teller(facts, made, labels);
    const gone = (claim) => made.at[claim] < 0;
    const label = facts.claims.map((_, i) => (gone(i) ? "struck" : WORD[labels[made.at[i]]]));
    const reason = facts.claims.map((_, i) => (gone(i) ? "struck: taken away" : why(i)));
    for (const [by, on] of ready(facts).notes) {
      if (!gone(by) && !gone(on)) reason[on] += ` (its holder concedes [${facts.claims[by].id}])`;
    }
    return { label, reason };
  };
})();
