"""The two sides of a brief: what each holds, where they clash, and what makes a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from ..analysis.clashes import SYMMETRIC, Clash
from ..analysis.propositions import find_propositions
from ..model import Debate, Status
from .flow import How, Way

__all__ = ["Group", "Met", "Sides", "Unit", "turned"]

#: A proposition as held by one holder.
Unit: TypeAlias = tuple[int, str]
#: What makes a point: its issue, if it has one, and the propositions, the leading one first.
Group: TypeAlias = tuple[str | None, Sequence[Unit]]


@dataclass(frozen=True, slots=True)
class Met:
    """A clash between the sides, seen from one of them: what it says and what it says it against.

    ``how`` is the word of :class:`~graph.views.flow.Meeting`.
    """

    unit: Unit
    claim: str
    other: Unit
    against: str
    how: How
    clash: Clash

    @property
    def kind(self) -> str:
        """The kind of the contradiction."""
        return self.clash.contradiction.kind


def turned(met: Iterable[Met]) -> list[Met]:
    """The clashes as the other side sees them."""
    other: dict[How, How] = {"attacks": "attacked", "attacked": "attacks"}
    return [Met(m.other, m.against, m.unit, m.claim, other.get(m.how, m.how), m.clash) for m in met]


class Sides:
    """A debate by its propositions and holders, for telling two sides apart."""

    def __init__(self, debate: Debate, disputes: Sequence[Clash]) -> None:
        self.debate = debate
        self.disputes = sorted(disputes, key=lambda clash: clash.rank)
        self.props = find_propositions(debate)
        self.units = [(p, h) for p, held in enumerate(self.props.held) for h in held]
        self._below: dict[int, frozenset[int]] = {}

    @cached_property
    def ways(self) -> Mapping[str, Mapping[int, Way]]:
        """How each proposition answers each issue."""
        found: dict[str, dict[int, Way]] = {}
        ways: tuple[Way, Way] = ("pro", "con")
        for issue, answers in self.props.answers.items():
            found[issue] = {}
            for way in ways:
                for claim in answers[way]:
                    found[issue].setdefault(self.props.of[claim], way)
        return found

    def below(self, prop: int) -> frozenset[int]:
        """The propositions on which one rests, over any number of steps."""
        if prop not in self._below:
            seen, queue = {prop}, [prop]
            for here in queue:
                fresh = [p for p in self.props.up[here] if p not in seen]
                seen.update(fresh)
                queue += fresh
            self._below[prop] = frozenset(seen - {prop})
        return self._below[prop]

    def claim(self, unit: Unit, issue: str | None = None) -> str:
        """The claim that stands for what a holder holds: one that answers the issue if any does."""
        own = self.props.held[unit[0]][unit[1]]
        given = self.props.answers.get(issue or "", {})
        return next((c for c in own if any(c in claims for claims in given.values())), own[0])

    def by_author(self, names: Sequence[str]) -> tuple[frozenset[Unit], frozenset[Unit]]:
        """What an author holds, and what the opponent or everybody else does."""
        us, *opponents = (frozenset((n, *self.debate.agent_by_id[n].members)) for n in names)
        ours = frozenset(u for u in self.units if u[1] in us)
        if opponents:
            return ours, frozenset(u for u in self.units if u[1] in opponents[0] - us)
        return ours, frozenset(u for u in self.units if u[1] not in us)

    def by_answer(self, issue: str) -> tuple[frozenset[Unit], frozenset[Unit]]:
        """What answers an issue pro, and con; each with what only clashes with the other on it."""
        ways = self.ways[issue]
        sides = {way: {u for u in self.units if ways.get(u[0]) == way} for way in ("pro", "con")}
        answers = sides["pro"] | sides["con"]
        more: dict[str, set[Unit]] = {"pro": set(), "con": set()}
        for clash in self.disputes:
            if clash.issue == issue:
                one, other = self._ends(clash)
                for unit, against in ((one, other), (other, one)):
                    if unit not in answers and against in answers:
                        more["con" if against in sides["pro"] else "pro"].add(unit)
        both = more["pro"] & more["con"]
        return frozenset(sides["pro"] | more["pro"] - both), frozenset(
            sides["con"] | more["con"] - both
        )

    def met(self, ours: Collection[Unit], theirs: Collection[Unit]) -> list[Met]:
        """The clashes between the sides as the first sees them, by rank."""
        found = []
        for clash in self.disputes:
            row = clash.contradiction
            one, other = self._ends(clash)
            how: How = "attacks"
            if row.attack is None:
                how = "opposed"
            elif row.attack in SYMMETRIC:
                how = "mutual"
            straight = Met(one, row.first, other, row.second, how, clash)
            both_ways = (straight, *turned([straight]))
            found += [m for m in both_ways if m.unit in ours and m.other in theirs][:1]
        return found

    def answers(self, ours: Collection[Unit], met: Sequence[Met], issue: str) -> list[Group]:
        """A group for each proposition of the side that answers the issue."""
        order = self._order(met)
        groups: defaultdict[int, list[Unit]] = defaultdict(list)
        for unit in sorted(ours, key=order):
            if unit[0] in self.ways[issue]:
                groups[unit[0]].append(unit)
        return self._sorted([(issue, units) for units in groups.values()], met)

    def points(
        self, ours: Collection[Unit], met: Sequence[Met], issue: str | None, disputed: bool
    ) -> list[Group]:
        """A group for each question, each clash on none and, unless ``disputed``, main conclusions.

        Only that on the issue if there is one; with ``disputed`` only what the other side meets.
        """
        on: defaultdict[str | None, list[Met]] = defaultdict(list)
        for m in met:
            on[m.clash.issue].append(m)
        groups: list[Group] = []
        told = set()
        for one in [issue] if issue is not None else [i.id for i in self.debate.issues]:
            touched = {m.unit for m in on[one]}
            units = touched | {u for u in ours if u[0] in self.ways[one]}
            told |= units
            if touched if disputed else units:
                groups.append((one, sorted(units, key=self._order(on[one], one))))
        if issue is None:
            alone = dict.fromkeys(m.unit for m in on[None] if m.unit not in told)
            groups += [(None, [unit]) for unit in alone]
            if not disputed:
                told |= alone.keys()
                groups += self._conclusions(ours, {unit[0] for unit in told})
        return self._sorted(groups, met)

    def _ends(self, clash: Clash) -> tuple[Unit, Unit]:
        row, of = clash.contradiction, self.props.of
        return (of[row.first], row.first_holder), (of[row.second], row.second_holder)

    def _order(self, met: Sequence[Met], issue: str | None = None) -> _Order:
        return _Order(self, _first(met), issue)

    def _sorted(self, groups: Iterable[Group], met: Sequence[Met]) -> list[Group]:
        """The groups by their first clash with the other side, then by what they rest on."""
        first = _first(met)
        last = len(self.disputes) + 1

        def place(group: Group) -> tuple[object, ...]:
            issue, units = group
            rank = min(first.get(unit, last) for unit in units)
            return rank, -len(self.below(units[0][0])), self.claim(units[0], issue)

        return sorted(groups, key=place)

    def _conclusions(self, ours: Collection[Unit], told: set[int]) -> Iterator[Group]:
        """The main conclusions of a side that stand in no point yet."""
        own = {unit[0] for unit in ours}
        under = told.union(*(self.below(prop) for prop in told))
        for unit in sorted(ours):
            prop = unit[0]
            leads = not own.intersection(self.props.down[prop])
            if prop not in under and leads and len(self.below(prop) & own) > 1:
                yield None, [unit]


def _first(met: Iterable[Met]) -> dict[Unit, int]:
    """The rank of the first clash of each proposition."""
    first: dict[Unit, int] = {}
    for m in met:
        first.setdefault(m.unit, m.clash.rank)
    return first


@dataclass(frozen=True, slots=True)
class _Order:
    """What comes first in a point: answers, asserted before conceded; then by the first clash."""

    sides: Sides
    first: Mapping[Unit, int]
    issue: str | None

    def __call__(self, unit: Unit) -> tuple[object, ...]:
        claim = self.sides.debate.claim_by_id[self.sides.claim(unit, self.issue)]
        last = len(self.sides.disputes) + 1
        return (
            self.issue is not None and unit[0] not in self.sides.ways[self.issue],
            claim.status is Status.CONCEDED,
            self.first.get(unit, last),
            claim.status is Status.REPORTED,
            claim.id,
        )
