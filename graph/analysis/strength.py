"""How strong each claim is, from 0 to 1, by DF-QuAD (Rago, Toni, Aurisicchio & Baroni 2016).

A claim starts with a base score. The strengths of what attacks it are joined into one, and so are
those of what supports it: ``1 - (1 - v1) ... (1 - vn)``. Where the attack is the stronger of the
two by *d*, the score loses the share *d* of itself; where the support is, it gains the share *d* of
what it lacks.

What the paper leaves open is settled thus:

- The base score is the confidence of the claim's origin, where that says one; for claims that
  rephrase each other, which are one proposition with one strength, the highest.
- Contradictory and contrary attacks go both ways.
- A linked support counts once and is as strong as its weakest premise. Of several supports with
  the same premises and conclusion the strongest counts.
- An undercut takes from the support its share: it is left with ``1 - u`` of its strength, *u* being
  the strengths of the undercuts joined. The paper knows only arguments; this is its attack on an
  argument that starts as strong as the support.
- What a side holds or is given is taken as such: its strength is 1, whatever attacks it.
- The paper has no cycles. What lies on none is found in order, exactly; a cycle is gone round until
  nothing changes by more than a billionth, each time half way to the new values, which ends in more
  cases (after the continuous models of Potyka 2018). Where it does not within a bound, the last
  values stand and their claims are listed as ``unsettled``.

References:
    A. Rago, F. Toni, M. Aurisicchio, P. Baroni. Discontinuity-free decision support with
    quantitative argumentation debates. KR 2016.
    N. Potyka. Continuous dynamical systems for weighted bipolar argumentation. KR 2018.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from ..model import AttackKind, Debate
from ..network import Graph, from_networkx
from .propositions import Propositions, find_propositions
from .suppose import claims_named, side_of
from .suppose import without as taken_from

__all__ = ["ROUNDS", "Strengths", "aggregate", "combine", "strengths"]

#: How often a cycle is gone round at most.
ROUNDS = 1_000
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Strengths(Mapping[str, float]):
    """The strength of each claim by its id, in the order of the ids.

    Attributes:
        scores: the strengths themselves.
        cyclic: the claims on a cycle, whose strengths were approached step by step.
        unsettled: those of them that still changed when the bound was met.
    """

    scores: Mapping[str, float]
    cyclic: frozenset[str]
    unsettled: frozenset[str]

    def __getitem__(self, claim: str) -> float:
        return self.scores[claim]

    def __iter__(self) -> Iterator[str]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)


def aggregate(strengths: Iterable[float]) -> float:
    """The joint strength of several attackers, or of several supporters; 0 for none.

    >>> aggregate([0.5, 0.5])
    0.75
    """
    left = 1.0
    for strength in strengths:
        left *= 1.0 - strength
    return 1.0 - left


def combine(base: float, attack: float, support: float) -> float:
    """The strength of a claim from its base score and what attacks and supports it, each joined.

    >>> combine(0.5, 0.5, 0.0), combine(0.5, 0.0, 0.5), combine(0.5, 0.5, 0.5)
    (0.25, 0.75, 0.5)
    """
    if attack >= support:
        return base - base * (attack - support)
    return base + (1.0 - base) * (support - attack)


def strengths(
    debate: Debate | Graph,
    base: float = 0.5,
    *,
    side: str | None = None,
    without: Iterable[str] = (),
    given: Iterable[str] = (),
) -> Strengths:
    """The DF-QuAD strength of each claim.

    ``side``, ``without`` and ``given`` are meant as in :func:`graph.analysis.standing.standing`.

    Raises:
        UnknownNameError: if there is no such author or claim.
        ValueError: if ``base`` is not between 0 and 1.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=(Claim("a", "It rains.", "s", "her"), Claim("b", "It is dry.", "s", "her")),
    ...     attacks=(Attack(AttackKind.REBUT, "b", "a"),))
    >>> dict(strengths(debate)), dict(strengths(debate, given="b"))
    ({'a': 0.25, 'b': 0.5}, {'a': 0.0, 'b': 1.0})
    """
    if not 0.0 <= base <= 1.0:
        raise ValueError(f"the base score {base} is not between 0 and 1")
    whole = debate if isinstance(debate, Debate) else from_networkx(debate)
    accepted = {whole.claim(name).id for name in given}
    holders = side_of(whole, side)
    left = taken_from(whole, claims_named(whole, without))
    props = find_propositions(left)
    taken = {
        number
        for number, (held, members) in enumerate(zip(props.held, props.members, strict=True))
        if not (holders.isdisjoint(held) and accepted.isdisjoint(members))
    }
    net = _Net(left, props, base, taken)
    cyclic: set[int] = set()
    unsettled: set[int] = set()
    for group in net.order():
        if len(group) == 1 and group[0] not in net.reads[group[0]]:
            net.score[group[0]] = net.value(group[0])
            continue
        cyclic.update(group)
        if not net.settle(group):
            unsettled.update(group)

    def claims(numbers: Iterable[int]) -> frozenset[str]:
        return frozenset(claim for number in numbers for claim in props.members[number])

    return Strengths(
        {claim: net.score[number] for claim, number in sorted(props.of.items())},
        claims(cyclic),
        claims(unsettled),
    )


class _Net:
    """Propositions with their scores so far, and what each score is made of."""

    def __init__(
        self, debate: Debate, props: Propositions, base: float, taken: Collection[int]
    ) -> None:
        given = {c.id: c.origin.confidence for c in debate.claims}
        self.base = []
        for members in props.members:
            known = [one for claim in members if (one := given[claim]) is not None]
            self.base.append(max(known, default=base))
        self.score = list(self.base)
        self.attackers: list[tuple[int, ...]] = [()] * len(props)
        #: By proposition: the premises of a support, and the undercuts of each way to give it.
        self.supports: list[dict[tuple[int, ...], list[tuple[int, ...]]]]
        self.supports = [defaultdict(list) for _ in range(len(props))]
        attackers: dict[int, set[int]] = defaultdict(set)
        undercuts: dict[str, set[int]] = defaultdict(set)
        for kind in ("directed", "symmetric"):
            for attacker, target in props.attacks[kind]:
                attackers[target].add(attacker)
        for number, those in attackers.items():
            self.attackers[number] = tuple(sorted(those))
        for attack in debate.attacks:
            if attack.kind is AttackKind.UNDERCUT:
                undercuts[attack.target].add(props.of[attack.attacker])
        for support in debate.supports:
            end = props.of[support.conclusion]
            premises = tuple(sorted({props.of[p] for p in support.premises} - {end}))
            if premises:
                against = undercuts.get(support.name, ()) if support.name is not None else ()
                self.supports[end][premises].append(tuple(sorted(against)))
        for number in taken:
            self.base[number] = self.score[number] = 1.0
            self.attackers[number] = ()
            self.supports[number].clear()
        self.reads = [self._reads(number) for number in range(len(props))]

    def _reads(self, number: int) -> set[int]:
        """The propositions whose scores one's own is made of."""
        found = set(self.attackers[number])
        for premises, ways in self.supports[number].items():
            found.update(premises, *ways)
        return found

    def order(self) -> Iterator[list[int]]:
        """The propositions in groups: those on common cycles together, what is read first."""
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(len(self.reads)))
        graph.add_edges_from((n, read) for n, reads in enumerate(self.reads) for read in reads)
        for group in nx.strongly_connected_components(graph):  # what is read comes first
            yield sorted(group)

    def value(self, number: int) -> float:
        """The score of a proposition as those of the others stand."""
        score = self.score
        attack = aggregate(score[n] for n in self.attackers[number])
        support = aggregate(
            min(score[n] for n in premises)
            * max(1.0 - aggregate(score[n] for n in way) for way in ways)
            for premises, ways in self.supports[number].items()
        )
        return combine(self.base[number], attack, support)

    def settle(self, group: list[int]) -> bool:
        """Go round a cycle; false if it does not settle."""
        for _ in range(ROUNDS):
            fresh = [self.value(number) for number in group]
            change = 0.0
            for number, value in zip(group, fresh, strict=True):
                change = max(change, abs(value - self.score[number]))
                self.score[number] = (self.score[number] + value) / 2
            if change < _CLOSE:
                return True
        return False
