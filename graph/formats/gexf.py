"""GEXF 1.2, the format of Gephi, with typed edges; reads back what it writes.

The agents and sources of the debate stand as JSON in the keywords of the file, since a graph as
a whole has no attributes there. What Gephi and others write is read as
:mod:`graph.formats.foreign_graph` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..errors import FormatError, Place
from ..model import Debate
from ..network import to_flat, to_networkx
from .foreign_graph import Drawn, Edge, read_drawn
from .graph_xml import MOST_DEFAULTS, children, typed
from .losses import Reading
from .xml_text import local, read_xml

__all__ = ["parse_gexf", "write_gexf"]

_NAMESPACE = "http://www.gexf.net/1.2draft"
_TOP = ("debate", "base", "agents", "sources")
_Columns = dict[str, tuple[str, str]]


def write_gexf(debate: Debate) -> str:
    r"""The debate as GEXF: claims are labelled with their texts, edges with their relations.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")
    >>> parse_gexf(write_gexf(debate).encode(), "trams.gexf").debate == debate
    True
    """
    flat = to_flat(to_networkx(debate))
    root = Element("gexf", {"xmlns": _NAMESPACE, "version": "1.2"})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "sicetnon"
    SubElement(meta, "keywords").text = json.dumps(
        {name: flat.graph[name] for name in _TOP}, ensure_ascii=False
    )
    SubElement(meta, "description").text = debate.title
    graph = SubElement(root, "graph", {"mode": "static", "defaultedgetype": "directed"})
    named = _attributes(graph, "node", (data for _, data in flat.nodes(data=True)))
    joined = _attributes(graph, "edge", (data for _, _, data in flat.edges(data=True)))
    nodes = SubElement(graph, "nodes")
    for key, data in flat.nodes(data=True):
        label = data.get("text") or data.get("question") or data.get("scheme") or key
        _values(SubElement(nodes, "node", {"id": key, "label": label}), data, named)
    edges = SubElement(graph, "edges")
    for start, end, number, data in flat.edges(keys=True, data=True):
        ends = {"id": str(number), "source": start, "target": end}
        label = data.get("kind") or data["relation"]
        _values(SubElement(edges, "edge", {**ends, "label": label}), data, joined)
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _attributes(graph: Element, what: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; return their ids by name."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    element = SubElement(graph, "attributes", {"class": what})
    for name, found in types.items():
        kind = "string"
        if found <= {int, float}:
            kind = "double" if float in found else "long"
        elif found == {bool}:
            kind = "boolean"
        SubElement(element, "attribute", {"id": f"{what}_{name}", "title": name, "type": kind})
    return {name: f"{what}_{name}" for name in types}


def _values(element: Element, data: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    values = SubElement(element, "attvalues")
    for name, value in data.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        SubElement(values, "attvalue", {"for": ids[name], "value": text})


def parse_gexf(data: bytes, file: str) -> Reading:
    """The debate in GEXF, ours or that of another program, and what of it is passed over.

    Raises:
        FormatError: if it is no GEXF, defines entities, has no direction, or if no edge tells
            what kind of relation it is.
        DebateError: if it is one of ours, changed so that it makes no sound debate.

    """
    root = read_xml(data, file, "gexf")
    graph = next(children(root, "graph"), None)
    if graph is None:
        raise FormatError("GEXF without a graph", Place(file))
    try:
        drawn = _drawn(root, graph)
    except FormatError as error:
        raise FormatError(error.message, Place(file)) from None
    return read_drawn(drawn, file)


def _drawn(root: Element, graph: Element) -> Drawn:
    drawn = Drawn(top=_top(root))
    columns: dict[str, _Columns] = {"node": {}, "edge": {}}
    defaults: dict[str, dict[str, Any]] = {"node": {}, "edge": {}}
    for attributes in children(graph, "attributes"):
        what = attributes.get("class", "node")
        for column in children(attributes, "attribute"):
            id_, name = column.get("id", ""), column.get("title", "") or column.get("id", "")
            kind = column.get("type", "string")
            columns.setdefault(what, {})[id_] = name, kind
            for default in children(column, "default"):
                if default.text:
                    value = typed(default.text, kind, f"the attribute {name[:60]}")
                    defaults.setdefault(what, {})[name] = value
    if sum(map(len, defaults.values())) > MOST_DEFAULTS:
        raise FormatError(f"more than {MOST_DEFAULTS} attributes with a default")
    directed = graph.get("defaultedgetype", "undirected")
    todo = [graph]
    while todo:
        for element in todo.pop():
            match local(element):
                case "nodes" | "edges":
                    todo.append(element)
                case "node":
                    todo += _node(element, drawn, columns["node"], defaults["node"])
                case "edge":
                    _edge(element, drawn, columns["edge"], defaults["edge"], directed)
    return drawn


def _top(root: Element) -> dict[str, Any]:
    """The attributes of the graph as a whole: ours, or what the file says of itself."""
    meta = next(children(root, "meta"), None)
    told = {} if meta is None else {local(child): child.text or "" for child in meta}
    try:
        ours = json.loads(told.get("keywords", ""))
    except (ValueError, RecursionError):
        ours = None
    if isinstance(ours, dict) and "debate" in ours:
        return {"title": told.get("description", ""), **ours}
    if told.get("description"):
        told["title"] = told.pop("description")
    told.pop("creator", None)
    return told


def _node(
    element: Element, drawn: Drawn, columns: _Columns, defaults: dict[str, Any]
) -> list[Element]:
    """Read a node, and return the lists of nodes and edges inside it."""
    id_ = element.get("id")
    inside = list(children(element, "nodes", "edges"))
    if id_ is None:
        drawn.tally.add("nodes without an id", element.get("label") or "a node")
        return inside
    if id_ in drawn.nodes:
        drawn.tally.add("nodes with the id of another", id_[:60])
        return inside
    drawn.nodes[id_] = _data(element, drawn, columns, defaults, f"node {id_[:60]}")
    if inside:
        drawn.groups.add(id_)
    return inside


def _edge(
    element: Element, drawn: Drawn, columns: _Columns, defaults: dict[str, Any], default: str
) -> None:
    start, end = element.get("source", ""), element.get("target", "")
    where = f"the edge from {start[:60]} to {end[:60]}"
    data = _data(element, drawn, columns, defaults, where)
    told = element.get("type", default)
    if told not in ("directed", "undirected", "mutual"):  # networkx puts an attribute type there
        data.setdefault("type", told)
        told = default
    drawn.edges.append(Edge(start, end, data, told == "directed"))


def _data(
    element: Element, drawn: Drawn, columns: _Columns, defaults: dict[str, Any], where: str
) -> dict[str, Any]:
    """The attributes of a node or edge."""
    data: dict[str, Any] = {
        name: value
        for name in ("label", "kind", "weight")
        if (value := element.get(name)) is not None
    }
    for child in element:
        match local(child):
            case "attvalues":
                for one in children(child, "attvalue"):
                    id_ = one.get("for", "") or one.get("id", "")
                    name, kind = columns.get(id_, (id_, "string"))
                    data[name] = typed(one.get("value", ""), kind, where)
            case "nodes" | "edges" | "":
                pass
            case other:
                drawn.tally.add("how nodes and edges are drawn, and when", f"{other} of {where}")
    for name, value in defaults.items():
        data.setdefault(name, value)
    return data
