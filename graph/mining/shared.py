"""How much two claims of one debate speak of the same: the words they share, rare ones first.

In a debate on trams every claim has the word *tram*; that two share it says little, and that two
share *curve* says much (inverse document frequency: Sparck Jones 1972).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["Shared"]

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_STOP = frozenset(
    "the and but for nor with from that this these those which who whom whose what when where why "  # noqa: SIM905
    "how has have had was were are been being will would can could may might must should shall not "
    "its his her our your they them she him you one all any more most less than then there here "
    "into onto upon over under about after before while because such very only also even still "
    "just out off own too both each few some other another between during against through".split()
)


class Shared:
    """The claims of a debate, ready to be compared two by two."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = [_stems(text) for text in texts]
        counts = Counter(stem for stems in self._words for stem in stems)
        total = max(1, len(texts))
        self._weight = {stem: math.log((1 + total) / count) for stem, count in counts.items()}
        self._sums = [sum(map(self._weight.__getitem__, stems)) for stems in self._words]

    def of(self, i: int, j: int) -> float:
        """The weight of the words that two claims share over that of the shorter one, 0 to 1.

        >>> words = Shared(["Trams squeal in curves.", "Trams are dear.", "In curves they squeal."])
        >>> round(words.of(0, 2), 2), round(words.of(0, 1), 2)
        (1.0, 0.33)
        """
        both = self._words[i] & self._words[j]
        least = min(self._sums[i], self._sums[j])
        return sum(self._weight[stem] for stem in both) / least if least else 0.0


def _stems(text: str) -> frozenset[str]:
    """The content words, cut to six letters so that endings do not matter."""
    words = _WORD.findall(text.lower())
    return frozenset(word[:6] for word in words if word not in _STOP)
