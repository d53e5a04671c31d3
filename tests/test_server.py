"""SPARQL servers as stores: Virtuoso for real, and a small server that breaks when told to."""

from __future__ import annotations

import gc
import itertools
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal
from typer.testing import CliRunner

import cli
from graph.build import to_store
from graph.errors import QueryError, StoreError
from graph.findings import debate_quads
from graph.model import Debate
from graph.named_queries import named_queries
from graph.query import run_query
from graph.rdf import Quad, findings_to_quads, to_quads
from graph.results import Result
from graph.sending import Server
from graph.server import ServerDataset, with_values
from graph.store import load, open_store
from tests.examples_rdf import FOUND, TRAMS
from tests.kosovo import kosovo
from tests.programs import ROOT
from tests.protocol_server import ProtocolServer, protocol_server
from tests.test_kosovo_queries import ROWS, values_of
from tests.virtuoso import free_port, virtuoso

OTHER = replace(TRAMS, id="other", base="https://example.org/other/")
BATCH = ox.NamedNode("urn:x-sicetnon:batch")
TITLES = "SELECT ?id ?title { ?d a sen:Debate ; sen:id ?id ; schema:name ?title } ORDER BY ?id"


#: It does not close the reply to a request without a password before it shows one.
urllib_leaves_sockets = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture
def small() -> Iterator[ProtocolServer]:
    """A server whose faults the test chooses."""
    with protocol_server() as server:
        yield server


def at(small: ProtocolServer, *, graphs: bool = False) -> ServerDataset:
    """The small server as a store, which is asked again at once."""
    url = small.url
    gsp = f"{url}/graphs" if graphs else None
    return open_store(replace(Server.at(f"{url}/query", f"{url}/update", gsp), waits=(0, 0)))


def titles(store: ServerDataset) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in run_query(store, TITLES).rows]


def counts(store: ServerDataset, debate: Debate) -> dict[str, int]:
    """How many triples a server has in the graphs under a debate's base."""
    asked = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    return {name: int(n) for name, n in store.values(asked) if name.startswith(debate.base)}


def whole(debate: Debate) -> dict[str, int]:
    """How many triples there are of a debate and its findings, by graph."""
    with open_store() as memory:
        load(memory, with_findings(debate))
        return dict(Counter(quad.graph_name.value for quad in memory.inner))


def with_findings(debate: Debate) -> list[Quad]:
    return [*to_quads(debate), *findings_to_quads(debate, FOUND)]


def cells(result: Result) -> Counter[tuple[str, ...]]:
    """The rows with their values, in any order: servers sort texts each in their own way."""
    return Counter(
        tuple(str(c.toPython()) if isinstance(c, Literal) else str(c) for c in row)
        for row in result.rows
    )


@pytest.mark.program
def test_virtuoso_answers_every_named_query_as_oxigraph_does(real: str) -> None:
    batches: list[tuple[int, int]] = []
    server = Server.at(f"{real}/sparql")
    quads = debate_quads(kosovo())
    load(open_store(server), quads, lambda done, of: batches.append((done, of)))
    assert batches[0] == (0, len(batches) - 1)
    assert batches[-1] == (len(batches) - 1, len(batches) - 1)
    values = {row[0].split()[0]: values_of(row[0]) for row in ROWS}
    with to_store(kosovo()) as local, open_store(server) as remote:
        for query in named_queries():
            given = values.get(query.name, {})
            here = run_query(local, query.name, given)
            there = run_query(remote, query.name, given)
            assert there.variables == here.variables, query.name
            assert cells(there) == cells(here), query.name


@pytest.mark.program
def test_virtuoso_keeps_debates_apart_and_replaces_them_whole(real: str) -> None:
    keeps_apart_and_replaces(open_store(Server.at(f"{real}/sparql")))


@pytest.mark.program
def test_virtuoso_takes_graphs_by_the_graph_store_protocol(real: str) -> None:
    graphs = f"{real}/sparql-graph-crud"
    keeps_apart_and_replaces(open_store(Server.at(f"{real}/sparql", graphs=graphs)))


def keeps_apart_and_replaces(store: ServerDataset) -> None:
    load(store, with_findings(TRAMS))
    load(store, with_findings(OTHER))
    assert counts(store, TRAMS) == whole(TRAMS)
    assert counts(store, OTHER) == whole(OTHER)
    shorter = replace(TRAMS, title="New", issues=())
    load(store, with_findings(shorter))
    assert counts(store, shorter) == whole(shorter)
    assert counts(store, OTHER) == whole(OTHER)
    assert not [name for name in store.graph_names() if "staging" in name]
    assert run_query(store, "ASK { ?d schema:name 'New' }").boolean is True
    assert run_query(store, "ASK { ?d schema:name 'Old' }").boolean is False
    found = run_query(store, "CONSTRUCT { ?d schema:name ?n } { ?d a sen:Debate; schema:name ?n }")
    assert found.graph is not None
    assert "New" in {str(o) for o in found.graph.objects()}


@pytest.mark.program
@urllib_leaves_sockets
def test_virtuoso_is_shown_a_password_as_a_digest(real: str) -> None:
    url = real.replace("//", "//dba:dba@") + "/sparql-auth"
    store = open_store(Server.at(url))
    load(store, with_findings(OTHER))
    assert counts(store, OTHER) == whole(OTHER)
    gc.collect()


@pytest.mark.program
def test_virtuoso_has_a_whole_debate_while_several_people_load_it(real: str) -> None:
    """Three programs load one title after the other, and a fourth one reads."""
    url = f"{real}/sparql"
    load(open_store(Server.at(url)), with_findings(TRAMS))
    refused: list[str] = []

    def load_many(name: str) -> None:
        for number in range(6):
            try:
                debate = replace(TRAMS, title=f"{name} {number}")
                load(open_store(Server.at(url)), with_findings(debate))
            except StoreError as error:
                refused.append(str(error))

    expected, reader, reads = whole(TRAMS), open_store(Server.at(url)), 0
    with ThreadPoolExecutor() as pool:
        loads = [pool.submit(load_many, name) for name in "abc"]
        while not all(one.done() for one in loads):
            assert counts(reader, TRAMS) == expected, f"read {reads}"
            reads += 1
    assert reads > 10
    assert len(refused) < 18
    assert all("another load of the same debate came between" in said for said in refused)
    assert counts(reader, TRAMS) == expected


@pytest.mark.program
def test_virtuoso_has_the_old_debate_or_the_new_when_a_load_is_killed(real: str) -> None:
    """A program that loads one title after the other is killed at 20 random moments."""
    url = f"{real}/sparql"
    code = (
        "import sys\n"
        "from dataclasses import replace\n"
        "from graph.rdf import findings_to_quads, to_quads\n"
        "from graph.store import load, open_store\n"
        "from tests.examples_rdf import FOUND, TRAMS\n"
        "store = open_store(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "for n in range(10**6):\n"
        "    new = replace(TRAMS, title=f'{sys.argv[2]} {n}')\n"
        "    load(store, [*to_quads(new), *findings_to_quads(new, FOUND)])\n"
    )
    store = open_store(Server.at(url))
    load(store, with_findings(TRAMS))
    moments = random.Random(4)
    seen = set()
    for number in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", code, url, str(number)], stdout=subprocess.PIPE, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.6))
            process.kill()
        for _ in range(50):  # Virtuoso goes on with a request whose sender is gone
            now = [title for name, title in titles(store) if name == "trams"]
            if len(now) == 1 and counts(store, TRAMS) == whole(TRAMS):
                break
            time.sleep(0.1)
        assert counts(store, TRAMS) == whole(TRAMS), f"after kill {number}"
        (title,) = now
        seen.add(title)
    assert len(seen) > 3, seen
    load(store, with_findings(TRAMS))
    assert not [name for name in store.graph_names() if "staging" in name]


def test_a_server_without_a_union_is_asked_for_all_its_graphs(small: ProtocolServer) -> None:
    for graphs in (False, True):
        store = at(small, graphs=graphs)
        load(store, with_findings(TRAMS))
        load(store, with_findings(OTHER))
        assert titles(store) == [["other", TRAMS.title], ["trams", TRAMS.title]]
        assert counts(store, TRAMS) == whole(TRAMS)
        assert len(run_query(store, "SELECT ?g { GRAPH ?g { ?d a sen:Debate } }").rows) == 2
        names = run_query(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        assert not [g for (g,) in names if str(g).startswith("urn:x-sicetnon")]


def test_what_is_half_loaded_is_not_seen(small: ProtocolServer) -> None:
    store = at(small)
    load(store, with_findings(TRAMS))
    small.faults = dict.fromkeys(range(len(small.requests) + 6, 10**4), 503)
    with pytest.raises(StoreError, match=r"no answer from the server: 503 .*: not now"):
        load(store, with_findings(replace(TRAMS, title="New")))
    small.faults = {}
    assert any(quad.graph_name.value.startswith("urn:x-sicetnon:staging") for quad in small.store)
    everywhere = "SELECT ?n { GRAPH ?g { ?d schema:name ?n } FILTER(?n = 'New') }"
    assert not run_query(store, everywhere).rows
    assert counts(store, TRAMS) == whole(TRAMS)


@pytest.mark.parametrize("fault", [503, "cut", "late", "deadlock"])
def test_a_load_comes_through_whatever_request_fails_once(
    small: ProtocolServer, fault: int | str
) -> None:
    store = at(small)
    load(store, with_findings(TRAMS))
    per_load = len(small.requests)
    for number in range(per_load + 1):
        small.requests.clear()
        small.faults = {number: fault}
        debate = replace(TRAMS, title=f"Title {number}")
        load(store, with_findings(debate))
        assert counts(store, debate) == whole(debate)
        assert titles(store) == [["trams", debate.title]]


def test_a_load_goes_on_where_it_was_cut_off(
    small: ProtocolServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.staging._BATCH_SIZE", 10)
    store = at(small)
    batches = (len(list(with_findings(TRAMS))) + 9) // 10
    small.faults = dict.fromkeys(range(batches // 2, 10**4), "cut")
    with pytest.raises(StoreError, match="no answer"):
        load(store, with_findings(TRAMS))
    done = {mark.object for mark in small.store.quads_for_pattern(None, BATCH, None)}
    small.faults = {}
    small.requests.clear()
    load(store, with_findings(TRAMS))
    sent = sum(f"{BATCH}" in text and "INSERT DATA" in text for text in small.requests)
    assert 5 < len(done) < batches
    assert sent == batches - len(done)
    assert counts(store, TRAMS) == whole(TRAMS)


def test_two_loads_at_once_and_one_of_them_cut_off(
    small: ProtocolServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each change that one load makes, another does all that it does, or its first part."""
    one, two = replace(TRAMS, title="One"), replace(TRAMS, title="Two", issues=())
    expected = {debate.title: whole(debate) for debate in (TRAMS, one, two)}
    ends, refused = Counter[str](), list[str]()
    for moment, cut in itertools.product(range(9), (6, 10, 14)):
        load(at(small), with_findings(TRAMS))
        store, changes = at(small), itertools.count()
        change = store.change

        def after_another(
            update: str, *, for_sure: bool = False, moment: int = moment, cut: int = cut
        ) -> None:
            if next(changes) == moment:  # noqa: B023
                small.faults = dict.fromkeys(range(len(small.requests) + cut, 10**6), 503)
                with suppress(StoreError):
                    load(at(small), with_findings(two))
                small.faults = {}
            change(update, for_sure=for_sure)  # noqa: B023

        monkeypatch.setattr(store, "change", after_another)
        try:
            load(store, with_findings(one))
        except StoreError as error:
            refused.append(str(error))
        ((_, title),) = titles(store)
        assert counts(store, TRAMS) == expected[title], (moment, cut)
        ends[title] += 1
    assert set(ends) == set(expected), ends
    assert all("another load of the same debate came between" in said for said in refused)


@pytest.mark.parametrize("title", ["New", "Other"])
def test_an_exchange_that_was_broken_off_is_ended_by_the_next_load(
    small: ProtocolServer, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    """Virtuoso does so much of a request, and no more, when its sender is gone."""
    new = replace(TRAMS, title="New", issues=())
    for parts in range(1, 8):
        load(at(small), with_findings(TRAMS))
        store = at(small)
        change = store.change

        def broken(update: str, *, for_sure: bool = False, parts: int = parts) -> None:
            some = update.split(" ;\n")[:parts] if for_sure else [update]
            change(" ;\n".join(some))  # noqa: B023

        monkeypatch.setattr(store, "change", broken)
        with suppress(StoreError):
            load(store, with_findings(new))
        after = replace(new, title=title)
        load(at(small), with_findings(after))
        assert counts(store, TRAMS) == whole(after)
        assert titles(store) == [["trams", title]]
        assert not [name for name in store.graph_names() if "staging" in name]


def test_leavings_of_other_loads_go(small: ProtocolServer) -> None:
    store = at(small)
    small.faults = dict.fromkeys(range(7, 10**4), 503)
    with pytest.raises(StoreError):
        load(store, with_findings(replace(TRAMS, title="Never")))
    small.faults = {}
    assert [name for name in store.graph_names() if "staging" in name]
    load(store, with_findings(TRAMS))
    assert not [name for name in store.graph_names() if "staging" in name]
    assert "Never" not in (small.store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()


@urllib_leaves_sockets
def test_a_password(small: ProtocolServer) -> None:
    small.password = "s:ü"
    store = open_store(Server.at(small.url.replace("//", "//ann:s%3A%C3%BC@") + "/query"))
    load(store, to_quads(TRAMS))
    assert titles(store) == [["trams", TRAMS.title]]
    wrong = small.url.replace("//", "//ann:secret@") + "/query"
    with pytest.raises(QueryError, match="401") as error:
        titles(open_store(Server.at(wrong)))
    assert "secret" not in str(error.value)
    gc.collect()


def test_two_debates_on_one_base(small: ProtocolServer) -> None:
    store = at(small)
    load(store, to_quads(TRAMS))
    with pytest.raises(StoreError, match="which is there already; give one of them"):
        load(store, to_quads(replace(OTHER, base=TRAMS.base)))
    assert titles(store) == [["trams", TRAMS.title]]


def test_values_never_become_part_of_a_query(small: ProtocolServer) -> None:
    store = at(small)
    load(store, to_quads(TRAMS))
    hostile = 'x" } DROP ALL #\\'
    result = run_query(store, "SELECT ?claim ?text { ?claim sen:text ?text }", {"text": hostile})
    assert not result.rows
    assert len(small.store) > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?x }", "SELECT * { VALUES (?x) { (1) }  ?s ?p ?x }"),
        (
            "CONSTRUCT { ?s ?p ?x } # {\nWHERE { ?s ?p ?x }",
            "CONSTRUCT { ?s ?p ?x } # {\nWHERE { VALUES (?x) { (1) }  ?s ?p ?x }",
        ),
        (
            "CONSTRUCT WHERE { ?s ?p ?x }",
            "CONSTRUCT WHERE { VALUES (?x) { (1) }  ?s ?p ?x }",
        ),
        ("# a { b\nASK { ?s ?p ?x }", "# a { b\nASK { VALUES (?x) { (1) }  ?s ?p ?x }"),
    ],
)
def test_where_values_stand(text: str, expected: str) -> None:
    assert with_values(text, {ox.Variable("x"): "1"}) == expected


def test_queries_that_are_wrong_or_forbidden(small: ProtocolServer) -> None:
    store = at(small)
    with pytest.raises(QueryError, match="mistake in line 1, column 15"):
        run_query(store, "SELECT * { bad")
    with pytest.raises(QueryError, match="only read"):
        run_query(store, "DROP ALL")
    with pytest.raises(QueryError, match="SERVICE"):
        run_query(store, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    assert not small.requests
    small.faults = {0: 500}
    with pytest.raises(QueryError, match=r"refuses the query: 500 .*: not now"):
        run_query(store, "SELECT * FROM <x:g> { ?s ?p ?o }")


def test_an_answer_that_the_server_cuts_off_is_no_answer(small: ProtocolServer) -> None:
    store = at(small)
    load(store, to_quads(TRAMS))
    small.most_rows = 8
    with pytest.raises(QueryError, match="cuts answers off after 8 rows"):
        run_query(store, "SELECT ?c { ?c a sen:Claim }")
    small.most_rows = 9
    assert len(run_query(store, "SELECT ?c { ?c a sen:Claim }").rows) == 8


def test_the_command_line(small: ProtocolServer, tmp_path: Path) -> None:
    url = f"{small.url}/query"
    run = CliRunner().invoke
    built = run(cli.app, ["build", "data/bridge", "--out", str(tmp_path), "--store", url])
    assert built.exit_code == 0, built.output
    found = run(cli.app, ["query", "claims-by-author", "--store", url, "-f", "csv"])
    local = run(cli.app, ["query", "claims-by-author", "data/bridge", "-f", "csv"])
    assert sorted(found.stdout.splitlines()) == sorted(local.stdout.splitlines())
    nobody = run(cli.app, ["query", "claims-of", "author=nobody", "--store", url])
    assert nobody.exit_code == 1
    assert "no agent is called 'nobody'" in nobody.stderr
    dead = f"http://127.0.0.1:{free_port()}/sparql"
    refused = run(cli.app, ["serve", "--store", dead])
    assert refused.exit_code == 1
    assert "serve a folder" in refused.stderr
    folder = run(cli.app, ["build", "data/bridge", "--store", "x.store", "--graphs-url", dead])
    assert folder.exit_code == 1
    assert "a folder has no other URL" in folder.stderr


def test_nobody_is_there() -> None:
    server = replace(Server.at(f"http://127.0.0.1:{free_port()}/sparql"), waits=(0,))
    with pytest.raises(StoreError, match=r"no answer from the server: .*refused") as error:
        load(open_store(server), to_quads(TRAMS))
    assert "\n" not in str(error.value)


def test_no_url() -> None:
    with pytest.raises(StoreError, match=r"ftp://x: the URL of a server begins with http"):
        Server.at("http://x/sparql", update="ftp://ann:secret@x")
