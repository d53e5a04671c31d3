"""Debate to networkx and back, and to files that networkx writes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from graph.errors import DebateError, FormatError
from graph.model import (
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
from graph.network import from_flat, from_networkx, node_id, node_key, to_flat, to_networkx
from tests.strategies import debates

MINER = Origin(OriginKind.MINER, "rules", "1", 0.25)


@pytest.fixture
def debate() -> Debate:
    """Every part of the model once, with a claim and a support that share the id ``a``."""
    return Debate(
        "d",
        "A debate",
        agents=(
            Agent("ann", "Ann"),
            Agent("bob", "Bob"),
            Agent("both", "Ann and Bob", AgentKind.GROUP, ("ann", "bob")),
        ),
        sources=(
            Source("one", "One", "both", "op-ed", "2020-01-01", "Post", "n", "one.txt", "0" * 64),
            Source("two", "Two", "bob"),
        ),
        claims=(
            Claim("a", "A.", "one", "ann", Status.CONCEDED, Anchor(1, 2, 3, 4), MINER, ("t", "s")),
            Claim("b", "B.", "one", "both"),
            Claim("c", "C.", "two", "ann", Status.REPORTED),
            Claim("x:y", "With a colon.", "two", "bob"),
        ),
        supports=(
            Support(("b", "c"), "x:y", "a", "one", "analogy", MINER),
            Support(("a",), "b", source="one"),
        ),
        attacks=(
            Attack(AttackKind.UNDERCUT, "a", "a", "two", MINER),
            Attack(AttackKind.REBUT, "x:y", "a"),
            Attack(AttackKind.CONTRARY, "x:y", "a"),
        ),
        rephrases=(Rephrase("a", "b", "one", MINER),),
        issues=(Issue("i", "Why?", ("a",), ("b", "c")), Issue("empty", "What?")),
    )


def test_nodes(debate: Debate) -> None:
    graph = to_networkx(debate)
    assert {key: data["type"] for key, data in graph.nodes(data=True)} == {
        "claim:a": "claim",
        "claim:b": "claim",
        "claim:c": "claim",
        "claim:x:y": "claim",
        "support:a": "support",
        "issue:i": "issue",
        "issue:empty": "issue",
    }
    assert graph.nodes["claim:a"] == {
        "type": "claim",
        "text": "A.",
        "holder": "ann",
        "status": "conceded",
        "source": "one",
        "anchor": {"paragraph": 1, "sentence": 2, "start": 3, "end": 4},
        "origin": {"kind": "miner", "name": "rules", "version": "1", "confidence": 0.25},
        "tags": ["s", "t"],
    }
    assert "anchor" not in graph.nodes["claim:b"]
    assert graph.graph["agents"]["both"] == {
        "name": "Ann and Bob",
        "kind": "group",
        "members": ["ann", "bob"],
    }
    assert graph.graph["sources"]["two"] == {"title": "Two", "author": "bob"}


def test_edges(debate: Debate) -> None:
    edges = {
        (u, v, d["relation"], d.get("kind"), d.get("symmetric", False))
        for u, v, d in to_networkx(debate).edges(data=True)
    }
    assert edges == {
        ("claim:a", "claim:b", "support", None, False),
        ("claim:b", "support:a", "premise", None, False),
        ("claim:c", "support:a", "premise", None, False),
        ("support:a", "claim:x:y", "conclusion", None, False),
        ("claim:a", "support:a", "attack", "undercut", False),
        ("claim:x:y", "claim:a", "attack", "rebut", False),
        ("claim:a", "claim:x:y", "attack", "contrary", True),
        ("claim:a", "claim:b", "rephrase", None, False),
        ("claim:a", "issue:i", "answer", "pro", False),
        ("claim:b", "issue:i", "answer", "con", False),
        ("claim:c", "issue:i", "answer", "con", False),
    }


def test_only_plain_types(debate: Debate) -> None:
    def check(value: Any) -> None:
        assert type(value) in (str, int, float, bool, dict, list)
        for inner in value.values() if isinstance(value, dict) else ():
            check(inner)

    graph = to_networkx(debate)
    check(dict(graph.graph))
    for _, data in graph.nodes(data=True):
        check(dict(data))
    for _, _, data in graph.edges(data=True):
        check(dict(data))
        for value in data["origin"].values() if "origin" in data else ():
            check(value)


def test_flat_has_no_nesting(debate: Debate) -> None:
    flat = to_flat(to_networkx(debate))
    everything = [flat.graph, *(d for _, d in flat.nodes(data=True))]
    everything += [d for _, _, d in flat.edges(data=True)]
    assert all(type(v) in (str, int, float, bool) for data in everything for v in data.values())
    keys = [key for _, _, key in flat.edges(keys=True)]
    assert len(set(keys)) == len(keys)


@given(debates())
def test_round_trip(debate: Debate) -> None:
    graph = to_networkx(debate)
    assert from_networkx(graph) == debate
    again = from_flat(to_flat(graph))
    assert nx.utils.graphs_equal(again, graph)
    assert from_networkx(again) == debate


@given(debates())
def test_graphml_loses_nothing(debate: Debate) -> None:
    file = io.BytesIO()
    nx.write_graphml(to_flat(to_networkx(debate)), file)
    file.seek(0)
    assert from_networkx(from_flat(nx.read_graphml(file))) == debate


def test_every_part_survives(debate: Debate, tmp_path: Path) -> None:
    flat = to_flat(to_networkx(debate))
    nx.write_graphml(flat, tmp_path / "d.graphml")
    assert from_networkx(from_flat(nx.read_graphml(tmp_path / "d.graphml"))) == debate


def test_gexf_keeps_nodes_and_edges(debate: Debate, tmp_path: Path) -> None:
    flat = to_flat(to_networkx(debate))
    nx.write_gexf(flat, tmp_path / "d.gexf")
    back = nx.read_gexf(tmp_path / "d.gexf")
    assert back.nodes["claim:a"]["text"] == "A."
    assert back.nodes["support:a"]["scheme"] == "analogy"
    relations = sorted(d["relation"] for _, _, d in back.edges(data=True))
    assert relations == sorted(d["relation"] for _, _, d in flat.edges(data=True))


def test_order_of_agents_and_sources_is_kept(debate: Debate) -> None:
    back = from_networkx(to_networkx(debate))
    assert [a.id for a in back.agents] == ["ann", "bob", "both"]
    assert back.authors == debate.authors


def test_node_keys() -> None:
    assert node_id(node_key("claim", "x:y")) == "x:y"


def _without_text(graph: nx.MultiDiGraph[str]) -> None:
    del graph.nodes["claim:a"]["text"]


def _unknown_status(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes["claim:a"]["status"] = "shouted"


def _unknown_type(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_node("rumour:a", type="rumour")


def _wrong_type(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes["claim:a"]["type"] = "issue"


def _bare_node(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("claim:a", "claim:nobody", relation="rephrase")


def _unknown_relation(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("claim:a", "claim:c", relation="likes")


def _no_relation(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("claim:a", "claim:c")


def _wrong_ends(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("issue:i", "claim:c", relation="answer", kind="pro")


def _rebut_of_support(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("claim:b", "support:a", relation="attack", kind="rebut")


def _no_conclusion(graph: nx.MultiDiGraph[str]) -> None:
    graph.remove_edge("support:a", "claim:x:y")


def _maybe(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("claim:x:y", "issue:i", relation="answer", kind="maybe")


def _odd_origin(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes["claim:a"]["origin"] = {"kind": "person", "age": 40}


def _odd_source(graph: nx.MultiDiGraph[str]) -> None:
    graph.graph["sources"]["one"]["colour"] = "red"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_without_text, "node claim:a has no attribute 'text'"),
        (_unknown_status, "node claim:a cannot be read: 'shouted'"),
        (_unknown_type, "node rumour:a is of no known type"),
        (_wrong_type, "node claim:a is of no known type"),
        (_bare_node, "node claim:nobody has no attribute 'type'"),
        (_unknown_relation, "from claim:a to claim:c cannot have the relation 'likes'"),
        (_no_relation, "from claim:a to claim:c has no attribute 'relation'"),
        (_wrong_ends, "from issue:i to claim:c cannot have the relation 'answer'"),
        (_rebut_of_support, "from claim:b to support:a is an attack of the wrong kind, rebut"),
        (_no_conclusion, "node support:a needs premises and exactly one conclusion"),
        (_maybe, "from claim:x:y to issue:i is neither pro nor con"),
        (_odd_origin, "node claim:a cannot be read: .*age"),
        (_odd_source, "the graph cannot be read: a source has the unknown attribute 'colour'"),
    ],
)
def test_what_is_wrong_is_named(debate: Debate, spoil: Any, told: str) -> None:
    graph = to_networkx(debate)
    spoil(graph)
    with pytest.raises(FormatError, match=told):
        from_networkx(graph)


def test_an_unsound_debate_is_refused(debate: Debate) -> None:
    graph = to_networkx(debate)
    graph.nodes["claim:a"]["holder"] = "carl"
    with pytest.raises(DebateError, match="agent carl is used but never stated"):
        from_networkx(graph)


def test_flat_with_broken_json(debate: Debate) -> None:
    flat = to_flat(to_networkx(debate))
    flat.nodes["claim:a"]["tags"] = "s, t"
    with pytest.raises(FormatError, match="node claim:a: tags is not JSON"):
        from_flat(flat)


def test_an_undirected_graph_is_refused(debate: Debate) -> None:
    with pytest.raises(FormatError, match="undirected"):
        from_flat(to_flat(to_networkx(debate)).to_undirected())


def test_a_hundred_thousand_claims_come_back() -> None:
    n = 100_000
    debate = Debate(
        "big",
        "Big",
        agents=(Agent("ann", "Ann"),),
        sources=(Source("s", "S", "ann"),),
        claims=tuple(Claim(f"c{i}", "Something.", "s", "ann") for i in range(n)),
        supports=tuple(Support((f"c{i}",), f"c{i // 4}") for i in range(1, n)),
    )
    graph = to_networkx(debate)
    assert from_networkx(graph) == debate
