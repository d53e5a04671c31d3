"""The debate as a Mermaid flowchart, for Markdown pages that draw one.

Every sign that Mermaid, Markdown or HTML could take for something else is written as a number, so a
text stays a text. GitHub and others draw at most 500 edges and 50,000 letters of a chart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..model import Claim, Debate, Status
from .dot import Line, keys, lines

__all__ = ["mermaid_text", "write_mermaid"]

_SIGNS = re.compile(r"[^\w ,]|_")
_GREEN, _RED, _GREY = "#00734F", "#B8330A", "#5A6068"
_FILLS = ("#DCEBF7", "#FCE8CF", "#DDF1E4", "#F7E1EC", "#F3F0C9", "#E6E1F3", "#E8E8E8")
_ARROWS = {
    "support": "-->",
    "premise": "---",
    "contrary": "<-.->",
    "contradictory": "<-.->",
    "rephrase": "-.-",
    "pro": "-->",
    "con": "-->",
}
_COLOURS = {"support": _GREEN, "premise": _GREEN, "rephrase": _GREY, "pro": _GREY, "con": _GREY}


def mermaid_text(text: str) -> str:
    """The text as it may stand between quotes in a chart: signs are written as numbers.

    >>> mermaid_text('Say "no"; 1. <b>')
    'Say #34;no#34;#59; 1#46; #60;b#62;'
    """
    # Mermaid has these stand for signs of its own: the ligature for &, the others for a semicolon
    text = text.replace("\ufb02", "fl").replace("\u00b6\u00df", "\u00b6\u2060\u00df")
    return _SIGNS.sub(lambda found: f"#{ord(found.group())};", text)


def write_mermaid(debate: Debate) -> str:
    r"""The text of a flowchart, with a frame around each piece; conclusions are left of premises.

    >>> from .argdown import parse_argdown
    >>> text = write_mermaid(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal."))
    >>> print(*text.splitlines()[6:11], sep="\n")
      subgraph p0 ["text"]
        c0["author #40;not named#41;#58; Trams are quiet#46;"]
        c1["author #40;not named#41;#58; They squeal#46;"]
      end
      c1 -.->|"rebut"| c0
    """
    return "\n".join((*_front(debate), *_nodes(debate), *_edges(debate), *_styles(debate), ""))


def _front(debate: Debate) -> Iterator[str]:
    title = debate.title.replace("<", "\u2039")  # which would be made a tag, and shown as one
    yield from ("---", f"title: {json.dumps(title)}", "---", "flowchart RL")
    named = keys(debate)
    for what in ("claim", "step", "issue"):
        yield from (f"  %% {key}: {id_}" for id_, key in named[what].items())


def _nodes(debate: Debate) -> Iterator[str]:
    named = keys(debate)
    held: dict[str, list[Claim]] = {source.id: [] for source in debate.sources}
    for claim in debate.claims:
        held[claim.source].append(claim)
    for number, source in enumerate(debate.sources):
        yield f'  subgraph p{number} ["{mermaid_text(source.title)}"]'
        for claim in held[source.id]:
            who = debate.agent_by_id[claim.holder].name
            if claim.status is not Status.ASSERTED:
                who += f" ({claim.status})"
            key = named["claim"][claim.id]
            yield f'    {key}["{mermaid_text(f"{who}: {claim.text}")}"]'
        yield "  end"
    for support in debate.supports:
        if (step := named["step"].get(support.id)) is not None:
            yield f'  {step}(("{mermaid_text(support.scheme or "+")}"))'
    for issue in debate.issues:
        yield f'  {named["issue"][issue.id]}{{{{"{mermaid_text(issue.question)}"}}}}'


def _lines(debate: Debate) -> Iterator[Line]:
    """The lines of the chart, those to issues included."""
    yield from lines(debate)
    named = keys(debate)
    for issue in debate.issues:
        for kind, claims in (("pro", issue.pro), ("con", issue.con)):
            for claim in claims:
                yield Line(kind, named["claim"][claim], named["issue"][issue.id])


def _edges(debate: Debate) -> Iterator[str]:
    claims = keys(debate)["claim"]
    schemes = {
        (claims[s.premises[0]], claims[s.conclusion]): s.scheme
        for s in debate.supports
        if s.name is None and s.scheme is not None
    }
    for line in _lines(debate):
        label = "" if line.kind in ("support", "premise") else line.kind
        if line.kind == "support":
            label = mermaid_text(schemes.get((line.start, line.end), ""))
        shown = f'|"{label}"|' if label else ""
        yield f"  {line.start} {_ARROWS.get(line.kind, '-.->')}{shown} {line.end}"


def _styles(debate: Debate) -> Iterator[str]:
    numbers: dict[str, list[str]] = {}
    for number, line in enumerate(_lines(debate)):
        numbers.setdefault(_COLOURS.get(line.kind, _RED), []).append(str(number))
    for colour, those in numbers.items():
        yield f"  linkStyle {','.join(those)} stroke:{colour}"
    claims = keys(debate)["claim"]
    for number, source in enumerate(debate.sources):
        held = [claims[claim.id] for claim in debate.claims if claim.source == source.id]
        fill = _FILLS[number % len(_FILLS)]
        yield f"  classDef s{number} fill:{fill},stroke:{_GREY},color:#000"
        if held:
            yield f"  class {','.join(held)} s{number}"
