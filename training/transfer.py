"""What other models say of the stance of pairs, with a label and without, to be learned along.

``python -m training.transfer --corpora FOLDER --teacher RUN --weights MPNET --earlier FOLDER
--out FOLDER`` draws pairs of two perspectives on one claim, pairs of a claim and the sentences of
the IBM articles that are most like it, and claims put as motions. The teacher, a larger network
that ``training.pair_model --stance`` fine-tuned, tells which way each pair leans; whether it is
neither for nor against, which the teacher never learned, is told by an earlier shipped model. Both
are written beside the pairs, and for the public training pairs as well. Nothing of the development
sets is among them.
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

from .data import Pair, read_pairs, unseen_motions
from .pair_model import PairNet, logits_of, minilm, public_pairs

__all__ = ["drawn", "embedded", "leaning"]

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


def leaning(teacher: NDArray[np.float32], earlier: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logits that lean as the teacher does, and give *neither* the odds of the earlier model.

    >>> from math import log
    >>> teacher = np.array([[log(3), 0]], np.float32)
    >>> earlier = np.array([[0, 0, log(2)]], np.float32)
    >>> shares = np.exp(leaning(teacher, earlier))
    >>> (shares / shares.sum()).round(3).tolist()
    [[0.375, 0.125, 0.5]]
    """
    lean = teacher[:, :2] - np.logaddexp(teacher[:, 0], teacher[:, 1])[:, None]
    neither = earlier[:, 2] - np.logaddexp(earlier[:, 0], earlier[:, 1])
    return np.column_stack((lean, neither))


def main() -> None:
    """Draw the pairs, ask both models, write what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--earlier", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    earlier, _ = network_of(chosen.earlier)
    net = PairNet(chosen.weights)
    net.load_state_dict(torch.load(chosen.teacher / "weights.pt", map_location="cpu"))
    tokenizer = Tokenizer.from_file(str(chosen.weights / "tokenizer.json"))

    def stances(pairs: list[Pair]) -> NDArray[np.float32]:
        return leaning(
            logits_of(net, tokenizer, pairs), earlier.run([(p.a, p.b) for p in pairs])[0]
        )

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
