"""The JSON of arguebuf (Lenz & Bergmann), whose graphs of atoms and schemes hold data of others.

Speakers are its participants and pieces its resources. What it has no field for stands in the
``userdata`` of the part, which arguebuf carries through, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..errors import FormatError
from ..model import AttackKind, Debate
from .aif import read_graph
from .debate_json import plain
from .json_text import debate_of, decode_json
from .losses import Reading, Tally, cut

__all__ = ["parse_arguebuf", "write_arguebuf"]

_VERSION = 1

# The names of schemes that the schema of arguebuf lists for supports, after Walton et al. (2008).
_SCHEMES = frozenset(
    (  # noqa: SIM905
        "POSITION_TO_KNOW EXPERT_OPINION WITNESS_TESTIMONY POPULAR_OPINION POPULAR_PRACTICE "
        "EXAMPLE ANALOGY COMPOSITION DIVISION OPPOSITIONS RHETORICAL_OPPOSITIONS ALTERNATIVES "
        "VERBAL_CLASSIFICATION VALUES POSITIVE_VALUES NEGATIVE_VALUES SACRIFICE "
        "PRACTICAL_REASONING WASTE SUNK_COSTS IGNORANCE EPISTEMIC_IGNORANCE CAUSE_TO_EFFECT "
        "CORRELATION_TO_CAUSE SIGN ABDUCTIVE EVIDENCE_TO_HYPOTHESIS CONSEQUENCES "
        "POSITIVE_CONSEQUENCES NEGATIVE_CONSEQUENCES PRAGMATIC_ALTERNATIVES THREAT FEAR_APPEAL "
        "DANGER_APPEAL NEED_FOR_HELP DISTRESS COMMITMENT ETHOTIC GENERIC_AD_HOMINEM "
        "PRAGMATIC_INCONSISTENCY INCONSISTENT_COMMITMENT BIAS GRADUALISM SLIPPERY_SLOPE RULES "
        "EXCEPTIONAL_CASE PRECEDENT PLEA_FOR_EXCUSE PERCEPTION MEMORY"
    ).split()
)


def write_arguebuf(debate: Debate) -> str:
    r"""The debate as arguebuf JSON.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.", "trams.argdown")
    >>> parse_arguebuf(write_arguebuf(debate).encode(), "trams.json").debate == debate
    True
    """
    nodes: dict[str, Any] = {}
    edges: dict[str, Any] = {}

    def scheme(id_: str, kind: str, data: dict[str, Any], starts: Iterable[str], end: str) -> None:
        name = (data.get("scheme") or "").upper().replace(" ", "_")
        known = name if kind == "support" and name in _SCHEMES else "DEFAULT"
        nodes[id_] = {"scheme": {kind: f"{kind.upper()}_{known}"}, "userdata": data}
        for start, end_ in (*((s, id_) for s in starts), (id_, end)):
            edges[str(len(edges) + 1)] = {"source": start, "target": end_}

    for claim in debate.claims:
        data = _rest(claim, "id", "text", "holder")
        nodes[claim.id] = {"atom": {"text": claim.text, "participant": claim.holder}}
        nodes[claim.id]["userdata"] = data
    for s in debate.supports:
        scheme(
            f"RA>{s.id}", "support", _rest(s, "premises", "conclusion"), s.premises, s.conclusion
        )
    for a in debate.attacks:
        undercut = a.kind is AttackKind.UNDERCUT
        target = f"RA>{a.target}" if undercut else a.target
        scheme(f"CA>{a.id}", "attack", _rest(a, "attacker", "target"), (a.attacker,), target)
    for r in debate.rephrases:
        scheme(f"MA>{r.id}", "rephrase", _rest(r, "first", "second"), (r.first,), r.second)
    top = {"id": debate.id, "title": debate.title, "base": debate.base}
    whole = {
        "nodes": nodes,
        "edges": edges,
        "resources": {
            s.id: {"text": "", "title": s.title, "userdata": _rest(s, "id", "title")}
            for s in debate.sources
        },
        "participants": {
            a.id: {"name": a.name, "userdata": _rest(a, "id", "name")} for a in debate.agents
        },
        "schemaVersion": 1,
        "libraryVersion": "1",
        "userdata": {"sicetnon": _VERSION, **top, "issues": plain(debate.issues)},
    }
    return msgspec.json.encode(whole).decode("utf-8") + "\n"


def _rest(part: object, *held: str) -> dict[str, Any]:
    """What a part says beyond what has a field of its own."""
    whole: dict[str, Any] = plain(part)
    return {name: value for name, value in whole.items() if name not in held}


def parse_arguebuf(data: bytes, file: str) -> Reading:
    """The debate in arguebuf JSON, and what of it a debate does not hold.

    Raises:
        FormatError: naming what is not as in arguebuf, and where.
        DebateError: if the parts do not fit together.

    """
    graph = decode_json(data, file, _Graph)
    if graph.userdata.get("sicetnon") != _VERSION:
        return _foreign(graph, file)
    return Reading(debate_of(_own(graph, file), file, strict=False))


class _Atom(msgspec.Struct):
    text: str = ""
    participant: str | None = None
    reference: dict[str, Any] = {}


class _Node(msgspec.Struct):
    atom: _Atom | None = None
    scheme: dict[str, Any] | None = None
    userdata: dict[str, Any] = {}


class _Edge(msgspec.Struct):
    source: str
    target: str


class _Named(msgspec.Struct):
    name: str = ""
    title: str = ""
    text: str = ""
    userdata: dict[str, Any] = {}


class _Graph(msgspec.Struct):
    nodes: dict[str, _Node]
    edges: dict[str, _Edge] = {}
    resources: dict[str, _Named] = {}
    participants: dict[str, _Named] = {}
    userdata: dict[str, Any] = {}


def _ends(graph: _Graph) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Where the edges into each node come from, and where those out of it lead."""
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for edge in graph.edges.values():
        into.setdefault(edge.target, []).append(edge.source)
        out.setdefault(edge.source, []).append(edge.target)
    return into, out


def _own(graph: _Graph, file: str) -> dict[str, Any]:
    """What a file of ours says, part by part, as in the plain JSON of a debate."""
    into, out = _ends(graph)
    atoms = {id_ for id_, node in graph.nodes.items() if node.atom is not None}
    parts: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("claims", "supports", "attacks", "rephrases")
    }
    for id_, node in graph.nodes.items():
        if node.atom is not None:
            held = {"id": id_, "text": node.atom.text, "holder": node.atom.participant}
            parts["claims"].append(held | node.userdata)
            continue
        starts = [start for start in into.get(id_, ()) if start in atoms]
        ends = out.get(id_, [])
        if not starts or len(ends) != 1:
            raise FormatError(f"{file}: node {id_!r} needs edges from claims and one to a claim")
        kind = next((kind for kind in _TYPES if kind in (node.scheme or {})), "")
        if kind == "support":
            parts["supports"].append({"premises": starts, "conclusion": ends[0]} | node.userdata)
        elif kind == "attack":
            target = ends[0].removeprefix("RA>") if ends[0] in graph.nodes else ends[0]
            parts["attacks"].append({"attacker": starts[0], "target": target} | node.userdata)
        elif kind == "rephrase":
            parts["rephrases"].append({"first": starts[0], "second": ends[0]} | node.userdata)
        else:
            raise FormatError(f"{file}: node {id_!r} is no support, attack or rephrase")
    top = {name: value for name, value in graph.userdata.items() if name != "sicetnon"}
    return {
        **top,
        **parts,
        "agents": [
            {"id": id_, "name": found.name, **found.userdata}
            for id_, found in graph.participants.items()
        ],
        "sources": [
            {"id": id_, "title": found.title, **found.userdata}
            for id_, found in graph.resources.items()
        ],
    }


# Graphs of other people -------------------------------------------------------------------------


def _foreign(graph: _Graph, file: str) -> Reading:
    """A graph of others, read as the AIF that it is one form of."""
    tally = Tally()
    nodes = []
    edges = [{"fromID": edge.source, "toID": edge.target} for edge in graph.edges.values()]
    locutions = []
    for id_, node in graph.nodes.items():
        if node.userdata:
            tally.add("userdata", f"{cut(str(node.userdata))} of {id_}")
        if node.atom is None:
            nodes.append({"nodeID": id_, **_scheme(node)})
            continue
        nodes.append({"nodeID": id_, "type": "I", "text": node.atom.text})
        if node.atom.reference:
            tally.add("references to resources", cut(str(node.atom.reference)))
        if (person := node.atom.participant) in graph.participants:
            said, illocution = f"L>{id_}", f"YA>{id_}"
            nodes.append({"nodeID": said, "type": "L", "text": node.atom.text})
            nodes.append({"nodeID": illocution, "type": "YA", "text": "Asserting"})
            edges.append({"fromID": said, "toID": illocution})
            edges.append({"fromID": illocution, "toID": id_})
            locutions.append({"nodeID": said, "personID": person})
    for resource in graph.resources.values():
        tally.add("resources", cut(resource.title or resource.text))
    people = [{"participantID": id_, "name": p.name} for id_, p in graph.participants.items()]
    lists = {"nodes": nodes, "edges": edges, "locutions": locutions, "participants": people}
    reading = read_graph(lists, file, ".arguebuf.json")
    losses = [loss for loss in reading.losses if not loss.what.startswith("wordings")]
    return Reading(reading.debate, (*losses, *tally.losses))


_TYPES = {"support": "RA", "attack": "CA", "rephrase": "MA", "preference": "PA"}


def _scheme(node: _Node) -> dict[str, str]:
    """The type and text of the node of AIF that a scheme node is."""
    for kind, value in (node.scheme or {}).items():
        if kind in _TYPES:
            name = str(value).removeprefix(f"{kind.upper()}_")
            text = "" if name in ("DEFAULT", "UNSPECIFIED") else name
            return {"type": _TYPES[kind], "text": text.replace("_", " ").capitalize()}
    return {"type": "scheme", "text": str(node.scheme)}
