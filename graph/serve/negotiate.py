"""Which of the formats that can be had is wanted most: the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

__all__ = ["GRAPHS", "PAGE", "RESULTS", "best"]

#: The media types of rows and of yes or no, and the format that Oxigraph writes for each.
RESULTS: Final = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
        "text/plain": "tsv",
    }
)

#: The media types of graphs, and the suffix of each format.
GRAPHS: Final = MappingProxyType(
    {
        "text/turtle": "ttl",
        "application/n-triples": "nt",
        "application/rdf+xml": "rdf",
        "application/ld+json": "jsonld",
        "application/trig": "trig",
        "application/n-quads": "nq",
        "application/json": "jsonld",
        "application/xml": "rdf",
        "text/xml": "rdf",
        "text/plain": "nt",
    }
)

PAGE: Final = "text/html"

_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_MOST = 100


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type on offer that is wanted most, the first where all are alike; or none.

    A type that is named counts as it is given, before a range that holds it.

    >>> best("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offered[0]
    wanted = [_range(part) for part in accept.split(",")[:_MOST]]
    scored = [(_quality(media, wanted), -at) for at, media in enumerate(offered)]
    quality, place = max(scored)
    return offered[-place] if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if match := _QUALITY.fullmatch(parameter):
            return media, float(match[1])
    return media, 1.0


def _quality(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    kind = media.partition("/")[0]
    for spelt in (media, f"{kind}/*", "*/*"):
        found = [quality for name, quality in wanted if name == spelt]
        if found:
            return max(found)
    return 0.0
