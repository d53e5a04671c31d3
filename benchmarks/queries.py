"""How long named queries take: ``python -m benchmarks.queries 1000 10000 100000``.

For each number of claims, five named queries are put to the same graph through ``ask`` of this
package, through its endpoint on loopback, through pyoxigraph itself, to Virtuoso on loopback
(``virtuoso-t`` must be installed) and, the author query only and once, to rdflib's store in memory.
Prints medians in milliseconds, all rows read, and their ratio to pyoxigraph itself.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import httpx
import pyoxigraph as ox
import typer
from rdflib import Dataset

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.named_queries import find_query
from graph.query import ask
from graph.rdf import Quad, findings_to_quads, to_quads
from graph.serve.app import Served, make_app
from graph.serve.run import served_store
from graph.store import Server, load, open_store
from graph.vocab import PREFIXES
from tests.serving import serving_app
from tests.virtuoso import virtuoso

AUTHOR_QUERY = "contradictions-between-authors"


def _median(run: Callable[[], int], repeats: int) -> tuple[float, int]:
    """Milliseconds, and the number of rows, which must be the same each time."""
    rows = {run()}
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        rows.add(run())
        times.append((time.perf_counter() - began) * 1000)
    (count,) = rows
    return statistics.median(times), count


def _ours(store: Dataset, name: str, values: dict[str, str]) -> int:
    return sum(1 for _ in ask(store, name, values))  # type: ignore[union-attr, misc]


def _raw(store: ox.Store, name: str, values: dict[str, str]) -> int:
    query = find_query(name)
    assert query is not None
    terms: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(key): ox.Literal(value) for key, value in values.items()
    }
    found = store.query(
        query.text, prefixes=dict(PREFIXES), substitutions=terms, use_default_graph_as_union=True
    )
    return sum(1 for _ in found)  # type: ignore[union-attr, misc]


def _endpoint(client: httpx.Client, name: str, values: dict[str, str]) -> int:
    fields = {"query": name, **{f"${key}": value for key, value in values.items()}}
    reply = client.get("/sparql", params=fields, headers={"Accept": "text/csv"})
    return reply.text.count("\r\n") - 1


def main(
    sizes: Annotated[list[int], typer.Argument(help="Numbers of claims.")],
    repeats: int = 11,
    rdflib: bool = True,
    remote: Annotated[bool, typer.Option(help="Ask Virtuoso too.")] = True,
) -> None:
    """Measure and print a table."""
    typer.echo("| claims | query | rows | pyoxigraph | ours | endpoint | Virtuoso | rdflib |")
    typer.echo("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        _measure(size, repeats, rdflib=rdflib, remote=remote)


def _measure(size: int, repeats: int, *, rdflib: bool, remote: bool) -> None:
    debate = synthetic(size, 1)
    quads = [*to_quads(debate), *findings_to_quads(debate, contradictions(debate))]
    author, claim = debate.claims[size // 2].holder, debate.supports[size // 4].conclusion
    asked = {
        AUTHOR_QUERY: {},
        "claims-of": {"author": author},
        "reasons-for": {"claim": claim},
        "most-attacked": {},
        "attacks-across-pieces": {},
    }
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with open_store(scratch / "store") as folder:
            load(folder, quads)
        served: Served = served_store(scratch / "store")
        client = stack.enter_context(serving_app(make_app(served)))
        store = stack.enter_context(open_store())
        load(store, quads)
        server = None
        if remote:
            (scratch / "virtuoso").mkdir()
            address = stack.enter_context(virtuoso(scratch / "virtuoso"))
            server = open_store(Server.at(f"{address}/sparql"))
            load(server, quads)
        for name, values in asked.items():
            raw, rows = _median(partial(_raw, store.inner, name, values), repeats)
            cells = [f"{raw:.1f}"]
            runs = [
                partial(_ours, store, name, values),
                partial(_endpoint, client, name, values),
                *([partial(_ours, server, name, values)] if server is not None else []),
            ]
            for run in runs:
                took, count = _median(run, repeats)
                cells.append(f"{took:.1f} ({took / raw:.2f}){'' if count == rows else ' ≠'}")
            cells += [""] * (4 - len(cells))
            typer.echo(f"| {size} | {name} | {rows} | {' | '.join(cells)} |", nl=False)
            if rdflib and name == AUTHOR_QUERY:
                took, count = _rdflib(quads)
                typer.echo(f" {took:.0f} ({took / raw:.0f}){'' if count == rows else ' ≠'} |")
            else:
                typer.echo(" |")


def _rdflib(quads: list[Quad]) -> tuple[float, int]:
    dataset = Dataset(default_union=True)
    graphs = {name: dataset.graph(name) for name in {quad[3] for quad in quads}}
    dataset.addN((s, p, o, graphs[g]) for s, p, o, g in quads)
    query = find_query(AUTHOR_QUERY)
    assert query is not None
    began = time.perf_counter()
    rows = len(list(dataset.query(query.text, initNs=dict(PREFIXES))))
    return (time.perf_counter() - began) * 1000, rows


if __name__ == "__main__":
    typer.run(main)
