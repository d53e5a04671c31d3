// A picture of the whole map: the small map in the corner, and what is seen while the eye moves.
(() => {
  "use strict";
  const { nodes, edges } = SN;
  const map = document.getElementById("map");
  const mini = document.getElementById("mini");
  const SLOW = 20; // ms: a frame that takes longer is not drawn anew for every step of a movement

  const sketch = document.createElement("canvas");
  const paint = () => { // every box as a patch of its holder's colour, and the attacks
    const { left, top, right, bottom } = SN.whole;
    const scale = Math.min(1600 / (right - left), 1200 / (bottom - top));
    sketch.width = Math.max(1, (right - left) * scale);
    sketch.height = Math.max(1, (bottom - top) * scale);
    const c = sketch.getContext("2d");
    c.scale(scale, scale);
    c.translate(-left, -top);
    for (const n of nodes) {
      if (!SN.isShown(n)) continue;
      c.fillStyle = n.kind === "claim" ? SN.mark[SN.facts.claims[n.ref].holder].colour
        : n.kind === "issue" ? SN.theme.answer : n.kind === "source" ? SN.theme.edge : SN.theme.line;
      c.globalAlpha = n.kind === "claim" ? 0.75 : 0.5;
      c.fillRect(n.left, n.top, n.w, n.h);
    }
    c.globalAlpha = 0.7;
    c.strokeStyle = SN.theme.attack;
    c.lineWidth = 1.2 / scale;
    c.beginPath();
    for (const edge of edges) if (edge.p && SN.edgeStyle[edge.kind].colour === "attack") SN.trace(c, edge);
    c.stroke();
  };
  let stale = true;
  SN.repaint = () => {
    stale = true;
  };
  const current = () => {
    if (stale) paint();
    stale = false;
    return sketch;
  };

  // The part of the map in sight.
  SN.sight = () => {
    const a = SN.network.DOMtoCanvas({ x: 0, y: 0 });
    const b = SN.network.DOMtoCanvas({ x: map.clientWidth, y: map.clientHeight });
    return { left: a.x, top: a.y, right: b.x, bottom: b.y };
  };
  SN.drawMini = () => {
    const whole = SN.whole;
    const sight = SN.sight();
    const all = sight.left <= whole.left && sight.right >= whole.right && sight.top <= whole.top && sight.bottom >= whole.bottom;
    mini.hidden = all;
    if (all) return;
    const c = mini.getContext("2d");
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, mini.width, mini.height);
    const [w, h] = [whole.right - whole.left, whole.bottom - whole.top];
    const scale = Math.min((mini.width - 12) / w, (mini.height - 12) / h);
    c.translate((mini.width - w * scale) / 2, (mini.height - h * scale) / 2);
    c.drawImage(current(), 0, 0, w * scale, h * scale);
    c.lineWidth = 4;
    c.strokeStyle = SN.theme.focus;
    c.strokeRect((sight.left - whole.left) * scale, (sight.top - whole.top) * scale,
      (sight.right - sight.left) * scale, (sight.bottom - sight.top) * scale);
  };
  const lead = (event) => {
    const box = mini.getBoundingClientRect();
    const { left, top, right, bottom } = SN.whole;
    const scale = Math.min((box.width - 6) / (right - left), (box.height - 6) / (bottom - top));
    SN.network.moveTo({ position: {
      x: left + (event.clientX - box.left - (box.width - (right - left) * scale) / 2) / scale,
      y: top + (event.clientY - box.top - (box.height - (bottom - top) * scale) / 2) / scale,
    } });
  };
  mini.addEventListener("pointerdown", (event) => {
    mini.setPointerCapture(event.pointerId);
    lead(event);
  });
  mini.addEventListener("pointermove", (event) => event.buttons && lead(event));

  // While the eye moves over a map that is slow to draw, the last frame is moved instead.
  const kept = document.createElement("canvas");
  let [keptSight, cost, before, started, timer] = [null, 0, "", 0, 0];
  SN.moving = false;
  SN.beginFrame = (c) => {
    const sight = SN.sight();
    const view = Object.values(sight).join();
    const now = performance.now();
    // What the browser paints after the script is done shows in the time between two frames.
    if (view !== before && !SN.moving && now - started > SLOW * 2 && now - started < 400) cost = Math.max(cost, now - started);
    SN.moving = before !== "" && view !== before && cost > SLOW && keptSight !== null;
    before = view;
    started = now;
    if (!SN.moving) return;
    const { left, top, right, bottom } = SN.whole;
    c.save();
    c.globalAlpha = 0.5;
    c.drawImage(current(), left, top, right - left, bottom - top);
    c.globalAlpha = 1;
    const { left: x, top: y, right: r, bottom: b } = keptSight;
    c.fillStyle = SN.theme.page;
    c.fillRect(x, y, r - x, b - y);
    c.drawImage(kept, x, y, r - x, b - y);
    c.restore();
    clearTimeout(timer);
    timer = setTimeout(SN.redraw, 120);
  };
  SN.endFrame = (c) => {
    if (SN.moving) return;
    cost = Math.max(cost * 0.5, performance.now() - started);
    kept.width = c.canvas.width;
    kept.height = c.canvas.height;
    kept.getContext("2d").drawImage(c.canvas, 0, 0);
    keptSight = SN.sight();
  };
  SN.isSlow = () => cost > SLOW * 3;
})();
