"""What larger networks say of pairs, with a label and without, to be learned along.

``python -m training.transfer --corpora FOLDER --stance RUN --sense RUN --weights MPNET --earlier
FOLDER --out FILE`` asks two teachers (``training.teachers``). The teacher of the stance is asked of
the public training pairs, of two perspectives on one claim, of a claim and the sentences of the IBM
articles that are most like it, and of claims put as motions; it tells which way each pair leans,
and an earlier shipped model, whether it is neither for nor against, which that teacher never
learned. The teacher of the sense is asked of our debates and of public texts that are alike and
speak for different sides. Nothing of the development sets is among them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import AutoModel

from graph.mining.models import network_of
from graph.passages import sentences

from .data import LABELS, SENSES, Pair, read_pairs, unseen_motions
from .pair_model import PairNet, logits_of, minilm, public_pairs, taught_debates

__all__ = ["drawn", "embedded", "leaning", "opposed"]

#: Of one side of a claim, so many texts are drawn.
_SIDE = 15

#: So many sentences of each article are looked at.
_SENTENCES = 8

#: Of the debates' pairs that are neither, so many are asked about.
_NEITHER_ASKED = 0.15

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
    prose = [text for _, _, text in _prose(corpora, chance, 30)]
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


def opposed(corpora: Path, seed: int = 0) -> list[Pair]:
    """Public texts on one claim, each with the text of the other side that is most like it.

    Every third is also paired with the one most like it of its own side, and sentences of the IBM
    articles with the most alike of another article on the topic.
    """
    chance = random.Random(seed)
    sides: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair in public_pairs(corpora):
        sides[pair.b][str(pair.label)].append(pair.a)
    groups = []
    for claim, found in sides.items():
        drawn = {side: chance.sample(of, min(_SIDE, len(of))) for side, of in found.items()}
        groups.append((claim, [(text, side) for side, of in drawn.items() for text in of]))
    prose: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for article, topic, text in _prose(corpora, chance, _SENTENCES):
        prose[topic].append((text, article))
    vectors = iter(embedded([text for _, rows in (*groups, *prose.items()) for text, _ in rows]))
    pairs = []
    for topic, rows in (*groups, *prose.items()):
        likeness = np.array(list(itertools.islice(vectors, len(rows))))
        near = _nearest(likeness @ likeness.T, [group for _, group in rows])
        for (text, _), (other, own) in zip(rows, near, strict=True):
            if other is not None:
                pairs.append(Pair(text, rows[other][0], None, topic))
            if own is not None and topic not in prose and chance.random() < 1 / 3:
                pairs.append(Pair(text, rows[own][0], None, topic))
    return pairs


def _nearest(
    likeness: NDArray[np.float32], groups: list[str]
) -> Iterator[tuple[int | None, int | None]]:
    """For each text the number of the most alike of another group, and of its own, if any."""
    names = np.array(groups)
    for at, row in enumerate(likeness):
        own = np.flatnonzero(names == names[at])
        own = own[own != at]
        others = np.flatnonzero(names != names[at])
        yield (
            int(others[row[others].argmax()]) if len(others) else None,
            int(own[row[own].argmax()]) if len(own) else None,
        )


def _prose(corpora: Path, chance: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """Article, topic and words of some sentences of each IBM article on a motion for training."""
    unseen = unseen_motions(read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl"))
    for line in (corpora / "claims" / "ibm-articles.train.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        if article["topic"] in unseen:
            continue
        found = [article["text"][s.start : s.end] for s in sentences(article["text"])]
        found = [text for text in found if 40 < len(text) < 220]
        for text in chance.sample(found, min(count, len(found))):
            yield article["doc_id"], article["topic"], text


def main() -> None:
    """Draw the pairs, ask the teachers, write what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--stance", type=Path, required=True, help="the run of that teacher")
    parser.add_argument("--sense", type=Path, required=True, help="the run of that teacher")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--earlier", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    earlier, _ = network_of(chosen.earlier)
    tokenizer = Tokenizer.from_file(str(chosen.weights / "tokenizer.json"))

    def told(run: Path, pairs: list[Pair]) -> NDArray[np.float32]:
        net = PairNet(chosen.weights)
        net.load_state_dict(torch.load(run / "weights.pt", map_location="cpu"))
        return logits_of(net, tokenizer, pairs)

    stance = [*public_pairs(chosen.corpora), *drawn(chosen.corpora)]
    leans = leaning(told(chosen.stance, stance), earlier.run([(p.a, p.b) for p in stance])[0])
    chance = random.Random(0)
    debates = [p for p in taught_debates() if p.sense != "at one"]
    sense = [
        *opposed(chosen.corpora),
        *(p for p in debates if p.label or chance.random() < _NEITHER_ASKED),
    ]
    senses = told(chosen.sense, sense)[:, len(LABELS) :]
    said: dict[tuple[str, str], list[float | None]] = {}
    for pairs, rows, at in ((stance, leans, 0), (sense, senses, len(LABELS))):
        for pair, row in zip(pairs, rows, strict=True):
            logits = said.setdefault((pair.a, pair.b), [None] * (len(LABELS) + len(SENSES)))
            logits[at : at + len(row)] = [round(float(x), 3) for x in row]
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"a": a, "b": b, "logits": row}) for (a, b), row in said.items())
    chosen.out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"the stance of {len(stance)} pairs, the sense of {len(sense)}")


if __name__ == "__main__":
    main()
