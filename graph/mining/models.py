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
    "PAIR_LABELS",
    "ClaimModel",
    "ClaimReading",
    "Floats",
    "Network",
    "PairModel",
    "claim_model",
    "pair_model",
]

Floats = NDArray[np.float32]

#: What the columns of a pair model's odds stand for.
PAIR_LABELS = ("support", "attack", "none")

_BATCH = 32


class PairModel(Protocol):
    """Tells what a first claim says of a second."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """A version that changes with its weights."""
        ...

    def odds(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """One row for each pair: how likely support, attack and neither are; a row sums to 1."""
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


class Network:
    """An ONNX network with its tokenizer, and texts put through it in batches of like length."""

    def __init__(self, path: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # a worker of a pool keeps to its own core: the pool says how many there are
        options.intra_op_num_threads = int(os.environ.get("SICETNON_THREADS", "0"))
        options.log_severity_level = 3
        self.card: dict[str, Any] = json.loads((path / "model.json").read_text("utf-8"))
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        self._session = onnxruntime.InferenceSession(
            str(path / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer.enable_truncation(int(self.card["tokens"]))
        self.tokenizer.no_padding()

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Floats]:
        """The outputs for the texts, in their order."""
        encoded = self.tokenizer.encode_batch(list(texts))
        orders = list(_batches(encoded))
        parts: list[list[Floats]] = [
            self._session.run(None, _arrays([encoded[i] for i in order])) for order in orders
        ]
        place = np.argsort(np.concatenate(orders))
        return [np.concatenate(column)[place] for column in zip(*parts, strict=True)]


def _shipped(folder: str) -> Network:
    with as_file(files(__package__) / "models" / folder) as path:
        return Network(path)


def _batches(encoded: Sequence[Encoding]) -> Iterator[NDArray[np.intp]]:
    order = np.argsort([len(e.ids) for e in encoded], kind="stable")
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _arrays(encoded: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    shape = (len(encoded), max(len(e.ids) for e in encoded))
    arrays = {name: np.zeros(shape, np.int64) for name in ("ids", "mask", "types")}
    for row, entry in enumerate(encoded):
        width = len(entry.ids)
        arrays["ids"][row, :width] = entry.ids
        arrays["types"][row, :width] = entry.type_ids
        arrays["mask"][row, :width] = 1
    return arrays


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds: Floats = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
    return odds


class _ShippedPairModel:
    def __init__(self) -> None:
        self._network = _shipped("pair")
        self.name = str(self._network.card["name"])
        self.version = str(self._network.card["version"])
        self._heat = float(self._network.card["temperature"])
        self._shift = np.array(self._network.card["shift"], np.float32)

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """What the network says before calibration, for choosing among fewer labels."""
        if not pairs:
            return np.zeros((0, len(PAIR_LABELS)), np.float32)
        return self._network.run(pairs)[0]

    def odds(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        logits = self.logits(pairs) / self._heat + self._shift
        return _softmax(logits.astype(np.float32))


class _ShippedClaimModel:
    def __init__(self) -> None:
        self._network = _shipped("claim")
        self.name = str(self._network.card["name"])
        self.version = str(self._network.card["version"])
        self._heat = float(self._network.card["temperature"])

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
