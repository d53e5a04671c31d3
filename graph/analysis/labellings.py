"""Grounded, preferred and stable labellings of an abstract framework (Dung 1995).

A framework is a sequence: at place *i* the numbers of the arguments that attack argument *i*. The
*grounded* labelling is found in linear time. What it leaves undecided is split into the parts
that no attack joins, and each part is asked about with a SAT solver (Besnard & Doutre 2004;
Dvorak, Jarvisalo, Wallner & Woltran 2014). Preferred extensions are put together along the strongly
connected components of the part (Baroni, Giacomin & Guida 2005), as
:mod:`graph.analysis.labelling_components` says: as long as few ways lead from one to the next, that
gives the labels and the number of extensions together. Otherwise, and for the labels of stable
ones, the part is asked about as a whole. Extensions are never all listed to find the labels:

- An argument is in some preferred extension if it is in some complete one: one query, whose answer
  settles many others.
- It is *out in every* preferred extension unless a query finds one that does not attack it. Where
  an extension E attacks it after all, an admissible S within E that does so is made small, and
  every preferred extension holds S or attacks it, since two admissible sets without conflict make
  an admissible set. That is a clause, and it rules out far more than E alone.
- It is *in every* one exactly if all that attack it are out in every one.
- Stable extensions are the models of a formula, so what is in all or in none is its backbone.

All this is bounded by time. When the bound is met, what has been proved stands, the rest is
undecided, and ``complete`` is false.

References:
    P. M. Dung. On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2), 1995.
    P. Baroni, M. Giacomin, G. Guida. SCC-recursiveness: a general schema for argumentation
    semantics. Artificial Intelligence 168(1-2), 2005.
    P. Besnard, S. Doutre. Checking the acceptability of a set of arguments. NMR 2004.
    W. Dvorak, M. Jarvisalo, J. P. Wallner, S. Woltran. Complexity-sensitive decision procedures
    for abstract argumentation. Artificial Intelligence 206, 2014.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from .labelling_components import Components, Survey
from .labelling_search import make_part

__all__ = [
    "CAP",
    "Acceptance",
    "Attackers",
    "Label",
    "acceptance",
    "extensions",
    "grounded",
    "one_extension",
]

#: The numbers of the arguments that attack each argument.
Attackers: TypeAlias = Sequence[Sequence[int]]
#: How an argument stands.
Label: TypeAlias = Literal["in", "out", "undecided"]
#: The extensions of a part that are listed to be counted, and those of a component for each of as
#: many ways to reach it, are at most this many.
CAP = 256


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What all preferred or stable extensions of a framework say about each argument.

    Attributes:
        labels: *in* for what is in every extension, *out* for what every extension attacks.
        credulous: the arguments in at least one extension.
        extensions: how many there are; ``None`` if not counted, or not to the end.
        complete: false if the bound on time was met before all was decided.
    """

    labels: tuple[Label, ...]
    credulous: frozenset[int]
    extensions: int | None
    complete: bool


def grounded(attackers: Attackers) -> tuple[Label, ...]:
    """The grounded labelling: in what nothing attacks, out what it attacks, and so on.

    >>> grounded([[], [0], [1], [3]])
    ('in', 'out', 'in', 'undecided')
    """
    targets: list[list[int]] = [[] for _ in attackers]
    left = []
    for number, those in enumerate(attackers):
        left.append(len(those))
        for attacker in those:
            targets[attacker].append(number)
    labels: list[Label] = ["undecided"] * len(left)
    todo = [number for number, count in enumerate(left) if not count]
    while todo:
        here = todo.pop()
        labels[here] = "in"
        for target in targets[here]:
            if labels[target] != "out":
                labels[target] = "out"
                for freed in targets[target]:
                    left[freed] -= 1
                    if not left[freed]:
                        todo.append(freed)
    return tuple(labels)


def acceptance(
    attackers: Attackers,
    semantics: Literal["preferred", "stable"],
    seconds: float = 10.0,
    *,
    count: bool = True,
) -> Acceptance:
    """What is in every extension, attacked by every one, or in at least one.

    Where there is no stable extension the number of extensions is 0 and every argument undecided.
    The extensions are counted in the time that is left, unless that takes more than :data:`CAP` of
    a part or a component to list; the numbers of the parts are multiplied.

    >>> found = acceptance([[1], [0], [0, 1], [2]], "preferred")
    >>> found.labels, found.extensions
    (('undecided', 'undecided', 'out', 'in'), 2)
    >>> acceptance([[0]], "stable").extensions
    0
    """
    deadline = time.monotonic() + seconds
    labels = list(grounded(attackers))
    credulous = {n for n, label in enumerate(labels) if label == "in"}
    complete = True
    counts: list[int | None] = []
    parts = _parts(attackers, labels)
    for numbers, inner in parts:
        number, found, decided = _ask(inner, semantics, deadline)
        if number == 0:
            none: list[Label] = ["undecided"] * len(labels)
            return Acceptance(tuple(none), frozenset(), 0, complete=True)
        for place in found.always_in:
            labels[numbers[place]] = "in"
        for place in found.always_out:
            labels[numbers[place]] = "out"
        credulous |= {numbers[place] for place in found.sometimes_in}
        counts.append(number)
        complete &= decided
    total = 1 if count and complete else None
    for number, (_, inner) in zip(counts, parts, strict=True):
        if total is not None:
            number = number or _count(inner, semantics, deadline)
            total = None if number is None else total * number
    return Acceptance(tuple(labels), frozenset(credulous), total, complete)


def one_extension(
    attackers: Attackers, semantics: Literal["preferred", "stable"], seconds: float = 10.0
) -> frozenset[int] | None:
    """One preferred or stable extension; ``None`` if there is no stable one.

    Raises:
        TimeoutError: if none is found within the bound on time.

    >>> sorted(one_extension([[], [0], [1, 3], [2]], "preferred"))
    [0, 2]
    """
    deadline = time.monotonic() + seconds
    labels = grounded(attackers)
    found = {n for n, label in enumerate(labels) if label == "in"}
    for numbers, inner in _parts(attackers, labels):
        try:
            extension = next(_extensions(inner, semantics, deadline), None)
        except TimeoutError:
            raise TimeoutError(
                f"no {semantics} extension was found within {seconds:g} seconds"
            ) from None
        if extension is None:
            return None
        found |= {numbers[place] for place in extension}
    return frozenset(found)


def extensions(
    attackers: Attackers, semantics: Literal["preferred", "stable"], seconds: float = 10.0
) -> Iterator[frozenset[int]]:
    """The extensions one by one, in no order that means anything.

    Raises:
        TimeoutError: when the bound on time is met.

    >>> sorted(sorted(e) for e in extensions([[1], [0]], "stable"))
    [[0], [1]]
    """
    deadline = time.monotonic() + seconds
    labels = grounded(attackers)
    sure = frozenset(n for n, label in enumerate(labels) if label == "in")
    numbers = [n for n, label in enumerate(labels) if label == "undecided"]
    inner = _within(attackers, numbers)
    try:
        for extension in _extensions(inner, semantics, deadline):
            yield sure | {numbers[place] for place in extension}
    except TimeoutError:
        raise TimeoutError(f"not all {semantics} extensions were found") from None


def _ask(inner: Attackers, semantics: str, deadline: float) -> tuple[int | None, Survey, bool]:
    """How many extensions a part has, if that is known, what they say, and if that is all."""
    surveyed = _survey(inner, semantics, deadline) if semantics == "preferred" else None
    if surveyed is not None:
        return *surveyed, True
    with make_part(inner, semantics, deadline) as part:
        try:
            part.decide()
            decided = True
        except TimeoutError:
            decided = False
        said = (part.always_in, part.always_out, part.sometimes_in)
        return 0 if part.hopeless else None, Survey(*map(frozenset, said)), decided


def _survey(inner: Attackers, semantics: str, deadline: float) -> tuple[int, Survey] | None:
    """How many extensions a part has and what they say, component by component.

    ``None`` if there are too many ways, if it takes too long, or if one component is most of all.
    """
    now = time.monotonic()
    framework = Components(inner, semantics, now + (deadline - now) / 2)
    try:
        return framework.survey(CAP) if framework.divided else None
    except TimeoutError:
        return None


def _extensions(inner: Attackers, semantics: str, deadline: float) -> Iterator[Iterable[int]]:
    """The extensions of a part."""
    if semantics == "preferred":  # a stable one of some components may not go on in the next
        framework = Components(inner, semantics, deadline)
        if framework.divided:
            yield from framework.extensions()
            return
    with make_part(inner, semantics, deadline) as part:
        yield from part.extensions()


def _count(inner: Attackers, semantics: str, deadline: float) -> int | None:
    """How many extensions a part has; ``None`` beyond the cap or the bound on time."""
    surveyed = _survey(inner, semantics, deadline) if semantics == "stable" else None
    if surveyed is not None:
        return surveyed[0]
    try:
        number = sum(1 for _ in islice(_extensions(inner, semantics, deadline), CAP + 1))
    except TimeoutError:
        return None
    return number if number <= CAP else None


def _parts(
    attackers: Attackers, labels: Sequence[Label]
) -> list[tuple[list[int], list[list[int]]]]:
    """What is undecided, as the parts that no attack joins, the small ones first."""
    root = list(range(len(labels)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    undecided = [n for n, label in enumerate(labels) if label == "undecided"]
    for number in undecided:
        for attacker in attackers[number]:
            if labels[attacker] == "undecided":
                a, b = find(number), find(attacker)
                root[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for number in undecided:
        groups.setdefault(find(number), []).append(number)
    ordered = sorted(groups.values(), key=lambda group: (len(group), group[0]))
    return [(group, _within(attackers, group)) for group in ordered]


def _within(attackers: Attackers, numbers: Sequence[int]) -> list[list[int]]:
    """The attacks between some of the arguments, which are numbered anew."""
    place = {number: n for n, number in enumerate(numbers)}
    return [sorted({place[a] for a in attackers[n] if a in place}) for n in numbers]
