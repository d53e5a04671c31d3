"""Argdown files as lines without comments: front matter, data in braces, included files.

The layer below :mod:`graph.formats.argdown_syntax`. Each function looks at each character a bounded
number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import ArgdownError, Place
from .argdown_yaml import Data, read_yaml

__all__ = [
    "Line",
    "Loader",
    "data_end",
    "no_include",
    "read_lines",
    "split_front_matter",
]

# Characters that mean something before lines are told apart: escapes, comments, data, titles.
_RAW = re.compile(
    r"\\[^\n]|//[^\n]*|/\*|<!--|\{|\[[^\[\]\n]*\](?:\([^)\n]{0,2000}\))?|<[^<>\n!-][^<>\n]*>|#\([^()\n]*\)|\n"
)
_FRONT = re.compile(r"={3,}[ \t]*\r?\n(?P<yaml>.*?)^={3,}[ \t]*\r?$", re.S | re.M)
_SKIPPED = re.compile(r"\s+|//[^\n]*|/\*.*?\*/|<!--.*?-->", re.S)
_INCLUDE = re.compile(r"\s*@include\(([^()]+)\)\s*")
_DATA_TOKEN = re.compile(r"""[{\[,:]\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|[{}]""", re.S)


@dataclass(frozen=True, slots=True)
class Line:
    """One line and where it stands."""

    text: str
    place: Place


#: Gives the text and name of an included file, given its name and the place of the include.
Loader: TypeAlias = Callable[[str, Place], tuple[str, str]]


def no_include(name: str, place: Place) -> tuple[str, str]:
    """Raise: an included file cannot be read, since the text came from no file."""
    raise ArgdownError(f"@include({name}) needs a file on disk to start from", place)


def split_front_matter(
    text: str, file: str
) -> tuple[dict[str, Data], dict[tuple[str, ...], int], str, int]:
    """The front matter, the line of each of its keys, the rest, and the rest's first line."""
    if not (match := _FRONT.match(text, _above(text))):
        return {}, {}, text, 1
    first = text.count("\n", 0, match.start("yaml")) + 1
    front, lines = read_yaml(match["yaml"], Place(file, first))
    if not isinstance(front, dict):
        raise ArgdownError("the front matter is not a list of keys and values", Place(file, first))
    return front, lines, text[match.end() :], text.count("\n", 0, match.end()) + 1


def _above(text: str) -> int:
    """The offset after the blank lines and comments that a text begins with."""
    pos = 0
    while match := _SKIPPED.match(text, pos):
        pos = match.end()
    return pos


def data_end(text: str, start: int) -> int | None:
    """The offset after the brace that closes the one at ``start``, or None where none does.

    >>> data_end("{a: '}', b: {c: d}} rest", 0)
    19
    """
    depth = 0
    for token in _DATA_TOKEN.finditer(text, start):
        char = token.group()[0]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return token.end()
    return None


def _lines(text: str, file: str, first: int) -> Iterator[Line]:
    """The lines without comments; data in braces stays on one, a line of comment alone is none."""
    parts: list[str] = []
    line = start_line = first
    done = 0
    commented = False
    pos = 0
    while True:
        match = _RAW.search(text, pos)
        if match is None or match.group() == "\n":
            end = len(text) if match is None else match.start()
            parts.append(text[done:end])
            whole = "".join(parts).rstrip("\r")
            if not commented or whole.strip():
                yield Line(whole, Place(file, start_line))
            if match is None:
                return
            line += 1
            parts, done, commented, start_line, pos = [], match.end(), False, line, match.end()
            continue
        found = match.group()
        if found.startswith(("//", "/*", "<!--")):
            closed = _comment_end(text, match)
            if closed is None:
                where = Place(file, line, _column(text, match.start()))
                raise ArgdownError(f"a comment opened with {found} is never closed", where)
            parts.append(text[done : match.start()])
            done = end = closed
            commented = True
        elif found == "{":
            closed = data_end(text, match.start())
            if closed is None:
                where = Place(file, line, _column(text, match.start()))
                raise ArgdownError("a { is never closed; write \\{ for a plain brace", where)
            end = closed
        else:
            end = match.end()
        line += text.count("\n", match.start(), end)
        pos = end


def _comment_end(text: str, match: re.Match[str]) -> int | None:
    """The offset after a comment, or None where it is never closed."""
    closing = {"/*": "*/", "<!--": "-->"}.get(match.group())
    if closing is None:
        return match.end()
    end = text.find(closing, match.end())
    return end + len(closing) if end >= 0 else None


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset)


def read_lines(
    text: str, file: str, first: int, load: Loader, chain: tuple[str, ...] = ()
) -> Iterator[Line]:
    """The lines of a text without its comments, with included files pasted in.

    Data in braces stays on one line, and a line of comment alone is no line at all.
    """
    chain = (*chain, file)
    for line in _lines(text, file, first):
        match = _INCLUDE.fullmatch(line.text) if "@include" in line.text else None
        if match is None:
            yield line
            continue
        more, name = load(match[1].strip(), line.place)
        if name in chain:
            raise ArgdownError(f"{name} includes itself", line.place)
        if _FRONT.match(more, _above(more)):
            raise ArgdownError(
                f"{name} is included, so it can have no front matter of its own", line.place
            )
        yield from read_lines(more, name, 1, load, chain)
