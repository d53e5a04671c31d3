"""Turn trained pair networks into the shipped model: average, quantise, calibrate, write the card.

``python -m training.ship FOLDER... --corpora FOLDER --out FOLDER`` averages the weights of several
runs from one beginning (Wortsman et al. 2022), writes them as int8 ONNX, and fits a temperature and
a shift of each label (Guo et al. 2017): for the stance on our own held-out topics, where every text
of a topic is paired with the claims of all its questions, for the sense on the claims of our own
held-out pieces, so that *neither* is about as common as it is in use. All scores are of the int8
model, as shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from graph.mining.models import PAIR_LABELS, SENSE_LABELS, network_of
from graph.mining.scores import by_label, macro_f1

from .data import (
    LABELS,
    SENSES,
    Pair,
    Question,
    held_out,
    own_pairs,
    read_debates,
    read_questions,
)
from .export import export
from .pair_data import DEBATES, FRAMES, PIECES, development
from .pair_net import MAX_TOKENS, PairNet, minilm

__all__ = ["calibrate", "natural_pairs"]

_VERSION = "5"


def natural_pairs(questions: Sequence[Question]) -> list[Pair]:
    """The pairs of some questions, and every text with the claims of the other questions."""
    pairs = own_pairs(questions)
    pairs = [p for p in pairs if p.label != "none"]
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(question.topic, []).append(question)
    for topic, asked in by_topic.items():
        for one in asked:
            for text in one.neither:
                pairs += [Pair(text, side, "none", topic) for side in one.sides.values()]
            texts = [*one.sides.values(), *one.reasons["A"], *one.reasons["B"], *one.neither]
            for other in asked:
                if other is not one:
                    pairs += [
                        Pair(t, s, "none", topic) for t in texts for s in other.sides.values()
                    ]
    return pairs


def calibrate(
    logits: NDArray[np.float32], gold: NDArray[np.int64]
) -> tuple[float, list[float], float]:
    """The temperature, the shift of each label, and the expected calibration error after them."""
    values = torch.tensor(logits)
    labels = torch.tensor(gold)
    heat = torch.zeros((), requires_grad=True)
    shift = torch.zeros(logits.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([heat, shift], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(values / heat.exp() + shift, labels)
        value.backward()
        return value

    optimizer.step(loss)
    odds = torch.softmax(values / heat.exp() + shift, -1).detach().numpy()
    sure, right = odds.max(axis=1), odds.argmax(axis=1) == gold
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    centred = (shift - shift.mean()).detach().numpy()
    return float(heat.exp()), [round(float(s), 4) for s in centred], round(float(error), 4)


def _calibration(logits: NDArray[np.float32], gold: Sequence[int]) -> dict[str, object]:
    heat, shift, error = calibrate(logits, np.array(gold))
    return {
        "temperature": round(heat, 4),
        "shift": shift,
        "calibrated on pairs": len(gold),
        "expected error": error,
    }


def _score(logits: NDArray[np.float32], pairs: Sequence[Pair]) -> dict[str, float]:
    """Macro-F1 of the stance among the labels that a set has, and F1 by label."""
    gold = [str(p.label) for p in pairs]
    present = [n for n, label in enumerate(LABELS) if label in set(gold)]
    guess = [LABELS[present[best]] for best in logits[:, present].argmax(axis=1)]
    told = {"pairs": len(pairs), "macro-F1": round(macro_f1(gold, guess), 4)}
    return told | {label: round(s.f1, 4) for label, s in by_label(gold, guess).items()}


def _conflicts(logits: NDArray[np.float32], pairs: Sequence[Pair]) -> dict[str, float]:
    """How well the conflicts of a set are found: average precision, and the share of them."""
    same, conflict, neither = logits[:, len(LABELS) :].T
    real = [pair.sense == "conflict" for pair in pairs]
    ranked = average_precision_score(real, conflict - np.logaddexp(same, neither))
    return {
        "pairs": len(pairs),
        "share of conflicts": round(sum(real) / len(real), 4),
        "average precision": round(float(ranked), 4),
    }


def _own() -> str:
    questions, debates = read_questions(), read_debates()
    topics = {q.topic for q in questions}
    return (
        f"{len(own_pairs(questions)):,} pairs on {len(topics)} topics, "
        f"{sum(len(list(d.pairs())) for d in debates):,} pairs of {len(debates)} debates"
    )


def main() -> None:
    """Write ``pair/model.onnx``, its tokenizer and ``model.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="as for the runs; default: MiniLM-L6")
    parser.add_argument("--control", type=Path, help="the run of the one-sided control")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    states = [torch.load(run / "weights.pt", map_location="cpu") for run in chosen.runs]
    weights = chosen.weights or minilm()
    net = PairNet(weights)
    net.load_state_dict(
        {
            name: torch.stack([s[name].float() for s in states]).mean(0).to(value.dtype)
            for name, value in states[0].items()
        }
    )
    folder = chosen.out / "pair"
    size = export(net, ["logits"], weights / "tokenizer.json", folder)
    card: dict[str, object] = {"name": "sicetnon-pair", "version": _VERSION, "tokens": MAX_TOKENS}
    (folder / "model.json").write_text(json.dumps(card), "utf-8")
    network, _ = network_of(folder)

    def logits(pairs: Sequence[Pair]) -> NDArray[np.float32]:
        return network.run([(p.a, p.b) for p in pairs])[0]

    natural = natural_pairs([q for q in read_questions() if held_out(q.topic)])
    dev = development(chosen.corpora)
    told = {name: dev.pop(name) for name in (DEBATES, PIECES)}
    width = len(LABELS)
    stances = [LABELS.index(p.label) for p in natural if p.label]
    senses = [SENSES.index(p.sense) for p in told[PIECES] if p.sense]
    read = {name: logits(pairs) for name, pairs in told.items()}
    began = time.perf_counter()
    scores = {name: _score(logits(pairs)[:, :width], pairs) for name, pairs in dev.items()}
    speed = sum(map(len, dev.values())) / (time.perf_counter() - began)
    card |= {
        "labels": list(PAIR_LABELS),
        "senses": list(SENSE_LABELS),
        "stance": _calibration(logits(natural)[:, :width], stances),
        "sense": _calibration(read[PIECES][:, width:], senses),
        "scores": scores,
        "conflicts": {name: _conflicts(read[name], pairs) for name, pairs in told.items()},
        "pairs per second when scored": round(speed),
        "bytes": size,
        "own": _own(),
        "frames": f"{FRAMES:,}",
    }
    if chosen.control is not None:
        card["one-sided control"] = json.loads((chosen.control / "scores.json").read_text("utf-8"))
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
