"""Read the training data: public pairs as JSON lines, our own pairs and pieces as plain text.

``python -m training.data`` checks every file of ours and counts what it holds. The formats are
told in ``training/WRITING.md``.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from graph.mining.parts import Article

__all__ = [
    "LABELS",
    "OWN",
    "AnnotatedPiece",
    "Pair",
    "Question",
    "Relation",
    "Unit",
    "held_out",
    "own_pairs",
    "read_pairs",
    "read_pieces",
    "read_questions",
    "unseen_motions",
]

Label = Literal["support", "attack", "none"]

#: The labels in the order of the pair model's outputs.
LABELS: tuple[Label, ...] = ("support", "attack", "none")

#: The folder of our own data.
OWN = Path(__file__).parent

#: How many pairs are drawn between two questions of one topic.
_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, and what the first says of the second."""

    a: str
    b: str
    label: Label
    topic: str


@dataclass(frozen=True, slots=True)
class Question:
    """Two opposed claims on one question, what speaks for each, and what speaks for neither."""

    topic: str
    text: str
    sides: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": []})
    same: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": []})
    neither: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unit:
    """A claim marked in a piece: its number, span, words, status and holder."""

    id: str
    start: int
    end: int
    text: str
    status: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """Which unit supports or attacks which."""

    source: str
    target: str
    type: Literal["support", "attack"]


@dataclass(frozen=True, slots=True)
class AnnotatedPiece:
    """A short text of our own with its units and what joins them."""

    id: str
    title: str
    author: str
    genre: str
    text: str
    units: tuple[Unit, ...]
    relations: tuple[Relation, ...]

    @property
    def article(self) -> Article:
        """The piece as the article that mining would read."""
        return Article.plain(self.id, self.text, self.title, (self.author,))


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSON lines file of a, b, label and topic."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Pair(r["a"], r["b"], r["label"], r.get("topic", r["b"])) for r in rows]


def unseen_motions(pairs: Iterable[Pair]) -> set[str]:
    """Every fifth motion of IBM's pairs, kept out so that the score is on motions never seen."""
    return set(list(dict.fromkeys(pair.topic for pair in pairs))[4::5])


def held_out(topic: str, share: float = 0.15) -> bool:
    """True for the topics kept out of training, by the checksum of their name.

    >>> held_out("night buses") in (True, False)
    True
    """
    return zlib.crc32(topic.strip().lower().encode()) % 1000 < share * 1000


_LINE = re.compile(r"(topic|question|A|B|for A|for B|same A|same B|neither):\s*(\S.*?)\s*")


def read_questions(folder: Path = OWN / "pairs") -> list[Question]:
    """The questions in a folder of pair files.

    Raises:
        ValueError: naming file and line of what is not understood.

    """
    return [q for path in sorted(folder.glob("*.txt")) for q in _questions(path)]


def _questions(path: Path) -> Iterator[Question]:
    topic = ""
    question: Question | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{path.name}:{number}: not understood: {line[:60]}")
        kind, text = match.groups()
        if kind in ("topic", "question"):
            if question is not None:
                yield _whole(question, path, number)
            question = Question(topic, text) if kind == "question" else None
            topic = text if kind == "topic" else topic
        elif question is None:
            raise ValueError(f"{path.name}:{number}: {kind} stands before any question")
        else:
            _add(question, kind, text)
    if question is not None:
        yield _whole(question, path, number)


def _add(question: Question, kind: str, text: str) -> None:
    if kind in ("A", "B"):
        question.sides[kind] = text
    elif kind == "neither":
        question.neither.append(text)
    else:
        what, side = kind.split()
        (question.reasons if what == "for" else question.same)[side].append(text)


def _whole(question: Question, path: Path, line: int) -> Question:
    if set(question.sides) != {"A", "B"} or not question.topic:
        raise ValueError(f"{path.name}:{line}: question {question.text!r} lacks A, B or its topic")
    return question


def own_pairs(questions: Iterable[Question], seed: int = 0) -> list[Pair]:
    """The pairs that the questions stand for, those across questions of one topic drawn by chance.

    >>> q = Question("t", "q", {"A": "Yes.", "B": "No."}, neither=["Who knows."])
    >>> [(p.a, p.b, p.label) for p in own_pairs([q])][:2]
    [('Yes.', 'No.', 'attack'), ('No.', 'Yes.', 'attack')]
    """
    pairs: list[Pair] = []
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(question.topic, []).append(question)
        pairs += _within(question)
    chance = random.Random(seed)
    for topic, asked in by_topic.items():
        for one, other in itertools.permutations(asked, 2):
            texts = [*one.sides.values(), *one.reasons["A"], *one.reasons["B"], *one.neither]
            sides = list(other.sides.values())
            for text in chance.sample(texts, min(_ACROSS, len(texts))):
                pairs.append(Pair(text, chance.choice(sides), "none", topic))
    return pairs


def _within(question: Question) -> Iterator[Pair]:
    for side, other in (("A", "B"), ("B", "A")):
        claim, opposed = question.sides[side], question.sides[other]
        topic = question.topic
        yield Pair(claim, opposed, "attack", topic)
        for text in question.same[side]:
            yield from (Pair(text, claim, "support", topic), Pair(claim, text, "support", topic))
            yield from (Pair(text, opposed, "attack", topic), Pair(opposed, text, "attack", topic))
        for text in question.reasons[side]:
            yield Pair(text, claim, "support", topic)
            yield Pair(text, opposed, "attack", topic)
        for text in question.neither:
            yield Pair(text, claim, "none", topic)
    # two lines that speak for neither side are as often unrelated as not: they are not joined


_MARK = re.compile(r"\[(\d+)(?: (reported|conceded)(?: ([^:\[\]]+?))?)?: ")
_RELATION = re.compile(r"(\d+) (supports|attacks) (\d+)")


def read_pieces(folder: Path = OWN / "pieces") -> list[AnnotatedPiece]:
    """The annotated pieces in a folder.

    Raises:
        ValueError: naming the piece that is not understood, and why.

    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        chunks = re.split(r"^=== *", path.read_text(encoding="utf-8"), flags=re.M)
        found += [_piece(chunk, path.name) for chunk in chunks if chunk.strip()]
    return found


def _piece(chunk: str, file: str) -> AnnotatedPiece:
    head, _, rest = chunk.partition("\n\n")
    name, *keys = head.strip().splitlines()
    meta = dict(re.split(r":\s*", key, maxsplit=1) for key in keys)
    body, line, tail = rest.partition("\n---")
    if not line:
        raise ValueError(f"{file}: piece {name} has no line of dashes before its relations")
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip()]
    text, units = _units("\n\n".join(paragraphs), f"{file}: piece {name}")
    known = {unit.id for unit in units}
    relations = []
    for row in filter(None, map(str.strip, tail.splitlines())):
        match = _RELATION.fullmatch(row)
        if match is None or match[1] not in known or match[3] not in known or match[1] == match[3]:
            raise ValueError(f"{file}: piece {name}: relation not understood: {row}")
        kind: Literal["support", "attack"] = "support" if match[2] == "supports" else "attack"
        relations.append(Relation(match[1], match[3], kind))
    return AnnotatedPiece(
        name, meta["title"], meta["author"], meta["genre"], text, tuple(units), tuple(relations)
    )


def _units(marked: str, where: str) -> tuple[str, list[Unit]]:
    """The text without its marks, and the units that they marked."""
    text, units, position = "", [], 0
    for mark in _MARK.finditer(marked):
        close = marked.find("]", mark.end())
        if mark.start() < position or close < 0 or "[" in marked[mark.end() : close]:
            raise ValueError(f"{where}: brackets nest or stay open at {mark.group()!r}")
        text += marked[position : mark.start()]
        words = marked[mark.end() : close]
        unit = Unit(
            mark[1], len(text), len(text) + len(words), words, mark[2] or "asserted", mark[3]
        )
        units.append(unit)
        text += words
        position = close + 1
    text += marked[position:]
    if "[" in text or "]" in text or len({u.id for u in units}) != len(units):
        raise ValueError(f"{where}: a bracket that is no mark, or a number used twice")
    return text, units


def main() -> None:
    """Check our own data and print what it holds."""
    questions = read_questions()
    pairs = own_pairs(questions)
    labels = Counter(pair.label for pair in pairs)
    topics = {question.topic for question in questions}
    print(f"{len(topics)} topics, {len(questions)} questions, {len(pairs)} pairs: {dict(labels)}")
    pieces = read_pieces()
    units = [unit for piece in pieces for unit in piece.units]
    statuses = Counter(unit.status for unit in units)
    relations = Counter(relation.type for piece in pieces for relation in piece.relations)
    print(
        f"{len(pieces)} pieces, {len(units)} claims {dict(statuses)}, relations {dict(relations)}"
    )


if __name__ == "__main__":
    main()
