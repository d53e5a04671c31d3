// Which claims stand when some are struck out and some accepted, and why. It says what
// `sicetnon standing --reading necessary --without ... --given ...` says, in the same words; a test holds the two
// against each other.
(() => {
  "use strict";
  const { gather, ready } = SN.pairs;
  const { UNDECIDED, IN, frame, ground } = SN.framework;
  const WORD = ["undecided", "in", "out"];
  const NAMED = 2; // how many attackers a reason names
  const NONE = new Set();
  const EMPTY = [];

  // The reasons, as graph/analysis/reasons.py has them.
  const teller = (facts, made, labels) => {
    const { rank } = ready(facts);
    const { claims, agents } = facts;
    const { at, count, many, first, hits, believed, given, needs } = made;
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

    // For what falls with an argument so attacked, over steps of that label, the nearest such argument.
    const nearest = (label) => {
      const those = needs.filter((need) => labels[need.step] === label);
      const down = gather(count, those.map((need) => need.needed), those.map((need) => need.dependent));
      const end = new Int32Array(count).fill(-1);
      const hit = (number) => plain.get(number).some((a) => labels[a.by] === label);
      const todo = [...plain.keys()].filter(hit).sort((a, b) => a - b);
      for (const start of todo) end[start] = start;
      for (const here of todo) { // goes on to what is put in on the way
        for (let i = down.at[here]; i < down.at[here + 1]; i += 1) {
          if (end[down.ends[i]] >= 0) continue;
          end[down.ends[i]] = end[here];
          todo.push(down.ends[i]);
        }
      }
      return end;
    };
    const refuted = nearest(IN);
    const open = nearest(UNDECIDED);

    // The first need of what is in that is not in itself: by a step that is undercut, those in a circle last.
    const spared = new Map();
    for (const round of [false, true]) {
      for (const need of needs) {
        const it = need.round === round && labels[need.needed] !== IN && labels[need.dependent] === IN;
        if (it && !spared.has(need.dependent)) spared.set(need.dependent, need);
      }
    }

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
      const need = spared.get(number);
      if (!need) return why;
      const cut = need.cuts.find((one) => labels[at[one]] === IN);
      return `${why}, and though it rests on ${id(first[need.needed])}, which is ${WORD[labels[need.needed]]}, ` +
        `${name(cut)} undercuts that step`;
    };
    const whyOut = (number, claim) => {
      const end = refuted[number];
      const own = end === number;
      const attack = attacksOn(end, own ? claim : -1).find((a) => labels[a.by] === IN);
      if (own) return `attacked by ${way(attack, claim)}, ${strength(attack.by)}`;
      return `it rests on ${id(attack.target)}, which ${name(attack.attacker)} attacks, ${strength(attack.by)}`;
    };
    const whyOpen = (number, claim) => {
      const end = open[number];
      if (end < 0) return "what it rests on is undecided";
      const own = end === number;
      const those = attacksOn(end, own ? claim : -1).filter((a) => labels[a.by] === UNDECIDED);
      const what = own ? "it" : "that";
      const start = own ? "" : `it rests on ${id(those[0].target)}, and `;
      if (those.some((a) => a.by === end)) return `${start}${what} attacks itself`;
      const back = those.filter((a) => known.has(end * count + a.by));
      const listed = list((back.length ? back : those).map((a) => a.attacker));
      if (back.length === 1) return `${start}${what} and ${listed} attack each other`;
      if (back.length) return `${start}${listed} attack ${what}, and are attacked by it`;
      const [verb, be] = those.length === 1 ? ["attacks", "is"] : ["attack", "are"];
      return `${start}${listed} ${verb} ${what} and ${be} undecided too`;
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
