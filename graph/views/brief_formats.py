"""A brief as Markdown, and as an HTML page to print; Word is in :mod:`graph.views.brief_docx`."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from .brief_page import Block, Look, Run, Shape, tied

__all__ = ["to_html", "to_markdown"]

#: What CommonMark and its usual additions give a meaning to.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#|~$^]")
#: What would start a list or underline a heading at the start of a line.
_LIST = re.compile(r"^(\d*)([-+=.)])")
_STARTS: dict[Shape, str] = {
    "title": "# ", "part": "## ", "point": "### ", "text": "",
    "item": "- ", "subitem": "  - ", "quote": "    > ",
}  # fmt: skip
_HEADS: tuple[Shape, ...] = ("title", "part", "point")
_ITEMS: tuple[Shape, ...] = ("item", "subitem", "quote")
_MARKS: dict[Look, str] = {"lead": "**", "label": "*", "alert": "**"}

_STYLE = """
@page { margin: 18mm 16mm; }
body { font: 10.5pt/1.35 Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; margin: 0 0 .2em; line-height: 1.2; }
h2 { font-size: 1.2em; margin: 1.2em 0 .3em; border-bottom: 1px solid #888; }
h3 { font-size: 1em; margin: .9em 0 .1em; }
h1, h2, h3 { break-after: avoid; }
p { margin: .15em 0; }
ul { margin: .1em 0 .1em; padding-left: 1.3em; }
li { margin: .1em 0; break-inside: avoid; }
blockquote { margin: .1em 0 .2em 1em; font-style: italic; }
.point { break-inside: avoid; }
.label { font-style: italic; }
.cite { color: #555; font-size: .88em; font-weight: normal; }
.alert { font-weight: bold; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""
_TAGS: dict[Shape, str] = {"title": "h1", "part": "h2", "point": "h3", "text": "p"}


def to_markdown(blocks: Iterable[Block]) -> str:
    r"""The blocks as CommonMark, in which every text is text.

    >>> print(to_markdown([Block("title", (Run("Trams *now*"),)),
    ...     Block("item", (Run("Why: ", "label"), Run("[They](x) are quiet.")))]), end="")
    # Trams \*now\*
    <BLANKLINE>
    - *Why:* \[They\](x) are quiet.
    """
    lines: list[str] = []
    in_list = False
    for block in blocks:
        item = block.shape in _ITEMS
        if lines and not (item and in_list):
            lines.append("")
        text = "".join(map(_marked, block.runs)).strip()
        if block.shape not in _HEADS:
            text = _LIST.sub(r"\1\\\2", text)
        lines.append(_STARTS[block.shape] + text)
        in_list = item
    return "".join(f"{line}\n" for line in lines)


def to_html(blocks: Sequence[Block], title: str) -> str:
    """The blocks as one HTML page with its own style, without any script, link or picture.

    >>> page = to_html([Block("title", (Run("<b>Trams</b>"),))], "<b>Trams</b>")
    >>> '<h1><bdi class="plain">&lt;b&gt;Trams&lt;/b&gt;</bdi></h1>' in page
    True
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *_html(blocks),
            "</body>",
            "</html>",
            "",
        )
    )


def _marked(run: Run) -> str:
    """A run in Markdown; the blanks at its ends stay outside the signs for its look."""
    text = _MARKUP.sub(r"\\\g<0>", run.text)
    mark = _MARKS.get(run.look, "")
    core = text.strip()
    if not mark or not core:
        return text
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"


def _html(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks as elements: what belongs to a point stays on one page where it fits."""
    number = 0
    points: list[tuple[int, Block]] = []
    for block in blocks:
        number += block.shape in ("point", "part", "title")
        points.append((number, block))
    for _, group in groupby(points, key=lambda pair: pair[0]):
        own = [block for _, block in group]
        inside = own[0].shape == "point"
        if inside:
            yield '<section class="point">'
        for listed, part in groupby(own, key=lambda block: block.shape in _ITEMS):
            if listed:
                yield from _list(list(part))
            else:
                for block in part:
                    tag = _TAGS[block.shape]
                    yield f"<{tag}>{_spans(block)}</{tag}>"
        if inside:
            yield "</section>"


def _list(items: Sequence[Block]) -> Iterator[str]:
    """Items with what belongs to each inside it."""
    yield "<ul>"
    open_ = False
    for block in items:
        if block.shape == "item":
            if open_:
                yield "</li>"
            yield f"<li>{_spans(block)}"
            open_ = True
        elif block.shape == "subitem":
            yield f"<ul><li>{_spans(block)}</li></ul>"
        else:
            yield f"<blockquote>{_spans(block)}</blockquote>"
    yield "</li>" if open_ else ""
    yield "</ul>"


def _spans(block: Block) -> str:
    """The runs as elements that keep the direction of their writing to themselves."""
    tags: dict[Look, str] = {"lead": "strong"}
    return "".join(
        f'<{tag} class="{run.look}">{escape(tied(run))}</{tag}>'
        for run in block.runs
        for tag in [tags.get(run.look, "bdi")]
    )
