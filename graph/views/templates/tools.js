// The tools of the map: how much is shown, what was done last, what if, and the eye.
(() => {
  "use strict";
  const { el, scene, state, facts } = SN;
  const box = document.getElementById("tools");
  const button = (name, text, does, given = {}) =>
    el("button", { type: "button", class: "plain", id: name, ...given, on: { click: does } }, text);

  const levels = () => {
    const deepest = Math.max(...SN.nodes.map((n) => (n.kind === "claim" ? n.level : 0)), 0);
    const options = [[1, "Main claims"], [2, "and their reasons"], [3, "three levels"]].filter(([n]) => n <= deepest);
    const select = el("select", { id: "levels", "aria-label": "How much of each piece is shown",
      on: { change: () => SN.setLevel(Number(select.value)) } },
      [...options, [0, "Everything"]].map(([n, words]) => el("option", { value: n, selected: n === scene.level }, words)));
    return select;
  };
  SN.buildTools = () => {
    const last = SN.undoable();
    const had = document.activeElement?.id;
    box.replaceChildren(...[
      levels(),
      button("undo", "Undo", SN.undo, { disabled: !last, title: last ? `Undo: ${last} ( u )` : "Nothing to undo" }),
      button("what-if", "What if", SN.toggleStanding, { "aria-pressed": String(scene.standing),
        title: "Show what stands; strike out or accept claims ( w )" }),
      state.links ? button("whole", "Whole map", () => SN.go({ claim: state.claim })) : null,
      button("zoom-out", "−", () => SN.zoom(1 / 1.35), { "aria-label": "Zoom out", title: "Zoom out ( - )" }),
      button("zoom-in", "+", () => SN.zoom(1.35), { "aria-label": "Zoom in", title: "Zoom in ( + )" }),
      button("zoom-fit", "Fit", () => SN.fit(), { title: "Show the whole map ( 0 )" }),
    ].filter(Boolean));
    document.getElementById(had)?.focus({ preventScroll: true });
  };
  // Arrow keys move along the tools.
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.matches("select")) return;
    const all = [...box.querySelectorAll("button:not(:disabled), select")];
    event.preventDefault();
    all[(all.indexOf(event.target) + step + all.length) % all.length].focus();
  });

  SN.toggleStanding = () => SN.change(scene.standing ? "Standing hidden." : "Standing shown.", () => {
    scene.standing = !scene.standing;
    if (!scene.standing) {
      scene.struck.clear();
      scene.accepted.clear();
    }
  });
  // Strike out or accept a claim, or take that back; say what stands otherwise.
  const toggle = (set, other, claim, done, undone) => {
    const on = !scene[set].has(claim);
    SN.change(`${on ? done : undone}: ${SN.short(facts.claims[claim].text, 60)}`, () => {
      scene.standing = true;
      scene[other].delete(claim);
      if (on) scene[set].add(claim);
      else scene[set].delete(claim);
    });
    const changed = SN.fallen().filter(([c]) => c !== claim).length;
    SN.say(`${on ? done : undone}. ${changed} other claim${changed === 1 ? " stands" : "s stand"} otherwise than at first.`);
  };
  SN.strike = (claim) => toggle("struck", "accepted", claim, "Struck out", "No longer struck out");
  SN.accept = (claim) => toggle("accepted", "struck", claim, "Accepted", "No longer accepted");
  SN.hide = (claim) => {
    if (state.claim === claim) SN.go({}, { replace: true });
    SN.change(`Hidden: ${SN.short(facts.claims[claim].text, 60)}`, () => scene.hidden.add(claim));
  };
})();
