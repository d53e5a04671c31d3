"""Graphs of other programs as debates: what their nodes, edges and attributes are taken for.

GraphML, GEXF and Cytoscape files say what is joined to what, and leave it to whoever made them how
the text of a node and the kind of an edge are called. Both are looked for under the usual names:

======  ===========================================================================================
text    the first of text, label, name, title, description that says more than the id of the node
holder  the first of author, holder, speaker, participant
kind    the first of relation, kind, type, label, interaction, stance, sign, weight whose value is
        understood; a plain attack is made more exact by the others. A weight is a sign only if some
        weight in the file is below zero: otherwise it says how strong an edge is, not which way
======  ===========================================================================================

A node is a claim, and each holder has a piece of their own. What is not used is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx

from ..errors import DebateError, FormatError, Place
from ..model import Agent, Attack, AttackKind, Claim, Debate, Rephrase, Source, Support
from ..network import from_flat, from_networkx
from .losses import NOBODY, Reading, Tally, cut, debate_name

__all__ = ["TITLE", "Drawn", "Edge", "read_drawn"]

#: The attribute of a node that is called something beside its text.
TITLE = "title of the node"

_TEXT = ("text", "label", "name", "title", "description")
_HOLDER = ("author", "holder", "speaker", "participant")
_KIND = ("relation", "kind", "type", "label", "interaction", "stance", "sign", "weight")
_TITLE = ("title", "name", "label")

_UNDERSTOOD = {
    "support": "support, supports, supporting, supported, supportive, supporter, pro, for, +, yes,"
    "positive, favor, favour, in favor, in favour, favors, favours, agree, agrees, agreement,"
    "inference, default inference, infers, implies, entails, entailment, because, evidence,"
    "evidence for, reason, reason for, argument for, backs, backing, ra",
    "attack": "attack, attacks, attacking, attacked, attacker, con, contra, against, -, −, –, no,"
    "negative, oppose, opposes, opposing, opposition, object, objects, objection, disagree,"
    "disagrees, disagreement, disputes, conflict, default conflict, conflicts, refute, refutes,"
    "counter, counters, counterargument, argument against, reason against, evidence against, ca",
    "rebut": "rebut, rebuts, rebuttal, rebutting",
    "undermine": "undermine, undermines, underminer, undermining",
    "undercut": "undercut, undercuts, undercutter, undercutting",
    "contradictory": "contradict, contradicts, contradiction, contradictory, contradictories",
    "contrary": "contrary, contraries",
    "rephrase": "rephrase, rephrases, rephrasing, default rephrase, restate, restates, restatement,"
    "paraphrase, paraphrases, equivalent, equivalence, equals, equal, same, same as, =, ma",
}
_VALUES = {
    value.strip(): kind for kind, values in _UNDERSTOOD.items() for value in values.split(",")
}
_BOTH_WAYS = ("contradictory", "contrary", "rephrase")

_NOT_IN_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAME = re.compile(r"[\[\]<>{}]")

#: So many attributes that are not used are named, and the others counted.
_NAMED = 12
#: No name of an attribute that is looked for, and no number, is as long.
_LONG = 40

_Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as drawn: its ends, its attributes, and whether it has a direction."""

    start: str
    end: str
    data: _Data
    directed: bool = True


@dataclass(slots=True)
class Drawn:
    """A graph as a file draws it, with edges that may lead nowhere.

    ``top`` are the attributes of the whole, ``groups`` the nodes that only hold other nodes. In a
    ``flat`` one every attribute is text, a number or a truth value, as in XML.
    """

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    top: dict[str, Any] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)
    flat: bool = True


def read_drawn(drawn: Drawn, file: str) -> Reading:
    """The debate that a graph is read as, ours if it is one, and what of it is passed over.

    Raises:
        FormatError: if no edge tells what kind of relation it is, or none has a direction.
        DebateError: if a graph that we wrote has been changed so that it makes no sound debate.

    >>> graph = Drawn({"1": {"label": "Trams are quiet."}, "2": {"label": "They squeal."}},
    ...               [Edge("2", "1", {"type": "attacks"})])
    >>> debate = read_drawn(graph, "trams.graphml").debate
    >>> debate.claim("1").text, debate.attacks[0].id
    ('Trams are quiet.', '2 rebut 1')
    """
    if drawn.edges and not any(edge.directed for edge in drawn.edges):
        raise FormatError(
            f"{file}: the graph is undirected, so nobody can tell premise from conclusion"
        )
    if "debate" in drawn.top:
        return _ours(drawn, file)
    return _read_foreign(drawn, file)


def _ours(drawn: Drawn, file: str) -> Reading:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = {key: str(data.get("id", key)) for key, data in drawn.nodes.items()}
    graph.graph.update(drawn.top)
    graph.add_nodes_from((names[key], _there(data)) for key, data in drawn.nodes.items())
    graph.add_edges_from(
        (names.get(edge.start, edge.start), names.get(edge.end, edge.end), number,
         _there(edge.data))  # type: ignore[misc]
        for number, edge in enumerate(drawn.edges)
    )  # fmt: skip
    try:
        whole = from_flat(graph) if drawn.flat else graph
        return Reading(from_networkx(whole), drawn.tally.losses)
    except DebateError as error:
        raise DebateError(error.message, Place(file)) from None
    except FormatError as error:
        raise FormatError(f"{file}: {error.message}") from None
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise FormatError(f"{file}: no readable debate ({cut(str(error), 200)})") from None


def _there(data: Mapping[str, Any]) -> _Data:
    """The attributes that say something: igraph writes all of them for every node.

    It writes what is absent as nothing or as no number, and whole numbers as others.
    """
    found = {name: value for name, value in data.items() if value != "" and value == value}
    return {
        name: int(value) if isinstance(value, float) and name.startswith("anchor_") else value
        for name, value in found.items()
    }


def _read_foreign(drawn: Drawn, file: str) -> Reading:
    stem = debate_name(Path(file).stem)
    people, spare = _People(stem), _Spare(drawn.tally)
    claims = _claims(drawn, people, spare)
    kinds = _Kinds(drawn)
    relations: dict[str, dict[str, Any]] = {"support": {}, "attack": {}, "rephrase": {}}
    untyped: list[Edge] = []
    typed = 0
    for edge in _known_edges(drawn, claims):
        kind, used = kinds.of(edge.data)
        between = f"{cut(edge.start)} to {cut(edge.end)}"
        spare.count("edges", between, edge.data, used)
        if kind is None:
            untyped.append(edge)
            continue
        typed += 1
        if not (edge.directed or kind in _BOTH_WAYS):
            drawn.tally.add("edges without a direction", f"{between}: {kind}")
            continue
        if kind == "undercut":
            drawn.tally.add("undercuts of a claim, taken as rebuttals", between)
        part = _relation(kind, claims[edge.start].id, claims[edge.end].id)
        known = relations["attack" if isinstance(part, Attack) else kind]
        if known.setdefault(part.id, part) is not part:
            drawn.tally.add("edges that say the same as another", between)
    if untyped and not typed:
        raise FormatError(f"{file}: {_no_kind(untyped[0])}")
    for edge in untyped:
        drawn.tally.add(
            "edges that do not tell their kind", f"{cut(edge.start)} to {cut(edge.end)}"
        )
    debate = Debate(
        stem,
        _title(drawn) or stem,
        agents=tuple(people.agents.values()),
        sources=tuple(people.sources.values()),
        claims=tuple(claims.values()),
        supports=tuple(relations["support"].values()),
        attacks=tuple(relations["attack"].values()),
        rephrases=tuple(relations["rephrase"].values()),
    )
    return Reading(debate, drawn.tally.losses)


def _relation(kind: str, start: str, end: str) -> Support | Attack | Rephrase:
    if kind == "support":
        return Support((start,), end)
    if kind == "rephrase":
        return Rephrase(start, end)
    plain = kind in ("attack", "undercut")  # an undercut is of a support, and this is of a claim
    return Attack(AttackKind.REBUT if plain else AttackKind(kind), start, end)


def _no_kind(edge: Edge) -> str:
    told = ", ".join(f"{_line(name)[:40]}={cut(_plain(v), 40)!r}" for name, v in edge.data.items())
    return (
        "no edge tells whether it supports or attacks: looked for one of the attributes "
        f"{', '.join(_KIND)} with a value such as support, pro, +, attack, con, -, rebut, "
        f"undermine, contradicts, contrary or rephrase; the edge from {cut(edge.start)} to "
        f"{cut(edge.end)} has {cut(told, 200) or 'no attributes'}"
    )


def _known_edges(drawn: Drawn, claims: Mapping[str, Claim]) -> Iterator[Edge]:
    """The edges between two different nodes that are there."""
    for edge in drawn.edges:
        between = f"{cut(edge.start)} to {cut(edge.end)}"
        if edge.start not in claims or edge.end not in claims:
            drawn.tally.add("edges to a node that is not there", between)
        elif edge.start == edge.end:
            drawn.tally.add("edges from a node to itself", between)
        else:
            yield edge


def _claims(drawn: Drawn, people: _People, spare: _Spare) -> dict[str, Claim]:
    """The claim of each node, by its key."""
    ends = {end for edge in drawn.edges for end in (edge.start, edge.end)}
    names = _Names()
    claims: dict[str, Claim] = {}
    for key, data in drawn.nodes.items():
        text, used = _text(key, data)
        if key in drawn.groups and key not in ends:
            drawn.tally.add("groups of nodes", f"{cut(text)} ({cut(key)})")
            continue
        holder, name = _first(data, _HOLDER)
        spare.count("nodes", cut(key), data, {*used, name, TITLE})
        who = people.holder(holder)
        called = names.free(str(data.get(TITLE) or key), "claim")
        claims[key] = Claim(called, text, people.piece(who), who.id)
    return claims


def _text(key: str, data: _Data) -> tuple[str, set[str]]:
    """What a node says, and the attributes that say it or no more than its id."""
    plain_key = _line(key)
    used: set[str] = set()
    for name, value in _lookup(data, _TEXT):
        text = _plain(value)
        if text:
            used.add(name)
            if text != plain_key:
                return text, used
    return plain_key or "claim", used


def _title(drawn: Drawn) -> str:
    """What the graph is called, if that is said; the rest of what it has is counted."""
    title, used = _first(drawn.top, _TITLE)
    for name, value in drawn.top.items():
        if name != used and not _empty(value):
            drawn.tally.add("attributes of the graph", f"{cut(_line(name))}: {_shown(value)}")
    return title


class _Kinds:
    """What the attributes of an edge say about its kind."""

    def __init__(self, drawn: Drawn) -> None:
        self._signed = any(
            (_number(value) or 0) < 0
            for edge in drawn.edges
            for _, value in _lookup(edge.data, ("weight",))
        )

    def of(self, data: _Data) -> tuple[str | None, set[str]]:
        """The kind, if it is told, and the attributes that tell it."""
        found: str | None = None
        used: set[str] = set()
        for name, value in _lookup(data, _KIND):
            kind = self._meaning(name, value)
            if found == "attack" and kind not in (None, "support", "rephrase"):
                found = kind
            found = found or kind
            if kind is not None and kind in (found, "attack"):
                used.add(name)
        return found, used

    def _meaning(self, name: str, value: object) -> str | None:
        sign = name.lower() in ("sign", "weight")
        if name.lower() == "weight" and not self._signed:
            return None
        if (number := _number(value)) is not None:
            if number in (1, -1) or (sign and abs(number) > 0):
                return "support" if number > 0 else "attack"
            return None
        said = _plain(value)[:200].lower()
        if "://" in said:
            said = re.split(r"[/#]", said)[-1]
        return _VALUES.get(said) or _VALUES.get(re.sub(r"(?<=\w)[_-](?=\w)", " ", said))


class _People:
    """Who holds something, and the piece of each."""

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._names = _Names(NOBODY.id, stem)
        self._by_name: dict[str, Agent] = {"": NOBODY}
        self.agents: dict[str, Agent] = {}
        self.sources: dict[str, Source] = {}

    def holder(self, name: str) -> Agent:
        """The agent of that name; nobody, if there is none."""
        if (agent := self._by_name.get(name)) is None:
            agent = self._by_name[name] = Agent(self._names.free(name, "holder"), name)
        self.agents.setdefault(agent.id, agent)
        return agent

    def piece(self, agent: Agent) -> str:
        """The id of the piece of an agent."""
        nobody = agent is NOBODY
        name = self._stem if nobody else agent.id
        title = self._stem if nobody else agent.name
        if name not in self.sources:
            self.sources[name] = Source(name, title, agent.id)
        return name


class _Names:
    """Names that are free, made in constant time however many are alike."""

    def __init__(self, *taken: str) -> None:
        self._next = dict.fromkeys(taken, 1)

    def free(self, wanted: str, otherwise: str) -> str:
        """The name as a debate allows it, or the first of ``name (2)``, ... that is free."""
        name = made = _line(_NOT_IN_NAME.sub(" ", wanted)) or otherwise
        while made in self._next:
            self._next[name] = self._next.get(name, 1) + 1
            made = f"{name} ({self._next[name]})"
        self._next[made] = 1
        return made


class _Spare:
    """The attributes that are not used: the first few are named, the others counted."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._named: set[tuple[str, str]] = set()

    def count(self, what: str, where: str, data: _Data, used: set[str]) -> None:
        """Count those of one node or edge."""
        for name, value in data.items():
            if name in used or _empty(value):
                continue
            if len(self._named) < _NAMED:
                self._named.add((what, name))
            known = (what, name) in self._named
            called = f"attribute {cut(_line(name), 40)}" if known else "other attributes"
            self._tally.add(f"{called} of {what}", f"{_shown(value)} of {where}")


def _lookup(data: _Data, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The attributes with these names, however their letters are written, in their order."""
    lower = {name.lower(): name for name in reversed(data) if len(name) < _LONG}
    for name in names:
        if (given := lower.get(name)) is not None:
            yield given, data[given]


def _first(data: _Data, names: tuple[str, ...]) -> tuple[str, str]:
    """The first of these attributes that has a text, and how it is called."""
    for name, value in _lookup(data, names):
        if text := _plain(value):
            return text, name
    return "", ""


def _line(text: str) -> str:
    return " ".join(_NOT_IN_TEXT.sub(" ", text).split())


def _plain(value: object) -> str:
    """The value of an attribute as a line of text; empty if it is no plain one."""
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, ".15g") if isinstance(value, int | float) else ""


def _empty(value: object) -> bool:
    return value is None or value in ("", [], {})


def _shown(value: object) -> str:
    return cut(_plain(value[:200] if isinstance(value, str) else value)) or type(value).__name__


def _number(value: object) -> float | None:
    """The value as a number, if it is one; text as long as no number is not tried."""
    try:
        if isinstance(value, str):
            return float(value) if len(value) < _LONG else None
        return float(value) if isinstance(value, int | float) and value is not True else None
    except (ValueError, OverflowError):
        return None
