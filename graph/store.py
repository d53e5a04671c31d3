"""Where the RDF is kept: in memory, in a folder that Oxigraph writes, or on a SPARQL server.

A folder holds one numbered subfolder with the data and a file ``current`` that names it. A load
builds the next subfolder from what stays and what is new, then has ``current`` name it in one
step, so a kill at any moment leaves the old data or the new, never a mixture. How a server gets a
debate whole, :mod:`graph.staging` tells.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import overload

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.namespace import RDF

from .errors import StoreError
from .oxigraph import OxDataset, Quad, ox_quads
from .replacing import Incoming, replaced
from .sending import Server, is_url
from .server import ServerDataset
from .staging import Tell, load_server
from .vocab import SEN

__all__ = ["Server", "data_folder", "load", "open_store"]

_CURRENT = "current"
_NUMBERED = re.compile(r"data-[0-9]+")
_TYPE, _DEBATE = ox.NamedNode(RDF.type), ox.NamedNode(SEN.Debate)
_ID, _BASE = ox.NamedNode(SEN.id), ox.NamedNode(SEN.base)


class _FolderDataset(OxDataset):
    """A dataset kept in a folder, which it holds a lock on until it is closed."""

    def __init__(self, folder: Path, inner: ox.Store) -> None:
        super().__init__(inner)
        self.folder = folder


@overload
def open_store(location: Path | None = None) -> OxDataset: ...


@overload
def open_store(location: Server) -> ServerDataset: ...


@overload
def open_store(location: str | Path | Server | None) -> OxDataset | ServerDataset: ...


def open_store(location: str | Path | Server | None = None) -> OxDataset | ServerDataset:
    """A dataset in memory, or the one in a folder, which is made if need be, or on a server.

    The default graph is the union of all graphs. Close it, or use it in a ``with`` block: a folder
    can be open only once. A server is named by its URL, or by a ``Server`` where it takes queries
    and updates in different places; nothing is sent to it yet.

    Raises:
        StoreError: if the folder is open elsewhere, damaged or no folder.

    >>> with open_store() as store:
    ...     len(store)
    0
    """
    if location is None:
        return OxDataset()
    if isinstance(location, Server):
        return ServerDataset(location)
    if is_url(location):
        return ServerDataset(Server.at(str(location)))
    folder = Path(location)
    try:
        _check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        current = _current(folder)
        inner = _open(folder, current)
        _tidy(folder, current)
    except (OSError, ValueError, RuntimeError) as error:  # the last is Oxigraph's "corruption"
        raise StoreError(f"{folder}: {_told(error)}") from None
    return _FolderDataset(folder, inner)


def data_folder(folder: Path) -> Path:
    """The folder inside a store that Oxigraph itself can open, for reading by many at once.

    Raises:
        StoreError: if the folder is no store.

    """
    try:
        if not (folder / _CURRENT).is_file():
            raise ValueError("this folder is no store; make one with build --store")
        return folder / _current(folder)
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: {_told(error)}") from None


def no_news(_done: int, _of: int) -> None:
    """Nothing: the progress of a load that nobody watches."""


def load(store: Dataset, quads: Iterable[Quad], tell: Tell = no_news) -> None:
    """Put a debate in a store, in place of all that the store had of it before.

    Every graph that the quads name is replaced. If they describe a debate, all other graphs of
    that debate go as well: sources that are no longer there, and findings, which are out of date.
    Other debates stay as they are. Should anything fail, nothing has changed. A server is loaded in
    batches; ``tell`` hears how many there are and how many are done.

    Raises:
        StoreError: if the store cannot be written, or holds another debate with the same base.

    >>> from .model import Debate
    >>> from .rdf import to_quads
    >>> with open_store() as store:
    ...     load(store, to_quads(Debate("trams", "Trams")))
    ...     len(store)
    5
    """
    if isinstance(store, ServerDataset):
        load_server(store, quads, tell)
        return
    if not isinstance(store, OxDataset):
        raise StoreError("only a store that open_store made can be loaded")
    folder = store.folder if isinstance(store, _FolderDataset) else None
    try:
        if folder is None:
            inner = ox.Store()
            new = Incoming(quads)
            inner.extend(ox_quads(new))
            inner.extend(_kept(store.inner, new))
            store.exchange(inner)
        else:
            _replace_folder(store, folder, Incoming(quads))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: {_told(error)}" if folder else _told(error)) from None


def _kept(old: ox.Store, new: Incoming) -> Iterator[ox.Quad]:
    """The quads of the old store that stay when the new ones have come."""
    graphs = {graph.value: graph for graph in old.named_graphs()}
    gone = replaced(_debates(old), new, graphs)
    for name, graph in graphs.items():
        if name not in gone:
            yield from old.quads_for_pattern(None, None, None, graph)
    yield from old.quads_for_pattern(None, None, None, ox.DefaultGraph())


def _debates(store: ox.Store) -> dict[str, str]:
    """The ids of the debates in a store, by their base."""
    found = {}
    for debate in store.quads_for_pattern(None, _TYPE, _DEBATE):
        bases = store.quads_for_pattern(debate.subject, _BASE, None)
        names = store.quads_for_pattern(debate.subject, _ID, None)
        for base, name in zip(bases, names, strict=False):
            if isinstance(base.object, ox.Literal) and isinstance(name.object, ox.Literal):
                found[base.object.value] = name.object.value
    return found


def _check_folder(folder: Path) -> None:
    """Raise if a path is neither free nor a folder of ours nor an empty one."""
    if folder.exists() and not folder.is_dir():
        raise ValueError("this is a file, a store needs a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _CURRENT).is_file():
        others = [p for p in folder.iterdir() if not _NUMBERED.fullmatch(p.name)]
        if others:
            raise ValueError(
                f"this folder holds other files ({min(p.name for p in others)}) and no store"
            )


def _current(folder: Path) -> str:
    """The subfolder with the data."""
    pointer = folder / _CURRENT
    if not pointer.is_file():
        return "data-1"
    name = pointer.read_text("utf-8").strip()
    if not _NUMBERED.fullmatch(name) or not (folder / name).is_dir():
        raise ValueError("the store is damaged: its file 'current' names no data")
    return name


def _open(folder: Path, name: str) -> ox.Store:
    inner = ox.Store(folder / name)
    if not (folder / _CURRENT).is_file():
        _point(folder, name)
    return inner


def _point(folder: Path, name: str) -> None:
    """Have the file ``current`` name a subfolder, in one step that survives a power cut."""
    fresh = folder / f"{_CURRENT}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _CURRENT)


def _tidy(folder: Path, current: str) -> None:
    """Remove what a killed load left behind."""
    for path in folder.iterdir():
        if _NUMBERED.fullmatch(path.name) and path.name != current:
            shutil.rmtree(path, ignore_errors=True)
    (folder / f"{_CURRENT}.new").unlink(missing_ok=True)


def _replace_folder(store: OxDataset, folder: Path, new: Incoming) -> None:
    """Build the next subfolder and move on to it."""
    old = _current(folder)
    name = f"data-{int(old.partition('-')[2]) + 1}"
    shutil.rmtree(folder / name, ignore_errors=True)
    try:
        inner = ox.Store(folder / name)
        inner.bulk_extend(ox_quads(new))
        inner.bulk_extend(_kept(store.inner, new))
        inner.flush()
        _point(folder, name)
    except BaseException:
        if _current(folder) != name:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise
    store.exchange(inner)
    _tidy(folder, name)


def _told(error: Exception) -> str:
    """One line for a person from what Oxigraph or the system says."""
    text = str(error)
    if "lock" in text.lower():
        return "the store is open in another program, or open already in this one; close it first"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if not isinstance(error, ValueError):
        return f"the store is damaged or cannot be read: {text}"
    return text
