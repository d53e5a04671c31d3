"""SPARQL over a debate: the named queries that come with the package, or one of your own.

Queries only read. Updates and ``SERVICE`` are refused, so a query reaches nothing but the data it
is run on. The parser of rdflib tells what is in a query; Oxigraph runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from .errors import QueryError
from .model import nearest
from .oxigraph import OxDataset, Quad, ox_quads
from .results import Result
from .vocab import PREFIXES

__all__ = ["NamedQuery", "Result", "named_queries", "run_query"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MOST_TOLD = 100
#: The word SERVICE, except where it is surely the name of a variable or of a prefixed thing.
_SERVICE = re.compile(r"(?<![?$:])s(?=ervice)", re.IGNORECASE)

#: What can nest: a query with very many ends the process, in the parser of Oxigraph.
_NESTING = re.compile(r"[(\[!]|<<|[-+](?!\w)")
_MOST_BRACES, _MOST_NESTING = 200, 2000


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the package: its name, title, description and text."""

    name: str
    title: str
    description: tuple[str, ...]
    text: str


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """The queries that come with the package, by name.

    >>> named_queries()[0].name
    'arguments-with-linked-premises'
    """
    found = (p for p in (files("ontology") / "queries").iterdir() if p.name.endswith(".rq"))
    return tuple(
        sorted(
            (_named(p.name.removesuffix(".rq"), p.read_text(encoding="utf-8")) for p in found),
            key=lambda query: query.name,
        )
    )


def run_query(graph: Graph, text_or_name: str) -> Result:
    """The answer to a query, given as SPARQL or as the name of a query of the package.

    A dataset is asked as the union of its graphs. The prefixes sen, schema, prov, oa, skos, owl,
    rdf, rdfs and xsd need no declaration.

    Raises:
        QueryError: if the query is not known, does not parse, changes data or uses SERVICE.

    >>> from .model import Debate
    >>> from .rdf import to_rdf
    >>> trams = to_rdf(Debate("trams", "Trams"))
    >>> run_query(trams, "SELECT ?title { ?debate a sen:Debate ; schema:name ?title }").rows
    ((rdflib.term.Literal('Trams'),),)
    """
    text = _text(text_or_name)
    if text.count("{") > _MOST_BRACES or len(_NESTING.findall(text)) > _MOST_NESTING:
        raise QueryError("the query has too many brackets to be parsed safely; make it simpler")
    own_graphs = _check(text)
    try:
        return _result(
            _fast(graph).query(
                _masked(text), prefixes=dict(PREFIXES), use_default_graph_as_union=not own_graphs
            )
        )
    except SyntaxError as error:
        raise QueryError(_told(error)) from None
    except OSError as error:
        raise QueryError(f"the query failed: {error}") from None


def _named(name: str, text: str) -> NamedQuery:
    """A named query, whose title is the first line of its comment."""
    comment: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comment.append(line.removeprefix("#").strip())
    title, *more = comment or [name]
    return NamedQuery(name, title, tuple(more), text)


def _text(text_or_name: str) -> str:
    name = text_or_name.strip()
    if not _NAME.fullmatch(name):
        return text_or_name
    known = {query.name: query.text for query in named_queries()}
    if name not in known:
        told = nearest(name, known) or f"; there are: {', '.join(sorted(known))}"
        raise QueryError(f"no query is called {name!r}{told}")
    return known[name]


def _check(text: str) -> bool:
    """Raise if a query changes data or asks a server, wherever that stands; tell if it has FROM."""
    try:
        algebra = translateQuery(parseQuery(text), initNs=dict(PREFIXES)).algebra
    except RecursionError:
        raise QueryError("the query is nested too deeply") from None
    except Exception:  # noqa: BLE001, RUF100 - rdflib raises many types; Oxigraph tells the place
        if _is_update(text):
            raise QueryError("this is an update; queries here only read") from None
        return False
    if any(part.name == "ServiceGraphPattern" for part in _parts(algebra)):
        raise QueryError("the query uses SERVICE, which would ask another server; leave it out")
    return bool(algebra.datasetClause)


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(_declared(text)).request)
    except (ParseException, RecursionError):
        return False


def _declared(text: str) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + text


def _parts(part: Any) -> Iterator[CompValue]:  # noqa: ANN401, RUF100
    """All parts of rdflib's algebra; what its parser yields is a list, a dict or one of these."""
    todo = [part]
    while todo:
        part = todo.pop()
        if isinstance(part, CompValue):
            yield part
            todo.extend(part.values())
        elif isinstance(part, list | tuple | set | frozenset):
            todo.extend(part)
        elif isinstance(part, dict):
            todo.extend([*part.keys(), *part.values()])


def _masked(text: str) -> str:
    r"""The same query, with the word SERVICE written so that it cannot be the keyword.

    Two parsers may disagree about where a string or a comment ends, and what rdflib takes for text
    Oxigraph might run: in ``"\u0022 # " SERVICE ...`` the one sees a comment and the other a call.
    An escape means the same inside strings and IRIs, and is a syntax error anywhere else.
    """
    return _SERVICE.sub(lambda s: f"\\u{ord(s.group()):04x}", text)


def _fast(graph: Graph) -> ox.Store:
    """The graph as Oxigraph has it, copied if need be."""
    if isinstance(graph, OxDataset):
        return graph.inner
    store = ox.Store()
    store.extend(ox_quads(_quads(graph)))
    return store


def _quads(graph: Graph) -> Iterator[Quad]:
    plain = URIRef("urn:x-rdflib:default")
    if not isinstance(graph, Dataset):
        for s, p, o in graph:
            yield _quad(s, p, o, plain)
        return
    for s, p, o, g in graph.quads():
        yield _quad(s, p, o, plain if g is None else URIRef(str(g)))


def _quad(s: Node, p: Node, o: Node, g: URIRef) -> Quad:
    if not isinstance(s, URIRef | BNode) or not isinstance(p, URIRef):
        raise QueryError(f"the graph holds {s!r} {p!r}, which is no RDF")
    return s, p, o, g


def _result(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        return Result(boolean=bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        variables = tuple(variable.value for variable in answer.variables)
        return Result(variables, tuple(tuple(_term(t) for t in row) for row in answer))
    graph = Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    for triple in answer:
        s, p, o = _term(triple.subject), _term(triple.predicate), _term(triple.object)
        if s is not None and p is not None and o is not None:
            graph.add((s, p, o))
    return Result(graph=graph)


def _term(term: object) -> Node | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = URIRef(term.datatype.value)
        return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
    raise QueryError(f"the result holds {term}, which is more than RDF 1.1 has")


def _told(error: SyntaxError) -> str:
    """One line for a person from Oxigraph's message, with the place in the query."""
    text = str(error)
    if place := _PLACE.fullmatch(text):
        line, column, what = place.groups()
        if len(what) > _MOST_TOLD:  # all the characters that could begin something
            what = "something else must stand here, or the query is not finished"
        return f"the query has a mistake in line {line}, column {column}: {what}"
    return f"the query has a mistake: {text}"
