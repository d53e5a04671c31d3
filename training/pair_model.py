"""Train the pair model: two claims in; out what the first is to the second, and what both say.

``python -m training.pair_model --data FOLDER --teachers FOLDER... --out FOLDER`` fine-tunes
MiniLM-L6, or with ``--weights`` what ``training.deeper`` made of it, on the pairs that
``training.pair_data`` wrote, to say what the teachers say on the mean, and what the labels say
(Hinton, Vinyals & Dean 2015), and writes the weights with the scores on the development sets. Two
courses go on from there: ``hardest``, on the pairs of which it says least what the teachers say,
and ``stance``, mostly on the public sets, which are few among all pairs. ``--one-sided`` trains the
control, which sees only the first text and the labels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .pair_net import (
    DEVICE,
    STANCES,
    Ints,
    PairNet,
    Reader,
    drawn_by_share,
    fit,
    hard,
    logits_of,
    minilm,
    scores,
)

#: What a teacher says is softened by so much, and a label counts so much beside it.
_HEAT, _LABELS = 2.0, 0.3

#: How much the stance and the sense count in each course.
_WEIGHTS = {"first": (1.0, 2.0), "hardest": (1.0, 2.0), "stance": (1.5, 2.0)}

#: How often the pairs of a kind are seen in an epoch, where it is not once.
_SHARES = {
    "public": 2.0,
    "public, few motions": 2.0,
    "debates, conflict": 4.0,
    "pieces, conflict": 8.0,
    "pieces, same": 4.0,
}

#: The pairs of the course for the stance by kind; of all other kinds there are none.
_STANCE = {
    "public": 1.0,
    "public, few motions": 2.0,
    "motions": 0.6,
    "questions": 0.5,
    "frames": 0.06,
    "near": 0.03,
    "strangers": 0.02,
    "debates, conflict": 0.5,
    "debates, same": 1.0,
    "debates, neither": 0.02,
    "pieces, conflict": 1.0,
    "pieces, same": 0.5,
    "pieces, at one": 0.03,
}

#: To them come pairs of claims that are alike and *neither*: of so many it is asked about these on
#: which it is furthest from the teachers, and some of the others.
_ASKED, _FURTHEST, _OTHERS = 20_000, 5_000, 2_000

#: In the course for the hardest pairs, this share of all is seen so often, and this share of the
#: others once.
_HARDEST, _AGAIN, _EASY = 0.12, 4, 0.5


def _kept(logits: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
    """How far the odds are from what a teacher said, of each row."""
    return _HEAT**2 * functional.kl_div(
        functional.log_softmax(logits / _HEAT, dim=-1),
        functional.softmax(said / _HEAT, dim=-1),
        reduction="none",
    ).sum(dim=-1)


class _Lessons:
    """What a network learns: the loss of each pair, and the pairs of an epoch."""

    def __init__(self, reader: Reader, teachers: list[Path], course: str) -> None:
        self._reader, self._course = reader, course
        pairs = reader.train
        # the public sets do not tell a reason against a claim from a claim in conflict with it, and
        # a teacher takes many opponents there to be in conflict: of these only the stance counts
        known = [n for n, name in enumerate(reader.kinds) if not name.startswith("public")]
        self._sense_known = torch.tensor(np.isin(reader.kind, known), device=DEVICE)
        self._label = torch.tensor(pairs.label, device=DEVICE)
        self._sense = torch.tensor(pairs.sense, device=DEVICE)
        self._said: torch.Tensor | None = None
        if teachers:
            told = [np.load(run / "logits.npy").astype(np.float32) for run in teachers]
            # a teacher was not asked about what was written later
            self._said = torch.tensor(np.nanmean(told, axis=0), device=DEVICE)

    def loss(self, logits: torch.Tensor, rows: Ints) -> torch.Tensor:
        """The loss of each of some pairs."""
        at = torch.tensor(rows, device=DEVICE)
        stance, sense = logits[:, :STANCES], logits[:, STANCES:]
        labels = hard(stance, self._label[at]) + hard(sense, self._sense[at])
        if self._said is None:
            return labels
        said = self._said[at]
        for_stance, for_sense = _WEIGHTS[self._course]
        taught = for_stance * _kept(stance, said[:, :STANCES])
        taught = taught + for_sense * _kept(sense, said[:, STANCES:]) * self._sense_known[at]
        return taught + _LABELS * labels

    def epochs(self, net: PairNet) -> Callable[[np.random.Generator], Ints]:
        """What draws the pairs of an epoch."""
        kind, kinds = self._reader.kind, self._reader.kinds
        if self._course == "stance":
            drawn = drawn_by_share(kind, kinds, {n: _STANCE.get(n, 0.0) for n in kinds})
            alike = self._furthest(net)
            return lambda chance: np.concatenate([drawn(chance), alike])
        drawn = drawn_by_share(kind, kinds, _SHARES)
        return drawn if self._course == "first" else lambda chance: self._hard(net, drawn, chance)

    def _hard(
        self,
        net: PairNet,
        share: Callable[[np.random.Generator], Ints],
        chance: np.random.Generator,
    ) -> Ints:
        drawn, pairs, said = share(chance), self._reader.train, self._asked
        now = torch.tensor(logits_of(net, self._reader, pairs.a, pairs.b), device=DEVICE)
        off = _kept(now[:, STANCES:], said[:, STANCES:]) * self._sense_known
        off = off + 0.5 * _kept(now[:, :STANCES], said[:, :STANCES])
        far = off.cpu().numpy()[drawn]
        hardest = far > np.quantile(far, 1 - _HARDEST)
        easy = drawn[~hardest]
        kept = easy[chance.random(len(easy)) < _EASY]
        return np.concatenate([np.repeat(drawn[hardest], _AGAIN), kept])

    def _furthest(self, net: PairNet) -> Ints:
        chance, pairs = np.random.default_rng(0), self._reader.train
        alike = np.flatnonzero(self._reader.kind == self._reader.kinds.index("pieces, alike"))
        rows = chance.choice(alike, _ASKED, replace=False)
        now = torch.tensor(logits_of(net, self._reader, pairs.a[rows], pairs.b[rows]))
        said = self._asked[torch.tensor(rows, device=DEVICE)].cpu()
        order = np.argsort(-_kept(now[:, STANCES:], said[:, STANCES:]).numpy())
        others = chance.choice(order[_FURTHEST:], _OTHERS, replace=False)
        return rows[np.concatenate([order[:_FURTHEST], others])]

    @property
    def _asked(self) -> torch.Tensor:
        if self._said is None:
            raise SystemExit(f"the course {self._course} needs a teacher")
        return self._said


def main() -> None:
    """Train, print the scores and save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="default: MiniLM-L6")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[])
    parser.add_argument("--course", choices=_WEIGHTS, default="first")
    parser.add_argument("--start", type=Path, help="a run to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=190)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--size", type=int, default=256, help="how many pairs a step sees")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--one-sided", action="store_true")
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    weights = chosen.weights or minilm()
    reader = Reader(chosen.data, weights, one_sided=chosen.one_sided)
    net = PairNet(weights)
    if chosen.start is not None:
        net.load_state_dict(torch.load(chosen.start / "weights.pt", map_location="cpu"))
    net.to(DEVICE)
    lessons = _Lessons(reader, chosen.teachers, chosen.course)
    fit(
        net, reader, lessons.epochs(net), lessons.loss,
        rate=chosen.rate, size=chosen.size, seconds=chosen.seconds, seed=chosen.seed,
    )  # fmt: skip
    chosen.out.mkdir(parents=True, exist_ok=True)
    net.save(chosen.out)
    found = scores(net, reader)
    print(found, flush=True)
    (chosen.out / "scores.json").write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
