"""The whole path from files to a debate: read, say who speaks, find claims, join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from ..model import Debate
from .articles import read_article
from .assemble import Miner, assemble
from .between import PLAIN, SHIPPED, Bounds, between, shipped_judge
from .claims import find_claims
from .issues import find_issues
from .models import ClaimModel, PairModel, claim_model, pair_model
from .parts import Article, Piece
from .relations import relations, shipped_weights, view
from .sentences import sentences
from .standalone import in_context
from .voices import utterances

__all__ = ["VERSION", "LocalReader", "Reader", "join", "mine_file"]

#: The version of the rules; the versions of the models stand beside it.
VERSION = "4"

#: A relation inside a piece of less confidence is not drawn.
_LEAST = 0.2


class Reader(Protocol):
    """Finds the claims of one article and what joins them."""

    @property
    def name(self) -> str:
        """What its findings are signed with."""
        ...

    @property
    def version(self) -> str:
        """A version that changes whenever it may find something else."""
        ...

    def read(self, article: Article) -> Piece:
        """The article with its claims and their relations."""
        ...


@dataclass(frozen=True)
class LocalReader:
    """The reader that needs no network: rules and the shipped models."""

    claims: ClaimModel = field(default_factory=claim_model)
    pairs: PairModel = field(default_factory=pair_model)
    name: str = "sicetnon"

    @property
    def version(self) -> str:
        """Rules, claim model and pair model."""
        return f"{VERSION}+{self.claims.version}+{self.pairs.version}"

    def read(self, article: Article) -> Piece:
        """The article with its claims and their relations."""
        found = find_claims(article, utterances(article, sentences(article)), self.claims)
        if not found:
            return Piece(article, (), ())
        vectors = self.claims.read([claim.text for claim in found]).vectors
        title = self.claims.read([article.title or found[0].text]).vectors[0]
        seen = view(article, found, vectors, title, self.pairs)
        _, joined = relations(seen, shipped_weights(), _LEAST)
        return Piece(article, found, joined)


def mine_file(path: Path, reader: Reader) -> Piece:
    """What a reader finds in a file.

    Raises:
        SicetnonError: one line, if the file holds no article that can be read.

    """
    return reader.read(read_article(path))


def join(
    pieces: Sequence[Piece],
    reader: Reader,
    *,
    name: str,
    title: str = "",
    pairs: PairModel | None = None,
) -> Debate:
    """The debate of some pieces, with the relations between them and the issues they share."""
    # the weights were learned for the shipped model; any other is taken at its word
    bounds, judge = (SHIPPED, shipped_judge()) if pairs is None else (Bounds(), PLAIN)
    pairs = pairs or pair_model()
    texts = [text for piece in pieces for text in in_context(piece)]
    of = np.repeat(np.arange(len(pieces)), [len(piece.claims) for piece in pieces])
    vectors = claim_model().read(texts).vectors
    links = between(texts, vectors, of, pairs, bounds, judge)
    plain = [claim.text for piece in pieces for claim in piece.claims]
    issues = find_issues(plain, vectors, of, links)
    miner = Miner(reader.name, reader.version)
    return assemble(name, title or name, pieces, miner, links, issues)
