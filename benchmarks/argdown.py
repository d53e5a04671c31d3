"""Reading Argdown beside the Argdown tools: `python -m benchmarks.argdown [CLAIMS]`.

Each reads the same file and writes the same JSON of the Argdown tools, as a command of its own, in
turns; then our reader alone. `sh scripts/test_tools.sh` provides the Argdown tools.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.synthetic import synthetic
from graph.formats.argdown import read_argdown, write_argdown
from tests.programs import ARGDOWN, run

_REPEATS = 5


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """Print a table of medians."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    sicetnon = Path(sys.executable).with_name("sicetnon")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debate.argdown"
        path.write_text(write_argdown(synthetic(claims)), encoding="utf-8")
        out = Path(folder) / "debate.argdown.json"
        runs = [
            (
                seconds(lambda: run(sicetnon, "convert", path, out)),
                seconds(lambda: run(ARGDOWN, "json", path, folder)),
                seconds(lambda: read_argdown(path)),
            )
            for _ in range(_REPEATS)
        ]
    ours, theirs, alone = (statistics.median(run[part] for run in runs) for part in range(3))
    print("| claims | sicetnon convert, s | argdown json, s | ratio | reading alone, s |")
    print("|---:|---:|---:|---:|---:|")
    print(f"| {claims} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.1f} | {alone:.2f} |")


if __name__ == "__main__":
    main()
