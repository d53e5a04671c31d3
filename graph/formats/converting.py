"""Conversion of files and whole folders from format to format, with an account of what is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ..errors import FormatError, SicetnonError
from ..files import write_files
from .argdown import DEBATE_FILE
from .format import Format
from .kialo import is_outline
from .losses import Loss, Reading
from .table import by_content, find_format, format_to_write, readable, reader_of

__all__ = ["STREAM", "Conversion", "convert_file", "convert_folder", "from_stream", "is_debate"]

#: Stands for stdin or stdout.
STREAM = "-"

#: Folders of fewer files are not worth the start of other processes.
_FEW = 8


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one file: what was written, what was not read, and what the target lacks.

    ``text`` is what goes to stdout, where nothing was written to disk; ``error`` says why nothing
    came of it.
    """

    source: str
    target: str
    reader: str = ""
    writer: str = ""
    files: tuple[str, ...] = ()
    claims: int = 0
    supports: int = 0
    attacks: int = 0
    rephrases: int = 0
    holders: int = 0
    unread: tuple[Loss, ...] = ()
    lost: tuple[Loss, ...] = ()
    error: str | None = None
    text: str | None = None

    def as_data(self) -> dict[str, Any]:
        """The account as plain data, without the text."""
        data = asdict(self)
        del data["text"]
        return {name: value for name, value in data.items() if value not in (None, "")}


def is_debate(folder: Path) -> bool:
    """True for a folder that is one debate: Argdown with its includes, or tables."""
    return any((folder / name).is_file() for name in (DEBATE_FILE, "claims.csv", "nodes.csv"))


def from_stream(data: bytes, format_name: str | None) -> tuple[Reading, Format]:
    """The debate in the bytes on stdin; without a format, JSON is told by its keys."""
    entry = find_format(format_name) if format_name else by_content(data, "stdin")
    return entry.parse(data, "stdin"), entry


def convert_file(
    source: Path | str, target: Path | str, reader: str | None, writer: str | None, *, strict: bool
) -> Conversion:
    """Convert a file, or a folder that is one debate; ``target`` may be a folder or ``-``.

    Raises:
        FormatError: if a format is not known or, with ``strict``, if anything would be lost.
        SicetnonError: whatever the reader finds wrong; nothing is written then.

    """
    if str(source) == STREAM:
        import sys

        reading, source_format = from_stream(sys.stdin.buffer.read(), reader)
        name = "debate"
    else:
        path = Path(source)
        source_format, found = reader_of(path, reader)
        reading = source_format.read(found)
        name = _stem(path, source_format)
    place = None if str(target) == STREAM else Path(target)
    if writer is None and place is None:
        raise FormatError("name the format of stdout with --to")
    entry = find_format(writer) if writer else format_to_write(Path(target))
    if place is not None and not entry.folder:
        if place.is_dir():
            place /= f"{name}{entry.suffixes[0]}"
        name = _stem(place, entry)
    written = entry.write_all(reading.debate, name)
    lost = written.fitted.losses
    if strict and (lost or reading.losses):
        told = ", ".join(f"{loss.what} ({loss.count})" for loss in (*reading.losses, *lost))
        raise FormatError(f"{source}: {entry.name} would lack {told}; nothing was written")
    text = None
    files: dict[Path, str | bytes] = {}
    if place is None:
        if len(written.files) > 1:
            raise FormatError(f"{entry.name} is several files; name a place for them")
        (text,) = written.files.values()
    elif entry.folder:
        files = {place / file: content for file, content in written.files.items()}
    elif len(written.files) == 1:
        files = dict.fromkeys([place], *written.files.values())
    else:
        files = {place.parent / file: content for file, content in written.files.items()}
    write_files(files)
    debate = reading.debate
    return Conversion(
        str(source),
        str(target),
        source_format.name,
        entry.name,
        tuple(map(str, files)),
        len(debate.claims),
        len(debate.supports),
        len(debate.attacks),
        len(debate.rephrases),
        len(debate.holders),
        reading.losses,
        lost,
        text=text,
    )


def _stem(path: Path, entry: Format) -> str:
    """The name of a file without the suffix of its format, or of a debate's folder."""
    if path.is_dir() or path.name == DEBATE_FILE:
        return (path if path.is_dir() else path.parent).resolve().name
    suffixes = sorted(entry.suffixes, key=len, reverse=True)
    found = next((s for s in suffixes if path.name.lower().endswith(s)), path.suffix)
    return path.name[: -len(found)] if found else path.name


# Folders ----------------------------------------------------------------------------------------


def convert_folder(
    source: Path,
    target: Path,
    reader: str | None,
    writer: str | None,
    *,
    strict: bool,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[list[Conversion], list[Path]]:
    """What became of each file of a folder that can be read, and the files passed over.

    They are converted side by side, and bad ones stop no other. The files are found by the suffixes
    of ``reader`` or, without one, of any format that is read, but for texts that are no outlines;
    what is written lies under ``target`` as they lie under ``source``. ``tell`` is given how many
    are done, of how many.

    Raises:
        FormatError: if a format is not known, there is nothing to convert, or two files would
            become one.

    """
    if writer is None:
        raise FormatError("name the format to convert a folder to with --to")
    entry = find_format(writer)
    passed: list[Path] = []
    places = _places(source, target, reader, entry, passed)
    if not places:
        raise FormatError(f"{source}: the folder holds no file of a known format")
    convert = partial(_one, reader=reader, writer=writer, strict=strict)
    made = []
    for number, conversion in enumerate(_each(convert, places), 1):
        made.append(conversion)
        if tell is not None:
            tell(number, len(places))
    return made, passed


def _each(
    convert: Callable[[tuple[Path, Path]], Conversion], places: list[tuple[Path, Path]]
) -> Iterator[Conversion]:
    workers = min(os.cpu_count() or 1, len(places))
    if len(places) < _FEW or workers < 2:
        yield from map(convert, places)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(convert, places, chunksize=max(1, len(places) // (workers * 8)))


def _one(place: tuple[Path, Path], *, reader: str | None, writer: str, strict: bool) -> Conversion:
    """What became of one file of a folder, its error included."""
    source, target = place
    try:
        return convert_file(source, target, reader, writer, strict=strict)
    except SicetnonError as error:
        return Conversion(str(source), str(target), error=str(error))


def _places(
    source: Path, target: Path, reader: str | None, entry: Format, passed: list[Path]
) -> list[tuple[Path, Path]]:
    """Each file or debate of a folder, and where it goes; the others are ``passed`` over."""
    known = find_format(reader) if reader else None
    places: dict[Path, Path] = {}
    for path in _found(source, known, passed):
        stem = _stem(path, known or next(iter(readable(path)), entry))
        suffix = "" if entry.folder else entry.suffixes[0]
        place = target / path.relative_to(source).parent / f"{stem}{suffix}"
        if place in places:
            raise FormatError(f"{places[place]} and {path} would both become {place}")
        places[place] = path
    return [(path, place) for place, path in places.items()]


def _found(folder: Path, known: Format | None, passed: list[Path]) -> Iterator[Path]:
    """The files to convert, and the folders that are debates, in order of their names."""
    texts = {path.with_suffix(".txt") for path in folder.glob("*.ann")}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if is_debate(path):
                yield path
            else:
                yield from _found(path, known, passed)
        elif _is_wanted(path, known):
            yield path
        elif path not in texts:
            passed.append(path)


def _is_wanted(path: Path, known: Format | None) -> bool:
    """True for a file whose name is that of the format or, without one, of any that is read."""
    if known is not None:
        return any(path.name.lower().endswith(suffix) for suffix in known.suffixes)
    return bool(readable(path)) and (path.suffix.lower() != ".txt" or is_outline(path))
