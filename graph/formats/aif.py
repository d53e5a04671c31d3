"""AIF as JSON (Chesnevar et al. 2006; the node types of AIFdb, Lawrence et al. 2012), both ways.

=====  ==============================  =================================================
node   in AIF                          here
=====  ==============================  =================================================
I      information                     claim
RA     inference                       support; several premises are linked
CA     conflict                        attack; on an RA an undercut; both ways, a kind named
                                       in its text (contradictory, contrary)
MA     rephrase                        rephrase
L      locution                        tells who holds the claim that it says
YA     illocution                      L to I; L to L passes on what somebody else said
TA     transition between locutions    not kept, but counted
=====  ==============================  =================================================

A speaker is the participant that ``locutions`` names or, without one, what stands before the colon
in the locution. A locution that others support or attack is a claim too: that it was said. What
two people say is two claims that rephrase each other, as each claim has one holder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ..errors import FormatError
from ..model import AttackKind, Debate, Status, Support
from .fitting import fit, keep_schemes
from .gathering import Gathering
from .json_text import decode_json
from .losses import NOBODY, Feature, Fitted, Reading, Tally, cut, stem_of

__all__ = ["aif_graph", "fit_aif", "parse_aif", "read_graph", "write_aif"]

_SPEAKER = re.compile(r"\s*([^:]{1,80}?)\s*:(?!\d)")
_NO_NAME = re.compile(r"[?!,;\"]|\.\s|(?:\S+\s+){5}|\A\W+\Z")
_KINDS = {
    "undermine": AttackKind.UNDERMINE,
    "contradictory": AttackKind.CONTRADICTORY,
    "contrary": AttackKind.CONTRARY,
}
#: Names of schemes that say no more than the type of the node.
_PLAIN = {"", "ra", "ca", "ma", "pa", "rebut", "undercut"} | {
    f"default {word}" for word in ("inference", "conflict", "rephrase", "preference")
}
#: Illocutions by which somebody holds what they say; ``Analysing`` is the analyst's own.
_CONCEDING = {"conceding", "popularconceding", "popular conceding"}
_ASKING = re.compile(r"question|challeng|alternative giving|order|command", re.I)
_ROWS = ("nodes", "edges", "locutions", "participants")


def parse_aif(data: bytes, file: str) -> Reading:
    """The debate in AIF JSON, and what of it a debate does not hold.

    Raises:
        FormatError: naming what is not as in AIF, and where.

    >>> reading = parse_aif(b'''{"nodes": [{"nodeID": "1", "type": "I", "text": "Trams squeal."},
    ...     {"nodeID": "2", "type": "L", "text": "Hannah: They squeal"},
    ...     {"nodeID": "3", "type": "YA", "text": "Asserting"}],
    ...     "edges": [{"fromID": "2", "toID": "3"}, {"fromID": "3", "toID": "1"}]}''', "x.json")
    >>> reading.debate.claim("1").holder
    'hannah'

    """
    return read_graph(decode_json(data, file, dict), file)


def read_graph(graph: Mapping[str, Any], file: str, suffix: str = ".aif.json") -> Reading:
    """The debate in the lists ``nodes``, ``edges``, ``locutions`` and ``participants``."""
    return _Reader(graph, file).reading(stem_of(file, suffix))


def _rows(graph: Mapping[str, Any], key: str, file: str, ids: tuple[str, ...]) -> list[Any]:
    """The objects in a list of the graph, with their keys spelt as in AIFdb."""
    rows = graph.get(key)
    if rows is None:
        rows = []
    if not isinstance(rows, list):
        raise FormatError(f"{file}: {key} is no list")
    made = []
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise FormatError(f"{file}: {key}[{number}] is no object")
        if not all(id_ in row for id_ in ids):
            low = {name.lower(): value for name, value in row.items()}
            row = low | {id_: low.get(id_.lower()) for id_ in ids}
        if not isinstance(row[ids[0]], str | int | float) and key == "nodes":
            raise FormatError(
                f"{file}: {key}[{number}] has no {ids[0]}, which is a string or a number"
            )
        made.append(row)
    return made


def _id(value: object) -> str:
    """An id as text; a whole number written as another, as some programs do, is the same."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class _Reader:
    """A graph of AIF, read node by node."""

    def __init__(self, graph: Mapping[str, Any], file: str) -> None:
        lists = {name.lower(): rows for name, rows in graph.items()}
        nodes = _rows(lists, "nodes", file, ("nodeID",))
        edges = _rows(lists, "edges", file, ("fromID", "toID"))
        self._gathering = Gathering()
        self._tally = self._gathering.tally
        self._nodes: dict[str, Any] = {}
        for node in nodes:
            id_ = _id(node["nodeID"])
            if self._nodes.setdefault(id_, node) is not node and self._nodes[id_] != node:
                raise FormatError(f"{file}: two different nodes have the nodeID {id_!r}")
        self._types = {
            id_: str(node.get("type") or "").upper() for id_, node in self._nodes.items()
        }
        self._in: dict[str, dict[str, None]] = {}
        self._out: dict[str, dict[str, None]] = {}
        for edge in edges:
            start, end = _id(edge["fromID"]), _id(edge["toID"])
            if start not in self._nodes or end not in self._nodes:
                self._tally.add("edges to nodes that are not there", f"{start} to {end}")
                continue
            self._out.setdefault(start, {})[end] = None
            self._in.setdefault(end, {})[start] = None
        self._people(lists, file)
        self._claims: dict[str, str] = {}

    def _people(self, lists: Mapping[str, Any], file: str) -> None:
        """The participants, and who of them speaks each locution."""
        self._persons: dict[str, str] = {}
        for row in _rows(lists, "participants", file, ("participantID",)):
            parts = (row.get("firstname"), row.get("surname"))
            name = " ".join(str(part) for part in parts if part) or str(row.get("name") or "")
            id_ = row["participantID"]
            if name.strip():
                own = id_ if isinstance(id_, str) else None
                nobody = (own, name) == (NOBODY.id, NOBODY.name)
                self._persons[_id(id_)] = (
                    self._gathering.nobody()
                    if nobody
                    else self._gathering.agent(name, _id(id_), own)
                )
        self._speaker: dict[str, str] = {}
        for row in _rows(lists, "locutions", file, ("nodeID",)):
            if (person := self._persons.get(_id(row.get("personID")))) is not None:
                self._speaker[_id(row["nodeID"])] = person

    def _of(self, type_: str) -> Iterator[str]:
        return (id_ for id_, found in self._types.items() if found == type_)

    def _text(self, id_: str) -> str:
        text = self._nodes[id_].get("text")
        return "" if text is None else str(text)

    def reading(self, name: str) -> Reading:
        """The debate, and what it does not hold."""
        self._take_claims()
        supports = self._take_supports()
        self._take_conflicts(supports)
        for id_ in self._of("MA"):
            self._scheme(id_, "rephrases")
            for first, second in self._ends(id_):
                self._gathering.rephrase(first, second)
        self._count_the_rest()
        return self._gathering.reading(name)

    # claims and who holds them

    def _take_claims(self) -> None:
        related = {"RA", "CA", "MA"}
        said: dict[str, list[str]] = {}
        for ya in self._of("YA"):
            for end in self._out.get(ya, ()):
                said.setdefault(end, []).append(ya)
        for id_, type_ in self._types.items():
            if type_ == "I":
                self._claim(id_, said.get(id_, ()))
            elif type_ == "L":
                ends = (*self._in.get(id_, ()), *self._out.get(id_, ()))
                if not related.isdisjoint(self._types[end] for end in ends):
                    self._locution(id_, said.get(id_, ()))

    def _claim(self, id_: str, illocutions: Iterable[str]) -> None:
        """Take in an I-node: a claim of the first who says it, and a rephrase by each other one."""
        voices: dict[str, tuple[str | None, Status]] = {}
        for ya in sorted(illocutions, key=lambda ya: bool(_ASKING.search(self._text(ya)))):
            force = self._text(ya)
            for locution in self._in.get(ya, ()):
                if self._types[locution] != "L":
                    continue
                speaker, reporter = self._voice(locution)
                if _ASKING.search(force):
                    self._tally.add("illocutions that ask or challenge", f"{force} of [{id_}]")
                    if voices:
                        continue
                conceded = force.strip().lower() in _CONCEDING and reporter is None
                status = Status.CONCEDED if conceded else Status.ASSERTED
                voices.setdefault(speaker or self._gathering.nobody(), (reporter, status))
        gathering = self._gathering
        for number, (holder, (reporter, status)) in enumerate(voices.items()):
            name = id_ if number == 0 else f"{id_} ({gathering.name_of(holder)})"
            made = gathering.claim(name, self._text(id_), holder, reporter, status)
            if number == 0:
                self._claims[id_] = made
            else:
                gathering.rephrase(self._claims[id_], made)
        if not voices:
            self._claims[id_] = gathering.claim(id_, self._text(id_))

    def _locution(self, id_: str, illocutions: Iterable[str]) -> None:
        """Take in an L-node that is supported or attacked: a claim that it was said."""
        tellers = (
            teller
            for ya in illocutions
            for outer in self._in.get(ya, ())
            if self._types[outer] == "L" and (teller := self._name(outer)) is not None
        )
        holder = next(tellers, None) or self._name(id_)
        self._claims[id_] = self._gathering.claim(id_, self._text(id_), holder)

    def _voice(self, locution: str) -> tuple[str | None, str | None]:
        """Who says a locution, and who passes it on, if it is passed on."""
        speaker = self._name(locution)
        for ya in self._in.get(locution, ()):
            if self._types[ya] == "YA" and self._text(ya).strip().lower() != "analysing":
                for outer in self._in.get(ya, ()):
                    reporter = self._name(outer) if self._types[outer] == "L" else None
                    if reporter is not None and reporter != speaker:
                        return speaker, reporter
        return speaker, None

    def _name(self, locution: str) -> str | None:
        if (known := self._speaker.get(locution)) is not None:
            return known
        match = _SPEAKER.match(self._text(locution))
        found = None
        if match and not _NO_NAME.search(match[1]):
            found = self._speaker[locution] = self._gathering.agent(match[1])
        return found

    # relations

    def _claims_at(self, nodes: Iterable[str]) -> list[str]:
        return [self._claims[node] for node in nodes if node in self._claims]

    def _ends(self, id_: str) -> Iterator[tuple[str, str]]:
        """Each claim that an S-node leads from, with each that it leads to."""
        starts = self._claims_at(self._in.get(id_, ()))
        ends = self._claims_at(self._out.get(id_, ()))
        if not starts or not ends:
            self._tally.add(f"{self._types[id_]}-nodes without two ends", id_)
        for start in starts:
            for end in ends:
                yield start, end

    def _scheme(self, id_: str, what: str | None = None) -> str | None:
        """The scheme of an S-node; with ``what``, where none is kept, it is counted as lost."""
        node = self._nodes[id_]
        scheme = str(node.get("scheme") or node.get("text") or "").strip()
        if scheme.lower() in _PLAIN:
            return None
        if what is not None:
            self._tally.add(f"schemes of {what}", f"{cut(scheme)} of {id_}")
        return scheme

    def _take_supports(self) -> dict[str, list[str]]:
        """Take in the RA-nodes; the ids of the supports that each of them makes."""
        undercut = {end for ca in self._of("CA") for end in self._out.get(ca, ())}
        made: dict[str, list[str]] = {}
        for id_ in self._of("RA"):
            premises = self._claims_at(self._in.get(id_, ()))
            ends = self._claims_at(self._out.get(id_, ()))
            if not premises or not ends:
                self._tally.add("RA-nodes without two ends", id_)
            for end in ends if premises else ():
                named = id_ in undercut
                support = self._gathering.support(premises, end, id_, self._scheme(id_), named)
                if support is not None:
                    made.setdefault(id_, []).append(support)
            for end in self._out.get(id_, ()):
                if self._types[end] in ("RA", "CA", "MA", "PA"):
                    self._tally.add("supports of relations", f"{id_} of {end}")
        return made

    def _take_conflicts(self, supports: Mapping[str, list[str]]) -> None:
        for id_ in self._of("CA"):
            attackers = self._claims_at(self._in.get(id_, ()))
            kind = _KINDS.get(self._text(id_).strip().lower())
            if kind is None:
                kind = AttackKind.REBUT
                self._scheme(id_, "attacks")
            found = 0
            for end in self._out.get(id_, ()):
                for attacker in attackers:
                    if end in self._claims:
                        self._gathering.attack(kind, attacker, self._claims[end])
                    for support in supports.get(end, ()):
                        self._gathering.attack(AttackKind.UNDERCUT, attacker, support)
                    found += end in self._claims or end in supports
                if self._types[end] in ("CA", "MA", "PA"):
                    self._tally.add("attacks on attacks and rephrases", f"{id_} on {end}")
            if not found:
                self._tally.add("CA-nodes without two ends", id_)
            elif len(attackers) > 1:
                self._tally.add("attacks by several claims together", id_)

    def _said_so(self, locution: str) -> bool:
        """True if a locution is a claim word for word, after the names of one or two speakers."""
        rest = " ".join(self._text(locution).split())
        for _ in range(2):
            known = self._agent_prefix(rest)
            rest = rest[known:] if known else rest
            if rest in self._wordings:
                return True
        return False

    def _agent_prefix(self, text: str) -> int:
        """How long the name of a speaker is, and the colon, that a text begins with."""
        found = text.find(": ")
        while 0 <= found <= self._longest:
            if text[:found].rstrip() in self._named:
                return found + 2
            found = text.find(": ", found + 1)
        return 0

    def _count_the_rest(self) -> None:
        self._wordings = {self._text(id_) for id_ in self._claims}
        self._named = self._gathering.names
        self._longest = max(map(len, self._named), default=0) + 1
        for id_, type_ in self._types.items():
            if type_ == "TA":
                self._tally.add("transitions (TA)", f"{id_} {cut(self._text(id_))}")
            elif type_ == "PA":
                self._tally.add("preferences (PA)", f"{id_} {cut(self._text(id_))}")
            elif type_ == "L" and id_ not in self._claims and not self._said_so(id_):
                self._tally.add("wordings of locutions (L)", cut(self._text(id_)))
            elif type_ not in ("I", "L", "RA", "CA", "MA", "YA"):
                self._tally.add("nodes of other types", f"{id_} of type {type_ or 'none'}")
            if "timestamp" in self._nodes[id_]:
                self._tally.add("timestamps", self._nodes[id_]["timestamp"])


def fit_aif(debate: Debate, keeps: Collection[Feature], name: str) -> Fitted:
    """What AIF holds of a debate; a scheme called like none in particular is lost too."""
    tally = Tally()
    debate = keep_schemes(debate, lambda scheme: scheme.lower() not in _PLAIN, tally)
    return fit(debate, keeps, name, tally)


# Writing ----------------------------------------------------------------------------------------


def write_aif(debate: Debate) -> str:
    """The debate as AIF JSON that AIFdb's tools and arguebuf read.

    >>> from .argdown import parse_argdown
    >>> text = write_aif(parse_argdown("[a]: Trams are quiet.", "trams.argdown"))
    >>> parse_aif(text.encode(), "trams.aif.json").debate.claim("a").text
    'Trams are quiet.'
    """
    return msgspec.json.encode(aif_graph(debate)).decode("utf-8") + "\n"


def aif_graph(debate: Debate) -> dict[str, list[dict[str, Any]]]:
    """The lists of AIF: nodes, edges, locutions, participants.

    Claims and named supports keep their names; other nodes have names with a ``>``, which no name
    of a claim has.
    """
    return _Writer(debate).lists()


class _Writer:
    def __init__(self, debate: Debate) -> None:
        self._debate = debate
        self._nodes: list[dict[str, Any]] = []
        self._edges: list[dict[str, Any]] = []
        self._locutions: list[dict[str, Any]] = []
        self._names = {agent.id: agent.name for agent in debate.agents}

    def lists(self) -> dict[str, list[dict[str, Any]]]:
        debate = self._debate
        for claim in debate.claims:
            self._node(claim.id, claim.text, "I")
        for claim in debate.claims:
            author = debate.source_by_id[claim.source].author
            reported = claim.status is Status.REPORTED
            if debate.agent_by_id[claim.holder] == NOBODY and not reported:
                continue
            said = f"{self._names[claim.holder]}: {claim.text}"
            self._locution(f"L>{claim.id}", claim.holder, said)
            force = "Conceding" if claim.status is Status.CONCEDED else "Asserting"
            self._join(f"YA>{claim.id}", force, "YA", (f"L>{claim.id}",), (claim.id,))
            if reported:
                told = f"{self._names[author]}: {said}"
                self._locution(f"L>>{claim.id}", author, told)
                ends = (f"L>>{claim.id}",), (f"L>{claim.id}",)
                self._join(f"YA>>{claim.id}", "Asserting", "YA", *ends)
        plain = [s for s in debate.supports if s.name is None]
        for support in (*plain, *(s for s in debate.supports if s.name is not None)):
            self._inference(support)
        for attack in debate.attacks:
            text = "Default Conflict" if attack.kind is AttackKind.REBUT else attack.kind.value
            ends = (attack.attacker,), (attack.target,)
            self._join(f"CA>{attack.id}", text, "CA", *ends)
            if attack.kind.symmetric:
                self._join(f"CA>>{attack.id}", text, "CA", *reversed(ends))
        for rephrase in debate.rephrases:
            ends = (rephrase.first,), (rephrase.second,)
            self._join(f"MA>{rephrase.id}", "Default Rephrase", "MA", *ends)
        spoken = dict.fromkeys(row["personID"] for row in self._locutions)
        return {
            "nodes": self._nodes,
            "edges": self._edges,
            "locutions": self._locutions,
            "participants": [self._participant(id_) for id_ in spoken],
        }

    def _inference(self, support: Support) -> None:
        text = support.scheme or "Default Inference"
        self._join(support.id, text, "RA", support.premises, (support.conclusion,))

    def _node(self, id_: str, text: str, type_: str) -> None:
        self._nodes.append({"nodeID": id_, "text": text, "type": type_})

    def _locution(self, id_: str, person: str, text: str) -> None:
        self._node(id_, text, "L")
        told = {"nodeID": id_, "personID": person, "start": None, "end": None, "source": None}
        self._locutions.append(told)

    def _join(
        self, id_: str, text: str, type_: str, starts: Iterable[str], ends: Iterable[str]
    ) -> None:
        self._node(id_, text, type_)
        for start, end in (*((s, id_) for s in starts), *((id_, e) for e in ends)):
            number = str(len(self._edges) + 1)
            edge = {"edgeID": number, "fromID": start, "toID": end, "formEdgeID": None}
            self._edges.append(edge)

    def _participant(self, id_: str) -> dict[str, str]:
        first, _, last = self._names[id_].rpartition(" ")
        return {"participantID": id_, "firstname": first or last, "surname": last if first else ""}
