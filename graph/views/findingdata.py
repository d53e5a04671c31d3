"""What the analysis found in a debate as plain lists and numbers, for the script of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from ..analysis.agreement import common_ground, matrix, unanswered
from ..analysis.clashes import Clash, clashes
from ..analysis.contradictions import Contradiction
from ..analysis.cruxes import Cruxes, cruxes
from ..analysis.strength import strengths
from ..model import Debate
from .flow import FlowEntry, flow

__all__ = ["found_facts"]

Json = dict[str, Any]
Numbers = Mapping[str, int]


def found_facts(
    debate: Debate, rows: Sequence[Contradiction], claim_at: Numbers, agent_at: Numbers
) -> Json:
    """Return clashes, cruxes, common ground, unanswered claims, matrix, strengths, by numbers.

    ``rows`` are the contradictions; ``claim_at`` and ``agent_at`` number the claims and holders.
    """
    disputes = clashes(debate, rows=rows)
    place = {clash.contradiction.rank: n for n, clash in enumerate(disputes)}
    issue_at = {issue.id: n for n, issue in enumerate(debate.issues)}

    def contradiction(row: Contradiction) -> Json:
        return {
            "kind": str(row.kind),
            "first": claim_at[row.first],
            "second": claim_at[row.second],
            "firstHolder": agent_at[row.first_holder],
            "secondHolder": agent_at[row.second_holder],
            "path": [claim_at.get(name, -1) for name in row.path],
            "attack": row.attack or "",
            "attackAt": row.attack_at,
            "issue": issue_at.get(row.issue or "", -1),
        }

    def clash(found: Clash) -> Json:
        row = found.contradiction
        return contradiction(row) | {
            "rank": found.rank,
            "number": row.rank,
            "point": found.point,
            "question": issue_at.get(found.issue or "", -1),
            "weight": found.weight,
            "backing": [contradiction(b) for b in row.backing],
            "firstBacking": [claim_at[c] for c in found.first_backing],
            "secondBacking": [claim_at[c] for c in found.second_backing],
        }

    def crux(found: Cruxes) -> Json:
        return {
            "between": [agent_at[a] for a in found.authors],
            "exact": found.exact,
            "cruxes": [
                {
                    "claim": claim_at[one.claim],
                    "holder": agent_at[one.holder],
                    "dissolves": sorted(place[row.rank] for row in one.dissolves),
                }
                for one in found.cruxes
            ],
        }

    def entry(one: FlowEntry) -> Json:
        return {
            "claim": claim_at[one.claim],
            "holder": agent_at[one.holder],
            "way": one.way or "",
            "meets": [
                {
                    "claim": claim_at[met.claim],
                    "holder": agent_at[met.holder],
                    "how": str(met.how),
                    "clash": met.clash - 1,
                }
                for met in one.meets
            ],
            "unanswered": one.unanswered,
        }

    strong = strengths(debate)
    unmet = unanswered(debate, found=disputes)
    sheet = flow(debate, speakers=True, found=disputes, unmet=unmet)
    counts = matrix(debate, speakers=True, rows=rows)
    return {
        "clashes": [clash(found) for found in disputes],
        "cruxes": [crux(found) for found in _cruxes(debate, rows)],
        "common": [
            {
                "first": claim_at[g.first],
                "second": claim_at[g.second],
                "firstHolder": agent_at[g.first_holder],
                "secondHolder": agent_at[g.second_holder],
                "relation": str(g.relation),
            }
            for g in common_ground(debate)
        ],
        "unanswered": [claim_at[one.claim] for one in unmet],
        "flow": {
            "columns": [agent_at[column] for column in sheet.columns],
            "rows": [
                {
                    "issue": issue_at.get(row.issue or "", -1),
                    "clashes": [rank - 1 for rank in row.clashes],
                    "cells": [[entry(one) for one in cell] for cell in row.cells],
                }
                for row in sheet.rows
            ],
            "silent": [issue_at[issue] for issue in sheet.silent],
        },
        "strengths": [round(strong[claim], 2) for claim in claim_at],
        "authors": [agent_at[author.id] for author in debate.authors],
        "matrix": [
            [agent_at[a], agent_at[b], counts.contradictions[i][j], counts.agreements[i][j]]
            for (i, a), (j, b) in combinations(enumerate(counts.authors), 2)
            if counts.contradictions[i][j] or counts.agreements[i][j]
        ],
    }


def _cruxes(debate: Debate, rows: Sequence[Contradiction]) -> Iterator[Cruxes]:
    """Yield the cruxes of every two holders who contradict each other, in a stable order."""
    pairs: dict[tuple[str, str], list[Contradiction]] = {}
    for row in rows:
        key = (min(row.first_holder, row.second_holder), max(row.first_holder, row.second_holder))
        pairs.setdefault(key, []).append(row)
    for (one, other), own in sorted(pairs.items()):
        if one != other:
            yield cruxes(debate, one, other, rows=own)
