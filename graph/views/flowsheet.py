"""The flow sheet on paper: as a grid of texts, a pandas frame, and an Excel workbook.

Each claim has a cell of its own, so that a row of the flow sheet takes as many lines as its fullest
cell has claims. A claim is numbered by its row and a letter, and names by their numbers what it
answers: ``1a + The trams are good.`` and below it ``→ 1c``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from ..errors import MissingExtraError
from ..model import Debate, Status
from .flow import Flow, FlowEntry, FlowRow, How, Meeting, Way

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KEY", "SheetCell", "SheetLine", "flow_frame", "flow_xlsx", "sheet_lines", "shortened"]

#: What the signs mean.
KEY = (
    ("+", "answers the question: pro"),
    ("−", "answers the question: con"),
    ("→ 1a", "attacks claim 1a"),
    ("↔ 1a", "claim 1a and this one attack each other"),
    ("←", "is attacked by a claim of somebody without a column"),
    ("by steps", "through claims that support one of the two"),
    ("also meets", "so many claims more, of those without a column"),
    ("(!) unanswered", "an attack that nothing attacks back"),
)

_SIGNS: dict[Way | None, str] = {"pro": "+ ", "con": "− ", None: ""}
_ARROWS: dict[How, str] = {"attacks": "→", "mutual": "↔", "attacked": "←"}
#: The most characters of a claim in a workbook, whose rows are at most 409 points high.
_MOST = 600
#: The widths of the columns in characters, and the height of a line in points.
_ASKED, _SAID, _LINE = 24, 34, 13
#: The most characters of a claim that is only pointed to.
_HINT = 60
#: The most characters of a name.
_NAMED = 120
#: The most claims of those without a column that are told in words; the others are counted.
_AWAY = 2
#: The most columns of authors that one page can hold.
_PER_PAGE = 6


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The text of one claim on the sheet, and what its colour says again."""

    text: str
    way: Way | None
    unanswered: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet: the question, in its first line only, and at most one claim a column."""

    question: str
    cells: tuple[SheetCell | None, ...]


def sheet_lines(debate: Debate, flow: Flow, most: int | None = None) -> tuple[SheetLine, ...]:
    """The lines of the sheet under its header, which is the names of ``flow.columns``.

    A claim of more than ``most`` characters ends in an ellipsis.

    >>> from graph.model import Agent, Claim, Issue, Source
    >>> from graph.views.flow import flow
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "For", "her"),),
    ...     claims=(Claim("build", "Build the tram.", "s", "her"),),
    ...     issues=(Issue("tram", "Should the tram be built?", ("build",)),))
    >>> (line,) = sheet_lines(debate, flow(debate))
    >>> line.question, line.cells[0].text
    ('1. Should the tram be built?', '1a + Build the tram.')
    """
    lines: list[SheetLine] = []
    for number, row in enumerate(flow.rows, start=1):
        question = f"{number}. {shortened(_question(debate, row), most or sys.maxsize)}"
        for cells in zip_longest(*_texts(debate, row, number, most)):
            lines.append(SheetLine(question, cells))
            question = ""
    return tuple(lines)


def flow_frame(debate: Debate, flow: Flow) -> pd.DataFrame:
    """The sheet as a frame: a column of questions, then one for each author."""
    import pandas as pd

    lines = [
        [line.question, *(cell.text if cell else "" for cell in line.cells)]
        for line in sheet_lines(debate, flow)
    ]
    return pd.DataFrame(lines, columns=["question", *_names(debate, flow)])


def flow_xlsx(debate: Debate, flow: Flow) -> bytes:
    """The sheet as an Excel workbook, in which every cell is a text.

    The header and the questions stay in sight, and a page is as wide as the paper. A second sheet
    says what the signs mean.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("Excel files", "XlsxWriter", "office") from None
    out = BytesIO()
    texts_only = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, texts_only) as book:
        book.set_properties({"title": shortened(debate.title, 200), "comments": "Flow sheet"})
        _write_flow(book, debate, flow)
        _write_key(book)
    return out.getvalue()


def shortened(text: str, most: int) -> str:
    """The text, or as much of it as fits with an ellipsis, cut between words where that is near.

    >>> shortened("Trams are quiet.", 12), shortened("Trams", 5)
    ('Trams are…', 'Trams')
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head = cut[: cut.rfind(" ")] if " " in cut[len(cut) // 2 :] else cut
    return f"{head.rstrip(' ,;:')}…"


def _question(debate: Debate, row: FlowRow) -> str:
    return debate.issue_by_id[row.issue].question if row.issue else "Clashes on no question"


def _names(debate: Debate, flow: Flow) -> list[str]:
    return [shortened(debate.agent_by_id[name].name, _NAMED) for name in flow.columns]


def _texts(debate: Debate, row: FlowRow, number: int, most: int | None) -> list[list[SheetCell]]:
    """The cells of each column of a row."""
    labels = _letters()
    named = {
        (entry.claim, entry.holder): f"{number}{next(labels)}"
        for cell in row.cells
        for entry in cell
    }
    return [
        [
            SheetCell(_text(debate, entry, named, most), entry.way, entry.unanswered)
            for entry in cell
        ]
        for cell in row.cells
    ]  # fmt: skip


def _letters() -> Iterator[str]:
    """a, b, ... z, aa, ab, ..."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    for letters in _letters():
        yield from (letters + last for last in alphabet)


def _text(
    debate: Debate, entry: FlowEntry, named: dict[tuple[str, str], str], most: int | None
) -> str:
    """The number, sign and text of a claim, and below it what it answers."""
    claim = debate.claim_by_id[entry.claim]
    text = shortened(claim.text, most or sys.maxsize)
    conceded = " (conceded)" if claim.status is Status.CONCEDED else ""
    lines = [f"{named[entry.claim, entry.holder]} {_SIGNS[entry.way]}{text}{conceded}"]
    here = [m for m in entry.meets if (m.claim, m.holder) in named and m.how != "attacked"]
    away = [m for m in entry.meets if (m.claim, m.holder) not in named and m.how in _ARROWS]
    for steps in (False, True):
        for how, arrow in _ARROWS.items():
            met = [m for m in here if m.how == how and (m.kind != "direct") is steps]
            if told := ", ".join(dict.fromkeys(named[m.claim, m.holder] for m in met)):
                lines.append(f"{arrow} {told}{' by steps' if steps else ''}")
    close = [m for m in away if m.kind == "direct"][:_AWAY]
    lines += [f"{_ARROWS[m.how]} {_named(debate, m)}" for m in close]
    if more := len({(m.claim, m.holder) for m in away}) - len(close):
        lines.append(f"also meets {more} claim{'s' if more > 1 else ''} of speakers")
    if entry.unanswered:
        lines.append("(!) unanswered")
    return "\n".join(lines)


def _named(debate: Debate, met: Meeting) -> str:
    """What is met, in words."""
    name = shortened(debate.agent_by_id[met.holder].name, _NAMED)
    return f"{name}: “{shortened(debate.claim_by_id[met.claim].text, _HINT)}”"


def _write_flow(book: Any, debate: Debate, flow: Flow) -> None:
    sheet = book.add_worksheet("Flow")
    base = {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1,
            "border_color": "#BBBBBB", "quote_prefix": True}  # fmt: skip
    head = book.add_format({**base, "bold": True, "bg_color": "#E8E8E8", "bottom": 2})
    fills: dict[Way | None, str] = {"pro": "#DCE9F7", "con": "#FBE6CF", None: "#FFFFFF"}
    looks = {
        (way, unanswered, first): book.add_format(
            {
                **base,
                "bg_color": fill,
                **({"left": 5, "left_color": "#B00020"} if unanswered else {}),
                **({"top": 2, "top_color": "#666666"} if first else {}),
            }
        )
        for way, fill in fills.items()
        for unanswered in (False, True)
        for first in (False, True)
    }
    asked = {
        first: book.add_format(
            {**base, "bold": True, **({"top": 2, "top_color": "#666666"} if first else {})}
        )
        for first in (False, True)
    }
    names = _names(debate, flow)
    for column, name in enumerate(["Question", *names]):
        sheet.write_string(0, column, name, head)
    sheet.set_row(0, _height([(name, _SAID) for name in names]))
    for number, line in enumerate(sheet_lines(debate, flow, _MOST), start=1):
        first = bool(line.question)
        said = [(cell.text, _SAID) for cell in line.cells if cell is not None]
        sheet.set_row(number, _height([(line.question, _ASKED), *said]))
        sheet.write_string(number, 0, line.question, asked[first]) if first else (
            sheet.write_blank(number, 0, None, asked[first])
        )
        for column, cell in enumerate(line.cells, start=1):
            if cell is None:
                sheet.write_blank(number, column, None, looks[None, False, first])
            else:
                look = looks[cell.way, cell.unanswered, first]
                sheet.write_string(number, column, cell.text, look)
    sheet.set_column(0, 0, _ASKED)
    sheet.set_column(1, max(len(names), 1), _SAID)
    sheet.freeze_panes(1, 1)
    _set_page(sheet, debate.title, len(names))


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The height in points of a row with these texts, each in a column of so many characters.

    Not every program fits the height of a row to its texts by itself, so it is reckoned with some
    room to spare.
    """
    lines = 1
    for text, width in texts:
        parts = text.split("\n")
        lines = max(lines, sum(len(wrap(_wide(part), width + 2)) or 1 for part in parts))
    return min(lines * _LINE + 3, 409)


def _wide(text: str) -> str:
    """The text with a second character for each that is as wide as two."""
    return "".join(c + "_" if east_asian_width(c) in "WF" else c for c in text)


def _set_page(sheet: Any, title: str, columns: int) -> None:
    """Print on landscape pages as wide as the paper, with the header and questions on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(max(1, -(-columns // _PER_PAGE)), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    plain = shortened(title, 100).replace("&", "&&")
    sheet.set_header(f"&L{plain}&RFlow sheet")
    sheet.set_footer("&L+ pro   − con   → attacks   (!) unanswered&R&P / &N")


def _write_key(book: Any) -> None:
    sheet = book.add_worksheet("Key")
    bold = book.add_format({"bold": True, "quote_prefix": True})
    plain = book.add_format({"text_wrap": True, "quote_prefix": True})
    for number, (sign, meaning) in enumerate(KEY):
        sheet.write_string(number, 0, sign, bold)
        sheet.write_string(number, 1, meaning, plain)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 60)
