"""A debate as RDF: :func:`to_rdf` and :func:`from_rdf`, which undo each other exactly.

Every claim has its own node and short edges to others (``sen:supports``, ``sen:attacks``,
``sen:contradicts``, ``sen:rephrases``, ``sen:undercuts``), so that a query is short; every
relation has a node as well, which says who drew it and how. There is one named graph per source,
one for relations that no single piece draws, one for the debate, its agents and issues, and one
for findings. No fact stands in the names of the graphs alone, so their union says as much.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, XSD

from .model import (
    Agent,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Origin,
    OriginKind,
    Rephrase,
    Source,
    Support,
)
from .oxigraph import OxDataset, Quad, ox_quads
from .rdf_findings import Contradiction, findings_to_quads
from .rdf_reader import from_rdf
from .vocab import (
    AGENT_KINDS,
    ATTACK_KINDS,
    OA,
    SCHEMA,
    SEN,
    STATUSES,
    agent_iri,
    anchor_iri,
    attack_iri,
    claim_iri,
    debate_graph_iri,
    debate_iri,
    issue_iri,
    origin_iri,
    relations_graph_iri,
    rephrase_iri,
    selector_iri,
    source_graph_iri,
    source_iri,
    support_iri,
)

__all__ = ["Contradiction", "Quad", "findings_to_quads", "from_rdf", "to_quads", "to_rdf"]

_TYPE: Final = RDF.type
_LABEL: Final = RDFS.label
_ATTRIBUTED: Final = PROV.wasAttributedTo
_ID: Final = SEN.id
_SOURCE: Final = SEN.source
_IN_DEBATE: Final = SEN.inDebate
_CONFIDENCE: Final = SEN.confidence
_CLAIM: Final = SEN.Claim
_TEXT: Final = SEN.text
_HOLDER: Final = SEN.holder
_STATUS: Final = SEN.status
_KEYWORDS: Final = SCHEMA.keywords
_ANCHOR: Final = SEN.anchor
_SPECIFIC: Final = OA.SpecificResource
_HAS_SOURCE: Final = OA.hasSource
_HAS_SELECTOR: Final = OA.hasSelector
_POSITION: Final = OA.TextPositionSelector
_START: Final = OA.start
_END: Final = OA.end
_PARAGRAPH: Final = SEN.paragraph
_SENTENCE: Final = SEN.sentence
_SUPPORT: Final = SEN.Support
_PREMISE: Final = SEN.premise
_CONCLUSION: Final = SEN.conclusion
_SUPPORTS: Final = SEN.supports
_ATTACK: Final = SEN.Attack
_ATTACKER: Final = SEN.attacker
_TARGET: Final = SEN.target
_KIND: Final = SEN.kind
_ATTACKS: Final = SEN.attacks
_CONTRADICTS: Final = SEN.contradicts
_UNDERCUTS: Final = SEN.undercuts
_REPHRASE: Final = SEN.Rephrase
_BETWEEN: Final = SEN.between
_REPHRASES: Final = SEN.rephrases

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18  # after the point, in the decimals that Oxigraph can compare


def to_rdf(debate: Debate) -> OxDataset:
    """The debate as an rdflib dataset in memory; its default graph is the union of its graphs.

    >>> her = Agent("her", "Hannah")
    >>> piece = Source("piece", "On trams", "her")
    >>> trams = Debate("trams", "Trams", agents=(her,), sources=(piece,),
    ...                claims=(Claim("a", "Trams are quiet.", "piece", "her"),))
    >>> from_rdf(to_rdf(trams)) == trams
    True
    """
    dataset = OxDataset()
    dataset.inner.extend(ox_quads(to_quads(debate)))
    return dataset


def to_quads(debate: Debate) -> Iterator[Quad]:
    """The debate as quads of rdflib terms, graph by graph as the parts stand in the debate.

    >>> {str(graph) for *_, graph in to_quads(Debate("trams", "Trams", "https://e.org/"))}
    {'https://e.org/graph/debate'}
    """
    writer = _Writer(debate)
    yield from writer.head()
    for source in debate.sources:
        yield from writer.source(source)
    for claim in debate.claims:
        yield from writer.claim(claim)
    for support in debate.supports:
        yield from writer.support(support)
    for attack in debate.attacks:
        yield from writer.attack(attack)
    for rephrase in debate.rephrases:
        yield from writer.rephrase(rephrase)
    yield from writer.origins()


class _Names(dict[str, URIRef]):
    """The IRIs of one kind of thing, each made once."""

    def __init__(self, make: Callable[[str, str], URIRef], base: str) -> None:
        self._make, self._base = make, base

    def __missing__(self, name: str) -> URIRef:
        self[name] = iri = self._make(self._base, name)
        return iri


class _Writer:
    """The quads of one debate, part by part."""

    def __init__(self, debate: Debate) -> None:
        self.debate, self.base = debate, debate.base
        self.agents = _Names(agent_iri, self.base)
        self.sources = _Names(source_iri, self.base)
        self.claims = _Names(claim_iri, self.base)
        self.graphs = _Names(source_graph_iri, self.base)
        self.iri = debate_iri(self.base)
        self.main = debate_graph_iri(self.base)
        self.between = relations_graph_iri(self.base)
        self.seen: dict[Origin, URIRef] = {}

    def head(self) -> Iterator[Quad]:
        """The debate, its agents and its issues."""
        graph = self.main
        yield self.iri, _TYPE, SEN.Debate, graph
        yield self.iri, _ID, Literal(self.debate.id), graph
        yield self.iri, SEN.base, Literal(self.base), graph
        yield from _named(self.iri, SCHEMA.name, self.debate.title, graph)
        for agent in self.debate.agents:
            yield from self.agent(agent)
        for issue in self.debate.issues:
            yield from self.issue(issue)

    def agent(self, agent: Agent) -> Iterator[Quad]:
        iri, graph = self.agents[agent.id], self.main
        yield iri, _TYPE, SEN.Agent, graph
        yield iri, _TYPE, AGENT_KINDS[agent.kind], graph
        yield iri, _ID, Literal(agent.id), graph
        yield iri, _IN_DEBATE, self.iri, graph
        yield from _named(iri, SCHEMA.name, agent.name, graph)
        for member in agent.members:
            yield iri, SCHEMA.member, self.agents[member], graph

    def issue(self, issue: Issue) -> Iterator[Quad]:
        iri, graph = issue_iri(self.base, issue.id), self.main
        yield iri, _TYPE, SEN.Issue, graph
        yield iri, _ID, Literal(issue.id), graph
        yield iri, _IN_DEBATE, self.iri, graph
        yield from _named(iri, SEN.question, issue.question, graph)
        for name in issue.pro:
            yield self.claims[name], SEN.answersPro, iri, graph
        for name in issue.con:
            yield self.claims[name], SEN.answersCon, iri, graph

    def source(self, source: Source) -> Iterator[Quad]:
        iri, graph = self.sources[source.id], self.graphs[source.id]
        yield iri, _TYPE, SEN.Source, graph
        yield iri, _ID, Literal(source.id), graph
        yield iri, _IN_DEBATE, self.iri, graph
        yield from _named(iri, SCHEMA.headline, source.title, graph)
        yield iri, SCHEMA.author, self.agents[source.author], graph
        if source.date is not None:
            yield iri, SCHEMA.datePublished, _date(source.date), graph
        for predicate, value in (
            (SCHEMA.genre, source.genre),
            (SCHEMA.publisher, source.publisher),
            (SKOS.note, source.note),
            (SEN.textFile, source.text),
            (SEN.sha256, source.sha256),
        ):
            if value is not None:
                yield iri, predicate, Literal(value), graph

    def claim(self, claim: Claim) -> Iterator[Quad]:
        iri, graph, source = (
            self.claims[claim.id],
            self.graphs[claim.source],
            self.sources[claim.source],
        )
        yield iri, _TYPE, _CLAIM, graph
        yield iri, _ID, Literal(claim.id), graph
        yield from _named(iri, _TEXT, claim.text, graph)
        yield iri, _SOURCE, source, graph
        yield iri, _HOLDER, self.agents[claim.holder], graph
        yield iri, _STATUS, STATUSES[claim.status], graph
        for tag in claim.tags:
            yield iri, _KEYWORDS, Literal(tag), graph
        yield from self.origin(iri, claim.origin, graph)
        if claim.anchor is not None:
            place, span = anchor_iri(self.base, claim.id), selector_iri(self.base, claim.id)
            yield iri, _ANCHOR, place, graph
            yield place, _TYPE, _SPECIFIC, graph
            yield place, _HAS_SOURCE, source, graph
            yield place, _HAS_SELECTOR, span, graph
            yield place, _PARAGRAPH, Literal(claim.anchor.paragraph), graph
            yield place, _SENTENCE, Literal(claim.anchor.sentence), graph
            yield span, _TYPE, _POSITION, graph
            yield span, _START, Literal(claim.anchor.start), graph
            yield span, _END, Literal(claim.anchor.end), graph

    def support(self, support: Support) -> Iterator[Quad]:
        iri, graph = support_iri(self.base, support.id), self.whence(support.source)
        conclusion = self.claims[support.conclusion]
        yield iri, _TYPE, _SUPPORT, graph
        for name in support.premises:
            yield iri, _PREMISE, self.claims[name], graph
        yield iri, _CONCLUSION, conclusion, graph
        if support.name is not None:
            yield iri, SEN.name, Literal(support.name), graph
        if support.scheme is not None:
            yield iri, SEN.scheme, Literal(support.scheme), graph
        yield from self.drawn(iri, support, graph)
        for name in support.premises:
            yield self.claims[name], _SUPPORTS, conclusion, graph

    def attack(self, attack: Attack) -> Iterator[Quad]:
        iri, graph = attack_iri(self.base, attack.id), self.whence(attack.source)
        attacker, undercut = self.claims[attack.attacker], attack.kind is AttackKind.UNDERCUT
        target = support_iri(self.base, attack.target) if undercut else self.claims[attack.target]
        yield iri, _TYPE, _ATTACK, graph
        yield iri, _ATTACKER, attacker, graph
        yield iri, _TARGET, target, graph
        yield iri, _KIND, ATTACK_KINDS[attack.kind], graph
        yield from self.drawn(iri, attack, graph)
        yield attacker, _UNDERCUTS if undercut else _ATTACKS, target, graph
        if attack.kind.symmetric:
            yield attacker, _CONTRADICTS, target, graph
            yield target, _ATTACKS, attacker, graph
            yield target, _CONTRADICTS, attacker, graph

    def rephrase(self, rephrase: Rephrase) -> Iterator[Quad]:
        iri, graph = rephrase_iri(self.base, rephrase.id), self.whence(rephrase.source)
        first, second = self.claims[rephrase.first], self.claims[rephrase.second]
        yield iri, _TYPE, _REPHRASE, graph
        yield iri, _BETWEEN, first, graph
        yield iri, _BETWEEN, second, graph
        yield from self.drawn(iri, rephrase, graph)
        yield first, _REPHRASES, second, graph
        yield second, _REPHRASES, first, graph

    def whence(self, source: str | None) -> URIRef:
        """The named graph of a relation."""
        return self.between if source is None else self.graphs[source]

    def drawn(
        self, iri: URIRef, relation: Support | Attack | Rephrase, graph: URIRef
    ) -> Iterator[Quad]:
        """Where and by whom a relation was drawn."""
        if relation.source is not None:
            yield iri, _SOURCE, self.sources[relation.source], graph
        yield from self.origin(iri, relation.origin, graph)

    def origin(self, iri: URIRef, origin: Origin, graph: URIRef) -> Iterator[Quad]:
        who = self.seen.get(origin)
        if who is None:
            who = self.seen[origin] = origin_iri(self.base, origin)
        yield iri, _ATTRIBUTED, who, graph
        if origin.confidence is not None:
            yield iri, _CONFIDENCE, _number(origin.confidence), graph

    def origins(self) -> Iterator[Quad]:
        """The persons and miners that the annotations are attributed to, each once."""
        for iri, origin in {iri: origin for origin, iri in self.seen.items()}.items():
            miner = origin.kind is OriginKind.MINER
            yield iri, _TYPE, PROV.SoftwareAgent if miner else PROV.Person, self.main
            if origin.name is not None:
                yield from _named(iri, SCHEMA.name, origin.name, self.main)
            if origin.version is not None:
                yield iri, SCHEMA.softwareVersion, Literal(origin.version), self.main


def _named(iri: URIRef, predicate: URIRef, text: str, graph: URIRef) -> Iterator[Quad]:
    """The text under the word that fits it, and as the label that other tools show."""
    literal = Literal(text)
    yield iri, predicate, literal, graph
    yield iri, _LABEL, literal, graph


def _date(text: str) -> Literal:
    """A day of the calendar as ``xsd:date``, any other date as the text it is."""
    if _DAY.fullmatch(text):
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return Literal(text)
        return Literal(text, datatype=XSD.date)
    return Literal(text)


def _number(value: float) -> Literal:
    """A number without loss: a decimal, or where that is too long for Oxigraph, a double.

    rdflib's Turtle writes doubles with seven digits, decimals with all.
    """
    digits = format(Decimal(repr(float(value))), "f")
    if len(digits.partition(".")[2]) <= _MOST_DIGITS:
        return Literal(digits, datatype=XSD.decimal)
    return Literal(repr(float(value)), datatype=XSD.double)
