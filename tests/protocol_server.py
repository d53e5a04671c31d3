"""A small SPARQL 1.1 server over Oxigraph for the tests, that can be busy, break or ask who it is.

Its default graph is not the union of its graphs, unlike Virtuoso's.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from tests.loopback import loopback

__all__ = ["ProtocolServer", "protocol_server"]


class ProtocolServer:
    """What the server holds, what it was sent, and the faults it is going to have.

    A fault is a status to answer with, ``"cut"`` (the connection is cut before the request counts),
    ``"late"`` (cut after it has counted) or ``"deadlock"`` (it is undone, as Virtuoso says it).
    """

    def __init__(self) -> None:
        self.store = ox.Store()
        self.requests: list[str] = []
        self.faults: dict[int, int | str] = {}
        self.password: str | None = None
        self.most_rows: int | None = None
        self.url = ""
        self.lock = threading.Lock()

    def answer(self, path: str, kind: str, body: bytes, accept: str) -> tuple[int, str, bytes]:
        """Status, type and body of the answer to a request."""
        asked = urlsplit(path)
        try:
            if asked.path == "/graphs":
                graph = ox.NamedNode(parse_qs(asked.query)["graph"][0])
                self.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
                return 204, "", b""
            if kind.startswith("application/sparql-update"):
                self.store.update(body.decode())
                return 204, "", b""
            form = parse_qs(body.decode())
            default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = []
            default += map(ox.NamedNode, form.get("default-graph-uri", []))
            named: list[ox.NamedNode | ox.BlankNode] = []
            named += map(ox.NamedNode, form.get("named-graph-uri", []))
            found = self.store.query(
                form["query"][0], default_graph=default or None, named_graphs=named or None
            )
            if isinstance(found, ox.QueryTriples):
                return 200, accept, ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
            return 200, accept, found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        except (SyntaxError, ValueError) as error:
            return 400, "text/html", f"<html><b>Wrong:</b> {error}".encode()


def _handler(server: ProtocolServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kind = self.headers["Content-Type"]
            with server.lock:
                number = len(server.requests)
                server.requests.append(body.decode())
                fault = server.faults.get(number)
                wanted = base64.b64encode(f"ann:{server.password}".encode()).decode()
                if server.password and self.headers["Authorization"] != f"Basic {wanted}":
                    self._reply(401, "text/plain", b"who are you?")
                elif isinstance(fault, int):
                    self._reply(fault, "text/plain", b"not now")
                elif fault == "deadlock":
                    self._reply(500, "text/plain", b"Error SR172: Transaction deadlocked")
                elif fault != "cut":
                    reply = server.answer(self.path, kind, body, self.headers["Accept"])
                    if fault != "late":
                        self._reply(*reply)

        def _reply(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="store"')
            if server.most_rows is not None:
                self.send_header("X-SPARQL-MaxRows", str(server.most_rows))
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_told: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def protocol_server() -> Iterator[ProtocolServer]:
    """A server on loopback."""
    served = ProtocolServer()
    with loopback(_handler(served)) as served.url:
        yield served
