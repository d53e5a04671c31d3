"""JSON from people's files: decoded with the place of what is wrong, and made into a debate."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from ..errors import DebateError, FormatError, Place
from ..model import Debate

__all__ = ["debate_of", "decode_json"]

_T = TypeVar("_T")
_BYTE = re.compile(r"\s*\(byte (\d+)\)")
_MARK = b"\xef\xbb\xbf"


def decode_json(data: bytes, file: str, type_: type[_T]) -> _T:
    r"""The value in JSON of a type, as msgspec takes types.

    Raises:
        FormatError: with line and column of what is no JSON, or the path, such as ``$.nodes[3]``,
            of what is of another type.

    >>> decode_json(b'{"a": [1]}', "x.json", dict)
    {'a': [1]}
    >>> decode_json(b'{"a":\n 1,}', "x.json", dict)
    Traceback (most recent call last):
        ...
    graph.errors.FormatError: x.json:2:4: no JSON (trailing comma in object)
    """
    data = data.removeprefix(_MARK)
    try:
        return msgspec.json.decode(data, type=type_)
    except msgspec.ValidationError as error:
        raise FormatError(str(error), Place(file)) from None
    except UnicodeDecodeError as error:
        # its offset is that in the string, not in the file
        at = data.find(error.object[:40]) + error.start if error.object else 0
        raise FormatError("not UTF-8", _place(data, max(at, 0), file)) from None
    except RecursionError:
        raise FormatError("JSON that is nested too deeply", Place(file)) from None
    except msgspec.DecodeError as error:
        message = str(error).removeprefix("JSON is malformed: ")
        found = _BYTE.search(message)
        place = Place(file) if found is None else _place(data, int(found[1]), file)
        raise FormatError(f"no JSON ({_BYTE.sub('', message)})", place) from None


def _place(data: bytes, at: int, file: str) -> Place:
    before = data[:at]
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")
    return Place(file, before.count(b"\n") + 1, len(line) + 1)


def debate_of(parts: dict[str, Any], file: str, *, strict: bool = True) -> Debate:
    """The debate of which these are the parts, in plain data named as in :mod:`graph.model`.

    Without ``strict``, numbers may be written as text or as other numbers.

    Raises:
        FormatError: with the path of what is missing or of another type.
        DebateError: if the parts do not fit together.

    >>> debate_of({"id": "trams", "title": "Trams"}, "x.json").title
    'Trams'
    """
    try:
        return msgspec.convert(parts, Debate, strict=strict)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise FormatError(str(error), Place(file)) from None
    except DebateError as error:
        raise DebateError(error.message, Place(file)) from None
