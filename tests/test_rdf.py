"""A debate to RDF and back, in one graph or many, and what is refused on the way back."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import PROV, RDF, XSD

from graph.errors import FormatError
from graph.model import Agent, Claim, Debate, Origin, OriginKind, Source
from graph.rdf import findings_to_quads, from_rdf, to_quads, to_rdf
from graph.vocab import OA, SCHEMA, SEN, claim_iri, contradiction_iri, origin_iri, source_iri
from tests.examples_rdf import FOUND, TRAMS, Found
from tests.strategies import NASTY_IDS, debates

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BASE = TRAMS.base


def union(debate: Debate) -> Graph:
    """The debate as one plain rdflib graph without names."""
    graph = Graph()
    for s, p, o, _ in to_quads(debate):
        graph.add((s, p, o))
    return graph


def edges(debate: Debate, prop: URIRef) -> set[tuple[str, str]]:
    """The ids at both ends of a short edge."""
    graph = union(debate)
    return {(str(graph.value(s, SEN.id)), str(graph.value(o, SEN.id) or graph.value(o, SEN.name)))
            for s, o in graph.subject_objects(prop)}  # fmt: skip


@given(debates())
@SLOW
def test_there_and_back(debate: Debate) -> None:
    assert from_rdf(to_rdf(debate)) == debate


@given(debates())
@SLOW
def test_without_names_of_graphs(debate: Debate) -> None:
    assert from_rdf(union(debate)) == debate


@given(debates())
@SLOW
def test_through_turtle_of_oxigraph(debate: Debate) -> None:
    triples = [q.triple for q in to_rdf(debate).inner]
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE)
    assert turtle is not None
    graph = Graph().parse(data=turtle.decode(), format="turtle")
    assert from_rdf(graph) == debate


@given(debates())
@SLOW
def test_through_turtle_of_rdflib(debate: Debate) -> None:
    plain = replace(
        debate,
        claims=tuple(replace(c, origin=Origin()) for c in debate.claims),
        supports=tuple(replace(s, origin=Origin()) for s in debate.supports),
        attacks=tuple(replace(a, origin=Origin()) for a in debate.attacks),
        rephrases=tuple(replace(r, origin=Origin()) for r in debate.rephrases),
    )
    turtle = union(plain).serialize(format="turtle")
    assert from_rdf(Graph().parse(data=turtle, format="turtle")) == plain


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # inside rdflib
def test_rdflib_formats_keep_a_confidence() -> None:
    for form in ("turtle", "nt", "xml", "json-ld"):
        text = union(TRAMS).serialize(format=form)
        assert from_rdf(Graph().parse(data=text, format=form)) == TRAMS, form
    for form in ("trig", "nquads", "json-ld"):
        text = to_rdf(TRAMS).serialize(format=form)
        dataset = Dataset()
        dataset.parse(data=text, format=form)
        assert from_rdf(dataset) == TRAMS, form


@pytest.mark.parametrize("sure", [0.0, 1.0, 1, 0.1, 1e-7, 1 / 3, 0.1 + 0.2, 5e-324, 1e-200 / 3])
def test_confidence_is_exact(sure: float) -> None:
    origin = Origin(OriginKind.MINER, "rules", "1", sure)
    claims = (replace(TRAMS.claims[0], origin=origin), *TRAMS.claims[1:])
    debate = replace(TRAMS, claims=claims)
    assert from_rdf(to_rdf(debate)).claim("quiet").origin == origin
    assert from_rdf(union(debate)).claim("quiet").origin == origin


def test_named_graphs() -> None:
    dataset = to_rdf(TRAMS)
    names = {str(g.identifier) for g in dataset.graphs()} - {"urn:x-rdflib:default"}
    assert names == {
        f"{BASE}graph/{n}" for n in ("debate", "relations", "source/pro", "source/con")
    }
    pro = dataset.graph(URIRef(f"{BASE}graph/source/pro"))
    assert set(pro.subjects(RDF.type, SEN.Claim)) == {
        claim_iri(BASE, c) for c in ("quiet", "build", "jobs")
    }
    assert (claim_iri(BASE, "jobs"), SEN.supports, claim_iri(BASE, "build")) in pro
    between = dataset.graph(URIRef(f"{BASE}graph/relations"))
    assert (claim_iri(BASE, "build"), SEN.contradicts, claim_iri(BASE, "stay")) in between
    assert set(between.subjects(RDF.type, SEN.Claim)) == set()


def test_short_edges() -> None:
    assert edges(TRAMS, SEN.supports) == {
        ("jobs", "build"), ("quiet", "build"), ("dear", "stay"), ("silent", "quiet"),
    }  # fmt: skip
    assert edges(TRAMS, SEN.contradicts) == {("build", "stay"), ("stay", "build")}
    assert edges(TRAMS, SEN.attacks) == {
        ("build", "stay"), ("stay", "build"), ("dear", "cheap"), ("cheap", "dear"),
    }  # fmt: skip
    assert edges(TRAMS, SEN.undercuts) == {("same", "linked")}
    assert edges(TRAMS, SEN.rephrases) == {("silent", "quiet"), ("quiet", "silent")}
    assert edges(TRAMS, SEN.answersPro) == {("build", "whether")}
    assert edges(TRAMS, SEN.answersCon) == {("stay", "whether")}


def test_anchor_and_origin_in_standard_words() -> None:
    graph = union(TRAMS)
    (span,) = graph.objects(claim_iri(BASE, "quiet"), SEN.anchor / OA.hasSelector)
    assert graph.value(span, OA.start) == Literal(10)
    assert graph.value(span, RDF.type) == OA.TextPositionSelector
    (miner,) = graph.subjects(RDF.type, PROV.SoftwareAgent)
    assert graph.value(miner, SCHEMA.softwareVersion) == Literal("1.2")
    (published,) = graph.objects(source_iri(BASE, "pro"), SCHEMA.datePublished)
    assert published == Literal("2024-05-01", datatype=XSD.date)


def test_iris_tell_ids_apart() -> None:
    assert len({claim_iri(BASE, name) for name in NASTY_IDS}) == len(NASTY_IDS)
    for name in NASTY_IDS:
        ox.NamedNode(claim_iri(BASE, name))
        assert "/" not in claim_iri(BASE, name).removeprefix(f"{BASE}claim/")


def test_iris_of_origins_tell_them_apart() -> None:
    person, miner = OriginKind.PERSON, OriginKind.MINER
    origins = [
        Origin(), Origin(name="a"), Origin(name="a", version="b"), Origin(version="b"),
        Origin(version="a"), Origin(name="a/b"), Origin(miner, "a", "b"), Origin(person, "miner"),
    ]  # fmt: skip
    assert len({origin_iri(BASE, o) for o in origins}) == len(origins)


def test_iris_do_not_depend_on_order() -> None:
    turned = replace(TRAMS, claims=TRAMS.claims[::-1], sources=TRAMS.sources[::-1])
    assert set(to_quads(turned)) == set(to_quads(TRAMS))
    fewer = replace(TRAMS, claims=TRAMS.claims, issues=(), rephrases=())
    assert set(to_quads(fewer)) < set(to_quads(TRAMS))


def test_a_claim_more_changes_nothing_that_is_said_of_the_others() -> None:
    piece = TRAMS.sources[0]
    more = Claim("a-newcomer", "Trams run on rails.", piece.id, piece.author)
    grown = replace(TRAMS, claims=(more, *TRAMS.claims))
    assert set(to_quads(TRAMS)) < set(to_quads(grown))


def test_findings() -> None:
    quads = list(findings_to_quads(TRAMS, FOUND))
    assert {str(q[3]) for q in quads} == {f"{BASE}graph/findings"}
    graph = Graph()
    for s, p, o, _ in quads:
        graph.add((s, p, o))
    found = {int(str(graph.value(s, SEN.rank))): s for s in graph.subjects(RDF.type, None)}
    assert sorted(found) == [1, 2, 3, 4]
    assert set(graph.subjects(RDF.type, SEN.SelfContradiction)) == {found[4]}
    assert set(graph.subject_objects(SEN.backs)) == {(found[2], found[1])}
    assert graph.value(found[3], SEN.onIssue) == URIRef(f"{BASE}issue/whether")
    head = graph.value(found[3], SEN.path)
    assert head is not None
    names = [str(n).removeprefix(BASE) for n in Collection(graph, head)]
    assert names == ["claim/build", "issue/whether", "claim/stay"]
    assert len(set(graph.objects(found[1], SEN.holder))) == 2
    assert len(set(graph.objects(found[4], SEN.holder))) == 1
    again = Graph()
    for s, p, o, _ in findings_to_quads(TRAMS, FOUND[::-1]):
        again.add((s, p, o))
    assert isomorphic(graph, again)
    assert str(found[1]).startswith(contradiction_iri(BASE, ""))


def test_findings_of_two_issues_stay_two() -> None:
    one = Found("issue", "build", "stay", "ana", "cy", ("build", "x", "stay"), (), "x")
    two = replace(one, path=("build", "y", "stay"), issue="y")
    subjects = {q[0] for q in findings_to_quads(TRAMS, [one, two]) if q[1] == SEN.rank}
    assert len(subjects) == 2


def test_findings_do_not_disturb_reading() -> None:
    dataset = to_rdf(TRAMS)
    for s, p, o, g in findings_to_quads(TRAMS, FOUND):
        dataset.graph(g).add((s, p, o))
    assert from_rdf(dataset) == TRAMS


def test_several_debates_in_one_graph() -> None:
    other = replace(TRAMS, id="other", base="https://example.org/other/", issues=())
    both = union(TRAMS) + union(other)
    assert from_rdf(both, "trams") == TRAMS
    assert from_rdf(both, "other") == other
    with pytest.raises(FormatError, match="there are 2 debates, say which to read: other, trams"):
        from_rdf(both)
    with pytest.raises(FormatError, match="did you mean trams"):
        from_rdf(both, "tram")


C, S, A = claim_iri(BASE, "quiet"), source_iri(BASE, "pro"), URIRef(f"{BASE}agent/ana")
LINK = URIRef(f"{BASE}support/linked")
ANCHOR, SPAN = URIRef(f"{BASE}anchor/quiet"), URIRef(f"{BASE}selector/quiet")
MINER = URIRef(f"{BASE}origin/miner/rules/1.2")
REBUT = URIRef(f"{BASE}attack/dear%20rebut%20cheap")


@pytest.mark.parametrize(
    ("node", "prop", "value", "told"),
    [
        (C, SEN.text, None, "has no sen:text"),
        (C, SEN.text, Literal("Trams are quiet.", lang="en"), "in the language en"),
        (C, SEN.text, Literal(5), "of type xsd:integer, which is no text"),
        (C, SEN.text, S, "which is no text"),
        (C, SEN.source, A, "which is no source"),
        (C, SEN.holder, Literal("ana"), "'ana', which is no agent"),
        (C, SEN.status, SEN.rebut, "sen:rebut, which is no status"),
        (C, SEN.id, Literal("a [b]"), "a name is one line"),
        (C, SEN.id, Literal("same"), r"two claims are called \[same\]"),
        (C, SEN.anchor, URIRef("x:none"), "which is not described"),
        (ANCHOR, OA.hasSelector, None, "has no oa:hasSelector"),
        (SPAN, OA.start, Literal("1"), "which is no whole number"),
        (SPAN, OA.start, Literal("one", datatype=XSD.integer), "which is no whole number"),
        (SPAN, OA.start, Literal(99), "claim/quiet>: anchor 99..26 is empty"),
        (S, SCHEMA.headline, None, "has no schema:headline"),
        (S, SCHEMA.author, C, "which is no agent"),
        (S, SEN.sha256, Literal("00"), "not 64 lower-case hex digits"),
        (A, RDF.type, SEN.Agent, "must have exactly one of the types"),
        (MINER, RDF.type, None, "must be either a prov:Person"),
        (MINER, SCHEMA.softwareVersion, None, "needs its name and version"),
        (URIRef(f"{BASE}claim/jobs"), SEN.confidence, Literal("high"), "which is no number"),
        (URIRef(f"{BASE}claim/jobs"), SEN.confidence, Literal(1.5), "not between 0 and 1"),
        (LINK, SEN.premise, None, "has no premise"),
        (LINK, SEN.conclusion, None, "has no sen:conclusion"),
        (LINK, SEN.name, None, "several premises, so it needs a name"),
        (REBUT, SEN.kind, SEN.asserted, "which is no kind of attack"),
        (REBUT, SEN.kind, SEN.undercut, "which is no named support"),
        (REBUT, SEN.target, LINK, "which is no claim"),
        (URIRef(f"{BASE}debate"), SEN.base, None, "has no sen:base"),
        (URIRef(f"{BASE}debate"), RDF.type, None, "no sen:Debate in this graph"),
    ],
)
def test_refused(node: URIRef, prop: URIRef, value: URIRef | Literal | None, told: str) -> None:
    graph = union(TRAMS)
    graph.remove((node, prop, None))
    if value is not None:
        graph.add((node, prop, value))
    with pytest.raises(FormatError, match=told) as error:
        from_rdf(graph)
    assert "\n" not in str(error.value)


def test_refused_when_given_twice() -> None:
    graph = union(TRAMS)
    graph.add((C, SEN.text, Literal("Another.")))
    with pytest.raises(FormatError, match=r"more than one sen:text: 'Another.' and 'Trams are"):
        from_rdf(graph)


@pytest.mark.parametrize("prop", [SEN.supports, SEN.attacks, SEN.contradicts, SEN.rephrases])
def test_refused_when_an_edge_has_no_node(prop: URIRef) -> None:
    graph = union(TRAMS)
    graph.add((claim_iri(BASE, "stay"), prop, claim_iri(BASE, "same")))
    with pytest.raises(FormatError, match=r"has no sen:.* behind it"):
        from_rdf(graph)


def test_a_claim_without_origin_is_made_by_a_person() -> None:
    debate = Debate(
        "d", "D", "x:/", (Agent("a", "A"),), (Source("s", "S", "a"),), (Claim("c", "C", "s", "a"),)
    )
    graph = union(debate)
    graph.remove((None, PROV.wasAttributedTo, None))
    assert from_rdf(graph) == debate
