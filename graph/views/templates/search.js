// Search with suggestions: a combobox over text, name and holder of every claim.
(() => {
  "use strict";
  const { facts, el } = SN;
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null; // made when first needed
  let found = [];
  let at = -1;

  const find = (words) => {
    index ??= facts.claims.map((c) => ({ id: plain(c.id), text: plain(c.text), holder: plain(facts.agents[c.holder].name) }));
    const parts = plain(words).split(/\s+/).filter(Boolean);
    if (!parts.length) return [];
    const scored = [];
    index.forEach((entry, i) => {
      let score = 0;
      for (const part of parts) {
        const best = Math.max(entry.id.startsWith(part) ? 4 : entry.id.includes(part) ? 3 : 0,
          new RegExp(`(^|[^\\p{L}\\p{N}])${part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`, "u").test(entry.text) ? 3
            : entry.text.includes(part) ? 2 : 0, entry.holder.includes(part) ? 1 : 0);
        if (!best) return;
        score += best;
      }
      scored.push([score, i]);
    });
    return scored.sort((p, q) => q[0] - p[0] || p[1] - q[1]).map(([, i]) => i);
  };

  const mark = (to) => {
    at = to;
    [...list.children].forEach((li, i) => li.setAttribute?.("aria-selected", i === at));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `found-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const open = (on) => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", on);
    if (!on) mark(-1);
  };
  const choose = (claim) => {
    open(false);
    input.value = "";
    SN.go({ claim }, { page: true });
  };
  const suggest = () => {
    const all = find(input.value);
    found = all.slice(0, 12);
    list.replaceChildren(...found.map((claim, i) => el("li", { role: "option", id: `found-${i}`, "aria-selected": "false",
      on: { mousedown: (event) => event.preventDefault(), click: () => choose(claim) } },
      SN.who(facts.claims[claim].holder), " ", el("span", { dir: "auto" }, SN.short(facts.claims[claim].text, 120)))));
    if (input.value.trim() && all.length !== found.length) list.append(el("li", { class: "note" }, `and ${all.length - 12} more; type more words`));
    if (input.value.trim() && !all.length) list.append(el("li", { class: "note" }, "Nothing found"));
    open(Boolean(input.value.trim()));
    mark(found.length ? 0 : -1);
    SN.say(input.value.trim() ? `${all.length} found` : "");
  };

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => input.value.trim() && suggest());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden && !input.value) document.getElementById("map").focus();
      input.value = "";
      open(false);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]);
    } else if (found.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      if (list.hidden) open(true);
      mark((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    }
  });
})();
