"""Cruxes: small debates to read, and every set of claims tried."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from graph.analysis.contradictions import contradictions
from graph.analysis.cruxes import Cruxes, cruxes, cruxes_of, left_over
from graph.errors import UnknownNameError
from graph.model import Attack, AttackKind, Debate
from tests.kosovo import kosovo
from tests.oracle import World
from tests.oracle_clashes import smallest_covers
from tests.test_contradictions import build, make, small_debates


def told(found: Cruxes) -> list[str]:
    """Each crux as ``claim: what it contradicts``."""
    lines = []
    for crux in found.cruxes:
        ends = (r.second if r.first_holder == crux.holder else r.first for r in crux.dissolves)
        lines.append(f"{crux.claim}: {' '.join(ends)}")
    return lines


TABLE = {
    "none": ("A1>B1", []),
    "one row, the later holder's": ("A1!B1", ["B1: A1"]),
    "one against many": ("A1!B1 A1!B2 A1!B3", ["A1: B1 B2 B3"]),
    "many against one": ("A1!B1 A2!B1 A3!B1", ["B1: A1 A2 A3"]),
    "two apart": ("A1!B1 A2!B1 A3!B2 A3!B3", ["B1: A1 A2", "A3: B2 B3"]),
    "most dissolved first": ("A1!B1 B2!A2 A3!B2", ["B2: A3 A2", "B1: A1"]),
    "all against all": ("A1!B1 A1!B2 A2!B1 A2!B2", ["B1: A1 A2", "B2: A1 A2"]),
    "of as many, those with more contradictions": (
        "A1!B1 A1!B2 A2!B2 A3!B2 A2!B3",
        ["B2: A1 A2 A3", "A1: B1 B2", "A2: B2 B3"],
    ),
    "what backs a row falls with it": ("A1!B1 A2>A1 B2>B1", ["B1: A1"]),
    "issues too": ("i:A1|B1+B2", ["A1: B1 B2"]),
    "derived ones too": ("A1>C1 C1!B1 A2>C1", ["B1: A1 A2"]),
    "rephrases of one holder are one claim": (
        "A1=A2 A1!B1 A2!B2",
        ["A1: B1 B2"],
    ),
    "of others are not": ("A1=C1 A1!B1 C1!B1", ["B1: A1"]),
    "others do not count": ("A1!C1 C1!B1", []),
}


@pytest.mark.parametrize(("text", "expected"), TABLE.values(), ids=TABLE.keys())
def test_table(text: str, expected: list[str]) -> None:
    debate = make(f"{text} A9>B9")
    found = cruxes(debate, "A", "B")
    assert told(found) == expected
    assert found.exact
    assert found.bound == len(expected)
    assert found.authors == ("A", "B")
    assert cruxes(debate, "B", "A").cruxes == found.cruxes


def test_a_crux_holds_whole_contradictions() -> None:
    debate = make("A1!B1 A2>A1 A1!C1")
    (crux,) = cruxes(debate, "A", "B").cruxes
    assert crux.dissolves == contradictions(debate)[:1]
    assert crux.holder == "B"
    rows = contradictions(debate)
    assert cruxes(debate, "A", "B", rows=rows) == cruxes(debate, "A", "B")
    assert cruxes(debate, "A", "B", rows=()).cruxes == ()


LEFT = {
    "nothing": ("A1!B1 A2>A1", []),
    "opposite answers for which a clash had stood": (
        "A1!B1 i:A1+A2|B1+B2", [("issue", "A1", "B2"), ("issue", "A2", "B2")],
    ),
    "the same support by way of another": (
        "A2>C1 A1=C1 C1!B1 C1!B2", [("supported", "A2", "B1"), ("supported", "A2", "B2")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LEFT.values(), ids=LEFT.keys())
def test_what_comes_up_once_they_are_withdrawn(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    debate = make(text)
    left = left_over(debate, cruxes(debate, "A", "B"))
    assert [(r.kind, r.first, r.second) for r in left] == expected


def test_several_authors() -> None:
    debate = make("A1<>B1 B1<>C1 A1<>C1 D1<>A1")
    found = cruxes_of(debate, ["A", "B", "C"])
    assert (len(found.cruxes), found.exact, found.bound) == (2, True, 2)
    assert found.authors == ("A", "B", "C")
    assert {c.claim for c in cruxes_of(debate).cruxes} > {"A1"}
    assert len(cruxes_of(debate).cruxes) == 2
    assert cruxes_of(debate, "AAD").authors == ("A", "D")
    assert cruxes_of(debate, []).cruxes == ()
    assert cruxes_of(debate).authors == ("A", "B", "C", "D", "wire")


def test_unknown_names() -> None:
    with pytest.raises(UnknownNameError, match="no author is called 'Hehir'; did you mean hehir"):
        cruxes(kosovo(), "Hehir", "ecfr")
    with pytest.raises(UnknownNameError):
        cruxes_of(kosovo(), ["ecfr", "nobody"])


def test_one_with_himself() -> None:
    assert cruxes(make("A1!A2 A1!B1"), "A", "A").cruxes == ()


def units(debate: Debate, found: Cruxes) -> frozenset[tuple[int, str]]:
    of = World(debate).of
    return frozenset((of[c.claim], c.holder) for c in found.cruxes)


def check(debate: Debate, found: Cruxes, names: Sequence[str]) -> list[frozenset[object]]:
    """Check what holds of all cruxes; return every smallest set."""
    rows = [r for r in contradictions(debate) if {r.first_holder, r.second_holder} <= {*names}]
    best = smallest_covers(debate, rows)
    gone = {r.rank for c in found.cruxes for r in c.dissolves}
    assert gone == {r.rank for r in rows}
    assert found.bound <= len(best[0])
    order = [(-len(c.dissolves), c.dissolves[0].rank, c.claim) for c in found.cruxes]
    assert order == sorted(order)
    of = World(debate).of
    for crux in found.cruxes:
        unit = of[crux.claim], crux.holder
        assert list(crux.dissolves) == [
            r
            for r in rows
            if unit in ((of[r.first], r.first_holder), (of[r.second], r.second_holder))
        ]
    return best


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_debates())
def test_two_holders_by_brute_force(debate: Debate) -> None:
    names = sorted({c.holder for c in debate.claims})
    for pair in combinations(names, 2):
        found = cruxes(debate, *pair)
        best = check(debate, found, pair)
        event(f"{len(found.cruxes)} cruxes")
        assert units(debate, found) in best
        assert (found.exact, found.bound) == (True, len(found.cruxes))

        def liked(cover: frozenset[tuple[int, str]], pair: tuple[str, str] = pair) -> object:
            of = World(debate).of
            degrees = [
                sum(
                    unit in ((of[r.first], r.first_holder), (of[r.second], r.second_holder))
                    for r in contradictions(debate)
                    if {r.first_holder, r.second_holder} == {*pair}
                )
                for unit in cover
            ]
            return -sum(degrees), sum(holder == pair[0] for _, holder in cover)

        assert liked(units(debate, found)) == min(liked(cover) for cover in best)  # type: ignore


@st.composite
def quarrels(draw: st.DrawFn) -> Debate:
    """Debates of up to five holders with many attacks and nothing else."""
    names = [f"{h}{n}" for h in "ABCDE"[: draw(st.integers(2, 5))] for n in range(2)]
    pairs = [(a, b) for a, b in combinations(names, 2) if a[0] != b[0]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=14, unique=True))
    return build(names, (), (Attack(AttackKind.REBUT, a, b) for a, b in chosen), (), ())


@settings(max_examples=150, deadline=None)
@given(quarrels(), st.booleans())
def test_several_holders_by_brute_force(debate: Debate, hurried: bool) -> None:
    assume(debate.attacks)
    names = [h.id for h in debate.holders]
    found = cruxes_of(debate, seconds=0.0 if hurried else 10.0)
    best = check(debate, found, names)
    event(f"exact {found.exact}")
    if found.exact:
        assert found.bound == len(found.cruxes) == len(best[0])
        assert units(debate, found) in best
    assert found.exact or hurried
    assert len(found.cruxes) <= 2 * len(best[0])
    assert len(found.cruxes) <= 2 * found.bound
    assert found == cruxes_of(debate, seconds=0.0 if hurried else 10.0)


def crowd(size: int, edges: int) -> Debate:
    """Holders A to Z in a tangle that no rule thins out."""
    random = Random(size)
    names = [f"{chr(65 + n % 26)}{n}" for n in range(size)]
    pairs = {tuple(sorted(random.sample(names, 2))) for _ in range(edges)}
    attacks = [Attack(AttackKind.REBUT, a, b) for a, b in sorted(pairs) if a[0] != b[0]]
    return build(names, (), attacks, (), ())


def test_what_takes_too_long_is_no_more_than_twice_as_large() -> None:
    debate = crowd(300, 2_000)
    found = cruxes_of(debate, seconds=0.2)
    assert not found.exact
    assert found.bound <= len(found.cruxes) <= 2 * found.bound
    gone = {r.rank for c in found.cruxes for r in c.dissolves}
    assert len(gone) == len(contradictions(debate))


def test_a_long_zigzag_is_no_trouble() -> None:
    n = 1_500
    names = [f"{h}{i:04}" for h in "AB" for i in range(n)]
    attacks = [Attack(AttackKind.REBUT, f"A{i:04}", f"B{i:04}") for i in range(n)]
    attacks += [Attack(AttackKind.REBUT, f"A{i:04}", f"B{(i + 1) % n:04}") for i in range(n)]
    found = cruxes(build(names, (), attacks, (), ()), "A", "B")
    assert (len(found.cruxes), found.exact) == (n, True)


FIVE = {
    ("chollet-escobar", "ecfr"): {
        "ce-us-at-kosovos-side",
        "ecfr-us-unequal",
        "ecfr-dialogue-will-fail",
    },
    ("chollet-escobar", "florescu"): set(),
    ("ecfr", "florescu"): {"flo-no-progress"},
    ("ecfr", "hehir"): {"heh-kosovo-only-equality", "heh-kosovo-should-refuse"},
    ("ecfr", "recognition"): {"rec-stalemate-one-reason", "rec-belgrade-could-reorient"},
    ("florescu", "hehir"): {"heh-kosovo-should-refuse"},
    ("hehir", "recognition"): set(),
}


@pytest.mark.parametrize(("pair", "expected"), FIVE.items())
def test_five_pieces(pair: tuple[str, str], expected: set[str]) -> None:
    assert {c.claim for c in cruxes(kosovo(), *pair).cruxes} == expected


def test_the_five_together() -> None:
    found = cruxes_of(kosovo())
    assert found.exact
    assert found.cruxes[0].claim == "ce-us-most-pro-kosovo"
    assert found.bound == len(found.cruxes)
