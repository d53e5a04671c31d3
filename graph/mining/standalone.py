"""The words of an utterance made to stand on their own, where that is safe."""

from __future__ import annotations

import re

from .names import names_in
from .parts import Article, Utterance
from .words import INITIAL

__all__ = ["stands_alone", "standalone"]

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
#: "It is time that ..." and "they who ..." point to nothing before them.
_POINTS_ON = re.compile(
    rf"it\s{_VERB}\s(?:\w+\s){{1,6}}?(?:to|that|whether)\b|(?:they|he|she|such)\s(?:who|as)\b", re.I
)


def stands_alone(text: str) -> bool:
    """False for a claim that begins by pointing back at something that it does not name.

    >>> stands_alone("It would never pay."), stands_alone("It is time to close the bridge.")
    (False, True)
    >>> stands_alone("All this costs."), stands_alone("This old principle goes back to 1990.")
    (False, False)
    """
    return not _POINTS_BACK.match(text) or _POINTS_ON.match(text) is not None


def _meant(prose: str, start: int) -> str | None:
    """The one person named shortly before, in the same paragraph; nobody if there are two."""
    paragraph = prose.rfind("\n", 0, start) + 1
    named = names_in(prose, max(paragraph, start - _BACK), start)
    return named[0] if len(named) == 1 else None
