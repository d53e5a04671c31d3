"use strict";
const byId = (name) => document.getElementById(name);
const data = JSON.parse(byId("data").textContent);
const queries = new Map(data.queries.map((query) => [query.name, query]));
const MEDIA = {
  CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"],
  JSON: ["application/sparql-results+json", "srj"], XML: ["application/sparql-results+xml", "srx"],
};
const MOST = 2000;
let running = null;

function choose() {
  const query = queries.get(byId("named").value);
  byId("about").textContent = query ? query.description : "";
  byId("values").replaceChildren();
  if (!query) return;
  byId("query").value = query.text;
  for (const { name, kind, description } of query.parameters) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.name = name;
    input.required = true;
    if (kind in data.ids) input.setAttribute("list", `ids-${kind}`);
    label.append(`${name} (${description}) `, input);
    byId("values").append(label);
  }
}

for (const [kind, ids] of Object.entries(data.ids)) {
  const list = document.createElement("datalist");
  list.id = `ids-${kind}`;
  for (const id of ids) list.append(new Option(id, id));
  document.body.append(list);
}

function asked() {
  const fields = new URLSearchParams({ query: byId("query").value });
  for (const input of byId("values").querySelectorAll("input")) fields.append(`$${input.name}`, input.value);
  return fields;
}

async function send(media) {
  running?.abort();
  running = new AbortController();
  byId("stop").disabled = false;
  byId("error").textContent = "";
  byId("count").textContent = "asking …";
  try {
    const reply = await fetch("/sparql", {
      method: "POST", body: asked(), headers: { Accept: media }, signal: running.signal,
    });
    if (!reply.ok) throw new Error((await reply.text()).trim());
    byId("count").textContent = "";
    return reply;
  } catch (error) {
    byId("count").textContent = "";
    byId("answer").replaceChildren();
    byId("downloads").hidden = true;
    byId("error").textContent = error.name === "AbortError" ? "stopped" : error.message;
    point(error.message);
    return null;
  } finally {
    byId("stop").disabled = true;
  }
}

// Put the cursor where the query has its mistake.
function point(message) {
  const place = /line (\d+), column (\d+)/.exec(message);
  if (!place) return;
  const lines = byId("query").value.split("\n").slice(0, Number(place[1]) - 1);
  const at = lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
  byId("query").focus();
  byId("query").setSelectionRange(at, at + 1);
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri") {
    const base = data.bases.find((start) => term.value.startsWith(start));
    const link = document.createElement("a");
    const safe = /^https?:/.test(term.value);
    link.textContent = base ? decodeURIComponent(term.value.slice(base.length)) : short(term.value);
    if (base) link.href = `/${term.value.slice(base.length)}`;
    else if (term.value.startsWith(data.vocabulary)) link.href = `/vocabulary#${term.value.slice(data.vocabulary.length)}`;
    else if (safe) link.href = term.value;
    td.append(link);
  } else {
    td.textContent = term.value;
    if (term["xml:lang"]) td.lang = term["xml:lang"];
  }
  return td;
}

function short(iri) {
  for (const [prefix, start] of Object.entries(data.prefixes)) if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
  return iri;
}

function table(names, rows) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of names) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = made.createTBody();
  for (const row of rows.slice(0, MOST)) body.insertRow().append(...row);
  return made;
}

async function show() {
  const reply = await send("application/sparql-results+json, text/turtle;q=0.9");
  if (!reply) return;
  const graph = reply.headers.get("content-type").startsWith("text/turtle");
  byId("downloads").hidden = graph;
  if (graph) {
    const pre = document.createElement("pre");
    pre.textContent = await reply.text();
    byId("answer").replaceChildren(pre);
    return;
  }
  const { head, results, boolean } = await reply.json();
  if (boolean !== undefined) {
    byId("count").textContent = boolean ? "yes" : "no";
    byId("answer").replaceChildren();
    return;
  }
  const given = new Set([...asked().keys()].filter((name) => name.startsWith("$")).map((name) => name.slice(1)));
  const names = head.vars.filter((name) => !given.has(name));
  const rows = results.bindings;
  const all = rows.length > MOST ? `, of which the first ${MOST} are shown` : "";
  byId("count").textContent = `${rows.length} ${rows.length === 1 ? "row" : "rows"}${all}`;
  byId("answer").replaceChildren(table(names, rows.slice(0, MOST).map((row) => names.map((name) => cell(row[name])))));
}

async function download(name) {
  const [media, suffix] = MEDIA[name];
  const reply = await send(media);
  if (!reply) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = `${byId("named").value || "answer"}.${suffix}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

byId("named").addEventListener("change", choose);
byId("form").addEventListener("submit", (event) => { event.preventDefault(); show(); });
byId("stop").addEventListener("click", () => running?.abort());
byId("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("form").requestSubmit();
});
for (const button of document.querySelectorAll("[data-media]")) button.addEventListener("click", () => download(button.dataset.media));
