"""Our own training data: what it says is what its labels say, and it keeps off what is measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training.data import (
    OWN,
    Pair,
    at_one,
    held_out,
    own_pairs,
    read_debates,
    read_pieces,
    read_questions,
)
from training.frames import frame_pairs, read_concepts, read_domains
from training.motions import motion_pairs

TEXTS = sorted(OWN.rglob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_about_what_the_miner_is_measured_on(path: Path) -> None:
    words = path.read_text("utf-8")
    assert not re.search(r"Kosov|Serbi|Belgrade|Pristina|Balkan|Vucic|Albanian", words, re.I)


def test_there_are_thousands_of_pairs_and_hundreds_of_claims() -> None:
    assert len(own_pairs(read_questions())) > 6000
    assert sum(len(debate.claims) for debate in read_debates()) > 900
    assert sum(len(piece.units) for piece in read_pieces()) > 800


def test_each_theme_of_whole_pieces_has_five_and_its_claims_stand_in_them() -> None:
    debates = {d.topic: d for d in read_debates()}
    for folder in sorted((OWN / "articles").iterdir()):
        debate = debates[f"{folder.name.replace('-', ' ')} in five pieces"]
        pieces = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
        assert len(pieces) == 5
        there = [set(re.findall(r"\w+", piece.lower())) for piece in pieces]
        for name, claim in debate.claims.items():
            words = set(re.findall(r"\w+", claim.lower()))
            assert len(words & there["abcde".index(name[0])]) >= 0.9 * len(words), claim
        assert all(len({name[0] for name in pair}) == 2 for pair in debate.conflict | debate.same)


def test_no_debate_is_both_learned_from_and_held_out() -> None:
    topics = [debate.topic for debate in read_debates()]
    assert len(topics) == len(set(topics))
    kept = [topic for topic in topics if held_out(topic)]
    assert 5 <= len(kept) <= len(topics) / 3


def test_claims_of_one_author_are_at_one_unless_marked() -> None:
    debate = next(d for d in read_debates() if "night train" in d.topic)
    senses = {frozenset((p.a, p.b)): p.sense for p in debate.pairs()}

    def sense(one: str, other: str) -> str | None:
        return senses.get(frozenset((debate.claims[one], debate.claims[other])))

    assert sense("a1", "a2") == "at one"
    assert sense("a2", "b1") == "conflict"
    assert sense("a4", "c2") == "same"
    assert sense("a2", "d2") == "neither"
    assert sense("a1", "b4") is None


def test_reasons_on_one_side_are_at_one() -> None:
    pairs = [
        Pair("They squeal.", "Close it.", "support", "t"),
        Pair("They are dear.", "Close it.", "support", "t"),
        Pair("They are quiet.", "Close it.", "attack", "t"),
        Pair("It rained.", "Close it.", "none", "t"),
    ]
    (found,) = at_one(pairs)
    assert {found.a, found.b} == {"They squeal.", "They are dear."}


def test_every_brace_of_a_concept_can_be_filled() -> None:
    slots = {slot for d in read_domains() for slot in d.words} | {"other"}
    for concept in read_concepts():
        assert min(map(len, concept.sides)) >= 2
        assert set(re.findall(r"\{(\w+)\}", str(concept.sides))) <= slots
    for domain in read_domains():
        assert len(domain.words["actor"]) > 2


def test_pairs_of_frames_are_sentences_without_gaps() -> None:
    for pair in frame_pairs(300):
        for text in (pair.a, pair.b):
            assert text[0].isupper()
            assert text.endswith(".")
            assert not re.search(r"[{}]|\s\s", text)
        assert (pair.label == "attack") == (pair.sense == "conflict")


def test_a_reason_against_a_practice_is_one_for_its_abolition() -> None:
    pairs = {(p.a, p.b): p.label for p in motion_pairs(30)}
    claim = "Great apes go mad in captivity"
    assert pairs[claim, "This house would ban zoos"] == "support"
    assert pairs[claim, "This house believes that zoos should not be banned"] == "attack"
    assert pairs[claim, "Governments should not subsidize zoos"] == "support"
