"""A debate out of mined pieces: agents, sources, claims with anchors, relations and issues."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ..model import (
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
from ..passages import sentences
from ..readable import is_page
from .between import Between
from .issues import MinedIssue
from .parts import Article, Piece, RelationKind, Utterance

__all__ = ["CHECK", "Miner", "assemble", "slug"]

#: The tag of what a person should look at first.
CHECK = "check"

#: A claim or relation of less confidence is tagged to be checked.
_SURE = 0.6

_TITLES = re.compile(
    r"^(?:the )?(?:(?:former|acting|deputy|vice|prime|foreign|chief|mr|mrs|ms|dr|prof|sir|dame|"
    r"president|minister|professor|senator|mayor|ambassador|secretary|general|chancellor|"
    r"councillor|judge|governor|king|queen|pope)\.?\s+)+(?=[A-Z])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Miner:
    """The name and version that a miner signs its findings with."""

    name: str
    version: str

    def origin(self, confidence: float) -> Origin:
        """The origin of something found with that confidence."""
        return Origin(OriginKind.MINER, self.name, self.version, round(float(confidence), 3))


def slug(text: str) -> str:
    """The text as a name that is easy to type.

    >>> slug("Édith van Vance, MP")
    'edith-van-vance-mp'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    latin = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return latin or "-".join(re.findall(r"\w+", text.lower())) or "unnamed"


class _Agents:
    """The agents by the names that pieces give them; one agent for each person or body."""

    def __init__(self) -> None:
        self.by_id: dict[str, Agent] = {}
        self._by_surname: defaultdict[str, set[str]] = defaultdict(set)

    def author(self, article: Article, source: str) -> str:
        """The id of who wrote an article: a person, a group of its authors, or nobody named."""
        if not article.authors:
            name = f"Author of {article.title or source} (not named)"
            return self._add(Agent(f"{source}-author", name))
        ids = [self._person(name) for name in article.authors]
        if len(ids) == 1:
            return ids[0]
        names = f"{', '.join(article.authors[:-1])} and {article.authors[-1]}"
        return self._add(Agent(slug("-".join(ids)), names, AgentKind.GROUP, tuple(ids)))

    def _person(self, name: str) -> str:
        return self._add(Agent(slug(name), name))

    def speaker(self, name: str) -> str:
        """The id of a speaker; one who shares a surname with one agent only is that agent."""
        bare = _TITLES.sub("", name).strip() or name
        words = bare.split()
        known = self._by_surname.get(slug(words[-1]), set())
        if len(words) == 1 and len(known) == 1:
            return next(iter(known))
        return self._add(Agent(slug(bare), bare, _kind(bare)))

    def _add(self, agent: Agent) -> str:
        known = self.by_id.setdefault(agent.id, agent)
        words = known.name.split()
        if known.kind is AgentKind.PERSON and len(words) > 1 and words[0][0].isupper():
            self._by_surname[slug(words[-1])].add(known.id)
        return known.id


def _kind(name: str) -> AgentKind:
    """A person for a proper name of two or three words, else a group."""
    words = name.split()
    proper = all(word[:1].isupper() for word in words)
    if proper and len(words) in (2, 3) and words[0].lower() != "the":
        return AgentKind.PERSON
    return AgentKind.GROUP


class _Relations:
    """The relations under their ids, each signed; the first of an id stays."""

    def __init__(self, miner: Miner) -> None:
        self._miner = miner
        self.supports: dict[str, Support] = {}
        self.attacks: dict[str, Attack] = {}
        self.rephrases: dict[str, Rephrase] = {}

    def add(
        self, kind: RelationKind, ends: tuple[str, str], confidence: float,
        source: str | None = None,
    ) -> None:  # fmt: skip
        """Add a relation from the first claim to the second."""
        first, second = ends
        origin = self._miner.origin(confidence)
        match kind:
            case RelationKind.SUPPORT:
                support = Support((first,), second, source=source, origin=origin)
                self.supports.setdefault(support.id, support)
            case RelationKind.REPHRASE:
                rephrase = Rephrase(first, second, source, origin)
                self.rephrases.setdefault(rephrase.id, rephrase)
            case RelationKind.ATTACK:
                # within a piece one claim attacks another; between pieces the two are in conflict
                aim = AttackKind.CONTRARY if source is None else AttackKind.REBUT
                attack = Attack(aim, first, second, source, origin)
                self.attacks.setdefault(attack.id, attack)


def assemble(
    name: str,
    title: str,
    pieces: Sequence[Piece],
    miner: Miner,
    links: Iterable[Between] = (),
    issues: Iterable[MinedIssue] = (),
) -> Debate:
    """The debate of some pieces; ``links`` and ``issues`` count their claims in order."""
    agents = _Agents()
    relations = _Relations(miner)
    # all the authors first: a speaker in one piece may be the author of another
    sources = [
        _source(piece.article, source, agents)
        for piece, source in zip(pieces, _source_ids(pieces), strict=True)
    ]
    claims: list[Claim] = []
    for piece, source in zip(pieces, sources, strict=True):
        own = list(_claims(piece, source, agents, miner))
        claims += own
        for drawn in piece.relations:
            ends = own[drawn.source].id, own[drawn.target].id
            relations.add(drawn.kind, ends, drawn.confidence, source.id)
    names = [claim.id for claim in claims]
    for link in links:
        ends = names[link.source], names[link.target]
        relations.add(link.kind, ends, link.confidence)
    return Debate(
        name, title, agents=tuple(agents.by_id.values()), sources=tuple(sources),
        claims=tuple(claims), supports=tuple(relations.supports.values()),
        attacks=tuple(relations.attacks.values()), rephrases=tuple(relations.rephrases.values()),
        issues=tuple(sorted((_issue(issue, names) for issue in issues), key=lambda i: i.id)),
    )  # fmt: skip


def _source(article: Article, name: str, agents: _Agents) -> Source:
    return Source(
        name, article.title or name, agents.author(article, name), date=article.date,
        publisher=article.publisher, text=article.name, sha256=article.sha256,
    )  # fmt: skip


def _issue(issue: MinedIssue, names: Sequence[str]) -> Issue:
    pro, con = (tuple(names[n] for n in side) for side in (issue.pro, issue.con))
    return Issue(f"issue-{pro[0]}", issue.question, pro, con)


def _claims(piece: Piece, source: Source, agents: _Agents, miner: Miner) -> Iterator[Claim]:
    """The claims of a piece, each named after its place: source, paragraph, sentence, a letter.

    A text that has not changed gives the same names each time it is mined.
    """
    unsure = {r.source for r in piece.relations if r.confidence < _SURE}
    used: Counter[str] = Counter()
    for number, (mined, anchor) in enumerate(zip(piece.claims, _anchors(piece), strict=True)):
        place = f"{source.id}-{anchor.paragraph}-{anchor.sentence}"
        used[place] += 1
        letter = _letters(used[place] - 1) if used[place] > 1 else ""
        tags = (CHECK,) if mined.confidence < _SURE or number in unsure else ()
        holder, status = _held(mined.utterance, source.author, agents)
        yield Claim(
            f"{place}{letter}", mined.text, source.id, holder, status, anchor,
            miner.origin(mined.confidence), tags,
        )  # fmt: skip


def _held(said: Utterance, author: str, agents: _Agents) -> tuple[str, Status]:
    """Who holds what is said, and how the author stands to it."""
    holder = author if said.holder is None else agents.speaker(said.holder)
    if holder != author and holder not in agents.by_id[author].members:
        return holder, Status.REPORTED
    return holder, Status.ASSERTED if said.status is Status.REPORTED else said.status


def _source_ids(pieces: Sequence[Piece]) -> list[str]:
    """A name for each piece after its file, made different where two files are called alike."""
    seen: Counter[str] = Counter()
    ids = []
    for piece in pieces:
        stem = slug(PurePath(piece.article.name).stem)
        seen[stem] += 1
        ids.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return ids


def _letters(number: int) -> str:
    """Letters that count from b, since the first of a place has none.

    >>> [_letters(n) for n in (1, 2, 25, 26)]
    ['b', 'c', 'z', 'ba']
    """
    tail = chr(97 + number % 26)
    return tail if number < 26 else _letters(number // 26) + tail


def _anchors(piece: Piece) -> list[Anchor]:
    """Where each claim stands in the file of its piece.

    Paragraph and sentence are those of the file where it is plain text; in a page, whose lines
    mean nothing, those of the prose.
    """
    article = piece.article
    inner = list(sentences(article.prose))
    outer = [] if is_page(article.name) else list(sentences(article.characters))
    starts = [sentence.start for sentence in outer]
    anchors = []
    for mined in piece.claims:
        span = article.in_file(mined.utterance.span)
        at = inner[min(mined.utterance.sentence, len(inner) - 1)]
        if starts:
            at = outer[max(0, bisect_right(starts, span.start) - 1)]
        anchors.append(Anchor(at.paragraph, at.number, span.start, span.end))
    return anchors
