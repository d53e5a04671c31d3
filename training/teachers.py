"""Train the teachers of the pair model: a network five times as large, for the stance or the sense.

``python -m training.teachers stance --corpora FOLDER --weights MPNET --out RUN`` fine-tunes
all-mpnet-base-v2 on the public pairs and motions alone, which say for and against.
``python -m training.teachers sense --begin RUN --earlier FOLDER ...`` goes on from there, mostly on
our own debates: on all that conflicts or agrees, on the pairs that an earlier shipped model most
took for conflicts though they are none, and on some others.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from graph.mining.models import network_of

from .data import LABELS, Pair, held_out, own_pairs, read_debates, read_pairs, read_questions
from .frames import frame_pairs
from .motions import motion_pairs
from .pair_model import DEBATES, Sets, pair_sets, public_pairs, scores, train

__all__ = ["sense_sets", "stance_sets"]

#: Of the debates' pairs without conflict, so many of the hardest and of the others.
_HARD, _EASY = 5000, 5500

#: Of other pairs, so many keep the teacher from forgetting what it knew.
_ASKED, _FRAMES, _PUBLIC = 2600, 1200, 2300

#: Lower layers that stay as they are while the sense is learned.
_FROZEN = 4


def stance_sets(corpora: Path) -> Sets:
    """The public pairs, those of few motions twice, and our motions."""
    public = public_pairs(corpora)
    few = {p.topic for p in read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl")}
    dev = {name: rows for name, rows in pair_sets(corpora).dev.items() if "own" not in name}
    return Sets([*public, *(p for p in public if p.topic in few), *motion_pairs()], dev)


def sense_sets(corpora: Path, earlier: Path, seed: int = 1) -> Sets:
    """Pairs of debates, the hardest by the odds of an earlier model, and some of all others."""
    chance = random.Random(seed)
    told = [p for d in read_debates() for p in d.pairs() if not held_out(p.topic)]
    apart = [p for p in told if p.label is None]
    network, _ = network_of(earlier)
    same, conflict, neither = network.run([(p.a, p.b) for p in apart])[0].T[len(LABELS) :]
    order = np.argsort(np.logaddexp(same, neither) - conflict)
    hard = [apart[at] for at in order[:_HARD]]
    easy = chance.sample([apart[at] for at in order[_HARD:]], _EASY)
    asked = [p for p in own_pairs(read_questions()) if not held_out(p.topic)]
    rows: list[Pair] = [
        *(one for p in told if p.label for one in (p, p.turned)),
        *(chance.choice((p, p.turned)) for p in hard + easy),
        *chance.sample(asked, _ASKED),
        *frame_pairs(_FRAMES),
        *chance.sample(public_pairs(corpora), _PUBLIC),
    ]
    dev = pair_sets(corpora).dev
    dev[DEBATES] = chance.sample([p for p in dev[DEBATES] if p.sense != "at one"], 3000)
    return Sets(rows, dev)


def main() -> None:
    """Train one teacher, print its scores and save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["stance", "sense"])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--begin", type=Path, help="the run of the teacher to go on from")
    parser.add_argument("--earlier", type=Path, help="the folder of a shipped pair model")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(chosen.weights / "tokenizer.json"))
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.what == "stance":
        sets, rate, frozen, begin = stance_sets(chosen.corpora), 5e-5, 0, None
    else:
        sets, rate, frozen = sense_sets(chosen.corpora, chosen.earlier), 3e-5, _FROZEN
        begin = torch.load(chosen.begin / "weights.pt", map_location="cpu")
    net = train(
        chosen.weights, tokenizer, sets, epochs=1, rate=rate, begin=begin, frozen=frozen,
        keep=chosen.out, rounded=False,
    )  # fmt: skip
    (chosen.out / "scores.json").write_text(json.dumps(scores(net, tokenizer, sets.dev), indent=1))


if __name__ == "__main__":
    main()
