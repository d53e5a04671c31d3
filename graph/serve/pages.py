"""The pages of the server: console, thing, vocabulary. None of them asks another server."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from ..named_queries import named_queries
from ..vocab import PREFIXES, SEN
from .described import in_format

__all__ = ["console_page", "policy_of", "thing_page", "vocabulary_page"]

_TEMPLATES = Path(__file__).with_name("templates")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A property of a thing with its value, and where the value leads."""

    property: str
    text: str
    href: str | None


def console_page(
    title: str, bases: Sequence[str], ids: Mapping[str, Sequence[str]], *, has_map: bool
) -> str:
    """The page with the named queries and an editor; ``ids`` are offered by kind."""
    queries = [
        {
            "name": query.name,
            "title": query.title,
            "description": " ".join(query.description),
            "parameters": [asdict(parameter) for parameter in query.parameters],
            "text": query.text,
        }
        for query in named_queries()
    ]
    told = {
        "queries": queries, "bases": list(bases), "ids": ids, "vocabulary": str(SEN),
        "prefixes": dict(PREFIXES),
    }  # fmt: skip
    # inside a script element only "</" and "<!--" could end what is data
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return _made(
        "console.html", title=title, queries=named_queries(), has_map=has_map,
        data=Markup(data), script=_inline("console.js"),  # noqa: S704, RUF100 - escaped above
    )  # fmt: skip


def thing_page(iri: str, rows: Iterable[Mapping[str, Any]], bases: Sequence[str]) -> str:
    """The page of a thing: what is said of it, and what names it."""
    said: list[_Fact] = []
    inverse: list[_Fact] = []
    for row in rows:
        value, label = row["value"], row.get("label", {}).get("value")
        href = _href(value["value"], bases) if value["type"] == "uri" else None
        text = label or _short(value["value"], bases) if value["type"] == "uri" else value["value"]
        fact = _Fact(_short(row["property"]["value"], bases), text, href)
        (inverse if "inverse" in row else said).append(fact)
    names = (f.text for f in said if f.property in ("rdfs:label", "schema:name", "sen:text"))
    return _made(
        "thing.html", name=next(names, _short(iri, bases)), iri=iri, said=said, inverse=inverse
    )


def vocabulary_page(media: str | None) -> tuple[str, bytes]:
    """The vocabulary as a page, and as RDF in one of the formats of graphs."""
    graph = _vocabulary()
    if media is not None:
        return "", in_format(graph, media)
    kinds = (
        ("Classes", OWL.Class),
        ("Properties", OWL.ObjectProperty),
        ("Values", OWL.DatatypeProperty),
        ("Notes", OWL.AnnotationProperty),
    )  # fmt: skip
    told = [(kind, list(_terms(graph, of))) for kind, of in kinds]
    return _made("vocabulary.html", iri=str(SEN), kinds=[(k, t) for k, t in told if t]), b""


def policy_of(page: str) -> str:
    """The content security policy under which only the page's own script and style run."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in _INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    script, style = (" ".join(hashes[kind]) or "'none'" for kind in ("script", "style"))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _vocabulary() -> Graph:
    graph = Graph()
    graph.parse(data=(files("ontology") / "sicetnon.ttl").read_text("utf-8"), format="turtle")
    return graph


def _terms(graph: Graph, kind: URIRef) -> Iterator[dict[str, str]]:
    named = {t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef)}
    for term in sorted(named):
        if term.startswith(str(SEN)):
            comment = graph.value(term, RDFS.comment) or graph.value(term, RDFS.label) or ""
            yield {"name": term.removeprefix(str(SEN)), "comment": str(comment)}


def _href(iri: str, bases: Sequence[str]) -> str | None:
    for base in bases:
        if iri.startswith(base):
            return f"/{iri.removeprefix(base)}"
    if iri.startswith(str(SEN)):
        return f"/vocabulary#{iri.removeprefix(str(SEN))}"
    return iri if re.match(r"https?://", iri) else None


def _short(iri: str, bases: Sequence[str]) -> str:
    for base in bases:
        if iri.startswith(base):
            return unquote(iri.removeprefix(base))
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)


def _inline(name: str) -> Markup:
    return Markup((_TEMPLATES / name).read_text("utf-8"))  # noqa: S704 - a file of ours


def _made(template: str, **words: object) -> str:
    page = _environment().get_template(template)
    return page.render(style=_inline("serve.css"), **words)
