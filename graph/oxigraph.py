"""An rdflib dataset over Oxigraph that takes many quads at once, and is swapped as a whole.

rdflib adds triples one by one through Python; Oxigraph takes a hundred thousand claims in seconds
and answers SPARQL many times faster, so every dataset that this package makes is one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self, TypeAlias

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from .errors import StoreError
from .vocab import PREFIXES

__all__ = ["Answer", "OxDataset", "Quad", "ox_quads"]

#: Subject, predicate, object and the name of the graph, as rdflib terms.
Quad: TypeAlias = tuple[URIRef | BNode, URIRef, Node, URIRef]

#: An answer as Oxigraph gives it: rows or triples one by one, or yes or no.
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_OxTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


class _Store(OxigraphStore):  # type: ignore[misc, unused-ignore]
    """The Oxigraph store of oxrdflib, with a part inside that can be exchanged."""

    def exchange(self, inner: ox.Store | None) -> None:
        self._store = inner

    @property
    def inner(self) -> ox.Store:
        return self._inner


class OxDataset(Dataset):
    """An rdflib dataset kept by Oxigraph; its default graph is the union of all its graphs.

    >>> with OxDataset() as dataset:
    ...     len(dataset)
    0
    """

    def __init__(self, inner: ox.Store | None = None) -> None:
        self._kept = _Store(store=inner if inner is not None else ox.Store())
        super().__init__(store=self._kept, default_union=True)
        for prefix, iri in PREFIXES.items():
            self.bind(prefix, iri, override=True, replace=True)

    @property
    def default_context(self) -> Graph:
        """The default graph; rdflib itself still asks for it by this name, and warns of it."""
        graph: Graph = self.default_graph
        return graph

    @default_context.setter
    def default_context(self, graph: Graph) -> None:
        self.default_graph = graph

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store, for what rdflib is too slow for."""
        return self._kept.inner

    def exchange(self, inner: ox.Store | None) -> None:
        """Put another pyoxigraph store in place of this one, at once; ``None`` lets go of it."""
        self._kept.exchange(inner)

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Let go of the store, so that another process can open its folder."""
        del commit_pending_transaction
        self._kept.exchange(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def ox_quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """The same quads as pyoxigraph has them.

    Raises:
        StoreError: if an IRI is not valid, which an odd base of a debate can lead to.

    >>> quad = (URIRef("x:s"), URIRef("x:p"), Literal("o"), URIRef("x:g"))
    >>> [quad.object.value for quad in ox_quads([quad])]
    ['o']
    """
    names: dict[int, tuple[URIRef, ox.NamedNode]] = {}  # by identity: rdflib's hash is slow
    subject: Node | None = None
    ox_subject: ox.NamedNode | ox.BlankNode = ox.BlankNode()
    for s, p, o, g in quads:
        if s is not subject:
            subject = s
            ox_subject = ox.BlankNode(s) if isinstance(s, BNode) else _node(s)
        predicate = names.get(id(p))
        if predicate is None:
            predicate = names[id(p)] = (p, _node(p))
        graph = names.get(id(g))
        if graph is None:
            graph = names[id(g)] = (g, _node(g))
        yield ox.Quad(ox_subject, predicate[1], _term(o), graph[1])


def _node(iri: URIRef) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"<{iri}> is not a valid IRI: {error}") from None


def _term(term: Node) -> _OxTerm:
    if isinstance(term, URIRef):
        return _node(term)
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(term, language=term.language)
        if term.datatype is not None:
            return ox.Literal(term, datatype=ox.NamedNode(term.datatype))
        return ox.Literal(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    raise ValueError(f"Unexpected rdflib term: {term!r}")
