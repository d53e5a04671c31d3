"""Which claims of one piece support or attack which: evidence graphs, decoded as trees.

As in Peldszus & Stede (2015), every pair of claims is scored for whether one is a reason for or
against the other, and the best tree over all claims is taken (Chu & Liu 1965, Edmonds 1967), so
that each claim but the central one has one target. The scores are two logistic regressions and a
third for the central claim, over connectives, position, who holds the claims, and the pair model;
``python -m training.relations`` learns their weights from our own annotated pieces.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import networkx as nx
import numpy as np

from ..model import Status
from .logistic import Regression, learned, odds
from .models import Floats, PairModel
from .parts import Article, MinedClaim, MinedRelation, RelationKind
from .sentences import connective_of
from .words import ADDITION, CONTRAST, REASON, RESULT

__all__ = [
    "FLOOR",
    "Weights",
    "View",
    "central_features",
    "link_features",
    "relations",
    "shipped_weights",
    "view",
]

_OUGHT = frozenset("should must ought need needs needed let shall cannot".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class View:
    """The claims of a piece with what the scores look at."""

    claims: Sequence[MinedClaim]
    connectives: tuple[str, ...]
    likeness: Floats
    to_title: Floats
    odds: Mapping[tuple[int, int], Floats]


@dataclass(frozen=True, slots=True)
class Weights:
    """Three regressions: which claims are joined, whether as attack, and which is central."""

    link: Regression
    attack: Regression
    central: Regression


#: What connectives and position say without any model: the floor to compare with.
FLOOR = Weights(
    link={"": -2.0, "next": 1.0, "reason follows": 3.0, "result follows": 3.0, "to first": 1.5,
          "to title": 0.0},
    attack={"": -1.0, "contrast": 2.0, "between holders": 1.0, "conceded": 2.0},
    central={"": -2.0, "first": 1.5, "last": 0.5, "ought": 1.0, "result": 1.0},
)  # fmt: skip

#: Claims further apart are joined only if the second is among the first two or the last.
_NEAR = 4


def view(
    article: Article,
    claims: Sequence[MinedClaim],
    vectors: Floats,
    title: Floats,
    model: PairModel,
) -> View:
    """What the scores look at; ``vectors`` are those of the claims, ``title`` that of the title."""
    count = len(claims)
    pairs = [
        (i, j)
        for i in range(count)
        for j in range(count)
        if i != j and (abs(i - j) <= _NEAR or j < 2 or j == count - 1)
    ]
    told = model.read([(claims[i].text, claims[j].text) for i, j in pairs]).stance
    return View(
        claims,
        tuple(connective_of(article, claim.utterance.span) for claim in claims),
        vectors @ vectors.T,
        vectors @ title,
        dict(zip(pairs, told, strict=True)),
    )


def central_features(seen: View, at: int) -> dict[str, float]:
    """What tells whether a claim is the one that the piece argues for."""
    claim = seen.claims[at]
    words = set(claim.text.lower().split())
    into = [row for (_, j), row in seen.odds.items() if j == at]
    return {
        "first": at == 0,
        "last": at == len(seen.claims) - 1,
        "position": at / len(seen.claims),
        "ought": bool(words & _OUGHT),
        "result": seen.connectives[at] in RESULT,
        "reason": seen.connectives[at] in REASON,
        "contrast": seen.connectives[at] in CONTRAST,
        "reported": claim.utterance.status is Status.REPORTED,
        "conceded": claim.utterance.status is Status.CONCEDED,
        "to title": float(seen.to_title[at]),
        "likeness": float(seen.likeness[at].mean()),
        "supported": float(np.mean([row[0] for row in into])) if into else 0.0,
        "attacked": float(np.mean([row[1] for row in into])) if into else 0.0,
    }


def link_features(seen: View, i: int, j: int) -> dict[str, float]:
    """What tells whether claim ``i`` speaks for or against claim ``j``, and which."""
    first, second = seen.claims[i].utterance, seen.claims[j].utterance
    here, there = seen.connectives[i], seen.connectives[j]
    last = len(seen.claims) - 1
    row, back = seen.odds.get((i, j)), seen.odds.get((j, i))
    features: dict[str, float] = {
        "next": i == j + 1,
        "before": i == j - 1,
        "near": abs(i - j) == 2,
        "distance": math.log(abs(i - j)),
        "follows": i > j,
        "same sentence": first.sentence == second.sentence,
        "same paragraph": first.paragraph == second.paragraph,
        "reason follows": i == j + 1 and here in REASON,
        "reason leads": i == j - 1 and here in REASON,
        "result follows": i == j - 1 and there in RESULT,
        "added": i == j + 1 and here in ADDITION,
        "contrast": here in CONTRAST,
        "contrast next": i == j + 1 and here in CONTRAST,
        "contrast there": i == j - 1 and there in CONTRAST,
        "to first": j == 0,
        "to last": j == last,
        "ought there": bool(set(seen.claims[j].text.lower().split()) & _OUGHT),
        "ought here": bool(set(seen.claims[i].text.lower().split()) & _OUGHT),
        "likeness": float(seen.likeness[i, j]),
        "to title": float(seen.to_title[j]),
        "from title": float(seen.to_title[i]),
        "between holders": first.holder != second.holder,
        "same speaker": first.holder is not None and first.holder == second.holder,
        "reported here": first.status is Status.REPORTED,
        "reported there": second.status is Status.REPORTED,
        "conceded": first.status is Status.CONCEDED,
        "conceded there": second.status is Status.CONCEDED,
    }
    for name, told in (("", row), (" back", back)):
        if told is not None:
            features[f"supports{name}"] = float(told[0])
            features[f"attacks{name}"] = float(told[1])
            features[f"lean{name}"] = float(np.log((told[1] + 0.01) / (told[0] + 0.01)))
    return features


@cache
def shipped_weights() -> Weights:
    """The weights that were learned from our own annotated pieces."""
    found = learned("relations.json")
    return Weights(found["link"], found["attack"], found["central"])


def relations(
    seen: View, weights: Weights, least: float = 0.0
) -> tuple[int | None, tuple[MinedRelation, ...]]:
    """The number of the central claim, and for every other claim what it supports or attacks.

    Relations whose confidence is below ``least`` are left out; without claims there is no central
    one.
    """
    count = len(seen.claims)
    if count == 0:
        return None, ()
    roots = [odds(weights.central, central_features(seen, j)) for j in range(count)]
    links = {pair: odds(weights.link, link_features(seen, *pair)) for pair in sorted(seen.odds)}
    central, targets = best_tree(roots, links)
    found = []
    for i, j in sorted(targets.items()):
        attack = odds(weights.attack, link_features(seen, i, j))
        kind = RelationKind.ATTACK if attack >= 0.5 else RelationKind.SUPPORT
        confidence = links[i, j] * max(attack, 1 - attack)
        if confidence >= least:
            found.append(MinedRelation(kind, i, j, round(confidence, 3)))
    return central, tuple(found)


def best_tree(
    roots: Sequence[float], links: Mapping[tuple[int, int], float]
) -> tuple[int, dict[int, int]]:
    """The root and the target of every other node of the likeliest tree.

    ``roots`` says how likely each node is the root, ``links`` how likely a first node leads to a
    second. Every node must be reached from every other, or the tree may lack some.

    >>> best_tree([0.1, 0.9, 0.1], {(0, 1): 0.5, (2, 1): 0.2, (2, 0): 0.6, (1, 0): 0.5})
    (1, {0: 1, 2: 0})
    """
    tree: nx.DiGraph[int] = nx.DiGraph()
    # one root only: each further edge from the top costs more than any tree can gain
    penalty = 40.0 * (len(roots) + 1)
    for node, likely in enumerate(roots):
        tree.add_edge(-1, node, weight=_log(likely) - penalty)
    for (source, target), likely in links.items():
        tree.add_edge(target, source, weight=_log(likely))
    best = nx.maximum_spanning_arborescence(tree)
    target_of = {source: target for target, source in best.edges if target >= 0}
    return next(iter(best.successors(-1))), dict(sorted(target_of.items()))


def _log(likely: float) -> float:
    return math.log(max(likely, 1e-12))
