"""Make pairs of claims by putting what people dispute into many places, said in many ways.

``frames/concepts.txt`` says how a thing may be affirmed and denied, ``frames/domains.txt`` of what.
A pair says the *same*, stands in *conflict*, or, which is the point, does *neither*: it denies of
one thing what is said of another, or speaks of both in different respects. No pair can be told by
a negation or by a shared name; both texts must be read.

``python -m training.frames`` prints some of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .data import OWN, Label, Pair, Sense

__all__ = ["Concept", "Domain", "frame_pairs", "read_concepts", "read_domains"]

#: Kinds of dispute that bear on each other: nothing is said about two of one row.
_RELATED = tuple(
    frozenset(row.split())
    for row in (
        "worth adopt outcome forecast haste alternative evidence quality model cost wanted "
        "way-back",
        "worth adopt outcome forecast evidence safety gain strength fairness trust peace jobs "
        "prices equality nature health law",
        "pressure freedom consent duty word friend evenness motive honesty open listening",
        "blame competence single-cause trend size honesty",
        "intent did ability",
        "ought right",
        "gain fairness listening wanted equality",
        "safety strength",
    )
)

#: Ways to assert a clause, and to deny it.
_ASSERTED = (
    "{}",
    "{}",
    "{}",
    "it is plain that {}",
    "nobody who has looked closely can doubt that {}",
    "the truth is that {}",
    "what is too seldom said is that {}",
    "we should not forget that {}",
    "even its critics admit by now that {}",
    "in short, {}",
    "first of all, {}",
    "for all the talk of the last months, {}",
    "{}, whatever others may say",
    "{}, as the past ten years have shown",
    "{}, and everyone knows it",
    "{}, at least in the years to come",
)
_DENIED = (
    "it is not true that {}",
    "the claim that {} does not stand up to scrutiny",
    "it is a myth that {}",
    "only the naive still believe that {}",
    "it is simply wrong to say that {}",
    "those who say that {} are mistaken",
    "it cannot be said that {}",
    "there is nothing in the idea that {}",
)
_JOINED = ("{}, and {}", "{}; {}", "{}, while {}", "{}, and besides, {}", "{} - and {}")

#: How often a clause is denied, and how often another one is joined to it.
_DENIALS, _LONGER = 0.12, 0.35

_LABEL: dict[Sense, Label] = {"same": "support", "conflict": "attack", "neither": "none"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of dispute: how one affirms, and how one denies."""

    name: str
    exclusive: bool
    sides: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Domain:
    """A matter, and what fills the braces there."""

    name: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A side of a dispute, one way to say it, and what of."""

    concept: Concept
    side: int
    words: str
    fill: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.words.format(**self.fill)

    @property
    def slots(self) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", self.words))


def read_concepts(path: Path = OWN / "frames" / "concepts.txt") -> list[Concept]:
    """The kinds of dispute in their order."""
    found = []
    for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.M)[1:]:
        head, *lines = [line for line in block.splitlines() if line.strip()]
        plus, minus = (tuple(row[2:] for row in lines if row[0] == sign) for sign in "+-")
        name = head.removesuffix("(exclusive)").strip().replace(" ", "-")
        found.append(Concept(name, head.endswith("(exclusive)"), (plus, minus)))
    return found


def read_domains(path: Path = OWN / "frames" / "domains.txt") -> list[Domain]:
    """The matters in their order."""
    found = []
    for block in re.split(r"^domain: ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, *lines = [line for line in block.splitlines() if line.strip()]
        rows = (line.partition(": ") for line in lines)
        words = {slot: tuple(word.strip() for word in row.split("|")) for slot, _, row in rows}
        found.append(Domain(name, words))
    return found


def frame_pairs(count: int, seed: int = 0) -> list[Pair]:
    """So many pairs, a half of which are neither the same nor opposed.

    >>> {pair.sense for pair in frame_pairs(50)} == {"same", "conflict", "neither"}
    True
    """
    maker = _Maker(random.Random(seed))
    return [maker.pair() for _ in range(count)]


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._concepts, self._domains = read_concepts(), read_domains()
        self._chance = chance

    def pair(self) -> Pair:
        domain = self._chance.choice(self._domains)
        concept, side = self._chance.choice(self._concepts), self._chance.randrange(2)
        one = self._clause(concept, side, self._fill(domain))
        kinds = (self._same, self._opposed, self._elsewhere, self._otherwise)
        make = self._chance.choices(kinds, (20, 32, 28, 20))[0]
        other, sense = make(one, domain)
        first, second = one.text, other.text
        if sense == "neither":
            first, second = self._said(first), self._said(second)
        elif self._chance.random() < _DENIALS:
            sense = "conflict" if sense == "same" else "same"
            first, second = self._deny(first), self._assert(second)
        else:
            first, second = self._assert(first), self._assert(second)
        used = {one.concept, other.concept}
        texts = [self._longer(first, one.fill, used), self._longer(second, other.fill, used)]
        self._chance.shuffle(texts)
        a, b = (f"{text[:1].upper()}{text[1:]}." for text in texts)
        return Pair(a, b, _LABEL[sense], domain.name, sense)

    def _same(self, one: _Clause, _: Domain) -> tuple[_Clause, Sense]:
        """The same in other words."""
        return self._clause(one.concept, one.side, one.fill, one.words), "same"

    def _opposed(self, one: _Clause, _: Domain) -> tuple[_Clause, Sense]:
        """The opposite of the same."""
        return self._clause(one.concept, 1 - one.side, one.fill), "conflict"

    def _elsewhere(self, one: _Clause, domain: Domain) -> tuple[_Clause, Sense]:
        """The same or the opposite of something else; of what there can be only one, a rival."""
        other = self._clause(one.concept, self._chance.randrange(2), one.fill)
        slot = self._chance.choice(sorted(one.slots & other.slots))
        taken = {one.fill["actor"], one.fill["other"], one.fill[slot]}
        words = domain.words["actor" if slot == "other" else slot]
        left = [word for word in words if word not in taken]
        word = self._chance.choice(left) if left else f"the neighbours of {one.fill[slot]}"
        other = replace(other, fill={**one.fill, slot: word})
        if not one.concept.exclusive or slot != "thing":
            return other, "neither"
        if one.side or other.side:
            return self._opposed(one, domain)
        return other, "conflict"

    def _otherwise(self, one: _Clause, _: Domain) -> tuple[_Clause, Sense]:
        """Something that does not bear on it, of the same if that can be."""
        free = self._free({one.concept})
        near = [c for c in free if one.slots & self._clause(c, 0, one.fill).slots]
        concept = self._chance.choice(near or free)
        return self._clause(concept, self._chance.randrange(2), one.fill), "neither"

    def _fill(self, domain: Domain) -> dict[str, str]:
        fill = {slot: self._chance.choice(words) for slot, words in domain.words.items()}
        others = [actor for actor in domain.words["actor"] if actor != fill["actor"]]
        return {**fill, "other": self._chance.choice(others)}

    def _clause(
        self, concept: Concept, side: int, fill: Mapping[str, str], not_these: str = ""
    ) -> _Clause:
        words = [words for words in concept.sides[side] if words != not_these]
        return _Clause(concept, side, self._chance.choice(words), fill)

    def _free(self, used: set[Concept]) -> list[Concept]:
        """The kinds of dispute that bear on none of these."""
        rows = [row for row in _RELATED if row & {concept.name for concept in used}]
        return [c for c in self._concepts if c not in used and not any(c.name in r for r in rows)]

    def _assert(self, clause: str) -> str:
        return self._chance.choice(_ASSERTED).format(clause)

    def _deny(self, clause: str) -> str:
        return self._chance.choice(_DENIED).format(clause)

    def _said(self, clause: str) -> str:
        denies = self._chance.random() < _DENIALS
        return self._deny(clause) if denies else self._assert(clause)

    def _longer(self, text: str, fill: Mapping[str, str], used: set[Concept]) -> str:
        """The text, now and then with a clause beside it that says something else of the matter."""
        free = self._free(used)
        if not free or self._chance.random() >= _LONGER:
            return text
        more = self._clause(self._chance.choice(free), self._chance.randrange(2), fill)
        used.add(more.concept)
        parts = [text, more.text]
        self._chance.shuffle(parts)
        return self._chance.choice(_JOINED).format(*parts)


def main() -> None:
    """Print some pairs."""
    for pair in frame_pairs(24):
        print(f"{pair.sense}\n    {pair.a}\n    {pair.b}")


if __name__ == "__main__":
    main()
