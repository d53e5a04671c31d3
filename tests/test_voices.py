"""Who says it: a passage and what is heard in it, read from fixtures."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mining.sentences import sentences
from graph.mining.voices import utterances
from tests.mined import article

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "voices").glob("*.txt"))


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for path in FIXTURES:
        for block in path.read_text("utf-8").strip().split("\n\n"):
            title, *lines = block.splitlines()
            passage = " ".join(line for line in lines if not line.startswith("-> "))
            expected = [line.removeprefix("-> ") for line in lines if line.startswith("-> ")]
            found.append((title, passage, expected))
    assert found
    return found


@pytest.mark.parametrize(("passage", "expected"), [pytest.param(p, e, id=t) for t, p, e in cases()])
def test_who_says_it(passage: str, expected: list[str]) -> None:
    read = article("a", passage, author="Hannah Ode")
    said = [
        f"{one.holder or 'author'} | {one.status} | {one.span.of(passage)}"
        for one in utterances(read, sentences(read))
    ]
    assert said == expected


def test_the_author_is_no_speaker_in_their_own_piece() -> None:
    read = article("a", "Hannah Ode argues that trams squeal.", author="Hannah Ode")
    (said,) = utterances(read, sentences(read))
    assert (said.holder, said.status) == (None, "asserted")


@given(st.text(max_size=300) | st.text(alphabet='ab. ,"“”said that but\n', max_size=300))
def test_spans_lie_in_their_sentences_and_apart(text: str) -> None:
    read = article("a", text)
    found = sentences(read)
    for sentence in found:
        assert all(sentence.span.holds(clause) for clause in sentence.clauses)
        ends = [(c.start, c.end) for c in sentence.clauses]
        assert all(a[1] <= b[0] for a, b in pairwise(ends))
    for said in utterances(read, found):
        assert found[said.sentence].span.holds(said.span)
        assert said.span.start < said.span.end


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        '"' * 100_000,
        "He said that " * 50_000,
        "x, and the dog is old " * 20_000,
        "“" * 50_000 + "”" * 50_000,
        "The mayor, " * 50_000,
        ("The mayor, who is old, said that it is late. ") * 5_000,
    ],
    ids=["words", "letters", "quotes", "frames", "clauses", "brackets", "commas", "sentences"],
)
def test_long_and_strange_texts_are_read_to_their_end(text: str) -> None:
    read = article("a", text)
    found = sentences(read)
    said = utterances(read, found)
    assert {one.sentence for one in said} == set(range(len(found)))
    # what is too long for prose is taken whole, and not searched for speakers
    for one in said:
        span = found[one.sentence].span
        assert span.end - span.start <= 4000 or one.holder is None
