// Callouts: the words of the claims on a chosen path, readable however far away the eye is.
(() => {
  "use strict";
  const { facts } = SN;
  const FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif';
  const [SIZE, STEP, WIDE, PAD, MOST] = [12, 15, 176, 8, 5];

  const wrapped = (c, text) => {
    const lines = [""];
    for (const word of text.slice(0, 300).split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (c.measureText(longer).width <= WIDE - PAD * 2 || !lines.at(-1)) lines[lines.length - 1] = longer;
      else if (lines.length < MOST) lines.push(word);
      else {
        lines[MOST - 1] += "…";
        break;
      }
    }
    return lines;
  };
  // Where a box of that height goes on the screen: under its card, inside the map, beside the others.
  const placed = (n, high, others, map) => {
    const at = SN.network.canvasToDOM({ x: n.left, y: n.bottom });
    const box = { x: Math.max(4, Math.min(at.x, map.clientWidth - WIDE - 4)), y: at.y + 3, h: high };
    const clear = () => others.find((o) =>
      Math.abs(o.x - box.x) < WIDE + 4 && box.y < o.y + o.h + 4 && o.y < box.y + box.h + 4);
    for (let other = clear(), tries = 0; other && tries < 9; other = clear(), tries += 1) box.y = other.y + other.h + 5;
    box.y = Math.max(4, Math.min(box.y, map.clientHeight - high - 4));
    return box;
  };

  SN.drawCallouts = (c) => {
    const scale = SN.scale();
    const clash = facts.clashes[SN.state.clash];
    if (!clash || 13 * scale >= 11) return; // the cards themselves can be read
    const map = document.getElementById("map");
    const others = [];
    c.save();
    for (const n of SN.pathNodes(clash)) {
      const issue = n.kind === "issue";
      const { text, rtl, holder } = issue ? { text: facts.issues[n.ref].question, rtl: facts.issues[n.ref].rtl }
        : facts.claims[n.ref];
      c.font = `${SIZE}px ${FONT}`;
      const lines = wrapped(c, text);
      const box = placed(n, lines.length * STEP + PAD * 2, others, map);
      others.push(box);
      const { x, y } = SN.network.DOMtoCanvas({ x: box.x, y: box.y });
      c.setTransform(c.getTransform().translate(x, y).scale(1 / scale, 1 / scale));
      c.setLineDash([]);
      c.beginPath();
      c.roundRect(0, 0, WIDE, box.h, 5);
      c.fillStyle = issue ? SN.theme.question : SN.theme.card;
      c.fill();
      c.lineWidth = 1.5;
      c.strokeStyle = issue ? SN.theme.answer : SN.theme.focus;
      c.stroke();
      if (!issue) {
        c.fillStyle = SN.mark[holder].colour;
        c.fillRect(0, 0, WIDE, 3);
      }
      c.fillStyle = SN.theme.text;
      c.direction = rtl ? "rtl" : "ltr";
      c.textAlign = rtl ? "right" : "left";
      lines.forEach((line, i) => c.fillText(line, rtl ? WIDE - PAD : PAD, PAD + SIZE - 1 + i * STEP, WIDE - PAD * 2));
      c.setTransform(c.getTransform().scale(scale, scale).translate(-x, -y));
    }
    c.restore();
  };
})();
