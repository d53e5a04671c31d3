// Small makers of page parts; texts only ever go in as text nodes.
(() => {
  "use strict";
  const { facts } = SN;

  SN.el = (name, given = {}, ...inside) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (key === "on") for (const [event, does] of Object.entries(value)) node.addEventListener(event, does);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...inside.flat(9).filter((x) => x !== null && x !== undefined && x !== ""));
    return node;
  };
  const { el } = SN;

  SN.picture = (width, height, paint) => {
    const canvas = el("canvas", { "aria-hidden": "true" });
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const c = canvas.getContext("2d");
    c.scale(ratio, ratio);
    paint(c);
    return canvas;
  };
  SN.badgeOf = (holder) => {
    const canvas = SN.picture(20, 20, (c) => SN.badge(c, holder, 10, 10, 8.6));
    canvas.className = "mark";
    return canvas;
  };
  SN.who = (holder) => el("span", { class: "who" }, SN.badgeOf(holder), el("bdi", {}, facts.agents[holder].name));

  // What makes a link lead to a claim, a clash or a view.
  const goes = (SN.goes = (choice) => ({
    href: SN.addressOf(choice),
    on: { click: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      SN.go(choice, { page: event.detail === 0 });
    } },
  }));
  SN.status = (claim) => {
    const { status } = facts.claims[claim];
    return status === "asserted" ? null : el("span", { class: "chip" }, SN.statusOf(claim));
  };
  // A claim as a link: who, status, text.
  SN.claimLink = (claim, { note = "", short = 150 } = {}) =>
    el("a", { class: "item", ...goes({ claim }) },
      el("span", { class: "top" }, SN.who(facts.claims[claim].holder), SN.status(claim),
        note && el("span", { class: "kind chip" }, note)),
      el("span", { class: "says", dir: "auto" }, SN.short(facts.claims[claim].text, short)));
  SN.clashLink = (at) => {
    const clash = facts.clashes[at];
    const backing = clash.backing.length;
    return el("a", { class: "item", ...goes({ clash: at }) },
      el("span", { class: "top" }, el("span", { class: "rank" }, String(clash.rank)),
        SN.who(clash.firstHolder), clash.firstHolder === clash.secondHolder ? "against themselves" : "against",
        clash.firstHolder === clash.secondHolder ? null : SN.who(clash.secondHolder)),
      el("span", { class: "says", dir: "auto" }, SN.short(clash.point, 190)),
      el("span", { class: "top" }, el("span", { class: "chip", title: SN.kindLong[clash.kind] }, SN.kindWord[clash.kind]),
        backing ? el("span", { class: "chip" }, `${backing} more behind it`) : null));
  };
  // A list that shows some and gives the rest on demand.
  SN.longList = (items, make, some = 60) => {
    const list = el("ul", { class: "list" });
    const box = el("div", {}, list);
    let shown = 0;
    const more = el("button", { class: "plain", type: "button", on: { click: () => next() } });
    const next = () => {
      const first = shown;
      for (const item of items.slice(shown, shown + some)) list.append(el("li", {}, make(item)));
      shown = Math.min(items.length, shown + some);
      more.textContent = `Show more (${items.length - shown} left)`;
      more.remove();
      if (shown < items.length) box.append(more);
      if (first) list.children[first].querySelector("a, button")?.focus();
    };
    next();
    return box;
  };
  SN.page = (name) => document.getElementById(`page-${name}`);

  const tabs = [...document.querySelectorAll('[role="tab"]')];
  SN.openTab = (name, focusPage = false) => {
    for (const tab of tabs) {
      const here = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", here);
      tab.tabIndex = here ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !here;
    }
    const panel = document.getElementById("panel");
    if (focusPage) {
      SN.sheet(true);
      SN.page(name).focus({ preventScroll: true });
    }
    panel.dataset.tab = name;
    document.getElementById("pages").scrollTop = 0;
  };
  for (const tab of tabs) {
    const name = tab.id.slice(4);
    tab.addEventListener("click", () => {
      SN.sheet(true);
      SN.openTab(name);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1
        : step ? (tabs.indexOf(tab) + step + tabs.length) % tabs.length : -1;
      if (to < 0) return;
      event.preventDefault();
      SN.openTab(tabs[to].id.slice(4));
      tabs[to].focus();
    });
  }
  // Beside the map the panel is always there; beside the other views it comes when it is needed.
  SN.panel = (needed) => document.querySelector("main").classList.toggle("wide", !needed);
  document.getElementById("close-panel").addEventListener("click", () => {
    if (SN.state.claim >= 0) SN.go({});
    SN.panel(false);
    document.getElementById(`view-${SN.state.view}`).focus({ preventScroll: true });
  });
  SN.sheet = (open) => {
    document.getElementById("panel").classList.toggle("low", !open);
    document.getElementById("sheet").setAttribute("aria-expanded", open);
  };
  document.getElementById("sheet").addEventListener("click", () =>
    SN.sheet(document.getElementById("panel").classList.contains("low")));
  SN.say = (text) => {
    document.getElementById("live").textContent = text;
  };
  // Up and down move between the items of a list.
  document.getElementById("pages").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (!event.target.matches("a.item")) return;
    const items = [...event.currentTarget.querySelectorAll("a.item")].filter((a) => a.offsetParent);
    event.preventDefault();
    items[items.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  });
})();
