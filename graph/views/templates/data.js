// The facts of the debate and the drawing that pyvis made, with look-up tables over both.
const SN = {};
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const facts = read("facts");
  const { claims, supports, attacks, rephrases, issues } = facts;
  const nodes = read("nodes");
  const edges = read("edges");

  const nodeOf = { claim: [], issue: [], source: [], step: [], more: [] };
  SN.put = (node, x, y) => {
    Object.assign(node, { x, y, left: x - node.w / 2, top: y - node.h / 2, right: x + node.w / 2, bottom: y + node.h / 2 });
  };
  for (const node of nodes) {
    nodeOf[node.kind][node.ref] = node;
    node.home = [node.x, node.y];
    node.up = nodes[node.above] ?? null; // what it stands under in the outline of its piece
    node.below = [];
    node.edges = [];
    SN.put(node, node.x, node.y);
  }
  for (const node of nodes) node.up?.below.push(node);
  const edgesOf = new Map(); // "support 3" -> numbers of the lines of that support
  edges.forEach((edge, i) => {
    edge.a = nodes[edge.from];
    edge.b = nodes[edge.to];
    edge.over = nodes[edge.under] ?? edge.b; // what it is drawn to: b, or a copy of b
    edge.a.edges.push(i);
    edge.b.edges.push(i);
    const key = `${edge.kind} ${edge.ref}`;
    if (!edgesOf.has(key)) edgesOf.set(key, []);
    edgesOf.get(key).push(i);
  });

  const both = (kind) => kind === "contradictory" || kind === "contrary";
  const about = claims.map(() => ({
    supporters: [], supports: [], attackers: [], attacks: [], conflicts: [], rephrases: [],
    issues: [], undercuts: [], clashes: [],
  }));
  supports.forEach((support, i) => {
    about[support.conclusion].supporters.push(i);
    for (const premise of support.premises) about[premise].supports.push(i);
  });
  const cuts = supports.map(() => []); // who attacks the inference
  attacks.forEach((attack, i) => {
    if (attack.kind === "undercut") {
      cuts[attack.target].push(attack.attacker);
      about[attack.attacker].attacks.push(i);
      about[supports[attack.target].conclusion].undercuts.push(i);
    } else if (both(attack.kind)) {
      about[attack.attacker].conflicts.push(i);
      about[attack.target].conflicts.push(i);
    } else {
      about[attack.attacker].attacks.push(i);
      about[attack.target].attackers.push(i);
    }
  });
  facts.clashes.forEach((clash, i) => {
    for (const end of new Set([clash.first, clash.second])) about[end].clashes.push(i);
  });

  // Claims that rephrase each other are one proposition: `same` names it by one of them.
  const up = claims.map((_, i) => i);
  const same = (i) => {
    while (up[i] !== i) i = up[i] = up[up[i]];
    return i;
  };
  rephrases.forEach((rephrase, i) => {
    about[rephrase.first].rephrases.push(i);
    about[rephrase.second].rephrases.push(i);
    up[same(rephrase.first)] = same(rephrase.second);
  });
  issues.forEach((issue, i) => {
    for (const claim of issue.pro) about[claim].issues.push([i, true]);
    for (const claim of issue.con) about[claim].issues.push([i, false]);
  });

  // The issues that a claim bears on: those it answers, or helps to answer through supports.
  const bears = claims.map(() => new Set());
  issues.forEach((issue, i) => {
    const queue = [...issue.pro, ...issue.con];
    while (queue.length) {
      const claim = queue.pop();
      if (bears[claim].has(i)) continue;
      bears[claim].add(i);
      for (const s of about[claim].supporters) queue.push(...supports[s].premises);
    }
  });

  // The claims one relation away from a claim, undercuts through the ends of their support.
  const linked = (claim) => {
    const near = about[claim];
    const ends = (s) => [supports[s].conclusion, ...supports[s].premises];
    return [
      ...[...near.supporters, ...near.supports].flatMap((s) => [...ends(s), ...cuts[s]]),
      ...near.attackers.map((a) => attacks[a].attacker),
      ...near.attacks.flatMap((a) => (attacks[a].kind === "undercut" ? ends(attacks[a].target) : [attacks[a].target])),
      ...near.conflicts.flatMap((a) => [attacks[a].attacker, attacks[a].target]),
      ...near.rephrases.flatMap((r) => [rephrases[r].first, rephrases[r].second]),
    ];
  };
  SN.within = (claim, links) => {
    const found = new Set([claim]);
    let edge = [claim];
    for (let step = 0; step < links; step += 1) {
      edge = edge.flatMap(linked).filter((c) => !found.has(c) && found.add(c));
    }
    return found;
  };

  SN.unanswered = new Set(facts.unanswered);

  const by = (list, key) => new Map(list.map((entry, i) => [String(entry[key]), i]));
  Object.assign(SN, {
    facts, nodes, edges, nodeOf, edgesOf, about, bears, same, both,
    claimAt: by(claims, "id"), clashAt: by(facts.clashes, "rank"), numberAt: by(facts.clashes, "number"),
    sourceAt: by(facts.sources, "id"), agentAt: by(facts.agents, "id"), issueAt: by(issues, "id"),
    options: read("options"),
  });
})();
