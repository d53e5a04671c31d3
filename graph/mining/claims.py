"""Which utterances claim something that can be disputed."""

from __future__ import annotations

from collections.abc import Sequence

from .models import ClaimModel
from .parts import Article, MinedClaim, Utterance
from .standalone import standalone

__all__ = ["LEAST", "find_claims"]

#: An utterance of less confidence is no claim. What is taken below a half is tagged to be checked.
LEAST = 0.2


def find_claims(
    article: Article,
    said: Sequence[Utterance],
    model: ClaimModel,
    least: float = LEAST,
) -> tuple[MinedClaim, ...]:
    """The utterances that claim something, in the order of the text, as words that stand alone.

    The model reads the words as they stand in the article, since it learned from such. A question
    claims nothing, whatever it hints at.
    """
    said = [
        one
        for one in said
        if not article.prose[max(0, one.span.end - 1) : one.span.end + 1].strip().endswith("?")
    ]
    odds = model.read([one.span.of(article.prose) for one in said]).odds
    return tuple(
        MinedClaim(one, standalone(article, one), round(float(confidence), 3))
        for one, confidence in zip(said, odds, strict=True)
        if confidence >= least
    )
