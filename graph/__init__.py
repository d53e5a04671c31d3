"""Sic et Non: argument maps as a knowledge graph, and where their authors contradict each other."""

from __future__ import annotations
