"""Commands that change formats: convert, export, formats."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FormatError
from ..show import print_table, progress
from .options import DebateArgument, folder_of, write

if TYPE_CHECKING:
    from ..formats.converting import Conversion
    from ..formats.format import Format
    from ..formats.losses import Loss

__all__ = ["convert", "export", "formats", "tell_losses"]


class Report(StrEnum):
    """How the account of a conversion is given."""

    TEXT = "text"
    JSON = "json"


def convert(
    source: Annotated[
        str,
        typer.Argument(metavar="IN", help="A file, a folder, or - for stdin.", show_default=False),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="OUT", help="A file, a folder, or - for stdout.", show_default=False
        ),
    ],
    reader: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="What IN is, if its name does not say."),
    ] = None,
    writer: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="What OUT is, if its name does not say."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if anything would be lost.")
    ] = False,
    report: Annotated[
        Report, typer.Option("--report", help="How to tell what was lost.")
    ] = Report.TEXT,
) -> None:
    """Convert a file, or every file of a folder, and say what the target cannot hold.

    \b
    Examples:
      sicetnon convert data/kosovo kosovo.aif.json
      sicetnon convert debate.xaif.json debate.argdown --strict
      sicetnon convert downloads maps --from kialo --to graphml
      sicetnon convert - - --from argdown --to mermaid < debate.argdown
    """
    from ..formats.converting import STREAM, convert_file, convert_folder, is_debate

    folder = Path(source)
    if source != STREAM and folder.is_dir() and not is_debate(folder):
        if target == STREAM:
            raise FormatError("a folder cannot be converted to stdout; name a folder")
        with progress(1) as tell:
            made, passed = convert_folder(
                folder, Path(target), reader, writer, strict=strict, tell=tell.files
            )
        if passed:
            typer.echo(f"passed over: {len(passed)} other files, such as {passed[0]}", err=True)
    else:
        made = [convert_file(source, target, reader, writer, strict=strict)]
        if made[0].text is not None:
            write(None, made[0].text)
    _tell(made, report, to_stderr=target == STREAM)
    if any(conversion.error for conversion in made):
        raise typer.Exit(1)


def _tell(made: Sequence[Conversion], report: Report, *, to_stderr: bool) -> None:
    """Give the account: remarks on stderr, or as JSON, which is data, on stdout if that is free."""
    if report is Report.JSON:
        data = {"conversions": [conversion.as_data() for conversion in made]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1), err=to_stderr)
    for conversion in made:
        if conversion.error:
            typer.echo(f"error: {conversion.error}", err=True)
    if report is Report.JSON:
        return
    done = [conversion for conversion in made if not conversion.error]
    if len(made) > 1:
        claims = sum(conversion.claims for conversion in done)
        typer.echo(f"converted {len(done)} of {len(made)} files, {claims} claims", err=True)
    elif done and done[0].files:
        typer.echo(f"wrote {', '.join(done[0].files)}", err=True)
    tell_losses("not read", (loss for c in done for loss in c.unread))
    if done:
        tell_losses(f"lost in {done[0].writer}", (loss for c in done for loss in c.lost))


def tell_losses(what: str, losses: Iterable[Loss]) -> None:
    """Say on stderr what was lost, each kind once, with its count in all files."""
    from ..formats.losses import Loss

    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for loss in losses:
        counts[loss.what] += loss.count
        examples.setdefault(loss.what, loss.example)
    for name, example in examples.items():
        typer.echo(f"{what}: {Loss(name, counts[name], example)}", err=True)


def export(
    format_name: Annotated[
        str, typer.Argument(metavar="FORMAT", help="A name from `formats`, such as turtle.")
    ],
    debate: DebateArgument = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="PATH", help="A file, or a folder for several. Default: stdout."
        ),
    ] = None,
) -> None:
    """Write a debate in another format, to stdout or a file, and say what it cannot hold.

    \b
    Examples:
      sicetnon export turtle data/kosovo > kosovo.ttl
      sicetnon export graphml -o kosovo.graphml
      sicetnon export csv --out tables
    """
    from ..formats.converting import STREAM, convert_file

    place = STREAM if out is None else out
    made = convert_file(folder_of(debate), place, None, format_name, strict=False)
    if made.text is not None:
        write(None, made.text)
    _tell([made], Report.TEXT, to_stderr=True)


def formats(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Tell all about one of them.", show_default=False),
    ] = None,
) -> None:
    """List the formats and what each of them keeps, or tell all about one.

    \b
    Examples:
      sicetnon formats
      sicetnon formats aif
    """
    from ..formats.losses import ALL, Feature
    from ..formats.table import FORMATS, find_format

    if name is not None:
        _tell_format(find_format(name))
        return
    shown = (
        Feature.AUTHORS,
        Feature.SOURCES,
        Feature.ANCHORS,
        Feature.KINDS,
        Feature.LINKED,
        Feature.ORIGIN,
    )
    rows = [
        (
            entry.name,
            " ".join(entry.suffixes),
            " ".join(["in"] * entry.reads + ["out"] * entry.writes),
            "everything"
            if entry.keeps == ALL
            else ", ".join(feature for feature in shown if feature in entry.keeps)
            or "none of these",
            entry.title,
        )
        for entry in FORMATS
    ]
    print_table(("format", "suffixes", "", "keeps", "what it is"), rows, folded=(1, 3, 4))
    typer.echo(f"Told apart here: {', '.join(shown)}; `sicetnon formats NAME` tells the rest.")


def _tell_format(entry: Format) -> None:
    from ..formats.losses import Feature

    what = " and ".join(["read"] * entry.reads + ["written"] * entry.writes)
    typer.echo(f"{entry.name}: {entry.title}")
    typer.echo(f"suffixes: {' '.join(entry.suffixes)}; it is {what}")
    kept = [feature for feature in Feature if feature in entry.keeps]
    lost = [feature for feature in Feature if feature not in entry.keeps]
    typer.echo(f"keeps: {', '.join(kept) or 'claims and relations alone'}")
    typer.echo(f"cannot hold: {', '.join(lost) or 'nothing is lost'}")
