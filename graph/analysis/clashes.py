"""Clashes: contradictions with what backs both sides and the point at issue between them.

A contradiction says that two claims cannot stand together; a clash is what the two sides would
argue about. Its point is the question of an issue where there is one (IBIS: Kunz & Rittel 1970),
else a sentence put together from the two claims. What the definitions leave open is settled thus:

- The *backing* of a side is every claim that supports its claim, directly or by steps, whoever
  holds it, the nearest first; what supports a rephrase of it counts.
- The *point* is the issue that the two sides answer in opposite ways: the claims at the ends
  themselves, else the two at the attack or those that these support, else that which the attacked
  claim answers and the attacker thereby disputes, else what is answered by claims that support
  the two at the attack. No support is followed for more than two steps, or the question would be
  too wide; of several issues the one over the fewest steps in all is taken, then the first by id.
- The *weight* is how much hangs on the clash: the number of claims that support, or rest on, either
  end, over any number of steps, and of contradictions that back it. Rephrases of the ends add
  nothing.
- The *rank*: direct contradictions come before all others, for those follow from them and would
  weigh as much. Within each, what authors themselves say comes before what anybody is reported to
  say, and derived contradictions before issues; then what people drew before what a miner did, and
  that by its confidence, for a reader's first looks are for what is likely true. Then the heaviest
  clash on each point, so that a reader meets every question before any comes back; then the second
  on each, and so on; these by weight, then the shorter path, then the ids of the two claims.

References:
    W. Kunz, H. W. J. Rittel. Issues as elements of information systems. Working paper 131,
    University of California, Berkeley, 1970.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model import AttackKind, Debate
from ..network import to_networkx
from .contradictions import Contradiction, contradictions
from .propositions import Propositions, find_propositions

__all__ = ["Clash", "clashes"]

#: The kinds of attack that hold both ways.
SYMMETRIC = frozenset(kind.value for kind in AttackKind if kind.symmetric)

#: How far from the attack an issue may be answered and still be the point.
_NEAR = 2

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_BREAK = re.compile(r"[.!?…][\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-z]")
#: Words that are no names, with a capital letter only where a sentence starts.
_PLAIN = """
    a about above across after again against all almost already also although always among an and
    another any anybody anyone anything are as at because before behind being below between both
    but by can despite did do does doing during each either enough even ever every everybody
    everyone everything few for from further had has have having he her here his how however if in
    instead into is it its just less like many more most much must my near neither never no nobody
    none nor not nothing now of off on once one only or other others our out over people perhaps
    rather several shall she should since so some somebody someone something soon still straight
    such than that the their then there these they this those though three through thus to today
    together too two under unless unlike until up we were what whatever when where whereas whether
    which while who whoever why with within without would yet you your
"""

#: The issues that a proposition answers, or that one near it does: the fewest steps to each answer.
_Answers = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction, the point at issue, and what each side rests on.

    Attributes:
        contradiction: the contradiction, with its path and what backs it.
        point: the point at issue, in a sentence.
        issue: the id of the issue whose question is the point, if one is.
        first_backing: the claims that support the first claim, the nearest first.
        second_backing: the claims that support the second claim, the nearest first.
        weight: how much hangs on it.
        rank: the place in the list, from 1.
    """

    contradiction: Contradiction
    point: str
    issue: str | None
    first_backing: tuple[str, ...]
    second_backing: tuple[str, ...]
    weight: int
    rank: int


def clashes(debate: Debate, *, rows: Sequence[Contradiction] | None = None) -> tuple[Clash, ...]:
    """The clashes, one for each of the contradictions, in the order a reader should meet them.

    ``rows`` are the contradictions of the debate, if they are at hand.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source, Support
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("quiet", "Trams are quiet.", "s", "her"),
    ...             Claim("good", "The trams are good.", "s", "her"),
    ...             Claim("bad", "Trams are bad.", "t", "him")),
    ...     supports=(Support(("quiet",), "good"),),
    ...     attacks=(Attack(AttackKind.REBUT, "bad", "good"),))
    >>> (clash,) = clashes(debate)
    >>> clash.point
    'The question is whether trams are bad (Hank), or the trams are good (Hannah).'
    >>> clash.first_backing, clash.second_backing, clash.weight
    ((), ('quiet',), 2)
    """
    graph = to_networkx(debate)
    props = find_propositions(graph)
    reach, points = _Reach(props), _Points(debate, props)
    found = []
    for row in contradictions(graph) if rows is None else rows:
        first, second = props.of[row.first], props.of[row.second]
        backing = reach.backing(first), reach.backing(second)
        weight = reach.size(first, second) + len(row.backing)
        found.append(Clash(row, *points.point(row), *backing, weight, 0))
    return _ranked(found, props)


def _ranked(found: Iterable[Clash], props: Propositions) -> tuple[Clash, ...]:
    """The clashes in order, with their ranks."""

    def level(clash: Clash) -> tuple[object, ...]:
        row = clash.contradiction
        told = row.first in props.reported or row.second in props.reported
        sure = round(props.confidence(row.path), 3)
        return row.kind != "direct", told, row.kind == "issue", -sure

    def weight(clash: Clash) -> tuple[object, ...]:
        row = clash.contradiction
        return -clash.weight, len(row.path), row.first, row.second

    turns: Counter[tuple[object, ...]] = Counter()
    keyed = []
    for clash in sorted(found, key=weight):
        on = (*level(clash), clash.point)
        keyed.append(((*level(clash), turns[on], *weight(clash)), clash))
        turns[on] += 1
    keyed.sort(key=lambda pair: pair[0])
    return tuple(replace(clash, rank=rank) for rank, (_, clash) in enumerate(keyed, start=1))


def _distances(
    start: int, step: Sequence[tuple[int, ...]], most: float = float("inf")
) -> dict[int, int]:
    """The propositions reached from one, itself included, with the fewest steps to each."""
    found = {start: 0}
    frontier = [start]
    while frontier and found[frontier[0]] < most:
        reached = []
        for here in frontier:
            for there in step[here]:
                if there not in found:
                    found[there] = found[here] + 1
                    reached.append(there)
        frontier = reached
    return found


class _Reach:
    """What backs each proposition and what hangs on it, each found once."""

    def __init__(self, props: Propositions) -> None:
        self.props = props
        self._backing: dict[int, tuple[str, ...]] = {}
        self._around: dict[int, frozenset[int]] = {}

    def backing(self, prop: int) -> tuple[str, ...]:
        """The claims that support it over any number of steps: by steps, then by id."""
        if prop not in self._backing:
            steps = _distances(prop, self.props.up)
            del steps[prop]
            claims = [(n, claim) for p, n in steps.items() for claim in self.props.members[p]]
            self._backing[prop] = tuple(claim for _, claim in sorted(claims))
        return self._backing[prop]

    def size(self, first: int, second: int) -> int:
        """The number of claims that support or rest on one of the two or on both."""
        others = (self._near(first) | self._near(second)).difference((first, second))
        return sum(len(self.props.members[p]) for p in others)

    def _near(self, prop: int) -> frozenset[int]:
        if prop not in self._around:
            up, down = _distances(prop, self.props.up), _distances(prop, self.props.down)
            self._around[prop] = frozenset(up.keys() | down.keys())
        return self._around[prop]


class _Points:
    """The points at issue."""

    def __init__(self, debate: Debate, props: Propositions) -> None:
        self.debate = debate
        self.props = props
        self.plain = frozenset(_PLAIN.split())
        self.answers: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
        for issue, ways in props.answers.items():
            for way, claims in ways.items():
                for claim in claims:
                    self.answers[props.of[claim]].add((issue, way))

    def point(self, row: Contradiction) -> tuple[str, str | None]:
        """The point of a contradiction as a sentence, and the issue that it is, if it is one."""
        issue = row.issue or self._issue(row)
        if issue is not None:
            return f"The question is: {self.debate.issue_by_id[issue].question}", issue
        a, b = row.path[row.attack_at : row.attack_at + 2]
        one, other = self._told(a), self._told(b)
        if row.attack == "undercut":  # its attacker is always on the left of the path
            return f"The question is whether it follows that {other}, given that {one}.", None
        return f"The question is whether {one}, or {other}.", None

    def _issue(self, row: Contradiction) -> str | None:
        """The id of the issue at hand, if there is one."""
        of, at = self.props.of, row.attack_at
        here, there = of[row.path[at]], of[row.path[at + 1]]
        ends = self._answered({of[row.first]: 0}), self._answered({of[row.second]: 0})
        if near := _opposite(*ends):
            return near
        below, around = [], []
        for prop in (here, there):
            down = _distances(prop, self.props.down, _NEAR)
            up = _distances(prop, self.props.up, _NEAR)
            below.append(self._answered(down))
            around.append(self._answered(down | {p: min(n, down.get(p, n)) for p, n in up.items()}))
        return _opposite(*below) or self._disputed(row, here, there) or _opposite(*around)

    def _disputed(self, row: Contradiction, attacker: int, attacked: int) -> str | None:
        """The issue that an attacked claim answers, unless its attacker answers it likewise."""
        found = self.answers.get(attacked, set()) - self.answers.get(attacker, set())
        if row.attack in SYMMETRIC:
            found |= self.answers.get(attacker, set()) - self.answers.get(attacked, set())
        return min(found)[0] if found else None

    def _answered(self, distances: Mapping[int, int]) -> _Answers:
        best: dict[tuple[str, str], int] = {}
        for prop, steps in distances.items():
            for answer in self.answers.get(prop, ()):
                best[answer] = min(steps, best.get(answer, steps))
        return best

    def _told(self, claim: str) -> str:
        """A claim as a clause, with its holder in brackets."""
        said = self.debate.claim_by_id[claim]
        name = self.debate.agent_by_id[said.holder].name
        return f"{self._clause(said.text)} ({re.sub(r' *[(][^()]*[)]$', '', name) or name})"

    def _clause(self, text: str) -> str:
        """The text of a claim as it can stand within a sentence; in quotes if it is no clause."""
        if text[-1] in "?!…" or text.endswith("..") or _BREAK.search(text):
            return f"“{text}”"
        last = text.split()[-1]
        if text.endswith(".") and "." not in last[:-1]:
            text = text[:-1]
        return text if self._is_name(text) else text[0].lower() + text[1:]

    def _is_name(self, text: str) -> bool:
        """Whether the text starts with what may be a name, to judge by the words of the debate."""
        words = _WORD.findall(text)
        if not words or not text.startswith(words[0]):
            return True
        word, small = words[0], words[0][0].lower() + words[0][1:]
        if small in self.plain:
            return False
        name = words[1:] and words[1][0].isupper() and not word.endswith("ing")
        return bool(name) or self._stems[_stem(small)] <= self._stems[_stem(word)]

    @cached_property
    def _stems(self) -> Counter[str]:
        """How often words that begin alike stand in the debate, other than at the start of a text.

        What never has a small letter there is taken for a name: a needless capital letter is a
        lesser fault than a name without one.
        """
        stems: Counter[str] = Counter()
        for text in (*(c.text for c in self.debate.claims), *(a.name for a in self.debate.agents)):
            stems.update(map(_stem, _WORD.findall(text)[1:]))
        return stems


def _stem(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").rstrip("s")[:5]


def _opposite(first: _Answers, second: _Answers) -> str | None:
    """The issue that the two answer in opposite ways over the fewest steps."""
    other = {"pro": "con", "con": "pro"}
    found = [
        (steps + second[issue, other[way]], issue)
        for (issue, way), steps in first.items()
        if (issue, other[way]) in second
    ]
    return min(found)[1] if found else None
