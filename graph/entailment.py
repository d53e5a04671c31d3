"""What follows of a debate in the words of AIF, schema.org, CiTO and others.

The alignments and the bridges say which of our classes and properties are kinds of theirs; here
that is applied (RDF Schema 1.1, rules rdfs5, rdfs7, rdfs9 and rdfs11) and the outcome put into a
graph of its own: so a query written for those vocabularies finds claims and relations, and all else
stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from .oxigraph import Quad
from .vocab import entailed_graph_iri

__all__ = ["entailed"]


def entailed(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """The quads that follow from those of a debate with that base, each once.

    >>> from .vocab import SEN
    >>> claim, graph = URIRef("x:claim"), URIRef("x:graph")
    >>> found = entailed([(claim, RDF.type, SEN.Claim, graph)], "x:")
    >>> "https://schema.org/Claim" in {str(o) for _, _, o, _ in found}
    True
    """
    classes, properties = _above(RDFS.subClassOf), _above(RDFS.subPropertyOf)
    graph = entailed_graph_iri(base)
    given: set[tuple[Node, Node, Node]] = set()
    found: dict[tuple[URIRef | BNode, URIRef, Node], None] = {}
    for s, p, o, _ in quads:
        given.add((s, p, o))
        if p == RDF.type:
            found.update(dict.fromkeys((s, p, above) for above in classes.get(o, ())))
        found.update(dict.fromkeys((s, above, o) for above in properties.get(p, ())))
    yield from ((s, p, o, graph) for s, p, o in found if (s, p, o) not in given)


@cache
def _above(relation: URIRef) -> Mapping[Node, tuple[URIRef, ...]]:
    """What each class or property of the vocabulary is a kind of, over any number of steps."""
    vocabulary = Graph()
    for name in ("sicetnon.ttl", "alignments.ttl", "bridges.ttl"):
        vocabulary.parse(data=(files("ontology") / name).read_text("utf-8"), format="turtle")
    above: dict[Node, tuple[URIRef, ...]] = {}
    for term in set(vocabulary.subjects(relation)):
        found = vocabulary.transitive_objects(term, relation)
        above[term] = tuple(sorted(t for t in found if isinstance(t, URIRef) and t != term))
    return MappingProxyType(above)
