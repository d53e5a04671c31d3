"""The words of an utterance made to stand on their own where that is safe, else in context."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .names import names_in
from .parts import Article, MinedClaim, Piece, Sentence, Utterance
from .sentences import sentences
from .words import INITIAL

__all__ = ["in_context", "standalone"]

_PRONOUN = re.compile(r"(?P<word>he|she)(?=\s(?!['’])[a-z])", re.I)

#: How far back the one who is meant may have been named.
_BACK = 300


def standalone(article: Article, utterance: Utterance) -> str:
    """The words as a sentence: what leads to them is dropped, and a plain *he* or *she* is named.

    A pronoun is replaced only at the very beginning, and only where one person alone was named in
    the sentence before or in what stands between; all other words stay as they are.

    >>> from graph.mining.parts import Span
    >>> text = "Edith Vance wants a tram. But she forgets the curves."
    >>> article = Article.plain("a.txt", text)
    >>> standalone(article, Utterance(Span(26, 53), 1, 1))
    'Edith Vance forgets the curves.'
    """
    text = " ".join(utterance.span.of(article.prose).split()).strip(' ,;:–—"“”«»')
    lead = INITIAL.match(text)
    if lead is not None and len(text) - lead.end() > 10:
        text = text[lead.end() :]
    start = utterance.span.start
    if (pronoun := _PRONOUN.match(text)) and (name := _meant(article.prose, start)):
        text = name + text[pronoun.end() :]
    if not text:
        return utterance.span.of(article.prose).strip()
    ending = "" if text[-1] in ".!?…" else "."
    return text[:1].upper() + text[1:] + ending


_VERB = r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|must|should|\w+s)"
_POINTS_BACK = re.compile(
    rf"(?:it|they|he|she|its|their|his|her|such|so)\b|(?:this|that|these|those|both|neither)\s{_VERB}\b"
    rf"|all\s(?:of\s)?(?:this|that|these|those)\b(?!\swho)|th(?:is|ese)\s\w+\s(?:\w+\s)?{_VERB}\b"
    # a clause without its subject
    r"|(?:would|could|should|will|can|has|have|had)\b",
    re.I,
)

#: Words of the same sentence before a claim tell what it is about if they are at least so many
#: characters, and what is told before a claim is cut to at most so many.
_LEAD, _BEFORE = 20, 220


def in_context(piece: Piece) -> list[str]:
    """The text of each claim; one that points back, after the words before it, in brackets.

    What *it* or *this* is stands in the sentence before that does not itself point back, or in
    the first words of the same sentence.

    >>> from graph.mining.parts import MinedClaim, Span
    >>> article = Article.plain("a.txt", "The ring road is a mistake. It would never pay.")
    >>> claim = MinedClaim(Utterance(Span(28, 47), 1, 1), "It would never pay.", 0.9)
    >>> in_context(Piece(article, (claim,), ()))
    ['(The ring road is a mistake.) It would never pay.']
    """
    found = list(sentences(piece.article))
    return [_in_context(piece.article, claim, found) for claim in piece.claims]


def _in_context(article: Article, claim: MinedClaim, found: Sequence[Sentence]) -> str:
    if not _POINTS_BACK.match(claim.text):
        return claim.text
    at = claim.utterance.sentence
    here = found[at]
    before = article.prose[here.span.start : claim.utterance.span.start].strip()
    if len(before) < _LEAD:
        before = ""
    while (not before or _POINTS_BACK.match(before)) and at > 0:
        at -= 1
        # past the paragraph only for want of anything nearer
        if before and found[at].paragraph != here.paragraph:
            break
        before = found[at].span.of(article.prose)
    before = " ".join(before.split()).strip(' “”"')
    if len(before) > _BEFORE:
        before = before[:_BEFORE].rsplit(" ", 1)[0] + " …"
    return f"({before}) {claim.text}" if before else claim.text


def _meant(prose: str, start: int) -> str | None:
    """The one person named shortly before, in the same paragraph; nobody if there are two."""
    paragraph = prose.rfind("\n", 0, start) + 1
    named = names_in(prose, max(paragraph, start - _BACK), start)
    return named[0] if len(named) == 1 else None
