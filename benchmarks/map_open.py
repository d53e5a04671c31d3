"""The page beside a stock pyvis page of the same graph: opening, searching, moving.

Run it as ``python -m benchmarks.map_open data/kosovo 200 1000``: folders of debates, or numbers
of claims to make up. Both pages are opened in turn in the same headless browser, several times
each, without a network; the figures are medians.

- *usable*: from opening until, for our page, the first frame is drawn and the scripts have run; for
  the stock page, whose boxes move until then, until its physics has settled. That is waited for no
  longer than ``--bound`` seconds, once where it takes that long.
- *search*: from typing a word to the list of claims found.
- *frames*: per second while the eye pans and zooms for three seconds, from the whole map and from
  near, with the main claims shown as on opening and with everything shown.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import pyvis.network
from playwright.sync_api import Browser, Page, Route, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.formats.table import read_debate
from graph.model import AttackKind, Debate
from graph.views.map import map_html

__all__ = ["main"]

_SETTLED = "window.network && network.physics && network.physics.stabilized"
_MOVE = """(near) => new Promise((done) => {
  const { network } = SN;
  if (near) network.moveTo({ scale: 0.9 });
  const [scale, { x, y }] = [network.getScale(), network.getViewPosition()];
  let [frames, start] = [0, performance.now()];
  const step = () => {
    const seconds = (performance.now() - start) / 1000;
    frames += 1;
    network.moveTo({ position: { x: x + 1500 * Math.sin(seconds * 2), y: y + 800 * Math.cos(seconds * 2) },
      scale: scale * (1 + 3 * Math.abs(Math.sin(seconds))) });
    if (seconds < 3) requestAnimationFrame(step);
    else done(frames / seconds);
  };
  requestAnimationFrame(step);
})"""  # noqa: E501


def _stock(debate: Debate) -> str:
    """Return the page that pyvis makes of the same claims and relations when left to itself."""
    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.get_nodes = lambda: network.node_map
    for claim in debate.claims:
        network.add_node(claim.id, claim.text)
    for issue in debate.issues:
        network.add_node(f"issue {issue.id}", issue.question)
        for answer in (*issue.pro, *issue.con):
            network.add_edge(answer, f"issue {issue.id}")
    for support in debate.supports:
        for premise in support.premises:
            network.add_edge(premise, support.conclusion)
    for attack in debate.attacks:
        if attack.kind is not AttackKind.UNDERCUT:
            network.add_edge(attack.attacker, attack.target)
    for rephrase in debate.rephrases:
        network.add_edge(rephrase.first, rephrase.second)
    return str(network.generate_html())


@contextmanager
def _opened(browser: Browser) -> Iterator[Page]:
    """A page that is refused everything but local files."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()

    def local(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", local)
    yield page
    context.close()


def _stock_seconds(browser: Browser, file: Path, bound: float) -> float:
    """Return the time until the boxes of a stock page stand still, or the bound."""
    with _opened(browser) as page:
        start = perf_counter()
        try:
            page.goto(file.as_uri(), timeout=bound * 1000)
            left = max(1.0, bound - (perf_counter() - start))
            page.wait_for_function(_SETTLED, timeout=left * 1000)
        except TooLate:
            return bound
        return perf_counter() - start


def _our_seconds(browser: Browser, file: Path, word: str) -> tuple[float, float]:
    """Return the time until our page is usable, and from typing a word to what it found."""
    with _opened(browser) as page:
        start = perf_counter()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready='1']")
        usable = perf_counter() - start
        start = perf_counter()
        page.locator("#search").fill(word)
        page.wait_for_selector("#found [role=option]")
        return usable, perf_counter() - start


def _frames(browser: Browser, file: Path) -> list[float]:
    """Return frames per second: main claims from afar and near, everything from afar and near."""
    found = []
    with _opened(browser) as page:
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready='1']")
        for everything in (False, True):
            if everything:
                page.evaluate("SN.setLevel(0)")
            for near in (False, True):
                page.evaluate("SN.fit()")
                page.wait_for_timeout(600)
                found.append(float(page.evaluate(_MOVE, near)))
    return found


def _measure(browser: Browser, name: str, runs: int, bound: float) -> str:
    """Return a row of the table for one debate."""
    debate = synthetic(int(name)) if name.isdigit() else read_debate(Path(name))
    start = perf_counter()
    ours = map_html(debate, contradictions(debate))
    made = perf_counter() - start
    word = max(debate.claims[0].text.split(), key=len)
    stock, usable, search = list[float](), list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        our_file, stock_file = Path(folder, "ours.html"), Path(folder, "stock.html")
        our_file.write_text(ours, "utf-8")
        stock_file.write_text(_stock(debate), "utf-8")
        for _ in range(runs):
            opened, searched = _our_seconds(browser, our_file, word)
            usable.append(opened)
            search.append(searched)
            if not stock or max(stock) < bound:
                stock.append(_stock_seconds(browser, stock_file, bound))
        frames = _frames(browser, our_file)
    over = "over " if max(stock) >= bound else ""
    cells = (
        name, str(len(debate.claims)), f"{len(ours.encode()) / 1e6:.1f} MB", f"{made:.2f}",
        f"{median(usable):.2f}", f"{median(search):.2f}", f"{over}{median(stock):.1f}",
        f"{over}{median(stock) / median(usable):.0f}", " / ".join(f"{n:.0f}" for n in frames),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a Markdown table of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("debates", nargs="+", help="numbers of claims to make up, or folders")
    parser.add_argument("--bound", type=float, default=120, help="seconds to wait for a page")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print("| debate | claims | page | made, s | usable, s | search, s | pyvis settled, s | ratio "
          "| frames/s: main far / near, all far / near |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for name in given.debates:
            print(_measure(browser, name, given.runs, given.bound), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
