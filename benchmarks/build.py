"""How building grows: ``python -m benchmarks.build [CLAIMS ...]`` prints seconds and memory.

Each size runs in a process of its own, three times; the medians are printed. The steps are those
of ``sicetnon build``: reading Argdown, RDF with the findings into a store, contradictions, tables,
the map.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.build import to_store
from graph.formats.argdown import read_argdown, write_argdown
from graph.formats.table import find_format
from graph.formats.tables import csv_tables
from graph.views.map import map_html

_RUNS = 3
_T = TypeVar("_T")


def measure(claims: int) -> dict[str, float]:
    """Seconds for each step on a synthetic debate, and the peak memory in MB."""
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], _T]) -> _T:
        start = time.perf_counter()
        made = work()
        took[name] = time.perf_counter() - start
        return made

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debate.argdown"
        path.write_text(write_argdown(synthetic(claims)), encoding="utf-8")
        debate = timed("read", lambda: read_argdown(path))
        found = timed("contradictions", lambda: contradictions(debate))
        timed("store", lambda: to_store(debate, Path(folder) / "store"))
        timed("tables", lambda: csv_tables(debate))
        timed("graphml", lambda: find_format("graphml").write(debate))
        timed("map", lambda: map_html(debate, found))
    took["total"] = sum(took.values())
    took["found"] = len(found)
    took["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def main() -> None:
    """Print one row per size, and the growth against the first."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    medians = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.build", "--one", str(size)]
        runs = [json.loads(subprocess.check_output(command)) for _ in range(_RUNS)]
        medians.append({key: statistics.median(run[key] for run in runs) for key in runs[0]})
    print("claims".rjust(8), *(key.rjust(14) for key in medians[0]))
    for size, row in zip(sizes, medians, strict=True):
        print(f"{size:8}", *(f"{row[key]:14.2f}" for key in row))
    for before, after, row, more in zip(sizes, sizes[1:], medians, medians[1:], strict=False):
        print(f"x{after / before:g} claims: x{more['total'] / row['total']:.1f} time, "
              f"x{more['MB'] / row['MB']:.1f} memory")  # fmt: skip


if __name__ == "__main__":
    main()
