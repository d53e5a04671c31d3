"""What a format cannot hold: the features of a debate, and how what is lost is counted.

A format says in the table which features it keeps. Readers, and :mod:`graph.formats.fitting` for
writers, tally what does not get through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from ..model import Agent, Debate

__all__ = [
    "ALL",
    "NOBODY",
    "Feature",
    "Fitted",
    "Loss",
    "Reading",
    "Tally",
    "cut",
    "debate_name",
    "free_name",
    "stem_of",
]

#: Who holds the claims of a file that names nobody.
NOBODY = Agent("author", "author (not named)")


class Feature(StrEnum):
    """Something about a debate that a format keeps or not."""

    AUTHORS = "authors"
    SOURCES = "sources"
    STATUS = "status"
    ANCHORS = "anchors"
    ORIGIN = "origin"
    TAGS = "tags"
    KINDS = "kinds of attack"
    UNDERCUTS = "undercuts"
    LINKED = "linked premises"
    NAMES = "names of supports"
    SCHEMES = "schemes"
    REPHRASES = "rephrases"
    ISSUES = "issues"
    TITLE = "title"
    BASE = "name and base"
    IDS = "names of claims"


#: What a format keeps that keeps everything.
ALL = frozenset(Feature)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not passed on: what, how many, and the first of them.

    >>> str(Loss("anchors", 2, "[a] at 1.1"))
    'anchors: 2, such as [a] at 1.1'
    """

    what: str
    count: int
    example: str

    def __str__(self) -> str:
        such = "such as " if self.count > 1 else ""
        return f"{self.what}: {self.count}, {such}{self.example}"


class Tally:
    """Losses as they are found, each kind counted and its first example kept."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def add(self, what: str, example: object, count: int = 1) -> None:
        """Count one more of a kind."""
        self._counts[what] += count
        self._examples.setdefault(what, " ".join(str(example).split())[:100])

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What was found, in the order of the first of each kind."""
        return tuple(Loss(what, self._counts[what], self._examples[what]) for what in self._counts)


@dataclass(frozen=True, slots=True)
class Reading:
    """A debate as read, and what its file says that a debate does not hold."""

    debate: Debate
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """The nearest debate that a format holds, and what it lacks."""

    debate: Debate
    losses: tuple[Loss, ...] = ()


def cut(text: str, size: int = 60) -> str:
    """The text, cut short for a report.

    >>> cut("one two three", 8)
    'one two…'
    """
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


def stem_of(file: str, suffix: str) -> str:
    """A name for the debate in a file, from its own name without that suffix or any other.

    >>> stem_of("maps/us.aif.json", ".aif.json"), stem_of("us.json", ".aif.json")
    ('us', 'us')
    """
    path = PurePath(file)
    return debate_name(path.name.removesuffix(suffix) if path.name.endswith(suffix) else path.stem)


def debate_name(stem: str) -> str:
    """A name for a debate, from the stem of its file.

    >>> debate_name("us [2016]")
    'us -2016-'
    """
    return (
        " ".join(re.sub(r"[\[\]<>{}\x00-\x1f\x7f-\x9f\u2028\u2029]", "-", stem).split()) or "debate"
    )


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first of ``name (2)``, ``name (3)``, ... that is not taken.

    >>> free_name("a", {"a", "a (2)"})
    'a (3)'
    """
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
