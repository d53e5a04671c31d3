// Cards: claims, questions, headers of pieces and inference nodes, in as much detail as fits.
(() => {
  "use strict";
  const { facts, nodes } = SN;
  const FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif';
  const READABLE = 8.4; // px on the screen below which text grows on the card instead
  const SIZES = [13, 17, 22, 29, 36];
  const WIDE = [17, 22, 29, 38, 50];

  const rounded = (c, n, r) => {
    c.beginPath();
    c.roundRect(n.left, n.top, n.w, n.h, r);
  };

  // Words that fit a box in that size, as lines; remembered per box and size.
  const fitted = (c, n, key, text, width, most) => {
    n.words ??= {};
    if (n.words[key]) return n.words[key];
    const lines = [""];
    for (const word of text.slice(0, 400).split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (!lines.at(-1) || c.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else if (lines.length < most) lines.push(word);
      else {
        const kept = lines.pop().split(" ");
        while (kept.length > 1 && c.measureText(`${kept.join(" ")}…`).width > width) kept.pop();
        lines.push(`${kept.join(" ")}…`);
        break;
      }
    }
    return (n.words[key] = lines);
  };
  const write = (c, lines, rtl, left, right, top, step) => {
    c.direction = rtl ? "rtl" : "ltr";
    c.textAlign = rtl ? "right" : "left";
    lines.forEach((line, i) => c.fillText(line, rtl ? right : left, top + i * step, right - left));
  };
  const chosen = (c, n, scale) => {
    c.setLineDash([]);
    c.lineWidth = Math.max(3.5, 3 / scale);
    c.strokeStyle = SN.theme.focus;
    rounded(c, n, 8);
    c.stroke();
  };

  const large = (c, n, claim, scale, alpha) => {
    const size = SIZES.find((s) => s * scale >= READABLE + 0.8) ?? 0;
    const r = Math.min(n.h / 2 - 5, Math.max(11, Math.min(24, 7.5 / scale)));
    const left = n.left + 20 + (r ? r * 2 + 8 : 0);
    if (r * scale > 3.5) SN.badge(c, claim.holder, n.left + 20 + r, n.y, r);
    c.fillStyle = SN.theme.text;
    c.globalAlpha = alpha;
    // In the size that reads well, or if that has room for one short word only, the next smaller that
    // has more; rather that word than none.
    let best = null;
    for (const s of [size, ...SIZES.filter((other) => other < size && other * scale >= 6.5).reverse()]) {
      const most = Math.floor((n.h - 8) / (s * 1.15));
      if (!s || most < 1) continue;
      c.font = `${s}px ${FONT}`;
      const text = s > 17 ? claim.text.replace(/^(?:The|A|An) (\S)(?=\S* )/, (_, first) => first.toUpperCase()) : claim.text;
      const lines = fitted(c, n, s, text, n.right - 8 - left, most);
      const short = lines.length < 2 && lines[0].endsWith("…") && lines[0].length < 9;
      if (!best || !short) best = [s, lines];
      if (!short) break;
    }
    if (!best) return;
    const [s, lines] = best;
    c.font = `${s}px ${FONT}`;
    write(c, lines, claim.rtl, left, n.right - 8, n.y - (lines.length * s * 1.15) / 2 + s * 0.92, s * 1.15);
  };
  const full = (c, n, claim) => {
    c.font = `13px ${FONT}`;
    c.fillStyle = SN.theme.text;
    write(c, claim.lines, claim.rtl, n.left + 20, n.right - 12, n.top + 19, 17);
    SN.badge(c, claim.holder, n.left + 29, n.bottom - 15, 9);
    c.font = `11px ${FONT}`;
    c.fillStyle = SN.theme.muted;
    const said = { asserted: "", conceded: " · concedes", reported: ` · ${claim.by}` }[claim.status];
    const name = facts.agents[claim.holder].name;
    const line = (claim.status === "reported" ? "“ " : "") + SN.short(name, 30) + said;
    write(c, fitted(c, n, "foot", line, n.w - 60, 1), false, n.left + 44, n.right - 10, n.bottom - 11, 0);
  };
  for (const claim of facts.claims) {
    claim.by = `via ${SN.short(facts.agents[facts.sources[claim.source].author].name, 18)}`;
  }

  const drawClaim = (c, n, scale, alpha) => {
    const claim = facts.claims[n.ref];
    const tiny = n.w * scale < 26;
    c.fillStyle = n.ref === SN.state.claim ? SN.theme.chosen : SN.theme.card;
    if (tiny) {
      c.fillRect(n.left, n.top, n.w, n.h);
      c.globalAlpha = alpha;
      c.fillStyle = SN.mark[claim.holder].colour;
      c.fillRect(n.left, n.top, Math.max(12, 3 / scale), n.h);
    } else {
      rounded(c, n, 7);
      c.fill();
      c.globalAlpha = alpha;
      c.fillStyle = SN.stripe(c, claim.holder);
      if (SIZES.at(-1) * scale < READABLE + 0.8) { // no words: the author shows in the whole card
        c.globalAlpha = alpha * 0.3;
        c.fill();
        c.globalAlpha = alpha;
      }
      c.beginPath();
      c.roundRect(n.left, n.top, 12, n.h, [7, 0, 0, 7]);
      c.fill();
      const thick = Math.max(1.4, 0.9 / scale);
      c.lineWidth = thick;
      c.strokeStyle = SN.theme.edge;
      if (claim.status === "conceded") c.setLineDash([thick * 6, thick * 3.5]);
      if (claim.status === "reported") c.setLineDash([thick * 1.2, thick * 2.6]);
      rounded(c, n, 7);
      c.stroke();
      if (13 * scale >= READABLE) full(c, n, claim);
      else large(c, n, claim, scale, alpha);
    }
    if (n.ref === SN.state.claim) chosen(c, n, scale);
  };

  const drawIssue = (c, n, scale, alpha) => {
    const issue = facts.issues[n.ref];
    c.fillStyle = SN.theme.question;
    rounded(c, n, 14);
    c.fill();
    c.globalAlpha = alpha;
    c.lineWidth = Math.max(2, 1.2 / scale);
    c.strokeStyle = SN.theme.answer;
    c.stroke();
    c.fillStyle = SN.theme.text;
    const size = 17 * scale >= READABLE ? 17 : WIDE.find((s) => s * scale >= READABLE + 0.8) ?? 0;
    const most = Math.floor((n.h - 10) / (size * 1.2));
    if (!size || most < 1) return;
    c.font = `bold ${size}px ${FONT}`;
    const lines = size === 17 ? issue.lines : fitted(c, n, size, issue.question, n.w - 32, most);
    const top = n.y - (lines.length * size * 1.28) / 2 + size;
    write(c, lines, issue.rtl, n.left + 18, n.right - 14, top, size * 1.28);
  };

  const drawSource = (c, n, scale, alpha) => {
    const source = facts.sources[n.ref];
    c.fillStyle = SN.theme.head;
    rounded(c, n, 8);
    c.fill();
    if (22 * scale < 10) return; // drawTitles does it
    c.globalAlpha = alpha;
    SN.badge(c, source.author, n.left + 33, n.bottom - 33, 15);
    c.fillStyle = SN.theme.text;
    c.font = `bold 22px ${FONT}`;
    const lines = n.w === n.homeSize[0] ? n.lines
      : fitted(c, n, `title ${n.w}`, source.title, n.w - 32, Math.floor((n.h - 70) / 28));
    write(c, lines, false, n.left + 18, n.right - 14, n.top + 31, 28);
    c.font = `15px ${FONT}`;
    const name = facts.agents[source.author].name;
    write(c, fitted(c, n, `name ${n.w}`, name, n.w - 74, 1), false, n.left + 58, n.right - 14, n.bottom - 36, 0);
    c.font = `13px ${FONT}`;
    c.fillStyle = SN.theme.muted;
    const told = source.about.join(" · ");
    write(c, fitted(c, n, `told ${n.w}`, told, n.w - 74, 1), false, n.left + 58, n.right - 14, n.bottom - 17, 0);
  };
  // From afar the titles of the pieces stand over everything, in a size that can be read.
  SN.drawTitles = (c) => {
    const scale = SN.scale();
    if (22 * scale >= 10) return;
    for (const n of SN.nodeOf.source) {
      const width = n.w * scale;
      if (width < 26 || !SN.isShown(n)) continue;
      const source = facts.sources[n.ref];
      const px = 1 / scale;
      const high = Math.max(n.h, Math.min(22 * px, n.h * 2.2));
      const box = { left: n.left, top: n.bottom - high, w: n.w, h: high };
      c.save();
      c.fillStyle = SN.theme.head;
      rounded(c, box, 4 * px);
      c.fill();
      const y = box.top + high / 2;
      SN.badge(c, source.author, n.left + 12 * px, y, Math.min(8 * px, high * 0.42));
      if (width > 70 && high * scale > 13) {
        c.font = `bold ${12 * px}px ${FONT}`;
        c.fillStyle = SN.theme.text;
        const left = n.left + 25 * px;
        const key = `far ${Math.round(scale * 200)} ${n.w}`;
        const most = Math.max(1, Math.floor(high / (14 * px)));
        const told = `${facts.agents[source.author].name}: ${source.title}`;
        const lines = fitted(c, n, key, told, n.right - 4 * px - left, most);
        write(c, lines, false, left, n.right - 4 * px, y - (lines.length / 2) * 14 * px + 11 * px, 14 * px);
      }
      c.restore();
    }
  };

  const drawMore = (c, n, scale, alpha) => {
    const original = nodes[n.ref];
    if (original.kind === "step") {
      drawStep(c, { ...n, ref: original.ref, words: original.words }, scale, alpha);
      return;
    }
    const claim = facts.claims[original.ref];
    c.fillStyle = SN.theme.page;
    rounded(c, n, 7);
    c.fill();
    c.globalAlpha = alpha;
    c.lineWidth = Math.max(1, 0.7 / scale);
    c.strokeStyle = SN.theme.edge;
    c.stroke();
    c.fillStyle = SN.mark[claim.holder].colour;
    c.fillRect(n.left, n.top + 3, 5, n.h - 6);
    if (12 * scale < READABLE - 2) return;
    c.font = `italic 12px ${FONT}`;
    c.fillStyle = SN.theme.muted;
    write(c, fitted(c, n, "more", `↑ ${claim.text}`, n.w - 26, 1), claim.rtl, n.left + 13, n.right - 10, n.top + 16, 0);
  };

  const drawStep = (c, n, scale, alpha) => {
    const step = facts.supports[n.ref];
    c.globalAlpha = alpha;
    c.beginPath();
    c.arc(n.x, n.y, 8, 0, 7);
    c.fillStyle = SN.theme.page;
    c.fill();
    c.lineWidth = Math.max(2.4, 1.5 / scale);
    c.strokeStyle = SN.theme.support;
    c.stroke();
    if (11 * scale < READABLE) return;
    c.font = `italic 11px ${FONT}`;
    c.fillStyle = SN.theme.muted;
    const label = step.scheme || step.name;
    write(c, fitted(c, n, "step", label, 150, 1), false, n.right + 3, n.right + 160, n.y + 4, 0);
  };

  const draw = { claim: drawClaim, issue: drawIssue, source: drawSource, step: drawStep, more: drawMore };
  SN.drawNode = ({ ctx, id }) => {
    const n = nodes[id];
    return {
      drawNode: () => {
        if (SN.moving || !SN.isShown(n)) return;
        const scale = SN.scale();
        draw[n.kind](ctx, n, scale, SN.state.seen(n));
        if (n.kind === "claim") SN.drawSigns(ctx, n, scale);
      },
      nodeDimensions: { width: n.w, height: n.h },
    };
  };
})();
