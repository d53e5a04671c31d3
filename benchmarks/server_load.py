"""How long a debate takes to get onto a SPARQL server: ``python -m benchmarks.server_load 45000``.

Loads a synthetic debate and its contradictions into Virtuoso on loopback (``virtuoso-t`` must be
installed), and then once more in place of itself. Prints seconds for the batches and in all, and
the peak of memory of this process in megabytes.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.rdf import findings_to_quads, to_quads
from graph.sending import Server
from graph.store import load, open_store
from tests.virtuoso import virtuoso


def main(claims: Annotated[int, typer.Argument(help="Number of claims.")]) -> None:
    """Measure and print."""
    debate = synthetic(claims, 1)
    found = contradictions(debate)
    quads = [*to_quads(debate), *findings_to_quads(debate, found)]
    typer.echo(f"{len(quads):,} triples")
    with tempfile.TemporaryDirectory() as folder, virtuoso(Path(folder)) as url:
        for name in ("new", "in place of itself"):
            began = time.perf_counter()
            batches = 0.0

            def tell(done: int, of: int, began: float = began) -> None:
                nonlocal batches
                if done == of:
                    batches = time.perf_counter() - began

            load(open_store(Server.at(f"{url}/sparql")), quads, tell)
            seconds = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            typer.echo(f"{name}: batches {batches:.0f} s, in all {seconds:.0f} s, {peak:,} MB")


if __name__ == "__main__":
    typer.run(main)
