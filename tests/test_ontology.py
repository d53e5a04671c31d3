"""The vocabulary: every word that is used is defined, and every definition is complete."""

from __future__ import annotations

import html
import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import owlrl
import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from graph.findings import all_to_quads, find_all
from graph.query import named_queries
from graph.rdf import findings_to_quads, from_rdf, to_quads
from graph.vocab import PREFIXES, SEN
from tests.examples_rdf import FOUND, TRAMS
from tests.programs import ROOT, run

HOME = files("ontology")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
#: Words that are defined for people who build on the vocabulary, and that nothing here writes.
UNWRITTEN = {SEN.Relation, SEN.Finding, SEN.Status, SEN.AttackKind}
#: Classes whose members are words, not all of which are written of one debate.
KINDS = {
    SEN.ContradictionKind,
    SEN.AgreementKind,
    SEN.Semantics,
    SEN.Reading,
    SEN.Label,
}


def read(name: str) -> Graph:
    return Graph().parse(data=(HOME / name).read_text(encoding="utf-8"), format="turtle")


VOCABULARY = read("sicetnon.ttl")
DEFINED = {
    s
    for s in VOCABULARY.subjects(RDF.type)
    if isinstance(s, URIRef) and str(s).startswith(str(SEN))
}


def written() -> Graph:
    """The trams with findings, without graphs."""
    graph = Graph()
    quads = *to_quads(TRAMS), *findings_to_quads(TRAMS, FOUND)
    for s, p, o, _ in (*quads, *all_to_quads(TRAMS, find_all(TRAMS))):
        graph.add((s, p, o))
    return graph


def words(graph: Graph) -> set[URIRef]:
    return {
        term
        for triple in graph
        for term in triple
        if isinstance(term, URIRef) and term.startswith(str(SEN)) and term != URIRef(SEN)
    }


def mentioned(text: str) -> set[URIRef]:
    return {SEN[name] for name in re.findall(r"\bsen:(\w+)", text)}


def test_every_word_written_is_defined() -> None:
    assert words(written()) <= DEFINED


def test_every_word_defined_is_written() -> None:
    kinds = {s for s in DEFINED if KINDS.intersection(VOCABULARY.objects(s, RDF.type))}
    kinds |= {SEN.contrary}
    back = set(VOCABULARY.subjects(OWL.inverseOf))
    assert words(written()) | UNWRITTEN | KINDS | kinds | back == DEFINED


def test_every_word_elsewhere_is_defined() -> None:
    assert words(read("alignments.ttl")) <= DEFINED
    assert words(read("bridges.ttl")) <= DEFINED
    assert words(read("shapes.ttl")) <= DEFINED
    for query in named_queries():
        assert mentioned(query.text) <= DEFINED, query.name
    assert mentioned((HOME / "context.jsonld").read_text(encoding="utf-8")) <= DEFINED


@pytest.mark.parametrize("term", sorted(DEFINED, key=str))
def test_definition_is_complete(term: URIRef) -> None:
    (label,) = VOCABULARY.objects(term, RDFS.label)
    (comment,) = VOCABULARY.objects(term, RDFS.comment)
    assert isinstance(label, Literal)
    assert label.language == "en"
    assert isinstance(comment, Literal)
    assert comment.language == "en"
    assert str(comment)[0].isupper()
    assert str(comment).endswith(".")
    if set(VOCABULARY.objects(term, RDF.type)) & set(PROPERTIES):
        assert VOCABULARY.value(term, RDFS.domain) is not None
        assert VOCABULARY.value(term, RDFS.range) is not None or term == SEN.confidence


def test_header() -> None:
    (ontology,) = VOCABULARY.subjects(RDF.type, OWL.Ontology)
    for prop in (DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI):
        assert VOCABULARY.value(ontology, prop) is not None
    vann = "http://purl.org/vocab/vann/preferredNamespace"
    assert VOCABULARY.value(ontology, URIRef(f"{vann}Prefix")) == Literal("sen")
    assert VOCABULARY.value(ontology, URIRef(f"{vann}Uri")) == Literal(str(SEN))


@pytest.mark.program
def test_the_reference_page_tells_of_every_class_and_property(tmp_path: Path) -> None:
    page = tmp_path / "vocabulary.html"
    pylode = Path(sys.executable).parent / "pylode"
    run(pylode, "--outputfile", page, ROOT / "ontology" / "sicetnon.ttl")
    text = page.read_text(encoding="utf-8")
    kinds = {OWL.Class, *PROPERTIES}
    for term in (t for t in DEFINED if kinds.intersection(VOCABULARY.objects(t, RDF.type))):
        told = html.escape(str(VOCABULARY.value(term, RDFS.comment)), quote=False)
        assert told[:40] in text, term
    assert not re.search(r"<(script|img|link)[^>]+(src|href)=.https?:", text)


def test_prefixes_are_the_same_everywhere() -> None:
    for name in ("sicetnon.ttl", "alignments.ttl", "bridges.ttl", "shapes.ttl"):
        text = (HOME / name).read_text(encoding="utf-8")
        for prefix, iri in re.findall(r"^@prefix (\w+): <(.*)> \.$", text, re.MULTILINE):
            assert PREFIXES.get(prefix, iri) == iri, (name, prefix)


def test_shapes_have_plain_messages() -> None:
    shapes = read("shapes.ttl")
    sh = "http://www.w3.org/ns/shacl#"
    for shape in shapes.subjects(RDF.type, URIRef(f"{sh}PropertyShape")):
        (message,) = shapes.objects(shape, URIRef(f"{sh}message"))
        assert str(message).endswith(".")


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # inside rdflib
def test_context_is_lossless() -> None:
    context = json.loads((HOME / "context.jsonld").read_text(encoding="utf-8"))
    graph = written()
    text = graph.serialize(format="json-ld", context=context["@context"], auto_compact=False)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    nodes = json.loads(text)["@graph"]
    (claim,) = (n for n in nodes if n.get("id") == "build")
    assert claim["@type"] == "Claim"
    assert claim["text"] == "The city should build trams."
    assert claim["status"] == "asserted"
    dataset = Dataset()
    dataset.parse(data=text, format="json-ld")
    assert from_rdf(dataset) == TRAMS


def test_context_names_every_word() -> None:
    context = json.loads((HOME / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {v["@id"] if isinstance(v, dict) else v for v in context.values() if v != 1.1}
    used = set(written().predicates()) | set(written().objects(None, RDF.type))
    for term in used:
        starts = {str(term).replace(iri, f"{prefix}:") for prefix, iri in PREFIXES.items()}
        assert starts & named or str(term).startswith(str(RDF)), term


def errors_under_owl_rl(*more: tuple[URIRef, URIRef, URIRef | Literal]) -> list[str]:
    """What an OWL RL reasoner finds wrong in vocabulary, alignments and data together."""
    graph = read("sicetnon.ttl") + read("alignments.ttl") + read("bridges.ttl") + written()
    for triple in more:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    wrong = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(message) for message in graph.objects(None, wrong)]


def test_vocabulary_alignments_and_data_are_consistent() -> None:
    assert errors_under_owl_rl() == []


def test_a_contradiction_in_the_data_would_be_found() -> None:
    claim = URIRef(f"{TRAMS.base}claim/quiet")
    assert errors_under_owl_rl((claim, RDF.type, SEN.Agent))
    assert errors_under_owl_rl((claim, SEN.status, SEN.conceded))
