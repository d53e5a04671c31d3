"""What the analysis found, as quads in a named graph of their own, so that SPARQL can ask for it.

This module knows findings only by what they have, not by where they come from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF

from .model import Debate
from .oxigraph import Quad
from .vocab import (
    CONTRADICTION_KINDS,
    SEN,
    agent_iri,
    claim_iri,
    contradiction_iri,
    findings_graph_iri,
    issue_iri,
)

__all__ = ["Contradiction", "digest", "findings_to_quads", "iri_of"]


class Contradiction(Protocol):
    """Two claims that cannot stand together, as the analysis reports them."""

    @property
    def kind(self) -> str:
        """One of direct, supported, secondary, mediated, issue."""

    @property
    def first(self) -> str:
        """The id of the one claim."""

    @property
    def second(self) -> str:
        """The id of the other claim."""

    @property
    def first_holder(self) -> str:
        """The id of the agent that holds the one claim."""

    @property
    def second_holder(self) -> str:
        """The id of the agent that holds the other; the same for a self-contradiction."""

    @property
    def path(self) -> tuple[str, ...]:
        """The ids of the claims that prove it, with that of the issue in the middle if any."""

    @property
    def backing(self) -> Sequence[Contradiction]:
        """The longer contradictions whose path contains this one's."""

    @property
    def issue(self) -> str | None:
        """The id of the issue that both claims answer, if it is one of that kind."""

    @property
    def rank(self) -> int:
        """The place in the list of contradictions."""


def findings_to_quads(debate: Debate, contradictions: Iterable[Contradiction]) -> Iterator[Quad]:
    """The contradictions, and those that back them, as quads in the graph of findings.

    >>> list(findings_to_quads(Debate("trams", "Trams"), ()))
    []
    """
    graph = findings_graph_iri(debate.base)
    done: set[URIRef] = set()
    todo = list(contradictions)[::-1]
    while todo:
        found = todo.pop()
        iri = iri_of(debate, found)
        if iri in done:
            continue
        done.add(iri)
        yield from _one(debate, found, iri, graph)
        for backing in found.backing:
            yield iri_of(debate, backing), SEN.backs, iri, graph
        todo.extend(reversed(found.backing))


def digest(*key: str | None) -> str:
    """A digest of what a finding says, the same on every run.

    >>> digest("clash", None) == digest("clash", None) != digest("clash", "")
    True
    """
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32]


def iri_of(debate: Debate, found: Contradiction) -> URIRef:
    """The IRI of a contradiction, from a digest of its kind, holders, issue and path."""
    ends = found.first, found.second, found.first_holder, found.second_holder
    return contradiction_iri(debate.base, digest(found.kind, *ends, found.issue, *found.path))


def _one(debate: Debate, found: Contradiction, iri: URIRef, graph: URIRef) -> Iterator[Quad]:
    base = debate.base
    first, second = claim_iri(base, found.first), claim_iri(base, found.second)
    holders = agent_iri(base, found.first_holder), agent_iri(base, found.second_holder)
    yield iri, RDF.type, SEN.Contradiction, graph
    if found.first_holder == found.second_holder:
        yield iri, RDF.type, SEN.SelfContradiction, graph
    yield iri, SEN.contradictionKind, CONTRADICTION_KINDS[found.kind], graph
    yield iri, SEN.firstClaim, first, graph
    yield iri, SEN.secondClaim, second, graph
    yield iri, SEN.firstHolder, holders[0], graph
    yield iri, SEN.secondHolder, holders[1], graph
    for claim in (first, second):
        yield iri, SEN.between, claim, graph
    for holder in dict.fromkeys(holders):
        yield iri, SEN.holder, holder, graph
    yield iri, SEN.rank, Literal(found.rank), graph
    if found.issue is not None:
        yield iri, SEN.onIssue, issue_iri(base, found.issue), graph
    yield from _path(debate, found, iri, graph)


def _path(debate: Debate, found: Contradiction, iri: URIRef, graph: URIRef) -> Iterator[Quad]:
    """The path as an RDF list; the names of its cells come from the finding, not from chance."""
    label = iri.rpartition("/")[2] + hashlib.sha256(debate.base.encode()).hexdigest()[:8]
    cells = [BNode(f"p{label}n{i}") for i in range(len(found.path))]
    ends = [*cells, RDF.nil]
    yield iri, SEN.path, ends[0], graph
    for place, name in enumerate(found.path):
        issue = name == found.issue and name not in debate.claim_by_id
        node = (issue_iri if issue else claim_iri)(debate.base, name)
        yield cells[place], RDF.first, node, graph
        yield cells[place], RDF.rest, ends[place + 1], graph
