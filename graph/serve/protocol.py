"""What a request asks for: the SPARQL 1.1 Protocol (W3C 2013), queries only.

A query comes in the address, in a form or as the body. Values of its variables may come with it as
``$name=value``, as RDF4J has them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from .negotiate import GRAPHS, RESULTS, best
from .pool import Limits, Question, Refusal

__all__ = ["body_of", "question_of"]

_FORM = "application/x-www-form-urlencoded"
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this server only reads; updates are refused"

#: A body must have come within so many seconds, and may have so many fields.
_PATIENCE = 10.0
_FIELDS = 200

_Fields = list[tuple[str, str]]


async def question_of(request: Request, limits: Limits) -> Question | None:
    """The query of a request; nothing where it has none.

    Raises:
        Refusal: if the request is none of the protocol, or asks for an update.

    """
    fields = _fields(request.url.query)
    queries = [value for name, value in fields if name == "query"]
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _UPDATE:
            raise Refusal(403, _READ_ONLY)
        if kind not in (_FORM, _QUERY):
            raise Refusal(415, f"a query is posted as {_FORM} or as {_QUERY}")
        text = _text(await body_of(request, limits.body))
        if kind == _FORM:
            fields = [*fields, *_fields(text)]
            queries = [value for name, value in fields if name == "query"]
        else:
            queries = [*queries, text]
    if any(name == "update" for name, _ in fields):
        raise Refusal(403, _READ_ONLY)
    if not queries and request.method == "GET":
        return None
    if len(queries) != 1:
        raise Refusal(400, "there must be one query and only one")
    accept = request.headers.get("accept")
    return Question(
        queries[0],
        best(accept, list(RESULTS)),
        best(accept, list(GRAPHS)),
        {name[1:]: value for name, value in fields if name.startswith("$")},
        _iris(fields, "default-graph-uri"),
        _iris(fields, "named-graph-uri"),
    )


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises:
        Refusal: if it is too large, or takes too long to come.

    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise Refusal(413, f"a request may have {most} bytes")
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise Refusal(413, f"a request may have {most} bytes")
    except TimeoutError:
        raise Refusal(408, "the request took too long to come") from None
    except ClientDisconnect:
        raise Refusal(400, "the request broke off") from None
    return bytes(body)


def _fields(text: str) -> _Fields:
    try:
        return parse_qsl(
            text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise Refusal(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise Refusal(400, f"a request may have {_FIELDS} parameters") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the body is not UTF-8 at byte {error.start}") from None


def _iris(fields: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for field, value in fields if field == name]
