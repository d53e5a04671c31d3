"""The text of a PDF: its lines, pages parted by form feeds, paragraphs by blank lines.

A PDF knows no paragraphs. A line that ends a sentence well before the margin is taken to end one.
No sentence goes on after such a line, so none is cut by the blank line put there.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from .errors import MissingExtraError, SourceTextError

__all__ = ["pdf_text"]

#: Text of more characters is not read: a small file can unfold into any amount.
_MOST = 20_000_000
#: Ligatures become letters; control characters, which no XML can hold, go, but for line ends.
_PLAIN = str.maketrans(
    {chr(code): None for code in range(28) if chr(code) not in "\t\n\v\f\r"}
) | str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\Z")


def pdf_text(name: str, raw: bytes) -> str:
    """The text drawn from the bytes of a PDF.

    Raises:
        SourceTextError: if it is broken, locked, too long, or holds pictures only.
        MissingExtraError: if the library that reads PDFs is not installed.

    """
    try:
        import pypdf
        from pypdf.errors import FileNotDecryptedError
    except ImportError:
        raise MissingExtraError("PDF files", "pypdf", "pdf") from None
    # The library tells of every small fault; a file that cannot be read is told of here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages, length = [], 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceTextError(f"{name}: locked with a password; save it without one")
        for page in reader.pages:
            pages.append(_lines(page.extract_text()))
            length += sum(map(len, pages[-1]))
            if length > _MOST:
                raise SourceTextError(f"{name}: more text than an article can hold")
    except SourceTextError:
        raise
    except (FileNotDecryptedError, pypdf.errors.DependencyError):
        raise SourceTextError(f"{name}: locked with a password; save it without one") from None
    except Exception as error:  # a broken file can break the library anywhere
        raise SourceTextError(f"{name}: a broken PDF ({type(error).__name__}: {error})") from None
    if not length:
        raise SourceTextError(f"{name}: holds no text; it may be a scan")
    return "\n\f".join("\n".join(_parted(lines, _width(pages))) for lines in pages)


def _lines(text: str) -> list[str]:
    found = (line.strip() for line in text.translate(_PLAIN).splitlines())
    return [line for line in found if line]


def _width(pages: list[list[str]]) -> int:
    lengths = sorted(len(line) for lines in pages for line in lines)
    return lengths[len(lengths) * 9 // 10]


def _parted(lines: list[str], width: int) -> Iterator[str]:
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield line
        first = following.partition(" ")[0]
        short = len(line) + 1 + len(first) < width * 0.8
        if first and not first[0].islower() and short and _ENDS.search(line):
            yield ""
