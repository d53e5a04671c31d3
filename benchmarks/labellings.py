"""Time the labellings beside pygarg on made-up frameworks: ``python -m benchmarks.labellings``.

Attacks are drawn at random, 1.5 or 3 for each argument; with 1.5 the grounded labelling settles
nearly everything. In the layered ones, circles of twenty arguments with ten more attacks inside
each are joined by attacks one way: two on each circle from the one before it (*chain*), or from
any of the ten before it (*layers*). A task is one extension, or whether one argument is in every
extension; what we are timed on in the second is harder: the labels of all arguments, and which are
in some extension. Every run has its own process and a bound. Figures are medians of three runs;
answers are compared where both give one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from statistics import median
from typing import Any

from graph.analysis.labellings import acceptance, grounded, one_extension

__all__ = ["main"]

Task = Callable[[list[list[int]], str, float], Any]


def random_framework(size: int, degree: float, seed: int) -> list[list[int]]:
    """The attackers of each argument."""
    random = Random(seed)
    attackers: list[set[int]] = [set() for _ in range(size)]
    for _ in range(int(size * degree)):
        attackers[random.randrange(size)].add(random.randrange(size))
    return [sorted(those) for those in attackers]


def layered_framework(size: int, reach: int, seed: int) -> list[list[int]]:
    """The attackers of each argument; a circle is attacked from the ``reach`` circles before it."""
    random = Random(seed)
    attackers: list[set[int]] = [set() for _ in range(size)]
    for start in range(0, size, 20):
        for n in range(20):
            attackers[start + n].add(start + (n - 1) % 20)
        for _ in range(10):
            attackers[start + random.randrange(20)].add(start + random.randrange(20))
        for _ in range(2 if start else 0):
            there = random.randrange(max(0, start - 20 * reach), start)
            attackers[start + random.randrange(20)].add(there)
    return [sorted(those) for those in attackers]


#: How the frameworks are made, by the name in the table.
SHAPES: dict[str, Callable[[int, int], list[list[int]]]] = {
    "1.5": lambda size, seed: random_framework(size, 1.5, seed),
    "3": lambda size, seed: random_framework(size, 3.0, seed),
    "4": lambda size, seed: random_framework(size, 4.0, seed),
    "chain": lambda size, seed: layered_framework(size, 1, seed),
    "layers": lambda size, seed: layered_framework(size, 10, seed),
}


def our_extension(attackers: list[list[int]], semantics: str, bound: float) -> Any:
    """One extension."""
    return one_extension(attackers, semantics, bound)  # type: ignore[arg-type]


def our_labels(attackers: list[list[int]], semantics: str, bound: float) -> Any:
    """How all arguments stand; returned for the one that pygarg is asked about."""
    found = acceptance(attackers, semantics, bound, count=False)  # type: ignore[arg-type]
    if not found.complete:
        raise TimeoutError
    return found.extensions == 0 or found.labels[_asked(attackers)] == "in"


def their_extension(attackers: list[list[int]], semantics: str, _bound: float) -> Any:
    """One extension."""
    from pygarg.dung import solver

    found = solver.compute_some_extension(*_named(attackers), _short(semantics))
    return None if found == "NO" else frozenset(map(int, found))


def their_argument(attackers: list[list[int]], semantics: str, _bound: float) -> Any:
    """Whether one argument is in every extension."""
    from pygarg.dung import solver

    names, attacks = _named(attackers)
    asked = str(_asked(attackers))
    return solver.skeptical_acceptability(names, attacks, asked, _short(semantics))[0]


def _named(attackers: list[list[int]]) -> tuple[list[str], list[list[str]]]:
    names = [str(n) for n in range(len(attackers))]
    return names, [[names[a], names[b]] for b, those in enumerate(attackers) for a in those]


def _short(semantics: str) -> str:
    return {"preferred": "PR", "stable": "ST"}[semantics]


def _asked(attackers: list[list[int]]) -> int:
    """An argument that is not settled at once, if there is one."""
    labels = grounded(attackers)
    return labels.index("undecided") if "undecided" in labels else len(labels) // 2


def _work(
    pipe: Connection, task: Task, attackers: list[list[int]], args: tuple[str, float]
) -> None:
    start = time.perf_counter()
    try:
        answer = task(attackers, *args)
    except TimeoutError:
        return
    pipe.send((time.perf_counter() - start, answer))


def timed(
    task: Task, attackers: list[list[int]], semantics: str, bound: float
) -> tuple[float, Any]:
    """The seconds that a task took, in a process of its own, and its answer; the bound if none."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    args = (theirs, task, attackers, (semantics, bound))
    process = context.Process(target=_work, args=args)
    process.start()
    theirs.close()
    try:
        if ours.poll(bound):
            seconds, answer = ours.recv()
            return float(seconds), answer
    except EOFError:
        pass
    finally:
        process.kill()
        process.join()
    return bound, "bound"


def row(size: int, shape: str, semantics: str, what: str, bound: float, runs: int) -> str:
    """A line of the table."""
    pair = (our_extension, their_extension) if what == "extension" else (our_labels, their_argument)
    seconds: list[list[float]] = [[], []]
    met = [False, False]
    agreed = "yes"
    for seed in range(runs):
        attackers = SHAPES[shape](size, seed)
        answers = []
        for n, task in enumerate(pair):
            if met[n] and n == 1:  # once is enough to know
                seconds[n].append(bound)
                answers.append("bound")
                continue
            took, answer = timed(task, attackers, semantics, bound)
            seconds[n].append(took)
            met[n] |= answer == "bound"
            answers.append(answer)
        if "bound" in answers or (what == "extension" and semantics == "preferred"):
            agreed = "-"  # not both gave one, or two that differ may both be right
        else:
            same = answers[0] == answers[1]
            if what == "extension":  # there may be several
                same = (answers[0] is None) == (answers[1] is None)
            agreed = agreed if same else "NO"
    us, they = (median(each) for each in seconds)
    over = [">" if one >= bound else " " for one in (us, they)]
    return (
        f"{size:>7,} {shape:>7} {semantics:>10} {what:>11} {over[0]}{us:>9.3f} s "
        f"{over[1]}{they:>9.3f} s {over[1]}{they / us:>8.0f} x {agreed:>6}"
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bound", type=float, default=120.0, help="seconds for one run")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument(
        "--shapes", nargs="+", choices=SHAPES, default=["1.5", "3", "chain", "layers"]
    )
    given = options.parse_args()
    attackers = random_framework(10_000, 1.5, 0)
    took = []
    for _ in range(given.runs):
        start = time.perf_counter()
        grounded(attackers)
        took.append(time.perf_counter() - start)
    print(f"grounded, 10,000 arguments, 1.5 attacks each: {median(took):.4f} s")
    print("   size attacks  semantics        task        ours      pygarg      ratio  agree")
    for size in given.sizes:
        for shape in given.shapes:
            for semantics in ("preferred", "stable"):
                for what in ("extension", "all labels"):
                    line = row(size, shape, semantics, what, given.bound, given.runs)
                    print(line, flush=True)


if __name__ == "__main__":
    main()
