"""How the server and its workers talk: frames of one letter, a length and so many bytes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from asyncio import StreamReader

__all__ = ["ASK", "BEGIN", "DATA", "END", "FAIL", "READY", "pack", "read", "read_async"]

READY: Final = b"R"  # the worker has opened the store
ASK: Final = b"Q"  # a query, as JSON
BEGIN: Final = b"B"  # the answer begins: its media type, as JSON
DATA: Final = b"D"  # a piece of the answer
END: Final = b"E"  # the answer is whole
FAIL: Final = b"F"  # there is no answer, or no more of it: status and message, as JSON

_HEAD = struct.Struct(">cI")


def pack(kind: bytes, body: bytes = b"") -> bytes:
    r"""The bytes of one frame.

    >>> pack(END)
    b'E\x00\x00\x00\x00'
    """
    return _HEAD.pack(kind, len(body)) + body


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame, or nothing where the stream ends."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    body = stream.read(length)
    return (kind, body) if len(body) == length else None


async def read_async(stream: StreamReader) -> tuple[bytes, bytes]:
    """The next frame.

    Raises:
        asyncio.IncompleteReadError: if the stream ends first.

    """
    kind, length = _HEAD.unpack(await stream.readexactly(_HEAD.size))
    return kind, await stream.readexactly(length)
