"""Blocks: the paragraphs of a file before anybody has told which are prose, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..readable import INVISIBLE
from .parts import Run

__all__ = ["Block", "Tracer", "joined"]

#: White space other than one blank, and characters that take no room.
_ODD = re.compile(rf"\s{{2,}}|[^\S ]|[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, white space collapsed, with the runs that lead to its words in the file.

    ``group`` is shared by blocks that follow one another with nothing between them. ``heading``
    and ``listed`` say that the file marks it as a heading or an item of a list, ``credit`` that it
    marks it as a caption.
    """

    words: str
    runs: tuple[Run, ...]
    group: int = 0
    heading: bool = False
    listed: bool = False
    credit: bool = False

    def without(self, first: int) -> Block:
        """The block without its first characters.

        >>> Block("Bonn: Trams", (Run(0, 5, 11, 11),)).without(6)
        ... # doctest: +NORMALIZE_WHITESPACE
        Block(words='Trams', runs=(Run(prose=0, file=11, length=5, file_length=5),), group=0,
              heading=False, listed=False, credit=False)
        """
        runs = []
        for run in self.runs:
            cut = min(max(first - run.prose, 0), run.length)
            if cut == run.length:
                continue
            plain = cut if run.length == run.file_length else 0
            runs.append(
                Run(
                    run.prose + cut - first, run.file + plain, run.length - cut,
                    run.file_length - plain,
                )
            )  # fmt: skip
        return replace(self, words=self.words[first:], runs=tuple(runs))


class Tracer:
    """Builds a block from pieces of a file.

    >>> tracer = Tracer()
    >>> tracer.add("Trams  squeal", 0, 13)
    >>> tracer.mark("!", 20, 4)
    >>> tracer.block().runs  # doctest: +NORMALIZE_WHITESPACE
    (Run(prose=0, file=0, length=5, file_length=5), Run(prose=5, file=5, length=1, file_length=2),
     Run(prose=6, file=7, length=6, file_length=6), Run(prose=12, file=20, length=1, file_length=4))
    """

    def __init__(self) -> None:
        self._words: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def add(self, text: str, start: int, end: int) -> None:
        """Add the characters of a text from start to end, white space collapsed."""
        at = start
        for odd in _ODD.finditer(text, start, end):
            self._plain(text, at, odd.start())
            if odd.group() not in INVISIBLE:
                self.mark(" ", odd.start(), len(odd.group()))
            at = odd.end()
        self._plain(text, at, end)

    def mark(self, words: str, start: int, length: int) -> None:
        """Add words that stand for other characters of the file: an entity, a line end."""
        words = " ".join(words.split()) if words.strip() else words[:1] and " "
        if words and words not in INVISIBLE and not (words == " " and self._at_gap()):
            self._append(words, start, length)

    def _plain(self, text: str, start: int, end: int) -> None:
        if start < end and text[start] == " " and self._at_gap():
            start += 1
        if start < end:
            self._append(text[start:end], start, end - start)

    def _at_gap(self) -> bool:
        return not self._words or self._words[-1].endswith(" ")

    def _append(self, words: str, start: int, length: int) -> None:
        run = Run(self._length, start, len(words), length)
        last = self._runs[-1] if self._runs else None
        if last and _joins(last, run):
            length = last.length + run.length
            self._runs[-1] = Run(last.prose, last.file, length, length)
        else:
            self._runs.append(run)
        self._words.append(words)
        self._length += len(words)

    def block(
        self, group: int = 0, *, heading: bool = False, listed: bool = False, credit: bool = False
    ) -> Block | None:
        """What was added, as a block; ``None`` if it is blank."""
        words = "".join(self._words)
        runs = self._runs
        if words.endswith(" "):
            words, last = words[:-1], runs[-1]
            plain = last.length == last.file_length
            shorter = Run(last.prose, last.file, last.length - 1, last.file_length - plain)
            runs = [*runs[:-1], shorter] if shorter.length else runs[:-1]
        if not words:
            return None
        return Block(words, tuple(runs), group, heading, listed, credit)


def _joins(last: Run, run: Run) -> bool:
    return (
        last.length == last.file_length
        and run.length == run.file_length
        and last.file + last.length == run.file
    )


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Run, ...]]:
    """The prose of some blocks, a blank line between them, and its runs."""
    words: list[str] = []
    runs: list[Run] = []
    at = 0
    for block in blocks:
        words.append(block.words)
        runs += (Run(run.prose + at, run.file, run.length, run.file_length) for run in block.runs)
        at += len(block.words) + 2
    return "\n\n".join(words), tuple(runs)
