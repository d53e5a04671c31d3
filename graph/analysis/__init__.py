"""Findings about a debate: pure functions over its networkx graph, one module per finding."""
