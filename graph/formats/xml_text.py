"""XML read with care: no entities, nothing from elsewhere, errors with their place."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.sax import parseString

from ..errors import FormatError, Place

__all__ = ["local", "read_xml", "refuse_entities"]


def read_xml(data: bytes, file: str, root: str) -> Element:
    """The root of the tree, which must be called ``root``; the namespace does not matter.

    Raises:
        FormatError: with line and column, if it is not well-formed, and if it defines entities.

    >>> read_xml(b"<gexf/>", "x.gexf", "gexf").tag
    'gexf'
    """
    try:
        found: Element = fromstring(data)
    except Exception as error:
        raise _told(error, file) from None
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


def refuse_entities(data: bytes, file: str) -> None:
    """Raise a FormatError for XML that declares entities, before another parser expands them.

    >>> refuse_entities(b"<a>plain</a>", "x.rdf")
    """
    try:
        parseString(data, ContentHandler())
    except Exception as error:
        raise _told(error, file) from None


def _told(error: Exception, file: str) -> Exception:
    """The error of ours that says what a parser of XML found wrong; a bug stays what it is."""
    if isinstance(error, ParseError):
        line, column = error.position
        message = str(error).partition(": line ")[0]
        return FormatError(f"no XML ({message})", Place(file, line, column + 1))
    if isinstance(error, SAXParseException):
        place = Place(file, error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        return FormatError(f"no XML ({error.getMessage()})", place)
    if isinstance(error, DefusedXmlException):
        return FormatError(f"XML with a definition of entities is not read ({error})", Place(file))
    if isinstance(error, ValueError | LookupError | RecursionError | MemoryError):
        return FormatError(f"no XML ({error})", Place(file))
    return error
