"""The blocks of a plain text or of the text of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from ..paragraphs import is_wrapped, paragraphs, runs_on, width
from .blocks import Block, Tracer

__all__ = ["Lines", "hyphenated", "page_furniture", "paragraph_lines", "text_blocks"]

#: The lines of one paragraph: their spans in the text.
Lines = list[tuple[int, int]]

_LINE = re.compile(r"[^\r\n]+")
_LIST_MARK = re.compile(r"(?:[-*+•‣▪◦–]|\(?\d{1,2}[.)])\s+(?=\S)")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I)
_ENDS = re.compile(r"[.!?…:;؟۔。！？][\"'”’»)\]]*\Z")


def text_blocks(text: str, *, paged: bool = False) -> list[Block]:
    r"""The blocks of a text in order; ``paged`` if it is that of a PDF.

    >>> [block.words for block in text_blocks("Trams\n\nThey  squeal.")]
    ['Trams', 'They squeal.']
    """
    skipped = page_furniture(text) if paged else frozenset()
    known = _words(text) if paged else frozenset()
    blocks = []
    for group, lines in paragraph_lines(text, skipped):
        mark = _LIST_MARK.match(text, *lines[0])
        tracer = Tracer()
        start = mark.end() if mark else lines[0][0]
        for (_, end), following in zip_longest(lines, lines[1:]):
            if following is None:
                tracer.add(text, start, end)
                continue
            kept = hyphenated(text[start:end], text[slice(*following)], known, paged=paged)
            tracer.add(text, start, end - (kept == ""))
            if kept is None:
                tracer.mark(" ", end, following[0] - end)
            start = following[0]
        if block := tracer.block(group, listed=mark is not None):
            blocks.append(block)
    return blocks


def paragraph_lines(
    text: str, skipped: frozenset[int] = frozenset()
) -> Iterator[tuple[int, Lines]]:
    """The lines of each paragraph, with the number of its group, but for lines to be skipped.

    Paragraphs are those that anchors count; a line of a hard-wrapped text that stops short of the
    margin without ending a sentence (a headline, a byline) stands alone.
    """
    group, before, wide = 0, 0, width(text)
    wrapped = is_wrapped(text)
    for start, end in paragraphs(text):
        group += len(re.findall(r"\r\n?|\n", text[before:start])) > 1
        before = end
        found = _LINE.finditer(text, start, end) if wrapped else ()
        spans = [_stripped(text, *line.span()) for line in found] or [(start, end)]
        kept = [span for span in spans if span[0] not in skipped and span[0] < span[1]]
        lines: Lines = []
        for span, following in zip_longest(kept, kept[1:]):
            lines.append(span)
            words = text[slice(*span)]
            if following and (_ENDS.search(words) or _full(words, text[slice(*following)], wide)):
                continue
            yield group, lines
            lines = []


def _full(line: str, following: str, wide: int) -> bool:
    return following[0].islower() or runs_on(line, following, wide)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def hyphenated(
    line: str, following: str, known: frozenset[str], *, paged: bool = False
) -> str | None:
    """What joins a line to the next inside one word: ``-``, or nothing; ``None`` between words.

    Type-set text hyphenates words at line ends; there a hyphen stays only where the text has the
    word with it elsewhere.

    >>> hyphenated("the coun-", "cil agreed", frozenset(), paged=True)
    ''
    >>> hyphenated("a long-", "term plan", frozenset({"long-term"}), paged=True)
    '-'
    """
    broken, rest = _HYPHEN.search(line), _FIRST_WORD.match(following)
    if not broken or not rest or not rest.group()[0].islower():
        return None
    whole, compound = broken[1] + rest.group(), f"{broken[1]}-{rest.group()}"
    if paged and (whole.lower() in known or compound.lower() not in known):
        return ""
    return "-"


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)?", text))


def page_furniture(text: str) -> frozenset[int]:
    """Where the page numbers and running heads begin, in a text whose pages form feeds part.

    They are the one or two lines at the edges of a page that are a number, or that stand, numbers
    aside, at the edges of most pages.
    """
    pages: list[list[tuple[int, str]]] = []
    start = 0
    for page in text.split("\f"):
        spans = (
            _stripped(text, *line.span()) for line in _LINE.finditer(text, start, start + len(page))
        )
        pages.append([(first, text[first:last]) for first, last in spans if first < last])
        start += len(page) + 1
    heads = [side for lines in pages for side in (lines[:2], lines[:-3:-1])]
    counted = Counter(
        key for lines in pages for key in {_key(line) for _, line in lines[:2] + lines[-2:]}
    )
    return frozenset(_furniture(heads, counted, len(pages)))


def _furniture(
    sides: Iterable[list[tuple[int, str]]], counted: Counter[str], pages: int
) -> Iterator[int]:
    for side in sides:
        for start, line in side:
            repeated = pages > 1 and 2 * counted[_key(line)] > pages
            if not repeated and not _PAGE_NUMBER.fullmatch(line):
                break
            yield start


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())
