"""The debate as a Graphviz graph: a colour per piece, supports and attacks as typed edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import graphviz

from ..model import AttackKind, Debate
from ..views.wrap import wrap

__all__ = ["STYLES", "Line", "keys", "lines", "plain", "write_dot"]

# One cluster per piece would be clearer, but Graphviz 2.43 fails on some graphs with clusters.
_FILLS = ("#DCEBF7", "#FCE8CF", "#DDF1E4", "#F7E1EC", "#F3F0C9", "#E6E1F3", "#E8E8E8")
_GREEN, _RED, _GREY = "#00734F", "#B8330A", "#5A6068"
_ATTACK = {"color": _RED, "style": "dashed", "constraint": "false"}
_BOTH = {**_ATTACK, "dir": "both"}

#: How the line of each kind of relation looks: never told by its colour alone.
STYLES: Mapping[str, Mapping[str, str]] = {
    "support": {"color": _GREEN, "arrowhead": "normal"},
    "premise": {"color": _GREEN, "arrowhead": "none"},
    "rebut": {**_ATTACK, "arrowhead": "tee"},
    "undermine": {**_ATTACK, "arrowhead": "obox"},
    "undercut": {**_ATTACK, "arrowhead": "odiamond"},
    "contrary": {**_BOTH, "arrowhead": "tee", "arrowtail": "tee"},
    "contradictory": {**_BOTH, "arrowhead": "teetee", "arrowtail": "teetee"},
    "rephrase": {"color": _GREY, "style": "dotted", "dir": "none", "constraint": "false"},
    "pro": {"color": _GREY, "arrowhead": "vee"},
    "con": {"color": _GREY, "arrowhead": "vee"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawing: the kind of relation, a key of :data:`STYLES`, and its two nodes."""

    kind: str
    start: str
    end: str


def plain(*texts: str) -> str:
    r"""The texts as the lines of a label in which nothing has a meaning to Graphviz.

    >>> str(plain("<b> & \\N", 'x">'))
    '<b> &amp; \\\\N\\nx">'
    """
    escaped = (graphviz.escape(text.replace("&", "&amp;")) for text in texts)
    label: str = graphviz.nohtml("\\n".join(escaped))
    return label


def keys(debate: Debate) -> dict[str, dict[str, str]]:
    """The names of the nodes of the claims, the named supports and the issues, by kind and id."""
    named = (s.id for s in debate.supports if s.name is not None)
    return {
        "claim": {claim.id: f"c{number}" for number, claim in enumerate(debate.claims)},
        "step": {name: f"s{number}" for number, name in enumerate(named)},
        "issue": {issue.id: f"i{number}" for number, issue in enumerate(debate.issues)},
    }


def lines(debate: Debate) -> Iterator[Line]:
    """The lines of the drawing, but for those from answers to issues."""
    named = keys(debate)
    claims, steps = named["claim"], named["step"]
    for support in debate.supports:
        start = claims[support.premises[0]]
        if (step := steps.get(support.id)) is not None:
            for premise in support.premises:
                yield Line("premise", claims[premise], step)
            start = step
        yield Line("support", start, claims[support.conclusion])
    for attack in debate.attacks:
        target = steps if attack.kind is AttackKind.UNDERCUT else claims
        yield Line(attack.kind.value, claims[attack.attacker], target[attack.target])
    for rephrase in debate.rephrases:
        yield Line("rephrase", claims[rephrase.first], claims[rephrase.second])


def write_dot(debate: Debate) -> str:
    """The text of a DOT graph; ``dot -Tsvg`` draws it with conclusions left of their premises."""
    graph = graphviz.Digraph(
        graph_attr={"rankdir": "RL", "label": plain(debate.title), "labelloc": "t"},
        node_attr={"shape": "box", "style": "filled", "fontname": "sans-serif", "fontsize": "10"},
        edge_attr={"fontname": "sans-serif", "fontsize": "9"},
    )
    named = keys(debate)
    fills = {source.id: _FILLS[n % len(_FILLS)] for n, source in enumerate(debate.sources)}
    for claim in debate.claims:
        text = wrap(claim.text, 180, 10, max_lines=len(claim.text))
        graph.node(
            named["claim"][claim.id],
            label=plain(debate.agent_by_id[claim.holder].name, *text),
            tooltip=plain(claim.id),
            fillcolor=fills[claim.source],
        )
    for support in debate.supports:
        if (step := named["step"].get(support.id)) is not None:
            graph.node(
                step, label="", xlabel=plain(support.scheme or ""), shape="point", color=_GREEN
            )
    schemes = {
        (named["claim"][s.premises[0]], named["claim"][s.conclusion]): s.scheme
        for s in debate.supports
        if s.name is None and s.scheme is not None
    }
    for line in lines(debate):
        told = {} if line.kind in ("support", "premise") else {"label": line.kind}
        if line.kind == "support" and (scheme := schemes.get((line.start, line.end))):
            told["label"] = plain(scheme)
        graph.edge(line.start, line.end, **told, **STYLES[line.kind])
    return str(graph.source)
