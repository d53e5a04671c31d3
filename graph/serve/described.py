"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C 2013)."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS

from .negotiate import GRAPHS, RESULTS

__all__ = ["in_format", "service_description"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML",
    "jsonld": "JSON-LD", "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip

#: The formats of RDF by suffix, as rdflib calls them.
_RDFLIB = {
    "ttl": "turtle",
    "nt": "nt",
    "rdf": "xml",
    "jsonld": "json-ld",
    "trig": "turtle",
    "nq": "nt",
}


def service_description(endpoint: str, media: str) -> bytes:
    """The description of the endpoint at that address, in one of the formats of graphs."""
    graph = Graph()
    graph.bind("sd", _SD)
    service, dataset = BNode(), BNode()
    for predicate, node in (
        (RDF.type, _SD.Service),
        (_SD.endpoint, URIRef(endpoint)),
        (_SD.supportedLanguage, _SD.SPARQL11Query),
        (_SD.feature, _SD.UnionDefaultGraph),
        (_SD.defaultDataset, dataset),
        (RDFS.label, Literal("Sic et Non, for reading")),
    ):
        graph.add((service, predicate, node))
    graph.add((dataset, RDF.type, _SD.Dataset))
    for suffix in dict.fromkeys([*RESULTS.values(), *GRAPHS.values()]):
        graph.add((service, _SD.resultFormat, _FORMATS[_NAMES[suffix]]))
    return in_format(graph, media)


def in_format(graph: Graph, media: str) -> bytes:
    """A graph in the format of a media type."""
    return graph.serialize(format=_RDFLIB[GRAPHS[media]], encoding="utf-8")
