"""A debate out of mined pieces: agents, sources, claims with anchors, relations and issues."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
from .between import Between
from .parts import Article, MinedClaim, Piece, RelationKind

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


class Miner:
    """The name and version that a miner signs its findings with."""

    def __init__(self, name: str, version: str) -> None:
        self.name, self.version = name, version

    def origin(self, confidence: float) -> Origin:
        """The origin of something found with that confidence."""
        return Origin(OriginKind.MINER, self.name, self.version, round(float(confidence), 3))


def slug(text: str) -> str:
    """The text as a name that is easy to type.

    >>> slug("Édith van Vance, MP")
    'edith-van-vance-mp'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or slug_of_other(text)


def slug_of_other(text: str) -> str:
    """A name for a text without Latin letters: its words joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower())) or "unnamed"


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


def assemble(
    name: str,
    title: str,
    pieces: Sequence[Piece],
    miner: Miner,
    links: Iterable[Between] = (),
    issues: Iterable[Issue] = (),
) -> Debate:
    """The debate of some pieces; ``links`` and ``issues`` count and name their claims in order."""
    agents = _Agents()
    sources: list[Source] = []
    authors: list[str] = []
    ids = source_ids(pieces)
    for piece, source in zip(pieces, ids, strict=True):
        authors.append(agents.author(piece.article, source))
        article = piece.article
        sources.append(
            Source(
                source, article.title or source, authors[-1], date=article.date,
                publisher=article.publisher, text=article.name, sha256=article.sha256,
            )
        )  # fmt: skip
    claims: list[Claim] = []
    supports: dict[str, Support] = {}
    attacks: dict[str, Attack] = {}
    names = claim_ids(pieces)
    offset = 0
    for piece, source, author in zip(pieces, ids, authors, strict=True):
        own = names[offset : offset + len(piece.claims)]
        offset += len(piece.claims)
        anchors = _anchors(piece)
        unsure = {r.source for r in piece.relations if r.confidence < _SURE}
        for number, mined in enumerate(piece.claims):
            tags = (CHECK,) if mined.confidence < _SURE or number in unsure else ()
            claims.append(
                _claim(mined, own[number], source, author, agents, anchors[number], miner, tags)
            )
        for relation in piece.relations:
            ends = own[relation.source], own[relation.target]
            origin = miner.origin(relation.confidence)
            if relation.kind is RelationKind.SUPPORT:
                support = Support((ends[0],), ends[1], source=source, origin=origin)
                supports.setdefault(support.id, support)
            else:
                attack = Attack(AttackKind.REBUT, *ends, source=source, origin=origin)
                attacks.setdefault(attack.id, attack)
    rephrases: dict[str, Rephrase] = {}
    for link in links:
        ends, origin = (names[link.source], names[link.target]), miner.origin(link.confidence)
        if link.kind is RelationKind.SUPPORT:
            support = Support((ends[0],), ends[1], origin=origin)
            supports.setdefault(support.id, support)
        elif link.kind is RelationKind.REPHRASE:
            rephrase = Rephrase(*ends, origin=origin)
            rephrases.setdefault(rephrase.id, rephrase)
        else:
            kind = AttackKind.CONTRARY if link.both_ways else AttackKind.REBUT
            attack = Attack(kind, *ends, origin=origin)
            attacks.setdefault(attack.id, attack)
    return Debate(
        name, title, agents=tuple(agents.by_id.values()), sources=tuple(sources),
        claims=tuple(claims), supports=tuple(supports.values()), attacks=tuple(attacks.values()),
        rephrases=tuple(rephrases.values()), issues=tuple(issues),
    )  # fmt: skip


def _claim(
    mined: MinedClaim, name: str, source: str, author: str, agents: _Agents,
    anchor: Anchor, miner: Miner, tags: tuple[str, ...],
) -> Claim:  # fmt: skip
    said = mined.utterance
    holder, status = author, said.status
    if said.holder is not None:
        holder = agents.speaker(said.holder)
    if holder == author or holder in agents.by_id[author].members:
        status = Status.ASSERTED if status is Status.REPORTED else status
    else:
        status = Status.REPORTED
    return Claim(
        name, mined.text, source, holder, status, anchor, miner.origin(mined.confidence), tags
    )


def source_ids(pieces: Sequence[Piece]) -> list[str]:
    """A name for each piece after its file, made different where two files are called alike."""
    seen: Counter[str] = Counter()
    ids = []
    for piece in pieces:
        stem = slug(PurePath(piece.article.name).stem)
        seen[stem] += 1
        ids.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return ids


def claim_ids(pieces: Sequence[Piece]) -> list[str]:
    """A name for each claim after its place: source, paragraph and sentence, then a letter.

    A text that has not changed gives the same names each time it is mined.
    """
    names = []
    for piece, source in zip(pieces, source_ids(pieces), strict=True):
        used: Counter[str] = Counter()
        for anchor in _anchors(piece):
            place = f"{source}-{anchor.paragraph}-{anchor.sentence}"
            used[place] += 1
            names.append(place if used[place] == 1 else f"{place}{_letters(used[place] - 1)}")
    return names


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
    page = PurePath(article.name).suffix.lower() in (".html", ".htm")
    inner = list(sentences(article.prose))
    outer = [] if page else list(sentences(article.characters))
    starts = [sentence.start for sentence in outer]
    anchors = []
    for mined in piece.claims:
        span = article.in_file(mined.utterance.span)
        at = inner[min(mined.utterance.sentence, len(inner) - 1)]
        if starts:
            at = outer[max(0, bisect_right(starts, span.start) - 1)]
        anchors.append(Anchor(at.paragraph, at.number, span.start, span.end))
    return anchors
