"""Commands on the debate as data: build, check, query, export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FormatError, QueryError
from ..show import print_table, progress
from .answers import print_answer
from .converting import tell_losses
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
    AnswerShape,
    DebateArgument,
    TextsOption,
    folder_of,
    store_at,
)

if TYPE_CHECKING:
    from ..oxigraph import OxDataset
    from ..server import ServerDataset

__all__ = ["build", "check", "queries", "query"]


def build(
    debate: DebateArgument = None,
    texts: TextsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to write. Default: out/ and the debate's name."),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|URL", help="Also load the graph into a folder, or a SPARQL server."
        ),
    ] = None,
    update_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where the server takes updates, if that is elsewhere."),
    ] = None,
    graphs_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Load by the Graph Store Protocol, at this URL."),
    ] = None,
    entail: Annotated[
        bool,
        typer.Option(
            "--entail", help="Also say it in the words of AIF, schema.org, CiTO, IBIS and PROV-O."
        ),
    ] = False,
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
      sicetnon build data/kosovo --store http://localhost:8890/sparql
      sicetnon build data/kosovo --store kosovo.store --entail
    """
    from ..build import STEPS, file_name, is_raw, load, summary, with_passages
    from ..build import build as build_all

    given = folder_of(debate)
    drafted = None
    place = None if store is None else store_at(store, update_url, graphs_url)
    if is_raw(given):
        out = out or Path("out") / given.resolve().stem
        drafted = out / "draft"
        chosen = Choices(model, model_url, pair_model, workers, scheduler, yes)
        made = draft([given], drafted, chosen, name=out.resolve().name)
        loaded = with_passages(made.debate, texts or (given if given.is_dir() else given.parent))
    else:
        loaded = load(given, texts)
        tell_losses("not read", loaded.unread)
    with progress(len(STEPS)) as tell:
        folder = out or Path("out") / file_name(loaded.debate)
        page = build_all(loaded, folder, place, tell, tell.parts, entail=entail)
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
    tell_losses("not read", loaded.unread)
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
    debate_and_values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DEBATE] [NAME=VALUE]...",
            help="A debate, and what the query asks for: `sicetnon queries NAME` tells.",
            show_default=False,
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|URL", help="Ask a store made by `build --store`, or a SPARQL server."
        ),
    ] = None,
    shape: Annotated[
        AnswerShape, typer.Option("--format", "-f", help="How to print.")
    ] = AnswerShape.TABLE,
) -> None:
    """Ask the graph in SPARQL: a named query, a file, or text on stdin.

    A value stands for a variable of the query and never becomes part of its text; an IRI is put in
    angle brackets.

    \b
    Examples:
      sicetnon query contradictions-between-authors
      sicetnon query clashes-between author=hehir author2=chollet-escobar
      sicetnon query my-question.rq data/kosovo --format csv
      echo 'SELECT * { ?claim a sen:Claim }' | sicetnon query - --store kosovo.store
      sicetnon query camps --store http://localhost:8890/sparql
    """
    from ..build import load, to_store
    from ..query import ask
    from ..store import open_store

    text = _query_text(what)
    debate, values = _debate_and_values(debate_and_values or [])
    base = None
    dataset: OxDataset | ServerDataset
    if store is None:
        loaded = load(folder_of(debate)).debate
        base, dataset = loaded.base, to_store(loaded)
    elif debate is not None:
        raise QueryError(f"ask the debate {debate} or the store {store}, not both")
    else:
        place = store_at(store)
        if isinstance(place, Path) and not place.is_dir():
            raise FormatError(f"{store}: there is no such store; make one with build --store")
        dataset = open_store(place)
    print_answer(ask(dataset, text, values), shape, base, hidden=values)


def _debate_and_values(words: Sequence[str]) -> tuple[Path | None, dict[str, str]]:
    """The words without ``=``, of which there may be one, and the values that the others give."""
    values: dict[str, str] = {}
    debates = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier():
            debates.append(word)
        elif name in values:
            raise QueryError(f"{name} is given twice")
        else:
            values[name] = value
    if len(debates) > 1:
        raise QueryError(
            f"{debates[1]} is neither NAME=VALUE nor the debate, which is {debates[0]}"
        )
    return (Path(debates[0]) if debates else None), values


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


def queries(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Tell all about one of them.", show_default=False),
    ] = None,
) -> None:
    """List the named queries and the question that each one answers, or tell all about one.

    \b
    Examples:
      sicetnon queries
      sicetnon queries clashes-between
    """
    from ..named_queries import find_query, named_queries

    if name is None:
        rows = [
            (q.name, " ".join(f"{p.name}=" for p in q.parameters), q.title) for q in named_queries()
        ]
        print_table(("query", "values", "question"), rows, folded=(1, 2))
        return
    query = find_query(name)
    if query is None:
        raise QueryError(f"{name!r} is no name of a query")
    typer.echo("\n".join((query.title, *query.description)))
    for asked in query.parameters:
        typer.echo(f"  {asked.name}=  {asked.kind}: {asked.description}")
    typer.echo(f"\n{query.text.rstrip()}")
