"""Which claims stand: what the page says, held against what the command line says."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic
from graph.analysis.standing import standing
from graph.model import Attack, AttackKind, Debate, Rephrase, Status, Support
from graph.views.layout import Position
from graph.views.mapdata import facts
from tests.kosovo import kosovo
from tests.programs import ROOT, run
from tests.strategies import debates
from tests.test_contradictions import build, make, small_debates

pytestmark = pytest.mark.program

SCRIPTS = [
    ROOT / "graph" / "views" / "templates" / name
    for name in ("groups.js", "framework.js", "standing.js")
]
NODE = Path(sys.executable).parent / "node"
ASK = """
const fs = require("node:fs");
const [asked, answered, ...scripts] = process.argv.slice(2);
const code = scripts.map((script) => fs.readFileSync(script, "utf8")).join("\\n");
const SN = new Function("SN", `${code}; return SN;`)({});
const answer = (facts, [struck, accepted]) =>
  SN.standing(facts, { struck: new Set(struck), accepted: new Set(accepted) });
const cases = JSON.parse(fs.readFileSync(asked));
const answers = cases.map(({ facts, questions }) => questions.map((one) => answer(facts, one)));
fs.writeFileSync(answered, JSON.stringify(answers));
"""


@dataclass(frozen=True)
class Question:
    """What is struck out of a debate, and what is accepted, by the names of the claims."""

    struck: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()


#: A debate and what is asked of it.
Case = tuple[Debate, Sequence[Question]]
#: The label of each claim and the reason for it.
Told = dict[str, tuple[str, str]]


def page_facts(debate: Debate) -> dict[str, object]:
    """The facts of the page that its standing is made of."""
    nowhere = defaultdict[str, Position](lambda: Position("claim", "", 0, 0, 0, 0))
    told = facts(debate, (), {}, {}, nowhere)
    return {part: told[part] for part in ("claims", "agents", "supports", "attacks", "rephrases")}


def on_page(cases: Sequence[Case], folder: Path) -> list[list[Told]]:
    """What the script of the page answers, in one run of Node.js."""
    asked = []
    for debate, questions in cases:
        number = {c.id: n for n, c in enumerate(debate.claims)}
        sets = [[sorted(number[c] for c in s) for s in (q.struck, q.accepted)] for q in questions]
        asked.append({"facts": page_facts(debate), "questions": sets})
    (folder / "ask.cjs").write_text(ASK, encoding="utf-8")
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    run(NODE, folder / "ask.cjs", folder / "asked.json", folder / "answered.json", *SCRIPTS)
    answered = json.loads((folder / "answered.json").read_text(encoding="utf-8"))
    return [
        [
            dict(
                zip(
                    [c.id for c in debate.claims],
                    zip(answer["label"], answer["reason"], strict=True),
                    strict=True,
                )
            )
            for answer in answers
        ]
        for (debate, _), answers in zip(cases, answered, strict=True)
    ]


def in_python(debate: Debate, question: Question) -> Told:
    """What the command line says."""
    found = standing(
        debate, "grounded", "reasons", without=question.struck, given=question.accepted
    )
    gone = dict.fromkeys(question.struck, ("struck", "struck: taken away"))
    return gone | {claim: (found.labels[claim], why) for claim, why in found.reasons.items()}


def agree(cases: Sequence[Case], folder: Path) -> list[str]:
    """All reasons given, after checking that both say the same, claim by claim."""
    said = []
    for (debate, questions), answers in zip(cases, on_page(cases, folder), strict=True):
        for question, answer in zip(questions, answers, strict=True):
            assert answer == in_python(debate, question), (debate, question)
            said += [why for _, why in answer.values()]
    return said


@st.composite
def some(draw: st.DrawFn, debate: Debate) -> tuple[Debate, tuple[Question, ...]]:
    """A debate where some assertions are concessions, with a few questions."""
    names = [c.id for c in debate.claims]
    if not names:
        return debate, (Question(),)
    few = st.frozensets(st.sampled_from(names), max_size=2)
    conceded = draw(st.frozensets(st.sampled_from(names), max_size=3))
    weighed = tuple(
        replace(c, status=Status.CONCEDED)
        if c.id in conceded and c.status is Status.ASSERTED
        else c
        for c in debate.claims
    )
    question = st.builds(Question, few, few)
    more = draw(st.lists(question, min_size=2, max_size=2))
    return replace(debate, claims=weighed), (Question(), *more)


def collected(source: st.SearchStrategy[Debate], size: int) -> list[Case]:
    """So many cases from a strategy, always the same, to be asked about all at once."""
    cases: list[Case] = []

    @settings(
        max_examples=size,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(source.flatmap(some))
    def collect(case: Case) -> None:
        cases.append(case)

    collect()
    return cases


def tangle(seed: int) -> Case:
    """A debate of up to 24 claims with circles of every kind, and a few questions."""
    random = Random(seed)
    size = random.randint(6, 24)
    names = [f"{random.choice('ABC')}{n}{random.choice(['', '', 'r'])}" for n in range(size)]

    def pick(number: int) -> list[str]:
        return random.sample(names, number)

    supports: dict[str, Support] = {}
    for n in range(random.randint(0, 2 * size)):
        conclusion, *premises = pick(random.choice([2, 2, 3]))
        named = len(premises) > 1 or random.random() < 0.6
        made = Support(tuple(premises), conclusion, f"s{n}" if named else None)
        supports[made.id] = made
    steps = [s.name for s in supports.values() if s.name is not None]
    attacks: dict[str, Attack] = {}
    for _ in range(random.randint(1, size)):
        kind = random.choice(list(AttackKind))
        attacker, target = pick(2)
        if kind is AttackKind.UNDERCUT:
            if not steps:
                continue
            target = random.choice(steps)
        attack = Attack(kind, attacker, target)
        attacks[attack.id] = attack
    twos = [random.sample(range(size), 2) for _ in range(random.randint(0, 3))]
    same = {r.id: r for r in (Rephrase(names[a], names[b]) for a, b in twos)}
    debate = build(names, supports.values(), attacks.values(), same.values(), ())
    claims = tuple(
        replace(c, status=Status.CONCEDED)
        if c.status is Status.ASSERTED and random.random() < 0.2
        else c
        for c in debate.claims
    )
    questions = [
        Question(frozenset(pick(random.randint(0, 3))), frozenset(pick(random.randint(0, 3))))
        for _ in range(3)
    ]
    return replace(debate, claims=claims), (Question(), *questions)


#: The forms of reasons, which must all turn up, lest the check be an empty one.
FORMS = (
    r"in: nothing attacks it",
    r"in: taken as given",
    r"in: taken as given, against \[",
    r"in: all that attacks it, .* is out",
    r"in: all that attacks it, .* by way of \[",
    r"in: each of the \d claims that attack it is out",
    r"in: .*, and \[.*\] stands for it",
    r"out: attacked by .*, which nothing attacks",
    r"out: attacked by .*, which is in, since",
    r"out: attacked by .*, which is taken as given",
    r"out: attacked by .* by way of",
    r"out: no reason for it is left: \[.*\] is out",
    r"out: no reason for it is left: .* undercuts one",
    r"out: no reason for it is left: .* and .*",
    r"undecided: it and .* attack each other",
    r"undecided: .* attack it, and are attacked by it",
    r"undecided: .* and \d more attack it and are undecided too",
    r"undecided: .* attacks it and is undecided too",
    r"undecided: it attacks itself",
    r"undecided: no reason for it stands for sure: \[.*\] is undecided",
    r"undecided: no reason for it stands for sure: .* and .*",
    r"undecided: no reason for it stands for sure: one may be undercut",
    r".* \(its holder concedes \[",
    r"struck: taken away",
)


def test_it_says_what_the_command_line_says(tmp_path: Path) -> None:
    cases = [
        *collected(small_debates(), 300),
        *collected(debates(), 150),
        *map(tangle, range(250)),
    ]
    assert len(cases) >= 600
    said = agree(cases, tmp_path)
    assert [form for form in FORMS if not any(re.match(form, why) for why in said)] == []


def test_cases_that_chance_seldom_meets(tmp_path: Path) -> None:
    texts = [
        # of two supports that are undercut, the first by its premises
        "t1:A2>A3 s1:A1>A3 B1~t1 C1~s1",
        # more reasons than are named
        "A1>A4 A2>A4 A3>A4 Z1!A1 Z1!A2 Z1!A3",
        # a premise that is out beside an undercut, and one that says the same as another
        "s:A1+A2>A3 Z1!A2 C1~s A4=A1 t:A4+A2>A3",
    ]
    said = agree([(make(text), [Question()]) for text in texts], tmp_path)
    assert [why.partition("left: ")[2] for why in said if "no reason" in why] == [
        "[C1] (C) undercuts one and [B1] (B) undercuts one",
        "[A1] is out, [A2] is out and 1 more",
        "[A2] is out",
    ]


@pytest.mark.parametrize("part", range(4))
def test_the_real_debate_with_each_claim_struck_out(part: int, tmp_path: Path) -> None:
    """One by one; in parts that can be run side by side."""
    claims = [c.id for c in kosovo().claims][part::4]
    agree([(kosovo(), [Question(frozenset({claim})) for claim in claims])], tmp_path)


def test_the_real_debate_with_claims_accepted(tmp_path: Path) -> None:
    """Every claim that something attacks, accepted."""
    targets = {a.target for a in kosovo().attacks if a.kind is not AttackKind.UNDERCUT}
    questions = [Question(accepted=frozenset({claim})) for claim in sorted(targets)]
    said = agree([(kosovo(), questions)], tmp_path)
    assert any(why.startswith("in: taken as given, against") for why in said)


def test_a_large_debate_and_a_long_chain(tmp_path: Path) -> None:
    large = synthetic(2_000)
    chain = make(" ".join([*(f"A{n}>A{n + 1}" for n in range(5_000)), "B0!A0"]))
    some = Question(frozenset({large.claims[7].id}), frozenset({large.claims[3].id}))
    said = agree([(large, [Question(), some]), (chain, [Question()])], tmp_path)
    assert said[-1] == "in: nothing attacks it"  # the attacker
    assert "out: no reason for it is left: [A4998] is out" in said


def test_names_are_in_the_order_of_their_characters(tmp_path: Path) -> None:
    """JavaScript sorts by halves of characters: an emoji goes before what follows U+D800."""
    debate = make("A1<>B1 A1<>B2 A1<>B3")
    names = {"B1": "\U0001f680", "B2": "\uff21", "B3": "\U0001f680b", "A1": "A1"}
    renamed = replace(
        debate,
        claims=tuple(replace(c, id=names[c.id]) for c in debate.claims),
        attacks=tuple(Attack(a.kind, names[a.attacker], names[a.target]) for a in debate.attacks),
    )
    (first, *_) = (why for why in agree([(renamed, [Question()])], tmp_path) if "more" in why)
    assert first == (
        "undecided: [\uff21] (B), [\U0001f680] (B) and 1 more attack it, and are attacked by it"
    )
