"""Common ground, what nobody answered, and who contradicts and agrees with whom.

Claims that rephrase each other are one proposition with several holders, as in
:mod:`graph.analysis.contradictions`. *Common ground* of two holders (Stalnaker 2002 for the word)
is a proposition that both hold, or a claim of one that supports a claim of the other. A claim in a
clash is *unanswered* if nothing attacks back: in the terms of Dung (1995) it is an attacker without
an attacker of its own. What the definitions leave open is settled thus:

- What two holders share is told once: a support between two propositions of which they share one
  adds nothing to that. A premise of a linked support supports the conclusion.
- Where a holder says a thing in several ways, the one is shown that itself bears the relation,
  else the first by id.
- On the attacking side of a contradiction is its first end; the second too where the attack holds
  both ways; neither where it is an issue. The end of a chain of supports is on a side.
- A claim is attacked by what attacks it or a rephrase of it, or undercuts a support of either,
  whoever says so. An attack on what supports a claim, or on what it supports, is no answer to it.

References:
    P. M. Dung. On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2), 1995.
    R. Stalnaker. Common ground. Linguistics and Philosophy 25, 2002.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from ..model import Debate
from .clashes import SYMMETRIC, Clash, clashes
from .contradictions import Contradiction, contradictions
from .propositions import Propositions, find_propositions

__all__ = ["CommonGround", "Matrix", "Unanswered", "common_ground", "matrix", "unanswered"]

_Relation: TypeAlias = Literal["rephrase", "support"]


@dataclass(frozen=True, slots=True)
class CommonGround:
    """Two claims of different holders that say the same, or of which the first supports the second.

    Attributes:
        first: a claim: the premise, or that of the holder who is first in the alphabet.
        second: the other claim.
        first_holder: who holds the first claim.
        second_holder: who holds the second claim.
        relation: ``rephrase`` or ``support``.
    """

    first: str
    second: str
    first_holder: str
    second_holder: str
    relation: _Relation


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A claim on the attacking side of clashes that nothing attacks back.

    Attributes:
        claim: the claim, as it stands in the first of the clashes.
        holder: who holds it.
        clashes: the ranks of the clashes with the claim, in order.
    """

    claim: str
    holder: str
    clashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each two authors contradict each other and how often they agree.

    Attributes:
        authors: the authors, in the order of rows and columns.
        contradictions: the number of contradictions for each row and column; 0 for an author
            and himself.
        agreements: likewise the number of claims, and pairs of claims, that are common ground.
    """

    authors: tuple[str, ...]
    contradictions: tuple[tuple[int, ...], ...]
    agreements: tuple[tuple[int, ...], ...]


def common_ground(
    debate: Debate, a: str | None = None, b: str | None = None
) -> tuple[CommonGround, ...]:
    """The common ground of two holders, of one holder with all others, or of all.

    What is said by both comes first, then what supports; each by the ids of the two claims.

    Raises:
        UnknownNameError: if nobody in the debate is called that.

    >>> from graph.model import Agent, Claim, Debate, Rephrase, Source, Support
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "S", "her"), Source("t", "T", "him")),
    ...     claims=(Claim("quiet", "Trams are quiet.", "s", "her"),
    ...             Claim("silent", "Trams make no noise.", "t", "him"),
    ...             Claim("clean", "Trams are clean.", "t", "him"),
    ...             Claim("good", "Trams are good.", "s", "her")),
    ...     supports=(Support(("clean",), "good"),), rephrases=(Rephrase("quiet", "silent"),))
    >>> [(g.first, g.relation, g.second) for g in common_ground(debate)]
    [('quiet', 'rephrase', 'silent'), ('clean', 'support', 'good')]
    """
    wanted = {debate.agent(name).id for name in (a, b) if name is not None}
    found = [g for g in _shared(debate) if wanted <= {g.first_holder, g.second_holder}]
    found.sort(key=lambda g: (g.relation, g.first, g.second, g.first_holder, g.second_holder))
    return tuple(found)


def _shared(debate: Debate) -> Iterator[CommonGround]:
    props = find_propositions(debate)
    direct = {(r.first, r.second) for r in debate.rephrases}
    direct |= {(second, first) for first, second in direct}
    for held in props.held:
        for one, other in combinations(sorted(held), 2):
            first, second = _best(held[one], held[other], direct)
            yield CommonGround(first, second, one, other, "rephrase")
    for prop, premises in enumerate(props.up):
        for premise in premises:
            yield from _supporting(props, premise, prop)


def _supporting(props: Propositions, premise: int, conclusion: int) -> Iterator[CommonGround]:
    """The common ground that lies in one proposition's support of another."""
    from_, to = props.held[premise], props.held[conclusion]
    for one in from_.keys() - to.keys():
        for other in to.keys() - from_.keys():
            first, second = _best(from_[one], to[other], props.supports)
            yield CommonGround(first, second, one, other, "support")


def _best(
    ones: Sequence[str], others: Sequence[str], joined: Iterable[tuple[str, str]]
) -> tuple[str, str]:
    """The first pair of claims by id, best one of those that are joined."""
    return min(((x, y) for x in ones for y in others), key=lambda pair: (pair not in joined, pair))


def unanswered(debate: Debate, *, found: Sequence[Clash] | None = None) -> tuple[Unanswered, ...]:
    """The claims in clashes that nothing attacks back, in the order of the clashes.

    ``found`` are the clashes of the debate, if they are at hand.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "S", "her"), Source("t", "T", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "good"),))
    >>> unanswered(debate)
    (Unanswered(claim='loud', holder='him', clashes=(1,)),)
    """
    props = find_propositions(debate)
    attacked = {target for pairs in props.attacks.values() for _, target in pairs}
    told: dict[tuple[int, str], tuple[str, list[int]]] = {}
    for clash in clashes(debate) if found is None else found:
        row = clash.contradiction
        ends = [(row.first, row.first_holder), (row.second, row.second_holder)]
        attacking = 0 if row.attack is None else 2 if row.attack in SYMMETRIC else 1
        for claim, holder in ends[:attacking]:
            prop = props.of[claim]
            if prop not in attacked:
                told.setdefault((prop, holder), (claim, []))[1].append(clash.rank)
    return tuple(
        Unanswered(claim, holder, tuple(ranks)) for (_, holder), (claim, ranks) in told.items()
    )


def matrix(
    debate: Debate, speakers: bool = False, *, rows: Sequence[Contradiction] | None = None
) -> Matrix:
    """The numbers of contradictions and agreements between the authors of the pieces.

    With ``speakers``, between all who hold a claim. ``rows`` are the contradictions of the debate,
    if they are at hand.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "S", "her"), Source("t", "T", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "good"),))
    >>> matrix(debate)
    Matrix(authors=('her', 'him'), contradictions=((0, 1), (1, 0)), agreements=((0, 0), (0, 0)))
    """
    names = tuple(agent.id for agent in (debate.holders if speakers else debate.authors))
    conflicts = contradictions(debate) if rows is None else rows
    return Matrix(
        names,
        _table(names, ((c.first_holder, c.second_holder) for c in conflicts)),
        _table(names, ((g.first_holder, g.second_holder) for g in _shared(debate))),
    )


def _table(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
    """How often each two names stand together, as rows and columns."""
    place = {name: n for n, name in enumerate(names)}
    counts = Counter(pairs)
    table: dict[int, list[int]] = {}
    for (one, other), number in counts.items():
        if one in place and other in place:
            for x, y in ((place[one], place[other]), (place[other], place[one])):
                table.setdefault(x, [0] * len(names))[y] += number
    empty = (0,) * len(names)
    return tuple(tuple(table[n]) if n in table else empty for n in range(len(names)))
