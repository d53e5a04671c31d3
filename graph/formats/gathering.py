"""A debate put together from what other people's files say, however they say it.

Files of other tools name speakers by their names alone, repeat relations, relate a claim to itself
or leave it without text. :class:`Gathering` takes all that in, keeps each speaker's claims as a
piece of their own, and counts what a debate does not hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..model import (
    Agent,
    Anchor,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Rephrase,
    Source,
    Status,
    Support,
)
from .losses import NOBODY, Reading, Tally, cut, free_name

__all__ = ["NO_TEXT", "Gathering", "clean_id", "slug"]

#: The text of a claim that stands in its file without one.
NO_TEXT = "(no text)"

_BAD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_BAD_IN_ID = re.compile(r"[\[\]<>{}\u2028\u2029]")


def slug(name: str) -> str:
    """A short name made of the letters and digits of a longer one.

    >>> slug("Derek Chollet & G. Escobar"), slug("Ekrem İmamoğlu"), slug("李")
    ('derek-chollet-g-escobar', 'ekrem-imamoglu', '李')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "-", plain.casefold()).strip("-_") or "author"


def clean_id(name: str) -> str:
    """The name without what no name may hold: brackets and control characters.

    >>> clean_id("node [1]")
    'node -1-'
    """
    plain = name if name.isascii() and name.isalnum() else _BAD_IN_ID.sub("-", _BAD.sub("-", name))
    return " ".join(plain.split()) or "-"


class Gathering:
    """The parts of a debate as they are found in a file; :meth:`reading` puts them together."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._agents: dict[str, Agent] = {}
        self._by_key: dict[tuple[str, object], str] = {}
        self._claims: dict[str, Claim] = {}
        self.supports: dict[str, Support] = {}
        self._attacks: dict[str, Attack] = {}
        self._rephrases: dict[str, Rephrase] = {}

    def agent(self, name: str, key: object = None, id_: str | None = None) -> str:
        """The id of an agent, who is new or was met before.

        A file that gives agents a ``key`` tells two of one name apart; without one, a name is the
        agent who first had it. The id is ``id_``, or made from the name.
        """
        name = " ".join(_BAD.sub(" ", name).split()) or NOBODY.name
        key = ("name", name) if key is None else ("key", key)
        if (known := self._by_key.get(key)) is not None:
            return known
        made = free_name(slug(name) if id_ is None else clean_id(id_), self._agents)
        self._agents[made] = Agent(made, name)
        self._by_key[key] = made
        self._by_key.setdefault(("name", name), made)
        return made

    def nobody(self) -> str:
        """The id of the agent who holds what a file ascribes to nobody."""
        return self.agent(NOBODY.name, NOBODY, NOBODY.id)

    @property
    def names(self) -> set[str]:
        """The names of the agents that were met."""
        return {agent.name for agent in self._agents.values()}

    def name_of(self, agent: str) -> str:
        """The name of an agent."""
        return self._agents[agent].name

    def claim(
        self,
        id_: str,
        text: str | None,
        holder: str | None = None,
        reporter: str | None = None,
        status: Status = Status.ASSERTED,
        anchor: Anchor | None = None,
        tags: tuple[str, ...] = (),
    ) -> str:
        """Take in a claim, and give the id that it has from now on.

        It stands in the piece of its holder, or of the ``reporter`` who passes it on.
        """
        plain = " ".join(_BAD.sub(" ", text).split()) if text else ""
        if not plain:
            self.tally.add("texts of claims, which are empty", f"[{id_}]")
        elif _BAD.search(text or ""):
            self.tally.add("control characters", f"in {cut(plain)}")
        holder = self.nobody() if holder is None else holder
        if reporter is not None and reporter != holder:
            status = Status.REPORTED
        source = reporter if status is Status.REPORTED and reporter is not None else holder
        made = free_name(clean_id(id_), self._claims)
        self._claims[made] = Claim(
            made, plain or NO_TEXT, source, holder, status, anchor, tags=tags
        )
        return made

    def __contains__(self, claim: object) -> bool:
        return claim in self._claims

    def support(
        self,
        premises: Iterable[str],
        conclusion: str,
        id_: str,
        scheme: str | None = None,
        named: bool = False,
    ) -> str | None:
        """Take in a support, and give its id, or None if it says nothing.

        It is called ``id_`` if its premises are linked, if it is to be ``named``, or if another
        joins the same two claims.
        """
        whole = list(dict.fromkeys(premises))
        others = [premise for premise in whole if premise != conclusion]
        if len(others) < len(whole):
            self.tally.add("claims that support themselves", f"[{conclusion}]")
        if not others:
            return None
        scheme = " ".join(_BAD.sub(" ", scheme).split()) or None if scheme else None
        name = None
        if named or len(others) > 1 or f"{others[0]} > {conclusion}" in self.supports:
            taken = self._claims if clean_id(id_) in self._claims else self.supports
            name = free_name(clean_id(id_), taken)
        made = Support(tuple(others), conclusion, name, self._piece(*others, conclusion), scheme)
        self.supports[made.id] = made
        return made.id

    def attack(self, kind: AttackKind, attacker: str, target: str) -> None:
        """Take in an attack on a claim or, if it is an undercut, on a support."""
        if attacker == target and kind is not AttackKind.UNDERCUT:
            self.tally.add("claims that attack themselves", f"[{attacker}]")
            return
        if kind is AttackKind.UNDERCUT:
            support = self.supports[target]
            piece = self._piece(attacker, *support.premises, support.conclusion)
        else:
            piece = self._piece(attacker, target)
        made = Attack(kind, attacker, target, piece)
        if made.id in self._attacks and not kind.symmetric:
            self.tally.add("attacks said twice", f"[{attacker}] on [{target}]")
        self._attacks[made.id] = made

    def rephrase(self, first: str, second: str) -> None:
        """Take in that two claims say the same."""
        if first == second:
            self.tally.add("claims that rephrase themselves", f"[{first}]")
            return
        made = Rephrase(first, second, self._piece(first, second))
        if made.id in self._rephrases:
            self.tally.add("rephrases said twice", f"[{first}] and [{second}]")
        self._rephrases[made.id] = made

    def _piece(self, *claims: str) -> str | None:
        pieces = {self._claims[claim].source for claim in claims}
        return pieces.pop() if len(pieces) == 1 else None

    def reading(self, name: str, title: str | None = None) -> Reading:
        """The debate, called ``name``, and what it does not hold."""
        writers = dict.fromkeys(claim.source for claim in self._claims.values())
        used = writers | dict.fromkeys(claim.holder for claim in self._claims.values())
        for agent in self._agents.values():
            if agent.id not in used:
                self.tally.add("agents who hold nothing", agent.name)
        debate = Debate(
            name,
            " ".join(_BAD.sub(" ", title or "").split()) or name,
            agents=tuple(self._agents[id_] for id_ in used),
            sources=tuple(Source(id_, self._agents[id_].name, id_) for id_ in writers),
            claims=tuple(self._claims.values()),
            supports=tuple(self.supports.values()),
            attacks=tuple(self._attacks.values()),
            rephrases=tuple(self._rephrases.values()),
        )
        return Reading(debate, self.tally.losses)
