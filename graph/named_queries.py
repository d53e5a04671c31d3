"""The queries that come with the package: their questions, and the values that they ask for.

A query is a file of ``ontology/queries``. Its comment begins with the question, goes on with what
comes back, and ends with a line for each value it asks for: ``# $author: agent, one of the two``.
The first word says of what kind the value is. The variable stands in the SELECT as well, last,
since Oxigraph sets no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from .errors import QueryError
from .model import nearest
from .vocab import SEN

__all__ = ["KINDS", "NamedQuery", "Parameter", "bound", "find_query", "named_queries"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARAMETER = re.compile(r"\$(\w+): (\w+), (.+)")
_IRI = re.compile(r"<([^<>\s]+)>")

#: The kinds of values whose ids can be looked up, and their classes.
KINDS: Final = MappingProxyType(
    {"agent": SEN.Agent, "claim": SEN.Claim, "source": SEN.Source, "issue": SEN.Issue}
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for: its name, its kind, and what it means."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the package: its name, question, description, values and text."""

    name: str
    title: str
    description: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """The queries that come with the package, by name.

    >>> named_queries()[0].name
    'answers-of'
    """
    found = (p for p in (files("ontology") / "queries").iterdir() if p.name.endswith(".rq"))
    return tuple(
        sorted(
            (_named(p.name.removesuffix(".rq"), p.read_text(encoding="utf-8")) for p in found),
            key=lambda query: query.name,
        )
    )


def find_query(text_or_name: str) -> NamedQuery | None:
    """The query of that name; nothing if the words are no name but a query themselves.

    Raises:
        QueryError: if no query has that name.

    >>> find_query("SELECT * { ?s ?p ?o }") is None
    True
    """
    name = text_or_name.strip()
    if not _NAME.fullmatch(name):
        return None
    known = {query.name: query for query in named_queries()}
    if name not in known:
        told = nearest(name, known) or f"; there are: {', '.join(sorted(known))}"
        raise QueryError(f"no query is called {name!r}{told}")
    return known[name]


def bound(
    query: NamedQuery | None,
    text: str,
    values: Mapping[str, str],
    has: Callable[[str, str], bool],
    ids: Callable[[str], Collection[str]],
) -> dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    """The terms that variables of a query stand for: values never become part of its text.

    A value is a string; ``<...>`` is an IRI. Those that name something of the debate are looked up:
    ``has`` tells if a thing of a class has an id, and ``ids`` which there are, for want of one.

    Raises:
        QueryError: if a value is missing, asked for by nobody, or names nothing there is.

    """
    asked: dict[str, Parameter | None] = dict.fromkeys(_variables(text))
    if query is not None:
        asked = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in asked:
            told = nearest(name, asked) or (f"; it asks for {', '.join(asked)}" if asked else "")
            raise QueryError(f"the query has no value {name!r}{told}")
    for name, parameter in asked.items():
        if parameter is not None and name not in values:
            raise QueryError(f"the query asks for {name}=..., {parameter.description}")
        if parameter is not None and parameter.kind in KINDS:
            kind, value = KINDS[parameter.kind], values[name]
            if not has(kind, value):
                told = nearest(value, ids(kind))
                raise QueryError(f"no {parameter.kind} is called {value!r}{told}")
    return {ox.Variable(name): _term(name, value) for name, value in values.items()}


def _named(name: str, text: str) -> NamedQuery:
    """A named query, whose title is the first line of its comment."""
    title, *more = list(_comment(text)) or [name]
    found = [(line, _PARAMETER.fullmatch(line)) for line in more]
    parameters = tuple(Parameter(*match.groups()) for _, match in found if match)
    return NamedQuery(name, title, tuple(line for line, m in found if not m), parameters, text)


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()


def _variables(text: str) -> list[str]:
    return sorted(set(re.findall(r"[?$](\w+)", text)))


def _term(name: str, value: str) -> ox.Literal | ox.NamedNode:
    try:
        iri = _IRI.fullmatch(value)
        return ox.NamedNode(iri[1]) if iri else ox.Literal(value)
    except ValueError as error:
        raise QueryError(f"{name}: {error}") from None
