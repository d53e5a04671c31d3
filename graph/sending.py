"""Requests to a SPARQL server: where it is, who asks, and what is done when no answer comes.

``python -m graph.sending`` reads a server and an update from its standard input and sends it: a
process of its own, which goes on when the one that started it is gone.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from .errors import StoreError

__all__ = [
    "RefusedError",
    "Server",
    "basic",
    "is_url",
    "send",
    "send_update",
    "send_update_for_sure",
]

#: Answers that tell to come again.
_BUSY: Final = frozenset({429, 502, 503, 504})
_UPDATE: Final = "application/sparql-update; charset=utf-8"
_MOST_TOLD: Final = 300


class RefusedError(Exception):
    """A request that was answered with an error; it reads as the server has it, in one line."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a SPARQL server is asked, where updates go, and where graphs go (Graph Store Protocol).

    ``waits`` are the seconds between two tries of a request that did not come through.
    """

    query: str
    update: str
    graphs: str | None = None
    user: str | None = None
    password: str = field(default="", repr=False)
    waits: tuple[float, ...] = (0.5, 1, 2, 4, 8)

    @classmethod
    def at(cls, url: str, update: str | None = None, graphs: str | None = None) -> Server:
        """The server at a URL, which may hold ``user:password@``; updates go there as well.

        Raises:
            StoreError: if a URL is none.

        >>> Server.at("http://ann:secret@localhost:8890/sparql").query
        'http://localhost:8890/sparql'
        """
        for one in (url, update, graphs):
            if one is not None and not is_url(one):
                raise StoreError(f"{_without_password(one)}: the URL of a server begins with http")
        user, password, plain = _taken_apart(url)
        return cls(plain, update or plain, graphs, user, password)

    def __str__(self) -> str:
        return self.query


def is_url(location: object) -> bool:
    """True for what names a server and not a folder.

    >>> [is_url(place) for place in ("https://example.org/sparql", "kosovo.store")]
    [True, False]
    """
    return bool(re.match(r"https?://[^/]", str(location), re.IGNORECASE))


def _taken_apart(url: str) -> tuple[str | None, str, str]:
    """The user and the password in a URL, and the URL without them."""
    parts = urlsplit(url)
    given, at, host = parts.netloc.rpartition("@")
    user, _, password = given.partition(":")
    plain = urlunsplit(parts._replace(netloc=host))
    return (unquote(user) if at else None), unquote(password), plain


def _without_password(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//", url)


def send(server: Server, url: str, body: bytes, kind: str, accept: str) -> http.client.HTTPResponse:
    """The reply to a request, tried again while the server is busy or cannot be reached.

    Of two requests that wait for each other a server undoes one, and says so: a deadlock.

    Raises:
        RefusedError: if the reply is an error.
        StoreError: if there is none.

    """
    headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "sicetnon"}
    for wait in itertools.chain(server.waits, [None]):
        request = urllib.request.Request(url, body, headers)  # noqa: S310 - Server.at looks
        try:
            reply: http.client.HTTPResponse = _opener(server).open(request)
            return reply
        except urllib.error.HTTPError as error:
            with error:
                told = _told(error)
            if error.code not in _BUSY and "deadlock" not in told.lower():
                raise RefusedError(told) from None
        except (OSError, http.client.HTTPException) as error:
            told = str(getattr(error, "reason", error) or type(error).__name__)
        if wait is not None:
            time.sleep(wait)
    raise StoreError(f"{server}: no answer from the server: {told}")


def send_update(server: Server, update: str) -> None:
    """Have a server run an update.

    Raises:
        RefusedError: if it does not.
        StoreError: if there is no answer.

    """
    with send(server, server.update, update.encode(), _UPDATE, "*/*") as reply:
        reply.read()


def send_update_for_sure(server: Server, update: str) -> None:
    """Have a server run an update, and see it through even if this process is killed meanwhile.

    Virtuoso 7 leaves a request half done when its sender is gone, and keeps that half.

    Raises:
        RefusedError: if it does not.
        StoreError: if there is no answer.

    """
    with subprocess.Popen(
        [sys.executable, "-m", "graph.sending"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as sender:  # fmt: skip
        said, _ = sender.communicate(json.dumps([asdict(server), update]).encode())
    if sender.returncode:
        raise StoreError(f"{server}: the update could not be sent")
    kind, text = json.loads(said)
    if kind == "refused":
        raise RefusedError(text)
    if kind == "failed":
        raise StoreError(text)


def main() -> None:
    """Send what comes in, and say how it went, if anybody still listens."""
    try:
        given, update = json.load(sys.stdin)
    except ValueError:  # whoever started this is gone, and nothing is to be sent
        sys.exit(1)
    try:
        send_update(Server(**{**given, "waits": tuple(given["waits"])}), update)
        said = ["done", ""]
    except RefusedError as error:
        said = ["refused", str(error)]
    except StoreError as error:
        said = ["failed", str(error)]
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(said))
        sys.stdout.flush()


def basic(server: Server) -> str:
    """User and password in UTF-8 (RFC 7617), which rdflib has in ASCII only."""
    pair = f"{server.user}:{server.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


@lru_cache(maxsize=8)
def _opener(server: Server) -> urllib.request.OpenerDirector:
    """What sends requests, and shows the password to the server that asks for it, as it asks."""
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if server.user is not None:
        for url in filter(None, (server.query, server.update, server.graphs)):
            known.add_password(None, url, server.user, server.password)
    return urllib.request.build_opener(
        urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)
    )


def _told(error: urllib.error.HTTPError) -> str:
    """What a server says of an error, in one line."""
    said = error.read(10_000).decode("utf-8", "replace")
    said = " ".join(re.sub(r"<[^>\n]*>", " ", said.partition("SPARQL query:")[0]).split())
    return f"{error.code} {error.reason}{': ' if said else ''}{said[:_MOST_TOLD]}"


if __name__ == "__main__":
    main()
