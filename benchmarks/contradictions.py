"""How finding contradictions grows: ``python -m benchmarks.contradictions [CLAIMS ...]``.

Each size of synthetic debate is measured in a process of its own: seconds to make the networkx
graph and to find all contradictions with their paths and backing, and the peak memory in MB.
Sizes up to 100,000 run three times and the medians are printed.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.network import to_networkx

__all__ = ["main", "measure"]


def measure(claims: int) -> dict[str, float]:
    """Seconds and megabytes for one size."""
    debate = synthetic(claims)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    graph = to_networkx(debate)
    made = time.perf_counter()
    found = contradictions(graph)
    done = time.perf_counter()
    return {
        "graph s": made - start,
        "contradictions s": done - made,
        "found": len(found),
        "backing": sum(len(row.backing) for row in found),
        "debate MB": before,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Print one row per size."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.contradictions", "--one", str(size)]
        times = 3 if size <= 100_000 else 1
        runs = [json.loads(subprocess.check_output(command)) for _ in range(times)]
        row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        if size == sizes[0]:
            print("claims".rjust(9), *(key.rjust(17) for key in row))
        print(f"{size:9}", *(f"{value:17.2f}" for value in row.values()), flush=True)


if __name__ == "__main__":
    main()
