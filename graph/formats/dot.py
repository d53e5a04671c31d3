"""The debate as a Graphviz graph: a colour per piece, supports and attacks as typed edges."""

from __future__ import annotations

import textwrap

import graphviz

from ..model import AttackKind, Claim, Debate, Support

__all__ = ["write_dot"]

# One cluster per piece would be clearer, but Graphviz 2.43 fails on some graphs with clusters.
_FILLS = ("#DCEBF7", "#FCE8CF", "#DDF1E4", "#F7E1EC", "#F3F0C9", "#E6E1F3", "#E8E8E8")
_ATTACK = {"color": "#D55E00", "style": "dashed", "arrowhead": "tee"}
_SUPPORT = {"color": "#009E73", "arrowhead": "normal"}


def write_dot(debate: Debate) -> str:
    """The text of a DOT graph; ``dot -Tsvg`` draws it with conclusions left of their premises."""
    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": "RL",
            "label": graphviz.escape(debate.title),
            "labelloc": "t",
        },
        node_attr={"shape": "box", "style": "filled", "fontname": "sans-serif", "fontsize": "10"},
        edge_attr={"fontname": "sans-serif", "fontsize": "9"},
    )
    keys = {claim.id: f"c{number}" for number, claim in enumerate(debate.claims)}
    steps = {
        support.id: f"s{number}"
        for number, support in enumerate(debate.supports)
        if support.name is not None
    }
    fills = {source.id: _FILLS[n % len(_FILLS)] for n, source in enumerate(debate.sources)}
    for claim in debate.claims:
        graph.node(keys[claim.id], fillcolor=fills[claim.source], **_claim(claim, debate))
    for support in debate.supports:
        if (step := steps.get(support.id)) is None:
            graph.edge(keys[support.premises[0]], keys[support.conclusion], **_SUPPORT)
            continue
        graph.node(step, **_step(support))
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


def _claim(claim: Claim, debate: Debate) -> dict[str, str]:
    lines = [debate.agent_by_id[claim.holder].name, *textwrap.wrap(claim.text, 32)]
    label = "\\n".join(graphviz.escape(line) for line in lines)
    return {"label": label, "tooltip": graphviz.escape(claim.id)}


def _step(support: Support) -> dict[str, str]:
    """The small node where linked premises meet, named after the scheme."""
    scheme = graphviz.escape(support.scheme or "")
    return {"label": "", "xlabel": scheme, "shape": "point", "color": "#009E73"}
