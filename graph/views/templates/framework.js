// The argumentation framework of a debate (Dung 1995), some claims struck out and some accepted, and its grounded
// labelling. graph/analysis/framework.py tells why things are so. No part of the page is touched here.
(() => {
  "use strict";
  const { both, gather, ready, circles } = SN.pairs;
  const [UNDECIDED, IN, OUT] = [0, 1, 2];
  const EMPTY = [];

  // The framework: arguments, and what attacks each of them. Claims that say the same are one argument.
  const frame = (facts, struck, accepted) => {
    const { claims, supports, attacks } = facts;
    const { order, rank, proposition, conceded } = ready(facts);

    // The propositions, numbered by their first claims that are left.
    const of = new Int32Array(claims.length).fill(-1);
    const numbers = new Int32Array(claims.length).fill(-1);
    let size = 0;
    for (const claim of order) {
      if (struck.has(claim)) continue;
      const root = proposition[claim];
      if (numbers[root] < 0) {
        numbers[root] = size;
        size += 1;
      }
      of[claim] = numbers[root];
    }

    const kept = supports.map((s) => of[s.conclusion] >= 0 && s.premises.every((p) => of[p] >= 0));
    const cuts = new Map(); // support -> who undercuts it
    const hits = []; // attacker and target
    attacks.forEach(({ kind, attacker, target }, i) => {
      if (of[attacker] < 0 || conceded[i]) return;
      if (kind === "undercut") {
        if (kept[target]) cuts.set(target, [...cuts.get(target) ?? [], attacker].sort((a, b) => rank[a] - rank[b]));
      } else if (of[target] >= 0) {
        hits.push([attacker, target]);
        if (both(kind)) hits.push([target, attacker]);
      }
    });

    const at = of;
    const many = new Int32Array(size); // how many claims are in an argument
    const first = new Int32Array(size);
    for (const claim of order) {
      if (at[claim] < 0) continue;
      if (!many[at[claim]]) first[at[claim]] = claim;
      many[at[claim]] += 1;
    }
    const given = new Uint8Array(size);
    for (const claim of accepted) if (at[claim] >= 0) given[at[claim]] = 1;

    // What attacks each argument: pairs of numbers, helpers included.
    const pairs = { by: [], on: [] };
    const attack = (attacker, target) => {
      pairs.by.push(attacker);
      pairs.on.push(target);
    };
    const believed = new Map(); // what is taken as given -> the claims that attack it to no avail
    const real = hits.filter(([attacker, target]) => {
      const on = at[target];
      if (given[on]) believed.set(on, (believed.get(on) ?? new Set()).add(attacker));
      else attack(at[attacker], on);
      return !given[on];
    });

    // The reasons for each argument: supports that do not lead back to it, by their premises and what undercuts them.
    const starts = supports.map(({ premises, conclusion }, s) =>
      (kept[s] ? [...new Set(premises.map((p) => of[p]))].filter((p) => p !== of[conclusion]).sort((a, b) => a - b) : EMPTY));
    const links = [[], []];
    starts.forEach((premises, s) => premises.forEach((premise) => {
      links[0].push(premise);
      links[1].push(of[supports[s].conclusion]);
    }));
    const circle = circles(size, ...links);
    const reasons = new Map();
    starts.forEach((premises, s) => {
      const end = of[supports[s].conclusion];
      if (!premises.length || given[end] || premises.some((p) => circle[p] === circle[end])) return;
      const one = { premises, cuts: cuts.get(s) ?? EMPTY, node: premises[0] };
      if (reasons.has(end)) reasons.get(end).push(one);
      else reasons.set(end, [one]);
    });

    // Where no reason for it is left, a helper attacks the argument, the want. A reason of several premises, or one
    // that is undercut, is a helper too: in while all the premises are, and out what undercuts it.
    let total = size;
    const make = () => {
      total += 1;
      return total - 1;
    };
    const inOrder = (a, b) => {
      for (let i = 0; i < a.length && i < b.length; i += 1) if (a[i] !== b[i]) return a[i] - b[i];
      return a.length - b.length;
    };
    const want = new Map();
    for (const [end, those] of reasons) {
      those.sort((a, b) => inOrder(a.premises, b.premises) || inOrder(a.cuts.map((c) => rank[c]), b.cuts.map((c) => rank[c])));
      want.set(end, make());
      attack(want.get(end), end);
      for (const one of those) {
        if (one.premises.length > 1 || one.cuts.length) {
          one.node = make();
          for (const premise of one.premises) {
            const step = make();
            attack(premise, step);
            attack(step, one.node);
          }
          for (const claim of one.cuts) attack(at[claim], one.node);
        }
        attack(one.node, want.get(end));
      }
    }
    return { at, many, first, count: size, size: total, pairs, hits: real, believed, given, reasons, want };
  };

  // The grounded labelling: in what nothing attacks, out what that attacks, and so on.
  const ground = ({ size, pairs }) => {
    const { at, ends } = gather(size, pairs.by, pairs.on);
    const waits = new Int32Array(size);
    for (const one of pairs.on) waits[one] += 1;
    const labels = new Uint8Array(size);
    const todo = [];
    for (let i = 0; i < size; i += 1) if (!waits[i]) todo.push(i);
    while (todo.length) {
      const here = todo.pop();
      labels[here] = IN;
      for (let i = at[here]; i < at[here + 1]; i += 1) {
        const target = ends[i];
        if (labels[target] === OUT) continue;
        labels[target] = OUT;
        for (let k = at[target]; k < at[target + 1]; k += 1) {
          waits[ends[k]] -= 1;
          if (!waits[ends[k]]) todo.push(ends[k]);
        }
      }
    }
    return labels;
  };

  SN.framework = { UNDECIDED, IN, OUT, frame, ground };
})();
