"""Debates as a miner would make them, and models that answer by a rule a reader can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from graph.mining.assemble import Miner, assemble
from graph.mining.models import ClaimReading, PairReading
from graph.mining.parts import (
    Article,
    MinedClaim,
    MinedRelation,
    Piece,
    RelationKind,
    Run,
    Span,
    Utterance,
)
from graph.model import Debate, Status
from graph.passages import sentences as split

MINER = Miner("rules", "1")


def article(name: str, prose: str, author: str = "Hannah Ode") -> Article:
    """An article all of which is prose."""
    return Article(
        f"{name}.txt", prose, prose, (Run(0, 0, len(prose), len(prose)),), "0" * 64, name, (author,)
    )


def piece(
    name: str,
    prose: str,
    claims: Sequence[str],
    relations: Sequence[tuple[int, str, int]] = (),
    *,
    author: str = "Hannah Ode",
    holders: dict[int, str] | None = None,
    confidence: float = 0.9,
) -> Piece:
    """A piece whose claims are those words of the prose."""
    mined = []
    for number, words in enumerate(claims):
        start = prose.index(words)
        holder = (holders or {}).get(number)
        said = Utterance(
            Span(start, start + len(words)), number, 1, holder,
            Status.REPORTED if holder else Status.ASSERTED,
        )  # fmt: skip
        mined.append(MinedClaim(said, f"{words[:1].upper()}{words[1:]}.", confidence))
    joined = tuple(MinedRelation(RelationKind(kind), i, j, 0.8) for i, kind, j in relations)
    return Piece(article(name, prose, author), tuple(mined), joined)


def mined(*pieces: Piece) -> Debate:
    """The debate of some pieces without what joins them."""
    return assemble("trams", "Trams", pieces, MINER)


class WordPairs:
    """A pair model: of two texts that share a word, one with *not* attacks one without."""

    name = "words"
    version = "1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        self.asked += pairs
        rows = []
        for a, b in pairs:
            one, other = (set(text.lower().rstrip(".").split()) for text in (a, b))
            if not one & other - {"not", "are", "the"}:
                rows.append((0.05, 0.05, 0.9))
            elif ("not" in one) != ("not" in other):
                rows.append((0.05, 0.9, 0.05))
            else:
                rows.append((0.9, 0.05, 0.05))
        odds = np.array(rows, np.float32).reshape(len(pairs), 3)
        return PairReading(odds, odds)


class Answers:
    """A pair model that has been told what to say of some pairs, and sees nothing in the others."""

    name = "answers"
    version = "1"

    def __init__(self, told: Mapping[tuple[str, str], PairReading]) -> None:
        self._told = told

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        nothing = np.array([[0.1, 0.1, 0.8]], np.float32)
        rows = [self._told.get(pair, PairReading(nothing, nothing)) for pair in pairs]
        stance = np.concatenate([row.stance for row in rows])
        return PairReading(stance, np.concatenate([row.sense for row in rows]))


class WordClaims:
    """A claim model: a text of more than one word is a claim; its vector counts a few letters."""

    name = "words"
    version = "1"

    def read(self, texts: Sequence[str]) -> ClaimReading:
        odds = [0.9 if len(text.split()) > 1 else 0.1 for text in texts]
        counts = [[1 + text.lower().count(letter) for letter in "aeioutrs"] for text in texts]
        vectors = np.array(counts, np.float32).reshape(len(texts), 8)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return ClaimReading(np.array(odds, np.float32), vectors / np.maximum(lengths, 1e-9))


class SentenceReader:
    """A reader to whom every sentence is a claim; it counts its readings in a file."""

    name = "sentences"
    version = "1"

    def __init__(self, log: Path | None = None) -> None:
        self._log = log

    def read(self, article: Article) -> Piece:
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{article.name}\n")
        claims = tuple(
            MinedClaim(
                Utterance(Span(s.start, s.end), number, s.paragraph),
                article.prose[s.start : s.end],
                0.9,
            )
            for number, s in enumerate(split(article.prose))
        )
        return Piece(article, claims, ())
