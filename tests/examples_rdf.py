"""A small debate that uses every part of the model, and stand-ins for what the analysis finds."""

from __future__ import annotations

from dataclasses import dataclass, replace

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

__all__ = ["FOUND", "TRAMS", "Found", "big_debate"]

_MINER = Origin(OriginKind.MINER, "rules", "1.2", 0.30000000000000004)

TRAMS = Debate(
    "trams",
    "Shall the city build trams?",
    "https://example.org/trams/",
    agents=(
        Agent("ana", "Ana"),
        Agent("ben", "Ben"),
        Agent("ana-ben", "Ana and Ben", AgentKind.GROUP, ("ana", "ben")),
        Agent("cy", "Cy"),
        Agent("city", "The city", AgentKind.ORGANIZATION),
    ),
    sources=(
        Source("pro", "Build them", "ana-ben", "op-ed", "2024-05-01", "The Echo"),
        Source("con", "Do not", "cy", date="May 2024", text="con.txt", sha256="0" * 64),
    ),
    claims=(
        Claim("quiet", "Trams are quiet.", "pro", "ana-ben", anchor=Anchor(1, 2, 10, 26)),
        Claim("build", "The city should build trams.", "pro", "ana", tags=("transport", "money")),
        Claim("jobs", "Trams bring jobs.", "pro", "ana-ben", origin=_MINER),
        Claim("dear", "Trams cost too much.", "con", "cy", anchor=Anchor(2, 1, 5, 25)),
        Claim("stay", "The city should stay as it is.", "con", "cy"),
        Claim("silent", "Trams make little noise.", "con", "cy", Status.CONCEDED),
        Claim("cheap", "Trams will cost little.", "con", "city", Status.REPORTED),
        Claim("same", "Noise is no reason to build.", "con", "cy"),
    ),
    supports=(
        Support(("jobs", "quiet"), "build", "linked", "pro", "practical reasoning"),
        Support(("dear",), "stay", source="con"),
        Support(("silent",), "quiet", origin=Origin(name="Dora")),
    ),
    attacks=(
        Attack(AttackKind.CONTRADICTORY, "build", "stay"),
        Attack(AttackKind.REBUT, "dear", "cheap", "con"),
        Attack(AttackKind.UNDERCUT, "same", "linked", origin=_MINER),
        Attack(AttackKind.UNDERMINE, "cheap", "dear"),
    ),
    rephrases=(Rephrase("silent", "quiet", "con"),),
    issues=(Issue("whether", "Shall the city build trams?", ("build",), ("stay",)),),
)


@dataclass(frozen=True)
class Found:
    """A contradiction as the analysis might report it."""

    kind: str
    first: str
    second: str
    first_holder: str
    second_holder: str
    path: tuple[str, ...]
    backing: tuple[Found, ...] = ()
    issue: str | None = None
    rank: int = 1


FOUND = (
    Found(
        "direct",
        "build",
        "stay",
        "ana",
        "cy",
        ("build", "stay"),
        (Found("supported", "dear", "build", "cy", "ana", ("dear", "stay", "build"), rank=2),),
    ),
    Found("issue", "build", "stay", "ana", "cy", ("build", "whether", "stay"), (), "whether", 3),
    Found("direct", "dear", "silent", "cy", "cy", ("dear", "silent"), rank=4),
)


def big_debate(claims: int) -> Debate:
    """A debate of that many claims, with as many relations, ten sources and anchors throughout."""
    agents = tuple(Agent(f"a{i}", f"Author {i}") for i in range(10))
    sources = tuple(Source(f"s{i}", f"Piece {i}", f"a{i}") for i in range(10))
    made = tuple(
        Claim(
            f"c{i}",
            f"Claim number {i} says something of about the usual length of a claim.",
            f"s{i % 10}",
            f"a{i % 10}",
            anchor=Anchor(i // 50 + 1, 1, i * 80, i * 80 + 79),
        )
        for i in range(claims)
    )
    supports = tuple(
        Support((f"c{i}",), f"c{i // 3}", source=f"s{i % 10}") for i in range(1, claims, 2)
    )
    kinds = (AttackKind.REBUT, AttackKind.UNDERMINE, AttackKind.CONTRADICTORY)
    attacks = tuple(
        Attack(kinds[i % 3], f"c{i}", f"c{claims - 1 - i}") for i in range(0, claims // 2 - 1, 2)
    )
    return replace(
        Debate("big", "A big debate", "https://example.org/big/"),
        agents=agents,
        sources=sources,
        claims=made,
        supports=supports,
        attacks=attacks,
    )
