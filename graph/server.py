"""A SPARQL 1.1 server as a store: what it is asked, and how a debate gets there whole.

A debate is loaded in batches into staging graphs. They hold its triples under predicates that no
query asks for, so what is half there is not seen, even where the default graph of a server is the
union of all its graphs. One update then puts all of it in the place of what was there. Servers
treat one request as a whole (SPARQL 1.1 Update, section 3), so whoever asks sees the old debate or
the new. Each batch leaves a mark, by which a load that was cut off goes on.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import itertools
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self, TypeAlias
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from .errors import QueryError, StoreError
from .oxigraph import Quad, ox_quads
from .replacing import Incoming, replaced
from .vocab import PREFIXES

__all__ = ["Server", "ServerDataset", "Tell", "is_url", "load_server", "with_values"]

#: What is called with the number of batches that are loaded, and of all.
Tell: TypeAlias = Callable[[int, int], object]

#: The names of all that is ours and no part of a debate begin so.
_OURS: Final = "urn:x-sicetnon:"
_HIDDEN: Final = f"{_OURS}staged:"
_BATCH, _READY, _LOADED, _OLD, _GOES_TO = (
    f"<{_OURS}{name}>" for name in ("batch", "ready", "loaded", "old", "goes-to")
)
#: Triples to a request; Virtuoso compiles much larger ones slowly or not at all.
_BATCH_SIZE: Final = 1000
#: Answers that tell to come again.
_BUSY: Final = frozenset({429, 502, 503, 504})
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
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
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
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

    def default_graphs(self) -> tuple[str, ...]:
        """The graphs that make the default graph; none where the server's own is their union."""
        if self._graphs is None:
            united = next(iter(self._rows("SELECT ?d { ?d a sen:Debate } LIMIT 1")), None)
            names = () if united else (row[0] for row in self._rows(_GRAPH_NAMES))
            self._graphs = tuple(sorted(n for n in names if not n.startswith(_OURS)))
        return self._graphs

    def has(self, kind: str, name: str) -> bool:
        """True if a thing of a class has that id."""
        asked = f"GRAPH ?g {{ ?thing a <{kind}> ; sen:id {ox.Literal(name)} }}"
        return bool(list(self._rows(f"SELECT ?thing {{ {asked} }} LIMIT 1")))

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of all things of a class."""
        asked = f"SELECT DISTINCT ?id {{ GRAPH ?g {{ ?thing a <{kind}> ; sen:id ?id }} }}"
        return frozenset(row[0] for row in self._rows(asked))

    def debates(self) -> dict[str, str]:
        """The ids of the debates that are there, by their base."""
        asked = "GRAPH ?g { ?debate a sen:Debate ; sen:base ?base ; sen:id ?id }"
        return dict(self._rows(f"SELECT DISTINCT ?base ?id {{ {asked} }}"))  # type: ignore[arg-type]

    def graph_names(self) -> frozenset[str]:
        """The names of all graphs, those of staging among them."""
        return frozenset(row[0] for row in self._rows(_GRAPH_NAMES))

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

    def values(self, text: str) -> list[tuple[str, ...]]:
        """The values that a SELECT finds, as plain strings."""
        return list(self._rows(text))

    def _rows(self, text: str) -> Iterator[tuple[str, ...]]:
        answer = self.ask(text)
        if isinstance(answer, ox.QuerySolutions):
            for row in answer:
                yield tuple(getattr(term, "value", "") for term in row)

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


_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update; charset=utf-8"
#: With DISTINCT, Virtuoso 7 takes 8 seconds for the five pieces, and with GROUP BY 3 milliseconds.
_GRAPH_NAMES = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


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


def _answer(body: bytes, form: type) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
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


_BLOCK = SPARQLUpdateStore.BLOCK_FINDING_PATTERN


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


@dataclass(frozen=True, slots=True)
class _Staging:
    """The names under which one load prepares what it loads.

    They hold what the load is about and a digest of its contents, so that two loads do not mix,
    and the same one goes on where it was cut off.
    """

    key: str
    digest: str

    @property
    def all(self) -> str:
        """How the names of all loads of the same debate begin."""
        return f"{_OURS}staging:{self.key}:"

    @property
    def name(self) -> str:
        return f"{self.all}{self.digest}:"

    @property
    def state(self) -> str:
        return f"{self.name}state"

    def graph(self, number: int) -> str:
        return f"{self.name}{number}"


def load_server(dataset: ServerDataset, quads: Iterable[Quad], tell: Tell) -> None:
    """Put a debate on a server, in place of all that it had of it before.

    Raises:
        StoreError: if the server cannot be reached or refuses; the old debate is there then.

    """
    new = Incoming(quads)
    lines = list(_lines(new))
    if not lines:
        return
    graphs = sorted(new.graphs)
    digest = hashlib.sha256()
    for graph, line in lines:
        digest.update(f"{graph}\n{line}\n".encode())
    key = hashlib.sha256(graphs[0].encode()).hexdigest()
    staging = _Staging(key[:16], digest.hexdigest()[:32])
    names = dataset.graph_names()
    old = replaced(dataset.debates(), new, names)
    _drop(dataset, (n for n in names if n.startswith(staging.all)
                    and not n.startswith(staging.name)))  # fmt: skip
    _stage(dataset, staging, graphs, lines, tell)
    _make_ready(dataset, staging, graphs, sorted(old))
    _exchange(dataset, staging)
    _drop(dataset, (staging.graph(number) for number in range(len(graphs))))


def _lines(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    """Graphs and triples (N-Triples), each with its predicate under the name that hides it.

    A blank node means another one in each request, so it gets a name (RDF 1.1 Concepts, 3.5).
    """
    for quad in ox_quads(quads):
        graph = quad.graph_name.value  # type: ignore[union-attr]
        subject, value = (
            f"<{graph}#{term.value}>" if isinstance(term, ox.BlankNode) else str(term)
            for term in (quad.subject, quad.object)
        )
        yield graph, f"{subject} <{_HIDDEN}{quad.predicate.value}> {value} ."


def _stage(
    dataset: ServerDataset,
    staging: _Staging,
    graphs: Sequence[str],
    lines: Sequence[tuple[str, str]],
    tell: Tell,
) -> None:
    """Load all batches that are not there yet."""
    state = f"<{staging.state}>"
    asked = f"SELECT ?n {{ GRAPH {state} {{ {state} {_BATCH} ?n }} }}"
    there = {row[0] for row in dataset.values(asked)}
    starts = range(0, len(lines), _BATCH_SIZE)
    numbers = {graph: number for number, graph in enumerate(graphs)}
    for done, start in enumerate(starts):
        tell(done, len(starts))
        if str(done) in there:
            continue
        batch: dict[str, list[str]] = {}
        for graph, line in lines[start : start + _BATCH_SIZE]:
            batch.setdefault(staging.graph(numbers[graph]), []).append(line)
        mark = {staging.state: [f'{state} {_BATCH} "{done}" .']}
        if dataset.server.graphs is None:
            dataset.change(_insert(batch | mark))
        else:
            for graph, triples in batch.items():
                dataset.add_triples(graph, "\n".join([*triples, ""]))
            dataset.change(_insert(mark))
    tell(len(starts), len(starts))


def _make_ready(
    dataset: ServerDataset, staging: _Staging, graphs: Sequence[str], old: Sequence[str]
) -> None:
    """Note which graphs go and where the new ones are, and then that all is there."""
    state = f"<{staging.state}>"
    notes = [f"{state} {_OLD} <{name}> ." for name in old]
    notes += [f"<{staging.graph(n)}> {_GOES_TO} <{name}> ." for n, name in enumerate(graphs)]
    for start in range(0, len(notes), _BATCH_SIZE):
        dataset.change(_insert({staging.state: notes[start : start + _BATCH_SIZE]}))
    dataset.change(_insert({staging.state: [f'{state} {_READY} "{staging.digest}" .']}))


def _insert(batch: Mapping[str, Sequence[str]]) -> str:
    parts = ("\n".join([f"GRAPH <{name}> {{", *lines, "}"]) for name, lines in batch.items())
    return "\n".join(["INSERT DATA {", *parts, "}"])


def _exchange(dataset: ServerDataset, staging: _Staging) -> None:
    """Put what is staged in the place of the old graphs, all in one request.

    Every part of it asks for the mark that all is there, and the last one takes the mark away: sent
    twice, since a connection broke before the answer came, it does nothing the second time. Which
    graphs take part is asked for as well, for a request that named hundreds would be too long.
    """
    state, kept, about = f"<{staging.state}>", f"<{_OURS}loads>", f"<{staging.all}>"
    ready = f'{state} {_READY} "{staging.digest}"'
    plain = f"BIND(IRI(SUBSTR(STR(?q), {len(_HIDDEN) + 1})) AS ?p)"
    parts = (
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {state} {{ {ready} ; {_OLD} ?g }} GRAPH ?g {{ ?s ?p ?o }} }}",
        f"INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {state} {{ {ready} . ?staged {_GOES_TO} ?g }} "
        f"GRAPH ?staged {{ ?s ?q ?o }} {plain} }}",
        f"DELETE {{ GRAPH {kept} {{ {about} {_LOADED} ?old }} }} "
        f"WHERE {{ GRAPH {state} {{ {ready} }} GRAPH {kept} {{ {about} {_LOADED} ?old }} }}",
        f'INSERT {{ GRAPH {kept} {{ {about} {_LOADED} "{staging.digest}" }} }} '
        f"WHERE {{ GRAPH {state} {{ {ready} }} }}",
        f"DROP SILENT GRAPH {state}",
    )
    dataset.change(" ;\n".join(parts))
    asked = f"SELECT ?digest {{ GRAPH {kept} {{ {about} {_LOADED} ?digest }} }}"
    if dataset.values(asked) != [(staging.digest,)]:
        raise StoreError(
            f"{dataset.server}: another load of the same debate came between; load it again"
        )


def _drop(dataset: ServerDataset, names: Iterable[str]) -> None:
    for name in sorted(names):
        dataset.change(f"DROP SILENT GRAPH <{name}>")
