"""The blocks of a Markdown file: its words without the marks, and what its front matter says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape

import yaml

from .articles_text import Lines, paragraph_lines
from .blocks import Block, Tracer
from .bylines import authors_in, date_in
from .prose import Stated

__all__ = ["front_matter", "markdown_blocks"]

#: Front matter is no longer than this.
_FRONT = 20_000
_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?:\s+|\Z)")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*\Z")
_RULE = re.compile(r"(?:[-*_]\s*){3,}\Z|\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\Z")
_DEFINITION = re.compile(r"\[[^\]]{1,200}\]:\s")
_QUOTE = re.compile(r"(?:>\s?)+")
_LIST = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_TAIL = re.compile(r"\s+#+\s*\Z")
_LINK = r"\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\[\]\n]{0,200}\]"
_INLINE = re.compile(
    rf"""\\(?P<escaped>[!-/:-@\[-`{{-~])
    |(?P<nothing>\[!\[[^\[\]\n]{{0,500}}\](?:{_LINK})?\](?:{_LINK})?
        |!\[[^\[\]\n]{{0,500}}\](?:{_LINK})?|\[\^[^\[\]\n]{{1,100}}\]|<!--.{{0,5000}}?-->
        |</?[a-zA-Z][^<>\n]{{0,2000}}>)
    |\[(?P<link>(?:[^\[\]\n]|\n(?!\n)){{1,1000}})\](?:{_LINK})
    |<(?P<address>https?://[^\s<>]{{1,2000}})>
    |(?P<ticks>`{{1,8}})(?P<code>[^`]{{1,1000}})(?P=ticks)
    |(?P<mark>\*{{1,3}}|~~|(?<!\w)_{{1,3}}|_{{1,3}}(?!\w))
    |(?P<entity>&(?:\#[xX]?[0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});)""",
    re.X | re.S,
)


def front_matter(text: str) -> Stated:
    r"""What the YAML block at the top of a Markdown file says.

    >>> front_matter("---\ntitle: Trams\nauthor: Ana Renck and Ines Falk\n---\n")
    ... # doctest: +NORMALIZE_WHITESPACE
    Stated(title='Trams', authors=('Ana Renck', 'Ines Falk'), date=None, publisher=None)
    """
    found = _MATTER.match(text[:_FRONT])
    try:
        said = yaml.safe_load(found[1]) if found else None
    except (yaml.YAMLError, ValueError, RecursionError):
        said = None
    if not isinstance(said, Mapping):
        return Stated()
    given = said.get("authors", said.get("author"))
    listed = given if isinstance(given, list) else [given]
    authors = tuple(name for one in listed for name in _authors(one))
    return Stated(
        _line(said.get("title")), authors, _day(said.get("date")), _line(said.get("publisher"))
    )


def _line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _day(value: object) -> str | None:
    return value.isoformat()[:10] if isinstance(value, date) else date_in(_line(value) or "")


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        value = value.get("name")
    name = _line(value)
    return () if name is None else authors_in(name) or (name,)


def markdown_blocks(text: str) -> list[Block]:
    r"""The blocks of a Markdown file in order.

    >>> found = markdown_blocks("# Trams\n\nThey *squeal* in the [bend](https://example.org).\n")
    >>> [(block.words, block.heading) for block in found]
    [('Trams', True), ('They squeal in the bend.', False)]
    """
    skipped = frozenset(_no_prose(text))
    found = (
        _block(text, group, part, heading=heading)
        for group, lines in paragraph_lines(text, skipped)
        for part, heading in _parts(text, lines)
    )
    return [block for block in found if block]


def _no_prose(text: str) -> Iterator[int]:
    """Where the lines of front matter, code blocks, link definitions and rules begin."""
    matter = _MATTER.match(text[:_FRONT])
    end = matter.end() if matter else 0
    fence = ""
    for line in re.finditer(r"[^\r\n]+", text):
        words = line.group().strip()
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        mark = _FENCE.match(line.group())
        code = bool(fence or mark)
        if fence and words.startswith(fence) and not words.strip(fence[0]):
            fence = ""
        elif mark and not fence:
            fence = mark[1]
        if start < end or code or _DEFINITION.match(words) or _is_rule(words):
            yield start


def _is_rule(words: str) -> bool:
    # A line of hyphens alone may underline a heading.
    return _RULE.match(words) is not None and not _UNDERLINE.match(words)


def _parts(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """The lines of one paragraph by the headings in it, and whether they are one."""
    part: Lines = []
    for start, end in lines:
        words = text[start:end]
        if _UNDERLINE.match(words):
            if part:
                yield part, True
            part = []
        elif _HEADING.match(words):
            if part:
                yield part, False
            yield [(start, end)], True
            part = []
        else:
            part.append((start, end))
    if part:
        yield part, False


def _block(text: str, group: int, lines: Lines, *, heading: bool) -> Block | None:
    tracer = Tracer()
    first, listed = lines[0][0], False
    for mark in (_QUOTE, _LIST, _HEADING):
        if found := mark.match(text, first, lines[0][1]):
            listed |= mark is _LIST
            first = found.end()
    # In one go where nothing stands between the lines, since a link may go over two of them.
    spans = [(first, lines[0][1])]
    for start, end in lines[1:]:
        quoted = _QUOTE.match(text, start, end)
        if quoted or text[spans[-1][1] : start].strip():
            spans.append((quoted.end() if quoted else start, end))
        else:
            spans[-1] = (spans[-1][0], end)
    before = first
    for start, end in spans:
        tracer.mark(" ", before, start - before)
        tail = _TAIL.search(text, start, end) if heading else None
        _inline(text, start, tail.start() if tail else end, tracer)
        before = end
    return tracer.block(group, heading=heading, listed=listed)


def _inline(text: str, start: int, end: int, tracer: Tracer) -> None:
    at = start
    for found in _INLINE.finditer(text, start, end):
        tracer.add(text, at, found.start())
        at = found.end()
        kind = found.lastgroup
        if found["entity"]:
            tracer.mark(unescape(found.group()), found.start(), found.end() - found.start())
        elif found["link"]:
            _inline(text, *found.span("link"), tracer)
        elif found["mark"] and _is_bare(text, found, start, end):
            tracer.add(text, *found.span())
        elif kind in ("escaped", "address", "code"):
            tracer.add(text, *found.span(kind))
    tracer.add(text, at, end)


def _is_bare(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """True for an asterisk or underscore between blanks, which marks nothing."""
    before = found.start() == start or text[found.start() - 1].isspace()
    after = found.end() == end or text[found.end()].isspace()
    return before and after
