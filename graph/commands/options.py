"""What commands have in common: arguments, options, and what is read off them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ..errors import FormatError, StoreError, UnknownNameError

if TYPE_CHECKING:
    from ..sending import Server

__all__ = [
    "AnswerShape",
    "DebateArgument",
    "OutOption",
    "Shape",
    "ShapeOption",
    "SpeakersOption",
    "TextsOption",
    "by_suffix",
    "file_for",
    "names_of",
    "pair_of",
    "folder_of",
    "store_at",
    "write",
]


class Shape(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class AnswerShape(StrEnum):
    """How the answer to a query is printed."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    MARKDOWN = "markdown"


DebateArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DEBATE]",
        help="A debate folder, or a file in a format that `sicetnon formats` lists as read. "
        "Default: this folder, or data/kosovo below it.",
        show_default=False,
    ),
]
TextsOption = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="The source texts; their hashes and anchors are checked."),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="The file to write. Default: stdout."),
]
SpeakersOption = Annotated[
    bool, typer.Option("--speakers", help="Include the speakers whom the authors quote.")
]
ShapeOption = Annotated[Shape, typer.Option("--format", "-f", help="How to print.")]


def store_at(location: str, update: str | None = None, graphs: str | None = None) -> Path | Server:
    """The folder or the SPARQL server that is named, and where the server takes changes."""
    from ..sending import Server, is_url

    if is_url(location):
        return Server.at(location, update, graphs)
    if update or graphs:
        raise StoreError(f"{location}: a folder has no other URL for updates or graphs")
    return Path(location)


def folder_of(debate: Path | None) -> Path:
    """The debate that is named, else that of this folder, else data/kosovo below it."""
    if debate is not None:
        return debate
    for folder in (Path(), Path("data/kosovo")):
        if (folder / "debate.argdown").is_file():
            return folder
    raise FormatError("name a debate: this folder holds no debate.argdown")


def pair_of(
    first: str | None, second: str | None, debate: Path | None
) -> tuple[str | None, str | None, Path | None]:
    """Two authors and a debate; a lone argument is the debate."""
    if first is not None and second is None:
        if not Path(first).exists():
            raise UnknownNameError(f"{first!r} is one author; name two of them, or none")
        return None, None, Path(first)
    return first, second, debate


def names_of(
    first: str | None, second: str | None, debate: Path | None
) -> tuple[list[str], Path | None]:
    """The authors and the debate; the last argument is the debate if there is such a file."""
    names = [name for name in (first, second) if name is not None]
    if debate is None and names and Path(names[-1]).exists():
        return names[:-1], Path(names[-1])
    return names, debate


_E = TypeVar("_E", bound=StrEnum)


def by_suffix(known: type[_E], out: Path | None, others: Mapping[str, str]) -> _E | None:
    """The format that a file is named after; nothing if there is no file."""
    if out is None:
        return None
    suffix = out.suffix.lower()
    value = others.get(suffix, suffix.removeprefix("."))
    if value not in list(known):
        names = ", ".join(known)
        raise FormatError(f"{out}: unknown suffix {suffix!r}; name a --format: {names}")
    return known(value)


def file_for(out: Path | None, shape: str) -> Path:
    """The file for a format that no terminal shows."""
    if out is None:
        raise FormatError(f"{shape} is no text for the terminal; name a file with --out")
    return out


def write(out: Path | None, content: str | bytes) -> None:
    """Write to a file, or text to stdout."""
    from graph.files import write_files

    if out is not None:
        write_files({out: content})
        typer.echo(f"wrote {out}", err=True)
    else:
        sys.stdout.buffer.write(content.encode("utf-8") if isinstance(content, str) else content)
        sys.stdout.buffer.flush()
