"""Why a claim stands as it does, in a line of plain words for each claim.

A reason names what a reader can check: who attacks the claim itself, or what it leads to (in the
deductive reading of support) or rests on (in the necessary one), and how that stands in turn; or,
where supports are read as reasons, what has become of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Debate
from .framework import Framework, Need
from .labellings import Acceptance, Label

__all__ = ["reasons"]

#: How many attackers a reason names.
_NAMED = 2


class _Attack(NamedTuple):
    """An attack on an argument: by whom, on which claim."""

    by: int
    attacker: str
    target: str


def reasons(
    debate: Debate, made: Framework, found: Acceptance, semantics: str = "grounded"
) -> dict[str, str]:
    """The reason for the label of each claim, label first.

    >>> from graph.analysis.framework import framework
    >>> from graph.model import Agent, Attack, AttackKind, Claim, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=(Claim("a", "It rains.", "s", "her"), Claim("b", "It is dry.", "s", "her")),
    ...     attacks=(Attack(AttackKind.REBUT, "b", "a"),))
    >>> found = Acceptance(("out", "in"), frozenset({1}), 1, True)
    >>> reasons(debate, framework(debate), found)
    {'a': 'out: attacked by [b] (Hannah), which nothing attacks', 'b': 'in: nothing attacks it'}
    """
    if semantics == "stable" and found.extensions == 0:
        why = "undecided: there is no stable position"
        return {claim: why for claims in made.claims for claim in claims}
    teller = _Teller(debate, made, found, semantics)
    return {
        claim: f"{found.labels[number]}: {teller.why(number, claim)}"
        for number, claims in enumerate(made.claims)
        for claim in claims
    }


class _Teller:
    def __init__(self, debate: Debate, made: Framework, found: Acceptance, semantics: str) -> None:
        self.debate = debate
        self.made = made
        self.found = found
        self.labels: Sequence[Label] = found.labels
        self.one = semantics == "grounded"
        self.size = len(made.claims)
        self.leads = "leads to" if made.reading == "deductive" else "rests on"
        everything = range(self.size)
        self.refuted = self._ends("in", [n for n in everything if self._hit(n, "in")])
        self.torn = self._ends("in", [n for n in everything if len(self._held(n)) > 1])
        self.open = self._ends("undecided", [n for n in everything if self._hit(n, "undecided")])

    def why(self, number: int, claim: str) -> str:
        """The reason for one claim."""
        label = self.labels[number]
        if label == "in":
            return self._in(number, claim)
        return self._out(number, claim) if label == "out" else self._undecided(number, claim)

    def _name(self, claim: str) -> str:
        holder = self.debate.claim(claim).holder
        return f"[{claim}] ({self.debate.agent(holder).name})"

    def _attacks(self, number: int, claim: str | None = None) -> list[_Attack]:
        """The attacks on an argument itself, one by each attacker, best on the claim itself."""
        found = []
        for by in self.made.attackers[number]:
            if by < self.size:
                edges = self.made.attacks[by, number]
                attacker, target, _ = min(edges, key=lambda e: (e[1] != claim, e))
                found.append(_Attack(by, attacker, target))
        return sorted(found, key=lambda a: (a.attacker, a.target))

    def _needs(self, number: int) -> tuple[Need, ...]:
        return self.made.needs.get(number, ())

    def _ends(self, step: Label, starts: Iterable[int]) -> dict[int, int]:
        """For what falls with a start, over steps of one label, the nearest start; itself first."""
        dependents: dict[int, list[int]] = defaultdict(list)
        for needs in self.made.needs.values():
            for need in needs:
                if self.labels[need.step] == step:
                    dependents[need.needed].append(need.dependent)
        ends = {start: start for start in starts}
        todo = list(ends)
        for here in todo:
            for there in dependents[here]:
                if there not in ends:
                    ends[there] = ends[here]
                    todo.append(there)
        return ends

    def _hit(self, number: int, label: Label) -> list[_Attack]:
        """The attacks on an argument itself by what has that label."""
        return [a for a in self._attacks(number) if self.labels[a.by] == label]

    def _held(self, number: int) -> list[_Attack]:
        """The attacks on an argument itself by what some position holds."""
        return [a for a in self._attacks(number) if a.by in self.found.credulous]

    def _by(self, attack: _Attack, claim: str | None) -> str:
        way = "" if claim in (None, attack.target) else f" by way of [{attack.target}]"
        return f"{self._name(attack.attacker)}{way}"

    def _in(self, number: int, claim: str) -> str:
        attacks = self._attacks(number, claim)
        told = []
        if believed := self.made.believed.get(number):
            told.append(f"taken as given, against {self._list(believed)}")
        if len(attacks) == 1:
            told.append(f"all that attacks it, {self._by(attacks[0], claim)}, is out")
        elif attacks:
            told.append(f"each of the {len(attacks)} claims that attack it is out")
        elif not believed:
            told.append("nothing attacks it")
        if standing := self._standing(number):
            told.append(f"[{self._first(standing[0])}] stands for it")
        for need in self._needs(number):
            if (label := self.labels[need.needed]) != "in":
                told.append(
                    f"though it {self.leads} [{self._first(need.needed)}], which is {label}, "
                    f"{self._undercut(need)}"
                )
                break
        return ", and ".join(told)

    def _standing(self, number: int) -> list[int]:
        """The premises of the reasons for an argument that are reasons in every position."""
        reasons = self.made.reasons.get(number, ())
        return [r.premises[0] for r in reasons if self.labels[r.node] == "in"]

    def _wanting(self, number: int) -> str:
        """What has become of the reasons of an argument none of which is surely in."""
        told = []
        for reason in self.made.reasons[number]:
            fallen = [p for p in reason.premises if self.labels[p] == "out"]
            cuts = [c for c in reason.undercuts if self.labels[self.made.of[c]] == "in"]
            unsure = [p for p in reason.premises if self.labels[p] == "undecided"]
            if fallen:
                told.append(f"[{self._first(fallen[0])}] is out")
            elif cuts:
                told.append(f"{self._name(cuts[0])} undercuts one")
            elif unsure:
                told.append(f"[{self._first(unsure[0])}] is undecided")
            else:
                told.append("one may be undercut")
        told = list(dict.fromkeys(told))
        more = [f"{len(told) - _NAMED} more"] if len(told) > _NAMED else []
        *most, last = [*told[:_NAMED], *more]
        return f"{', '.join(most)} and {last}" if most else last

    def _undercut(self, need: Need) -> str:
        sure = [c for c in need.undercuts if self.labels[self.made.of[c]] == "in"]
        if sure:
            return f"{self._name(sure[0])} undercuts that step"
        return "each position holds something that undercuts that step"

    def _first(self, number: int) -> str:
        return self.made.claims[number][0]

    def _strength(self, number: int) -> str:
        """How an attacker that is in comes to be so."""
        if number in self.made.believed:
            return "which is taken as given"
        if self._attacks(number):
            return "which is in, since all that attacks it is out"
        return "which nothing attacks"

    def _out(self, number: int, claim: str) -> str:
        end = self.refuted.get(number)
        if end == number:
            attack = next(a for a in self._attacks(number, claim) if self.labels[a.by] == "in")
            return f"attacked by {self._by(attack, claim)}, {self._strength(attack.by)}"
        if end is not None:
            attack = self._hit(end, "in")[0]
            return (
                f"it {self.leads} [{attack.target}], which {self._name(attack.attacker)} "
                f"attacks, {self._strength(attack.by)}"
            )
        if (want := self.made.want.get(number)) is not None and self.labels[want] == "in":
            return f"no reason for it is left: {self._wanting(number)}"
        end = self.torn.get(number)
        if end is None:
            return f"each position holds something that attacks it or what it {self.leads}"
        those = self._held(end)
        what = "it" if end == number else f"what it {self.leads}, [{those[0].target}]"
        listed = self._list([a.attacker for a in those])
        return f"each position holds one of those that attack {what}: {listed}"

    def _list(self, claims: Sequence[str]) -> str:
        names = [self._name(claim) for claim in claims[:_NAMED]]
        if len(claims) > _NAMED:
            return f"{', '.join(names)} and {len(claims) - _NAMED} more"
        return " and ".join(names)

    def _undecided(self, number: int, claim: str) -> str:
        why = self._cause(number, claim)
        if self.one:
            return why
        if number in self.found.credulous:
            return f"some positions hold it, others do not; {why}"
        if not self.found.complete:
            return "not settled in the time given"
        return f"no position holds it, but not every one attacks it; {why}"

    def _cause(self, number: int, claim: str) -> str:
        end = self.open.get(number)
        want = self.made.want.get(number)
        if end is None and want is not None and self.labels[want] != "out":
            return f"no reason for it stands for sure: {self._wanting(number)}"
        if end is None:
            return f"what it {self.leads} is undecided"
        own = end == number
        attacks = self._attacks(end, claim if own else None)
        those = [a for a in attacks if self.labels[a.by] == "undecided"]
        what = "it" if own else "that"
        start = "" if own else f"it {self.leads} [{those[0].target}], and "
        if any(a.by == end for a in those):
            return f"{start}{what} attacks itself"
        back = [a for a in those if (end, a.by) in self.made.attacks]
        listed = self._list([a.attacker for a in back or those])
        if len(back) == 1:
            return f"{start}{what} and {listed} attack each other"
        if back:
            return f"{start}{listed} attack {what}, and are attacked by it"
        verb, be = ("attacks", "is") if len(those) == 1 else ("attack", "are")
        return f"{start}{listed} {verb} {what} and {be} undecided too"
