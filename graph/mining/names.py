"""The names that a piece gives to those who speak in it."""

from __future__ import annotations

import re
from functools import lru_cache

from .parts import Article

__all__ = ["full_name", "is_pronoun", "own_words"]

_PRONOUNS = frozenset("he she they it".split())  # noqa: SIM905
_PROPER = re.compile(r"[A-Z][\w.'’-]*(?:\s(?:(?:de|van|von|der|al|el|bin|of)\s)?[A-Z][\w.'’-]*)+")
_TRAILING = re.compile(r"(?:[A-Z][\w.'’-]*\s)*(?:(?:de|van|von|der|al)\s)?[A-Z][\w.'’-]*\Z")
_ROLE = re.compile(
    r"\b(?:president|minister|mayor|senator|chancellor|secretary|ambassador|judge|professor|dr|mr|"
    r"mrs|ms|sir|envoy|general|governor|bishop|jurist|treasurer|director|councillor|leader|"
    r"spokesman|spokeswoman|economist|historian|commander|chief)\b",
    re.I,
)


def is_pronoun(phrase: str) -> bool:
    """True for a personal pronoun of the third person.

    >>> is_pronoun("She"), is_pronoun("Shea")
    (True, False)
    """
    return phrase.strip().lower() in _PRONOUNS


def full_name(article: Article, phrase: str, before: int, last: str | None) -> str | None:
    """The fullest form of a speaker's name in the piece; ``last`` for a pronoun.

    ``before`` is where in the prose the phrase stands. A phrase that names nobody stays as it is.
    """
    bare = " ".join(phrase.split()).strip(" ,.'’")
    bare = re.sub(r"\A(?:But|And|Yet|So|Still|Even|Indeed|However|Meanwhile)\s", "", bare)
    if not bare or is_pronoun(bare):
        return (_person_before(article.prose, before) or last) if _one(bare) else last
    if re.match(r"(?:his|her|its|their)\s", bare, re.I) and last is not None:
        # "Her colleague" is somebody else, "its speaker" speaks for the same body
        bare = bare[:1].upper() + bare[1:]
    named = _TRAILING.search(bare)
    if named and (len(named.group().split()) > 1 or _ROLE.search(bare) or named.group() == bare):
        proper = named.group()
        if proper.lower().startswith("the ") or (
            named.group() == bare and bare.split()[0] == "The"
        ):
            return bare
        words = [w for w in proper.split() if not _ROLE.fullmatch(w)] or proper.split()
        return _longest(article.prose, " ".join(words))
    return bare[:1].upper() + bare[1:]


def _one(pronoun: str) -> bool:
    return pronoun.lower() in ("he", "she")


def _person_before(prose: str, before: int) -> str | None:
    """The person named last before a place, in the same paragraph."""
    start = max(prose.rfind("\n", 0, before) + 1, before - 400)
    named = None
    for match in _PROPER.finditer(prose, start, before):
        words = match.group().split()
        known = _names(prose).get(words[-1])
        if known and len(words) < 5:
            named = max(known, key=len)
    return named


def _longest(prose: str, name: str) -> str:
    """The longest name in the piece that ends in the last word of this one."""
    known = _names(prose).get(name.split()[-1], ())
    fitting = [full for full in known if set(name.split()) <= set(full.split())]
    return max([*fitting, name], key=len)


@lru_cache(maxsize=8)
def _names(prose: str) -> dict[str, tuple[str, ...]]:
    """The names of several words in a piece, by their last word."""
    found: dict[str, dict[str, None]] = {}
    for match in _PROPER.finditer(prose):
        words = [w for w in match.group().split() if not _ROLE.fullmatch(w)]
        while words and words[0] in (
            "The",
            "In",
            "On",
            "At",
            "But",
            "And",
            "As",
            "When",
            "If",
            "For",
        ):
            words = words[1:]
        if 1 < len(words) < 4:
            found.setdefault(words[-1], {})[" ".join(words)] = None
    return {last: tuple(names) for last, names in found.items()}


def own_words(article: Article, holder: str) -> bool:
    """True if the holder is an author of the piece.

    >>> from graph.mining.parts import Run
    >>> own_words(Article("a", "x", "x", (Run(0, 0, 1, 1),), "", authors=("Ann Lee",)), "Lee")
    True
    """
    words = holder.split()
    if re.fullmatch(r"I|we|We|us|this (?:author|writer|paper)", holder):
        return True
    return any(set(words) <= set(author.split()) for author in article.authors)
