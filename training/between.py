"""Learn how to weigh what the models say of two claims of different pieces.

``python -m training.between --out FOLDER`` fits a logistic regression over the odds of the
shipped pair model in both directions, the likeness of the vectors and the words in common, on the
claims of our own held-out pieces, each with those that the miner would compare it with, and prints
precision and recall at several bounds, debate by debate left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from graph.mining.between import Bounds, Candidate, nearest, pair_features
from graph.mining.models import claim_model, pair_model
from graph.mining.shared import Shared

from .data import OwnDebate, Pair, held_out, read_debates

__all__ = ["features_of", "fit"]


def features_of(debate: OwnDebate) -> tuple[list[Pair], list[dict[str, float]]]:
    """The pairs of a debate that the miner would compare, and what is known of each."""
    texts = list(debate.claims.values())
    # a claim that two authors make in the same words is that of the first
    number = {text: n for n, text in reversed(list(enumerate(texts)))}
    authors = np.array([ord(name[0]) for name in debate.claims])
    vectors = claim_model().read(texts).vectors
    bounds = Bounds()
    compared = set(nearest(vectors, authors, bounds.neighbours, bounds.least_likeness))
    words = Shared(texts)
    pairs, candidates = [], []
    for pair in debate.pairs():
        i, j = sorted((number[pair.a], number[pair.b]))
        if (i, j) in compared:
            pairs.append(pair)
            candidates.append(Candidate(i, j, float(vectors[i] @ vectors[j]), words.of(i, j)))
    there = pair_model().read([(p.a, p.b) for p in pairs])
    back = pair_model().read([(p.b, p.a) for p in pairs])
    return pairs, list(pair_features(candidates, there, back))


def fit(
    rows: Sequence[dict[str, float]], gold: Sequence[bool]
) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression over the features."""
    columns = DictVectorizer(sparse=False)
    return columns, LogisticRegression(C=1.0, max_iter=5000).fit(columns.fit_transform(rows), gold)


def _left_out(
    pairs: Sequence[Pair], rows: Sequence[dict[str, float]], gold: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The odds of each pair by a regression that has not seen its debate."""
    topics = list(dict.fromkeys(p.topic for p in pairs))
    odds = np.zeros(len(pairs))
    for topic in topics:
        inside = [n for n, p in enumerate(pairs) if p.topic == topic]
        outside = [n for n, p in enumerate(pairs) if p.topic != topic]
        columns, model = fit([rows[n] for n in outside], [bool(gold[n]) for n in outside])
        odds[inside] = model.predict_proba(columns.transform([rows[n] for n in inside]))[:, 1]
    return odds


def _first(
    pairs: Sequence[Pair], odds: NDArray[np.float64], gold: NDArray[np.bool_], count: int = 20
) -> float:
    """The share of conflicts among the likeliest pairs of a debate, on the mean."""
    topics = np.array([p.topic for p in pairs])
    return float(
        np.mean(
            [
                gold[np.flatnonzero(topics == t)[np.argsort(-odds[topics == t])[:count]]].mean()
                for t in set(topics)
            ]
        )
    )


def main() -> None:
    """Learn, print precision and recall, write ``between.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    # every other one: to read all pairs of a debate takes most of a minute
    debates = [d for d in read_debates() if held_out(d.topic) and d.of_pieces][::2]
    seen = [features_of(d) for d in debates]
    pairs = [pair for found, _ in seen for pair in found]
    rows = [row for _, known in seen for row in known]
    gold = np.array([p.sense == "conflict" for p in pairs])
    odds = _left_out(pairs, rows, gold)
    there = sum(len(d.conflict) for d in debates)
    told: dict[str, object] = {
        "pairs": len(pairs),
        "conflicts": there,
        "compared": int(gold.sum()),
        "right of the first twenty": round(_first(pairs, odds, gold), 3),
    }
    for bound in (0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5):
        taken = odds >= bound
        right = int((taken & gold).sum())
        told[f"at {bound}"] = {
            "precision": round(right / max(1, int(taken.sum())), 3),
            "recall": round(right / there, 3),
        }
    columns, model = fit(rows, gold.tolist())
    names = columns.get_feature_names_out()
    weights = dict(zip(names, model.coef_[0].round(4).tolist(), strict=True))
    learned = {"conflict": {"": round(float(model.intercept_[0]), 4), **weights}, "scores": told}
    print(json.dumps(learned, indent=1))
    (chosen.out / "between.json").write_text(json.dumps(learned, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
