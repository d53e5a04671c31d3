"""Clashes: small debates to read, the English of the points, and brute force."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, given, settings

from graph.analysis.clashes import Clash, clashes
from graph.analysis.contradictions import contradictions
from graph.model import (
    Agent,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Origin,
    OriginKind,
    Source,
    Support,
)
from tests.kosovo import kosovo
from tests.oracle_clashes import clash_order, issue_of, steps_up, weight_of
from tests.test_contradictions import build, make, small_debates


def asked(debate: Debate) -> Debate:
    """The debate with a question of its own for every issue."""
    issues = (replace(issue, question=f"Is it {issue.id}?") for issue in debate.issues)
    return replace(debate, issues=tuple(issues))


def told(found: tuple[Clash, ...]) -> list[str]:
    """Each clash as ``path weight [backing | backing]``."""
    return [
        f"{'-'.join(c.contradiction.path)} {c.weight} "
        f"[{' '.join(c.first_backing)} | {' '.join(c.second_backing)}]"
        for c in found
    ]


TABLE = {
    "nothing": ("A1>B1", []),
    "alone": ("A1!B1", ["A1-B1 0 [ | ]"]),
    "backing, nearest first, by whomever": (
        "A1!B1 A3>A1 C2>A1 A2>C2",
        ["A1-B1 5 [A3 C2 A2 | ]", "C2-A1-B1 2 [A2 | ]"],
    ),
    "what rests on an end weighs and is no backing": (
        "A1!B1 B1>B2 B2>B3",
        ["A1-B1 4 [ | ]"],
    ),
    "a claim that hangs on both ends counts once": (
        "A1!B1 A1>C1 B1>C1",
        ["A1-B1 1 [ | ]", "A1-B1-C1 1 [ | A1 B1]"],
    ),
    "what supports a rephrase": (
        "A1!B1 A1=C1 D1>C1",
        ["A1-B1 1 [D1 | ]", "C1-B1 1 [D1 | ]", "D1-A1-B1 2 [ | ]"],
    ),
    "supports in a circle": (
        "A1!B1 A2>A1 A1>A2",
        ["A1-B1 2 [A2 | ]"],
    ),
    "one end supports the other": (
        "B1>A1 A1!B1",
        ["A1-B1 0 [B1 | ]"],
    ),
    "direct, then derived, then issues": (
        "A1!C1 C1>B1 B2>B1 B3>B1 i:C2|B4",
        ["A1-C1 1 [ | ]", "A1-C1-B1 3 [ | B2 B3 C1]", "B4-i-C2 0 [ | ]"],
    ),
    "reported ones later, however heavy": (
        "A1!B1r A2>A1 A3>A1 A4!B2",
        ["A4-B2 0 [ | ]", "A1-B1r 4 [A2 A3 | ]"],
    ),
    "the heavier first": (
        "A1!B1 A2!B2 B3>B2",
        ["A2-B2 2 [ | B3]", "A1-B1 0 [ | ]"],
    ),
    "then by id": ("A2!B2 A1!B1", ["A1-B1 0 [ | ]", "A2-B2 0 [ | ]"]),
    "a second clash on a point waits for the first on others": (
        "i:A1+A2|B1+B2 A1!B1 A2!B2 A3>A1 A4>A2 A5!B5",
        ["A1-B1 2 [A3 | ]", "A5-B5 0 [ | ]", "A2-B2 2 [A4 | ]"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLE.values(), ids=TABLE.keys())
def test_table(text: str, expected: list[str]) -> None:
    found = clashes(asked(make(text)))
    assert told(found) == expected
    assert [c.rank for c in found] == list(range(1, len(found) + 1))


ISSUES = {
    "the ends answer": ("A1!B1 i:A1|B1", "i"),
    "the ends answer, in a derived one": ("A1>C1 C1!B1 i:A1|B1 h:C1|B2", "i"),
    "the claims at the attack": ("A1>C1 C1!B1 i:C1|B1", "i"),
    "before what is farther but first by id": ("A1!B1 A1>A2 i:A1|B1 h:A2|B1", "i"),
    "what an end supports": ("A1!B1 A1>A2 i:A2|B1", "i"),
    "what both support": ("A1!B1 A1>A2 B1>B2 i:A2|B2", "i"),
    "what backs an end": ("A1!B1 A2>A1 i:A2|B1", "i"),
    "one up, one down": ("A1!B1 A2>A1 B1>B2 i:A2|B2", "i"),
    "what they support goes before what backs them": (
        "A1!B1 A2>A1 A1>A3 B1>B3 h:A2|B1 i:A3|B3",
        "i",
    ),
    "the nearer": ("A1!B1 A1>A2 A2>A3 h:A3|B1 i:A2|B1", "i"),
    "the first by id": ("A1!B1 i:A1|B1 h:A1|B1", "h"),
    "by a rephrase": ("A1!B1 A1=C2 i:C2|B1", "i"),
    "two steps": ("A1!B1 A1>A2 A2>A3 i:A3|B1", "i"),
    "three steps are too far": ("A1!B1 A1>A2 A2>A3 A3>A4 B1>B2 i:A4|B2", None),
    "an attack on an answer": ("A1!B1 i:B1|C1", "i"),
    "before what backs the two": ("A1!B1 A2>A1 B2>B1 h:A2|B2 i:B1|C1", "i"),
    "after what they support": ("A1!B1 A1>A2 B1>B2 h:B1|C1 i:A2|B2", "i"),
    "the same way is no point": ("A1!B1 i:A1+B1|A9", None),
    "nor an answer that attacks": ("A1!B1 i:A1|C1", None),
    "one that is attacked too": ("A1<>B1 i:A1|C1", "i"),
}


@pytest.mark.parametrize(("text", "expected"), ISSUES.values(), ids=ISSUES.keys())
def test_issue_of_a_clash(text: str, expected: str | None) -> None:
    points = {
        c.contradiction.path[0] + c.contradiction.path[-1]: c for c in clashes(asked(make(text)))
    }
    point = points["A1B1"].point
    assert point == (f"The question is: Is it {expected}?" if expected else wanted("A1", "B1"))


def wanted(first: str, second: str) -> str:
    return f"The question is whether {first} ({first[0]}), or {second} ({second[0]})."


def pointed(
    first: str,
    second: str,
    *others: str,
    names: tuple[str, str] = ("Hannah", "Hank"),
    kind: AttackKind = AttackKind.REBUT,
) -> str:
    """The point between two claims, in a debate with other claims."""
    agents = tuple(Agent(n, name) for n, name in zip("xy", names, strict=True))
    claims = [Claim("a", first, "s", "x"), Claim("b", second, "t", "y")]
    claims += [Claim(f"c{n}", text, "s", "x") for n, text in enumerate(others)]
    target = "step" if kind is AttackKind.UNDERCUT else "b"
    debate = Debate(
        "d",
        "D",
        agents=agents,
        sources=(Source("s", "S", "x"), Source("t", "T", "y")),
        claims=(*claims, Claim("z", "Nobody minds.", "t", "y")),
        supports=(Support(("z",), "b", "step"),),
        attacks=(Attack(kind, "a", target),),
    )
    return clashes(debate)[0].point


ENGLISH = {
    "function words get a small letter": (
        ("The tram is late.", "It is on time."),
        "The question is whether the tram is late (Hannah), or it is on time (Hank).",
    ),
    "names keep theirs": (
        ("Kosovo is a state.", "NATO's view is open."),
        "The question is whether Kosovo is a state (Hannah), or NATO's view is open (Hank).",
    ),
    "words that the debate writes small": (
        (
            "Trams are quiet.",
            "Buses are cheap.",
            "We like our tram, and Trams do us good; that tram.",
        ),
        "The question is whether trams are quiet (Hannah), or Buses are cheap (Hank).",
    ),
    "words that it writes large": (
        ("Turkey is near.", "It is far.", "Many like Turkey, Turkey and a turkey."),
        "The question is whether Turkey is near (Hannah), or it is far (Hank).",
    ),
    "names of two words": (
        ("Mark Twain wrote it.", "He did not.", "They mark it and mark it."),
        "The question is whether Mark Twain wrote it (Hannah), or he did not (Hank).",
    ),
    "a clause without a verb of its own": (
        ("Asking Kosovo is wrong.", "It is right.", "We are asking."),
        "The question is whether asking Kosovo is wrong (Hannah), or it is right (Hank).",
    ),
    "questions and exclamations in quotes": (
        ("Who knows?", "Everybody knows!"),
        "The question is whether “Who knows?” (Hannah), or “Everybody knows!” (Hank).",
    ),
    "two sentences in quotes": (
        ("It rains. We stay.", "We go"),
        "The question is whether “It rains. We stay.” (Hannah), or we go (Hank).",
    ),
    "abbreviations keep their full stop": (
        ("It is made in the U.S.", "It costs 3.50 ..."),
        "The question is whether it is made in the U.S. (Hannah), or “It costs 3.50 ...” (Hank).",
    ),
    "no word at all": (
        ("42", "“Nothing” is an answer."),
        "The question is whether 42 (Hannah), or “Nothing” is an answer (Hank).",
    ),
    "other scripts": (
        ("Это так.", "这不对。"),
        "The question is whether Это так (Hannah), or 这不对。 (Hank).",
    ),
}


@pytest.mark.parametrize(("texts", "expected"), ENGLISH.values(), ids=ENGLISH.keys())
def test_english(texts: tuple[str, ...], expected: str) -> None:
    assert pointed(*texts) == expected


def test_holders_need_no_verb() -> None:
    names = ("ECFR fellow (not named)", "The internationals")
    assert pointed("It is so.", "It is not.", names=names) == (
        "The question is whether it is so (ECFR fellow), or it is not (The internationals)."
    )
    assert "((anonymous))" in pointed("It is so.", "It is not.", names=("(anonymous)", "B"))


def test_an_undercut_is_about_what_follows() -> None:
    point = pointed("You never asked.", "All agree.", kind=AttackKind.UNDERCUT)
    assert point == (
        "The question is whether it follows that all agree (Hank), "
        "given that you never asked (Hannah)."
    )


def test_the_question_of_an_issue_is_not_touched() -> None:
    debate = make("i:A1|B1")
    issue = replace(debate.issues[0], question="Kosovo, or what?")
    (clash,) = clashes(replace(debate, issues=(issue,)))
    assert clash.point == "The question is: Kosovo, or what?"


def test_what_a_miner_is_surer_of_comes_first_and_after_what_people_drew() -> None:
    debate = make("A1!B1 A2!B2 A3!B3 B4>B1 B5>B2 B6>B2")
    sure = {"A1": 0.6, "A2": 0.2}
    attacks = tuple(
        replace(a, origin=Origin(OriginKind.MINER, "miner", "1", sure[a.attacker]))
        if a.attacker in sure
        else a
        for a in debate.attacks
    )
    found = clashes(replace(debate, attacks=attacks))
    assert [c.contradiction.first for c in found] == ["A3", "A1", "A2"]


def test_the_contradictions_may_be_given() -> None:
    debate = make("A1!B1 A2!B2")
    rows = contradictions(debate)
    assert clashes(debate, rows=rows) == clashes(debate)
    assert len(clashes(debate, rows=rows[:1])) == 1


@pytest.mark.parametrize("text", ["", "A1>A2", "A1>A2 A2>A1", "A1!A2", "A1=B1", "i:A1|A2"])
def test_no_clash(text: str) -> None:
    assert clashes(make(text)) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_debates())
def test_brute_force_agrees(debate: Debate) -> None:
    debate = asked(debate)
    rows = contradictions(debate)
    found = clashes(debate)
    assert sorted(c.contradiction.rank for c in found) == [row.rank for row in rows]
    for clash in found:
        row = clash.contradiction
        assert list(clash.first_backing) == [c for _, c in steps_up(debate, row.first)]
        assert list(clash.second_backing) == [c for _, c in steps_up(debate, row.second)]
        assert clash.weight == weight_of(debate, row)
        issue = issue_of(debate, row)
        event("issue" if issue else "no issue")
        question = f"The question is: Is it {issue}?"
        assert clash.issue == issue
        assert clash.point == question if issue else clash.point.startswith("The question is whet")
    points = [(c.contradiction, c.point, c.weight) for c in found]
    points.sort(key=lambda point: point[0].rank)
    assert [c.contradiction for c in found] == clash_order(debate, points)
    assert [c.rank for c in found] == list(range(1, len(found) + 1))


def test_a_long_chain_of_supports_is_no_trouble() -> None:
    n = 2_000
    names = [f"A{i:04}" for i in range(n)] + ["B0"]
    supports = [Support((names[i + 1],), names[i]) for i in range(n - 1)]
    debate = build(names, supports, [Attack(AttackKind.REBUT, "B0", "A0000")], (), ())
    (clash,) = clashes(debate)
    assert clash.second_backing == tuple(names[1:n])
    assert clash.weight == 2 * (n - 1)


def test_the_five_pieces_clash_first_on_their_main_questions() -> None:
    found = clashes(kosovo())
    assert len(found) == len(contradictions(kosovo()))
    points = [clash.point.removeprefix("The question is: ") for clash in found[:7]]
    assert len(set(points)) == 7
    assert points[0] == ("Should Kosovo establish the Association of Serb-majority Municipalities?")
    assert "Does the Association endanger Kosovo as a state?" in points
    assert "Must Kosovo establish the Association because it has agreed to?" in points


def test_the_points_of_the_five_pieces_are_sentences() -> None:
    for clash in clashes(kosovo()):
        assert clash.point.startswith("The question is")
        assert clash.point[-1] in ".?"
        assert ".)" not in clash.point
        assert "  " not in clash.point
