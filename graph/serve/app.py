"""The server as an ASGI app: the endpoint, the console, the map, and a page for each thing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from .described import service_description
from .negotiate import GRAPHS, PAGE, best
from .pages import console_page, policy_of, thing_page, vocabulary_page
from .pool import Limits, Pool, Question, Refusal, Reply
from .protocol import question_of

__all__ = ["Served", "make_app"]

#: Pages of other origins may ask as well: there is nothing here but what is served to anybody.
_ANYBODY: Final[dict[str, Any]] = {
    "allow_origins": ["*"],
    "allow_methods": ["GET", "POST"],
    "allow_headers": ["*"],
}

#: What is said of a thing, and by what it is named.
_FACTS = """SELECT DISTINCT ?property ?value ?label ?inverse {{
  {{ <{iri}> ?property ?value }}
  UNION
  {{ ?value ?property <{iri}> FILTER(!isBlank(?value)) BIND(true AS ?inverse) }}
  OPTIONAL {{ ?value sen:text|sen:question|schema:headline|schema:name ?label }}
}} ORDER BY ?inverse ?property ?label ?value LIMIT 500"""

#: What can stand in an IRI besides letters and digits.
_SAFE = "/:#?&=@!$'()*+,;~%-._"


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: a folder that Oxigraph can open, the bases of its debates, ids by kind."""

    folder: Path
    title: str
    bases: tuple[str, ...]
    ids: Mapping[str, Sequence[str]]
    map_page: str | None = None


def make_app(served: Served, limits: Limits | None = None) -> Starlette:
    """The app for what is served; its workers start and end with it."""
    pool = Pool(served.folder, limits or Limits())
    pages = _Pages(served, pool)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    return Starlette(
        routes=[
            Route("/", _told(pages.console), methods=["GET"]),
            Route("/sparql", _told(pages.sparql), methods=["GET", "POST"]),
            Route("/map", _told(pages.map), methods=["GET"]),
            Route("/vocabulary", _told(pages.vocabulary), methods=["GET"]),
            Route("/{path:path}", _told(pages.thing), methods=["GET"]),
        ],
        middleware=[Middleware(CORSMiddleware, **_ANYBODY)],
        lifespan=lifespan,
    )


_Endpoint = Callable[[Request], Awaitable[Response]]


def _told(endpoint: _Endpoint) -> _Endpoint:
    """The same endpoint, whose refusals are told in one line of plain text."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            headers = {} if refusal.again is None else {"Retry-After": str(refusal.again)}
            return PlainTextResponse(f"{refusal.message}\n", refusal.status, headers)

    return answer


class _Pages:
    """What the server answers, page by page."""

    def __init__(self, served: Served, pool: Pool) -> None:
        self._served, self._pool = served, pool
        self._console = console_page(
            served.title, served.bases, served.ids, has_map=served.map_page is not None
        )

    async def sparql(self, request: Request) -> Response:
        """The answer to a query, or what the endpoint is."""
        question = await question_of(request, self._pool.limits)
        if question is not None:
            return await self._streamed(request, question)
        accept = request.headers.get("accept")
        media = best(accept, [*GRAPHS, PAGE])
        if media == PAGE:
            return RedirectResponse("/")
        if media is None:
            raise Refusal(406, f"the description can be had as {', '.join(GRAPHS)}")
        endpoint = str(request.url.replace(query=""))
        return Response(service_description(endpoint, media), media_type=media)

    async def console(self, _request: Request) -> Response:
        """The page with the queries."""
        return _page(self._console)

    async def map(self, _request: Request) -> Response:
        """The map and the other views of the debate."""
        if self._served.map_page is None:
            raise Refusal(404, "there is no map: the store holds several debates or none")
        return HTMLResponse(self._served.map_page)

    async def vocabulary(self, request: Request) -> Response:
        """The vocabulary, to read or as RDF."""
        media = best(request.headers.get("accept"), [PAGE, *GRAPHS])
        if media is None:
            raise Refusal(406, f"the vocabulary can be had as {PAGE}, {', '.join(GRAPHS)}")
        page, data = vocabulary_page(None if media == PAGE else media)
        return _page(page) if media == PAGE else Response(data, media_type=media)

    async def thing(self, request: Request) -> Response:
        """A claim, source, author or anything else of a debate: a page, or RDF."""
        # as it was sent, since an IRI is not the same once its escapes are undone
        path = quote(request.scope["raw_path"].decode("latin-1").lstrip("/"), safe=_SAFE)
        media = best(request.headers.get("accept"), [PAGE, *GRAPHS])
        if media is None:
            raise Refusal(406, f"things can be had as {PAGE}, {', '.join(GRAPHS)}")
        for base in self._served.bases:
            iri = f"{base}{path}"
            facts = await self._facts(iri)
            if facts:
                if media == PAGE:
                    return _page(thing_page(iri, facts, self._served.bases))
                return await self._streamed(request, _asked(f"DESCRIBE <{iri}>", graphs=media))
        raise Refusal(404, "there is nothing of that name here")

    async def _facts(self, iri: str) -> list[dict[str, Any]]:
        """What is said of a thing and by what it is named, row by row."""
        asked = _FACTS.format(iri=iri)
        reply = await self._pool.ask(_asked(asked, results="application/sparql-results+json"))
        told = json.loads(b"".join([piece async for piece in reply.pieces]))
        rows: list[dict[str, Any]] = told["results"]["bindings"]
        return rows

    async def _streamed(self, request: Request, question: Question) -> Response:
        reply = await _while_there(request, self._pool.ask(question))
        return StreamingResponse(reply.pieces, media_type=reply.media)


async def _while_there(request: Request, asked: Coroutine[Any, Any, Reply]) -> Reply:
    """The reply, unless the client goes away before it begins; then nobody works for it."""
    answer = asyncio.ensure_future(asked)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise Refusal(400, "the client has gone")
    finally:
        gone.cancel()
        answer.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _asked(query: str, results: str | None = None, graphs: str | None = None) -> Question:
    return Question(query, results, graphs, {}, [], [])


def _page(page: str) -> Response:
    return HTMLResponse(page, headers={"Content-Security-Policy": policy_of(page)})
