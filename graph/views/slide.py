"""Where everything stands on a slide: outlines in columns, as large as a slide of 16 to 9 allows.

Every piece is an outline, conclusions above their premises and what takes part in an attack first;
pieces that attack each other stand side by side. All measures are points of a text of 14 points
before the whole is scaled to the slide, with y growing downwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import AttackKind, Debate
from .order import column_order, neighbour_weights
from .outline import Row, outlines
from .wrap import text_width, wrap

__all__ = ["GAP", "HEAD", "SHAPE", "TEXT", "Box", "Slide", "corner_width", "slide"]

SHAPE = 16 / 9
TEXT, LINE, HEAD, HEAD_LINE = 14, 15.8, 12, 13.6
INDENT = 24.0
_PAD, _STEP, _MARK = 15.0, 22.0, 52.0
GAP = 76.0
_GAP, _TREE_GAP = 9.0, 24.0
#: Letters are measured as Helvetica's, and some fonts that stand in for it are wider.
_ROOM = 0.86
_WIDTHS = (190.0, 220.0, 250.0, 290.0, 340.0)
#: How much larger the text must come out to make up for a tree torn between two columns.
_TORN = 0.94
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A claim, or the point where linked premises meet: its left upper corner, size and lines.

    The parent is the key of what it stands under in the same column.
    """

    key: str
    name: str
    x: float
    y: float
    width: float
    height: float
    head: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    parent: str | None = None
    column: int = 0


@dataclass(frozen=True, slots=True)
class Slide:
    """The boxes by key (``claim:ID`` or ``step:ID``), and the size that they take together."""

    boxes: Mapping[str, Box]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Item:
    row: Row
    width: float
    height: float
    head: tuple[str, ...]
    lines: tuple[str, ...]


def slide(debate: Debate, heads: Mapping[str, tuple[str, str]], above: float = 0.0) -> Slide:
    """Return the boxes so that the text comes out as large as can be on a slide.

    ``heads`` are the words above each claim, those in the left corner and those in the right, and
    ``above`` is the height that other things take.

    >>> slide(Debate("empty", "Nothing yet"), {}).boxes
    {}
    """
    pieces = _pieces(debate)
    best, most = Slide({}, 0.0, 0.0), 0.0
    for width in _WIDTHS:
        items = [[_item(row, debate, heads, width) for row in rows] for rows in pieces]
        for tall in _heights(items):
            for shared in (False, True):
                columns = list(_columns(items, tall, shared=shared))
                found = _placed(columns)
                torn = sum(_is_torn(column) for column in columns)
                fit = 1 / max(found.width / SHAPE, found.height + above, 1.0)
                score = fit * _TORN**torn * (0.9 if shared else 1.0)
                if score > most:
                    best, most = found, score
    return best


def _pieces(debate: Debate) -> list[list[Row]]:
    """Return the rows of the pieces in the order of the columns, the ends of attacks first."""
    source_of = {c.id: c.source for c in debate.claims}
    ends, pairs = set[str](), list[tuple[str, str]]()
    for attack in debate.attacks:
        target = attack.target
        if attack.kind is AttackKind.UNDERCUT:
            target = debate.support_by_id[target].conclusion
        ends |= {attack.attacker, target}
        pairs.append((source_of[attack.attacker], source_of[target]))
    rows = outlines(debate)
    order = column_order([s for s, some in rows.items() if some], neighbour_weights(pairs))
    return [_sorted(rows[name], ends) for name in order]


def _sorted(rows: Iterable[Row], ends: Collection[str]) -> list[Row]:
    trees = list[list[Row]]()
    for row in rows:
        if row.depth == 0:
            trees.append([])
        trees[-1].append(row)
    trees.sort(key=lambda tree: not any(row.name in ends for row in tree))
    return [row for tree in trees for row in tree]


def _item(row: Row, debate: Debate, heads: Mapping[str, tuple[str, str]], width: float) -> _Item:
    if row.key.startswith("step:"):
        return _Item(row, _STEP, _STEP, (), ())
    name, corner = heads[row.name]
    head = wrap(name, (width - _MARK - corner_width(corner)) * _ROOM, HEAD, 3)
    lines = wrap(debate.claim_by_id[row.name].text, (width - 14) * _ROOM, TEXT, _MOST_LINES)
    return _Item(row, width, len(head) * HEAD_LINE + len(lines) * LINE + _PAD, head, lines)


def corner_width(text: str) -> float:
    """Return the room that the words in the right corner of a box take.

    >>> corner_width("")
    0.0
    """
    return text_width(text) * HEAD * 1.3 + 12 if text else 0.0


def _gap(item: _Item) -> float:
    return _TREE_GAP if item.row.depth == 0 else _GAP


def _heights(items: Sequence[Sequence[_Item]]) -> list[float]:
    """Return the column heights worth trying, from the tallest box to one column for all."""
    least = max((i.height for some in items for i in some), default=1.0)
    most = max(least, sum(i.height + _gap(i) for some in items for i in some))
    tries = 40
    return [least * (most / least) ** (n / tries) for n in range(tries + 1)]


def _columns(
    items: Sequence[Sequence[_Item]], tall: float, *, shared: bool
) -> Iterator[list[_Item]]:
    """Yield the columns; a piece begins a new one unless they are shared and there is room."""
    column, high = list[_Item](), 0.0
    for some in items:
        whole = sum(i.height + _gap(i) for i in some)
        if column and not (shared and high + whole <= tall):
            yield column
            column, high = [], 0.0
        for item in some:
            if column and high + _gap(item) + item.height > tall:
                cut = _cut(column, item, tall)
                yield column[:cut]
                column = column[cut:]
                high = sum(i.height + _gap(i) for i in column)
            column.append(item)
            high += item.height + _gap(item)
    if column:
        yield column


def _cut(column: Sequence[_Item], following: _Item, tall: float) -> int:
    """Return how many boxes stay in a full column: one ends best where a tree does."""
    best, depth, high = len(column), following.row.depth, 0.0
    for at, item in enumerate(column):
        if high > 0.55 * tall and item.row.depth < depth:
            best, depth = at, item.row.depth
        high += item.height + _gap(item)
    return best


def _is_torn(column: Sequence[_Item]) -> bool:
    return column[0].row.depth > 0


def _placed(columns: Sequence[Sequence[_Item]]) -> Slide:
    boxes, x, most = dict[str, Box](), 0.0, 0.0
    for number, column in enumerate(columns):
        here = {i.row.key for i in column}
        least = min(i.row.depth for i in column)
        y, right = -_gap(column[0]), x
        for item in column:
            y += _gap(item)
            left = x + INDENT * min(item.row.depth - least, 8)
            parent = item.row.parent if item.row.parent in here else None
            boxes[item.row.key] = Box(
                item.row.key, item.row.name, left, y, item.width, item.height,
                item.head, item.lines, parent, number,
            )  # fmt: skip
            y += item.height
            right = max(right, left + item.width)
        most, x = max(most, y), right + GAP
    return Slide(boxes, max(0.0, x - GAP), most)
