"""Clashes, cruxes, agreement and camps of a small debate by brute force, in the plainest Python.

Written from the definitions, not from the package. The contradictions themselves are taken as
given: :mod:`tests.oracle` checks them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from graph.analysis.contradictions import Contradiction
from graph.model import Debate, Status
from tests.oracle import World

__all__ = [
    "best_camps",
    "clash_order",
    "common_ground_of",
    "issue_of",
    "smallest_covers",
    "steps_up",
    "unanswered_of",
    "weight_of",
]


def groups_up(world: World, n: int) -> set[int]:
    """The propositions that directly support one."""
    return {world.of[p] for p, c in world.supports if world.of[c] == n} - {n}


def groups_down(world: World, n: int) -> set[int]:
    """The propositions that one directly supports."""
    return {world.of[c] for p, c in world.supports if world.of[p] == n} - {n}


def steps(world: World, start: int, way: Any) -> dict[int, int]:
    """The fewest steps to each proposition, itself included, by trying every number of steps."""
    found = {start: 0}
    for n in range(len(world.groups)):
        for here in [h for h, k in found.items() if k == n]:
            for there in way(world, here):
                found.setdefault(there, n + 1)
    return found


def steps_up(debate: Debate, claim: str) -> list[tuple[int, str]]:
    """What backs a claim: steps and claim id, the nearest first."""
    world = World(debate)
    up = steps(world, world.of[claim], groups_up)
    del up[world.of[claim]]
    return sorted((n, c) for group, n in up.items() for c in world.groups[group])


def weight_of(debate: Debate, row: Contradiction) -> int:
    """How much hangs on a contradiction: claims beside the ends, and backing."""
    world = World(debate)
    ends = [world.of[row.first], world.of[row.second]]
    around = set()
    for end in ends:
        around |= set(steps(world, end, groups_up)) | set(steps(world, end, groups_down))
    claims = [c for group in around.difference(ends) for c in world.groups[group]]
    return len(claims) + len(row.backing)


def issue_of(debate: Debate, row: Contradiction) -> str | None:
    """The issue that the two sides answer in opposite ways, the nearest."""
    if row.issue:
        return row.issue
    world = World(debate)

    def answers(distances: dict[int, int]) -> list[tuple[str, str, int]]:
        near = [(c, distances[world.of[c]]) for c in world.of if distances.get(world.of[c], 3) <= 2]
        pro = [(i.id, "pro", n) for i in debate.issues for c, n in near if c in i.pro]
        return pro + [(i.id, "con", n) for i in debate.issues for c, n in near if c in i.con]

    def opposite(one: dict[int, int], other: dict[int, int]) -> list[tuple[int, str]]:
        return sorted(
            (n + m, i)
            for i, way, n in answers(one)
            for j, yaw, m in answers(other)
            if i == j and way != yaw
        )

    def disputed() -> list[tuple[int, str]]:
        """Issues that the attacked claim answers, and the attacker does not answer alike."""
        found = []
        for attacker, attacked in [(left, right), (right, left)]:
            if attacker == left or row.attack in ("contrary", "contradictory"):
                mine = {(i, way) for i, way, _ in answers({attacker: 0})}
                found += [(0, i) for i, way, _ in answers({attacked: 0}) if (i, way) not in mine]
        return sorted(found)

    left, right = (world.of[c] for c in row.path[row.attack_at : row.attack_at + 2])
    down = [steps(world, x, groups_down) for x in (left, right)]
    up = [steps(world, x, groups_up) for x in (left, right)]
    both = [
        x | {p: n for p, n in y.items() if n <= x.get(p, n)} for x, y in zip(down, up, strict=True)
    ]
    tries = (
        opposite({world.of[row.first]: 0}, {world.of[row.second]: 0}),
        opposite({left: 0}, {right: 0}),
        opposite(*down),
        disputed(),
        opposite(*both),
    )
    return next((found[0][1] for found in tries if found), None)


def clash_order(
    debate: Debate, told: Sequence[tuple[Contradiction, str, int]]
) -> list[Contradiction]:
    """The contradictions, given with point and weight, in the order of their clashes."""
    reported = {c.id for c in debate.claims if c.status is Status.REPORTED}
    levels: dict[Any, list[tuple[Contradiction, str, int]]] = {}
    for row, point, weight in told:
        level = (
            row.kind != "direct",
            row.first in reported or row.second in reported,
            row.kind == "issue",
        )
        levels.setdefault(level, []).append((row, point, weight))
    order = []
    for level in sorted(levels):
        left = sorted(levels[level], key=lambda t: (-t[2], len(t[0].path), t[0].first, t[0].second))
        while left:  # the heaviest of each point, then the next of each, and so on
            points = [point for _, point, _ in left]
            turn = [t for n, t in enumerate(left) if points.index(t[1]) == n]
            order += [row for row, _, _ in turn]
            left = [t for t in left if t not in turn]
    return order


def smallest_covers(debate: Debate, rows: Sequence[Contradiction]) -> list[frozenset[Any]]:
    """Every smallest set of claims as held by their holders that touches all rows."""
    world = World(debate)
    edges = [
        {(world.of[r.first], r.first_holder), (world.of[r.second], r.second_holder)} for r in rows
    ]
    units = sorted(set().union(*edges))
    for size in range(len(units) + 1):
        found = [
            frozenset(chosen)
            for chosen in combinations(units, size)
            if all(edge.intersection(chosen) for edge in edges)
        ]
        if found:
            return found
    raise AssertionError


def common_ground_of(debate: Debate) -> set[tuple[str, str, str, str, str]]:
    """Every piece of common ground: both claims, both holders and the relation."""
    world = World(debate)
    rephrases = [(r.first, r.second) for r in debate.rephrases]
    rephrases += [(b, a) for a, b in rephrases]
    numbers = range(len(world.groups))
    found = set()
    for p in numbers:
        for h in world.holders(p):
            for g in world.holders(p):
                if h < g:
                    x, y = shown(world.claims(p, h), world.claims(p, g), rephrases)
                    found.add((x, y, h, g, "rephrase"))
    for p in numbers:
        for q in groups_down(world, p):
            for h in world.holders(p):
                for g in world.holders(q):
                    if h != g and h not in world.holders(q) and g not in world.holders(p):
                        x, y = shown(world.claims(p, h), world.claims(q, g), world.supports)
                        found.add((x, y, h, g, "support"))
    return found


def shown(xs: list[str], ys: list[str], joined: Any) -> tuple[str, str]:
    """The first pair of claims that is joined, or else the first pair."""
    pairs = sorted((x, y) for x in xs for y in ys)
    return next((pair for pair in pairs if pair in joined), pairs[0])


def unanswered_of(
    debate: Debate, ranked: Sequence[Contradiction]
) -> list[tuple[str, str, tuple[int, ...]]]:
    """Claim, holder and ranks of every claim on an attacking side that nothing attacks."""
    world = World(debate)
    both = ("contrary", "contradictory")
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for rank, row in enumerate(ranked, start=1):
        sides = []
        if row.kind != "issue":
            sides.append((row.first, row.first_holder))
        if row.attack in both:
            sides.append((row.second, row.second_holder))
        for claim, holder in sides:
            if not any(world.of[target] == world.of[claim] for _, target, _, _ in world.attacks):
                found.setdefault((world.of[claim], holder), []).append((rank, claim))
    return [(all_[0][1], who, tuple(rank for rank, _ in all_)) for (_, who), all_ in found.items()]


def partitions(things: list[str]) -> Iterator[list[list[str]]]:
    """Every way to put things in groups."""
    if not things:
        yield []
        return
    for rest in partitions(things[1:]):
        yield [[things[0]], *rest]
        for n in range(len(rest)):
            yield [*rest[:n], [things[0], *rest[n]], *rest[n + 1 :]]


def best_camps(
    debate: Debate, rows: Sequence[Contradiction], names: list[str]
) -> tuple[int, int, list[set[frozenset[str]]]]:
    """The best score, the most groups with it, and all the groupings that have both."""
    shared = common_ground_of(debate)

    def score(groups: list[list[str]]) -> int:
        together = [set(g) for g in groups]

        def inside(one: str, other: str) -> bool:
            return any(one in g and other in g for g in together)

        known = set(names)
        between = [r for r in rows if {r.first_holder, r.second_holder} <= known]
        apart = sum(not inside(r.first_holder, r.second_holder) for r in between)
        return apart + sum(inside(h, g) for _, _, h, g, _ in shared)

    scored = [(score(groups), len(groups), groups) for groups in partitions(names)]
    best = max(value for value, _, _ in scored)
    most = max(count for value, count, _ in scored if value == best)
    winners = [{frozenset(g) for g in gs} for v, n, gs in scored if (v, n) == (best, most)]
    return best, most, winners
