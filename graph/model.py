"""The debate as frozen data: agents, sources, claims, supports, attacks, rephrases and issues.

A :class:`Debate` is the hub of the package. Readers make one, and RDF, networkx and pandas are
projections of it with inverses. It is checked when it is made: a debate that exists is sound, and
:class:`~graph.errors.DebateError` names the file and line of what is not. The words follow AIF
(Chesnevar et al. 2006) and, for attacks, ASPIC+ (Modgil & Prakken 2014).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from importlib import import_module
from typing import TypeVar

from .errors import DebateError, UnknownNameError
from .parts import (
    Agent,
    AgentKind,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Issue,
    Origin,
    OriginKind,
    Part,
    Rephrase,
    Source,
    Status,
    Support,
    check_id,
    clean,
)

__all__ = [
    "DEFAULT_BASE",
    "Agent",
    "AgentKind",
    "Anchor",
    "Attack",
    "AttackKind",
    "Claim",
    "Debate",
    "Issue",
    "Origin",
    "OriginKind",
    "Rephrase",
    "Source",
    "Status",
    "Support",
    "nearest",
]

#: IRIs of a debate start here unless its front matter says otherwise.
DEFAULT_BASE = "https://w3id.org/sicetnon/debate/"

#: A debate of no more claims is written out in full by ``repr``.
_FEW = 12

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*[/#:]")


@dataclass(frozen=True, eq=False, repr=False)
class Debate:
    """Several sources about the same questions, checked as a whole when it is made.

    Two debates are equal when they hold the same parts, in whatever order.

    Raises:
        DebateError: if two parts share a name, a part names another that is not there, a reported
            claim is held by the author of its piece or any other claim by somebody else, or an
            undercut aims at what is no named support.

    >>> her = Agent("her", "Hannah")
    >>> piece = Source("piece", "On trams", "her")
    >>> debate = Debate("trams", "Trams", agents=(her,), sources=(piece,),
    ...                 claims=(Claim("a", "Trams are quiet.", "piece", "her"),))
    >>> debate.claim("a").text
    'Trams are quiet.'
    """

    id: str
    title: str
    base: str = ""
    agents: tuple[Agent, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    supports: tuple[Support, ...] = ()
    attacks: tuple[Attack, ...] = ()
    rephrases: tuple[Rephrase, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        check_id("a debate", self.id, None)
        object.__setattr__(self, "title", clean(f"the title of debate {self.id}", self.title, None))
        if not self.base:
            slug = re.sub(r"[^A-Za-z0-9._-]+", "-", self.id).strip("-") or "debate"
            object.__setattr__(self, "base", f"{DEFAULT_BASE}{slug}/")
        if not _BASE.fullmatch(self.base):
            raise DebateError(f"base {self.base!r} is not an absolute IRI that ends in / # or :")
        _check(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Debate):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash((self.id, self.base, len(self.claims)))

    def __repr__(self) -> str:
        """All of a small debate, as dataclasses do; of others the title and how much they hold."""
        if len(self.claims) <= _FEW:
            parts = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
            return f"Debate({', '.join(parts)})"
        counts = (f"{len(parts)} {kind}s" for kind, parts in self.parts.items() if kind != "agent")
        return f"<Debate {self.id!r}, {self.title!r}: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: see :func:`graph.views.notebook.debate_html`."""
        # by name, since the views stand above the model and import it
        view = import_module(".views.notebook", __package__)
        return str(view.debate_html(self))

    @property
    def parts(self) -> Mapping[str, tuple[Part, ...]]:
        """All the parts, by the word for their kind."""
        return {
            "agent": self.agents,
            "source": self.sources,
            "claim": self.claims,
            "support": self.supports,
            "attack": self.attacks,
            "rephrase": self.rephrases,
            "issue": self.issues,
        }

    @cached_property
    def _key(self) -> tuple[object, ...]:
        by_id = ({part.id: part for part in parts} for parts in self.parts.values())
        return (self.id, self.title, self.base, *by_id)

    @cached_property
    def agent_by_id(self) -> Mapping[str, Agent]:
        """The agents by id."""
        return {a.id: a for a in self.agents}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """The claims by id."""
        return {c.id: c for c in self.claims}

    @cached_property
    def support_by_id(self) -> Mapping[str, Support]:
        """The supports by id."""
        return {s.id: s for s in self.supports}

    @cached_property
    def issue_by_id(self) -> Mapping[str, Issue]:
        """The issues by id."""
        return {i.id: i for i in self.issues}

    def agent(self, name: str) -> Agent:
        """The agent of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("author", name, self.agent_by_id)

    def claim(self, name: str) -> Claim:
        """The claim of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("claim", name, self.claim_by_id)

    def source(self, name: str) -> Source:
        """The source of that id; an :class:`UnknownNameError` gives the nearest names."""
        return _find("source", name, self.source_by_id)

    @cached_property
    def authors(self) -> tuple[Agent, ...]:
        """The agents that wrote a source, in the order of the sources."""
        return tuple(self.agent_by_id[a] for a in dict.fromkeys(s.author for s in self.sources))

    @cached_property
    def holders(self) -> tuple[Agent, ...]:
        """The agents that hold a claim: authors in source order, then speakers by id."""
        held = {c.holder for c in self.claims}
        first = [a.id for a in self.authors if a.id in held]
        return tuple(self.agent_by_id[a] for a in [*first, *sorted(held.difference(first))])


_T = TypeVar("_T")


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause such as ``; did you mean hehir?`` or ``; there are: a, b``, or nothing.

    >>> nearest("heir", ["hehir", "ecfr"])
    '; did you mean hehir?'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=3)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; there are: {', '.join(names)}" if 0 < len(names) <= 12 else ""


def _find(what: str, name: str, known: Mapping[str, _T]) -> _T:
    try:
        return known[name]
    except KeyError:
        raise UnknownNameError(f"no {what} is called {name!r}{nearest(name, known)}") from None


def _check(debate: Debate) -> None:
    """Raise the first fault of the debate as a whole."""
    known: dict[str, Mapping[str, object]] = {
        "agent": debate.agent_by_id,
        "source": debate.source_by_id,
        "claim": debate.claim_by_id,
    }
    for what, parts in debate.parts.items():
        _check_unique(what, parts)
    for parts in debate.parts.values():
        for part in parts:
            for what, name in _uses(part):
                if name not in known[what]:
                    told = f"[{name}]" if what == "claim" else name
                    raise DebateError(f"{what} {told} is used but never stated", part.place)
    for claim in debate.claims:
        _check_holder(claim, debate)
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            _check_undercut(attack, debate)
    for issue in debate.issues:
        if issue.id in debate.claim_by_id:
            raise DebateError(f"[{issue.id}] is both an issue and a claim", issue.place)


def _uses(part: Part) -> Iterator[tuple[str, str]]:
    """The kind and name of each other part that a part names."""
    match part:
        case Agent():
            yield from (("agent", member) for member in part.members)
        case Source():
            yield "agent", part.author
        case Claim():
            yield from (("source", part.source), ("agent", part.holder))
        case Support():
            yield from (("claim", name) for name in (*part.premises, part.conclusion))
        case Attack():
            yield "claim", part.attacker
            if part.kind is not AttackKind.UNDERCUT:
                yield "claim", part.target
        case Rephrase():
            yield from (("claim", part.first), ("claim", part.second))
        case Issue():
            yield from (("claim", name) for name in (*part.pro, *part.con))
    if isinstance(part, Support | Attack | Rephrase) and part.source is not None:
        yield "source", part.source


def _check_unique(what: str, parts: Iterable[Part]) -> None:
    seen: dict[str, Part] = {}
    for part in parts:
        if first := seen.get(part.id):
            where = f" (first at {first.place})" if first.place else ""
            raise DebateError(f"two {what}s are called [{part.id}]{where}", part.place)
        seen[part.id] = part


def _check_holder(claim: Claim, debate: Debate) -> None:
    author = debate.source_by_id[claim.source].author
    own = claim.holder == author or claim.holder in debate.agent_by_id[author].members
    if own and claim.status is Status.REPORTED:
        raise DebateError(
            f"claim [{claim.id}] is reported, but its holder {claim.holder} wrote the piece; "
            "name the speaker as its holder",
            claim.place,
        )
    if not own and claim.status is not Status.REPORTED:
        raise DebateError(
            f"claim [{claim.id}] is {claim.status}, but its holder {claim.holder} did not write "
            "the piece; make it reported",
            claim.place,
        )


def _check_undercut(attack: Attack, debate: Debate) -> None:
    support = debate.support_by_id.get(attack.target)
    if support is None or support.name is None:
        raise DebateError(
            f"claim [{attack.attacker}] undercuts <{attack.target}>, which is no named support",
            attack.place,
        )
