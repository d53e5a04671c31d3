"""Algorithms over the networkx graph of a debate, as pure functions."""
