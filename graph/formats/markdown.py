"""The debate as a Markdown outline: a heading per piece, what stands under what it supports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..model import Attack, AttackKind, Claim, Debate, Source, Status, Support
from ..views.outline import outlines, steps

__all__ = ["markdown_text", "write_markdown"]

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~=^$%&@\"]|(?<=:)/(?=/)|(?<=\bwww)\.", re.IGNORECASE)
_START = re.compile(r"[-+:]|\d+(?=[.)])")

#: Lists are nested to this depth; what stands deeper goes on there, and names what it is under.
_DEEPEST = 9


def markdown_text(text: str) -> str:
    r"""The text with a backslash before each sign that Markdown or Obsidian could act upon.

    >>> print(markdown_text("1. *No* [[x]] <b> #tag"))
    1\. \*No\* \[\[x\]\] \<b\> \#tag
    """
    text = _SIGNS.sub(r"\\\g<0>", text)
    if found := _START.match(text):
        start = found.group()
        text = f"{start}\\{text[len(start) :]}" if start.isdigit() else f"\\{text}"
    return text


def write_markdown(debate: Debate) -> str:
    r"""The outline as CommonMark: claims with their holders and names, and what attacks each.

    >>> from .argdown import parse_argdown
    >>> text = write_markdown(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal."))
    >>> print(*text.splitlines()[6:], sep="\n")
    - Trams are quiet. — *author (not named)* \[a\]
      - rebut: They squeal. \[b\]
    - They squeal. — *author (not named)* \[b\]
    """
    blocks = [f"# {markdown_text(debate.title)}"]
    rows = _Rows(debate)
    for source in debate.sources:
        blocks.append(f"## {markdown_text(source.title)}")
        if said := _said(debate, source):
            blocks.append(said)
        if listed := "\n".join(rows.of(source.id)):
            blocks.append(listed)
    if debate.issues:
        blocks.append("## Issues")
    for issue in debate.issues:
        lines = [f"### {markdown_text(issue.question)} {_named(issue.id)}", ""]
        for kind, claims in (("pro", issue.pro), ("con", issue.con)):
            lines += [f"- {kind}: {rows.short(claim)}" for claim in claims]
        blocks.append("\n".join(lines).rstrip())
    return "\n\n".join(blocks) + "\n"


def _said(debate: Debate, source: Source) -> str:
    author = debate.agent_by_id[source.author].name
    parts = (author, source.genre, source.publisher, source.date, source.note)
    told = [markdown_text(part) for part in parts if part is not None and part != source.title]
    return ", ".join(told)


class _Rows:
    """The lines of the outlines."""

    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._outlines = outlines(debate)
        self._placed = {
            (row.name, row.parent)
            for rows in self._outlines.values()
            for row in rows
            if row.key.startswith("claim:")
        }
        self._attacks: dict[str, list[Attack]] = defaultdict(list)
        self._undercuts: dict[str, list[Attack]] = defaultdict(list)
        for attack in debate.attacks:
            undercut = attack.kind is AttackKind.UNDERCUT
            (self._undercuts if undercut else self._attacks)[attack.target].append(attack)
        apart = steps(debate)
        self._plain: dict[str, list[Support]] = defaultdict(list)
        for support in debate.supports:
            if support.id not in apart:
                self._plain[support.conclusion].append(support)
        self._same: dict[str, list[str]] = defaultdict(list)
        for rephrase in debate.rephrases:
            self._same[rephrase.second].append(rephrase.first)

    def of(self, source: str) -> Iterator[str]:
        """The lines of one piece."""
        for row in self._outlines[source]:
            depth = min(row.depth, _DEEPEST)
            what, _, under = (row.parent or "").partition(":")
            told = f"under {_named(under)}: " if row.depth > _DEEPEST else ""
            if row.key.startswith("step:"):
                yield _item(depth, told + self._step(self._debate.support_by_id[row.name]))
                yield from self._against(self._undercuts.get(row.name, ()), depth + 1)
                continue
            if what == "claim":
                told += self._how(row.name, under)
            claim = self._debate.claim(row.name)
            yield _item(depth, told + self._full(claim))
            yield from self._against(self._attacks.get(claim.id, ()), depth + 1)
            for same in self._same.get(claim.id, ()):
                yield _item(depth + 1, f"says the same: {self.short(same)}")
            for support in self._plain.get(claim.id, ()):
                if (support.premises[0], f"claim:{claim.id}") not in self._placed:
                    told = f"supported by: {self._how(support.premises[0], claim.id)}"
                    yield _item(depth + 1, told + self.short(support.premises[0]))

    def short(self, claim: str) -> str:
        """The text and name of a claim."""
        return f"{markdown_text(self._debate.claim(claim).text)} {_named(claim)}"

    def _full(self, claim: Claim) -> str:
        who = markdown_text(self._debate.agent_by_id[claim.holder].name)
        status = f" ({claim.status})" if claim.status is not Status.ASSERTED else ""
        return f"{markdown_text(claim.text)} — *{who}*{status} {_named(claim.id)}"

    def _how(self, premise: str, conclusion: str) -> str:
        """The names and schemes of the supports between two claims that have no line."""
        told = (
            ", ".join(
                markdown_text(part)
                for part in (f"<{support.name}>" if support.name else None, support.scheme)
                if part is not None
            )
            for support in self._plain.get(conclusion, ())
            if support.premises == (premise,)
        )
        return "".join(f"({part}) " for part in told if part)

    def _step(self, support: Support) -> str:
        together = " + ".join(map(_named, support.premises))
        scheme = f", {markdown_text(support.scheme)}" if support.scheme else ""
        return f"supported by {together} ({markdown_text(f'<{support.id}>')}{scheme})"

    def _against(self, attacks: Iterable[Attack], depth: int) -> Iterator[str]:
        for attack in attacks:
            yield _item(depth, f"{attack.kind}: {self.short(attack.attacker)}")


def _named(claim: str) -> str:
    return markdown_text(f"[{claim}]")


def _item(depth: int, text: str) -> str:
    return f"{'  ' * depth}- {text}"
