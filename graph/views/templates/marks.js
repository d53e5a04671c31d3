// How each holder is told apart, with and without colour: stripe pattern, badge shape, initials.
(() => {
  "use strict";
  const { agents } = SN.facts;
  const COLOURS = ["#0072B2", "#E69F00", "#CC79A7", "#56B4E9", "#F0E442", "#8C564B", "#4B3F9E", "#8A9A2B"];
  const PATTERNS = ["plain", "slant", "dots", "bars", "cross", "back", "rings"];
  const SHAPES = ["circle", "square", "diamond", "hexagon", "shield", "drop"];
  const ink = (hex) => {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
    return 0.3 * r + 0.59 * g + 0.11 * b > 0.5 ? "#14171a" : "#ffffff";
  };

  SN.mark = agents.map((agent, i) => {
    const colour = COLOURS[i % COLOURS.length];
    return { colour, ink: ink(colour), pattern: PATTERNS[i % PATTERNS.length],
      shape: SHAPES[(i + (i / COLOURS.length | 0)) % SHAPES.length], text: agent.mark };
  });

  const tile = (mark) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 12;
    const c = canvas.getContext("2d");
    c.fillStyle = mark.colour;
    c.fillRect(0, 0, 12, 12);
    c.strokeStyle = c.fillStyle = mark.ink;
    c.globalAlpha = 0.75;
    c.lineWidth = 2.4;
    const line = (...p) => {
      c.beginPath();
      for (let i = 0; i < p.length; i += 4) { c.moveTo(p[i], p[i + 1]); c.lineTo(p[i + 2], p[i + 3]); }
      c.stroke();
    };
    if (mark.pattern === "slant" || mark.pattern === "cross") line(-2, 14, 14, -2, -2, 2, 2, -2, 10, 14, 14, 10);
    if (mark.pattern === "back" || mark.pattern === "cross") line(-2, -2, 14, 14, 10, -2, 14, 2, -2, 10, 2, 14);
    if (mark.pattern === "bars") line(0, 3, 12, 3, 0, 9, 12, 9);
    if (mark.pattern === "dots") for (const [x, y] of [[3, 3], [9, 9]]) { c.beginPath(); c.arc(x, y, 2, 0, 7); c.fill(); }
    if (mark.pattern === "rings") { c.beginPath(); c.arc(6, 6, 3.5, 0, 7); c.stroke(); }
    return canvas;
  };
  const patterns = new Map();
  SN.stripe = (ctx, holder) => {
    const mark = SN.mark[holder];
    if (mark.pattern === "plain") return mark.colour;
    if (!patterns.has(holder)) patterns.set(holder, ctx.createPattern(tile(mark), "repeat"));
    return patterns.get(holder);
  };

  const outline = (c, shape, x, y, r) => {
    c.beginPath();
    const ring = (n, turn) => {
      for (let k = 0; k < n; k += 1) {
        const at = turn + (2 * Math.PI * k) / n;
        c.lineTo(x + r * 1.1 * Math.cos(at), y + r * 1.1 * Math.sin(at));
      }
      c.closePath();
    };
    if (shape === "square") c.rect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84);
    else if (shape === "diamond") ring(4, 0);
    else if (shape === "hexagon") ring(6, 0);
    else if (shape === "shield") { c.moveTo(x - r, y - r); c.lineTo(x + r, y - r); c.lineTo(x + r, y + r * 0.3);
      c.lineTo(x, y + r * 1.15); c.lineTo(x - r, y + r * 0.3); c.closePath(); }
    else if (shape === "drop") { c.arc(x, y, r, 0, 1.5 * Math.PI); c.lineTo(x + r, y - r); c.closePath(); }
    else c.arc(x, y, r, 0, 2 * Math.PI);
  };
  SN.badge = (c, holder, x, y, r) => {
    const mark = SN.mark[holder];
    outline(c, mark.shape, x, y, r);
    c.fillStyle = mark.colour;
    c.fill();
    c.lineWidth = Math.max(0.6, r * 0.09);
    c.strokeStyle = SN.theme.text;
    c.setLineDash([]);
    c.stroke();
    c.fillStyle = mark.ink;
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.direction = "ltr";
    c.font = `bold ${r * (mark.text.length > 2 ? 0.72 : 0.92)}px Arial, Helvetica, "Liberation Sans", sans-serif`;
    c.fillText(mark.text, x, y + r * 0.06, r * 1.7);
    c.textBaseline = "alphabetic";
  };

  const names = ["page", "card", "raised", "text", "muted", "line", "edge", "focus", "chosen", "support",
    "attack", "rephrase", "answer", "question", "head"];
  SN.readTheme = () => {
    const style = getComputedStyle(document.documentElement);
    SN.theme = Object.fromEntries(names.map((n) => [n, style.getPropertyValue(`--${n}`).trim()]));
  };
  SN.readTheme();
})();
