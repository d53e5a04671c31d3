"""SPARQL over a debate: the named queries that come with the package, or one of your own.

Queries only read. Updates and ``SERVICE`` are refused, so a query reaches nothing but the data it
is run on. The parser of rdflib tells what is in a query; Oxigraph runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from .errors import ForbiddenQueryError, QueryError
from .named_queries import NamedQuery, bound, find_query, named_queries
from .oxigraph import Answer, OxDataset, Quad, ox_quads
from .results import Result
from .server import ServerDataset, with_values
from .vocab import PREFIXES, SEN

__all__ = [
    "Answer",
    "NamedQuery",
    "Result",
    "ask",
    "named_queries",
    "result_of",
    "rows_of",
    "run_query",
]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MOST_TOLD = 100
#: The word SERVICE, except where it is surely the name of a variable or of a prefixed thing.
_SERVICE = re.compile(r"(?<![?$:])s(?=ervice)", re.IGNORECASE)

#: What can nest: a query with very many ends the process, in the parser of Oxigraph.
_NESTING = re.compile(r"[(\[!]|<<|[-+](?!\w)")
_MOST_BRACES, _MOST_NESTING = 200, 2000


def run_query(
    graph: Graph, text_or_name: str, values: Mapping[str, str] = MappingProxyType({})
) -> Result:
    """The answer to a query, given as SPARQL or as the name of a query of the package.

    A dataset is asked as the union of its graphs. The prefixes sen, schema, prov, oa, skos, owl,
    rdf, rdfs and xsd need no declaration. ``values`` are what variables of the query stand for:
    strings, or IRIs in angle brackets; whatever is in them, they cannot become part of the query.

    Raises:
        QueryError: if the query is not known, does not parse, changes data or uses SERVICE, or if
            a value is missing or names nothing there is.

    >>> from .model import Debate
    >>> from .rdf import to_rdf
    >>> trams = to_rdf(Debate("trams", "Trams"))
    >>> run_query(trams, "SELECT ?title { ?debate a sen:Debate ; schema:name ?title }").rows
    ((rdflib.term.Literal('Trams'),),)
    """
    try:
        return result_of(ask(graph, text_or_name, values))
    except OSError as error:
        raise QueryError(f"the query failed: {error}") from None


def ask(
    graph: Graph,
    text_or_name: str,
    values: Mapping[str, str] = MappingProxyType({}),
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """The answer as :func:`run_query` has it, row by row, for results that memory need not hold.

    Where graphs are named, the query is asked of these and no others, whatever it says itself
    (SPARQL 1.1 Protocol, 2.1.4).

    Raises:
        QueryError: as :func:`run_query` does.

    """
    named = find_query(text_or_name)
    text = named.text if named else text_or_name
    if text.count("{") > _MOST_BRACES or len(_NESTING.findall(text)) > _MOST_NESTING:
        raise QueryError("the query has too many brackets to be parsed safely; make it simpler")
    own_graphs = _check(text)
    try:
        if isinstance(graph, ServerDataset):
            terms = bound(named, text, values, graph.has, graph.ids)
            return graph.ask(
                with_values(_masked(text), terms), default_graphs, named_graphs,
                own_graphs=own_graphs,
            )  # fmt: skip
        # No local name here may hold the store itself: the parser keeps this frame in a cycle, and
        # a folder would stay open after it is closed.
        dataset = _fast(graph)
        terms = bound(named, text, values, partial(_has, dataset), partial(_ids, dataset))
        return dataset.inner.query(
            _masked(text), prefixes=dict(PREFIXES), substitutions=terms,
            **_dataset(default_graphs, named_graphs, own_graphs=own_graphs),
        )  # fmt: skip
    except SyntaxError as error:
        raise QueryError(_told(error)) from None
    except RuntimeError as error:  # so Oxigraph says that it cannot set a variable
        raise QueryError(f"{str(error)[:1].lower()}{str(error)[1:]}") from None
    except OSError as error:
        raise QueryError(f"the query failed: {error}") from None


def _has(dataset: OxDataset, kind: str, name: str) -> bool:
    """True if a thing of a class has that id."""
    store = dataset.inner
    rdf_type, of_kind = ox.NamedNode(RDF.type), ox.NamedNode(kind)
    named = store.quads_for_pattern(None, ox.NamedNode(SEN.id), ox.Literal(name))
    return any(
        next(store.quads_for_pattern(quad.subject, rdf_type, of_kind), None) for quad in named
    )


def _ids(dataset: OxDataset, kind: str) -> frozenset[str]:
    """The ids of all things of a class."""
    store = dataset.inner
    things = store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
    return frozenset(
        found.object.value
        for thing in things
        for found in store.quads_for_pattern(thing.subject, ox.NamedNode(SEN.id), None)
        if isinstance(found.object, ox.Literal)
    )


def _dataset(default: Sequence[str], named: Sequence[str], *, own_graphs: bool) -> dict[str, Any]:
    """The graphs that a query sees: those that are named, those it names itself, or all."""
    if not default and not named:
        return {"use_default_graph_as_union": not own_graphs}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named],
        }
    except ValueError as error:
        raise QueryError(f"a graph has no valid name: {error}") from None


@lru_cache(maxsize=256)
def _check(text: str) -> bool:
    """Raise if a query changes data or asks a server, wherever that stands; tell if it has FROM.

    rdflib's parser takes longer than most answers, and the same queries are asked again and again.
    """
    try:
        algebra = translateQuery(parseQuery(text), initNs=dict(PREFIXES)).algebra
    except RecursionError:
        raise QueryError("the query is nested too deeply") from None
    except Exception:  # noqa: BLE001, RUF100 - rdflib raises many types; Oxigraph tells the place
        if _is_update(text):
            raise ForbiddenQueryError("this is an update; queries here only read") from None
        return False
    if any(part.name == "ServiceGraphPattern" for part in _parts(algebra)):
        raise ForbiddenQueryError(
            "the query uses SERVICE, which would ask another server; leave it out"
        )
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


def _fast(graph: Graph) -> OxDataset:
    """The graph as Oxigraph has it, copied if need be."""
    if isinstance(graph, OxDataset):
        return graph
    dataset = OxDataset()
    dataset.inner.extend(ox_quads(_quads(graph)))
    return dataset


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


def result_of(answer: Answer) -> Result:
    """All of an answer in memory, as terms of rdflib."""
    if isinstance(answer, ox.QueryBoolean):
        return Result(boolean=bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        variables = tuple(variable.value for variable in answer.variables)
        return Result(variables, tuple(rows_of(answer)))
    graph = Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    for triple in answer:
        s, p, o = _term(triple.subject), _term(triple.predicate), _term(triple.object)
        if s is not None and p is not None and o is not None:
            graph.add((s, p, o))
    return Result(graph=graph)


def rows_of(answer: ox.QuerySolutions) -> Iterator[tuple[Node | None, ...]]:
    """The rows of an answer, one by one, ``None`` where a variable has no value."""
    for row in answer:
        yield tuple(_term(term) for term in row)


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
