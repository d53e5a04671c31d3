"""The console in a real browser: questions, mistakes, links, downloads, a query that is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import chromium
from tests.examples_rdf import TRAMS
from tests.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(TRAMS) as client:
        yield str(client.base_url)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """The console; the page asks nobody but the server, and complains of nothing but answers."""
    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        errors: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on(
            "console", lambda said: errors.append(said.text) if said.type == "error" else None
        )
        opened.goto(address)
        yield opened
        assert all(url.startswith((address, "blob:")) for url in asked), asked
        assert all("status of 4" in error for error in errors), errors  # a refused query


def test_a_question_with_values(page: Page) -> None:
    page.select_option("#named", "claims-of")
    assert "Every claim of one holder" in (page.text_content("#about") or "")
    page.fill("#values input[name=author]", "cy")
    page.click("button.go")
    page.wait_for_selector("#answer table")
    assert page.text_content("#count") == "4 rows"
    assert page.locator("#answer th").all_text_contents() == ["source", "status", "text", "start"]
    assert "Trams cost too much." in page.locator("#answer td").all_text_contents()


def test_things_in_an_answer_are_links(page: Page, address: str) -> None:
    page.fill("#query", "SELECT ?claim ?is { ?claim sen:text 'Trams are quiet.' ; a ?is }")
    page.keyboard.press("Control+Enter")
    page.click("#answer a >> text=claim/quiet")
    page.wait_for_url(f"{address}/claim/quiet")
    assert page.text_content("h1") == "Trams are quiet."
    page.click("text=sen:Claim")
    page.wait_for_url(f"{address}/vocabulary#Claim")


def test_a_mistake_is_told_and_pointed_at(page: Page) -> None:
    page.fill("#query", "SELECT * {\n  ?claim nope:x ?text\n}")
    page.click("button.go")
    page.wait_for_selector("#error:not(:empty)")
    assert "line 2" in (page.text_content("#error") or "")
    where = page.locator("#query").evaluate(
        "box => [box.selectionStart, box.value.indexOf('nope')]"
    )
    assert where[0] == pytest.approx(where[1], abs=7)


def test_yes_or_no_and_graphs(page: Page) -> None:
    page.fill("#query", "ASK { ?a sen:supports ?b }")
    page.click("button.go")
    page.wait_for_selector("#count:text-is('yes')")
    page.fill("#query", "CONSTRUCT WHERE { ?a sen:undercuts ?b }")
    page.click("button.go")
    page.wait_for_selector("#answer pre")
    assert "sen:undercuts" in (page.text_content("#answer pre") or "")


def test_an_answer_is_downloaded(page: Page, tmp_path: Path) -> None:
    page.click("button.go")
    page.wait_for_selector("#answer table")
    with page.expect_download() as waiting:
        page.click("button >> text=CSV")
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == "answer.csv"
    assert file.read_text("utf-8").startswith("holder,text")


def test_a_query_that_runs_is_stopped(page: Page) -> None:
    crossed = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
    page.fill("#query", f"SELECT (COUNT(*) AS ?n) {{ {crossed} }}")
    page.click("button.go")
    page.click("#stop:enabled")
    page.wait_for_selector("#error:text-is('stopped')")
    page.fill("#query", "ASK {}")
    page.click("button.go")
    page.wait_for_selector("#count:text-is('yes')")


def test_the_map_is_served(page: Page, address: str) -> None:
    page.click("text=Map and clashes")
    page.wait_for_url(f"{address}/map")
    assert "trams" in page.title().lower()
