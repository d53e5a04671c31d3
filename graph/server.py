"""A SPARQL 1.1 server as an rdflib dataset: what it is asked, and what is sent to it.

How a debate gets onto a server whole, :mod:`graph.staging` tells.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from .errors import QueryError, StoreError
from .oxigraph import Answer
from .vocab import PREFIXES

__all__ = ["OURS", "Server", "ServerDataset", "is_url", "with_values"]

#: The names of all that is on a server for our own use, and no part of a debate, begin so.
OURS: Final = "urn:x-sicetnon:"
#: Answers that tell to come again.
_BUSY: Final = frozenset({429, 502, 503, 504})
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update; charset=utf-8"
#: With DISTINCT, Virtuoso 7 takes 8 seconds for the five pieces, and with GROUP BY 3 milliseconds.
_GRAPH_NAMES: Final = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_BLOCK: Final = SPARQLUpdateStore.BLOCK_FINDING_PATTERN
_MOST_TOLD: Final = 300


@dataclass(frozen=True, slots=True)
class Server:
    """Where a SPARQL server is asked, where updates go, and where graphs go (Graph Store Protocol).

    ``waits`` are the seconds between two tries of a request that did not come through.
    """

    query: str
    update: str
    graphs: str | None = None
    user: str | None = None
    password: str = field(default="", repr=False)
    waits: tuple[float, ...] = (0.5, 1, 2, 4, 8)

    @classmethod
    def at(cls, url: str, update: str | None = None, graphs: str | None = None) -> Server:
        """The server at a URL, which may hold ``user:password@``; updates go there as well.

        Raises:
            StoreError: if a URL is none.

        >>> Server.at("http://ann:secret@localhost:8890/sparql").query
        'http://localhost:8890/sparql'
        """
        for one in (url, update, graphs):
            if one is not None and not is_url(one):
                raise StoreError(f"{_without_password(one)}: the URL of a server begins with http")
        user, password, plain = _taken_apart(url)
        return cls(plain, update or plain, graphs, user, password)

    def __str__(self) -> str:
        return self.query


def is_url(location: object) -> bool:
    """True for what names a server and not a folder.

    >>> [is_url(place) for place in ("https://example.org/sparql", "kosovo.store")]
    [True, False]
    """
    return bool(re.match(r"https?://[^/]", str(location), re.IGNORECASE))


def _taken_apart(url: str) -> tuple[str | None, str, str]:
    """The user and the password in a URL, and the URL without them."""
    parts = urlsplit(url)
    given, at, host = parts.netloc.rpartition("@")
    user, _, password = given.partition(":")
    plain = urlunsplit(parts._replace(netloc=host))
    return (unquote(user) if at else None), unquote(password), plain


def _without_password(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//", url)


class ServerDataset(Dataset):
    """A SPARQL server as an rdflib dataset; queries of this package stream what it answers."""

    def __init__(self, server: Server) -> None:
        self.server = server
        shown = {} if server.user is None else {"Authorization": _basic(server)}
        kept = SPARQLUpdateStore(server.query, server.update, method="POST_FORM", headers=shown)
        super().__init__(store=kept, default_union=True)
        for prefix, iri in PREFIXES.items():
            self.bind(prefix, iri, override=True, replace=True)
        self._opener = _opener(server)
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
        try:
            with self._sent(self.server.query, urlencode(asked).encode(), _FORM, accept) as reply:
                body, most = reply.read(), reply.headers.get("X-SPARQL-MaxRows")
        except _RefusedError as error:
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

    def change(self, update: str) -> None:
        """Run an update.

        Raises:
            StoreError: if the server refuses it, or does not answer.

        """
        self._graphs = None
        self._put(self.server.update, update.encode(), _UPDATE)

    def add_triples(self, graph: str, triples: str) -> None:
        """Add triples (N-Triples) to a graph by the Graph Store Protocol.

        Raises:
            StoreError: if the server refuses them, or does not answer.

        """
        mark = "&" if "?" in (self.server.graphs or "") else "?"
        url = f"{self.server.graphs}{mark}graph={quote(graph, safe='')}"
        self._put(url, triples.encode(), _TRIPLES)

    def _put(self, url: str, body: bytes, kind: str) -> None:
        try:
            with self._sent(url, body, kind, "*/*") as reply:
                reply.read()
        except _RefusedError as error:
            raise StoreError(f"{self.server}: the server refuses the load: {error}") from None

    def _sent(self, url: str, body: bytes, kind: str, accept: str) -> http.client.HTTPResponse:
        """The reply to a request, tried again while the server is busy or cannot be reached."""
        headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "sicetnon"}
        for wait in itertools.chain(self.server.waits, [None]):
            request = urllib.request.Request(url, body, headers)  # noqa: S310 - Server.at looks
            try:
                reply: http.client.HTTPResponse = self._opener.open(request)
                return reply
            except urllib.error.HTTPError as error:
                with error:
                    told = _told(error)
                if error.code not in _BUSY:
                    raise _RefusedError(told) from None
            except (OSError, http.client.HTTPException) as error:
                told = str(getattr(error, "reason", error) or type(error).__name__)
            if wait is not None:
                time.sleep(wait)
        raise StoreError(f"{self.server}: no answer from the server: {told}")


class _RefusedError(Exception):
    """A request that was answered with an error; it reads as the server has it, in one line."""


def _basic(server: Server) -> str:
    """User and password in UTF-8 (RFC 7617), which rdflib has in ASCII only."""
    pair = f"{server.user}:{server.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def _opener(server: Server) -> urllib.request.OpenerDirector:
    """What sends requests, and shows the password to the server that asks for it, as it asks."""
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if server.user is not None:
        for url in filter(None, (server.query, server.update, server.graphs)):
            known.add_password(None, url, server.user, server.password)
    return urllib.request.build_opener(
        urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)
    )


def _told(error: urllib.error.HTTPError) -> str:
    """What a server says of an error, in one line."""
    said = error.read(10_000).decode("utf-8", "replace")
    said = " ".join(re.sub(r"<[^>\n]*>", " ", said.partition("SPARQL query:")[0]).split())
    return f"{error.code} {error.reason}{': ' if said else ''}{said[:_MOST_TOLD]}"


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
