"""The framework of a debate: small debates to read, and the definitions by brute force."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations, product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic
from graph.analysis.framework import Framework, Reading, framework
from graph.analysis.labellings import extensions, grounded
from graph.errors import UnknownNameError
from graph.model import AttackKind, Debate
from graph.network import to_networkx
from tests.test_contradictions import make, small_debates


def held(made: Framework, semantics: str) -> set[frozenset[str]]:
    """The claims in each extension."""
    if semantics == "grounded":
        labels = grounded(made.attackers)
        found = [frozenset(n for n, label in enumerate(labels) if label == "in")]
    elif semantics == "stable":
        found = list(extensions(made.attackers, "stable"))
    else:
        found = list(extensions(made.attackers, "preferred"))
    return {frozenset(c for n in e if n < len(made.claims) for c in made.claims[n]) for e in found}


def told(text: str, reading: Reading, semantics: str = "preferred", side: str = "") -> list[str]:
    made = framework(make(text), reading, side=side)
    return sorted(" ".join(sorted(one)) for one in held(made, semantics))


#: The readings that are derived attacks.
DERIVED: tuple[Reading, ...] = ("deductive", "necessary", "none")

TABLE = {
    "no relation": ("A1 B1", ["A1 B1"], ["A1 B1"], ["A1 B1"]),
    "rebut": ("A1!B1", ["A1"], ["A1"], ["A1"]),
    "undermine": ("A1?B1", ["A1"], ["A1"], ["A1"]),
    "contrary goes both ways": ("A1<>B1", ["A1", "B1"], ["A1", "B1"], ["A1", "B1"]),
    # Boella et al. 2010: deductive
    "supported": ("A1>C1 C1<>B1", ["A1 C1", "B1"], ["A1 B1", "A1 C1"], ["A1 B1", "A1 C1"]),
    "mediated": ("A1!C1 B1>C1", ["A1"], ["A1 B1"], ["A1 B1"]),
    "mediated over two steps": ("A1!C1 C2>C1 B1>C2", ["A1"], ["A1 B1 C2"], ["A1 B1 C2"]),
    "supported and mediated at once": (
        "A1>C1 C1<>D1 B1>D1",
        ["A1 C1", "B1 D1"],
        ["A1 B1 C1", "A1 B1 D1"],
        ["A1 B1 C1", "A1 B1 D1"],
    ),
    # Nouioua & Risch 2011: necessary
    "secondary": ("A1!C1 C1>B1", ["A1 B1"], ["A1"], ["A1 B1"]),
    "extended": ("C1<>B1 C1>A1", ["A1 B1", "A1 C1"], ["A1 C1", "B1"], ["A1 B1", "A1 C1"]),
    "supports in a circle stand together": ("A1>B1 B1>A1", ["A1 B1"], ["A1 B1"], ["A1 B1"]),
    "and fall together": ("A1>B1 B1>A1 C1!A1", ["C1"], ["C1"], ["B1 C1"]),
    "and do not attack themselves": ("A1>B1 B1>A1 A1!C1", ["A1 B1"], ["A1 B1"], ["A1 B1"]),
    "a claim against what it supports": ("A1>B1 A1!B1", [""], ["A1"], ["A1"]),
    "a claim against what supports it": ("A1>B1 B1!A1", ["B1"], [""], ["B1"]),
    "rephrases are one": ("A1=B1 C1!A1 D1=C1", ["C1 D1"], ["C1 D1"], ["C1 D1"]),
    "rephrases at odds": ("A1=B1 A1!B1", [""], [""], [""]),
    "a linked premise each": ("s:A1+A2>B1 C1!B1", ["C1"], ["A1 A2 C1"], ["A1 A2 C1"]),
    "all premises are needed": ("s:A1+A2>B1 C1!A1", ["A2 B1 C1"], ["A2 C1"], ["A2 B1 C1"]),
    "an undercut support carries nothing": (
        "s:A1>B1 C1!B1 D1~s",
        ["A1 C1 D1"],
        ["A1 C1 D1"],
        ["A1 C1 D1"],
    ),
    "nor does what is needed": (
        "s:A1>B1 C1!A1 D1~s",
        ["B1 C1 D1"],
        ["B1 C1 D1"],
        ["B1 C1 D1"],
    ),
    "an undercutter that is out does not count": (
        "s:A1>B1 C1!B1 D1~s E1!D1",
        ["C1 E1"],
        ["A1 C1 E1"],
        ["A1 C1 E1"],
    ),
    "the same step, not undercut, still holds": (
        "s:A1>B1 A1>B1 C1!B1 D1~s",
        ["C1 D1"],
        ["A1 C1 D1"],
        ["A1 C1 D1"],
    ),
    "a claim that undercuts its own need": (
        "C1!A1 s:A1>B1 B1~s",
        ["B1 C1"],
        ["B1 C1", "C1"],  # the support is an argument too: it or the claim
        ["B1 C1"],
    ),
    "a circle through an undercut support": (
        "s:A1>B1 B1>A1 C1!B1 D1~s",
        ["A1 C1 D1"],
        ["C1 D1"],
        ["A1 C1 D1"],
    ),
    "a circle whose undercutter is out": (
        "s:A1>B1 B1>A1 D1~s E1!D1",
        ["A1 B1 E1"],
        ["A1 B1 E1"],
        ["A1 B1 E1"],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_preferred(name: str) -> None:
    text, *expected = TABLE[name]
    for reading, listed in zip(DERIVED, expected, strict=True):
        assert told(str(text), reading) == listed, reading


#: What the preferred positions hold where a conclusion needs one of its reasons.
REASONS = {
    "none is needed where none is given": ("A1 B1", ["A1 B1"]),
    "the only one is out": ("A1>B1 C1!A1", ["C1"]),
    "one of two is enough": ("A1>B1 A2>B1 C1!A1", ["A2 B1 C1"]),
    "but not none of two": ("A1>B1 A2>B1 C1!A1 C1!A2", ["C1"]),
    "a linked one needs all its premises": ("s:A1+A2>B1 C1!A1", ["A2 C1"]),
    "a linked one beside another": ("s:A1+A2>B1 A3>B1 C1!A1", ["A2 A3 B1 C1"]),
    "a reason does not save it from attack": ("A1>B1 C1!B1", ["A1 C1"]),
    "a reason does not fall with it": ("A1>B1 C1!B1 D1!C1", ["A1 B1 D1"]),
    "an undercut support is no reason": ("s:A1>B1 D1~s", ["A1 D1"]),
    "nor does it matter beside another": ("s:A1>B1 A2>B1 D1~s", ["A1 A2 B1 D1"]),
    "unless the undercutter is out": ("s:A1>B1 D1~s E1!D1", ["A1 B1 E1"]),
    "over two steps": ("A1>A2 A2>A3 C1!A1", ["C1"]),
    "a circle gives no reason": ("A1>B1 B1>A1", ["A1 B1"]),
    "so what is in it can stand alone": ("A1>B1 B1>A1 C1!A1", ["B1 C1"]),
    "and needs what is outside": ("A1>B1 B1>A1 D1>A1 C1!D1", ["B1 C1"]),
    "itself is no reason": ("A1=B1 A1>B1", ["A1 B1"]),
    "a tie over a reason": ("A1>B1 A1<>C1", ["A1 B1", "C1"]),
    "two theses, each with a reason that is hit": (
        "A1>A0 A2>A0 B1>B0 B2>B0 A0<>B0 B1!A1 A2!B2",
        ["A0 A2 B1", "A2 B0 B1"],
    ),
    "against what it supports": ("A1>B1 A1!B1", ["A1"]),
    "against what supports it": ("A1>B1 B1!A1", [""]),
    "an own undercut": ("s:A1>B1 B1~s", ["A1"]),
}


@pytest.mark.parametrize(("text", "expected"), REASONS.values(), ids=REASONS.keys())
def test_one_reason_is_needed(text: str, expected: list[str]) -> None:
    assert told(text, "reasons") == expected


def test_what_is_given_needs_no_reason() -> None:
    assert told("A1>B1 C1!A1", "reasons", side="B") == ["B1 C1"]


def test_what_a_side_holds_is_taken_as_given() -> None:
    assert told("A1<>B1", "none", side="A") == ["A1"]
    assert told("A1<>B1", "none", side="B") == ["B1"]
    assert told("A1!B1 B1!A1", "none", side="B") == ["B1"]
    assert told("A1!B1", "none", side="B") == ["A1 B1"]
    assert told("A1<>A2", "none", side="A") == ["A1 A2"]
    assert told("A1=B2 A1<>B1", "none", side="B") == ["A1 B1 B2"]  # both are held by B
    assert framework(make("A1<>B1"), "none", side="A").believed == {0: ("B1",)}


def test_without() -> None:
    debate = make("s:A1+A2>B1 C1~s C2!B1 A1=C3 C3=D1 i:B1|C2")
    made = framework(debate, without=("A2", "C3"))
    assert made.claims == (("A1", "D1"), ("B1",), ("C1",), ("C2",))
    assert made.attackers == ((), (3,), (), ())
    with pytest.raises(UnknownNameError, match="no claim is called 'A3'"):
        framework(debate, without=("A3",))
    assert framework(debate, without=[c.id for c in debate.claims]).claims == ()


def test_there_is_no_such_reading() -> None:
    with pytest.raises(UnknownNameError, match="there are: deductive, necessary, none, reasons"):
        framework(make("A1"), "evidential")  # type: ignore[arg-type]


def test_graph_and_debate_give_the_same() -> None:
    debate = make("s:A1>B1 C1!B1 D1~s A2=B1")
    assert framework(to_networkx(debate)) == framework(debate)


def test_it_stays_linear() -> None:
    """Two chains with an attack at their heads: a million derived attacks, none written down."""
    a = [f"A{n + 1}>A{n}" for n in range(1000)]
    b = [f"B{n + 1}>B{n}" for n in range(1000)]
    made = framework(make(" ".join(["A0<>B0", *a, *b])))
    assert sum(len(those) for those in made.attackers) == 2 + 2 * 2000
    big = framework(synthetic(2000), "necessary")
    assert sum(len(those) for those in big.attackers) < 10 * 2000


# The definitions by brute force. Whatever a debate says, the labellings of the claims must be those
# of the framework with all derived attacks written out.


class World:
    """A debate as propositions, by brute force."""

    def __init__(self, debate: Debate) -> None:
        groups = [{c.id} for c in debate.claims]
        for r in debate.rephrases:
            one = next(g for g in groups if r.first in g)
            two = next(g for g in groups if r.second in g)
            if one is not two:
                one |= two
                groups.remove(two)
        self.groups = [frozenset(g) for g in groups]

        def of(claim: str) -> int:
            return next(n for n, g in enumerate(groups) if claim in g)

        self.size = len(groups)
        self.attacks: set[tuple[int, int]] = set()
        for a in debate.attacks:
            if a.kind is not AttackKind.UNDERCUT:
                self.attacks.add((of(a.attacker), of(a.target)))
                if a.kind.symmetric:
                    self.attacks.add((of(a.target), of(a.attacker)))
        #: Premise, conclusion, and the propositions that undercut the support between them.
        self.supports = {
            (
                of(p),
                of(s.conclusion),
                frozenset(
                    of(a.attacker)
                    for a in debate.attacks
                    if a.kind is AttackKind.UNDERCUT and a.target == s.name
                ),
            )
            for s in debate.supports
            for p in s.premises
        }

    def derived(self, reading: str) -> set[tuple[int, int]]:
        """The attacks with all that follow, one step after the other, until nothing is new."""
        found = set(self.attacks)
        while reading != "none":
            fresh = set()
            for (x, y), (p, c, _) in product(found, self.supports):
                if reading == "deductive":
                    fresh |= {(p, y)} if x == c else set()  # supported: p Sup x, x Att y
                    fresh |= {(x, p)} if y == c else set()  # mediated: x Att y, p Sup y
                else:
                    fresh |= {(x, c)} if y == p else set()  # secondary: x Att y, y Sup c
                    fresh |= {(c, y)} if x == p else set()  # extended: x Sup c, x Att y
            if fresh <= found:
                break
            found |= fresh
        return found

    def chains(self, start: int, reading: str) -> list[tuple[int, tuple[frozenset[int], ...]]]:
        """Where simple chains of supports lead from a start, with the undercuts on the way."""
        links = [(p, c, u) if reading == "deductive" else (c, p, u) for p, c, u in self.supports]
        found: list[tuple[int, tuple[frozenset[int], ...]]] = []
        todo: list[tuple[tuple[int, ...], tuple[frozenset[int], ...]]] = [((start,), ())]
        while todo:
            chain, undercuts = todo.pop()
            found.append((chain[-1], undercuts))
            if reading == "none":
                continue
            for a, b, u in links:
                if a == chain[-1] and b not in chain:
                    todo.append(((*chain, b), (*undercuts, u)))
        return found

    def named(self, found: set[frozenset[int]]) -> set[frozenset[str]]:
        return {frozenset(c for n in one if n >= 0 for c in self.groups[n]) for one in found}


def by_attacks(size: int, attacks: set[tuple[int, int]]) -> list[tuple[set[int], bool]]:
    """The complete extensions of a framework, each with whether it is stable."""
    found = []
    for k in range(size + 1):
        for one in combinations(range(size), k):
            hit = {b for a, b in attacks if a in one}
            safe = {b for b in range(size) if all(a in hit for a, t in attacks if t == b)}
            if hit.isdisjoint(one) and safe == set(one):
                found.append((set(one), len(hit) + len(one) == size))
    return found


def by_chains(world: World, reading: str) -> list[tuple[set[int], bool]]:
    """The complete labellings where an attack that runs through an undercut support falls with it.

    A proposition is in if, along each chain to what it needs, some support is undercut by what is
    in, or all attackers of the end are out; it is out if there is a chain on which the undercutters
    are all out and an attacker of the end is in. A support that is undercut is an argument too
    (negative, so as to be told from a proposition): it is in if its undercutters are out.
    """
    chains = [world.chains(n, reading) for n in range(world.size)]
    against = [{a for a, t in world.attacks if t == n} for n in range(world.size)]
    found = []
    for labels in product((1, 0, -1), repeat=world.size):  # in, undecided, out

        def value(n: int, labels: tuple[int, ...] = labels) -> int:
            """The least, over chains, of how safe each is."""
            return min(
                max(
                    [min((-labels[a] for a in against[end]), default=1)]
                    + [max((labels[u] for u in us), default=-1) for us in undercuts]
                )
                for end, undercuts in chains[n]
            )

        if all(value(n) == labels[n] for n in range(world.size)):
            one = {n for n, label in enumerate(labels) if label == 1}
            for k, (_, _, undercutters) in enumerate(sorted(world.supports, key=str), start=1):
                if undercutters and all(labels[u] == -1 for u in undercutters):
                    one.add(-k)
            found.append((one, 0 not in labels))
    return found


@settings(max_examples=150, deadline=None)
@given(small_debates())
def test_brute_force_agrees(debate: Debate) -> None:
    world = World(debate)
    plain = not any(undercuts for _, _, undercuts in world.supports)
    event("no undercut" if plain else "undercuts")
    for reading in DERIVED:
        complete = by_chains(world, reading)
        if plain:
            other = by_attacks(world.size, world.derived(reading))
            assert sorted(map(str, complete)) == sorted(map(str, other))
        sets = [frozenset(one) for one, _ in complete]
        expected = {
            "grounded": {one for one in sets if all(one <= other for other in sets)},
            "preferred": {one for one in sets if not any(one < other for other in sets)},
            "stable": {frozenset(one) for one, stable in complete if stable},
        }
        made = framework(debate, reading)
        for semantics, listed in expected.items():
            assert held(made, semantics) == world.named(listed), (reading, semantics)


def by_reasons(debate: Debate, given: Collection[str] = ()) -> list[tuple[int, ...]]:
    """The complete labellings (1 in, 0 undecided, -1 out) where a conclusion needs one reason.

    A proposition is as safe as its attackers are out and its best reason is good; a reason is as
    good as its premises are in and its undercutters out. What leads back to it is no reason for it.
    """
    world = World(debate)
    of = {c: n for n, group in enumerate(world.groups) for c in group}
    taken = {of[c] for c in given}
    supports = [({of[p] for p in s.premises} - {of[s.conclusion]}, of[s.conclusion], s.name)
                for s in debate.supports]  # fmt: skip
    leads = {(n, n) for n in range(world.size)} | {(p, end) for ps, end, _ in supports for p in ps}
    while more := {(a, d) for a, b in leads for c, d in leads if b == c} - leads:
        leads |= more
    reasons: list[list[tuple[set[int], set[int]]]] = [[] for _ in range(world.size)]
    for premises, end, name in supports:
        cuts = {of[a.attacker] for a in debate.attacks
                if a.kind is AttackKind.UNDERCUT and a.target == name}  # fmt: skip
        if premises and not any((end, p) in leads for p in premises):
            reasons[end].append((premises, cuts))
    against = [{a for a, t in world.attacks if t == n} for n in range(world.size)]

    def value(n: int, labels: tuple[int, ...]) -> int:
        if n in taken:
            return 1
        good = [min([labels[p] for p in ps] + [-labels[u] for u in us]) for ps, us in reasons[n]]
        return min([max(good, default=1)] + [-labels[a] for a in against[n]])

    every = product((1, 0, -1), repeat=world.size)
    return [ls for ls in every if all(value(n, ls) == ls[n] for n in range(world.size))]


@settings(max_examples=150, deadline=None)
@given(small_debates(), st.data())
def test_brute_force_agrees_on_reasons(debate: Debate, data: st.DataObject) -> None:
    names = st.sampled_from([c.id for c in debate.claims])
    accepted = data.draw(st.frozensets(names, max_size=2))
    complete = by_reasons(debate, accepted)

    def less(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Whether the second settles all that the first does."""
        return all(a in (0, b) for a, b in zip(one, other, strict=True))

    expected = {
        "grounded": [one for one in complete if all(less(one, other) for other in complete)],
        "preferred": [o for o in complete if not any(less(o, p) and o != p for p in complete)],
        "stable": [one for one in complete if 0 not in one],
    }
    made = framework(debate, "reasons", given=accepted)
    for semantics, listed in expected.items():
        event(f"{semantics}: {min(len(listed), 3)}")
        ins = {frozenset(n for n, label in enumerate(one) if label == 1) for one in listed}
        assert held(made, semantics) == World(debate).named(set(ins)), semantics
