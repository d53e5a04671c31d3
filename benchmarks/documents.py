"""How well claims and relations are found in texts: ``python -m benchmarks.documents FILE``.

Each FILE has lines of ``{"doc_id", "text", "units": [{"id", "start", "end", "kind"}], "relations":
[{"source", "target", "type": "support" | "attack"}]}``; the central unit has the kind
``central_claim``. Relations are scored twice: on the gold units, as evidence graphs are (Peldszus &
Stede 2015), beside a floor that knows connectives and position only; and from the raw text, where
both ends must be found first.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from graph.mining.documents import (
    GoldDocument,
    gold_view,
    match,
    read_documents,
    relation_score,
    tree_of,
    tree_scores,
)
from graph.mining.mine import LocalReader
from graph.mining.models import claim_model, pair_model
from graph.mining.parts import Piece
from graph.mining.relations import FLOOR, View, Weights, shipped_weights
from graph.mining.scores import Score
from graph.mining.sentences import sentences


def _summed(scores: Sequence[Score]) -> Score:
    return Score(
        sum(s.right for s in scores), sum(s.found for s in scores), sum(s.there for s in scores)
    )


def _told(name: str, score: Score) -> str:
    return (
        f"  {name:44} precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"F1 {score.f1:.3f}  of {score.there}"
    )


def _spans(document: GoldDocument, piece: Piece, least: float) -> Score:
    gold = [unit.span for unit in document.units]
    found = [claim.utterance.span for claim in piece.claims]
    return Score(len(match(gold, found, least)), len(found), len(gold))


def _every_sentence(document: GoldDocument, least: float) -> Score:
    """The floor of claim detection: every sentence is a claim."""
    gold = [unit.span for unit in document.units]
    found = [sentence.span for sentence in sentences(document.article)]
    return Score(len(match(gold, found, least)), len(found), len(gold))


def _trees(views: Sequence[tuple[GoldDocument, View]], weights: Weights) -> dict[str, float]:
    return tree_scores([(document, tree_of(seen, weights)) for document, seen in views])


def main(files: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Print the scores of each file."""
    reader = LocalReader()
    for path in files:
        documents = read_documents(path)
        began = time.perf_counter()
        pieces = [reader.read(document.article) for document in documents]
        seconds = time.perf_counter() - began
        print(f"\n{path}: {len(documents)} documents, {len(documents) / seconds:.1f} a second")
        print("claims from raw text")
        pairs = list(zip(documents, pieces, strict=True))
        for name, least in (("exact spans", 1.0), ("overlapping spans", 0.5)):
            print(_told(f"{name}, mined", _summed([_spans(d, p, least) for d, p in pairs])))
            floor = [_every_sentence(d, least) for d in documents]
            print(_told(f"{name}, every sentence", _summed(floor)))
        print("relations from raw text")
        for name, typed in (("support or attack told", True), ("joined at all", False)):
            scores = [relation_score(d, p.claims, p.relations, typed=typed) for d, p in pairs]
            print(_told(name, _summed(scores)))
        print("relations on gold units, macro-F1")
        seen = [gold_view(d, None, claim_model(), pair_model()) for d in documents]
        views = list(zip(documents, seen, strict=True))
        learned, floor_scores = _trees(views, shipped_weights()), _trees(views, FLOOR)
        for name, score in learned.items():
            print(f"  {name:44} {score:.3f}   floor {floor_scores[name]:.3f}")


if __name__ == "__main__":
    typer.run(main)
