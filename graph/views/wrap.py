"""Text broken into lines that fit a box, from a table of letter widths: no browser needed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["first_strong_is_rtl", "text_width", "wrap"]

# Widths of Helvetica, in ems; what is not here is taken as 0.56, or 1.0 where it is full width.
_WIDTHS = {
    **dict.fromkeys("ijl'|!.,:;I ", 0.28),
    **dict.fromkeys('frt()[]/-"`', 0.34),
    **dict.fromkeys("cksvxyzJ", 0.51),
    **dict.fromkeys("wFTZL", 0.65),
    **dict.fromkeys("ABCDEGHKNOPQRSUVXY&", 0.72),
    **dict.fromkeys("mM%@", 0.88),
    **dict.fromkeys("W\u2014\u2026", 1.0),
}


def _char_width(char: str) -> float:
    if (known := _WIDTHS.get(char)) is not None:
        return known
    if char < "\u0300":
        return 0.56
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.62


@lru_cache(maxsize=65536)
def text_width(word: str) -> float:
    """Return the width of the word in ems of a Helvetica-like font.

    >>> round(text_width("tram"), 2)
    2.12
    """
    return sum(map(_char_width, word))


def first_strong_is_rtl(text: str) -> bool:
    """Return True if the first letter with a direction runs from right to left.

    >>> first_strong_is_rtl("1. שלום"), first_strong_is_rtl("Trams")
    (True, False)
    """
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def _pieces(word: str, room: float) -> list[str]:
    """Cut a word that is wider than a line."""
    if text_width(word) <= room:
        return [word]
    out, start, used = [], 0, 0.0
    for i, char in enumerate(word):
        step = _char_width(char)
        if used + step > room and i > start:
            out.append(word[start:i])
            start, used = i, 0.0
        used += step
    out.append(word[start:])
    return out


def wrap(text: str, width: float, size: float, max_lines: int = 12) -> tuple[str, ...]:
    """Return the text in lines no wider than `width` in a font of that size.

    The last of `max_lines` ends in an ellipsis if there is more.

    >>> wrap("Night buses pay for themselves.", 100, 13)
    ('Night buses pay', 'for themselves.')
    >>> wrap("Night buses pay for themselves.", 100, 13, max_lines=1)
    ('Night buses…',)
    """
    room, lines = width / size, list[str]()
    current, used = "", 0.0
    for word in text.split():
        for piece in _pieces(word, room):
            step = text_width(piece)
            if current and used + 0.28 + step > room:
                lines.append(current)
                if len(lines) == max_lines:
                    return (*lines[:-1], _shorten(lines[-1], room))
                current, used = piece, step
            elif current:
                current, used = f"{current} {piece}", used + 0.28 + step
            else:
                current, used = piece, step
    return (*lines, current)


def _shorten(line: str, room: float) -> str:
    while line and text_width(line) + 1 > room:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,;.") + "…"
