"""Where everything stands on the map, computed beforehand: no physics, the same every time.

One block of columns per piece, blocks of pieces that clash most side by side, in each the claims
as an outline, and the issues in a row of wide boxes at the top. Long outlines go on in a further
column and many pieces in a further row, so that the whole has about the shape of a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, log, sqrt

from ..model import Claim, Debate
from .findings import Clash
from .order import column_order, neighbour_weights
from .outline import Row, issue_key, outlines, source_key
from .wrap import wrap

__all__ = ["Position", "positions"]

CARD, INDENT, DEEPEST = 264.0, 22.0, 10
TEXT, LINE, FOOT = 13.0, 17.0, 38.0
STEP = 22.0
GAP, TREE_GAP, LANE_GAP, BLOCK_GAP = 10.0, 30.0, 62.0, 128.0
HEAD_TEXT, HEAD_LINE = 22.0, 28.0
ISSUE, ISSUE_TEXT, ISSUE_LINE = 420.0, 17.0, 22.0
SHAPE = 1.65


@dataclass(frozen=True, slots=True)
class Position:
    """A box on the map: its centre and size, its lines, and what it stands under."""

    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    lane: int = -1
    parent: str | None = None

    def moved(self, dx: float, dy: float, lane: int) -> Position:
        """Return the box at another place."""
        return replace(self, x=self.x + dx, y=self.y + dy, lane=self.lane + lane)


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
        return TREE_GAP if self.row.depth == 0 else GAP


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece with its header and columns, placed from 0, 0."""

    source: str
    width: float
    height: float
    boxes: tuple[tuple[str, Position], ...]
    lanes: int


def positions(debate: Debate, contradictions: Iterable[Clash] = ()) -> dict[str, Position]:
    """Return the box of every claim, issue, source header and inference node of the map.

    The keys are ``claim:ID``, ``issue:ID``, ``source:ID`` and ``step:ID``. No two boxes overlap,
    and the same debate gives the same boxes.

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
        for key, box in block.boxes:
            out[key] = box.moved(x, y + drop, lane)
        lane += block.lanes
    return out


def _columns(debate: Debate, contradictions: Iterable[Clash]) -> list[str]:
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


def _heights(items: dict[str, list[_Item]]) -> list[float]:
    """Return the column heights worth trying, from the tallest box to one column per piece."""
    tall = [sum(i.height + i.gap for i in column) for column in items.values()]
    least = max((i.height for column in items.values() for i in column), default=100.0) * 2
    most = max([least, *tall])
    tries = 14
    return [least * (most / least) ** (i / tries) for i in range(tries + 1)]


_Placed = list[tuple[float, float, _Block]]


def _misfit(placed: _Placed) -> float:
    """Return how far the whole is from the shape of a screen, and how much of it is empty."""
    if not placed:
        return 0.0
    width = max(x + b.width for x, _, b in placed)
    height = max(y + b.height for _, y, b in placed)
    used = sum(b.width * b.height for _, _, b in placed)
    return abs(log(width / height / SHAPE)) + 0.6 * log(width * height / used)


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
    lanes = _lanes(items, tall)
    boxes, x, low = list[tuple[str, Position]](), 0.0, 0.0
    for number, lane in enumerate(lanes):
        least = min(i.indent for i in lane)
        y = 0.0
        for at, item in enumerate(lane):
            y += item.gap if at else 0.0
            left, step = x + item.indent - least, item.row.key.startswith("step:")
            wide = STEP if step else CARD
            box = Position(
                "step" if step else "claim", item.row.name, left + wide / 2, y + item.height / 2,
                wide, item.height, item.lines, number, item.row.parent,
            )  # fmt: skip
            boxes.append((item.row.key, box))
            y += item.height
        low = max(low, y)
        x += max(i.indent for i in lane) - least + CARD + LANE_GAP
    width = max(CARD, x - LANE_GAP)
    lines = wrap(debate.source_by_id[name].title, width - 48, HEAD_TEXT, 4)
    head = len(lines) * HEAD_LINE + 50
    header = Position("source", name, width / 2, head / 2, width, head, lines)
    below = tuple((key, box.moved(0, head + 26, 0)) for key, box in boxes)
    return _Block(
        name, width, head + 26 + low, ((source_key(name), header), *below), max(1, len(lanes))
    )


def _lanes(items: list[_Item], tall: float) -> list[list[_Item]]:
    """Return the outline cut into columns, between trees or else where it is least deep."""
    total = sum(i.height + i.gap for i in items)
    even = total / max(1, ceil(total / tall)) * 1.04 + 40
    lanes, lane, high = list[list[_Item]](), list[_Item](), 0.0
    for item in items:
        if lane and high + item.gap + item.height > max(even, item.height):
            cut = _cut(lane, item, even)
            lanes.append(lane[:cut])
            lane = lane[cut:]
            high = sum(i.height + i.gap for i in lane)
        lane.append(item)
        high += item.height + item.gap
    return [*lanes, lane] if lane else lanes


def _cut(lane: list[_Item], following: _Item, tall: float) -> int:
    """Return how many boxes stay in the column: at least the upper 60 per cent of its height."""
    best, depth, high = len(lane), following.row.depth, 0.0
    for at, item in enumerate(lane):
        if at and high > 0.6 * tall and item.row.depth < depth:
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
