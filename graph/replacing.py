"""Which graphs of a store a load takes the place of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .errors import StoreError
from .oxigraph import Quad
from .vocab import (
    SEN,
    debate_graph_iri,
    entailed_graph_iri,
    findings_graph_iri,
    relations_graph_iri,
)

__all__ = ["Incoming", "replaced"]


class Incoming:
    """New quads that are looked at as they pass: which graphs they name, and which debates."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = quads
        self.graphs: set[str] = set()
        self.main: list[Quad] = []

    def __iter__(self) -> Iterator[Quad]:
        graph, main = None, False
        for quad in self.quads:
            if quad[3] is not graph:
                graph = quad[3]
                self.graphs.add(str(graph))
                main = graph.endswith("graph/debate")
            if main:
                self.main.append(quad)
            yield quad

    def debates(self) -> dict[str, str]:
        """The ids of the debates that are described, by their base."""
        bases = {str(s): str(o) for s, p, o, _ in self.main if p == SEN.base}
        names = {str(s): str(o) for s, p, o, _ in self.main if p == SEN.id}
        return {base: names.get(node, "") for node, base in bases.items()}


def replaced(before: Mapping[str, str], new: Incoming, names: Iterable[str]) -> frozenset[str]:
    """Those of the graphs of a store that go when new quads come; the new graphs are among them.

    ``before`` are the ids of the debates that are there by their base, ``names`` the graphs.

    Raises:
        StoreError: if another debate has the same base.

    """
    gone: list[str] = []
    for base, name in new.debates().items():
        if before.get(base, name) != name:
            raise StoreError(
                f"debate {name!r} has the same base {base} as debate {before[base]!r}, which is "
                "there already; give one of them another base"
            )
        gone += [base, *(b for b, n in before.items() if n == name)]
    patterns = [_graphs_of(base) for base in gone]
    old = (name for name in names if any(p.fullmatch(name) for p in patterns))
    return frozenset(new.graphs).union(old)


def _graphs_of(base: str) -> re.Pattern[str]:
    """The names of the graphs of a debate; ids in them are quoted, so no other base can match."""
    named = (debate_graph_iri, relations_graph_iri, findings_graph_iri, entailed_graph_iri)
    fixed = [name(base) for name in named]
    sources = rf"{re.escape(base)}graph/source/[^/#:]+"
    return re.compile("|".join([*(re.escape(name) for name in fixed), sources]))
