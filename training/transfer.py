"""What an earlier model says of the stance of pairs, with a label and without, to be learned along.

``python -m training.transfer --corpora FOLDER --teacher FOLDER --out FOLDER`` draws pairs of two
perspectives on one claim, pairs of a claim and the sentences of the IBM articles that are most like
it, and claims put as motions. It writes them with the logits of the model in the folder of the
teacher, as it was shipped, and beside them its logits for the public training pairs. Nothing of the
development sets is among them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import AutoModel

from graph.mining.models import network_of
from graph.passages import sentences

from .data import LABELS, Pair, read_pairs, unseen_motions
from .pair_model import minilm, public_pairs

__all__ = ["drawn", "embedded"]

_MOTIONS = ("This house believes that {}", "This house would agree that {}", "{}", "{}")


def embedded(texts: list[str]) -> NDArray[np.float32]:
    """The mean state of MiniLM for each text, of length 1."""
    tokenizer = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    tokenizer.enable_truncation(64)
    net = AutoModel.from_pretrained(minilm()).eval()
    rows = []
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(texts), 64):
            encoded = tokenizer.encode_batch(texts[start : start + 64])
            ids = torch.tensor([e.ids for e in encoded])
            mask = torch.tensor([e.attention_mask for e in encoded])
            states = net(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            weights = mask.unsqueeze(-1).float()
            rows.append(functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1))
    return torch.cat(rows).numpy()


def drawn(corpora: Path, seed: int = 0) -> list[Pair]:
    """The pairs to ask the teacher about."""
    chance = random.Random(seed)
    known = read_pairs(corpora / "pairs" / "perspectrum.train.jsonl")
    by_claim: defaultdict[str, list[str]] = defaultdict(list)
    for pair in known:
        by_claim[pair.b].append(pair.a)
    pairs = []
    for claim, texts in by_claim.items():
        for _ in range(6):
            if len(texts) > 1:
                one, other = chance.sample(texts, 2)
                pairs.append(Pair(one, other, None, claim))
        for text in chance.sample(texts, min(4, len(texts))):
            motion = chance.choice(_MOTIONS[:2]).format(claim)
            pairs.append(Pair(text, motion, None, claim))
    prose = []
    unseen = unseen_motions(read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl"))
    for line in (corpora / "claims" / "ibm-articles.train.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        if article["topic"] in unseen:
            continue
        found = [article["text"][s.start : s.end] for s in sentences(article["text"])]
        found = [text for text in found if 40 < len(text) < 220]
        prose += chance.sample(found, min(30, len(found)))
    claims = sorted(by_claim)
    likeness = embedded(claims) @ embedded(prose).T
    for claim, row in zip(claims, likeness, strict=True):
        near = (prose[at] for at in np.argsort(-row)[:6])
        pairs += [Pair(t, chance.choice(_MOTIONS).format(claim), None, claim) for t in near]
    return pairs


def main() -> None:
    """Draw the pairs, ask the teacher, write what it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    teacher, _ = network_of(chosen.teacher)

    def stances(pairs: list[Pair]) -> NDArray[np.float32]:
        return teacher.run([(p.a, p.b) for p in pairs])[0][:, : len(LABELS)]

    pairs = drawn(chosen.corpora)
    chosen.out.mkdir(parents=True, exist_ok=True)
    lines = (
        json.dumps({"a": p.a, "b": p.b, "logits": [round(float(x), 3) for x in row]})
        for p, row in zip(pairs, stances(pairs), strict=True)
    )
    (chosen.out / "transfer.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    public = public_pairs(chosen.corpora)
    np.save(chosen.out / "train.npy", stances(public))
    print(f"{len(pairs)} pairs without a label, {len(public)} with one")


if __name__ == "__main__":
    main()
