"""JSON Canvas 1.0 of a debate, for Obsidian: a frame per piece, laid out as on the map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..model import AttackKind, Debate, Status, Support
from ..views.layout import Position, positions
from ..views.outline import claim_key, issue_key, source_key, step_key, steps
from .markdown import markdown_text

__all__ = ["write_canvas"]

_Node = dict[str, Any]

#: The presets of the format: 1 is red, 3 yellow, 4 green, 5 cyan and 6 purple.
_RED, _YELLOW, _GREEN, _CYAN, _PURPLE = "1", "3", "4", "5", "6"
_PAD = 30
#: Room for a text with Obsidian's letters, which are larger than those of the map.
_SCALE = 1.6


def write_canvas(debate: Debate) -> str:
    r"""The canvas as JSON: texts in boxes, and a line for each relation, labelled with its kind.

    >>> from .argdown import parse_argdown
    >>> canvas = json.loads(write_canvas(parse_argdown("[a]: Quiet.\n  - [b]: They squeal.")))
    >>> [node["type"] for node in canvas["nodes"]], canvas["edges"][0]["label"]
    (['group', 'text', 'text'], 'rebut')
    """
    placed = positions(debate)
    nodes = [*_groups(debate, placed), *_texts(debate, placed)]
    edges = [{"id": f"edge:{number}", **edge} for number, edge in enumerate(_edges(debate))]
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, indent=1) + "\n"


def _box(position: Position) -> _Node:
    left, top = position.x - position.width / 2, position.y - position.height / 2
    return {
        "x": round(left * _SCALE),
        "y": round(top * _SCALE),
        "width": max(1, round(position.width * _SCALE)),
        "height": max(1, round(position.height * _SCALE)),
    }


def _groups(debate: Debate, placed: Mapping[str, Position]) -> Iterator[_Node]:
    """A frame around the boxes of each piece."""
    within: dict[str, list[_Node]] = {
        source.id: [_box(placed[source_key(source.id)])] for source in debate.sources
    }
    source_of = {claim.id: claim.source for claim in debate.claims}
    for claim in debate.claims:
        within[claim.source].append(_box(placed[claim_key(claim.id)]))
    for support in steps(debate).values():
        if (position := placed.get(step_key(support.id))) is not None:
            within[source_of[support.conclusion]].append(_box(position))
    for source in debate.sources:
        boxes = within[source.id]
        left, top = min(b["x"] for b in boxes) - _PAD, min(b["y"] for b in boxes) - _PAD
        right = max(b["x"] + b["width"] for b in boxes) + _PAD
        low = max(b["y"] + b["height"] for b in boxes) + _PAD
        yield {
            "id": source_key(source.id),
            "type": "group",
            "label": source.title,
            "x": left,
            "y": top,
            "width": right - left,
            "height": low - top,
        }


def _texts(debate: Debate, placed: Mapping[str, Position]) -> Iterator[_Node]:
    for claim in debate.claims:
        who = markdown_text(debate.agent_by_id[claim.holder].name)
        status = f" ({claim.status})" if claim.status is not Status.ASSERTED else ""
        text = f"**{who}**{status}\n{markdown_text(claim.text)}"
        key = claim_key(claim.id)
        yield {"id": key, "type": "text", "text": text, **_box(placed[key])}
    for support in steps(debate).values():
        key = step_key(support.id)
        text = markdown_text(support.scheme or "+")
        yield {"id": key, "type": "text", "text": text, "color": _GREEN, **_box(placed[key])}
    for issue in debate.issues:
        key = issue_key(issue.id)
        text = f"**{markdown_text(issue.question)}**"
        yield {"id": key, "type": "text", "text": text, "color": _PURPLE, **_box(placed[key])}


def _edges(debate: Debate) -> Iterator[_Node]:
    apart = steps(debate)
    for support in debate.supports:
        yield from _support(support, support.id in apart)
    for attack in debate.attacks:
        undercut = attack.kind is AttackKind.UNDERCUT
        end = (step_key if undercut else claim_key)(attack.target)
        made = _edge(claim_key(attack.attacker), end, _RED, attack.kind.value)
        yield made | ({"fromEnd": "arrow"} if attack.kind.symmetric else {})
    for rephrase in debate.rephrases:
        made = _edge(claim_key(rephrase.first), claim_key(rephrase.second), _YELLOW, "rephrase")
        yield made | {"toEnd": "none"}
    for issue in debate.issues:
        for kind, claims in (("pro", issue.pro), ("con", issue.con)):
            for claim in claims:
                yield _edge(claim_key(claim), issue_key(issue.id), _CYAN, kind)


def _support(support: Support, apart: bool) -> Iterator[_Node]:
    end = claim_key(support.conclusion)
    if not apart:
        label = support.scheme or "supports"
        yield _edge(claim_key(support.premises[0]), end, _GREEN, label)
        return
    step = step_key(support.id)
    for premise in support.premises:
        yield _edge(claim_key(premise), step, _GREEN) | {"toEnd": "none"}
    yield _edge(step, end, _GREEN, "supports")


def _edge(start: str, end: str, colour: str, label: str | None = None) -> _Node:
    made = {"fromNode": start, "toNode": end, "color": colour}
    return made if label is None else {**made, "label": label}
