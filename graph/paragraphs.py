"""The paragraphs of a text: its lines, or, where it is hard-wrapped, its blocks of lines.

In a hard-wrapped text a paragraph is a block of lines up to the next blank line; a line that begins
with a list mark (``-``, ``*``, ``+``) or with ``#`` begins one too. Whether a text is hard-wrapped
follows from its lines alone. Their *width* is the length that nine of ten lines do not exceed. A
line *runs on* if another follows directly, it does not end a sentence, and it is full: with the
first word of the next line it would reach four fifths of the width. A text is hard-wrapped if the
width is 30 to 160, a tenth of its lines run on, two at least, and these are more than half of the
full lines that another follows directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["is_wrapped", "paragraphs", "runs_on", "width"]

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n?|\n")
_MARK = re.compile(r"[-*+]\s|#")
_STOPS = re.compile(r"""[.!?…]["'”’»)\]]*\Z""")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""The spans of the paragraphs of a text in order.

    >>> list(paragraphs("One line.\nAnother."))
    [(0, 9), (10, 18)]
    >>> verse = "Trams squeal in the narrow bend,\nas buses do not in the wider one,"
    >>> list(paragraphs(verse + "\nso both should go straight on.\n\nYes."))
    [(0, 97), (99, 103)]
    """
    lines = list(_lines(text))
    if not is_wrapped(text):
        yield from lines
        return
    block: tuple[int, int] | None = None
    for start, end in lines:
        if block and _follows(text, block[1], start) and not _begins(text, block[0], start):
            block = (block[0], end)
            continue
        if block:
            yield block
        block = (start, end)
    if block:
        yield block


def is_wrapped(text: str) -> bool:
    r"""True for a text whose lines were broken at a width, not at the end of each paragraph.

    >>> is_wrapped("The trams squeal.\nThe buses do not.")
    False
    """
    lines = list(_lines(text))
    wide = width(text)
    if not 30 <= wide <= 160:
        return False
    full = running = 0
    for (start, end), (first, last) in pairwise(lines):
        line, following = text[start:end], text[first:last]
        if _follows(text, end, first) and not _MARK.match(following):
            full += _is_full(line, following, wide)
            running += runs_on(line, following, wide)
    return running >= max(2, len(lines) / 10) and 2 * running > full


def width(text: str) -> int:
    r"""The length that nine of ten lines of a text do not exceed; 0 for a blank text.

    >>> width("A tram.\nTwo trams.")
    10
    """
    lengths = sorted(end - start for start, end in _lines(text))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def runs_on(line: str, following: str, wide: int) -> bool:
    """True if a line ends no sentence, and ends only since the next word had no room.

    >>> runs_on("Trams squeal in the", "narrow bend.", 24)
    True
    >>> runs_on("On trams", "They squeal in the bend.", 24)
    False
    """
    return _is_full(line, following, wide) and not _STOPS.search(line)


def _is_full(line: str, following: str, wide: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) >= 0.8 * wide


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if stripped:
            start = line.start() + line.group().index(stripped[0])
            yield start, start + len(stripped)


def _follows(text: str, end: int, start: int) -> bool:
    """True if no blank line stands between the end of a line and the start of the next."""
    return sum(1 for _ in _LINE_END.finditer(text, end, start)) == 1


def _begins(text: str, first: int, start: int) -> bool:
    """True if a line begins a paragraph of its own, or the block before it is a heading."""
    return _MARK.match(text, start) is not None or text.startswith("#", first)
