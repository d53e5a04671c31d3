"""What GraphML and GEXF have in common: elements by name, and attributes with types."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..errors import FormatError
from .xml_text import local

__all__ = ["MOST_DEFAULTS", "children", "typed"]

#: More attributes with a default are in no file that a person made; each is given to each node.
MOST_DEFAULTS = 100

_TYPES = {
    "boolean": bool,
    "int": int,
    "integer": int,
    "long": int,
    "short": int,
    "byte": int,
    "biginteger": int,
    "float": float,
    "double": float,
    "bigdecimal": float,
}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of these names.

    >>> from xml.etree.ElementTree import fromstring
    >>> [child.tag for child in children(fromstring("<a><b/><c/><b/></a>"), "b")]
    ['b', 'b']
    """
    return (child for child in element if local(child) in names)


def typed(value: str, kind: str, where: str) -> str | int | float | bool:
    """The value of an attribute of a type of GraphML or GEXF; text, if the type is another.

    Raises:
        FormatError: if it is not of that type.

    >>> typed(" 3 ", "long", "node a"), typed("True", "boolean", "node a"), typed("x", "anyURI", "")
    (3, True, 'x')
    """
    of = _TYPES.get(kind.lower())
    if of is None or not value.strip():
        return value
    try:
        return _TRUTH[value.strip().lower()] if of is bool else of(value.strip())
    except (ValueError, KeyError):
        raise FormatError(f"{where}: {value[:40]!r} is no {kind}") from None
