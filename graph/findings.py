"""All that the analysis finds in a debate, and that as quads, so that SPARQL can ask for it.

The quads stand in the graph of findings, apart from what was annotated, and are passed over when a
debate is read back. The IRI of a finding is made from a digest of what it says, so it stays the
same while the finding does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from typing import TypeAlias

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from .analysis.agreement import CommonGround, Matrix, Unanswered, common_ground, matrix, unanswered
from .analysis.camps import Camps, camps
from .analysis.clashes import Clash, clashes
from .analysis.contradictions import Contradiction, self_contradictions
from .analysis.cruxes import Cruxes, cruxes
from .analysis.framework import Reading
from .analysis.standing import Standing, standing
from .analysis.strength import Strengths, strengths
from .entailment import entailed
from .model import Debate
from .oxigraph import Quad
from .rdf import to_quads
from .rdf_findings import digest, findings_to_quads, iri_of
from .vocab import (
    AGREEMENTS,
    LABELS,
    READINGS,
    SEMANTICS,
    SEN,
    agent_iri,
    claim_iri,
    finding_iri,
    findings_graph_iri,
)

__all__ = ["Findings", "all_to_quads", "debate_quads", "find_all"]

#: What is said of a finding: a word and a term.
_Fact: TypeAlias = tuple[URIRef, Node]

#: The readings of support under which standings are found.
_READINGS: tuple[Reading, ...] = ("deductive", "necessary", "reasons")


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the analysis finds in one debate.

    Attributes:
        contradictions: between different holders, ranked.
        self_contradictions: within one holder, ranked.
        clashes: the contradictions with their points at issue, in the order of reading.
        cruxes: for each two authors of pieces that contradict each other, in the order of the
            debate.
        common_ground: what holders agree on.
        camps: the authors of pieces in groups.
        unanswered: the claims in clashes that nothing attacks back.
        matrix: how often each two authors of pieces contradict each other and agree.
        standings: under grounded semantics, for each reading in which supports count.
        strengths: the DF-QuAD strength of each claim.
    """

    contradictions: tuple[Contradiction, ...]
    self_contradictions: tuple[Contradiction, ...]
    clashes: tuple[Clash, ...]
    cruxes: tuple[Cruxes, ...]
    common_ground: tuple[CommonGround, ...]
    camps: Camps
    unanswered: tuple[Unanswered, ...]
    matrix: Matrix
    standings: tuple[Standing, ...]
    strengths: Strengths


def find_all(debate: Debate) -> Findings:
    """All that the analysis finds in a debate.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "good"),))
    >>> found = find_all(debate)
    >>> len(found.contradictions), found.camps.groups, found.standings[0].labels["good"]
    (1, (('her',), ('him',)), 'out')
    """
    disputes = clashes(debate)  # one for each contradiction, in another order
    rows = tuple(sorted((c.contradiction for c in disputes), key=lambda row: row.rank))
    return Findings(
        contradictions=rows,
        self_contradictions=self_contradictions(debate),
        clashes=disputes,
        cruxes=_cruxes(debate, rows),
        common_ground=common_ground(debate),
        camps=camps(debate, rows=rows),
        unanswered=unanswered(debate, found=disputes),
        matrix=matrix(debate, rows=rows),
        standings=tuple(standing(debate, reading=reading) for reading in _READINGS),
        strengths=strengths(debate),
    )


def all_to_quads(debate: Debate, findings: Findings) -> Iterator[Quad]:
    """The findings as quads in the graph of findings, with those that back a contradiction.

    >>> debate = Debate("trams", "Trams", "https://e.org/")
    >>> list(all_to_quads(debate, find_all(debate)))
    []
    """
    writer = _Writer(debate)
    yield from findings_to_quads(debate, (*findings.contradictions, *findings.self_contradictions))
    for clash in findings.clashes:
        yield from writer.clash(clash)
    yield from writer.unanswered(findings)
    for found in findings.cruxes:
        yield from writer.cruxes(found)
    for ground in findings.common_ground:
        yield from writer.common_ground(ground)
    yield from writer.camps(findings.camps)
    yield from writer.matrix(findings.matrix)
    for stands in findings.standings:
        yield from writer.standing(stands)
    for claim, strength in findings.strengths.items():
        yield from writer.about(writer.claim(claim), (SEN.strength, _decimal(strength)))


def debate_quads(debate: Debate, *, entail: bool = False) -> list[Quad]:
    """A debate and all that is found in it, and on request what follows in other vocabularies."""
    quads = [*to_quads(debate), *all_to_quads(debate, find_all(debate))]
    return [*quads, *entailed(quads, debate.base)] if entail else quads


class _Writer:
    """The quads of the findings of one debate, kind by kind."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.graph = findings_graph_iri(debate.base)

    def claim(self, name: str) -> URIRef:
        return claim_iri(self.debate.base, name)

    def agent(self, name: str) -> URIRef:
        return agent_iri(self.debate.base, name)

    def finding(self, kind: str, *key: str) -> URIRef:
        return finding_iri(self.debate.base, kind, digest(*key))

    def about(self, subject: URIRef, *facts: _Fact) -> Iterator[Quad]:
        for predicate, term in facts:
            yield subject, predicate, term, self.graph

    def clash(self, clash: Clash) -> Iterator[Quad]:
        contradiction = iri_of(self.debate, clash.contradiction)
        yield from self.about(
            self.finding("clash", contradiction),
            (RDF.type, SEN.Clash),
            (SEN.contradiction, contradiction),
            (SEN.pointAtIssue, Literal(clash.point)),
            (SEN.weight, Literal(clash.weight)),
            (SEN.rank, Literal(clash.rank)),
            *((SEN.firstBacking, self.claim(name)) for name in clash.first_backing),
            *((SEN.secondBacking, self.claim(name)) for name in clash.second_backing),
        )

    def unanswered(self, findings: Findings) -> Iterator[Quad]:
        rows = {clash.rank: clash.contradiction for clash in findings.clashes}
        for one in findings.unanswered:
            links = ((SEN.unansweredIn, iri_of(self.debate, rows[n])) for n in one.clashes)
            yield from self.about(self.claim(one.claim), *links)

    def cruxes(self, found: Cruxes) -> Iterator[Quad]:
        pair = sorted(found.authors)
        for crux in found.cruxes:
            yield from self.about(
                self.finding("crux", crux.claim, crux.holder, *pair),
                (RDF.type, SEN.Crux),
                (SEN.claim, self.claim(crux.claim)),
                (SEN.holder, self.agent(crux.holder)),
                *((SEN.cruxBetween, self.agent(name)) for name in pair),
                *((SEN.dissolves, iri_of(self.debate, row)) for row in crux.dissolves),
            )

    def common_ground(self, ground: CommonGround) -> Iterator[Quad]:
        key = (
            ground.relation,
            ground.first,
            ground.second,
            ground.first_holder,
            ground.second_holder,
        )
        claims = self.claim(ground.first), self.claim(ground.second)
        holders = self.agent(ground.first_holder), self.agent(ground.second_holder)
        yield from self.about(
            self.finding("common-ground", *key),
            (RDF.type, SEN.CommonGround),
            (SEN.agreement, AGREEMENTS[ground.relation]),
            (SEN.firstClaim, claims[0]),
            (SEN.secondClaim, claims[1]),
            (SEN.firstHolder, holders[0]),
            (SEN.secondHolder, holders[1]),
            *product((SEN.between,), claims),
            *product((SEN.holder,), holders),
        )

    def camps(self, found: Camps) -> Iterator[Quad]:
        for group in found.groups:
            yield from self.about(
                self.finding("camp", *sorted(group)),
                (RDF.type, SEN.Camp),
                (SEN.method, Literal(found.method)),
                (SEN.exact, Literal(found.exact)),
                *((SEN.hasMember, self.agent(name)) for name in group),
            )

    def matrix(self, found: Matrix) -> Iterator[Quad]:
        """The encounters; two who neither contradict each other nor agree have none."""
        for (x, one), (y, other) in combinations(enumerate(found.authors), 2):
            counts = found.contradictions[x][y], found.agreements[x][y]
            if any(counts):
                yield from self.about(
                    self.finding("encounter", *sorted((one, other))),
                    (RDF.type, SEN.Encounter),
                    *product((SEN.betweenAgents,), (self.agent(one), self.agent(other))),
                    (SEN.contradictionCount, Literal(counts[0])),
                    (SEN.agreementCount, Literal(counts[1])),
                )

    def standing(self, found: Standing) -> Iterator[Quad]:
        semantics, reading = SEMANTICS[found.semantics], READINGS[found.reading]
        for claim, label in found.labels.items():
            yield from self.about(
                self.finding("standing", claim, found.semantics, found.reading),
                (RDF.type, SEN.Standing),
                (SEN.ofClaim, self.claim(claim)),
                (SEN.semantics, semantics),
                (SEN.reading, reading),
                (SEN.label, LABELS[label]),
                (SEN.reason, Literal(found.reasons[claim])),
            )


def _decimal(value: float) -> Literal:
    """A number with no more than six digits after the point."""
    return Literal(format(Decimal(repr(round(value, 6))), "f"), datatype=XSD.decimal)


def _cruxes(debate: Debate, rows: tuple[Contradiction, ...]) -> tuple[Cruxes, ...]:
    """The cruxes of each two authors of pieces who contradict each other."""
    place = {author.id: n for n, author in enumerate(debate.authors)}
    met: dict[tuple[str, str], list[Contradiction]] = {}
    for row in rows:
        if row.first_holder in place and row.second_holder in place:
            one, other = sorted((row.first_holder, row.second_holder), key=place.__getitem__)
            met.setdefault((one, other), []).append(row)
    order = sorted(met, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return tuple(cruxes(debate, *pair, rows=met[pair]) for pair in order)
