"""How fast texts are mined, and in how much memory: ``python -m benchmarks.mining [ARTICLES]``.

Generated articles of eight sentences are read by one process, by a pool of two, and by a Dask
cluster of two workers on this machine; each way runs in a process of its own, and what is printed
includes starting it. ``--join`` mines them all into one debate and prints the peak memory;
``--light`` takes a pair model that answers at once by words, so that the memory of very many
articles can be measured without waiting for the comparisons.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from graph.mining.many import mine_many, texts_in
from graph.mining.mine import LocalReader, join
from graph.mining.models import PairReading

_WHO = [
    "council",
    "minister",
    "union",
    "mayor",
    "court",
    "ministry",
    "company",
    "school",
    "board",
    "committee",
]
_WHAT = [
    "tram",
    "bridge",
    "harbour",
    "library",
    "hospital",
    "market",
    "forest",
    "railway",
    "theatre",
    "canal",
]
_CLAIMS = (
    "The {a} {what} should be rebuilt before the winter.",
    "It would be a mistake to spend more on the {what} than on the {other}.",
    "The {who} insists that the {what} pays for itself.",
    "Nobody in the {a} town believes that the {other} is safe.",
    "Since last year the {what} has lost a third of its visitors.",
    "The {who} has not published the figures for the {other}.",
    "Without the {what}, the {other} cannot survive.",
    "On Monday the {who} met for the ninth time.",
    "According to the {who}, the {what} is a success.",
    "The plan for the {a} {what} is better than its reputation.",
)
_HOW = [
    "old",
    "new",
    "northern",
    "southern",
    "upper",
    "lower",
    "little",
    "great",
    "eastern",
    "western",
]


class WordPairs:
    """A pair model that answers at once: texts with and without *not* attack each other."""

    name = "words"
    version = "1"

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        """The odds by a word."""
        rows = [
            (0.1, 0.8, 0.1) if (" not " in a) != (" not " in b) else (0.2, 0.1, 0.7)
            for a, b in pairs
        ]
        stance = np.array(rows, np.float32).reshape(len(pairs), 3)
        return PairReading(stance, stance)


def write_articles(folder: Path, count: int, seed: int = 0) -> None:
    """Write that many articles of eight sentences."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = [
            template.format(
                a=chance.choice(_HOW), who=chance.choice(_WHO),
                what=chance.choice(_WHAT), other=chance.choice(_WHAT),
            )
            for template in chance.sample(_CLAIMS, 8)
        ]  # fmt: skip
        text = " ".join(lines[:4]) + "\n\n" + " ".join(lines[4:]) + "\n"
        head = f"On the {chance.choice(_WHAT)} {number}\n\nBy {chance.choice('ABCDE')}nn Author\n\n"
        (folder / f"{number:05}.txt").write_text(head + text, "utf-8")


def measure(way: str, folder: Path) -> dict[str, float]:
    """Seconds and megabytes of one way to read the articles of a folder."""
    paths = texts_in([folder])
    began = time.perf_counter()
    if way == "dask":
        from dask import distributed

        with distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            done = list(mine_many(paths, LocalReader, scheduler=cluster.scheduler_address))
    elif way in ("join", "light"):
        reader = LocalReader(pairs=WordPairs()) if way == "light" else LocalReader()
        done = list(mine_many(paths, lambda: reader, workers=1))
        pieces = [outcome.piece for outcome in done if outcome.piece is not None]
        join(pieces, reader, name="many", pairs=reader.pairs)
    else:
        done = list(mine_many(paths, LocalReader, workers=int(way)))
    seconds = time.perf_counter() - began
    claims = sum(len(outcome.piece.claims) for outcome in done if outcome.piece is not None)
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "claims": claims, "MB": usage, "failed": sum(map(_failed, done))}


def _failed(outcome: object) -> bool:
    return getattr(outcome, "piece", None) is None


def main(
    articles: Annotated[int, typer.Argument()] = 100,
    way: Annotated[str | None, typer.Option(hidden=True)] = None,
    folder: Annotated[Path | None, typer.Option(hidden=True)] = None,
    join_all: Annotated[bool, typer.Option("--join")] = False,
    light: Annotated[bool, typer.Option("--light")] = False,
) -> None:
    """Print articles and sentences per second for each way."""
    if way is not None and folder is not None:
        print(json.dumps(measure(way, folder)))
        return
    ways = ["light"] if light else ["join"] if join_all else ["1", "2", "dask"]
    with tempfile.TemporaryDirectory() as scratch:
        texts = Path(scratch) / "texts"
        write_articles(texts, articles)
        first = None
        for chosen in ways:
            command = [sys.executable, "-m", "benchmarks.mining", str(articles)]
            command += ["--way", chosen, "--folder", str(texts)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            first = first or told["seconds"]
            print(
                f"{chosen:5} {articles / told['seconds']:7.2f} articles/s "
                f"{8 * articles / told['seconds']:7.1f} sentences/s  {told['claims']:.0f} claims  "
                f"{told['MB']:.0f} MB  {first / told['seconds']:.2f} times the first way"
            )


if __name__ == "__main__":
    typer.run(main)
