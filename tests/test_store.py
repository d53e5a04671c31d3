"""Stores in memory and in a folder, loads that replace as a whole, folders that are no store."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from graph.errors import StoreError
from graph.model import Debate
from graph.query import run_query
from graph.rdf import Quad, findings_to_quads, from_rdf, to_quads
from graph.store import load, open_store
from graph.vocab import SEN
from tests.examples_rdf import FOUND, TRAMS

OTHER = replace(TRAMS, id="other", base="https://example.org/other/")
COUNT = "SELECT (COUNT(?claim) AS ?n) { ?claim a sen:Claim }"


@pytest.fixture(params=["memory", "folder"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where the store is."""
    return None if request.param == "memory" else tmp_path / "store"


def claims(store: Graph) -> int:
    """How many claims a query finds in the default graph."""
    (row,) = store.query(COUNT)
    return int(str(row[0]))  # type: ignore[index]


def test_default_graph_is_the_union(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        assert claims(store) == len(TRAMS.claims)
        graphs = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert len(list(graphs)) == 4
        assert (None, SEN.contradicts, None) in store
        assert from_rdf(store) == TRAMS


def test_prefixes_are_known(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        answer = store.query(
            "ASK { ?a schema:name ?b . ?c oa:start ?d ; a oa:TextPositionSelector }"
        )
        assert answer.askAnswer


def test_load_replaces_what_was_there(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        load(store, findings_to_quads(TRAMS, FOUND))
        load(store, to_quads(OTHER))
        assert claims(store) == 2 * len(TRAMS.claims)
        assert (None, SEN.rank, None) in store
        first = TRAMS.sources[0]
        less = Debate(
            TRAMS.id,
            TRAMS.title,
            TRAMS.base,
            agents=TRAMS.agents,
            sources=(first,),
            claims=tuple(c for c in TRAMS.claims if c.source == first.id),
        )
        load(store, to_quads(less))
        assert from_rdf(store, "trams") == less
        assert from_rdf(store, "other") == OTHER
        assert (None, SEN.rank, None) not in store
        names = {str(g.identifier) for g in store.graphs()}
        assert f"{TRAMS.base}graph/source/con" not in names


def test_loading_findings_replaces_findings_only(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        load(store, findings_to_quads(TRAMS, FOUND))
        load(store, findings_to_quads(TRAMS, FOUND[1:2]))
        assert len(list(store.subjects(SEN.rank, None))) == 1
        assert from_rdf(store) == TRAMS


def test_load_takes_all_at_once(place: Path | None) -> None:
    def all_of_it() -> Iterator[Quad]:
        yield from to_quads(TRAMS)
        yield from findings_to_quads(TRAMS, FOUND)

    with open_store(place) as store:
        for _ in range(2):
            load(store, all_of_it())
        assert len(list(store.subjects(SEN.rank, None))) == 4
        assert from_rdf(store) == TRAMS


def test_a_failed_load_changes_nothing(place: Path | None) -> None:
    def broken() -> Iterator[Quad]:
        yield from to_quads(replace(TRAMS, title="New"))
        raise KeyboardInterrupt

    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        with pytest.raises(KeyboardInterrupt):
            load(store, broken())
        assert from_rdf(store) == TRAMS


def test_an_iri_that_oxigraph_refuses(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        with pytest.raises(StoreError, match="IRI"):
            load(store, to_quads(replace(TRAMS, base="http://[/")))
        assert from_rdf(store) == TRAMS


def test_a_debate_that_moved_leaves_nothing_behind(place: Path | None) -> None:
    moved = replace(TRAMS, base="urn:trams:")
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        load(store, to_quads(moved))
        assert from_rdf(store) == moved


def test_two_debates_on_one_base(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        with pytest.raises(StoreError, match="which is there already; give one of them"):
            load(store, to_quads(replace(OTHER, base=TRAMS.base)))
        assert from_rdf(store) == TRAMS


@pytest.mark.parametrize("tail", ["graph/", "graph/source/", "graph/source/pro/", "claim/"])
def test_a_base_inside_another(place: Path | None, tail: str) -> None:
    inner = replace(OTHER, base=TRAMS.base + tail)
    with open_store(place) as store:
        load(store, to_quads(inner))
        load(store, to_quads(TRAMS))
        load(store, to_quads(TRAMS))
        assert from_rdf(store, "other") == inner
        assert from_rdf(store, "trams") == TRAMS


def test_a_folder_keeps(tmp_path: Path) -> None:
    for debate in (TRAMS, OTHER):
        with open_store(tmp_path / "deep" / "store") as store:
            load(store, to_quads(debate))
    with open_store(tmp_path / "deep" / "store") as store:
        assert from_rdf(store, "trams") == TRAMS
        assert from_rdf(store, "other") == OTHER
    names = {p.name for p in (tmp_path / "deep" / "store").iterdir()}
    assert names == {"current", "data-3"}


def test_a_killed_load_leaves_the_old_data(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        load(store, to_quads(TRAMS))
    with open_store(tmp_path / "elsewhere") as store:
        load(store, to_quads(OTHER))
    # What a kill just before the last step leaves: a whole next folder, and a half-made pointer.
    (tmp_path / "elsewhere" / "data-2").rename(tmp_path / "data-3")
    (tmp_path / "current.new").write_text("data")
    with open_store(tmp_path) as store:
        assert from_rdf(store) == TRAMS
    assert not (tmp_path / "data-3").exists()
    assert not (tmp_path / "current.new").exists()


def test_open_twice(tmp_path: Path) -> None:
    with (
        open_store(tmp_path) as store,
        pytest.raises(StoreError, match="open in another program, or open already") as error,
    ):
        open_store(tmp_path)
    assert "\n" not in str(error.value)
    del store


def test_a_folder_that_was_asked_is_free_once_it_is_closed(tmp_path: Path) -> None:
    """What the parser of queries leaves to Python's collector must not hold the store."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(2):
            with open_store(tmp_path) as store:
                run_query(store, "SELECT ?c { ?c a sen:Claim }")
    finally:
        gc.enable()


def test_a_result_in_hand_outlives_a_load(place: Path | None) -> None:
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
        result = store.query("SELECT ?c { ?c a sen:Claim }")
        load(store, to_quads(replace(TRAMS, issues=())))
        assert len(list(result)) == len(TRAMS.claims)


def test_no_store(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StoreError, match="this is a file"):
        open_store(file)
    with pytest.raises(StoreError, match=r"holds other files \(file\) and no store"):
        open_store(tmp_path)
    assert file.read_text() == "x"
    with pytest.raises(StoreError):
        open_store(file / "below")


@pytest.mark.parametrize("name", ["data-9", "../..", "", "nonsense"])
def test_damaged_pointer(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path) as store:
        load(store, to_quads(TRAMS))
    (tmp_path / "current").write_text(name)
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path)
    assert (tmp_path / "data-2").is_dir()


def test_damaged_data(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        load(store, to_quads(TRAMS))
    for path in (tmp_path / "data-2").glob("MANIFEST-*"):
        path.write_bytes(b"damaged")
    with pytest.raises(StoreError, match="damaged") as error:
        open_store(tmp_path)
    assert "\n" not in str(error.value)


def test_only_our_datasets() -> None:
    from rdflib import Dataset

    with pytest.raises(StoreError, match="open_store"):
        load(Dataset(), [(URIRef("x:s"), URIRef("x:p"), URIRef("x:o"), URIRef("x:g"))])


def test_a_real_kill(tmp_path: Path) -> None:
    """A program that loads again and again is killed; the store holds one whole debate."""
    place = tmp_path / "store"
    with open_store(place) as store:
        load(store, to_quads(TRAMS))
    code = (
        "import sys\n"
        "from dataclasses import replace\n"
        "from graph.rdf import to_quads\n"
        "from graph.store import load, open_store\n"
        "from tests.examples_rdf import TRAMS\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    print('ready', flush=True)\n"
        "    for n in range(10**6):\n"
        "        load(store, to_quads(replace(TRAMS, title=f'{sys.argv[2]} {n}')))\n"
    )
    moments = random.Random(3)
    seen = set()
    for number in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(place), str(number)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.3))
            process.kill()
        with open_store(place) as store:
            found = from_rdf(store)
            assert replace(found, title=TRAMS.title) == TRAMS
            seen.add(found.title)
        assert len(list(place.iterdir())) == 2
    assert len(seen) > 3, seen
