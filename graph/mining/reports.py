"""What one sentence reports: the words said, who is said to say them, and what tells so.

Rules over the surface of a sentence by itself; what carries on from the sentence before is the
matter of :mod:`graph.mining.voices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .names import is_name
from .parts import Span
from .words import CONNECTIVES, FINITE, REPORTING, alternatives

__all__ = ["LEAD", "QUOTE", "Report", "reports"]

LEAD = rf"(?:(?:{alternatives(CONNECTIVES)})\b\s*,?\s*)*"
# an adverbial before the subject: "When I put this to a colleague, she said ..."
_FIRST = r"(?:(?:When|While|As|In|On|At|After|Before|Since|For|To|With)\s[^,;:“”\"]{2,80},\s)?"
# a noun phrase: no verb is looked for in it here, see _subject
_SUBJECT = r"(?P<who>[^,;:.!?“”\"«»()–—]{1,90}?)"
_ASIDE = r"(?:,\s(?P<aside>[^,;:“”\"]{2,90}),)?"
_ADVERB = (
    r"(?:\s(?:has|have|had|also|even|now|then|once|still|already|always|often|never|will|would|"
    r"goes? on to|went on to|(?:has |have )?gone so far as to|likes? to|further|\w+ly))*"
)
_TO_WHOM = (
    r"(?:\s(?:to\s)?(?:the|a|an|his|her|its|their|reporters|parliament|us|me|them|him|[A-Z]\w+)"
    r"(?:\s[\w'’]+){0,3}?)?"
)
_WHEN = (
    r"(?:\s(?:on|in|at|last|this|yesterday|today|earlier|again|rightly|wrongly|further)\b"
    r"(?:\s[\w'’]+){0,4}?)?"
)
_SURE = (
    r"(?:say|says|said|argue|argues|argued|insist|insists|insisted|claim|claims|claimed|warn|warns|"
    r"warned|add|adds|added|write|writes|wrote|believe|believes|believed|think|thinks|thought|"
    r"explain|explains|explained|note|notes|noted|maintain|maintains|maintained|tell us|told \w+)"
)

_FRAME = re.compile(
    rf"{LEAD}{_FIRST}{LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>{REPORTING}){_TO_WHOM}{_WHEN}"
    r"(?:,[^,;:“”\"]{3,70},|,)?\s(?P<that>that\s)(?P<what>\S)",
    re.I | re.S,
)
_BARE_FRAME = re.compile(
    rf"{LEAD}{_FIRST}{LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>says?|said|thinks?|thought|"
    r"believes?|believed|insists?|insisted|fears?|feared|claims?|claimed|argues?|argued|warns?|"
    r"warned|hopes?|hoped)\s(?P<what>(?:the|a|an|its?|they|he|she|we|there|this|these|those|his|her|"
    r"their|no|nobody|every|all|most|many|such|[A-Z]\w+)\b)",
    re.S,
)
_COLON_FRAME = re.compile(
    rf"{LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>{REPORTING})[^:;“”\"]{{0,60}}:\s(?P<what>[^“”\"\s])",
    re.I | re.S,
)
_ANSWER = re.compile(
    rf"{LEAD}(?P<who>[^,;:“”\"]{{2,60}}?)(?:['’]s?|\b(?=Its|Their|His|Her))\s(?:\w+\s)?(?:answer|"
    r"objection|argument|claim|view|reply|point|reasoning|case|defence|position|response|fear|"
    r"complaint|excuse)\b[^,;:“”\"]{0,40}?(?:\s(?:is|was|runs)\sthat\s|:\s)(?P<what>[^“”\"\s])",
    re.I | re.S,
)
_PASSIVE = re.compile(
    rf"{LEAD}(?P<who>it)\s(?:is|has been|was)\s(?:\w+\s)?(?:said|argued|claimed|objected|feared|"
    r"believed|alleged|suggested|assumed|thought)\s(?:\w+\s)?that\s(?P<what>\S)",
    re.I | re.S,
)
_ACCORDING = re.compile(
    rf"{LEAD}(?:according to|in the (?:view|eyes|opinion|judgement|judgment|words) of|as)\s"
    r"(?P<who>[^,;:“”\"]{2,90}?)(?:,\s(?:who|which)\s[^,;:“”\"]{2,80})?"
    r"(?P<verb>\s(?:see|sees|put|puts|sees) it)?,\s(?P<what>\S)",
    re.I | re.S,
)
_IN_VIEW = re.compile(
    rf"{LEAD}in\s(?P<who>[^,;:“”\"]{{2,60}}?)['’]s?\s(?:view|eyes|opinion|judgement|judgment|"
    r"account|telling),?\s(?P<what>\S)",
    re.I | re.S,
)
_TAIL_ACCORDING = re.compile(
    r",?\s(?:according to|in the (?:view|opinion|words) of)\s(?P<who>[^,;:“”\"]{2,90}?)[.!?]?\Z",
    re.I,
)
_TAIL_SAID = re.compile(
    rf",\s(?:{_SURE}\s(?P<after>[^,;:“”\"]{{2,90}}?(?:,\s[^“”\";:]{{2,80}})?)"
    rf"|(?P<before>[^,;:“”\"]{{2,70}}?){_ADVERB}\s{_SURE}{_TO_WHOM}{_WHEN}"
    r"(?:\s[^,“”\";:]{0,60})?)[.!?]?\Z",
)
_MIDDLE_SAID = re.compile(
    r",\s(?P<who>(?!and\b|but\b|or\b|who\b|which\b)[^,;:“”\"]{2,60}?)"
    rf"{_ADVERB}\s{_SURE}{_TO_WHOM}{_WHEN},\s(?:and\s)?"
)
QUOTE = re.compile(r"[“«](?P<curly>[^“”«»]+)[”»]|(?<!\w)\"(?P<straight>[^\"]+)\"(?!\w)")
_SAYS = re.compile(
    rf"(?<![\w'’])(?P<verb>{REPORTING}|puts it|put it|calls?|called)(?![\w'’])", re.I
)
_CALLED = re.compile(r"calls?\Z|called\Z|puts? it\Z", re.I)

_AGAINST = re.compile(r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|doubt(?:s|ed)?|dispute[sd]?)\Z", re.I)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|none|not|never|cannot|hardly|few|does|do|did|could|should|must|can|"
    r"may|might)\b|\A\s*(?:if|when|whoever|who)\b",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"(?:it|that|this|there|what|here)['’]?s?\b|(?:the|a|an|his|her|their|no|which|who)\Z", re.I
)
#: Fewer words in quotation marks need a verb to be a statement.
_WORDS = 5

#: Something may be called so many characters without a statement being made.
_SHORT = 45


@dataclass(frozen=True, slots=True)
class Report:
    """One reading of a sentence as a report: the spans of what is said, the speaker, the cue."""

    spans: tuple[Span, ...]
    who: str
    cue: str


def reports(text: str) -> Iterator[Report]:
    """The readings of a sentence as a report, the surest first; none where the author speaks.

    >>> next(reports("Edith Vance insists that trams squeal."))
    Report(spans=(Span(start=25, end=38),), who='Edith Vance', cue='says that')
    """

    def rest(match: re.Match[str], who: str, cue: str) -> Report:
        return Report((Span(match.start("what"), len(text)),), who, cue)

    quotes = [q for q in QUOTE.finditer(text) if _states(q.group())]
    # a quotation without a verb is a part of what is said: She said that it was "the only way left"
    whole = any(FINITE.search(q.group()) for q in quotes) or not _FRAME.match(text)
    if quotes and whole and (who := _quoted_by(_outside(text, quotes))):
        yield Report(tuple(map(_inner, quotes)), who, "quotation")
    if match := _PASSIVE.match(text):
        yield rest(match, "Others", "says that")
    for pattern, cue in ((_ACCORDING, "according to"), (_IN_VIEW, "in the view of")):
        match = pattern.match(text)
        if match and not (match.group().lower().startswith("as ") and not match["verb"]):
            yield rest(match, match["who"], cue)
    for pattern in (_FRAME, _BARE_FRAME, _COLON_FRAME):
        match = pattern.match(text)
        if match and _subject(match["who"]) and not _refused(text, match):
            yield rest(match, _named(match), "says that")
    if (match := _ANSWER.match(text)) and _subject(match["who"]):
        yield rest(match, match["who"], "says that")
    yield from _later_frames(text)


def _later_frames(text: str) -> Iterator[Report]:
    """The readings in which the speaker is named behind, or in the middle of, what is said."""
    if tail := _TAIL_ACCORDING.search(text):
        yield Report((Span(0, tail.start()),), tail["who"], "according to")
    tail = _TAIL_SAID.search(text)
    if tail and FINITE.search(text[: tail.start()]):
        who = tail["after"] or tail["before"] or ""
        if _subject(who) and not re.match(r"(?:and|but|or|who|which)\b", who):
            yield Report((Span(0, tail.start()),), who, "said afterwards")
    middle = _MIDDLE_SAID.search(text)
    if middle and _subject(middle["who"]):
        before, after = Span(0, middle.start()), Span(middle.end(), len(text))
        if FINITE.search(after.of(text)):
            spans = (before, after) if FINITE.search(before.of(text)) else (after,)
            yield Report(spans, middle["who"], "said in the middle")


def _named(match: re.Match[str]) -> str:
    """The subject, or the name that stands beside it: "The mayor, Helen Aske, claims ..."."""
    aside = match["aside"]
    if aside and is_name(aside) and not is_name(match["who"]):
        return aside
    return match["who"]


def _states(quote: str) -> bool:
    """True for a quotation that says something: a name or a sneer in quotation marks does not."""
    count = len(quote.split())
    return count > _WORDS or (count > 2 and FINITE.search(quote) is not None)


def _outside(text: str, quotes: Sequence[re.Match[str]]) -> str:
    """The sentence with its quotations blanked out, its length kept."""
    kept = list(text)
    for quote in quotes:
        kept[quote.start() : quote.end()] = "\x00" * (quote.end() - quote.start())
    return "".join(kept)


def _inner(quote: re.Match[str]) -> Span:
    return Span(*quote.span("straight" if quote["curly"] is None else "curly"))


def _quoted_by(outside: str) -> str | None:
    """Who is quoted: the subject of the verb of saying that stands outside the quotation."""
    for verb in _SAYS.finditer(outside):
        before = re.split(r"[\x00;:]", outside[: verb.start()])[-1]
        after = re.split(r"[\x00;:.]", outside[verb.end() :])[0]
        if _NOBODY.search(before) or _AGAINST.search(verb["verb"]):
            continue
        if _CALLED.search(verb["verb"]) and outside.count("\x00") < _SHORT:
            continue
        subject = re.sub(rf"\A{LEAD}", "", before.strip(" ,") or after.strip(" ,"), flags=re.I)
        subject = subject.split(",")[0]
        if _subject(subject):
            return subject
    return None


def _subject(phrase: str) -> bool:
    """True for what can be the subject of a verb of saying: a noun phrase without a verb."""
    bare = phrase.strip()
    if not bare or len(bare.split()) > 12 or FINITE.search(bare):
        return False
    # "It says that ..." may carry on; "It is said that ..." has no subject
    return bare.lower() == "it" or not _NO_SUBJECT.match(bare)


def _refused(text: str, match: re.Match[str]) -> bool:
    """True where the sentence says that it is not said, or says the opposite of it."""
    head = text[match.start("who") : match.end("verb")]
    return bool(_AGAINST.search(match["verb"]) or _NOBODY.search(head))
