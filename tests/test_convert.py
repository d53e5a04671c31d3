"""`convert`, as people use it: files, streams, folders, and what it says is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from graph.formats.argdown import parse_argdown
from graph.formats.losses import Feature
from graph.formats.table import FORMATS, find_format, read_debate
from tests.programs import ARGUEBUF, run
from tests.test_cli import refused, said, sicetnon

TRAMS = "[a]: Trams are quiet. #noise\n  - [b]: They squeal.\n    + [c]: Bends do that.\n"


@pytest.fixture
def trams(tmp_path: Path) -> Path:
    path = tmp_path / "trams.argdown"
    path.write_text(TRAMS, encoding="utf-8")
    return path


def test_a_file_and_what_is_lost(trams: Path) -> None:
    out = trams.with_name("trams.aif.json")
    result = sicetnon("convert", trams, out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"wrote {out}",
        "lost in aif: tags: 1, #noise of [a]",
        "lost in aif: sources: 1, trams: trams",
    ]
    assert read_debate(out).attacks[0].id == "b rebut a"


def test_nothing_is_said_of_nothing(trams: Path) -> None:
    out = trams.with_suffix(".ttl")
    result = sicetnon("convert", trams, out, "--strict")
    assert result.stderr == f"wrote {out}\n"
    assert read_debate(out) == read_debate(trams)


def test_strict_writes_nothing(trams: Path) -> None:
    out = trams.with_suffix(".kialo.txt")
    message = refused("convert", trams, out, "--strict")
    assert message.startswith(f"error: {trams}: kialo would lack tags (1), sources (1)")
    assert message.endswith("nothing was written")
    assert not out.exists()


def test_streams(trams: Path) -> None:
    aif = said("convert", trams, "-", "--to", "aif")
    assert json.loads(aif)["nodes"][0] == {"nodeID": "a", "text": "Trams are quiet.", "type": "I"}
    kialo = sicetnon("convert", "-", "-", "--to", "kialo", given=aif)
    assert kialo.stdout.splitlines()[2:] == [
        "1. Trams are quiet.",
        "1.1. Con: They squeal.",
        "1.1.1. Pro: Bends do that.",
    ]
    assert "lost in kialo: names of claims: 3, such as [a]" in kialo.stderr
    assert refused("convert", "-", "-", "--to", "kialo", given="x").startswith("error: stdin:1:1: ")


def test_the_report_as_json(trams: Path) -> None:
    out = trams.with_suffix(".kialo.txt")
    (made,) = json.loads(said("convert", trams, out, "--report", "json"))["conversions"]
    assert made["files"] == [str(out)]
    assert (made["reader"], made["writer"]) == ("argdown", "kialo")
    assert (made["claims"], made["supports"], made["attacks"], made["holders"]) == (3, 1, 1, 1)
    assert {"what": "tags", "count": 1, "example": "#noise of [a]"} in made["lost"]
    assert made["unread"] == []
    stream = sicetnon("convert", trams, "-", "--to", "kialo", "--report", "json")
    assert stream.stdout.startswith("Discussion Title:")
    assert json.loads(stream.stderr)["conversions"][0]["writer"] == "kialo"


def many(folder: Path, number: int) -> None:
    for n in range(number):
        deep = folder / f"part{n % 2}"
        deep.mkdir(parents=True, exist_ok=True)
        (deep / f"map{n}.argdown").write_text(TRAMS, encoding="utf-8")


@pytest.mark.parametrize("number", [3, 9])
def test_a_folder_at_once(number: int, tmp_path: Path) -> None:
    many(tmp_path / "in", number)
    result = sicetnon("convert", tmp_path / "in", tmp_path / "out", "--to", "graphml")
    assert result.exit_code == 0, result.stderr
    made = sorted(p.relative_to(tmp_path / "out").as_posix() for p in tmp_path.glob("out/*/*"))
    assert made == sorted(f"part{n % 2}/map{n}.graphml" for n in range(number))
    assert f"converted {number} of {number} files, {3 * number} claims" in result.stderr


@pytest.mark.parametrize("number", [3, 9])
def test_one_bad_file_stops_no_other(number: int, tmp_path: Path) -> None:
    many(tmp_path / "in", number)
    bad = tmp_path / "in" / "bad.argdown"
    bad.write_text("[a]: A.\n  + [b]: B. {origin: ")
    (tmp_path / "in" / "notes.docx").write_text("passed over")
    (tmp_path / "in" / "article.txt").write_text("Trams squeal, as everybody knows.")
    result = sicetnon("convert", tmp_path / "in", tmp_path / "out", "--to", "csv")
    assert result.exit_code == 1
    passed, first, second, *_ = result.stderr.splitlines()
    assert passed == f"passed over: 2 other files, such as {tmp_path}/in/article.txt"
    assert first.startswith("error: bad.argdown:2:")
    assert second == f"converted {number} of {number + 1} files, {3 * number} claims"
    assert read_debate(tmp_path / "out" / "part0" / "map0") == parse_argdown(TRAMS, "map0.argdown")
    assert not (tmp_path / "out" / "bad").exists()


def test_folders_that_are_debates_are_one(tmp_path: Path) -> None:
    source = tmp_path / "in" / "trams"
    source.mkdir(parents=True)
    (source / "debate.argdown").write_text("@include(rest.argdown)\n")
    (source / "rest.argdown").write_text(TRAMS)
    said("convert", tmp_path / "in", tmp_path / "out", "--to", "turtle")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["trams.ttl"]
    said("convert", source, tmp_path / "one.ttl")
    assert read_debate(tmp_path / "one.ttl") == read_debate(tmp_path / "out" / "trams.ttl")


def test_brat_writes_its_text_beside_it(trams: Path, tmp_path: Path) -> None:
    said("convert", trams, tmp_path / "out.ann")
    assert (tmp_path / "out.txt").read_text() == (
        "Trams are quiet.\n\nThey squeal.\n\nBends do that.\n\n"
    )
    said("convert", tmp_path / "out.ann", tmp_path / "again.argdown")
    assert [c.id for c in read_debate(tmp_path / "again.argdown").claims] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["trams.argdown", "x.docx"], "error: x.docx: unknown suffix '.docx'; known: .argdown"),
        (["trams.argdown", "-"], "error: name the format of stdout with --to"),
        (["trams.argdown", "-", "--to", "csv"], "error: csv is several files; name a place for"),
        (
            ["trams.argdown", "x", "--to", "aiff"],
            "error: unknown format 'aiff'; did you mean aif or xaif",
        ),
        (["trams.argdown", "x", "--from", "dot"], "error: trams.argdown: dot can be written, but"),
        (["gone.json", "x.ttl"], "error: gone.json: there is no such file or folder"),
        (["empty", "x"], "error: name the format to convert a folder to with --to"),
        (["empty", "x", "--to", "aif"], "error: empty: the folder holds no file of a known format"),
        (["empty", "-", "--to", "aif"], "error: a folder cannot be converted to stdout"),
        (["twice", "x", "--to", "aif"], "error: twice/a.argdown and twice/a.json would both"),
    ],
)
def test_what_cannot_be_is_one_line(
    arguments: list[str], message: str, trams: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trams.parent)
    Path("empty").mkdir()
    Path("twice").mkdir()
    shutil.copy(trams, "twice/a.argdown")
    Path("twice/a.json").write_text("{}")
    assert refused("convert", *arguments).startswith(message)
    assert not Path("x").exists()


def test_formats_say_what_they_keep() -> None:
    listed = said("formats")
    for entry in FORMATS:
        assert entry.name in listed
        told = said("formats", entry.name).splitlines()
        lost = [feature for feature in Feature if feature not in entry.keeps]
        assert told[-1] == f"cannot hold: {', '.join(lost) or 'nothing is lost'}"


_THERE_AND_BACK = """
import sys, arguebuf
graph = arguebuf.load.file(sys.argv[1])
print(len(graph.atom_nodes), len(graph.scheme_nodes), len(graph.participants))
arguebuf.dump.file(graph, sys.argv[2])
"""


@pytest.mark.program
def test_arguebuf_reads_what_we_write_and_nothing_is_lost_in_it(tmp_path: Path) -> None:
    from tests.kosovo import kosovo

    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_text(find_format("arguebuf").write(kosovo()), encoding="utf-8")
    counts = run(ARGUEBUF, "-c", _THERE_AND_BACK, ours, theirs).split()[:3]
    relations = (*kosovo().supports, *kosovo().attacks, *kosovo().rephrases)
    assert counts == [str(len(p)) for p in (kosovo().claims, relations, kosovo().agents)]
    assert read_debate(theirs) == kosovo()


@pytest.mark.program
def test_arguebuf_reads_our_aif(tmp_path: Path) -> None:
    from tests.kosovo import kosovo

    ours, theirs = tmp_path / "ours.aif.json", tmp_path / "theirs.json"
    ours.write_text(find_format("aif").write(kosovo()), encoding="utf-8")
    atoms, *_ = run(ARGUEBUF, "-c", _THERE_AND_BACK, ours, theirs).split()
    assert atoms == str(len(kosovo().claims))
    back = read_debate(theirs)
    assert len(back.supports) == len(kosovo().supports)
    plain = {(c.id, c.text) for c in kosovo().claims}
    assert {(c.id, c.text) for c in back.claims} == plain


def test_an_outline_of_kialo_is_no_raw_article(trams: Path, tmp_path: Path) -> None:
    outline = tmp_path / "trams.txt"
    said("convert", trams, tmp_path / "trams.kialo.txt")
    (tmp_path / "trams.kialo.txt").rename(outline)
    assert re.search(r"claims +3 ", said("check", outline))
    printed = said("build", outline, "--out", tmp_path / "site")
    assert printed.splitlines()[-1] == f"Open the map: {tmp_path / 'site' / 'trams.html'}"


def test_check_says_what_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.aif.json"
    nodes = [{"nodeID": 1, "type": "I", "text": "A."}, {"nodeID": 2, "type": "TA", "text": "T"}]
    path.write_text(json.dumps({"nodes": nodes, "edges": []}))
    assert sicetnon("check", path).stderr == "not read: transitions (TA): 1, 2 T\n"
