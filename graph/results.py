"""What a query found, and how it is shown: rows of plain text, CSV and JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from urllib.parse import unquote

import rdflib.query
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.term import Identifier, Node

from .errors import QueryError
from .vocab import PREFIXES

__all__ = ["Result", "plain_rows", "to_csv", "to_json"]


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found: rows of RDF terms, yes or no, or a graph.

    Rows have ``None`` where a variable has no value. ``boolean`` is set for ASK, ``graph`` for
    CONSTRUCT and DESCRIBE.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    boolean: bool | None = None
    graph: Graph | None = None


def plain_rows(result: Result, base: str | None = None) -> list[list[str]]:
    """The rows as a person reads them: texts without marks, IRIs as short as they go.

    An IRI of the debate with that base is shown by its kind and id; one of a vocabulary by its
    prefix. A graph gives one row per triple, ASK one row that says yes or no.

    >>> row = (URIRef("https://e.org/claim/who%20pays"), Literal("Who pays?"), None)
    >>> plain_rows(Result(("claim", "text", "tag"), (row,)), "https://e.org/")
    [['claim/who pays', 'Who pays?', '']]
    """
    if result.boolean is not None:
        return [["yes" if result.boolean else "no"]]
    if result.graph is not None:
        return sorted([_plain(t, base) for t in triple] for triple in result.graph)
    return [[_plain(term, base) for term in row] for row in result.rows]


def to_csv(result: Result, base: str | None = None) -> str:
    """The rows as CSV with a header; a text that a spreadsheet would run gets a ``'`` before it.

    >>> print(to_csv(Result(("text",), ((Literal("=1+1"),),))), end="")
    text
    '=1+1
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if result.boolean is not None:
        writer.writerow(["answer"])
    elif result.graph is not None:
        writer.writerow(["subject", "predicate", "object"])
    else:
        writer.writerow(result.variables)
    for row in plain_rows(result, base):
        writer.writerow([_harmless(cell) for cell in row])
    return file.getvalue()


def to_json(result: Result) -> str:
    """The result in the SPARQL 1.1 JSON format, which knows rows and yes or no, but no graphs.

    >>> to_json(Result(boolean=True))
    '{"head": {}, "boolean": true}'
    """
    if result.graph is not None:
        raise QueryError("the query gives a graph, which this format cannot hold; use Turtle")
    known = rdflib.query.Result("ASK" if result.boolean is not None else "SELECT")
    if result.boolean is not None:
        known.askAnswer = result.boolean
    else:
        variables = [Variable(name) for name in result.variables]
        known.vars = variables
        known.bindings = [
            {v: t for v, t in zip(variables, row, strict=True) if isinstance(t, Identifier)}
            for row in result.rows
        ]
    return (known.serialize(format="json") or b"").decode()


def _plain(term: Node | None, base: str | None) -> str:
    if term is None:
        return ""
    text = str(term)
    if not isinstance(term, URIRef):
        return text if isinstance(term, Literal) else f"_:{text}"
    if base and text.startswith(base):
        return unquote(text.removeprefix(base))
    for prefix, start in PREFIXES.items():
        if text.startswith(start):
            return f"{prefix}:{text.removeprefix(start)}"
    return text


def _harmless(cell: str) -> str:
    if cell[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
