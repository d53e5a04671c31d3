"""The page for those who do not use a mouse, do not see colours, or do not see at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.views.map import map_html

from .browser import until, watched
from .nightbus import contradictions, night_bus
from .programs import ROOT, run
from .test_map import HOSTILE, hostile

pytestmark = pytest.mark.browser

AXE = ROOT / ".tools" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ("map", "clashes", "matrix", "flow", "sources", "table")
ADDRESSES = (
    "", "#claim=run-it", "#claim=run-it&links=2", "#clash=2", "#view=clashes",
    "#view=clashes&clash=2", "#view=matrix", "#view=matrix&between=moreau,lindqvist",
    "#view=flow", "#view=flow&claim=run-it",
    "#view=sources", "#view=sources&source=moreau", "#view=table", "#view=table&table=relations",
)  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "page.html"
    path.write_text(map_html(night_bus(), contradictions()), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with watched(browser, file) as seen:
        yield seen.page


@pytest.mark.program
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(browser: Browser, file: Path, scheme: str) -> None:
    assert AXE.exists(), "axe-core is missing; run: make test (it installs what tests need)"
    with watched(browser, file) as seen:
        seen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen.page.evaluate(AXE.read_text("utf-8"))
        for address in ADDRESSES:
            seen.page.evaluate(f"location.hash = {address!r}")
            seen.page.wait_for_timeout(100)
            found = seen.page.evaluate(
                """axe.run(document, { resultTypes: ["violations"] }).then((told) =>
                told.violations.map((v) => [v.id, v.nodes[0].html, v.nodes[0].failureSummary]))"""
            )
            assert found == [], address


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, true: str, back: bool = False) -> None:
    """Press Tab until the element that has the focus is the one."""
    for _ in range(200):
        if page.evaluate(f"((e) => Boolean({true}))(document.activeElement)"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"Tab never led to {true}")


def test_every_action_on_the_map_has_a_key(page: Page) -> None:
    """Nothing here touches the mouse, and nothing but keys changes the page."""
    tab_to(page, "e.id === 'search'")
    page.keyboard.type("four passengers")
    press(page, "Enter")
    until(page, "SN.facts.claims[SN.state.claim]?.id === 'empty'")
    tab_to(page, "e.id === 'links-2'")
    press(page, "Enter")
    until(page, "SN.state.links === 2")
    press(page, "Escape")
    until(page, "SN.state.links === 0")
    press(page, "h")
    assert page.evaluate("SN.scene.hidden.size") == 1
    press(page, "u")
    assert page.evaluate("SN.scene.hidden.size") == 0
    press(page, "Control+z")  # nothing is left to undo
    tab_to(page, "e.id === 'levels'", back=True)
    press(page, "ArrowUp", "Tab")
    assert page.evaluate("SN.nodeOf.claim.some((n) => !SN.isShown(n))")
    press(page, "u")
    assert page.evaluate("SN.nodeOf.claim.every(SN.isShown)")
    tab_to(page, "e.id === 'map'")
    press(page, "ArrowRight")
    until(page, "SN.state.claim >= 0")
    press(page, "x")
    assert page.evaluate("SN.scene.struck.has(SN.state.claim)")
    press(page, "a")
    assert page.evaluate("SN.scene.accepted.has(SN.state.claim) && !SN.scene.struck.size")
    press(page, "w")
    assert page.evaluate("!SN.scene.standing && !SN.scene.accepted.size")
    press(page, "c", "+", "-", "0", "?")
    expect(page.get_by_role("heading", name="How to read the map")).to_be_visible()
    tab_to(page, "e.matches('[role=tab]')", back=True)
    press(page, "ArrowLeft")
    expect(page.get_by_role("tab", name="Filters")).to_be_focused()
    tab_to(page, "e.id === 'filter-holder-0'")
    press(page, "Space")
    assert page.evaluate("!SN.scene.holder.has(0)")
    expect(page.locator("#filter-holder-0")).to_be_focused()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_link_that_keys_follow(page: Page, view: str) -> None:
    tab_to(page, f"e.dataset.view === '{view}' && e.matches('a')")
    press(page, "Enter")
    until(page, f"SN.state.view === '{view}'")
    expect(page.locator(f"#view-{view}")).to_be_visible()
    assert page.locator("#views > section:visible").count() == 1
    expect(page.locator("#nav [aria-current]")).to_have_count(1)
    if view != "map":
        press(page, "Escape")
        expect(page.locator(f"#view-{view}")).to_be_focused()


def test_struck_claims_change_what_stands_and_say_why(page: Page) -> None:
    page.evaluate("location.hash = '#claim=nobody-rides'")
    until(page, "SN.state.claim >= 0")
    press(page, "w")
    expect(page.locator("#stands")).to_contain_text("stands")
    before = page.evaluate("SN.labels().label")
    press(page, "x")
    expect(page.locator("#stands")).to_contain_text("Struck out")
    assert page.evaluate("SN.labels().label") != before
    expect(page.locator("#live")).to_contain_text("Struck out")
    press(page, "u")
    assert page.evaluate("SN.labels().label") == before


def test_claims_are_told_apart_without_colour(page: Page) -> None:
    """Every holder has initials of their own, and those with one colour have other patterns."""
    marks = page.evaluate("SN.mark.map((m) => [m.colour, m.pattern, m.shape, m.text])")
    assert len({tuple(mark[1:]) for mark in marks}) == len(marks)
    assert len({mark[3] for mark in marks}) == len(marks)
    styles = page.evaluate(
        """Object.entries(SN.edgeStyle).map(([k, s]) =>
        [k, String(s.dash), s.head, s.tail, s.double])"""
    )
    shapes: dict[tuple[object, ...], list[str]] = {}
    for kind, *shape in styles:
        shapes.setdefault(tuple(shape), []).append(kind)
    alike = [kinds for kinds in shapes.values() if len(kinds) > 1]
    assert alike == [["rebut", "undermine"]]


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_texts_are_text_in_every_view(browser: Browser, tmp_path: Path, view: str) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(map_html(hostile(), [], {"h0": HOSTILE[0]}), "utf-8")
    with watched(browser, file, f"#view={view}&claim=h1") as seen:
        until(seen.page, f"SN.state.view === '{view}'")
        assert seen.page.locator("script").count() == 5
        assert seen.page.locator("img, iframe, object, embed, form").count() == 0
        links = "[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))"
        assert all(link.startswith("#") for link in seen.page.evaluate(links))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_view_is_wider_than_the_screen(
    browser: Browser, file: Path, view: str, size: tuple[int, int]
) -> None:
    with watched(browser, file, f"#view={view}", size) as seen:
        wide = seen.page.evaluate(
            """() => [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility()
            && !e.closest("#map, [role=region], .unseen, #nav, #tools")
            && e.getBoundingClientRect().right > innerWidth + 0.5)
            .map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert wide == []


PRINTED = {
    "map": "22 claims",
    "clashes": "The pilot on line 2 was full from the third week on.",
    "matrix": "How often each two clash",
    "flow": "The city should not run night buses until the depot is rebuilt.",
    "sources": "Let the late shift ride",
    "table": "Night wages and guards make up most of that cost.",
}


@pytest.mark.program
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_prints(browser: Browser, file: Path, tmp_path: Path, view: str) -> None:
    with watched(browser, file, f"#view={view}") as seen:
        until(seen.page, f"SN.state.view === '{view}'")
        pdf = tmp_path / "page.pdf"
        seen.page.pdf(path=pdf, prefer_css_page_size=True)
    text = " ".join(run("pdftotext", "-layout", pdf, "-").split())
    assert "Should the buses run all night?" in text
    assert all(word in text for word in PRINTED[view].split())  # columns part the words
    assert "Search" not in text
