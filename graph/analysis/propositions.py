"""Propositions: claims that rephrase each other, taken as one with several holders.

All of the analysis starts here. A proposition is a connected component of the rephrases; support
and attack between propositions are those between their members. A linked support counts for each
of its premises, and an undercut as an attack on the conclusion of the inference it denies.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ..model import AttackKind, Debate
from ..network import Graph, node_id, to_networkx

__all__ = ["AttackClass", "Propositions", "find_propositions"]

#: ``directed``, ``undercut`` or ``symmetric``.
AttackClass: TypeAlias = str
#: An attack between two claims: attacker, target, kind.
Edge: TypeAlias = tuple[str, str, AttackKind]


@dataclass(frozen=True, slots=True)
class Propositions:
    """The propositions of a debate, numbered in the order of their smallest claim ids.

    Attributes:
        members: the claims of each proposition, sorted; the first stands for it in paths.
        held: the claims of each holder in each proposition.
        of: the number of the proposition of a claim.
        up: the propositions that support each one, in order.
        down: the propositions that each one supports, in order.
        supports: the pairs of claims of which the first supports the second.
        attacks: the attacks between two propositions, by class; a symmetric one stands both ways.
        answers: the claims that answer each issue, pro and con.
        reported: the claims that are reported.
        doubt: the confidence of relations between two claims (either way round) that a miner made
            and is not sure of; all others are certain.
    """

    members: tuple[tuple[str, ...], ...]
    held: tuple[Mapping[str, tuple[str, ...]], ...]
    of: Mapping[str, int]
    up: tuple[tuple[int, ...], ...]
    down: tuple[tuple[int, ...], ...]
    supports: frozenset[tuple[str, str]]
    attacks: Mapping[AttackClass, Mapping[tuple[int, int], tuple[Edge, ...]]]
    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    reported: frozenset[str]
    doubt: Mapping[tuple[str, str], float]

    def __len__(self) -> int:
        return len(self.members)

    def confidence(self, path: Sequence[str]) -> float:
        """How sure the relations between the claims of a path are, taken together.

        How sure a miner is that a claim is one at all does not count: it stands in a relation.
        """
        return math.prod(self.doubt.get(pair, 1.0) for pair in pairwise(path))


def find_propositions(debate: Debate | Graph) -> Propositions:
    """The propositions of a debate or its graph, with their holders and relations.

    >>> from graph.model import Agent, Claim, Debate, Rephrase, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=tuple(Claim(c, c, "s", "her") for c in "abc"),
    ...     rephrases=(Rephrase("c", "a"),))
    >>> find_propositions(debate).members
    (('a', 'c'), ('b',))
    """
    graph = to_networkx(debate) if isinstance(debate, Debate) else debate
    claims = {node_id(k): d for k, d in graph.nodes(data=True) if d["type"] == "claim"}
    rephrases, supports, attacks = _relations(graph)
    members = _components(claims, rephrases)
    of = {claim: number for number, group in enumerate(members) for claim in group}
    held = []
    for group in members:
        by_holder: dict[str, tuple[str, ...]] = {}
        for claim in group:
            holder = claims[claim]["holder"]
            by_holder[holder] = (*by_holder.get(holder, ()), claim)
        held.append(by_holder)
    up: list[set[int]] = [set() for _ in members]
    down: list[set[int]] = [set() for _ in members]
    for premise, conclusion in supports:
        p, c = of[premise], of[conclusion]
        if p != c:
            up[c].add(p)
            down[p].add(c)
    return Propositions(
        members=members,
        held=tuple(held),
        of=of,
        up=tuple(tuple(sorted(ps)) for ps in up),
        down=tuple(tuple(sorted(ps)) for ps in down),
        supports=frozenset(supports),
        attacks=_between(of, attacks),
        answers=_answers(graph),
        reported=frozenset(c for c, data in claims.items() if data["status"] == "reported"),
        doubt=_doubt(graph),
    )


def _doubt(graph: Graph) -> dict[tuple[str, str], float]:
    """The confidences that miners gave to relations between two claims."""
    found: dict[tuple[str, str], float] = {}
    for start, end, data in graph.edges(data=True):
        if (sure := data.get("origin", {}).get("confidence")) is not None:
            one, other = node_id(start), node_id(end)
            found[one, other] = found[other, one] = max(sure, found.get((one, other), 0.0))
    return found


def _between(
    of: Mapping[str, int], attacks: Iterable[Edge]
) -> dict[AttackClass, dict[tuple[int, int], tuple[Edge, ...]]]:
    """The attacks between claims as attacks between propositions, by class."""
    between: dict[AttackClass, defaultdict[tuple[int, int], set[Edge]]]
    between = {name: defaultdict(set) for name in ("directed", "undercut", "symmetric")}
    for attacker, target, kind in attacks:
        a, t = of[attacker], of[target]
        if kind.symmetric:
            between["symmetric"][a, t].add((attacker, target, kind))
            between["symmetric"][t, a].add((target, attacker, kind))
        else:
            name = "undercut" if kind is AttackKind.UNDERCUT else "directed"
            between[name][a, t].add((attacker, target, kind))
    return {
        name: {pair: tuple(sorted(edges)) for pair, edges in sorted(pairs.items())}
        for name, pairs in between.items()
    }


def _answers(graph: Graph) -> dict[str, dict[str, tuple[str, ...]]]:
    """The claims that answer each issue, pro and con."""
    found: dict[str, dict[str, list[str]]] = {
        node_id(k): {"pro": [], "con": []}
        for k, data in graph.nodes(data=True)
        if data["type"] == "issue"
    }
    for start, end, data in graph.edges(data=True):
        if data["relation"] == "answer":
            found[node_id(end)][data["kind"]].append(node_id(start))
    return {
        issue: {way: tuple(sorted(claims)) for way, claims in ways.items()}
        for issue, ways in sorted(found.items())
    }


def _relations(graph: Graph) -> tuple[list[tuple[str, str]], set[tuple[str, str]], list[Edge]]:
    """The rephrases, supports and attacks as pairs of claims, with the kind of an attack."""
    rephrases: list[tuple[str, str]] = []
    supports: set[tuple[str, str]] = set()
    attacks: list[Edge] = []
    conclusion: dict[str, str] = {}
    premises: list[tuple[str, str]] = []
    undercuts: list[tuple[str, str]] = []
    for start, end, data in graph.edges(data=True):
        pair = node_id(start), node_id(end)
        match data["relation"]:
            case "rephrase":
                rephrases.append(pair)
            case "support":
                supports.add(pair)
            case "premise":
                premises.append(pair)
            case "conclusion":
                conclusion[pair[0]] = pair[1]
            case "attack" if data["kind"] == "undercut":
                undercuts.append(pair)
            case "attack":
                attacks.append((*pair, AttackKind(data["kind"])))
    supports |= {(premise, conclusion[name]) for premise, name in premises}
    attacks += [(claim, conclusion[name], AttackKind.UNDERCUT) for claim, name in undercuts]
    return rephrases, supports, attacks


def _components(
    claims: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """The connected components, each sorted, in order (union-find with path halving)."""
    parent = {claim: claim for claim in claims}

    def root(claim: str) -> str:
        while parent[claim] != claim:
            parent[claim] = parent[parent[claim]]
            claim = parent[claim]
        return claim

    for first, second in pairs:
        a, b = sorted((root(first), root(second)))
        parent[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in sorted(parent):
        groups[root(claim)].append(claim)
    return tuple(sorted(tuple(group) for group in groups.values()))
