"""Train the claim model: a text in, the odds that it claims something and a vector out.

``python -m training.claim_model --out FOLDER`` fine-tunes MiniLM-L6 on the utterances of our own
pieces. (The sentences of the IBM articles were tried and left out: only claims on one topic are
marked there, and what is unmarked taught the model that sentences of real prose are no claims.) The
vectors, which retrieval needs, are held near those of the model it began as.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from graph.mining.scores import by_label
from graph.mining.sentences import sentences
from graph.mining.voices import utterances

from .data import AnnotatedPiece, held_out, read_pieces
from .export import export
from .pair_net import minilm

__all__ = ["ClaimNet", "Example", "examples"]

#: Longer texts are cut.
MAX_TOKENS = 64

_BATCH = 32


class ClaimNet(nn.Module):
    """A transformer read twice: a linear layer on the mean state, and the mean state itself."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The logits of a batch and its vectors of length 1."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)
        weights = mask.unsqueeze(-1).to(states.last_hidden_state.dtype)
        mean = (states.last_hidden_state * weights).sum(1) / weights.sum(1)
        # the first token is free to tell claims, so that the mean can keep the meaning
        logits = self.head(self.dropout(states.last_hidden_state[:, 0]))
        return logits, functional.normalize(mean, dim=-1)


@dataclass(frozen=True, slots=True)
class Example:
    """A text, whether it is a claim, and how much that counts."""

    text: str
    claim: bool
    weight: float
    piece: str


def examples(pieces: Sequence[AnnotatedPiece]) -> list[Example]:
    """The utterances of our own pieces: claims are those that mostly lie in a marked unit."""
    found = []
    for piece in pieces:
        article = piece.article
        for said in utterances(article, sentences(article)):
            span = said.span
            shared = max(
                (min(span.end, u.end) - max(span.start, u.start) for u in piece.units), default=0
            )
            share = shared / (span.end - span.start)
            if share >= 0.6 or share <= 0.2:
                found.append(Example(span.of(piece.text), share >= 0.6, 1.0, piece.id))
        found += [Example(u.text, True, 0.5, piece.id) for u in piece.units]
    return found


def _tensors(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[torch.Tensor, ...]:
    encoded = tokenizer.encode_batch(list(texts))
    width = max(len(e.ids) for e in encoded)
    ids = torch.zeros(len(encoded), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, entry in enumerate(encoded):
        ids[row, : len(entry.ids)] = torch.tensor(entry.ids)
        mask[row, : len(entry.ids)] = 1
    return ids, mask, torch.zeros_like(ids)


def _train(
    weights: Path, tokenizer: Tokenizer, rows: list[Example], epochs: int, rate: float
) -> ClaimNet:
    torch.manual_seed(0)
    net = ClaimNet(weights)
    with torch.inference_mode():
        old = _vectors(net.eval(), tokenizer, [e.text for e in rows]).clone()
    head = [p for n, p in net.named_parameters() if n.startswith("head")]
    body = [p for n, p in net.named_parameters() if not n.startswith("head")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 10}], weight_decay=0.01
    )
    steps = epochs * math.ceil(len(rows) / _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, 10 * s / steps, (steps - s) / steps * 1.1)
    )
    chance = np.random.default_rng(0)
    net.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in _like_length(rows, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits, vectors = net(*_tensors(tokenizer, [rows[i].text for i in batch]))
            gold = torch.tensor([float(rows[i].claim) for i in batch]) * 0.9 + 0.05
            loss = functional.binary_cross_entropy_with_logits(
                logits[:, 0].float(), gold, weight=torch.tensor([rows[i].weight for i in batch])
            )
            # what is near in meaning must stay near, or retrieval would be lost
            loss = loss + (1 - (vectors.float() * old[batch]).sum(-1)).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss) * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}", flush=True)
    return net.eval()


def _like_length(rows: Sequence[Example], chance: np.random.Generator) -> list[NDArray[np.int64]]:
    """Batches of texts of about the same length, in random order."""
    lengths = np.array([len(row.text) for row in rows]) + chance.random(len(rows)) * 20
    order = np.argsort(lengths)
    batches = [order[i : i + _BATCH] for i in range(0, len(order), _BATCH)]
    return [batches[i] for i in chance.permutation(len(batches))]


def _vectors(net: ClaimNet, tokenizer: Tokenizer, texts: Sequence[str]) -> torch.Tensor:
    parts = []
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(texts), _BATCH):
            parts += [net(*_tensors(tokenizer, texts[start : start + _BATCH]))[1].float()]
    return torch.cat(parts)


def _logits(net: ClaimNet, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    parts = []
    with torch.inference_mode():
        for start in range(0, len(texts), _BATCH):
            parts += [net(*_tensors(tokenizer, texts[start : start + _BATCH]))[0][:, 0]]
    return torch.cat(parts).float().numpy()


def _temperature(logits: NDArray[np.float32], gold: NDArray[np.bool_]) -> float:
    """The heat at which the odds fit best (Guo et al. 2017)."""
    signs = np.where(gold, 1, -1)
    heats = np.linspace(0.5, 5, 91)
    losses = [np.log1p(np.exp(-signs * logits / heat)).mean() for heat in heats]
    return float(heats[int(np.argmin(losses))])


def main() -> None:
    """Train, print the scores on held-out pieces, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4)
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    pieces = read_pieces()
    dev = examples([p for p in pieces if held_out(p.id)])
    dev = [e for e in dev if e.weight == 1.0]
    rows = examples([p for p in pieces if not held_out(p.id)])
    net = _train(minilm(), tokenizer, rows, chosen.epochs, chosen.rate)
    logits = _logits(net, tokenizer, [e.text for e in dev])
    gold = np.array([e.claim for e in dev])
    named = [["other", "claim"][int(g)] for g in gold]
    found = by_label(named, [["other", "claim"][int(x > 0)] for x in logits])["claim"]
    told = {
        "precision": round(found.precision, 3),
        "recall": round(found.recall, 3),
        "f1": round(found.f1, 3),
        "claims": found.there,
        "utterances": len(dev),
    }
    print(f"{len(rows)} examples; held-out pieces: {told}")
    folder = chosen.out / "claim"
    size = export(net, ["claim", "vector"], minilm() / "tokenizer.json", folder)
    card = {
        "name": "sicetnon-claim",
        "version": "2",
        "tokens": MAX_TOKENS,
        "temperature": round(_temperature(logits, gold), 3),
        "scores": {"own held-out pieces": told},
        "bytes": size,
        "pieces": f"{len(pieces)} pieces, a sixth of them held out",
    }
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
