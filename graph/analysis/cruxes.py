"""Cruxes: the fewest claims whose withdrawal dissolves every contradiction.

The contradictions between holders make a graph: its nodes are claims, its edges the rows of
:func:`~graph.analysis.contradictions.contradictions`. Between two holders it has two sides, and a
smallest set of nodes that touches every edge, a minimum vertex cover, is as large as a largest
matching (König 1931; with weights, Egerváry 1931). It is found as a minimum cut. For more holders
the problem is NP-hard. What claims with a single contradiction decide is taken first; each knot
that is left is solved as MaxSAT (RC2: Ignatiev, Morgado & Marques-Silva 2019) while there is time,
and otherwise approximated: both ends of a maximal matching are at most twice as many as are needed
(Gavril, in Garey & Johnson 1979), and the claim with most contradictions, again and again, is
taken if that gives fewer. What the definitions leave open is settled thus:

- A claim is withdrawn for its holder together with the holder's other ways of saying it; it is
  shown as the first by id of those in the rows. Other holders of the same proposition keep it.
- Rows are counted as they are listed. What backs a row falls with it, for it rests on both ends.
  Two things may come up that no row had told: the same support by way of another holder of a
  proposition, and two answers to an issue, where a contradiction now gone had stood for that;
  :func:`left_over` tells which.
- Of several smallest sets for two holders that one is taken whose claims take part in most
  contradictions, then that with fewest claims of the holder who is first in the alphabet.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from threading import Event, Timer
from typing import Any, TypeAlias

import networkx as nx

from ..model import Debate
from .contradictions import Contradiction, contradictions
from .suppose import without

__all__ = ["Crux", "Cruxes", "cruxes", "cruxes_of", "left_over"]

#: A claim as withdrawn: the first by id of all that say the same, and the holder.
_Unit: TypeAlias = tuple[str, str]
#: The units that contradict each unit.
_Graph: TypeAlias = dict[_Unit, set[_Unit]]


@dataclass(frozen=True, slots=True)
class Crux:
    """A claim, who holds it, and the contradictions that are gone when they withdraw it."""

    claim: str
    holder: str
    dissolves: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Cruxes:
    """A set of claims whose withdrawal dissolves every contradiction between the authors.

    Attributes:
        authors: the holders between whom it is.
        cruxes: the claims: those that dissolve most first, then by the rank of what they dissolve.
        exact: whether no smaller set would do.
        bound: the number of claims that any such set has at least.
    """

    authors: tuple[str, ...]
    cruxes: tuple[Crux, ...]
    exact: bool
    bound: int


def cruxes(
    debate: Debate, a: str, b: str, *, rows: Sequence[Contradiction] | None = None
) -> Cruxes:
    """The fewest claims of two holders whose withdrawal dissolves all contradictions of the two.

    ``rows`` are the contradictions of the debate, if they are at hand.

    Raises:
        UnknownNameError: if nobody in the debate is called that.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him"),
    ...             Claim("slow", "Trams are slow.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "good"),
    ...              Attack(AttackKind.REBUT, "slow", "good")))
    >>> found = cruxes(debate, "her", "him")
    >>> [(c.claim, len(c.dissolves)) for c in found.cruxes], found.exact
    ([('good', 2)], True)
    """
    return cruxes_of(debate, (a, b), rows=rows)


def cruxes_of(
    debate: Debate,
    authors: Iterable[str] | None = None,
    seconds: float = 2.0,
    *,
    rows: Sequence[Contradiction] | None = None,
) -> Cruxes:
    """The fewest claims whose withdrawal dissolves all contradictions between the authors.

    Without ``authors``, of all who wrote a piece. Where more than two are too many to be exact
    within the seconds, the set is at most twice as large as the smallest, and not ``exact``.

    Raises:
        UnknownNameError: if nobody in the debate is called that.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("d", "D", agents=tuple(Agent(n, n) for n in "abc"),
    ...     sources=tuple(Source(n, n, n) for n in "abc"),
    ...     claims=tuple(Claim(f"{n}1", f"Only {n} is right.", n, n) for n in "abc"),
    ...     attacks=tuple(Attack(AttackKind.CONTRARY, *pair)
    ...                   for pair in (("a1", "b1"), ("a1", "c1"), ("b1", "c1"))))
    >>> found = cruxes_of(debate)
    >>> len(found.cruxes), found.exact, found.bound
    (2, True, 2)
    """
    names = [a.id for a in debate.authors] if authors is None else list(authors)
    names = [debate.agent(name).id for name in dict.fromkeys(names)]
    among = set(names)
    said = _said(debate)
    touching: defaultdict[_Unit, list[Contradiction]] = defaultdict(list)
    shown: defaultdict[_Unit, set[str]] = defaultdict(set)
    graph: _Graph = defaultdict(set)
    for row in contradictions(debate) if rows is None else rows:
        if {row.first_holder, row.second_holder} <= among:
            first = said.get(row.first, row.first), row.first_holder
            second = said.get(row.second, row.second), row.second_holder
            graph[first].add(second)
            graph[second].add(first)
            for unit, claim in ((first, row.first), (second, row.second)):
                touching[unit].append(row)
                shown[unit].add(claim)
    cover, exact, bound = _cover(graph, seconds)
    found = [Crux(min(shown[unit]), unit[1], tuple(touching[unit])) for unit in cover]
    found.sort(key=lambda c: (-len(c.dissolves), c.dissolves[0].rank, c.claim, c.holder))
    return Cruxes(tuple(names), tuple(found), exact, bound)


def left_over(debate: Debate, found: Cruxes) -> tuple[Contradiction, ...]:
    """The contradictions that come up between the authors once the cruxes are withdrawn.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Issue, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("fair", "Trams are fair.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him"),
    ...             Claim("dear", "Trams are dear.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "good"),),
    ...     issues=(Issue("i", "Build them?", ("good", "fair"), ("loud", "dear")),))
    >>> found = cruxes(debate, "her", "him")
    >>> [c.claim for c in found.cruxes]
    ['loud']
    >>> [(row.kind, row.first, row.second) for row in left_over(debate, found)]
    [('issue', 'fair', 'dear'), ('issue', 'good', 'dear')]
    """
    said = _said(debate)
    units = {(said.get(crux.claim, crux.claim), crux.holder) for crux in found.cruxes}
    gone = {c.id for c in debate.claims if (said.get(c.id, c.id), c.holder) in units}
    rows = contradictions(without(debate, gone))
    return tuple(r for r in rows if {r.first_holder, r.second_holder} <= {*found.authors})


def _said(debate: Debate) -> dict[str, str]:
    """The first by id of all claims that say the same as each claim that has rephrases."""
    same: nx.Graph[str] = nx.Graph()
    same.add_edges_from((r.first, r.second) for r in debate.rephrases)
    return {
        c: first for part in nx.connected_components(same) for first in [min(part)] for c in part
    }


def _cover(graph: _Graph, seconds: float) -> tuple[list[_Unit], bool, int]:
    """A vertex cover, whether it is a smallest one, and a lower bound of its size."""
    deadline = time.monotonic() + seconds
    chosen: list[_Unit] = []
    knots: list[tuple[list[_Unit], _Graph]] = []
    for part in _parts(graph):
        if sides := _sides(part, graph):
            chosen += _konig(sides, graph)
            continue
        taken, rest = _peeled(part, graph)
        chosen += taken
        for piece in _parts(rest):
            if sides := _sides(piece, rest):
                chosen += _konig(sides, rest)
            else:
                knots.append((piece, rest))
    exact, bound = True, len(chosen)
    for piece, rest in sorted(knots, key=lambda knot: (len(knot[0]), knot[0][0])):
        solved = _maxsat(piece, rest, deadline - time.monotonic())
        if solved is None:
            exact = False
            solved, least = _approximate(piece, rest)
        else:
            least = len(solved)
        chosen += solved
        bound += least
    return chosen, exact, bound


def _peeled(part: Sequence[_Unit], graph: _Graph) -> tuple[list[_Unit], _Graph]:
    """The units to take since another has no edge but theirs, again and again, and what is left."""
    left = {unit: set(graph[unit]) for unit in part}
    leaves = sorted((unit for unit in part if len(left[unit]) == 1), reverse=True)
    taken = []
    while leaves:
        leaf = leaves.pop()
        if len(left.get(leaf, ())) == 1:
            (unit,) = left[leaf]
            taken.append(unit)
            for other in sorted(left.pop(unit)):
                left[other].discard(unit)
                if len(left[other]) == 1:
                    leaves.append(other)
    return taken, {unit: others for unit, others in left.items() if others}


def _parts(graph: _Graph) -> list[list[_Unit]]:
    """The connected parts, each sorted."""
    parts, seen = [], set[_Unit]()
    for start in sorted(graph):
        if start not in seen:
            seen.add(start)
            part = [start]
            for here in part:
                fresh = graph[here] - seen
                seen |= fresh
                part.extend(fresh)
            parts.append(sorted(part))
    return parts


def _sides(part: Sequence[_Unit], graph: _Graph) -> tuple[list[_Unit], list[_Unit]] | None:
    """The two sides of a connected part with no edge within a side, the first holder's left."""
    colour = {part[0]: 0}
    queue = [part[0]]
    for here in queue:
        for there in graph[here]:
            if there not in colour:
                colour[there] = 1 - colour[here]
                queue.append(there)
            elif colour[there] == colour[here]:
                return None
    left = [unit for unit in part if colour[unit] == 0]
    right = [unit for unit in part if colour[unit] == 1]
    if min(u[1] for u in right) < min(u[1] for u in left):
        left, right = right, left
    return left, right


def _konig(sides: tuple[list[_Unit], list[_Unit]], graph: _Graph) -> list[_Unit]:
    """A smallest vertex cover of a part with two sides: a minimum cut.

    Each claim costs one and a little less the more contradictions it has; all of the little
    together is less than one.
    """
    left, right = sides
    if len(left) == 1 or len(right) == 1:
        return right if len(right) == 1 else left
    one = 1 + sum(len(graph[unit]) for unit in (*left, *right))
    net: nx.DiGraph[Any] = nx.DiGraph()
    for unit in left:
        net.add_edge("source", unit, capacity=one - len(graph[unit]))
        net.add_edges_from((unit, other) for other in sorted(graph[unit]))
    for unit in right:
        net.add_edge(unit, "sink", capacity=one - len(graph[unit]))
    _, (here, there) = nx.minimum_cut(net, "source", "sink")
    return [u for u in left if u in there] + [u for u in right if u in here]


def _maxsat(part: Sequence[_Unit], graph: _Graph, seconds: float) -> list[_Unit] | None:
    """A smallest vertex cover of a part, or nothing if there is no time to find one."""
    if seconds <= 0:
        return None
    from pysat.examples.rc2 import RC2
    from pysat.formula import WCNF

    number = {unit: n for n, unit in enumerate(part, start=1)}
    formula = WCNF()
    for unit in part:
        formula.append([-number[unit]], weight=1)
        for other in sorted(graph[unit]):
            if number[unit] < number[other]:
                formula.append([number[unit], number[other]])
    late = Event()
    with RC2(formula, adapt=True) as solver:

        def stop() -> None:
            late.set()
            solver.interrupt()

        timer = Timer(seconds, stop)
        timer.start()
        model = solver.compute(expect_interrupt=True)
        timer.cancel()
        timer.join()
    if model is None or late.is_set():
        return None
    true = {n for n in model if n > 0}
    return [unit for unit in part if number[unit] in true]


def _approximate(part: Sequence[_Unit], graph: _Graph) -> tuple[list[_Unit], int]:
    """A vertex cover at most twice as large as the smallest, and a lower bound: a matching."""
    matched: set[_Unit] = set()
    for unit in sorted(part, key=lambda u: (len(graph[u]), u)):
        if unit not in matched:
            free = [u for u in graph[unit] if u not in matched]
            if free:
                matched |= {unit, min(free, key=lambda u: (len(graph[u]), u))}
    options = [_pruned(cover, graph) for cover in (_greedy(part, graph), matched)]
    return min((len(option), sorted(option)) for option in options)[1], len(matched) // 2


def _greedy(part: Sequence[_Unit], graph: _Graph) -> set[_Unit]:
    """A cover that takes the unit with most edges left, again and again."""
    left = {unit: len(graph[unit]) for unit in part}
    heap = [(-n, unit) for unit, n in left.items()]
    heapify(heap)
    taken: set[_Unit] = set()
    while heap:
        n, unit = heappop(heap)
        if -n == left[unit] > 0:
            left[unit] = 0
            taken.add(unit)
            for other in graph[unit] - taken:
                left[other] -= 1
                heappush(heap, (-left[other], other))
    return taken


def _pruned(cover: Iterable[_Unit], graph: Mapping[_Unit, set[_Unit]]) -> set[_Unit]:
    """The cover without the units that it can spare, those with fewest edges tried first."""
    kept = set(cover)
    for unit in sorted(kept, key=lambda u: (len(graph[u]), u)):
        if graph[unit] <= kept:
            kept.remove(unit)
    return kept
