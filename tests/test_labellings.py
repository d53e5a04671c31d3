"""Labellings: published examples, brute force over all subsets, and another solver."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygarg.dung import solver

from graph.analysis.labelling_components import Components, components
from graph.analysis.labellings import (
    CAP,
    acceptance,
    extensions,
    grounded,
    one_extension,
)

Semantics = Literal["preferred", "stable"]
BOTH: tuple[Semantics, ...] = ("preferred", "stable")


def make(text: str) -> tuple[str, list[list[int]]]:
    """The names and attackers of a framework from words such as ``a>b`` (attacks), ``a<>b``."""
    names = sorted({c for c in text if c.isalpha()})
    attackers: list[set[int]] = [set() for _ in names]
    for word in text.split():
        if len(word) == 1:
            continue
        a, b = names.index(word[0]), names.index(word[-1])
        attackers[b].add(a)
        if "<>" in word:
            attackers[a].add(b)
    return "".join(names), [sorted(those) for those in attackers]


#: What is in, out and undecided in the grounded labelling; the preferred and the stable extensions.
PUBLISHED = {
    "Dung 1995, example 1, two ministers": ("i<>a j>a", "ij a -", ["ij"], ["ij"]),
    "Dung 1995, the Nixon diamond": ("a<>b", "- - ab", ["a", "b"], ["a", "b"]),
    "Dung 1995, an argument against itself": ("a>a", "- - a", [""], []),
    "Dung 1995, no attack": ("a b", "ab - -", ["ab"], ["ab"]),
    "Pollock 1987, reinstatement": ("a>b b>c", "ac b -", ["ac"], ["ac"]),
    "Baroni, Giacomin & Guida 2005, three in a circle": ("a>b b>c c>a", "- - abc", [""], []),
    "Baroni, Giacomin & Guida 2005, four in a circle": (
        "a>b b>c c>d d>a",
        "- - abcd",
        ["ac", "bd"],
        ["ac", "bd"],
    ),
    "Makinson & Schlechta 1991, floating reinstatement": (
        "a<>b a>c b>c c>d",
        "- - abcd",
        ["ad", "bd"],
        ["ad", "bd"],
    ),
    "Caminada 2006, an odd circle that one way breaks": (
        "a<>b b>c c>d d>e e>c",
        "- - abcde",
        ["a", "bd"],
        ["bd"],
    ),
    "Baroni & Giacomin 2009, a self-attacker attacks": ("a>a a>b", "- - ab", [""], []),
}


@pytest.mark.parametrize(
    ("text", "labels", "preferred", "stable"), PUBLISHED.values(), ids=PUBLISHED.keys()
)
def test_published(text: str, labels: str, preferred: list[str], stable: list[str]) -> None:
    names, attackers = make(text)
    found = grounded(attackers)
    told = [
        "".join(n for n, label in zip(names, found, strict=True) if label == one) or "-"
        for one in ("in", "out", "undecided")
    ]
    assert " ".join(told) == labels
    for semantics, expected in zip(BOTH, (preferred, stable), strict=True):
        listed = ["".join(names[n] for n in sorted(e)) for e in extensions(attackers, semantics)]
        assert sorted(listed) == expected
        assert acceptance(attackers, semantics).extensions == len(expected)


def oracle(attackers: Sequence[Sequence[int]], semantics: str) -> list[frozenset[int]]:
    """The extensions, from Dung's definitions, by looking at each set of arguments."""
    everything = range(len(attackers))
    attacks = {(a, b) for b, those in enumerate(attackers) for a in those}

    def free(s: frozenset[int]) -> bool:
        return not any((a, b) in attacks for a in s for b in s)

    def acceptable(b: int, s: frozenset[int]) -> bool:
        return all(any((c, a) in attacks for c in s) for a in everything if (a, b) in attacks)

    sets = [frozenset(c) for k in range(len(everything) + 1) for c in combinations(everything, k)]
    admissible = [s for s in sets if free(s) and all(acceptable(b, s) for b in s)]
    if semantics == "stable":
        return [
            s for s in sets if free(s) and all(any((a, b) in attacks for a in s) or b in s
                                               for b in everything)
        ]  # fmt: skip
    if semantics == "preferred":
        return [s for s in admissible if not any(s < t for t in admissible)]
    complete = [s for s in admissible if all(b in s for b in everything if acceptable(b, s))]
    return [s for s in complete if all(s <= t for t in complete)]


@st.composite
def frameworks(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(0, 7))
    if not size:
        return []
    number = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(number, number), max_size=16))
    return [sorted({a for a, b in pairs if b == n}) for n in range(size)]


@st.composite
def layered(draw: st.DrawFn) -> list[list[int]]:
    """Circles, and single arguments, that attack each other one way only."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    attackers: list[set[int]] = []
    for size in sizes:
        start = len(attackers)
        if start + size > 8:
            break
        attackers += [{start + (n - 1) % size} if size > 1 else set() for n in range(size)]
        inside = st.integers(start, start + size - 1)
        for a, b in draw(st.lists(st.tuples(inside, inside), max_size=3)):
            attackers[b].add(a)
        if start:
            before = st.integers(0, start - 1)
            for a, b in draw(st.lists(st.tuples(before, inside), max_size=3)):
                attackers[b].add(a)
    return [sorted(those) for those in attackers]


def check(attackers: Sequence[Sequence[int]], semantics: Semantics,
          expected: list[frozenset[int]]) -> None:  # fmt: skip
    """Everything that is said of all extensions, held against their list."""
    found = acceptance(attackers, semantics, 60)
    assert found.complete
    assert found.credulous == frozenset().union(*expected)
    assert found.extensions == len(expected) or (found.extensions is None and len(expected) > CAP)
    for n, label in enumerate(found.labels):
        held = [n in e for e in expected]
        attacked = [not e.isdisjoint(attackers[n]) for e in expected]
        if not expected:
            assert label == "undecided"
        elif all(held):
            assert label == "in"
        else:
            assert label == ("out" if all(attacked) else "undecided")
    one = one_extension(attackers, semantics)
    assert one in expected if expected else one is None


@settings(max_examples=150, deadline=None)
@given(st.one_of(frameworks(), layered()))
def test_brute_force_agrees(attackers: list[list[int]]) -> None:
    (least,) = oracle(attackers, "grounded")
    labels = grounded(attackers)
    assert {n for n, label in enumerate(labels) if label == "in"} == least
    for n, label in enumerate(labels):
        assert (label == "out") == (not least.isdisjoint(attackers[n]))
    for semantics in BOTH:
        expected = oracle(attackers, semantics)
        assert sorted(map(sorted, extensions(attackers, semantics))) == sorted(
            map(sorted, expected)
        )
        check(attackers, semantics, expected)


@settings(max_examples=150, deadline=None)
@given(layered(), st.sampled_from(BOTH))
def test_components_agree_with_brute_force(
    attackers: list[list[int]], semantics: Semantics
) -> None:
    """Also where :func:`acceptance` would not go through them."""
    expected = oracle(attackers, semantics)
    framework = Components(attackers, semantics, float("inf"))
    assert sorted(map(sorted, framework.extensions())) == sorted(map(sorted, expected))
    surveyed = framework.survey(cap=CAP)
    assert surveyed is not None
    number, told = surveyed
    assert number == len(expected)
    if expected:
        everything = range(len(attackers))
        assert told.always_in == frozenset.intersection(*expected)
        assert told.sometimes_in == frozenset.union(*expected)
        assert told.always_out == {
            n for n in everything if not any(e.isdisjoint(attackers[n]) for e in expected)
        }


@given(frameworks())
def test_components_come_after_what_attacks_them(attackers: list[list[int]]) -> None:
    found = components(attackers)
    assert sorted(n for group in found for n in group) == list(range(len(attackers)))
    done: set[int] = set()
    for group in found:
        done |= group
        assert all(done.issuperset(attackers[n]) for n in group)


def random_framework(size: int, attacks: int, mutual: float, seed: int) -> list[list[int]]:
    random = Random(seed)
    attackers: list[set[int]] = [set() for _ in range(size)]
    for _ in range(attacks):
        a, b = random.randrange(size), random.randrange(size)
        attackers[b].add(a)
        if random.random() < mutual:
            attackers[a].add(b)
    return [sorted(those) for those in attackers]


def layered_framework(size: int, island: int, seed: int) -> list[list[int]]:
    """Circles with some attacks more inside each, and two on each from among those before it."""
    random = Random(seed)
    attackers: list[set[int]] = [set() for _ in range(size)]
    for start in range(0, size, island):
        for n in range(island):
            attackers[start + n].add(start + (n - 1) % island)
        for _ in range(island // 2):
            attackers[start + random.randrange(island)].add(start + random.randrange(island))
        for _ in range(2 if start else 0):
            attackers[start + random.randrange(island)].add(random.randrange(start))
    return [sorted(those) for those in attackers]


@pytest.mark.parametrize("seed", range(30))
def test_another_solver_agrees(seed: int) -> None:
    """pygarg, on frameworks too large for brute force, with few extensions and with many."""
    compare(
        random_framework(12 + seed, int((12 + seed) * (1.2 + seed % 4 * 0.4)), seed % 3 / 2, seed)
    )


@pytest.mark.parametrize("seed", range(20))
def test_another_solver_agrees_on_components(seed: int) -> None:
    island = 3 + seed % 7
    compare(layered_framework(40 // island * island, island, seed))


def compare(attackers: list[list[int]]) -> None:
    size = len(attackers)
    names = [str(n) for n in range(size)]
    attacks = [[str(a), str(b)] for b, those in enumerate(attackers) for a in those]
    (least,) = solver.extension_enumeration(names, attacks, "GR")
    assert {n for n, label in enumerate(grounded(attackers)) if label == "in"} == set(
        map(int, least)
    )
    for semantics, short in zip(BOTH, ("PR", "ST"), strict=True):
        listed = solver.extension_enumeration(names, attacks, short)
        expected = list({frozenset(map(int, one)) for one in listed})
        check(attackers, semantics, expected)


def test_extensions_are_not_listed_to_find_the_labels() -> None:
    """Forty pairs that exclude each other, all of which bear on one argument: 2 ** 40 positions."""
    attackers: list[list[int]] = []
    for n in range(0, 80, 2):
        attackers += [[n + 1], [n]]
    attackers += [list(range(80)), [80]]  # attacked whichever way each pair goes; and reinstated
    for semantics in BOTH:
        found = acceptance(attackers, semantics)
        assert found.complete
        assert found.labels[80:] == ("out", "in")
        assert found.credulous == {*range(80), 81}
        assert found.extensions == 2**40


def test_too_many_to_count() -> None:
    """Ten pairs, each of which bears on another argument of a circle of twenty."""
    attackers: list[list[int]] = []
    for n in range(0, 20, 2):
        attackers += [[n + 1], [n]]
    attackers += [sorted({20 + (n - 1) % 20, *([n] if n % 2 else [])}) for n in range(20)]
    for semantics in BOTH:
        framework = Components(attackers, semantics, float("inf"))
        assert framework.survey(cap=CAP) is None
        found = acceptance(attackers, semantics)
        assert found.complete
        assert found.extensions is None


def test_parts_multiply() -> None:
    attackers = [[n ^ 1] for n in range(80)]
    assert acceptance(attackers, "preferred").extensions == 2**40


def test_many_components_are_no_trouble() -> None:
    """A row of two thousand pairs: where the first of one is in, that of the next is not."""
    attackers: list[list[int]] = []
    for n in range(0, 4_000, 2):
        attackers += [[n + 1, *([n - 2] if n else [])], [n]]
    found = acceptance(attackers, "stable")
    assert found == acceptance(attackers, "preferred")
    fewer, number = 1, 1
    for _ in range(2_000):
        fewer, number = number, fewer + number  # Fibonacci
    assert (found.complete, found.extensions) == (True, number)
    assert found.labels == ("undecided",) * 4_000


def test_the_bound_on_time_is_said() -> None:
    attackers = random_framework(300, 900, 0.5, 1)
    found = acceptance(attackers, "preferred", seconds=0)
    sure = grounded(attackers)
    assert not found.complete
    assert found.extensions is None
    assert found.labels == sure
    with pytest.raises(TimeoutError):
        one_extension(attackers, "preferred", seconds=0)
    with pytest.raises(TimeoutError):
        list(extensions(attackers, "stable", seconds=0))


def test_empty() -> None:
    assert grounded([]) == ()
    for semantics in BOTH:
        found = acceptance([], semantics)
        assert (found.labels, found.extensions, found.complete) == ((), 1, True)
        assert one_extension([], semantics) == frozenset()


def test_a_long_chain_is_no_trouble() -> None:
    labels = grounded([[], *([n] for n in range(100_000))])
    assert labels[:3] == ("in", "out", "in")
