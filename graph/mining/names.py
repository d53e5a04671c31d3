"""The names that a piece gives to those who speak in it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from .parts import Article

__all__ = ["full_name", "is_name", "names_in", "own_words"]

_WORD = r"[A-Z](?:[\w'’-]*\w|\.)?"
_PROPER = re.compile(rf"{_WORD}(?:\s(?:(?:de|van|von|der|al|el|bin)\s)?{_WORD})+")
_TRAILING = re.compile(r"(?:[A-Z][\w.'’-]*\s)*(?:(?:de|van|von|der|al)\s)?[A-Z][\w.'’-]*\Z")
_ROLE = re.compile(
    r"\b(?:president|minister|mayor|senator|chancellor|secretary|ambassador|judge|professor|dr|mr|"
    r"mrs|ms|sir|envoy|general|governor|bishop|jurist|treasurer|director|councillor|leader|"
    r"spokesman|spokeswoman|economist|historian|commander|chief)\b",
    re.I,
)

#: Words with a capital because a sentence begins with them.
_FIRST = frozenset("The In On At But And As When If For Like While Since A An".split())  # noqa: SIM905

#: What stands before a name without being part of it: NATO, Serbian.
_NATION = re.compile(r"[A-Z.]{2,}(?:['’]s)?|[A-Z]\w+(?:ian|ean|ese|ish)")


def full_name(article: Article, phrase: str, before: int, last: str | None) -> str | None:
    """The fullest form of a speaker's name in the piece; ``last`` for a pronoun.

    ``before`` is where in the prose the phrase stands. A phrase that names nobody stays as it is.
    """
    bare = " ".join(phrase.split()).strip(" ,.'’")
    bare = re.sub(r"\A(?:But|And|Yet|So|Still|Even|Indeed|However|Meanwhile)\s", "", bare)
    if bare.lower() in ("he", "she"):
        return _person_before(article.prose, before) or last or bare.capitalize()
    if bare.lower() == "they":
        return last or "They"
    if bare.lower() in ("it", ""):
        return last
    named = _TRAILING.search(bare)
    if named and (len(named.group().split()) > 1 or _ROLE.search(bare) or named.group() == bare):
        proper = named.group()
        if proper.lower().startswith("the "):
            return bare
        words = [w for w in proper.split() if not _ROLE.fullmatch(w)] or proper.split()
        return _longest(article.body, " ".join(words))
    return bare[:1].upper() + bare[1:]


def is_name(phrase: str) -> bool:
    """True for a proper name of at least two words.

    >>> is_name("Helen Aske"), is_name("The mayor")
    (True, False)
    """
    return _PROPER.fullmatch(phrase.strip()) is not None


def names_in(prose: str, start: int, end: int) -> tuple[str, ...]:
    """The persons named in a stretch of prose, each in the fullest form, in order of last mention.

    >>> names_in("Edith Vance met Jo Lund. Vance spoke.", 0, 37)
    ('Jo Lund', 'Edith Vance')
    """
    known = _names(prose)
    found: dict[str, None] = {}
    for match in re.finditer(_WORD, prose[start:end]):
        full = known.get(re.sub(r"['’]s?\Z", "", match.group()))
        if full is not None:
            found.pop(full, None)
            found[full] = None
    return tuple(found)


def _person_before(prose: str, before: int) -> str | None:
    """The person named last before a place, in the same paragraph."""
    start = max(prose.rfind("\n", 0, before) + 1, before - 400)
    named = names_in(prose, start, before)
    return named[-1] if named else None


def _longest(prose: str, name: str) -> str:
    """The name as the piece has it in full, by its last word."""
    full = _names(prose).get(name.split()[-1])
    return full if full is not None and set(name.split()) <= set(full.split()) else name


@lru_cache(maxsize=8)
def _names(prose: str) -> dict[str, str]:
    """The full names in a piece by their last word: the form that stands there most often."""
    found: dict[str, Counter[str]] = {}
    for match in _PROPER.finditer(prose):
        words = [w for w in match.group().split() if not _ROLE.fullmatch(w)]
        while len(words) > 2 and (words[0] in _FIRST or _NATION.fullmatch(words[0])):
            words = words[1:]
        last = re.sub(r"['’]s?\Z", "", words[-1]) if words else ""
        if 1 < len(words) < 4 and words[0] not in _FIRST:
            found.setdefault(last, Counter())[" ".join([*words[:-1], last])] += 1
    return {last: max(names, key=lambda n: (names[n], len(n))) for last, names in found.items()}


def own_words(article: Article, holder: str) -> bool:
    """True if the holder is an author of the piece.

    >>> own_words(Article.plain("a", "x", authors=("Ann Lee",)), "Lee")
    True
    """
    words = holder.split()
    if re.fullmatch(r"I|we|We|us|this (?:author|writer|paper)", holder):
        return True
    return any(set(words) <= set(author.split()) for author in article.authors)
