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
    "SENSES",
    "AnnotatedPiece",
    "Label",
    "OwnDebate",
    "Pair",
    "Question",
    "Relation",
    "Sense",
    "Unit",
    "at_one",
    "held_out",
    "own_pairs",
    "read_debates",
    "read_pairs",
    "read_pieces",
    "read_questions",
    "unseen_motions",
]

Label = Literal["support", "attack", "none"]
Sense = Literal["same", "conflict", "neither", "at one"]

#: The labels in the order of the pair model's outputs.
LABELS: tuple[Label, ...] = ("support", "attack", "none")

#: What two claims are to each other, in the order of the pair model's other outputs.
SENSES: tuple[Sense, ...] = ("same", "conflict", "neither")

#: The folder of our own data.
OWN = Path(__file__).parent

#: How many pairs are drawn from one side of a question.
_AT_ONE = 50

#: How many pairs are drawn between two questions of one topic.
_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, what the first is to the second, and what each says of the other, where known.

    A reason against a claim attacks it, and is in *conflict* with it only if the two cannot both
    be held; the public sets do not tell one from the other. Claims *at one* are both held by one
    side: they are in no conflict, and nothing else is known of them.
    """

    a: str
    b: str
    label: Label | None
    topic: str
    sense: Sense | None = None

    @property
    def turned(self) -> Pair:
        """The second claim with the first; of a conflict or its like, as true as this one."""
        return Pair(self.b, self.a, self.label, self.topic, self.sense)


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

    def at_one(self) -> Iterator[Pair]:
        """Pairs of what the author asserts, but for those of which one attacks the other."""
        attacked = {(r.source, r.target) for r in self.relations if r.type == "attack"}
        held = [unit for unit in self.units if unit.status == "asserted"]
        for one, other in itertools.combinations(held, 2):
            if not {(one.id, other.id), (other.id, one.id)} & attacked:
                yield Pair(one.text, other.text, None, self.id, "at one")


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
    [('Yes.', 'No.', 'attack'), ('Who knows.', 'Yes.', 'none')]
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
                pairs.append(Pair(text, chance.choice(sides), "none", topic, "neither"))
    return pairs


def at_one(pairs: Iterable[Pair], seed: int = 0) -> list[Pair]:
    """Pairs of claims that one side holds: two reasons on one side of a question, or of one piece.

    >>> [p.sense for p in at_one([Pair("a", "c", "support", "t"), Pair("b", "c", "support", "t")])]
    ['at one']
    """
    sides: dict[tuple[str, str | None], list[str]] = {}
    for pair in pairs:
        if pair.label != "none":
            sides.setdefault((pair.b, pair.label), []).append(pair.a)
    chance = random.Random(seed)
    found = []
    for (claim, _), texts in sides.items():
        both = list(itertools.combinations(dict.fromkeys(texts), 2))
        drawn = chance.sample(both, min(len(both), len(texts), _AT_ONE))
        for one, other in drawn:
            a, b = chance.sample((one, other), 2)
            found.append(Pair(a, b, None, claim, "at one"))
    return found


def _within(question: Question) -> Iterator[Pair]:
    for side, other in (("A", "B"), ("B", "A")):
        claim, opposed = question.sides[side], question.sides[other]
        topic = question.topic
        yield Pair(claim, opposed, "attack", topic, "conflict")
        for text in question.same[side]:
            for one, two in ((text, claim), (claim, text)):
                yield Pair(one, two, "support", topic, "same")
            for one, two in ((text, opposed), (opposed, text)):
                yield Pair(one, two, "attack", topic, "conflict")
        for text in question.reasons[side]:
            yield Pair(text, claim, "support", topic)
            yield Pair(text, opposed, "attack", topic)
        for text in question.neither:
            yield Pair(text, claim, "none", topic, "neither")
    # two lines that speak for neither side are as often unrelated as not: they are not joined


@dataclass(frozen=True, slots=True)
class OwnDebate:
    """The claims of some authors on one matter, and which pairs of them conflict or agree.

    Of ``near`` pairs one is a reason for or against the other: nothing is taught of them, neither
    that they conflict nor that they do not.
    """

    topic: str
    claims: dict[str, str]
    conflict: frozenset[frozenset[str]]
    same: frozenset[frozenset[str]]
    near: frozenset[frozenset[str]]

    @property
    def of_pieces(self) -> bool:
        """True if the claims were mined from whole pieces, so that few of them quarrel."""
        return self.topic.endswith(" in five pieces")

    def pairs(self) -> Iterator[Pair]:
        """Each pair of claims but the near ones, once; those of one author are at one."""
        for one, other in itertools.combinations(self.claims, 2):
            ends = frozenset((one, other))
            if ends in self.near:
                continue
            a, b = self.claims[one], self.claims[other]
            if ends in self.conflict:
                yield Pair(a, b, "attack", self.topic, "conflict")
            elif ends in self.same:
                yield Pair(a, b, "support", self.topic, "same")
            else:
                sense: Sense = "at one" if one[0] == other[0] else "neither"
                yield Pair(a, b, None, self.topic, sense)


def read_debates(folder: Path = OWN / "debates") -> list[OwnDebate]:
    """The debates in a folder.

    Raises:
        ValueError: naming the debate that is not understood, and why.

    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        blocks = re.split(r"^debate: *", path.read_text(encoding="utf-8"), flags=re.M)
        found += [_debate(block, path.name) for block in blocks[1:]]
    return found


def _debate(block: str, file: str) -> OwnDebate:
    topic, *lines = [line.strip() for line in block.splitlines() if line.strip()]
    claims: dict[str, str] = {}
    pairs = dict.fromkeys(("conflict:", "same:", "near:"), frozenset[frozenset[str]]())
    for line in lines:
        name, _, rest = line.partition(" ")
        if re.fullmatch(r"[a-z]\d+", name) and rest and name not in claims:
            claims[name] = rest
        elif name in pairs:
            ends = [frozenset(pair.split("-")) for pair in rest.split()]
            if wrong := [pair for pair in ends if len(pair) != 2 or not pair <= claims.keys()]:
                raise ValueError(f"{file}: {topic}: no such pair: {sorted(wrong[0])}")
            pairs[name] = frozenset(ends)
        elif name != "@":
            raise ValueError(f"{file}: {topic}: not understood: {line[:60]}")
    if overlap := pairs["conflict:"] & pairs["same:"]:
        raise ValueError(f"{file}: {topic}: both conflict and the same: {sorted(*overlap)}")
    near = pairs["near:"] - pairs["conflict:"] - pairs["same:"]
    return OwnDebate(topic, claims, pairs["conflict:"], pairs["same:"], near)


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
    debates = read_debates()
    senses = Counter(pair.sense for debate in debates for pair in debate.pairs())
    claims = sum(len(debate.claims) for debate in debates)
    print(f"{len(debates)} debates, {claims} claims, pairs {dict(senses)}")
    pieces = read_pieces()
    units = [unit for piece in pieces for unit in piece.units]
    statuses = Counter(unit.status for unit in units)
    relations = Counter(relation.type for piece in pieces for relation in piece.relations)
    print(
        f"{len(pieces)} pieces, {len(units)} claims {dict(statuses)}, relations {dict(relations)}"
    )


if __name__ == "__main__":
    main()
