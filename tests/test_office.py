"""What an office suite makes of the brief and the flow sheet: LibreOffice opens both."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.views.brief import brief
from graph.views.brief_docx import to_docx
from graph.views.brief_page import brief_blocks, brief_title
from graph.views.flow import flow
from graph.views.flowsheet import flow_xlsx
from tests.nightbus import night_bus
from tests.programs import run
from tests.test_flow import HOSTILE, hostile

pytestmark = pytest.mark.program


def converted(file: Path, to: str) -> Path:
    """The file as LibreOffice turns it into another, with a profile of its own."""
    run("soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless",
        "--convert-to", to, "--outdir", file.parent, file)  # fmt: skip
    return file.with_suffix(f".{to.partition(':')[0]}")


def test_the_brief_becomes_a_short_pdf(tmp_path: Path) -> None:
    debate = night_bus()
    told = brief(debate, "moreau", "lindqvist")
    title = brief_title(debate, told)
    file = tmp_path / "brief.docx"
    file.write_bytes(to_docx(brief_blocks(debate, told), title))
    pdf = converted(file, "pdf")
    text = " ".join(run("pdftotext", pdf, "-").split())
    assert title in text
    assert "The pilot was full only before midnight" in text
    pages = run("pdfinfo", pdf)
    assert int(pages.split("Pages:")[1].split()[0]) <= 3


@pytest.mark.parametrize("text", [t for t in HOSTILE if t[0] in "=+-@"])
def test_no_text_of_a_flow_sheet_runs_as_a_formula(tmp_path: Path, text: str) -> None:
    debate = hostile(text)
    file = tmp_path / "flow.xlsx"
    file.write_bytes(flow_xlsx(debate, flow(debate)))
    out = converted(file, "csv:Text - txt - csv (StarCalc):44,34,76")  # comma, quote, UTF-8
    with out.open(encoding="utf-8", newline="") as rows:
        cells = [cell for row in csv.reader(rows) for cell in row]
    assert any(text in cell for cell in cells)
