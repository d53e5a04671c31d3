"""Commands on the debate as data: build, check, query, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..errors import FormatError, QueryError
from ..show import print_frame, print_table, progress
from .mining import (
    Choices,
    ModelOption,
    ModelUrlOption,
    PairModelOption,
    SchedulerOption,
    WorkersOption,
    YesOption,
    draft,
)
from .options import (
    DebateArgument,
    Shape,
    ShapeOption,
    TextsOption,
    folder_of,
    write,
)

__all__ = ["build", "check", "export", "formats", "queries", "query"]


def build(
    debate: DebateArgument = None,
    texts: TextsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to write. Default: out/ and the debate's name."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also load the graph into an Oxigraph store there."),
    ] = None,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    pair_model: PairModelOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    yes: YesOption = False,
) -> None:
    """Do everything: check, graph, findings, map and tables.

    Texts that nobody has annotated are mined first; the draft is written too, for people to finish.

    \b
    Examples:
      sicetnon build data/kosovo
      sicetnon build data/bridge/texts
      sicetnon build data/kosovo --texts ../texts --out site
      sicetnon build data/kosovo --store kosovo.store
    """
    from ..build import STEPS, file_name, is_raw, load, summary, with_passages
    from ..build import build as build_all

    given = folder_of(debate)
    drafted = None
    if is_raw(given):
        out = out or Path("out") / given.resolve().stem
        drafted = out / "draft"
        chosen = Choices(model, model_url, pair_model, workers, scheduler, yes)
        made = draft([given], drafted, chosen, name=out.resolve().name)
        loaded = with_passages(made.debate, texts or (given if given.is_dir() else given.parent))
    else:
        loaded = load(given, texts)
    with progress(len(STEPS)) as tell:
        page = build_all(loaded, out or Path("out") / file_name(loaded.debate), store, tell)
    typer.echo(summary(loaded))
    if drafted is not None:
        typer.echo(f"All of it was mined; finish the draft: {drafted / 'debate.argdown'}")
    typer.echo(f"Open the map: {page}")


def check(
    debate: DebateArgument = None,
    texts: TextsOption = None,
    shapes: Annotated[
        bool, typer.Option("--shapes", help="Also check the graph against the SHACL shapes.")
    ] = False,
) -> None:
    """Check a debate, and its anchors where the texts are at hand, and say what it holds.

    \b
    Examples:
      sicetnon check data/kosovo
      sicetnon check data/kosovo --texts ../texts
      sicetnon check data/kosovo --shapes
    """
    from ..build import check_shapes, load, summary

    loaded = load(folder_of(debate), texts)
    if shapes:
        with progress(1) as tell:
            tell("shapes")
            check_shapes(loaded.debate)
    typer.echo(summary(loaded))


def query(
    what: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="A name from `queries`, a .rq file, or - for stdin."),
    ],
    debate: DebateArgument = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Ask a store made by `build --store` instead."),
    ] = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """Ask the graph in SPARQL: a named query, a file, or text on stdin.

    \b
    Examples:
      sicetnon query contradictions-between-authors
      sicetnon query my-question.rq data/kosovo --format csv
      echo 'SELECT * { ?claim a sen:Claim }' | sicetnon query - --store kosovo.store
    """
    from ..build import load, to_store
    from ..query import run_query
    from ..results import plain_rows, to_csv, to_json
    from ..store import open_store

    text = _query_text(what)
    base = None
    if store is None:
        loaded = load(folder_of(debate)).debate
        base, dataset = loaded.base, to_store(loaded)
    elif store.is_dir():
        dataset = open_store(store)
    else:
        raise FormatError(f"{store}: there is no such store; make one with build --store")
    result = run_query(dataset, text)
    header = result.variables or ("answer",)
    if result.graph is not None:
        header = ("subject", "predicate", "object")
    if shape is Shape.JSON:
        typer.echo(to_json(result))
    elif shape is Shape.CSV:
        typer.echo(to_csv(result, base), nl=False)
    elif shape is Shape.MARKDOWN:
        from pandas import DataFrame

        print_frame(DataFrame(plain_rows(result, base), columns=list(header)), shape)
    else:
        print_table(header, plain_rows(result, base), folded=range(len(header)))


def _query_text(what: str) -> str:
    """The text of a query on stdin or in a file, or the name of one."""
    path = Path(what)
    try:
        if what == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        if path.suffix in (".rq", ".sparql") or path.is_file():
            return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise QueryError(f"{what}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise QueryError(f"{what}: not UTF-8 at byte {error.start}") from None
    return what


def export(
    format_name: Annotated[
        str, typer.Argument(metavar="FORMAT", help="A name from `formats`, such as turtle.")
    ],
    debate: DebateArgument = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="A file, or a folder for csv."),
    ] = None,
) -> None:
    """Write a debate in another format, to stdout or a file.

    \b
    Examples:
      sicetnon export turtle data/kosovo > kosovo.ttl
      sicetnon export graphml -o kosovo.graphml
      sicetnon export csv --out tables
    """
    from ..build import load
    from ..files import write_files
    from ..formats.table import find_format

    target = find_format(format_name)
    loaded = load(folder_of(debate)).debate
    if target.tables is not None and out is not None:
        tables = target.write_tables(loaded)
        write_files({out / name: text for name, text in tables.items()})
        typer.echo(f"wrote {', '.join(tables)} to {out}", err=True)
    else:
        write(out, target.write(loaded))


def formats() -> None:
    """List the formats, and whether each is read, written or both."""
    from ..formats.table import FORMATS

    rows = [
        (
            entry.name,
            " ".join(entry.suffixes),
            "read, write" if entry.reads else "write",
            entry.title,
        )
        for entry in FORMATS
    ]
    print_table(("format", "suffixes", "", "what it is"), rows)


def queries() -> None:
    """List the named queries and the question that each one answers."""
    from ..query import named_queries

    print_table(("query", "question"), [(q.name, q.title) for q in named_queries()], folded=(1,))
