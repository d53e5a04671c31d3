"""A debate as a networkx graph, and back.

Nodes are claims, named supports and issues, told apart by the attribute ``type`` and by the prefix
of the key (``claim:``, ``support:``, ``issue:``), since a claim and a support may share an id.
An unnamed support is an edge from its premise to its conclusion; a named one is a node between
``premise`` edges and a ``conclusion`` edge, so that an undercut has something to point to.

========== ================================ =============================================
relation   from, to                         further attributes
========== ================================ =============================================
support    premise, conclusion              source, scheme, origin
premise    premise, named support
conclusion named support, conclusion
attack     attacker, claim or named support kind, symmetric (if it is), source, origin
rephrase   first, second                    source, origin
answer     claim, issue                     kind: pro or con
========== ================================ =============================================

What a part does not say is absent, not ``None``. Agents and sources are mappings by id in
``graph.graph``. Places in files, which equality ignores, are not kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import networkx as nx

from .errors import FormatError
from .model import (
    Agent,
    AgentKind,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Origin,
    OriginKind,
    Rephrase,
    Source,
    Status,
    Support,
)

__all__ = [
    "Graph",
    "from_flat",
    "from_networkx",
    "node_id",
    "node_key",
    "to_flat",
    "to_networkx",
]

#: What :func:`to_networkx` returns.
Graph: TypeAlias = "nx.MultiDiGraph[str]"

_Plain: TypeAlias = dict[str, Any]
_AGENT = ("name", "kind", "members")
_SOURCE = ("title", "author", "genre", "date", "publisher", "note", "text", "sha256")
_ANCHOR = ("paragraph", "sentence", "start", "end")
_ORIGIN = ("kind", "name", "version", "confidence")
_TYPES = ("claim", "support", "issue")
_ENDS = {
    "support": {("claim", "claim")},
    "premise": {("claim", "support")},
    "conclusion": {("support", "claim")},
    "attack": {("claim", "claim"), ("claim", "support")},
    "rephrase": {("claim", "claim")},
    "answer": {("claim", "issue")},
}


def node_key(what: str, name: str) -> str:
    """The key of the node of a claim, named support or issue.

    >>> node_key("claim", "asm-safe")
    'claim:asm-safe'
    """
    return f"{what}:{name}"


def node_id(key: str) -> str:
    """The id of the claim, named support or issue that has this node key.

    >>> node_id("claim:asm-safe")
    'asm-safe'
    """
    return key.partition(":")[2]


def to_networkx(debate: Debate) -> Graph:
    """A directed multigraph that holds everything in the debate.

    >>> from graph.model import Agent, Claim, Debate, Source, Support
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("piece", "On trams", "her"),),
    ...     claims=(Claim("a", "Trams are quiet.", "piece", "her"),
    ...             Claim("b", "Trams are good.", "piece", "her")),
    ...     supports=(Support(("a",), "b"),))
    >>> graph = to_networkx(debate)
    >>> graph.edges["claim:a", "claim:b", "support"]["relation"]
    'support'
    >>> graph.nodes["claim:a"]["holder"]
    'her'
    >>> from_networkx(graph) == debate
    True
    """
    graph: Graph = nx.MultiDiGraph(
        debate=debate.id,
        title=debate.title,
        base=debate.base,
        agents={a.id: _plain(a, _AGENT) for a in debate.agents},
        sources={s.id: _plain(s, _SOURCE) for s in debate.sources},
    )
    graph.add_nodes_from((f"claim:{c.id}", _claim_data(c)) for c in debate.claims)
    graph.add_nodes_from(
        (f"support:{s.name}", {"type": "support"} | _relation_data(s))
        for s in debate.supports
        if s.name is not None
    )
    graph.add_nodes_from(
        (f"issue:{i.id}", {"type": "issue", "question": i.question}) for i in debate.issues
    )
    graph.add_edges_from(_edges(debate))  # type: ignore[arg-type]
    return graph


def _edges(debate: Debate) -> Iterable[tuple[str, str, str, _Plain]]:
    """Every edge of the graph, with a key that tells parallel edges apart."""
    data: _Plain
    for s in debate.supports:
        end = f"claim:{s.conclusion}"
        if s.name is None:
            data = {"relation": "support"} | _relation_data(s)
            yield f"claim:{s.premises[0]}", end, "support", data
        else:
            node = f"support:{s.name}"
            for premise in s.premises:
                yield f"claim:{premise}", node, "premise", {"relation": "premise"}
            yield node, end, "conclusion", {"relation": "conclusion"}
    for a in debate.attacks:
        what = "support" if a.kind is AttackKind.UNDERCUT else "claim"
        data = _plain(a, ("kind",)) | {"relation": "attack"}
        if a.kind.symmetric:
            data["symmetric"] = True
        data |= _relation_data(a)
        yield f"claim:{a.attacker}", f"{what}:{a.target}", f"attack {a.kind.value}", data
    for r in debate.rephrases:
        data = {"relation": "rephrase"} | _relation_data(r)
        yield f"claim:{r.first}", f"claim:{r.second}", "rephrase", data
    for i in debate.issues:
        for kind, claims in (("pro", i.pro), ("con", i.con)):
            for claim in claims:
                data = {"relation": "answer", "kind": kind}
                yield f"claim:{claim}", f"issue:{i.id}", "answer", data


def _plain(part: object, names: Iterable[str]) -> _Plain:
    """The named attributes of a part that are there, as plain values."""
    data: _Plain = {}
    for name in names:
        value = getattr(part, name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            data[name] = list(value)
        else:
            data[name] = str(value) if isinstance(value, str) else value
    return data


def _claim_data(claim: Claim) -> _Plain:
    data: _Plain = {
        "type": "claim",
        "text": claim.text,
        "holder": claim.holder,
        "status": claim.status.value,
        "source": claim.source,
        "origin": _plain(claim.origin, _ORIGIN),
    }
    if claim.anchor is not None:
        data["anchor"] = _plain(claim.anchor, _ANCHOR)
    if claim.tags:
        data["tags"] = list(claim.tags)
    return data


def _relation_data(part: Support | Attack | Rephrase) -> _Plain:
    data = _plain(part, ("source", "scheme") if isinstance(part, Support) else ("source",))
    data["origin"] = _plain(part.origin, _ORIGIN)
    return data


def from_networkx(graph: Graph) -> Debate:
    """The debate that the graph holds: the inverse of :func:`to_networkx`.

    Raises:
        FormatError: if a node or edge is of no known type or lacks an attribute.
        DebateError: if the parts do not make a sound debate.

    >>> from_networkx(nx.MultiDiGraph(debate="trams", title="Trams"))
    Traceback (most recent call last):
        ...
    graph.errors.FormatError: the graph has no attribute 'base'
    """
    where = "the graph"
    try:
        top = _Data(where, graph.graph)
        parts: dict[str, Any] = {
            "id": top["debate"],
            "title": top["title"],
            "base": top["base"],
            "agents": tuple(_agent(name, data) for name, data in top["agents"].items()),
            "sources": tuple(
                Source(name, **_only(data, _SOURCE)) for name, data in top["sources"].items()
            ),
        }
        claims: list[Claim] = []
        nodes: dict[str, dict[str, _Data]] = {"support": {}, "issue": {}}
        for key, attributes in graph.nodes(data=True):
            where = f"node {key}"
            data = _Data(where, attributes)
            what, _, name = str(key).partition(":")
            if what not in _TYPES or data["type"] != what:
                raise FormatError(f"{where} is of no known type; its key should be like claim:a")
            if what == "claim":
                claims.append(_claim(name, data))
            else:
                nodes[what][name] = data
        where = "the edges"
        relations = _relations(graph, nodes["support"], nodes["issue"])
    except (ValueError, TypeError, AttributeError) as err:
        raise FormatError(f"{where} cannot be read: {err}") from err
    return Debate(**parts, claims=tuple(claims), **relations)


class _Data(dict[str, Any]):
    """Attributes whose absence is a FormatError that names the node or edge."""

    def __init__(self, where: str, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.where = where

    def __missing__(self, name: str) -> Any:
        raise FormatError(f"{self.where} has no attribute {name!r}")


def _relations(
    graph: Graph, supports: Mapping[str, _Data], issues: Mapping[str, _Data]
) -> dict[str, Any]:
    """The supports, attacks, rephrases and issues, as arguments of Debate."""
    edges: dict[str, list[tuple[str, str, _Data]]] = {relation: [] for relation in _ENDS}
    for start, end, attributes in graph.edges(data=True):
        data = _Data(f"the edge from {start} to {end}", attributes)
        (first, _, u), (second, _, v) = str(start).partition(":"), str(end).partition(":")
        relation = data["relation"]
        if (first, second) not in _ENDS.get(relation, ()):
            raise FormatError(f"{data.where} cannot have the relation {relation!r}")
        if relation == "attack" and (data["kind"] == "undercut") != (second == "support"):
            raise FormatError(f"{data.where} is an attack of the wrong kind, {data['kind']}")
        edges[relation].append((u, v, data))

    premises: dict[str, list[str]] = {name: [] for name in supports}
    conclusions: dict[str, list[str]] = {name: [] for name in supports}
    answers: dict[str, dict[str, list[str]]] = {name: {"pro": [], "con": []} for name in issues}
    for u, v, _ in edges["premise"]:
        premises[v].append(u)
    for u, v, _ in edges["conclusion"]:
        conclusions[u].append(v)
    for u, v, data in edges["answer"]:
        if data["kind"] not in answers[v]:
            raise FormatError(f"{data.where} is neither pro nor con")
        answers[v][data["kind"]].append(u)
    for name, data in supports.items():
        if len(conclusions[name]) != 1 or not premises[name]:
            raise FormatError(f"{data.where} needs premises and exactly one conclusion")
    return {
        "supports": (
            *(_support((u,), v, None, data) for u, v, data in edges["support"]),
            *(_support(premises[n], conclusions[n][0], n, data) for n, data in supports.items()),
        ),
        "attacks": tuple(
            Attack(AttackKind(data["kind"]), u, v, data.get("source"), _origin(data))
            for u, v, data in edges["attack"]
        ),
        "rephrases": tuple(
            Rephrase(u, v, data.get("source"), _origin(data)) for u, v, data in edges["rephrase"]
        ),
        "issues": tuple(
            Issue(name, data["question"], tuple(answers[name]["pro"]), tuple(answers[name]["con"]))
            for name, data in issues.items()
        ),
    }


def _support(premises: Iterable[str], conclusion: str, name: str | None, data: _Data) -> Support:
    source, scheme = data.get("source"), data.get("scheme")
    return Support(tuple(premises), conclusion, name, source, scheme, _origin(data))


def _agent(name: str, data: Mapping[str, Any]) -> Agent:
    whole = _Data(f"agent {name}", data)
    return Agent(name, whole["name"], AgentKind(whole["kind"]), tuple(whole.get("members", ())))


def _claim(name: str, data: _Data) -> Claim:
    anchor = data.get("anchor")
    return Claim(
        name,
        data["text"],
        data["source"],
        data["holder"],
        Status(data["status"]),
        None if anchor is None else Anchor(**anchor),
        _origin(data),
        tuple(data.get("tags", ())),
    )


def _origin(data: Mapping[str, Any]) -> Origin:
    given = dict(data.get("origin", {}))
    return Origin(OriginKind(given.pop("kind", "person")), **given)


def _only(data: Mapping[str, Any], names: Iterable[str]) -> _Plain:
    if unknown := sorted(set(data).difference(names)):
        raise ValueError(f"a source has the unknown attribute {unknown[0]!r}")
    return dict(data)


def to_flat(graph: Graph) -> Graph:
    """A copy whose attributes are all strings, numbers or booleans, as GraphML and GEXF need.

    The parts of an anchor or origin become attributes such as ``anchor_start``; tags, agents and
    sources become JSON. Edge keys are numbers, each used once.

    >>> flat = to_flat(nx.MultiDiGraph(debate="d", title="D", base="urn:d/", agents={}, sources={}))
    >>> flat.graph["agents"]
    '{}'
    """
    flat: Graph = nx.MultiDiGraph(**_flatten(graph.graph, mappings_as_json=True))
    flat.add_nodes_from((key, _flatten(data)) for key, data in graph.nodes(data=True))
    flat.add_edges_from(
        (start, end, number, _flatten(data))  # type: ignore[misc]
        for number, (start, end, data) in enumerate(graph.edges(data=True))
    )
    return flat


def from_flat(flat: nx.Graph[Any]) -> Graph:
    """The inverse of :func:`to_flat`; it also takes what ``networkx.read_graphml`` returns.

    Raises:
        FormatError: if the graph is undirected, or an attribute that should be JSON is not.

    >>> flat = to_flat(nx.MultiDiGraph(debate="d", title="D", base="urn:d/", agents={}, sources={}))
    >>> from_networkx(from_flat(flat)).title
    'D'
    """
    if not flat.is_directed():
        raise FormatError("the graph is undirected, so nobody can tell premise from conclusion")
    top = {k: v for k, v in flat.graph.items() if k not in ("node_default", "edge_default")}
    graph: Graph = nx.MultiDiGraph(**_deepen("the graph", top))
    graph.add_nodes_from((key, _deepen(f"node {key}", data)) for key, data in flat.nodes(data=True))
    for start, end, attributes in flat.edges(data=True):
        data = _deepen(f"the edge from {start} to {end}", attributes)
        data.pop("id", None)  # read_graphml adds one to a graph without parallel edges
        relation = str(data.get("relation"))
        key = f"attack {data.get('kind')}" if relation == "attack" else relation
        graph.add_edge(start, end, key, **data)
    return graph


_JSON = ("agents", "sources", "tags")
_NESTED = ("anchor", "origin")


def _flatten(data: Mapping[str, Any], *, mappings_as_json: bool = False) -> _Plain:
    flat: _Plain = {}
    for name, value in data.items():
        if isinstance(value, Mapping) and not mappings_as_json:
            flat |= {f"{name}_{part}": inner for part, inner in value.items()}
        elif isinstance(value, Mapping | list | tuple):
            flat[name] = json.dumps(value)
        else:
            flat[name] = value
    return flat


def _deepen(where: str, data: Mapping[str, Any]) -> _Plain:
    deep: _Plain = {}
    for name, value in data.items():
        outer, _, inner = name.partition("_")
        if inner and outer in _NESTED:
            deep.setdefault(outer, {})[inner] = value
        elif name in _JSON:
            try:
                deep[name] = json.loads(value)
            except (ValueError, TypeError) as err:
                raise FormatError(f"{where}: {name} is not JSON: {err}") from err
        else:
            deep[name] = value
    return deep
