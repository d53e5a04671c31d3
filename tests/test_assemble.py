"""Pieces put together: names, holders, anchors, and what they are signed with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.mining.assemble import slug
from graph.mining.parts import Run
from graph.model import AgentKind, Anchor, Status
from tests.mined import mined, piece

PROSE = "Trams are quiet. Trams squeal. Trams are dear."
CLAIMS = ["Trams are quiet", "Trams squeal", "Trams are dear"]


def test_claims_are_named_after_their_place_in_the_file() -> None:
    debate = mined(piece("for", PROSE, CLAIMS), piece("against", "Rents rose.", ["Rents rose"]))
    assert [c.id for c in debate.claims] == ["for-1-1", "for-1-2", "for-1-3", "against-1-1"]
    assert debate.claim("for-1-2").anchor == Anchor(1, 2, 17, 29)


def test_two_claims_of_one_sentence_have_letters() -> None:
    debate = mined(piece("for", "Trams hum and buses roar.", ["Trams hum", "buses roar"]))
    assert [c.id for c in debate.claims] == ["for-1-1", "for-1-1b"]


def test_a_speaker_holds_what_is_reported() -> None:
    debate = mined(piece("for", PROSE, CLAIMS, holders={1: "Hank Stade", 2: "The mayor"}))
    assert [(c.holder, c.status) for c in debate.claims] == [
        ("hannah-ode", Status.ASSERTED),
        ("hank-stade", Status.REPORTED),
        ("the-mayor", Status.REPORTED),
    ]
    assert debate.agent("hank-stade").kind is AgentKind.PERSON
    assert debate.agent("the-mayor").kind is AgentKind.GROUP


def test_the_author_of_another_piece_is_one_agent_with_the_speaker() -> None:
    first = piece("for", PROSE, CLAIMS, holders={1: "Stade"})
    other = piece("against", "Rents rose.", ["Rents rose"], author="Hank Stade")
    for debate in (mined(other, first), mined(first, other)):
        assert debate.claim("for-1-2").holder == debate.source("against").author == "hank-stade"


def test_titles_are_no_part_of_a_name() -> None:
    holders = {0: "Prime Minister Edith Vance", 1: "Vance", 2: "Dr Vance"}
    debate = mined(piece("for", PROSE, CLAIMS, holders=holders))
    assert {c.holder for c in debate.claims} == {"edith-vance"}


def test_an_author_who_quotes_themselves_asserts() -> None:
    debate = mined(piece("for", PROSE, CLAIMS, holders={0: "Hannah Ode"}))
    assert debate.claim("for-1-1").status is Status.ASSERTED


def test_joint_authors_are_a_group_of_persons() -> None:
    joint = piece("for", PROSE, CLAIMS)
    joint = replace(joint, article=replace(joint.article, authors=("Ann Lee", "Bo Ray")))
    debate = mined(joint)
    author = debate.agent(debate.source("for").author)
    assert (author.name, author.kind) == ("Ann Lee and Bo Ray", AgentKind.GROUP)
    assert author.members == ("ann-lee", "bo-ray")


def test_nobody_named_is_said_so() -> None:
    lone = piece("for", PROSE, CLAIMS)
    debate = mined(replace(lone, article=replace(lone.article, authors=())))
    assert debate.agent("for-author").name == "Author of for (not named)"


def test_low_confidence_is_to_be_checked() -> None:
    sure = piece("for", PROSE, CLAIMS, [(0, "support", 2)], confidence=0.9)
    unsure = piece("against", PROSE, CLAIMS, confidence=0.3)
    debate = mined(sure, unsure)
    assert {c.id for c in debate.claims if "check" in c.tags} == {
        "against-1-1", "against-1-2", "against-1-3",
    }  # fmt: skip


def test_anchors_count_characters_of_the_file() -> None:
    """The prose leaves out a headline; the anchor does not forget it."""
    lone = piece("for", "Trams squeal.", ["Trams squeal"])
    file = "A HEADLINE\n\nTrams squeal.\n"
    read = replace(lone.article, characters=file, runs=(Run(0, 12, 13, 13),))
    debate = mined(replace(lone, article=read))
    anchor = debate.claim("for-2-1").anchor
    assert anchor is not None
    assert file[anchor.start : anchor.end] == "Trams squeal"


def test_files_of_one_stem_are_two_sources() -> None:
    one = piece("for", PROSE, CLAIMS)
    page = replace(one.article, name="for.md")
    debate = mined(one, replace(one, article=page))
    assert [s.id for s in debate.sources] == ["for", "for-2"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Édith Vance", "edith-vance"), ("Лена Орлова", "лена-орлова"), ("!!", "unnamed")],
)
def test_names_to_type(text: str, name: str) -> None:
    assert slug(text) == name
