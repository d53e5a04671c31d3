"""What the stages of mining hand on: article, sentence, utterance, mined claim, mined relation.

Every span counts characters of :attr:`Article.prose`; :meth:`Article.in_file` leads back to the
characters of the file, which is what anchors count.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from ..model import Status

__all__ = [
    "Article",
    "MinedClaim",
    "MinedRelation",
    "Piece",
    "RelationKind",
    "Run",
    "Sentence",
    "Span",
    "Utterance",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` of a text, counted from 0, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span.

        >>> Span(4, 9).of("The trams squeal.")
        'trams'
        """
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """True if the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """A stretch of prose and where it begins in the file.

    Both have the same characters there, but for one character of prose that stands for several of
    the file, such as an entity or a line end.
    """

    prose: int
    file: int
    length: int
    file_length: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text as its readers see it: the prose, where it stands in the file, and who wrote it.

    ``characters`` is the whole file as text, ``prose`` the piece without what surrounds it, its
    paragraphs separated by one blank line. Where a headline stands over it in the file, that is the
    first paragraph, of ``headline`` characters: it is often the one place where an author says what
    all the rest argues for. ``sha256`` is of the bytes of the file.
    """

    name: str
    characters: str
    prose: str
    runs: tuple[Run, ...]
    sha256: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None
    headline: int = 0

    @property
    def body(self) -> str:
        """The prose below the headline."""
        return self.prose[self.headline :].lstrip("\n")

    @classmethod
    def plain(
        cls, name: str, text: str, title: str | None = None, authors: tuple[str, ...] = ()
    ) -> Article:
        """The article of a text all of which is prose; it comes from no file, so has no hash.

        >>> Article.plain("a", "Trams squeal.").in_file(Span(0, 5))
        Span(start=0, end=5)
        """
        run = Run(0, 0, len(text), len(text))
        return cls(name, text, text, (run,), "0" * 64, title, authors)

    def in_file(self, span: Span) -> Span:
        """The span of the file that shows a span of the prose."""
        return Span(self._at(span.start), self._at(span.end - 1, last=True))

    def _at(self, position: int, *, last: bool = False) -> int:
        run = self.runs[bisect_right(self.runs, position, key=lambda r: r.prose) - 1]
        into = position - run.prose
        if run.length == run.file_length:
            return run.file + into + last
        return run.file + (run.file_length if last else 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose: its paragraph and number from 1, span, and the clauses in it."""

    paragraph: int
    number: int
    span: Span
    clauses: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one holder says in one place: a clause or sentence without the frame of its report.

    ``sentence`` is its place among the sentences of the article, counted from 0, and ``paragraph``
    counts from 1. ``holder`` is the speaker as the piece names them, ``None`` for its author.
    ``cue`` says what told so, such as ``quotation`` or ``according to``; it is empty for the
    author's own words.
    """

    span: Span
    sentence: int
    paragraph: int
    holder: str | None = None
    status: Status = Status.ASSERTED
    cue: str = ""


@dataclass(frozen=True, slots=True)
class MinedClaim:
    """An utterance that claims something, in words that stand on their own, with confidence."""

    utterance: Utterance
    text: str
    confidence: float


class RelationKind(StrEnum):
    """What joins two claims."""

    SUPPORT = "support"
    ATTACK = "attack"
    REPHRASE = "rephrase"


@dataclass(frozen=True, slots=True)
class MinedRelation:
    """A relation from one claim to another, by their numbers in the list they were mined into."""

    kind: RelationKind
    source: int
    target: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """An article with what was mined from it alone, and remarks on what had to be refused."""

    article: Article
    claims: tuple[MinedClaim, ...]
    relations: tuple[MinedRelation, ...]
    notes: tuple[str, ...] = ()
