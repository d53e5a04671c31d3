// The canvas of vis-network, the eye over it, the mouse and the keys.
(() => {
  "use strict";
  const { facts, nodes, nodeOf, state } = SN;
  const map = document.getElementById("map");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  SN.readTheme();
  const drawn = nodes.map(({ id, x, y, size, shape }) => ({ id, x, y, size, shape, ctxRenderer: SN.drawNode }));
  SN.scale = () => SN.network.getScale();
  SN.network = new vis.Network(map, { nodes: drawn, edges: [] }, SN.options);
  const { network } = SN;
  SN.redraw = () => network.redraw();
  map.querySelector(".vis-network").tabIndex = -1;
  map.querySelector("canvas").setAttribute("aria-hidden", "true");

  const animation = () => (calm.matches || !started ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  let started = false;
  const frame = (box, most, pad = 40) => {
    const [w, h] = [map.clientWidth, map.clientHeight];
    const scale = Math.min(most, w / (box.right - box.left + pad * 2), h / (box.bottom - box.top + pad * 2));
    network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale, animation: animation() });
  };
  SN.fit = () => frame(SN.whole, 1.2);
  // Move the eye so that the boxes are seen; not at all if they are, and can be read.
  SN.look = (some, always = false) => {
    const box = SN.bounds(some);
    const [w, h] = [map.clientWidth, map.clientHeight];
    const now = SN.scale();
    const a = network.canvasToDOM({ x: box.left, y: box.top });
    const b = network.canvasToDOM({ x: box.right, y: box.bottom });
    const inside = a.x >= 0 && a.y >= 0 && b.x <= w && b.y <= h;
    if (!always && inside && now >= 0.66) return;
    if (always) frame(box, 1.15, 70);
    else {
      network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
        scale: Math.max(0.85, Math.min(now, 1.4)), animation: animation() });
    }
  };
  SN.lookIssue = (i) => SN.look([nodeOf.issue[i]], true);
  const zoom = (by) => network.moveTo({ scale: Math.min(4, Math.max(0.005, SN.scale() * by)), animation: animation() });

  network.on("beforeDrawing", (ctx) => SN.drawEdges(ctx));
  network.on("afterDrawing", (ctx) => {
    SN.drawTitles(ctx);
    SN.drawCallouts(ctx);
  });
  // The box at that place of the map; vis-network itself takes every custom shape for a square.
  const under = ({ x, y }) => nodes.find((n) =>
    x >= n.left && x <= n.right && y >= n.top && y <= n.bottom && !state.hidden[n.id]);
  network.on("click", ({ pointer }) => {
    map.focus({ preventScroll: true });
    const n = under(pointer.canvas);
    if (n?.kind === "claim") SN.go({ claim: n.ref });
    else if (n?.kind === "more" && nodes[n.ref].kind === "claim") SN.go({ claim: nodes[n.ref].ref });
    else if (n?.kind === "step") SN.go({ claim: facts.supports[n.ref].conclusion });
    else if (n) SN.look([n], true);
    else if (state.focus) SN.go({});
  });
  let waiting = false;
  map.addEventListener("pointermove", (event) => {
    if (waiting || event.pointerType === "touch" || event.buttons) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = map.getBoundingClientRect();
      const n = under(network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top }));
      map.style.cursor = n ? "pointer" : "grab";
      const hover = n ? n.id : -1;
      if (hover === state.hover) return;
      state.hover = hover;
      SN.restyle();
      SN.redraw();
    });
  });

  // The nearest claim in that direction; sideways steps count double.
  const nearest = (from, dx, dy) => {
    let best = null;
    let least = Infinity;
    for (const n of nodeOf.claim) {
      if (n === from || state.hidden[n.id]) continue;
      const ahead = (n.x - from.x) * dx + (n.y - from.y) * dy;
      const aside = Math.abs((n.x - from.x) * dy) + Math.abs((n.y - from.y) * dx);
      if (ahead > 4 && ahead + aside * 2.5 < least) [best, least] = [n, ahead + aside * 2.5];
    }
    return best;
  };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", (event) => {
    if (ARROWS[event.key]) {
      event.preventDefault();
      const { x, y } = network.getViewPosition();
      const from = nodeOf.claim[state.claim];
      const close = (p) => Math.hypot(p.x - x, p.y - y);
      const seen = nodeOf.claim.filter((n) => !state.hidden[n.id]);
      const to = from ? nearest(from, ...ARROWS[event.key])
        : seen.reduce((p, q) => (p && close(p) <= close(q) ? p : q), null);
      if (to) SN.go({ claim: to.ref }, { replace: true });
    } else if (event.key === "Enter" && state.focus) {
      SN.sheet(true);
      SN.page(state.claim >= 0 ? "claim" : "clashes").focus();
    }
  });
  const help = () => {
    SN.openTab("legend", true);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (state.focus) SN.go({});
      map.focus();
    }
    if (event.target.matches("input, select, textarea")) return;
    const does = { "/": () => document.getElementById("search").focus(), "?": help, "+": () => zoom(1.35),
      "=": () => zoom(1.35), "-": () => zoom(1 / 1.35), "0": SN.fit }[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  });
  const click = (id, does) => document.getElementById(id).addEventListener("click", does);
  click("zoom-in", () => zoom(1.35));
  click("zoom-out", () => zoom(1 / 1.35));
  click("zoom-fit", SN.fit);
  click("help", help);

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    SN.readTheme();
    SN.buildFilters();
    SN.buildLegend();
    SN.follow();
  });
  window.addEventListener("hashchange", SN.follow);

  SN.buildFilters();
  SN.buildLegend();
  SN.fit();
  SN.follow();
  started = true;
  network.once("afterDrawing", () => {
    document.documentElement.dataset.ready = "1";
  });
  SN.redraw();
})();
