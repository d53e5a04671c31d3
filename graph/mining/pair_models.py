"""Other pair models by choice: an NLI cross-encoder of the Hugging Face hub, as ONNX.

A model for natural language inference tells entailment, contradiction and neutral (Bowman et al.
2015). Entailment is read as support and as saying the same, contradiction as attack and conflict.
Only data files are fetched, never code: the network as ONNX, its tokenizer and its labels.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MiningError, MissingExtraError
from .models import NO_PAIRS, PAIR_LABELS, Network, PairReading, softmax

if TYPE_CHECKING:
    from .models import PairModel

__all__ = ["CrossEncoder", "named_pair_model"]

#: At most so many tokens of a pair are read.
_TOKENS = 256

#: Where the network lies in a repository of the hub; the first of these that is there.
_NETWORKS = ("onnx/model.onnx", "model.onnx")
_TOKENIZER, _CONFIG = "tokenizer.json", "config.json"

_MEANINGS = {
    "support": ("entailment", "support", "supports", "pro"),
    "attack": ("contradiction", "attack", "attacks", "contradicts", "refutes", "con"),
    "none": ("neutral", "none", "neither", "not_enough_info"),
}


def named_pair_model(name: str) -> PairModel:
    """The pair model for ``hf:NAME``: a name on the hub, or a folder on this disk.

    Raises:
        MiningError: if there is no such model, it has no ONNX network, or tells other labels.
        MissingExtraError: if the library that fetches models is not installed.

    """
    kind, _, model = name.partition(":")
    if kind != "hf" or not model:
        raise MiningError(f"pair model {name!r} is not hf:NAME")
    folder = Path(model) if Path(model).is_dir() else _fetched(model)
    return CrossEncoder(model, folder)


def _fetched(name: str) -> Path:
    """The folder that the hub's library keeps a model in, fetched if it is not there yet."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import (
            HfHubHTTPError,
            HFValidationError,
            LocalEntryNotFoundError,
        )
    except ImportError:
        raise MissingExtraError("pair models of the hub", "huggingface_hub", "hf") from None
    try:
        found = snapshot_download(name, allow_patterns=[*_NETWORKS, _TOKENIZER, _CONFIG])
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise MiningError(f"hf:{name} cannot be fetched ({told[0]})") from None
    return Path(found)


def columns(labels: Mapping[str, str], name: str) -> list[int]:
    """The columns of a network that mean support, attack and neither.

    Raises:
        MiningError: if one of them is missing.

    >>> columns({"0": "contradiction", "1": "entailment", "2": "neutral"}, "a")
    [1, 0, 2]
    """
    by_word = {word.lower(): int(column) for column, word in labels.items()}
    found = []
    for label in PAIR_LABELS:
        at = next((by_word[word] for word in _MEANINGS[label] if word in by_word), None)
        if at is None:
            told = ", ".join(labels.values()) or "none at all"
            raise MiningError(f"{name} has the labels {told}; none of them means {label}")
        found.append(at)
    return found


class CrossEncoder:
    """A cross-encoder in a folder as a pair model."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        network = next((path for path in map(folder.joinpath, _NETWORKS) if path.is_file()), None)
        if network is None:
            raise MiningError(f"hf:{name} holds no {' or '.join(_NETWORKS)}")
        try:
            config: dict[str, Any] = json.loads((folder / _CONFIG).read_bytes())
            self._columns = columns(config.get("id2label", {}), f"hf:{name}")
            pad = int(config.get("pad_token_id") or 0)
            self._network = Network(network, folder / _TOKENIZER, _TOKENS, pad)
        except MiningError:
            raise
        except Exception as error:  # whatever a broken file makes of three libraries
            told = str(error).strip().splitlines() or [type(error).__name__]
            raise MiningError(f"hf:{name} cannot be loaded ({told[0]})") from None
        with network.open("rb") as weights:
            self.version = hashlib.file_digest(weights, "sha256").hexdigest()[:8]

    def read(self, pairs: Sequence[tuple[str, str]]) -> PairReading:
        """The reading of each pair, in their order."""
        if not pairs:
            return NO_PAIRS
        odds = softmax(self._network.run(pairs)[0][:, self._columns])
        return PairReading(odds, odds)
