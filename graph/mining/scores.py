"""Precision, recall and F1 over labels, as the field counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Score", "by_label", "macro_f1"]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, how many were found, and how many there are.

    >>> score = Score(right=3, found=4, there=6)
    >>> score.precision, score.recall, round(score.f1, 3)
    (0.75, 0.5, 0.6)
    """

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where nothing is there."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


def by_label(gold: Sequence[str], guess: Sequence[str]) -> dict[str, Score]:
    """The score of each label of the gold standard, in alphabetical order.

    Raises:
        ValueError: if the two are not equally long.

    >>> by_label(["a", "a", "b"], ["a", "b", "b"])["a"]
    Score(right=1, found=1, there=2)
    """
    both = list(zip(gold, guess, strict=True))
    return {
        label: Score(
            sum(g == h == label for g, h in both),
            sum(h == label for _, h in both),
            sum(g == label for g, _ in both),
        )
        for label in sorted(set(gold))
    }


def macro_f1(gold: Sequence[str], guess: Sequence[str]) -> float:
    """The plain mean of the F1 of each label of the gold standard.

    >>> round(macro_f1(["a", "a", "b"], ["a", "b", "b"]), 3)
    0.667
    """
    found = by_label(gold, guess)
    return sum(score.f1 for score in found.values()) / len(found) if found else 0.0
