// The canvas of vis-network, the eye over it, the mouse and the keys.
(() => {
  "use strict";
  const { facts, nodes, nodeOf, state, scene } = SN;
  const map = document.getElementById("map");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = window.matchMedia("(max-width: 760px)");

  SN.readTheme();
  const drawn = nodes.map(({ id, x, y, size, shape }) => ({ id, x, y, size, shape, ctxRenderer: SN.drawNode }));
  SN.scale = () => SN.network.getScale();
  SN.network = new vis.Network(map, { nodes: drawn, edges: [] }, SN.options);
  const { network } = SN;
  SN.redraw = () => network.redraw();
  map.querySelector(".vis-network").tabIndex = -1;
  map.querySelector("canvas").setAttribute("aria-hidden", "true");
  SN.resize = () => {
    network.setSize("100%", "100%");
  };

  const animation = () => (calm.matches || !started || SN.isSlow() ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  let started = false;
  const frame = (box, most, pad = 40) => {
    const [w, h] = [map.clientWidth, map.clientHeight];
    if (!w || !h) return;
    const scale = Math.min(most, w / (box.right - box.left + pad * 2), h / (box.bottom - box.top + pad * 2));
    network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale, animation: animation() });
  };
  SN.fit = () => frame(SN.whole, 1.2);
  // What is seen first: all of it, or on a small screen the upper left in a size that can be read.
  const READABLE = 0.42;
  const open = () => {
    if (!narrow.matches) {
      SN.fit();
      return;
    }
    SN.sheet(false);
    SN.resize();
    const { left, right } = SN.bounds(nodes.filter(SN.isShown));
    const head = nodeOf.source.find(SN.isShown) ?? { left, top: SN.whole.top };
    const [w, h] = [map.clientWidth / READABLE, map.clientHeight / READABLE];
    network.moveTo({ scale: READABLE, position: { x: Math.min(head.left - 20 + w / 2, (left + right) / 2), y: head.top - 20 + h / 2 } });
  };
  // Move the eye so that the boxes are seen; not at all if they are, and can be read.
  SN.look = (some, always = false) => {
    const box = SN.bounds(some);
    const [w, h] = [map.clientWidth, map.clientHeight];
    if (!w || !h) return;
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
  SN.lookIssue = (i) => {
    if (state.view !== "map") SN.go({ view: "map" });
    SN.look([nodeOf.issue[i]], true);
  };
  SN.zoom = (by) => network.moveTo({ scale: Math.min(4, Math.max(0.005, SN.scale() * by)), animation: animation() });

  // Put every shown box in its place and find the lines anew, when what is shown has changed.
  let arranged = "";
  SN.rearrange = () => {
    SN.survey();
    const shape = narrow.matches ? 0.8 : Math.max(0.5, map.clientWidth / Math.max(1, map.clientHeight)) || 1.3;
    const now = nodes.map((n) => (SN.isShown(n) ? 1 : 0)).join("") + [...scene.kind].join();
    if (now !== arranged) {
      SN.arrange(shape);
      for (const n of nodes) Object.assign(network.body.nodes[n.id], { x: n.x, y: n.y });
      SN.joinEdges();
      SN.route();
      SN.repaint();
    }
    arranged = now;
    SN.refocus();
  };

  network.on("beforeDrawing", (ctx) => {
    SN.beginFrame(ctx);
    if (!SN.moving) SN.drawEdges(ctx);
  });
  network.on("afterDrawing", (ctx) => {
    if (!SN.moving) {
      SN.drawTitles(ctx);
      SN.drawCallouts(ctx);
    }
    SN.endFrame(ctx);
    SN.drawMini();
  });
  const holds = (box, { x, y }) => x >= box.left && x <= box.left + box.w && y >= box.top && y <= box.top + box.h;
  // The box at that place of the map; vis-network itself takes every custom shape for a square.
  const under = (at) => nodes.find((n) => SN.isShown(n) && holds(n, at));
  const pillAt = (at) => nodeOf.claim.find((n) => {
    const pill = SN.isShown(n) && Math.abs(n.x - at.x) < n.w && Math.abs(n.y - at.y) < n.h + 40 && SN.pill(n, SN.scale());
    return pill && holds(pill, at);
  });
  network.on("click", ({ pointer }) => {
    map.focus({ preventScroll: true });
    const folds = pillAt(pointer.canvas);
    if (folds) {
      SN.fold(folds);
      return;
    }
    const n = under(pointer.canvas);
    if (n?.kind === "claim") SN.go({ claim: n.ref, links: state.links && SN.within(state.claim, 3).has(n.ref) ? state.links : 0 });
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
      const at = network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top });
      const n = under(at);
      map.style.cursor = n || pillAt(at) ? "pointer" : "grab";
      const hover = n ? n.id : -1;
      if (hover === state.hover || SN.isSlow()) return;
      state.hover = hover;
      SN.redraw();
    });
  });

  // The nearest claim in that direction; sideways steps count double.
  const nearest = (from, dx, dy) => {
    let best = null;
    let least = Infinity;
    for (const n of nodeOf.claim) {
      if (n === from || !SN.isShown(n)) continue;
      const ahead = (n.x - from.x) * dx + (n.y - from.y) * dy;
      const aside = Math.abs((n.x - from.x) * dy) + Math.abs((n.y - from.y) * dx);
      if (ahead > 4 && ahead + aside * 2.5 < least) [best, least] = [n, ahead + aside * 2.5];
    }
    return best;
  };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", (event) => {
    if (ARROWS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const { x, y } = network.getViewPosition();
      const from = nodeOf.claim[state.claim];
      const close = (p) => Math.hypot(p.x - x, p.y - y);
      const seen = nodeOf.claim.filter((n) => SN.isShown(n));
      const to = from ? nearest(from, ...ARROWS[event.key])
        : seen.reduce((p, q) => (p && close(p) <= close(q) ? p : q), null);
      if (to) SN.go({ claim: to.ref, links: 0 }, { replace: true });
    } else if (event.key === "Enter" && (state.focus || state.links)) {
      SN.sheet(true);
      SN.page(state.claim >= 0 ? "claim" : "clashes").focus();
    }
  });
  const help = () => {
    SN.panel(true);
    SN.sheet(true);
    SN.openTab("legend", true);
  };
  const withClaim = (does) => () => state.claim >= 0 && does(state.claim);
  const KEYS = {
    "/": () => document.getElementById("search").focus(), "?": help, u: SN.undo,
    "+": () => SN.zoom(1.35), "=": () => SN.zoom(1.35), "-": () => SN.zoom(1 / 1.35), 0: () => SN.fit(),
    1: withClaim((claim) => SN.go({ claim, links: 1 })), 2: withClaim((claim) => SN.go({ claim, links: 2 })),
    3: withClaim((claim) => SN.go({ claim, links: 3 })), c: withClaim((claim) => SN.fold(nodeOf.claim[claim])),
    h: withClaim(SN.hide), x: withClaim(SN.strike), a: withClaim(SN.accept), w: SN.toggleStanding,
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      SN.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (state.links) SN.go({ claim: state.claim });
      else if (state.claim >= 0 || state.clash >= 0) SN.go({});
      (state.view === "map" ? map : document.getElementById(`view-${state.view}`)).focus({ preventScroll: true });
    }
    if (event.target.matches("input, select, textarea")) return;
    const does = KEYS[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  });
  document.getElementById("help").addEventListener("click", help);

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    SN.readTheme();
    SN.buildFilters();
    SN.buildLegend();
    SN.repaint();
    SN.showClash(state.clash);
    SN.follow();
  });
  window.addEventListener("hashchange", SN.follow);

  SN.buildNav();
  SN.buildTools();
  SN.buildFilters();
  SN.buildLegend();
  SN.rearrange();
  open();
  SN.follow();
  started = true;
  const ready = () => {
    document.documentElement.dataset.ready = "1";
  };
  if (state.view === "map") network.once("afterDrawing", ready);
  else requestAnimationFrame(ready);
  SN.redraw();
})();
