r"""Standoff annotation as brat writes it (Stenetorp et al. 2012): an ``.ann`` beside its ``.txt``.

=================================  ===========================================================
line                               here
=================================  ===========================================================
``T1  Claim 0 16  Trams squeal.``  claim, anchored in the text; ``Premise`` and ``MajorClaim``
                                   as in the corpora of argumentative essays
``R1  supports Arg1:T2 Arg2:T1``   support; ``attacks``, ``undermines``, ``contradictory`` and
                                   ``contrary`` are attacks
``*   Equiv T1 T2``                rephrase
``A1  Stance T1 For``              support of the major claim, or with ``Against`` an attack
``A2  Holder T1 hehir``            who holds the claim; ``#1  AnnotatorNotes A2  Aidan Hehir``
                                   gives the name in full
``A3  Reporter T1 ecfr``           who passes it on; ``A4  Status T1 conceded``
``N1  Reference T1 sicetnon:a  a``  what the claim is called
=================================  ===========================================================
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

from ..errors import FormatError, Place
from ..model import Anchor, AttackKind, Claim, Debate, Status
from ..passages import Sentence, sentences
from .fitting import fit
from .gathering import Gathering
from .losses import NOBODY, Feature, Fitted, Reading, cut, stem_of

__all__ = ["brat_files", "fit_brat", "parse_brat", "read_brat"]

_ATTACKS = {
    "attack": AttackKind.REBUT,
    "attacks": AttackKind.REBUT,
    "rebuts": AttackKind.REBUT,
    "undermines": AttackKind.UNDERMINE,
    "contradictory": AttackKind.CONTRADICTORY,
    "contrary": AttackKind.CONTRARY,
}
_SUPPORTS = {"support", "supports"}
_REPHRASES = {"rephrase", "rephrases", "equiv"}
_WRITTEN = {
    AttackKind.REBUT: "attacks",
    AttackKind.UNDERMINE: "undermines",
    AttackKind.CONTRADICTORY: "contradictory",
    AttackKind.CONTRARY: "contrary",
}
_MAJOR = "majorclaim"


def read_brat(path: Path) -> Reading:
    """The debate in an ``.ann`` file and, where it is there, the ``.txt`` beside it.

    Raises:
        FormatError: naming the line of what is no annotation, or whose words are not in the text.

    """
    text = path.with_suffix(".txt")
    try:
        words = text.read_bytes() if text.is_file() else None
        return _Reader(path.read_bytes(), str(path), words, text.name).reading()
    except OSError as error:
        raise FormatError(f"{error.filename}: {error.strerror}") from None


def parse_brat(data: bytes, file: str) -> Reading:
    r"""The debate in the bytes of an ``.ann`` file alone; no claim is anchored.

    >>> ann = b"T1\tClaim 0 13\tTrams squeal.\nT2\tClaim 14 23\tThey hum.\n"
    >>> debate = parse_brat(ann + b"R1\tattacks Arg1:T2 Arg2:T1\t\n", "x.ann").debate
    >>> debate.attacks[0].id
    'T2 rebut T1'
    """
    return _Reader(data, file, None, "").reading()


class _Reader:
    def __init__(self, data: bytes, file: str, words: bytes | None, text_name: str) -> None:
        self._file = file
        self._sha256 = None if words is None else hashlib.sha256(words).hexdigest()
        self._text_name = text_name
        self._words = None if words is None else _decoded(words, text_name)
        self._sentences = list(sentences(self._words)) if self._words is not None else []
        self._lines: list[tuple[int, str, list[str]]] = []
        self._attributes: dict[str, dict[str, tuple[str, str]]] = {}
        self._notes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._gathering = Gathering()
        self._tally = self._gathering.tally
        for number, line in enumerate(_decoded(data, file).split("\n"), 1):
            if line.strip():
                fields = line.rstrip("\r").split("\t")
                self._lines.append((number, fields[0], fields[1:]))

    def _fail(self, line: int, message: str) -> FormatError:
        return FormatError(message, Place(self._file, line))

    def reading(self) -> Reading:
        """The debate, and what it does not hold."""
        for line, id_, fields in self._lines:
            words = fields[0].split() if fields else []
            if not words or not id_:
                raise self._fail(line, f"{id_[:20]!r} is no annotation; expected fields after tabs")
            if id_[0] in "AM" and len(words) > 1:
                value = words[2] if len(words) > 2 else "true"
                self._attributes.setdefault(words[1], {})[words[0].lower()] = id_, unquote(value)
            elif id_[0] == "N" and len(words) > 2 and words[2].startswith("sicetnon:"):
                self._names[words[1]] = unquote(words[2].partition(":")[2])
            elif id_[0] == "#" and len(words) > 1 and len(fields) > 1:
                self._notes[words[1]] = fields[1]
        claims, majors = self._claims()
        self._relations(claims)
        self._stances(claims, majors)
        self._rest()
        name = stem_of(self._file, ".ann")
        text = None if self._words is None else self._text_name
        reading = self._gathering.reading(name)
        return Reading(_with_text(reading.debate, text, self._sha256), reading.losses)

    def _claims(self) -> tuple[dict[str, str], list[str]]:
        """The claim that each text-bound annotation is, and which are the major ones."""
        claims: dict[str, str] = {}
        majors: list[str] = []
        for line, id_, fields in self._lines:
            if id_[0] != "T":
                continue
            if id_ in claims:
                raise self._fail(line, f"two annotations are called {id_}")
            type_, anchor, text = self._bound(line, id_, fields)
            told = {name: value for name, (_, value) in self._attributes.get(id_, {}).items()}
            holder, reporter = (self._agent(id_, role) for role in ("holder", "reporter"))
            conceded = told.get("status") == "conceded"
            status = Status.CONCEDED if conceded else Status.ASSERTED
            name = self._names.get(id_, id_)
            made = self._gathering.claim(name, text, holder, reporter, status, anchor)
            claims[id_] = made
            if type_.lower() == _MAJOR:
                majors.append(made)
            elif type_.lower() not in ("claim", "premise"):
                self._tally.add("types of annotations", f"{type_} of {id_}")
        return claims, majors

    def _bound(self, line: int, id_: str, fields: list[str]) -> tuple[str, Anchor | None, str]:
        """The type, anchor and text of a text-bound annotation."""
        type_, _, where = fields[0].partition(" ")
        spans = [span.split() for span in where.split(";")]
        try:
            ends = [(int(start), int(end)) for start, end in spans]
        except ValueError:
            raise self._fail(line, f"{id_} has no span such as 'Claim 0 16'") from None
        start, end = min(s for s, _ in ends), max(e for _, e in ends)
        text = fields[1] if len(fields) > 1 else ""
        if not 0 <= start < end:
            raise self._fail(line, f"{id_} has the span {start} {end}, which is empty")
        if self._words is None:
            return type_, None, text
        here = " ".join(self._words[s:e] for s, e in ends)
        if end > len(self._words):
            raise self._fail(line, f"{id_} ends at {end}, after the end of {self._text_name}")
        if text and here.split() != text.split():
            raise self._fail(
                line, f"{id_} is {cut(text, 30)!r}, but {self._text_name} has {cut(here, 30)!r}"
            )
        return type_, _anchor(self._sentences, start, end), text or here

    def _agent(self, claim: str, role: str) -> str | None:
        attribute = self._attributes.get(claim, {}).get(role)
        if attribute is None:
            return None
        id_, value = attribute
        name = self._notes.get(id_, value)
        if (value, name) == (NOBODY.id, NOBODY.name):
            return self._gathering.nobody()
        return self._gathering.agent(name, value, value)

    def _relations(self, claims: dict[str, str]) -> None:
        for line, id_, fields in self._lines:
            words = fields[0].split()
            if id_[0] == "R":
                if len(words) < 3:
                    raise self._fail(line, f"{id_} needs a type and two arguments")
                ends = [word.partition(":")[2] for word in words[1:3]]
            elif id_[0] == "*":
                ends = words[1:]
            else:
                continue
            missing = [end for end in ends if end not in claims]
            if missing:
                self._tally.add("relations of what is no claim", f"{id_} with {missing[0]}")
                continue
            self._relate(id_, words[0].lower(), [claims[end] for end in ends])

    def _relate(self, id_: str, type_: str, ends: list[str]) -> None:
        gathering = self._gathering
        if type_ in _SUPPORTS:
            if f"{ends[0]} > {ends[1]}" in gathering.supports:
                self._tally.add("supports said twice", id_)
            else:
                gathering.support(ends[:1], ends[1], id_)
        elif type_ in _ATTACKS:
            gathering.attack(_ATTACKS[type_], ends[0], ends[1])
        elif type_ in _REPHRASES:
            for other in ends[1:]:
                gathering.rephrase(ends[0], other)
        else:
            self._tally.add("relations of other types", f"{id_} of type {type_}")

    def _stances(self, claims: dict[str, str], majors: list[str]) -> None:
        """Relate claims with a stance to the major claim, and other major claims to it."""
        for other in majors[1:]:
            self._gathering.rephrase(majors[0], other)
        for id_, told in self._attributes.items():
            stance = told.get("stance", ("", ""))[1].lower()
            if not stance or id_ not in claims:
                continue
            if majors and stance in ("for", "against") and claims[id_] not in majors:
                type_ = "supports" if stance == "for" else "attacks"
                self._relate(told["stance"][0], type_, [claims[id_], majors[0]])
            else:
                self._tally.add("stances that are towards no major claim", f"{stance} of {id_}")

    def _rest(self) -> None:
        known = {"stance", "holder", "reporter", "status"}
        held = {id_ for told in self._attributes.values() for id_, _ in told.values()}
        for line, id_, fields in self._lines:
            words = fields[0].split()
            if id_[0] in "AM":
                if words[0].lower() not in known:
                    self._tally.add("attributes", f"{id_} {cut(fields[0])}")
            elif id_[0] == "E":
                self._tally.add("events", f"{id_} {cut(fields[0])}")
            elif id_[0] == "N":
                if words[1:2] and words[1] not in self._names:
                    self._tally.add("references", f"{id_} {cut(fields[0])}")
            elif id_[0] == "#":
                if words[1:2] and words[1] not in held:
                    self._tally.add("notes", cut(fields[-1]))
            elif id_[0] not in "TR*":
                raise self._fail(line, f"{id_[:20]!r} is no annotation of brat")


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8", Place(file, line)) from None


def _anchor(found: list[Sentence], start: int, end: int) -> Anchor:
    """The anchor of a span, in the last sentence that begins at it or before it."""
    at = bisect_right(found, start, key=lambda sentence: sentence.start) - 1
    first = found[max(at, 0)]
    return Anchor(first.paragraph, first.number, start, end)


def _with_text(debate: Debate, text: str | None, sha256: str | None) -> Debate:
    if text is None:
        return debate
    named = tuple(replace(s, text=text, sha256=sha256) for s in debate.sources)
    return replace(debate, sources=named)


# Writing ----------------------------------------------------------------------------------------


def _laid_out(debate: Debate) -> tuple[str, list[tuple[Claim, int, int]]]:
    """The text of the claims, one to a paragraph, and where each of them stands in it."""
    parts: list[str] = []
    places = []
    at = 0
    for claim in debate.claims:
        places.append((claim, at, at + len(claim.text)))
        parts.append(f"{claim.text}\n\n")
        at += len(parts[-1])
    return "".join(parts), places


def fit_brat(debate: Debate, keeps: Collection[Feature], name: str) -> Fitted:
    """What brat holds of a debate; the claims are anchored in the text that is written for it."""
    fitted = fit(debate, keeps, name)
    text, places = _laid_out(fitted.debate)
    found = list(sentences(text))
    claims = tuple(replace(c, anchor=_anchor(found, start, end)) for c, start, end in places)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    anchored = replace(fitted.debate, claims=claims)
    made = _with_text(anchored, f"{name}.txt", sha256)
    return Fitted(made, () if made == debate else fitted.losses)


def brat_files(debate: Debate, stem: str) -> dict[str, str]:
    """The debate as an ``.ann`` file and the ``.txt`` that it annotates, by name."""
    text, places = _laid_out(debate)
    return {
        f"{stem}.ann": "".join(f"{line}\n" for line in _lines(debate, places)),
        f"{stem}.txt": text,
    }


def _lines(debate: Debate, places: list[tuple[Claim, int, int]]) -> Iterator[str]:
    names = {claim.id: f"T{number}" for number, (claim, _, _) in enumerate(places, 1)}
    attributes = 0
    for number, (claim, start, end) in enumerate(places, 1):
        yield f"T{number}\tClaim {start} {end}\t{claim.text}"
        yield f"N{number}\tReference T{number} sicetnon:{quote(claim.id, safe='')}\t{claim.id}"
        told = [("Holder", claim.holder)]
        if claim.status is Status.REPORTED:
            told.append(("Reporter", debate.source_by_id[claim.source].author))
        for role, agent in told:
            if debate.agent_by_id[agent] != NOBODY or len(told) > 1:
                attributes += 1
                yield f"A{attributes}\t{role} T{number} {quote(agent, safe='')}"
                name = debate.agent_by_id[agent].name
                yield f"#{attributes}\tAnnotatorNotes A{attributes}\t{name}"
        if claim.status is Status.CONCEDED:
            attributes += 1
            yield f"A{attributes}\tStatus T{number} conceded"
    relations = [
        *(("supports", s.premises[0], s.conclusion) for s in debate.supports),
        *((_WRITTEN[a.kind], a.attacker, a.target) for a in debate.attacks),
    ]
    for number, (type_, start_, end_) in enumerate(relations, 1):
        yield f"R{number}\t{type_} Arg1:{names[start_]} Arg2:{names[end_]}\t"
    for rephrase in debate.rephrases:
        yield f"*\tEquiv {names[rephrase.first]} {names[rephrase.second]}"
