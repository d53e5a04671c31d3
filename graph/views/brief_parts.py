"""The parts of a brief, in claim ids: points, reasons, attacks, answers, and what is open."""

from __future__ import annotations

from dataclasses import dataclass

from ..analysis.agreement import CommonGround
from ..analysis.cruxes import Crux
from .flow import How, Way

__all__ = ["Answer", "Brief", "Challenge", "LeftOut", "OpenAttack", "Point", "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """The premises of a support, several where they are linked, and of its own best ground."""

    claims: tuple[str, ...]
    ground: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim that answers an attack, and what it attacks: the attacker, or what backs it."""

    claim: str
    against: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """The best attack on a point.

    Attributes:
        claim: the attacking claim.
        against: the claim of the point that it meets.
        how: ``attacked`` (the point is), ``mutual``, or ``opposed`` for a mere opposite answer.
        kind: the kind of contradiction.
        clash: the rank of the clash.
        path: the claims between the two, for a derived contradiction.
        reasons: what backs it.
        answer: what attacks it back, if anything does.
    """

    claim: str
    against: str
    how: How
    kind: str
    clash: int
    path: tuple[str, ...]
    reasons: tuple[Reason, ...]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a case.

    Attributes:
        issue: the question that it answers or disputes, if there is one.
        way: ``pro`` or ``con`` if its claim answers the question.
        claim: the leading claim.
        also: further claims of the side on the same question.
        reasons: what backs the leading claim, the best first.
        challenge: the best attack on it, if there is one.
        hits: the other side's claims that the point attacks, the challenge's own aside.
        rank: that of its first clash with the other side.
    """

    issue: str | None
    way: Way | None
    claim: str
    also: tuple[str, ...]
    reasons: tuple[Reason, ...]
    challenge: Challenge | None
    hits: tuple[str, ...]
    rank: int | None


@dataclass(frozen=True, slots=True)
class OpenAttack:
    """An attack that nobody answered: the claim, what it attacks, and the rank of the clash."""

    claim: str
    against: str
    kind: str
    clash: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of each were left out to keep the brief short."""

    case: int
    reply: int
    by_them: int
    by_us: int
    cruxes: int
    common: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, in claim ids.

    Attributes:
        authors: none, one, or two; the first is the side whose brief it is.
        issue: the question that it is about, if it is about one.
        case: the points of the side; of those who answer pro where no author is named.
        reply: where no author is named, the points of those who answer con.
        by_them: attacks of the side that the other side has not answered.
        by_us: attacks of the other side that this side has not answered.
        cruxes: the claims that decide it.
        clashes: the number of clashes between the sides.
        exact: whether the cruxes are the fewest.
        common: what the sides share.
        left_out: how many of each there are besides.
    """

    authors: tuple[str, ...]
    issue: str | None
    case: tuple[Point, ...]
    reply: tuple[Point, ...]
    by_them: tuple[OpenAttack, ...]
    by_us: tuple[OpenAttack, ...]
    cruxes: tuple[Crux, ...]
    clashes: int
    exact: bool
    common: tuple[CommonGround, ...]
    left_out: LeftOut
