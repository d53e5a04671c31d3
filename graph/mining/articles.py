"""Articles read from files: the prose, where it stands in the file, and who wrote it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..errors import SourceTextError
from ..readable import decoded, file_bytes, is_page, is_pdf
from .articles_markdown import front_matter, markdown_blocks
from .articles_page import facts, page_blocks
from .articles_text import text_blocks
from .blocks import joined
from .parts import Article
from .prose import Stated, find_prose

__all__ = ["SUFFIXES", "read_article"]

#: The suffixes of the files that can be read.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf")


def read_article(path: Path) -> Article:
    """The article in a file: text, Markdown, a web page or a PDF.

    Every span of a paragraph of the prose leads to characters of the file that show its words.

    Raises:
        SourceTextError: in one line, if the file cannot be read or holds no article.
        MissingExtraError: for a PDF, if the library that reads them is not installed.

    """
    name = path.name
    if path.suffix.lower() not in SUFFIXES:
        raise SourceTextError(f"{path}: no article is read from such a file; known: {_KNOWN}")
    raw = file_bytes(path)
    if not raw:
        raise SourceTextError(f"{path}: the file is empty")
    text = decoded(str(path), raw)
    if "\0" in text:
        raise SourceTextError(f"{path}: no text; character {text.index(chr(0))} is a NUL")
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise SourceTextError(f"{path}: holds nothing but white space")
    if is_page(name):
        stated, blocks = facts(text), page_blocks(text)
    elif path.suffix.lower() == ".md":
        stated, blocks = front_matter(text), markdown_blocks(text)
    else:
        stated, blocks = Stated(), text_blocks(text, paged=is_pdf(name))
    found = find_prose(blocks, stated)
    if not found.prose:
        raise SourceTextError(f"{path}: holds no article")
    over = (found.headline,) if found.headline else ()
    prose, runs = joined((*over, *found.prose))
    says = found.stated
    return Article(
        name, text, prose, runs, hashlib.sha256(raw).hexdigest(),
        says.title, says.authors, says.date, says.publisher,
        len(found.headline.words) if found.headline else 0,
    )  # fmt: skip


_KNOWN = ", ".join(SUFFIXES)
