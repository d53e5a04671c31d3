"""A debate as the JSON that the Argdown tools export (``argdown json``).

The tools leave out the front matter. What is written here has it under ``frontMatter``, and
relations of ours have a ``section`` and ``data``, so that nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..model import Attack, AttackKind, Claim, Debate, Support
from .argdown_data import ISSUE_TAG
from .argdown_write import Parts

__all__ = ["write_argdown_json"]


def write_argdown_json(debate: Debate) -> str:
    r"""The debate as the Argdown tools export it, with the front matter that they leave out.

    >>> from .argdown import parse_argdown
    >>> from .argdown_json import parse_argdown_json
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: Trams squeal.", "trams.argdown")
    >>> parse_argdown_json(write_argdown_json(debate).encode(), "trams.json").debate == debate
    True
    """
    return json.dumps(_Writer(debate).data(), ensure_ascii=False, indent=1) + "\n"


class _Writer:
    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._parts = Parts(debate)
        self._sections = {s.id: f"s{n}" for n, s in enumerate(debate.sources, 1)}
        self._statements = {claim.id: self._claim(claim) for claim in debate.claims}
        for issue in debate.issues:
            member = {"role": "top-level-statement", "isTopLevel": True, "text": issue.question}
            self._statements[issue.id] = self._class(issue.id, member, (ISSUE_TAG,))
        self._arguments = {s.name: self._argument(s) for s in debate.supports if s.name is not None}
        self._relations: list[dict[str, Any]] = []

    def data(self) -> dict[str, Any]:
        """Everything that is written."""
        debate = self._debate
        for rephrase in debate.rephrases:
            reference = self._member(rephrase.first, rephrase.source, isReference=True)
            reference["data"] = _json(self._parts.rephrase(rephrase))
            self._statements[rephrase.first]["members"].append(reference)
        self._relate()
        tags = dict.fromkeys(tag for s in self._statements.values() for tag in s.get("tags", ()))
        return {
            "arguments": self._arguments,
            "statements": self._statements,
            "relations": self._relations,
            "sections": [
                {
                    "type": "section",
                    "id": self._sections[source.id],
                    "level": 1,
                    "title": source.title,
                    "children": [],
                    "data": {"source": source.id},
                }
                for source in debate.sources
            ],
            "tags": {tag: {"tag": tag, "occurrenceIndex": n} for n, tag in enumerate(tags)},
            "frontMatter": self._parts.front(),
        }

    def _relate(self) -> None:
        debate, parts = self._debate, self._parts
        for support in debate.supports:
            if support.name is None:
                ends = support.premises[0], support.conclusion
                self._relation("support", *ends, support.source, parts.support(support))
        for attack in debate.attacks:
            self._attack(attack)
        for issue in debate.issues:
            for claim in issue.pro:
                self._relation("support", claim, issue.id, None, {})
            for claim in issue.con:
                self._relation("attack", claim, issue.id, None, {})

    def _attack(self, attack: Attack) -> None:
        data = self._parts.attack(attack)
        if attack.kind is AttackKind.UNDERCUT:
            index = len(self._debate.support_by_id[attack.target].premises)
            ends = attack.attacker, attack.target
            self._relation("undercut", *ends, attack.source, data, conclusion=index)
            return
        kind = "contradictory" if attack.kind is AttackKind.CONTRADICTORY else "attack"
        self._relation(kind, attack.attacker, attack.target, attack.source, data)

    def _relation(
        self,
        kind: str,
        start: str,
        end: str,
        source: str | None,
        data: Mapping[str, object],
        conclusion: int | None = None,
    ) -> None:
        made: dict[str, Any] = {"type": "relation", "relationType": kind}
        made |= {"from": start, "fromType": "equivalence-class", "to": end}
        made["toType"] = "equivalence-class" if conclusion is None else "inference"
        if conclusion is not None:
            made["conclusionIndex"] = conclusion
        self._statements[start]["relations"].append(dict(made))
        if conclusion is None:
            self._statements[end]["relations"].append(dict(made))
        else:
            step = self._arguments[end]["pcs"][conclusion]["inference"]
            step["relations"].append(dict(made))
        if source is not None:
            made["section"] = self._sections[source]
        if data:
            made["data"] = _json(data)
        self._relations.append(made)

    def _member(self, title: str, source: str | None, **more: Any) -> dict[str, Any]:
        made = {"type": "statement", "title": title, **more}
        if source is not None:
            made["section"] = self._sections[source]
        return made

    def _class(
        self, title: str, member: dict[str, Any], tags: tuple[str, ...], source: str | None = None
    ) -> dict[str, Any]:
        made = {"type": "equivalence-class", "title": title, "relations": []}
        stated = self._member(title, source, **member)
        for part in (made, stated) if tags else ():
            part["tags"] = list(tags)
        return {**made, "members": [stated]}

    def _claim(self, claim: Claim) -> dict[str, Any]:
        member = {"role": "top-level-statement", "isTopLevel": True, "text": claim.text}
        if data := self._parts.claim(claim):
            member["data"] = _json(data)
        return self._class(claim.id, member, claim.tags, claim.source)

    def _argument(self, support: Support) -> dict[str, Any]:
        named = {"argumentTitle": support.name, "isReference": True}
        pcs = [
            self._member(premise, support.source, role="premise", **named)
            for premise in support.premises
        ]
        inference: dict[str, Any] = {
            "type": "inference",
            "relations": [],
            "inferenceRules": [] if support.scheme is None else [support.scheme],
            "conclusionIndex": len(pcs),
            "argumentTitle": support.name,
        }
        if data := self._parts.origin(support.origin):
            inference["data"] = _json(data)
        end = self._member(support.conclusion, support.source, role="main-conclusion", **named)
        pcs.append({**end, "inference": inference})
        role = {"role": "argument-description", "text": "", "isReference": True, "isTopLevel": True}
        member = self._member(support.name or "", support.source, **role)
        return {
            "type": "argument",
            "title": support.name,
            "relations": [],
            "members": [member],
            "pcs": pcs,
        }


def _json(data: Mapping[str, object]) -> dict[str, Any]:
    """The data with numbers as numbers."""
    made: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            made[key] = _json(value)
        elif isinstance(value, list):
            made[key] = [_json(item) if isinstance(item, dict) else str(item) for item in value]
        else:
            made[key] = float(str(value)) if key == "confidence" else str(value)
    return made
