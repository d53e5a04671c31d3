"""The debate as plain JSON: one object per part, named as in :mod:`graph.model`."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import Enum
from typing import Any

from ..errors import FormatError
from ..model import Debate
from .json_text import debate_of, decode_json
from .losses import Reading

__all__ = ["parse_json", "plain", "write_json"]

_VERSION = 1


def write_json(debate: Debate) -> str:
    """The debate as indented JSON; what a part does not say is left out.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.", "trams.argdown")
    >>> parse_json(write_json(debate).encode(), "trams.json").debate == debate
    True
    """
    data = {"sicetnon": _VERSION, **plain(debate)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def plain(part: Any) -> Any:
    """A part as plain data, without its place and what is absent or empty.

    >>> from ..model import Issue
    >>> plain(Issue("q", "Are trams quiet?", pro=("a",)))
    {'id': 'q', 'question': 'Are trams quiet?', 'pro': ['a']}
    """
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, tuple):
        return [plain(item) for item in part]
    if not hasattr(part, "__dataclass_fields__"):
        return part
    pairs = ((f.name, getattr(part, f.name)) for f in fields(part) if f.name != "place")
    return {name: plain(value) for name, value in pairs if value not in (None, ())}


def parse_json(data: bytes, file: str) -> Reading:
    """The debate in JSON text; ``file`` is named in errors.

    Raises:
        FormatError: naming what is missing or of the wrong type, and where.
        DebateError: if the parts do not fit together.

    """
    head = decode_json(data, file, dict)
    if head.pop("sicetnon", None) != _VERSION:
        raise FormatError(f'{file}: not a debate in JSON (it lacks "sicetnon": {_VERSION})')
    return Reading(debate_of(head, file))
