"""Findings: what SPARQL says of them is what the Python functions say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from graph import rdf_facts
from graph.analysis.contradictions import contradictions, self_contradictions
from graph.analysis.cruxes import cruxes
from graph.analysis.standing import standing
from graph.analysis.strength import strengths
from graph.build import to_store
from graph.findings import Findings, all_to_quads, find_all
from graph.model import Debate
from graph.oxigraph import OxDataset
from graph.query import run_query
from graph.rdf import findings_to_quads, from_rdf
from graph.results import plain_rows
from graph.validate import conforms
from graph.vocab import SEN, agent_iri, claim_iri
from tests.examples_rdf import TRAMS
from tests.kosovo import kosovo
from tests.nightbus import night_bus
from tests.strategies import debates

DEBATES: dict[str, Callable[[], Debate]] = {
    "trams": lambda: TRAMS,
    "night bus": night_bus,
    "kosovo": kosovo,
}


@cache
def stored(name: str) -> tuple[Debate, Findings, OxDataset]:
    """A debate, its findings and its graph."""
    debate = DEBATES[name]()
    return debate, find_all(debate), to_store(debate)


each = pytest.mark.parametrize("name", DEBATES)


def rows(name: str, query: str) -> list[list[str]]:
    """The rows of an answer, sorted, with IRIs cut to what follows the base."""
    debate, _, store = stored(name)
    return sorted(plain_rows(run_query(store, query), debate.base))


def plain(given: Iterable[Iterable[object]]) -> list[list[str]]:
    return sorted([str(cell) for cell in row] for row in given)


@each
def test_all_is_found(name: str) -> None:
    debate, found, _ = stored(name)
    assert found.contradictions == contradictions(debate)
    assert found.self_contradictions == self_contradictions(debate)
    assert {c.contradiction.rank for c in found.clashes} == {c.rank for c in found.contradictions}
    assert [(s.semantics, s.reading) for s in found.standings] == [
        ("grounded", "deductive"),
        ("grounded", "necessary"),
        ("grounded", "reasons"),
    ]


@each
def test_one_node_for_each_finding(name: str) -> None:
    debate, found, store = stored(name)
    counts = Counter(
        {
            SEN.Clash: len(found.clashes),
            SEN.Crux: sum(len(c.cruxes) for c in found.cruxes),
            SEN.CommonGround: len(found.common_ground),
            SEN.Camp: len(found.camps.groups),
            SEN.Encounter: sum(
                bool(found.matrix.contradictions[x][y] or found.matrix.agreements[x][y])
                for x, y in combinations(range(len(found.matrix.authors)), 2)
            ),
            SEN.Standing: 3 * len(debate.claims),
        }
    )
    for kind, count in counts.items():
        assert len(set(store.subjects(RDF.type, kind))) == count, kind


@each
def test_which_claims_of_each_author_stand(name: str) -> None:
    debate, _, _ = stored(name)
    for author in debate.holders:
        for reading in ("deductive", "necessary", "reasons"):
            labels = standing(debate, "grounded", reading).labels
            mine = [c.id for c in debate.claims if c.holder == author.id]
            query = f"""SELECT ?claim ?how {{
                ?standing sen:ofClaim ?claim ; sen:semantics sen:grounded ;
                          sen:reading sen:{reading} ; sen:label ?how .
                ?claim sen:holder <{agent_iri(debate.base, author.id)}> }}"""
            expected = [(f"claim/{c}", f"sen:{labels[c]}") for c in mine]
            assert rows(name, query) == plain(expected), (author.id, reading)


def test_which_of_hehirs_claims_stand() -> None:
    labels = standing(kosovo(), "grounded", "deductive").labels
    expected = [
        (claim.text,)
        for claim in kosovo().claims
        if claim.holder == "hehir" and labels[claim.id] == "in"
    ]
    assert expected
    _, _, store = stored("kosovo")
    answer = plain_rows(run_query(store, "standing"), kosovo().base)
    name = kosovo().agent("hehir").name
    found = [row[2:3] for row in answer if row[:2] == [name, "deductive"]]
    assert sorted(found) == plain(expected)


@each
def test_cruxes_between_each_two_authors(name: str) -> None:
    debate, _, _ = stored(name)
    for one, other in combinations(debate.authors, 2):
        query = f"""SELECT ?claim ?holder (COUNT(?contradiction) AS ?n) {{
            ?crux sen:cruxBetween <{agent_iri(debate.base, one.id)}> ,
                                  <{agent_iri(debate.base, other.id)}> ;
                  sen:claim ?claim ; sen:holder ?holder ; sen:dissolves ?contradiction .
            ?contradiction a sen:Contradiction }} GROUP BY ?crux ?claim ?holder"""
        found = cruxes(debate, one.id, other.id).cruxes
        expected = [(f"claim/{c.claim}", f"agent/{c.holder}", len(c.dissolves)) for c in found]
        assert rows(name, query) == plain(expected), (one.id, other.id)


@each
def test_clashes(name: str) -> None:
    debate, found, _ = stored(name)
    names = {agent.id: agent.name for agent in debate.agents}
    answer = [
        (
            *(c.rank, c.weight, c.point),
            *(names[c.contradiction.first_holder], debate.claim(c.contradiction.first).text),
            *(names[c.contradiction.second_holder], debate.claim(c.contradiction.second).text),
        )
        for c in found.clashes
    ]
    assert rows(name, "clashes") == plain(answer)
    backing = "SELECT ?rank ?one { ?clash a sen:Clash ; sen:rank ?rank ; sen:firstBacking ?one }"
    claims = [(c.rank, f"claim/{one}") for c in found.clashes for one in c.first_backing]
    assert rows(name, backing) == plain(claims)
    claims = [(c.rank, f"claim/{one}") for c in found.clashes for one in c.second_backing]
    assert rows(name, backing.replace("first", "second")) == plain(claims)


@each
def test_unanswered(name: str) -> None:
    debate, found, _ = stored(name)
    told = [
        (rank, debate.agent(one.holder).name, debate.claim(one.claim).text)
        for one in found.unanswered
        for rank in one.clashes
    ]
    assert sorted(row[:3] for row in rows(name, "unanswered")) == plain(told)


@each
def test_common_ground(name: str) -> None:
    _, found, _ = stored(name)
    query = """SELECT ?kind ?a ?x ?b ?y {
        ?ground a sen:CommonGround ; sen:agreement ?kind ; sen:firstClaim ?a ; sen:firstHolder ?x ;
                sen:secondClaim ?b ; sen:secondHolder ?y }"""
    expected = [
        (
            f"sen:{g.relation}Agreement",
            *(f"claim/{g.first}", f"agent/{g.first_holder}"),
            *(f"claim/{g.second}", f"agent/{g.second_holder}"),
        )
        for g in found.common_ground
    ]
    assert rows(name, query) == plain(expected)


@each
def test_camps(name: str) -> None:
    debate, found, _ = stored(name)
    expected = [
        (
            " | ".join(sorted(debate.agent(member).name for member in group)),
            *(len(group), found.camps.method, str(found.camps.exact).lower()),
        )
        for group in found.camps.groups
    ]
    assert rows(name, "camps") == plain(expected)


@each
def test_encounters(name: str) -> None:
    debate, found, _ = stored(name)
    table = found.matrix
    expected = []
    for x, y in combinations(range(len(table.authors)), 2):
        counts = table.contradictions[x][y], table.agreements[x][y]
        if any(counts):
            pair = sorted((table.authors[x], table.authors[y]))  # as their IRIs, here
            expected.append((*(debate.agent(who).name for who in pair), *counts))
    assert rows(name, "encounters") == plain(expected)


@each
def test_strengths(name: str) -> None:
    debate, _, store = stored(name)
    expected = strengths(debate)
    for claim in debate.claims:
        (value,) = store.objects(claim_iri(debate.base, claim.id), SEN.strength)
        assert float(str(value)) == round(expected[claim.id], 6)
    order = [float(row[0]) for row in plain_rows(run_query(store, "strongest-claims"), debate.base)]
    assert order == sorted(order, reverse=True)
    assert len(order) == len(debate.claims)


@each
def test_findings_do_not_disturb_reading(name: str) -> None:
    debate, _, store = stored(name)
    assert from_rdf(store) == debate


@each
def test_the_graph_conforms(name: str) -> None:
    _, _, store = stored(name)
    assert conforms(store) == []


def test_what_stood_before_stands_still() -> None:
    found = find_all(TRAMS)
    both = (*found.contradictions, *found.self_contradictions)
    assert set(findings_to_quads(TRAMS, both)) <= set(all_to_quads(TRAMS, found))


def test_iris_do_not_depend_on_order() -> None:
    turned = replace(
        TRAMS,
        claims=TRAMS.claims[::-1],
        supports=TRAMS.supports[::-1],
        attacks=TRAMS.attacks[::-1],
    )
    assert set(all_to_quads(turned, find_all(turned))) == set(all_to_quads(TRAMS, find_all(TRAMS)))


def test_findings_of_two_debates_stay_apart() -> None:
    other = replace(TRAMS, id="other", base="https://example.org/other/")
    one, two = ({q[0] for q in all_to_quads(d, find_all(d))} for d in (TRAMS, other))
    assert not one & two


@given(debates())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_found_is_passed_over(debate: Debate) -> None:
    quads = list(all_to_quads(debate, find_all(debate)))
    assert len(quads) == len(set(quads))
    assert from_rdf(to_store(debate)) == debate


def test_the_reader_passes_over_what_only_findings_have() -> None:
    text = files("ontology").joinpath("sicetnon.ttl").read_text("utf-8")
    words = Graph().parse(data=text, format="turtle")
    kinds = set(words.transitive_subjects(RDFS.subClassOf, SEN.Finding))
    own = {SEN.strength, SEN.unansweredIn}
    for word in words.subjects(RDFS.domain, None):
        domain = words.value(word, RDFS.domain)
        assert domain is not None
        union = words.value(domain, OWL.unionOf)
        classes: set[Node] = {domain} if union is None else set(Collection(words, union))
        if classes <= kinds and words.value(word, OWL.inverseOf) is None:  # which nothing writes
            own.add(URIRef(str(word)))
    assert {str(word) for word in own} == {
        word for word in rdf_facts._PASSED_OVER if word.startswith(str(SEN))
    }
