"""Common ground, unanswered claims and the matrix: small debates to read, and brute force."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from graph.analysis.agreement import Matrix, common_ground, matrix, unanswered
from graph.analysis.clashes import clashes
from graph.analysis.contradictions import contradictions
from graph.errors import UnknownNameError
from graph.model import Debate
from tests.kosovo import kosovo
from tests.oracle_clashes import common_ground_of, unanswered_of
from tests.test_contradictions import make, small_debates

GROUND = {
    "nothing": ("A1!B1", []),
    "one's own support": ("A1>A2", []),
    "support": ("A1>B1", ["A1>B1"]),
    "both ways": ("A1>B1 B2>A2", ["A1>B1", "B2>A2"]),
    "a circle": ("A1>B1 B1>A1", ["A1>B1", "B1>A1"]),
    "rephrase": ("B1=A1", ["A1=B1"]),
    "rephrases first": ("A1>B1 A2=B2", ["A2=B2", "A1>B1"]),
    "one's own rephrase": ("A1=A2", []),
    "three who say the same": ("A1=B1 B1=C1", ["A1=B1", "A1=C1", "B1=C1"]),
    "said twice, told once": ("A1=B1 B1=A2", ["A1=B1"]),
    "the claims that are joined": ("A1=A2 A2=B2 B1=B2", ["A2=B2"]),
    "linked premises": ("s:A1+C1>B1", ["A1>B1", "C1>B1"]),
    "a support of a rephrase": ("A1>B1 B1=C1", ["B1=C1", "A1>B1", "A1>C1"]),
    "a support by a rephrase": ("A1>B1 A1=C1", ["A1=C1", "A1>B1", "C1>B1"]),
    "a support of what both say": ("A1>A2 A2=B2", ["A2=B2"]),
    "a support by what both say": ("A1=B1 A1>A2", ["A1=B1"]),
    "an undercut support": ("s:A1>B1 C1~s", ["A1>B1"]),
    "not over several steps": ("A1>C1 C1>B1", ["A1>C1", "C1>B1"]),
}


@pytest.mark.parametrize(("text", "expected"), GROUND.values(), ids=GROUND.keys())
def test_common_ground(text: str, expected: list[str]) -> None:
    found = common_ground(make(text))
    assert [f"{g.first}{'=' if g.relation == 'rephrase' else '>'}{g.second}" for g in found] == (
        expected
    )
    assert all(g.first.startswith(g.first_holder) for g in found)
    assert all(g.second.startswith(g.second_holder) for g in found)


def test_common_ground_of_some() -> None:
    debate = make("A1>B1 B2>A1 B1=C1 C2>A2 D1>D2")
    every = common_ground(debate)
    assert common_ground(debate, "A", "B") == common_ground(debate, "B", "A")
    assert [(g.first, g.second) for g in common_ground(debate, "A", "B")] == [
        ("A1", "B1"),
        ("B2", "A1"),
    ]
    assert set(common_ground(debate, "A")) == {
        g for g in every if "A" in (g.first_holder, g.second_holder)
    }
    assert common_ground(debate, b="C") == common_ground(debate, "C")
    assert common_ground(debate, "D") == ()


def test_unknown_names() -> None:
    with pytest.raises(UnknownNameError, match="did you mean hehir"):
        common_ground(kosovo(), "heir")


LEFT = {
    "nothing": ("A1>B1", []),
    "the attacker": ("A1!B1", ["A1 1"]),
    "answered": ("A1!B1 B2!A1", ["B2 2"]),
    "answered by a third": ("A1!B1 C1!A1", ["C1 2"]),
    "answered by oneself": ("A1!B1 A2!A1", []),
    "answered in another way of saying it": ("A1!B1 A1=C1 B2!C1", ["B2 2 3"]),
    "an attack both ways": ("A1<>B1", []),
    "the ends of a chain are on a side": ("A1>C1 C1<>B1", ["A1 2"]),
    "on either side": ("B1<>C1 A1>B1 D1>C1", ["A1 2", "D1 3"]),
    "an undercut of its support": ("A1!B1 s:A2>A1 B2~s", ["B2 2"]),
    "an attack on what supports it": ("A1!B1 A2>A1 B2!A2", ["A1 1", "B2 2"]),
    "the attacked side": ("A1!B1 B2>B1", ["A1 1"]),
    "mediated": ("A1!C1 B1>C1", ["A1 1 2"]),
    "issues attack nothing": ("i:A1|B1", []),
    "a circle of attacks": ("A1!B1 B1!C1 C1!A1", []),
    "the holder's claims that say the same are one": ("A1=A2 A1!B1 A2!B2", ["A1 1 2"]),
}


@pytest.mark.parametrize(("text", "expected"), LEFT.values(), ids=LEFT.keys())
def test_unanswered(text: str, expected: list[str]) -> None:
    found = unanswered(make(text))
    assert [f"{u.claim} {' '.join(map(str, u.clashes))}" for u in found] == expected
    assert all(u.claim.startswith(u.holder) for u in found)


def test_the_clashes_may_be_given() -> None:
    debate = make("A1!B1 A2!B2")
    assert unanswered(debate, found=clashes(debate)) == unanswered(debate)
    assert unanswered(debate, found=()) == ()


def test_matrix() -> None:
    debate = make("A1!B1 A2!B2 C1>A1 B3=C3 A4r!B1")
    assert matrix(debate) == Matrix(
        authors=("A", "B", "C", "wire"),
        contradictions=((0, 3, 0, 0), (3, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 0)),
        agreements=((0, 0, 1, 0), (0, 0, 1, 0), (1, 1, 0, 0), (0, 0, 0, 0)),
    )
    rows = contradictions(debate)
    assert matrix(debate, rows=rows) == matrix(debate)


def test_matrix_of_speakers() -> None:
    found = matrix(kosovo(), speakers=True)
    assert len(found.authors) == len(kosovo().holders)
    assert sum(map(sum, found.contradictions)) == 2 * len(contradictions(kosovo()))
    assert sum(map(sum, found.agreements)) == 2 * len(common_ground(kosovo()))
    few = matrix(kosovo())
    assert few.authors == tuple(a.id for a in kosovo().authors)
    place = [found.authors.index(name) for name in few.authors]
    for table, whole in (
        (few.contradictions, found.contradictions),
        (few.agreements, found.agreements),
    ):
        assert table == tuple(tuple(whole[x][y] for y in place) for x in place)


def test_an_empty_debate() -> None:
    assert common_ground(make("")) == ()
    assert unanswered(make("")) == ()
    assert matrix(make("")) == Matrix(("wire",), ((0,),), ((0,),))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_debates())
def test_brute_force_agrees(debate: Debate) -> None:
    ground = common_ground(debate)
    told = [(g.first, g.second, g.first_holder, g.second_holder, g.relation) for g in ground]
    assert len(set(told)) == len(told)
    assert set(told) == common_ground_of(debate)
    assert told == sorted(told, key=lambda t: (t[4], t[:4]))
    ranked = [clash.contradiction for clash in clashes(debate)]
    left = [(u.claim, u.holder, u.clashes) for u in unanswered(debate)]
    assert left == unanswered_of(debate, ranked)
    table = matrix(debate, speakers=True)
    for x, one in enumerate(table.authors):
        for y, other in enumerate(table.authors):
            both = {one, other}
            rows = [c for c in ranked if {c.first_holder, c.second_holder} == both]
            shared = [t for t in told if {t[2], t[3]} == both]
            assert (table.contradictions[x][y], table.agreements[x][y]) == (len(rows), len(shared))


def test_what_the_five_pieces_agree_on() -> None:
    pair = common_ground(kosovo(), "hehir", "ecfr")
    assert len(pair) == 8
    assert ("ecfr-space-to-escalate", "heh-embolden-vucic") in {(g.first, g.second) for g in pair}
    assert [(g.first, g.second) for g in common_ground(kosovo(), "ecfr", "florescu")] == [
        ("ecfr-eu-facilitates", "flo-dialogue-since-2011"),
        ("ecfr-progress-glacial", "flo-no-progress"),
    ]


def test_what_nobody_answered_in_the_five_pieces() -> None:
    found = {u.claim: u for u in unanswered(kosovo())}
    assert found["heh-agreements-reason-fails"].holder == "hehir"
    assert "ecfr-dialogue-will-fail" in found
    assert "heh-kosovo-should-refuse" not in found
    assert "ce-asm-now" not in found
