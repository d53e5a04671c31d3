"""Make pairs of a claim and a motion: a reason against a thing is a reason for its abolition.

``motions/claims*.txt`` have what is said for and against some practices, ``motions/motions.txt``
the motions that debates put about them, for and against, and ``motions/whole*.txt`` what is said
for and against whole motions. Whoever only hears whether a claim sounds friendly takes half of
these pairs for their opposite.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from .data import OWN, Label, Pair

__all__ = ["motion_pairs"]


def motion_pairs(each: int = 3, seed: int = 0) -> list[Pair]:
    """Every claim with its motion, or with so many motions on its matter.

    >>> sorted({pair.label for pair in motion_pairs(2)})
    ['attack', 'support']
    """
    chance = random.Random(seed)
    motions = [line for _, lines in _blocks(OWN / "motions" / "motions.txt") for line in lines]
    found = []
    for motion, lines in _all_blocks("whole*.txt"):
        for sign, claim in lines:
            label: Label = "support" if sign == "+" else "attack"
            found.append(Pair(_begun(claim), motion, label, motion))
    for matter, lines in _all_blocks("claims*.txt"):
        for sign, claim in lines:
            for side, motion in chance.sample(motions, each):
                label = "support" if sign == side else "attack"
                text = motion.format(x=matter)
                found.append(Pair(_begun(claim), _begun(text), label, matter))
    return found


def _all_blocks(pattern: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for path in sorted((OWN / "motions").glob(pattern)):
        yield from _blocks(path)


def _blocks(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The heading of each block, and its lines with the sign that they begin with."""
    for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.M):
        head, *_ = block.splitlines()
        signed = [line.split(" ", 1) for line in block.splitlines() if line[:2] in ("+ ", "- ")]
        if signed:
            yield head, [(sign, words) for sign, words in signed]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
