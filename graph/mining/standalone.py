"""The words of an utterance made to stand on their own."""

from __future__ import annotations

from .parts import Article, Utterance

__all__ = ["standalone"]


def standalone(article: Article, utterance: Utterance) -> str:
    """The words with a capital and a full stop."""
    text = " ".join(utterance.span.of(article.prose).split()).strip(' ,;:–—"“”')
    return text[:1].upper() + text[1:].rstrip(".") + ("" if text.endswith(("?", "!")) else ".")
