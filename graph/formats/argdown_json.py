"""The JSON that the Argdown tools export (``argdown json``), read.

What is read is turned back into the blocks of Argdown, so that :mod:`.argdown_meaning` alone says
what they mean. The tools leave out the front matter; :mod:`.argdown_json_write` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..errors import DebateError, FormatError, Place
from .argdown import read_document
from .argdown_meaning import untitled
from .argdown_syntax import (
    Block,
    Document,
    Heading,
    Inference,
    Node,
    Reconstruction,
    Relation,
    shown_text,
)
from .argdown_yaml import Data
from .json_text import decode_json
from .losses import Reading

__all__ = ["parse_argdown_json"]

_UNTITLED = re.compile(r"Untitled \d+")
_SIGNS = {
    "support": "+", "entails": "+", "attack": "-", "contrary": "-", "contradictory": "><",
    "undercut": "_",
}  # fmt: skip
_KINDS = {"equivalence-class": "statement", "argument": "argument", "inference": "argument"}
_DEPTH = 20


class _Range(msgspec.Struct, rename="camel"):
    type: str
    start: int
    stop: int
    url: str | None = None


class _InferenceJson(msgspec.Struct, rename="camel"):
    inference_rules: list[str] = []
    data: dict[str, Any] | None = None
    start_line: int | None = None
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class _Member(msgspec.Struct, rename="camel"):
    title: str
    text: str | None = None
    role: str | None = None
    is_reference: bool = False
    section: str | None = None
    data: dict[str, Any] | None = None
    tags: list[str] | None = None
    ranges: list[_Range] | None = None
    inference: _InferenceJson | None = None
    argument_title: str | None = None
    is_top_level: bool = True
    start_line: int | None = None
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class _Class(msgspec.Struct, rename="camel"):
    members: list[_Member]


class _Argument(msgspec.Struct, rename="camel"):
    members: list[_Member] = []
    pcs: list[_Member] = []
    section: str | None = None
    start_line: int | None = None
    start_column: int | None = None


class _RelationJson(msgspec.Struct, rename="camel"):
    relation_type: str
    from_: str = msgspec.field(name="from")
    to: str = msgspec.field()
    from_type: str = "equivalence-class"
    to_type: str = "equivalence-class"
    conclusion_index: int | None = None
    section: str | None = None
    data: dict[str, Any] | None = None


class _Section(msgspec.Struct, rename="camel"):
    id: str
    level: int = 1
    title: str = ""
    tags: list[str] | None = None
    data: dict[str, Any] | None = None
    children: list[_Section] = []
    start_line: int | None = None


class _Top(msgspec.Struct, rename="camel"):
    arguments: dict[str, _Argument]
    statements: dict[str, _Class]
    relations: list[_RelationJson] = []
    sections: list[_Section] = []
    front_matter: dict[str, Any] | None = None


def parse_argdown_json(data: bytes, file: str) -> Reading:
    """The debate in the JSON of the Argdown tools; ``file`` is named in errors.

    Raises:
        FormatError: naming what is missing or of the wrong type, and where.
        DebateError: if the parts do not fit together.

    """
    try:
        document = _Reader(decode_json(data, file, _Top), file).document()
    except (msgspec.MsgspecError, RecursionError) as error:
        raise FormatError(f"{file}: {error}") from None
    name = re.sub(r"(?:\.argdown)?\.json\Z", "", Path(file).name)
    try:
        return read_document(document, name or "debate")
    except DebateError as error:
        raise DebateError(error.message, error.place or Place(file)) from None


class _Reader:
    """Turns what the tools export back into blocks, in the order of the text."""

    def __init__(self, top: _Top, file: str) -> None:
        self._top, self._file = top, file
        self._ours = top.front_matter is not None
        self._titles: dict[str, str] = {}
        self._sections: dict[str, int] = {}
        self._told: dict[int, tuple[str | None, dict[str, Any]]] = {}
        self._related: set[int] = set()

    def document(self) -> Document:
        """The document that the tools have read."""
        front = _data(self._top.front_matter, f"{self._file}: frontMatter")
        self._name_untitled()
        if not self._ours:
            self._relate()
        headings = list(self._headings())
        groups: list[list[tuple[tuple[int, int, int], list[Block]]]] = [[] for _ in headings]
        groups.append([])
        for section, place, blocks in self._stated():
            group = groups[self._sections.get(section or "", -1) + 1]
            group.append(((place.line or 0, place.column or 0, len(group)), blocks))
        relations: list[list[Block]] = [[] for _ in groups]
        for section, node in self._relations():
            relations[self._sections.get(section or "", -1) + 1].append(node)
        made: list[Block] = []
        for index, group in enumerate(groups):
            if index:
                made.append(headings[index - 1])
            for _, blocks in sorted(group, key=lambda item: item[0]):
                made += blocks
            made += relations[index]
        return Document(front, {}, tuple(made), self._file)

    def _name_untitled(self) -> None:
        """Give statements without a title the names that they have in Argdown."""
        if self._ours:
            return
        for title, found in self._top.statements.items():
            if _UNTITLED.fullmatch(title) and len(found.members) == 1:
                text, _ = self._texts(found.members[0])
                if text:
                    self._titles[title] = untitled(text)

    def _headings(self) -> Iterator[Heading]:
        stack = list(reversed(self._top.sections))
        while stack:
            section = stack.pop()
            self._sections[section.id] = len(self._sections)
            where = f"{self._file}: section {section.id!r}"
            data = _data(section.data, where)
            place = Place(self._file, section.start_line)
            tags = tuple(section.tags or ())
            title = " ".join(section.title.split())
            yield Heading(section.level, title, tags, data, place)
            stack.extend(reversed(section.children))

    def _stated(self) -> Iterator[tuple[str | None, Place, list[Block]]]:
        """What each statement, argument and reconstruction says, with its section and place.

        The tools list what stands in a reconstruction among the statements too, where it is stated.
        """
        for found in self._top.statements.values():
            for member in found.members:
                yield member.section, self._place(member), [self._node(member, "statement")]
        steps = self._undercuts()
        for title, argument in self._top.arguments.items():
            for member in argument.members:
                yield member.section, self._place(member), [self._node(member, "argument")]
            if argument.pcs:
                yield self._reconstruction(title, argument, steps)

    def _reconstruction(
        self, title: str, argument: _Argument, undercuts: Mapping[tuple[str, int], list[Relation]]
    ) -> tuple[str | None, Place, list[Block]]:
        first = argument.pcs[0]
        place = self._place(first)
        steps: list[tuple[int, Node] | Inference] = []
        for index, member in enumerate(argument.pcs):
            if index and member.inference is not None:
                steps.append(self._inference(title, index, member.inference, undercuts))
            where = f"{self._file}: pcs[{index}] of argument {title!r}"
            kind, name = self._end(member.title, "equivalence-class", where)
            steps.append((index + 1, Node(kind, name, None, (), {}, self._place(member))))
        if not isinstance(steps[-2] if len(steps) > 1 else None, Inference):
            raise FormatError(
                f"{self._file}: the pcs of argument {title!r} does not end in a conclusion with an "
                "inference"
            )
        anonymous = not self._ours and _UNTITLED.fullmatch(title) and not argument.members
        above = Node("argument", None if anonymous else title, None, (), {}, place)
        after = self._place(argument.pcs[-1])  # all that stands in it has been stated there
        return first.section, after, [above, Reconstruction(tuple(steps), place)]

    def _inference(
        self,
        title: str,
        index: int,
        found: _InferenceJson,
        undercuts: Mapping[tuple[str, int], list[Relation]],
    ) -> Inference:
        data = _data(found.data, f"{self._file}: an inference of argument {title!r}")
        rules = (" ".join(rule.split()) for rule in found.inference_rules)
        place = Place(self._file, found.start_line, found.start_column)
        rule = ", ".join(rule for rule in rules if rule)
        return Inference(rule, data, place, undercuts.get((title, index), []))

    def _place(self, member: _Member) -> Place:
        return Place(self._file, member.start_line, member.start_column)

    def _node(self, member: _Member, kind: str) -> Node:
        """A member of a class or argument, as it was written."""
        data = _data(member.data, f"{self._file}: {kind} {member.title!r}")
        self._at_top(data, member)
        text, bare = self._texts(member)
        title: str | None = " ".join(member.title.split())
        if member.title in self._titles and kind == "statement":
            title = None
        place = self._place(member)
        tags = tuple(" ".join(tag.split()) for tag in member.tags or ())
        if member.is_reference:
            return Node(kind, title, None, tags, data, place)
        return Node(kind, title, text, tags, data, place, bare=bare)

    def _at_top(self, data: dict[str, Data], member: _Member) -> None:
        """Take off what the data say about a relation, which has been taken to it."""
        if id(member) in self._related:
            data.pop("relation", None)

    def _texts(self, member: _Member) -> tuple[str, str]:
        """The text with and without the tags between its words; links with their addresses."""
        raw = member.text or ""
        ranges = [r for r in member.ranges or () if r.type in ("tag", "link")]
        if not ranges:
            text = " ".join(raw.split())
            return text, text
        units = raw.encode("utf-16-le", "surrogatepass")  # the tools count UTF-16 units

        def between(start: int, stop: int) -> str:
            return units[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass")

        parts: list[tuple[str, bool]] = []
        pos = 0
        for found in sorted(ranges, key=lambda r: r.start):
            if found.start < pos:
                continue
            parts.append((between(pos, found.start), False))
            pos = found.stop + 1
            inner = between(found.start, pos)
            if found.type == "tag":
                parts.append((inner, True))
            else:
                parts.append((f"{inner} ({found.url})", False))
        parts.append((between(pos, len(units) // 2), False))
        text, bare = shown_text(parts), shown_text(parts, tags=False)
        if not text and not self._ours and _UNTITLED.fullmatch(member.title):
            text = bare = " ".join(raw.split())
        return text, bare

    # Relations ---------------------------------------------------------------------------------

    def _end(self, title: str, type_: str, where: str) -> tuple[str, str]:
        kind = _KINDS.get(type_)
        if kind is None:
            raise FormatError(f"{where}: {type_!r} is not one of: {', '.join(_KINDS)}")
        known = self._top.statements if kind == "statement" else self._top.arguments
        if title not in known:
            raise FormatError(f"{where}: no {kind} is called {title!r}")
        if kind == "statement":
            return kind, self._titles.get(title, " ".join(title.split()))
        return kind, " ".join(title.split())

    def _relate(self) -> None:
        """Find the section and the data of each relation, which the tools give to its lower end.

        Whatever stands within the lines of a statement, argument or inference is related to it.
        """
        by_ends: dict[frozenset[tuple[str, str]], list[int]] = {}
        for index, relation in enumerate(self._top.relations):
            start = _KINDS.get(relation.from_type, ""), relation.from_
            end = _KINDS.get(relation.to_type, ""), relation.to
            by_ends.setdefault(frozenset((start, end)), []).append(index)
        open_: list[tuple[tuple[int, int], list[tuple[str, str]]]] = []
        for begin, end_, names, member in sorted(self._spans(), key=lambda span: span[:2]):
            while open_ and open_[-1][0] < begin:
                open_.pop()
            if open_ and member is not None and _is_related(member):
                found = [
                    index
                    for mine in names
                    for other in open_[-1][1]
                    for index in by_ends.get(frozenset((mine, other)), ())
                ]
                self._tell(member, found)
            open_.append((end_, names))

    def _spans(
        self,
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int], list[tuple[str, str]], _Member | None]]:
        """Where each statement, argument and inference stands, and what relations may call it."""
        conclusions = {
            title: ("statement", argument.pcs[-1].title)
            for title, argument in self._top.arguments.items()
            if argument.pcs
        }
        for title, found in self._top.statements.items():
            for member in found.members:
                names = [("statement", title)]
                if member.inference is not None and member.argument_title is not None:
                    names.append(("argument", member.argument_title))
                yield *_span(member), names, member
        for title, argument in self._top.arguments.items():
            names = [("argument", title)]
            if title in conclusions:
                names.append(conclusions[title])
            for member in argument.members:
                yield *_span(member), names, member
            for member in argument.pcs:
                if member.inference is not None:
                    yield *_span(member.inference), [("argument", title)], None

    def _tell(self, member: _Member, found: list[int]) -> None:
        """Give one of these relations the section and the data of its lower end."""
        data = (member.data or {}).get("relation")
        data = data if isinstance(data, dict) else {}
        relations = self._top.relations
        if "scheme" in data:
            found = [i for i in found if _SIGNS.get(relations[i].relation_type) == "+"]
        elif "kind" in data:
            found = [i for i in found if _SIGNS.get(relations[i].relation_type) != "+"]
        free = [index for index in found if index not in self._told]
        if free:
            self._told[free[0]] = member.section, data
        if found and data:
            self._related.add(id(member))

    def _undercuts(self) -> dict[tuple[str, int], list[Relation]]:
        """What undercuts inferences that no title reaches, by argument and step."""
        made: dict[tuple[str, int], list[Relation]] = {}
        for index, relation in enumerate(self._top.relations):
            if self._by_step(relation):
                node = self._lower(index, relation)
                step = relation.to, relation.conclusion_index or 0
                made.setdefault(step, []).append(Relation("_", node))
        return made

    def _by_step(self, relation: _RelationJson) -> bool:
        argument = self._top.arguments.get(relation.to)
        if relation.to_type != "inference" or argument is None or self._ours:
            return False
        last = relation.conclusion_index in (None, len(argument.pcs) - 1)
        return not last or not argument.members

    def _lower(self, index: int, relation: _RelationJson) -> Node:
        where = f"{self._file}: relations[{index}]"
        kind, title = self._end(relation.from_, relation.from_type, where)
        told = relation.data if self._ours else self._told.get(index, (None, {}))[1]
        data = _data(told, where)
        if relation.relation_type == "contrary":
            data.setdefault("kind", "contrary")
        return Node(kind, title, None, (), {"relation": data} if data else {}, Place(self._file))

    def _relations(self) -> Iterator[tuple[str | None, Node]]:
        """Each relation under its upper end, with its section."""
        for index, relation in enumerate(self._top.relations):
            where = f"{self._file}: relations[{index}]"
            sign = _SIGNS.get(relation.relation_type)
            if sign is None:
                raise FormatError(
                    f"{where}: relationType {relation.relation_type!r} is not one of: "
                    f"{', '.join(_SIGNS)}"
                )
            kind, title = self._end(relation.to, relation.to_type, where)
            node = self._lower(index, relation)
            if not self._by_step(relation):
                place = Place(self._file)
                upper = Node(kind, title, None, (), {}, place, [Relation(sign, node)])
                section = relation.section if self._ours else self._told.get(index, (None,))[0]
                yield section, upper


def _is_related(member: _Member) -> bool:
    if member.role == "argument-description":
        return not member.is_top_level
    return member.role == "relation-statement"


def _span(found: _Member | _InferenceJson) -> tuple[tuple[int, int], tuple[int, int]]:
    begin = found.start_line or 0, found.start_column or 0
    return begin, (found.end_line or 0, found.end_column or 0)


def _data(found: dict[str, Any] | None, where: str) -> dict[str, Data]:
    """The keys and values of data, as Argdown is read: every scalar is text."""
    return {str(key): _plain(value, where) for key, value in (found or {}).items()}


def _plain(value: Any, where: str, depth: int = 0) -> Data:
    """The value with every scalar as text, as Argdown is read."""
    if depth > _DEPTH:
        raise FormatError(f"{where}: data are nested too deeply")
    if isinstance(value, dict):
        return {str(key): _plain(inner, where, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, where, depth + 1) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
