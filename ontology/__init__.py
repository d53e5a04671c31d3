"""The vocabulary, its shapes, context and named queries, as package data."""
