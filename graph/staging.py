"""How a debate gets onto a SPARQL server whole.

It is loaded in batches into staging graphs. They hold its triples under predicates that no query
asks for, so what is half there is not seen, even where the default graph of a server is the union
of all its graphs. One update then puts all of it in the place of what was there; servers should
treat one request as a whole (SPARQL 1.1 Update, section 3), so whoever asks sees the old debate or
the new. Each batch leaves a mark, by which a load that was cut off goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from .errors import StoreError
from .oxigraph import Quad, ox_quads
from .replacing import Incoming, replaced
from .server import OURS, ServerDataset

__all__ = ["Tell", "load_server"]

#: What is called with the number of batches that are loaded, and of all.
Tell: TypeAlias = Callable[[int, int], object]

_HIDDEN: Final = f"{OURS}staged:"
_BATCH, _READY, _LOADED, _OLD, _GOES_TO = (
    f"<{OURS}{name}>" for name in ("batch", "ready", "loaded", "old", "goes-to")
)
#: Triples to a request; Virtuoso took these fastest of 200, 500, 1,000 and 2,000.
_BATCH_SIZE: Final = 1000


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
        return f"{OURS}staging:{self.key}:"

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
    of_others = {n for n in names if n.startswith(staging.all) and not n.startswith(staging.name)}
    _drop(dataset, of_others)
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
    state, kept, about = f"<{staging.state}>", f"<{OURS}loads>", f"<{staging.all}>"
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
