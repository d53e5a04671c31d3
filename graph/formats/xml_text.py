"""XML from people's files, read without entities, and bounded in depth."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.sax import parseString

from ..errors import FormatError, Place

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["parse_xml", "refuse_entities"]


def parse_xml(data: bytes, file: str) -> Element:
    """The root element of XML that declares no entities and refers to no other file.

    Raises:
        FormatError: naming line and column of what is not well-formed, or what is refused.

    >>> parse_xml(b"<a><b/></a>", "x.xml")[0].tag
    'b'
    """
    try:
        root: Element = fromstring(data)
    except Exception as error:
        raise _told(error, file) from None
    return root


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
        message = str(error).partition(":")[0]
        return FormatError(f"no well-formed XML: {message}", Place(file, line, column + 1))
    if isinstance(error, SAXParseException):
        place = Place(file, error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        return FormatError(f"no well-formed XML: {error.getMessage()}", place)
    if isinstance(error, DefusedXmlException):
        return FormatError(f"{file}: {type(error).__name__}: entities are refused")
    if isinstance(error, ValueError | LookupError | RecursionError | MemoryError):
        return FormatError(f"{file}: no readable XML ({error})")
    return error
