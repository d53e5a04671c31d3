"""Annotated pieces as the articles that mining reads."""

from __future__ import annotations

from graph.mining.parts import Article, Run

from .data import AnnotatedPiece

__all__ = ["as_article"]


def as_article(piece: AnnotatedPiece) -> Article:
    """An annotated piece as an article all of which is prose."""
    run = (Run(0, 0, len(piece.text), len(piece.text)),)
    return Article(
        piece.id, piece.text, piece.text, run, "0" * 64, piece.title, (piece.author,)
    )  # fmt: skip
