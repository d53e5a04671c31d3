"""A worker: a process that opens a store for reading and answers one query after the other.

``python -m graph.serve.worker FOLDER MEGABYTES`` reads queries from its standard input and writes
answers to its standard output, see :mod:`graph.serve.frames`. The server ends it when a query takes
too long; what a query can do to a process, it can only do to this one.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyoxigraph as ox

from ..errors import ForbiddenQueryError, NotAcceptableError, QueryError
from ..oxigraph import OxDataset
from ..query import Answer, ask
from ..vocab import PREFIXES
from .frames import ASK, BEGIN, DATA, END, FAIL, READY, pack, read
from .negotiate import GRAPHS, RESULTS

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["main"]

_PIECE = 1 << 16

_RESULT_FORMATS: Final = MappingProxyType(
    {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
    }
)
_GRAPH_FORMATS: Final = MappingProxyType(
    {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
        "trig": ox.RdfFormat.TRIG,
        "nq": ox.RdfFormat.N_QUADS,
    }
)


class _Pieces(io.RawIOBase):
    """A file that sends what is written to it piece by piece, and says first what it is."""

    def __init__(self, out: BinaryIO, media: str) -> None:
        super().__init__()
        self._out, self._media = out, media
        self._begun = False

    def writable(self) -> bool:
        return True

    def begin(self) -> None:
        """Say what comes, even if nothing is going to come."""
        if not self._begun:
            self._begun = True
            self._out.write(pack(BEGIN, json.dumps({"type": self._media}).encode()))

    def write(self, data: Buffer) -> int:
        self.begin()
        piece = bytes(data)
        self._out.write(pack(DATA, piece))
        self._out.flush()
        return len(piece)


def main(folder: str, megabytes: int) -> None:
    """Answer what comes in until there is no more."""
    _bound_memory(megabytes)
    given, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not stand between two frames
    store = OxDataset(ox.Store.read_only(folder))
    out.write(pack(READY))
    out.flush()
    while (frame := read(given)) is not None:
        kind, body = frame
        if kind == ASK:
            _reply(store, json.loads(body), out)


def _bound_memory(megabytes: int) -> None:
    """A query that needs more memory than this ends the worker, and not the machine."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _reply(store: OxDataset, asked: Mapping[str, Any], out: BinaryIO) -> None:
    try:
        answer = ask(
            store,
            asked["query"],
            asked["values"],
            default_graphs=asked["default_graphs"],
            named_graphs=asked["named_graphs"],
        )
        _send(answer, asked["results"], asked["graphs"], out)
        end = pack(END)
    except ForbiddenQueryError as error:
        end = _fail(403, str(error))
    except NotAcceptableError as error:
        end = _fail(406, str(error))
    except QueryError as error:
        end = _fail(400, str(error))
    except (OSError, ValueError) as error:
        end = _fail(400, f"the query failed: {error}")
    except (MemoryError, RecursionError):
        end = _fail(503, "the query needs more memory than one query may use")
    out.write(end)
    out.flush()


def _fail(status: int, message: str) -> bytes:
    return pack(FAIL, json.dumps({"status": status, "message": message}).encode())


def _send(answer: Answer, results: str | None, graphs: str | None, out: BinaryIO) -> None:
    """Write the answer in the format that is wanted of such an answer."""
    media = graphs if isinstance(answer, ox.QueryTriples) else results
    if media is None:
        what, known = (
            ("a graph", GRAPHS) if isinstance(answer, ox.QueryTriples) else ("a table", RESULTS)
        )
        raise NotAcceptableError(f"the answer is {what}, to be had as {', '.join(known)}")
    pieces = _Pieces(out, media)
    file = io.BufferedWriter(pieces, _PIECE)
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, file, _GRAPH_FORMATS[GRAPHS[media]], prefixes=dict(PREFIXES))
    else:
        answer.serialize(file, format=_RESULT_FORMATS[RESULTS[media]])
    pieces.begin()
    file.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
