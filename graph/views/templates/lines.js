// Lines under the cards, one path per style and strength, so that thousands cost little.
(() => {
  "use strict";
  const { edges } = SN;
  const ATTACK = { colour: "attack", dash: [9, 6], width: 2.2, head: "bar" };
  const STYLE = {
    support: { colour: "support", width: 1.8, head: "arrow" },
    more: { colour: "support", width: 1.2 },
    rebut: ATTACK,
    undermine: ATTACK,
    undercut: { ...ATTACK, dash: [2.2, 5] },
    contradictory: { ...ATTACK, tail: "bar", double: true },
    contrary: { ...ATTACK, tail: "bar" },
    rephrase: { colour: "rephrase", dash: [2, 4], width: 3.4 },
    pro: { colour: "answer", width: 1.1, tail: "plus" },
    con: { colour: "answer", width: 1.1, dash: [7, 4], tail: "minus" },
  };
  SN.edgeStyle = STYLE;
  const FAINT = { pro: 0.4, con: 0.4, more: 0.6 };

  const strength = (i, edge) => {
    const { focus, hover } = SN.state;
    if (hover >= 0 && (edge.p.id === hover || edge.q.id === hover)) return 2;
    if (focus) return focus.edges.has(i) ? 2 : 0.13;
    return edge.lifted ? 0.7 : 1;
  };
  // The lines that cross the part of the map in sight, by style and strength.
  const grouped = (sight) => {
    const found = new Map();
    edges.forEach((edge, i) => {
      const { box } = edge;
      if (!box || box.right < sight.left || box.left > sight.right || box.bottom < sight.top || box.top > sight.bottom) return;
      const strong = strength(i, edge);
      const key = `${edge.kind} ${strong}`;
      if (!found.has(key)) found.set(key, { style: STYLE[edge.kind], kind: edge.kind, strong, path: new Path2D(), all: [] });
      const group = found.get(key);
      SN.traceSeen(group.path, edge, sight);
      group.all.push(edge);
    });
    return [...found.values()].sort((p, q) => p.strong - q.strong);
  };

  const HEADS = {
    arrow(c, [x, y, dx, dy], s) {
      c.moveTo(x, y);
      c.lineTo(x - dx * s * 1.3 - dy * s * 0.55, y - dy * s * 1.3 + dx * s * 0.55);
      c.lineTo(x - dx * s * 1.3 + dy * s * 0.55, y - dy * s * 1.3 - dx * s * 0.55);
      c.closePath();
    },
    bar(c, [x, y, dx, dy], s, double) {
      for (const back of double ? [2, 7] : [2]) {
        const [px, py] = [x - dx * back * s * 0.11, y - dy * back * s * 0.11];
        const [w, l] = [s * 0.14, s * 0.75];
        c.moveTo(px - dy * l - dx * w, py + dx * l - dy * w);
        c.lineTo(px + dy * l - dx * w, py - dx * l - dy * w);
        c.lineTo(px + dy * l + dx * w, py - dx * l + dy * w);
        c.lineTo(px - dy * l + dx * w, py + dx * l + dy * w);
        c.closePath();
      }
    },
  };
  const signs = (c, group, scale) => {
    const r = Math.min(14, Math.max(7, 5 / scale));
    if (r * scale < 2.5) return;
    for (const edge of group.all) {
      const [x, y, dx, dy] = SN.tip(edge, 0);
      const [px, py] = [x - dx * (r + 1), y - dy * (r + 1)];
      c.beginPath();
      c.arc(px, py, r, 0, 7);
      c.fillStyle = SN.theme.page;
      c.fill();
      c.stroke();
      c.beginPath();
      c.moveTo(px - r * 0.55, py);
      c.lineTo(px + r * 0.55, py);
      if (group.kind === "pro") { c.moveTo(px, py - r * 0.55); c.lineTo(px, py + r * 0.55); }
      c.stroke();
    }
  };

  SN.drawEdges = (c) => {
    const scale = SN.scale();
    const groups = grouped(SN.sight());
    const far = Math.max(1, Math.min(9, 0.62 / scale));
    c.save();
    c.lineJoin = "round";
    for (const group of groups) {
      const { style, strong } = group;
      const grow = style.colour === "support" ? Math.min(far, 4) : far;
      c.globalAlpha = strong === 2 ? 1 : strong > 0.5 ? strong * (FAINT[group.kind] ?? 0.85) : strong;
      c.strokeStyle = c.fillStyle = SN.theme[style.colour];
      c.lineWidth = style.width * grow * (strong === 2 ? 1.6 : 1);
      c.setLineDash((style.dash ?? []).map((d) => d * grow));
      c.stroke(group.path);
      c.setLineDash([]);
      if (group.kind === "rephrase" && scale > 0.35) { // a light core makes the line double
        c.lineWidth *= 0.35;
        c.strokeStyle = SN.theme.page;
        c.stroke(group.path);
      }
      if (style.tail === "plus" || style.tail === "minus") signs(c, group, scale);
      const size = Math.min(26, Math.max(9, 6.5 / scale));
      if (!style.head || size * scale < 2.2) continue;
      c.beginPath();
      for (const edge of group.all) {
        if (style.head === "arrow" && SN.isStep(edge.q)) continue;
        HEADS[style.head](c, SN.tip(edge, 1), size, style.double);
        if (style.tail) HEADS[style.tail](c, SN.tip(edge, 0), size, style.double);
      }
      c.fill();
    }
    c.restore();
  };
})();
