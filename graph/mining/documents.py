"""Documents with gold units and relations, and how well mining finds them again.

The measures on gold units are those of Peldszus & Stede (2015): macro-F1 of the central claim and
of the role over units, of the function (support or attack) over units, and of the attachment over
all ordered pairs of units. Spans are compared exactly and by a Jaccard index of characters of at
least a half.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import FormatError, Place
from ..model import Debate, Status
from .models import ClaimModel, PairModel
from .parts import Article, MinedClaim, MinedRelation, RelationKind, Span, Utterance
from .relations import View, Weights, relations, view
from .scores import Score, macro_f1
from .sentences import sentences

__all__ = [
    "GoldDocument",
    "GoldRelation",
    "GoldUnit",
    "Tree",
    "anchored",
    "gold_tree",
    "gold_view",
    "match",
    "overlap",
    "read_documents",
    "relation_score",
    "tree_of",
    "tree_scores",
]


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A claim marked by people."""

    id: str
    span: Span
    text: str
    central: bool
    status: str = "asserted"
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """Which unit supports or attacks which, by number."""

    source: int
    target: int
    attack: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its units in their order and the relations that people drew."""

    id: str
    text: str
    units: tuple[GoldUnit, ...]
    relations: tuple[GoldRelation, ...]

    @property
    def article(self) -> Article:
        """The text as an article all of which is prose."""
        return Article.plain(self.id, self.text)

    @property
    def central(self) -> int | None:
        """The number of the central claim: the one so marked, else the one without a relation."""
        marked = [n for n, unit in enumerate(self.units) if unit.central]
        sources = {relation.source for relation in self.relations}
        free = [n for n in range(len(self.units)) if n not in sources]
        return next(iter(marked or free), None)


def read_documents(path: Path) -> list[GoldDocument]:
    """The documents of a JSON lines file.

    Each line has ``doc_id``, ``text``, ``units`` (``id start end kind``, the central one of the
    kind ``central_claim``) and ``relations`` (``source target type``).

    Raises:
        FormatError: naming the line that is not such a document.

    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: {error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_document(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                told = f"no document: {type(error).__name__} {error}"
                raise FormatError(told, Place(str(path), number)) from None
    return found


def _document(row: Mapping[str, object]) -> GoldDocument:
    text = str(row["text"])
    given = row["units"]
    if not isinstance(given, list):
        raise TypeError("units is no list")
    listed = sorted((u for u in given if not u.get("implicit")), key=lambda u: int(u["start"]))
    units = tuple(
        GoldUnit(
            str(u["id"]),
            Span(int(u["start"]), int(u["end"])),
            text[int(u["start"]) : int(u["end"])],
            u.get("kind") == "central_claim",
        )
        for u in listed
    )
    number = {unit.id: n for n, unit in enumerate(units)}
    drawn = row["relations"]
    if not isinstance(drawn, list):
        raise TypeError("relations is no list")
    relations = tuple(
        GoldRelation(number[str(r["source"])], number[str(r["target"])], r["type"] == "attack")
        for r in drawn
        if str(r["source"]) in number and str(r["target"]) in number
    )
    return GoldDocument(str(row["doc_id"]), text, units, relations)


def overlap(one: Span, other: Span) -> float:
    """The Jaccard index of two spans: shared characters over all characters.

    >>> overlap(Span(0, 10), Span(5, 15))
    0.3333333333333333
    """
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def match(gold: Sequence[Span], found: Sequence[Span], least: float) -> dict[int, int]:
    """For each found span, by number, the gold span that it is taken to be; best overlaps first."""
    pairs = sorted(
        (
            (overlap(g, f), i, j)
            for i, f in enumerate(found)
            for j, g in enumerate(gold)
            if overlap(g, f) >= least
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in pairs:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return taken


def anchored(debate: Debate, source: str) -> list[tuple[str, Span]]:
    """The claims of a source that have an anchor, with their spans in the file."""
    return [
        (c.id, Span(c.anchor.start, c.anchor.end))
        for c in debate.claims
        if c.source == source and c.anchor is not None
    ]


def relation_score(
    gold: GoldDocument,
    claims: Sequence[MinedClaim],
    relations: Iterable[MinedRelation],
    *,
    typed: bool = True,
) -> Score:
    """The relations between found claims that are drawn between the gold units they overlap."""
    taken = match([u.span for u in gold.units], [c.utterance.span for c in claims], 0.5)
    drawn = {(r.source, r.target, r.attack if typed else None) for r in gold.relations}
    found = list(relations)
    right = 0
    for relation in found:
        kind = relation.kind is RelationKind.ATTACK if typed else None
        ends = taken.get(relation.source), taken.get(relation.target)
        right += (*ends, kind) in drawn
    return Score(right, len(found), len(drawn))


@dataclass(frozen=True, slots=True)
class Tree:
    """An evidence graph: the central claim, and for every other its target and function."""

    central: int
    target: Mapping[int, int]
    attack: Mapping[int, bool]

    def roles(self, count: int) -> list[str]:
        """For each unit ``pro`` or ``opp``: the side changes with each attack on the way up."""
        found = []
        for unit in range(count):
            side, at, seen = True, unit, {unit}
            while at in self.target:
                side ^= self.attack[at]
                at = self.target[at]
                if at in seen:
                    break
                seen.add(at)
            found.append("pro" if side else "opp")
        return found


def gold_view(
    document: GoldDocument, title: str | None, claims: ClaimModel, pairs: PairModel
) -> View:
    """What the scores of relations look at, with the gold units as the claims."""
    article = document.article
    found = sentences(article)
    mined = []
    for unit in document.units:
        at, sentence = next(
            ((n, s) for n, s in enumerate(found) if s.span.end > unit.span.start), (0, None)
        )
        said = Utterance(
            unit.span, at, sentence.paragraph if sentence else 1, unit.holder, Status(unit.status)
        )
        mined.append(MinedClaim(said, unit.text, 1.0))
    vectors = claims.read([unit.text for unit in document.units]).vectors
    top = claims.read([title]).vectors[0] if title else vectors.sum(axis=0)
    return view(article, mined, vectors, top, pairs)


def tree_of(seen: View, weights: Weights) -> Tree:
    """The tree that is decoded with some weights."""
    central, found = relations(seen, weights)
    return Tree(
        central or 0,
        {r.source: r.target for r in found},
        {r.source: r.kind is RelationKind.ATTACK for r in found},
    )


def gold_tree(document: GoldDocument) -> Tree:
    """The tree that people drew, by the first relation of each unit."""
    first: dict[int, GoldRelation] = {}
    for relation in document.relations:
        first.setdefault(relation.source, relation)
    return Tree(
        document.central or 0,
        {n: r.target for n, r in first.items()},
        {n: r.attack for n, r in first.items()},
    )


def tree_scores(pairs: Sequence[tuple[GoldDocument, Tree]]) -> dict[str, float]:
    """Macro-F1 of central claim, role, function and attachment over all the documents."""
    columns: dict[str, tuple[list[str], list[str]]] = {
        name: ([], []) for name in ("central claim", "role", "function", "attachment")
    }

    def note(name: str, gold: Iterable[object], guess: Iterable[object]) -> None:
        columns[name][0].extend(map(str, gold))
        columns[name][1].extend(map(str, guess))

    for document, tree in pairs:
        count, real = len(document.units), gold_tree(document)
        units = range(count)
        note(
            "central claim", (n == real.central for n in units), (n == tree.central for n in units)
        )
        note("role", real.roles(count), tree.roles(count))
        inner = [n for n in units if n in real.target]
        note("function", (real.attack[n] for n in inner), (tree.attack.get(n) for n in inner))
        ends = [(i, j) for i in units for j in units if i != j]
        note(
            "attachment",
            (real.target.get(i) == j for i, j in ends),
            (tree.target.get(i) == j for i, j in ends),
        )
    return {name: macro_f1(gold, guess) for name, (gold, guess) in columns.items()}
