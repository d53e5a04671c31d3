"""Paragraphs, sentences and anchors."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceTextError
from graph.model import Agent, Anchor, Claim, Debate, Source
from graph.passages import anchor_at, passages, sentences

TEXT = (
    "Night buses\n\n"
    "By Hannah H.\n"
    "The U.S. model fails. Mr. Lee said: “It is late.” Why? “Nobody rides.” "
    "No. 5 runs at 5 p.m. and stops… then nothing.\r\n"
    "   Last line without a stop  \n"
)


def shown(text: str) -> list[tuple[int, int, str]]:
    return [(s.paragraph, s.number, text[s.start : s.end]) for s in sentences(text)]


def test_sentences_of_a_text() -> None:
    assert shown(TEXT) == [
        (1, 1, "Night buses"),
        (2, 1, "By Hannah H."),
        (3, 1, "The U.S. model fails."),
        (3, 2, "Mr. Lee said: “It is late.”"),
        (3, 3, "Why?"),
        (3, 4, "“Nobody rides.”"),
        (3, 5, "No. 5 runs at 5 p.m. and stops… then nothing."),
        (4, 1, "Last line without a stop"),
    ]


@given(st.text(alphabet="ab A.!?\n\r\t“”é\u2028", max_size=60))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip()
        end = sentence.end
    assert not text[end:].strip()


def test_an_anchor_lies_in_its_sentence() -> None:
    start = TEXT.index("Nobody")
    assert anchor_at(TEXT, start, start + 6) == Anchor(3, 4, start, start + 6)
    with pytest.raises(SourceTextError, match="do not lie inside one sentence"):
        anchor_at(TEXT, 0, start)


def debate(anchor: Anchor, text: str = "piece.txt", digest: str | None = None) -> Debate:
    return Debate(
        "d",
        "D",
        agents=(Agent("her", "Hannah"),),
        sources=(Source("one", "One", "her", text=text, sha256=digest),),
        claims=(Claim("a", "A.", "one", "her", anchor=anchor),),
    )


def test_the_passage_of_a_claim(tmp_path: Path) -> None:
    (tmp_path / "piece.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    start = TEXT.index("The U.S.")
    found = passages(debate(Anchor(3, 1, start, start + 8), digest=digest), tmp_path)
    assert found == {"a": "The U.S."}


def test_an_absent_text_has_no_passages(tmp_path: Path) -> None:
    assert passages(debate(Anchor(3, 1, 0, 8)), tmp_path) == {}


@pytest.mark.parametrize(
    ("anchor", "message"),
    [
        (Anchor(3, 2, 26, 34), "characters 26-34, does not lie in paragraph 3, sentence 2"),
        (Anchor(9, 1, 26, 34), "does not lie in paragraph 9, sentence 1 of one"),
        (Anchor(3, 1, 26, 9999), "does not lie in paragraph 3, sentence 1"),
    ],
)
def test_a_wrong_anchor_is_refused(anchor: Anchor, message: str, tmp_path: Path) -> None:
    (tmp_path / "piece.txt").write_bytes(TEXT.encode())
    with pytest.raises(SourceTextError, match=message):
        passages(debate(anchor), tmp_path)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"changed", "piece.txt: the text has changed since source one was annotated"),
        (b"\xff", "piece.txt: "),
    ],
)
def test_a_changed_text_is_refused(raw: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "piece.txt").write_bytes(raw)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    with pytest.raises(SourceTextError, match=message):
        passages(debate(Anchor(3, 1, 26, 34), digest=digest), tmp_path)


def test_a_text_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceTextError, match="lies outside"):
        passages(debate(Anchor(1, 1, 0, 3), text="../piece.txt"), tmp_path)


def test_a_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "piece.txt").write_bytes(b"Tr\xe4ms")
    with pytest.raises(SourceTextError, match="not UTF-8 at byte 2"):
        passages(debate(Anchor(1, 1, 0, 3)), tmp_path)
