// Small signs on the cards: how many claims a collapsed branch holds, and what stands under a what-if.
(() => {
  "use strict";
  const { facts, nodes, scene } = SN;
  const FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif';
  const SIGN = { in: "✓", out: "✗", undecided: "?", struck: "✗" };

  // How many claims stand below a box in its outline.
  for (const n of nodes) n.many = 0;
  for (const n of [...nodes].reverse()) if (n.up) n.up.many += n.many + (n.kind === "claim" ? 1 : 0);

  // The pill on the lower edge of a card that opens or collapses its branch, in map coordinates.
  SN.pill = (n, scale) => {
    if (!n.many || SN.state.links) return null;
    const folded = SN.isFolded(n);
    if (!folded && 13 * scale < 8.4 && n.ref !== SN.state.claim) return null;
    const size = Math.min(26, Math.max(11, 9 / scale));
    const w = size * (folded ? 1.2 + 0.62 * String(n.many).length : 1.3);
    return { text: folded ? `+${n.many}` : "−", size, left: n.right - w - 5, top: n.bottom - size * 0.75, w, h: size * 1.3 };
  };
  SN.drawSigns = (c, n, scale) => {
    const pill = SN.pill(n, scale);
    if (pill && pill.size * scale > 5) {
      c.setLineDash([]);
      c.beginPath();
      c.roundRect(pill.left, pill.top, pill.w, pill.h, pill.h / 2);
      c.fillStyle = SN.theme.raised;
      c.fill();
      c.lineWidth = Math.max(1.2, 0.8 / scale);
      c.strokeStyle = SN.theme.support;
      c.stroke();
      c.font = `bold ${pill.size}px ${FONT}`;
      c.fillStyle = SN.theme.text;
      c.direction = "ltr";
      c.textAlign = "center";
      c.textBaseline = "middle";
      c.fillText(pill.text, pill.left + pill.w / 2, pill.top + pill.h * 0.54);
      c.textBaseline = "alphabetic";
    }
    if (scene.standing) standing(c, n, scale);
  };

  const standing = (c, n, scale) => {
    const label = SN.labels().label[n.ref];
    const r = Math.min(22, Math.max(9, 6.5 / scale));
    const [x, y] = [n.right - r * 0.4, n.top + r * 0.4];
    const colour = { in: "support", out: "attack", undecided: "muted", struck: "attack" }[label];
    const alpha = c.globalAlpha;
    if (label === "out" || label === "struck") {
      c.globalAlpha = 0.5;
      c.fillStyle = SN.theme.page;
      c.fillRect(n.left + 12, n.top, n.w - 12, n.h);
      c.globalAlpha = alpha;
    }
    c.setLineDash([]);
    if (label === "struck") {
      c.beginPath();
      c.moveTo(n.left, n.top);
      c.lineTo(n.right, n.bottom);
      c.moveTo(n.left, n.bottom);
      c.lineTo(n.right, n.top);
      c.lineWidth = Math.max(3, 1.6 / scale);
      c.strokeStyle = SN.theme.attack;
      c.stroke();
    }
    c.beginPath();
    if (scene.accepted.has(n.ref)) c.rect(x - r, y - r, r * 2, r * 2);
    else c.arc(x, y, r, 0, 7);
    c.fillStyle = SN.theme.raised;
    c.fill();
    c.lineWidth = Math.max(1.6, 1 / scale);
    c.strokeStyle = SN.theme[colour];
    c.stroke();
    c.font = `bold ${r * 1.5}px ${FONT}`;
    c.fillStyle = SN.theme[colour];
    c.direction = "ltr";
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillText(SIGN[label], x, y + r * 0.08);
    c.textBaseline = "alphabetic";
  };

  // What stands, as struck and accepted claims have it; found again only when those change.
  let known = null;
  SN.labels = () => {
    const key = `${[...scene.struck]} / ${[...scene.accepted]}`;
    if (known?.key !== key) known = { key, ...SN.standing(facts, { struck: scene.struck, accepted: scene.accepted }) };
    return known;
  };
  let before = null;
  SN.fallen = () => { // the claims that stand otherwise than with nothing struck or accepted
    before ??= SN.standing(facts).label;
    const { label } = SN.labels();
    return facts.claims.flatMap((_, i) => (label[i] !== before[i] ? [[i, before[i], label[i]]] : []));
  };
})();
