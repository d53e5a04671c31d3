"""The parts of a debate: agents, sources, claims and what joins them, each checked by itself.

:mod:`graph.model` puts them together and passes their names on; import them from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from .errors import DebateError, Place

__all__ = [
    "Agent",
    "AgentKind",
    "Anchor",
    "Attack",
    "AttackKind",
    "Claim",
    "Issue",
    "Origin",
    "OriginKind",
    "Part",
    "Rephrase",
    "Source",
    "Status",
    "Support",
    "check_id",
    "clean",
]

_BAD_IN_ID = re.compile(
    r"[\[\]<>{}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BAD_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
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


def check_id(what: str, value: str, place: Place | None) -> None:
    """Raise a DebateError if a name is empty, or not one line without brackets."""
    if not value or value != " ".join(value.split()) or _BAD_IN_ID.search(value):
        raise DebateError(
            f"{what} has the name {value!r}; a name is one line of text without []<>{{}}", place
        )


def clean(what: str, text: str, place: Place | None) -> str:
    """The text with single spaces; a DebateError if none is left, or a control character is."""
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
                object.__setattr__(self, part, clean(f"origin {part}", value, None))
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
        check_id("an agent", self.id, self.place)
        object.__setattr__(self, "name", clean(f"agent {self.id}", self.name, self.place))
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
        check_id("a source", self.id, self.place)
        for part in ("title", "genre", "date", "publisher", "note", "text"):
            if (value := getattr(self, part)) is not None:
                cleaned = clean(f"{part} of source {self.id}", value, self.place)
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
        check_id("a claim", self.id, self.place)
        object.__setattr__(self, "text", clean(f"claim [{self.id}]", self.text, self.place))
        object.__setattr__(self, "tags", tuple(sorted(set(self.tags))))
        for tag in self.tags:
            check_id(f"a tag of claim [{self.id}]", tag, self.place)
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
            check_id("a support", self.name, self.place)
        elif len(self.premises) > 1:
            raise DebateError(
                f"a support of [{self.conclusion}] has several premises, so it needs a name",
                self.place,
            )
        if self.scheme is not None:
            cleaned = clean("the scheme of a support", self.scheme, self.place)
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
        check_id("an issue", self.id, self.place)
        question = clean(f"issue [{self.id}]", self.question, self.place)
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "pro", tuple(sorted(set(self.pro))))
        object.__setattr__(self, "con", tuple(sorted(set(self.con))))
        if both := set(self.pro) & set(self.con):
            claim = min(both)
            raise DebateError(f"claim [{claim}] answers issue [{self.id}] both ways", self.place)


#: What a debate is made of.
Part: TypeAlias = Agent | Source | Claim | Support | Attack | Rephrase | Issue
