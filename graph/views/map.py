"""The interactive map: one HTML page that holds everything it needs and asks the network nothing.

pyvis makes the nodes, the edges and the options and renders our template. Its own template,
which loads parts from elsewhere and trusts the texts, is never used, nor is its writing of files.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyvis.network
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from ..analysis.contradictions import Contradiction
from ..model import Debate
from .layout import Position, positions
from .mapdata import facts
from .outline import claim_key, issue_key, step_key, steps

__all__ = ["map_html"]

_TEMPLATES = Path(__file__).parent / "templates"
_SCRIPTS = (
    "data.js", "words.js", "marks.js", "state.js", "scene.js", "arrange.js", "courses.js",
    "cards.js", "lines.js", "signs.js", "callouts.js", "parts.js", "claim.js", "clash.js",
    "filters.js", "legend.js", "tools.js", "search.js", "groups.js", "framework.js",
    "standing.js", "choices.js", "clashes.js", "matrix.js", "flow.js", "sources.js", "table.js",
    "picture.js", "main.js",
)  # fmt: skip
_STYLES = ("page.css", "clashes.css", "flow.css", "sources.css", "table.css", "print.css")
_VIS = Path(pyvis.network.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False, "selectable": False, "selectConnectedEdges": False, "hover": False,
        "zoomSpeed": 0.7,
    },
    "nodes": {"shape": "custom", "physics": False},
}  # fmt: skip


def map_html(
    debate: Debate,
    contradictions: Sequence[Contradiction],
    passages: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> str:
    """Return the page that shows the debate: map, clashes, matrix, flow, sources and table.

    The page makes no request, runs under a content security policy that allows only its own
    script and style by their hashes, and treats every text as text. `passages` holds the wording
    of the sources by claim id, and `texts` whole texts by source id.

    >>> page = map_html(Debate("empty", "<b>Nothing</b> yet"), [])
    >>> "<title>&lt;b&gt;Nothing&lt;/b&gt; yet" in page
    True
    """
    boxes = positions(debate, contradictions)
    network = _network(debate, boxes)
    told = facts(debate, contradictions, passages or {}, texts or {}, boxes)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    script, style = _script(), "".join(map(_asset, _STYLES))
    environment.filters["data"] = _data
    environment.globals.update(
        title=debate.title,
        counts=_counts(debate, len(contradictions)),
        facts=told,
        script=Markup(script),  # noqa: S704 -- our own files, and vis-network's
        style=Markup(style),  # noqa: S704 -- our own file
        script_hash=_hash(script),
        style_hash=_hash(style),
    )
    network.templateEnv, network.path = environment, "page.html"
    return str(network.generate_html())


def _network(debate: Debate, boxes: Mapping[str, Position]) -> Any:
    """Return the pyvis network: numbered nodes with their places, and edges with their kinds."""
    network = pyvis.network.Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    # pyvis looks for every node, and for both ends of every edge, in a list
    network.node_ids = _Numbers()
    network.get_nodes = lambda: network.node_map
    number = {key: i for i, key in enumerate(boxes)}
    names = {
        "claim": {c.id: i for i, c in enumerate(debate.claims)},
        "issue": {c.id: i for i, c in enumerate(debate.issues)},
        "source": {c.id: i for i, c in enumerate(debate.sources)},
        "step": {c.id: i for i, c in enumerate(debate.supports)},
    }
    for key, box in boxes.items():
        above = {} if box.above is None else {"above": number[box.above]}
        network.add_node(
            number[key], " ", "custom", None, x=_round(box.x), y=_round(box.y),
            size=_round(max(box.width, box.height) / 2), w=_round(box.width), h=_round(box.height),
            kind=box.kind, **above,
            ref=number[_copied(key)] if box.kind == "more" else names[box.kind][box.name],
            **({"lines": box.lines} if box.kind == "source" else {}),
        )  # fmt: skip
    for kind, ref, start, end in _edges(debate):
        under = boxes[start].parent if kind == "support" else None
        tree = under is not None and _copied(under) == end
        above = {"under": number[under]} if tree and under is not None else {}
        network.add_edge(number[start], number[end], kind=kind, ref=ref, tree=tree, **above)
    for key, box in boxes.items():
        if box.kind == "more" and box.parent is not None:
            above = {"under": number[box.parent]}
            network.add_edge(
                number[key], number[box.parent], kind="more", ref=0, tree=True, **above
            )
    return network


class _Numbers(list[int]):
    """The numbers 0, 1, 2... of the nodes so far, which knows at once what it holds."""

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 <= number < len(self)


def _copied(key: str) -> str:
    """Return the key of the box of which this is a copy, or the key itself."""
    return key.split(":", 2)[2] if key.startswith("more:") else key


def _round(value: float) -> float:
    return round(value, 1)


def _edges(debate: Debate) -> Iterator[tuple[str, int, str, str]]:
    """Return the kind, number, start and end of every line on the map."""
    nodes = steps(debate)
    for i, support in enumerate(debate.supports):
        end = claim_key(support.conclusion)
        if support.id in nodes:
            yield "support", i, step_key(support.id), end
            end = step_key(support.id)
        for premise in support.premises:
            yield "support", i, claim_key(premise), end
    for i, attack in enumerate(debate.attacks):
        key = step_key if attack.target in nodes and attack.kind == "undercut" else claim_key
        yield attack.kind.value, i, claim_key(attack.attacker), key(attack.target)
    for i, rephrase in enumerate(debate.rephrases):
        yield "rephrase", i, claim_key(rephrase.first), claim_key(rephrase.second)
    for i, issue in enumerate(debate.issues):
        for claim in issue.pro:
            yield "pro", i, claim_key(claim), issue_key(issue.id)
        for claim in issue.con:
            yield "con", i, claim_key(claim), issue_key(issue.id)


def _counts(debate: Debate, contradictions: int) -> str:
    """Return how many of each thing there are, in words.

    >>> _counts(Debate("empty", "Nothing yet"), 1)
    '0 pieces · 0 claims · 0 supports · 0 attacks · 0 questions · 1 contradiction'
    """
    parts = (
        (len(debate.sources), "piece"),
        (len(debate.claims), "claim"),
        (len(debate.supports), "support"),
        (len(debate.attacks), "attack"),
        (len(debate.issues), "question"),
        (contradictions, "contradiction"),
    )
    return " · ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in parts)


def _data(value: object) -> Markup:
    """Return JSON that can stand in a script element: plain ASCII without <, > and &."""
    if isinstance(value, str):  # pyvis hands the options over as JSON
        value = json.loads(value)
    text = json.dumps(value, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 -- nothing is left in it that HTML gives a meaning to


@cache
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


@cache
def _script() -> str:
    """Return vis-network with its licence, without its source map, and our scripts after it."""
    vis = _VIS.read_text("utf-8").rpartition("//# sourceMappingURL")[0]
    return "\n".join([vis.rstrip(), *(_asset(name) for name in _SCRIPTS)])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
