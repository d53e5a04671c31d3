"""A debate as Argdown text that reads back as the same debate."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..model import (
    Agent,
    AgentKind,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Origin,
    OriginKind,
    Rephrase,
    Source,
    Status,
    Support,
)
from .argdown_data import ISSUE_TAG
from .argdown_meaning import BETWEEN
from .argdown_relations import undermined
from .argdown_syntax import SPECIAL, SYMBOLS

__all__ = [
    "Parts",
    "agent_line",
    "source_line",
    "write_additions",
    "write_argdown",
    "write_argdown_files",
]

#: Premises are nested under their conclusions down to this depth, and referred to below it.
_DEPTH = 6

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]|[A-Za-z]")
_ESCAPE = re.compile(r"[\\#{}*_\[\]<>@]|/(?=[/*])")
# What else means something in the name of a rule: commas, unless read back as they are, and dashes.
_ESCAPE_RULE = re.compile(r"(?<=\S),(?= \S)|(?P<odd>[\\#{}*_\[\]<>@,]|/(?=[/*])|-(?=-))")
_SIMPLE_TAG = re.compile(r"[A-Za-z0-9-]+")


def write_argdown(debate: Debate) -> str:
    r"""The whole debate as one Argdown text.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: Trams squeal.", "trams.argdown")
    >>> parse_argdown(write_argdown(debate), "trams.argdown") == debate
    True
    """
    return _Writer(debate).text()


def write_argdown_files(debate: Debate, main: str = "debate.argdown") -> dict[str, str]:
    r"""The debate as a folder is kept: a file for each source, and one that includes them.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: Trams squeal.", "trams.argdown")
    >>> list(write_argdown_files(debate))
    ['debate.argdown', 'trams.argdown']
    """
    return _Writer(debate).files(main)


def write_additions(news: Debate, stated: Collection[str]) -> dict[str | None, str]:
    r"""The parts of a debate as text to be added to the file of each source, ``None`` for between.

    Claims that are ``stated`` in a file already are only referred to.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: Trams squeal.", "trams.argdown")
    >>> write_additions(debate, {"a"})
    {'trams': '[b]: Trams squeal.\n\n[a]\n  - [b]\n'}
    """
    writer = _Writer(news, stated)
    found = {source.id: list(writer.piece(source.id)) for source in news.sources}
    texts: dict[str | None, str] = {key: _joined(blocks) for key, blocks in found.items() if blocks}
    if between := [*writer.relations(None, frozenset()), *writer.issues()]:
        texts[None] = _joined(between)
    return texts


def agent_line(agent: Agent) -> str:
    """The line of an agent under ``agents:`` in the front matter."""
    return f"  {_quoted(agent.id)}: {_flow(_agent(agent))}"


def source_line(source: Source) -> str:
    """The line of a source under ``sources:`` in the front matter."""
    return f"  {_quoted(source.id)}: {_flow(_source(source))}"


def _quoted(text: str) -> str:
    """A YAML scalar that braces and the tools' own scanner leave alone."""
    if _PLAIN.fullmatch(text) and not text.endswith(":"):
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(
        c
        if c.isprintable() and c not in "{}"
        else f"\\u{ord(c):04x}"
        if ord(c) < 0x10000
        else f"\\U{ord(c):08x}"
        for c in escaped
    )


def _flow(data: Mapping[str, object]) -> str:
    """Nested data in YAML's flow style."""
    parts = []
    for key, value in data.items():
        if isinstance(value, dict):
            shown = _flow(value)
        elif isinstance(value, list):
            shown = f"[{', '.join(_flow(v) if isinstance(v, dict) else _quoted(v) for v in value)}]"
        else:
            shown = _quoted(str(value)) if not isinstance(value, _Raw) else value
        parts.append(f"{key}: {shown}")
    return f"{{{', '.join(parts)}}}"


class _Raw(str):
    """Text known to be a plain YAML scalar."""

    __slots__ = ()


def _escaped(text: str, rule: bool = False) -> str:
    r"""The text so that it is read as it is: what stands between dots or colons is kept whole.

    >>> _escaped("The U.A.E. is on p. 1.*.")
    'The U\\.A\\.E. is on p. 1\\.\\*.'
    """
    pattern = _ESCAPE_RULE if rule else _ESCAPE
    odd = {
        match.start() for match in pattern.finditer(text) if not rule or match["odd"] is not None
    }
    parts = []
    kept = 0
    for index, char in enumerate(text):
        if index < kept:
            parts.append(char)
            continue
        special = SPECIAL.match(text, index) if char in ".:" else None
        if special is None:
            parts.append(f"\\{char}" if index in odd else char)
        elif special.group()[1:-1] in SYMBOLS or not odd.isdisjoint(range(*special.span())):
            parts.append(f"\\{char}")
        else:
            parts.append(char)
            kept = special.end()
    return "".join(parts)


class Parts:
    """What data in braces say about the parts of a debate, and what the front matter says."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        origins = Counter(
            part.origin
            for parts in (debate.claims, debate.supports, debate.attacks, debate.rephrases)
            for part in parts
        )
        people = [
            origin
            for origin, _ in sorted(origins.items(), key=lambda pair: -pair[1])
            if origin == Origin(OriginKind.PERSON, origin.name)
        ]
        self._default = people[0] if people else Origin()
        self._weak = undermined(debate.supports)

    def front(self) -> dict[str, object]:
        """The keys and values of the front matter."""
        debate = self._debate
        named = {} if self._default.name is None else {"annotator": self._default.name}
        return {
            "debate": debate.id,
            "title": debate.title,
            "base": debate.base,
            **named,
            "agents": {agent.id: _agent(agent) for agent in debate.agents},
            "sources": {source.id: _source(source) for source in debate.sources},
        }

    def claim(self, claim: Claim) -> dict[str, object]:
        """The data of a claim: what its text, tags and place do not say."""
        author = self._debate.source_by_id[claim.source].author
        data: dict[str, object] = {}
        if claim.holder != author:
            data["holder"] = claim.holder
        own = claim.holder == author or claim.holder in self._debate.agent_by_id[author].members
        if claim.status is not (Status.ASSERTED if own else Status.REPORTED):
            data["status"] = claim.status.value
        if (a := claim.anchor) is not None:
            data["at"] = _Raw(f"{a.paragraph}.{a.sentence} {a.start}-{a.end}")
        return {**data, **self.origin(claim.origin)}

    def origin(self, origin: Origin) -> dict[str, object]:
        """The data of an origin; none where it is that of most parts."""
        if origin == self._default:
            return {}
        parts: dict[str, object] = {origin.kind.value: origin.name or ""}
        if origin.version is not None:
            parts["version"] = origin.version
        if origin.confidence is not None:
            parts["confidence"] = _Raw(repr(origin.confidence))
        return {"origin": parts}

    def support(self, support: Support) -> dict[str, object]:
        """The data of a support without a name."""
        scheme = {"scheme": support.scheme} if support.scheme is not None else {}
        return {**scheme, **self.origin(support.origin)}

    def attack(self, attack: Attack) -> dict[str, object]:
        """The data of an attack; its kind only where the sign does not say it."""
        implied = AttackKind.UNDERMINE if attack.target in self._weak else AttackKind.REBUT
        plain = (implied, AttackKind.CONTRADICTORY, AttackKind.UNDERCUT)
        kind = {} if attack.kind in plain else {"kind": attack.kind.value}
        return {**kind, **self.origin(attack.origin)}

    def rephrase(self, rephrase: Rephrase) -> dict[str, object]:
        """The data of the first of two claims that rephrase each other."""
        origin = self.origin(rephrase.origin)
        listed = {"claim": rephrase.second, **origin} if origin else rephrase.second
        return {"rephrases": [listed]}


class _Writer(Parts):
    def __init__(self, debate: Debate, stated: Collection[str] = ()) -> None:
        super().__init__(debate)
        self._supports: dict[str | None, dict[str, list[Support]]] = {}
        self._named: dict[str | None, list[Support]] = {}
        for support in debate.supports:
            if support.name is None:
                by_conclusion = self._supports.setdefault(support.source, {})
                by_conclusion.setdefault(support.conclusion, []).append(support)
            else:
                self._named.setdefault(support.source, []).append(support)
        self._attacks: dict[str | None, dict[str, list[Attack]]] = {}
        self._undercuts: dict[str | None, list[Attack]] = {}
        for attack in debate.attacks:
            if attack.kind is AttackKind.UNDERCUT:
                self._undercuts.setdefault(attack.source, []).append(attack)
            else:
                by_target = self._attacks.setdefault(attack.source, {})
                by_target.setdefault(attack.target, []).append(attack)
        self._claims: dict[str, list[Claim]] = {source.id: [] for source in debate.sources}
        for claim in debate.claims:
            if claim.id not in stated:
                self._claims[claim.source].append(claim)

    def text(self) -> str:
        pieces = [block for source in self._debate.sources for block in self._source(source)]
        return _joined([self._front(), *pieces, *self._between()])

    def files(self, main: str) -> dict[str, str]:
        names = {source.id: f"{source.id}.argdown" for source in self._debate.sources}
        includes = "\n".join(f"@include({name})" for name in names.values())
        texts = {main: _joined([self._front(), includes, *self._between()])}
        for source in self._debate.sources:
            texts[names[source.id]] = _joined(self._source(source))
        return texts

    def _source(self, source: Source) -> list[str]:
        heading = f"# {_escaped(source.title)} {_flow({'source': source.id})}"
        return [heading, *self.piece(source.id)]

    def _between(self) -> list[str]:
        between = list(self.relations(None, frozenset()))
        if between or self._debate.issues:
            return [f"# {BETWEEN}", *between, *self.issues()]
        return []

    def _front(self) -> str:
        debate = self._debate
        lines = ["===", f"debate: {_quoted(debate.id)}", f"title: {_quoted(debate.title)}"]
        lines.append(f"base: {_quoted(debate.base)}")
        if self._default.name is not None:
            lines.append(f"annotator: {_quoted(self._default.name)}")
        lines.append("agents:" if debate.agents else "agents: {}")
        lines += map(agent_line, debate.agents)
        lines.append("sources:" if debate.sources else "sources: {}")
        lines += map(source_line, debate.sources)
        return "\n".join([*lines, "==="])

    def piece(self, source: str) -> Iterator[str]:
        """The claims of a piece as trees, then what relations the trees do not show."""
        own = {claim.id: claim for claim in self._claims[source]}
        supports = self._supports.get(source, {})
        parents = {
            premise.premises[0]: conclusion
            for conclusion, premises in supports.items()
            for premise in premises
            if conclusion in own
        }
        written: set[str] = set()
        shown: set[str] = set()
        roots = [claim for claim in own.values() if claim.id not in parents]
        for claim in [*roots, *own.values()]:
            if claim.id not in written:
                yield "\n".join(self._tree(claim, own, supports, written, shown))
        yield from self.relations(source, shown)

    def _tree(
        self,
        root: Claim,
        own: Mapping[str, Claim],
        supports: Mapping[str, list[Support]],
        written: set[str],
        shown: set[str],
    ) -> Iterator[str]:
        """A claim with its unnamed supports nested under it; ``shown`` collects their ids."""
        written.add(root.id)
        yield self._statement(root, {})
        stack = [(1, support) for support in reversed(supports.get(root.id, []))]
        while stack:
            depth, support = stack.pop()
            shown.add(support.id)
            data = self.support(support)
            premise = support.premises[0]
            indent = "  " * depth
            claim = own.get(premise)
            if claim is None or premise in written or depth >= _DEPTH:
                yield f"{indent}+ {_reference(premise, data)}"
                continue
            written.add(premise)
            yield f"{indent}+ {self._statement(claim, data)}"
            stack += [(depth + 1, s) for s in reversed(supports.get(premise, []))]

    def relations(self, source: str | None, shown: frozenset[str] | set[str]) -> Iterator[str]:
        """The blocks for relations of a piece, or between pieces, that no tree shows."""
        lines: dict[str, list[str]] = {}
        for conclusion, supports in self._supports.get(source, {}).items():
            for support in supports:
                if support.id not in shown:
                    line = f"  + {_reference(support.premises[0], self.support(support))}"
                    lines.setdefault(conclusion, []).append(line)
        for target, attacks in self._attacks.get(source, {}).items():
            for attack in attacks:
                sign = "><" if attack.kind is AttackKind.CONTRADICTORY else "-"
                line = f"  {sign} {_reference(attack.attacker, self.attack(attack))}"
                lines.setdefault(target, []).append(line)
        for target, under in lines.items():
            yield "\n".join([f"[{target}]", *under])
        for support in self._named.get(source, ()):
            yield from self._reconstruction(support)
        for attack in self._undercuts.get(source, ()):
            line = f"  _ {_reference(attack.attacker, self.attack(attack))}"
            yield f"<{attack.target}>\n{line}"
        for rephrase in self._debate.rephrases:
            if rephrase.source == source:
                yield f"[{rephrase.first}] {_flow(self.rephrase(rephrase))}"

    def issues(self) -> Iterator[str]:
        for issue in self._debate.issues:
            lines = [f"[{issue.id}]: {_escaped(issue.question)} #{ISSUE_TAG}"]
            lines += [f"  + [{claim}]" for claim in issue.pro]
            lines += [f"  - [{claim}]" for claim in issue.con]
            yield "\n".join(lines)

    def _reconstruction(self, support: Support) -> Iterator[str]:
        yield f"<{support.name}>"
        premises = [f"({n}) [{p}]" for n, p in enumerate(support.premises, 1)]
        rule = _escaped(support.scheme or "", rule=True)
        origin = self.origin(support.origin)
        inner = " ".join([part for part in (rule, _flow(origin) if origin else "") if part])
        line = f"-- {inner} --" if inner else "-----"
        yield "\n".join([*premises, line, f"({len(premises) + 1}) [{support.conclusion}]"])

    def _statement(self, claim: Claim, relation: dict[str, object]) -> str:
        data = self.claim(claim)
        if relation:
            data["relation"] = relation
        tags = [f"#{t}" if _SIMPLE_TAG.fullmatch(t) else f"#({t})" for t in claim.tags]
        parts = [f"[{claim.id}]: {_escaped(claim.text)}", *tags, *([_flow(data)] if data else [])]
        return " ".join(parts)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _reference(claim: str, relation: dict[str, object]) -> str:
    return f"[{claim}] {_flow({'relation': relation})}" if relation else f"[{claim}]"


def _agent(agent: Agent) -> dict[str, object]:
    data: dict[str, object] = {"name": agent.name}
    if agent.kind is not AgentKind.PERSON:
        data["kind"] = agent.kind.value
    if agent.members:
        data["members"] = list(agent.members)
    return data


def _source(source: Source) -> dict[str, object]:
    keys: Iterable[str] = (
        "title", "author", "genre", "date", "publisher", "note", "text", "sha256",
    )  # fmt: skip
    return {key: value for key in keys if (value := getattr(source, key)) is not None}
