"""A small made-up debate with every kind of relation, and its contradictions by hand."""

from __future__ import annotations

from graph.analysis.contradictions import Contradiction
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

__all__ = ["contradictions", "night_bus"]


_TEXTS = {
    "moreau": (
        ("run-it", "The city should run night buses every half hour on all six lines."),
        ("shift-work", "Four thousand people start or end a shift between midnight and five."),
        ("no-car", "Most of those who work at night have no car."),
        ("stranded", "Without a night bus these workers are stranded or pay for a taxi."),
        ("safer", "A lit bus with a driver is safer than a walk home."),
        ("cheap", "The whole service costs less than the yearly repair of one bridge."),
        ("pilot", "The pilot on line 2 was full from the third week on."),
        ("not-quiet", "Some streets will hear a bus that they did not hear before."),
        ("nobody-rides", "Nobody rides after two in the morning."),
    ),
    "lindqvist": (
        ("not-now", "The city should not run night buses until the depot is rebuilt."),
        ("depot", "The old depot can charge only twelve buses a night."),
        ("day-first", "Buses that run at night are missing from the morning peak."),
        ("dear", "Night service costs three times as much per passenger as day service."),
        ("wages", "Night wages and guards make up most of that cost."),
        ("empty", "After two in the morning the pilot carried four passengers a trip."),
        ("full-early", "The pilot was full only before midnight, when the day lines still run."),
        ("shared-taxi", "A shared taxi on demand takes the same people home for half the money."),
    ),
    "okafor": (
        ("noise", "A bus every half hour wakes the people who live along the route."),
        ("sleep", "Broken sleep makes people ill."),
        ("quiet-bus", "Electric buses are too quiet to wake anyone."),
        ("on-demand", "Rides on demand bring workers home more cheaply than a fixed line."),
        ("trial", "Two lines should run at night for a year before the city decides."),
    ),
}
_REPORTED = {"nobody-rides": "operators", "quiet-bus": "operators"}
_CONCEDED = {"not-quiet", "trial"}


def night_bus() -> Debate:
    """Return a debate of three authors and one speaker about night buses."""
    miner = Origin(OriginKind.MINER, "rules", "0.1", 0.6)
    claims = []
    for source, texts in _TEXTS.items():
        at = 0
        for i, (name, text) in enumerate(texts):
            status = Status.ASSERTED
            if name in _REPORTED:
                status = Status.REPORTED
            elif name in _CONCEDED:
                status = Status.CONCEDED
            claims.append(
                Claim(
                    name, text, source, _REPORTED.get(name, source), status,
                    Anchor(i // 3 + 1, i % 3 + 1, at, at + len(text)),
                    miner if name == "sleep" else Origin(),
                    ("money",) if name in ("cheap", "dear", "wages") else (),
                )
            )  # fmt: skip
            at += len(text) + 1
    return Debate(
        "night-bus",
        "Should the buses run all night?",
        agents=(
            Agent("moreau", "Claire Moreau"),
            Agent("lindqvist", "Per Lindqvist"),
            Agent("okafor", "Ada Okafor"),
            Agent("operators", "Bus operators", AgentKind.GROUP),
        ),
        sources=(
            Source("moreau", "Let the late shift ride", "moreau", "op-ed", "2024-03-02",
                   "The Harbour Post"),
            Source("lindqvist", "First the depot, then the night", "lindqvist", "column",
                   "2024-03-09", "The Harbour Post"),
            Source("okafor", "Who sleeps beside the bus stop?", "okafor", "analysis", "2024-04"),
        ),
        claims=tuple(claims),
        supports=(
            Support(("shift-work", "no-car"), "stranded", "who-is-left", "moreau",
                    "cause to effect"),
            Support(("stranded",), "run-it", source="moreau"),
            Support(("safer",), "run-it", source="moreau"),
            Support(("cheap",), "run-it", source="moreau"),
            Support(("pilot",), "run-it", "demand", "moreau", "example"),
            Support(("depot",), "not-now", source="lindqvist"),
            Support(("day-first",), "not-now", source="lindqvist"),
            Support(("dear",), "not-now", source="lindqvist"),
            Support(("wages",), "dear", source="lindqvist"),
            Support(("empty",), "dear", source="lindqvist"),
            Support(("depot",), "day-first", source="lindqvist"),
            Support(("sleep", "noise"), "trial", "health", "okafor"),
        ),
        attacks=(
            Attack(AttackKind.CONTRADICTORY, "run-it", "not-now"),
            Attack(AttackKind.CONTRARY, "cheap", "dear"),
            Attack(AttackKind.REBUT, "noise", "run-it"),
            Attack(AttackKind.UNDERMINE, "empty", "pilot"),
            Attack(AttackKind.UNDERCUT, "full-early", "demand", "lindqvist"),
            Attack(AttackKind.REBUT, "quiet-bus", "noise", "okafor"),
            Attack(AttackKind.REBUT, "pilot", "nobody-rides", "moreau"),
        ),
        rephrases=(Rephrase("shared-taxi", "on-demand"),),
        issues=(
            Issue("q-night", "Should the city run buses through the night?",
                  ("run-it",), ("not-now",)),
            Issue("q-taxi", "Is a ride on demand enough?", ("shared-taxi", "on-demand"),
                  ("stranded",)),
        ),
    )  # fmt: skip


def _row(
    kind: str,
    first: str,
    second: str,
    first_holder: str,
    second_holder: str,
    path: tuple[str, ...],
    attack: str | None = None,
    attack_at: int = -1,
    backing: tuple[Contradiction, ...] = (),
    issue: str | None = None,
    rank: int = 1,
) -> Contradiction:
    return Contradiction(
        kind, first, second, first_holder, second_holder, path, attack, attack_at, backing, issue,
        rank,
    )  # fmt: skip


def contradictions() -> list[Contradiction]:
    """Return some of the contradictions of the debate, one of each kind."""
    backing = _row(
        "supported", "safer", "not-now", "moreau", "lindqvist", ("safer", "run-it", "not-now"),
        "contradictory", 1,
    )  # fmt: skip
    return [
        _row("direct", "run-it", "not-now", "moreau", "lindqvist", ("run-it", "not-now"),
              "contradictory", 0, (backing,), rank=1),
        _row("direct", "cheap", "dear", "moreau", "lindqvist", ("cheap", "dear"),
              "contrary", 0, rank=2),
        _row("secondary", "empty", "run-it", "lindqvist", "moreau", ("empty", "pilot", "run-it"),
              "undermine", 0, rank=3),
        _row("supported", "wages", "cheap", "lindqvist", "moreau", ("wages", "dear", "cheap"),
              "contrary", 1, rank=4),
        _row("mediated", "noise", "stranded", "okafor", "moreau", ("noise", "run-it", "stranded"),
              "rebut", 0, rank=5),
        _row("issue", "on-demand", "stranded", "okafor", "moreau",
              ("on-demand", "q-taxi", "stranded"), issue="q-taxi", rank=6),
    ]  # fmt: skip
