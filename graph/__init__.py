"""Sic et Non: argument maps as a knowledge graph, and where their authors contradict each other.

>>> from graph import parse_argdown, contradictions
>>> contradictions(parse_argdown("[a]: Trams are quiet."))
()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .analysis.agreement import common_ground, matrix, unanswered
    from .analysis.camps import camps
    from .analysis.clashes import clashes
    from .analysis.contradictions import (
        Contradiction,
        by_pair,
        contradictions,
        self_contradictions,
    )
    from .analysis.cruxes import cruxes, cruxes_of
    from .analysis.part import select
    from .analysis.standing import changes, standing
    from .analysis.strength import strengths
    from .errors import SicetnonError
    from .formats.argdown import parse_argdown, write_argdown
    from .formats.table import read_debate
    from .frames import claims_frame, contradictions_frame, relations_frame, sources_frame
    from .model import Debate
    from .network import from_networkx, to_networkx
    from .query import run_query
    from .rdf import from_rdf, to_rdf
    from .store import open_store
    from .views.brief import brief
    from .views.flow import flow
    from .views.map import map_html

_WHERE = {
    "Contradiction": "analysis.contradictions",
    "Debate": "model",
    "SicetnonError": "errors",
    "brief": "views.brief",
    "by_pair": "analysis.contradictions",
    "camps": "analysis.camps",
    "changes": "analysis.standing",
    "claims_frame": "frames",
    "clashes": "analysis.clashes",
    "common_ground": "analysis.agreement",
    "contradictions": "analysis.contradictions",
    "contradictions_frame": "frames",
    "cruxes": "analysis.cruxes",
    "cruxes_of": "analysis.cruxes",
    "flow": "views.flow",
    "from_networkx": "network",
    "from_rdf": "rdf",
    "map_html": "views.map",
    "matrix": "analysis.agreement",
    "open_store": "store",
    "parse_argdown": "formats.argdown",
    "read_debate": "formats.table",
    "relations_frame": "frames",
    "run_query": "query",
    "select": "analysis.part",
    "self_contradictions": "analysis.contradictions",
    "sources_frame": "frames",
    "standing": "analysis.standing",
    "strengths": "analysis.strength",
    "to_networkx": "network",
    "to_rdf": "rdf",
    "unanswered": "analysis.agreement",
    "write_argdown": "formats.argdown",
}

__all__ = [
    "Contradiction",
    "Debate",
    "SicetnonError",
    "brief",
    "by_pair",
    "camps",
    "changes",
    "claims_frame",
    "clashes",
    "common_ground",
    "contradictions",
    "contradictions_frame",
    "cruxes",
    "cruxes_of",
    "flow",
    "from_networkx",
    "from_rdf",
    "map_html",
    "matrix",
    "open_store",
    "parse_argdown",
    "read_debate",
    "relations_frame",
    "run_query",
    "select",
    "self_contradictions",
    "sources_frame",
    "standing",
    "strengths",
    "to_networkx",
    "to_rdf",
    "unanswered",
    "write_argdown",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts quickly."""
    if name in _WHERE:
        return getattr(import_module(f".{_WHERE[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
