"""What a server endures: ``python -m benchmarks.hostile 10000`` sends so many hostile requests.

Malformed and endless queries, calls of other servers hidden in subqueries and escapes, bodies that
are too large, wrong or slow. Meanwhile an honest query is asked again and again, and a listener
waits for connections that nobody may make. Prints the statuses, the worst times of the honest query
and the memory of the server with its workers.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer

_HONEST = "SELECT (COUNT(*) AS ?n) { ?claim a sen:Claim }"
_AT_ONCE = 24
#: One request in so many asks for what would take for ever.
_ENDLESS_IN = 60


def _service(chance: random.Random, port: int) -> str:
    call = f"SERVICE {chance.choice(('', 'SILENT '))}<http://127.0.0.1:{port}/x> {{ ?a ?b ?c }}"
    return chance.choice(
        (
            f"SELECT * {{ {{ SELECT * {{ {call} }} }} }}",
            f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ OPTIONAL {{ {call} }} }}",
            f"ASK {{ FILTER EXISTS {{ {call} }} }}",
            f"SELECT (EXISTS {{ {call} }} AS ?y) {{}}",
            f'SELECT * {{ BIND("\\u0022 #" AS ?x) . {call}\n }}',
            f"DESCRIBE ?a {{ LATERAL {{ {call} }} }}",
            call.replace("SERVICE", "\\u0053ERVICE").join(("SELECT * { ", " }")),
        )
    )


def _endless(chance: random.Random, _port: int) -> str:
    crossed = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(8))
    return chance.choice(
        (
            f"SELECT (COUNT(*) AS ?n) {{ {crossed} }}",
            f"SELECT * {{ {crossed} }} ORDER BY ?a1",
            "SELECT * { ?a (sen:supports|^sen:supports|sen:attacks|^sen:attacks)* ?b . "
            "?c (sen:supports|^sen:supports)* ?d }",
            "SELECT * { ?a sen:text ?t . ?b sen:text ?u . ?c sen:text ?v "
            'FILTER(REGEX(CONCAT(?t, ?u, ?v), "(a+)+$")) }',
        )
    )


def _broken(chance: random.Random, _port: int) -> str:
    text = list("SELECT ?a WHERE { ?a sen:text ?b . FILTER(STRLEN(?b) > 3) } ORDER BY ?a LIMIT 2")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text))
        text[at] = chance.choice(("", "{", "}", "(", "\x00", "\u202e", "\\", '"', "<", "é", "?"))
    return "".join(text)


def _nested(chance: random.Random, _port: int) -> str:
    deep = chance.choice((10, 100, 1000, 20_000))
    return chance.choice(
        (
            "SELECT * " + "{" * deep + "}" * deep,
            "SELECT * { FILTER(" + "(" * deep + "1" + ")" * deep + ") }",
            "SELECT * { FILTER(" + "!" * deep + "1) }",
            "SELECT * { ?a " + "(" * deep + "sen:text" + ")*" * deep + " ?b }",
            "ASK { VALUES ?x { " + "1 " * deep + "} }",
        )
    )


def _update(chance: random.Random, port: int) -> str:
    return chance.choice(
        (f"LOAD <http://127.0.0.1:{port}/x>", "CLEAR ALL", "DROP ALL", "DELETE WHERE { ?a ?b ?c }",
         "INSERT DATA { <x:a> <x:b> <x:c> }", f"SELECT * FROM <http://127.0.0.1:{port}/x> {{}}")
    )  # fmt: skip


_QUERIES: Sequence[Callable[[random.Random, int], str]] = (_service, _broken, _nested, _update)


async def _hostile(client: httpx.AsyncClient, chance: random.Random, port: int) -> int:
    """The status that one hostile request gets; 0 where the connection broke."""
    make = _endless if chance.randrange(_ENDLESS_IN) == 0 else chance.choice(_QUERIES)
    query = make(chance, port)
    kind = chance.choice(
        ("application/sparql-query", "application/x-www-form-urlencoded", "text/plain", "a\\b", "")
    )
    try:
        match chance.randrange(10):
            case 0:
                body = bytes(chance.randrange(256) for _ in range(chance.randrange(200)))
                reply = await client.post("/sparql", content=body, headers={"Content-Type": kind})
            case 1 if chance.randrange(10) == 0:
                reply = await client.post("/sparql", content=b"x" * 10_000_000)
            case 2:
                path = f"/claim/{chance.choice(('%00', '../..', '%3E%20%7B', 'a' * 3000, '%ff'))}"
                reply = await client.get(
                    path, headers={"Accept": chance.choice(("*/*", ";q=", "x"))}
                )
            case _ if len(query) < 4000 and chance.randrange(2):
                reply = await client.get("/sparql", params={"query": query})
            case _:
                reply = await client.post("/sparql", data={"query": query})
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
        return 0
    if "Traceback" in reply.text:
        raise SystemExit(f"a traceback was sent: {query[:200]}")
    return reply.status_code


async def _honest(client: httpx.AsyncClient, times: list[float], busy: list[int]) -> None:
    """Ask an honest query every tenth of a second."""
    while True:
        began = time.perf_counter()
        reply = await client.get(
            "/sparql", params={"query": _HONEST}, headers={"Accept": "text/csv"}
        )
        if reply.status_code == 200:
            times.append(time.perf_counter() - began)
        else:
            busy.append(reply.status_code)
        await asyncio.sleep(0.1)


def _memory(root: int) -> int:
    """Megabytes of a process and of those that it started."""
    told = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in told.stdout.splitlines()[1:]]
    ours = {root}
    for pid, parent, _ in sorted(rows):
        if parent in ours:
            ours.add(pid)
    return sum(rss for pid, _, rss in rows if pid in ours) // 1024


async def _run(count: int, address: str, root: int) -> None:
    reached: list[object] = []
    listener = await asyncio.start_server(lambda *a: reached.append(a), "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    chance = random.Random(1)
    statuses: Counter[int] = Counter()
    times: list[float] = []
    busy: list[int] = []
    most = 0
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        watch = asyncio.create_task(_honest(client, times, busy))
        began = time.perf_counter()
        for start in range(0, count, _AT_ONCE):
            now = min(_AT_ONCE, count - start)
            statuses.update(
                await asyncio.gather(*(_hostile(client, chance, port) for _ in range(now)))
            )
            most = max(most, _memory(root))
        seconds = time.perf_counter() - began
        watch.cancel()
        after = await client.get("/sparql", params={"query": _HONEST})
    listener.close()
    print(f"{count} hostile requests in {seconds:.0f} s; statuses {dict(sorted(statuses.items()))}")
    print(
        f"connections made by the server: {len(reached)}; an honest query now: {after.status_code}"
    )
    print(
        f"honest query during it: {len(times)} answered, median {statistics.median(times):.3f} s, "
        f"worst {max(times):.2f} s, told to come again: {len(busy)}; memory at most {most} MB"
    )


def main(
    count: Annotated[int, typer.Argument()] = 10_000,
    debate: Annotated[Path, typer.Option()] = Path("data/kosovo"),
    workers: Annotated[int, typer.Option()] = 4,
    seconds: Annotated[float, typer.Option()] = 1.0,
) -> None:
    """Serve a debate and be hostile to the server."""
    port = 8377
    command = [sys.executable, "cli.py", "serve", str(debate), "--port", str(port)]
    command += ["--workers", str(workers), "--seconds", str(seconds)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                try:
                    if httpx.get(address).status_code == 200:
                        break
                except httpx.ConnectError:
                    time.sleep(0.2)
            asyncio.run(_run(count, address, server.pid))
        finally:
            server.terminate()


if __name__ == "__main__":
    typer.run(main)
