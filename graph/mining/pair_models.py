"""Other pair models by choice: an NLI cross-encoder of the Hugging Face hub.

A model for natural language inference tells entailment, contradiction and neutral; entailment is
read as support and contradiction as attack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import MiningError, MissingExtraError
from .models import PAIR_LABELS, Floats

if TYPE_CHECKING:
    from .models import PairModel

__all__ = ["CrossEncoder", "named_pair_model"]

_BATCH = 32

_MEANINGS = {
    "support": ("entailment", "support", "supports", "pro"),
    "attack": ("contradiction", "attack", "attacks", "contradicts", "refutes", "con"),
    "none": ("neutral", "none", "neither", "not_enough_info"),
}


def named_pair_model(name: str) -> PairModel:
    """The pair model for ``hf:NAME``: a name on the hub, or the folder of a model on this disk.

    Raises:
        MiningError: if there is no such model, or it does not tell three such labels.
        MissingExtraError: if the library is not installed.

    """
    kind, _, model = name.partition(":")
    if kind != "hf" or not model:
        raise MiningError(f"pair model {name!r} is not hf:NAME")
    try:
        import torch  # noqa: F401
        import transformers
    except ImportError:
        raise MissingExtraError("pair models of the hub", "transformers and torch", "hf") from None
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(model)
        network = transformers.AutoModelForSequenceClassification.from_pretrained(model)
    except (OSError, ValueError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise MiningError(f"{name} cannot be loaded ({first})") from None
    return CrossEncoder(model, tokenizer, network.eval())


def columns(labels: Mapping[int, str], name: str) -> list[int]:
    """The columns of a network that mean support, attack and neither.

    Raises:
        MiningError: if one of them is missing.

    >>> columns({0: "contradiction", 1: "entailment", 2: "neutral"}, "a")
    [1, 0, 2]
    """
    by_word = {word.lower(): column for column, word in labels.items()}
    found = []
    for label in PAIR_LABELS:
        at = next((by_word[word] for word in _MEANINGS[label] if word in by_word), None)
        if at is None:
            told = ", ".join(labels.values())
            raise MiningError(f"{name} has the labels {told}; none of them means {label}")
        found.append(at)
    return found


class CrossEncoder:
    """A cross-encoder of the hub as a pair model."""

    def __init__(self, name: str, tokenizer: Any, network: Any) -> None:
        self.name = name
        self.version = str(getattr(network.config, "_commit_hash", None) or "local")
        self._tokenizer = tokenizer
        self._network = network
        self._columns = columns(network.config.id2label, name)

    def odds(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """How likely support, attack and neither are for each pair."""
        import torch

        rows = [np.zeros((0, len(PAIR_LABELS)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(pairs), _BATCH):
                batch = pairs[start : start + _BATCH]
                inputs = self._tokenizer(
                    [a for a, _ in batch], [b for _, b in batch],
                    padding=True, truncation=True, max_length=256, return_tensors="pt",
                )  # fmt: skip
                logits = self._network(**inputs).logits[:, self._columns]
                rows.append(torch.softmax(logits.float(), dim=-1).numpy())
        return np.concatenate(rows)
