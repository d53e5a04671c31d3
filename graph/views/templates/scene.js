// Which boxes of the map are shown: filters, collapsed branches, hidden claims; every change can be undone.
(() => {
  "use strict";
  const { facts, nodes, edges, nodeOf, bears, state } = SN;
  const all = (list) => new Set(list.map((_, i) => i));

  SN.groups = {
    support: "Supports", attack: "Attacks", undercut: "Attacks on an inference",
    conflict: "Contradicts (both ways)", rephrase: "Says the same", answer: "Answers a question",
  };
  SN.groupOf = (kind) => ({ rebut: "attack", undermine: "attack", contradictory: "conflict",
    contrary: "conflict", more: "support", pro: "answer", con: "answer" })[kind] ?? kind;

  // A claim with fewer than this many in the debate opens in full, else with its main claims only.
  const FULL = 60;
  const scene = (SN.scene = {
    level: facts.claims.length > FULL ? 1 : 0, // 0: every level of the outlines
    folded: new Set(), // boxes whose branch is collapsed
    opened: new Set(), // boxes whose branch is open although the level would collapse it
    hidden: new Set(), // claims taken off the map
    struck: new Set(), // claims struck out, and claims taken as given, to see what then stands
    accepted: new Set(),
    standing: false,
    holder: all(facts.agents),
    source: all(facts.sources),
    issue: new Set([...facts.issues.keys(), -1]),
    kind: new Set(Object.keys(SN.groups)),
    status: new Set(["asserted", "conceded", "reported"]),
    origin: new Set([false, true]), // mined?
    sure: 0, // the least confidence
  });
  const copy = () => Object.fromEntries(Object.entries(scene).map(([k, v]) => [k, v instanceof Set ? new Set(v) : v]));
  const past = [];
  SN.undoable = () => past.at(-1)?.words ?? "";
  // Change the scene: `does` alters it, `words` say what was done.
  SN.change = (words, does, { fit = false } = {}) => {
    past.push({ words, before: copy() });
    if (past.length > 200) past.shift();
    does(scene);
    SN.refresh(fit);
    SN.say(words);
  };
  SN.undo = () => {
    const step = past.pop();
    if (!step) {
      SN.say("Nothing to undo.");
      return;
    }
    Object.assign(scene, step.before);
    SN.refresh(false);
    SN.say(`Undone: ${step.words}`);
  };

  const passes = (i) => {
    const claim = facts.claims[i];
    if (scene.hidden.has(i) || !scene.holder.has(claim.holder) || !scene.source.has(claim.source)) return false;
    if (!scene.status.has(claim.status) || !scene.origin.has(claim.mined) || (claim.sure ?? 1) < scene.sure) return false;
    return bears[i].size ? [...bears[i]].some((issue) => scene.issue.has(issue)) : scene.issue.has(-1);
  };
  // How many claims stand above a box in its outline.
  for (const n of nodes) n.level = (n.up ? n.up.level : 0) + (n.up?.kind === "claim" ? 1 : 0);
  SN.isFolded = (n) => n.below.length > 0 && !state.links && (scene.folded.has(n.id) ||
    (scene.level > 0 && n.kind === "claim" && n.level >= scene.level - 1 && !scene.opened.has(n.id)));
  SN.fold = (n) => SN.change(SN.isFolded(n) ? "Branch opened." : "Branch collapsed.", () => {
    if (SN.isFolded(n)) {
      scene.folded.delete(n.id);
      scene.opened.add(n.id);
    } else {
      scene.folded.add(n.id);
      scene.opened.delete(n.id);
    }
  });
  SN.setLevel = (level) => SN.change(level ? `Levels shown: ${level}.` : "All levels shown.", () => {
    scene.level = level;
    scene.folded.clear();
    scene.opened.clear();
  }, { fit: true });
  // Open the branches in which the boxes stand, and put hidden claims back.
  SN.reveal = (some) => {
    for (const n of some) {
      if (n.kind === "claim") scene.hidden.delete(n.ref);
      for (let up = n.up; up; up = up.up) {
        if (SN.isFolded(up)) scene.opened.add(up.id);
        scene.folded.delete(up.id);
      }
    }
  };

  // For each box: "shown", "folded" (inside a collapsed branch) or "" (filtered out).
  const seen = nodes.map(() => "shown");
  SN.isShown = (n) => seen[n.id] === "shown";
  SN.everythingShown = () => seen.every((s) => s === "shown");
  const inside = new Array(nodes.length).fill(false);
  SN.survey = () => {
    const near = state.links ? SN.within(state.claim, state.links) : null;
    const chosen = new Set(state.claim >= 0 ? [state.claim] : state.clash >= 0 ? facts.clashes[state.clash].path : []);
    const wanted = (c) => (near ? near.has(c) : passes(c) || chosen.has(c));
    for (const n of nodes) {
      inside[n.id] = Boolean(n.up && (inside[n.up.id] || SN.isFolded(n.up)));
      if (n.kind === "claim") seen[n.id] = !wanted(n.ref) ? "" : inside[n.id] ? "folded" : "shown";
    }
    const live = (c) => seen[nodeOf.claim[c].id];
    for (const n of nodes) {
      if (n.kind === "step") {
        const { premises, conclusion } = facts.supports[n.ref];
        seen[n.id] = !live(conclusion) || !premises.some(live) ? "" : inside[n.id] ? "folded" : "shown";
      } else if (n.kind === "issue") {
        const { pro, con } = facts.issues[n.ref];
        seen[n.id] = scene.issue.has(n.ref) && (!near || [...pro, ...con].some((c) => near.has(c))) ? "shown" : "";
      }
    }
    const lively = new Set(nodeOf.claim.filter((n) => seen[n.id]).map((n) => facts.claims[n.ref].source));
    for (const n of nodeOf.source) seen[n.id] = lively.has(n.ref) || (!near && scene.source.has(n.ref)) ? "shown" : "";
    const whole = nodes.every((n) => n.kind === "more" || seen[n.id] === "shown");
    for (const n of nodes) if (n.kind === "more") seen[n.id] = whole ? "shown" : "";
  };
  // What stands for a box: itself, or the collapsed branch that it is in.
  const standIn = (n) => {
    while (n && seen[n.id] === "folded") n = n.up;
    return n && seen[n.id] === "shown" ? n : null;
  };
  // Give every line the boxes it is drawn between; null where it is not drawn.
  SN.joinEdges = () => {
    const once = new Set();
    for (const edge of edges) {
      const [p, q] = scene.kind.has(SN.groupOf(edge.kind)) ? [standIn(edge.a), standIn(edge.b)] : [null, null];
      edge.lifted = p !== edge.a || q !== edge.b;
      const key = p && q && edge.lifted ? `${SN.groupOf(edge.kind)} ${p.id} ${q.id}` : "";
      const drawn = p && q && p !== q && !once.has(key) && (edge.kind !== "more" || SN.everythingShown());
      if (key) once.add(key);
      [edge.p, edge.q] = drawn ? [p, q] : [null, null];
    }
  };
  // How strongly a box is drawn.
  state.seen = (n) => (state.focus && n.kind !== "source" && !state.focus.nodes.has(n.id) ? 0.28 : 1);

  SN.refresh = (fit) => {
    SN.rearrange();
    SN.buildTools();
    SN.buildFilters();
    SN.showClaim(state.claim);
    if (fit) SN.fit();
    SN.redraw();
  };
})();
