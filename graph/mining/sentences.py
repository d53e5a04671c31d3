"""Sentences of an article and the clauses in them that could be claims of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..passages import sentences as split
from .parts import Article, Sentence, Span
from .words import CONNECTIVES, FINITE, INITIAL, LEADING, alternatives

__all__ = ["connective_before", "connective_of", "sentences"]

#: A shorter stretch is no clause of its own.
_SHORTEST = 14

#: A longer sentence is not looked into: it is no prose.
_LONGEST = 4000

#: Where a sentence may be cut: the second group is what the next clause begins with.
_CUT = re.compile(
    r"(?P<mark>;|:|\s[–—-]|,)\s+(?P<word>and|but|so|yet|because|since|while|whereas|although|though|"
    r"for|or|nor|as)?(?(word)\b\s*,?\s*)"
    r"|(?P<gap>\s+)(?P<bare>because|although|whereas|even though)\s+",
    re.I,
)

#: A clause that begins so depends on the one it stands beside.
_DEPENDENT = re.compile(
    r"(?:who|which|that|whose|whom|where|when|if|unless|until|before|after|to|including|such as|"
    r"having|being|\w+ing)\b",
    re.I,
)

#: What "and" leads to is a clause of its own only where it begins with a subject.
_SUBJECT = re.compile(
    r"(?:the|a|an|this|that|these|those|its|his|her|their|our|my|your|it|he|she|they|we|I|you|there|"
    r"no|nobody|nothing|none|every|each|all|most|many|some|few|what|whoever|such|another|both|"
    r"neither|only|not|in|on|at|with|without|if|when|even)\b|[A-Z]"
    r"|[\w'’-]+(?:\s[\w'’-]+){0,3}?\s(?:is|are|was|were|has|have|had|will|would|can|could|may|must|"
    r"should|does|do|did|cannot)\b"
)

#: The verb of such a subject is still to come: "The idea that it works because ... is mistaken."
_NOTION = re.compile(
    r"\W*(?:the|this|that|any)\s(?:\w+\s)?(?:claim|idea|notion|argument|belief|view|fact|myth|"
    r"assumption|suggestion|assertion|illusion)\sthat\b[^,;:]*\Z",
    re.I,
)
_SUBORDINATE = re.compile(r"(?:although|though|while|whereas|since|because|as|even though)\b", re.I)
_OPENING, _CLOSING = "“«([", "”»)]"


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the prose in order, each with its clauses.

    >>> text = "Electric trams are quiet, but they squeal in curves."
    >>> article = Article.plain("a.txt", text)
    >>> [clause.of(text) for clause in sentences(article)[0].clauses]
    ['Electric trams are quiet', 'they squeal in curves.']
    """
    return _sentences(article.prose)


@lru_cache(maxsize=8)
def _sentences(prose: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            found.paragraph,
            found.number,
            Span(found.start, found.end),
            tuple(_clauses(prose, found.start, found.end)),
        )
        for found in split(prose)
    )


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of a sentence: stretches with a verb of their own, without what leads to them."""
    if end - start > _LONGEST:
        yield Span(start, end)
        return
    inside = _inside(text[start:end])
    first = start
    for cut in _CUT.finditer(text, start, end):
        if inside[cut.start() - start] or cut.start() < first or not _cuts(text, first, cut, end):
            continue
        yield _led(text, first, cut.start(), INITIAL if first == start else LEADING)
        first = cut.end()
    yield _led(text, first, end, INITIAL if first == start else LEADING)


def _inside(sentence: str) -> list[bool]:
    """For each character whether it stands in a quotation or in brackets."""
    depth, straight, found = 0, False, []
    for char in sentence:
        if char in _OPENING:
            depth += 1
        found.append(depth > 0 or straight)
        if char in _CLOSING:
            depth = max(0, depth - 1)
        if char == '"':
            straight = not straight
    return found


def _cuts(text: str, first: int, cut: re.Match[str], end: int) -> bool:
    """True if what stands before and what comes after could each be a claim."""
    before = text[first : cut.start()]
    after = text[cut.end() : end]
    following = _CUT.split(after, maxsplit=1)[0]
    if len(before) < _SHORTEST or len(following) < _SHORTEST:
        return False
    if not FINITE.search(before) or not FINITE.search(following):
        return False
    if _NOTION.match(before):
        return False
    word = (cut["word"] or cut["bare"] or "").lower()
    if word in ("and", "or", "nor") and not _SUBJECT.match(after):
        return False
    if cut["mark"] == "," and not word:
        # a bare comma ends only a clause that a subordinate word began
        return bool(_SUBORDINATE.match(before)) and not _DEPENDENT.match(after)
    return not _DEPENDENT.match(after)


def _led(text: str, first: int, end: int, leading: re.Pattern[str]) -> Span:
    """The span without the connectives that lead it."""
    lead = leading.match(text, first, end)
    if lead is not None and end - lead.end() >= _SHORTEST:
        first = lead.end()
    return Span(first, end)


_BEFORE = re.compile(rf"(?:^|[\s(“\"–—-])({alternatives(CONNECTIVES)})\s*,?\s*\Z", re.I)


def connective_before(article: Article, span: Span) -> str:
    """The connective that leads to a span, in lower case; empty where there is none.

    >>> text = "Trams are quiet, but they squeal."
    >>> article = Article.plain("a.txt", text)
    >>> connective_before(article, Span(21, 32))
    'but'
    """
    match = _BEFORE.search(article.prose[max(0, span.start - 24) : span.start])
    return match[1].lower() if match else ""


_FIRST = re.compile(rf"\s*({alternatives(CONNECTIVES)})\b", re.I)


def connective_of(article: Article, span: Span) -> str:
    """The connective that leads to a span, or with which the span itself begins.

    >>> text = "Trams are quiet. But they squeal."
    >>> article = Article.plain("a.txt", text)
    >>> connective_of(article, Span(17, 33))
    'but'
    """
    if before := connective_before(article, span):
        return before
    match = _FIRST.match(article.prose, span.start, span.end)
    return match[1].lower() if match else ""
