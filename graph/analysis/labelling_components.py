"""Extensions put together along strongly connected components (Baroni, Giacomin & Guida 2005).

Arguments that attack each other in circles are a component, and between components attacks go one
way. What an extension holds in a component depends on those before it through two things only:

- An argument that is attacked from before by what is in is *beaten*: it falls away.
- One that is attacked from before by what is undecided, and by nothing that is in, is *barred*: it
  cannot be in, though it may be attacked. An attack of it on itself says the same.

So a component is a small framework of its own, whose extensions are found with
:mod:`graph.analysis.labelling_search`, and one after the other they make those of the whole. What
bears on the components to come is the *way* so far, and many extensions go the same way. That is
why all of them can be counted and compared without listing them, as long as the ways are few.

References:
    P. Baroni, M. Giacomin, G. Guida. SCC-recursiveness: a general schema for argumentation
    semantics. Artificial Intelligence 168(1-2), 2005.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import networkx as nx

from .labelling_search import make_part

__all__ = ["Components", "Survey", "components"]


class Survey(NamedTuple):
    """What is in all of some extensions, what all of them attack, and what is in one at least."""

    always_in: frozenset[int] = frozenset()
    always_out: frozenset[int] = frozenset()
    sometimes_in: frozenset[int] = frozenset()


class _Way(NamedTuple):
    """What some components do to those that are still to come."""

    beaten: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()

    def within(self, group: frozenset[int]) -> _Way:
        return _Way(self.beaten & group, self.barred & group)

    def then(self, group: frozenset[int], more: _Way) -> _Way:
        """The way after one more component."""
        beaten = (self.beaten | more.beaten) - group
        return _Way(beaten, (self.barred | more.barred) - group - beaten)


def components(attackers: Sequence[Sequence[int]]) -> list[frozenset[int]]:
    """The strongly connected components, each after all that attack it.

    >>> [sorted(group) for group in components([[1], [2], [1]])]
    [[1, 2], [0]]
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(attackers)))
    graph.add_edges_from((n, there) for n, those in enumerate(attackers) for there in those)
    return [frozenset(group) for group in nx.strongly_connected_components(graph)]


class Components:
    """A framework, to be gone through component by component.

    A question that is not answered by the deadline raises a ``TimeoutError``.

    >>> framework = Components([[1], [0], [0, 1], [2]], "preferred", float("inf"))
    >>> sorted(sorted(extension) for extension in framework.extensions())
    [[0, 3], [1, 3]]
    >>> framework.survey(cap=256)
    (2, Survey(always_in=frozenset({3}), always_out=frozenset({2}), \
sometimes_in=frozenset({0, 1, 3})))
    """

    def __init__(self, attackers: Sequence[Sequence[int]], semantics: str, deadline: float) -> None:
        self.attackers = attackers
        self.semantics = semantics
        self.deadline = deadline
        self.groups = components(attackers)
        self.targets: list[list[int]] = [[] for _ in attackers]
        for here, those in enumerate(attackers):
            for there in those:
                self.targets[there].append(here)

    @property
    def divided(self) -> bool:
        """Whether no component is most of the whole; else going through them gains little."""
        return 2 * max(map(len, self.groups), default=0) <= len(self.attackers)

    def extensions(self) -> Iterator[frozenset[int]]:
        """The extensions one by one.

        A preferred extension of some components always goes on in the next, so no search is in
        vain. That is not so with stable ones.
        """
        path = [(frozenset[int](), _Way())]
        searches: list[Iterator[tuple[frozenset[int], _Way]]] = []
        while True:
            if len(searches) < len(self.groups):
                searches.append(self._choices(self.groups[len(searches)], path[-1][1]))
            else:
                yield frozenset[int]().union(*(held for held, _ in path))
                path.pop()
            while searches:
                step = next(searches[-1], None)
                if step is not None:
                    group = self.groups[len(searches) - 1]
                    path.append((step[0], path[-1][1].then(group, step[1])))
                    break
                searches.pop()
                path.pop()
            else:
                return

    def survey(self, cap: int) -> tuple[int, Survey] | None:
        """How many extensions there are and what they say; they are not listed for that.

        ``None`` if the components before another bear on those to come in more than ``cap`` ways,
        or if in one of these ways a component has more than ``cap`` extensions.
        """
        ways, steps = {_Way()}, []
        for group in self.groups:
            if time.monotonic() > self.deadline:
                raise TimeoutError
            known: dict[_Way, dict[_Way, tuple[int, Survey]] | None] = {}
            step = {}
            for way in ways:
                here = way.within(group)
                if here not in known:
                    known[here] = self._outcomes(group, here, cap)
                outcomes = known[here]
                if outcomes is None:
                    return None
                step[way] = [(way.then(group, more), *each) for more, each in outcomes.items()]
            ways = {after for follow in step.values() for after, _, _ in follow}
            if len(ways) > cap:
                return None
            steps.append(step)
        totals, heard = {_Way(): 1}, []  # how many extensions go on from each way
        for step in reversed(steps):
            said, before = [], {}
            for way, follow in step.items():
                live = [each for each in follow if each[0] in totals]
                if live:  # a stable way may lead nowhere
                    before[way] = sum(number * totals[after] for after, number, _ in live)
                    said += [told for _, _, told in live]
            if not said:
                return 0, Survey()
            heard.append(_common(said))
            totals = before
        return totals[_Way()], Survey(
            frozenset[int]().union(*(told.always_in for told in heard)),
            frozenset[int]().union(*(told.always_out for told in heard)),
            frozenset[int]().union(*(told.sometimes_in for told in heard)),
        )

    def _outcomes(
        self, group: frozenset[int], way: _Way, cap: int
    ) -> dict[_Way, tuple[int, Survey]] | None:
        """The extensions of a component, how many go on in each way and what those say."""
        found: dict[_Way, list[Survey]] = defaultdict(list)
        for number, (held, more) in enumerate(self._choices(group, way)):
            if number == cap:
                return None
            out = group.intersection(target for n in held for target in self.targets[n])
            found[more].append(Survey(held, out | way.beaten, held))
        return {more: (len(said), _common(said)) for more, said in found.items()}

    def _choices(self, group: frozenset[int], way: _Way) -> Iterator[tuple[frozenset[int], _Way]]:
        """The extensions of a component, and what each does to those that are still to come."""
        numbers = sorted(group - way.beaten)
        place = {number: n for n, number in enumerate(numbers)}
        inner = [
            [place[a] for a in self.attackers[n] if a in place] + [place[n]] * (n in way.barred)
            for n in numbers
        ]
        for extension in self._solve(inner):
            held = frozenset(numbers[n] for n in extension)
            out = {target for n in held for target in self.targets[n]}
            undecided = [n for n in numbers if n not in held and n not in out]
            barred = {target for n in undecided for target in self.targets[n]}
            yield held, _Way(frozenset(out - group), frozenset(barred - group - out))

    def _solve(self, inner: Sequence[Sequence[int]]) -> Iterator[Iterable[int]]:
        """The extensions of what a component has become."""
        if not any(inner):  # nothing is attacked
            yield range(len(inner))
            return
        with make_part(inner, self.semantics, self.deadline) as part:
            yield from part.extensions()


def _common(surveys: Sequence[Survey]) -> Survey:
    """What all of them say together."""
    return Survey(
        frozenset.intersection(*(told.always_in for told in surveys)),
        frozenset.intersection(*(told.always_out for told in surveys)),
        frozenset.union(*(told.sometimes_in for told in surveys)),
    )
