"""The questions that several pieces answer: clusters of claims, named after their central claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from .between import Between
from .models import Floats
from .parts import RelationKind

__all__ = ["MinedIssue", "find_issues"]

#: Claims of one question are at least so much alike.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class MinedIssue:
    """A question, and by their numbers the claims for and against; the first for it names it."""

    question: str
    pro: tuple[int, ...]
    con: tuple[int, ...]


def find_issues(
    texts: Sequence[str],
    vectors: Floats,
    pieces: NDArray[np.intp],
    links: Sequence[Between],
) -> tuple[MinedIssue, ...]:
    """The questions on which claims of different pieces stand for and against one claim.

    Claims that relations between pieces join, and that are alike, are clustered (Clauset, Newman &
    Moore 2004). The central claim of a cluster is the one that the most others answer; those that
    attack it are con, those that support or rephrase it are pro, and it is pro itself.
    """
    graph: nx.Graph[int] = nx.Graph()
    for link in links:
        likeness = float(vectors[link.source] @ vectors[link.target])
        if likeness >= _ALIKE:
            graph.add_edge(link.source, link.target, weight=link.confidence, link=link)
    if not graph:
        return ()
    found = []
    for cluster in nx.community.greedy_modularity_communities(graph, weight="weight"):
        inside = graph.subgraph(cluster)
        centre = max(sorted(cluster), key=lambda node: inside.degree(node, weight="weight"))
        pro, con = [centre], list[int]()
        for neighbour in inside[centre]:
            attack = inside[centre][neighbour]["link"].kind is RelationKind.ATTACK
            (con if attack else pro).append(neighbour)
        if con and len({int(pieces[node]) for node in (*pro, *con)}) > 1:
            found.append(MinedIssue(f"Is it so? {texts[centre]}", tuple(pro), tuple(con)))
    return tuple(sorted(found, key=lambda issue: issue.pro[0]))
