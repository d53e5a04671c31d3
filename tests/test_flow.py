"""The flow sheet: where each claim stands, and that a spreadsheet shows it without running it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given

from graph.analysis.agreement import unanswered
from graph.analysis.clashes import clashes
from graph.errors import MissingExtraError
from graph.model import Agent, AgentKind, Attack, AttackKind, Claim, Debate, Issue, Rephrase, Source
from graph.views.flow import Flow, flow
from graph.views.flowsheet import flow_frame, flow_xlsx, sheet_lines
from tests.cases import FIXTURES, Case, cases
from tests.kosovo import FOLDER, kosovo
from tests.programs import ROOT
from tests.strategies import debates
from tests.test_cli import refused, said, sicetnon

HOSTILE = [
    '=HYPERLINK("https://example.org","Click")',
    "+1",
    "-2+3",
    "@x",
    "<script>alert(1)</script>",
    "[here](javascript:alert(1)) **bold** `code` | pipe",
    "a " * 2500,
    "שלום לכולם",
    "\u202eflipped",
    "👩🏽‍🔬 says hi 🎉",
    "&B&Ubold header &D",
]


def hostile(text: str) -> Debate:
    """A debate in which everything is called by one text."""
    return Debate(
        "d",
        text,
        agents=(Agent("a", text), Agent("b", f"{text} b")),
        sources=(Source("s", text, "a"), Source("t", text, "b", publisher=text)),
        claims=(Claim("x", text, "s", "a"), Claim("y", text, "t", "b"), Claim("z", text, "t", "b")),
        attacks=(Attack(AttackKind.REBUT, "y", "x"), Attack(AttackKind.CONTRARY, "x", "z")),
        issues=(Issue("i", text, ("x",), ("z",)),),
    )


def book(debate: Debate, sheet: Flow) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(flow_xlsx(debate, sheet)))


@pytest.mark.parametrize("case", cases("flow.txt"), ids=str)
def test_sheets(case: Case) -> None:
    printed = said("flow", FIXTURES / "tram", *case.given.split())
    assert printed.strip() == case.expected


def test_the_rows_come_by_the_rank_of_their_first_clash() -> None:
    sheet = flow(kosovo())
    *rows, last = sheet.rows
    assert last.issue is None
    ranks = [row.clashes[0] for row in rows]
    assert ranks == sorted(ranks)
    assert rows[0].issue == "establish-asm"
    assert sheet.columns == tuple(author.id for author in kosovo().authors)


def test_what_is_at_hand_is_taken() -> None:
    found = clashes(kosovo())
    assert flow(kosovo(), found=found, unmet=unanswered(kosovo(), found=found)) == flow(kosovo())
    assert not any(
        entry.unanswered
        for row in flow(kosovo(), found=found, unmet=[]).rows
        for cell in row.cells
        for entry in cell
    )


def test_a_proposition_stands_once_in_a_cell_as_the_claim_that_answers() -> None:
    debate = Debate(
        "d",
        "D",
        agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
        sources=(Source("s", "S", "her"), Source("t", "T", "him")),
        claims=(
            Claim("again", "Yes, build it.", "s", "her"),
            Claim("build", "Build it.", "s", "her"),
            Claim("dear", "It is dear.", "t", "him"),
            Claim("no", "Do not build it.", "t", "him"),
        ),
        attacks=(Attack(AttackKind.REBUT, "dear", "again"),),
        rephrases=(Rephrase("again", "build"),),
        issues=(Issue("tram", "Shall we?", ("build",), ("no",)),),
    )
    (row,) = flow(debate).rows
    (hers,), (his, other) = row.cells
    assert (hers.claim, hers.way) == ("build", "pro")
    assert (his.claim, his.way, other.claim, other.way) == ("no", "con", "dear", None)
    assert [m.claim for m in other.meets] == ["build"]


def test_a_member_stands_in_the_column_of_the_group() -> None:
    debate = Debate(
        "d",
        "D",
        agents=(Agent("pair", "Both", members=("one",), kind=AgentKind.GROUP), Agent("one", "One")),
        sources=(Source("s", "S", "pair"),),
        claims=(Claim("x", "X.", "s", "one"),),
        issues=(Issue("i", "X?", ("x",)), Issue("j", "Who?")),
    )
    sheet = flow(debate, speakers=True)
    assert sheet.columns == ("pair",)
    assert [entry.holder for (cell,) in [sheet.rows[0].cells] for entry in cell] == ["one"]
    assert sheet.silent == ("j",)


@given(debates())
def test_every_answer_and_every_clash_has_its_place(debate: Debate) -> None:
    sheet = flow(debate, speakers=True)
    found = clashes(debate)
    rows = {row.issue: row for row in sheet.rows}
    assert set(sheet.silent).isdisjoint(rows)
    for clash in found:
        row = rows[clash.issue]
        assert clash.rank in row.clashes
        met = [
            (entry.holder, m.holder)
            for cell in row.cells
            for entry in cell
            for m in entry.meets
            if m.clash == clash.rank
        ]
        ends = clash.contradiction.first_holder, clash.contradiction.second_holder
        assert set(met) == {ends, ends[::-1]}
    for issue in debate.issues:
        if issue.pro or issue.con:
            shown = {(e.holder, e.way) for cell in rows[issue.id].cells for e in cell if e.way}
            claims = debate.claim_by_id
            assert shown >= {(claims[name].holder, "pro") for name in issue.pro}
            assert shown >= {(claims[name].holder, "con") for name in issue.con}
    lines = sheet_lines(debate, sheet)
    cells = [entry for row in sheet.rows for cell in row.cells for entry in cell]
    assert sum(cell is not None for line in lines for cell in line.cells) == len(cells)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_texts_only(text: str) -> None:
    debate = hostile(text)
    found = book(debate, flow(debate))
    sheet = found["Flow"]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.value is None or (cell.data_type == "s" and cell.quotePrefix)
            assert cell.hyperlink is None
            assert cell.alignment.wrap_text
    assert sheet.freeze_panes == "B2"
    if len(text) < 100:
        assert sheet["B1"].value == text
        assert sheet["A2"].value == f"1. {debate.issues[0].question}"
        assert sheet["B2"].value == f"1a + {debate.claims[0].text}\n↔ 1b"


def test_a_workbook_is_ready_to_print() -> None:
    sheet = book(kosovo(), flow(kosovo()))["Flow"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert all(sheet.row_dimensions[n].height <= 409 for n in range(1, sheet.max_row + 1))


def test_signs_tell_what_colours_do() -> None:
    sheet = book(kosovo(), flow(kosovo()))["Flow"]
    looks = {
        "pro": "FFDCE9F7",
        "con": "FFFBE6CF",
    }
    for row in sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            text = str(cell.value or "")
            assert (" + " in text[:8]) == (cell.fill.fgColor.rgb == looks["pro"])
            assert (" − " in text[:8]) == (cell.fill.fgColor.rgb == looks["con"])
            assert text.endswith("(!) unanswered") == (cell.border.left.style == "thick")


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_runs_nothing_and_markdown_keeps_its_columns(text: str) -> None:
    debate = hostile(text)
    frame = flow_frame(debate, flow(debate))
    from graph.show import shown

    again = pd.read_csv(io.StringIO(shown(frame, "csv")), header=None, dtype=str)
    cells = [str(value) for value in again.to_numpy().ravel()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    header, rule, *lines = shown(frame, "markdown").splitlines()
    assert rule.count("---") == 3
    assert all(line.replace("\\|", "").count("|") == 4 for line in (header, *lines))


def test_without_the_extra_one_line_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match="XlsxWriter"):
        flow_xlsx(kosovo(), flow(kosovo()))
    out = tmp_path / "flow.xlsx"
    line = refused("flow", FOLDER, "-o", out)
    assert line.endswith("run: pip install 'sicetnon[office]'")
    assert not out.exists()


def test_the_command_writes_each_format(tmp_path: Path) -> None:
    for suffix, start in ((".xlsx", b"PK"), (".csv", b"question,"), (".md", b"| question |")):
        out = tmp_path / "new" / f"flow{suffix}"
        assert said("flow", FOLDER, "-o", out) == ""
        assert out.read_bytes().startswith(start)
    assert "Aidan Hehir" in said("flow", FOLDER)
    assert "Josep Borrell" in said("flow", FOLDER, "--speakers", "--format", "csv")
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "flow.csv",
        "flow.md",
        "flow.xlsx",
    ]


def test_what_is_left_out_is_said() -> None:
    result = sicetnon("flow", FIXTURES / "tram")
    assert result.stderr == "left out, for want of any claim: nobody\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsx"], "error: xlsx is no text for the terminal; name a file with --out"),
        (["-o", "x.ods"], "error: x.ods: unknown suffix '.ods'; name a --format: table, md, csv"),
        (["--format", "table", "-o", "x.txt"], "error: a table is for the terminal; a file takes"),
    ],
)
def test_bad_arguments_get_one_line(arguments: list[str], message: str) -> None:
    assert refused("flow", FOLDER, *arguments).startswith(message)


def test_help_and_docs_show_the_command() -> None:
    assert "sicetnon flow" in said("flow", "--help")
    docs = (ROOT / "docs" / "briefs.md").read_text(encoding="utf-8")
    assert "sicetnon flow" in docs
