"""The table of formats: what is read, what is written, and by which function.

Adding a format is one file with a reader or writer, and one line here. The functions are imported
when they are used, so that the table itself costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from ..errors import FormatError
from ..model import Debate, nearest

__all__ = ["FORMATS", "Format", "find_format", "format_of", "read_debate"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, suffixes (the first is used for new files) and what it is for."""

    name: str
    suffixes: tuple[str, ...]
    title: str
    reader: str | None = None
    writer: str | None = None
    tables: str | None = None

    @property
    def reads(self) -> bool:
        """True if debates can be read from it."""
        return self.reader is not None

    def read(self, path: Path) -> Debate:
        """The debate in a file of this format."""
        if self.reader is None:
            raise FormatError(f"{path}: {self.name} can be written, but not read")
        return cast("Callable[[Path], Debate]", _function(self.reader))(path)

    def write(self, debate: Debate) -> str:
        """The text of the debate in this format."""
        if self.writer is None:
            raise FormatError(f"{self.name} is several tables; name a folder with --out")
        return cast("Callable[[Debate], str]", _function(self.writer))(debate)

    def write_tables(self, debate: Debate) -> dict[str, str]:
        """The texts of the debate's tables by file name, for a format of several files."""
        if self.tables is None:
            raise FormatError(f"{self.name} is one file, not several tables")
        return cast("Callable[[Debate], dict[str, str]]", _function(self.tables))(debate)


def _function(where: str) -> object:
    module, _, name = where.partition(":")
    return getattr(import_module(f".{module}", __package__), name)


#: Every format, in the order that ``sicetnon formats`` lists them.
FORMATS: tuple[Format, ...] = (
    Format(
        "argdown",
        (".argdown", ".ad"),
        "Argdown, the format to write debates in",
        "argdown:read_argdown",
        "argdown:write_argdown",
    ),
    Format(
        "json",
        (".json",),
        "the debate as plain JSON, one object per part",
        "debate_json:read_json",
        "debate_json:write_json",
    ),
    Format(
        "turtle",
        (".ttl",),
        "RDF 1.1 Turtle, all graphs in one",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_turtle",
    ),
    Format(
        "trig",
        (".trig",),
        "RDF 1.1 TriG, one named graph per piece",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_trig",
    ),
    Format(
        "ntriples",
        (".nt",),
        "RDF 1.1 N-Triples, all graphs in one",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_ntriples",
    ),
    Format(
        "nquads",
        (".nq",),
        "RDF 1.1 N-Quads, one named graph per piece",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_nquads",
    ),
    Format(
        "jsonld",
        (".jsonld",),
        "JSON-LD 1.1 with its context inside",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_jsonld",
    ),
    Format(
        "rdfxml",
        (".rdf",),
        "RDF/XML, all graphs in one",
        "rdf_syntaxes:read_rdf",
        "rdf_syntaxes:write_rdfxml",
    ),
    Format(
        "graphml",
        (".graphml",),
        "GraphML with typed edges, for networkx, igraph and Gephi",
        "graphml:read_graphml",
        "graphml:write_graphml",
    ),
    Format(
        "csv",
        (".csv",),
        "tables of claims, relations, pieces and contradictions",
        tables="tables:csv_tables",
    ),
    Format(
        "dot",
        (".dot", ".gv"),
        "Graphviz DOT, a colour per piece",
        writer="dot:write_dot",
    ),
)


def find_format(name: str) -> Format:
    """The format of that name or suffix.

    Raises:
        FormatError: listing the known formats.

    >>> find_format("turtle").suffixes
    ('.ttl',)
    >>> find_format(".ttl").name
    'turtle'

    """
    for entry in FORMATS:
        if name == entry.name or f".{name.lstrip('.')}" in entry.suffixes:
            return entry
    known = [entry.name for entry in FORMATS]
    near = nearest(name, known)
    near = near if near.startswith("; did you mean") else ""
    raise FormatError(f"unknown format {name!r}{near}; known formats: {', '.join(known)}")


def format_of(path: Path) -> Format:
    """The format that the suffix of a file names.

    Raises:
        FormatError: listing the known suffixes.

    >>> format_of(Path("kosovo.nq")).name
    'nquads'

    """
    for entry in FORMATS:
        if path.suffix.lower() in entry.suffixes:
            return entry
    known = ", ".join(suffix for entry in FORMATS if entry.reads for suffix in entry.suffixes)
    raise FormatError(f"{path}: unknown suffix {path.suffix!r}; known: {known}")


def read_debate(path: Path | str) -> Debate:
    """The debate in a folder (its ``debate.argdown``) or in a file, by its suffix.

    Raises:
        FormatError: if there is nothing to read, or its suffix is unknown.
        SicetnonError: whatever the reader of the format finds wrong.

    """
    from .argdown import DEBATE_FILE

    path = Path(path)
    if path.is_dir():
        if not (path / DEBATE_FILE).is_file():
            raise FormatError(f"{path}: the folder holds no {DEBATE_FILE}")
        path /= DEBATE_FILE
    if not path.is_file():
        raise FormatError(f"{path}: there is no such file or folder")
    return format_of(path).read(path)
