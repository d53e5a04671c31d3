"""Argdown text as a tree of blocks: headings, statements with their relations, reconstructions.

This is the syntax alone; :mod:`graph.formats.argdown` gives it its meaning as a debate. It covers
Argdown (https://argdown.org) as ``@argdown/core`` 1.7 reads it; bold and italic marks are taken
off, as they say nothing about the argument. Anything else is an
:class:`~graph.errors.ArgdownError` with line and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import ArgdownError, Place
from .argdown_lines import (
    Line,
    Loader,
    data_end,
    no_include,
    read_lines,
    split_front_matter,
)
from .argdown_yaml import Data, read_data

__all__ = [
    "SPECIAL",
    "SYMBOLS",
    "Block",
    "Document",
    "Heading",
    "Inference",
    "Items",
    "Node",
    "Reconstruction",
    "Relation",
    "parse_blocks",
    "shown_text",
]

_HEADING = re.compile(r"(#+)[ ]")
_STARTS = re.compile(r"[ \t]*(?:\(\d+\)|--|[+<]|->|_>|><|[-_]\s|\[[^\]\n]+\](?!\()|#+[ ])")
_RELATION = re.compile(r"([ \t]*)(\+>|->|_>|<\+|<-|<_|><|\+|-|_(?=\s))")
_STEP = re.compile(r"[ \t]*\((\d+)\)")
_RULE = re.compile(r"[ \t]*--")
_LIST = re.compile(r"([ \t]*)(?:\*|\d+\.)\s")
_LINK = re.compile(r"\s*\[[^\[\]]+\]\([^)]{1,2000}\)")
# The tools take no reference that begins with a dash, so such a one must stand alone.
_STATEMENT = re.compile(
    r"\s*\[(?:([^\n]+?)\]:|((?:[^\]\n-]|-(?=[^\]\n]*\][ \t]*(?:[\n{]|\Z)))[^\]\n]*)\])"
)
_ARGUMENT = re.compile(r"\s*<(?:([^\n]+?)>:|((?:[^>\n-]|-(?=[^>\n]*>[ \t]*(?:[\n{]|\Z)))[^>\n]*)>)")
_TITLE = re.compile(r"\s*<[^<>]+>:?.*")
#: What may stand for a symbol, and is else kept as it is.
SPECIAL = re.compile(r"\.[^\s]+?\.|:[^\s]+?:")
_INLINE = re.compile(
    r"\\(?P<escaped>[^\n])" + f"|(?P<special>{SPECIAL.pattern})" + r"|#(?:\((?P<tag>[^()]+)\)"
    r"|(?P<word>[A-Za-z0-9_\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+))"
    r"|(?P<data>\{)"
    r"|(?P<mark>\*\*|__|\*|_)"
    r"|(?P<include>@include\()"
    r"|(?P<mention>@(?:\[[^\[\]]+\]|<[^<>]+>))"
    r"|\[(?P<link>[^\[\]]+)\]\((?P<url>[^)]{1,2000})\)"
    r"|(?P<reference>\[[^\[\]\n-][^\[\]\n]*\]|<[^<>\s-][^<>\n]*>)"
)
# The names of rules hold no tags, marks or titles; commas stand between them.
_RULES = re.compile(
    r"\\(?P<escaped>[^\n])"
    + f"|(?P<special>{SPECIAL.pattern})"
    + r"|(?P<data>\{)|(?P<comma>[ \t]*,[ \t]*)"
)
_CLOSES = re.compile(r"[\s)}_.,!?;:*-]|\Z")


#: What the tools put for words between dots or colons.
SYMBOLS = {
    "A": "∀", "E": "∃", "O": "𝗢", "P": "𝗣", "->": "→", "<->": "↔", "~": "¬", "^": "∧", "v": "∨",
    "v_": "⊻", "<>": "◇", "[]": "◻", "happy": "😀", "smile": "☺", "smiley": "☺", "laugh": "😆",
    "lol": "😆", "rofl": "🤣", "joy": "😂", "heart": "❤", "?": "❓", "question": "❓", "love": "😍",
    "wink": "😉", "shush": "🤫", "meh": "😐", "eye-roll": "🙄", "sad": "😢", "disappointed": "😞",
    "scream": "😱", "+1": "👍", "up": "👍", "-1": "👎", "down": "👎", "think": "🤔", "star": "⭐",
    "y": "✔", "agree": "✔", "n": "❌", "disagree": "❌",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as written: its sign, and the node under it."""

    sign: str
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A statement or argument, stated or referred to; ``text`` is None in a reference.

    A tag between words stays in the text; ``bare`` is the text without it.
    """

    kind: str
    title: str | None
    text: str | None
    tags: tuple[str, ...]
    data: dict[str, Data]
    place: Place
    relations: list[Relation] = field(default_factory=list)
    bare: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level, counted from 1."""

    level: int
    text: str
    tags: tuple[str, ...]
    data: dict[str, Data]
    place: Place


@dataclass(frozen=True, slots=True)
class Inference:
    """The line between premises and conclusion: the rule's name, data, and what undercuts it."""

    rule: str
    data: dict[str, Data]
    place: Place
    relations: list[Relation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """A premise-conclusion structure: numbered statements with inferences between them."""

    steps: tuple[tuple[int, Node] | Inference, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list of statements and arguments, each with its relations."""

    nodes: tuple[Node, ...]
    place: Place


Block: TypeAlias = Heading | Node | Reconstruction | Items


@dataclass(frozen=True, slots=True)
class Document:
    """Front matter with the line of each of its keys, and the blocks in order."""

    front: dict[str, Data]
    lines: dict[tuple[str, ...], int]
    blocks: tuple[Block, ...]
    file: str


def parse_blocks(text: str, file: str, load: Loader = no_include) -> Document:
    r"""The document that a text holds, with included files pasted in.

    Raises:
        ArgdownError: naming file, line and column of what is not understood.

    >>> document = parse_blocks("[a]: Trams are quiet.\n  - [b]: They squeal. {holder: her}", "x")
    >>> a = document.blocks[0]
    >>> a.title, a.relations[0].sign, a.relations[0].node.data
    ('a', '-', {'holder': 'her'})

    """
    front, lines, rest, first = split_front_matter(text, file)
    found = list(read_lines(rest, file, first, load))
    return Document(front, lines, tuple(_block(group) for group in _groups(found)), file)


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line.text.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _block(group: list[Line]) -> Block:
    """The block that lines without a blank between them make."""
    first = group[0]
    if heading := _HEADING.match(first.text):
        element = _Element(first, heading.end())
        for line in group[1:]:
            if _STARTS.match(line.text) or _LIST.match(line.text):
                raise ArgdownError("a blank line must follow a heading", line.place)
            element.add(line)
        node = element.node(title=False)
        return Heading(len(heading[1]), node.text or "", node.tags, node.data, node.place)
    if _STEP.match(first.text):
        return _reconstruction(group)
    if _LIST.match(first.text):
        return _items(group)
    if _RELATION.match(first.text) and not _TITLE.fullmatch(first.text):
        raise ArgdownError(
            "a relation must stand under its statement, with no blank line between", first.place
        )
    _refuse_others(first)
    return _tree(_Element(first, 0), group[1:])


def _tree(element: _Element, lines: list[Line]) -> Node:
    """The node of an element with the relations in the lines below it."""
    relations: list[tuple[int, str, _Element]] = []
    for line in lines:
        if match := _RELATION.match(line.text):
            relations.append((len(match[1]), match[2], _Element(line, match.end())))
            continue
        _refuse_others(line)
        if _STEP.match(line.text) or _RULE.match(line.text):
            raise ArgdownError("a blank line must stand before premises", line.place)
        if _HEADING.match(line.text):
            raise ArgdownError("a blank line must stand before a heading", line.place)
        (relations[-1][2] if relations else element).add(line)
    node = element.node()
    _nest(node, relations)
    return node


def _items(group: list[Line]) -> Items:
    """The list that lines make; its items are not nested."""
    items: list[tuple[_Element, list[Line]]] = []
    level = 0
    for line in group:
        if match := _LIST.match(line.text):
            if items and len(match[1]) > level:
                raise ArgdownError("a list cannot stand inside a list", line.place)
            level = len(match[1])
            items.append((_Element(line, match.end()), []))
        else:
            items[-1][1].append(line)
    return Items(tuple(_tree(*item) for item in items), group[0].place)


def _refuse_others(line: Line) -> None:
    if _LIST.match(line.text):
        raise ArgdownError("lists say nothing about an argument; use + or - relations", line.place)
    if line.text.startswith("==="):
        raise ArgdownError("front matter can only stand at the top of the main file", line.place)


def _nest(top: Node, relations: list[tuple[int, str, _Element]]) -> None:
    """Hang relations under their statements by indentation."""
    stack: list[tuple[int, Node]] = [(0, top)]
    for indent, sign, element in relations:
        if indent == 0:
            raise ArgdownError("a relation must be indented under its statement", element.place)
        level = indent
        if indent < stack[-1][0]:
            while indent < stack[-1][0]:
                stack.pop()
            # between two levels: beside what stands at the outer one, as the tools read it
            level = stack[-1][0]
            if level == 0:
                raise ArgdownError("the indentation fits no line above", element.place)
        if stack[-1][0] == level:
            stack.pop()
        node = element.node()
        stack[-1][1].relations.append(Relation(sign, node))
        stack.append((level, node))


def _reconstruction(group: list[Line]) -> Reconstruction:
    steps: list[tuple[int, Node] | Inference] = []
    number, element = 0, None
    relations: list[tuple[int, str, _Element]] = []

    def finish() -> None:
        nonlocal element
        if element is not None:
            node = element.node()
            _nest(node, relations)
            steps.append((number, node))
        elif relations and steps and isinstance(steps[-1], Inference):
            holder = Node("inference", None, None, (), {}, steps[-1].place, steps[-1].relations)
            _nest(holder, relations)
        relations.clear()
        element = None

    rest = iter(group)
    for line in rest:
        if match := _STEP.match(line.text):
            finish()
            number, element = int(match[1]), _Element(line, match.end())
        elif _RULE.match(line.text):
            finish()
            steps.append(_inference(line, rest))
        elif match := _RELATION.match(line.text):
            relations.append((len(match[1]), match[2], _Element(line, match.end())))
        elif relations:
            relations[-1][2].add(line)
        elif element is not None:
            element.add(line)
        else:
            raise ArgdownError("a numbered statement such as (1) was expected", line.place)
    finish()
    _check_steps(steps, group[0].place)
    return Reconstruction(tuple(steps), group[0].place)


def _check_steps(steps: list[tuple[int, Node] | Inference], place: Place) -> None:
    for before, after in zip([None, *steps], [*steps, None], strict=True):
        if isinstance(after, Inference) and (before is None or isinstance(before, Inference)):
            raise ArgdownError("an inference needs premises above it", after.place)
        if isinstance(before, Inference) and after is None:
            raise ArgdownError("an inference needs a conclusion below it", before.place)
    if len(steps) < 2 or not isinstance(steps[-2], Inference):
        raise ArgdownError(
            "premises must end in a line of dashes and a conclusion, with no blank line", place
        )


def _inference(line: Line, rest: Iterator[Line]) -> Inference:
    parts = [line.text.strip()[2:]]
    while (inner := _ruled(parts[-1])) is None:
        more = next(rest, None)
        if more is None:
            raise ArgdownError("an inference opened with -- is never closed with --", line.place)
        parts.append(more.text)
    text = "\n".join([*parts[:-1], inner]).strip()
    if not text:
        return Inference("", {}, line.place)
    return _Element(Line(text, line.place), 0).inference()


def _ruled(text: str) -> str | None:
    """What stands before the dashes that end an inference, or None where there are none."""
    text = text.rstrip()
    inner = text.rstrip("-")
    dashes = len(text) - len(inner)
    if inner.endswith("\\"):
        inner, dashes = f"{inner}-", dashes - 1
    return inner if dashes >= 2 else None


class _Element:
    """The lines of one statement, argument or heading, read once all of them are there."""

    def __init__(self, line: Line, offset: int) -> None:
        self._texts = [line.text[offset:]]
        self._places = [(line.place, offset)]
        self.place = Place(line.place.file, line.place.line, offset + 1)

    def add(self, line: Line) -> None:
        self._texts.append(line.text)
        self._places.append((line.place, 0))

    def node(self, title: bool = True) -> Node:
        """The node that the lines spell; without ``title`` a leading name is not looked for."""
        text = "\n".join(self._texts)
        kind, name, colon, start = "statement", None, True, 0
        if title and not _LINK.match(text):
            for sort, pattern in (("statement", _STATEMENT), ("argument", _ARGUMENT)):
                if match := pattern.match(text):
                    kind, start = sort, match.end()
                    name, colon = match[1] or match[2], match[1] is not None
                    break
        parts, tags, data = self._body(text, start)
        body, bare = shown_text(parts), shown_text(parts, tags=False)
        if name is None and not body:
            body = bare = " ".join("".join(part for part, _ in parts).split())
        place = self._at(len(text) - len(text.lstrip()))
        if name is not None:
            name = " ".join(name.split())
        if not colon and body:
            raise ArgdownError(
                f"a colon is missing after the title of {_titled(kind, name)}, "
                "or a blank line after its reference",
                place,
            )
        if name is None and not body and title:
            raise ArgdownError(f"{_titled(kind, name)} has no text", place)
        if not colon:
            return Node(kind, name, None, tags, data, place)
        return Node(kind, name, body, tags, data, place, bare=bare)

    def inference(self) -> Inference:
        """The inference that the lines between its dashes spell."""
        text = "\n".join(self._texts)
        data: dict[str, Data] = {}
        parts: list[str] = []
        pos = 0
        while match := _RULES.search(text, pos):
            parts.append(text[pos : match.start()])
            pos = match.end()
            if match["escaped"]:
                parts.append(match["escaped"])
            elif match["special"]:
                parts.append(_symbol(match["special"]))
            elif match["comma"]:
                parts.append(", ")
            else:
                data, pos = self._data(text, match.start())
        rule = " ".join("".join([*parts, text[pos:]]).split())
        return Inference(rule, data, self._places[0][0])

    def _body(
        self, text: str, start: int
    ) -> tuple[list[tuple[str, bool]], tuple[str, ...], dict[str, Data]]:
        """The pieces of the text, each with whether it is a tag, then the tags and the data."""
        parts: list[tuple[str, bool]] = []
        tags: list[str] = []
        data: dict[str, Data] = {}
        open_marks: list[tuple[str, int]] = []
        pos = start
        while match := _INLINE.search(text, pos):
            parts.append((text[pos : match.start()], False))
            pos = match.end()
            if match["escaped"]:
                parts.append((match["escaped"], False))
            elif match["special"]:
                parts.append((_symbol(match["special"]), False))
            elif tag := match["tag"] or match["word"]:
                tags.append(" ".join(tag.split()))
                parts.append((match.group(), True))
            elif match["data"]:
                data, pos = self._data(text, match.start())
            elif match["mark"]:
                part, pos = _emphasis(text, match, open_marks)
                parts.append((part, False))
            elif match["include"]:
                where = self._at(match.start())
                raise ArgdownError("@include(FILE) must stand on a line of its own", where)
            elif match["mention"]:
                parts.append((match["mention"], False))
            elif match["url"]:
                parts.append((f"{match['link']} ({match['url']})", False))
            else:
                raise ArgdownError(
                    f"{match.group()[:40]} stands inside a text; begin a line with a sign such as "
                    "+ to relate it, or write \\[ or \\< for a plain bracket",
                    self._at(match.start()),
                )
        parts.append((text[pos:], False))
        if open_marks:
            mark, opened = open_marks[0]
            raise ArgdownError(
                f"{mark} opens bold or italic text that is never closed; write \\{mark[0]} for the "
                "plain character",
                self._at(opened),
            )
        return parts, tuple(tags), data

    def _data(self, text: str, start: int) -> tuple[dict[str, Data], int]:
        end = data_end(text, start)
        place = self._at(start)
        if end is None:
            raise ArgdownError("a { is never closed; write \\{ for a plain brace", place)
        if text[end:].strip():
            raise ArgdownError("nothing may follow the data in braces", self._at(end))
        data = read_data(text[start:end], place)
        if not isinstance(data, dict):
            raise ArgdownError("data in braces must be keys and values", place)
        return data, end

    def _at(self, offset: int) -> Place:
        starts = [0]
        for part in self._texts[:-1]:
            starts.append(starts[-1] + len(part) + 1)
        index = bisect_right(starts, offset) - 1
        place, skipped = self._places[index]
        return Place(place.file, place.line, offset - starts[index] + skipped + 1)


def shown_text(parts: Sequence[tuple[str, bool]], tags: bool = True) -> str:
    """The text of pieces that are tags or not, without the tags before and after all the words.

    Tags between words stay if ``tags`` is true.

    >>> shown_text([("#b", True), (" A ", False), ("#c", True), (" d. ", False), ("#e", True)])
    'A #c d.'
    """
    words = [index for index, (text, is_tag) in enumerate(parts) if not is_tag and text.strip()]
    if not words:
        return ""
    kept = parts[words[0] : words[-1] + 1]
    return " ".join("".join(text for text, is_tag in kept if tags or not is_tag).split())


def _symbol(text: str) -> str:
    """What a word between dots or colons stands for; the same where it stands for nothing."""
    found = SYMBOLS.get(text[1:-1], text)
    return "☺\ufe0f" if text == ":smile:" else found


def _titled(kind: str, name: str | None) -> str:
    if name is None:
        return "a statement"
    return f"<{name}>" if kind == "argument" else f"[{name}]"


def _emphasis(
    text: str, match: re.Match[str], open_marks: list[tuple[str, int]]
) -> tuple[str, int]:
    """What stands for a star or underscore in the plain text, and where reading goes on."""
    start = match.start()
    for mark in (match["mark"], match["mark"][0]):
        end = start + len(mark)
        if open_marks and open_marks[-1][0] == mark and _CLOSES.match(text, end):
            open_marks.pop()
            return "", end
    for mark in (match["mark"], match["mark"][0]):
        end = start + len(mark)
        if end < len(text) and not text[end].isspace():
            open_marks.append((mark, start))
            return "", end
    return match["mark"], match.end()
