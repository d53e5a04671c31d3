// Who is meant by an address, and parts of a row of filters with how many there are of each.
(() => {
  "use strict";
  const { facts, el } = SN;
  const { agents, clashes } = facts;
  const authors = new Set(facts.authors);

  // The agents that an address names as "a" or "a,b", where an id may have a comma too.
  SN.between = (...who) => who.map((i) => agents[i].id).join(",");
  SN.namedIn = (text = "") => {
    if (SN.agentAt.has(text)) return [SN.agentAt.get(text)];
    for (let i = text.indexOf(","); i >= 0; i = text.indexOf(",", i + 1)) {
      const pair = [text.slice(0, i), text.slice(i + 1)].map((id) => SN.agentAt.get(id));
      if (!pair.includes(undefined)) return pair;
    }
    return [];
  };

  // For the two sides of each clash: how many clashes would dissolve if that claim were withdrawn.
  SN.settles = clashes.map(() => [0, 0]);
  for (const { cruxes } of facts.cruxes) {
    for (const { holder, dissolves } of cruxes) {
      for (const at of dissolves) SN.settles[at][clashes[at].firstHolder === holder ? 0 : 1] = dissolves.length;
    }
  }

  // Parts of a row of filters: how many there are for each key, an option, and a choice of options.
  SN.tally = (list, keys) => {
    const found = new Map();
    for (const i of list) for (const key of new Set(keys(facts.clashes[i]))) found.set(key, (found.get(key) ?? 0) + 1);
    return found;
  };
  SN.choice = (id, label, all, options, value, does) => {
    const select = el("select", { id, disabled: !options.length, on: { change: (event) => does(event.target.value) } },
      el("option", { value: "" }, all), options);
    select.value = value;
    return el("label", {}, el("span", {}, label), select);
  };
  SN.option = (value, words, n) => el("option", { value }, `${SN.short(words, 80)} (${n.toLocaleString("en")})`);
  // Agents to choose from, with a number each: the authors, then those whom they quote.
  SN.peopleOptions = (found) => {
    const rows = [...found].sort((p, q) => q[1] - p[1] || p[0] - q[0]);
    const group = (label, some) => (some.length ? el("optgroup", { label },
      some.map(([a, n]) => SN.option(agents[a].id, agents[a].name, n))) : null);
    return [group("Authors", rows.filter(([a]) => authors.has(a))), group("Quoted speakers", rows.filter(([a]) => !authors.has(a)))].filter(Boolean);
  };
})();
