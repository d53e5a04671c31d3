"""Where everything stands on the map, computed beforehand: no physics, the same every time.

One block of columns per piece, blocks of pieces that clash most side by side, in each the claims
as an outline, and the issues in a row of wide boxes at the top. Long outlines go on in a further
column, under slim copies of the conclusions that it belongs to, and many pieces in a further row,
so that the whole has about the shape of a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, log, sqrt

from ..analysis.contradictions import Contradiction
from ..model import Claim, Debate
from .order import EXACT, column_order, neighbour_weights
from .outline import Row, issue_key, outlines, source_key
from .wrap import wrap

__all__ = ["Position", "positions"]

CARD, INDENT, DEEPEST = 264.0, 22.0, 10
TEXT, LINE, FOOT = 13.0, 17.0, 38.0
STEP = 22.0
GAP, TREE_GAP, LANE_GAP, BLOCK_GAP = 10.0, 30.0, 62.0, 128.0
HEAD_TEXT, HEAD_LINE, HEAD_GAP = 22.0, 28.0, 26.0
ISSUE, ISSUE_TEXT, ISSUE_LINE = 420.0, 17.0, 22.0
SHAPE = 1.3
MORE, MOST_MORE = 24.0, 6


@dataclass(frozen=True, slots=True)
class Position:
    """A box on the map: its centre and size, its lines, and the key of what it stands under.

    The kind is claim, issue, source, step, or more (the copy of a box above a further column).
    The parent is what a line is drawn to: that box, or its copy in the same column. What it stands
    under in the outline, however far away that is, is `above`.
    """

    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    lane: int = -1
    parent: str | None = None
    above: str | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of an outline as a box whose height is known and whose place is not."""

    row: Row
    height: float
    lines: tuple[str, ...]

    @property
    def indent(self) -> float:
        """How far the box stands to the right."""
        return min(self.row.depth, DEEPEST) * INDENT

    @property
    def gap(self) -> float:
        """The free space above the box."""
        if self.row.key.startswith("more:"):
            return MORE / 4
        return TREE_GAP if self.row.depth == 0 else GAP


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece with its header and columns, placed from 0, 0."""

    source: str
    width: float
    height: float
    lanes: tuple[tuple[_Item, ...], ...]
    head: tuple[str, ...]
    torn: int


def positions(debate: Debate, contradictions: Iterable[Contradiction] = ()) -> dict[str, Position]:
    """Return the box of every claim, issue, source header and inference node of the map.

    The keys are ``claim:ID``, ``issue:ID``, ``source:ID``, ``step:ID``, and ``more:N:KEY`` for the
    copy of a box above the further column N. No two boxes overlap, and the same debate gives the
    same boxes.

    >>> positions(Debate("empty", "Nothing yet"))
    {}
    """
    claims = debate.claim_by_id
    items = {
        source: [_item(row, claims) for row in rows] for source, rows in outlines(debate).items()
    }
    names = _columns(debate, contradictions)
    best = min((_arranged(debate, names, items, tall) for tall in _heights(items)), key=_misfit)
    width = max([x + b.width for x, _, b in best] + [ISSUE * min(3, len(debate.issues))])
    out, drop = _issues(debate, width)
    lane = 0
    for x, y, block in best:
        out.update(_boxes(block, x, y + drop, lane))
        lane += len(block.lanes)
    return out


def _columns(debate: Debate, contradictions: Iterable[Contradiction]) -> list[str]:
    source_of = {c.id: c.source for c in debate.claims}
    pairs = [(c.first, c.second) for c in contradictions]
    pairs += [(a.attacker, a.target) for a in debate.attacks if a.target in source_of]
    weights = neighbour_weights((source_of[a], source_of[b]) for a, b in pairs)
    return column_order([s.id for s in debate.sources], weights)


def _item(row: Row, claims: Mapping[str, Claim]) -> _Item:
    if row.key.startswith("step:"):
        return _Item(row, STEP, ())
    lines = wrap(claims[row.name].text, CARD - 34, TEXT)
    return _Item(row, len(lines) * LINE + FOOT, lines)


def _heights(items: Mapping[str, list[_Item]]) -> list[float]:
    """Return the column heights worth trying, from the tallest box to one column per piece."""
    tall = [sum(i.height + i.gap for i in column) for column in items.values()]
    least = max((i.height for column in items.values() for i in column), default=100.0) * 2
    most = max([least, *tall])
    tries = 14
    return [least * (most / least) ** (i / tries) for i in range(tries + 1)]


_Placed = list[tuple[float, float, _Block]]


def _misfit(placed: _Placed) -> float:
    """Return how bad an arrangement is: its shape, its empty room, its torn trees, its rows."""
    if not placed:
        return 0.0
    width = max(x + b.width for x, _, b in placed)
    height = max(y + b.height for _, y, b in placed)
    used = sum(b.width * b.height for _, _, b in placed)
    torn = sum(b.torn for _, _, b in placed) / sum(
        len(lane) or 1 for _, _, b in placed for lane in b.lanes or ((),)
    )
    rows = len({y for _, y, _ in placed})
    stray = 0.35 * (rows - 1) if len(placed) <= EXACT else 0.0
    return abs(log(width / height / SHAPE)) + 0.6 * log(width * height / used) + 2 * torn + stray


def _arranged(
    debate: Debate, names: list[str], items: dict[str, list[_Item]], tall: float
) -> _Placed:
    """Return the blocks in rows like books on shelves."""
    blocks = [_block(debate, name, items[name], tall) for name in names]
    area = sum((b.width + BLOCK_GAP) * (b.height + BLOCK_GAP) for b in blocks)
    row = sum(b.width + BLOCK_GAP for b in blocks)
    rows = max(1, round(row / sqrt(area * SHAPE))) if blocks else 1
    limit = row / rows * 1.02
    out, x, y, high = _Placed(), 0.0, 0.0, 0.0
    for block in blocks:
        if x and x + block.width > limit:
            x, y, high = 0.0, y + high + BLOCK_GAP, 0.0
        out.append((x, y, block))
        x += block.width + BLOCK_GAP
        high = max(high, block.height)
    return out


def _block(debate: Debate, name: str, items: list[_Item], tall: float) -> _Block:
    lanes = tuple(map(tuple, _lanes(items, tall)))
    width = sum(_span(lane) + CARD + LANE_GAP for lane in lanes) - LANE_GAP if lanes else CARD
    head = wrap(debate.source_by_id[name].title, width - 48, HEAD_TEXT, 4)
    low = max((sum(i.height + i.gap for i in lane) - lane[0].gap for lane in lanes), default=0.0)
    torn = sum(i.row.key.startswith("more:") for lane in lanes for i in lane)
    return _Block(name, width, _head_height(head) + HEAD_GAP + low, lanes, head, torn)


def _span(lane: tuple[_Item, ...]) -> float:
    """Return how far the deepest box stands to the right of the least deep."""
    indents = [i.indent for i in lane]
    return max(indents) - min(indents)


def _head_height(lines: tuple[str, ...]) -> float:
    return len(lines) * HEAD_LINE + 70


def _boxes(block: _Block, x: float, y: float, number: int) -> Iterator[tuple[str, Position]]:
    """Yield the header of a block and the boxes of its columns."""
    head = _head_height(block.head)
    yield (
        source_key(block.source),
        Position("source", block.source, x + block.width / 2, y + head / 2, block.width, head,
                 block.head),
    )  # fmt: skip
    for at, lane in enumerate(block.lanes):
        here = {i.row.key for i in lane}
        least, top = min(i.indent for i in lane), y + head + HEAD_GAP - lane[0].gap
        for item in lane:
            kind, parent = item.row.key.partition(":")[0], item.row.parent
            wide = STEP if item.height == STEP else CARD
            if parent is not None and parent not in here:
                copy = f"more:{at}:{parent}"
                parent = copy if copy in here else None
            top += item.gap
            yield (
                item.row.key,
                Position(
                    kind, item.row.name,
                    x + item.indent - least + wide / 2, top + item.height / 2,
                    wide, item.height, item.lines, number, parent,
                    None if kind == "more" else item.row.parent,
                ),
            )  # fmt: skip
            top += item.height
        x, number = x + _span(lane) + CARD + LANE_GAP, number + 1


def _lanes(items: list[_Item], tall: float) -> list[list[_Item]]:
    """Return the outline cut into columns, between trees or else where it is least deep."""
    total = sum(i.height + i.gap for i in items)
    even = total / max(1, ceil(total / tall)) * 1.04 + 40
    by_key = {i.row.key: i for i in items}
    lanes, lane, high, copies = list[list[_Item]](), list[_Item](), 0.0, 0
    for item in items:
        if len(lane) > copies and high + item.gap + item.height > max(even, item.height):
            cut = _cut(lane, copies, item, even)
            lanes.append(lane[:cut])
            above = _copies(lane[cut] if cut < len(lane) else item, len(lanes), by_key)
            copies, lane = len(above), above + lane[cut:]
            high = sum(i.height + i.gap for i in lane)
        lane.append(item)
        high += item.height + item.gap
    return [*lanes, lane] if lane else lanes


def _copies(item: _Item, number: int, by_key: Mapping[str, _Item]) -> list[_Item]:
    """Return slim copies of what the first box of a further column stands under."""
    out, parent = list[_Item](), item.row.parent
    while parent is not None and len(out) < MOST_MORE:
        original = by_key[parent]
        above = original.row.parent
        last = above is None or len(out) == MOST_MORE - 1
        row = Row(
            f"more:{number}:{parent}", original.row.name, original.row.depth,
            None if last else f"more:{number}:{above}",
        )  # fmt: skip
        height = STEP if parent.startswith("step:") else MORE
        out.append(_Item(row, height, original.lines[:1]))
        parent = above
    return out[::-1]


def _cut(lane: list[_Item], copies: int, following: _Item, tall: float) -> int:
    """Return how many boxes stay in the column: at least the upper 60 per cent of its height."""
    best, depth, high = len(lane), following.row.depth, 0.0
    for at, item in enumerate(lane):
        if at > copies and high > 0.6 * tall and item.row.depth < depth:
            best, depth = at, item.row.depth
        high += item.height + item.gap
    return best


def _issues(debate: Debate, width: float) -> tuple[dict[str, Position], float]:
    """Return the boxes of the issues in rows of that width, and how much room they take."""
    if not debate.issues:
        return {}, 0.0
    a_row = max(1, min(len(debate.issues), int((width + 40) // (ISSUE + 40))))
    rows = ceil(len(debate.issues) / a_row)
    a_row = ceil(len(debate.issues) / rows)
    pitch = (width - ISSUE) / (a_row - 1) if a_row > 1 else 0.0
    pitch = max(ISSUE + 40, min(pitch, ISSUE * 2.2))
    start = (width - pitch * (a_row - 1) - ISSUE) / 2
    out, y = dict[str, Position](), 0.0
    for first in range(0, len(debate.issues), a_row):
        some = debate.issues[first : first + a_row]
        texts = [wrap(i.question, ISSUE - 60, ISSUE_TEXT, 6) for i in some]
        high = max(len(lines) for lines in texts) * ISSUE_LINE + 40
        for column, (issue, lines) in enumerate(zip(some, texts, strict=True)):
            x = start + column * pitch + ISSUE / 2
            out[issue_key(issue.id)] = Position(
                "issue", issue.id, x, y + high / 2, ISSUE, high, lines
            )
        y += high + 36
    return out, y + 60
