"""All pairs that the pair models learn from and are measured on, as numbers of texts.

``python -m training.pair_data --corpora FOLDER --out FOLDER`` writes ``texts.json``, ``kinds.json``
and ``pairs.npz``, which are all that ``training.teacher`` and ``training.pair_model`` read, so that
those can run on a machine that has nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.mining.models import claim_model
from graph.passages import sentences

from .data import (
    LABELS,
    SENSES,
    OwnDebate,
    Pair,
    at_one,
    held_out,
    own_pairs,
    read_debates,
    read_pairs,
    read_pieces,
    read_questions,
    unseen_motions,
)
from .frames import frame_pairs
from .motions import motion_pairs

__all__ = [
    "DEBATES",
    "FRAMES",
    "PIECES",
    "Numbered",
    "development",
    "labelled",
    "public_pairs",
    "unlabelled",
]

#: The names of the development sets of our own debates: sentences made up, and claims that were
#: mined from whole pieces.
DEBATES, PIECES = "own unseen debates", "own unseen pieces"

#: How many pairs are made of frames.
FRAMES = 5_000

#: Of the pairs of claims that nobody opposes to each other, so many of each debate of pieces: those
#: most alike, which the miner would compare, some of the others, and some of one author.
_ALIKE, _OTHERS, _SAME_SIDE = 1500, 1500, 250

#: Of every debate of pieces that is kept out, so many pairs are measured on.
_MEASURED = 2000

#: How many pairs are drawn between claims of two debates, of the prose on one topic, and, at most,
#: of the perspectives on one claim.
_STRANGERS, _PROSE, _OF_ONE_CLAIM = 20_000, 1_500, 300

#: The numbers of the senses, those of an unknown one and of *at one* as :mod:`.pair_net` has them.
_SENSES = {None: -1, "at one": -2} | {sense: n for n, sense in enumerate(SENSES)}

_MOTIONS = ("This house believes that {}", "This house would agree that {}", "{}", "{}")


def public_pairs(corpora: Path) -> list[Pair]:
    """The public pairs to learn from."""
    pairs = corpora / "pairs"
    ibm = read_pairs(pairs / "ibm-claim-stance.train.jsonl")
    unseen = unseen_motions(ibm)
    return [
        *read_pairs(pairs / "perspectrum.train.jsonl"),
        *read_pairs(pairs / "argkp.train.jsonl"),
        *(p for p in ibm if p.topic not in unseen),
    ]


def labelled(corpora: Path, seed: int = 0) -> dict[str, list[Pair]]:
    """The pairs to learn from by kind; those whose kind begins with *public* know no sense."""
    chance = random.Random(seed)
    public = public_pairs(corpora)
    few = {p.topic for p in read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl")}
    asked = [p for p in own_pairs(read_questions()) if not held_out(p.topic)]
    found = {
        "public": public,
        "public, few motions": [p for p in public if p.topic in few] * 2,
        "public at one": at_one(public),
        "motions": motion_pairs(),
        "questions": asked,
        "at one": [*at_one(asked), *(p for piece in read_pieces() for p in piece.at_one())],
        "frames": frame_pairs(FRAMES),
    }
    for debate in read_debates():
        if held_out(debate.topic):
            continue
        for kind, pairs in _by_kind(debate, chance).items():
            # what is no conflict is so both ways; which way it is read is left to chance
            free = [chance.choice((p, p.turned)) if p.label is None else p for p in pairs]
            found.setdefault(kind, []).extend(free)
    return found


def _by_kind(debate: OwnDebate, chance: random.Random) -> dict[str, list[Pair]]:
    """The pairs of a debate to learn from, all of them or so many as :data:`_ALIKE` says."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in debate.pairs():
        found[str(pair.sense)].append(pair)
    found["at one"] = _some(found["at one"], _SAME_SIDE, chance)
    if debate.of_pieces:
        neither = sorted(found["neither"], key=_likeness(debate), reverse=True)
        found["alike"] = neither[:_ALIKE]
        found["neither"] = _some(neither[_ALIKE:], _OTHERS, chance)
    name = "pieces" if debate.of_pieces else "debates"
    return {f"{name}, {kind}": pairs for kind, pairs in found.items()}


def _some(pairs: list[Pair], most: int, chance: random.Random) -> list[Pair]:
    return chance.sample(pairs, min(most, len(pairs)))


def _likeness(debate: OwnDebate) -> Callable[[Pair], float]:
    texts = list(dict.fromkeys(debate.claims.values()))
    vectors = dict(zip(texts, claim_model().read(texts).vectors, strict=True))
    return lambda pair: float(vectors[pair.a] @ vectors[pair.b])


def unlabelled(corpora: Path, seed: int = 0) -> dict[str, list[Pair]]:
    """Pairs that only a teacher is asked about, by kind; nothing of the development sets."""
    chance = random.Random(seed)
    learned = [d for d in read_debates() if not held_out(d.topic)]
    claims = [text for d in learned if d.of_pieces for text in d.claims.values()]
    near = [
        Pair(d.claims[one], d.claims[other], None, d.topic)
        for d in learned
        for one, other in sorted(map(sorted, d.near))
    ]
    strangers = (chance.sample(claims, 2) for _ in range(_STRANGERS))
    return {
        "public, two perspectives": _perspectives(corpora, chance),
        "prose": _prose(corpora, chance),
        "near": near,
        "strangers": [Pair(one, other, None, "", "neither") for one, other in strangers],
    }


def _perspectives(corpora: Path, chance: random.Random) -> list[Pair]:
    """Two perspectives on one claim, and a perspective with the claim put as a motion."""
    by_claim: defaultdict[str, list[str]] = defaultdict(list)
    for pair in public_pairs(corpora):
        by_claim[pair.b].append(pair.a)
    pairs = []
    for claim, texts in by_claim.items():
        both = min(3 * len(texts), _OF_ONE_CLAIM) if len(texts) > 1 else 0
        drawn = (chance.sample(texts, 2) for _ in range(both))
        pairs += [Pair(one, other, None, claim) for one, other in drawn]
        for text in chance.sample(texts, min(_OF_ONE_CLAIM // 2, len(texts))):
            pairs.append(Pair(text, chance.choice(_MOTIONS).format(claim), None, claim))
    return pairs


def _prose(corpora: Path, chance: random.Random) -> list[Pair]:
    """Sentences of two articles on one topic."""
    unseen = unseen_motions(read_pairs(corpora / "pairs" / "ibm-claim-stance.train.jsonl"))
    by_topic: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (corpora / "claims" / "ibm-articles.train.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        if article["topic"] not in unseen:
            texts = (article["text"][s.start : s.end] for s in sentences(article["text"]))
            by_topic[article["topic"]] += [
                (article["doc_id"], text) for text in texts if 40 < len(text) < 260
            ]
    drawn = (
        (topic, chance.sample(rows, 2)) for topic, rows in by_topic.items() for _ in range(_PROSE)
    )
    return [
        Pair(one[1], other[1], None, topic) for topic, (one, other) in drawn if one[0] != other[0]
    ]


def development(corpora: Path) -> dict[str, list[Pair]]:
    """The sets to measure on, by name; those of one author's claims are never compared."""
    pairs = corpora / "pairs"
    ibm = read_pairs(pairs / "ibm-claim-stance.train.jsonl")
    unseen = unseen_motions(ibm)
    kept = [d for d in read_debates() if held_out(d.topic)]
    return {
        "perspectrum dev": read_pairs(pairs / "perspectrum.dev.jsonl"),
        "IBM unseen topics": [p for p in ibm if p.topic in unseen],
        "ArgKP dev": read_pairs(pairs / "argkp.dev.jsonl"),
        "own unseen topics": [p for p in own_pairs(read_questions()) if held_out(p.topic)],
        DEBATES: _compared(d for d in kept if not d.of_pieces),
        PIECES: [
            pair
            for d in kept
            if d.of_pieces
            for pair in _some(_compared([d]), _MEASURED, random.Random(0))
        ],
    }


def _compared(debates: Iterable[OwnDebate]) -> list[Pair]:
    return [p for d in debates for p in d.pairs() if p.sense != "at one"]


@dataclass
class Numbered:
    """Texts, each once, and pairs as arrays of their numbers with what is known of them."""

    texts: dict[str, int] = field(default_factory=dict)

    def arrays(self, pairs: Iterable[Pair]) -> dict[str, NDArray[np.int64]]:
        """The first text, the second, the label and the sense; -1 for what is not known."""
        rows = [
            (
                self.texts.setdefault(p.a, len(self.texts)),
                self.texts.setdefault(p.b, len(self.texts)),
                -1 if p.label is None else LABELS.index(p.label),
                _SENSES[p.sense],
            )
            for p in pairs
        ]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        return dict(zip(("a", "b", "label", "sense"), columns, strict=True))


def write(folder: Path, kinds: Mapping[str, list[Pair]], dev: Mapping[str, list[Pair]]) -> None:
    """Write the pairs of some kinds to learn from, and the sets to measure on."""
    folder.mkdir(parents=True, exist_ok=True)
    numbered = Numbered()
    out = {
        f"train {n}": a for n, a in numbered.arrays(p for ps in kinds.values() for p in ps).items()
    }
    out["train kind"] = np.repeat(np.arange(len(kinds)), [len(ps) for ps in kinds.values()])
    for name, pairs in dev.items():
        out |= {f"dev {name} {n}": a for n, a in numbered.arrays(pairs).items()}
    np.savez_compressed(folder / "pairs.npz", **out)  # type: ignore[arg-type]
    (folder / "texts.json").write_text(json.dumps(list(numbered.texts)), "utf-8")
    names = {"kinds": list(kinds), "dev": list(dev)}
    (folder / "kinds.json").write_text(json.dumps(names, indent=1), "utf-8")


def main() -> None:
    """Write all pairs and print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    kinds = labelled(chosen.corpora) | unlabelled(chosen.corpora)
    dev = development(chosen.corpora)
    write(chosen.out, kinds, dev)
    print({name: len(pairs) for name, pairs in kinds.items()})
    print({name: dict(Counter(p.sense or p.label for p in ps)) for name, ps in dev.items()})


if __name__ == "__main__":
    main()
