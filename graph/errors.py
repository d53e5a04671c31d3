"""The errors a user can cause, each a single line that says what, where and how to mend it.

Everything here derives from :class:`SicetnonError`; the command line catches that type in one
place, prints ``error: ...`` and exits with status 1. Any other exception is a bug of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ArgdownError",
    "ConformanceError",
    "DebateError",
    "ForbiddenQueryError",
    "FormatError",
    "MiningError",
    "MissingExtraError",
    "NotAcceptableError",
    "Place",
    "QueryError",
    "SicetnonError",
    "SourceTextError",
    "StoreError",
    "UnknownNameError",
]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file a person can edit: file name, line and perhaps column, counted from 1.

    >>> str(Place("hehir.argdown", 12, 5))
    'hehir.argdown:12:5'
    >>> str(Place("hehir.argdown", 12))
    'hehir.argdown:12'
    >>> str(Place("hehir.argdown"))
    'hehir.argdown'
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(p) for p in (self.file, self.line, self.column) if p is not None)


class SicetnonError(Exception):
    """Base of all errors a user can mend; ``str()`` is one line, led by the place if known."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        self.place = place
        self.message = " ".join(message.split())
        super().__init__(f"{place}: {self.message}" if place else self.message)


class DebateError(SicetnonError):
    """A debate whose parts do not fit together: an unknown name, a claim supporting itself."""


class ArgdownError(SicetnonError):
    """Argdown text that breaks the syntax, or uses a part of it that argument maps do not need."""


class FormatError(SicetnonError):
    """A file in another format that cannot be read, or a format that nobody knows."""


class MissingExtraError(SicetnonError):
    """A library that is not installed, since it comes with an extra that nobody asked for.

    >>> str(MissingExtraError("Word files", "python-docx", "office"))
    "Word files need python-docx, which is not installed; run: pip install 'sicetnon[office]'"
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(
            f"{what} need {library}, which is not installed; run: pip install 'sicetnon[{extra}]'"
        )


class MiningError(SicetnonError):
    """A text that cannot be mined, or a model or cluster that does not do its part."""


class SourceTextError(SicetnonError):
    """A source text that is absent, changed, or does not hold what an anchor points to."""


class StoreError(SicetnonError):
    """A triple store that cannot be opened, read or written."""


class QueryError(SicetnonError):
    """A SPARQL query that does not exist, does not parse, or may not run here."""


class ForbiddenQueryError(QueryError):
    """A query that would change data or ask another server."""


class NotAcceptableError(QueryError):
    """A query whose answer cannot be had in any format that is wanted."""


class ConformanceError(SicetnonError):
    """RDF that breaks the SHACL shapes."""


class UnknownNameError(SicetnonError):
    """A claim, author or query that is not there; the message lists the nearest names."""
