"""DF-QuAD: Rago et al. 2016 worked by hand, findings of another project, and another way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import prod
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic
from graph.analysis.standing import standing
from graph.analysis.strength import Strengths, aggregate, combine, strengths
from graph.model import AttackKind, Debate, Origin
from graph.network import to_networkx
from tests.test_contradictions import make, small_debates


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], 0.0),  # base case of definition 1
        ([0.3], 0.3),  # one strength is itself
        ([0.5, 0.5], 0.75),  # 0.5 + 0.5 - 0.5 * 0.5
        ([0.8, 0.4], 0.88),  # 0.8 + 0.4 - 0.32
        ([0.8, 0.4, 0.5], 0.94),  # 0.88 + 0.5 - 0.44
        ([1.0, 0.2], 1.0),
        ([0.0, 0.2], 0.2),
    ],
)
def test_aggregate(given: list[float], expected: float) -> None:
    """The strength aggregation function; the sums are by hand from the paper's definition."""
    assert aggregate(given) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("base", "attack", "support", "expected"),
    [
        (0.5, 0.0, 0.0, 0.5),
        (0.5, 0.7, 0.7, 0.5),  # equal: nothing changes
        (0.5, 1.0, 0.0, 0.0),  # full attack
        (0.5, 0.0, 1.0, 1.0),  # full support
        (0.5, 0.8, 0.3, 0.25),  # 0.5 - 0.5 * 0.5
        (0.5, 0.3, 0.8, 0.75),  # 0.5 + 0.5 * 0.5
        (0.8, 0.5, 0.0, 0.4),  # 0.8 - 0.8 * 0.5
        (0.8, 0.0, 0.5, 0.9),  # 0.8 + 0.2 * 0.5
        (0.0, 0.5, 0.0, 0.0),
        (1.0, 0.0, 0.5, 1.0),
    ],
)
def test_combine(base: float, attack: float, support: float, expected: float) -> None:
    """The combination function; the sums are by hand from the paper's definition."""
    assert combine(base, attack, support) == pytest.approx(expected)


def test_no_discontinuity() -> None:
    """What gives DF-QuAD its name: a vanishing attack beside a support changes next to nothing."""
    assert combine(0.5, 1e-12, 0.5) == pytest.approx(combine(0.5, 0.0, 0.5))


#: All base scores are 0.5; worked by hand.
TABLE = {
    "alone": ("A1", {"A1": 0.5}),
    "attacked": ("B1!A1", {"A1": 0.25}),
    "supported": ("B1>A1", {"A1": 0.75}),
    "attacked and supported": ("B1!A1 C1>A1", {"A1": 0.5}),
    "two attacks": ("B1!A1 C1?A1", {"A1": 0.125}),
    "defended": ("C1!B1 B1!A1", {"B1": 0.25, "A1": 0.375}),
    "a small debate": (
        # An answer with two pros, one of which is attacked, and a con that is supported.
        "P1>A1 P2>A1 C1!A1 X1!P2 Y1>C1",
        # P1 .5, P2 .25: joined .625; C1 .75; so .5 - .5 * (.75 - .625)
        {"P2": 0.25, "C1": 0.75, "A1": 0.4375},
    ),
    "a linked support is its weakest premise": ("s:B1+B2>A1 C1!B2", {"B2": 0.25, "A1": 0.625}),
    "two supports are not one": ("B1>A1 B2>A1", {"A1": 0.875}),
    "given twice": ("B1>A1 s:B1>A1", {"A1": 0.75}),
    "an undercut": ("s:B1>A1 C1~s", {"A1": 0.625, "B1": 0.5}),  # the support keeps 0.5 * 0.5
    "an undercut way beside another": ("s:B1>A1 C1~s B1>A1", {"A1": 0.75}),
    "rephrases": ("A1=B1 C1!A1 D1!B1", {"A1": 0.125, "B1": 0.125}),
    "a premise that says the same": ("A1=B1 A1>B1", {"A1": 0.5}),
    # x = .5 - .5 x
    "two that exclude each other": ("A1<>B1", {"A1": 1 / 3, "B1": 1 / 3}),
    "against itself": ("A1=B1 A1!B1", {"A1": 1 / 3}),
    # x = .5 + .5 x
    "a circle of supports": ("A1>B1 B1>A1", {"A1": 1.0, "B1": 1.0}),
}


@pytest.mark.parametrize("name", TABLE)
def test_by_hand(name: str) -> None:
    text, expected = TABLE[name]
    found = strengths(make(text))
    assert {c: found[c] for c in expected} == pytest.approx(expected)
    assert not found.unsettled


def test_base_scores() -> None:
    debate = make("A1=A2 B1!A1 C1")
    sure = {"A1": 0.4, "A2": 0.8, "B1": 0.5}
    claims = tuple(
        replace(c, origin=Origin(confidence=sure[c.id])) if c.id in sure else c
        for c in debate.claims
    )
    found = strengths(replace(debate, claims=claims), base=0.3)
    assert dict(found) == pytest.approx({"A1": 0.4, "A2": 0.4, "B1": 0.5, "C1": 0.3})
    with pytest.raises(ValueError, match="not between 0 and 1"):
        strengths(debate, base=2)


def scored(text: str, base: Mapping[str, float]) -> Strengths:
    """The strengths where each claim has a base score of its own."""
    debate = make(text)
    claims = (replace(c, origin=Origin(confidence=base[c.id])) for c in debate.claims)
    return strengths(replace(debate, claims=tuple(claims)))


def test_another_project_counts_oscillations() -> None:
    """QBAF-Py, tests/test_safety_oscillations_liveness.py: a debate that grows in two steps.

    Of its DF-QuAD strengths those of A1 and B1 cross 0.5 twice, that of C1 never; in the end all
    are at least 0.1. https://github.com/TimKam/Quantitative-Bipolar-Argumentation
    """
    base = {"A1": 0.5, "B1": 0.7, "C1": 0.2, "D1": 1.0, "E1": 0.8}
    growing = ("C1>A1 B1", "C1>A1 D1!A1 D1!B1", "C1>A1 D1!A1 D1!B1 E1!D1")
    steps = [scored(text, base) for text in growing]
    crossed = dict.fromkeys(("A1", "B1", "C1"), 0)
    for before, after in pairwise(steps):
        for claim in crossed:
            crossed[claim] += (before[claim] >= 0.5) != (after[claim] >= 0.5)
    assert crossed == {"A1": 2, "B1": 2, "C1": 0}
    assert min(steps[-1][claim] for claim in crossed) >= 0.1


def test_another_project_finds_no_gradient() -> None:
    """QBAF-Py, tests/test_gradient.py: E1 changes by nothing as the base score of A1 changes."""
    text = "A1>B1 A1>C1 A1>D1 B1!E1 C1!E1 D1>E1"
    base = {"A1": 0.5, "B1": 0.0, "C1": 0.0, "D1": 0.0, "E1": 0.5}
    low, high = (scored(text, {**base, "A1": 0.5 + step})["E1"] for step in (-1e-4, 1e-4))
    assert (high - low) / 2e-4 == pytest.approx(0.0, abs=1e-7)


def test_cycles_are_said() -> None:
    found = strengths(make("A1<>B1 B1!C1 D1!A1"))
    assert found.cyclic == {"A1", "B1"}
    assert not found.unsettled
    assert strengths(make("A1!B1")).cyclic == frozenset()


def test_it_is_a_mapping() -> None:
    found = strengths(make("B1!A1"))
    assert isinstance(found, Strengths)
    assert (list(found), len(found), "Z" in found) == (["A1", "B1"], 2, False)
    assert not strengths(make(""))


def test_graph_and_debate_give_the_same() -> None:
    debate = make("s:A1>B1 C1!B1 D1~s")
    assert dict(strengths(to_networkx(debate))) == dict(strengths(debate))


def test_large() -> None:
    found = strengths(synthetic(3000))
    assert all(0.0 <= v <= 1.0 for v in found.values())


@settings(max_examples=150, deadline=None)
@given(small_debates(), st.sampled_from([0.2, 0.5, 0.9]))
def test_each_score_fits_its_neighbours(debate: Debate, base: float) -> None:
    """What is found solves the equations, written out anew from the debate."""
    found = strengths(debate, base)
    event("cyclic" if found.cyclic else "acyclic")
    group = {c.id: {c.id} for c in debate.claims}
    for r in debate.rephrases:
        joined = group[r.first] | group[r.second]
        for claim in joined:
            group[claim] = joined
    for claim in found:
        if claim in found.unsettled:
            event("unsettled")
            continue
        mine = group[claim]
        first = {c: min(g) for c, g in group.items()}
        against = {
            first[x]
            for a in debate.attacks
            if a.kind is not AttackKind.UNDERCUT
            for x, y in [(a.attacker, a.target), (a.target, a.attacker)]
            if y in mine and (a.kind.symmetric or y == a.target)
        }
        backed: dict[frozenset[str], float] = {}
        for s in debate.supports:
            premises = frozenset(first[p] for p in s.premises if p not in mine)
            if s.conclusion in mine and premises:
                cuts = {
                    first[a.attacker]
                    for a in debate.attacks
                    if a.kind is AttackKind.UNDERCUT and a.target == s.name
                }
                way = min(found[p] for p in premises) * prod(1 - found[c] for c in cuts)
                backed[premises] = max(way, backed.get(premises, 0.0))
        va = 1 - prod(1 - found[c] for c in against)
        vs = 1 - prod(1 - v for v in backed.values())
        expected = base - base * (va - vs) if va >= vs else base + (1 - base) * (vs - va)
        assert found[claim] == pytest.approx(expected, abs=1e-6)


SUPPOSED = {
    "given, whatever attacks it": ("B1!A1 C1!A1", {"given": ("A1",)}, {"A1": 1.0, "B1": 0.5}),
    "a given attacker": ("B1!A1", {"given": ("B1",)}, {"A1": 0.0, "B1": 1.0}),
    "given with all that says the same": ("A1=C1 B1!A1", {"given": ("C1",)}, {"A1": 1.0}),
    "a side": ("A1!B1 B2>B1 A2>A1", {"side": "A"}, {"A1": 1.0, "A2": 1.0, "B1": 0.25}),
    "without an attacker": ("B1!A1 C1>A1", {"without": ("B1",)}, {"A1": 0.75, "C1": 0.5}),
    "without a holder": ("B1!A1 B2!A1 C1>A1", {"without": ("B",)}, {"A1": 0.75}),
    "without a premise of a linked support": (
        "s:B1+B2>A1 C1~s", {"without": ("B2",)}, {"A1": 0.5, "B1": 0.5},
    ),
    "what is taken away is not given": (
        "B1!A1", {"without": ("B1",), "given": ("B1",)}, {"A1": 0.5},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "supposed", "expected"), SUPPOSED.values(), ids=SUPPOSED.keys())
def test_what_if(text: str, supposed: dict[str, Any], expected: dict[str, float]) -> None:
    found = strengths(make(text), **supposed)
    assert {c: found[c] for c in expected} == pytest.approx(expected)
    assert found.keys().isdisjoint(supposed.get("without", ()))


@settings(max_examples=100, deadline=None)
@given(small_debates(), st.data())
def test_a_side_is_all_its_claims_given(debate: Debate, data: st.DataObject) -> None:
    side = data.draw(st.sampled_from(sorted({c.holder for c in debate.claims})))
    mine = [c.id for c in debate.claims if c.holder in {side, *debate.agent(side).members}]
    one, other = strengths(debate, side=side), strengths(debate, given=mine)
    assert dict(one) == pytest.approx(dict(other))
    assert all(one[c] == 1.0 for c in mine)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 9), st.data())
def test_with_full_base_scores_it_is_the_grounded_extension(n: int, data: st.DataObject) -> None:
    """The paper relates it to Dung 1995: without supports or circles, all scores 1, they agree."""
    pairs = [(a, b) for a in range(n) for b in range(a)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    debate = make(" ".join([*(f"A{i}" for i in range(n)), *(f"A{a}!A{b}" for a, b in chosen)]))
    found = strengths(debate, base=1.0)
    labels = standing(debate, "grounded", "none").labels
    assert {c: found[c] for c in labels} == {c: float(labels[c] == "in") for c in labels}
