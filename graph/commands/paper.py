"""Commands that end on paper or on a screen: brief, flow sheet, map."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import FormatError
from ..show import print_table
from .options import (
    DebateArgument,
    OutOption,
    SpeakersOption,
    TextsOption,
    by_suffix,
    file_for,
    folder_of,
    names_of,
    write,
)

__all__ = ["brief", "flow", "map_"]


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


class Drawn(StrEnum):
    """What `map` writes: the page, or a picture for a slide."""

    HTML = "html"
    SVG = "svg"
    PNG = "png"


def brief(
    first: Annotated[str | None, typer.Argument(metavar="A", help="Whose brief it is.")] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The opponent. Default: everybody else.")
    ] = None,
    debate: DebateArgument = None,
    issue: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this question; without A: pro and con.")
    ] = None,
    shape: Annotated[
        Paper | None,
        typer.Option("--format", "-f", help="Default: by the suffix of the file, or markdown."),
    ] = None,
    out: OutOption = None,
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
    from ..build import load
    from ..views.brief import brief as find
    from ..views.brief_docx import to_docx
    from ..views.brief_formats import to_html, to_markdown
    from ..views.brief_page import brief_blocks, brief_title

    names, folder = names_of(first, second, debate)
    chosen = shape or by_suffix(Paper, out, {".md": "markdown"}) or Paper.MARKDOWN
    loaded = load(folder_of(folder), texts)
    found = find(loaded.debate, *names, issue=issue, points=points)
    blocks = brief_blocks(loaded.debate, found, loaded.passages)
    title = brief_title(loaded.debate, found)
    if chosen is Paper.DOCX:
        write(file_for(out, chosen), to_docx(blocks, title))
    elif chosen is Paper.HTML:
        write(out, to_html(blocks, title))
    else:
        write(out, to_markdown(blocks))


def flow(
    debate: DebateArgument = None,
    speakers: SpeakersOption = False,
    shape: Annotated[
        Sheet | None,
        typer.Option("--format", "-f", help="Default: by the suffix of the file, or table."),
    ] = None,
    out: OutOption = None,
) -> None:
    """Lay out the flow sheet: questions in rows, authors in columns, and who answers whom.

    \b
    Examples:
      sicetnon flow data/kosovo
      sicetnon flow -o flow.xlsx
      sicetnon flow --speakers --format csv > flow.csv
    """
    from ..build import load
    from ..show import shown
    from ..views.flow import flow as find
    from ..views.flowsheet import flow_frame, flow_xlsx

    chosen = shape or by_suffix(Sheet, out, {".markdown": "md"}) or Sheet.TABLE
    loaded = load(folder_of(debate)).debate
    sheet = find(loaded, speakers=speakers)
    if sheet.silent:
        typer.echo(f"left out, for want of any claim: {', '.join(sheet.silent)}", err=True)
    if chosen is Sheet.XLSX:
        write(file_for(out, chosen), flow_xlsx(loaded, sheet))
        return
    frame = flow_frame(loaded, sheet)
    if chosen is Sheet.TABLE:
        if out is not None:
            raise FormatError("a table is for the terminal; a file takes md, csv or xlsx")
        columns = [str(column) for column in frame.columns]
        print_table(columns, frame.to_numpy().tolist(), folded=range(len(columns)), lines=True)
    else:
        write(out, shown(frame, "markdown" if chosen is Sheet.MARKDOWN else "csv"))


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


def map_(
    debate: DebateArgument = None,
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
    texts: TextsOption = None,
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
    from ..analysis.part import select
    from ..build import load
    from ..files import write_files

    if sum(chosen is not None for chosen in (claim, issue, clash, between)) > 1:
        raise typer.BadParameter("choose one of --claim, --issue, --clash and --between")
    file, kind = _drawn(out, drawn)
    loaded = load(folder_of(debate), texts)
    part = select(loaded.debate, claim=claim, issue=issue, clash=clash, pair=between, links=links)
    if kind is Drawn.HTML:
        from ..analysis.contradictions import contradictions as find
        from ..views.map import map_html

        page = map_html(part.debate, find(part.debate), loaded.passages, loaded.texts)
        write_files({file: page})
    else:
        from ..formats.picture import picture

        made = picture(part.debate, kind.value, loaded.debate, part.focus)
        write_files({file: made.content})
        if made.is_poster:
            typer.echo(
                f"{len(part.debate.claims)} claims make a poster, not a slide; to draw fewer, use "
                "--claim, --issue, --clash, --between or a smaller --links",
                err=True,
            )
    typer.echo(file)
