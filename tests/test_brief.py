"""The brief: what it chooses, and that no text in it is anything but text in any format."""

from __future__ import annotations

import io
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from graph.analysis.agreement import unanswered
from graph.analysis.clashes import clashes
from graph.errors import MissingExtraError, UnknownNameError
from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source, Support
from graph.views.brief import brief
from graph.views.brief_docx import to_docx
from graph.views.brief_formats import to_html, to_markdown
from graph.views.brief_page import Block, brief_blocks, brief_title
from tests.cases import FIXTURES, Case, cases
from tests.kosovo import FOLDER, kosovo
from tests.programs import ROOT
from tests.strategies import debates
from tests.test_cli import refused, said
from tests.test_flow import HOSTILE, hostile


def blocks(debate: Debate, *names: str, issue: str | None = None) -> tuple[Block, ...]:
    return brief_blocks(debate, brief(debate, *names, issue=issue))


def words(text: str) -> str:
    """A text without what a format may choose: blanks, and hyphens that do not break."""
    return "".join(text.replace("\u2011", "-").split())


def spoken(markdown: str) -> str:
    """The text that a reader of Markdown sees; nothing in it may be more than marked text."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    told = []
    for token in reader.parse(markdown):
        assert token.type.rsplit("_", 1)[0] in (
            "heading", "paragraph", "bullet_list", "list_item", "blockquote", "inline",
        )  # fmt: skip
        for child in token.children or ():
            assert child.type in (
                "text", "text_special", "softbreak",
                "strong_open", "strong_close", "em_open", "em_close",
            )  # fmt: skip
            told.append(child.content)
    return words("".join(told))


class _Page(HTMLParser):
    """The text of a page, and a check that it holds nothing but plain elements."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in (
            "html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "h3", "p",
            "ul", "li", "blockquote", "bdi", "strong",
        )  # fmt: skip
        assert {name for name, _ in attrs} <= {
            "lang", "charset", "http-equiv", "content", "name", "class",
        }  # fmt: skip
        if tag != "meta":
            self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.depth and self.depth[-1] not in ("style", "title"):
            self.told.append(data)


def read(page: str) -> str:
    parser = _Page()
    parser.feed(page)
    parser.close()
    assert parser.depth == []
    return words("".join(parser.told))


def written(raw: bytes) -> str:
    """The text of a Word document, which links to nothing."""
    document = docx.Document(io.BytesIO(raw))
    assert not any(rel.is_external for rel in document.part.rels.values())
    return words("".join(paragraph.text for paragraph in document.paragraphs))


@pytest.mark.parametrize("case", cases("brief.txt"), ids=str)
def test_briefs(case: Case) -> None:
    printed = said("brief", *case.given.split(), FIXTURES / "tram")
    assert printed.strip() == case.expected


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("names", [("a",), ("b", "a"), ()])
def test_texts_stay_texts(text: str, names: tuple[str, ...]) -> None:
    debate = hostile(text)
    found = blocks(debate, *names, issue=None if names else "i")
    told = words("".join(block.text for block in found))
    assert len(told) < 20_000
    title = brief_title(debate, brief(debate, *names, issue=None if names else "i"))
    assert spoken(to_markdown(found)) == told
    assert read(to_html(found, title)) == told
    assert written(to_docx(found, title)) == told


@given(debates())
def test_every_debate_has_briefs(debate: Debate) -> None:
    wanted: list[tuple[list[str], str | None]] = [([a.id], None) for a in debate.holders]
    wanted += [([], issue.id) for issue in debate.issues]
    wanted += [
        ([a.id, b.id], None) for a, b in zip(debate.holders, debate.holders[1:], strict=False)
    ]
    for names, issue in wanted:
        made = brief(debate, *names, issue=issue)
        for point in made.case:
            claims = [point.claim, *point.also]
            told = [c for reason in point.reasons for c in (*reason.claims, *reason.ground)]
            assert len(told) == len(set(told))
            assert not set(told) & set(claims)
        found = brief_blocks(debate, made)
        told_ = words("".join(block.text for block in found))
        assert spoken(to_markdown(found)) == told_
        assert read(to_html(found, "t")) == told_


def test_what_is_at_hand_is_taken() -> None:
    found = clashes(kosovo())
    open_ = unanswered(kosovo(), found=found)
    assert brief(kosovo(), "hehir", found=found, unmet=open_) == brief(kosovo(), "hehir")


def test_the_brief_of_an_author_of_the_first_debate() -> None:
    made = brief(kosovo(), "hehir")
    first, *others = made.case
    assert (first.issue, first.way, first.claim) == (
        "establish-asm",
        "con",
        "heh-kosovo-should-refuse",
    )
    assert first.challenge is not None
    assert first.challenge.answer is not None
    assert first.challenge.answer.claim == "heh-agreements-reason-fails"
    assert [p.rank for p in others] == sorted(p.rank or 0 for p in others)
    assert "ecfr-kosovo-errors" in [one.claim for one in made.by_us]
    assert "heh-agreements-reason-fails" in [one.claim for one in made.by_them]
    claims = kosovo().claim_by_id
    for point in made.case:
        assert claims[point.claim].holder == "hehir"


def _small(*attacks: Attack, supports: tuple[Support, ...] = ()) -> Debate:
    """Her thesis, its reasons, and three claims of his."""
    return Debate(
        "d",
        "D",
        agents=(Agent("her", "Hannah"), Agent("him", "Hank"), Agent("ines", "Ines")),
        sources=(Source("s", "S", "her"), Source("t", "T", "him"), Source("u", "U", "ines")),
        claims=(
            *(Claim(name, f"{name.title()}.", "s", "her") for name in ("thesis", "r1", "r2", "r3")),
            *(Claim(name, f"{name.title()}.", "t", "him") for name in ("x", "y", "z")),
            Claim("ally", "Ally.", "u", "ines"),
        ),
        supports=supports,
        attacks=attacks,
    )


def test_the_best_attack_is_direct_and_not_out() -> None:
    rebut = AttackKind.REBUT
    debate = _small(
        Attack(rebut, "x", "thesis"),
        Attack(rebut, "y", "thesis"),
        Attack(rebut, "r1", "x"),
        supports=(Support(("z",), "y"), Support(("z",), "x")),
    )
    (point,) = [p for p in brief(debate, "her", "him").case if p.claim == "thesis"]
    assert point.challenge is not None
    assert (point.challenge.claim, point.challenge.answer) == ("y", None)


def test_the_answer_is_ones_own_and_then_strikes_what_backs_the_attacker() -> None:
    rebut = AttackKind.REBUT
    backed = (Support(("y",), "x"),)
    thesis = Attack(rebut, "x", "thesis")
    deep = _small(thesis, Attack(rebut, "r1", "y"), supports=backed)
    found = brief(deep, "her", "him").case
    answers = {p.claim: p.challenge.answer for p in found if p.challenge}
    assert answers["thesis"] is not None
    assert (answers["thesis"].claim, answers["thesis"].against) == ("r1", "y")
    both = _small(thesis, Attack(rebut, "ally", "x"), Attack(rebut, "r2", "x"), supports=backed)
    (point,) = [p for p in brief(both, "her", "him").case if p.claim == "thesis"]
    assert point.challenge is not None
    assert point.challenge.answer is not None
    assert (point.challenge.answer.claim, point.challenge.answer.against) == ("r2", "x")


def test_reasons_are_sound_before_undercut_and_own_before_foreign() -> None:
    debate = _small(
        Attack(AttackKind.UNDERCUT, "x", "linked"),
        supports=(
            Support(("r1", "r2"), "thesis", "linked"),
            Support(("ally",), "thesis"),
            Support(("r3",), "thesis"),
        ),
    )
    point = brief(debate, "her").case[0]
    assert [reason.claims for reason in point.reasons] == [("r3",), ("ally",)]


def test_a_main_conclusion_without_a_clash_is_a_point() -> None:
    debate = _small(supports=(Support(("r1",), "thesis"), Support(("r2",), "thesis")))
    assert [point.claim for point in brief(debate, "her").case] == ["thesis"]
    assert brief(debate, "her", "him").case == ()


def test_what_is_left_out_is_counted() -> None:
    made = brief(kosovo(), "hehir", points=2)
    whole = brief(kosovo(), "hehir", points=100)
    assert len(made.case) == 2
    assert made.left_out.case == len(whole.case) - 2
    assert "Left out for length" in to_markdown(brief_blocks(kosovo(), made))
    assert whole.left_out.case == 0


def test_passages_are_quoted() -> None:
    quoted = {"heh-agree-madness": "In our own words, madness."}
    found = brief_blocks(kosovo(), brief(kosovo(), "hehir"), quoted)
    assert "    > “In our own words, madness.”" in to_markdown(found)


@pytest.mark.parametrize(
    ("names", "issue", "message"),
    [
        ((), None, "a brief needs an author, two authors, or an issue"),
        (("hehir", "hehir"), None, "'hehir' is named twice"),
        (("heir",), None, "no author is called 'heir'; did you mean hehir"),
        ((), "west-fare", "no issue is called 'west-fare'; did you mean west-fair"),
    ],
)
def test_what_is_not_there_is_named(
    names: tuple[str, ...], issue: str | None, message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        brief(kosovo(), *names, issue=issue)
    option = ["--issue", issue] if issue else []
    assert refused("brief", *names, *option).startswith(f"error: {message}")


def test_without_the_extra_one_line_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match="python-docx"):
        to_docx([], "t")
    out = tmp_path / "brief.docx"
    line = refused("brief", "hehir", FOLDER, "-o", out)
    assert line.endswith("run: pip install 'sicetnon[office]'")
    assert not out.exists()


def test_the_command_writes_each_format(tmp_path: Path) -> None:
    starts = {".docx": b"PK", ".html": b"<!doctype html>", ".md": b"# Aidan Hehir"}
    for suffix, start in starts.items():
        out = tmp_path / f"brief{suffix}"
        assert said("brief", "hehir", "chollet-escobar", FOLDER, "-o", out) == ""
        assert out.read_bytes().startswith(start)
    assert said("brief", "hehir", FOLDER, "-f", "html").startswith("<!doctype html>")
    assert said("brief", FOLDER, "--issue", "unilateral").startswith("# Was Kosovo")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-f", "docx"], "error: docx is no text for the terminal; name a file with --out"),
        (["-o", "x.pdf"], "error: x.pdf: unknown suffix '.pdf'; name a --format: markdown, html"),
    ],
)
def test_bad_arguments_get_one_line(arguments: list[str], message: str) -> None:
    assert refused("brief", "hehir", FOLDER, *arguments).startswith(message)


def test_a_word_file_has_headings_and_page_numbers() -> None:
    made = brief(kosovo(), "hehir")
    raw = to_docx(brief_blocks(kosovo(), made), brief_title(kosovo(), made))
    document = docx.Document(io.BytesIO(raw))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "List Bullet 2"} <= styles
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.core_properties.title == "Aidan Hehir"


def test_a_printed_brief_is_short() -> None:
    for names in (["hehir"], ["hehir", "chollet-escobar"], ["ecfr"]):
        made = to_markdown(blocks(kosovo(), *names))
        assert 300 < len(made.split()) < 2300


def test_help_and_docs_show_the_command() -> None:
    assert "sicetnon brief" in said("brief", "--help")
    assert "sicetnon brief" in (ROOT / "docs" / "briefs.md").read_text(encoding="utf-8")


def test_what_the_docs_show_is_what_is_printed() -> None:
    text = (ROOT / "docs" / "briefs.md").read_text(encoding="utf-8")
    printed = said("brief", "hehir", "chollet-escobar", FOLDER)
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    excerpts = [part for language, part in fences if not language]
    assert len(excerpts) == 3
    assert all(part.strip() in printed for part in excerpts)
    sheet = said("flow", FOLDER, "--format", "md")
    rows = [line for line in text.splitlines() if line.startswith(("| question", "| 2. ", "|  |"))]
    assert len(rows) >= 2
    assert all(f"{row}\n" in sheet for row in rows)
