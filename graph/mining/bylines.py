"""Who wrote a piece and when, as its lines say."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["DATE", "authors_in", "byline", "date_in", "is_name"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{m}|{m[:3]}" for m in _MONTHS) + "|sept"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DATE = (
    rf"(?:{_WEEKDAY}\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+"
    r"(?P<year>\d{4})\b"
    rf"|{_WEEKDAY}\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year2>\d{4})\b"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_DATE = re.compile(DATE, re.I)
_BY = re.compile(
    r"(?:(?:written|words|text|story|opinion|analysis|commentary)\s+)?by(?:\s*:\s*|\s+)(?P<who>.+)"
    r"|authors?\s*:\s*(?P<named>.+)",
    re.I,
)
_HONORIFIC = re.compile(
    r"(?:(?:dr|prof|mr|mrs|ms|rev)\.?|professor|sir|dame|lord|lady|ambassador)\s+", re.I
)
_PARTS = re.compile(r"\s*(?:[,;|•·/]|\s[–—-]\s|\band\b|&|\bfor\b|\bin\b|\bat\b|\bfrom\b)\s*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTICLES = _set(
    "abu al ben bin da de del della den der di dos du e el ibn la le ten ter van von y"
)
_NOT_IN_NAMES = _set(
    "a an the this that our your his her its all university department ministry institute council"
    " staff team desk board editor editors editorial correspondent reporter reporters writer"
    " columnist contributor fellow professor lecturer reader director minister president secretary"
    " senator adviser advisor analyst chair chairman counselor envoy ambassador representative"
    " researcher scholar student center centre foundation agency press news times post journal"
    " review magazine monday tuesday wednesday thursday friday saturday sunday"
    " senior associate former deputy chief prime special guest " + " ".join(_MONTHS)
)


def is_name(words: str) -> bool:
    """True for what can be the name of a person: two to five capitalised words.

    >>> [is_name(words) for words in ("Ludwig van Beethoven", "Senior Fellow", "the trams")]
    [True, False, False]
    """
    found = words.split()
    if not 2 <= len(found) <= 5 or found[-1].lower() in _PARTICLES:
        return False
    return all(
        word in _PARTICLES
        or (
            word.lower().strip(".") not in _NOT_IN_NAMES
            and not word[0].islower()
            and all(part.isalpha() for part in re.split(r"[-.'’]", word) if part)
            and any(map(str.isalpha, word))
        )
        for word in found
    )


def authors_in(words: str) -> tuple[str, ...]:
    """The names of persons in a list of authors, without their offices.

    >>> authors_in("Derek Falk, Counselor of the Town of Bree and Dr. Ana Renck @ana")
    ('Derek Falk', 'Ana Renck')
    """
    bare = _DATE.sub(" , ", re.sub(r"\S*@[\w.-]+|https?://\S+|\([^)]*\)", " ", words))
    found = []
    for part in _PARTS.split(bare):
        name = _HONORIFIC.sub("", " ".join(part.split()).rstrip("."), count=1)
        if is_name(name):
            found.append(name.title() if name.isupper() else name)
    return tuple(dict.fromkeys(found))


def byline(line: str) -> tuple[str, ...]:
    """The authors that a byline names; empty if the line is none.

    >>> byline("By: Ines Falk and Viktor Brandt")
    ('Ines Falk', 'Viktor Brandt')
    >>> byline("By noon the trams had stopped")
    ()
    """
    found = _BY.fullmatch(line) if len(line) <= 250 else None
    if not found:
        return ()
    who = found["who"] or found["named"]
    # The first thing in a byline is a name; a sentence that begins with "by" has none there.
    first = next((part for part in _PARTS.split(re.sub(r"@[\w.-]+", "", who)) if part.strip()), "")
    return authors_in(who) if authors_in(first) else ()


def date_in(words: str) -> str | None:
    """The first date in some words, as ``YYYY-MM-DD``; ``None`` if there is none.

    >>> date_in("Bree, 20 October 2023 –")
    '2023-10-20'
    >>> date_in("published: Oct. 3rd, 2021")
    '2021-10-03'
    """
    found = _DATE.search(words)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"]).isoformat()
        month = (found["month"] or found["month2"])[:3].lower()
        number = [m[:3] for m in _MONTHS].index(month) + 1
        year, day = int(found["year"] or found["year2"]), int(found["day"] or found["day2"])
        return date(year, number, day).isoformat()
    except ValueError:
        return None
