"""The debate as frozen data: agents, sources, claims, supports, attacks, rephrases and issues.

A :class:`Debate` is the hub of the package. Readers make one, and RDF, networkx and pandas are
projections of it with inverses. It is checked when it is made: a debate that exists is sound, and
:class:`~graph.errors.DebateError` names the file and line of what is not. The words follow AIF
(Chesnevar et al. 2006) and, for attacks, ASPIC+ (Modgil & Prakken 2014).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from .errors import DebateError, Place, UnknownNameError

__all__ = [
    "DEFAULT_BASE",
    "Agent",
    "AgentKind",
    "Anchor",
    "Attack",
    "AttackKind",
    "Claim",
    "Debate",
    "Issue",
    "Origin",
    "OriginKind",
    "Rephrase",
    "Source",
    "Status",
    "Support",
    "nearest",
]

#: IRIs of a debate start here unless its front matter says otherwise.
DEFAULT_BASE = "https://w3id.org/sicetnon/debate/"

_BAD_IN_ID = re.compile(
    r"[\[\]<>{}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BAD_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*[/#:]")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Status(StrEnum):
    """How the author of a piece stands to a claim in it."""

    ASSERTED = "asserted"
    CONCEDED = "conceded"
    REPORTED = "reported"


class AttackKind(StrEnum):
    """What an attack is aimed at; the last two hold both ways."""

    REBUT = "rebut"
    UNDERMINE = "undermine"
    UNDERCUT = "undercut"
    CONTRADICTORY = "contradictory"
    CONTRARY = "contrary"

    @property
    def symmetric(self) -> bool:
        """True for *contradictory* (exactly one is true) and *contrary* (not both are)."""
        return self in (AttackKind.CONTRADICTORY, AttackKind.CONTRARY)


class AgentKind(StrEnum):
    """What sort of holder an agent is; a group has members that are agents themselves."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"


class OriginKind(StrEnum):
    """Who made an annotation."""

    PERSON = "person"
    MINER = "miner"


def _check_id(what: str, value: str, place: Place | None) -> None:
    if not value or value != " ".join(value.split()) or _BAD_IN_ID.search(value):
        raise DebateError(
            f"{what} has the name {value!r}; a name is one line of text without []<>{{}}", place
        )


def _clean(what: str, text: str, place: Place | None) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise DebateError(f"{what} has no text", place)
    if bad := _BAD_IN_TEXT.search(cleaned):
        raise DebateError(f"{what} has the control character {bad.group()!r} in its text", place)
    return cleaned


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a claim or relation: a person, or a named miner with version and confidence (0..1).

    >>> Origin(OriginKind.MINER, "rules", "1", 0.7).confidence
    0.7
    """

    kind: OriginKind = OriginKind.PERSON
    name: str | None = None
    version: str | None = None
    confidence: float | None = None

    def __post_init__(self) -> None:
        for part in ("name", "version"):
            if (value := getattr(self, part)) is not None:
                object.__setattr__(self, part, _clean(f"origin {part}", value, None))
        if self.kind is OriginKind.MINER and not (self.name and self.version):
            raise DebateError("a miner's origin needs its name and version")
        if self.confidence is not None and not 0.0 <= self.confidence <= 1.0:
            raise DebateError(f"confidence {self.confidence} is not between 0 and 1")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where in the source text a claim stands.

    Paragraph and sentence count from 1; ``start`` and ``end`` count characters (Unicode code
    points) of the whole file from 0, end exclusive, as in the Web Annotation
    ``TextPositionSelector``. The SHA-256 of the text is the source's.
    """

    paragraph: int
    sentence: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.paragraph < 1 or self.sentence < 1:
            raise DebateError("paragraphs and sentences of an anchor count from 1")
        if not 0 <= self.start < self.end:
            raise DebateError(f"anchor {self.start}..{self.end} is empty or runs backwards")


@dataclass(frozen=True, slots=True)
class Agent:
    """One who can hold a claim: a person, an organization, or a group such as joint authors."""

    id: str
    name: str
    kind: AgentKind = AgentKind.PERSON
    members: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_id("an agent", self.id, self.place)
        object.__setattr__(self, "name", _clean(f"agent {self.id}", self.name, self.place))
        object.__setattr__(self, "members", tuple(sorted(set(self.members))))
        if self.members and self.kind is AgentKind.PERSON:
            raise DebateError(f"agent {self.id} is a person and cannot have members", self.place)


@dataclass(frozen=True, slots=True)
class Source:
    """One piece: op-ed, analysis, news report. What the piece does not say is ``None``.

    ``text`` names the file with the wording, ``sha256`` is the hash of its bytes.
    """

    id: str
    title: str
    author: str
    genre: str | None = None
    date: str | None = None
    publisher: str | None = None
    note: str | None = None
    text: str | None = None
    sha256: str | None = None
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_id("a source", self.id, self.place)
        for part in ("title", "genre", "date", "publisher", "note", "text"):
            if (value := getattr(self, part)) is not None:
                cleaned = _clean(f"{part} of source {self.id}", value, self.place)
                object.__setattr__(self, part, cleaned)
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise DebateError(
                f"sha256 of source {self.id} is not 64 lower-case hex digits", self.place
            )


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition that stands on its own, with the one who holds it.

    >>> Claim("asm-safe", "The ASM  threatens nobody.", "op-ed", "chollet-escobar").text
    'The ASM threatens nobody.'
    """

    id: str
    text: str
    source: str
    holder: str
    status: Status = Status.ASSERTED
    anchor: Anchor | None = None
    origin: Origin = Origin()
    tags: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_id("a claim", self.id, self.place)
        object.__setattr__(self, "text", _clean(f"claim [{self.id}]", self.text, self.place))
        object.__setattr__(self, "tags", tuple(sorted(set(self.tags))))
        for tag in self.tags:
            _check_id(f"a tag of claim [{self.id}]", tag, self.place)
            if "(" in tag or ")" in tag:
                raise DebateError(f"tag {tag!r} of claim [{self.id}] has a bracket", self.place)


@dataclass(frozen=True, slots=True)
class Support:
    """One premise or several linked ones, and the conclusion they support (AIF RA-node).

    A support with several premises, or one that is undercut, needs a ``name``. ``source`` is the
    piece that draws the inference, ``None`` where it was drawn between pieces.
    """

    premises: tuple[str, ...]
    conclusion: str
    name: str | None = None
    source: str | None = None
    scheme: str | None = None
    origin: Origin = Origin()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "premises", tuple(sorted(set(self.premises))))
        if not self.premises:
            raise DebateError(f"a support of [{self.conclusion}] has no premise", self.place)
        if self.conclusion in self.premises:
            raise DebateError(f"claim [{self.conclusion}] supports itself", self.place)
        if self.name is not None:
            _check_id("a support", self.name, self.place)
        elif len(self.premises) > 1:
            raise DebateError(
                f"a support of [{self.conclusion}] has several premises, so it needs a name",
                self.place,
            )
        if self.scheme is not None:
            cleaned = _clean("the scheme of a support", self.scheme, self.place)
            object.__setattr__(self, "scheme", cleaned)

    @property
    def id(self) -> str:
        """The name, or ``premise > conclusion`` for an unnamed support; unique in a debate."""
        return self.name if self.name is not None else f"{self.premises[0]} > {self.conclusion}"


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack of a claim on a claim or, for an undercut, on a named support (AIF CA-node).

    The two ends of a contradictory or contrary attack are kept in alphabetical order, since it
    holds both ways.
    """

    kind: AttackKind
    attacker: str
    target: str
    source: str | None = None
    origin: Origin = Origin()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.kind is not AttackKind.UNDERCUT and self.attacker == self.target:
            raise DebateError(f"claim [{self.attacker}] attacks itself", self.place)
        if self.kind.symmetric and self.target < self.attacker:
            attacker, target = self.target, self.attacker
            object.__setattr__(self, "attacker", attacker)
            object.__setattr__(self, "target", target)

    @property
    def id(self) -> str:
        """``attacker kind target``, unique in a debate."""
        return f"{self.attacker} {self.kind.value} {self.target}"


@dataclass(frozen=True, slots=True)
class Rephrase:
    """Two claims that say the same thing (AIF MA-node); kept in alphabetical order."""

    first: str
    second: str
    source: str | None = None
    origin: Origin = Origin()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise DebateError(f"claim [{self.first}] rephrases itself", self.place)
        if self.second < self.first:
            first, second = self.second, self.first
            object.__setattr__(self, "first", first)
            object.__setattr__(self, "second", second)

    @property
    def id(self) -> str:
        """``first = second``, unique in a debate."""
        return f"{self.first} = {self.second}"


@dataclass(frozen=True, slots=True)
class Issue:
    """A question, with the claims that answer it pro and con (IBIS: Kunz & Rittel 1970)."""

    id: str
    question: str
    pro: tuple[str, ...] = ()
    con: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_id("an issue", self.id, self.place)
        question = _clean(f"issue [{self.id}]", self.question, self.place)
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "pro", tuple(sorted(set(self.pro))))
        object.__setattr__(self, "con", tuple(sorted(set(self.con))))
        if both := set(self.pro) & set(self.con):
            claim = min(both)
            raise DebateError(f"claim [{claim}] answers issue [{self.id}] both ways", self.place)


@dataclass(frozen=True, eq=False)
class Debate:
    """Several sources about the same questions, checked as a whole when it is made.

    Two debates are equal when they hold the same parts, in whatever order.

    Raises:
        DebateError: if two parts share a name, a part names another that is not there, a reported
            claim is held by the author of its piece or any other claim by somebody else, or an
            undercut aims at what is no named support.

    >>> her = Agent("her", "Hannah")
    >>> piece = Source("piece", "On trams", "her")
    >>> debate = Debate("trams", "Trams", agents=(her,), sources=(piece,),
    ...                 claims=(Claim("a", "Trams are quiet.", "piece", "her"),))
    >>> debate.claim("a").text
    'Trams are quiet.'
    """

    id: str
    title: str
    base: str = ""
    agents: tuple[Agent, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    supports: tuple[Support, ...] = ()
    attacks: tuple[Attack, ...] = ()
    rephrases: tuple[Rephrase, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        _check_id("a debate", self.id, None)
        object.__setattr__(
            self, "title", _clean(f"the title of debate {self.id}", self.title, None)
        )
        if not self.base:
            slug = re.sub(r"[^A-Za-z0-9._-]+", "-", self.id).strip("-") or "debate"
            object.__setattr__(self, "base", f"{DEFAULT_BASE}{slug}/")
        if not _BASE.fullmatch(self.base):
            raise DebateError(f"base {self.base!r} is not an absolute IRI that ends in / # or :")
        _check(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Debate):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash((self.id, self.base, len(self.claims)))

    @property
    def parts(self) -> Mapping[str, tuple[_Part, ...]]:
        """All the parts, by the word for their kind."""
        return {
            "agent": self.agents,
            "source": self.sources,
            "claim": self.claims,
            "support": self.supports,
            "attack": self.attacks,
            "rephrase": self.rephrases,
            "issue": self.issues,
        }

    @cached_property
    def _key(self) -> tuple[object, ...]:
        by_id = ({part.id: part for part in parts} for parts in self.parts.values())
        return (self.id, self.title, self.base, *by_id)

    @cached_property
    def agent_by_id(self) -> Mapping[str, Agent]:
        """The agents by id."""
        return {a.id: a for a in self.agents}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """The claims by id."""
        return {c.id: c for c in self.claims}

    @cached_property
    def support_by_id(self) -> Mapping[str, Support]:
        """The supports by id."""
        return {s.id: s for s in self.supports}

    @cached_property
    def issue_by_id(self) -> Mapping[str, Issue]:
        """The issues by id."""
        return {i.id: i for i in self.issues}

    def agent(self, name: str) -> Agent:
        """The agent of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("author", name, self.agent_by_id)

    def claim(self, name: str) -> Claim:
        """The claim of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("claim", name, self.claim_by_id)

    def source(self, name: str) -> Source:
        """The source of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("source", name, self.source_by_id)

    @cached_property
    def authors(self) -> tuple[Agent, ...]:
        """The agents that wrote a source, in the order of the sources."""
        return tuple(self.agent_by_id[a] for a in dict.fromkeys(s.author for s in self.sources))

    @cached_property
    def holders(self) -> tuple[Agent, ...]:
        """The agents that hold a claim: authors in source order, then speakers by id."""
        held = {c.holder for c in self.claims}
        first = [a.id for a in self.authors if a.id in held]
        return tuple(self.agent_by_id[a] for a in [*first, *sorted(held.difference(first))])


_Part = Agent | Source | Claim | Support | Attack | Rephrase | Issue
_T = TypeVar("_T")


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause such as ``; did you mean hehir?`` or ``; there are: a, b``, or nothing.

    >>> nearest("heir", ["hehir", "ecfr"])
    '; did you mean hehir?'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=3)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; there are: {', '.join(names)}" if 0 < len(names) <= 12 else ""


def _find(what: str, name: str, known: Mapping[str, _T]) -> _T:
    try:
        return known[name]
    except KeyError:
        raise UnknownNameError(f"no {what} is called {name!r}{nearest(name, known)}") from None


def _check(debate: Debate) -> None:
    """Raise the first fault of the debate as a whole."""
    known: dict[str, Mapping[str, object]] = {
        "agent": debate.agent_by_id,
        "source": debate.source_by_id,
        "claim": debate.claim_by_id,
    }
    for what, parts in debate.parts.items():
        _check_unique(what, parts)
    for parts in debate.parts.values():
        for part in parts:
            for what, name in _uses(part):
                if name not in known[what]:
                    told = f"[{name}]" if what == "claim" else name
                    raise DebateError(f"{what} {told} is used but never stated", part.place)
    for claim in debate.claims:
        _check_holder(claim, debate)
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            _check_undercut(attack, debate)
    for issue in debate.issues:
        if issue.id in debate.claim_by_id:
            raise DebateError(f"[{issue.id}] is both an issue and a claim", issue.place)


def _uses(part: _Part) -> Iterator[tuple[str, str]]:
    """The kind and name of each other part that a part names."""
    match part:
        case Agent():
            yield from (("agent", member) for member in part.members)
        case Source():
            yield "agent", part.author
        case Claim():
            yield from (("source", part.source), ("agent", part.holder))
        case Support():
            yield from (("claim", name) for name in (*part.premises, part.conclusion))
        case Attack():
            yield "claim", part.attacker
            if part.kind is not AttackKind.UNDERCUT:
                yield "claim", part.target
        case Rephrase():
            yield from (("claim", part.first), ("claim", part.second))
        case Issue():
            yield from (("claim", name) for name in (*part.pro, *part.con))
    if isinstance(part, Support | Attack | Rephrase) and part.source is not None:
        yield "source", part.source


def _check_unique(what: str, parts: Iterable[_Part]) -> None:
    seen: dict[str, _Part] = {}
    for part in parts:
        if first := seen.get(part.id):
            where = f" (first at {first.place})" if first.place else ""
            raise DebateError(f"two {what}s are called [{part.id}]{where}", part.place)
        seen[part.id] = part


def _check_holder(claim: Claim, debate: Debate) -> None:
    author = debate.source_by_id[claim.source].author
    own = claim.holder == author or claim.holder in debate.agent_by_id[author].members
    if own and claim.status is Status.REPORTED:
        raise DebateError(
            f"claim [{claim.id}] is reported, but its holder {claim.holder} wrote the piece; "
            "name the speaker as its holder",
            claim.place,
        )
    if not own and claim.status is not Status.REPORTED:
        raise DebateError(
            f"claim [{claim.id}] is {claim.status}, but its holder {claim.holder} did not write "
            "the piece; make it reported",
            claim.place,
        )


def _check_undercut(attack: Attack, debate: Debate) -> None:
    support = debate.support_by_id.get(attack.target)
    if support is None or support.name is None:
        raise DebateError(
            f"claim [{attack.attacker}] undercuts <{attack.target}>, which is no named support",
            attack.place,
        )
