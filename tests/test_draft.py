"""Drafts: what is written, and what a second mining keeps of what people did."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import FormatError
from graph.files import write_files
from graph.formats.argdown import DEBATE_FILE, read_argdown
from graph.mining.draft import Draft, redraft
from graph.model import Debate
from tests.mined import mined, piece

PROSE = "Trams are quiet. Trams are dear. The street is narrow. Nobody asked the shops."
FIRST = ["Trams are quiet", "Trams are dear", "The street is narrow"]


def write(folder: Path, debate: Debate) -> Draft:
    made = redraft(folder, debate)
    write_files({folder / name: text for name, text in made.files.items()})
    return made


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    relations = [(0, "support", 2), (1, "attack", 0)]
    write(tmp_path, mined(piece("for", PROSE, FIRST, relations)))
    return tmp_path


def again(*claims: str, relations: list[tuple[int, str, int]] | None = None) -> Debate:
    return mined(piece("for", PROSE, claims, relations or []))


def test_a_draft_reads_back_as_what_was_mined(folder: Path) -> None:
    found = read_argdown(folder / DEBATE_FILE)
    assert found == mined(piece("for", PROSE, FIRST, [(0, "support", 2), (1, "attack", 0)]))
    assert all(claim.anchor and claim.origin.name == "rules" for claim in found.claims)
    assert {part.origin.confidence for part in found.attacks} == {0.8}
    assert {part.origin.confidence for part in found.supports} == {0.8}


def test_the_same_again_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    made = write(folder, again(*FIRST, relations=[(0, "support", 2), (1, "attack", 0)]))
    assert (made.added, made.changed, made.gone, made.kept) == ((), (), (), ())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_untouched_files_are_written_anew(folder: Path) -> None:
    made = write(folder, again("Trams are quiet", "Nobody asked the shops"))
    assert made.added == ("for-1-4",)
    assert made.gone == ("for-1-2", "for-1-3")
    assert [c.id for c in read_argdown(folder / DEBATE_FILE).claims] == ["for-1-1", "for-1-4"]


def test_a_reworded_and_renamed_claim_keeps_its_words_and_name(folder: Path) -> None:
    edit(folder / "for.argdown", "[for-1-2]: Trams are dear.", "[cost]: A tram costs too much.")
    edit(folder / "for.argdown", "- [for-1-2]", "- [cost]")
    made = write(folder, again(*FIRST, "Nobody asked the shops", relations=[(1, "attack", 3)]))
    found = read_argdown(folder / DEBATE_FILE)
    assert found.claim("cost").text == "A tram costs too much."
    assert made.kept == ("cost",)
    assert made.added == ("for-1-4",)
    assert ("cost", "for-1-4") in {(a.attacker, a.target) for a in found.attacks}


def test_a_claim_that_was_taken_out_stays_out(folder: Path) -> None:
    path = folder / "for.argdown"
    kept = [line for line in path.read_text("utf-8").splitlines() if "for-1-2" not in line]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    made = write(folder, again(*FIRST, relations=[(1, "attack", 0)]))
    found = read_argdown(folder / DEBATE_FILE)
    assert "for-1-2" not in found.claim_by_id
    assert made.deleted == ("for-1-2",)
    assert found.attacks == ()


def test_a_relation_that_was_taken_out_stays_out(folder: Path) -> None:
    path = folder / "for.argdown"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(x for x in lines if not x.startswith("  - [for-1-2]")), "utf-8")
    write(folder, again(*FIRST, relations=[(0, "support", 2), (1, "attack", 0)]))
    assert read_argdown(folder / DEBATE_FILE).attacks == ()


def test_comments_and_order_stay_as_they_are(folder: Path) -> None:
    path = folder / "for.argdown"
    path.write_text(path.read_text("utf-8") + "\n// ask Hank about the figures\n", "utf-8")
    before = path.read_text("utf-8")
    write(folder, again(*FIRST, "Nobody asked the shops"))
    assert path.read_text("utf-8").startswith(before.rstrip())
    assert "for-1-4" in read_argdown(folder / DEBATE_FILE).claim_by_id


def test_a_new_text_joins_a_draft_that_people_work_on(folder: Path) -> None:
    edit(folder / "for.argdown", "Trams are dear.", "A tram costs too much.")
    other = piece("against", "Trams squeal.", ["Trams squeal"], author="Hank Stade")
    write(folder, mined(piece("for", PROSE, FIRST), other))
    found = read_argdown(folder / DEBATE_FILE)
    assert found.claim("against-1-1").holder == "hank-stade"
    assert found.claim("for-1-2").text == "A tram costs too much."


def test_what_is_told_of_a_draft_is_what_its_folder_holds(folder: Path) -> None:
    edit(folder / "for.argdown", "Trams are dear.", "A tram costs too much.")
    made = write(folder, again(*FIRST, "Nobody asked the shops", relations=[(3, "support", 1)]))
    there = read_argdown(folder / DEBATE_FILE)
    for kind in ("claim", "support", "attack", "rephrase", "issue"):
        told, held = ({part.id for part in debate.parts[kind]} for debate in (made.debate, there))
        assert told == held
    assert len(there.supports) == 2


def test_adding_twice_adds_once(folder: Path) -> None:
    edit(folder / "for.argdown", "Trams are dear.", "A tram costs too much.")
    write(folder, again(*FIRST, "Nobody asked the shops"))
    once = (folder / "for.argdown").read_text("utf-8")
    made = write(folder, again(*FIRST, "Nobody asked the shops"))
    assert made.added == ()
    assert (folder / "for.argdown").read_text("utf-8") == once


def test_a_debate_that_people_wrote_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DEBATE_FILE).write_text("[a]: Trams are quiet.\n", "utf-8")
    with pytest.raises(FormatError, match="was not mined"):
        redraft(tmp_path, again(*FIRST))


def test_a_broken_record_is_one_line(folder: Path) -> None:
    (folder / "mined.json").write_text("[]", "utf-8")
    with pytest.raises(FormatError, match="not the record of a draft"):
        redraft(folder, again(*FIRST))
