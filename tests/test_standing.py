"""Which claims stand, and whether the reasons given for it are true."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic
from graph.analysis.framework import READINGS, Reading, framework
from graph.analysis.standing import SEMANTICS, Semantics, Standing, changes, standing
from graph.errors import UnknownNameError
from graph.model import AttackKind, Debate, Status
from graph.network import to_networkx
from tests.kosovo import FOLDER, kosovo
from tests.test_cli import refused, said
from tests.test_contradictions import make, small_debates
from tests.test_framework import DERIVED, World, by_chains, held


def told(text: str, semantics: Semantics = "grounded", reading: Reading = "deductive",
         side: str | None = None) -> list[str]:  # fmt: skip
    found = standing(make(text), semantics, reading, side)
    assert list(found.reasons) == list(found.labels)
    return [f"{claim} {why}" for claim, why in found.reasons.items()]


REASONS = {
    "in and out": (
        ("A1!B1",),
        ["A1 in: nothing attacks it", "B1 out: attacked by [A1] (A), which nothing attacks"],
    ),
    "reinstated": (
        ("A1!B1 B1!C1 C1!D1",),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "C1 in: all that attacks it, [B1] (B), is out",
            "D1 out: attacked by [C1] (C), which is in, since all that attacks it is out",
        ],
    ),
    "several attackers out": (
        ("A1!B1 A1!B2 B1!C1 B2!C1",),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 out: attacked by [A1] (A), which nothing attacks",
            "C1 in: each of the 2 claims that attack it is out",
        ],
    ),
    "mediated": (
        ("A1!B1 B2>B1 B3>B2",),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 out: it leads to [B1], which [A1] (A) attacks, which nothing attacks",
            "B3 out: it leads to [B1], which [A1] (A) attacks, which nothing attacks",
        ],
    ),
    "secondary": (
        ("A1!B1 B1>B2", "grounded", "necessary"),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 out: it rests on [B1], which [A1] (A) attacks, which nothing attacks",
        ],
    ),
    "undercut": (
        ("A1!B1 s:B2>B1 C1~s",),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 in: nothing attacks it, and though it leads to [B1], which is out, "
            "[C1] (C) undercuts that step",
            "C1 in: nothing attacks it",
        ],
    ),
    "a tie": (
        ("A1<>B1 B2>B1",),
        [
            "A1 undecided: it and [B1] (B) attack each other",
            "B1 undecided: it and [A1] (A) attack each other",
            "B2 undecided: it leads to [B1], and that and [A1] (A) attack each other",
        ],
    ),
    "ties": (
        ("A1<>B1 A1<>B2 A1<>B3",),
        [
            "A1 undecided: [B1] (B), [B2] (B) and 1 more attack it, and are attacked by it",
            "B1 undecided: it and [A1] (A) attack each other",
            "B2 undecided: it and [A1] (A) attack each other",
            "B3 undecided: it and [A1] (A) attack each other",
        ],
    ),
    "a circle": (
        ("A1!B1 B1!C1 C1!A1",),
        [
            "A1 undecided: [C1] (C) attacks it and is undecided too",
            "B1 undecided: [A1] (A) attacks it and is undecided too",
            "C1 undecided: [B1] (B) attacks it and is undecided too",
        ],
    ),
    "against itself": (
        ("A1=A2 A1!A2", "preferred"),
        [
            "A1 undecided: no position holds it, but not every one attacks it; it attacks itself",
            "A2 undecided: no position holds it, but not every one attacks it; it attacks itself",
        ],
    ),
    "floating": (
        ("A1<>B1 A1!C1 B1!C1 C1!D1 C2>C1", "preferred"),
        [
            "A1 undecided: some positions hold it, others do not; "
            "it and [B1] (B) attack each other",
            "B1 undecided: some positions hold it, others do not; "
            "it and [A1] (A) attack each other",
            "C1 out: each position holds one of those that attack it: [A1] (A) and [B1] (B)",
            "C2 out: each position holds one of those that attack what it leads to, [C1]: "
            "[A1] (A) and [B1] (B)",
            "D1 in: all that attacks it, [C1] (C), is out",
        ],
    ),
    "no stable position": (
        ("A1=A2 A1!A2 B1", "stable"),
        [f"{c} undecided: there is no stable position" for c in ("A1", "A2", "B1")],
    ),
    "a side": (
        ("A1<>B1 C1!B2 B1!D1", "grounded", "deductive", "B"),
        [
            "A1 out: attacked by [B1] (B), which is taken as given",
            "B1 in: taken as given, against [A1] (A)",
            "B2 in: taken as given, against [C1] (C)",
            "C1 in: nothing attacks it",
            "D1 out: attacked by [B1] (B), which is taken as given",
        ],
    ),
    "by way of what says the same": (
        ("A1=B1 C1!B1",),
        [
            "A1 out: attacked by [C1] (C) by way of [B1], which nothing attacks",
            "B1 out: attacked by [C1] (C), which nothing attacks",
            "C1 in: nothing attacks it",
        ],
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_reasons(name: str) -> None:
    asked, expected = REASONS[name]
    assert told(*asked) == expected  # type: ignore[arg-type]


def test_every_field() -> None:
    found = standing(make("A1<>B1 C1!A2"), "preferred", "none", "C", ("A2",))
    assert found == Standing(
        semantics="preferred",
        reading="none",
        labels={"A1": "undecided", "B1": "undecided", "C1": "in"},
        reasons=found.reasons,
        credulous=frozenset({"A1", "B1", "C1"}),
        extensions=2,
        complete=True,
        side="C",
        without=("A2",),
    )


def test_grounded_is_one_position() -> None:
    found = standing(make("A1<>B1 C1"))
    assert (found.extensions, found.complete) == (1, True)
    assert found.credulous == {"C1"}


def test_no_stable_position_is_said() -> None:
    found = standing(make("A1!B1 B1!C1 C1!A1 D1"), "stable")
    assert (found.extensions, found.credulous) == (0, frozenset())
    assert set(found.labels.values()) == {"undecided"}


def test_without_a_claim_or_a_holder() -> None:
    debate = make("A1!B1 A2!B2 B1!C1")
    before = standing(debate)
    after = standing(debate, without=("A1",))
    assert [(c.claim, c.before, c.after) for c in changes(before, after)] == [
        ("B1", "out", "in"),
        ("C1", "in", "out"),
    ]
    assert changes(before, after)[0].reason == "in: nothing attacks it"
    assert set(standing(debate, without=("A",)).labels) == {"B1", "B2", "C1"}
    assert changes(before, before) == ()


def test_a_side_of_the_real_debate() -> None:
    whole, side = standing(kosovo()), standing(kosovo(), side="chollet-escobar")
    assert whole.labels["ce-asm-now"] == "undecided"
    assert side.labels["ce-asm-now"] == "in"
    assert "[heh-kosovo-should-refuse] (Aidan Hehir)" in side.reasons["ce-asm-now"]
    assert side.labels["heh-kosovo-should-refuse"] == "out"


def test_the_real_debate_without_a_claim() -> None:
    before = standing(kosovo(), "preferred", "necessary")
    after = standing(kosovo(), "preferred", "necessary", without=("ecfr-some-fruit",))
    found = {c.claim: (c.before, c.after) for c in changes(before, after)}
    assert found == {"flo-no-progress": ("out", "in"), "flo-impasse": ("out", "in")}


def test_a_concession_does_not_defeat_its_own_author() -> None:
    whole = standing(kosovo(), "grounded", "none")
    assert kosovo().claim("heh-kosovo-not-strategic").status == "conceded"
    assert whole.reasons["heh-kosovo-credibility"] == (
        "in: nothing attacks it (its holder concedes [heh-kosovo-not-strategic])"
    )


def conceded(text: str, *claims: str) -> Debate:
    """A debate in which some of the claims are concessions."""
    debate = make(text)
    weighed = (replace(c, status=Status.CONCEDED) if c.id in claims else c for c in debate.claims)
    return replace(debate, claims=tuple(weighed))


@pytest.mark.parametrize("concession", ["A1", "A2"])
def test_a_concession_is_weighed_at_either_end_of_a_conflict(concession: str) -> None:
    """Which claim a conflict names first goes by the alphabet, and says nothing."""
    (other,) = {"A1", "A2"} - {concession}
    found = standing(conceded("A1<>A2", concession))
    assert found.reasons == {
        concession: "in: nothing attacks it",
        other: f"in: nothing attacks it (its holder concedes [{concession}])",
    }


def test_a_concession_that_is_taken_away_is_not_mentioned() -> None:
    found = standing(conceded("A1!A2", "A1"), without=("A1",))
    assert found.reasons == {"A2": "in: nothing attacks it"}


GIVEN = {
    "against an attack": (
        ("A1!B1", "necessary", ["B1"]),
        ["A1 in: nothing attacks it", "B1 in: taken as given, against [A1] (A)"],
    ),
    "it attacks back": (
        ("A1<>B1", "necessary", ["B1"]),
        [
            "A1 out: attacked by [B1] (B), which is taken as given",
            "B1 in: taken as given, against [A1] (A)",
        ],
    ),
    "it needs no premise": (
        ("A1!B1 B1>B2 B2>B3", "necessary", ["B2"]),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 in: taken as given",
            "B3 in: nothing attacks it",
        ],
    ),
    "nor its conclusion": (
        ("A1!B1 B2>B1", "deductive", ["B2"]),
        [
            "A1 in: nothing attacks it",
            "B1 out: attacked by [A1] (A), which nothing attacks",
            "B2 in: taken as given",
        ],
    ),
    "with what says the same": (
        ("A1!B1 B1=C1", "none", ["C1"]),
        [
            "A1 in: nothing attacks it",
            "B1 in: taken as given, against [A1] (A)",
            "C1 in: taken as given, against [A1] (A)",
        ],
    ),
    "several, at odds": (
        ("A1<>B1", "necessary", ["A1", "B1"]),
        ["A1 in: taken as given, against [B1] (B)", "B1 in: taken as given, against [A1] (A)"],
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_claims_taken_as_given(name: str) -> None:
    (text, reading, accepted), expected = GIVEN[name]
    found = standing(make(text), "grounded", reading, given=accepted)  # type: ignore[arg-type]
    assert [f"{claim} {why}" for claim, why in found.reasons.items()] == expected
    assert found.given == tuple(accepted)


def test_what_is_taken_away_is_not_given() -> None:
    found = standing(make("A1!B1 B1=C1"), without=("C1",), given=("C1",))
    assert found.labels == {"A1": "in", "B1": "out"}


class Accepting(World):
    """A debate in which some claims are given, by brute force: without what bears on them."""

    def __init__(self, debate: Debate, given: Collection[str], reading: str) -> None:
        super().__init__(debate)
        taken = {n for n, group in enumerate(self.groups) if not group.isdisjoint(given)}
        firm = {(p, c) for p, c, undercuts in self.supports if not undercuts}
        if reading != "none":  # with what stands in a circle with it
            taken |= {n for n in range(self.size) for t in taken if _joined(firm, n, t)}
        self.attacks = {(a, t) for a, t in self.attacks if t not in taken}
        dependent = 0 if reading == "deductive" else 1
        self.supports = {one for one in self.supports if one[dependent] not in taken}


def _joined(links: Collection[tuple[int, int]], first: int, second: int) -> bool:
    """Whether each of two leads to the other."""
    return all(end in _reached(links, start) for start, end in ((first, second), (second, first)))


def _reached(links: Collection[tuple[int, int]], start: int) -> set[int]:
    found = {start}
    while more := {b for a, b in links if a in found} - found:
        found |= more
    return found


@settings(max_examples=150, deadline=None)
@given(st.data(), small_debates())
def test_brute_force_agrees_on_what_is_given(data: st.DataObject, debate: Debate) -> None:
    names = [c.id for c in debate.claims]
    accepted = data.draw(st.frozensets(st.sampled_from(names), max_size=3))
    for reading in DERIVED:
        world = Accepting(debate, accepted, reading)
        sets = [frozenset(one) for one, _ in by_chains(world, reading)]
        made = framework(debate, reading, given=accepted)
        least = {one for one in sets if all(one <= other for other in sets)}
        assert held(made, "grounded") == world.named(least), reading
        largest = {one for one in sets if not any(one < other for other in sets)}
        assert held(made, "preferred") == world.named(largest), reading


@settings(max_examples=100, deadline=None)
@given(small_debates(), st.sampled_from(READINGS))
def test_a_side_is_all_its_claims_given(debate: Debate, reading: Reading) -> None:
    holder = debate.claims[0].holder
    claims = [c.id for c in debate.claims if c.holder == holder]
    assert framework(debate, reading, given=claims) == framework(debate, reading, side=(holder,))


def test_the_command_line_accepts_claims() -> None:
    asked = ["--given", "ce-asm-now", "--reading", "necessary", "--format", "json"]
    changed = json.loads(said("standing", FOLDER, *asked))
    assert {(row["claim"], row["before"], row["after"]) for row in changed} == {
        ("ce-asm-now", "out", "in"),
        ("heh-int-asm-now", "out", "in"),
    }
    changed = json.loads(said("standing", FOLDER, "--given", "ce-asm-now", "--format", "json"))
    falls = {row["claim"] for row in changed if row["after"] == "out"}
    assert "heh-kosovo-should-refuse" in falls  # the two attack each other
    wrong = refused("standing", FOLDER, "--given", "ce-asm-know")
    assert wrong.startswith("error: no claim is called 'ce-asm-know'; did you mean ce-asm-now")


def test_unknown_names() -> None:
    debate = make("A1!B1")
    with pytest.raises(UnknownNameError, match="no author is called 'Z'; there are: A, B"):
        standing(debate, side="Z")
    with pytest.raises(UnknownNameError, match="no claim is called 'A9'"):
        standing(debate, without=("A9",))
    with pytest.raises(UnknownNameError, match="no claim is called 'A'"):
        standing(debate, given=("A",))
    with pytest.raises(UnknownNameError, match="did you mean grounded"):
        standing(debate, "ground")  # type: ignore[arg-type]


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_degenerate_debates(semantics: Semantics) -> None:
    empty = standing(make(""), semantics)
    assert (empty.labels, empty.extensions) == ({}, 1)
    assert set(standing(make("A1>A2 A2>A3 A3>A1"), semantics).labels.values()) == {"in"}
    assert standing(make("A1"), semantics, without=("A1",)).labels == {}


def test_graph_and_debate_give_the_same() -> None:
    debate = make("s:A1>B1 C1<>B1 D1~s")
    assert standing(to_networkx(debate), "preferred") == standing(debate, "preferred")


def test_when_time_is_up_what_is_sure_stands() -> None:
    found = standing(synthetic(500), "preferred", seconds=0)
    assert not found.complete
    assert found.extensions is None
    sure = standing(synthetic(500))
    assert [c for c, label in sure.labels.items() if label == "in"] == [
        c for c, label in found.labels.items() if label == "in"
    ]
    undecided = {why for claim, why in found.reasons.items() if found.labels[claim] == "undecided"}
    assert undecided == {"undecided: not settled in the time given"}


def _check_reason(debate: Debate, found: Standing, claim: str) -> None:
    """Hold what a reason says against the debate and the labels."""
    why = found.reasons[claim]
    label = found.labels[claim]
    assert why.startswith(f"{label}: ")
    same = {claim}
    while (
        more := {
            c for r in debate.rephrases for c in (r.first, r.second) if {r.first, r.second} & same
        }
        - same
    ):
        same |= more
    names = {f"[{c.id}] ({debate.agent(c.holder).name})": c.id for c in debate.claims}
    for name in re.findall(r"\[[^]]*\] \([^)]*\)", why):
        assert name in names
    attacks = {(a.attacker, a.target) for a in debate.attacks if a.kind is not AttackKind.UNDERCUT}
    attacks |= {(a.target, a.attacker) for a in debate.attacks if a.kind.symmetric}
    if one := re.match(r"out: attacked by \[(\w+)\] \(\w\)(?: by way of \[(\w+)\])?, (.*)", why):
        attacker, target, how = one.groups()
        event("out: attacked by")
        assert (attacker, target or claim) in attacks
        assert found.labels[attacker] == "in"
        if how == "which nothing attacks" and not debate.rephrases:
            assert attacker not in {t for _, t in attacks} or debate.supports
    if one := re.match(r"out: it (?:leads to|rests on) \[(\w+)\], which \[(\w+)\]", why):
        event("out: by a support")
        assert (one[2], one[1]) in attacks
        assert found.labels[one[1]] == "out"
        assert found.labels[one[2]] == "in"
    if why == "in: nothing attacks it" and not debate.supports:
        assert not any(t in same for _, t in attacks)
    if one := re.search(r"\[(\w+)\] \(\w\) undercuts that step", why):
        event("undercut")
        assert found.labels[one[1]] == "in"
    if "each position holds something that attacks it or what" in why:
        event("vague")


@settings(max_examples=150, deadline=None)
@given(
    small_debates(),
    st.sampled_from(SEMANTICS),
    st.sampled_from(READINGS),
    st.sampled_from([None, "A"]),
)
def test_reasons_are_true(
    debate: Debate, semantics: Semantics, reading: Reading, side: str | None
) -> None:
    side = side if any(a.id == side for a in debate.agents) else None
    found = standing(debate, semantics, reading, side)
    assert found.complete
    assert sorted(found.labels) == sorted(c.id for c in debate.claims)
    for claim in found.labels:
        if found.extensions:
            _check_reason(debate, found, claim)
    if side is None and reading in DERIVED[:2] and not any(s.name for s in debate.supports):
        for support in debate.supports:
            for premise in support.premises:
                ends = [premise, support.conclusion]
                first, second = ends if reading == "deductive" else ends[::-1]
                assert found.labels[first] != "in" or found.labels[second] == "in"


def test_a_long_chain_of_supports_is_no_trouble() -> None:
    text = " ".join([*(f"A{n + 1}>A{n}" for n in range(5_000)), "B0!A0"])
    found = standing(make(text))
    assert found.reasons["A5000"] == (
        "out: it leads to [A0], which [B0] (B) attacks, which nothing attacks"
    )
