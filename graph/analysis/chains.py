"""The search behind the contradictions: one attack, with a chain of supports at one of its ends.

Each form of derived contradiction is an *arm*: chains grow from the proposition at one end of the
attack (``start``), up or down the supports, to a ``far`` claim; the other end (``near``) stays.
For each holder the search stops where a chain meets them, so that what is found is the nearest,
and what hangs on that is looked for from there. Every search is a breadth-first walk over what
supports, or is supported by, one end of one attack: cycles cannot hold it up.

:mod:`graph.analysis.contradictions` has the definitions and the decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from .propositions import AttackClass, Edge, Propositions

__all__ = ["KINDS", "Finding", "Found", "Pair", "Unit", "find"]

#: The kinds of contradiction, in the order that breaks a tie between paths of one length.
KINDS = ("direct", "supported", "secondary", "mediated", "issue")
_DIRECT, _SUPPORTED, _SECONDARY, _MEDIATED, _ = range(5)

#: A proposition as held by one holder.
Unit: TypeAlias = tuple[int, str]
#: Two units, the smaller one first.
Pair: TypeAlias = tuple[Unit, Unit]


class Finding(NamedTuple):
    """One contradiction with its path; the smaller of two findings is the better one."""

    length: int
    kind: int
    path: tuple[str, ...]
    attack: str
    attack_at: int
    holders: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The best finding of each pair, and of each pair that backs it."""

    rows: dict[Pair, Finding] = field(default_factory=dict)
    backing: dict[Pair, dict[Pair, Finding]] = field(default_factory=dict)


class _Walk(NamedTuple):
    """A breadth-first walk: distances from the start, and two ways back to it.

    Following ``outward`` back gives the shortest path that is first in the alphabet when it is
    read from the start; ``inward``, when it is read towards the start.
    """

    distance: dict[int, int]
    outward: dict[int, int]
    inward: dict[int, int]


class _Tail(NamedTuple):
    """A chain that ends at the start of an arm: as propositions and as claims."""

    props: tuple[int, ...]
    claims: tuple[str, ...]


def _walk(
    start: int,
    step: Sequence[tuple[int, ...]],
    is_wall: Callable[[int], bool],
    avoid: Iterable[int] = (),
) -> _Walk:
    """All that is reached from the start by way of what is no wall; walls are reached too."""
    distance: dict[int, int] = {start: 0}
    outward: dict[int, int] = {}
    inward: dict[int, int] = {}
    frontier, depth = [start], 0
    while frontier:
        depth += 1
        reached = []
        for here in frontier:
            for there in step[here]:
                seen = distance.get(there)
                if seen is None:
                    if there not in avoid:
                        distance[there] = depth
                        outward[there] = inward[there] = here
                        reached.append(there)
                elif seen == depth and here < inward[there]:
                    inward[there] = here
        frontier = [there for there in reached if not is_wall(there)]
    return _Walk(distance, outward, inward)


def _no_wall(_prop: int) -> bool:
    return False


class _Arm:
    """One form of derived contradiction at one attack: where chains start, and what stays."""

    def __init__(
        self, props: Propositions, kind: int, cls: AttackClass, pair: Pair2, edges: Iterable[Edge]
    ) -> None:
        attacker_side = kind == _SUPPORTED
        self.props = props
        self.kind = kind
        self.symmetric = cls == "symmetric"
        self.start, self.near = pair if attacker_side else pair[::-1]
        self.upward = kind != _SECONDARY
        self.step = props.up if self.upward else props.down
        self.back = props.down if self.upward else props.up
        #: The attacks as (claim at the start, claim at the near end, kind).
        self.edges = [(a, t, k.value) if attacker_side else (t, a, k.value) for a, t, k in edges]

    def start_claims(self, holder: str) -> Sequence[str]:
        """The claims of a holder at the start that bear the attack, else their first one."""
        mine = self.props.held[self.start][holder]
        bearing = {start for start, _, _ in self.edges}
        return [claim for claim in mine if claim in bearing] or mine[:1]

    def near_claim(self, holder: str, beside: str) -> str:
        """The holder's claim at the near end, best one that the attack joins to the one beside."""
        mine = self.props.held[self.near][holder]
        bearing = ((start != beside, near) for start, near, _ in self.edges if near in mine)
        return min(bearing, default=(True, mine[0]))[1]

    def far_claim(self, far: Unit, beside: int) -> str:
        """The claim at the far end, best one that itself bears the support of what is beside."""
        prop, holder = far
        mine = self.props.held[prop][holder]
        others, known = self.props.members[beside], self.props.supports
        for claim in mine if len(mine) > 1 else ():
            for other in others:
                if ((claim, other) if self.upward else (other, claim)) in known:
                    return claim
        return mine[0]

    def far_first(self, far: tuple[str, str], near: tuple[str, str]) -> bool:
        """Whether paths run from the far end to the near one; ends are (holder, claim)."""
        return far < near if self.symmetric else self.kind == _SUPPORTED

    def finding(
        self, kind: int, claims: tuple[str, ...], near: str, holders: tuple[str, str]
    ) -> Finding:
        """The finding for claims from the far end to the start, and the holders far and near."""
        joined = [k for s, n, k in self.edges if s == claims[-1] and n == near]
        attack = min(joined or [k for _, _, k in self.edges])
        path = (*claims, near)
        if self.far_first((holders[0], claims[0]), (holders[1], near)):
            return Finding(len(path), kind, path, attack, len(path) - 2, holders)
        return Finding(len(path), kind, path[::-1], attack, 0, holders[::-1])

    def lead(
        self, walk: _Walk, is_wall: Callable[[int], bool], far: Unit, near_holder: str, tail: _Tail
    ) -> tuple[Finding, _Tail]:
        """The best finding from a far unit that the walk has reached, led on by the tail."""
        prop, holder = far
        start = tail.props[0]
        near = self.near_claim(near_holder, tail.claims[-1])
        mine = self.props.held[prop][holder]
        if len(mine) == 1:
            inward = self.far_first((holder, mine[0]), (near_holder, near))
            options = [(walk.inward if inward else walk.outward)[prop]]
        else:
            before = walk.distance[prop] - 1
            options = [
                n for n in self.back[prop] if walk.distance.get(n) == before and not is_wall(n)
            ]
        found = []
        for beside in options:
            first = self.far_claim(far, beside)
            inward = self.far_first((holder, first), (near_holder, near))
            home = walk.inward if inward else walk.outward
            chain = [prop, beside]
            while chain[-1] != start:
                chain.append(home[chain[-1]])
            between = (self.props.members[n][0] for n in chain[1:-1])
            claims = (first, *between, *tail.claims)
            whole = _Tail((*chain[:-1], *tail.props), claims)
            found.append((self.finding(self.kind, claims, near, (holder, near_holder)), whole))
        return min(found)


class _Search:
    """The findings so far, between different holders or within one (``own``)."""

    def __init__(self, props: Propositions, *, own: bool) -> None:
        self.props = props
        self.own = own
        self.found = Found()

    def at(self, cls: AttackClass, pair: Pair2, edges: Iterable[Edge]) -> None:
        """Add all findings that the attacks of one class between two propositions give."""
        kinds = [_SUPPORTED, _SECONDARY]
        if cls == "directed":  # symmetric: supported, the other way round; undercut: none
            kinds.append(_MEDIATED)
        arms = [_Arm(self.props, kind, cls, pair, edges) for kind in kinds]
        self._direct(arms, pair)
        for arm in arms:
            if arm.step[arm.start]:
                self._derived(arm)

    def _direct(self, arms: Sequence[_Arm], pair: Pair2) -> None:
        s, t = pair
        arm = arms[0]
        joined = {(a, b) for a, b, _ in arm.edges}
        for first in self.props.held[s]:
            for second in self.props.held[t]:
                if (first == second) != self.own or (self.own and s == t):
                    continue
                options = []
                for a in arm.start_claims(first):
                    b = arm.near_claim(second, a)
                    finding = arm.finding(_DIRECT, (a,), b, (first, second))
                    options.append(((a, b) not in joined, finding, a, b))
                _, finding, a, b = min(options)
                row = _pair((s, first), (t, second))
                _offer(self.found.rows, row, finding)
                for other in arms:
                    if other.kind == _SUPPORTED:
                        self._back(other, row, _Tail((s,), (a,)), first, second)
                    else:
                        self._back(other, row, _Tail((t,), (b,)), second, first)

    def _derived(self, arm: _Arm) -> None:
        held = self.props.held
        everything = _walk(arm.start, arm.step, _no_wall).distance
        holders = {h for prop in everything if prop != arm.start for h in held[prop]}
        tail = _Tail((arm.start,), (self.props.members[arm.start][0],))
        for far_holder in holders:
            for near_holder in held[arm.near]:
                if (far_holder == near_holder) == self.own:
                    self._nearest(arm, far_holder, near_holder, tail)

    def _nearest(self, arm: _Arm, far_holder: str, near_holder: str, tail: _Tail) -> None:
        """Add the nearest claims of one holder, and what backs them."""
        held, spared = self.props.held, arm.near if self.own else -1
        stops = {far_holder}
        if not self.own and far_holder in held[arm.near]:
            stops.add(near_holder)

        def is_wall(prop: int) -> bool:
            return prop != spared and not stops.isdisjoint(held[prop])

        if is_wall(arm.start):
            return
        walk = _walk(arm.start, arm.step, is_wall)
        for prop in walk.distance:
            if prop in (arm.start, spared) or far_holder not in held[prop]:
                continue
            far = (prop, far_holder)
            finding, chain = arm.lead(walk, is_wall, far, near_holder, tail)
            row = _pair(far, (arm.near, near_holder))
            _offer(self.found.rows, row, finding)
            self._back(arm, row, chain, far_holder, near_holder)

    def _back(self, arm: _Arm, row: Pair, tail: _Tail, far_holder: str, near_holder: str) -> None:
        """Add the backing of a row: what goes on from its far end, between the same holders."""
        if not arm.step[tail.props[0]]:
            return
        held = self.props.held
        roles = [(far_holder, near_holder)]
        if not self.own and far_holder in held[arm.near]:
            roles.append((near_holder, far_holder))
        walk = _walk(tail.props[0], arm.step, _no_wall, tail.props)
        for prop in walk.distance:
            if prop == tail.props[0] or (self.own and prop == arm.near):
                continue
            for far, near in roles:
                if far in held[prop]:
                    finding, _ = arm.lead(walk, _no_wall, (prop, far), near, tail)
                    pair = _pair((prop, far), (arm.near, near))
                    _offer(self.found.backing.setdefault(row, {}), pair, finding)


#: Two propositions: attacker and target.
Pair2: TypeAlias = tuple[int, int]


def _pair(first: Unit, second: Unit) -> Pair:
    return (first, second) if first < second else (second, first)


def _offer(best: dict[Pair, Finding], pair: Pair, finding: Finding) -> None:
    if pair not in best or finding < best[pair]:
        best[pair] = finding


def find(props: Propositions, *, own: bool = False) -> Found:
    """The direct and derived contradictions between holders, or within each one if ``own``."""
    search = _Search(props, own=own)
    for cls, pairs in props.attacks.items():
        for pair, edges in pairs.items():
            search.at(cls, pair, edges)
    return search.found
