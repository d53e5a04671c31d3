"""The lines between the boxes of a slide: upright and level pieces that cross no box.

A line leaves a box at its side, runs in the gap between two columns, over the top of the columns
if the other box is farther off, and enters that box from the side. Lines of one group share one
way, as those of all the premises of a conclusion do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from .slide import GAP, Box, Slide

__all__ = ["Link", "room", "routes"]

_BUS, _TOP = 11.0, 9.0

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """Two boxes by their keys, and the group of lines that may run together."""

    start: str
    end: str
    group: Hashable


def routes(slide: Slide, links: Sequence[Link]) -> list[list[_Point]]:
    """Return the corners of the line of each link, from its start to its end.

    >>> from .slide import Slide
    >>> box = Box("a", "a", 0.0, 0.0, 100.0, 40.0)
    >>> under = Box("b", "b", 24.0, 50.0, 100.0, 40.0, parent="a")
    >>> routes(Slide({"a": box, "b": under}, 124.0, 90.0), [Link("b", "a", "a")])
    [[(24.0, 70.0), (11.0, 70.0), (11.0, 40.0)]]
    """
    plan = _Plan(slide, links)
    return [plan.path(number) for number in range(len(links))]


def _is_point(box: Box) -> bool:
    return box.key.startswith("step:")


class _Plan:
    """Which gap and which level every line takes, and where in them it runs.

    Gap n is to the right of column n.
    """

    def __init__(self, slide: Slide, links: Sequence[Link]) -> None:
        self.boxes, self.links = slide.boxes, links
        self.right = defaultdict[int, float](float)
        for box in slide.boxes.values():
            self.right[box.column] = max(self.right[box.column], box.x + box.width)
        self.lanes = defaultdict[int, dict[Hashable, int]](dict)
        self.tops = dict[Hashable, int]()
        self.ends = defaultdict[tuple[str, bool], dict[Hashable, int]](dict)
        for number, link in enumerate(links):
            self._book(number, link)

    def _under(self, link: Link) -> bool:
        """Whether the start stands under the end, so that the line stays inside their column."""
        return self.boxes[link.start].parent == link.end and link.group is not None

    def _gaps(self, link: Link) -> tuple[int, int]:
        """The gaps at the start and at the end."""
        start, end = self.boxes[link.start].column, self.boxes[link.end].column
        if start == end:
            return start, start
        return (start, end - 1) if start < end else (start - 1, end)

    def _lane(self, number: int) -> Hashable:
        group = self.links[number].group
        return number if group is None else ("group", group)

    def _book(self, number: int, link: Link) -> None:
        if self._under(link):
            _take(self.ends[link.start, False], number)
            return
        lane, gaps = self._lane(number), self._gaps(link)
        for gap in gaps:
            _take(self.lanes[gap], lane)
        if gaps[0] != gaps[1]:
            _take(self.tops, lane)
        _take(self.ends[link.start, self._is_right(link.start, gaps[0])], number)
        _take(self.ends[link.end, self._is_right(link.end, gaps[1])], lane)

    def _is_right(self, key: str, gap: int) -> bool:
        return self.boxes[key].column == gap

    def path(self, number: int) -> list[_Point]:
        """The corners of the line."""
        link = self.links[number]
        start, end = self.boxes[link.start], self.boxes[link.end]
        if self._under(link):
            return _elbow(self._end(start, number, right=False), end)
        lane, gaps = self._lane(number), self._gaps(link)
        first = self._end(start, number, right=self._is_right(link.start, gaps[0]))
        last = self._end(end, lane, right=self._is_right(link.end, gaps[1]))
        x0, x1 = self._x(gaps[0], lane), self._x(gaps[1], lane)
        if gaps[0] == gaps[1]:
            return [first, (x0, first[1]), (x0, last[1]), last]
        top = -_TOP * (1 + self.tops[lane])
        return [first, (x0, first[1]), (x0, top), (x1, top), (x1, last[1]), last]

    def _x(self, gap: int, lane: Hashable) -> float:
        lanes = self.lanes[gap]
        return self.right[gap] + 8.0 + (GAP - 20.0) / (len(lanes) + 1) * (lanes[lane] + 1)

    def _end(self, box: Box, which: Hashable, *, right: bool) -> _Point:
        """Where the line touches the box; the lines are spread over its side."""
        if _is_point(box):
            return box.x + box.width / 2 + (4 if right else -4), box.y + box.height / 2
        some = self.ends[box.key, right]
        part = (some[which] + 1) / (len(some) + 1)
        return box.x + (box.width if right else 0.0), box.y + box.height * part


def _take(places: dict[Hashable, int], which: Hashable) -> None:
    """Give it the next place, unless it has one."""
    places.setdefault(which, len(places))


def _elbow(start: _Point, above: Box) -> list[_Point]:
    """The line from the left side of a box to the lower edge of the one that it stands under."""
    bus = above.x + (above.width / 2 if _is_point(above) else _BUS)
    low = above.y + (above.height / 2 + 4 if _is_point(above) else above.height)
    return [start, (bus, start[1]), (bus, low)]


def room(slide: Slide, links: Sequence[Link]) -> tuple[float, float]:
    """Return how far the lines reach above the boxes and to their right.

    >>> room(Slide({}, 0.0, 0.0), [])
    (0.0, 0.0)
    """
    plan = _Plan(slide, links)
    above = _TOP * (len(plan.tops) + 1) if plan.tops else 0.0
    return above, GAP if plan.lanes.get(max(plan.right, default=0)) else 0.0
