"""The best that can be said for a point and against it, as :mod:`graph.views.brief` defines it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from ..analysis.standing import standing
from ..analysis.strength import strengths
from ..model import Attack, AttackKind, Support
from .brief_parts import Answer, Challenge, Point, Reason
from .brief_sides import Group, Met, Sides, Unit

__all__ = ["Best"]

#: How many reasons, further claims and hits a point has at most.
_REASONS, _ALSO, _HITS = 2, 2, 2
#: How far behind an attacker an answer to it may strike.
_NEAR = 2
#: The kinds of contradiction from the plainest; the derived ones are alike.
_PLAIN = {"direct": 0, "issue": 2}

#: An answer, and how good it is: the least is the best.
_Worth: TypeAlias = tuple[tuple[object, ...], Answer]


class Best:
    """Chooses reasons, attacks and answers; what the choice goes by is found once."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.debate = sides.debate
        self.props = sides.props

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """The strength of each claim."""
        return strengths(self.debate)

    @cached_property
    def out(self) -> frozenset[str]:
        """The claims that are out."""
        labels = standing(self.debate, "grounded", "necessary").labels
        return frozenset(claim for claim, label in labels.items() if label == "out")

    @cached_property
    def supports(self) -> dict[int, list[Support]]:
        """The supports of each proposition."""
        found: defaultdict[int, list[Support]] = defaultdict(list)
        for support in self.debate.supports:
            found[self.props.of[support.conclusion]].append(support)
        return dict(found)

    @cached_property
    def undercut(self) -> frozenset[str]:
        """The ids of the supports that something undercuts."""
        attacks = self.debate.attacks
        return frozenset(a.target for a in attacks if a.kind is AttackKind.UNDERCUT)

    @cached_property
    def attacks(self) -> dict[int, list[tuple[str, str, bool]]]:
        """The attacks on each proposition or a support of it: by what, on what, if both ways."""
        found: defaultdict[int, list[tuple[str, str, bool]]] = defaultdict(list)
        for attack in self.debate.attacks:
            for attacker, target in self._ends(attack):
                found[self.props.of[target]].append((attacker, target, attack.kind.symmetric))
        return dict(found)

    def _ends(self, attack: Attack) -> Iterator[tuple[str, str]]:
        target = attack.target
        if attack.kind is AttackKind.UNDERCUT:
            target = self.debate.support_by_id[target].conclusion
        yield attack.attacker, target
        if attack.kind.symmetric:
            yield target, attack.attacker

    def point(self, group: Group, ours: Collection[Unit], met: Sequence[Met]) -> Point:
        """The point that a group makes for the side from which the clashes are seen."""
        issue, units = group
        lead, *others = units
        touched = [m for m in met if m.unit in units and (not issue or m.clash.issue == issue)]
        plain = {m.unit for m in touched if m.kind == "direct"}
        ways = self.sides.ways[issue] if issue is not None else {}
        claim = self.sides.claim(lead, issue)
        also = [
            self.sides.claim(unit, issue)
            for unit in others
            if unit[1] != lead[1] or (unit[0] != lead[0] and (unit in plain or unit[0] in ways))
        ][:_ALSO]
        challenge = self._challenge(group, ours, touched, {claim, *also})
        return Point(
            issue=issue,
            way=ways.get(lead[0]),
            claim=claim,
            also=tuple(also),
            reasons=self.reasons(lead[0], ours, {claim, *also}, _REASONS),
            challenge=challenge,
            hits=_hits(touched, challenge),
            rank=min((m.clash.rank for m in touched), default=None),
        )

    def reasons(
        self, prop: int, side: Collection[Unit], seen: Collection[str], most: int
    ) -> tuple[Reason, ...]:
        """The best reasons for a proposition that are not ``seen``, each with its best ground."""
        found: list[Reason] = []
        shown = set(seen)
        for support in self._ranked([prop], side):
            if len(found) < most and not shown & set(support.premises):
                shown |= set(support.premises)
                grounds = self._ranked([self.props.of[p] for p in support.premises], side)
                fresh = (one.premises for one in grounds if not shown & set(one.premises))
                ground = next(fresh, ())
                shown |= set(ground)
                found.append(Reason(support.premises, ground))
        return tuple(found)

    def _ranked(self, props: Sequence[int], side: Collection[Unit]) -> list[Support]:
        """The supports of some propositions, the best first."""

        def badness(support: Support) -> tuple[object, ...]:
            claims = [self.debate.claim_by_id[name] for name in support.premises]
            units = [(self.props.of[claim.id], claim.holder) for claim in claims]
            return (
                support.id in self.undercut,
                any(claim.id in self.out for claim in claims),
                not all(unit in side for unit in units),
                -min(self.scores[claim.id] for claim in claims),
                -sum(len(self.sides.below(prop)) for prop, _ in units),
                support.id,
            )

        return sorted((s for prop in props for s in self.supports.get(prop, ())), key=badness)

    def _challenge(
        self, group: Group, ours: Collection[Unit], touched: Sequence[Met], seen: Collection[str]
    ) -> Challenge | None:
        """The best attack on a point."""

        def badness(m: Met) -> tuple[object, ...]:
            return (
                _PLAIN.get(m.kind, 1),
                m.unit != group[1][0],
                m.against in self.out,
                m.against in self.props.reported,
                -m.clash.weight,
                -self.scores[m.against],
                m.clash.rank,
            )

        best = min((m for m in touched if m.how != "attacks"), key=badness, default=None)
        if best is None:
            return None
        theirs = {unit for unit in self.sides.units if unit[1] == best.other[1]}
        return Challenge(
            claim=best.against,
            against=best.claim,
            how=best.how,
            kind=best.kind,
            clash=best.clash.rank,
            path=best.clash.contradiction.path[1:-1] if best.kind != "issue" else (),
            reasons=self.reasons(best.other[0], theirs, seen, 1),
            answer=self._answer(group, best, ours),
        )

    def _answer(self, group: Group, met: Met, ours: Collection[Unit]) -> Answer | None:
        """What attacks an attacker back, or else what backs it."""
        issue, units = group
        own = {unit[0] for unit in units}
        if issue is not None:
            own |= {unit[0] for unit in ours if unit[0] in self.sides.ways[issue]}
        steps, seen = [met.other[0]], {met.other[0]}
        contrary: list[_Worth] = []
        for distance in range(_NEAR + 1):
            found: list[_Worth] = []
            for prop in steps:
                for attacker, target, both in self.attacks.get(prop, ()):
                    key = self._worth(attacker, target, own, met, ours)
                    if key is not None:
                        against = met.against if distance == 0 else target
                        kept = contrary if distance == 0 and both else found
                        kept.append((key, Answer(attacker, against)))
            if found:
                return min(found, key=lambda pair: pair[0])[1]
            steps = [p for here in steps for p in self.props.up[here] if p not in seen]
            seen.update(steps)
        return min(contrary, key=lambda pair: pair[0])[1] if contrary else None

    def _worth(
        self, attacker: str, target: str, own: set[int], met: Met, ours: Collection[Unit]
    ) -> tuple[object, ...] | None:
        """How good an answer is, less being better; nothing if it is none."""
        claims = self.debate.claim_by_id
        prop, holder = unit = self.props.of[attacker], claims[attacker].holder
        if prop in own or holder in (met.other[1], claims[target].holder):
            return None
        return unit not in ours, attacker in self.out, -self.scores[attacker], attacker, target


def _hits(touched: Sequence[Met], challenge: Challenge | None) -> tuple[str, ...]:
    """What a point attacks, directly; by steps only if there is nothing else to tell."""
    attacks = [m for m in touched if m.how in ("attacks", "mutual")]
    direct = [m.against for m in attacks if m.kind == "direct"]
    if not direct and challenge is None:
        direct = [m.against for m in attacks]
    told = [claim for claim in direct if challenge is None or claim != challenge.claim]
    return tuple(dict.fromkeys(told))[:_HITS]
