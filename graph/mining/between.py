"""What joins claims of different pieces: candidates by likeness, then a pair model on these alone.

Each claim is put to the model with the claims of other pieces whose vectors are nearest to its own,
in both directions. What the model says, and how alike the two are, is weighed by a logistic
regression (``python -m training.between``): claims in conflict are *contrary*, claims that say the
same are rephrases. A reason against another author's claim is no conflict and is not drawn, since
on one matter nearly everything speaks for or against nearly everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .logistic import Regression, learned, odds
from .models import Floats, PairModel, PairReading
from .parts import RelationKind
from .shared import Shared

__all__ = [
    "PLAIN",
    "SHIPPED",
    "Between",
    "Bounds",
    "Candidate",
    "between",
    "nearest",
    "pair_features",
    "shipped_judge",
]

_ROWS = 1024

#: No share is taken to be smaller than this, or larger than what it leaves.
_LEAST_SHARE = 1e-4


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many neighbours a claim is compared with, and how sure a relation must be to be kept.

    Of more than ``many`` claims each is compared with a ``few`` neighbours, since the reading of
    pairs is what takes time.
    """

    neighbours: int = 32
    many: int = 3000
    few: int = 8
    least_likeness: float = 0.1
    conflict: float = 0.4
    same: float = 0.5
    support: float = 0.8


#: For the shipped pair model: its regression was learned on whole pieces, where of three hundred
#: pairs one is in conflict, and is as unsure as a reader would be who knew only these two claims.
SHIPPED: Final = Bounds(conflict=0.07)

#: What the pair model says of a conflict, taken as it is.
PLAIN: Final[Regression] = {"conflict": 1.0}


@cache
def shipped_judge() -> Regression:
    """The regression that was learned on our own held-out pieces."""
    found: Regression = learned("between.json")["conflict"]
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two claims to be compared, by number, and how alike they are.

    ``shared`` is the weight of the words in both, see :class:`~graph.mining.shared.Shared`.
    """

    first: int
    second: int
    likeness: float
    shared: float


def pair_features(
    candidates: Sequence[Candidate], there: PairReading, back: PairReading
) -> Iterator[dict[str, float]]:
    """What tells of each pair, read in both directions, whether it is in conflict.

    The stance was tried as well and tells nothing more: claims that speak against each other's
    side are everywhere in a debate.
    """
    shares = np.clip((there.sense + back.sense)[:, 1] / 2, _LEAST_SHARE, 1 - _LEAST_SHARE)
    for candidate, conflict in zip(candidates, np.log(shares / (1 - shares)), strict=True):
        yield {
            "conflict": float(conflict),
            "likeness": candidate.likeness,
            "shared": candidate.shared,
        }


@dataclass(frozen=True, slots=True)
class Between:
    """A relation between claims of two pieces, by their numbers in one list of all claims.

    An attack is a conflict, and so goes both ways.
    """

    kind: RelationKind
    source: int
    target: int
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
    judge: Regression = PLAIN,
) -> tuple[Between, ...]:
    """The relations between claims of different pieces, in the order of the claims.

    ``texts`` are the claims as :func:`~graph.mining.standalone.in_context` gives them.
    """
    words = Shared(texts)
    count = bounds.neighbours if len(texts) <= bounds.many else bounds.few
    candidates = [
        Candidate(i, j, float(vectors[i] @ vectors[j]), words.of(i, j))
        for i, j in nearest(vectors, pieces, count, bounds.least_likeness)
    ]
    there = model.read([(texts[c.first], texts[c.second]) for c in candidates])
    back = model.read([(texts[c.second], texts[c.first]) for c in candidates])
    known = pair_features(candidates, there, back)
    found = []
    for at, (candidate, features) in enumerate(zip(candidates, known, strict=True)):
        i, j = candidate.first, candidate.second
        conflict = odds(judge, features)
        same = float(there.sense[at, 0] + back.sense[at, 0]) / 2
        forward, backward = float(there.stance[at, 0]), float(back.stance[at, 0])
        if conflict >= max(bounds.conflict, same):
            found.append(Between(RelationKind.ATTACK, i, j, round(conflict, 3)))
        elif same >= bounds.same:
            found.append(Between(RelationKind.REPHRASE, i, j, round(same, 3)))
        elif max(forward, backward) >= bounds.support:
            ends = (i, j) if forward >= backward else (j, i)
            found.append(Between(RelationKind.SUPPORT, *ends, round(max(forward, backward), 3)))
    return tuple(found)
