"""A debate read back from RDF, whatever graphs its triples stand in.

The nodes of supports, attacks and rephrases are what counts. The short edges between claims only
repeat them, so an edge without its node is an error, lest a reader's edge be dropped in silence.
Labels, findings and words of other vocabularies are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from rdflib import Graph, URIRef
from rdflib.namespace import PROV, RDF, SKOS

from .errors import DebateError, FormatError
from .model import (
    Agent,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Origin,
    OriginKind,
    Rephrase,
    Source,
    Status,
    Support,
    nearest,
)
from .rdf_facts import REAL, Edge, Facts, Term, number, short, shown, string
from .vocab import AGENT_KINDS, ATTACK_KINDS, OA, SCHEMA, SEN, STATUSES

__all__ = ["from_rdf"]

_T = TypeVar("_T")


def from_rdf(graph: Graph, debate: str | None = None) -> Debate:
    """The debate that an rdflib graph or dataset holds, in any of its graphs.

    Args:
        graph: a graph, or a dataset, all of whose graphs are read.
        debate: the id of the debate to read, where there are several.

    Raises:
        FormatError: if something is missing, given twice or of the wrong type, or if the parts do
            not make a sound debate.

    >>> turtle = '''
    ... @prefix sen: <https://w3id.org/sicetnon#> . @prefix schema: <https://schema.org/> .
    ... <x:debate> a sen:Debate ; sen:id "d" ; sen:base "x:/" ; schema:name "Trams" .
    ... '''
    >>> from_rdf(Graph().parse(data=turtle, format="turtle")).title
    'Trams'
    """
    reader = _Reader(graph)
    try:
        return reader.debate(debate)
    except DebateError as error:
        raise FormatError(str(error)) from None


class _Reader(Facts):
    """The facts of a graph, and the debate made of them."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.origins: dict[tuple[Term, ...], Origin] = {}

    def debate(self, wanted: str | None) -> Debate:
        head, several = self.head(wanted)

        def mine(kind: URIRef) -> dict[str, str]:
            """The ids of the parts of one type that belong to this debate, by IRI."""
            nodes = self.of_type(kind)
            if several:
                nodes = [n for n in nodes if self.one(n, SEN.inDebate) == head]
            return {n: self.text(n, SEN.id) for n in nodes}

        self.agents, self.sources, self.issues = (
            mine(SEN.Agent),
            mine(SEN.Source),
            mine(SEN.Issue),
        )
        self.claims = {
            n: self.text(n, SEN.id)
            for n in self.of_type(SEN.Claim)
            if not several or self.one(n, SEN.source) in self.sources
        }
        answers = self.answers()
        issues = (Issue(n, self.text(i, SEN.question), *answers[i]) for i, n in self.issues.items())
        supports = [*self.relations(SEN.Support, SEN.conclusion, several, self.support)]
        self.supports = {iri: s.name for iri, s in supports if s.name is not None}
        attacks = [*self.relations(SEN.Attack, SEN.attacker, several, self.attack)]
        rephrases = [*self.relations(SEN.Rephrase, SEN.between, several, self.rephrase)]
        made = Debate(
            self.text(head, SEN.id),
            self.text(head, SCHEMA.name),
            self.text(head, SEN.base),
            _sorted(self.agent(iri, name) for iri, name in self.agents.items()),
            _sorted(self.source(iri, name) for iri, name in self.sources.items()),
            _sorted(self.claim(iri, name) for iri, name in self.claims.items()),
            _sorted(support for _, support in supports),
            _sorted(attack for _, attack in attacks),
            _sorted(rephrase for _, rephrase in rephrases),
            _sorted(issues),
        )
        self.check_edges(made)
        return made

    def head(self, wanted: str | None) -> tuple[str, bool]:
        """The node of the debate, and whether there are others."""
        nodes = self.of_type(SEN.Debate)
        heads = {self.text(n, SEN.id): n for n in nodes}
        if len(heads) < len(nodes):
            raise FormatError("two debates have the same sen:id")
        if not heads:
            raise FormatError("there is no sen:Debate in this graph")
        if wanted is None:
            if len(heads) > 1:
                names = ", ".join(sorted(heads))
                raise FormatError(f"there are {len(heads)} debates, say which to read: {names}")
            return next(iter(heads.values())), False
        if wanted not in heads:
            raise FormatError(f"no debate is called {wanted!r}{nearest(wanted, heads)}")
        return heads[wanted], len(heads) > 1

    def relations(
        self, kind: URIRef, end: URIRef, several: bool, make: Callable[[str], _T]
    ) -> Iterator[tuple[str, _T]]:
        for node in self.of_type(kind):
            if several and not any(v in self.claims for v in self.several(node, end)):
                continue
            yield node, make(node)

    def agent(self, node: str, name: str) -> Agent:
        types = self.several(node, RDF.type)
        kinds = [kind for kind, iri in AGENT_KINDS.items() if str(iri) in types]
        if len(kinds) != 1:
            told = ", ".join(short(iri) for iri in AGENT_KINDS.values())
            raise FormatError(f"{short(node)} must have exactly one of the types {told}")
        members = self.links(node, SCHEMA.member, self.agents, "agent")
        return Agent(name, self.text(node, SCHEMA.name), kinds[0], members)

    def source(self, node: str, name: str) -> Source:
        return Source(
            name,
            self.text(node, SCHEMA.headline),
            self.link(node, SCHEMA.author, self.agents, "agent"),
            genre=self.maybe_text(node, SCHEMA.genre),
            date=self.maybe_text(node, SCHEMA.datePublished),
            publisher=self.maybe_text(node, SCHEMA.publisher),
            note=self.maybe_text(node, SKOS.note),
            text=self.maybe_text(node, SEN.textFile),
            sha256=self.maybe_text(node, SEN.sha256),
        )

    def claim(self, node: str, name: str) -> Claim:
        return Claim(
            name,
            self.text(node, SEN.text),
            self.link(node, SEN.source, self.sources, "source"),
            self.link(node, SEN.holder, self.agents, "agent"),
            self.link(node, SEN.status, _STATUS_OF, "status"),
            self.anchor(node),
            self.origin(node),
            tuple(
                string(node, SCHEMA.keywords, tag) for tag in self.several(node, SCHEMA.keywords)
            ),
        )

    def anchor(self, claim: str) -> Anchor | None:
        if (node := self.maybe(claim, SEN.anchor)) is None:
            return None
        node = self.described(claim, SEN.anchor, node)
        span = self.described(node, OA.hasSelector, self.one(node, OA.hasSelector))
        try:
            return Anchor(
                self.whole(node, SEN.paragraph),
                self.whole(node, SEN.sentence),
                self.whole(span, OA.start),
                self.whole(span, OA.end),
            )
        except DebateError as error:
            raise FormatError(f"{short(claim)}: {error}") from None

    def origin(self, node: str) -> Origin:
        """Who made a claim or relation; what says nothing was made by a person without a name."""
        who, sure = self.maybe(node, PROV.wasAttributedTo), self.maybe(node, SEN.confidence)
        if who is None and sure is None:
            return Origin()
        key = (who or "", sure or "")
        if key not in self.origins:
            confidence = None
            if sure is not None:
                confidence = number(node, SEN.confidence, sure, REAL, float)
            self.origins[key] = self.made_by(node, who, confidence)
        return self.origins[key]

    def made_by(self, node: str, who: Term | None, confidence: float | None) -> Origin:
        try:
            if who is None:
                return Origin(confidence=confidence)
            maker = self.described(node, PROV.wasAttributedTo, who)
            types = self.several(maker, RDF.type)
            kinds = [kind for iri, kind in _ORIGIN_OF.items() if iri in types]
            if len(kinds) != 1:
                raise FormatError(
                    f"{short(maker)} must be either a prov:Person or a prov:SoftwareAgent"
                )
            name = self.maybe_text(maker, SCHEMA.name)
            version = self.maybe_text(maker, SCHEMA.softwareVersion)
            return Origin(kinds[0], name, version, confidence)
        except DebateError as error:
            raise FormatError(f"{short(node)}: {error}") from None

    def whence(self, node: str) -> str | None:
        value = self.maybe(node, SEN.source)
        if value is None:
            return None
        return self.known(node, SEN.source, value, self.sources, "source")

    def support(self, node: str) -> Support:
        return Support(
            self.links(node, SEN.premise, self.claims, "claim"),
            self.link(node, SEN.conclusion, self.claims, "claim"),
            self.maybe_text(node, SEN.name),
            self.whence(node),
            self.maybe_text(node, SEN.scheme),
            self.origin(node),
        )

    def attack(self, node: str) -> Attack:
        kind = self.link(node, SEN.kind, _KIND_OF, "kind of attack")
        undercut = kind is AttackKind.UNDERCUT
        targets, what = (self.supports, "named support") if undercut else (self.claims, "claim")
        return Attack(
            kind,
            self.link(node, SEN.attacker, self.claims, "claim"),
            self.link(node, SEN.target, targets, what),
            self.whence(node),
            self.origin(node),
        )

    def rephrase(self, node: str) -> Rephrase:
        ends = self.links(node, SEN.between, self.claims, "claim")
        if len(ends) != 2:
            raise FormatError(f"{short(node)} must join two claims with sen:between")
        return Rephrase(ends[0], ends[1], self.whence(node), self.origin(node))

    def answers(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The claims that answer each issue pro and con."""
        own = {iri: iri for iri in self.issues}
        found: dict[str, tuple[list[str], list[str]]] = {i: ([], []) for i in self.issues}
        for side, prop in enumerate((SEN.answersPro, SEN.answersCon)):
            for node, about in self.about.items():
                if not (values := about.get(str(prop))):
                    continue
                if node not in self.claims:
                    if str(SEN.Claim) in about.get(str(RDF.type), ()):
                        continue  # a claim of another debate
                    raise FormatError(f"{short(node)} has a {short(prop)}, but is no claim")
                for value in values:
                    found[self.known(node, prop, value, own, "issue")][side].append(
                        self.claims[node]
                    )
        return {issue: (tuple(pro), tuple(con)) for issue, (pro, con) in found.items()}

    def check_edges(self, debate: Debate) -> None:
        """Raise if a short edge between claims has no relation that stands behind it."""
        others = set(self.of_type(SEN.Claim)).difference(self.claims)
        behind = self.edges_behind(debate)
        loose = [edge for edge in self.edges - behind if edge[0] not in others]
        if loose:
            s, p, o = min(loose, key=str)
            node = {str(SEN.supports): "sen:Support", str(SEN.rephrases): "sen:Rephrase"}
            raise FormatError(
                f"{short(s)} {short(p)} {shown(o)} has no {node.get(p, 'sen:Attack')} behind it"
            )

    def edges_behind(self, debate: Debate) -> set[Edge]:
        """The short edges that the relations of the debate stand for."""
        iris = {name: iri for iri, name in self.claims.items()}
        inferences = {name: iri for iri, name in self.supports.items()}
        behind: set[Edge] = set()
        for support in debate.supports:
            end = iris[support.conclusion]
            behind.update((iris[p], str(SEN.supports), end) for p in support.premises)
        for attack in debate.attacks:
            first = iris[attack.attacker]
            if attack.kind is AttackKind.UNDERCUT:
                behind.add((first, str(SEN.undercuts), inferences[attack.target]))
                continue
            second = iris[attack.target]
            behind.add((first, str(SEN.attacks), second))
            if attack.kind.symmetric:
                behind.add((second, str(SEN.attacks), first))
                behind.add((first, str(SEN.contradicts), second))
                behind.add((second, str(SEN.contradicts), first))
        for rephrase in debate.rephrases:
            first, second = iris[rephrase.first], iris[rephrase.second]
            behind.add((first, str(SEN.rephrases), second))
            behind.add((second, str(SEN.rephrases), first))
        return behind


_STATUS_OF: Final[dict[str, Status]] = {str(iri): status for status, iri in STATUSES.items()}
_KIND_OF: Final[dict[str, AttackKind]] = {str(iri): kind for kind, iri in ATTACK_KINDS.items()}
_ORIGIN_OF: Final[dict[str, OriginKind]] = {
    str(PROV.Person): OriginKind.PERSON,
    str(PROV.SoftwareAgent): OriginKind.MINER,
}

_Part = TypeVar("_Part", Agent, Source, Claim, Support, Attack, Rephrase, Issue)


def _sorted(parts: Iterable[_Part]) -> tuple[_Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.id))
