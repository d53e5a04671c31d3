"""A SPARQL 1.1 server as an rdflib dataset: what it is asked, and what is sent to it.

How a debate gets onto a server whole, :mod:`graph.staging` tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Self
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from .errors import QueryError, StoreError
from .oxigraph import Answer
from .sending import RefusedError, Server, basic, send, send_update, send_update_for_sure
from .vocab import PREFIXES

__all__ = ["OURS", "ServerDataset", "with_values"]

#: The names of all that is on a server for our own use, and no part of a debate, begin so.
OURS: Final = "urn:x-sicetnon:"
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_FORM: Final = "application/x-www-form-urlencoded"
#: With DISTINCT, Virtuoso 7 takes 8 seconds for the five pieces, and with GROUP BY 3 milliseconds.
_GRAPH_NAMES: Final = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_BLOCK: Final = SPARQLUpdateStore.BLOCK_FINDING_PATTERN


class ServerDataset(Dataset):
    """A SPARQL server as an rdflib dataset; queries of this package stream what it answers."""

    def __init__(self, server: Server) -> None:
        self.server = server
        shown = {} if server.user is None else {"Authorization": basic(server)}
        kept = SPARQLUpdateStore(server.query, server.update, method="POST_FORM", headers=shown)
        super().__init__(store=kept, default_union=True)
        for prefix, iri in PREFIXES.items():
            self.bind(prefix, iri, override=True, replace=True)
        self._graphs: tuple[str, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def ask(
        self,
        text: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        own_graphs: bool = True,
    ) -> Answer:
        """The answer to a query that :mod:`graph.query` has looked through.

        Unless it names graphs, or they are named here, it is asked of the union of all.

        Raises:
            SyntaxError: if it does not parse.
            QueryError: if the server refuses the query.
            StoreError: if there is no answer.

        """
        form = _form(text)
        if not (default_graphs or named_graphs or own_graphs):
            default_graphs = named_graphs = self.default_graphs()
        asked = [("query", _declared(text))]
        asked += [("default-graph-uri", iri) for iri in default_graphs]
        asked += [("named-graph-uri", iri) for iri in named_graphs]
        accept = _TRIPLES if form is ox.QueryTriples else _RESULTS
        body = urlencode(asked).encode()
        try:
            with send(self.server, self.server.query, body, _FORM, accept) as reply:
                body, most = reply.read(), reply.headers.get("X-SPARQL-MaxRows")
        except RefusedError as error:
            raise QueryError(f"the server refuses the query: {error}") from None
        try:
            answer = _answer(body, form)
            if most and isinstance(answer, ox.QuerySolutions):
                # Virtuoso says in this header, and nowhere else, that it has a limit of its own.
                if sum(1 for _ in answer) >= int(most):
                    raise QueryError(f"the server cuts answers off after {most} rows")
                return _answer(body, form)
            return answer
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.server}: the answer is no {accept}: {error}") from None

    def values(self, text: str) -> list[tuple[str, ...]]:
        """The values that a SELECT finds, as plain strings."""
        answer = self.ask(text)
        rows = answer if isinstance(answer, ox.QuerySolutions) else ()
        return [tuple(getattr(term, "value", "") for term in row) for row in rows]

    def default_graphs(self) -> tuple[str, ...]:
        """The graphs that make the default graph; none where the server's own is their union."""
        if self._graphs is None:
            united = self.values("SELECT ?d { ?d a sen:Debate } LIMIT 1")
            names = () if united else self.graph_names()
            self._graphs = tuple(sorted(name for name in names if not name.startswith(OURS)))
        return self._graphs

    def graph_names(self) -> frozenset[str]:
        """The names of all graphs, our own among them."""
        return frozenset(row[0] for row in self.values(_GRAPH_NAMES))

    def debates(self) -> dict[str, str]:
        """The ids of the debates that are there, by their base."""
        asked = "GRAPH ?g { ?debate a sen:Debate ; sen:base ?base ; sen:id ?id }"
        return {row[0]: row[1] for row in self.values(f"SELECT DISTINCT ?base ?id {{ {asked} }}")}

    def has(self, kind: str, name: str) -> bool:
        """True if a thing of a class has that id."""
        asked = f"GRAPH ?g {{ ?thing a <{kind}> ; sen:id {ox.Literal(name)} }}"
        return bool(self.values(f"SELECT ?thing {{ {asked} }} LIMIT 1"))

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of all things of a class."""
        asked = f"SELECT DISTINCT ?id {{ GRAPH ?g {{ ?thing a <{kind}> ; sen:id ?id }} }}"
        return frozenset(row[0] for row in self.values(asked))

    def change(self, update: str, *, for_sure: bool = False) -> None:
        """Run an update; on request, one that is seen through even if this process is killed.

        Raises:
            StoreError: if the server refuses it, or does not answer.

        """
        self._graphs = None
        try:
            (send_update_for_sure if for_sure else send_update)(self.server, update)
        except RefusedError as error:
            raise StoreError(f"{self.server}: the server refuses the load: {error}") from None

    def add_triples(self, graph: str, triples: str) -> None:
        """Add triples (N-Triples) to a graph by the Graph Store Protocol.

        Raises:
            StoreError: if the server refuses them, or does not answer.

        """
        mark = "&" if "?" in (self.server.graphs or "") else "?"
        url = f"{self.server.graphs}{mark}graph={quote(graph, safe='')}"
        try:
            with send(self.server, url, triples.encode(), _TRIPLES, "*/*") as reply:
                reply.read()
        except RefusedError as error:
            raise StoreError(f"{self.server}: the server refuses the load: {error}") from None


def _form(text: str) -> type:
    """Whether a query is answered by rows, a graph, or yes or no: the type that Oxigraph has.

    Raises:
        SyntaxError: if it does not parse.

    """
    return type(ox.Store().query(text, prefixes=dict(PREFIXES)))


def _answer(body: bytes, form: type) -> Answer:
    if form is ox.QueryTriples:
        found = ox.Store()
        found.bulk_load(body, format=ox.RdfFormat.N_TRIPLES)
        return found.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if form is ox.QueryBoolean and isinstance(answer, ox.QuerySolutions):
        # Virtuoso 7 answers ASK with a row that holds 1 or 0.
        yes = any(getattr(term, "value", "0") != "0" for row in answer for term in row)
        said = json.dumps({"head": {}, "boolean": yes})
        return ox.parse_query_results(said, format=ox.QueryResultsFormat.JSON)
    return answer


def _declared(text: str) -> str:
    """The same query with those prefixes declared that are ours and used without."""
    own = {name for name in PREFIXES if re.search(rf"(?i)\bPREFIX\s+{name}:", text)}
    used = (name for name in PREFIXES if name not in own and f"{name}:" in text)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + text


def with_values(text: str, terms: Mapping[ox.Variable, object]) -> str:
    r"""The query with what its variables stand for, as inline data at the start of its pattern.

    A term is written as RDF writes it, with all that could end it escaped (SPARQL 1.1 Query, 10.2).

    >>> with_values("ASK { ?s ?p ?o }", {ox.Variable("o"): ox.Literal('a " }')})
    'ASK { VALUES (?o) { ("a \\" }") }  ?s ?p ?o }'
    """
    if not terms:
        return text
    starts = _openings(text)
    names = " ".join(str(variable) for variable in terms)
    data = " ".join(str(term) for term in terms.values())
    at = next(starts)
    if re.search(r"(?i)\bCONSTRUCT\s*$", _bare(text[: at - 1])):
        at = next(starts)  # the first block is what the answer is made after
    return f"{text[:at]} VALUES ({names}) {{ ({data}) }} {text[at:]}"


def _openings(text: str) -> Iterator[int]:
    """Where the blocks of a query begin that stand in no other."""
    depth = 0
    for match in _BLOCK.finditer(text):
        if match["block_start"]:
            depth += 1
            if depth == 1:
                yield match.end()
        elif match["block_end"]:
            depth -= 1


def _bare(text: str) -> str:
    return re.sub(r"#[^\n>]*$", "", text, flags=re.MULTILINE)
