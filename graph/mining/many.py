"""Many texts: read in a pool of processes or on a Dask cluster, resumable, one by one if need be.

What was read from an article is kept in a folder under the hash of its bytes and the version of the
reader, so a run that was broken off goes on where it ended, and nothing is read or paid for twice.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from ..errors import MiningError, MissingExtraError, SicetnonError
from .articles import SUFFIXES
from .mine import Reader, mine_file
from .parts import Piece

__all__ = ["Outcome", "mine_many", "texts_in"]


#: Fewer texts are read in this process: starting others takes longer.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one text: a piece, or a line that says why there is none."""

    number: int
    path: Path
    piece: Piece | None
    error: str | None = None


def texts_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and for each folder the texts in it by name; a README is no text.

    Raises:
        MiningError: if a path does not exist, a folder holds no text, or two files share a name.

    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file()
            )
            inside = [p for p in inside if not p.stem.upper().startswith("README")]
            if not inside:
                raise MiningError(f"{path}: the folder holds no text ({' '.join(SUFFIXES)})")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise MiningError(f"{path}: there is no such file or folder")
    names = Counter(path.name for path in found)
    if twice := [name for name, count in names.items() if count > 1]:
        raise MiningError(f"two texts are called {twice[0]}; an anchor could mean either")
    return found


def mine_many(
    paths: Sequence[Path],
    make_reader: Callable[[], Reader],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    keep: Path | None = None,
    wait: float = 10.0,
) -> Iterator[Outcome]:
    """What came of each text, as it is done; sort by ``number`` for the order of the texts.

    ``workers`` is the number of processes, by default one for each core. ``scheduler`` is the
    address of a Dask scheduler whose workers read the texts instead; they must see the same files,
    and it may take ``wait`` seconds to answer. ``keep`` is a folder for what has been read.
    ``make_reader`` must be a function of a module or a partial of one, since it is sent to the
    other processes.

    Raises:
        MissingExtraError: if a scheduler is named and Dask is not installed.

    """
    jobs = list(enumerate(paths))
    if scheduler is not None:
        yield from _on_cluster(jobs, make_reader, scheduler, keep, wait)
        return
    count = workers or len(os.sched_getaffinity(0))
    if count == 1 or len(jobs) < _FEW:
        for number, path in jobs:
            yield _one(number, path, make_reader, keep)
        return
    # a fresh interpreter for each worker: the ONNX runtime does not survive a fork
    with ProcessPoolExecutor(
        min(count, len(jobs)), mp_context=get_context("spawn"), initializer=_alone
    ) as pool:
        waiting = [pool.submit(_one, number, path, make_reader, keep) for number, path in jobs]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            for job in waiting:
                job.cancel()


def _alone() -> None:
    """Keep a worker to one core."""
    os.environ["SICETNON_THREADS"] = "1"


def _on_cluster(
    jobs: Sequence[tuple[int, Path]],
    make_reader: Callable[[], Reader],
    scheduler: str,
    keep: Path | None,
    wait: float,
) -> Iterator[Outcome]:
    try:
        from dask import distributed
    except ImportError:
        raise MissingExtraError("texts read on a cluster", "dask[distributed]", "cluster") from None
    try:
        client: Any = distributed.Client(scheduler, timeout=wait)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise MiningError(f"no Dask scheduler answers at {scheduler} ({error})") from None
    with client:
        client.run(_alone)
        waiting = [
            client.submit(_one, number, path.resolve(), make_reader, keep, pure=False)
            for number, path in jobs
        ]
        for done in distributed.as_completed(waiting):  # type: ignore[no-untyped-call]
            yield done.result()


def _one(number: int, path: Path, make_reader: Callable[[], Reader], keep: Path | None) -> Outcome:
    """What comes of one text; an error of the text is told, any other is a bug and raised."""
    try:
        reader = make_reader()
        kept = None if keep is None else keep / f"{_key(path, reader)}.json"
        if kept is not None and (piece := _kept(kept)) is not None:
            return Outcome(number, path, piece)
        piece = mine_file(path, reader)
    except SicetnonError as error:
        return Outcome(number, path, None, str(error))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(f".{os.getpid()}")
        half.write_bytes(msgspec.json.encode(piece))
        half.replace(kept)
    return Outcome(number, path, piece)


def _key(path: Path, reader: Reader) -> str:
    """A name for what a reader finds in a file: it changes with either."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MiningError(f"{path}: {error.strerror}") from None
    told = f"{path.name}\n{reader.name}\n{reader.version}\n".encode()
    return hashlib.sha256(told + raw).hexdigest()[:32]


def _kept(path: Path) -> Piece | None:
    """The piece kept in a file, if it is there and whole."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Piece)
    except (OSError, msgspec.MsgspecError):
        return None
