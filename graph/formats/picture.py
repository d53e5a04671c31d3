"""Pictures of a debate, or of a part of one, for a slide: SVG and PNG, drawn by Graphviz."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from math import sqrt

import graphviz

from ..errors import FormatError
from ..model import Debate
from ..views.slide import TEXT
from .slide import Drawing, draw

__all__ = ["KINDS", "Picture", "picture"]

#: The kinds of pictures, each the suffix of its files as well.
KINDS = ("svg", "png")

_SLIDE = (13.333, 7.5)
_SLIDE_DPI = 144.0
#: Below this size of the text in points a drawing is a poster: larger than a slide.
_POSTER = 5.0
_POSTER_PIXELS = 3e7
_MOST_CLAIMS = 3000
_LEAST_PIXELS = 5.0
_PART = "draw a part of them: --claim, --issue, --clash or --between"

_NOT_SHOWN = re.compile(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|<!--.*?-->|<title>[^<]*</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """The content of a file, and the size of its text in points where it fills a slide."""

    content: str | bytes
    points: float

    @property
    def is_poster(self) -> bool:
        """True if the text would be too small on a slide."""
        return self.points < _POSTER


def picture(
    debate: Debate, kind: str, whole: Debate | None = None, focus: Collection[str] = ()
) -> Picture:
    """The debate as an ``svg`` or ``png`` picture in the shape of 16 to 9.

    ``whole`` is the debate of which this is a part, if it is one: holders are marked as there. The
    claims in ``focus`` have a thick border. An SVG holds no script, no link and no title of its
    parts, and asks for nothing from elsewhere.

    Raises:
        FormatError: if Graphviz is not installed or fails, or if there is too much to draw.

    """
    if len(debate.claims) > _MOST_CLAIMS:
        raise FormatError(f"a picture of {len(debate.claims):,} claims cannot be read; {_PART}")
    drawing = draw(debate, whole, focus)
    dpi = _dpi(drawing, kind)
    if kind == "png" and TEXT * dpi / 72 < _LEAST_PIXELS and _points(drawing) < _POSTER:
        count = f"{len(debate.claims):,} claims"
        raise FormatError(f"{count} come out too small to read as png; write svg, or {_PART}")
    drawn = _run(_sized(drawing, dpi), kind)
    content = _svg(drawn.decode("utf-8"), debate.title) if kind == "svg" else drawn
    return Picture(content, _points(drawing))


def _points(drawing: Drawing) -> float:
    """The size of the text where the drawing fills a slide."""
    return TEXT * 72 * _SLIDE[0] / drawing.width


def _dpi(drawing: Drawing, kind: str) -> float:
    """How many dots an inch has: fewer in a PNG that would become too large."""
    if kind == "svg":
        return 72.0  # Graphviz counts the points of an SVG by it
    if _points(drawing) >= _POSTER:
        return _SLIDE_DPI
    return 72 * min(1.3, sqrt(_POSTER_PIXELS / (drawing.width * drawing.height)))


def _sized(drawing: Drawing, dpi: float) -> str:
    """The DOT text with its size: a slide's, or that of a poster whose text can be read."""
    slide = f'size="{_SLIDE[0]},{_SLIDE[1]}!" ' if _points(drawing) >= _POSTER else ""
    return drawing.source.replace("{", f"{{\n\tgraph [{slide}dpi={dpi:.1f}]", 1)


def _run(source: str, kind: str) -> bytes:
    try:
        drawn: bytes = graphviz.Source(source, engine="neato").pipe(
            format=kind, neato_no_op=2, quiet=True
        )
    except graphviz.ExecutableNotFound:
        raise FormatError(
            f"{kind} pictures need Graphviz, which is not installed; install the Debian package "
            "graphviz (apt-get install graphviz), or see graphviz.org"
        ) from None
    except graphviz.CalledProcessError as error:
        said = (error.stderr or b"").decode("utf-8", "replace").splitlines() or ["no reason given"]
        raise FormatError(f"Graphviz cannot draw this as {kind}: {said[0]}") from None
    return drawn


def _svg(text: str, title: str) -> str:
    """The SVG without what Graphviz adds: names of nodes, remarks, and where SVG is defined."""
    text = _NOT_SHOWN.sub("", text).replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    lines = (line for line in text.splitlines() if line.strip())
    name = f'<svg role="img" aria-label="{escape(title)}" '
    return "\n".join(lines).replace("<svg ", name, 1) + "\n"
