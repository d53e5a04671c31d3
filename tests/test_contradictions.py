"""Contradictions: small debates to read, and a brute-force oracle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from graph.analysis.contradictions import (
    Contradiction,
    by_pair,
    contradictions,
    self_contradictions,
)
from graph.analysis.propositions import find_propositions
from graph.model import (
    Agent,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Rephrase,
    Source,
    Status,
    Support,
)
from graph.network import to_networkx
from tests.oracle import all_pairs, oracle

KINDS = {"!": "rebut", "?": "undermine", "~": "undercut", "><": "contradictory", "<>": "contrary"}


def make(text: str) -> Debate:
    """A debate from a line of words.

    The capital letter at the front of a claim is its holder: ``A1`` is a claim of A; a claim with
    a small letter at its end (``A1r``) is reported. Relations are triples with ``>`` (supports),
    ``name:A1+A2>B1`` is a named support, ``=`` rephrases, ``A1!B1`` rebuts, ``A1?B1`` undermines,
    ``A1~name`` undercuts, ``A1><B1`` is contradictory, ``A1<>B1`` contrary, and
    ``i:A1|B1`` is an issue with its answers pro and con.
    """
    names: set[str] = set()
    supports, attacks, rephrases, issues = [], [], [], []
    for word in text.split():
        name, _, rest = word.rpartition(":")
        if "|" in rest:
            pro, con = (tuple(filter(None, part.split("+"))) for part in rest.split("|"))
            issues.append(Issue(name, "Why?", pro, con))
            names |= {*pro, *con}
            continue
        sign = next((s for s in ("><", "<>", "!", "?", "~", "=", ">") if s in rest), None)
        first, second = rest.split(sign) if sign else (rest, "")
        ends = first.split("+")
        names |= {*ends, second} - {""} if sign != "~" else set(ends)
        if sign == ">":
            supports.append(Support(tuple(ends), second, name or None))
        elif sign == "=":
            rephrases.append(Rephrase(first, second))
        elif sign:
            attacks.append(Attack(AttackKind(KINDS[sign]), first, second))
    return build(sorted(names), supports, attacks, rephrases, issues)


def build(
    names: Sequence[str],
    supports: Iterable[Support],
    attacks: Iterable[Attack],
    rephrases: Iterable[Rephrase],
    issues: Iterable[Issue],
) -> Debate:
    holders = sorted({name[0] for name in names})
    claims = []
    for name in names:
        if name.endswith("r"):
            claims.append(Claim(name, name, "wire", name[0], Status.REPORTED))
        else:
            claims.append(Claim(name, name, name[0], name[0]))
    return Debate(
        "d",
        "D",
        agents=(*(Agent(h, h) for h in holders), Agent("wire", "Wire")),
        sources=(*(Source(h, h, h) for h in holders), Source("wire", "Wire", "wire")),
        claims=tuple(claims),
        supports=tuple(supports),
        attacks=tuple(attacks),
        rephrases=tuple(rephrases),
        issues=tuple(issues),
    )


def told(found: Iterable[Contradiction]) -> list[str]:
    """Each row as ``kind path``, with its backing in brackets."""
    lines = []
    for row in found:
        backing = " ".join("-".join(b.path) for b in row.backing)
        lines.append(f"{row.kind} {'-'.join(row.path)}" + (f" [{backing}]" if backing else ""))
    return lines


TABLE = {
    "direct": ("A1!B1", ["direct A1-B1"]),
    "undermine": ("A1?B1", ["direct A1-B1"]),
    "no attack, no contradiction": ("A1>B1", []),
    "one holder does not contradict himself here": ("A1!A2", []),
    "symmetric: by holder, then claim": ("Z1<>B1", ["direct B1-Z1"]),
    "attacks both ways are one row": ("B1!A1 A1!B1", ["direct A1-B1"]),
    "supported": ("A1>C1 C1!B1", ["direct C1-B1", "supported A1-C1-B1"]),
    "secondary": ("A1!C1 C1>B1", ["direct A1-C1", "secondary A1-C1-B1"]),
    "mediated": ("A1!C1 B1>C1", ["direct A1-C1", "mediated A1-C1-B1"]),
    "through what a third says": (
        "A1>C1 C1>D1 D1!B1",
        ["direct D1-B1", "supported C1-D1-B1", "supported A1-C1-D1-B1"],
    ),
    "both ways: supported goes before mediated": (
        "A1>C1 C1<>B1",
        ["direct B1-C1", "supported A1-C1-B1"],
    ),
    "two attacks do not chain": ("A1!C1 C1!B1", ["direct A1-C1", "direct C1-B1"]),
    "two premises of one claim do not clash": ("A1>C1 B1>C1", []),
    "backing on the attacker's side": ("A2>A1 A1!B1", ["direct A1-B1 [A2-A1-B1]"]),
    "backing on the other side": ("A1!B1 B2>B1", ["direct A1-B1 [A1-B1-B2]"]),
    "what follows falls too": ("A1!B1 B1>B2", ["direct A1-B1 [A1-B1-B2]"]),
    "backing on both sides": (
        "A2>A1 A1!B1 B2>B1 B3>B2",
        ["direct A1-B1 [A1-B1-B2 A2-A1-B1 A1-B1-B2-B3]"],
    ),
    "backing through a third": (
        "A2>C1 C1>A1 A1!B1",
        ["direct A1-B1 [A2-C1-A1-B1]", "supported C1-A1-B1"],
    ),
    "backing of a derived row": (
        "A2>A1 A1>C1 C1!B1",
        ["direct C1-B1", "supported A1-C1-B1 [A2-A1-C1-B1]"],
    ),
    "another way round A's own claim is a row": (
        "A2>A1 A1>C1 C1!B1 A2>D1 D1>E1 E1>C1",
        [
            "direct C1-B1",
            "supported A1-C1-B1 [A2-A1-C1-B1]",
            "supported E1-C1-B1",
            "supported D1-E1-C1-B1",
            "supported A2-D1-E1-C1-B1",
        ],
    ),
    "the direct one is the row of its pair": (
        "A1>C1 C1!B1 A1!B1",
        ["direct A1-B1", "direct C1-B1"],
    ),
    "shortest path": (
        "A1>C1 C1!B1 A1>D1 D1>E1 E1!B1",
        [
            "direct C1-B1",
            "direct E1-B1",
            "supported A1-C1-B1",
            "supported D1-E1-B1",
        ],
    ),
    "ties go by kind": (
        "A1>C1 C1!B1 A1!D1 D1>B1",
        ["direct A1-D1", "direct C1-B1", "supported A1-C1-B1", "mediated C1-B1-D1"],
    ),
    "ties go by path": (
        "A1>D1 D1!B1 A1>C1 C1!B1",
        ["direct C1-B1", "direct D1-B1", "supported A1-C1-B1"],
    ),
    "ties of long chains go by the path as it is read, outwards": (
        "A1!S1 S1>S2 S1>S3 S2>S5 S3>S4 S4>S6 S5>S6 S6>F1 s:F1>G1",
        [
            "direct A1-S1 [A1-S1-S2 A1-S1-S3 A1-S1-S3-S4 A1-S1-S2-S5 A1-S1-S2-S5-S6]",
            "secondary A1-S1-S2-S5-S6-F1",
            "secondary A1-S1-S2-S5-S6-F1-G1",
        ],
    ),
    "ties of long chains go by the path as it is read, inwards": (
        "F1>S6 S6>S5 S6>S4 S5>S2 S4>S3 S3>S1 S2>S1 S1!A1",
        [
            "direct S1-A1 [S2-S1-A1 S3-S1-A1 S4-S3-S1-A1 S5-S2-S1-A1 S6-S4-S3-S1-A1]",
            "supported F1-S6-S4-S3-S1-A1",
        ],
    ),
    "the claim at the far end is not chosen by a way that is backing": (
        "A1=A2 A1>A0 A0>X0 A2>C1 C1>X0 X0!B1",
        [
            "direct X0-B1",
            "supported A0-X0-B1 [A1-A0-X0-B1]",
            "supported C1-X0-B1",
            "supported A2-C1-X0-B1",
        ],
    ),
    "undercut": (
        "s:C1>B1 A1~s",
        ["direct A1-B1"],
    ),
    "undercut, supported and secondary": (
        "s:B2>B1 A1~s A2>A1 B1>B3",
        ["direct A1-B1 [A1-B1-B3 A2-A1-B1]"],
    ),
    "undercut is not mediated": (
        "s:C1>B1 A1~s D1>B1",
        ["direct A1-B1"],
    ),
    "beside an undercut a rebut is mediated": (
        "s:C1>B1 A1~s A1!B1",
        ["direct A1-B1", "mediated A1-B1-C1"],
    ),
    "linked premises": (
        "s:B2+C1>B1 A1!B1",
        ["direct A1-B1 [A1-B1-B2]", "mediated A1-B1-C1"],
    ),
    "rephrase: all who hold it": (
        "A1!B1 B1=C1",
        ["direct A1-B1", "direct A1-C1"],
    ),
    "rephrase: the claim that bears the relation": (
        "A2!B1 A1=A2 A2=A0",
        ["direct A2-B1"],
    ),
    "rephrase: a support of what is rephrased": (
        "A1>C1 C1=D1 D1!B1",
        ["direct C1-B1", "direct D1-B1", "supported A1-C1-B1"],
    ),
    "rephrase: not against oneself": ("A1!B1 B1=A2", ["direct A1-B1"]),
    "reported claims are held by their speaker": (
        "A1!C1r B1!A1",
        ["direct B1-A1", "direct A1-C1r"],
    ),
    "supports in a circle": (
        "A1>A2 A2>A3 A3>A1 A1!B1",
        ["direct A1-B1 [A3-A1-B1 A2-A3-A1-B1]"],
    ),
    "a circle of others": (
        "A1>C1 C1>D1 D1>C1 D1!B1",
        ["direct D1-B1", "supported C1-D1-B1", "supported A1-C1-D1-B1"],
    ),
    "through the other end": (
        "A1>B1 B1>C1 C1!B1",
        ["direct C1-B1", "mediated C1-B1-A1", "supported A1-B1-C1-B1"],
    ),
    "issue": ("i:A1|B1", ["issue A1-i-B1"]),
    "issue: one holder": ("i:A1|A2", []),
    "issue: same side": ("i:A1+B1|", []),
    "issue: all who hold it": ("i:A1|B1 B1=C1", ["issue A1-i-B1", "issue A1-i-C1"]),
    "issue: the attack says it": ("i:A1|B1 A1!B1", ["direct A1-B1"]),
    "issue: a derived one says it": (
        "i:A1|B1 A1>C1 C1!B1",
        ["direct C1-B1", "supported A1-C1-B1"],
    ),
    "issue: backing says it": (
        "i:A2|B1 A2>A1 A1!B1",
        ["direct A1-B1 [A2-A1-B1]"],
    ),
    "issue: another pair of the two says it": ("i:A1+A2|B1 A1!B1", ["direct A1-B1"]),
    "issue: claims on the same side may say it": ("i:A1+B2|B1 A1!B2", ["direct A1-B2"]),
    "issue: a clash elsewhere does not": (
        "i:A1|B1 A2!B2",
        ["direct A2-B2", "issue A1-i-B1"],
    ),
    "issue: one row of a pair that differs twice": (
        "j:A1|B1 i:B1|A1",
        ["issue A1-i-B1"],
    ),
    "ranking": (
        "A1!B1 A2!B2r A3!B3 A4>A3 A5>A3 A6!C1 C1>B4 i:A7|B7",
        [
            "direct A3-B3 [A4-A3-B3 A5-A3-B3]",
            "direct A1-B1",
            "direct A6-C1",
            "direct A2-B2r",
            "secondary A6-C1-B4",
            "issue A7-i-B7",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLE.values(), ids=TABLE.keys())
def test_table(text: str, expected: list[str]) -> None:
    assert told(contradictions(make(text))) == expected


OWN = {
    "direct": ("A1!A2", ["direct A1-A2"]),
    "derived through another": ("A1>C1 C1!A2", ["supported A1-C1-A2"]),
    "mediated": ("A1!C1 A2>C1", ["mediated A1-C1-A2"]),
    "with backing": ("A1!A2 A3>A1", ["direct A1-A2 [A3-A1-A2]"]),
    "two holders": ("A1!B1", []),
    "one claim with itself is not two": ("A1>C1 C1!A1", []),
    "rephrases are one claim": ("A1=A2 A1!A2", []),
    "undercut of an own inference": ("s:A1>A2 A3~s", ["direct A3-A2"]),
    "issues do not count": ("i:A1|A2", []),
    "reported": ("A1r!A2", ["direct A1r-A2"]),
}


@pytest.mark.parametrize(("text", "expected"), OWN.values(), ids=OWN.keys())
def test_self_contradictions(text: str, expected: list[str]) -> None:
    assert told(self_contradictions(make(text))) == expected


def test_every_field() -> None:
    debate = make("A1>C1 C1?B1 A2>A1")
    assert contradictions(debate)[1] == Contradiction(
        kind="supported",
        first="A1",
        second="B1",
        first_holder="A",
        second_holder="B",
        path=("A1", "C1", "B1"),
        attack="undermine",
        attack_at=1,
        backing=(
            Contradiction(
                "supported",
                "A2",
                "B1",
                "A",
                "B",
                ("A2", "A1", "C1", "B1"),
                "undermine",
                2,
                (),
                None,
                1,
            ),
        ),
        issue=None,
        rank=2,
    )
    (issue,) = contradictions(make("i:B1|A1"))
    assert (issue.attack, issue.attack_at, issue.issue) == (None, -1, "i")
    assert (issue.first_holder, issue.second_holder) == ("A", "B")


def test_rows_keep_the_kind_of_the_attack() -> None:
    (row,) = contradictions(make("s:B2>B1 A1~s"))
    assert row.attack == "undercut"
    (row,) = contradictions(make("A1><B1"))
    assert row.attack == "contradictory"
    (row,) = contradictions(make("A1?B1 A1!B1"))
    assert row.attack == "rebut"


def test_nothing_is_capped() -> None:
    text = " ".join(["A0!B0", *(f"A{n}>A0" for n in range(1, 300))])
    (row,) = contradictions(make(text))
    assert len(row.backing) == 299
    assert [b.rank for b in row.backing] == list(range(1, 300))


def test_graph_and_debate_give_the_same() -> None:
    debate = make("A2>A1 A1!B1 i:A1|C1 A3!A1")
    assert contradictions(to_networkx(debate)) == contradictions(debate)
    assert self_contradictions(to_networkx(debate)) == self_contradictions(debate)


def test_by_pair() -> None:
    found = contradictions(make("A1!B1 B2!A2 C1>A1 i:D1|A1"))
    assert by_pair(found) == {
        ("A", "B"): {"direct": 2, "supported": 0, "secondary": 0, "mediated": 0, "issue": 0},
        ("A", "D"): {"direct": 0, "supported": 0, "secondary": 0, "mediated": 0, "issue": 1},
        ("B", "C"): {"direct": 0, "supported": 1, "secondary": 0, "mediated": 0, "issue": 0},
    }


def test_an_empty_debate_has_none() -> None:
    assert contradictions(make("")) == ()


def test_propositions() -> None:
    props = find_propositions(make("A1=B1 B1=C1 s:A1+A2>D1 D1~s i:A2|C1 A3r<>A2"))
    assert props.members == (("A1", "B1", "C1"), ("A2",), ("A3r",), ("D1",))
    assert props.held[0] == {"A": ("A1",), "B": ("B1",), "C": ("C1",)}
    assert props.up[3] == (0, 1)
    assert props.down[0] == (3,)
    assert props.attacks["undercut"] == {(3, 3): (("D1", "D1", AttackKind.UNDERCUT),)}
    assert set(props.attacks["symmetric"]) == {(1, 2), (2, 1)}
    assert props.answers == {"i": {"pro": ("A2",), "con": ("C1",)}}
    assert props.reported == {"A3r"}


@st.composite
def small_debates(draw: st.DrawFn) -> Debate:
    """Debates of up to seven claims with every relation, often in circles."""
    holders = "ABC"[: draw(st.integers(1, 3))]
    size = draw(st.integers(1, 7))
    ends = ["", "", "r"]
    names = [
        f"{draw(st.sampled_from(holders))}{n}{draw(st.sampled_from(ends))}" for n in range(size)
    ]
    pairs = [(a, b) for a, b in product(names, names) if a != b]
    if not pairs:
        return build(names, (), (), (), ())
    pair = st.sampled_from(pairs)
    supports = {}
    for n, (a, b) in enumerate(draw(st.lists(pair, max_size=10, unique=True))):
        extra = draw(st.sampled_from([None, None, None, *names]))
        if extra is None:
            made = Support((a,), b)
        else:
            made = Support((a, extra) if extra != b else (a,), b, f"s{n}")
        supports[made.id] = made
    named = [name for name, made in supports.items() if made.name]
    kinds = [k for k in AttackKind if named or k is not AttackKind.UNDERCUT]
    attacks = {}
    for a, b in draw(st.lists(pair, min_size=1, max_size=4)):
        kind = draw(st.sampled_from(kinds))
        target = draw(st.sampled_from(named)) if kind is AttackKind.UNDERCUT else b
        attack = Attack(kind, a, target)
        attacks[attack.id] = attack
    rephrases = {r.id: r for r in (Rephrase(a, b) for a, b in draw(st.lists(pair, max_size=3)))}
    issues = []
    for n in range(draw(st.integers(0, 2))):
        ways = draw(st.lists(st.sampled_from([None, "pro", "con"]), min_size=size, max_size=size))
        answers = {w: [c for c, way in zip(names, ways, strict=True) if way == w] for w in ways}
        pro, con = tuple(answers.get("pro", [])), tuple(answers.get("con", []))
        issues.append(Issue(f"i{n}", "Why?", pro, con))
    return build(names, supports.values(), attacks.values(), rephrases.values(), issues)


def _fields(row: Contradiction) -> tuple[object, ...]:
    return (
        row.kind,
        row.first,
        row.second,
        row.first_holder,
        row.second_holder,
        row.path,
        row.attack,
        row.attack_at,
        tuple(_fields(b) for b in row.backing),
        row.issue,
        row.rank,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_debates(), st.booleans())
def test_brute_force_agrees(debate: Debate, own: bool) -> None:
    found = self_contradictions(debate) if own else contradictions(debate)
    expected = oracle(debate, own=own)
    for kind in sorted({row.kind for row in found}):
        event(kind)
    if any(row.backing for row in found):
        event("backing")
    assert [_fields(row) for row in found] == [tuple(row) for row in expected]
    first = {c: group[0] for group in find_propositions(debate).members for c in group}
    seen = {
        frozenset([(first[row.first], row.first_holder), (first[row.second], row.second_holder)])
        for one in found
        for row in (one, *one.backing)
        if row.kind != "issue"
    }
    assert seen == all_pairs(debate, own=own)


def test_a_long_chain_of_supports_is_no_trouble() -> None:
    n = 2_000
    names = [f"A{i:04}" for i in range(n)] + ["B0"]
    supports = [Support((names[i + 1],), names[i]) for i in range(n - 1)]
    debate = build(names, supports, [Attack(AttackKind.REBUT, "B0", "A0000")], (), ())
    (row,) = contradictions(debate)
    assert len(row.backing) == n - 1
