// Groundwork for saying what stands: claims in the order of their names, pairs by their ends, circles of needs.
(() => {
  "use strict";
  const both = (kind) => kind === "contradictory" || kind === "contrary";

  // Names by their code points, as Python sorts them; JavaScript by itself sorts by half characters.
  const compare = (a, b) => {
    for (let i = 0; i < a.length && i < b.length; i += 1) {
      if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.codePointAt(i) - b.codePointAt(i);
    }
    return a.length - b.length;
  };

  // The ends of pairs by their starts, flat, since thousands of small lists would take most of the time: those of
  // `i` are `ends` from place at[i] up to at[i + 1], in the order of the pairs.
  const gather = (size, from, to) => {
    const at = new Int32Array(size + 1);
    for (const one of from) at[one + 1] += 1;
    for (let i = 0; i < size; i += 1) at[i + 1] += at[i];
    const next = at.slice();
    const ends = new Int32Array(from.length);
    from.forEach((one, i) => {
      ends[next[one]] = to[i];
      next[one] += 1;
    });
    return { at, ends };
  };

  // What striking and accepting leave alone, found once: the order of the claims by name, which of them say the
  // same, and which concessions do not count against their own holder.
  const prepared = new WeakMap();
  const prepare = (facts) => {
    const { claims, supports, attacks, rephrases } = facts;
    const ids = claims.map((c) => c.id);
    const halves = ids.some((id) => /[\ud800-\udfff]/.test(id)); // seldom, and the other way is faster
    const native = (a, b) => (ids[a] < ids[b] ? -1 : 1);
    const order = claims.map((_, i) => i).sort(halves ? (a, b) => compare(ids[a], ids[b]) : native);
    const rank = new Int32Array(claims.length);
    order.forEach((claim, i) => { rank[claim] = i; });
    const up = claims.map((_, i) => i);
    const same = (i) => {
      while (up[i] !== i) i = up[i] = up[up[i]];
      return i;
    };
    for (const { first, second } of rephrases) up[same(first)] = same(second);
    const conceded = new Uint8Array(attacks.length);
    const notes = []; // concession, and claim of the same holder that it attacks
    attacks.forEach(({ kind, attacker, target }, i) => {
      const end = kind === "undercut" ? supports[target].conclusion : target;
      if (claims[attacker].holder !== claims[end].holder) return;
      for (const [by, on] of both(kind) ? [[attacker, end], [end, attacker]] : [[attacker, end]]) {
        if (claims[by].status !== "conceded") continue;
        conceded[i] = 1;
        if (kind !== "undercut") notes.push([by, on]);
      }
    });
    return { order, rank, proposition: claims.map((_, i) => same(i)), conceded, notes };
  };
  const ready = (facts) => {
    if (!prepared.has(facts)) prepared.set(facts, prepare(facts));
    return prepared.get(facts);
  };

  // For each number the smallest of those that it leads to and that lead to it (Tarjan 1972; with a stack of its
  // own, since chains may be long).
  const circles = (size, from, to) => {
    const { at, ends } = gather(size, from, to);
    const first = new Int32Array(size);
    const [seen, low, open] = [0, 1, 2].map(() => new Int32Array(size));
    const next = at.slice();
    const waiting = [];
    const way = [];
    let count = 0;
    for (let start = 0; start < size; start += 1) {
      if (!seen[start]) way.push(start);
      while (way.length) {
        const here = way[way.length - 1];
        if (!seen[here]) {
          count += 1;
          seen[here] = low[here] = count;
          open[here] = 1;
          waiting.push(here);
        }
        if (next[here] < at[here + 1]) {
          const there = ends[next[here]];
          next[here] += 1;
          if (!seen[there]) way.push(there);
          else if (open[there]) low[here] = Math.min(low[here], seen[there]);
          continue;
        }
        way.pop();
        if (way.length) low[way[way.length - 1]] = Math.min(low[way[way.length - 1]], low[here]);
        if (low[here] < seen[here]) continue;
        let [bottom, least] = [waiting.length, size];
        do {
          bottom -= 1;
          least = Math.min(least, waiting[bottom]);
        } while (waiting[bottom] !== here);
        for (; waiting.length > bottom; waiting.length -= 1) {
          const one = waiting[waiting.length - 1];
          first[one] = least;
          open[one] = 0;
        }
      }
    }
    return first;
  };

  SN.pairs = { both, gather, ready, circles };
})();
