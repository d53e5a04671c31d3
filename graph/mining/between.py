"""What joins claims of different pieces: candidates by likeness, then a pair model on these alone.

Each claim is put to the model with the claims of other pieces whose vectors are nearest to its own,
in both directions. A pair whose both directions speak of an attack is *contrary*; where only one
does, that claim rebuts the other. Claims that support each other both ways and are much alike are
rephrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .models import Floats, PairModel
from .parts import RelationKind

__all__ = ["Between", "Bounds", "between", "nearest"]

_ROWS = 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many neighbours a claim is compared with, and how sure a relation must be to be kept."""

    neighbours: int = 12
    least_likeness: float = 0.25
    attack: float = 0.5
    support: float = 0.6
    rephrase: float = 0.75


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
) -> tuple[Between, ...]:
    """The relations between claims of different pieces, in the order of the claims."""
    pairs = list(nearest(vectors, pieces, bounds.neighbours, bounds.least_likeness))
    there = model.odds([(texts[i], texts[j]) for i, j in pairs])
    back = model.odds([(texts[j], texts[i]) for i, j in pairs])
    found = []
    for (i, j), first, second in zip(pairs, there, back, strict=True):
        likeness = float(vectors[i] @ vectors[j])
        if (one := _relation(i, j, first, second, likeness, bounds)) is not None:
            found.append(one)
    return tuple(found)


def _relation(
    i: int, j: int, there: Floats, back: Floats, likeness: float, bounds: Bounds
) -> Between | None:
    support, attack, _ = (float(value) for value in (there + back) / 2)
    forward = there[:2].max() >= back[:2].max()
    source, target = (i, j) if forward else (j, i)
    if attack >= bounds.attack and attack >= support:
        both = min(there[1], back[1]) >= bounds.attack
        return Between(RelationKind.ATTACK, source, target, bool(both), round(attack, 3))
    if support >= bounds.support:
        same = likeness >= bounds.rephrase and min(there[0], back[0]) >= bounds.support
        kind = RelationKind.REPHRASE if same else RelationKind.SUPPORT
        return Between(kind, source, target, same, round(support, 3))
    return None
