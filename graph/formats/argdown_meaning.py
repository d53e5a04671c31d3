"""What the blocks of an Argdown document state: claims, relations, reconstructions, issues.

Relations are kept as read and resolved at the end, since an argument may be used before its
premises are given, and whether an attack undermines or rebuts depends on all the supports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from ..errors import ArgdownError, DebateError, Place
from ..model import Attack, AttackKind, Claim, Issue, Rephrase, Status, Support, nearest
from .argdown_data import (
    ISSUE_TAG,
    Front,
    allow,
    mapping,
    one_of,
    read_anchor,
    read_origin,
    scalar,
)
from .argdown_syntax import Block, Heading, Inference, Node, Reconstruction, Relation
from .argdown_yaml import Data

__all__ = ["Collected", "undermined"]

_STATEMENT_KEYS = frozenset({"holder", "status", "at", "origin", "rephrases", "relation"})

_SIGNS: dict[str, tuple[str, bool]] = {
    "+": ("support", True),
    "<+": ("support", True),
    "+>": ("support", False),
    "-": ("attack", True),
    "<-": ("attack", True),
    "->": ("attack", False),
    "_": ("undercut", True),
    "<_": ("undercut", True),
    "_>": ("undercut", False),
    "><": ("contradictory", True),
}


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
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relation as read, before it is known what its ends are."""

    relation: str
    start: _Key
    end: _Key
    data: Mapping[str, Data]
    source: str | None
    place: Place


class Collected:
    """What the blocks of a document state, in their order."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self.claims: list[Claim] = []
        self.rephrases: dict[str, Rephrase] = {}
        self._issues: dict[str, Issue] = {}
        self._edges: list[_Edge] = []
        self._sketches: set[str] = set()
        self._untitled: dict[str, Claim] = {}
        self._supports: dict[str, Support] = {}
        self._section: list[tuple[int, str | None]] = []

    @property
    def _source(self) -> str | None:
        return self._section[-1][1] if self._section else None

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Take in the blocks; a reconstruction belongs to the argument right above it."""
        blocks = tuple(blocks)
        above: Node | None = None
        for block, follower in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Heading):
                self._add_heading(block)
            elif isinstance(block, Reconstruction):
                self._add_reconstruction(block, above)
            else:
                self._add_tree(block, isinstance(follower, Reconstruction))
            named = isinstance(block, Node) and block.kind == "argument"
            above = block if isinstance(block, Node) and named else None

    def _add_heading(self, heading: Heading) -> None:
        allow(heading.data, {"source"}, heading.place)
        while self._section and self._section[-1][0] >= heading.level:
            self._section.pop()
        source = self._source
        if "source" in heading.data:
            source = scalar(heading.data, "source", heading.place)
            if source not in self._front.source_by_id:
                raise ArgdownError(
                    f"source {source!r} is not listed in the front matter of the main file"
                    f"{nearest(str(source), self._front.source_by_id)}",
                    heading.place,
                )
        self._section.append((heading.level, source))

    def _add_tree(self, top: Node, reconstructed: bool = False) -> _Key:
        """State a node and all the relations under it; a loop, as maps may be very deep."""
        top_key = self._state(top, reconstructed)
        stack: list[tuple[_Key, Relation]] = [(top_key, r) for r in reversed(top.relations)]
        while stack:
            parent, relation = stack.pop()
            node = relation.node
            child = self._state(node, False)
            name, upward = _SIGNS[relation.sign]
            data = mapping(node.data, "relation", node.place)
            start, end = (child, parent) if upward else (parent, child)
            self._edges.append(_Edge(name, start, end, data, self._source, node.place))
            stack.extend((child, r) for r in reversed(node.relations))
        return top_key

    def _state(self, node: Node, reconstructed: bool) -> _Key:
        """The key of a node, whose claim or issue is kept if this is where it is stated."""
        allow(node.data, _STATEMENT_KEYS, node.place)
        title = node.title or f"untitled-{_digest(node.text or '')}"
        if node.kind == "argument" and reconstructed:
            if node.text is not None or node.data or node.tags:
                raise ArgdownError(
                    f"<{title}> has premises below, so they carry its text, tags and data",
                    node.place,
                )
            return node.kind, title
        self._add_rephrases(title, node)
        if node.text is None:
            if node.tags or set(node.data) - {"relation", "rephrases"}:
                raise ArgdownError(
                    f"tags and data belong where [{title}] is stated, not where it is used",
                    node.place,
                )
            return node.kind, title
        if ISSUE_TAG in node.tags:
            self._add_issue(title, node)
        else:
            self._add_claim(title, node)
        if node.kind == "argument":
            self._sketches.add(title)
        return node.kind, title

    def _add_issue(self, title: str, node: Node) -> None:
        if len(node.tags) > 1 or node.data:
            raise ArgdownError(f"issue [{title}] can have no other tags or data", node.place)
        if first := self._issues.get(title):
            raise DebateError(
                f"two issues are called [{title}] (first at {first.place})", node.place
            )
        self._issues[title] = Issue(title, node.text or "", place=node.place)

    def _add_claim(self, title: str, node: Node) -> None:
        front, data, place = self._front, node.data, node.place
        source = self._source or front.lone_source
        if source is None:
            raise ArgdownError(
                f"claim [{title}] stands under no piece; put it under a heading with "
                "{source: ...}",
                place,
            )
        author = front.source_by_id[source].author
        holder = scalar(data, "holder", place) or author
        own = holder == author or holder in front.members(author)
        status = one_of(Status, data, "status", place)
        claim = Claim(
            id=title,
            text=node.text or "",
            source=source,
            holder=holder,
            status=status or (Status.ASSERTED if own else Status.REPORTED),
            anchor=read_anchor(data, place),
            origin=read_origin(data, front.origin, place),
            tags=node.tags,
            place=place,
        )
        if node.title is None and self._untitled.setdefault(title, claim) is not claim:
            return  # said twice in the same words: one claim
        self.claims.append(claim)

    def _add_rephrases(self, title: str, node: Node) -> None:
        listed = node.data.get("rephrases", [])
        for item in listed if isinstance(listed, list) else [listed]:
            data = {"claim": item} if isinstance(item, str) else item
            if not isinstance(data, dict):
                raise ArgdownError(
                    "rephrases takes claims or {claim: ..., origin: ...}", node.place
                )
            allow(data, {"claim", "origin"}, node.place)
            other = scalar(data, "claim", node.place)
            if other is None:
                raise ArgdownError("rephrases names no claim", node.place)
            origin = read_origin(data, self._front.origin, node.place)
            rephrase = Rephrase(title, other, self._source, origin, node.place)
            self.rephrases.setdefault(rephrase.id, rephrase)

    def _add_reconstruction(self, block: Reconstruction, above: Node | None) -> None:
        keys: dict[int, str] = {}
        since: list[str] = []
        inference: Inference | None = None
        for index, step in enumerate(block.steps):
            if isinstance(step, Inference):
                inference = step
                continue
            number, node = step
            title = self._step(node)
            if number in keys:
                raise ArgdownError(f"statement ({number}) stands here twice", node.place)
            keys[number] = title
            if inference is None:
                since.append(title)
                continue
            premises = self._used(inference, keys) or since
            last = index == len(block.steps) - 1
            name = above.title if above and above.title else None
            self._add_support(name, None if last else number, premises, title, inference)
            since, inference = [title], None

    def _step(self, node: Node) -> str:
        kind, title = self._add_tree(node)
        if kind == "argument":
            raise ArgdownError(
                f"<{title}> is an argument, but a statement must stand here", node.place
            )
        return title

    def _used(self, inference: Inference, keys: Mapping[int, str]) -> list[str]:
        allow(inference.data, {"uses", "origin"}, inference.place)
        listed = inference.data.get("uses", [])
        numbers = listed if isinstance(listed, list) else [listed]
        try:
            return [keys[int(str(number))] for number in numbers]
        except (KeyError, ValueError):
            raise ArgdownError(
                "uses must list numbers of statements above, such as [1, 2]", inference.place
            ) from None

    def _add_support(
        self,
        argument: str | None,
        number: int | None,
        premises: list[str],
        conclusion: str,
        inference: Inference,
    ) -> None:
        name = argument or f"untitled-{_digest(' '.join([*sorted(premises), conclusion]))}"
        if number is not None:
            name = f"{name} ({number})"
        if first := self._supports.get(name):
            raise DebateError(
                f"two arguments are called <{name}> (first at {first.place})", inference.place
            )
        self._supports[name] = Support(
            tuple(premises),
            conclusion,
            name,
            self._source or self._front.lone_source,
            inference.rule or None,
            read_origin(inference.data, self._front.origin, inference.place),
            inference.place,
        )
        for relation in inference.relations:
            if _SIGNS[relation.sign] != ("undercut", True):
                raise ArgdownError("an inference can only be undercut (_)", relation.node.place)
            attacker = self._add_tree(relation.node)
            data = mapping(relation.node.data, "relation", relation.node.place)
            self._edges.append(
                _Edge(
                    "undercut",
                    attacker,
                    ("argument", name),
                    data,
                    self._source,
                    relation.node.place,
                )
            )

    def resolved(self) -> tuple[tuple[Support, ...], tuple[Attack, ...], tuple[Issue, ...]]:
        """The supports, attacks and issues that the relations make, once every end is known."""
        supports = {s.id: s for s in self._supports.values()}
        answers: dict[str, tuple[list[str], list[str]]] = {i: ([], []) for i in self._issues}
        attacks: list[_Edge] = []
        for edge in self._edges:
            if edge.end[0] == "statement" and edge.end[1] in answers:
                self._answer(edge, answers)
            elif edge.relation == "support":
                support = self._support(edge)
                same = supports.setdefault(support.id, support)
                if same != support:
                    raise DebateError(
                        f"two supports are called [{support.id}] (first at {same.place})",
                        edge.place,
                    )
            else:
                attacks.append(edge)
        self._name_undercut(attacks, supports)
        weak = undermined(supports.values())
        made = dict.fromkeys(self._attack(edge, weak) for edge in attacks)
        issues = tuple(
            replace(issue, pro=tuple(answers[issue.id][0]), con=tuple(answers[issue.id][1]))
            for issue in self._issues.values()
        )
        return tuple(supports.values()), tuple(made), issues

    def _start(self, edge: _Edge) -> str:
        """The claim that a relation starts from: an argument acts through its conclusion."""
        kind, name = edge.start
        if kind == "statement" or name in self._sketches:
            return name
        if name in self._supports:
            return self._supports[name].conclusion
        raise ArgdownError(f"argument <{name}> is used but never stated", edge.place)

    def _end(self, edge: _Edge) -> str:
        kind, name = edge.end
        if kind == "statement" or name in self._sketches:
            return name
        if name in self._supports:
            raise ArgdownError(
                f"<{name}> has premises: say which claim of it this is about, or undercut it (_)",
                edge.place,
            )
        raise ArgdownError(f"argument <{name}> is used but never stated", edge.place)

    def _answer(self, edge: _Edge, answers: Mapping[str, tuple[list[str], list[str]]]) -> None:
        sides = {"support": 0, "attack": 1}
        if edge.relation not in sides or edge.data:
            raise ArgdownError(
                f"[{edge.end[1]}] is an issue: claims answer it with + or -, without data",
                edge.place,
            )
        answers[edge.end[1]][sides[edge.relation]].append(self._start(edge))

    def _support(self, edge: _Edge) -> Support:
        allow(edge.data, {"scheme", "origin"}, edge.place)
        return Support(
            (self._start(edge),),
            self._end(edge),
            None,
            edge.source or self._front.lone_source,
            scalar(edge.data, "scheme", edge.place),
            read_origin(edge.data, self._front.origin, edge.place),
            edge.place,
        )

    def _name_undercut(self, attacks: Iterable[_Edge], supports: dict[str, Support]) -> None:
        """Name the one support of a sketched argument that is undercut, after the argument."""
        for edge in attacks:
            name = edge.end[1]
            if edge.relation != "undercut" or name not in self._sketches or name in supports:
                continue
            own = [s for s in supports.values() if s.premises == (name,)]
            if edge.end[0] != "argument" or len(own) != 1:
                raise ArgdownError(
                    f"<{name}> supports {len(own)} claims; give it premises and a conclusion to "
                    "undercut it",
                    edge.place,
                )
            del supports[own[0].id]
            supports[name] = replace(own[0], name=name)

    def _attack(self, edge: _Edge, weak: frozenset[str]) -> Attack:
        allow(edge.data, {"kind", "origin"}, edge.place)
        origin = read_origin(edge.data, self._front.origin, edge.place)
        source = edge.source or self._front.lone_source
        start = self._start(edge)
        if edge.relation == "undercut":
            if edge.end[0] != "argument":
                raise ArgdownError(
                    f"[{edge.end[1]}] is a claim; only an <argument> can be undercut", edge.place
                )
            return Attack(AttackKind.UNDERCUT, start, edge.end[1], source, origin, edge.place)
        end = self._end(edge)
        kind = one_of(AttackKind, edge.data, "kind", edge.place)
        if edge.relation == "contradictory":
            kind = kind or AttackKind.CONTRADICTORY
        if kind is AttackKind.UNDERCUT:
            raise ArgdownError("write an undercut with _ or _>", edge.place)
        if kind is None:
            kind = AttackKind.UNDERMINE if end in weak else AttackKind.REBUT
        return Attack(kind, start, end, source, origin, edge.place)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
