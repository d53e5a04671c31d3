"""What a query found, and how it is shown: rows of plain text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import rdflib.query
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.term import Identifier, Node

from .errors import QueryError
from .vocab import PREFIXES

__all__ = ["Result", "csv_lines", "header_of", "plain_row", "plain_rows", "to_csv", "to_json"]


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
    return [plain_row(row, base) for row in result.rows]


def plain_row(row: Sequence[Node | None], base: str | None = None) -> list[str]:
    """One row as :func:`plain_rows` has it."""
    return [_plain(term, base) for term in row]


def to_csv(result: Result, base: str | None = None) -> str:
    """The rows as CSV with a header; a text that a spreadsheet would run gets a ``'`` before it.

    >>> print(to_csv(Result(("text",), ((Literal("=1+1"),),))), end="")
    text
    '=1+1
    """
    return "".join(csv_lines(header_of(result), plain_rows(result, base)))


def header_of(result: Result) -> tuple[str, ...]:
    """The names of the columns that :func:`plain_rows` fills."""
    if result.graph is not None:
        return ("subject", "predicate", "object")
    return result.variables or ("answer",)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a CSV file, one by one."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for row in itertools.chain([header], rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield file.getvalue()
        file.seek(0)
        file.truncate()


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
