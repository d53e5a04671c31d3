"""XML of graphs read with care: no entities, nothing from elsewhere, errors with their place."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from ..errors import FormatError, Place

__all__ = ["MOST_DEFAULTS", "children", "local", "read_xml", "typed"]

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


def read_xml(data: bytes, file: str, root: str) -> Element:
    """The root of the tree, which must be called ``root``; the namespace does not matter.

    Raises:
        FormatError: with line and column, if it is not well-formed, and if it defines entities.

    >>> read_xml(b"<gexf/>", "x.gexf", "gexf").tag
    'gexf'
    """
    try:
        found: Element = defusedxml.ElementTree.fromstring(data)
    except ParseError as error:
        line, column = error.position
        why = str(error).partition(": line ")[0]
        raise FormatError(f"no XML ({why})", Place(file, line, column + 1)) from None
    except DefusedXmlException as error:
        raise FormatError(f"XML with a definition of entities is not read ({error})",
                          Place(file)) from None  # fmt: skip
    except (ValueError, LookupError, RecursionError, MemoryError) as error:
        raise FormatError(f"no XML ({error})", Place(file)) from None
    if local(found) != root:
        raise FormatError(f"its root is <{local(found)[:40]}>, not <{root}>", Place(file))
    return found


def local(element: Element) -> str:
    """The name of an element without its namespace.

    >>> local(Element("{http://graphml.graphdrawing.org/xmlns}node"))
    'node'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


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
