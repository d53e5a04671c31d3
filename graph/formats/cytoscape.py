"""Cytoscape JSON with typed edges, for cytoscape.js, Cytoscape and networkx; reads back itself.

The ends of an edge are called *source* and *target* there, so the source of a claim or relation is
called *piece*. What others write is read as :mod:`graph.formats.foreign_graph` says, its elements
in two lists or in one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..errors import FormatError, Place
from ..model import Debate
from ..network import to_networkx
from .foreign_graph import Drawn, Edge, read_drawn
from .json_text import decode_json
from .losses import Reading

__all__ = ["parse_cytoscape", "write_cytoscape"]

_OWN = ("id", "value", "source", "target", "key")
_Plain = dict[str, Any]


def write_cytoscape(debate: Debate) -> str:
    r"""The debate as Cytoscape JSON; the classes of an element tell its type or relation and kind.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")
    >>> parse_cytoscape(write_cytoscape(debate).encode(), "trams.cyjs").debate == debate
    True
    """
    graph = to_networkx(debate)
    nodes = []
    for key, data in graph.nodes(data=True):
        name = data.get("text") or data.get("question") or data.get("scheme") or key
        own = {"id": key, "value": key, "name": name}
        nodes.append({"data": {**own, **_named(data)}, "classes": data["type"]})
    edges = []
    for number, (start, end, key, data) in enumerate(graph.edges(keys=True, data=True)):
        own = {"id": f"edge:{number}", "source": start, "target": end, "key": key}
        classes = " ".join(data[name] for name in ("relation", "kind") if name in data)
        edges.append({"data": {**own, **_named(data)}, "classes": classes})
    whole = {
        "format_version": "1.0",
        "generated_by": "sicetnon",
        "directed": True,
        "multigraph": True,
        "data": graph.graph,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _named(data: _Plain) -> _Plain:
    """The attributes, with the source called piece."""
    return {"piece" if name == "source" else name: value for name, value in data.items()}


def parse_cytoscape(data: bytes, file: str) -> Reading:
    """The debate in Cytoscape JSON, ours or of another program, and what of it is passed over.

    Raises:
        FormatError: if it is no such JSON, has no direction, or if no edge tells what kind of
            relation it is.
        DebateError: if it is one of ours, changed so that it makes no sound debate.

    """
    whole = decode_json(data, file, object)
    if not isinstance(whole, dict) or not isinstance(whole.get("elements"), dict | list):
        raise FormatError("no Cytoscape JSON (it lacks a list or object of elements)", Place(file))
    drawn = Drawn(top=_top(whole), flat=False)
    directed = whole.get("directed") is not False
    ours = "debate" in drawn.top
    for number, (what, element) in enumerate(_elements(whole["elements"])):
        held = element.get("data") if isinstance(element, dict) else None
        if not isinstance(held, dict):
            raise FormatError(f"element {number} has no data", Place(file))
        if "position" in element or "style" in element:
            drawn.tally.add("how nodes and edges are drawn", _id(held.get("id")) or "an element")
        if what == "edges" or (what is None and _joins(element, held)):
            start, end = _id(held.get("source")), _id(held.get("target"))
            drawn.edges.append(Edge(start, end, _attributes(held, ours), directed))
        else:
            _add_node(drawn, held, ours)
    return read_drawn(drawn, file)


def _top(whole: _Plain) -> _Plain:
    """The attributes of the graph; networkx writes them as a list of pairs."""
    told = whole.get("data", {})
    if isinstance(told, list):
        pairs = (pair for pair in told if isinstance(pair, list) and len(pair) == 2)
        return {name: value for name, value in pairs if isinstance(name, str)}
    return told if isinstance(told, dict) else {}


def _elements(elements: Any) -> Iterator[tuple[str | None, Any]]:
    """Each element, with the list that it stands in if there are two."""
    if isinstance(elements, list):
        yield from ((None, element) for element in elements)
        return
    for what in ("nodes", "edges"):
        listed = elements.get(what)
        yield from ((what, element) for element in (listed if isinstance(listed, list) else ()))


def _joins(element: _Plain, data: _Plain) -> bool:
    """True if an element of one list is an edge."""
    group = element.get("group")
    return group == "edges" if group else "source" in data and "target" in data


def _id(value: object) -> str:
    return value if isinstance(value, str) else str(value)[:60] if isinstance(value, int) else ""


def _add_node(drawn: Drawn, data: _Plain, ours: bool) -> None:
    id_ = _id(data.get("id", data.get("value")))
    if not id_:
        drawn.tally.add("nodes without an id", "a node")
    elif id_ in drawn.nodes:
        drawn.tally.add("nodes with the id of another", id_[:60])
    else:
        drawn.nodes[id_] = _attributes(data, ours)
    if parent := _id(data.get("parent")):
        drawn.groups.add(parent)


def _attributes(data: _Plain, ours: bool) -> _Plain:
    """The attributes without those that only say what is joined; ours with their own names."""
    left = {name: value for name, value in data.items() if name not in _OWN}
    if ours and "piece" in left:
        left["source"] = left.pop("piece")
    return left
