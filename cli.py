"""The command line of Sic et Non: parse options, call :mod:`graph`, print."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from graph.errors import FormatError, QueryError, SicetnonError, UnknownNameError
from graph.show import print_frame, print_table, progress

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


class Paper(StrEnum):
    """What a brief is written as."""

    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"


class Sheet(StrEnum):
    """What a flow sheet is written as."""

    TABLE = "table"
    MARKDOWN = "md"
    CSV = "csv"
    XLSX = "xlsx"


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
_Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="The file to write. Default: stdout."),
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
    with progress(len(STEPS)) as tell:
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
        with progress(1) as tell:
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
        print_frame(contradictions_frame(loaded, found), shape)
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
    print_table(("#", "kind", "one side", "other side", "backing"), rows, folded=(2, 3))


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
        print_frame(clashes_frame(loaded, found), shape)
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
    print_table(("#", "weight", "point at issue", "backing"), rows, folded=(2,))


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
    from graph.analysis.cruxes import cruxes_of, left_over
    from graph.build import load
    from graph.finding_frames import cruxes_frame

    first, second, debate = _pair(first, second, debate)
    loaded = load(_where(debate)).debate
    found = find(loaded, first, second) if first and second else cruxes_of(loaded)
    if not found.exact:
        typer.echo(f"at least {found.bound} are needed; this set may not be smallest", err=True)
    if left := left_over(loaded, found):
        typer.echo(
            f"once they are withdrawn, {len(left)} further contradictions come up for which these "
            "had stood, such as opposite answers to one question",
            err=True,
        )
    print_frame(cruxes_frame(loaded, found), shape, hide=("contradictions", "exact"))


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
    print_frame(camps_frame(loaded, find(loaded, speakers=speakers)), shape, hide=("score",))


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
    print_frame(frame, shape, hide=("first", "second"))


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
    print_frame(unanswered_frame(loaded, find(loaded)), shape)


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

    print_frame(matrix_frame(find(load(_where(debate)).debate, speakers=speakers)), shape)


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
    given: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help="Accept a claim, and list what changes; repeatable."),
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
      sicetnon standing --given ce-asm-now
    """
    from graph.analysis.standing import changes
    from graph.analysis.standing import standing as find
    from graph.analysis.strength import strengths
    from graph.build import load
    from graph.finding_frames import changes_frame, standing_frame

    loaded = load(_where(debate)).debate
    found = find(
        loaded,
        semantics.value,
        reading.value,
        side=side,
        without=tuple(without or ()),
        given=tuple(given or ()),
    )
    if not found.complete:
        typer.echo("time ran out: what is not settled is given as undecided", err=True)
    if found.extensions == 0:
        typer.echo(f"no set of claims is {semantics.value} here", err=True)
    if without or given:
        before = find(loaded, semantics.value, reading.value, side=side)
        changed = changes(before, found)
        if not changed:
            typer.echo("nothing else changes", err=True)
        print_frame(changes_frame(loaded, changed), shape)
        return
    strong = strengths(loaded, side=side)
    print_frame(standing_frame(loaded, found, strong), shape, hide=("text",))


@app.command()
def brief(
    first: Annotated[str | None, typer.Argument(metavar="A", help="Whose brief it is.")] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The opponent. Default: everybody else.")
    ] = None,
    debate: _Debate = None,
    issue: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this question; without A: pro and con.")
    ] = None,
    shape: Annotated[
        Paper | None,
        typer.Option("--format", "-f", help="Default: by the suffix of the file, or markdown."),
    ] = None,
    out: _Out = None,
    texts: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The source texts: they are checked and quoted."),
    ] = None,
    points: Annotated[int, typer.Option(min=1, help="The most points of a case.")] = 8,
) -> None:
    """Write a brief to print: a case, what backs it, what speaks against it, and what is open.

    \b
    Examples:
      sicetnon brief hehir
      sicetnon brief hehir chollet-escobar -o brief.docx
      sicetnon brief --issue establish-asm data/kosovo --format html -o brief.html
      sicetnon brief hehir --issue west-fair
    """
    from graph.build import load
    from graph.views.brief import brief as find
    from graph.views.brief_docx import to_docx
    from graph.views.brief_formats import to_html, to_markdown
    from graph.views.brief_page import brief_blocks, brief_title

    names, where = _names(first, second, debate)
    chosen = shape or _by_suffix(Paper, out, {".md": "markdown"}) or Paper.MARKDOWN
    loaded = load(_where(where), texts)
    found = find(loaded.debate, *names, issue=issue, points=points)
    blocks = brief_blocks(loaded.debate, found, loaded.passages)
    title = brief_title(loaded.debate, found)
    if chosen is Paper.DOCX:
        _write(_file(out, chosen), to_docx(blocks, title))
    elif chosen is Paper.HTML:
        _write(out, to_html(blocks, title))
    else:
        _write(out, to_markdown(blocks))


@app.command()
def flow(
    debate: _Debate = None,
    speakers: Annotated[
        bool, typer.Option("--speakers", help="Include the speakers whom the authors quote.")
    ] = False,
    shape: Annotated[
        Sheet | None,
        typer.Option("--format", "-f", help="Default: by the suffix of the file, or table."),
    ] = None,
    out: _Out = None,
) -> None:
    """Lay out the flow sheet: questions in rows, authors in columns, and who answers whom.

    \b
    Examples:
      sicetnon flow data/kosovo
      sicetnon flow -o flow.xlsx
      sicetnon flow --speakers --format csv > flow.csv
    """
    from graph.build import load
    from graph.show import shown
    from graph.views.flow import flow as find
    from graph.views.flowsheet import flow_frame, flow_xlsx

    chosen = shape or _by_suffix(Sheet, out, {".markdown": "md"}) or Sheet.TABLE
    loaded = load(_where(debate)).debate
    sheet = find(loaded, speakers=speakers)
    if sheet.silent:
        typer.echo(f"left out, for want of any claim: {', '.join(sheet.silent)}", err=True)
    if chosen is Sheet.XLSX:
        _write(_file(out, chosen), flow_xlsx(loaded, sheet))
        return
    frame = flow_frame(loaded, sheet)
    if chosen is Sheet.TABLE:
        if out is not None:
            raise FormatError("a table is for the terminal; a file takes md, csv or xlsx")
        columns = [str(column) for column in frame.columns]
        print_table(columns, frame.to_numpy().tolist(), folded=range(len(columns)), lines=True)
    else:
        _write(out, shown(frame, "markdown" if chosen is Sheet.MARKDOWN else "csv"))


def _names(
    first: str | None, second: str | None, debate: Path | None
) -> tuple[list[str], Path | None]:
    """The authors and the debate; the last argument is the debate if there is such a file."""
    names = [name for name in (first, second) if name is not None]
    if debate is None and names and Path(names[-1]).exists():
        return names[:-1], Path(names[-1])
    return names, debate


_E = TypeVar("_E", bound=StrEnum)


def _by_suffix(known: type[_E], out: Path | None, others: Mapping[str, str]) -> _E | None:
    """The format that a file is named after; nothing if there is no file."""
    if out is None:
        return None
    suffix = out.suffix.lower()
    value = others.get(suffix, suffix.removeprefix("."))
    if value not in list(known):
        names = ", ".join(known)
        raise FormatError(f"{out}: unknown suffix {suffix!r}; name a --format: {names}")
    return known(value)


def _file(out: Path | None, shape: str) -> Path:
    """The file for a format that no terminal shows."""
    if out is None:
        raise FormatError(f"{shape} is no text for the terminal; name a file with --out")
    return out


def _write(out: Path | None, content: str | bytes) -> None:
    """Write to a file, or text to stdout."""
    from graph.files import write_files

    if out is not None:
        write_files({out: content})
        typer.echo(f"wrote {out}", err=True)
    else:
        sys.stdout.buffer.write(content.encode("utf-8") if isinstance(content, str) else content)
        sys.stdout.buffer.flush()


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
    else:
        _write(out, target.write(loaded))


class Drawn(StrEnum):
    """What `map` writes: the page, or a picture for a slide."""

    HTML = "html"
    SVG = "svg"
    PNG = "png"


def _drawn(out: Path | None, drawn: Drawn | None) -> tuple[Path, Drawn]:
    """The file to write and what it holds, which its suffix tells unless it is named."""
    if out is None:
        drawn = drawn or Drawn.HTML
        return Path(f"map.{drawn}"), drawn
    if drawn is None:
        known = [f".{kind}" for kind in Drawn]
        if out.suffix.lower() not in known:
            raise FormatError(f"{out}: unknown suffix {out.suffix!r}; known: {', '.join(known)}")
        drawn = Drawn(out.suffix.lower()[1:])
    return out, drawn


@app.command("map")
def map_(
    debate: _Debate = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The file to write; .html, .svg or .png. Default: map.html",
            show_default=False,
        ),
    ] = None,
    drawn: Annotated[
        Drawn | None,
        typer.Option("--format", "-f", help="The page, or a picture. Default: by the suffix."),
    ] = None,
    claim: Annotated[
        str | None, typer.Option(metavar="ID", help="Draw only what is near this claim.")
    ] = None,
    issue: Annotated[
        str | None, typer.Option(metavar="ID", help="Draw only what bears on this question.")
    ] = None,
    clash: Annotated[
        int | None, typer.Option(metavar="RANK", help="Draw only this one of the `clashes`.")
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Draw only these two authors or speakers."),
    ] = None,
    links: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="How many relations away a drawn part reaches."),
    ] = 1,
    texts: _Texts = None,
) -> None:
    """Draw the interactive map as one HTML file, or a picture for a slide; all of it or a part.

    \b
    Examples:
      sicetnon map data/kosovo
      sicetnon map data/kosovo --texts ../texts -o kosovo.html
      sicetnon map --clash 1 -o clash.svg
      sicetnon map --claim heh-asm-disaster --links 2 -o disaster.png
      sicetnon map --issue establish-asm -o asm.html
    """
    from graph.analysis.part import select
    from graph.build import load
    from graph.files import write_files

    if sum(chosen is not None for chosen in (claim, issue, clash, between)) > 1:
        raise typer.BadParameter("choose one of --claim, --issue, --clash and --between")
    file, kind = _drawn(out, drawn)
    loaded = load(_where(debate), texts)
    part = select(loaded.debate, claim=claim, issue=issue, clash=clash, pair=between, links=links)
    if kind is Drawn.HTML:
        from graph.analysis.contradictions import contradictions as find
        from graph.views.map import map_html

        page = map_html(part.debate, find(part.debate), loaded.passages, loaded.texts)
        write_files({file: page})
    else:
        from graph.formats.picture import picture

        made = picture(part.debate, kind.value, loaded.debate, part.focus)
        write_files({file: made.content})
        if made.is_poster:
            typer.echo(
                f"{len(part.debate.claims)} claims make a poster, not a slide; to draw fewer, use "
                "--claim, --issue, --clash, --between or a smaller --links",
                err=True,
            )
    typer.echo(file)


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
    print_table(("format", "suffixes", "", "what it is"), rows)


@app.command()
def queries() -> None:
    """List the named queries and the question that each one answers."""
    from graph.query import named_queries

    print_table(("query", "question"), [(q.name, q.title) for q in named_queries()], folded=(1,))


def main() -> None:
    """Run the command line; a closed pipe ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
