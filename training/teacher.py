"""Train the teacher of the pair model: a larger network, and what it says of every pair.

``python -m training.teacher --data FOLDER --weights MPNET --out FOLDER`` fine-tunes
all-mpnet-base-v2 on the pairs that ``training.pair_data`` wrote and writes ``logits.npy``, one row
for each pair to learn from, labelled or not. A GPU is all but needed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from .pair_net import (
    AT_ONE,
    DEVICE,
    STANCES,
    Ints,
    PairNet,
    Reader,
    drawn_by_share,
    fit,
    hard,
    logits_of,
    scores,
)

#: How much of the pairs of a kind an epoch holds; pairs without a label are none of it.
_SHARES = {
    "public at one": 0.2,
    "public, few motions": 2,
    "motions": 1,
    "at one": 0.2,
    "frames": 0.4,
    "debates, conflict": 2,
    "debates, same": 2,
    "debates, neither": 0.25,
    "debates, at one": 0.08,
    "pieces, conflict": 3,
    "pieces, same": 2,
    "pieces, alike": 0.15,
    "pieces, neither": 0.06,
    "pieces, at one": 0.15,
    "public, two perspectives": 0,
    "prose": 0,
    "near": 0,
    "strangers": 0.1,
}


def main() -> None:
    """Train, print the scores, and write what the teacher says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=200)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--size", type=int, default=256, help="how many pairs a step sees")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    reader = Reader(chosen.data, chosen.weights)
    net = PairNet(chosen.weights).to(DEVICE)
    pairs = reader.train
    label = torch.tensor(pairs.label, device=DEVICE)
    sense = torch.tensor(pairs.sense, device=DEVICE)

    def loss(logits: torch.Tensor, rows: Ints) -> torch.Tensor:
        at = torch.tensor(rows, device=DEVICE)
        gold = sense[at]
        conflict = functional.softmax(logits[:, STANCES:], dim=-1)[:, 1].clamp(max=0.999)
        apart = -torch.log1p(-conflict) * (gold == AT_ONE)
        return hard(logits[:, :STANCES], label[at]) + hard(logits[:, STANCES:], gold) + apart

    def turned(rows: Ints, chance: np.random.Generator) -> NDArray[np.bool_]:
        # what is in conflict, or the same, is so both ways; so is what has no label
        free = (pairs.label[rows] < 0) | np.isin(pairs.sense[rows], (0, 1))
        return free & (chance.random(len(rows)) < 0.5)

    fit(
        net, reader, drawn_by_share(reader.kind, reader.kinds, _SHARES), loss, turned=turned,
        rate=chosen.rate, size=chosen.size, seconds=chosen.seconds, seed=chosen.seed,
    )  # fmt: skip
    chosen.out.mkdir(parents=True, exist_ok=True)
    told = scores(net, reader)
    print(told, flush=True)
    (chosen.out / "scores.json").write_text(json.dumps(told, indent=1), "utf-8")
    net.save(chosen.out)
    said = logits_of(net, reader, pairs.a, pairs.b)
    np.save(chosen.out / "logits.npy", said.astype(np.float16))


if __name__ == "__main__":
    main()
