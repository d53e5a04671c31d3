"""The shipped models: what a pair of claims is to each other, and what in a text is a claim.

Both are small transformers as int8 ONNX, run by ``onnxruntime`` on the processor; their cards in
``graph/mining/models/`` tell what they learned from, how good they are and where they fail.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

__all__ = [
    "NO_PAIRS",
    "PAIR_LABELS",
    "SENSE_LABELS",
    "ClaimModel",
    "ClaimReading",
    "Floats",
    "Network",
    "PairModel",
    "PairReading",
    "claim_model",
    "network_of",
    "pair_model",
    "softmax",
]

Floats = NDArray[np.float32]

#: What the columns of a stance stand for: what a first claim is to a second.
PAIR_LABELS = ("support", "attack", "none")

#: What the columns of a sense stand for: what two claims say, taken together.
SENSE_LABELS = ("same", "conflict", "neither")

_BATCH = 32


@dataclass(frozen=True, slots=True)
class PairReading:
    """What pairs of claims are to each other; the rows are the pairs and each row sums to 1.

    ``stance`` says how likely the first supports the second, attacks it, or does neither: a reason
    against a claim attacks it. ``sense`` says how likely both say the same, are in conflict (nobody
    can hold both), or do neither.
    """

    stance: Floats
    sense: Floats


#: What there is to say of no pairs at all.
NO_PAIRS = PairReading(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32))


class PairModel(Protocol):
    """Tells what two claims are to each other."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """A version that changes with its weights."""
        ...

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        """The reading of each pair, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """How likely each text is to claim something, and a vector for what each says."""

    odds: Floats
    vectors: Floats


class ClaimModel(Protocol):
    """Tells which texts claim something that can be disputed, and which are alike."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """A version that changes with its weights."""
        ...

    def read(self, texts: Sequence[str]) -> ClaimReading:
        """How likely each text is to be a claim, and its vector of length 1."""
        ...


#: What networks call the tokens, the mask and the number of the text that a token is of.
_INPUTS = {
    "ids": "ids", "input_ids": "ids",
    "mask": "mask", "attention_mask": "mask",
    "types": "types", "token_type_ids": "types",
}  # fmt: skip


class Network:
    """An ONNX network with its tokenizer, and texts put through it in batches of like length.

    ``tokens`` is how many tokens it reads at most, ``pad`` the token that fills up shorter texts.
    """

    def __init__(self, model: Path, tokenizer: Path, tokens: int, pad: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # a worker of a pool keeps to its own core: the pool says how many there are
        options.intra_op_num_threads = int(os.environ.get("SICETNON_THREADS", "0"))
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._pad = pad
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.enable_truncation(tokens)
        self.tokenizer.no_padding()

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Floats]:
        """The outputs for the texts, in their order."""
        encoded = self.tokenizer.encode_batch(list(texts))
        orders = list(_batches(encoded))
        parts: list[list[Floats]] = []
        for order in orders:
            arrays = _arrays([encoded[i] for i in order], self._pad)
            parts.append(self._session.run(None, {n: arrays[_INPUTS[n]] for n in self._inputs}))
        place = np.argsort(np.concatenate(orders))
        return [np.concatenate(column)[place] for column in zip(*parts, strict=True)]


def network_of(folder: Path) -> tuple[Network, dict[str, Any]]:
    """The network in a folder as it is shipped, with its figures."""
    card: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    network = Network(folder / "model.onnx", folder / "tokenizer.json", int(card["tokens"]))
    return network, card


def _shipped(folder: str) -> tuple[Network, dict[str, Any]]:
    with as_file(files(__package__) / "models" / folder) as path:
        return network_of(path)


def _batches(encoded: Sequence[Encoding]) -> Iterator[NDArray[np.intp]]:
    order = np.argsort([len(e.ids) for e in encoded], kind="stable")
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _arrays(encoded: Sequence[Encoding], pad: int) -> dict[str, NDArray[np.int64]]:
    shape = (len(encoded), max(len(e.ids) for e in encoded))
    arrays = {name: np.zeros(shape, np.int64) for name in ("ids", "mask", "types")}
    arrays["ids"][:] = pad
    for row, entry in enumerate(encoded):
        width = len(entry.ids)
        arrays["ids"][row, :width] = entry.ids
        arrays["types"][row, :width] = entry.type_ids
        arrays["mask"][row, :width] = 1
    return arrays


def softmax(logits: Floats) -> Floats:
    """The odds of each row of logits."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds: Floats = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
    return odds


class _ShippedPairModel:
    def __init__(self) -> None:
        self._network, card = _shipped("pair")
        self.name = str(card["name"])
        self.version = str(card["version"])
        self._calibration = [card[name] for name in ("stance", "sense")]

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        """The reading of each pair, in their order."""
        if not pairs:
            return NO_PAIRS
        width = len(PAIR_LABELS)
        logits = self._network.run(pairs)[0]
        stance, sense = (
            softmax(part / card["temperature"] + np.array(card["shift"], np.float32))
            for part, card in zip(
                (logits[:, :width], logits[:, width:]), self._calibration, strict=True
            )
        )
        return PairReading(stance, sense)


class _ShippedClaimModel:
    def __init__(self) -> None:
        self._network, card = _shipped("claim")
        self.name = str(card["name"])
        self.version = str(card["version"])
        self._heat = float(card["temperature"])

    def read(self, texts: Sequence[str]) -> ClaimReading:
        """How likely each text is to be a claim, and its vector of length 1."""
        if not texts:
            return ClaimReading(np.zeros(0, np.float32), np.zeros((0, 1), np.float32))
        logits, vectors = self._network.run(texts)
        odds = (1 / (1 + np.exp(-logits[:, 0] / self._heat))).astype(np.float32)
        return ClaimReading(odds, vectors)


@cache
def pair_model() -> PairModel:
    """The shipped pair model, loaded once."""
    return _ShippedPairModel()


@cache
def claim_model() -> ClaimModel:
    """The shipped claim model, loaded once."""
    return _ShippedClaimModel()
