"""The commands that say what a debate comes down to, as people use them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.kosovo import FOLDER, kosovo
from tests.programs import ROOT
from tests.test_cli import refused, said, sicetnon

COMMANDS = ["clashes", "cruxes", "camps", "common-ground", "unanswered", "matrix", "standing"]


def rows(*arguments: str | Path) -> list[dict[str, object]]:
    """What a command prints as JSON."""
    found: list[dict[str, object]] = json.loads(said(*arguments, "--format", "json"))
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_each_prints_a_table_json_csv_and_markdown(command: str) -> None:
    assert said(command, FOLDER)
    found = rows(command, FOLDER)
    assert found
    frame = pd.read_csv(io.StringIO(said(command, FOLDER, "--format", "csv")))
    assert list(frame.columns) == list(found[0])
    assert len(frame) == len(found)
    header, rule, *lines = said(command, FOLDER, "--format", "markdown").splitlines()
    assert header == f"| {' | '.join(column.replace('_', chr(92) + '_') for column in found[0])} |"
    assert set(rule) == set("| -")
    assert len(lines) == len(found)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_has_help_with_an_example_and_is_in_the_docs(command: str) -> None:
    assert f"sicetnon {command}" in said(command, "--help")
    assert f"sicetnon {command}" in (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")


def test_the_first_clash_is_about_the_association() -> None:
    first, *_ = rows("clashes", FOLDER)
    assert "Should Kosovo establish the Association" in str(first["point"])
    assert first["rank"] == 1


def test_cruxes_of_two_and_of_all() -> None:
    two = rows("cruxes", "hehir", "chollet-escobar", FOLDER)
    assert {row["holder"] for row in two} == {"hehir", "chollet-escobar"}
    assert len(rows("cruxes", FOLDER)) >= len(two)


def test_camps_of_the_five_pieces() -> None:
    camps: dict[str, set[str]] = {}
    for row in rows("camps", FOLDER):
        camps.setdefault(str(row["camp"]), set()).add(str(row["author"]))
    assert sorted(sorted(camp) for camp in camps.values()) == [
        ["chollet-escobar", "florescu"],
        ["ecfr", "hehir", "recognition"],
    ]


def test_the_matrix_is_symmetric() -> None:
    found = rows("matrix", FOLDER)
    authors = [str(row["author/other"]) for row in found]
    assert sorted(authors) == sorted(agent.id for agent in kosovo().authors)
    for row in found:
        for other in found:
            assert row[str(other["author/other"])] == other[str(row["author/other"])]


@pytest.mark.parametrize("semantics", ["grounded", "preferred", "stable"])
@pytest.mark.parametrize("reading", ["deductive", "necessary", "reasons", "none"])
def test_standing_in_every_way(semantics: str, reading: str) -> None:
    found = rows("standing", FOLDER, "--semantics", semantics, "--reading", reading)
    assert len(found) == len(kosovo().claims)
    assert {row["label"] for row in found} <= {"in", "out", "undecided"}
    assert all(str(row["reason"]).startswith(str(row["label"])) for row in found)


def test_what_is_taken_as_given_stands() -> None:
    found = rows("standing", FOLDER, "--side", "hehir", "--reading", "none")
    assert {row["label"] for row in found if row["holder"] == "hehir"} == {"in"}


def test_what_changes_without_a_claim() -> None:
    found = rows("standing", FOLDER, "--reading", "none", "--without", "heh-kosovo-should-refuse")
    changed = {str(row["claim"]): (row["before"], row["after"]) for row in found}
    assert changed["ce-asm-now"] == ("undecided", "in")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cruxes", "heir", "ecfr"], "error: no author is called 'heir'; did you mean hehir"),
        (["cruxes", "hehir"], "error: 'hehir' is one author; name two of them, or none"),
        (
            ["common-ground", "hehir", "efcr", FOLDER],
            "error: no author is called 'efcr'; did you mean ecfr",
        ),
        (
            ["standing", FOLDER, "--without", "heh-kosovo-should-refuze"],
            "error: no claim is called 'heh-kosovo-should-refuze'; did you mean heh-kosovo-should",
        ),
        (["standing", FOLDER, "--side", "nobody"], "error: no author is called 'nobody'"),
    ],
)
def test_bad_arguments_get_one_line(arguments: list[str | Path], message: str) -> None:
    assert refused(*arguments).startswith(message)


SMALL = {
    "one author": "[a]: A.\n  + [b]: B.",
    "no attack": "[a]: A.\n\n[b]: B.",
    "a circle of supports": "[a]: A.\n  + [b]: B.\n\n[b]\n  + [a]",
    "nothing": "",
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", SMALL)
def test_debates_with_nothing_to_find(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "debate.argdown").write_text(SMALL[name])
    result = sicetnon(command, tmp_path, "--format", "json")
    assert result.exit_code == 0, result.output
    assert isinstance(json.loads(result.stdout), list)
