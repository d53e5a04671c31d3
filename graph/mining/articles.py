"""Articles read from files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from .parts import Article, Run

__all__ = ["read_article"]


def read_article(path: Path) -> Article:
    """The article in a text file."""
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    runs, prose, position = [], "", 0
    title, authors = None, ()
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().strip()
        if not words:
            continue
        if match := re.match(r"By ([A-Z][\w .-]+?)(?: @\w+)?,?$", words):
            authors = tuple(re.split(r" and |, ", match[1].strip()))
            continue
        if len(words) < 90 and not words.endswith((".", "?", "!", "”")):
            title = title or words
            continue
        if prose:
            prose += "\n\n"
        runs.append(
            Run(len(prose), line.start() + line.group().index(words[0]), len(words), len(words))
        )
        prose += words
    return Article(
        path.name, text, prose, tuple(runs), hashlib.sha256(raw).hexdigest(), title, authors
    )
