"""The debate as a Graphviz graph: a cluster per piece, supports and attacks as typed edges."""

from __future__ import annotations

import textwrap

import graphviz

from ..model import AttackKind, Debate

__all__ = ["write_dot"]

_ATTACK = {"color": "#D55E00", "style": "dashed", "arrowhead": "tee"}
_SUPPORT = {"color": "#009E73", "arrowhead": "normal"}


def write_dot(debate: Debate) -> str:
    """The text of a DOT graph; ``dot -Tsvg`` draws it with conclusions above their premises."""
    graph = graphviz.Digraph(
        graph_attr={"rankdir": "BT", "label": graphviz.escape(debate.title), "labelloc": "t"},
        node_attr={"shape": "box", "fontname": "sans-serif", "fontsize": "10"},
        edge_attr={"fontname": "sans-serif", "fontsize": "9"},
    )
    keys = {claim.id: f"c{number}" for number, claim in enumerate(debate.claims)}
    steps = {
        support.id: f"s{number}"
        for number, support in enumerate(debate.supports)
        if support.name is not None
    }
    for number, source in enumerate(debate.sources):
        with graph.subgraph(name=f"cluster_{number}") as cluster:
            author = debate.agent_by_id[source.author].name
            cluster.attr(label=graphviz.escape(f"{source.title} ({author})"), color="#999999")
            for claim in debate.claims:
                if claim.source == source.id:
                    holder = debate.agent_by_id[claim.holder].name
                    lines = [holder, *textwrap.wrap(claim.text, 32)]
                    label = "\\n".join(graphviz.escape(line) for line in lines)
                    cluster.node(keys[claim.id], label=label, tooltip=graphviz.escape(claim.id))
    for support in debate.supports:
        if (step := steps.get(support.id)) is None:
            graph.edge(keys[support.premises[0]], keys[support.conclusion], **_SUPPORT)
            continue
        scheme = graphviz.escape(support.scheme or "")
        graph.node(step, label="", xlabel=scheme, shape="point", color="#009E73")
        for premise in support.premises:
            graph.edge(keys[premise], step, color="#009E73", arrowhead="none")
        graph.edge(step, keys[support.conclusion], **_SUPPORT)
    for attack in debate.attacks:
        undercut = attack.kind is AttackKind.UNDERCUT
        target = steps[attack.target] if undercut else keys[attack.target]
        both = {"dir": "both", "arrowtail": "tee"} if attack.kind.symmetric else {}
        graph.edge(
            keys[attack.attacker], target, label=attack.kind.value, constraint="false",
            **_ATTACK, **both,
        )  # fmt: skip
    for rephrase in debate.rephrases:
        graph.edge(
            keys[rephrase.first], keys[rephrase.second], label="rephrase", dir="none",
            style="dotted", constraint="false",
        )  # fmt: skip
    return str(graph.source)
