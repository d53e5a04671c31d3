"""GraphML with typed edges (Brandes et al. 2002), written through networkx.

It reads back what it writes, and reads what others write, yEd and networkx among them, as
:mod:`graph.formats.foreign_graph` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import networkx as nx

from ..errors import FormatError, Place
from ..model import Debate
from ..network import to_flat, to_networkx
from .foreign_graph import TITLE, Drawn, Edge, read_drawn
from .graph_xml import MOST_DEFAULTS, children, typed
from .losses import Reading
from .xml_text import local, read_xml

__all__ = ["parse_graphml", "write_graphml"]


def write_graphml(debate: Debate) -> str:
    """The debate as GraphML: kinds of node and edge, texts and holders are attributes."""
    out = BytesIO()
    nx.write_graphml(to_flat(to_networkx(debate)), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue().decode("utf-8") + "\n"


def parse_graphml(data: bytes, file: str) -> Reading:
    r"""The debate in GraphML, ours or that of another program, and what of it is passed over.

    Raises:
        FormatError: if it is no GraphML, defines entities, has no direction, or if no edge tells
            what kind of relation it is.
        DebateError: if it is one of ours, changed so that it makes no sound debate.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")
    >>> parse_graphml(write_graphml(debate).encode(), "trams.graphml").debate == debate
    True
    """
    root = read_xml(data, file, "graphml")
    graphs = list(children(root, "graph"))
    if not graphs:
        raise FormatError("GraphML without a graph", Place(file))
    try:
        drawing = _Drawing(graphs[0], _keys(root))
        drawing.read(graphs[0])
    except FormatError as error:
        raise FormatError(error.message, Place(file)) from None
    for graph in graphs[1:]:
        drawing.drawn.tally.add("further graphs", graph.get("id") or "one without an id")
    return read_drawn(drawing.drawn, file)


#: The colours of edges in maps of the Argdown tools, which tell their kinds by nothing else.
_COLOURS = {"#00ff00": "support", "#ff0000": "attack", "#551a8b": "undercut"}


class _Key(NamedTuple):
    """What a key says of the data that name it."""

    name: str
    kind: str
    default: str | None


@dataclass(slots=True)
class _Keys:
    """The keys by id, and those that have a default, by what they are for."""

    by_id: dict[str, _Key] = field(default_factory=dict)
    defaults: dict[str, list[_Key]] = field(default_factory=dict)


def _keys(root: Element) -> _Keys:
    keys = _Keys()
    for element in children(root, "key"):
        id_ = element.get("id", "")
        name = element.get("attr.name") or element.get("yfiles.type") or id_
        default = None
        if len(element):
            default = next((child.text for child in children(element, "default")), None)
        key = keys.by_id[id_] = _Key(name, element.get("attr.type", "string"), default)
        if default is not None and default.strip():
            keys.defaults.setdefault(element.get("for", "all"), []).append(key)
    if sum(map(len, keys.defaults.values())) > MOST_DEFAULTS:
        raise FormatError(f"more than {MOST_DEFAULTS} keys with a default")
    return keys


class _Drawing:
    """A graph being read, with the graphs inside its nodes."""

    def __init__(self, graph: Element, keys: _Keys) -> None:
        self.drawn = Drawn()
        self._keys = keys
        self._directed = graph.get("edgedefault", "directed") != "undirected"

    def read(self, graph: Element) -> None:
        """Read the graph; a list of what is left to do, since graphs may be nested deeply."""
        self.drawn.top = self._data(graph, "graph", "the graph")
        inner = [graph]
        while inner:
            for element in inner.pop():
                match local(element):
                    case "node":
                        inner += self._node(element)
                    case "edge":
                        self._edge(element)
                        inner += children(element, "graph")
                    case "hyperedge":
                        self.drawn.tally.add("hyperedges", element.get("id") or "without an id")

    def _node(self, element: Element) -> list[Element]:
        """Read a node, and return the graphs inside it."""
        id_ = element.get("id")
        if id_ is None:
            self.drawn.tally.add("nodes without an id", "a node")
        elif id_ in self.drawn.nodes:
            self.drawn.tally.add("nodes with the id of another", id_[:60])
        else:
            self.drawn.nodes[id_] = self._data(element, "node", f"node {id_[:60]}")
        inside = list(children(element, "graph"))
        if inside and id_ is not None:
            self.drawn.groups.add(id_)
        return inside

    def _edge(self, element: Element) -> None:
        start, end = element.get("source", ""), element.get("target", "")
        told = element.get("directed")
        directed = self._directed if told is None else told == "true"
        data = self._data(element, "edge", f"the edge from {start[:60]} to {end[:60]}")
        self.drawn.edges.append(Edge(start, end, data, directed))

    def _data(self, element: Element, what: str, where: str) -> dict[str, Any]:
        """The attributes of the graph, a node or an edge."""
        data: dict[str, Any] = {}
        for child in element:
            match local(child):
                case "data":
                    self._datum(child, data, where)
                case "desc" if child.text and child.text.strip():
                    data.setdefault("description", child.text)
                case "port":
                    self.drawn.tally.add("ports", where)
        for key in (*self._keys.defaults.get(what, ()), *self._keys.defaults.get("all", ())):
            if key.default is not None and key.name not in data:
                data[key.name] = typed(key.default, key.kind, where)
        return data

    def _datum(self, element: Element, data: dict[str, Any], where: str) -> None:
        key = self._keys.by_id.get(element.get("key", ""))
        if key is None:
            raise FormatError(f"{where}: its data name the key {element.get('key')!r:.60}, "
                              "which is not there")  # fmt: skip
        if not len(element):
            data[key.name] = typed(element.text or "", key.kind, where)
            return
        self.drawn.tally.add("how nodes and edges are drawn", where)
        labels = []
        for part in element.iter():
            name = local(part)
            if name in ("NodeLabel", "EdgeLabel", "Label.Text") and (part.text or "").strip():
                labels.append(_unmarked(part.text or ""))
            elif name == "Label" and part.get("Text"):
                labels.append(str(part.get("Text")))
            elif name == "LineStyle" and (kind := _COLOURS.get(part.get("color", "").lower())):
                data.setdefault("sign", kind)
        if labels:
            data.setdefault("label", labels[-1])
            if len(labels) > 1 and labels[0]:  # the Argdown tools write title and text
                data.setdefault(TITLE, labels[0])


def _unmarked(text: str) -> str:
    """The text of a label, which the Argdown tools write as HTML."""
    if not text.lstrip().lower().startswith("<html>"):
        return text
    return unescape(re.sub(r"</?html>|<br ?/?>", " ", text)).strip()
