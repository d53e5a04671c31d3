"""How a debate gets onto a SPARQL server whole.

It is loaded in batches into staging graphs. They hold its triples under predicates that no query
asks for, so what is half there is not seen, even where the default graph of a server is the union
of all its graphs. One update then puts all of it in the place of what was there; servers should
treat one request as a whole (SPARQL 1.1 Update, section 3), so whoever asks sees the old debate or
the new. Each batch leaves a mark beside its triples, by which a load that was cut off goes on.

A request may come late, or twice, and two people may load the same debate. So every request that
takes something away first writes the note of what is loaded, which makes a server with locks do
one after the other; and the exchange does nothing unless all marks are there and nobody else has
loaded the debate since this load began.

Virtuoso 7 breaks a request off when its sender is gone, and keeps what is done of it: inserts stop
sooner than deletes. So a mark is written after the triples that it stands for, the exchange is
seen through by a process of its own, and one that was broken off all the same is ended by the next
load, whoever's that is.
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
_BATCH, _READY, _GO, _BEFORE, _LOADED, _OLD, _GOES_TO = (
    f"<{OURS}{name}>" for name in ("batch", "ready", "go", "before", "loaded", "old", "goes-to")
)
_KEPT: Final = f"<{OURS}loads>"
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
        StoreError: if the server cannot be reached or refuses, or somebody else loads the same
            debate meanwhile; what was there before, or what they have loaded, is there then.

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
    _end_others(dataset, staging, names)
    # Whatever is loaded after this makes this load void.
    before = _loaded(dataset, staging) or _note_nothing(dataset, staging)
    names = dataset.graph_names()
    old = replaced(dataset.debates(), new, names)
    of_others = {n for n in names if n.startswith(staging.all) and not n.startswith(staging.name)}
    _drop(dataset, staging, of_others)
    marks = _stage(dataset, staging, graphs, lines, tell)
    _make_ready(dataset, staging, graphs, sorted(old), before)
    _exchange(dataset, staging, marks)
    _drop(dataset, staging, (staging.graph(number) for number in range(len(graphs))))


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


def _loaded(dataset: ServerDataset, staging: _Staging) -> list[str]:
    """The digest of what is loaded, if anything is noted."""
    return [row[0] for row in dataset.values(f"SELECT ?loaded {{ {_note(staging)} }}")]


def _note_nothing(dataset: ServerDataset, staging: _Staging) -> list[str]:
    """Note before the first load that nothing is loaded, so that there is a note to write over."""
    note = _note(staging, '"nothing"')
    dataset.change(f"INSERT DATA {{ {note} }}")
    return ["nothing"]


def _stage(
    dataset: ServerDataset,
    staging: _Staging,
    graphs: Sequence[str],
    lines: Sequence[tuple[str, str]],
    tell: Tell,
) -> int:
    """Load all batches that are not there yet; the number of marks that show that all are."""
    about = f"<{staging.name}>"
    asked = f"SELECT ?batch ?staged {{ GRAPH ?staged {{ {about} {_BATCH} ?batch }} }}"
    there = set(dataset.values(asked))
    starts = range(0, len(lines), _BATCH_SIZE)
    numbers = {graph: number for number, graph in enumerate(graphs)}
    marks = 0
    for done, start in enumerate(starts):
        tell(done, len(starts))
        batch: dict[str, list[str]] = {}
        for graph, line in lines[start : start + _BATCH_SIZE]:
            batch.setdefault(staging.graph(numbers[graph]), []).append(line)
        marks += len(batch)
        if there.issuperset((str(done), staged) for staged in batch):
            continue
        mark = _insert({staged: [f'{about} {_BATCH} "{done}" .'] for staged in batch})
        if dataset.server.graphs is None:
            dataset.change(f"{_insert(batch)} ;\n{mark}")
        else:
            for staged, triples in batch.items():
                dataset.add_triples(staged, "\n".join([*triples, ""]))
            dataset.change(mark)
    tell(len(starts), len(starts))
    return marks


def _make_ready(
    dataset: ServerDataset,
    staging: _Staging,
    graphs: Sequence[str],
    old: Sequence[str],
    before: Sequence[str],
) -> None:
    """Note which graphs go, where the new ones are and what is loaded; then that all is there."""
    state = f"<{staging.state}>"
    notes = [f"{state} {_OLD} <{name}> ." for name in old]
    notes += [f"<{staging.graph(n)}> {_GOES_TO} <{name}> ." for n, name in enumerate(graphs)]
    notes += [f'{state} {_BEFORE} "{digest}" .' for digest in before]
    _drop(dataset, staging, [staging.state])
    for start in range(0, len(notes), _BATCH_SIZE):
        dataset.change(_insert({staging.state: notes[start : start + _BATCH_SIZE]}))
    dataset.change(_insert({staging.state: [f'{state} {_READY} "{staging.digest}" .']}))


def _insert(batch: Mapping[str, Sequence[str]]) -> str:
    parts = ("\n".join([f"GRAPH <{name}> {{", *lines, "}"]) for name, lines in batch.items())
    return "\n".join(["INSERT DATA {", *parts, "}"])


def _exchange(dataset: ServerDataset, staging: _Staging, marks: int) -> None:
    """Put what is staged in the place of the old graphs, all in one request.

    Its first part says that it may go on, and all others ask for that. Sent again after it was
    done it does nothing, and sent again after it was broken off it does the rest.
    """
    state = f"<{staging.state}>"
    count = (
        f"SELECT (COUNT(*) AS ?marks) WHERE {{ GRAPH {state} {{ ?staged {_GOES_TO} ?to }} "
        f"GRAPH ?staged {{ <{staging.name}> {_BATCH} ?batch }} }}"
    )
    another = (
        f"{_note(staging)} FILTER NOT EXISTS {{ GRAPH {state} {{ {state} {_BEFORE} ?loaded }} }}"
    )
    start = (
        f'INSERT {{ GRAPH {state} {{ {state} {_GO} "{staging.digest}" }} }} '
        f'WHERE {{ GRAPH {state} {{ {state} {_READY} "{staging.digest}" }} '
        f"{{ {count} }} FILTER(?marks = {marks}) FILTER NOT EXISTS {{ {another} }} }}"
    )
    _change_alone(dataset, staging, start, *_rest(staging), for_sure=True)
    if _loaded(dataset, staging) != [staging.digest]:
        raise StoreError(
            f"{dataset.server}: another load of the same debate came between; load it again"
        )


def _rest(staging: _Staging) -> tuple[str, ...]:
    """The parts of an exchange that has begun: delete, insert, and note that it is done.

    Which graphs take part is asked for, since a request that named hundreds would be too long.
    """
    state, loaded = f"<{staging.state}>", _note(staging)
    done = _note(staging, f'"{staging.digest}"')
    go = f'{state} {_GO} "{staging.digest}"'
    plain = f"BIND(IRI(SUBSTR(STR(?q), {len(_HIDDEN) + 1})) AS ?p)"
    return (
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {state} {{ {go} ; {_OLD} ?g }} GRAPH ?g {{ ?s ?p ?o }} }}",
        f"INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {state} {{ {go} . ?staged {_GOES_TO} ?g }} GRAPH ?staged {{ ?s ?q ?o }} "
        f'FILTER(STRSTARTS(STR(?q), "{_HIDDEN}")) {plain} }}',
        f"DELETE {{ {loaded} }} WHERE {{ GRAPH {state} {{ {go} }} {loaded} }}",
        f"INSERT {{ {done} }} WHERE {{ GRAPH {state} {{ {go} }} }}",
        f"DELETE {{ GRAPH {state} {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {state} {{ {go} . ?s ?p ?o }} {done} }}",
    )


def _end_others(dataset: ServerDataset, staging: _Staging, names: Iterable[str]) -> None:
    """Do the rest of an exchange of the same debate that was broken off."""
    for name in sorted(names):
        if name.startswith(staging.all) and name.endswith(":state"):
            digest = name.removeprefix(staging.all).removesuffix(":state")
            _change_alone(dataset, staging, *_rest(_Staging(staging.key, digest)), for_sure=True)


def _note(staging: _Staging, loaded: str = "?loaded") -> str:
    """The note which load is what the server has, or the pattern of it."""
    return f"GRAPH {_KEPT} {{ <{staging.all}> {_LOADED} {loaded} }}"


def _drop(dataset: ServerDataset, staging: _Staging, names: Iterable[str]) -> None:
    for name in sorted(names):
        _change_alone(dataset, staging, f"DROP SILENT GRAPH <{name}>")


def _change_alone(
    dataset: ServerDataset, staging: _Staging, *parts: str, for_sure: bool = False
) -> None:
    """Run an update that waits until all others of this kind, for the same debate, are done."""
    note = _note(staging)
    lock = f"DELETE {{ {note} }} INSERT {{ {note} }} WHERE {{ {note} }}"
    dataset.change(" ;\n".join([lock, *parts]), for_sure=for_sure)
