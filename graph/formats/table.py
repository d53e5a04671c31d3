"""The table of formats: what is read, what is written, by which function, and what is kept.

Adding a format is one file with a parser or writer, and one line here; docs/formats.md shows it.
The functions are imported when they are used, so that the table itself costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from ..errors import FormatError
from ..model import Debate, nearest
from .format import Format
from .json_text import decode_json
from .losses import Feature, Reading

__all__ = [
    "FORMATS",
    "by_content",
    "find_format",
    "format_of",
    "format_to_write",
    "read_debate",
    "read_file",
    "readable",
    "reader_of",
]


#: What AIF has a place for.
AIF = frozenset(
    {
        Feature.AUTHORS,
        Feature.STATUS,
        Feature.KINDS,
        Feature.UNDERCUTS,
        Feature.LINKED,
        Feature.SCHEMES,
        Feature.REPHRASES,
        Feature.IDS,
    }
)

#: What a person can read off a drawing or outline.
_DRAWN = AIF | {Feature.NAMES, Feature.ISSUES, Feature.TITLE}

#: Every format, in the order that ``sicetnon formats`` lists them.
FORMATS: tuple[Format, ...] = (
    Format(
        "argdown",
        (".argdown", ".ad"),
        "Argdown, the format to write debates in",
        "argdown:parse_argdown_bytes",
        "argdown:write_argdown",
        reader="argdown:read_argdown_file",
    ),
    Format(
        "json",
        (".json",),
        "the debate as plain JSON, one object per part",
        "debate_json:parse_json",
        "debate_json:write_json",
        keys=("sicetnon",),
    ),
    Format(
        "argdown-json",
        (".argdown.json", ".json"),
        "the JSON of the Argdown tools",
        "argdown_json:parse_argdown_json",
        "argdown_json_write:write_argdown_json",
        keys=("arguments", "statements"),
    ),
    Format(
        "aif",
        (".aif.json", ".aif", ".json"),
        "AIF as the JSON of AIFdb: I, RA, CA, MA, L and YA nodes",
        "aif:parse_aif",
        "aif:write_aif",
        keeps=AIF,
        fitter="aif:fit_aif",
        keys=("nodes[", "edges"),
    ),
    Format(
        "xaif",
        (".xaif.json", ".xaif", ".json"),
        "xAIF, as Open Argument Mining tools exchange it",
        "xaif:parse_xaif",
        "xaif:write_xaif",
        keeps=AIF,
        fitter="aif:fit_aif",
        keys=("aif{",),
    ),
    Format(
        "arguebuf",
        (".arguebuf.json", ".json"),
        "the JSON of arguebuf; what it has no field for is in its userdata",
        "arguebuf:parse_arguebuf",
        "arguebuf:write_arguebuf",
        keys=("nodes{", "edges{"),
    ),
    Format(
        "microtexts",
        (".microtext.xml", ".xml"),
        "the XML of the argumentative microtext corpus: a proponent and an opponent",
        "microtexts:parse_microtexts",
        "microtexts:write_microtexts",
        keeps=frozenset(
            {
                Feature.TITLE,
                Feature.LINKED,
                Feature.UNDERCUTS,
                Feature.IDS,
            }
        ),
        fitter="microtexts:fit_microtexts",
    ),
    Format(
        "kialo",
        (".kialo.txt", ".txt"),
        "the text that Kialo exports: a numbered outline of pros and cons",
        "kialo:parse_kialo",
        "kialo:write_kialo",
        keeps=frozenset({Feature.TITLE}),
        fitter="kialo:fit_kialo",
    ),
    Format(
        "brat",
        (".ann",),
        "brat's standoff annotation: an .ann file beside the .txt it annotates",
        "brat:parse_brat",
        keeps=AIF - {Feature.UNDERCUTS, Feature.LINKED, Feature.SCHEMES},
        reader="brat:read_brat",
        files="brat:brat_files",
        fitter="brat:fit_brat",
    ),
    Format(
        "turtle",
        (".ttl",),
        "RDF 1.1 Turtle, all graphs in one",
        "rdf_syntaxes:parse_turtle",
        "rdf_syntaxes:write_turtle",
    ),
    Format(
        "trig",
        (".trig",),
        "RDF 1.1 TriG, one named graph per piece",
        "rdf_syntaxes:parse_trig",
        "rdf_syntaxes:write_trig",
    ),
    Format(
        "ntriples",
        (".nt",),
        "RDF 1.1 N-Triples, all graphs in one",
        "rdf_syntaxes:parse_ntriples",
        "rdf_syntaxes:write_ntriples",
    ),
    Format(
        "nquads",
        (".nq",),
        "RDF 1.1 N-Quads, one named graph per piece",
        "rdf_syntaxes:parse_nquads",
        "rdf_syntaxes:write_nquads",
    ),
    Format(
        "jsonld",
        (".jsonld",),
        "JSON-LD 1.1 with its context inside",
        "rdf_syntaxes:parse_jsonld",
        "rdf_syntaxes:write_jsonld",
    ),
    Format(
        "rdfxml",
        (".rdf",),
        "RDF/XML, all graphs in one",
        "rdf_syntaxes:parse_rdfxml",
        "rdf_syntaxes:write_rdfxml",
    ),
    Format(
        "graphml",
        (".graphml",),
        "GraphML with typed edges, for networkx, igraph and Gephi",
        "graphml:parse_graphml",
        "graphml:write_graphml",
    ),
    Format(
        "gexf",
        (".gexf",),
        "GEXF with typed edges, for Gephi and networkx",
        "gexf:parse_gexf",
        "gexf:write_gexf",
    ),
    Format(
        "cytoscape",
        (".cyjs", ".json"),
        "Cytoscape JSON, for cytoscape.js, Cytoscape and networkx",
        "cytoscape:parse_cytoscape",
        "cytoscape:write_cytoscape",
        keys=("elements",),
    ),
    Format(
        "csv",
        (".csv",),
        "tables of claims, relations, pieces and contradictions",
        reader="tables:read_csv",
        files="tables:csv_tables",
        folder=True,
    ),
    Format(
        "dot",
        (".dot", ".gv"),
        "Graphviz DOT, a colour per piece",
        writer="dot:write_dot",
        keeps=_DRAWN - {Feature.STATUS, Feature.NAMES, Feature.ISSUES},
    ),
    Format(
        "mermaid",
        (".mmd", ".mermaid"),
        "Mermaid flowchart, a frame per piece, for Markdown pages that draw one",
        writer="mermaid:write_mermaid",
        keeps=_DRAWN,
    ),
    Format(
        "canvas",
        (".canvas",),
        "JSON Canvas for Obsidian, laid out as on the map",
        writer="canvas:write_canvas",
        keeps=_DRAWN - {Feature.TITLE, Feature.NAMES},
    ),
    Format(
        "markdown",
        (".md",),
        "Markdown outline, a heading per piece",
        writer="markdown:write_markdown",
        keeps=_DRAWN,
    ),
    Format(
        "neo4j",
        (".cypher",),
        "nodes, relationships and the Cypher that loads them into Neo4j",
        files="neo4j:neo4j_files",
        folder=True,
    ),
    Format(
        "apx",
        (".apx",),
        "abstract framework for solvers, as ASPARTIX and pygarg read it",
        writer="abstract:write_apx",
        keeps=frozenset({Feature.IDS}),
        fitter="abstract:fit_abstract",
    ),
    Format(
        "af",
        (".af",),
        "abstract framework for solvers, as in ICCMA 2023",
        writer="abstract:write_af",
        keeps=frozenset({Feature.IDS}),
        fitter="abstract:fit_abstract",
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


def _candidates(path: Path, usable: Callable[[Format], bool]) -> list[Format]:
    """The formats whose suffix is the longest that the file name ends in."""
    name = path.name.lower()
    found = [
        (len(suffix), entry)
        for entry in FORMATS
        if usable(entry)
        for suffix in entry.suffixes
        if name.endswith(suffix)
    ]
    longest = max((length for length, _ in found), default=0)
    return [entry for length, entry in found if length == longest]


def format_to_write(path: Path) -> Format:
    """The format that the suffix of a new file names.

    Raises:
        FormatError: listing the known suffixes.

    >>> format_to_write(Path("kosovo.nq")).name
    'nquads'
    >>> format_to_write(Path("kosovo.aif.json")).name
    'aif'

    """
    if found := _candidates(path, lambda entry: entry.writes):
        return found[0]
    raise _unknown(path, lambda entry: entry.writes)


def _unknown(path: Path, usable: Callable[[Format], bool]) -> FormatError:
    known = dict.fromkeys(suffix for entry in FORMATS if usable(entry) for suffix in entry.suffixes)
    return FormatError(f"{path}: unknown suffix {path.suffix!r}; known: {', '.join(known)}")


def readable(path: Path) -> list[Format]:
    """The formats that the name of a file may stand for, of those that are read.

    >>> [entry.name for entry in readable(Path("map.graphml"))], readable(Path("map.png"))
    (['graphml'], [])
    """
    return _candidates(path, lambda entry: entry.reads)


def format_of(path: Path, data: bytes | None = None) -> Format:
    """The format of a file to read: by its suffix and, where several share it, by what is in it.

    ``data`` is its content, if that has been read.

    Raises:
        FormatError: listing the known suffixes, or the formats that the content may have.

    >>> format_of(Path("kosovo.nq")).name
    'nquads'
    >>> format_of(Path("debate.json"), b'{"AIF": {"nodes": []}}').name
    'xaif'

    """
    found = readable(path)
    if not found:
        raise _unknown(path, lambda entry: entry.reads)
    if len(found) == 1:
        return found[0]
    return by_content(path.read_bytes() if data is None else data, str(path), found)


def by_content(data: bytes, file: str, among: Collection[Format] = ()) -> Format:
    """The format whose JSON has the :attr:`Format.keys` that these bytes have at their top.

    Raises:
        FormatError: if it is no JSON object, or none that is known.

    >>> by_content(b'{"sicetnon": 1}', "debate.json").name
    'json'

    """
    among = [entry for entry in among or FORMATS if entry.reads and entry.keys]
    names = ", ".join(entry.name for entry in among)
    try:
        top = decode_json(data, file, dict[str, msgspec.Raw])
    except FormatError as error:
        raise FormatError(f"{error}; expected one of: {names}") from None
    tops = {key.lower() for key in top}
    tops |= {
        f"{key.lower()}{memoryview(value)[:1].tobytes().decode()}" for key, value in top.items()
    }
    for entry in among:
        if all(key in tops for key in entry.keys):
            return entry
    keys = ", ".join(repr(key[:40]) for key in list(top)[:6]) or "none"
    raise FormatError(f"{file}: JSON of no known format (its keys: {keys}); known: {names}")


def reader_of(path: Path | str, format_name: str | None = None) -> tuple[Format, Path]:
    """The format of a debate in a file or folder, and the path that its reader takes.

    A folder is read from its ``debate.argdown``, or from its tables.

    Raises:
        FormatError: if there is nothing to read, or its suffix is unknown.

    """
    from .argdown import DEBATE_FILE

    path = Path(path)
    if path.is_dir():
        if (path / DEBATE_FILE).is_file():
            path /= DEBATE_FILE
        elif (path / "claims.csv").is_file():
            return find_format("csv"), path
        else:
            raise FormatError(f"{path}: the folder holds no {DEBATE_FILE}")
    if not path.is_file():
        raise FormatError(f"{path}: there is no such file or folder")
    return (find_format(format_name) if format_name else format_of(path)), path


def read_file(path: Path | str, format_name: str | None = None) -> Reading:
    """The debate in a folder or file, and what of it is passed over.

    Raises:
        FormatError: if there is nothing to read, or its suffix is unknown.
        SicetnonError: whatever the reader of the format finds wrong.

    """
    entry, found = reader_of(path, format_name)
    return entry.read(found)


def read_debate(path: Path | str) -> Debate:
    """The debate in a folder (its ``debate.argdown``) or in a file, by its suffix.

    Raises:
        FormatError: if there is nothing to read, or its suffix is unknown.
        SicetnonError: whatever the reader of the format finds wrong.

    """
    return read_file(path).debate
