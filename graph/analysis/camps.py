"""Camps: authors grouped so that contradictions fall between groups and common ground inside them.

This is correlation clustering (Bansal, Blum & Chawla 2004): no number of groups is given; what
counts is the number of contradictions between groups and of agreements inside them. Two authors
attract each other by as much as their agreements outnumber their contradictions, so a best grouping
never joins authors whom no chain of such attractions connects. Each such circle of up to 16 authors
is solved exactly by branch and bound, with the solutions of smaller problems as bounds (Russian
doll search: Verfaillie, Lemaître & Schiex 1996). The problem is NP-hard; a larger circle is grouped
by greedy joining, then by moving single authors while that helps (Keuper et al. 2015).

What the definitions leave open is settled thus: every row counts once, direct or not, and likewise
every piece of common ground; of equally good groupings the one with most groups is taken, since
authors who have nothing for or against each other are no camp.

References:
    N. Bansal, A. Blum, S. Chawla. Correlation clustering. Machine Learning 56, 2004.
    M. Keuper, E. Levinkov, N. Bonneel, G. Lavoué, T. Brox, B. Andres. Efficient decomposition of
    image and mesh graphs by lifted multicuts. ICCV 2015.
    G. Verfaillie, M. Lemaître, T. Schiex. Russian doll search for solving constraint optimization
    problems. AAAI 1996.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from ..model import Debate
from .agreement import common_ground
from .contradictions import Contradiction, contradictions

__all__ = ["Camps", "camps"]

#: The most authors of a circle that is solved exactly.
_EXACT = 16

#: For each author, by number, how much others attract (above 0) or repel them.
_Net: TypeAlias = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Camps:
    """Authors in groups.

    Attributes:
        groups: the groups, the largest first, then in the order of the debate, as in each group.
        score: the number of contradictions between groups and of agreements inside them.
        method: how the groups were found.
        exact: whether no grouping has a higher score.
    """

    groups: tuple[tuple[str, ...], ...]
    score: int
    method: str
    exact: bool


def camps(
    debate: Debate, speakers: bool = False, *, rows: Sequence[Contradiction] | None = None
) -> Camps:
    """The authors of the pieces in camps, or with ``speakers`` all who hold a claim.

    ``rows`` are the contradictions of the debate, if they are at hand.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source, Support
    >>> debate = Debate("d", "D", agents=tuple(Agent(n, n) for n in "abc"),
    ...     sources=tuple(Source(n, n, n) for n in "abc"),
    ...     claims=tuple(Claim(f"{n}1", f"{n} is right.", n, n) for n in "abc"),
    ...     supports=(Support(("a1",), "b1"),),
    ...     attacks=(Attack(AttackKind.REBUT, "c1", "b1"),))
    >>> found = camps(debate)
    >>> found.groups, found.score, found.exact
    ((('a', 'b'), ('c',)), 3, True)
    """
    names = [agent.id for agent in (debate.holders if speakers else debate.authors)]
    place = {name: n for n, name in enumerate(names)}
    against, common = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for c in contradictions(debate) if rows is None else rows:
        if c.first_holder in place and c.second_holder in place:
            against[_pair(place[c.first_holder], place[c.second_holder])] += 1
    for g in common_ground(debate):
        if g.first_holder in place and g.second_holder in place:
            common[_pair(place[g.first_holder], place[g.second_holder])] += 1
    net: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for x, y in against.keys() | common.keys():
        if value := common[x, y] - against[x, y]:
            net[x][y] = net[y][x] = value
    groups, exact = _grouped(len(names), net)
    group_of = {n: k for k, group in enumerate(groups) for n in group}
    score = sum(n for (x, y), n in against.items() if group_of[x] != group_of[y])
    score += sum(n for (x, y), n in common.items() if group_of[x] == group_of[y])
    return Camps(
        groups=tuple(tuple(names[n] for n in group) for group in groups),
        score=score,
        method="branch and bound" if exact else "greedy joining and moves (Keuper et al. 2015)",
        exact=exact,
    )


def _pair(x: int, y: int) -> tuple[int, int]:
    return (x, y) if x < y else (y, x)


def _grouped(size: int, net: _Net) -> tuple[list[list[int]], bool]:
    """The groups in order, and whether they are the best."""
    groups: list[list[int]] = []
    exact = True
    for circle in _circles(size, net):
        if len(circle) <= _EXACT:
            groups += _best(circle, net)
        else:
            groups += _joined(circle, net)
            exact = False
    groups = [sorted(group) for group in groups]
    return sorted(groups, key=lambda group: (-len(group), group)), exact


def _circles(size: int, net: _Net) -> list[list[int]]:
    """The authors that chains of attraction connect, each circle sorted."""
    circles, seen = [], set[int]()
    for start in range(size):
        if start not in seen:
            seen.add(start)
            circle = [start]
            for here in circle:
                for there, value in net.get(here, {}).items():
                    if value > 0 and there not in seen:
                        seen.add(there)
                        circle.append(there)
            circles.append(sorted(circle))
    return circles


def _best(circle: Sequence[int], net: _Net) -> list[list[int]]:
    """The best groups of a few authors.

    The authors join one by one, from the last one on; the best value of those from each one on
    bounds what they can add when they come after others. Those who are attracted most come first,
    which was the fastest order of those tried.
    """
    attracted = {n: sum(v for v in net.get(n, {}).values() if v > 0) for n in circle}
    circle = sorted(circle, key=lambda n: (-attracted[n], n))
    count = len(circle)
    unit = count + 1  # an attraction weighs more than all groups together
    pull = [[unit * net.get(x, {}).get(y, 0) for y in circle] for x in circle]
    best_from = [0] * (count + 1)
    best: list[list[int]] = []
    for start in range(count - 1, -1, -1):
        best_from[start], best = _search(start, pull, best_from)
    return [[circle[n] for n in group] for group in best]


def _search(
    start: int, pull: Sequence[Sequence[int]], best_from: Sequence[int]
) -> tuple[int, list[list[int]]]:
    """The best value and groups of the authors from one on."""
    count = len(pull)
    most, best = -1, list[list[int]]()
    groups: list[list[int]] = []

    def place(n: int, value: int, sums: list[list[int]]) -> None:
        # sums: for each group, how much it attracts every author
        nonlocal most, best
        if n == count:
            if value > most:
                most, best = value, [list(group) for group in groups]
            return
        hope = value + best_from[n] if n > start else most + 1
        for later in range(n, count):
            hope += max((row[later] for row in sums if row[later] > 0), default=0)
        if hope <= most:
            return
        mine = pull[n]
        for k in sorted(range(len(groups)), key=lambda k: -sums[k][n]):
            gain = sums[k][n]
            before = sums[k]
            sums[k] = [a + b for a, b in zip(before, mine, strict=True)]
            groups[k].append(n)
            place(n + 1, value + gain, sums)
            groups[k].pop()
            sums[k] = before
        groups.append([n])
        sums.append(list(mine))
        place(n + 1, value + 1, sums)
        sums.pop()
        groups.pop()

    place(start, 0, [])
    return most, best


def _joined(circle: Iterable[int], net: _Net) -> list[list[int]]:
    """Good groups of many authors: those that attract each other most are joined, then moved."""
    members = {n: [n] for n in circle}
    links = {n: {m: v for m, v in net.get(n, {}).items() if m in members} for n in members}
    heap = [(-v, n, m) for n, row in links.items() for m, v in row.items() if n < m and v > 0]
    heapify(heap)
    while heap:
        value, x, y = heappop(heap)
        if links.get(x, {}).get(y) != -value:
            continue
        if len(links[x]) < len(links[y]):
            x, y = y, x
        del links[x][y], links[y][x]
        members[x] += members.pop(y)
        for other, v in links.pop(y).items():
            del links[other][y]
            total = links[x].get(other, 0) + v
            links[x][other] = links[other][x] = total
            if total > 0:
                heappush(heap, (-total, *_pair(x, other)))
    group_of = {n: k for k, group in members.items() for n in group}
    return _moved(group_of, net)


def _moved(group_of: dict[int, int], net: _Net) -> list[list[int]]:
    """The groups after each author has gone where he fits better, as long as that helps."""
    fresh = max(group_of) + 1
    moving = True
    while moving:
        moving = False
        for n in sorted(group_of):
            sums: defaultdict[int, int] = defaultdict(int)
            for other, value in net.get(n, {}).items():
                if other in group_of:
                    sums[group_of[other]] += value
            best = min(sums, key=lambda k: (-sums[k], k), default=group_of[n])
            if sums[best] > max(0, sums[group_of[n]]):
                group_of[n], moving = best, True
            elif sums[group_of[n]] < 0:
                group_of[n], moving = fresh, True
                fresh += 1
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for n, k in group_of.items():
        groups[k].append(n)
    return list(groups.values())
