"""Make pairs of a claim and a motion: a reason against a thing is a reason for its abolition.

``motions/claims*.txt`` have what is said for and against some practices, ``motions/motions.txt``
the motions that debates put about them, for and against. Whoever only hears whether a claim sounds
friendly takes half of these pairs for their opposite.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from .data import OWN, Label, Pair

__all__ = ["motion_pairs"]


def motion_pairs(each: int = 3, seed: int = 0) -> list[Pair]:
    """Every claim with so many motions on its matter.

    >>> sorted({pair.label for pair in motion_pairs(2)})
    ['attack', 'support']
    """
    chance = random.Random(seed)
    motions = [line for _, lines in _blocks(OWN / "motions" / "motions.txt") for line in lines]
    found = []
    files = sorted((OWN / "motions").glob("claims*.txt"))
    for matter, lines in (block for path in files for block in _blocks(path)):
        for sign, claim in lines:
            for side, motion in chance.sample(motions, each):
                label: Label = "support" if sign == side else "attack"
                text = motion.format(x=matter)
                found.append(Pair(_begun(claim), _begun(text), label, matter))
    return found


def _blocks(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The heading of each block, and its lines with the sign that they begin with."""
    for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.M):
        head, *_ = block.splitlines()
        signed = [line.split(" ", 1) for line in block.splitlines() if line[:2] in ("+ ", "- ")]
        if signed:
            yield head, [(sign, words) for sign, words in signed]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
