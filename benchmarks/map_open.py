"""Time from opening to usable: our map beside a stock pyvis page of the same graph.

Run it as ``python -m benchmarks.map_open 480`` or with the ``debate.argdown`` of a debate. Usable
means, for our page, that the first frame is drawn; for the stock page, whose boxes move until
then, that its physics has settled (waited for no longer than ``--bound`` seconds). Both are opened
in turn in the same browser, three times each, without a network.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import pyvis.network
from playwright.sync_api import Browser, Route, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.formats.table import read_debate
from graph.model import AttackKind, Debate
from graph.views.map import map_html

__all__ = ["main"]

_OURS = "document.documentElement.dataset.ready === '1'"
_STOCK = "window.network && network.physics && network.physics.stabilized"


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


def _seconds(browser: Browser, file: Path, usable: str, bound: float) -> float:
    """Return the time until the page is usable, or the bound."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()

    def local(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", local)
    start = perf_counter()
    try:
        page.goto(file.as_uri(), timeout=bound * 1000)
        left = max(1.0, bound - (perf_counter() - start))
        page.wait_for_function(usable, timeout=left * 1000)
    except TooLate:
        return bound
    finally:
        taken = perf_counter() - start
        context.close()
    return taken


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("debate", help="a number of claims to make up, or a debate.argdown")
    parser.add_argument("--bound", type=float, default=120, help="seconds to wait for a page")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    name: str = given.debate
    debate = synthetic(int(name)) if name.isdigit() else read_debate(Path(name))
    found = contradictions(debate)
    start = perf_counter()
    ours = map_html(debate, found)
    made = perf_counter() - start
    print(f"{debate.title}: {len(debate.claims)} claims, {len(found)} contradictions")
    print(f"making our page: {made:.2f} s, {len(ours.encode()) / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        pages = {"ours": (ours, _OURS), "stock": (_stock(debate), _STOCK)}
        taken: dict[str, list[float]] = {kind: [] for kind in pages}
        for _ in range(given.runs):
            for kind, (text, usable) in pages.items():
                file = Path(folder, f"{kind}.html")
                file.write_text(text, "utf-8")
                taken[kind].append(_seconds(browser, file, usable, given.bound))
        browser.close()
    for kind, seconds in taken.items():
        rounds = ", ".join(f"{s:.2f}" for s in seconds)
        print(f"{kind}: median {median(seconds):.2f} s ({rounds})")
    cut = max(taken["stock"]) >= given.bound
    ratio = median(taken["stock"]) / median(taken["ours"])
    print(f"stock / ours: {'at least ' if cut else ''}{ratio:.1f}")


if __name__ == "__main__":
    main()
