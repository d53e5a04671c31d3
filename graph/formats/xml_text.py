"""XML from people's files, read without entities, and bounded in depth."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..errors import FormatError, Place

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["parse_xml"]


def parse_xml(data: bytes, file: str) -> Element:
    """The root element of XML that declares no entities and refers to no other file.

    Raises:
        FormatError: naming line and column of what is not well-formed, or what is refused.

    >>> parse_xml(b"<a><b/></a>", "x.xml")[0].tag
    'b'
    """
    try:
        root: Element = fromstring(data)
    except ParseError as error:
        line, column = error.position
        message = str(error).partition(":")[0]
        raise FormatError(f"no well-formed XML: {message}", Place(file, line, column + 1)) from None
    except DefusedXmlException as error:
        raise FormatError(f"{file}: {type(error).__name__}: entities are refused") from None
    except (ValueError, LookupError, RecursionError, MemoryError) as error:
        raise FormatError(f"{file}: no readable XML ({error})") from None
    return root
