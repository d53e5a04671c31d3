"""A debate, or a part of one, as a Graphviz graph in which everything has its place on a slide.

Conclusions stand above their premises. Every box has the mark and name of the holder above the
claim, in the colour of the map and in letters, and a border by status; every kind of relation has
a line and a head of its own. What is shown stands above, and what the lines mean below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import graphviz

from ..model import AttackKind, Claim, Debate, Issue, Status
from ..views.marks import initials
from ..views.outline import claim_key, step_key, steps
from ..views.routes import Link, room, routes
from ..views.slide import HEAD, SHAPE, TEXT, Box, Slide, corner_width, slide
from ..views.wrap import first_strong_is_rtl, text_width, wrap
from .dot import STYLES

__all__ = ["Drawing", "draw"]

_FONT = "Helvetica,Arial,DejaVu Sans,sans-serif"
_INK, _GREY = "#1A1D21", "#5A6068"
_MARGIN, _LEAST, _ARROW = 24.0, 760.0, 9.0
_TITLE, _ASKED, _WORDS_SIZE = 22.0, 15.0, 13.0
_MOST_ASKED = 4

#: What the lines mean, in the order of the legend.
_WORDS = {
    "support": "supports",
    "rebut": "rebuts",
    "undermine": "undermines",
    "undercut": "undercuts an inference",
    "contrary": "contrary: not both are true",
    "contradictory": "contradictory: just one is true",
    "rephrase": "says the same",
}
_BORDERS = {Status.ASSERTED: "solid", Status.CONCEDED: "dashed", Status.REPORTED: "dotted"}

#: The colours of the holders, as on the map, what can be read on them, and a light tint of each.
_COLOURS = (
    ("#0072B2", "#FFFFFF", "#EAF4FA"),
    ("#E69F00", "#000000", "#FDF5E4"),
    ("#CC79A7", "#000000", "#FAF0F5"),
    ("#56B4E9", "#000000", "#EEF8FD"),
    ("#F0E442", "#000000", "#FDFCE8"),
    ("#8C564B", "#FFFFFF", "#F5EFED"),
    ("#4B3F9E", "#FFFFFF", "#EFEDF7"),
    ("#8A9A2B", "#000000", "#F4F6E7"),
)

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The text of a DOT graph for ``neato -n2``, and its size in points with a text of 14."""

    source: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a holder is told apart."""

    name: str
    letters: str
    colour: str
    ink: str
    tint: str


def draw(debate: Debate, whole: Debate | None = None, focus: Collection[str] = ()) -> Drawing:
    """The debate as a drawing for a slide, in the shape of 16 to 9.

    ``whole`` is the debate of which this is a part, if it is one: holders are marked as there. The
    claims in ``focus`` have a thick border. Issues that are answered both ways stand below the
    title, and their answers are marked. Every text is shown as it is, whatever it looks like.

    >>> draw(Debate("empty", "Nothing yet")).source.startswith("digraph")
    True
    """
    asked = _asked(debate)
    marks, answers = _marks(whole or debate), _answers(asked)
    heads = {c.id: (_head(c, marks[c.holder]), answers.get(c.id, "")) for c in debate.claims}
    placed = slide(debate, heads, 110.0 + 20 * len(asked))
    over, beside = room(placed, _links(debate))
    wide = max(placed.width + beside, _LEAST, (placed.height + 110) * SHAPE - 2 * _MARGIN)
    unit = max(1.0, wide / 1300)  # the title grows with the drawing

    title = wrap(debate.title, wide * 0.8, _TITLE * unit, 3)
    questions = _questions(debate, asked, wide, unit)
    top = over + (len(title) * _TITLE + len(questions) * _ASKED) * unit * 1.25 + 16 * unit
    legend = _legend(debate, wide, unit)
    bottom = max((y for _, _, y in legend), default=0.0) + 34 * unit
    width = max(wide, (top + placed.height + bottom + 2 * _MARGIN) * SHAPE - 2 * _MARGIN)
    width += 2 * _MARGIN
    height = width / SHAPE

    graph = _graph(width, height)
    left = (width - placed.width - beside) / 2
    down = _MARGIN + top + (height - 2 * _MARGIN - top - bottom - placed.height) / 3
    _heading(graph, title, questions, width, unit)
    nodes = _boxes(graph, debate, placed, (left, down), marks, answers, focus)
    _relations(graph, debate, placed, (left, down), nodes)
    _key(graph, legend, ((width - wide) / 2, height - _MARGIN - bottom + 24 * unit), unit)
    return Drawing(str(graph.source), width, height)


def _graph(width: float, height: float) -> graphviz.Digraph:
    """The empty sheet: its corners are nodes that are not seen."""
    graph = graphviz.Digraph(
        graph_attr={
            "bgcolor": "white", "pad": "0", "margin": "0", "outputorder": "edgesfirst",
        },
        node_attr={
            "shape": "box", "style": "filled", "fontname": _FONT, "fontcolor": _INK,
            "fontsize": str(TEXT), "margin": "0", "fixedsize": "true", "label": "",
        },
        edge_attr={"penwidth": "1.8", "arrowsize": "0.9"},
    )  # fmt: skip
    for name, x, y in (("corner0", 0.0, 0.0), ("corner1", width, height)):
        graph.node(name, style="invis", **_at(x, y, 0.1, 0.1))
    return graph


def _marks(debate: Debate) -> dict[str, _Mark]:
    """The marks of all who wrote or hold something, in the order and the colours of the map."""
    agents = list({a.id: a for a in (*debate.authors, *debate.holders)}.values())
    letters = initials(a.name for a in agents)
    return {
        agent.id: _Mark(agent.name, mark, *_COLOURS[number % len(_COLOURS)])
        for number, (agent, mark) in enumerate(zip(agents, letters, strict=True))
    }


def _asked(debate: Debate) -> list[Issue]:
    """The issues answered both ways, those with the most answers if there are many."""
    both = [issue for issue in debate.issues if issue.pro and issue.con]
    most = sorted(both, key=lambda issue: -len(issue.pro) - len(issue.con))[:_MOST_ASKED]
    return [issue for issue in both if issue in most]


def _answers(asked: Sequence[Issue]) -> dict[str, str]:
    """How each claim answers the questions: ``YES``, or ``1 YES, 3 NO`` if there are more."""
    found = defaultdict[str, list[str]](list)
    for number, issue in enumerate(asked, start=1):
        to = f"{number} " if len(asked) > 1 else ""
        for word, claims in (("YES", issue.pro), ("NO", issue.con)):
            for claim in claims:
                found[claim].append(f"{to}{word}")
    return {claim: ", ".join(words) for claim, words in found.items()}


def _head(claim: Claim, mark: _Mark) -> str:
    """Who holds a claim, and in which way."""
    name = mark.name if len(mark.name) <= 70 else f"{mark.name[:69].rstrip()}…"
    return name if claim.status is Status.ASSERTED else f"{name} ({claim.status})"


def _questions(debate: Debate, asked: Sequence[Issue], wide: float, unit: float) -> tuple[str, ...]:
    """The questions in numbered lines, unless the title is the only one."""
    if len(asked) == 1:
        (issue,) = asked
        return () if issue.question in debate.title else _one_line(issue.question, wide, unit)
    return tuple(
        line
        for number, issue in enumerate(asked, start=1)
        for line in _one_line(f"{number}. {issue.question}", wide, unit)
    )


def _one_line(text: str, wide: float, unit: float) -> tuple[str, ...]:
    return wrap(text, wide * 0.85, _ASKED * unit, 1)


def _heading(
    graph: graphviz.Digraph,
    title: Sequence[str],
    questions: Sequence[str],
    width: float,
    unit: float,
) -> None:
    high = len(title) * _TITLE * unit * 1.25
    middle = width / 2
    text = f'<FONT POINT-SIZE="{_TITLE * unit:.1f}"><B>{_rows(title, "CENTER")}</B></FONT>'
    graph.node("title", label=f"<{text}>", style="", shape="plaintext",
               **_at(middle, _MARGIN + high / 2, width, high))  # fmt: skip
    if questions:
        low = len(questions) * _ASKED * unit * 1.25
        text = f'<FONT POINT-SIZE="{_ASKED * unit:.1f}">{_rows(questions, "CENTER")}</FONT>'
        graph.node("questions", label=f"<{text}>", style="", shape="plaintext",
                   **_at(middle, _MARGIN + high + low / 2, width, low))  # fmt: skip


def _boxes(
    graph: graphviz.Digraph,
    debate: Debate,
    placed: Slide,
    origin: _Point,
    marks: Mapping[str, _Mark],
    answers: Mapping[str, str],
    focus: Collection[str],
) -> dict[str, str]:
    """The names of the nodes by the keys of their boxes, which are put on the sheet."""
    nodes = {key: f"n{number}" for number, key in enumerate(placed.boxes)}
    supports = debate.support_by_id
    for key, box in placed.boxes.items():
        x, y = origin[0] + box.x + box.width / 2, origin[1] + box.y + box.height / 2
        if key.startswith("step:"):
            graph.node(nodes[key], shape="point", color=STYLES["premise"]["color"],
                       **_at(x, y, 8, 8))  # fmt: skip
            _scheme(graph, f"{nodes[key]}s", supports[box.name].scheme, (x, y))
            continue
        claim = debate.claim_by_id[box.name]
        mark = marks[claim.holder]
        thick = "3.6" if claim.id in focus else "1.4"
        graph.node(nodes[key], label=_label(box, mark, answers.get(claim.id, "")),
                   color=mark.colour, fillcolor=mark.tint, penwidth=thick,
                   style=f"filled,{_BORDERS[claim.status]}",
                   **_at(x, y, box.width, box.height))  # fmt: skip
    return nodes


def _label(box: Box, mark: _Mark, answer: str) -> str:
    """The mark and name of the holder, the answer to a question in a dark corner, and the text."""
    side = "RIGHT" if box.lines and first_strong_is_rtl(box.lines[0]) else "LEFT"
    table = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
    font = f'<FONT POINT-SIZE="{HEAD}"'
    wide, right = box.width - 8, corner_width(answer)
    corner = (
        f'<TD BGCOLOR="{_INK}" WIDTH="{right:.0f}" CELLPADDING="2">'
        f'{font} COLOR="#FFFFFF"><B>{_html(answer)}</B></FONT></TD>'
        if answer
        else ""
    )
    head = (
        f'<TR><TD BGCOLOR="{mark.colour}" WIDTH="32" CELLPADDING="2">'
        f'{font} COLOR="{mark.ink}"><B>{_html(mark.letters)}</B></FONT></TD><TD WIDTH="6"></TD>'
        f'<TD ALIGN="LEFT" BALIGN="LEFT" WIDTH="{wide - 38 - right:.0f}">'
        f"{font}>{_rows(box.head, 'LEFT')}</FONT></TD>{corner}</TR>"
    )
    return (
        f'<{table} WIDTH="{wide:.0f}" HEIGHT="{box.height - 6:.0f}">'
        f'<TR><TD ALIGN="LEFT">{table}>{head}</TABLE></TD></TR>'
        f'<TR><TD ALIGN="{side}" BALIGN="{side}" VALIGN="TOP">{_rows(box.lines, side)}</TD></TR>'
        "</TABLE>>"
    )


def _scheme(graph: graphviz.Digraph, name: str, scheme: str | None, at: _Point) -> None:
    """Put the scheme of an inference beside its point."""
    if scheme is None:
        return
    text = wrap(scheme, 200, HEAD, 1)[0]
    wide = text_width(text) * HEAD * 1.2
    label = f'<<FONT POINT-SIZE="{HEAD}"><I>{_html(text)}</I></FONT>>'
    place = _at(at[0] + 8 + wide / 2, at[1] - 8, wide, HEAD * 1.2)
    graph.node(name, label=label, style="", shape="plaintext", **place)


def _links(debate: Debate) -> list[Link]:
    """The lines for the router: those of the supports of one claim may run together."""
    return [
        Link(start, end, end if kind in ("support", "premise") else None)
        for kind, start, end in _pairs(debate)
    ]


def _relations(
    graph: graphviz.Digraph,
    debate: Debate,
    placed: Slide,
    origin: _Point,
    nodes: Mapping[str, str],
) -> None:
    ways = routes(placed, _links(debate))
    for (kind, start, end), way in zip(_pairs(debate), ways, strict=True):
        graph.edge(nodes[start], nodes[end], **_style(kind, way, origin))


def _style(kind: str, way: Sequence[_Point], origin: _Point) -> dict[str, str]:
    """How a line of that kind looks, and where it runs."""
    style = {k: v for k, v in STYLES[kind].items() if k != "constraint"}
    head = style.get("arrowhead") != "none" and style.get("dir") != "none"
    style["pos"] = _path(way, origin, head=head, tail=style.get("dir") == "both")
    return style


def _pairs(debate: Debate) -> Iterator[tuple[str, str, str]]:
    """The kind of every line and the keys of its two ends."""
    joint = steps(debate)
    for support in debate.supports:
        end = claim_key(support.conclusion)
        if support.id not in joint:
            yield "support", claim_key(support.premises[0]), end
            continue
        for premise in support.premises:
            yield "premise", claim_key(premise), step_key(support.id)
        yield "support", step_key(support.id), end
    for attack in debate.attacks:
        key = step_key if attack.kind is AttackKind.UNDERCUT else claim_key
        yield attack.kind.value, claim_key(attack.attacker), key(attack.target)
    for rephrase in debate.rephrases:
        yield "rephrase", claim_key(rephrase.first), claim_key(rephrase.second)


def _path(points: Sequence[_Point], origin: _Point, *, head: bool, tail: bool = False) -> str:
    """Straight pieces as the Bézier curves of a ``pos``, with room for an arrow at either end."""
    moved = [(x + origin[0], y + origin[1]) for x, y in points]
    ends = ""
    if head:
        ends = f"e,{_xy(*moved[-1])} "
        moved[-1] = _towards(moved[-1], moved[-2])
    if tail:
        ends = f"s,{_xy(*moved[0])} {ends}"
        moved[0] = _towards(moved[0], moved[1])
    out = [_xy(*moved[0])]
    for first, second in pairwise(moved):
        out += [_xy(*first), _xy(*second), _xy(*second)]
    return ends + " ".join(out)


def _towards(point: _Point, other: _Point) -> _Point:
    """The point moved by the length of an arrow towards the other."""
    (x, y), (to_x, to_y) = point, other
    long = max(abs(to_x - x) + abs(to_y - y), 1.0)
    step = min(_ARROW, long * 0.9)
    return x + step * (to_x - x) / long, y + step * (to_y - y) / long


def _legend(debate: Debate, wide: float, unit: float) -> list[tuple[str, float, float]]:
    """What the legend explains, each with its place: the kinds of lines, and borders by status."""
    shown = {kind for kind, _, _ in _pairs(debate)}
    borders = {c.status.value for c in debate.claims} - {Status.ASSERTED.value}
    out, x, y = list[tuple[str, float, float]](), 0.0, 0.0
    for kind in (*(k for k in _WORDS if k in shown), *sorted(borders)):
        step = (60 + text_width(_WORDS.get(kind, kind)) * _WORDS_SIZE * 1.2 + 24) * unit
        if x and x + step > wide:
            x, y = 0.0, y + 24 * unit
        out.append((kind, x, y))
        x += step
    return out


def _key(
    graph: graphviz.Digraph,
    legend: Iterable[tuple[str, float, float]],
    origin: _Point,
    unit: float,
) -> None:
    for kind, x, y in legend:
        left, y = origin[0] + x, origin[1] + y
        long = 48 * unit
        if kind in _WORDS:
            for end, at in (("a", left), ("b", left + long)):
                graph.node(f"{kind}{end}", style="invis", **_at(at, y, 0.1, 0.1))
            style = _style(kind, [(0.0, 0.0), (long, 0.0)], (left, y))
            graph.edge(f"{kind}a", f"{kind}b", **style)
        else:
            graph.node(kind, color=_GREY, fillcolor="white", penwidth="1.4",
                       style=f"filled,{_BORDERS[Status(kind)]}",
                       **_at(left + long / 2, y, long * 0.8, 15 * unit))  # fmt: skip
        words = _WORDS.get(kind, kind)
        size = text_width(words) * _WORDS_SIZE * 1.2 * unit
        text = f'<FONT POINT-SIZE="{_WORDS_SIZE * unit:.1f}">{words}</FONT>'
        graph.node(f"{kind}w", label=f"<{text}>", style="", shape="plaintext",
                   **_at(left + long + 8 * unit + size / 2, y, size, 18 * unit))  # fmt: skip


def _at(x: float, y: float, width: float, height: float) -> dict[str, str]:
    """The attributes that put a node there; Graphviz measures sizes in inches, and upwards."""
    return {
        "pos": _xy(x, y),
        "width": f"{max(width, 0.1) / 72:.4f}",
        "height": f"{max(height, 0.1) / 72:.4f}",
    }


def _xy(x: float, y: float) -> str:
    return f"{x:.1f},{-y:.1f}"


def _rows(texts: Iterable[str], side: str) -> str:
    return "".join(f'{_html(text)}<BR ALIGN="{side}"/>' for text in texts)


def _html(text: str) -> str:
    r"""The text for a label in tables: no markup, and no backslash that Graphviz would follow.

    A word joiner, which is not seen, parts a backslash from what would give it a meaning.

    >>> _html("<b>"), _html("\\N") == "\\\u2060N"
    ('&lt;b&gt;', True)
    """
    return escape(text.replace("\\", "\\\u2060"))
