"""A real server on loopback for the tests, and requests written out as they go over the wire."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette

from graph.build import Loaded
from graph.model import Debate
from graph.serve.app import make_app
from graph.serve.pool import Limits
from graph.serve.run import served_debate

__all__ = ["serving", "serving_app"]


@contextmanager
def serving(debate: Debate, limits: Limits | None = None) -> Iterator[httpx.Client]:
    """A client of a server that serves a debate."""
    with (
        served_debate(Loaded(debate, {})) as served,
        serving_app(make_app(served, limits)) as client,
    ):
        yield client


@contextmanager
def serving_app(app: Starlette) -> Iterator[httpx.Client]:
    """A client of a server that runs an app."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
