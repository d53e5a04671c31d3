"""What a notebook shows of a debate: all of it text, nothing that runs, and never too much."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.synthetic import synthetic
from graph.model import Agent, Claim, Debate, Source
from graph.views.notebook import debate_html
from tests.kosovo import kosovo
from tests.nightbus import night_bus
from tests.programs import ROOT
from tests.strategies import NASTY_TEXTS, debates

VOID = {"br", "img", "input", "link", "meta", "hr"}
ALLOWED = {
    "b", "defs", "div", "g", "i", "li", "ol", "p", "path", "pattern", "rect", "small", "strong",
    "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr",
}  # fmt: skip


class Seen(HTMLParser):
    """The elements, attributes and texts of a page; what is opened must be closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in VOID
        self.stack.append(tag)
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def check(page: str) -> Seen:
    """Nothing in it runs, links, or asks for anything."""
    seen = Seen(page)
    assert set(seen.tags) <= ALLOWED
    names = {name for name, _ in seen.attributes}
    assert not any(name.startswith("on") or "href" in name or name == "src" for name in names)
    urls = [v for _, value in seen.attributes for v in re.findall(r"url\(([^)]*)", value)]
    ids = {value for name, value in seen.attributes if name == "id"}
    assert {url.removeprefix("#") for url in urls} <= ids
    return seen


def test_it_tells_what_there_is() -> None:
    page = debate_html(kosovo())
    seen = check(page)
    said = " ".join(seen.texts)
    assert "5 pieces · 474 claims · 420 supports" in said
    for source in kosovo().sources:
        assert source.title[:60] in said
    for author in kosovo().authors:
        assert author.name in said
    assert "Should Kosovo establish the Association of Serb-majority Municipalities?" in said
    issues = len(kosovo().issues)
    assert page.count("<rect x=") == len(kosovo().claims) + issues
    assert seen.tags.count("li") == 5


def test_it_is_small() -> None:
    assert len(debate_html(kosovo()).encode()) < 100_000


def test_each_author_has_a_pattern_of_their_own() -> None:
    page = debate_html(kosovo())
    tiles = re.findall(r'<pattern id="(\w+)".*?</pattern>', page)
    drawn = re.findall(r'fill="(#\w+)"/><path d="([^"]*)"', page)
    assert len(set(tiles)) == len(set(drawn)) == len(kosovo().authors)


def test_no_colour_of_the_page_is_taken_for_granted() -> None:
    seen = check(debate_html(kosovo()))
    styles = [value for name, value in seen.attributes if name == "style"]
    assert not any("color" in style or "background" in style for style in styles)


def test_two_debates_on_one_page_keep_their_patterns() -> None:
    first, second = debate_html(kosovo()), debate_html(night_bus())
    ids = [set(re.findall(r'id="(\w+)"', page)) for page in (first, second)]
    assert ids[0].isdisjoint(ids[1])


@given(debates())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_debate_is_shown_and_every_text_is_a_text(debate: Debate) -> None:
    check(debate_html(debate))


@pytest.mark.parametrize("text", [*NASTY_TEXTS, "x" * 5000, "<b>" * 2000, "word " * 1000])
def test_hostile_texts_stay_texts(text: str) -> None:
    debate = Debate(
        "d", text, agents=(Agent("a", text),), sources=(Source("s", text, "a", genre=text),),
        claims=tuple(Claim(f"c{i}", text, "s", "a") for i in range(3)),
    )  # fmt: skip
    page = debate_html(debate)
    said = " ".join(check(page).texts)
    assert " ".join(text.split())[:20] in said
    assert len(page) < 20_000


def test_a_large_debate_shows_its_pieces_only() -> None:
    page = debate_html(synthetic(1600))
    seen = check(page)
    assert "map_html makes a page of it" in " ".join(seen.texts)
    assert "<title>" not in page
    assert len(page.encode()) < 50_000


def test_a_middling_debate_is_bounded() -> None:
    assert len(debate_html(synthetic(1400)).encode()) < 200_000


def test_a_debate_shows_itself() -> None:
    assert kosovo()._repr_html_() == debate_html(kosovo())


def test_a_debate_is_told_in_a_line() -> None:
    said = repr(kosovo())
    assert said.startswith("<Debate 'kosovo', 'Kosovo and Serbia': 5 sources, 474 claims, 420 ")
    assert len(said) < 200


def test_a_small_debate_is_told_in_full() -> None:
    names: dict[str, object] = {"Debate": Debate}
    assert eval(repr(Debate("a", "An empty one")), names) == Debate("a", "An empty one")
    assert "Claim(id='a'" in repr(
        Debate("d", "D", agents=(Agent("a", "A"),), sources=(Source("s", "S", "a"),),
               claims=(Claim("a", "A.", "s", "a"),))
    )  # fmt: skip


def test_the_model_alone_does_not_load_the_views() -> None:
    code = "import sys, graph.model; print([m for m in sys.modules if m.startswith('graph.views')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
