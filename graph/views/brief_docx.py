"""A brief as a Word document, made with python-docx."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from unicodedata import bidirectional

from ..errors import MissingExtraError
from .brief_page import Block, Run, Shape, tied

__all__ = ["to_docx"]

_STYLES: dict[Shape, str] = {
    "title": "Title", "part": "Heading 1", "point": "Heading 2", "text": "Normal",
    "item": "List Bullet", "subitem": "List Bullet 2", "quote": "Quote",
}  # fmt: skip
#: Size in points, space before and after, and whether bold, of each style.
_LOOKS = {
    "Normal": (10.5, 0, 2, False),
    "Title": (18, 0, 4, True),
    "Heading 1": (13, 12, 3, True),
    "Heading 2": (10.5, 8, 1, True),
    "List Bullet": (10, 0, 1, False),
    "List Bullet 2": (9.5, 0, 1, False),
    "Quote": (9.5, 0, 2, False),
}


def to_docx(blocks: Iterable[Block], title: str) -> bytes:
    """The blocks as a Word document with styles for headings and lists, and page numbers.

    Raises:
        MissingExtraError: if python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("Word files", "python-docx", "office") from None
    document = docx.Document()
    _set_up(document, title)
    for block in blocks:
        paragraph = document.add_paragraph(style=_STYLES[block.shape])
        paragraph.paragraph_format.keep_with_next = block.shape in ("title", "part", "point")
        for run in block.runs:
            _add(paragraph, run)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, title: str) -> None:
    """Margins, styles, properties and a footer with the page number."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    for name, (size, before, after, bold) in _LOOKS.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.08
    document.styles["Quote"].paragraph_format.left_indent = Cm(1.4)
    core = document.core_properties
    core.title, core.author, core.comments = title[:255], "Sic et Non", "A debate brief"
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(foot, "PAGE")


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word works out, such as the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001 -- python-docx has no fields


def _add(paragraph: Any, run: Run) -> None:
    """Add a run in its look; what is written from the right says so."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor

    made = paragraph.add_run(tied(run))
    if run.look in ("lead", "alert"):
        made.bold = True
    if run.look == "label":
        made.italic = True
    if run.look == "cite":
        made.bold = False
        made.font.size, made.font.color.rgb = Pt(8.5), RGBColor(0x55, 0x55, 0x55)
    if _from_right(run.text):
        made._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 -- likewise


def _from_right(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    ways = (bidirectional(char) for char in text)
    return next((way in ("R", "AL") for way in ways if way in ("L", "R", "AL")), False)
