"""Hypothesis strategies: debates of every kind that the model allows, with nasty names and texts.

``debates()`` makes them. Every part of the model turns up: groups with members, reported claims,
linked, named and unnamed supports, all kinds of attack, rephrases, issues, anchors, miners.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from graph.model import (
    Agent,
    AgentKind,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Origin,
    OriginKind,
    Rephrase,
    Source,
    Status,
    Support,
)

__all__ = ["NASTY_IDS", "NASTY_TEXTS", "anchors", "debates", "ids", "origins", "tags", "texts"]

#: Names that have broken one writer or another; all of them are valid ids.
NASTY_IDS = (
    "a",
    "A",
    "claim 1",
    "a - b",
    "a = b",
    "a rebut b",
    ".",
    "..",
    "a/b#c?d=e&f",
    "100%",
    "%20",
    "+",
    'say "no"',
    "it's",
    "back\\slash",
    "émigré",
    "e\u0301migre\u0301",
    "Косово и Метохија",
    "科索沃",
    "قرار",
    "\u202eflipped",
    "zero\u200bwidth",
    "👩🏽‍🔬",
    "#tag",
    "@include",
    "--",
    "=1+1",
    "null",
    "true",
    "1",
    "1.0",
    "$x",
    "?x",
    "_:b0",
    "sen:Claim",
    "a|b",
    "a`b^c",
    "a,b;c",
    "// not a comment",
)

#: Texts that have broken one writer or another.
NASTY_TEXTS = (
    "Trams are quiet.",
    'He said "never", twice.',
    "It's ours; it isn't theirs.",
    "C:\\new\\table\\u0041",
    "<script>alert('x')</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "&amp; &lt; &#39; ]]>",
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "-1+1",
    "Ends with a backslash \\",
    'Ends with a quote "',
    '"""',
    "'''",
    "{a: [b]} #tag <c> [d]",
    "(1) --- // /* */ %",
    "Приштина is Prishtina",
    "השלום now",
    "\u202egnirts\u202c",
    "e\u0301 is not \u00e9",
    "Emoji 🇽🇰 and 👩‍👩‍👧",
    "${jndi} %s {{x}} {% x %}",
    "line one\nline two",
    "tab\there",
    "2024-01-01",
    "1e3",
    "null",
)

_Part = TypeVar("_Part")
_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _one_line(text: str) -> str:
    return " ".join(_BAD.sub(" ", text).split())


def texts() -> st.SearchStrategy[str]:
    """Texts that the model takes, often nasty."""
    loose = st.text(max_size=30).map(_one_line).filter(bool)
    return st.one_of(st.sampled_from(NASTY_TEXTS), loose)


def ids() -> st.SearchStrategy[str]:
    """Names that the model takes, often nasty."""
    loose = st.text(max_size=12).map(lambda t: _one_line(re.sub(r"[\[\]<>{}]", " ", t)))
    plain = st.text("abcxyz-.1", min_size=1, max_size=6)
    return st.one_of(st.sampled_from(NASTY_IDS), plain, loose.filter(bool))


def tags() -> st.SearchStrategy[str]:
    """Tags that the model takes: names without round brackets."""
    return ids().map(lambda t: _one_line(re.sub(r"[()]", " ", t))).filter(bool)


def origins() -> st.SearchStrategy[Origin]:
    """Origins: mostly an unnamed person, else a named one, or a miner."""
    sure = st.none() | st.floats(0, 1)
    person = st.builds(
        Origin,
        st.just(OriginKind.PERSON),
        name=st.none() | texts(),
        version=st.none() | texts(),
        confidence=sure,
    )
    miner = st.builds(Origin, st.just(OriginKind.MINER), texts(), texts(), sure)
    return st.one_of(st.just(Origin()), person, miner)


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    """Anchors with a span that is not empty."""
    start = draw(st.integers(0, 100_000))
    end = start + draw(st.integers(1, 500))
    return Anchor(draw(st.integers(1, 99)), draw(st.integers(1, 9)), start, end)


@st.composite
def _agents(draw: st.DrawFn) -> tuple[Agent, ...]:
    names = draw(st.lists(ids(), min_size=1, max_size=5, unique=True))
    made = []
    for name in names:
        kind = draw(st.sampled_from(AgentKind))
        members: list[str] = []
        if kind is not AgentKind.PERSON:
            members = draw(st.lists(st.sampled_from(names), max_size=3))
        made.append(Agent(name, draw(texts()), kind, tuple(members)))
    return tuple(made)


@st.composite
def _source(draw: st.DrawFn, name: str, agents: Sequence[Agent]) -> Source:
    maybe = st.none() | texts()
    return Source(
        name,
        draw(texts()),
        draw(st.sampled_from([a.id for a in agents])),
        genre=draw(maybe),
        date=draw(st.one_of(maybe, st.dates().map(str), st.just("2024-02-30"))),
        publisher=draw(maybe),
        note=draw(maybe),
        text=draw(maybe),
        sha256=draw(st.none() | st.text("0123456789abcdef", min_size=64, max_size=64)),
    )


@st.composite
def _claim(draw: st.DrawFn, name: str, sources: Sequence[Source], agents: Sequence[Agent]) -> Claim:
    source = draw(st.sampled_from(sources))
    holder = draw(st.sampled_from([a.id for a in agents]))
    author = next(a for a in agents if a.id == source.author)
    own = holder == author.id or holder in author.members
    status = draw(st.sampled_from([Status.ASSERTED, Status.CONCEDED])) if own else Status.REPORTED
    return Claim(
        name,
        draw(texts()),
        source.id,
        holder,
        status,
        anchor=draw(st.none() | anchors()),
        origin=draw(origins()),
        tags=tuple(draw(st.lists(tags(), max_size=2))),
    )


def _unique(parts: Sequence[_Part], key: Callable[[_Part], str]) -> tuple[_Part, ...]:
    return tuple({key(part): part for part in parts}.values())


@st.composite
def _pair(draw: st.DrawFn, names: Sequence[str]) -> tuple[str, str]:
    first, second = draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    return first, second


@st.composite
def _supports(
    draw: st.DrawFn, names: Sequence[str], source: st.SearchStrategy[str | None]
) -> tuple[Support, ...]:
    made = []
    for _ in range(draw(st.integers(0, 4))):
        ends = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
        premises = tuple(ends[1:])
        needs_name = len(premises) > 1
        name = draw(ids() if needs_name else st.none() | ids())
        scheme, origin = draw(st.none() | texts()), draw(origins())
        made.append(Support(premises, ends[0], name, draw(source), scheme, origin))
    return _unique(made, lambda s: s.id)


@st.composite
def _attacks(
    draw: st.DrawFn,
    names: Sequence[str],
    supports: Sequence[Support],
    source: st.SearchStrategy[str | None],
) -> tuple[Attack, ...]:
    named = [s.name for s in supports if s.name is not None]
    kinds = [k for k in AttackKind if k is not AttackKind.UNDERCUT or named]
    made = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(kinds))
        if kind is AttackKind.UNDERCUT:
            ends = (draw(st.sampled_from(names)), draw(st.sampled_from(named)))
        elif len(names) > 1:
            ends = draw(_pair(names))
        else:
            continue
        made.append(Attack(kind, ends[0], ends[1], draw(source), draw(origins())))
    return _unique(made, lambda a: a.id)


@st.composite
def _rephrases(
    draw: st.DrawFn, names: Sequence[str], source: st.SearchStrategy[str | None]
) -> tuple[Rephrase, ...]:
    made = []
    for _ in range(draw(st.integers(0, 2))):
        first, second = draw(_pair(names))
        made.append(Rephrase(first, second, draw(source), draw(origins())))
    return _unique(made, lambda r: r.id)


@st.composite
def _issue(draw: st.DrawFn, name: str, names: Sequence[str]) -> Issue:
    some = st.lists(st.sampled_from(names), max_size=3) if names else st.just([])
    pro = draw(some)
    con = [c for c in draw(some) if c not in pro]
    return Issue(name, draw(texts()), tuple(pro), tuple(con))


@st.composite
def debates(draw: st.DrawFn, max_claims: int = 6) -> Debate:
    """Valid debates of varied kinds, from an empty one to one that uses every part of the model."""
    agents = draw(st.just(()) | _agents())
    names = draw(st.lists(ids(), max_size=3, unique=True)) if agents else []
    sources = tuple(draw(_source(name, agents)) for name in names)
    names = draw(st.lists(ids(), max_size=max_claims, unique=True)) if sources else []
    claims = tuple(draw(_claim(name, sources, agents)) for name in names)
    whence: st.SearchStrategy[str | None] = st.none()
    if sources:
        whence = st.none() | st.sampled_from([s.id for s in sources])
    supports = draw(_supports(names, whence)) if len(names) > 1 else ()
    attacks = draw(_attacks(names, supports, whence)) if names else ()
    rephrases = draw(_rephrases(names, whence)) if len(names) > 1 else ()
    free = ids().filter(lambda name: name not in names)
    issues = tuple(
        draw(_issue(name, names)) for name in draw(st.lists(free, max_size=2, unique=True))
    )
    base = draw(st.sampled_from(["", "https://example.org/d/", "urn:x:", "https://e.org/d#"]))
    return Debate(
        draw(ids()),
        draw(texts()),
        base,
        agents,
        sources,
        claims,
        supports,
        attacks,
        rephrases,
        issues,
    )


def is_nfc(text: str) -> bool:
    """Whether a text is in Unicode normal form C, which some formats put texts into."""
    return unicodedata.is_normalized("NFC", text)
