"""The YAML of front matter and of data in braces: text, lists and mappings, nothing else.

Read event by event, so that no depth of nesting can exhaust the stack. Every scalar is text, which
keeps ``no`` and ``2023-10-20`` what they look like; tags, anchors and aliases are refused.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

from ..errors import ArgdownError, Place

__all__ = ["Data", "read_data", "read_yaml"]

#: What YAML gives when every scalar is read as text.
Data: TypeAlias = "str | list[Data] | dict[str, Data]"

_DEPTH = 20

_BLOCK = re.compile(r"\{[ \t]*\r?\n(.*)\}\s*\Z", re.S)


def read_yaml(text: str, place: Place) -> tuple[Data, dict[tuple[str, ...], int]]:
    """The data in a YAML text, and the line of each key by the keys that lead to it.

    Raises:
        ArgdownError: naming the line of what is not YAML, nested too deeply, or given twice.

    >>> read_yaml("{a: [b, no]}", Place("x", 7))
    ({'a': ['b', 'no']}, {('a',): 7})

    """
    first = place.line or 1
    reader = _Reader(place.file, first)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        where = Place(place.file, first + (mark.line if mark else 0))
        raise ArgdownError(f"bad YAML: {problem}", where) from None
    return reader.root[0] if reader.root else {}, reader.lines


def read_data(text: str, place: Place) -> Data:
    r"""The data in braces; where these stand on lines of their own, what is inside may be a block.

    >>> read_data("{\n  a: b\n  c: d\n}", Place("x", 7))
    {'a': 'b', 'c': 'd'}
    """
    try:
        return read_yaml(text, place)[0]
    except ArgdownError:
        block = _BLOCK.match(text)
        if block is None:
            raise
        inside = Place(place.file, (place.line or 1) + 1)
        return read_yaml(block[1], inside)[0]


class _Reader:
    """Builds the data from the events of the parser, with a stack of its own."""

    def __init__(self, file: str, first: int) -> None:
        self._file, self._first = file, first
        self.root: list[Data] = []
        self.lines: dict[tuple[str, ...], int] = {}
        self._open: list[list[Data] | dict[str, Data]] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        """Take in one event."""
        line = self._first + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ArgdownError("YAML anchors and aliases are not read", Place(self._file, line))
        if isinstance(event, yaml.ScalarEvent):
            self._value(str(event.value), line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _start(self, made: list[Data] | dict[str, Data], line: int) -> None:
        if len(self._open) >= _DEPTH:
            raise ArgdownError("YAML is nested too deeply", Place(self._file, line))
        self._value(made, line)
        self._open.append(made)
        self._keys.append(None)

    def _value(self, value: Data, line: int) -> None:
        if not self._open:
            self.root.append(value)
        elif isinstance(into := self._open[-1], list):
            into.append(value)
        elif (key := self._keys[-1]) is None:
            self._key(value, into, line)
        else:
            into[key] = value
            self._keys[-1] = None

    def _key(self, value: Data, into: dict[str, Data], line: int) -> None:
        if not isinstance(value, str):
            raise ArgdownError("a YAML key must be plain text", Place(self._file, line))
        if value in into:
            raise ArgdownError(f"key {value!r} is given twice", Place(self._file, line))
        self._keys[-1] = value
        path = (*(key for key in self._keys[:-1] if key is not None), value)
        self.lines[path] = line
