"""What data in braces and front matter say, checked: anchors, origins, agents and sources."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from ..errors import ArgdownError, DebateError, Place
from ..model import Agent, AgentKind, Anchor, Origin, OriginKind, Source, nearest
from .argdown_syntax import Document, Heading
from .argdown_yaml import Data
from .losses import Tally

__all__ = [
    "ISSUE_TAG",
    "Front",
    "MisfitError",
    "allow",
    "mapping",
    "one_of",
    "read_anchor",
    "read_front",
    "read_origin",
    "scalar",
]

#: The tag that makes a statement a question.
ISSUE_TAG = "issue"

_AT = re.compile(r"(\d{1,9})\.(\d{1,9}) (\d{1,9})-(\d{1,9})")
_KEYS = frozenset("debate title author date base annotator agents sources".split())  # noqa: SIM905
# Keys that tell the Argdown tools how to draw; they say nothing about the debate.
_DRAWING = frozenset("color model selection map group dot graphviz webComponent mode".split())  # noqa: SIM905
_AGENT_KEYS = frozenset({"name", "kind", "members"})
_SOURCE_KEYS = frozenset(
    {"title", "author", "genre", "date", "publisher", "note", "text", "sha256"}
)

_Enum = TypeVar("_Enum", bound=StrEnum)


class MisfitError(ArgdownError):
    """A value that a key of ours cannot have; in other people's files the key means another."""


def allow(
    data: Mapping[str, Data], keys: Collection[str], place: Place, tally: Tally, of: str
) -> None:
    """Count the keys that are not among those known here; ``of`` says whose data it is.

    Raises:
        ArgdownError: for a key that is nearly one of them.

    """
    for key, value in data.items():
        if key not in keys:
            if is_near(key, keys):
                raise ArgdownError(f"unknown key {key!r} in the data{nearest(key, keys)}", place)
            tally.add("keys in data", f"{key}: {value} of {of}")


def is_near(word: str, known: Collection[str]) -> bool:
    """True if a word is spelled nearly like one that is known, so that it may be a slip."""
    return bool(difflib.get_close_matches(word, known, n=1, cutoff=0.8))


def scalar(data: Mapping[str, Data], key: str, place: Place) -> str | None:
    """The text under a key, or None where the key is absent or empty."""
    value = data.get(key, "")
    if not isinstance(value, str):
        raise MisfitError(f"{key} must be a single value", place)
    return value or None


def mapping(data: Mapping[str, Data], key: str, place: Place) -> dict[str, Data]:
    """The keys and values under a key; none where it is absent."""
    value = data.get(key) or {}
    if not isinstance(value, dict):
        raise MisfitError(f"{key} must be keys and values in braces", place)
    return value


def one_of(kind: type[_Enum], data: Mapping[str, Data], key: str, place: Place) -> _Enum | None:
    """The member of an enumeration that is named under a key, or None where it is absent."""
    value = scalar(data, key, place)
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raised = ArgdownError if is_near(value, list(kind)) else MisfitError
        raise raised(f"{key} {value!r} is not one of: {known}", place) from None


def read_anchor(data: Mapping[str, Data], place: Place) -> Anchor | None:
    """The anchor under ``at``: paragraph.sentence start-end."""
    value = scalar(data, "at", place)
    if value is None:
        return None
    if not (match := _AT.fullmatch(value)):
        raise MisfitError(
            f"at {value!r} is not an anchor such as 9.1 2441-2490 "
            "(paragraph.sentence first-last character)",
            place,
        )
    try:
        return Anchor(*(int(number) for number in match.groups()))
    except DebateError as error:
        raise ArgdownError(error.message, place) from None


def read_origin(data: Mapping[str, Data], default: Origin, place: Place, tally: Tally) -> Origin:
    """The origin under ``origin``: a person's name, or {miner: ..., version: ...}."""
    value = data.get("origin")
    if value is None or value == "":
        return default
    parts = {"person": value} if isinstance(value, str) else value
    if not isinstance(parts, dict):
        raise MisfitError("origin must be a name, or {miner: ..., version: ...}", place)
    allow(parts, {"person", "miner", "version", "confidence"}, place, tally, "an origin")
    if "miner" in parts and "person" in parts:
        raise MisfitError("an origin is a person or a miner, not both", place)
    kind = OriginKind.MINER if "miner" in parts else OriginKind.PERSON
    try:
        confidence = scalar(parts, "confidence", place)
        return Origin(
            kind,
            scalar(parts, kind.value, place),
            scalar(parts, "version", place),
            None if confidence is None else float(confidence),
        )
    except (DebateError, ValueError) as error:
        raise MisfitError(f"origin: {error}", place) from None


@dataclass(frozen=True)
class Front:
    """What the front matter says, or what stands in for it in a plain Argdown file.

    ``open_agents``: whoever holds a claim is an agent, as none are listed. ``bare``: tags between
    words are no part of the text. ``strict``: attacks of statements on each other are contraries.
    """

    id: str
    title: str
    base: str
    origin: Origin
    agents: tuple[Agent, ...]
    sources: tuple[Source, ...]
    lone_source: str | None
    open_agents: bool = False
    bare: bool = False
    strict: bool = False

    @property
    def own(self) -> bool:
        """True if the file lists its pieces, as files of this project do; other files are lenient.

        What does not fit is then an error of the author, and not just passed over.
        """
        return self.lone_source is None

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        return {agent.id: agent.members for agent in self.agents}

    def members(self, agent: str) -> tuple[str, ...]:
        """The members of an agent; none of one that is not listed."""
        return self._members.get(agent, ())


def read_front(document: Document, name: str, tally: Tally) -> Front:
    """The front matter, checked; without ``sources`` everything is one piece called ``name``."""
    data, file = document.front, document.file
    place = Place(file, 1)
    own = "sources" in data
    for key, value in data.items():
        if key not in _KEYS | _DRAWING:
            where = Place(file, document.lines.get((key,)))
            if _slip(key, value):
                raise ArgdownError(
                    f"unknown key {key!r} in the front matter{nearest(key, _KEYS)}", where
                )
            tally.add("front matter", f"{key}: {value}")
        elif own and key in ("author", "date"):
            tally.add("front matter", f"{key}: {value}")

    def text(key: str) -> str | None:
        value = data.get(key)
        if not own and isinstance(value, list) and all(isinstance(v, str) for v in value):
            return ", ".join(map(str, value)) or None
        if not own and not isinstance(value, str | None):
            tally.add("front matter", f"{key}: {value}")
            return None
        return scalar(data, key, place)

    title, annotator = text("title"), text("annotator")
    agents, sources = _agents(document, tally), _sources(document, tally)
    lone = None
    if not own:
        lone = name
        agents = agents or (Agent("author", text("author") or "author (not named)"),)
        sources = (Source(name, title or name, agents[0].id, date=text("date")),)
        sources += _headed(document, agents[0].id, name)
    model = data.get("model")
    model = model if isinstance(model, dict) else {}
    return Front(
        id=text("debate") or name,
        title=title or name,
        base=text("base") or "",
        origin=Origin(OriginKind.PERSON, annotator),
        agents=agents,
        sources=sources,
        lone_source=lone,
        open_agents=not own and not data.get("agents"),
        bare=model.get("removeTagsFromText") == "true",
        strict=model.get("mode") == "strict",
    )


def _slip(key: str, value: Data) -> bool:
    """True if a key seems to be one of ours misspelled, by its value too."""
    if key == "authors" or (key in ("source", "agent") and not isinstance(value, dict)):
        return False
    return is_near(key, _KEYS)


def _headed(document: Document, author: str, name: str) -> tuple[Source, ...]:
    """The pieces that headings name, where the front matter lists none."""
    made: dict[str, Source] = {}
    for block in document.blocks:
        if isinstance(block, Heading) and isinstance(id_ := block.data.get("source"), str):
            try:
                source = Source(id_, block.text or id_, author, place=block.place)
            except DebateError:
                continue
            if id_ != name:
                made.setdefault(id_, source)
    return tuple(made.values())


def _agents(document: Document, tally: Tally) -> tuple[Agent, ...]:
    agents = []
    for id_, value in mapping(document.front, "agents", Place(document.file, 1)).items():
        place = Place(document.file, document.lines.get(("agents", id_)))
        data = {"name": value} if isinstance(value, str) else value
        if not isinstance(data, dict):
            raise ArgdownError(f"agent {id_} must be a name, or {{name: ..., kind: ...}}", place)
        allow(data, _AGENT_KEYS, place, tally, f"agent {id_}")
        members = data.get("members", [])
        if not isinstance(members, list) or not all(isinstance(m, str) for m in members):
            raise ArgdownError(f"members of agent {id_} must be a list of agents", place)
        agents.append(
            Agent(
                id_,
                scalar(data, "name", place) or id_,
                one_of(AgentKind, data, "kind", place) or AgentKind.PERSON,
                tuple(str(m) for m in members),
                place,
            )
        )
    return tuple(agents)


def _sources(document: Document, tally: Tally) -> tuple[Source, ...]:
    sources = []
    for id_, data in mapping(document.front, "sources", Place(document.file, 1)).items():
        place = Place(document.file, document.lines.get(("sources", id_)))
        if not isinstance(data, dict):
            raise ArgdownError(f"source {id_} must be {{title: ..., author: ...}}", place)
        allow(data, _SOURCE_KEYS, place, tally, f"source {id_}")
        parts = {key: scalar(data, key, place) for key in _SOURCE_KEYS}
        author = parts.pop("author")
        title = parts.pop("title") or id_
        if author is None:
            raise ArgdownError(f"source {id_} names no author; write one agent's id", place)
        sources.append(Source(id_, title, author, place=place, **parts))
    return tuple(sources)
