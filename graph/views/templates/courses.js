// The course of every line: elbows inside an outline, gentle curves between columns.
(() => {
  "use strict";
  const { nodes, edges } = SN;
  const REACH = 26;
  SN.isStep = (n) => (n.kind === "more" ? nodes[n.ref] : n).kind === "step";

  const elbow = (a, b) => { // from the premise a, below, to the conclusion b, above
    const x = a.left - 11;
    const inside = b.left + 6 < x;
    if (SN.isStep(b)) return [[a.left, a.y], [b.x, a.y], [b.x, b.y + 8]];
    return inside ? [[a.left, a.y], [x, a.y], [x, b.bottom]] : [[a.left, a.y], [x, a.y], [x, b.y], [b.left, b.y]];
  };
  // Whether the line can run down the margin of one column.
  const inColumn = (a, b) => a.top >= b.top && Math.abs(a.left - b.left) < 60;

  // Which sides a curve joins: the facing ones, or both right sides where the boxes overlap.
  const sides = (a, b, kind) => {
    if (kind === "pro" || kind === "con") return [a.x <= b.x ? "right" : "left", "bottom"];
    if (a.right + 8 < b.left) return ["right", "left"];
    if (b.right + 8 < a.left) return ["left", "right"];
    return ["right", "right"];
  };
  const handle = ([x, y], side, reach) =>
    side === "right" ? [x + reach, y] : side === "left" ? [x - reach, y] : [x, y + reach];
  const bend = (edge) => {
    const [p, q] = edge.ends;
    const apart = Math.hypot(p[0] - q[0], p[1] - q[1]);
    const loop = edge.side[0] === edge.side[1];
    const reach = loop ? REACH + Math.min(120, apart * 0.18) : Math.max(REACH, Math.min(240, apart * 0.38));
    return [p, handle(p, edge.side[0], reach), handle(q, edge.side[1], reach), q];
  };

  // Find the course of every line that is drawn, from the places of its boxes.
  SN.route = () => {
    const ports = new Map(); // "node side" -> ends that meet there
    const meet = (node, side, edge, end, toward) => {
      const key = `${node.id} ${side}`;
      if (!ports.has(key)) ports.set(key, []);
      ports.get(key).push({ node, side, edge, end, toward });
    };
    for (const edge of edges) {
      edge.line = edge.curve = edge.box = null;
      if (!edge.p) continue;
      const over = edge.lifted || !SN.isShown(edge.over) ? edge.q : edge.over;
      if (edge.tree && !edge.lifted && inColumn(edge.p, over)) {
        edge.line = elbow(edge.p, over);
        continue;
      }
      const [from, to] = sides(edge.p, edge.q, edge.kind);
      edge.side = [from, to];
      edge.ends = [null, null];
      meet(edge.p, from, edge, 0, edge.q);
      meet(edge.q, to, edge, 1, edge.p);
    }
    for (const all of ports.values()) {
      const flat = all[0].side === "bottom";
      all.sort((p, q) => (flat ? p.toward.x - q.toward.x : p.toward.y - q.toward.y) || p.edge.ref - q.edge.ref);
      all.forEach(({ node, side, edge, end }, k) => {
        const at = (k + 1) / (all.length + 1);
        if (node.kind === "step") edge.ends[end] = [side === "right" ? node.x + 9 : node.x - 9, node.y];
        else if (flat) edge.ends[end] = [node.left + node.w * at, node.bottom];
        else edge.ends[end] = [side === "right" ? node.right : node.left, node.top + node.h * at];
      });
    }
    for (const edge of edges) {
      if (!edge.p) continue;
      if (!edge.line) edge.curve = bend(edge);
      const points = edge.line ?? edge.curve;
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      edge.box = { left: Math.min(...xs) - 12, top: Math.min(...ys) - 12, right: Math.max(...xs) + 12, bottom: Math.max(...ys) + 12 };
    }
    SN.whole = SN.bounds(nodes.filter(SN.isShown));
  };

  SN.trace = (path, edge) => {
    if (edge.line) {
      edge.line.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    } else {
      const [p, c, d, q] = edge.curve;
      path.moveTo(p[0], p[1]);
      path.bezierCurveTo(c[0], c[1], d[0], d[1], q[0], q[1]);
    }
  };
  // Only the part of a long curve that is in sight: the dashes of the rest would cost as much as those seen.
  const PIECES = 64;
  const at = ([p, c, d, q], t) => {
    const u = 1 - t;
    const [i, j, k, l] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    return [i * p[0] + j * c[0] + k * d[0] + l * q[0], i * p[1] + j * c[1] + k * d[1] + l * q[1]];
  };
  SN.traceSeen = (path, edge, sight) => {
    const [w, h] = [sight.right - sight.left, sight.bottom - sight.top];
    if (!edge.curve || (edge.box.right - edge.box.left < 2 * w && edge.box.bottom - edge.box.top < 2 * h)) {
      SN.trace(path, edge);
      return;
    }
    let [before, drawing] = [edge.curve[0], false];
    for (let i = 1; i <= PIECES; i += 1) {
      const here = at(edge.curve, i / PIECES);
      const out = Math.max(before[0], here[0]) < sight.left - 40 || Math.min(before[0], here[0]) > sight.right + 40 ||
        Math.max(before[1], here[1]) < sight.top - 40 || Math.min(before[1], here[1]) > sight.bottom + 40;
      if (!out && !drawing) path.moveTo(...before);
      if (!out) path.lineTo(...here);
      [before, drawing] = [here, !out];
    }
  };
  // The end of a line and the direction in which it arrives: at the start (0) or the end (1).
  SN.tip = (edge, end) => {
    const points = edge.line ?? edge.curve;
    const [p, before] = end ? [points.at(-1), points.at(-2)] : [points[0], points[1]];
    const long = Math.hypot(p[0] - before[0], p[1] - before[1]) || 1;
    return [p[0], p[1], (p[0] - before[0]) / long, (p[1] - before[1]) / long];
  };
  SN.bounds = (some) => {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const n of some) {
      box.left = Math.min(box.left, n.left);
      box.top = Math.min(box.top, n.top);
      box.right = Math.max(box.right, n.right);
      box.bottom = Math.max(box.bottom, n.bottom);
    }
    return some.length ? box : { left: 0, top: 0, right: 1, bottom: 1 };
  };
})();
