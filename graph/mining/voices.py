"""Who says it: the author, or somebody whom the author reports.

Rules over the surface: quotation marks, verbs of saying before, after and inside what is said,
"according to", "in the view of", nouns such as "the claim that", and what carries on from the
sentence before. The frame of a report is left out of the span. What cannot be told is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Status
from .names import full_name, is_name, own_words
from .parts import Article, Sentence, Span, Utterance
from .words import CONCESSION, CONNECTIVES, FINITE, REPORTING, alternatives

__all__ = ["utterances"]

_LEAD = rf"(?:(?:{alternatives(CONNECTIVES)})\b\s*,?\s*)*"
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
    rf"{_LEAD}{_FIRST}{_LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>{REPORTING}){_TO_WHOM}{_WHEN}"
    r"(?:,[^,;:“”\"]{3,70},|,)?\s(?P<that>that\s)(?P<what>\S)",
    re.I | re.S,
)
_BARE_FRAME = re.compile(
    rf"{_LEAD}{_FIRST}{_LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>says?|said|thinks?|thought|"
    r"believes?|believed|insists?|insisted|fears?|feared|claims?|claimed|argues?|argued|warns?|"
    r"warned|hopes?|hoped)\s(?P<what>(?:the|a|an|its?|they|he|she|we|there|this|these|those|his|her|"
    r"their|no|nobody|every|all|most|many|such|[A-Z]\w+)\b)",
    re.S,
)
_COLON_FRAME = re.compile(
    rf"{_LEAD}{_SUBJECT}{_ASIDE}{_ADVERB}\s(?P<verb>{REPORTING})[^:;“”\"]{{0,60}}:\s(?P<what>[^“”\"\s])",
    re.I | re.S,
)
_ANSWER = re.compile(
    rf"{_LEAD}(?P<who>[^,;:“”\"]{{2,60}}?)(?:['’]s?|\b(?=Its|Their|His|Her))\s(?:\w+\s)?(?:answer|"
    r"objection|argument|claim|view|reply|point|reasoning|case|defence|position|response|fear|"
    r"complaint|excuse)\b[^,;:“”\"]{0,40}?(?:\s(?:is|was|runs)\sthat\s|:\s)(?P<what>[^“”\"\s])",
    re.I | re.S,
)
_PASSIVE = re.compile(
    rf"{_LEAD}(?P<who>it)\s(?:is|has been|was)\s(?:\w+\s)?(?:said|argued|claimed|objected|feared|"
    r"believed|alleged|suggested|assumed|thought)\s(?:\w+\s)?that\s(?P<what>\S)",
    re.I | re.S,
)
_ACCORDING = re.compile(
    rf"{_LEAD}(?:according to|in the (?:view|eyes|opinion|judgement|judgment|words) of|as)\s"
    r"(?P<who>[^,;:“”\"]{2,90}?)(?:,\s(?:who|which)\s[^,;:“”\"]{2,80})?"
    r"(?P<verb>\s(?:see|sees|put|puts|sees) it)?,\s(?P<what>\S)",
    re.I | re.S,
)
_IN_VIEW = re.compile(
    rf"{_LEAD}in\s(?P<who>[^,;:“”\"]{{2,60}}?)['’]s?\s(?:view|eyes|opinion|judgement|judgment|"
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
    rf",\s(?P<who>(?!and\b|but\b|or\b|who\b|which\b)[^,;:“”\"]{{2,60}}?){_ADVERB}\s{_SURE}{_TO_WHOM}"
    r"{_WHEN},\s(?:and\s)?".replace("{_WHEN}", _WHEN)
)
_QUOTE = re.compile(r"[“«](?P<curly>[^“”«»]+)[”»]|(?<!\w)\"(?P<straight>[^\"]+)\"(?!\w)")
_OPEN_QUOTE = re.compile(r"\A[“«\"](?P<rest>[^”»\"]+)\Z", re.S)
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
_NOTION = re.compile(
    r"\b(?P<who>(?:the|this|that|his|her|its|their|[A-Z]\w+['’]s?|[a-z]+s['’])\s)?(?:\w+\s)?"
    r"(?:notion|idea|claim|argument|belief|view|myth|assertion|charge|illusion|pretence|fear|"
    r"insistence|suggestion|assumption|talk)(?:,[^,;:“”\"]{3,50},)?\sthat\s"
    r"(?P<what>[^,;:.]{15,}?)"
    r"(?=\s(?:is|was|are|were|has|have|had|does|did|do|will|would|can|cannot|could|rests?|ignores?|"
    r"fails?|collapses?|misses|deserves?|belongs?)\b|[,;:.])",
    re.S,
)
_FIRST_PERSON = re.compile(
    rf"{_LEAD}(?:I|we)\s(?:\w+ly\s)?"
    r"(?:think|believe|hold|maintain|suspect|fear|am convinced|am sure)\s(?:that\s)?(?P<what>\S)"
)
_IT = re.compile(r"(?:it|that|this|there|what|here)['’]?s?\b|(?:the|a|an|his|her|their|no)\Z", re.I)
_CONCEDES = re.compile(rf"(?:{alternatives(CONCESSION)})\b\s*[,:]?\s*(?:that\s)?", re.I)
_EMPHATIC = re.compile(
    r"\b(?:do|does|did)\s(?!not\b)[a-z]+|\b(?:may|might)\b|\b(?:of course|to be sure|admittedly|"
    r"no doubt|perhaps)\b|\A(?:some|many|they|it|he|she|that)\s(?:do|does|did|has|have|is|are)\b",
    re.I,
)
_BUT_NEXT = re.compile(r"(?:but|yet|nevertheless|nonetheless|still|however|even so)\b", re.I)
_WHILE = re.compile(r"(?:while|although|though|even though|even if)\s", re.I)

#: Fewer words in quotation marks need a verb to be a statement.
_WORDS = 5

#: Something may be called so many characters without a statement being made.
_SHORT = 45


@dataclass(frozen=True, slots=True)
class _Speech:
    """Who spoke last, and whether their quotation is still open at the end of the sentence."""

    holder: str | None = None
    open: bool = False


def utterances(article: Article, found: Sequence[Sentence]) -> tuple[Utterance, ...]:
    """What is said in each sentence, in the order of the text, with who says it.

    >>> from graph.mining.parts import Run
    >>> from graph.mining.sentences import sentences
    >>> text = "Edith Vance insists that trams squeal. They are dear, though."
    >>> article = Article("a.txt", text, text, (Run(0, 0, len(text), len(text)),), "0" * 64)
    >>> for said in utterances(article, sentences(article)):
    ...     print(said.holder, said.status, said.span.of(text))
    Edith Vance reported trams squeal.
    None asserted They are dear, though.
    """
    said: list[Utterance] = []
    speech = _Speech()
    for number, sentence in enumerate(found):
        new, speech = _said(article, number, sentence, speech)
        said += new
    return tuple(_conceding(article, said, found))


def _conceding(
    article: Article, said: Sequence[Utterance], found: Sequence[Sentence]
) -> Iterator[Utterance]:
    """The utterances, those marked as conceded that the next sentence begins to weigh up.

    "They do. But ..." admits what was reported or asked before it; so does a sentence of emphasis.
    """
    for at, one in enumerate(said):
        following = one.sentence + 1
        turned = following < len(found) and _BUT_NEXT.match(found[following].span.of(article.prose))
        text = one.span.of(article.prose)
        before = said[at - 1] if at else None
        answers = before is not None and before.status is Status.REPORTED and len(text) < _ANSWERING
        if turned and one.holder is None and not one.cue and (_EMPHATIC.search(text) or answers):
            yield replace(one, status=Status.CONCEDED, cue="concession")
        else:
            yield one


#: A longer sentence after a report is more than an admission.
_ANSWERING = 70


def _said(
    article: Article, number: int, sentence: Sentence, speech: _Speech
) -> tuple[list[Utterance], _Speech]:
    """What one sentence says, and who spoke last after it."""
    text = sentence.span.of(article.prose)
    base = sentence.span.start

    def utter(start: int, end: int, holder: str | None, status: Status, cue: str) -> Utterance:
        span = _trimmed(text, start, end)
        return Utterance(
            Span(base + span.start, base + span.end),
            number,
            sentence.paragraph,
            holder,
            status,
            cue,
        )

    def reported(spans: Sequence[tuple[int, int]], who: str, cue: str) -> list[Utterance]:
        holder = full_name(article, who, base, speech.holder)
        if holder is None or own_words(article, holder):
            return [utter(a, b, None, Status.ASSERTED, cue) for a, b in spans]
        return [utter(a, b, holder, Status.REPORTED, cue) for a, b in spans]

    if len(text) > _LONG:
        return [utter(0, len(text), None, Status.ASSERTED, "")], _Speech()
    if speech.open:
        close = re.search(r"[”»\"]", text)
        end = close.start() if close else len(text)
        carried = [utter(0, end, speech.holder, _status(speech.holder), "quotation")]
        return carried, _Speech(speech.holder, open=close is None)
    for spans, who, cue in _reports(text):
        made = reported(spans, who, cue)
        last = made[0].holder or speech.holder
        opened = _OPEN_QUOTE.search(text[spans[-1][0] - 1 :]) is not None and cue == "quotation"
        return made, _Speech(last, opened)
    if (opening := _OPEN_QUOTE.match(text)) and speech.holder:
        made = [
            utter(opening.start("rest"), len(text), speech.holder, Status.REPORTED, "quotation")
        ]
        return made, _Speech(speech.holder, open=True)
    whole = _QUOTE.fullmatch(text.strip())
    if whole and speech.holder:
        return [utter(1, len(text) - 1, speech.holder, Status.REPORTED, "quotation")], speech
    mine = [
        Utterance(said.span, number, sentence.paragraph, None, said.status, said.cue)
        for said in _own(article, number, sentence, text)
    ]
    for notion in _NOTION.finditer(text):
        who = (notion["who"] or "").strip()
        named = re.sub(r"['’]s?\Z", "", who) if re.search(r"['’]s?\Z", who) else "Others"
        mine += reported([notion.span("what")], named, "notion")
    return mine, _Speech(speech.holder if not mine or not mine[0].cue else None)


#: A longer sentence is not looked into: it is no prose.
_LONG = 4000


def _status(holder: str | None) -> Status:
    return Status.ASSERTED if holder is None else Status.REPORTED


def _reports(text: str) -> Iterator[tuple[list[tuple[int, int]], str, str]]:
    """The readings of a sentence as a report, the surest first: spans, speaker, cue."""
    quotes = [q for q in _QUOTE.finditer(text) if _states(q.group())]
    if quotes and (who := _quoted_by(_outside(text, quotes))):
        yield [_inner(quote) for quote in quotes], who, "quotation"
    if match := _PASSIVE.match(text):
        yield [(match.start("what"), len(text))], "Others", "says that"
    for pattern, cue in ((_ACCORDING, "according to"), (_IN_VIEW, "in the view of")):
        match = pattern.match(text)
        if match and not (match.group().lower().startswith("as ") and not match["verb"]):
            yield [(match.start("what"), len(text))], match["who"], cue
    for pattern in (_FRAME, _BARE_FRAME, _COLON_FRAME):
        match = pattern.match(text)
        if match and _subject(match["who"]) and not _refused(text, match):
            yield [(match.start("what"), len(text))], _named(match), "says that"
    if (match := _ANSWER.match(text)) and _subject(match["who"]):
        yield [(match.start("what"), len(text))], match["who"], "says that"
    yield from _later_frames(text)


def _later_frames(text: str) -> Iterator[tuple[list[tuple[int, int]], str, str]]:
    """The readings in which the speaker is named behind, or in the middle of, what is said."""
    if tail := _TAIL_ACCORDING.search(text):
        yield [(0, tail.start())], tail["who"], "according to"
    tail = _TAIL_SAID.search(text)
    if tail and FINITE.search(text[: tail.start()]):
        who = tail["after"] or tail["before"] or ""
        if _subject(who) and not re.match(r"(?:and|but|or|who|which)\b", who):
            yield [(0, tail.start())], who, "said afterwards"
    middle = _MIDDLE_SAID.search(text)
    if middle and _subject(middle["who"]):
        after = text[middle.end() :]
        if FINITE.search(text[: middle.start()]) and FINITE.search(after):
            yield (
                [(0, middle.start()), (middle.end(), len(text))],
                middle["who"],
                "said in the middle",
            )
        elif FINITE.search(after):
            yield [(middle.end(), len(text))], middle["who"], "said in the middle"


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


def _inner(quote: re.Match[str]) -> tuple[int, int]:
    return quote.span("curly") if quote["curly"] is not None else quote.span("straight")


def _quoted_by(outside: str) -> str | None:
    """Who is quoted: the subject of the verb of saying that stands outside the quotation."""
    for verb in _SAYS.finditer(outside):
        before = re.split(r"[\x00;:]", outside[: verb.start()])[-1]
        after = re.split(r"[\x00;:.]", outside[verb.end() :])[0]
        if _NOBODY.search(before) or _AGAINST.search(verb["verb"]):
            continue
        if _CALLED.search(verb["verb"]) and outside.count("\x00") < _SHORT:
            continue
        subject = before.strip(" ,")
        if not subject and after.strip(" ,"):
            subject = after.strip(" ,")
        subject = re.sub(rf"\A{_LEAD}", "", subject, flags=re.I)
        subject = subject.split(",")[0] if "," in subject else subject
        if subject and _subject(subject):
            return subject
    return None


def _subject(phrase: str) -> bool:
    """True for what can be the subject of a verb of saying: a noun phrase without a verb."""
    bare = phrase.strip()
    if not bare or len(bare.split()) > 12 or FINITE.search(bare):
        return False
    if bare.lower() == "it":
        return True
    if _IT.match(bare):
        return False
    return bare.lower() not in {"which", "who"}


def _refused(text: str, match: re.Match[str]) -> bool:
    """True where the sentence says that it is not said, or says the opposite of it."""
    head = text[match.start("who") : match.end("verb")]
    return bool(_AGAINST.search(match["verb"]) or _NOBODY.search(head))


def _own(article: Article, number: int, sentence: Sentence, text: str) -> Iterator[Utterance]:
    """The author's own clauses, with what they admit marked as such."""
    base = sentence.span.start

    def utter(start: int, end: int, status: Status, cue: str) -> Utterance:
        span = _trimmed(text, start, end)
        return Utterance(
            Span(base + span.start, base + span.end), number, sentence.paragraph, None, status, cue
        )

    frame = _FIRST_PERSON.match(text)
    if frame:
        yield utter(frame.start("what"), len(text), Status.ASSERTED, "")
        return
    clauses = [(c.start - base, c.end - base) for c in sentence.clauses]
    joined = article.prose[sentence.span.start : sentence.span.end]
    for at, (start, end) in enumerate(clauses):
        status, cue = Status.ASSERTED, ""
        head = text[:start] + text[start:end]
        if at == 0 and (admits := _CONCEDES.match(text)) and end - admits.end() > 10:
            start, status, cue = max(start, admits.end()), Status.CONCEDED, "concession"
        elif at == 0 and len(clauses) > 1:
            but = re.match(r"[,;]?\s*(?:but|yet)\b", joined[end:], re.I)
            if _WHILE.match(head) or (but and _EMPHATIC.search(text[start:end])):
                status, cue = Status.CONCEDED, "concession"
                skip = _WHILE.match(text[start:end])
                start += skip.end() if skip else 0
        yield utter(start, end, status, cue)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space, commas and quotation marks at its ends, if any is left."""
    first, last = start, end
    while first < last and text[first] in _AROUND:
        first += 1
    while last > first and text[last - 1] in _AROUND:
        last -= 1
    return Span(first, last) if first < last else Span(start, end)


_AROUND = ' ,;:“”«»"\n\t'
