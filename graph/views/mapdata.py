"""The facts of a debate as plain lists and numbers, for the script of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..analysis.contradictions import Contradiction
from ..model import Agent, AttackKind, Claim, Debate, Origin, OriginKind
from .findingdata import found_facts
from .layout import Position
from .marks import initials
from .outline import claim_key, issue_key
from .wrap import first_strong_is_rtl

__all__ = ["facts"]

Json = dict[str, Any]


def facts(
    debate: Debate,
    contradictions: Sequence[Contradiction],
    passages: Mapping[str, str],
    texts: Mapping[str, str],
    boxes: Mapping[str, Position],
) -> Json:
    """Return what the panel tells, with claims, agents and sources named by their numbers."""
    claim_at = {c.id: i for i, c in enumerate(debate.claims)}
    support_at = {s.id: i for i, s in enumerate(debate.supports)}
    agents = _agents(debate)
    agent_at = {a.id: i for i, a in enumerate(agents)}
    source_at = {s.id: i for i, s in enumerate(debate.sources)}

    return {
        "title": debate.title,
        "agents": [
            {"id": a.id, "name": a.name, "kind": a.kind.value, "mark": mark}
            for a, mark in zip(agents, initials(a.name for a in agents), strict=True)
        ],
        "sources": [
            {
                "id": s.id,
                "title": s.title,
                "author": agent_at[s.author],
                "about": [part for part in (s.genre, s.publisher, s.date) if part],
                "note": s.note or "",
                "text": texts.get(s.id, ""),
            }
            for s in debate.sources
        ],
        "claims": [
            _claim(c, passages.get(c.id, ""), boxes[claim_key(c.id)].lines)
            | {"source": source_at[c.source], "holder": agent_at[c.holder]}
            for c in debate.claims
        ],
        "supports": [
            {
                "premises": [claim_at[p] for p in s.premises],
                "conclusion": claim_at[s.conclusion],
                "name": s.name or "",
                "scheme": s.scheme or "",
                "origin": _origin(s.origin),
            }
            for s in debate.supports
        ],
        "attacks": [
            {
                "kind": a.kind.value,
                "attacker": claim_at[a.attacker],
                "target": (support_at if a.kind is AttackKind.UNDERCUT else claim_at)[a.target],
                "origin": _origin(a.origin),
            }
            for a in debate.attacks
        ],
        "rephrases": [
            {"first": claim_at[r.first], "second": claim_at[r.second], "origin": _origin(r.origin)}
            for r in debate.rephrases
        ],
        "issues": [
            {
                "id": i.id,
                "question": i.question,
                "lines": boxes[issue_key(i.id)].lines,
                "rtl": first_strong_is_rtl(i.question),
                "pro": [claim_at[c] for c in i.pro],
                "con": [claim_at[c] for c in i.con],
            }
            for i in debate.issues
        ],
        **found_facts(debate, contradictions, claim_at, agent_at),
    }


def _agents(debate: Debate) -> list[Agent]:
    """Return those who wrote or hold something: authors first."""
    named = {a.id: a for a in (*debate.authors, *debate.holders)}
    return list(named.values())


def _claim(claim: Claim, passage: str, lines: Sequence[str]) -> Json:
    out: Json = {
        "id": claim.id,
        "text": claim.text,
        "status": claim.status.value,
        "lines": lines,
        "rtl": first_strong_is_rtl(claim.text),
        "origin": _origin(claim.origin),
        "mined": claim.origin.kind is OriginKind.MINER,
        "tags": claim.tags,
    }
    if claim.origin.confidence is not None:
        out["sure"] = claim.origin.confidence
    if claim.anchor is not None:
        anchor = claim.anchor
        out["anchor"] = [anchor.paragraph, anchor.sentence, anchor.start, anchor.end]
    if passage:
        out["passage"] = passage
    return out


def _origin(origin: Origin) -> str:
    """Return nothing for an unnamed person, else words that say who made it.

    >>> _origin(Origin(OriginKind.MINER, "rules", "1.2", 0.7))
    'mined by rules 1.2, confidence 0.7'
    """
    if origin.kind is OriginKind.PERSON:
        return f"annotated by {origin.name}" if origin.name else ""
    sure = "" if origin.confidence is None else f", confidence {origin.confidence:g}"
    return f"mined by {origin.name} {origin.version}{sure}"
