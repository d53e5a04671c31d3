"""An abstract argumentation framework (Dung 1995) of a debate, by a named reading of support.

Arguments are the propositions (claims that rephrase each other are one) and attacks those between
them; contradictory and contrary ones go both ways. What a support carries is a matter of reading:

- ``deductive`` (Boella, Gabbay, van der Torre & Villata 2010): who accepts the premise accepts the
  conclusion. So a premise attacks what its conclusion attacks (*supported*), and what attacks the
  conclusion attacks the premise (*mediated*).
- ``necessary`` (Nouioua & Risch 2011): the conclusion is accepted only with each of its premises.
  So what attacks a premise attacks the conclusion (*secondary*), and the conclusion attacks what a
  premise attacks (*extended*).
- ``reasons`` (necessities of sets: Nouioua 2013; evidence: Oren & Norman 2008): the conclusion is
  accepted only with one of the reasons that are given for it. A support is a reason while all its
  premises are in and nothing that is in undercuts it. So a conclusion falls with the last of its
  reasons, not with any one of them.
- ``none``: a support carries nothing.

In the first two, both ends may lead through supports at once (Cayrol & Lagasquie-Schiex 2013), and
an attack may run through any number of them, so there can be a square of what there are of claims.
The framework stays linear: it says only that one proposition *needs* another (the premise its
conclusion, or the conclusion its premise), by a helper argument, the *step*. The step is attacked
by what is needed and attacks what needs it: if the one is out, the other is. The complete
labellings of the claims, and so the grounded, preferred and stable ones, are exactly those of the
framework with all derived attacks; a test holds the two against each other. Reasons get helpers
likewise: one that is in when none of them is left, and attacks the conclusion.

What the papers leave open is settled thus:

- An *undercut* attacks the step of the support, as in the recursive frameworks of Gottifredi,
  Cohen, Garcia & Simari (2018): while it is accepted, the support carries nothing, and each derived
  attack through that support falls. It takes away neither the premise nor the conclusion. As in
  those frameworks the support counts as an argument, so a position may hold it rather than a claim.
- Each premise of a linked support supports its conclusion.
- Supports in a circle stand or fall together, so they are one argument. Where the circle is
  closed only by supports that are undercut, its claims stay apart, and each is traced along the
  circle once, by copies of its members (``n`` copies of ``n``), so that no circle holds itself up.
  In the reading ``reasons``, what leads back to a claim by supports is no reason for it.
- What a side holds is taken as given, and so is a claim that is accepted: nothing attacks it, and
  it needs nothing. So is all that says the same, or stands in one circle of supports with it.

References:
    P. M. Dung. On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2), 1995.
    G. Boella, D. M. Gabbay, L. van der Torre, S. Villata. Support in abstract argumentation.
    COMMA 2010.
    F. Nouioua, V. Risch. Argumentation frameworks with necessities. SUM 2011.
    F. Nouioua. AFs with necessities: further semantics and labelling characterization. SUM 2013.
    N. Oren, T. J. Norman. Semantics for evidence-based argumentation. COMMA 2008.
    C. Cayrol, M.-C. Lagasquie-Schiex. Bipolarity in argumentation graphs: towards a better
    understanding. International Journal of Approximate Reasoning 54(7), 2013.
    S. Gottifredi, A. Cohen, A. J. Garcia, G. R. Simari. Characterizing acceptability semantics of
    argumentation frameworks with recursive attack and support relations. Artificial Intelligence
    262, 2018.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import networkx as nx

from ..errors import UnknownNameError
from ..model import AttackKind, Debate, nearest
from ..network import Graph, from_networkx
from .propositions import Propositions, find_propositions
from .suppose import without as taken_from

__all__ = ["READINGS", "Framework", "Need", "Reading", "Reason", "framework"]

#: What a support carries.
Reading: TypeAlias = Literal["deductive", "necessary", "reasons", "none"]
READINGS: tuple[Reading, ...] = ("deductive", "necessary", "reasons", "none")


@dataclass(frozen=True, slots=True)
class Need:
    """One argument falls with another, by a support.

    Attributes:
        dependent: the argument that falls.
        needed: the argument it falls with.
        step: the number of the helper argument between the two.
        support: the id of the support.
        undercuts: the claims that undercut it.
    """

    dependent: int
    needed: int
    step: int
    support: str
    undercuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A support as one of the reasons for its conclusion.

    Attributes:
        node: the number of the argument that is in while the support is a reason.
        premises: the arguments that it takes.
        undercuts: the claims that undercut it.
    """

    node: int
    premises: tuple[int, ...]
    undercuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """Arguments by number, and which attack which.

    Attributes:
        reading: one of :data:`READINGS`.
        claims: the claims of each argument that stands for propositions; helpers come after these.
        of: the argument of each claim.
        attackers: the arguments that attack each argument, helpers included.
        attacks: the attacks between claims that count, by the arguments of attacker and target.
        needs: by argument, what it falls with.
        believed: by argument taken as given, the claims whose attacks on it do not count.
        given: the arguments that are taken as given.
        reasons: by argument, the reasons of which it needs one, in that reading.
        want: by argument, the helper that is in when none of these reasons is left.
    """

    reading: Reading
    claims: tuple[tuple[str, ...], ...]
    of: Mapping[str, int]
    attackers: tuple[tuple[int, ...], ...]
    attacks: Mapping[tuple[int, int], tuple[tuple[str, str, AttackKind], ...]]
    needs: Mapping[int, tuple[Need, ...]]
    believed: Mapping[int, tuple[str, ...]]
    given: frozenset[int] = frozenset()
    reasons: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    want: Mapping[int, int] = field(default_factory=dict)


#: What falls, and what it falls with.
_Link: TypeAlias = tuple[int, int]
#: Such a pair, the support it comes from, and what undercuts that.
_Step: TypeAlias = tuple[_Link, str, tuple[str, ...]]


def framework(
    debate: Debate | Graph,
    reading: Reading = "deductive",
    *,
    side: Collection[str] = (),
    without: Collection[str] = (),
    given: Collection[str] = (),
) -> Framework:
    """The framework of a debate in one reading of support.

    ``side`` are holders whose claims are taken as given, ``given`` are claims that are; ``without``
    are claims that are taken away, with what they attack and support, even if they are given.

    Raises:
        UnknownNameError: if there is no such reading or claim.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source, Support
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=tuple(Claim(c, c, "s", "her") for c in "abc"),
    ...     supports=(Support(("a",), "b"),),
    ...     attacks=(Attack(AttackKind.REBUT, "c", "b"),))
    >>> made = framework(debate)
    >>> made.claims, made.attackers  # a needs b: step 3 is attacked by b and attacks a
    ((('a',), ('b',), ('c',)), ((3,), (2,), (), (1,)))
    """
    if reading not in READINGS:
        raise UnknownNameError(f"no reading is called {reading!r}{nearest(reading, READINGS)}")
    whole = debate if isinstance(debate, Debate) else from_networkx(debate)
    accepted = {whole.claim(name).id for name in given}
    left = taken_from(whole, without)
    props = find_propositions(left)
    links = _links(left, props, reading)
    merged = _merge(len(props), [link for link, ways in links.items() if () in ways.values()])
    taken = {
        merged[number]
        for number, (holders, members) in enumerate(zip(props.held, props.members, strict=True))
        if not (set(side).isdisjoint(holders) and accepted.isdisjoint(members))
    }
    maker = _Maker(reading, props, merged, taken)
    maker.attack()
    if reading == "reasons":
        maker.reason(left)
    else:
        maker.support(links)
    return maker.made()


class _Maker:
    """A framework in the making."""

    def __init__(
        self, reading: Reading, props: Propositions, merged: list[int], given: set[int]
    ) -> None:
        self.reading: Reading = reading
        self.given = given
        self.props = props
        self.merged = merged
        claims: dict[int, list[str]] = defaultdict(list)
        for number, members in zip(merged, props.members, strict=True):
            claims[number] += members
        self.claims = tuple(tuple(sorted(claims[number])) for number in sorted(claims))
        self.attackers: list[set[int]] = [set() for _ in self.claims]
        self.attacks: dict[tuple[int, int], set[tuple[str, str, AttackKind]]] = defaultdict(set)
        self.needs: dict[int, list[Need]] = defaultdict(list)
        self.believed: dict[int, set[str]] = defaultdict(set)
        self.reasons: dict[int, tuple[Reason, ...]] = {}
        self.want: dict[int, int] = {}

    def attack(self) -> None:
        """Add the attacks, without those on what is taken as given."""
        kinds = self.props.attacks
        pairs = kinds["directed"].keys() | kinds["symmetric"].keys()
        for a, t in sorted(pairs):
            edges = {e for kind in ("directed", "symmetric") for e in kinds[kind].get((a, t), ())}
            pair = self.merged[a], self.merged[t]
            if pair[1] in self.given:
                self.believed[pair[1]].update(attacker for attacker, _, _ in edges)
                continue
            self.attacks[pair] |= edges
            self.attackers[pair[1]].add(pair[0])

    def support(self, links: Mapping[_Link, Mapping[str, tuple[str, ...]]]) -> None:
        """Add the steps of the supports."""
        firm: dict[_Link, str] = {}
        weak: list[_Step] = []
        for (dependent, needed), ways in sorted(links.items()):
            link = self.merged[dependent], self.merged[needed]
            if link[0] == link[1] or link[0] in self.given:
                continue
            sure = [name for name, undercuts in ways.items() if not undercuts]
            if sure:
                firm.setdefault(link, min(sure))
            else:
                weak += [(link, name, undercuts) for name, undercuts in sorted(ways.items())]
        weak = [one for one in weak if one[0] not in firm]
        circle = _circles(len(self.claims), [*firm, *(link for link, _, _ in weak)])
        steps: list[_Step] = [*((link, name, ()) for link, name in firm.items()), *weak]
        plain: list[_Step] = []
        round_about: dict[int, list[_Step]] = defaultdict(list)
        for one in sorted(steps):
            a, b = (circle[number] for number in one[0])
            (round_about[a] if a == b else plain).append(one)
        for (dependent, needed), name, undercuts in plain:
            step = self._step(dependent, needed, undercuts)
            self.needs[dependent].append(Need(dependent, needed, step, name, undercuts))
        for group in sorted(round_about):
            self._unroll(round_about[group])

    def reason(self, debate: Debate) -> None:
        """Add what is in when none of the reasons for an argument is left."""
        of, undercuts = self.props.of, _undercuts(debate)
        ends = [of[s.conclusion] for s in debate.supports]
        starts = [sorted({of[p] for p in s.premises} - {of[s.conclusion]}) for s in debate.supports]
        circle = _circles(
            len(self.props), [(a, b) for b, many in zip(ends, starts, strict=True) for a in many]
        )
        given: dict[int, list[tuple[tuple[int, ...], tuple[str, ...]]]] = defaultdict(list)
        for support, end, premises in zip(debate.supports, ends, starts, strict=True):
            around = any(circle[premise] == circle[end] for premise in premises)
            if premises and not around and end not in self.given:
                against = undercuts.get(support.name or "", ())
                given[end].append((tuple(premises), against))
        for end, supports in sorted(given.items()):
            self.want[end] = self._new()
            self.attackers[end].add(self.want[end])
            self.reasons[end] = tuple(self._reason(*one) for one in sorted(supports))
            self.attackers[self.want[end]] = {one.node for one in self.reasons[end]}

    def _reason(self, premises: tuple[int, ...], undercuts: tuple[str, ...]) -> Reason:
        if len(premises) == 1 and not undercuts:
            return Reason(premises[0], premises, undercuts)
        node = self._new()
        for premise in premises:
            step = self._new()
            self.attackers[step] = {premise}
            self.attackers[node].add(step)
        self.attackers[node].update(self.of(claim) for claim in undercuts)
        return Reason(node, premises, undercuts)

    def _new(self) -> int:
        self.attackers.append(set())
        return len(self.attackers) - 1

    def _step(self, dependent: int, needed: int, undercuts: Iterable[str]) -> int:
        step = self._new()
        self.attackers[step] = {needed, *(self.of(claim) for claim in undercuts)}
        self.attackers[dependent].add(step)
        return step

    def of(self, claim: str) -> int:
        """The argument of a claim."""
        return self.merged[self.props.of[claim]]

    def _unroll(self, steps: list[_Step]) -> None:
        """Add the steps of a circle: copies of its members, one row above the other.

        The lowest copy of an argument has the attackers that it has from outside the circle.
        A step leads from a member to what it needs, one row lower.
        """
        members = sorted({number for link, _, _ in steps for number in link})
        outside = {number: frozenset(self.attackers[number]) for number in members}
        below: dict[int, int] = {}
        for row in range(len(members)):
            top = row == len(members) - 1
            here = {number: number if top else self._new() for number in members}
            for number, copy in here.items():
                self.attackers[copy] |= outside[number]
            if row:
                for (dependent, needed), name, undercuts in steps:
                    step = self._step(here[dependent], below[needed], undercuts)
                    if top:
                        need = Need(dependent, needed, step, name, undercuts)
                        self.needs[dependent].append(need)
            below = here

    def made(self) -> Framework:
        """The framework."""
        return Framework(
            self.reading,
            self.claims,
            {claim: number for number, claims in enumerate(self.claims) for claim in claims},
            tuple(tuple(sorted(those)) for those in self.attackers),
            {pair: tuple(sorted(edges)) for pair, edges in sorted(self.attacks.items())},
            {number: tuple(needs) for number, needs in sorted(self.needs.items())},
            {number: tuple(sorted(claims)) for number, claims in sorted(self.believed.items())},
            frozenset(self.given),
            self.reasons,
            self.want,
        )


def _links(
    debate: Debate, props: Propositions, reading: Reading
) -> dict[_Link, dict[str, tuple[str, ...]]]:
    """Which proposition needs which, by the ids of supports, each with what undercuts it."""
    links: dict[_Link, dict[str, tuple[str, ...]]] = defaultdict(dict)
    if reading not in ("deductive", "necessary"):
        return links
    undercuts = _undercuts(debate)
    for support in debate.supports:
        against = undercuts.get(support.name or "", ())
        end = props.of[support.conclusion]
        for premise in support.premises:
            start = props.of[premise]
            link = (start, end) if reading == "deductive" else (end, start)
            if start != end:
                links[link][support.id] = against
    return links


def _undercuts(debate: Debate) -> dict[str, tuple[str, ...]]:
    """What undercuts each support, by the names of supports."""
    found: dict[str, list[str]] = defaultdict(list)
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            found[attack.target].append(attack.attacker)
    return {name: tuple(sorted(claims)) for name, claims in found.items()}


def _groups(size: int, links: Iterable[_Link]) -> Iterator[set[int]]:
    """The arguments that lead to each other."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(links)
    return nx.strongly_connected_components(graph)


def _circles(size: int, links: Iterable[_Link]) -> list[int]:
    """For each argument, the smallest of those that it leads to and that lead to it."""
    first = list(range(size))
    for group in _groups(size, links):
        for number in group:
            first[number] = min(group)
    return first


def _merge(size: int, links: Iterable[_Link]) -> list[int]:
    """The number of the argument for each proposition: those in a circle are one."""
    first = _circles(size, links)
    number = {one: n for n, one in enumerate(sorted(set(first)))}
    return [number[one] for one in first]
