"""Reading and writing AIF beside arguebuf: `python -m benchmarks.aif [NODES]... [--voices]`.

The file holds claims, half as many inferences and some conflicts; with ``--voices`` also a
locution and an illocution for each claim, which arguebuf passes over. Each of the two works in
processes of its own, in turns, so that the peak of memory is its own; arguebuf's environment is
made by scripts/test_tools.sh.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.programs import ARGUEBUF

_REPEATS = 5

_OURS = """
from graph.formats.table import find_format
entry = find_format("aif")
def read(): return entry.read(Path(path)).debate
def write(found): return entry.write(found)
"""
_THEIRS = """
import arguebuf, io, warnings
def read():
    with open(path, encoding="utf-8") as file: return arguebuf.load.json(file)
def write(found):
    out = io.StringIO()
    arguebuf.dump.json(found, out, arguebuf.dump.Config(format=arguebuf.dump.Format.AIF))
    return out.getvalue()
"""
_MEASURED = """
import gc, resource, sys, time, json
from pathlib import Path
path = sys.argv[1]
{setup}
start = time.perf_counter(); found = read(); middle = time.perf_counter()
write(found); end = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([middle - start, end - middle, peak / 1024]))
"""


def aif(nodes: int, *, voices: bool) -> str:
    """AIF of so many nodes, the same for the same number."""
    chance = random.Random(nodes)
    made: list[dict[str, str]] = []
    edges: list[dict[str, str | None]] = []

    def node(text: str, type_: str) -> str:
        made.append({"nodeID": str(len(made) + 1), "text": text, "type": type_})
        return str(len(made))

    def edge(start: str, end: str) -> None:
        number = str(len(edges) + 1)
        edges.append({"edgeID": number, "fromID": start, "toID": end, "formEdgeID": None})

    claims: list[str] = []
    while len(made) < nodes:
        claim = node(f"Claim {len(made)} says that line {chance.random()} should run.", "I")
        if voices:
            said = node(f"Speaker {chance.randrange(50)}: it should run", "L")
            by = node("Asserting", "YA")
            edge(said, by)
            edge(by, claim)
        if claims:
            attack = chance.random() < 0.3
            scheme = node(
                "Default Conflict" if attack else "Default Inference", "CA" if attack else "RA"
            )
            edge(claim, scheme)
            edge(scheme, chance.choice(claims[-1000:]))
        claims.append(claim)
    for row in made:
        row["timestamp"] = "2026-01-01 12:00:00"
    return json.dumps({"nodes": made, "edges": edges, "locutions": []})


def measured(python: str, setup: str, path: Path) -> list[float]:
    """Seconds of reading and of writing, and the peak of memory in MB."""
    code = _MEASURED.format(setup=setup)
    done = subprocess.run(
        [python, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    return [float(number) for number in json.loads(done.stdout)]


def main() -> None:
    """Print a table of medians and their ratios."""
    sizes = [int(a) for a in sys.argv[1:] if a.isdigit()] or [1000, 10_000, 100_000]
    voices = "--voices" in sys.argv
    print("| nodes | read, s | arguebuf | ratio | write, s | arguebuf | ratio | MB | arguebuf |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for nodes in sizes:
            path = Path(folder) / "debate.aif.json"
            path.write_text(aif(nodes, voices=voices), encoding="utf-8")
            runs = [
                (measured(sys.executable, _OURS, path), measured(str(ARGUEBUF), _THEIRS, path))
                for _ in range(_REPEATS)
            ]
            ours, theirs = (
                [statistics.median(run[who][part] for run in runs) for part in range(3)]
                for who in (0, 1)
            )
            read, write = (theirs[part] / ours[part] for part in (0, 1))
            print(
                f"| {nodes} | {ours[0]:.3f} | {theirs[0]:.3f} | {read:.1f} | {ours[1]:.3f} "
                f"| {theirs[1]:.3f} | {write:.1f} | {ours[2]:.0f} | {theirs[2]:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
