"""What a person sees in a source text: the characters that anchors count, the words at a span.

The characters of a text file are the code points of the file, a byte order mark among them; those
of a web page are the code points of its HTML, and those of a PDF the text drawn from it. So an
anchor leads into the file itself wherever that is text.
"""

from __future__ import annotations

import codecs
from pathlib import Path, PurePath

from .errors import SourceTextError
from .readable_page import read_page

__all__ = ["INVISIBLE", "MOST", "characters", "decoded", "file_bytes", "is_page", "is_pdf", "shown"]

#: No file of more bytes is read: no article is that long.
MOST = 20_000_000

#: Characters that take no room: soft hyphen, zero-width space, word joiner, byte order mark.
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_TO_NOTHING = dict.fromkeys(map(ord, INVISIBLE))


def is_page(name: str) -> bool:
    """True for the name of a web page.

    >>> is_page("trams.HTML")
    True
    """
    return PurePath(name).suffix.lower() in (".html", ".htm")


def is_pdf(name: str) -> bool:
    """True for the name of a PDF.

    >>> is_pdf("trams.txt")
    False
    """
    return PurePath(name).suffix.lower() == ".pdf"


def characters(path: Path) -> str:
    """The characters of a file that anchors count.

    Raises:
        SourceTextError: if the file cannot be read, is too large, or holds no text of its kind.
        MissingExtraError: for a PDF, if the library that reads them is not installed.

    """
    return decoded(str(path), file_bytes(path))


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that is small enough to be an article.

    Raises:
        SourceTextError: if the file cannot be read, or is too large.

    """
    try:
        size = path.stat().st_size
        if size > MOST:
            raise SourceTextError(
                f"{path}: {size / 1e6:.0f} MB are too large for an article; "
                f"the most that is read is {MOST / 1e6:.0f} MB"
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceTextError(f"{path}: {error.strerror}") from None


def decoded(name: str, raw: bytes) -> str:
    r"""The characters in the bytes of a file with this name.

    Raises:
        SourceTextError: if a text file is neither UTF-8 nor marked as UTF-16, or a PDF holds none.
        MissingExtraError: for a PDF, if the library that reads them is not installed.

    >>> decoded("trams.txt", b"Trams squeal.")
    'Trams squeal.'

    """
    if is_pdf(name):
        from .readable_pdf import pdf_text

        return pdf_text(name, raw)
    encoding = "utf-8"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Named so that the mark stays a character, as it does in UTF-8.
        encoding = "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceTextError(
            f"{name}: not {encoding.upper()[:6].rstrip('-')} at byte {error.start}"
        ) from None


def shown(name: str, text: str, start: int, end: int) -> str:
    """The words that a person sees at a span of the characters of a file with this name.

    >>> shown("trams.html", "<p>Trams <b>squeal</b> &amp; sing.</p>", 3, 34)
    'Trams squeal & sing.'
    >>> shown("trams.txt", "Trams squeal.", 0, 5)
    'Trams'
    """
    if is_pdf(name):
        # Its lines end where the page does, and pages are parted by a sign that is none to see.
        return " ".join(text[start:end].split())
    if not is_page(name):
        return text[start:end]
    found, block = [], None
    for stretch in read_page(text).stretches:
        first, last = max(start, stretch.start), min(end, stretch.end)
        if first >= last:
            continue
        if stretch.block != block:
            found.append(" ")
            block = stretch.block
        plain = len(stretch.words) == stretch.end - stretch.start
        cut = slice(first - stretch.start, last - stretch.start) if plain else slice(None)
        found.append(stretch.words[cut])
    return " ".join("".join(found).translate(_TO_NOTHING).split())
