"""How well the pair model tells support, attack and neither: ``python -m benchmarks.pairs FILE``.

Each FILE has lines of ``{"a": ..., "b": ..., "label": "support" | "attack" | "none"}``. The model
chooses among the labels that a file has, since sets without *none* ask for one of two; what it says
with all three to choose from stands below. ``--model hf:NAME`` measures another cross-encoder.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from graph.errors import SicetnonError
from graph.mining.models import PAIR_LABELS, Floats, PairModel, pair_model
from graph.mining.scores import by_label, macro_f1


def _read(path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(row["a"], row["b"]) for row in rows], [row["label"] for row in rows]


def _choice(odds: Floats, labels: Sequence[str]) -> list[str]:
    """The likeliest of some labels for each pair."""
    columns = [PAIR_LABELS.index(label) for label in labels]
    return [labels[best] for best in odds[:, columns].argmax(axis=1)]


def _reader(model: str) -> PairModel:
    if model == "shipped":
        return pair_model()
    from graph.mining.pair_models import named_pair_model

    try:
        return named_pair_model(model)
    except SicetnonError as error:
        raise SystemExit(f"error: {error}") from None


def main(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    model: Annotated[str, typer.Option(help="shipped, or hf:NAME.")] = "shipped",
) -> None:
    """Print macro-F1, F1 by label and pairs per second for each file."""
    reader = _reader(model)
    print(f"pair model {reader.name} {reader.version}")
    for path in files:
        pairs, gold = _read(path)
        reader.read(pairs[:64])
        began = time.perf_counter()
        odds = reader.read(pairs).stance
        seconds = time.perf_counter() - began
        present = [label for label in PAIR_LABELS if label in set(gold)]
        guess = _choice(odds, present)
        print(f"\n{path}: {len(pairs)} pairs, {len(pairs) / seconds:.0f} pairs/s")
        print(f"  macro-F1 {macro_f1(gold, guess):.4f} among {', '.join(present)}")
        for label, score in by_label(gold, guess).items():
            print(
                f"    {label:8} F1 {score.f1:.4f}  precision {score.precision:.4f}  "
                f"recall {score.recall:.4f}  of {score.there}"
            )
        free = _choice(odds, PAIR_LABELS)
        none = float(np.mean([label == "none" for label in free]))
        print(f"  all three to choose from: macro-F1 {macro_f1(gold, free):.4f}, none {none:.0%}")


if __name__ == "__main__":
    typer.run(main)
