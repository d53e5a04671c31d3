"""Camps: small debates to read, and every grouping tried."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from graph.analysis.agreement import common_ground
from graph.analysis.camps import Camps, camps
from graph.analysis.contradictions import contradictions
from graph.model import Attack, AttackKind, Debate, Rephrase, Support
from tests.kosovo import kosovo
from tests.oracle_clashes import best_camps
from tests.test_contradictions import build, make, small_debates

TABLE = {
    "nobody": ("", []),
    "one": ("A1>A2", ["A"]),
    "nothing in common": ("A1>A2 B1>B2", ["A", "B"]),
    "friends": ("A1>B1", ["AB"]),
    "foes": ("A1!B1", ["A", "B"]),
    "as much for as against": ("A1!B1 A2>B2", ["A", "B"]),
    "more for than against": ("A1!B1 A2>B2 A3=B3", ["AB"]),
    "a friend of two foes goes with the better one": (
        "A1!B1 A2>C1 B2>C2 B3>C3",
        ["BC", "A"],
    ),
    "friends of a friend": ("A1>B1 B2>C1", ["ABC"]),
    "two camps": ("A1>B1 C1>D1 A2!C2 B2!D2", ["AB", "CD"]),
    "the larger first": ("A1!B1 B2>C1 C2>D1 A2!D2", ["BCD", "A"]),
}


@pytest.mark.parametrize(("text", "expected"), TABLE.values(), ids=TABLE.keys())
def test_table(text: str, expected: list[str]) -> None:
    found = camps(make(text))
    assert ["".join(group) for group in found.groups] == [*expected, "wire"]
    assert (found.exact, found.method) == (True, "branch and bound")


def test_score_counts_what_fits() -> None:
    debate = make("A1!B1 A2!B2 A3>B3 C1>A1 C2!A2")
    found = camps(debate)
    assert found.groups == (("A",), ("B",), ("C",), ("wire",))
    assert found.score == 4  # C1!B1 is derived
    assert camps(debate, rows=contradictions(debate)) == found


def test_speakers() -> None:
    found = camps(kosovo(), speakers=True)
    assert sum(map(len, found.groups)) == len(kosovo().holders)
    first = found.groups[0]
    assert {"chollet-escobar", "internationals", "eu", "us"} <= set(first)
    assert {"ecfr", "hehir", "kurti"} <= set(found.groups[1])


@st.composite
def parties(draw: st.DrawFn) -> Debate:
    """Debates of up to six holders who attack, support and rephrase each other."""
    holders = "ABCDEF"[: draw(st.integers(1, 6))]
    names = [f"{h}{n}" for h in holders for n in range(3)]
    pairs = [(a, b) for a, b in combinations(names, 2) if a[0] != b[0]]
    if not pairs:
        return build(names, (), (), (), ())
    some = st.lists(st.sampled_from(pairs), max_size=12, unique=True)
    supports = [Support((a,), b) for a, b in draw(some)]
    attacks = [Attack(AttackKind.REBUT, a, b) for a, b in draw(some)]
    rephrases = [Rephrase(a, b) for a, b in draw(some)[:2]]
    return build(names, supports, attacks, rephrases, ())


def check(debate: Debate) -> None:
    names = [agent.id for agent in debate.holders]
    found = camps(debate, speakers=True)
    best, most, winners = best_camps(debate, contradictions(debate), names)
    event(f"{most} camps of {len(names)}")
    assert sorted(name for group in found.groups for name in group) == sorted(names)
    assert (found.score, len(found.groups)) == (best, most)
    assert {frozenset(group) for group in found.groups} in winners
    assert found.exact
    places = [[names.index(name) for name in group] for group in found.groups]
    assert all(place == sorted(place) for place in places)
    assert places == sorted(places, key=lambda place: (-len(place), place))


@settings(max_examples=150, deadline=None)
@given(parties())
def test_brute_force_agrees(debate: Debate) -> None:
    check(debate)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_debates())
def test_brute_force_agrees_where_all_relations_are(debate: Debate) -> None:
    check(debate)


def society(size: int, seed: int, camp_of: dict[str, int]) -> Debate:
    """Many holders: friends are likely to support each other and foes to attack, not always."""
    random = Random(seed)
    holders = [chr(0x4E00 + n) for n in range(size)]
    camp_of.update({h: n % 3 for n, h in enumerate(holders)})
    names = [f"{h}{n}" for h in holders for n in range(size)]
    supports, attacks = [], []
    for x, y in combinations(range(size), 2):
        one, other = f"{holders[x]}{y}", f"{holders[y]}{x}"
        alike = camp_of[holders[x]] == camp_of[holders[y]]
        if random.random() < (0.9 if alike else 0.1):
            supports.append(Support((one,), other))
        else:
            attacks.append(Attack(AttackKind.REBUT, one, other))
    return build(names, supports, attacks, (), ())


def test_many_authors_who_are_of_three_minds() -> None:
    camp_of: dict[str, int] = {}
    debate = society(30, 1, camp_of)
    found = camps(debate)
    assert (found.exact, found.method) == (False, "greedy joining and moves (Keuper et al. 2015)")
    large = [group for group in found.groups if len(group) > 1]
    assert [{camp_of[name] for name in group} for group in large] == [{0}, {1}, {2}]
    assert sum(len(group) for group in large) == 30
    assert found == camps(debate)


def test_many_authors_in_small_circles_are_exact() -> None:
    text = " ".join(f"{chr(65 + n)}1>{chr(66 + n)}1" for n in range(0, 24, 2))
    found = camps(make(text))
    assert len(found.groups) == 13
    assert found.exact


def fits(debate: Debate, found: Camps) -> int:
    """The score, counted anew."""
    group = {name: n for n, names in enumerate(found.groups) for name in names}
    apart = sum(group[c.first_holder] != group[c.second_holder] for c in contradictions(debate))
    return apart + sum(
        group[g.first_holder] == group[g.second_holder] for g in common_ground(debate)
    )


def test_no_single_author_of_many_would_fit_better_elsewhere() -> None:
    debate = society(24, 7, {})
    found = camps(debate, speakers=True)
    assert found.score == fits(debate, found)
    for name in [h.id for h in debate.holders]:
        rest = [tuple(n for n in group if n != name) for group in found.groups]
        for k in range(len(rest) + 1):
            moved = [(*group, name) if n == k else group for n, group in enumerate([*rest, ()])]
            groups = tuple(group for group in moved if group)
            assert fits(debate, Camps(groups, 0, "", exact=False)) <= found.score


def test_the_five_pieces() -> None:
    found = camps(kosovo())
    assert found.groups == (("ecfr", "hehir", "recognition"), ("chollet-escobar", "florescu"))
    assert found.exact
