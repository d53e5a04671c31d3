"""The endpoint: the protocol, what it refuses, what it answers while something hostile runs."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import socket
import subprocess
import threading
import time
from asyncio.subprocess import Process
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import SPARQLWrapper
from defusedxml import ElementTree
from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from graph.build import to_store
from graph.serve.negotiate import GRAPHS, RESULTS, best
from graph.serve.pool import Limits, Pool, Question, Refusal
from graph.store import data_folder
from graph.vocab import SEN
from tests.examples_rdf import TRAMS
from tests.programs import ROOT, run
from tests.serving import serving

COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a sen:Claim }"
#: Oxigraph would need years for this.
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"


@pytest.fixture(scope="module")
def server() -> Iterator[httpx.Client]:
    with serving(TRAMS, Limits(workers=2, seconds=2.0, megabytes=1, body=10_000)) as client:
        yield client


def counted(server: httpx.Client) -> str:
    reply = server.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
    assert reply.status_code == 200
    return reply.text.split()[-1]


def test_a_query_in_the_address_a_form_and_the_body(server: httpx.Client) -> None:
    csv_wanted = {"Accept": "text/csv"}
    typed = {"Content-Type": "application/sparql-query; charset=utf-8", **csv_wanted}
    replies = [
        server.get("/sparql", params={"query": COUNT}, headers=csv_wanted),
        server.post("/sparql", data={"query": COUNT}, headers=csv_wanted),
        server.post("/sparql", content=COUNT, headers=typed),
    ]
    assert {(r.status_code, r.text) for r in replies} == {(200, "n\r\n8\r\n")}


@pytest.mark.parametrize("media", RESULTS)
def test_rows_in_every_format(server: httpx.Client, media: str) -> None:
    query = 'SELECT ?text { ?c sen:text ?text FILTER(STRSTARTS(?text, "Trams are q")) }'
    reply = server.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert reply.headers["content-type"].partition(";")[0] == media
    if "json" in media:
        (row,) = json.loads(reply.text)["results"]["bindings"]
        assert row["text"]["value"] == "Trams are quiet."
    elif "xml" in media:
        assert [e.text for e in ElementTree.fromstring(reply.text).iter() if e.text] == [
            "Trams are quiet."
        ]
    else:
        rows = list(csv.reader(io.StringIO(reply.text), delimiter="," if "csv" in media else "\t"))
        assert rows[1] == ["Trams are quiet."]


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_in_every_format(server: httpx.Client, media: str) -> None:
    query = "CONSTRUCT WHERE { ?claim a sen:Claim }"
    reply = server.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert reply.headers["content-type"].partition(";")[0] == media
    kind = {"jsonld": "json-ld", "rdf": "xml", "trig": "turtle", "nq": "nt"}
    graph = Graph()
    graph.parse(data=reply.text, format=kind.get(GRAPHS[media], GRAPHS[media]))
    assert len(list(graph.subjects(RDF.type, SEN.Claim))) == 8


@pytest.mark.parametrize(
    ("query", "media"),
    [("ASK {}", "application/sparql-results+json"), ("DESCRIBE <x:a>", "text/turtle")],
)
def test_without_a_wish_the_usual_format(server: httpx.Client, query: str, media: str) -> None:
    del server.headers["accept"]
    try:
        reply = server.get("/sparql", params={"query": query})
    finally:
        server.headers["accept"] = "*/*"
    assert reply.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.2, text/plain;q=0.8", "text/plain"),
        ("text/*", "text/csv"),
        ("*/*;q=0.1, text/csv;q=0", "application/json"),
        ("application/json, */*;q=0.1", "application/json"),
        ("image/png", None),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=7", "text/csv"),
        (",,;;q", None),
    ],
)
def test_what_is_wanted_most(accept: str, chosen: str | None) -> None:
    assert best(accept, ["application/json", "text/csv", "text/plain"]) == chosen


def test_the_graphs_of_the_protocol(server: httpx.Client) -> None:
    con = f"{TRAMS.base}graph/source/con"
    wanted = {"Accept": "text/csv"}

    def count(query: str, **fields: str | list[str]) -> str:
        told = server.get("/sparql", params={"query": query, **fields}, headers=wanted).text
        return told.split()[-1]

    assert count(COUNT) == "8"
    assert count(COUNT, **{"default-graph-uri": con}) == "5"
    assert count(COUNT, **{"default-graph-uri": [con, f"{TRAMS.base}graph/source/pro"]}) == "8"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?claim a sen:Claim } }"
    assert count(named, **{"named-graph-uri": con}) == "5"
    # the protocol's graphs go before those that the query names
    assert (
        count(COUNT.replace("{", f"FROM <{con}> {{", 1), **{"default-graph-uri": "x:none"}) == "0"
    )


def test_a_named_query_with_values(server: httpx.Client) -> None:
    fields = {"query": "claims-of", "$author": "cy"}
    reply = server.post("/sparql", data=fields, headers={"Accept": "text/csv"})
    assert reply.text.count("\r\n") == 5
    wrong = server.post("/sparql", data={"query": "claims-of", "$author": "cyy"})
    assert (wrong.status_code, wrong.text) == (400, "no agent is called 'cyy'; did you mean cy?\n")


@pytest.mark.parametrize(
    ("method", "fields", "status", "told"),
    [
        ("GET", {"query": "SELECT * {\n ?a ?b }"}, 400, "line 2, column"),
        ("GET", {"query": "no-such-query"}, 400, "no query is called"),
        ("GET", {"query": ["ASK {}", "ASK {}"]}, 400, "one query and only one"),
        ("POST", {"x": "1"}, 400, "one query and only one"),
        ("GET", {"update": "CLEAR ALL"}, 403, "updates are refused"),
        ("POST", {"update": "CLEAR ALL"}, 403, "updates are refused"),
        ("GET", {"query": "CLEAR ALL"}, 403, "queries here only read"),
        ("GET", {"query": "LOAD <http://127.0.0.1:9/>"}, 403, "queries here only read"),
        ("GET", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}, 403, "SERVICE"),
        (
            "GET",
            {"query": "CONSTRUCT { ?a ?b ?c } { { SELECT * { SERVICE SILENT ?x {} } } }"},
            403,
            "SERVICE",
        ),
        ("GET", {"query": "ASK {}", "default-graph-uri": "no iri"}, 400, "no valid name"),
        ("POST", {"query": "ASK { " + "#" * 20_000 + "\n}"}, 413, "10000 bytes"),
        ("GET", {"query": "SELECT " + "(" * 5_000}, 400, "too many brackets"),
        ("GET", {f"x{n}": "1" for n in range(300)}, 400, "200 parameters"),
    ],
)
def test_what_is_refused(
    server: httpx.Client, method: str, fields: dict[str, str | list[str]], status: int, told: str
) -> None:
    if method == "GET":
        reply = server.get("/sparql", params=fields)
    else:
        reply = server.post("/sparql", data=fields)
    assert reply.status_code == status, reply.text
    assert told in reply.text
    assert reply.text.count("\n") == 1
    assert "Traceback" not in reply.text


def test_bodies_that_are_no_query(server: httpx.Client) -> None:
    def posted(kind: str, body: bytes) -> int:
        return server.post("/sparql", content=body, headers={"Content-Type": kind}).status_code

    assert posted("application/sparql-update", b"CLEAR ALL") == 403
    assert posted("application/json", b"{}") == 415
    assert posted("application/sparql-query", b"\xff\xfe") == 400
    assert posted("application/x-www-form-urlencoded", b"query=%FF") == 400
    assert server.put("/sparql", content=b"x").status_code == 405
    assert server.delete("/sparql").status_code == 405


def test_nothing_that_is_wanted_can_be_had(server: httpx.Client) -> None:
    for query in ("ASK {}", "DESCRIBE <x:a>"):
        reply = server.get("/sparql", params={"query": query}, headers={"Accept": "image/png"})
        assert reply.status_code == 406


def test_other_origins_may_ask(server: httpx.Client) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    reply = server.get("/sparql", params={"query": "ASK {}"}, headers=origin)
    assert reply.headers["access-control-allow-origin"] == "*"
    wish = {**origin, "Access-Control-Request-Method": "POST"}
    assert server.options("/sparql", headers=wish).status_code == 200


def test_the_endpoint_describes_itself(server: httpx.Client) -> None:
    reply = server.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=reply.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (service,) = graph.subjects(RDF.type, URIRef(f"{sd}Service"))
    assert graph.value(service, URIRef(f"{sd}endpoint")) == URIRef(f"{server.base_url}/sparql")
    browser = server.get("/sparql", headers={"Accept": "text/html"})
    assert (browser.status_code, browser.headers["location"]) == (307, "/")


def test_a_thing_is_a_page_or_rdf(server: httpx.Client) -> None:
    page = server.get("/claim/quiet", headers={"Accept": "text/html"})
    assert "<h1>Trams are quiet.</h1>" in page.text
    assert 'href="/agent/ana-ben"' in page.text
    assert "script" not in page.headers["content-security-policy"].replace("script-src 'none'", "")
    data = server.get("/claim/quiet", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=data.text, format="turtle")
    assert (URIRef(f"{TRAMS.base}claim/quiet"), RDF.type, SEN.Claim) in graph
    assert server.get("/claim/loud").status_code == 404
    assert server.get("/claim/%3E%20%7B%7D").status_code == 404


def test_the_vocabulary_is_a_page_or_rdf(server: httpx.Client) -> None:
    page = server.get("/vocabulary", headers={"Accept": "text/html"})
    assert '<dt id="Claim">sen:Claim</dt>' in page.text
    data = server.get("/vocabulary", headers={"Accept": "text/turtle"})
    assert (SEN.Claim, RDF.type, None) in Graph().parse(data=data.text, format="turtle")


def test_a_query_that_takes_too_long_is_ended_and_others_go_on(server: httpx.Client) -> None:
    told: list[httpx.Response] = []

    def hostile() -> None:
        told.append(httpx.get(f"{server.base_url}/sparql", params={"query": ENDLESS}, timeout=60))

    thread = threading.Thread(target=hostile)
    thread.start()
    time.sleep(0.3)
    assert counted(server) == "8"
    thread.join()
    assert told[0].status_code == 504
    assert told[0].text == "the query took more than 2 seconds and was ended\n"
    assert [counted(server) for _ in range(4)] == ["8"] * 4


def test_when_all_workers_are_taken_one_is_told_to_come_again() -> None:
    limits = Limits(workers=1, seconds=20.0, waiting=1, patience=0.5)
    with serving(TRAMS, limits) as server:
        ask = f"{server.base_url}/sparql"
        replies: list[httpx.Response] = []

        def patient() -> None:
            replies.append(httpx.get(ask, params={"query": ENDLESS}, timeout=60))

        threads = [threading.Thread(target=patient, daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
            time.sleep(0.1)
        for thread in threads[1:]:
            thread.join(20)
        assert [reply.status_code for reply in replies] == [503] * 3
        assert {reply.headers["retry-after"] for reply in replies} <= {"1", "5"}


def test_an_answer_that_grows_too_large_is_cut_off_and_not_quietly(server: httpx.Client) -> None:
    crossed = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(httpx.RemoteProtocolError):
        server.get("/sparql", params={"query": crossed})
    assert counted(server) == "8"


def test_a_client_that_goes_away_leaves_no_worker_behind(server: httpx.Client) -> None:
    for _ in range(4):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.base_url}/sparql", params={"query": ENDLESS}, timeout=0.2)
    assert [counted(server) for _ in range(4)] == ["8"] * 4


def test_a_pool_that_stops_leaves_no_worker_that_was_being_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_store(TRAMS, tmp_path / "store").close()
    started: list[Process] = []
    create = asyncio.create_subprocess_exec

    async def watched(*command: str, **given: Any) -> Process:
        process = await create(*command, **given)
        started.append(process)
        return process

    monkeypatch.setattr("asyncio.create_subprocess_exec", watched)

    async def stop_while_one_starts(pause: float) -> None:
        pool = Pool(data_folder(tmp_path / "store"), Limits(workers=1, seconds=0.1))
        await pool.start()
        with pytest.raises(Refusal, match="was ended"):
            await pool.ask(Question(ENDLESS, "text/csv", "text/turtle", {}, [], []))
        await asyncio.sleep(pause)
        await pool.stop()

    for pause in (0.0, 0.001, 0.01, 0.05):
        asyncio.run(stop_while_one_starts(pause))
    assert len(started) > 4
    assert all(process.returncode is not None for process in started)


def test_a_slow_body_is_given_up(server: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.serve.protocol._PATIENCE", 0.3)
    with socket.create_connection((server.base_url.host, server.base_url.port or 80)) as line:
        line.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK"
        )
        line.settimeout(10)
        assert line.recv(100).startswith(b"HTTP/1.1 408 ")
    assert counted(server) == "8"


def test_what_is_too_deep_for_a_parser_costs_a_worker_and_no_more(server: httpx.Client) -> None:
    deep = "SELECT * { FILTER(" + "1+" * 4_000 + "1) }"
    assert server.get("/sparql", params={"query": deep}).status_code in (400, 504)
    assert counted(server) == "8"


@pytest.mark.program
def test_other_programs_read_the_same_answer(server: httpx.Client) -> None:
    endpoint = f"{server.base_url}/sparql"
    query = (
        "PREFIX sen: <https://w3id.org/sicetnon#> "
        "SELECT ?text { ?claim a sen:Claim ; sen:text ?text } ORDER BY ?text"
    )
    told = server.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text
    expected = told.splitlines()[1:]

    wrapper = SPARQLWrapper.SPARQLWrapper(endpoint)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(SPARQLWrapper.JSON)
    answer: Any = wrapper.queryAndConvert()
    assert [row["text"]["value"] for row in answer["results"]["bindings"]] == expected

    graph = Graph(SPARQLStore(endpoint))
    found: Any = graph.query(query)
    assert [str(row[0]) for row in found] == expected
    assert len(set(graph.subjects(RDF.type, SEN.Claim))) == 8

    comunica = ROOT / ".tools/node_modules/.bin/comunica-sparql"
    printed = run(comunica, f"sparql@{endpoint}", "-q", query, "-t", "text/csv")
    assert printed.splitlines()[1:] == expected

    curl = ["curl", "-s", endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={query}"]
    done = subprocess.run(curl, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == expected
