"""The command line, as people use it."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from cli import app
from tests.kosovo import FOLDER, kosovo, texts
from tests.programs import ROOT

COMMANDS = ["build", "check", "contradictions", "query", "export", "map", "formats", "queries"]


def sicetnon(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=given)


def said(*arguments: str | Path, given: str | None = None) -> str:
    """What a command that succeeds prints on stdout."""
    result = sicetnon(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str | Path, given: str | None = None) -> str:
    """The one line on stderr of a command that fails on bad input."""
    result = sicetnon(*arguments, given=given)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_build_writes_everything_and_says_what_it_holds(tmp_path: Path) -> None:
    out = tmp_path / "site"
    printed = said("build", FOLDER, "--out", out)
    assert sorted(p.name for p in out.iterdir()) == [
        "agents.csv",
        "claims.csv",
        "contradictions.csv",
        "contradictions.json",
        "debate.csv",
        "issues.csv",
        "kosovo.graphml",
        "kosovo.html",
        "kosovo.trig",
        "relations.csv",
        "sources.csv",
    ]
    assert re.search(rf"claims +{len(kosovo().claims)} ", printed)
    assert "Derek Chollet and Gabriel Escobar against Aidan Hehir" in printed
    assert printed.splitlines()[-1] == f"Open the map: {out / 'kosovo.html'}"


def test_build_into_a_store_and_ask_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    said("build", FOLDER, "--out", tmp_path / "site", "--store", store)
    count = said(
        "query",
        "-",
        "--store",
        store,
        "--format",
        "csv",
        given="SELECT (COUNT(*) AS ?n) { ?claim a sen:Claim }",
    )
    assert count.split() == ["n", str(len(kosovo().claims))]


def test_check_resolves_the_anchors_where_the_texts_are() -> None:
    folder = texts()
    arguments: list[str | Path] = ["--texts", folder] if folder else []
    printed = said("check", FOLDER, *arguments)
    assert re.search(r"contradictions +\d+ ", printed)
    if folder:
        assert re.search(rf"anchors +{len(kosovo().claims)}   resolved in 5 texts", printed)


def test_contradictions_as_json() -> None:
    rows = json.loads(said("contradictions", FOLDER, "--format", "json"))
    authors = {agent.id for agent in kosovo().authors}
    between = [r for r in rows if {r["first"]["holder"], r["second"]["holder"]} <= authors]
    assert len(between) >= 20
    for row in rows:
        assert row["first"]["holder"] != row["second"]["holder"]
        assert row["path"][0] == row["first"]["claim"]
        assert row["path"][-1] == row["second"]["claim"]


def test_contradictions_of_one_pair_and_kind() -> None:
    rows = json.loads(
        said(
            "contradictions",
            FOLDER,
            "--between",
            "recognition",
            "florescu",
            "--kind",
            "direct",
            "--format",
            "json",
        )
    )
    assert [set(row["path"]) for row in rows] == [{"flo-unilateral-2008", "rec-hardly-unilateral"}]


def test_contradictions_as_csv_and_table() -> None:
    frame = pd.read_csv(io.StringIO(said("contradictions", FOLDER, "--format", "csv")))
    assert frame["rank"].tolist() == list(range(1, len(frame) + 1))
    assert "Aidan Hehir" in said("contradictions", FOLDER, "--kind", "direct")


def test_query_by_name_file_and_stdin(tmp_path: Path) -> None:
    assert "Hehir" in said("query", "claims-by-author", FOLDER)
    file = tmp_path / "holders.rq"
    file.write_text("SELECT DISTINCT ?holder { ?claim sen:holder ?holder }")
    rows = json.loads(said("query", file, FOLDER, "--format", "json"))["results"]["bindings"]
    assert len(rows) == len(kosovo().holders)
    assert said("query", "-", FOLDER, given="ASK { ?a sen:attacks ?b }").split()[-1] == "yes"


def test_query_with_values() -> None:
    values = ("author=hehir", "author2=chollet-escobar")
    table = said("query", "clashes-between", FOLDER, *values)
    assert "Aidan Hehir" in table
    assert "author2" not in table, "a table has no column for what was given"
    rows = said("query", "clashes-between", *values, FOLDER, "--format", "csv").splitlines()
    assert rows[0].endswith(",author,author2")


@pytest.mark.parametrize(
    ("shape", "begins"),
    [
        ("tsv", "?source\t?file"),
        ("json", '{"head"'),
        ("xml", '<?xml version="1.0"?><sparql'),
        ("csv", "source,file"),
        ("markdown", "| source"),
    ],
)
def test_query_prints_what_programs_read(shape: str, begins: str) -> None:
    told = said("query", "passage-of", FOLDER, "claim=ce-asm-now", "-f", shape)
    assert told.startswith(begins)
    assert "chollet-escobar.txt" in told


def test_a_graph_is_printed_as_turtle(tmp_path: Path) -> None:
    file = tmp_path / "attacks.rq"
    file.write_text("CONSTRUCT { ?b sen:x ?a } WHERE { ?a sen:undercuts ?b }")
    told = said("query", file, FOLDER, "--format", "turtle")
    assert told.startswith("@prefix")
    assert "sen:x <https://w3id.org/sicetnon/debate/kosovo/claim/" in told


def test_a_server_is_started_for_a_debate_or_a_store_but_not_for_both(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["serve", str(FOLDER), "--store", str(tmp_path)])
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    empty = CliRunner().invoke(app, ["serve", "--store", str(tmp_path), "--host", "192.0.2.1"])
    assert "warning: 192.0.2.1 can be reached from other machines" in empty.stderr
    assert "this folder is no store; make one with build --store" in empty.stderr


def test_without_its_extra_the_server_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graph.serve.run", None)
    told = CliRunner().invoke(app, ["serve", str(FOLDER)])
    assert (told.exit_code, told.stderr) == (
        1,
        "error: endpoints need starlette, which is not installed; "
        "run: pip install 'sicetnon[serve]'\n",
    )


def test_one_query_is_told_in_full() -> None:
    told = said("queries", "clashes-between").splitlines()
    assert told[0] == "Over what do two authors clash?"
    assert "  author2=  agent: the other" in told
    assert any(line.startswith("SELECT") for line in told)


def test_export_to_stdout_and_to_a_file(tmp_path: Path) -> None:
    assert "@prefix sen:" in said("export", "turtle", FOLDER)
    out = tmp_path / "new" / "kosovo.json"
    assert said("export", "json", FOLDER, "-o", out) == ""
    assert json.loads(out.read_text())["id"] == "kosovo"
    said("export", "csv", FOLDER, "--out", tmp_path / "tables")
    assert (tmp_path / "tables" / "claims.csv").exists()


def test_map_writes_one_page(tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    assert said("map", FOLDER, "--out", out).strip() == str(out)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_formats_and_queries_are_listed() -> None:
    assert "graphml" in said("formats")
    assert said("queries").count("?") >= 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    help_text = said(command, "--help")
    assert command in ("formats", "queries") or f"sicetnon {command}" in help_text
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"sicetnon {command}" in readme


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere"], "error: nowhere: there is no such file or folder"),
        (["export", "docx", FOLDER], "error: unknown format 'docx'; known formats: argdown"),
        (["export", "trutle", FOLDER], "error: unknown format 'trutle'; did you mean turtle?"),
        (["export", "csv", FOLDER], "error: csv is several files; name a place for them"),
        (
            ["contradictions", FOLDER, "--between", "heir", "ecfr"],
            "error: no author is called 'heir'; did you mean hehir",
        ),
        (["query", "claims-by-autor", FOLDER], "error: no query is called 'claims-by-autor'"),
        (["query", "none.rq", FOLDER], "error: none.rq: No such file or directory"),
        (["query", "claims-of", FOLDER], "error: the query asks for author=..., who holds"),
        (["query", "claims-of", FOLDER, "author=a", "author=b"], "error: author is given twice"),
        (["query", "claims-of", FOLDER, "author"], "error: author is neither NAME=VALUE nor the"),
        (
            ["query", "passage-of", FOLDER, "claim=ce-asm-now", "-f", "turtle"],
            "error: the query gives no graph",
        ),
        (["queries", "claims-off"], "error: no query is called 'claims-off'; did you mean"),
        (["query", "queries", "--store", "no-store"], "error: "),
    ],
)
def test_bad_arguments_get_one_line(arguments: list[str | Path], message: str) -> None:
    assert refused(*arguments).startswith(message)


#: What a file begins with that lists its pieces.
LISTED = """===
agents: {her: Hannah}
sources: {one: {title: One, author: her}}
===

# One {source: one}

"""

BAD: dict[str, tuple[str | bytes, str]] = {
    "unknown claim": (
        f"{LISTED}[a]: A.\n  + [b]",
        "debate.argdown:9:5: claim [b] is used but never stated",
    ),
    "supports itself": (
        f"{LISTED}[a]: A.\n  + [a]",
        "debate.argdown:9:5: claim [a] supports itself",
    ),
    "two of one name": (
        f"{LISTED}[a]: A.\n\n[a]: B.",
        "debate.argdown:10:1: two claims are called [a] (first at debate.argdown:8:1)",
    ),
    "include outside": (
        "@include(../../etc/passwd)",
        "debate.argdown:1: @include(../../etc/passwd) leads outside the folder of the debate",
    ),
    "not UTF-8": (b"[a]: \xe9.", "debate.argdown:1: not UTF-8 (byte 0xe9)"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_debate_gets_one_line_and_writes_nothing(name: str, tmp_path: Path) -> None:
    content, message = BAD[name]
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "debate.argdown").write_bytes(raw)
    out = tmp_path / "out"
    assert refused("build", tmp_path, "--out", out) == f"error: {message}"
    assert not out.exists()


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    expected = f"error: {tmp_path}: the folder holds no debate.argdown"
    assert refused("build", tmp_path) == expected


def test_an_empty_file_is_a_debate_without_claims(tmp_path: Path) -> None:
    (tmp_path / "debate.argdown").write_text("")
    assert re.search(r"claims +0 ", said("build", tmp_path, "--out", tmp_path / "out"))


def test_markup_in_a_claim_stays_text(tmp_path: Path) -> None:
    (tmp_path / "debate.argdown").write_text(r"[a]: \<script\>alert\(1\)\</script\>")
    said("build", tmp_path, "--out", tmp_path / "out")
    page = (tmp_path / "out" / f"{tmp_path.name}.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page


def test_a_changed_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "piece.txt").write_text("Trams are quiet.")
    (tmp_path / "debate.argdown").write_text(
        "===\nagents: {her: Hannah}\nsources:\n"
        f"  one: {{title: One, author: her, text: piece.txt, sha256: {'0' * 64}}}\n"
        "===\n\n# One {source: one}\n\n[a]: Trams are quiet. {at: 1.1 0-16}\n"
    )
    said("check", tmp_path)
    line = refused("check", tmp_path, "--texts", tmp_path)
    assert line.startswith(f"error: {tmp_path}/piece.txt: the text has changed")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    line = refused("map", FOLDER, "--out", tmp_path / "taken" / "map.html")
    assert line.startswith(f"error: {tmp_path}/taken/map.html: cannot be written")
