"""The triples of a graph by subject and property, and what they say read with care.

Everything that is missing, given twice or of the wrong type ends in one line that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias, TypeVar

import pyoxigraph as ox
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import Node

from .errors import FormatError
from .oxigraph import OxDataset
from .vocab import OA, PREFIXES, SCHEMA, SEN

__all__ = ["REAL", "WHOLE", "Edge", "Facts", "Term", "Text", "number", "short", "shown", "string"]


class Text(NamedTuple):
    """A literal."""

    value: str
    datatype: str
    language: str | None


Term: TypeAlias = str | Text  # an IRI or a blank node is a plain string here
#: A short edge between claims: subject, property and object.
Edge: TypeAlias = tuple[str, str, Term]
_T = TypeVar("_T")

_STRING: Final = str(XSD.string)
#: The types of whole numbers, and of all numbers.
WHOLE: Final = frozenset(
    str(XSD[name])
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
REAL: Final = WHOLE | {str(XSD[n]) for n in ("decimal", "double", "float")}
_TYPE: Final = str(RDF.type)
_EDGES: Final = frozenset(
    str(SEN[n]) for n in ("supports", "attacks", "contradicts", "undercuts", "rephrases")
)
#: Words that only findings have, and those that a debate has no use for.
_OF_FINDINGS: Final = (
    "agreement agreementCount backs betweenAgents claim contradiction contradictionCount "
    "contradictionKind cruxBetween dissolves exact firstBacking firstClaim firstHolder hasMember "
    "label method ofClaim onIssue path pointAtIssue rank reading reason secondBacking secondClaim "
    "secondHolder semantics strength unansweredIn weight"
)
_PASSED_OVER: Final = frozenset(
    map(
        str,
        (
            *(RDFS.label, RDFS.comment, RDF.first, RDF.rest, OA.hasSource),
            *(SEN[name] for name in _OF_FINDINGS.split()),
        ),
    )
)


def _triples(graph: Graph) -> Iterator[tuple[str, str, Term]]:
    """The triples of all graphs, as plain strings; one that stands in two graphs comes twice."""
    if isinstance(graph, OxDataset):
        for quad in graph.inner:
            predicate = quad.predicate.value
            if predicate not in _PASSED_OVER:
                yield _ox_name(quad.subject), predicate, _ox_term(quad.object)
        return
    found = (quad[:3] for quad in graph.quads()) if isinstance(graph, Dataset) else iter(graph)
    for s, p, o in found:
        predicate = str(p)
        if predicate not in _PASSED_OVER:
            term = _rdflib_term(o)
            yield str(_rdflib_term(s)), predicate, term


def _ox_name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _ox_term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return Text(term.value, term.datatype.value, term.language)
    return _ox_name(term)


def _rdflib_term(term: Node) -> Term:
    if isinstance(term, Literal):
        return Text(str(term), str(term.datatype or XSD.string), term.language)
    return str(term) if isinstance(term, URIRef) else f"_:{term}"


def short(iri: str) -> str:
    """An IRI as a person reads it: with a prefix where we have one.

    >>> short("https://w3id.org/sicetnon#text"), short("https://e.org/a")
    ('sen:text', '<https://e.org/a>')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri if iri.startswith("_:") else f"<{iri}>"


def shown(term: Term) -> str:
    """An IRI or a literal as a person reads it.

    >>> shown(Text("one", "", None))
    "'one'"
    """
    return repr(term.value) if isinstance(term, Text) else short(term)


class Facts:
    """What a graph says about each node, whatever graphs of a dataset the triples stand in.

    >>> facts = Facts(Graph().parse(data='<x:a> <x:p> "one" .', format="turtle"))
    >>> facts.text("x:a", URIRef("x:p"))
    'one'
    """

    def __init__(self, graph: Graph) -> None:
        self.about: dict[str, dict[str, list[Term]]] = {}
        self.edges: set[Edge] = set()
        self.by_type: dict[str, list[str]] = {}
        for s, p, o in _triples(graph):
            if p in _EDGES:
                self.edges.add((s, p, o))
                continue
            if (about := self.about.get(s)) is None:
                about = self.about[s] = {}
            if (values := about.get(p)) is None:
                about[p] = [o]
            elif o not in values:
                values.append(o)
        for subject, about in self.about.items():
            for kind in about.get(_TYPE, ()):
                if isinstance(kind, str):
                    self.by_type.setdefault(kind, []).append(subject)

    def of_type(self, kind: URIRef) -> list[str]:
        """The nodes of a type."""
        return self.by_type.get(str(kind), [])

    def several(self, node: str, prop: URIRef) -> list[Term]:
        """All values of a property of a node."""
        return self.about[node].get(str(prop), [])

    def maybe(self, node: str, prop: URIRef) -> Term | None:
        """The one value, or ``None``."""
        values = self.several(node, prop)
        if len(values) > 1:
            told = " and ".join(sorted(shown(v) for v in values)[:2])
            raise FormatError(f"{short(node)} has more than one {short(prop)}: {told}")
        return values[0] if values else None

    def one(self, node: str, prop: URIRef) -> Term:
        """The one value."""
        if (value := self.maybe(node, prop)) is None:
            raise FormatError(f"{short(node)} has no {short(prop)}")
        return value

    def text(self, node: str, prop: URIRef) -> str:
        """The one value, a text."""
        return string(node, prop, self.one(node, prop))

    def maybe_text(self, node: str, prop: URIRef) -> str | None:
        """The one value, a text, or ``None``."""
        value = self.maybe(node, prop)
        return None if value is None else string(node, prop, value)

    def whole(self, node: str, prop: URIRef) -> int:
        """The one value, a whole number."""
        return int(number(node, prop, self.one(node, prop), WHOLE, int))

    def known(self, node: str, prop: URIRef, value: Term, among: Mapping[str, _T], what: str) -> _T:
        """What a value stands for among the things that are known."""
        found = among.get(value) if isinstance(value, str) else None
        if found is None:
            raise FormatError(
                f"{short(node)} has the {short(prop)} {shown(value)}, which is no {what}"
            )
        return found

    def link(self, node: str, prop: URIRef, among: Mapping[str, _T], what: str) -> _T:
        """What the one value stands for among the things that are known."""
        return self.known(node, prop, self.one(node, prop), among, what)

    def links(
        self, node: str, prop: URIRef, among: Mapping[str, str], what: str
    ) -> tuple[str, ...]:
        """The ids that all values stand for, sorted."""
        values = self.several(node, prop)
        return tuple(sorted(self.known(node, prop, v, among, what) for v in values))

    def described(self, node: str, prop: URIRef, value: Term) -> str:
        """The node that a value is, about which there must be facts."""
        if not isinstance(value, str) or value not in self.about:
            told = f"{short(prop)} {shown(value)}"
            raise FormatError(f"{short(node)} has the {told}, which is not described")
        return value


def string(node: str, prop: URIRef, value: Term) -> str:
    """The text of a value, which must be a plain string."""
    if not isinstance(value, Text):
        raise FormatError(f"{short(node)} has the {short(prop)} {shown(value)}, which is no text")
    if value.language:
        raise FormatError(
            f"{short(node)} has a {short(prop)} in the language {value.language}; "
            "a debate keeps no languages, so leave it out"
        )
    if value.datatype == _STRING or (
        prop == SCHEMA.datePublished and value.datatype == str(XSD.date)
    ):
        return value.value
    raise FormatError(
        f"{short(node)} has the {short(prop)} {shown(value)} of type {short(value.datatype)}, "
        "which is no text"
    )


def number(
    node: str, prop: URIRef, value: Term, types: frozenset[str], make: Callable[[str], _T]
) -> _T:
    """The number of a value, which must have one of the types."""
    if isinstance(value, Text) and value.datatype in types:
        try:
            return make(value.value)
        except ValueError:
            pass
    what = "whole number" if types is WHOLE else "number"
    raise FormatError(f"{short(node)} has the {short(prop)} {shown(value)}, which is no {what}")
