"""The XML of the argumentative microtext corpus (Peldszus & Stede 2015), both ways.

======  ==================================  ================================================
edge    in the corpus                       here
======  ==================================  ================================================
sup     support                             support
exa     support by example                  support with the scheme ``example``
add     further premise of a relation       linked premise
reb     rebuttal                            attack
und     undercutter of a relation           undercut; of an attack, an attack on the attacker
======  ==================================  ================================================

The author is the proponent, who reports what an opponent would say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ..errors import FormatError
from ..model import Agent, AttackKind, Claim, Debate, Source, Status
from .fitting import fit, keep_schemes, moved
from .gathering import Gathering
from .losses import Feature, Fitted, Reading, Tally, stem_of
from .xml_text import read_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["fit_microtexts", "parse_microtexts", "write_microtexts"]

_PROPONENT = Agent("proponent", "Proponent")
_OPPONENT = Agent("opponent", "Opponent")
_EXAMPLE = "example"


def parse_microtexts(data: bytes, file: str) -> Reading:
    """The debate in the XML of a microtext, and what of it a debate does not hold.

    Raises:
        FormatError: naming line and column of what is no XML, or the element that is wrong.

    >>> xml = b'<arggraph id="x"><edu id="e1">Trams squeal.</edu><adu id="a1" type="pro"/>'
    >>> xml += b'<edge id="c1" src="e1" trg="a1" type="seg"/></arggraph>'
    >>> parse_microtexts(xml, "x.xml").debate.claim("a1").text
    'Trams squeal.'

    """
    return _Reader(read_xml(data, file, "arggraph"), file).reading()


class _Reader:
    def __init__(self, root: Element, file: str) -> None:
        self._file = file
        self._root = root
        self._edges: dict[str, tuple[str, str, str]] = {}
        self._texts: dict[str, str] = {}
        for element in root:
            id_ = self._attribute(element, "id")
            if element.tag in ("edu", "joint"):
                self._texts[id_] = " ".join("".join(element.itertext()).split())
            elif element.tag == "edge":
                if id_ in self._edges:
                    raise FormatError(f"{file}: two edges have the id {id_!r}")
                source, target, kind = (
                    self._attribute(element, name) for name in ("src", "trg", "type")
                )
                self._edges[id_] = source, target, kind
        self._gathering = Gathering()
        self._tally = self._gathering.tally

    def _attribute(self, element: Element, name: str) -> str:
        if (value := element.get(name)) is None:
            which = element.get("id") or element.tag
            raise FormatError(f"{self._file}: <{element.tag}> {which!r} has no attribute {name!r}")
        return value

    def reading(self) -> Reading:
        """The debate, and what it does not hold."""
        claims = self._take_claims()
        linked: dict[str, list[str]] = {}
        made: dict[str, list[str]] = {}
        undercut = {target for _, target, kind in self._edges.values() if kind == "und"}
        for id_, (source, target, kind) in self._edges.items():
            if kind == "add":
                if source in claims and target in self._edges:
                    linked.setdefault(target, []).append(claims[source])
                else:
                    self._loose(id_)
        for id_, (source, target, kind) in self._edges.items():
            if kind in ("sup", "exa"):
                if source not in claims or target not in claims:
                    self._loose(id_)
                    continue
                scheme = _EXAMPLE if kind == "exa" else None
                premises = [claims[source], *linked.pop(id_, ())]
                support = self._gathering.support(
                    premises, claims[target], id_, scheme, id_ in undercut
                )
                made[id_] = [] if support is None else [support]
        self._take_attacks(claims, linked, made)
        if (stance := self._root.get("stance")) is not None:
            self._tally.add("stance of the text", stance)
        name = stem_of(self._file, ".microtext.xml")
        return self._gathering.reading(name, self._root.get("topic_id"))

    def _take_claims(self) -> dict[str, str]:
        """The claim that each ADU is, with the text of the segments that make it."""
        segments: dict[str, list[str]] = {}
        for id_, (source, target, kind) in self._edges.items():
            if kind == "seg":
                if source in self._texts or source in self._edges:
                    segments.setdefault(target, []).append(source)
                else:
                    self._loose(id_)
            elif kind not in ("sup", "exa", "add", "reb", "und"):
                self._tally.add("edges of other types", f"{id_} of type {kind}")
        claims: dict[str, str] = {}
        people = self._gathering
        for element in self._root.iter("adu"):
            pro = people.agent(_PROPONENT.name, id_=_PROPONENT.id)
            id_ = self._attribute(element, "id")
            if id_ in claims:
                raise FormatError(f"{self._file}: two adus have the id {id_!r}")
            text = self._text(id_, segments)
            opponent = element.get("type") == "opp"
            holder = people.agent(_OPPONENT.name, id_=_OPPONENT.id) if opponent else pro
            claims[id_] = people.claim(id_, text, holder, pro if opponent else None)
        return claims

    def _text(self, id_: str, segments: Mapping[str, list[str]]) -> str:
        """The words of the segments of an ADU, or of those of a joint that it is made of."""
        words: list[str] = []
        stack, met = [id_], set()
        while stack:
            at = stack.pop()
            if at not in met:
                met.add(at)
                words.append(self._texts.get(at, ""))
                stack += reversed(segments.get(at, ()))
        return " ".join(filter(None, words))

    def _take_attacks(
        self,
        claims: Mapping[str, str],
        linked: Mapping[str, list[str]],
        supports: Mapping[str, list[str]],
    ) -> None:
        gathering = self._gathering
        for id_, (source, target, kind) in self._edges.items():
            if kind not in ("reb", "und"):
                continue
            attackers = [claims[source], *linked.get(id_, ())] if source in claims else []
            if len(attackers) > 1:
                self._tally.add("attacks by several claims together", id_)
            attacked = self._edges.get(target)
            for attacker in attackers:
                if target in claims:
                    gathering.attack(AttackKind.REBUT, attacker, claims[target])
                elif target in supports:
                    for support in supports[target]:
                        gathering.attack(AttackKind.UNDERCUT, attacker, support)
                elif attacked is not None and attacked[0] in claims:
                    self._tally.add("undercuts of attacks, read as on the attacker", id_)
                    gathering.attack(AttackKind.REBUT, attacker, claims[attacked[0]])
            if not attackers or not (target in claims or target in supports or attacked):
                self._loose(id_)

    def _loose(self, id_: str) -> None:
        source, target, kind = self._edges[id_]
        self._tally.add("edges without two ends", f"{id_} of type {kind}, {source} to {target}")


def fit_microtexts(debate: Debate, keeps: Collection[Feature], name: str) -> Fitted:
    """What a microtext holds: one text, whose author reports what all others say."""
    tally = Tally()
    debate = keep_schemes(debate, lambda scheme: scheme == _EXAMPLE, tally)
    known = {_PROPONENT, _OPPONENT}
    for agent in debate.agents:
        if agent not in known:
            tally.add("authors", agent.name)
    piece = Source(_PROPONENT.id, _PROPONENT.name, _PROPONENT.id)

    def told(claim: Claim) -> Claim:
        if claim.status is Status.CONCEDED:
            tally.add("status", f"[{claim.id}] is conceded")
        reported = claim.status is Status.REPORTED
        return replace(
            claim,
            source=piece.id,
            holder=_OPPONENT.id if reported else _PROPONENT.id,
            status=Status.REPORTED if reported else Status.ASSERTED,
        )

    claims = tuple(map(told, debate.claims))
    opposed = any(claim.status is Status.REPORTED for claim in claims)
    agents = (_PROPONENT, _OPPONENT) if opposed else (_PROPONENT,)
    if claims:
        debate = moved(debate, claims, agents, (piece,), tally)
    else:
        debate = moved(debate, (), (), (), tally)
    told_apart = {Feature.AUTHORS, Feature.SOURCES, Feature.STATUS, Feature.SCHEMES}
    return fit(debate, told_apart.union(keeps), name, tally)


def write_microtexts(debate: Debate) -> str:
    """The debate as the XML of a microtext: a segment and an ADU for each claim.

    >>> from .argdown import parse_argdown
    >>> text = write_microtexts(parse_argdown("[a]: Trams are quiet."))
    >>> parse_microtexts(text.encode(), "x.xml").debate.claim("a").text
    'Trams are quiet.'
    """
    lines = ["<?xml version='1.0' encoding='UTF-8'?>"]
    lines.append(f"<arggraph id={quoteattr(debate.id)} topic_id={quoteattr(debate.title)}>")
    lines += (f"<edu id={quoteattr('e>' + c.id)}>{escape(c.text)}</edu>" for c in debate.claims)
    for claim in debate.claims:
        side = "opp" if claim.status is Status.REPORTED else "pro"
        lines.append(f"<adu id={quoteattr(claim.id)} type={quoteattr(side)}/>")

    def edge(id_: str, source: str, target: str, kind: str) -> None:
        ends = f"src={quoteattr(source)} trg={quoteattr(target)}"
        lines.append(f"<edge id={quoteattr(id_)} {ends} type={quoteattr(kind)}/>")

    for claim in debate.claims:
        edge(f"s>{claim.id}", f"e>{claim.id}", claim.id, "seg")
    for support in sorted(debate.supports, key=lambda support: support.name is not None):
        kind = "exa" if support.scheme == _EXAMPLE else "sup"
        first, *others = support.premises
        edge(support.id, first, support.conclusion, kind)
        for premise in others:
            edge(f"{premise} >> {support.id}", premise, support.id, "add")
    for attack in debate.attacks:
        kind = "und" if attack.kind is AttackKind.UNDERCUT else "reb"
        edge(f"> {attack.id}", attack.attacker, attack.target, kind)
    return "\n".join([*lines, "</arggraph>"]) + "\n"
