"""The relations of an Argdown document, resolved once it is known what their ends are.

An argument acts through its conclusion; an attack on an argument with premises is an undercut of
its last step; whether an attack undermines or rebuts depends on all the supports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from ..errors import ArgdownError, DebateError, Place
from ..model import Attack, AttackKind, Issue, Origin, Support
from .argdown_data import Front, MisfitError, allow, one_of, read_origin, scalar
from .argdown_yaml import Data
from .losses import Tally

__all__ = ["Careful", "Edge", "Ends", "Key", "Relations", "Whole", "undermined"]

_T = TypeVar("_T")


def undermined(supports: Iterable[Support]) -> frozenset[str]:
    """The claims that an attack of no stated kind undermines: premises that nothing supports.

    On any other claim such an attack is read as a rebuttal.

    >>> sorted(undermined([Support(("p",), "c"), Support(("c",), "d")]))
    ['p']
    """
    supports = tuple(supports)
    premises = {premise for support in supports for premise in support.premises}
    return frozenset(premises.difference(support.conclusion for support in supports))


#: A node as relations refer to it: its kind and its title.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as read, before it is known what its ends are."""

    relation: str
    start: Key
    end: Key
    data: Mapping[str, Data]
    source: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Whole:
    """A reconstruction as relations see it: its premises, and the name of its last step."""

    premises: tuple[Key, ...]
    conclusion: Key
    name: str


@dataclass(frozen=True, slots=True)
class Ends:
    """What relations may end at: claims by key, reconstructions and inferences by name."""

    ids: Mapping[Key, str]
    wholes: Mapping[str, Whole]
    inferences: Mapping[str, str]


class Careful:
    """What is wrong in a document: an error in a file of ours, passed over and told in others."""

    def __init__(self, front: Front, tally: Tally) -> None:
        self._front = front
        self.tally = tally

    def read(self, read: Callable[[], _T], key: str, of: str) -> _T | None:
        """What ``read`` gives; None where a key of ours means something else in others' files."""
        try:
            return read()
        except MisfitError as error:
            if self._front.own:
                raise
            self.tally.add("keys in data", f"{key} of {of} ({error.message})")
            return None

    def pass_over(self, error: DebateError | ArgdownError, what: str, example: str) -> None:
        """Raise the error of a file that is ours; count what somebody else's file says."""
        if self._front.own:
            raise error
        self.tally.add(what, example)

    def origin(self, data: Mapping[str, Data], place: Place, of: str) -> Origin:
        """The origin in data, or that of the whole document."""
        default = self._front.origin
        read = partial(read_origin, data, default, place, self.tally)
        return self.read(read, "origin", of) or default


class Relations:
    """The relations of a document, and the ends that they may have."""

    def __init__(self, front: Front, careful: Careful, ends: Ends, edges: Iterable[Edge]) -> None:
        self._front = front
        self._careful = careful
        self._tally = careful.tally
        self._ids = ends.ids
        self._wholes = ends.wholes
        self._inferences = ends.inferences
        self._edges = [self._of_conclusion(edge) for edge in edges]

    def resolved(
        self, supports: dict[str, Support], issues: tuple[Issue, ...]
    ) -> tuple[tuple[Support, ...], tuple[Attack, ...], tuple[Issue, ...]]:
        """The supports, those of reconstructions included, the attacks, and the issues answered."""
        answers: dict[str, tuple[list[str], list[str]]] = {issue.id: ([], []) for issue in issues}
        attacks: list[Edge] = []
        for edge in self._edges:
            if edge.start == edge.end and edge.end[0] == "argument" and not self._front.own:
                self._tally.add("relations of a claim to itself", f"<{edge.start[1]}>")
            elif edge.end[0] == "statement" and self._ids.get(edge.end) in answers:
                self._answer(edge, answers)
            elif edge.relation == "support":
                self._add_support(edge, supports)
            else:
                attacks.append(edge)
        made = self._attacks(attacks, supports)
        answered = tuple(
            replace(issue, pro=tuple(answers[issue.id][0]), con=tuple(answers[issue.id][1]))
            for issue in issues
        )
        return tuple(supports.values()), made, answered

    def _claim_id(self, key: Key) -> str:
        return self._ids.get(key, key[1])

    def _acting(self, edge: Edge) -> Key:
        """What a relation starts from: an argument acts through its conclusion."""
        kind, name = edge.start
        if kind == "argument":
            if (whole := self._wholes.get(name)) is not None:
                return whole.conclusion
            if edge.start not in self._ids:
                raise ArgdownError(f"argument <{name}> is used but never stated", edge.place)
        return edge.start

    def _of_conclusion(self, edge: Edge) -> Edge:
        """The edge; what contradicts an argument with premises contradicts its conclusion."""
        if edge.relation != "contradictory" or edge.end[0] != "argument":
            return edge
        whole = self._wholes.get(edge.end[1])
        return edge if whole is None else replace(edge, end=whole.conclusion)

    def _known(self, edge: Edge) -> str:
        """The claim that a relation to no reconstruction ends at."""
        if edge.end[0] == "argument" and edge.end not in self._ids:
            raise ArgdownError(f"argument <{edge.end[1]}> is used but never stated", edge.place)
        return self._claim_id(edge.end)

    def _answer(self, edge: Edge, answers: Mapping[str, tuple[list[str], list[str]]]) -> None:
        sides = {"support": 0, "attack": 1}
        if edge.relation not in sides or edge.data:
            raise ArgdownError(
                f"[{edge.end[1]}] is an issue: claims answer it with + or -, without data",
                edge.place,
            )
        issue = self._claim_id(edge.end)
        answers[issue][sides[edge.relation]].append(self._claim_id(self._acting(edge)))

    def _add_support(self, edge: Edge, supports: dict[str, Support]) -> None:
        start = self._claim_id(self._acting(edge))
        whole = self._wholes.get(edge.end[1]) if edge.end[0] == "argument" else None
        if whole is not None:
            only = whole.premises[0] if len(whole.premises) == 1 else whole.conclusion
            end = self._claim_id(only)
            self._tally.add("supports of whole arguments", f"[{start}] of <{edge.end[1]}>")
        else:
            end = self._known(edge)
        if start == end and not self._front.own:
            self._tally.add("relations of a claim to itself", f"[{start}] supports itself")
            return
        of = f"the support of [{end}] by [{start}]"
        allow(edge.data, {"scheme", "origin"}, edge.place, self._tally, of)
        support = Support(
            (start,),
            end,
            None,
            edge.source or self._front.lone_source,
            self._careful.read(lambda: scalar(edge.data, "scheme", edge.place), "scheme", of),
            self._careful.origin(edge.data, edge.place, of),
            edge.place,
        )
        same = supports.setdefault(support.id, support)
        if same is not support:
            said = f"two supports are called [{support.id}] (first at {same.place})"
            if not self._front.own or same != support:
                self._careful.pass_over(
                    DebateError(said, edge.place), "relations said twice", f"[{support.id}]"
                )

    def _attacks(self, edges: Iterable[Edge], supports: dict[str, Support]) -> tuple[Attack, ...]:
        edges = [edge for edge in edges if not self._premise_is_attacked(edge)]
        targets = self._undercut(edges, supports)
        weak = undermined(supports.values())
        made: dict[str, Attack] = {}
        for edge in edges:
            attack = self._attack(edge, weak, targets)
            if attack is None:
                continue
            same = made.setdefault(attack.id, attack)
            if same is not attack and (same != attack or not self._front.own):
                said = f"two attacks are called [{attack.id}] (first at {same.place})"
                self._careful.pass_over(
                    DebateError(said, edge.place), "relations said twice", f"[{attack.id}]"
                )
        return tuple(made.values())

    def _premise_is_attacked(self, edge: Edge) -> bool:
        """True if an attack on an argument is said again, of one of its premises.

        The tools drop it then, and so do we.
        """
        if edge.relation != "attack" or edge.end[0] != "argument":
            return False
        whole = self._wholes.get(edge.end[1])
        if whole is None:
            return False
        start = self._acting(edge)
        if start[0] != "statement" or not any((start, p) in self._hits for p in whole.premises):
            return False
        self._tally.add("relations said twice", f"[{start[1]}] attacks <{edge.end[1]}>")
        return True

    @cached_property
    def _hits(self) -> frozenset[tuple[Key, Key]]:
        """Which statement attacks which."""
        pairs = set()
        for edge in self._edges:
            if edge.relation in ("attack", "contradictory") and edge.end[0] == "statement":
                start = self._acting(edge)
                pairs.add((start, edge.end))
                if edge.relation == "contradictory" or self._front.strict:
                    pairs.add((edge.end, start))
        return frozenset(pairs)

    def _undercut(
        self, edges: Iterable[Edge], supports: dict[str, Support]
    ) -> dict[Key, str | None]:
        """The support that an undercut of each argument or inference is aimed at, if there is one.

        The only support of a sketched argument is named after it.
        """
        by_premise: dict[str, list[Support]] = {}
        for support in supports.values():
            if len(support.premises) == 1:
                by_premise.setdefault(support.premises[0], []).append(support)
        targets: dict[Key, str | None] = {}
        for edge in edges:
            key = edge.end
            if key[0] == "inference":
                name = self._inferences[key[1]]
                targets[key] = name if name in supports else None
            elif key[0] == "argument" and key[1] in self._wholes:
                name = self._wholes[key[1]].name
                targets[key] = name if name in supports else None
            elif edge.relation == "undercut" and key[0] == "argument" and key not in targets:
                name = self._known(edge)
                if name in supports:
                    targets[key] = name
                    continue
                own = by_premise.get(name, [])
                if len(own) != 1:
                    targets[key] = None
                    continue
                if own[0].name is None:
                    del supports[own[0].id]
                    supports[name] = replace(own[0], name=name)
                    targets[key] = name
                else:
                    targets[key] = own[0].name
        return targets

    def _attack(
        self, edge: Edge, weak: frozenset[str], targets: Mapping[Key, str | None]
    ) -> Attack | None:
        start_key = self._acting(edge)
        start = self._claim_id(start_key)
        kind_of_end, title = edge.end
        shown = self._inferences[title] if kind_of_end == "inference" else title
        of = f"the attack of [{start}] on [{shown}]"
        allow(edge.data, {"kind", "origin"}, edge.place, self._tally, of)
        origin = self._careful.origin(edge.data, edge.place, of)
        source = edge.source or self._front.lone_source
        whole = kind_of_end == "argument" and title in self._wholes
        if kind_of_end == "inference" or edge.relation == "undercut" or whole:
            if (target := targets.get(edge.end)) is not None:
                if edge.relation != "undercut":
                    self._tally.add("attacks on whole arguments", f"[{start}] on <{title}>")
                return Attack(AttackKind.UNDERCUT, start, target, source, origin, edge.place)
            if kind_of_end == "inference" or whole:
                self._tally.add("undercuts", f"[{start}] of <{shown}>, which draws nothing")
                return None
            self._no_undercut(edge, start)
        end = self._known(edge)
        if start == end and not self._front.own:
            self._tally.add("relations of a claim to itself", f"[{start}] attacks itself")
            return None
        kind = self._careful.read(
            lambda: one_of(AttackKind, edge.data, "kind", edge.place), "kind", of
        )
        if edge.relation == "contradictory":
            kind = kind or AttackKind.CONTRADICTORY
        if kind is AttackKind.UNDERCUT:
            self._careful.pass_over(
                ArgdownError("write an undercut with _ or _>", edge.place), "keys in data", of
            )
            kind = None
        between = start_key[0] == kind_of_end == "statement"
        if kind is None and between and self._front.strict and edge.relation == "attack":
            kind = AttackKind.CONTRARY
        elif kind is None:
            kind = AttackKind.UNDERMINE if end in weak else AttackKind.REBUT
        return Attack(kind, start, end, source, origin, edge.place)

    def _no_undercut(self, edge: Edge, start: str) -> None:
        """Pass over that an attack is an undercut, of what draws no inference or several."""
        kind, title = edge.end
        if kind == "argument":
            what = "undercuts of sketched arguments"
            error = ArgdownError(
                f"<{title}> does not support one claim alone; give it premises and a conclusion "
                "to undercut it",
                edge.place,
            )
        else:
            what = "undercuts of claims"
            error = ArgdownError(
                f"[{title}] is a claim; only an <argument> can be undercut", edge.place
            )
        self._careful.pass_over(error, what, f"[{start}] of [{title}]")
