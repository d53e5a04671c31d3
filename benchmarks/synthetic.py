"""Debates of any size, made up by a seeded generator, for benchmarks and property tests."""

from __future__ import annotations

from random import Random

from graph.model import (
    Agent,
    AgentKind,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Rephrase,
    Source,
    Status,
    Support,
)

__all__ = ["synthetic"]

_WHO = (
    "The council", "Every commuter", "A late shift", "The night bus", "The old depot",
    "A cheaper fare", "The ring road", "The union", "Each driver", "A quiet street",
)  # fmt: skip
_DOES = (
    "pays for", "depends on", "rules out", "makes room for", "depends too much on",
    "has never needed", "is better served by", "loses from", "should wait for", "outlives",
)  # fmt: skip
_WHAT = (
    "a longer timetable", "the second bridge", "an honest budget", "what the survey counted",
    "the people who clean the offices", "a stop at the hospital", "the last train",
    "the plan of ten years ago", "noise after midnight", "the vote in spring",
)  # fmt: skip
_WHY = (
    "", ", whatever the season", ", as the figures of the last two years show",
    ", because nobody else will carry the cost of a service that runs at three in the morning",
    ", and no other town of this size has found a way around it",
)  # fmt: skip
_KINDS = (
    AttackKind.REBUT, AttackKind.REBUT, AttackKind.UNDERMINE, AttackKind.CONTRARY,
    AttackKind.CONTRADICTORY,
)  # fmt: skip


class _Maker:
    """The parts of a debate while they are being made."""

    def __init__(self, n_claims: int, seed: int) -> None:
        self.n_claims = n_claims
        self.random = Random(seed)
        self.agents: list[Agent] = []
        self.sources: list[Source] = []
        self.claims: list[Claim] = []
        self.supports: list[Support] = []
        self.attacks: dict[str, Attack] = {}
        self.rephrases: dict[str, Rephrase] = {}
        self.issues: list[Issue] = []
        self.roots: list[Claim] = []
        self.named: list[Support] = []

    def sentence(self, number: int) -> str:
        """One made-up proposition; the number keeps it apart from every other one."""
        pick = self.random.choice
        return f"{pick(_WHO)} {pick(_DOES)} {pick(_WHAT)}{pick(_WHY)} ({number})."

    def piece(self, size: int, speakers: list[str]) -> None:
        """Add one source of that many claims, with trees of supports no deeper than five."""
        k = len(self.sources) + 1
        author, source = f"author-{k}", f"piece-{k}"
        self.agents.append(Agent(author, f"Author {k}"))
        date = f"{2001 + k % 24}-0{1 + k % 9}-1{k % 10}"
        self.sources.append(Source(source, f"Piece {k} on the night bus", author, date=date))
        depth: dict[str, int] = {}
        at, mine = 0, list[Claim]()
        for i in range(size):
            text = self.sentence(len(self.claims) + 1)
            status, holder = Status.ASSERTED, author
            dice = self.random.random()
            if dice < 0.06:
                status = Status.CONCEDED
            elif dice < 0.12:
                status, holder = Status.REPORTED, self.random.choice(speakers)
            anchor = Anchor(i // 4 + 1, i % 4 + 1, at, at + len(text))
            at += len(text) + 1
            claim = Claim(f"{source}-{i + 1}", text, source, holder, status, anchor)
            self.claims.append(claim)
            parents = [c for c in mine if depth[c.id] < 5]
            if parents and status is not Status.REPORTED and self.random.random() > 0.12:
                parent = self.random.choice(parents[-8:])
                depth[claim.id] = depth[parent.id] + 1
                if self.support(claim, parent, mine, source):
                    depth[mine[-1].id] = max(depth[mine[-1].id], depth[claim.id])
            else:
                depth[claim.id] = 0
                self.roots.append(claim)
            mine.append(claim)

    def support(self, claim: Claim, parent: Claim, mine: list[Claim], source: str) -> bool:
        """Support the parent by the claim; True if linked with the latest claim before it."""
        other = mine[-1]
        number = len(self.supports) + 1
        if linked := other.id != parent.id and self.random.random() < 0.12:
            step = Support((claim.id, other.id), parent.id, f"step-{number}", source)
        elif self.random.random() < 0.1:
            step = Support((claim.id,), parent.id, f"step-{number}", source, "example")
        else:
            step = Support((claim.id,), parent.id, source=source)
        self.supports.append(step)
        if step.name is not None:
            self.named.append(step)
        return linked

    def relations(self) -> None:
        """Add attacks (a tenth of the claims), rephrases (a hundredth) across the pieces."""
        if len(self.sources) < 2:
            return
        source_of = {c.id: c.source for c in self.claims}
        for _ in range(self.n_claims // 10):
            attacker, target = self.random.choice(self.claims), self.random.choice(self.claims)
            if attacker.source == target.source:
                continue
            attack = Attack(self.random.choice(_KINDS), attacker.id, target.id)
            self.attacks[attack.id] = attack
            if self.named and self.random.random() < 0.1:
                step = self.random.choice(self.named)
                if source_of[step.conclusion] != attacker.source:
                    undercut = Attack(AttackKind.UNDERCUT, attacker.id, step.id)
                    self.attacks[undercut.id] = undercut
        for _ in range(self.n_claims // 100):
            first, second = self.random.choice(self.claims), self.random.choice(self.claims)
            if first.source != second.source:
                same = Rephrase(first.id, second.id)
                self.rephrases[same.id] = same

    def questions(self) -> None:
        """Add an issue for about every fifty claims, answered by roots of trees."""
        for number in range(1, self.n_claims // 50 + (2 if self.n_claims >= 10 else 1)):
            chosen = self.random.sample(self.roots, min(6, len(self.roots)))
            pro, con = chosen[::2], chosen[1::2]
            text = f"Should the town do what motion {number} asks for?"
            issue = Issue(
                f"motion-{number}", text, tuple(c.id for c in pro), tuple(c.id for c in con)
            )
            self.issues.append(issue)


def synthetic(n_claims: int, seed: int = 0) -> Debate:
    """Return a made-up debate of that many claims; the same size and seed give the same debate.

    Every source has 10 to 40 claims in trees of supports no deeper than five, some supports are
    linked, a tenth of the claims attack one of another source, a few undercut or rephrase, and
    there is an issue for every fifty claims.

    >>> debate = synthetic(100)
    >>> len(debate.claims), len(debate.issues), debate == synthetic(100)
    (100, 3, True)
    """
    maker = _Maker(n_claims, seed)
    speakers = [f"speaker-{i + 1}" for i in range(max(2, min(40, n_claims // 60)))]
    maker.agents.extend(
        Agent(name, f"Group {i + 1}", AgentKind.GROUP) for i, name in enumerate(speakers)
    )
    left = n_claims
    while left > 0:
        size = min(left, maker.random.randint(10, 40))
        if 0 < left - size < 10:
            size = left
        maker.piece(size, speakers)
        left -= size
    maker.relations()
    maker.questions()
    return Debate(
        f"synthetic-{n_claims}",
        f"A made-up debate of {n_claims} claims",
        agents=tuple(maker.agents),
        sources=tuple(maker.sources),
        claims=tuple(maker.claims),
        supports=tuple(maker.supports),
        attacks=tuple(maker.attacks.values()),
        rephrases=tuple(maker.rephrases.values()),
        issues=tuple(maker.issues),
    )
