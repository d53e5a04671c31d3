"""A headless Chromium for the tests of pages, and what a page asked for and complained about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

__all__ = ["Watched", "chromium", "until", "watched"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _executable(playwright: Playwright) -> str:
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    if not Path(own).exists():
        pytest.fail(
            "no Chromium: install one (`apt-get install chromium`, or "
            "`python -m playwright install chromium`), or leave these tests out with "
            "`-m 'not browser'`",
            pytrace=False,
        )
    return own


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium; fail with what to install if there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(playwright), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with the requests that it made beyond its own file, and its errors."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def watched(
    browser: Browser, file: Path, address: str = "", size: tuple[int, int] = (1440, 900)
) -> Iterator[Watched]:
    """Open the file and wait until it is ready; its requests and errors must be none at the end."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    seen = Watched(page)
    page.on("request", lambda r: seen.requests.append(r.url))
    page.on("pageerror", lambda e: seen.errors.append(str(e)))
    page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
    page.on("dialog", lambda d: seen.errors.append(d.message))
    page.goto(file.as_uri() + address)
    page.wait_for_selector("html[data-ready='1']", timeout=60_000)
    yield seen
    context.close()
    assert [url for url in seen.requests if url.partition("#")[0] != file.as_uri()] == []
    assert not seen.errors, seen.errors


def until(page: Page, true: str) -> None:
    """Wait for an expression to be true; Playwright's own way needs eval, which is forbidden."""
    for _ in range(300):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {true}")
