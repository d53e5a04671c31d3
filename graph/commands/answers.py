"""Print the answer to a query: for people as a table, for programs as it comes, row by row."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, BinaryIO

import typer

from ..errors import QueryError
from ..show import print_frame, print_table
from .options import AnswerShape, Shape

if TYPE_CHECKING:
    from ..query import Answer

__all__ = ["print_answer"]


def print_answer(
    answer: Answer, shape: AnswerShape, base: str | None, hidden: Collection[str] = ()
) -> None:
    """Print an answer; a table leaves out the columns of values that were given.

    Raises:
        QueryError: if the shape cannot hold it, or the query fails on its way.

    """
    try:
        if shape in (AnswerShape.TABLE, AnswerShape.MARKDOWN):
            _for_people(answer, shape, base, hidden)
        elif shape is AnswerShape.CSV:
            _as_csv(answer, base)
        else:
            _for_programs(answer, shape, sys.stdout.buffer)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise QueryError(f"the query failed: {error}") from None


def _for_people(
    answer: Answer, shape: AnswerShape, base: str | None, hidden: Collection[str]
) -> None:
    from ..query import result_of
    from ..results import header_of, plain_rows

    result = result_of(answer)
    header = header_of(result)
    kept = [n for n, name in enumerate(header) if name not in hidden]
    names = [header[n] for n in kept]
    rows = [[row[n] for n in kept] for row in plain_rows(result, base)]
    if shape is AnswerShape.MARKDOWN:
        from pandas import DataFrame

        print_frame(DataFrame(rows, columns=names), Shape.MARKDOWN)
    else:
        print_table(names, rows, folded=range(len(names)))


def _as_csv(answer: Answer, base: str | None) -> None:
    """For spreadsheets: IRIs short, and nothing that would be run as a formula."""
    import pyoxigraph as ox

    from ..query import result_of, rows_of
    from ..results import csv_lines, header_of, plain_row, plain_rows

    if isinstance(answer, ox.QuerySolutions):
        header = [variable.value for variable in answer.variables]
        lines = csv_lines(header, (plain_row(row, base) for row in rows_of(answer)))
    else:
        result = result_of(answer)
        lines = csv_lines(header_of(result), plain_rows(result, base))
    for line in lines:
        typer.echo(line, nl=False)


def _for_programs(answer: Answer, shape: AnswerShape, out: BinaryIO) -> None:
    """In the formats of the W3C, as Oxigraph writes them."""
    import pyoxigraph as ox

    from ..vocab import PREFIXES

    graph = isinstance(answer, ox.QueryTriples)
    if graph != (shape is AnswerShape.TURTLE):
        told = "a graph, which this format cannot hold; use turtle" if graph else "no graph"
        raise QueryError(f"the query gives {told}")
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, out, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    else:
        formats = {
            AnswerShape.JSON: ox.QueryResultsFormat.JSON,
            AnswerShape.XML: ox.QueryResultsFormat.XML,
            AnswerShape.TSV: ox.QueryResultsFormat.TSV,
        }
        answer.serialize(out, format=formats[shape])
        if shape is not AnswerShape.TSV:
            out.write(b"\n")
    out.flush()
