"""What joins claims of different pieces, and the questions they share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mining.between import (
    Between,
    Bounds,
    between,
    nearest,
)
from graph.mining.issues import find_issues
from graph.mining.models import Floats, PairReading
from graph.mining.parts import RelationKind
from tests.mined import Answers, WordClaims, WordPairs

CLOSE = Bounds(neighbours=5, least_likeness=-9.0)


def join(*texts: str, pieces: list[int], bounds: Bounds = CLOSE) -> tuple[Between, ...]:
    vectors = WordClaims().read(texts).vectors
    return between(texts, vectors, np.array(pieces), WordPairs(), bounds)


def test_opposite_claims_of_two_pieces_are_contrary() -> None:
    (found,) = join("Trams are quiet.", "Trams are not quiet.", pieces=[0, 1])
    assert found.kind is RelationKind.ATTACK
    assert found.confidence == pytest.approx(0.9, abs=0.01)


def test_claims_of_one_piece_are_not_compared() -> None:
    assert join("Trams are quiet.", "Trams are not quiet.", pieces=[0, 0]) == ()


def test_claims_that_say_the_same_are_rephrases() -> None:
    (found,) = join("Trams are quiet.", "Quiet are trams.", pieces=[0, 1])
    assert found.kind is RelationKind.REPHRASE


def test_one_that_only_speaks_for_another_supports_it() -> None:
    stance = np.array([[0.9, 0.05, 0.05]], np.float32)
    neither = np.array([[0.1, 0.1, 0.8]], np.float32)
    model = Answers({("Nobody rides.", "Close it."): PairReading(stance, neither)})
    vectors = np.ones((2, 1), np.float32)
    (found,) = between(["Close it.", "Nobody rides."], vectors, np.array([0, 1]), model, CLOSE)
    assert found == Between(RelationKind.SUPPORT, 1, 0, 0.9)


def test_a_reason_against_is_no_conflict() -> None:
    stance = np.array([[0.05, 0.9, 0.05]], np.float32)
    neither = np.array([[0.1, 0.1, 0.8]], np.float32)
    model = Answers({("Nobody rides.", "Keep it."): PairReading(stance, neither)})
    vectors = np.ones((2, 1), np.float32)
    assert between(["Keep it.", "Nobody rides."], vectors, np.array([0, 1]), model, CLOSE) == ()


def test_claims_without_a_word_in_common_are_not_joined() -> None:
    assert join("Trams are quiet.", "Rents rose.", pieces=[0, 1]) == ()


def test_the_model_is_asked_about_neighbours_only() -> None:
    texts = [f"Claim {n} says {n}." for n in range(40)]
    model = WordPairs()
    vectors = np.eye(40, dtype=np.float32)
    between(texts, vectors, np.arange(40), model, Bounds(neighbours=2, least_likeness=-9.0))
    assert len(model.asked) <= 2 * 40 * 2


vectors = st.lists(
    st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=2, max_size=12
).map(lambda rows: np.array(rows, np.float32))


@given(vectors, st.integers(1, 4), st.data())
def test_nearest_against_all_pairs(rows: Floats, count: int, data: st.DataObject) -> None:
    pieces = np.array(
        data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    )
    found = set(nearest(rows, pieces, count, -100.0))
    likeness = rows @ rows.T
    for i in range(len(rows)):
        others = [j for j in range(len(rows)) if pieces[i] != pieces[j]]
        mine = {b if a == i else a for a, b in found if i in (a, b)}
        assert mine <= set(others)
        if others:
            best = sorted((float(likeness[i, j]) for j in others), reverse=True)[:count]
            worst = best[-1]
            assert {j for j in others if likeness[i, j] > worst} <= mine
            assert len(mine) >= min(count, len(others))


def test_a_question_is_named_after_the_claim_that_most_answer() -> None:
    texts = ["Trams are quiet.", "Trams are not quiet.", "Trams are hardly quiet.", "Rents rose."]
    vectors = np.ones((4, 2), np.float32) / np.sqrt(2).astype(np.float32)
    attack = RelationKind.ATTACK
    links = [Between(attack, 1, 0, 0.9), Between(attack, 2, 0, 0.8)]
    (issue,) = find_issues(texts, vectors, np.array([0, 1, 2, 3]), links)
    assert issue.question == "Is it so? Trams are quiet."
    assert (issue.pro, issue.con) == ((0,), (1, 2))


def test_no_question_where_nobody_disagrees() -> None:
    links = [Between(RelationKind.SUPPORT, 0, 1, 0.9)]
    alike = np.ones((2, 1), np.float32)
    assert find_issues(["x", "y"], alike, np.array([0, 1]), links) == ()


def test_of_many_claims_each_has_few_neighbours() -> None:
    texts = [f"Claim {n} says {n}." for n in range(40)]
    model = WordPairs()
    bounds = Bounds(neighbours=20, many=30, few=2, least_likeness=-9.0)
    between(texts, np.eye(40, dtype=np.float32), np.arange(40), model, bounds)
    assert len(model.asked) <= 2 * 40 * 2
