"""Findings about a debate: pure functions over its networkx graph."""

from __future__ import annotations

from .contradictions import (
    KINDS,
    Contradiction,
    by_pair,
    contradictions,
    self_contradictions,
)
from .propositions import Propositions, find_propositions

__all__ = [
    "KINDS",
    "Contradiction",
    "Propositions",
    "by_pair",
    "contradictions",
    "find_propositions",
    "self_contradictions",
]
