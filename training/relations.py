"""Learn the weights of the relations inside a piece from our own annotated pieces.

``python -m training.relations --out FOLDER`` fits the three logistic regressions of
:mod:`graph.mining.relations` on gold claims and prints how well the trees decoded with them do on
pieces that were left out in turn, beside the floor of connectives and position.
``--documents FILE`` adds the scores on a development set that nothing was learned from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from graph.mining.documents import (
    GoldDocument,
    GoldRelation,
    GoldUnit,
    Tree,
    gold_view,
    read_documents,
    tree_of,
    tree_scores,
)
from graph.mining.models import claim_model, pair_model
from graph.mining.parts import Span
from graph.mining.relations import FLOOR, View, Weights, central_features, link_features

from .data import AnnotatedPiece, read_pieces

__all__ = ["as_document", "fit"]

_FOLDS = 5

#: More than half of the relations in our pieces are attacks, far more than in op-eds; the constant
#: is corrected by so much (King & Zeng 2001), which takes their share to about three in ten.
_FEWER = 1.0

#: What is known of a pair of claims by who holds them.
_SPEAKERS = frozenset(
    {"between holders", "same speaker", "reported here", "reported there", "conceded",
     "conceded there"}
)  # fmt: skip


def as_document(piece: AnnotatedPiece) -> GoldDocument:
    """A piece of ours as a document with gold units; its first unit without a target is central."""
    number = {unit.id: n for n, unit in enumerate(piece.units)}
    sources = {relation.source for relation in piece.relations}
    central = next((unit.id for unit in piece.units if unit.id not in sources), None)
    return GoldDocument(
        piece.id,
        piece.text,
        tuple(
            GoldUnit(u.id, Span(u.start, u.end), u.text, u.id == central, u.status, u.holder)
            for u in piece.units
        ),
        tuple(
            GoldRelation(number[r.source], number[r.target], r.type == "attack")
            for r in piece.relations
        ),
    )


def fit(documents: Sequence[tuple[GoldDocument, View]]) -> Weights:
    """The weights of the three regressions, learned from documents with gold units."""
    central: tuple[list[dict[str, float]], list[bool]] = ([], [])
    link: tuple[list[dict[str, float]], list[bool]] = ([], [])
    attack: tuple[list[dict[str, float]], list[bool]] = ([], [])
    for document, seen in documents:
        drawn = {(r.source, r.target): r.attack for r in document.relations}
        units = range(len(document.units))
        for n in units:
            central[0].append(central_features(seen, n))
            central[1].append(n == document.central)
        for pair in ((i, j) for i in units for j in units if i != j):
            features = link_features(seen, *pair)
            link[0].append(features)
            link[1].append(pair in drawn)
            if pair in drawn:
                # once more without its speakers, since many pieces have none but the author
                attack[0].extend((features, {k: features[k] for k in features.keys() - _SPEAKERS}))
                attack[1].extend((drawn[pair], drawn[pair]))
    learned = _fit(*attack)
    return Weights(_fit(*link), {**learned, "": round(learned[""] - _FEWER, 4)}, _fit(*central))


def _fit(rows: list[dict[str, float]], gold: list[bool]) -> dict[str, float]:
    columns = DictVectorizer(sparse=False)
    values = columns.fit_transform([{k: float(v) for k, v in row.items()} for row in rows])
    model = LogisticRegression(C=0.5, max_iter=2000).fit(values, gold)
    names = columns.get_feature_names_out()
    weights = dict(zip(names, model.coef_[0].round(4).tolist(), strict=True))
    return {"": round(float(model.intercept_[0]), 4), **weights}


def _scores(pairs: Sequence[tuple[GoldDocument, View]], weights: Weights) -> dict[str, float]:
    trees: list[tuple[GoldDocument, Tree]] = [(d, tree_of(seen, weights)) for d, seen in pairs]
    return {name: round(score, 3) for name, score in tree_scores(trees).items()}


def main() -> None:
    """Learn, print the scores, write ``relations.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--documents", type=Path)
    chosen = parser.parse_args()
    claims, pairs = claim_model(), pair_model()
    own = [
        (d, gold_view(d, p.title, claims, pairs)) for p in read_pieces() for d in [as_document(p)]
    ]
    trees = []
    for fold in range(_FOLDS):
        weights = fit([row for n, row in enumerate(own) if n % _FOLDS != fold])
        trees += [(d, tree_of(s, weights)) for n, (d, s) in enumerate(own) if n % _FOLDS == fold]
    told = {
        "own pieces, left out in turn": {n: round(s, 3) for n, s in tree_scores(trees).items()},
        "own pieces, floor": _scores(own, FLOOR),
    }
    weights = fit(own)
    if chosen.documents is not None:
        others = [(d, gold_view(d, None, claims, pairs)) for d in read_documents(chosen.documents)]
        told[f"{chosen.documents.stem}"] = _scores(others, weights)
        told[f"{chosen.documents.stem}, floor"] = _scores(others, FLOOR)
    print(json.dumps(told, indent=1))
    learned = {"link": weights.link, "attack": weights.attack, "central": weights.central}
    text = json.dumps({**learned, "scores": told}, indent=1)
    (chosen.out / "relations.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
