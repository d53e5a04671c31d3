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
  for (const node of nodes) {
    nodeOf[node.kind][node.ref] = node;
    node.left = node.x - node.w / 2;
    node.top = node.y - node.h / 2;
    node.right = node.x + node.w / 2;
    node.bottom = node.y + node.h / 2;
    node.edges = [];
  }
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
    issues: [], undercuts: [],
  }));
  supports.forEach((support, i) => {
    about[support.conclusion].supporters.push(i);
    for (const premise of support.premises) about[premise].supports.push(i);
  });
  attacks.forEach((attack, i) => {
    if (attack.kind === "undercut") {
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

  const claimAt = new Map(claims.map((claim, i) => [claim.id, i]));
  const clashAt = new Map(facts.contradictions.map((clash, i) => [String(clash.rank), i]));
  Object.assign(SN, {
    facts, nodes, edges, nodeOf, edgesOf, about, bears, same, both, claimAt, clashAt,
    options: read("options"),
  });
})();
