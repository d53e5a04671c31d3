"""Grounded, preferred and stable labellings of an abstract framework (Dung 1995).

A framework is a sequence: at place *i* the numbers of the arguments that attack argument *i*. The
*grounded* labelling is found in linear time. What it leaves undecided is split into the parts
that no attack joins, and each part is asked about with a SAT solver (Besnard & Doutre 2004;
Dvorak, Jarvisalo, Wallner & Woltran 2014). Extensions are never all listed to find the labels:

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
    P. Besnard, S. Doutre. Checking the acceptability of a set of arguments. NMR 2004.
    W. Dvorak, M. Jarvisalo, J. P. Wallner, S. Woltran. Complexity-sensitive decision procedures
    for abstract argumentation. Artificial Intelligence 206, 2014.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, TypeAlias

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
#: What the parts of a framework have in extensions is counted up to this many for each part.
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
    The extensions are counted last, in the time that is left: those of each part up to
    :data:`CAP`, and the numbers of the parts are multiplied.

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
    undecided = []
    for numbers, inner in parts:
        with make_part(inner, semantics, deadline) as part:
            try:
                part.decide()
            except TimeoutError:
                complete = False
            if part.hopeless:
                none: list[Label] = ["undecided"] * len(labels)
                return Acceptance(tuple(none), frozenset(), 0, complete=True)
            for place in part.always_in:
                labels[numbers[place]] = "in"
            for place in part.always_out:
                labels[numbers[place]] = "out"
            credulous |= {numbers[place] for place in part.sometimes_in}
        undecided.append(inner)
    if count and complete:
        for inner in undecided:
            counts.append(_count(inner, semantics, deadline))
            if counts[-1] is None:
                break
    whole = count and complete and None not in counts
    total = prod(n for n in counts if n is not None) if whole else None
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
        with make_part(inner, semantics, deadline) as part:
            try:
                extension = part.extension()
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
    with make_part(inner, semantics, deadline) as part:
        try:
            for extension in part.extensions():
                yield sure | {numbers[place] for place in extension}
        except TimeoutError:
            raise TimeoutError(f"not all {semantics} extensions were found") from None


def _count(inner: Attackers, semantics: str, deadline: float) -> int | None:
    """How many extensions a part has; ``None`` beyond the cap or the bound on time."""
    with make_part(inner, semantics, deadline) as part:
        found = 0
        try:
            for _ in part.extensions():
                found += 1
                if found > CAP:
                    return None
        except TimeoutError:
            return None
    return found


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
