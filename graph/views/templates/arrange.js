// Where the boxes stand: the places computed beforehand while all are shown, and otherwise the same
// outlines closed up, one block of columns per piece, the questions above.
(() => {
  "use strict";
  const { nodes, nodeOf } = SN;
  const [CARD, INDENT, DEEPEST, LANE_GAP, BLOCK_GAP] = [264, 22, 10, 62, 110];
  const [ISSUE_W, ISSUE_GAP, HEAD_GAP] = [420, 40, 26];

  const blockOrder = [...nodeOf.source].sort((p, q) => p.home[1] - q.home[1] || p.home[0] - q.home[0]);
  const pieceOf = (n) => SN.facts.claims[n.kind === "claim" ? n.ref : SN.facts.supports[n.ref].conclusion].source;

  // The shown boxes of each piece in the order of the outline, with their depth among those shown.
  const outlines = () => {
    const rows = new Map(blockOrder.map((head) => [head.ref, []]));
    for (const n of nodes) {
      if ((n.kind !== "claim" && n.kind !== "step") || !SN.isShown(n)) continue;
      let up = n.up;
      while (up && !SN.isShown(up)) up = up.up;
      n.indent = up ? Math.min(up.indent + INDENT, DEEPEST * INDENT) : 0;
      rows.get(pieceOf(n)).push({ n, gap: n.indent ? 10 : 30 });
    }
    return rows;
  };
  // The rows of one piece cut into columns no taller than that, best before a box that stands on its own.
  const cut = (rows, tall) => {
    const lanes = [];
    let [lane, high] = [[], 0];
    for (const row of rows) {
      const more = row.gap + row.n.h;
      const full = high + more > tall || (high > tall * 0.8 && !row.n.indent && rows.length > 8);
      if (lane.length && full) {
        lanes.push(lane);
        [lane, high] = [[], 0];
      }
      lane.push(row);
      high += more;
    }
    return lane.length ? [...lanes, lane] : lanes;
  };
  // The height of a header in which the title has the lines it needs, three at most.
  const ruler = document.createElement("canvas").getContext("2d");
  const headHeight = (head, width) => {
    ruler.font = 'bold 22px Arial, Helvetica, "Liberation Sans", sans-serif';
    const long = ruler.measureText(SN.facts.sources[head.ref].title.slice(0, 300)).width;
    return 70 + 28 * Math.max(1, Math.min(3, Math.ceil((long * 1.12) / (width - 32))));
  };
  const block = (head, rows, tall) => {
    const lanes = cut(rows, tall).map((lane) => {
      const least = Math.min(...lane.map((r) => r.n.indent));
      return { lane, least, wide: Math.max(...lane.map((r) => r.n.indent)) - least + CARD };
    });
    const width = Math.max(CARD, lanes.reduce((sum, l) => sum + l.wide + LANE_GAP, -LANE_GAP));
    const high = Math.max(0, ...lanes.map(({ lane }) => lane.reduce((sum, r) => sum + r.gap + r.n.h, 0)));
    const top = headHeight(head, width);
    return { head, lanes, width, top, height: top + HEAD_GAP + high };
  };
  // Blocks side by side in rows of about that width.
  const shelve = (blocks, limit) => {
    let [x, y, high, wide] = [0, 0, 0, 0];
    const placed = blocks.map((b) => {
      if (x && x + b.width > limit) [x, y, high] = [0, y + high + BLOCK_GAP, 0];
      const at = { b, x, y };
      x += b.width + BLOCK_GAP;
      high = Math.max(high, b.height);
      wide = Math.max(wide, x - BLOCK_GAP);
      return at;
    });
    return { placed, wide, high: y + high };
  };
  // Put the questions in rows of that width; how much room they take.
  const issues = (width) => {
    const shown = nodeOf.issue.filter((n) => SN.isShown(n));
    const across = Math.max(1, Math.min(shown.length, Math.floor((width + ISSUE_GAP) / (ISSUE_W + ISSUE_GAP))));
    let y = 0;
    for (let i = 0; i < shown.length; i += across) {
      const row = shown.slice(i, i + across);
      const high = Math.max(...row.map((n) => n.h));
      const pitch = row.length > 1 ? Math.max(ISSUE_W + ISSUE_GAP, Math.min((width - ISSUE_W) / (row.length - 1), ISSUE_W * 2)) : 0;
      row.forEach((n, k) => SN.put(n, ISSUE_W / 2 + k * pitch, y + high / 2));
      y += high + 30;
    }
    return shown.length ? y + 50 : 0;
  };

  const best = (rows, shape) => {
    const heads = blockOrder.filter((head) => SN.isShown(head));
    const sizes = heads.map((head) => rows.get(head.ref).reduce((sum, r) => sum + r.gap + r.n.h, 0));
    const most = Math.max(300, ...sizes);
    const area = heads.reduce((sum, head, i) => sum + (CARD + LANE_GAP) * (sizes[i] + head.homeSize[1] + 200), 0);
    const limit = Math.max(CARD * 2, Math.sqrt(area * shape) * 1.15);
    let found = null;
    for (let tall = Math.max(260, most / 24); ; tall *= 1.12) {
      const blocks = heads.map((head) => block(head, rows.get(head.ref), Math.min(tall, most)));
      for (const row of [limit, Infinity]) {
        const way = shelve(blocks, row);
        const scale = Math.max(way.wide / shape, way.high + issues(way.wide));
        if (!found || scale < found.scale * 0.98) found = { ...way, scale };
      }
      if (tall >= most) return found;
    }
  };
  const sized = (head, w, h) => Object.assign(head, { w, h });
  for (const n of nodeOf.source) n.homeSize = [n.w, n.h];
  const home = () => {
    for (const n of nodeOf.source) sized(n, ...n.homeSize);
    for (const n of nodes) SN.put(n, ...n.home);
  };
  // Put every shown box in its place, the whole about as much wider than high as `shape` says.
  SN.arrange = (shape) => {
    if (SN.everythingShown()) {
      home();
      return;
    }
    const { placed, wide } = best(outlines(), shape);
    const drop = issues(wide);
    for (const { b, x, y } of placed) {
      sized(b.head, b.width, b.top);
      SN.put(b.head, x + b.width / 2, drop + y + b.top / 2);
      let left = x;
      for (const { lane, least, wide: w } of b.lanes) {
        let top = drop + y + b.top + HEAD_GAP - lane[0].gap;
        for (const { n, gap } of lane) {
          SN.put(n, left + n.indent - least + n.w / 2, top + gap + n.h / 2);
          top += gap + n.h;
        }
        left += w + LANE_GAP;
      }
    }
  };
})();
