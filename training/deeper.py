"""Grow the pair model: more layers in the room that rare words took.

``python -m training.deeper --run FOLDER --data FOLDER --out FOLDER`` reads a run of
``training.pair_model`` and writes the weights of a deeper network that says the same: half of the
bytes of MiniLM-L6 are the vectors of 30,522 pieces of words, so the rarest go, and are spelt with
smaller pieces, and layers come instead. A new layer is a copy of the one before it that adds
nothing at first (Wu et al. 2024, LLaMA Pro), so that the network begins where the run ended.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel

from .pair_net import minilm

__all__ = ["deepened", "fewer_words", "kept_words"]

#: The layers and the pieces of words that fit into 25 MB, a byte for each weight.
_LAYERS, _WORDS = 10, 16_800

#: Longer than any pair is read.
_PLACES = 128

#: The pieces of words with the lowest numbers are the most common ones in English; so many of them
#: are kept whether they occur in the pairs or not.
_COMMON = 9_000

#: Above it there is no letter of a European language in Latin script.
_LATIN = 0x250

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

State = dict[str, torch.Tensor]


def kept_words(tokenizer: Tokenizer, texts: list[str], count: int) -> list[str]:
    """So many pieces of words, in their old order: letters, common ones, then by use in texts."""
    old = tokenizer.get_vocab(with_added_tokens=True)
    words = sorted(old, key=lambda word: old[word])
    used = Counter(
        token
        for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)
        for token in encoding.tokens
    )
    bare = {word: word.removeprefix("##") for word in words}
    latin = [w for w in words if not w.startswith("[") and max(map(ord, bare[w])) < _LATIN]
    letters = [word for word in latin if len(bare[word]) == 1]
    wished = [*_SPECIAL, *letters, *(w for w in latin if old[w] < _COMMON)]
    wished += [word for word, _ in used.most_common()] + latin
    kept = set(list(dict.fromkeys(wished))[:count])
    return [word for word in words if word in kept]


def fewer_words(tokenizer: Path, kept: list[str]) -> str:
    """The JSON of a tokenizer that knows only some pieces of words, numbered anew."""
    spec = json.loads(tokenizer.read_text("utf-8"))
    numbers = {word: n for n, word in enumerate(kept)}
    spec["model"]["vocab"] = numbers
    spec["added_tokens"] = [
        token | {"id": numbers[token["content"]]} for token in spec["added_tokens"]
    ]
    for token in spec["post_processor"]["special_tokens"].values():
        token["ids"] = [numbers[word] for word in token["tokens"]]
    spec["truncation"] = spec["padding"] = None
    return json.dumps(spec, ensure_ascii=False)


def deepened(state: State, layers: int) -> State:
    """The weights of a network with so many layers that says what one of fewer layers says.

    The copies stand after the last layers, one each. What attention and the layer after it would
    add is nothing at first, and their norms give back what comes in, but for the difference
    between a token's own mean and deviation and those of all.
    """
    old = 1 + max(int(name.split(".")[3]) for name in state if ".layer." in name)
    origins: list[tuple[int, bool]] = []
    for layer in range(old):
        origins.append((layer, False))
        if layer >= 2 * old - layers:
            origins.append((layer, True))
    grown = {name: value for name, value in state.items() if ".layer." not in name}
    for place, (layer, new) in enumerate(origins):
        own = f"encoder.encoder.layer.{layer}."
        for name, value in state.items():
            if name.startswith(own):
                part = name.removeprefix(own)
                grown[f"encoder.encoder.layer.{place}.{part}"] = (
                    _silent(part, value, state, own) if new else value
                )
    return grown


def _silent(part: str, value: torch.Tensor, state: State, own: str) -> torch.Tensor:
    """A weight of a new layer."""
    if "output.dense" in part:
        return torch.zeros_like(value)
    if "LayerNorm" in part:
        scale, shift = (state[f"{own}output.LayerNorm.{which}"] for which in ("weight", "bias"))
        deviation = (scale.square().mean() + shift.var(correction=0)).sqrt()
        level = deviation if part.endswith("weight") else shift.mean()
        return torch.full_like(value, float(level))
    return value


def main() -> None:
    """Write the weights, the configuration and the tokenizer of the deeper network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="what training.pair_data wrote")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    source = minilm()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    numbers = tokenizer.get_vocab(with_added_tokens=True)
    texts = json.loads((chosen.data / "texts.json").read_text("utf-8"))
    kept = kept_words(tokenizer, texts, _WORDS)
    state = torch.load(chosen.run / "weights.pt", map_location="cpu")
    grown = deepened({name: value.float() for name, value in state.items()}, _LAYERS)
    words, places = (
        f"encoder.embeddings.{which}_embeddings.weight" for which in ("word", "position")
    )
    grown[words] = grown[words][[numbers[word] for word in kept]]
    grown[places] = grown[places][:_PLACES]
    config = AutoConfig.from_pretrained(source)
    config.vocab_size, config.num_hidden_layers = len(kept), _LAYERS
    config.max_position_embeddings = _PLACES
    encoder = AutoModel.from_config(config, add_pooling_layer=False)
    encoder.load_state_dict(
        {n.removeprefix("encoder."): v for n, v in grown.items() if n.startswith("encoder.")}
    )
    encoder.save_pretrained(chosen.out)
    torch.save({name: value.half() for name, value in grown.items()}, chosen.out / "weights.pt")
    spec = fewer_words(source / "tokenizer.json", kept)
    (chosen.out / "tokenizer.json").write_text(spec, "utf-8")


if __name__ == "__main__":
    main()
