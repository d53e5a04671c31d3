"""How many may ask at once: ``python -m benchmarks.load`` has 50 clients ask for a minute.

The same graph is served by ``sicetnon serve`` and by rdflib-endpoint (to be installed by hand), one
after the other in one run, and asked the same three queries in turn. Prints answers per second, the
distribution of their times, and how many were lost.
"""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import httpx
import typer

from graph.build import load, to_store

_PREFIXES = (
    "PREFIX sen: <https://w3id.org/sicetnon#> PREFIX schema: <https://schema.org/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
_QUERIES = (
    _PREFIXES + "SELECT ?text { ?c a sen:Claim ; sen:text ?text } ORDER BY ?text LIMIT 20",
    _PREFIXES + "SELECT ?name (COUNT(?c) AS ?n) { ?c sen:holder/schema:name ?name } GROUP BY ?name",
    _PREFIXES + "SELECT ?a ?b { ?x sen:contradicts ?y . ?x sen:text ?a . ?y sen:text ?b }",
)

_SERVER = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
dataset = Dataset(store="Oxigraph", default_union=True)
dataset.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=dataset, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


async def _client(
    client: httpx.AsyncClient, until: float, turn: int, times: list[float], lost: list[str]
) -> None:
    for query in itertools.islice(itertools.cycle(_QUERIES), turn, None):
        if time.perf_counter() > until:
            return
        began = time.perf_counter()
        try:
            reply = await client.get("/sparql", params={"query": query})
            if reply.status_code != 200 or not reply.json()["results"]["bindings"]:
                lost.append(str(reply.status_code))
        except httpx.HTTPError as error:
            lost.append(type(error).__name__)
        times.append(time.perf_counter() - began)


async def _load(address: str, clients: int, seconds: float) -> tuple[list[float], list[str]]:
    times: list[float] = []
    lost: list[str] = []
    limits = httpx.Limits(max_connections=clients)
    wanted = {"Accept": "application/sparql-results+json"}
    async with httpx.AsyncClient(
        base_url=address, timeout=60, limits=limits, headers=wanted
    ) as client:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_client(client, until, n, times, lost) for n in range(clients)))
    return times, lost


def _measure(name: str, command: list[str], port: int, clients: int, seconds: float) -> float:
    """Answers per second of one server."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                try:
                    if httpx.get(f"{address}/sparql", params={"query": "ASK {}"}).is_success:
                        break
                except httpx.ConnectError:
                    pass
                time.sleep(0.2)
            times, lost = asyncio.run(_load(address, clients, seconds))
        finally:
            server.terminate()
    times.sort()
    half, most, last = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    print(
        f"{name:16} {len(times) / seconds:7.1f} answers/s  median {half * 1000:5.0f} ms  "
        f"95% {most * 1000:5.0f} ms  99% {last * 1000:5.0f} ms  worst {times[-1] * 1000:5.0f} ms  "
        f"lost {len(lost)}"
    )
    return len(times) / seconds


def main(
    debate: Annotated[Path, typer.Argument()] = Path("data/kosovo"),
    clients: Annotated[int, typer.Option()] = 50,
    seconds: Annotated[float, typer.Option()] = 60.0,
) -> None:
    """Have many clients ask two servers, and print what they got."""
    with tempfile.TemporaryDirectory() as scratch:
        quads = Path(scratch) / "debate.nq"
        quads.write_text(to_store(load(debate).debate).serialize(format="nquads"), "utf-8")
        ours = [sys.executable, "cli.py", "serve", str(debate), "--port", "8391"]
        theirs = [sys.executable, "-c", _SERVER, str(quads), "8392"]
        first = _measure("sicetnon serve", ours, 8391, clients, seconds)
        second = _measure("rdflib-endpoint", theirs, 8392, clients, seconds)
        print(f"ratio {first / second:.1f}")


if __name__ == "__main__":
    typer.run(main)
