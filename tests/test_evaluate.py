"""Scores against a gold standard, worked by hand, and the command that prints them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from graph.formats.argdown import parse_argdown
from graph.mining.documents import GoldDocument, GoldRelation, GoldUnit, Tree, match, tree_scores
from graph.mining.evaluate import evaluate
from graph.mining.parts import Span
from graph.mining.scores import Score, by_label, macro_f1
from graph.model import Debate

FRONT = """\
===
agents:
  her: {name: Hannah Ode}
  him: {name: Hank Stade}
  mayor: {name: The mayor}
sources:
  for: {title: For, author: her}
  against: {title: Against, author: him}
===
"""

GOLD = (
    FRONT
    + """
# For {source: for}

[quiet]: Trams are quiet. {at: 1.1 0-20}
  + [motors]: Motors hum. {at: 1.2 21-40}
  - [dear]: Trams are dear. {at: 1.3 41-60, status: conceded}

[safe]: Trams are safe. {at: 2.1 61-80, holder: mayor}

# Against {source: against}

[squeal]: Trams squeal. {at: 1.1 0-20}

# Between the pieces

[quiet]
  - [squeal] {relation: {kind: contrary}}
"""
)

# one span cut short, one claim missed, one made up, one holder and one status wrong
FOUND = (
    FRONT
    + """
# For {source: for}

[a]: Trams are quiet. {at: 1.1 0-12}
  - [b]: Motors hum. {at: 1.2 21-40}

[c]: Trams are safe. {at: 2.1 61-80}

[d]: Nobody asked. {at: 3.1 90-99}

# Against {source: against}

[e]: Trams squeal. {at: 1.1 0-20}

# Between the pieces

[a]
  - [e] {relation: {kind: contrary}}

[c]
  - [e] {relation: {kind: contrary}}
"""
)


@pytest.fixture
def rows() -> dict[str, Score]:
    found = evaluate(parse_argdown(GOLD), parse_argdown(FOUND))
    return {row.what: row.score for row in found}


@pytest.mark.parametrize(
    ("what", "right", "found", "there"),
    [
        ("claims, exact spans", 3, 5, 5),
        ("claims, overlapping spans", 4, 5, 5),
        ("holders of matched claims", 3, 4, 4),
        ("statuses of matched claims", 3, 4, 4),
        ("supports inside pieces", 0, 0, 1),
        ("attacks inside pieces", 0, 1, 1),
        ("relations inside pieces", 1, 1, 2),
        ("attacks between pieces", 1, 2, 1),
        ("direct contradictions between authors", 1, 2, 1),
        ("pairs of authors with a direct one", 1, 1, 1),
    ],
)
def test_scores(rows: dict[str, Score], what: str, right: int, found: int, there: int) -> None:
    assert rows[what] == Score(right, found, there)


def test_a_debate_agrees_with_itself() -> None:
    gold = parse_argdown(GOLD)
    for row in evaluate(gold, gold):
        assert row.score.right == row.score.found == row.score.there


def test_nothing_found_is_no_error() -> None:
    gold = parse_argdown(GOLD)
    for row in evaluate(gold, Debate("empty", "Empty")):
        assert row.score.f1 in (0.0, 1.0)


def test_the_command_prints_json(tmp_path: Path) -> None:
    for name, text in (("gold", GOLD), ("found", FOUND)):
        (tmp_path / f"{name}.argdown").write_text(text, "utf-8")
    paths = [str(tmp_path / f"{name}.argdown") for name in ("gold", "found")]
    result = CliRunner().invoke(app, ["evaluate", *paths, "--format", "json"])
    assert result.exit_code == 0
    first = json.loads(result.stdout)[0]
    assert (first["measure"], first["precision"], first["right"]) == ("claims, exact spans", 0.6, 3)


def test_spans_are_matched_one_to_one_best_first() -> None:
    gold, found = [Span(0, 10), Span(10, 20)], [Span(1, 10), Span(0, 10), Span(40, 50)]
    assert match(gold, found, 0.5) == {1: 0}


def test_macro_f1_is_over_the_labels_of_the_gold_standard() -> None:
    gold, guess = ["a", "a", "b"], ["a", "c", "b"]
    assert set(by_label(gold, guess)) == {"a", "b"}
    assert macro_f1(gold, guess) == pytest.approx((2 / 3 + 1) / 2)


def test_an_evidence_graph_is_scored_by_hand() -> None:
    """Three units: 1 supports 0, 2 attacks 1; the guess makes 2 support 0."""
    units = tuple(GoldUnit(str(n), Span(n, n + 1), "x", n == 0) for n in range(3))
    drawn = (GoldRelation(1, 0, attack=False), GoldRelation(2, 1, attack=True))
    gold = GoldDocument("d", "xxx", units, drawn)
    guess = Tree(0, {1: 0, 2: 0}, {1: False, 2: False})
    scores = tree_scores([(gold, guess)])
    assert scores["central claim"] == 1.0
    # roles: gold pro pro opp, guess pro pro pro
    assert scores["role"] == pytest.approx((0.8 + 0.0) / 2)
    # functions: gold False True, guess False False
    assert scores["function"] == pytest.approx((2 / 3 + 0.0) / 2)
    # of six ordered pairs two are attached; one of the two guesses is right
    assert scores["attachment"] == pytest.approx((0.5 + 0.75) / 2)
