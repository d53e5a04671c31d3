"""Learn how to weigh what the models say of two claims of different pieces.

``python -m training.between --out FOLDER`` fits two logistic regressions over the odds of the
shipped pair model in both directions and the likeness of the vectors, on our own held-out topics,
where every text is paired with the claims of all questions of its topic, and prints precision and
recall at several bounds, topic by topic left out in turn.
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

from graph.mining.between import pair_features
from graph.mining.models import claim_model, pair_model
from graph.mining.shared import Shared

from .data import Pair, held_out, read_questions
from .ship import natural_pairs

__all__ = ["features_of", "fit"]


def features_of(pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """What is known of each pair."""
    there = pair_model().odds([(p.a, p.b) for p in pairs])
    back = pair_model().odds([(p.b, p.a) for p in pairs])
    texts = list(dict.fromkeys(text for p in pairs for text in (p.a, p.b)))
    vectors = dict(zip(texts, claim_model().read(texts).vectors, strict=True))
    # the texts of a topic stand in for a debate
    words: dict[str, tuple[Shared, dict[str, int]]] = {}
    for topic in dict.fromkeys(p.topic for p in pairs):
        own = list(dict.fromkeys(t for p in pairs if p.topic == topic for t in (p.a, p.b)))
        words[topic] = (Shared(own), {text: n for n, text in enumerate(own)})
    rows = []
    for p, one, other in zip(pairs, there, back, strict=True):
        shared, number = words[p.topic]
        likeness = float(vectors[p.a] @ vectors[p.b])
        rows.append(pair_features(one, other, likeness, shared.of(number[p.a], number[p.b])))
    return rows


def fit(
    rows: Sequence[dict[str, float]], gold: Sequence[bool]
) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression over the features."""
    columns = DictVectorizer(sparse=False)
    return columns, LogisticRegression(C=1.0, max_iter=5000).fit(columns.fit_transform(rows), gold)


def _left_out(
    pairs: Sequence[Pair], rows: Sequence[dict[str, float]], label: str
) -> NDArray[np.float64]:
    """The odds of each pair by a regression that has not seen its topic."""
    topics = list(dict.fromkeys(p.topic for p in pairs))
    odds = np.zeros(len(pairs))
    for topic in topics:
        inside = [n for n, p in enumerate(pairs) if p.topic == topic]
        outside = [n for n, p in enumerate(pairs) if p.topic != topic]
        columns, model = fit([rows[n] for n in outside], [pairs[n].label == label for n in outside])
        odds[inside] = model.predict_proba(columns.transform([rows[n] for n in inside]))[:, 1]
    return odds


def main() -> None:
    """Learn, print precision and recall, write ``between.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    pairs = natural_pairs([q for q in read_questions() if held_out(q.topic)])
    rows = features_of(pairs)
    learned: dict[str, object] = {}
    told = {}
    for label in ("attack", "support"):
        gold = np.array([p.label == label for p in pairs])
        odds = _left_out(pairs, rows, label)
        for bound in (0.3, 0.4, 0.5, 0.6, 0.7):
            taken = odds >= bound
            right = int((taken & gold).sum())
            told[f"{label} at {bound}"] = {
                "precision": round(right / max(1, int(taken.sum())), 3),
                "recall": round(right / int(gold.sum()), 3),
            }
        columns, model = fit(rows, gold.tolist())
        names = columns.get_feature_names_out()
        weights = dict(zip(names, model.coef_[0].round(4).tolist(), strict=True))
        learned[label] = {"": round(float(model.intercept_[0]), 4), **weights}
    told["pairs"] = {"all": len(pairs)}
    print(json.dumps(told, indent=1))
    text = json.dumps({**learned, "scores": told}, indent=1)
    (chosen.out / "between.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
