// The argumentation framework of a debate (Dung 1995), some claims struck out and some accepted, and its grounded
// labelling. graph/analysis/framework.py tells why things are so. No part of the page is touched here.
(() => {
  "use strict";
  const { both, compare, gather, ready, circles } = SN.pairs;
  const [UNDECIDED, IN, OUT] = [0, 1, 2];
  const EMPTY = [];

  // The framework: arguments, and what attacks each of them. An argument is a proposition, or several that support
  // each other in a circle. Where one needs another there is a helper argument between the two, the step.
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

    // A conclusion needs each of its premises. What needs each other, with nothing to undercut it, is one argument.
    const [dependents, needed, by] = [[], [], []]; // by which support
    const sure = [[], []];
    supports.forEach(({ premises, conclusion }, s) => {
      if (!kept[s]) return;
      for (const premise of premises) {
        if (of[premise] === of[conclusion]) continue;
        dependents.push(of[conclusion]);
        needed.push(of[premise]);
        by.push(s);
        if (cuts.has(s)) continue;
        sure[0].push(of[conclusion]);
        sure[1].push(of[premise]);
      }
    });
    const argument = circles(size, ...sure);
    let count = 0;
    for (let i = 0; i < size; i += 1) {
      if (argument[i] < i) {
        argument[i] = argument[argument[i]];
      } else {
        argument[i] = count;
        count += 1;
      }
    }
    const at = of.map((one) => (one < 0 ? -1 : argument[one])); // the argument of each claim
    const many = new Int32Array(count); // how many claims are in it
    const first = new Int32Array(count);
    for (const claim of order) {
      if (at[claim] < 0) continue;
      if (!many[at[claim]]) first[at[claim]] = claim;
      many[at[claim]] += 1;
    }
    const given = new Uint8Array(count);
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

    // The steps in order. One by a support that nothing undercuts holds whatever the others do.
    const steps = [];
    for (let i = 0; i < by.length; i += 1) {
      const [dependent, need] = [argument[dependents[i]], argument[needed[i]]];
      if (dependent === need || given[dependent]) continue;
      const weak = cuts.get(by[i]);
      steps.push({ dependent, needed: need, key: dependent * count + need, name: weak ? supports[by[i]].name : "",
        cuts: weak ?? EMPTY, step: -1, round: false });
    }
    steps.sort((a, b) => a.key - b.key || compare(a.name, b.name)); // so that what is sure goes before
    const needs = [];
    for (const one of steps) {
      const before = needs[needs.length - 1];
      if (!before || before.key !== one.key || before.cuts.length) needs.push(one);
    }

    let total = count;
    const make = () => {
      total += 1;
      return total - 1;
    };
    const step = (dependent, on, undercutters) => {
      const made = make();
      attack(on, made);
      for (const claim of undercutters) attack(at[claim], made);
      attack(made, dependent);
      return made;
    };
    const circle = cuts.size ? circles(count, needs.map((one) => one.dependent), needs.map((one) => one.needed)) : null;
    const round = new Map(); // steps in a circle that something undercuts
    for (const one of needs) {
      one.round = circle !== null && circle[one.dependent] === circle[one.needed];
      if (!one.round) one.step = step(one.dependent, one.needed, one.cuts);
      else if (round.has(circle[one.dependent])) round.get(circle[one.dependent]).push(one);
      else round.set(circle[one.dependent], [one]);
    }

    // Such a circle is traced once: copies of its members, one row above the other, so that it does not hold itself
    // up. The lowest row has the attackers from outside alone; a step leads one row down.
    const outer = round.size ? gather(total, pairs.on, pairs.by) : null;
    for (const group of round.values()) {
      const inside = [...new Set(group.flatMap((one) => [one.dependent, one.needed]))];
      let below = null;
      inside.forEach((_, row) => {
        const top = row === inside.length - 1;
        const here = new Map(inside.map((one) => [one, top ? one : make()]));
        for (const one of top ? [] : inside) {
          for (const attacker of outer.ends.subarray(outer.at[one], outer.at[one + 1])) attack(attacker, here.get(one));
        }
        for (const one of below ? group : []) {
          const made = step(here.get(one.dependent), below.get(one.needed), one.cuts);
          if (top) one.step = made;
        }
        below = here;
      });
    }
    return { at, count, many, first, size: total, pairs, hits: real, believed, given, needs };
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

  SN.framework = { UNDECIDED, IN, frame, ground };
})();
