"""The tokens of a web page with their places, read as browsers read them and in linear time.

The parser of the standard library is not used: it takes quadratic time on some broken pages and
fails on others, and what it makes of a page differs between versions of Python, which the places
of anchors must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

__all__ = ["RAW", "Token", "tokens"]

#: Elements whose content is no markup.
RAW = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"}
)
_OPEN = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*(=?[^\s/>=]*)(\s*=\s*)?")
_UNQUOTED = re.compile(r"[^\s>]*")
_COMMENT_END = re.compile(r"--!?>")
_ENTITY = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?|([a-zA-Z][a-zA-Z0-9]{0,31};?))")


@dataclass(frozen=True, slots=True)
class Token:
    """A start tag, an end tag, some text (one entity, or words as they stand), or raw content."""

    kind: str
    start: int
    end: int
    words: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Token]:
    r"""The tokens of a page in order; comments and declarations are left out.

    >>> [(t.kind, t.start, t.end, t.words) for t in tokens('<p id="a">1 &lt; 2<!-- x --></p>')]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('start', 0, 10, 'p'), ('text', 10, 12, '1 '), ('text', 12, 16, '<'), ('text', 16, 18, ' 2'),
     ('end', 28, 32, 'p')]
    """
    at = 0
    while at < len(page):
        opened = _OPEN.search(page, at)
        stop = opened.start() if opened else len(page)
        yield from _text(page, at, stop)
        if not opened:
            return
        token, at = _tag(page, stop)
        if token is None:
            continue
        yield token
        if token.kind == "start" and token.words in RAW:
            closing = re.compile(rf"</{token.words}(?=[\s/>])", re.I).search(page, at)
            stop = closing.start() if closing else len(page)
            yield Token("raw", at, stop, page[at:stop])
            at = stop


def _tag(page: str, at: int) -> tuple[Token | None, int]:
    """The tag at a place and where it ends; what is never closed ends with the page."""
    if page.startswith("<!--", at):
        if page.startswith((">", "->"), at + 4):
            return None, page.index(">", at) + 1
        closed = _COMMENT_END.search(page, at + 4)
        return None, closed.end() if closed else len(page)
    ends = page[at + 1] == "/"
    name = _NAME.match(page, at + 1 + ends)
    if not name:
        closing = page.find(">", at)
        return None, closing + 1 if closing >= 0 else len(page)
    attributes: dict[str, str] = {}
    place = name.end()
    while place < len(page):
        found = _ATTRIBUTE.match(page, place)
        assert found  # every part of the pattern may be empty # noqa: S101
        place, value = found.end(), ""
        if found[2]:
            value, place = _value(page, place)
        if found[1]:
            attributes.setdefault(found[1].lower(), value)
        if page.startswith(">", place):
            kind = "end" if ends else "start"
            return Token(kind, at, place + 1, name.group().lower(), attributes), place + 1
    return None, len(page)


def _value(page: str, at: int) -> tuple[str, int]:
    quote = page[at : at + 1]
    if quote not in ("'", '"'):
        bare = _UNQUOTED.match(page, at)
        end = bare.end() if bare else at
        return unescape(page[at:end]), end
    end = page.find(quote, at + 1)
    if end < 0:
        return "", len(page)
    return unescape(page[at + 1 : end]), end + 1


def _text(page: str, start: int, end: int) -> Iterator[Token]:
    at = start
    for found in _ENTITY.finditer(page, start, end):
        words, length = _entity(found)
        if length:
            if at < found.start():
                yield Token("text", at, found.start(), page[at : found.start()])
            at = found.start() + length
            yield Token("text", found.start(), at, words)
    if at < end:
        yield Token("text", at, end, page[at:end])


def _entity(found: re.Match[str]) -> tuple[str, int]:
    """The character that an entity stands for, and how long the entity is; 0 if it is none."""
    name = found[1]
    if name is None:
        return unescape(found.group()), len(found.group())
    # Old entities work without a semicolon and may run into the next word.
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], length + 1
    return "", 0
