"""The SAT queries behind the preferred and stable labellings, for one part of a framework.

The arguments of a part are those that the grounded labelling leaves undecided. For preferred
extensions there are two variables per argument, *in* and *out* (attacked by what is in), and the
clauses say that the labelling is complete; for stable ones *in* is enough.

:mod:`graph.analysis.labellings` has the method and the papers.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

__all__ = ["Part", "make_part"]

#: The solver looks at the clock after this many conflicts.
_CONFLICTS = 2_000


class Part(ABC):
    """Some arguments, the attacks between them, and what is known of their extensions.

    A question that is not answered by the deadline raises a ``TimeoutError``.

    Attributes:
        always_in: the arguments proved to be in every extension.
        always_out: those proved to be attacked by every extension.
        sometimes_in: those found in an extension.
        hopeless: true once it is proved that there is no extension.
    """

    def __init__(self, attackers: Sequence[Sequence[int]], deadline: float) -> None:
        from pysat.solvers import Solver  # slow to import, and only needed here

        self.attackers = attackers
        self.size = len(attackers)
        self.deadline = deadline
        self.always_in: set[int] = set()
        self.always_out: set[int] = set()
        self.sometimes_in: set[int] = set()
        self.hopeless = False
        self._solver: Any = Solver(name="g4")
        self._solver.append_formula(self._clauses())
        self._next = 2 * self.size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    @abstractmethod
    def _clauses(self) -> list[list[int]]:
        """The formula whose models are looked for; argument n is in if variable n + 1 is true."""

    @abstractmethod
    def decide(self) -> None:
        """Find what is in or out of all extensions, or in some."""

    @abstractmethod
    def extension(self) -> set[int] | None:
        """An extension of the formula as it stands."""

    def extensions(self) -> Iterator[set[int]]:
        """All extensions; no other question can be asked of the part after that."""
        while (found := self.extension()) is not None:
            yield found
            self._add([n + 1 for n in range(self.size) if n not in found])

    def _add(self, clause: list[int]) -> None:
        self._solver.add_clause(clause)

    def _prefer(self, literals: list[int]) -> None:
        """Make the solver try these values first."""
        self._solver.set_phases(literals)

    def _model(self, assumptions: Iterable[int] = ()) -> list[int] | None:
        """A model, or ``None`` if there is none."""
        given = list(assumptions)
        while True:
            if time.monotonic() > self.deadline:
                raise TimeoutError
            self._solver.conf_budget(_CONFLICTS)
            answer = self._solver.solve_limited(assumptions=given)
            if answer is not None:
                model: list[int] | None = self._solver.get_model() if answer else None
                return model

    def _one_of(self, literals: list[int], assumptions: Iterable[int] = ()) -> list[int] | None:
        """A model in which one of the literals holds; this is forgotten afterwards."""
        self._next += 1
        self._add([-self._next, *literals])
        model = self._model([self._next, *assumptions])
        self._add([-self._next])
        return model

    def _ins(self, model: list[int]) -> set[int]:
        return {literal - 1 for literal in model[: self.size] if literal > 0}


class _Stable(Part):
    def _clauses(self) -> list[list[int]]:
        clauses = []
        for here, those in enumerate(self.attackers):
            clauses.append([here + 1, *(there + 1 for there in those)])
            clauses += [[-here - 1, -there - 1] for there in those]
        return clauses

    def extension(self) -> set[int] | None:
        model = self._model()
        return None if model is None else self._ins(model)

    def decide(self) -> None:
        first = self.extension()
        if first is None:
            self.hopeless = True
            return
        self.sometimes_in = set(first)
        always, never = set(first), set(range(self.size)) - first
        while always or never:
            wanted = [-n - 1 for n in sorted(always)] + [n + 1 for n in sorted(never)]
            self._prefer(wanted)
            model = self._one_of(wanted)
            if model is None:
                break
            found = self._ins(model)
            self.sometimes_in |= found
            always &= found
            never -= found
        self.always_in, self.always_out = always, never


class _Preferred(Part):
    def _clauses(self) -> list[list[int]]:
        size, clauses = self.size, []
        for here, those in enumerate(self.attackers):
            is_in, is_out = here + 1, size + here + 1
            clauses.append([-is_in, -is_out])
            clauses.append([-is_out, *(there + 1 for there in those)])
            clauses.append([is_in, *(-size - there - 1 for there in those)])
            for there in those:
                clauses.append([-is_in, size + there + 1])
                clauses.append([is_out, -there - 1])
        return clauses

    def __init__(self, attackers: Sequence[Sequence[int]], deadline: float) -> None:
        super().__init__(attackers, deadline)
        self.targets: list[list[int]] = [[] for _ in attackers]
        for here, those in enumerate(attackers):
            for there in those:
                self.targets[there].append(here)

    def extension(self) -> set[int] | None:
        model = self._model()
        return None if model is None else self._grow(self._ins(model))

    def _grow(self, found: set[int], first: Iterable[int] = ()) -> set[int]:
        """The arguments of a preferred extension that holds those found."""
        while True:
            found = self._defend(found, first)
            out = self._attacked(found)
            more = [n + 1 for n in range(self.size) if n not in found and n not in out]
            larger = self._one_of(more, [n + 1 for n in sorted(found)]) if more else None
            if larger is None:
                return found
            found = self._ins(larger)

    def _defend(self, found: set[int], first: Iterable[int] = ()) -> set[int]:
        """The arguments found, and one after the other those that they and itself defend."""
        found, out = set(found), self._attacked(found)
        todo = [*range(self.size - 1, -1, -1), *first]
        while todo:
            here = todo.pop()
            if here in found or here in out:
                continue
            mine = self.targets[here]
            if here not in mine and all(a in out or a in mine for a in self.attackers[here]):
                found.add(here)
                fresh = [target for target in mine if target not in out]
                out.update(fresh)
                todo += {t for attacked in fresh for t in self.targets[attacked]}
        return found

    def _attacked(self, found: Iterable[int]) -> set[int]:
        return {target for number in found for target in self.targets[number]}

    def decide(self) -> None:
        first = self.extension()
        if first is None:  # pragma: no cover (there is always a complete set)
            raise AssertionError
        self.sometimes_in = set(first)
        out = self._attacked(first)
        never = set(range(self.size)) - first
        while never:
            wanted = [n + 1 for n in sorted(never)]
            self._prefer(wanted)
            model = self._one_of(wanted)
            if model is None:
                break
            found = self._defend(self._ins(model), sorted(never))
            self.sometimes_in |= found
            never -= found
        out -= self.sometimes_in
        for number in sorted(out):
            if number in self.always_out:
                continue
            if self._escapes(number, first):
                out.discard(number)
            else:
                self._settle(number)

    def _settle(self, number: int) -> None:
        """Take an argument as always out, with all that follows from it."""
        todo = [number]
        while todo:
            here = todo.pop()
            if here in self.always_out:
                continue
            self.always_out.add(here)
            for freed in self.targets[here]:
                if freed not in self.always_in and self.always_out.issuperset(
                    self.attackers[freed]
                ):
                    self.always_in.add(freed)
                    todo += self.targets[freed]

    def _escapes(self, number: int, example: set[int]) -> bool:
        """Whether some preferred extension does not attack the argument that the example does."""
        is_out = self.size + number + 1
        while True:
            self._learn(number, example)
            model = self._model([-is_out])
            if model is None:
                return False
            example = self._defend(self._ins(model))
            if example.isdisjoint(self.attackers[number]):
                model = self._model([is_out, *(n + 1 for n in sorted(example))])
                if model is None:
                    return True
                example = self._ins(model)

    def _learn(self, number: int, example: set[int]) -> None:
        """Every preferred extension holds, or attacks, what in the example attacks the argument."""
        start = min(example.intersection(self.attackers[number]))
        small, todo = {start}, [start]
        while todo:
            for attacker in self.attackers[todo.pop()]:
                defenders = example.intersection(self.attackers[attacker])
                if small.isdisjoint(defenders):
                    defender = min(defenders)
                    small.add(defender)
                    todo.append(defender)
        self._add([self.size + number + 1, *(self.size + n + 1 for n in sorted(small))])


def make_part(attackers: Sequence[Sequence[int]], semantics: str, deadline: float) -> Part:
    """A part of a framework, ready to be asked; use it in a ``with`` statement.

    >>> with make_part([[1], [0]], "stable", float("inf")) as part:
    ...     part.decide()
    ...     sorted(part.sometimes_in), part.always_in
    ([0, 1], set())
    """
    kind = _Preferred if semantics == "preferred" else _Stable
    return kind(attackers, deadline)
