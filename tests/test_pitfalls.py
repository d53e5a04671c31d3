"""The vocabulary has none of the pitfalls that OOPS! looks for, each put as a query.

Numbers and titles are those of the catalogue (Poveda-Villalón et al. 2014, "OOPS! (OntOlogy Pitfall
Scanner!): An On-line Tool for Ontology Evaluation"). Each query is tried on a small ontology that
has the pitfall, and then on ours.
"""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import pytest
from rdflib import Graph

from graph.vocab import PREFIXES, SEN

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
)
VOCABULARY = Graph().parse(
    data=(files("ontology") / "sicetnon.ttl").read_text("utf-8"), format="turtle"
)
A_PROPERTY = "VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty } ?it a ?kind ."


class Pitfall(NamedTuple):
    """What must not be found, and a small ontology in which it is."""

    name: str
    where: str
    broken: str


PITFALLS = (
    Pitfall(
        "P04 unconnected elements",
        "?it a owl:Class FILTER(isIRI(?it)) "
        "FILTER NOT EXISTS { ?other rdfs:domain|rdfs:range|rdfs:subClassOf|rdf:type|rdf:first ?it }"
        "FILTER NOT EXISTS { ?it rdfs:subClassOf ?more }",
        "sen:Alone a owl:Class .",
    ),
    Pitfall(
        "P05 wrong inverse relationships",
        "?it owl:inverseOf ?back . ?it rdfs:domain ?from . ?back rdfs:range ?to "
        "FILTER(isIRI(?from) && isIRI(?to) && ?from != ?to)",
        "sen:p owl:inverseOf sen:q ; rdfs:domain sen:A . sen:q rdfs:range sen:B .",
    ),
    Pitfall(
        "P06 cycles in a class hierarchy, P24 recursive definitions",
        "?it rdfs:subClassOf+ ?it",
        "sen:A rdfs:subClassOf sen:B . sen:B rdfs:subClassOf sen:A .",
    ),
    Pitfall(
        "P08 missing annotations",
        "{ ?it a owl:Class FILTER(isIRI(?it)) } UNION { " + A_PROPERTY + " } "
        "FILTER NOT EXISTS { ?it rdfs:label ?label ; rdfs:comment ?comment }",
        'sen:p a owl:ObjectProperty ; rdfs:label "p" .',
    ),
    Pitfall(
        "P10 missing disjointness",
        "?it a owl:Ontology FILTER NOT EXISTS { ?one a owl:AllDisjointClasses }",
        "<https://example.org/o> a owl:Ontology .",
    ),
    Pitfall(
        "P11 missing domain or range in properties",
        A_PROPERTY + " FILTER NOT EXISTS { ?it rdfs:domain ?domain ; rdfs:range ?range }"
        "FILTER(?it != sen:confidence)",  # of 0 to 1, as xsd:decimal and as xsd:double
        "sen:p a owl:ObjectProperty ; rdfs:domain sen:A .",
    ),
    Pitfall(
        "P13 inverse relationships not explicitly declared",
        # A way back from a word or a list leads to everything, so those need none.
        "?it a owl:ObjectProperty ; rdfs:range ?range "
        "FILTER NOT EXISTS { ?it a owl:SymmetricProperty }"
        "FILTER NOT EXISTS { ?it owl:inverseOf|^owl:inverseOf ?back }"
        "FILTER NOT EXISTS { ?word a ?range ; rdfs:label ?name }"
        "FILTER(?range != rdf:List)",
        "sen:p a owl:ObjectProperty ; rdfs:range sen:A .",
    ),
    Pitfall(
        "P19 several domains or ranges, which would be their intersection",
        "VALUES ?end { rdfs:domain rdfs:range } ?it ?end ?one, ?other FILTER(?one != ?other)",
        "sen:p rdfs:domain sen:A, sen:B .",
    ),
    Pitfall(
        "P20 misused annotations",
        "?it rdfs:label ?text ; rdfs:comment ?text",
        'sen:A rdfs:label "a" ; rdfs:comment "a" .',
    ),
    Pitfall(
        "P22 different naming conventions",
        "{ ?it a owl:Class FILTER(isIRI(?it) && !REGEX(STR(?it), '#[A-Z][A-Za-z]*$')) } UNION { "
        + A_PROPERTY
        + " FILTER(!REGEX(STR(?it), '#[a-z][A-Za-z0-9]*$')) }",
        "sen:has_claim a owl:ObjectProperty .",
    ),
    Pitfall(
        "P25 a relationship that is its own inverse",
        "?it owl:inverseOf ?it",
        "sen:p owl:inverseOf sen:p .",
    ),
    Pitfall(
        "P26 inverses of a symmetric relationship",
        "?it a owl:SymmetricProperty ; owl:inverseOf|^owl:inverseOf ?back",
        "sen:p a owl:SymmetricProperty ; owl:inverseOf sen:q .",
    ),
    Pitfall(
        "P28 P29 symmetric or transitive relationships between different kinds",
        "VALUES ?type { owl:SymmetricProperty owl:TransitiveProperty } "
        "?it a ?type ; rdfs:domain ?from ; rdfs:range ?to FILTER(?from != ?to)",
        "sen:p a owl:SymmetricProperty ; rdfs:domain sen:A ; rdfs:range sen:B .",
    ),
    Pitfall(
        "P32 several classes with one label",
        "?it a owl:Class ; rdfs:label ?name . ?other a owl:Class ; rdfs:label ?name "
        "FILTER(?it != ?other)",
        'sen:A a owl:Class ; rdfs:label "a" . sen:B a owl:Class ; rdfs:label "a" .',
    ),
    Pitfall(
        "P34 untyped class, P35 untyped property",
        "VALUES (?end ?type) { (rdfs:range owl:Class) (rdfs:domain owl:Class) "
        "(owl:inverseOf owl:ObjectProperty) (rdfs:subClassOf owl:Class) } "
        "?one ?end ?it FILTER(STRSTARTS(STR(?it), STR(sen:))) "
        "FILTER NOT EXISTS { ?it a ?type }",
        "sen:p rdfs:range sen:A .",
    ),
    Pitfall(
        "P36 a file extension in the address",
        "?it a owl:Ontology FILTER(REGEX(STR(?it), '[.](owl|rdf|ttl)$'))",
        "<https://example.org/o.ttl> a owl:Ontology .",
    ),
    Pitfall(
        "P40 namespace hijacking",
        "?it a ?type FILTER(STRSTARTS(STR(?type), STR(owl:)) && isIRI(?it) "
        "&& !STRSTARTS(STR(?it), STR(sen:)) && ?type != owl:Ontology)",
        "schema:Claim a owl:Class .",
    ),
    Pitfall(
        "P41 no licence declared, nor a version",
        "?it a owl:Ontology "
        "FILTER NOT EXISTS { ?it dcterms:license ?licence ; owl:versionIRI ?version }",
        "<https://example.org/o> a owl:Ontology .",
    ),
)


def found(graph: Graph, pitfall: Pitfall) -> list[str]:
    query = f"{HEAD}SELECT DISTINCT ?it {{ {pitfall.where} }}"
    return sorted(str(row[0]).removeprefix(SEN) for row in graph.query(query))  # type: ignore[index]


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.name)
def test_pitfall(pitfall: Pitfall) -> None:
    turtle = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    assert found(Graph().parse(data=turtle + pitfall.broken, format="turtle"), pitfall)
    assert not found(VOCABULARY, pitfall)


def test_an_ontology_is_declared() -> None:
    """P38, and the guard of the queries above that start from it."""
    assert len(list(VOCABULARY.query(f"{HEAD}SELECT ?it {{ ?it a owl:Ontology }}"))) == 1
