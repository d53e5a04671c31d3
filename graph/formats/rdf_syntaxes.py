"""The syntaxes of RDF, in and out; what is written holds the findings too.

Oxigraph's serialisers write all but JSON-LD, which rdflib writes with our own context inside, so
that no reader has to fetch one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files

import pyoxigraph as ox
from rdflib import Dataset

from ..errors import FormatError
from ..findings import debate_quads
from ..model import Debate
from ..oxigraph import OxDataset, Quad, ox_quads
from ..rdf import from_rdf
from ..vocab import PREFIXES
from .losses import Reading
from .xml_text import refuse_entities

__all__ = [
    "parse_jsonld",
    "parse_nquads",
    "parse_ntriples",
    "parse_rdfxml",
    "parse_trig",
    "parse_turtle",
    "trig",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]


def _quads(debate: Debate) -> list[ox.Quad]:
    return list(ox_quads(debate_quads(debate)))


def _text(data: Iterable[ox.Quad] | Iterable[ox.Triple], syntax: ox.RdfFormat) -> str:
    raw = ox.serialize(data, format=syntax, prefixes=dict(PREFIXES)) or b""
    return raw.decode("utf-8")


def _triples(debate: Debate, syntax: ox.RdfFormat) -> str:
    """All graphs as one, each triple once."""
    return _text(dict.fromkeys(quad.triple for quad in _quads(debate)), syntax)


def write_turtle(debate: Debate) -> str:
    """The debate and its findings as Turtle, all graphs in one."""
    return _triples(debate, ox.RdfFormat.TURTLE)


def write_ntriples(debate: Debate) -> str:
    """The debate and its findings as N-Triples, all graphs in one."""
    return _triples(debate, ox.RdfFormat.N_TRIPLES)


def write_rdfxml(debate: Debate) -> str:
    """The debate and its findings as RDF/XML, all graphs in one."""
    return _triples(debate, ox.RdfFormat.RDF_XML)


def write_trig(debate: Debate) -> str:
    """The debate and its findings as TriG, with a named graph per piece."""
    return trig(debate_quads(debate))


def trig(quads: Iterable[Quad]) -> str:
    """Quads as TriG."""
    return _text(ox_quads(quads), ox.RdfFormat.TRIG)


def write_nquads(debate: Debate) -> str:
    """The debate and its findings as N-Quads, with a named graph per piece."""
    return _text(_quads(debate), ox.RdfFormat.N_QUADS)


def write_jsonld(debate: Debate) -> str:
    """The debate and its findings as JSON-LD, with a named graph per piece and the context."""
    dataset = Dataset()
    dataset.parse(data=write_nquads(debate), format="nquads")
    context = json.loads(files("ontology").joinpath("context.jsonld").read_text("utf-8"))
    plain = dataset.serialize(format="json-ld", context=context["@context"], auto_compact=False)
    return plain + "\n"


def _parse(data: bytes, file: str, syntax: ox.RdfFormat) -> Reading:
    """The debate in RDF; findings in it are passed over, since they follow from the rest.

    Raises:
        FormatError: naming line and column of what does not parse, or the node that lacks a part.

    """
    try:
        with OxDataset() as dataset:
            dataset.inner.bulk_load(data, format=syntax)
            return Reading(from_rdf(dataset))
    except (SyntaxError, FormatError) as error:
        raise FormatError(f"{file}: {error}") from None


def parse_turtle(data: bytes, file: str) -> Reading:
    """The debate in Turtle."""
    return _parse(data, file, ox.RdfFormat.TURTLE)


def parse_trig(data: bytes, file: str) -> Reading:
    """The debate in TriG."""
    return _parse(data, file, ox.RdfFormat.TRIG)


def parse_ntriples(data: bytes, file: str) -> Reading:
    """The debate in N-Triples."""
    return _parse(data, file, ox.RdfFormat.N_TRIPLES)


def parse_nquads(data: bytes, file: str) -> Reading:
    """The debate in N-Quads."""
    return _parse(data, file, ox.RdfFormat.N_QUADS)


def parse_rdfxml(data: bytes, file: str) -> Reading:
    """The debate in RDF/XML that declares no entities, which Oxigraph would expand."""
    refuse_entities(data, file)
    return _parse(data, file, ox.RdfFormat.RDF_XML)


def parse_jsonld(data: bytes, file: str) -> Reading:
    """The debate in JSON-LD; a context on the web is refused, not fetched."""
    return _parse(data, file, ox.RdfFormat.JSON_LD)
