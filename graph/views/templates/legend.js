// The legend, drawn by the same code as the map, and the keys.
(() => {
  "use strict";
  const { el, facts } = SN;
  const KINDS = { support: "support", attack: "rebut", undercut: "undercut", conflict: "contrary", rephrase: "rephrase", answer: "pro" };

  SN.sample = (group) => {
    const style = SN.edgeStyle[KINDS[group]];
    const canvas = SN.picture(84, 26, (c) => {
      c.strokeStyle = c.fillStyle = SN.theme[style.colour];
      c.lineWidth = style.width;
      c.setLineDash(style.dash ?? []);
      c.beginPath();
      c.moveTo(10, 13);
      c.lineTo(72, 13);
      c.stroke();
      c.setLineDash([]);
      c.beginPath();
      if (style.head === "arrow") { c.moveTo(78, 13); c.lineTo(66, 8); c.lineTo(66, 18); c.fill(); }
      if (style.head === "bar") c.fillRect(71, 4, 3, 18);
      if (style.tail === "bar") c.fillRect(9, 4, 3, 18);
      if (style.tail === "plus") { c.arc(10, 13, 7, 0, 7); c.stroke(); c.font = "bold 12px Arial"; c.fillText("+", 6.5, 17); }
    });
    canvas.className = "sample";
    return canvas;
  };
  const frame = (dash) => {
    const canvas = SN.picture(84, 26, (c) => {
      c.setLineDash(dash);
      c.lineWidth = 1.8;
      c.strokeStyle = SN.theme.edge;
      c.strokeRect(8, 3, 66, 20);
    });
    canvas.className = "sample";
    return canvas;
  };
  const row = (glyph, text) => el("li", {}, glyph, el("span", {}, text));
  const key = (...keys) => (text) => el("li", {}, el("span", {}, keys.map((k) => [el("kbd", {}, k), " "])), text);

  SN.buildLegend = () => {
    const authors = facts.agents.slice(0, 40);
    SN.page("legend").replaceChildren(
      el("h2", {}, "How to read the map"),
      el("p", {}, "Each piece is a block with its title on top. In it a conclusion stands above the claims that support it, indented as in an outline. A badge says who holds a claim."),
      el("h3", {}, "Lines"),
      el("ul", { class: "list legend" },
        row(SN.sample("support"), "supports; a small ring joins claims that support only together"),
        row(SN.sample("attack"), "attacks a claim"),
        row(SN.sample("undercut"), "attacks the step from premise to conclusion"),
        row(SN.sample("conflict"), "not both can be true; a double bar: exactly one is"),
        row(SN.sample("rephrase"), "says the same in other words"),
        row(SN.sample("answer"), "answers a question: + yes, − no")),
      el("h3", {}, "Frames"),
      el("ul", { class: "list legend" }, row(frame([]), "asserted by the author"),
        row(frame([9, 5]), "conceded: the author grants it"),
        row(frame([2, 4]), "reported: “ and the speaker who said it")),
      el("h3", {}, "Kinds of contradiction"),
      el("dl", {}, Object.keys(SN.kindWord).flatMap((k) => [el("dt", {}, SN.kindWord[k]), el("dd", {}, SN.kindLong[k])])),
      el("h3", {}, "Keys"),
      el("ul", { class: "list" },
        key("/")("search"), key("←", "↑", "→", "↓")("to the next claim, on the map or in a list"),
        key("Tab")("to the next part of the page"), key("Enter")("open"), key("Esc")("let go of what is chosen"),
        key("+", "−", "0")("zoom in, out, show everything"),
        key("c")("collapse or open the branch of the chosen claim"),
        key("1", "2", "3")("show only what is that many links from the chosen claim"),
        key("h")("hide the chosen claim"), key("u")("undo"),
        key("w")("what if: show what stands"), key("x")("strike out the chosen claim"),
        key("a")("accept it: take it as given"),
        key("j", "k")("the next clash, the one before, in the view Clashes"), key("?")("this page")),
      el("p", { class: "note" }, "The address of the page follows what you choose, so a link leads back to it."),
      el("h3", {}, "Holders"),
      el("ul", { class: "list" }, authors.map((_, i) => el("li", {}, SN.who(i)))));
  };
})();
