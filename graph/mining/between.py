"""What joins claims of different pieces: candidates by likeness, then a pair model on these alone.

Each claim is put to the model with the claims of other pieces whose vectors are nearest to its own,
in both directions. What the model says, and how alike the two are, is weighed by two logistic
regressions (``python -m training.between``). A pair whose both directions speak of an attack is
*contrary*; where only one does, that claim rebuts the other. Claims that support each other both
ways and are much alike are rephrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .logistic import Regression, learned, odds
from .models import Floats, PairModel
from .parts import RelationKind
from .shared import Shared

__all__ = [
    "PLAIN",
    "Between",
    "Bounds",
    "Judge",
    "between",
    "nearest",
    "pair_features",
    "shipped_judge",
]

_ROWS = 1024
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many neighbours a claim is compared with, and how sure a relation must be to be kept.

    At 0.6 four of five attacks are right on our own held-out topics; on op-eds far fewer are.
    """

    neighbours: int = 12
    least_likeness: float = 0.25
    attack: float = 0.6
    support: float = 0.6
    rephrase: float = 0.75


@dataclass(frozen=True, slots=True)
class Judge:
    """Two regressions over what the models say of a pair."""

    attack: Regression
    support: Regression


#: What the pair model says, taken as it is.
PLAIN = Judge({"attack": 1.0, "attack not": -1.0}, {"support": 1.0, "support not": -1.0})


@cache
def shipped_judge() -> Judge:
    """The weights that were learned on our own held-out topics."""
    found = learned("between.json")
    return Judge(found["attack"], found["support"])


def pair_features(
    there: Floats, back: Floats, likeness: float, shared: float = 0.0
) -> dict[str, float]:
    """What is known of two claims: the odds both ways, how alike they are, what they share.

    ``shared`` is the weight of the words in both, see :class:`~graph.mining.shared.Shared`.
    """
    both = (there + back) / 2
    support, attack, none = (float(x) for x in np.log(np.clip(both, 1e-6, 1)))
    return {
        "support": support,
        "support not": float(np.log(max(1e-6, 1 - both[0]))),
        "attack": attack,
        "attack not": float(np.log(max(1e-6, 1 - both[1]))),
        "neither": none,
        "attack both ways": float(np.log(max(1e-6, min(there[1], back[1])))),
        "support both ways": float(np.log(max(1e-6, min(there[0], back[0])))),
        "likeness": likeness,
        "attack alike": attack * likeness,
        "shared": shared,
        "attack shared": attack * shared,
    }


@dataclass(frozen=True, slots=True)
class Between:
    """A relation between claims of two pieces, by their numbers in one list of all claims."""

    kind: RelationKind
    source: int
    target: int
    both_ways: bool
    confidence: float


def nearest(
    vectors: Floats, pieces: NDArray[np.intp], count: int, least: float
) -> Iterator[tuple[int, int]]:
    """The pairs of claims of different pieces one of which is among the nearest of the other.

    ``pieces`` says which piece each claim is of. Each pair comes once, the smaller number first.

    >>> vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    >>> list(nearest(vectors, np.array([0, 1, 1]), 1, 0.1))
    [(0, 1)]
    """
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(vectors), _ROWS):
        rows = vectors[start : start + _ROWS] @ vectors.T
        rows[pieces[start : start + _ROWS, None] == pieces[None, :]] = -np.inf
        keep = min(count, rows.shape[1])
        near = np.argpartition(-rows, keep - 1, axis=1)[:, :keep]
        for at, columns in enumerate(near):
            for column in columns:
                if rows[at, column] >= least:
                    one, other = start + at, int(column)
                    seen.add((min(one, other), max(one, other)))
    yield from sorted(seen)


def between(
    texts: Sequence[str],
    vectors: Floats,
    pieces: NDArray[np.intp],
    model: PairModel,
    bounds: Bounds,
    judge: Judge = PLAIN,
) -> tuple[Between, ...]:
    """The relations between claims of different pieces, in the order of the claims."""
    pairs = list(nearest(vectors, pieces, bounds.neighbours, bounds.least_likeness))
    there = model.odds([(texts[i], texts[j]) for i, j in pairs])
    back = model.odds([(texts[j], texts[i]) for i, j in pairs])
    words = Shared(texts)
    found = []
    for (i, j), first, second in zip(pairs, there, back, strict=True):
        likeness = float(vectors[i] @ vectors[j])
        known = pair_features(first, second, likeness, words.of(i, j))
        if (one := _relation(i, j, first, second, known, bounds, judge)) is not None:
            found.append(one)
    return tuple(found)


def _relation(
    i: int,
    j: int,
    there: Floats,
    back: Floats,
    features: Mapping[str, float],
    bounds: Bounds,
    judge: Judge,
) -> Between | None:
    attack, support = odds(judge.attack, features), odds(judge.support, features)
    forward = there[:2].max() >= back[:2].max()
    source, target = (i, j) if forward else (j, i)
    if attack >= bounds.attack and attack >= support:
        both = min(there[1], back[1]) >= max(there[2], back[2]) or min(there[1], back[1]) >= _HALF
        return Between(RelationKind.ATTACK, source, target, bool(both), round(attack, 3))
    if support >= bounds.support:
        same = features["likeness"] >= bounds.rephrase and min(there[0], back[0]) >= _HALF
        kind = RelationKind.REPHRASE if same else RelationKind.SUPPORT
        return Between(kind, source, target, same, round(support, 3))
    return None
