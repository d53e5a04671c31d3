"""The command line of Sic et Non: parse options, call :mod:`graph`, print."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from graph.errors import FormatError, QueryError, SicetnonError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pandas import DataFrame

__all__ = ["app", "main"]


class _Group(TyperGroup):
    """Turns an error the user can mend into one line and exit status 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SicetnonError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    name="sicetnon",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Shape(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class Semantics(StrEnum):
    """Which sets of claims can stand together (Dung 1995)."""

    GROUNDED = "grounded"
    PREFERRED = "preferred"
    STABLE = "stable"


class Reading(StrEnum):
    """How support spreads attacks: a premise carries its conclusion, or is needed for it."""

    DEDUCTIVE = "deductive"
    NECESSARY = "necessary"
    NONE = "none"


class Kind(StrEnum):
    """A kind of contradiction."""

    DIRECT = "direct"
    SUPPORTED = "supported"
    SECONDARY = "secondary"
    MEDIATED = "mediated"
    ISSUE = "issue"


_Debate = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DEBATE]",
        help="A debate folder, or a file in a format that `sicetnon formats` lists as read. "
        "Default: this folder, or data/kosovo below it.",
        show_default=False,
    ),
]
_Texts = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="The source texts; their hashes and anchors are checked."),
]
_Shape = Annotated[Shape, typer.Option("--format", "-f", help="How to print.")]


def _where(debate: Path | None) -> Path:
    if debate is not None:
        return debate
    for folder in (Path(), Path("data/kosovo")):
        if (folder / "debate.argdown").is_file():
            return folder
    raise FormatError("name a debate: this folder holds no debate.argdown")


def _pair(
    first: str | None, second: str | None, debate: Path | None
) -> tuple[str | None, str | None, Path | None]:
    """Two authors and a debate; a lone argument is the debate."""
    if first is not None and second is None:
        if not Path(first).exists():
            raise UnknownNameError(f"{first!r} is one author; name two of them, or none")
        return None, None, Path(first)
    return first, second, debate


@app.command()
def build(
    debate: _Debate = None,
    texts: _Texts = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to write. Default: out/ and the debate's name."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also load the graph into an Oxigraph store there."),
    ] = None,
) -> None:
    """Do everything: check, graph, findings, map and tables.

    \b
    Examples:
      sicetnon build data/kosovo
      sicetnon build data/kosovo --texts ../texts --out site
      sicetnon build data/kosovo --store kosovo.store
    """
    from graph.build import STEPS, file_name, load, summary
    from graph.build import build as build_all

    loaded = load(_where(debate), texts)
    with _progress(len(STEPS)) as tell:
        page = build_all(loaded, out or Path("out") / file_name(loaded.debate), store, tell)
    typer.echo(summary(loaded))
    typer.echo(f"Open the map: {page}")


@app.command()
def check(
    debate: _Debate = None,
    texts: _Texts = None,
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
    from graph.build import check_shapes, load, summary

    loaded = load(_where(debate), texts)
    if shapes:
        with _progress(1) as tell:
            tell("shapes")
            check_shapes(loaded.debate)
    typer.echo(summary(loaded))


@app.command()
def contradictions(
    debate: _Debate = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Only those between these two authors or speakers."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only those of this kind.")] = None,
    shape: _Shape = Shape.TABLE,
) -> None:
    """List where the authors contradict each other, the most telling first.

    \b
    Examples:
      sicetnon contradictions data/kosovo
      sicetnon contradictions --between hehir chollet-escobar
      sicetnon contradictions --kind direct --format json
    """
    from graph.analysis.contradictions import contradictions as find
    from graph.build import contradictions_json, load
    from graph.frames import contradictions_frame

    loaded = load(_where(debate)).debate
    found = [c for c in find(loaded) if kind is None or c.kind == kind.value]
    if between is not None:
        pair = {loaded.agent(name).id for name in between}
        found = [c for c in found if {c.first_holder, c.second_holder} == pair]
    if shape is Shape.JSON:
        typer.echo(contradictions_json(loaded, found), nl=False)
        return
    if shape is not Shape.TABLE:
        _print_frame(contradictions_frame(loaded, found), shape)
        return
    rows = [
        (
            str(c.rank),
            c.kind,
            f"{loaded.agent(c.first_holder).name}:\n{loaded.claim(c.first).text}",
            f"{loaded.agent(c.second_holder).name}:\n{loaded.claim(c.second).text}",
            str(len(c.backing)),
        )
        for c in found
    ]
    _print_table(("#", "kind", "one side", "other side", "backing"), rows, folded=(2, 3))


@app.command()
def clashes(debate: _Debate = None, shape: _Shape = Shape.TABLE) -> None:
    """List the clashes, the one on which most hangs first: both sides and what backs them.

    \b
    Examples:
      sicetnon clashes data/kosovo
      sicetnon clashes --format markdown
    """
    from graph.analysis.clashes import clashes as find
    from graph.build import load
    from graph.finding_frames import clashes_frame

    loaded = load(_where(debate)).debate
    found = find(loaded)
    if shape is not Shape.TABLE:
        _print_frame(clashes_frame(loaded, found), shape)
        return
    rows = [
        (
            str(clash.rank),
            str(clash.weight),
            f"{clash.point}\n{loaded.agent(clash.contradiction.first_holder).name} against "
            f"{loaded.agent(clash.contradiction.second_holder).name}",
            f"{len(clash.first_backing)} / {len(clash.second_backing)}",
        )
        for clash in found
    ]
    _print_table(("#", "weight", "point at issue", "backing"), rows, folded=(2,))


@app.command()
def cruxes(
    first: Annotated[str | None, typer.Argument(metavar="A", help="An author.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Another author.")] = None,
    debate: _Debate = None,
    shape: _Shape = Shape.TABLE,
) -> None:
    """List the fewest claims whose withdrawal leaves no contradiction between two authors.

    Without authors: between all the authors of the pieces together.

    \b
    Examples:
      sicetnon cruxes hehir chollet-escobar
      sicetnon cruxes ecfr recognition data/kosovo --format json
      sicetnon cruxes
    """
    from graph.analysis.cruxes import cruxes as find
    from graph.analysis.cruxes import cruxes_of
    from graph.build import load
    from graph.finding_frames import cruxes_frame

    first, second, debate = _pair(first, second, debate)
    loaded = load(_where(debate)).debate
    found = find(loaded, first, second) if first and second else cruxes_of(loaded)
    if not found.exact:
        typer.echo(f"at least {found.bound} are needed; this set may not be smallest", err=True)
    _print_frame(cruxes_frame(loaded, found), shape, hide=("contradictions", "exact"))


@app.command()
def camps(
    debate: _Debate = None,
    speakers: Annotated[
        bool, typer.Option("--speakers", help="Include the speakers whom the authors quote.")
    ] = False,
    shape: _Shape = Shape.TABLE,
) -> None:
    """Group the authors so that contradictions fall between groups and agreement inside them.

    \b
    Examples:
      sicetnon camps data/kosovo
      sicetnon camps --speakers
    """
    from graph.analysis.camps import camps as find
    from graph.build import load
    from graph.finding_frames import camps_frame

    loaded = load(_where(debate)).debate
    _print_frame(camps_frame(loaded, find(loaded, speakers=speakers)), shape, hide=("score",))


@app.command("common-ground")
def common_ground(
    first: Annotated[str | None, typer.Argument(metavar="A", help="An author.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Another author.")] = None,
    debate: _Debate = None,
    shape: _Shape = Shape.TABLE,
) -> None:
    """List where two authors, or any two, say the same or support each other.

    \b
    Examples:
      sicetnon common-ground hehir ecfr
      sicetnon common-ground --format csv
    """
    from graph.analysis.agreement import common_ground as find
    from graph.build import load
    from graph.finding_frames import common_ground_frame

    first, second, debate = _pair(first, second, debate)
    loaded = load(_where(debate)).debate
    frame = common_ground_frame(loaded, find(loaded, first, second))
    _print_frame(frame, shape, hide=("first", "second"))


@app.command()
def unanswered(debate: _Debate = None, shape: _Shape = Shape.TABLE) -> None:
    """List the attacking claims in contradictions that nothing attacks back.

    \b
    Examples:
      sicetnon unanswered data/kosovo
    """
    from graph.analysis.agreement import unanswered as find
    from graph.build import load
    from graph.finding_frames import unanswered_frame

    loaded = load(_where(debate)).debate
    _print_frame(unanswered_frame(loaded, find(loaded)), shape)


@app.command()
def matrix(
    debate: _Debate = None,
    speakers: Annotated[
        bool, typer.Option("--speakers", help="Include the speakers whom the authors quote.")
    ] = False,
    shape: _Shape = Shape.TABLE,
) -> None:
    """Count contradictions / agreements, authors by authors.

    \b
    Examples:
      sicetnon matrix data/kosovo
      sicetnon matrix --format csv
    """
    from graph.analysis.agreement import matrix as find
    from graph.build import load
    from graph.finding_frames import matrix_frame

    _print_frame(matrix_frame(find(load(_where(debate)).debate, speakers=speakers)), shape)


@app.command()
def standing(
    debate: _Debate = None,
    semantics: Annotated[Semantics, typer.Option(help="How cautious.")] = Semantics.GROUNDED,
    reading: Annotated[Reading, typer.Option(help="How support counts.")] = Reading.NECESSARY,
    side: Annotated[
        str | None, typer.Option(metavar="A", help="Take the claims of this author as given.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help="Withdraw a claim, and list what changes; repeatable."),
    ] = None,
    shape: _Shape = Shape.TABLE,
) -> None:
    """Say which claims stand if all attacks are taken seriously, and why.

    \b
    Examples:
      sicetnon standing data/kosovo
      sicetnon standing --semantics preferred --reading deductive
      sicetnon standing --side hehir --format json
      sicetnon standing --without ecfr-some-fruit
    """
    from graph.analysis.standing import changes
    from graph.analysis.standing import standing as find
    from graph.analysis.strength import strengths
    from graph.build import load
    from graph.finding_frames import changes_frame, standing_frame

    loaded = load(_where(debate)).debate
    found = find(loaded, semantics.value, reading.value, side=side, without=tuple(without or ()))
    if not found.complete:
        typer.echo("time ran out: what is not settled is given as undecided", err=True)
    if found.extensions == 0:
        typer.echo(f"no set of claims is {semantics.value} here", err=True)
    if without:
        before = find(loaded, semantics.value, reading.value, side=side)
        changed = changes(before, found)
        if not changed:
            typer.echo("nothing else changes", err=True)
        _print_frame(changes_frame(loaded, changed), shape)
        return
    _print_frame(standing_frame(loaded, found, strengths(loaded)), shape, hide=("text",))


@app.command()
def query(
    what: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="A name from `queries`, a .rq file, or - for stdin."),
    ],
    debate: _Debate = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Ask a store made by `build --store` instead."),
    ] = None,
    shape: _Shape = Shape.TABLE,
) -> None:
    """Ask the graph in SPARQL: a named query, a file, or text on stdin.

    \b
    Examples:
      sicetnon query contradictions-between-authors
      sicetnon query my-question.rq data/kosovo --format csv
      echo 'SELECT * { ?claim a sen:Claim }' | sicetnon query - --store kosovo.store
    """
    from graph.build import load, to_store
    from graph.query import run_query
    from graph.results import plain_rows, to_csv, to_json
    from graph.store import open_store

    text = _query_text(what)
    base = None
    if store is None:
        loaded = load(_where(debate)).debate
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

        _print_frame(DataFrame(plain_rows(result, base), columns=list(header)), shape)
    else:
        _print_table(header, plain_rows(result, base), folded=range(len(header)))


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


@app.command()
def export(
    format_name: Annotated[
        str, typer.Argument(metavar="FORMAT", help="A name from `formats`, such as turtle.")
    ],
    debate: _Debate = None,
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
    from graph.build import load
    from graph.files import write_files
    from graph.formats.table import find_format

    target = find_format(format_name)
    loaded = load(_where(debate)).debate
    if target.tables is not None and out is not None:
        tables = target.write_tables(loaded)
        write_files({out / name: text for name, text in tables.items()})
        typer.echo(f"wrote {', '.join(tables)} to {out}", err=True)
    elif out is not None:
        write_files({out: target.write(loaded)})
        typer.echo(f"wrote {out}", err=True)
    else:
        sys.stdout.buffer.write(target.write(loaded).encode("utf-8"))
        sys.stdout.buffer.flush()


@app.command("map")
def map_(
    debate: _Debate = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="The HTML file to write.")
    ] = Path("map.html"),
    texts: _Texts = None,
) -> None:
    """Write the interactive map as one HTML file that needs no network.

    \b
    Examples:
      sicetnon map data/kosovo
      sicetnon map data/kosovo --texts ../texts -o kosovo.html
    """
    from graph.analysis.contradictions import contradictions as find
    from graph.build import load
    from graph.files import write_files
    from graph.views.map import map_html

    loaded = load(_where(debate), texts)
    write_files({out: map_html(loaded.debate, find(loaded.debate), loaded.passages)})
    typer.echo(out)


@app.command()
def formats() -> None:
    """List the formats, and whether each is read, written or both."""
    from graph.formats.table import FORMATS

    rows = [
        (
            entry.name,
            " ".join(entry.suffixes),
            "read, write" if entry.reads else "write",
            entry.title,
        )
        for entry in FORMATS
    ]
    _print_table(("format", "suffixes", "", "what it is"), rows)


@app.command()
def queries() -> None:
    """List the named queries and the question that each one answers."""
    from graph.query import named_queries

    _print_table(("query", "question"), [(q.name, q.title) for q in named_queries()], folded=(1,))


def _print_frame(frame: DataFrame, shape: Shape, hide: Sequence[str] = ()) -> None:
    """Print a frame; a table leaves out the ``hide`` columns, whose values are for programs."""
    if shape is not Shape.TABLE:
        from graph.show import shown

        typer.echo(shown(frame, shape.value), nl=False)
        return
    shown_frame = frame.drop(columns=list(hide))
    rows = shown_frame.astype("object").where(shown_frame.notna(), "").astype(str)
    header = [str(column).replace("_", " ") for column in shown_frame.columns]
    long = [n for n, name in enumerate(header) if name.endswith(("text", "reason"))]
    _print_table(header, rows.to_numpy().tolist(), folded=long)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], object]]:
    """Show a bar on stderr that the yielded function moves on; nothing if this is no terminal."""
    from graph.build import say_nothing

    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield say_nothing
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=steps)
        yield lambda step: bar.update(task, advance=1, description=step)


def _print_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], folded: Iterable[int] = ()
) -> None:
    """Print rows in columns; the ``folded`` columns share the width that the terminal leaves."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=160)
    wrapped = set(folded)
    table = Table(box=SIMPLE_HEAD, show_lines=False, pad_edge=False, header_style="bold")
    for number, name in enumerate(header):
        table.add_column(name, no_wrap=number not in wrapped, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def main() -> None:
    """Run the command line; a closed pipe ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
