"""Argdown as the authoring format: a folder of ``.argdown`` files read into a debate.

Statements are claims, ``+`` is a support and ``-`` an attack, ``><`` joins contradictory claims, a
premise-conclusion structure is a named support, ``_`` undercuts one. On top of plain Argdown, data
in braces says what an argument map needs to keep:

==================  ============================================================================
where               keys
==================  ============================================================================
front matter        ``debate title base annotator agents sources``
heading             ``source``: the claims and relations under it are of that piece
statement           ``holder status at origin rephrases relation``
relation (in the    ``kind scheme origin``, of the relation to the statement above
child's data)
inference           ``origin uses``
==================  ============================================================================

``at: 9.1 2441-2490`` anchors a claim in paragraph 9, sentence 1, characters 2441 to 2490. A
statement tagged ``#issue`` is a question that others answer pro (``+``) or con (``-``). An argument
in angle brackets without premises is read as a claim.

A file whose front matter lists no ``sources`` is somebody else's, and read as the Argdown tools do:
what a debate does not hold is passed over and reported. A title with several wordings is several
claims that rephrase the first. An attack on an argument with premises undercuts its last step, a
support of it is one of its only premise, or else of its conclusion.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import ArgdownError, DebateError, Place
from ..model import Debate
from .argdown_data import read_front
from .argdown_meaning import Collected
from .argdown_syntax import Document, parse_blocks
from .argdown_write import write_argdown
from .losses import Reading, Tally

__all__ = [
    "DEBATE_FILE",
    "parse_argdown",
    "parse_argdown_bytes",
    "read_argdown",
    "read_argdown_file",
    "read_document",
    "write_argdown",
]

#: The file that a debate folder is read from.
DEBATE_FILE = "debate.argdown"


def read_argdown_file(path: Path) -> Reading:
    """The debate in an Argdown file, and what of it a debate does not hold."""
    root = path.parent.resolve()

    def load(name: str, place: Place) -> tuple[str, str]:
        here = (path.parent / place.file).parent
        target = (here / name).resolve()
        if not target.is_relative_to(root):
            raise ArgdownError(f"@include({name}) leads outside the folder of the debate", place)
        if not target.is_file():
            raise ArgdownError(f"@include({name}): there is no such file", place)
        shown = target.relative_to(root).as_posix()
        return _read_text(target, shown), shown

    name = path.parent.resolve().name if path.name == DEBATE_FILE else path.stem
    return read_document(parse_blocks(_read_text(path, path.name), path.name, load), name)


def parse_argdown_bytes(data: bytes, file: str) -> Reading:
    """The debate in Argdown text, and what of it a debate does not hold."""
    return read_document(parse_blocks(_decoded(data, file), file), Path(file).stem)


def read_argdown(path: Path) -> Debate:
    """The debate in an Argdown file and the files that it includes.

    Includes must lie in the folder of the file, or below it.

    Raises:
        ArgdownError: naming file, line and column of what is not understood.
        DebateError: naming file and line of parts that do not fit together.

    """
    return read_argdown_file(path).debate


def parse_argdown(text: str, file: str = "text.argdown") -> Debate:
    r"""The debate in an Argdown text; nothing can be included.

    Without ``sources`` in the front matter, everything is one piece by its ``author``.

    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: Trams squeal.")
    >>> debate.attacks[0].id, debate.claim("b").holder
    ('b rebut a', 'author')

    """
    return read_document(parse_blocks(text, file), Path(file).stem).debate


def _read_text(path: Path, shown: str) -> str:
    try:
        return _decoded(path.read_bytes(), shown)
    except OSError as error:
        raise ArgdownError(f"{shown}: {error.strerror or error}") from None


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ArgdownError(
            f"not UTF-8 (byte 0x{error.object[error.start]:02x})", Place(shown, line)
        ) from None


def read_document(document: Document, name: str) -> Reading:
    """The debate that a document states, called ``name`` if it does not say, and what is lost."""
    tally = Tally()
    front = read_front(document, name, tally)
    collected = Collected(front, tally)
    collected.add_blocks(document.blocks)
    supports, attacks, issues = collected.resolved()
    try:
        debate = Debate(
            id=front.id,
            title=front.title,
            base=front.base,
            agents=(*front.agents, *collected.agents.values()),
            sources=front.sources,
            claims=tuple(collected.claims.values()),
            supports=supports,
            attacks=attacks,
            rephrases=tuple(collected.rephrases.values()),
            issues=issues,
        )
    except DebateError as error:
        raise error if error.place else DebateError(error.message, Place(document.file)) from None
    return Reading(debate, tally.losses)
