"""Queries written for other vocabularies, put to a debate that was built with what follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, RDFS_Semantics
from rdflib import Graph
from typer.testing import CliRunner

import cli
from graph.build import to_store
from graph.formats.table import read_debate
from graph.query import run_query
from graph.rdf import from_rdf
from graph.store import open_store
from graph.vocab import entailed_graph_iri
from tests.examples_rdf import TRAMS
from tests.kosovo import kosovo

ROOT = Path(__file__).parent.parent

#: Each is answered by as many rows as there are claims, supports, attacks and so on.
ASKED = {
    "the conclusion of each inference, in AIF": (
        """
        PREFIX aif: <http://www.arg.dundee.ac.uk/aif#>
        SELECT DISTINCT ?inference ?text {
          ?inference a aif:RA-node ; aif:Premise ?premise ; aif:Conclusion ?conclusion .
          ?conclusion a aif:I-node ; aif:claimText ?text
        }
        """,
        len(kosovo().supports),
    ),
    "conflicts, in AIF": (
        "PREFIX aif: <http://www.arg.dundee.ac.uk/aif#> SELECT ?c { ?c a aif:CA-node }",
        len(kosovo().attacks),
    ),
    "claims and the articles they are part of, in schema.org": (
        """
        SELECT ?text ?headline {
          ?claim a schema:Claim ; schema:text ?text ; schema:isPartOf ?article .
          ?article a schema:Article ; schema:headline ?headline
        }
        """,
        len(kosovo().claims),
    ),
    "who disputes what, in CiTO": (
        """
        PREFIX cito: <http://purl.org/spar/cito/>
        SELECT DISTINCT ?a ?b { ?a cito:disputes ?b }
        """,
        len(run_query(to_store(kosovo()), "SELECT ?a ?b { ?a sen:attacks ?b }").rows),
    ),
    "what supports what, in CiTO": (
        """
        PREFIX cito: <http://purl.org/spar/cito/>
        SELECT DISTINCT ?a ?b { ?a cito:supports ?b }
        """,
        len({(p, s.conclusion) for s in kosovo().supports for p in s.premises}),
    ),
    "issues, in IBIS": (
        "PREFIX ibis: <https://vocab.methodandstructure.com/ibis#> SELECT ?i { ?i a ibis:Issue }",
        len(kosovo().issues),
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_query_for_another_vocabulary(name: str) -> None:
    text, expected = ASKED[name]
    with to_store(kosovo(), entail=True) as store:
        assert len(run_query(store, text).rows) == expected > 0
    with to_store(kosovo()) as plain:
        assert not run_query(plain, text).rows


def test_all_that_is_there_follows_by_rdfs() -> None:
    with to_store(TRAMS) as plain, to_store(TRAMS, entail=True) as store:
        closure = Graph()
        for triple in plain.triples((None, None, None)):
            closure.add(triple)
        for name in ("sicetnon.ttl", "alignments.ttl", "bridges.ttl"):
            closure.parse(ROOT / "ontology" / name)
        DeductiveClosure(RDFS_Semantics).expand(closure)
        follows = set(store.graph(entailed_graph_iri(TRAMS.base)))
        assert len(follows) > 100
        assert not follows - set(closure)
        assert not follows & set(plain.triples((None, None, None)))
        assert from_rdf(store) == TRAMS


def test_a_build_with_and_without(tmp_path: Path) -> None:
    """The second build goes into the store of the first, where what followed must be gone."""
    folder = tmp_path / "store"
    for given, expected in ((["--entail"], True), ([], False)):
        command = ["build", "data/bridge", "--out", str(tmp_path), "--store", str(folder), *given]
        built = CliRunner().invoke(cli.app, command)
        assert built.exit_code == 0, built.output
        with open_store(folder) as store:
            assert run_query(store, "ASK { ?c a schema:Claim }").boolean is expected
        assert ("graph/entailed" in (tmp_path / "bridge.trig").read_text("utf-8")) is expected
        assert read_debate(tmp_path / "bridge.trig").claims
