"""How well one debate finds again what is in another: the mined one beside the annotated one.

Sources are matched by their id, or by the hash or file name of their text. Spans of claims are
compared exactly and by a Jaccard index of characters of at least a half, one to one, as is usual
for argument components; relations count where both ends are matched (Eger, Daxenberger & Gurevych
2017), and contradictions between authors where on both sides the anchors share at least half of the
shorter one, since two annotators seldom cut a sentence alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..analysis.contradictions import contradictions
from ..model import Claim, Debate
from .documents import anchored, match
from .scores import Score

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "evaluate", "rows_frame"]

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One measure with its score."""

    what: str
    score: Score


def evaluate(gold: Debate, found: Debate) -> tuple[Row, ...]:
    """Precision, recall and F1 of a debate against a gold standard, measure by measure.

    Claims without an anchor cannot be compared by place and are left out of all but nothing else.

    >>> from graph.formats.argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet. {at: 1.1 0-16}", "trams.argdown")
    >>> [(row.what, row.score.f1) for row in evaluate(debate, debate)][:2]
    [('claims, exact spans', 1.0), ('claims, overlapping spans', 1.0)]
    """
    sources = _same_sources(gold, found)
    exact = _matched(gold, found, sources, 1.0)
    near = _matched(gold, found, sources, _HALF)
    there = sum(c.anchor is not None for c in gold.claims)
    given = sum(c.anchor is not None for c in found.claims)
    old, new = gold.claim_by_id, found.claim_by_id
    holders = sum(_holder(gold, old[g]) == _holder(found, new[f]) for f, g in near.items())
    statuses = sum(old[g].status == new[f].status for f, g in near.items())
    rows = [
        Row("claims, exact spans", Score(len(exact), given, there)),
        Row("claims, overlapping spans", Score(len(near), given, there)),
        Row("holders of matched claims", Score(holders, len(near), len(near))),
        Row("statuses of matched claims", Score(statuses, len(near), len(near))),
    ]
    for where, inside in (("inside pieces", True), ("between pieces", False)):
        for kind in ("support", "attack", "any"):
            drawn, mined = _edges(gold, inside, kind), _edges(found, inside, kind)
            ends = {tuple(near.get(e, "") for e in edge) for edge in mined}
            name = "relations" if kind == "any" else f"{kind}s"
            rows.append(Row(f"{name} {where}", Score(len(ends & drawn), len(mined), len(drawn))))
    rows.append(Row("direct contradictions between authors", _direct(gold, found, sources)))
    rows.append(Row("pairs of authors with a direct one", _author_pairs(gold, found, sources)))
    return tuple(rows)


def rows_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The measures as a frame, shares rounded to four digits."""
    import pandas as pd

    return pd.DataFrame(
        {
            "measure": row.what,
            "precision": round(row.score.precision, 4),
            "recall": round(row.score.recall, 4),
            "f1": round(row.score.f1, 4),
            "right": row.score.right,
            "found": row.score.found,
            "there": row.score.there,
        }
        for row in rows
    )


def _holder(debate: Debate, claim: Claim) -> str:
    """Who holds a claim: its author, or the speaker by the last word of the name."""
    author = debate.source_by_id[claim.source].author
    if claim.holder == author or claim.holder in debate.agent_by_id[author].members:
        return ""
    return debate.agent_by_id[claim.holder].name.casefold().split()[-1]


def _same_sources(gold: Debate, found: Debate) -> dict[str, str]:
    """For each source of the found debate, the one of the gold standard."""
    same = {}
    for source in found.sources:
        for other in gold.sources:
            hashed = source.sha256 is not None and source.sha256 == other.sha256
            named = source.text is not None and source.text == other.text
            if source.id == other.id or hashed or named:
                same[source.id] = other.id
                break
    return same


def _matched(gold: Debate, found: Debate, sources: dict[str, str], least: float) -> dict[str, str]:
    """For each found claim the gold claim at its place, one to one."""
    pairs: dict[str, str] = {}
    for source, other in sources.items():
        mine, theirs = anchored(found, source), anchored(gold, other)
        taken = match([span for _, span in theirs], [span for _, span in mine], least)
        pairs |= {mine[i][0]: theirs[j][0] for i, j in taken.items()}
    return pairs


def _edges(debate: Debate, inside: bool, kind: str) -> set[tuple[str, ...]]:
    """The pairs of claims that supports or attacks join, inside pieces or between them."""
    pairs: set[tuple[str, ...]] = set()
    if kind in ("support", "any"):
        pairs |= {(p, s.conclusion) for s in debate.supports for p in s.premises}
    if kind in ("attack", "any"):
        pairs |= {(a.attacker, a.target) for a in debate.attacks if a.target in debate.claim_by_id}
    claims = debate.claim_by_id
    return {p for p in pairs if (claims[p[0]].source == claims[p[1]].source) == inside}


def _touch(one: Claim, other: Claim, sources: dict[str, str]) -> bool:
    """True if a found claim and a gold claim share half of the shorter anchor."""
    if sources.get(one.source) != other.source or one.anchor is None or other.anchor is None:
        return False
    a, b = one.anchor, other.anchor
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared >= _HALF * min(a.end - a.start, b.end - b.start)


def _between_authors(debate: Debate) -> list[tuple[Claim, Claim]]:
    authors = {agent.id for agent in debate.authors}
    claims = debate.claim_by_id
    return [
        (claims[c.first], claims[c.second])
        for c in contradictions(debate)
        if c.kind == "direct" and {c.first_holder, c.second_holder} <= authors
    ]


def _direct(gold: Debate, found: Debate, sources: dict[str, str]) -> Score:
    drawn, mined = _between_authors(gold), _between_authors(found)

    def same(pair: tuple[Claim, Claim], other: tuple[Claim, Claim]) -> bool:
        return any(
            _touch(pair[0], other[i], sources) and _touch(pair[1], other[1 - i], sources)
            for i in (0, 1)
        )

    hits = _assigned([[n for n, real in enumerate(drawn) if same(p, real)] for p in mined])
    return Score(hits, len(mined), len(drawn))


def _assigned(choices: Sequence[Sequence[int]]) -> int:
    """How many can be given one of their choices each (Kuhn's augmenting paths)."""
    owner: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for choice in choices[row]:
            if choice not in seen:
                seen.add(choice)
                if choice not in owner or place(owner[choice], seen):
                    owner[choice] = row
                    return True
        return False

    return sum(place(row, set()) for row in range(len(choices)))


def _author_pairs(gold: Debate, found: Debate, sources: dict[str, str]) -> Score:
    def pairs(debate: Debate, names: dict[str, str]) -> set[frozenset[str]]:
        return {
            frozenset(names.get(claim.source, claim.source) for claim in pair)
            for pair in _between_authors(debate)
        }

    drawn = pairs(gold, {source.id: source.id for source in gold.sources})
    mined = pairs(found, sources)
    return Score(len(drawn & mined), len(mined), len(drawn))
