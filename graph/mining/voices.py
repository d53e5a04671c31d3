"""Who says it: the author, or somebody whom the author reports.

:mod:`graph.mining.reports` reads a sentence by itself; here stand what carries on from the sentence
before, notions named to be rejected, and what the author admits. The frame of a report is left out
of the span. What cannot be told is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Status
from .names import full_name, own_words
from .parts import Article, Sentence, Span, Utterance
from .reports import LEAD, QUOTE, reports
from .words import CONCESSION, alternatives

__all__ = ["utterances"]

_OPEN_QUOTE = re.compile(r"\A[“«\"](?P<rest>[^”»\"]+)\Z", re.S)
_NOTION = re.compile(
    r"\b(?P<who>(?:the|this|that|his|her|its|their|[A-Z]\w+['’]s?|[a-z]+s['’])\s)?(?:\w+\s)?"
    r"(?:notion|idea|claim|argument|belief|view|myth|assertion|charge|illusion|pretence|fear|"
    r"insistence|suggestion|assumption|talk)(?:,[^,;:“”\"]{3,50},)?\sthat\s"
    r"(?P<what>[^,;:.]{15,}?)"
    r"(?=(?:\s\w+ly)?\s(?:is|was|are|were|has|have|had|does|did|do|will|would|can|cannot|could|rests?|ignores?|"
    r"fails?|collapses?|misses|deserves?|belongs?)\b|[,;:.])",
    re.S,
)
_FIRST_PERSON = re.compile(
    rf"{LEAD}(?:I|we)\s(?:\w+ly\s)?"
    r"(?:think|believe|hold|maintain|suspect|fear|am convinced|am sure)\s(?:that\s)?(?P<what>\S)"
)
_CONCEDES = re.compile(rf"(?:{alternatives(CONCESSION)})\b\s*[,:]?\s*(?:that\s)?", re.I)
_EMPHATIC = re.compile(
    r"\b(?:do|does|did)\s(?!not\b)[a-z]+|\b(?:may|might)\b|\b(?:of course|to be sure|admittedly|"
    r"no doubt|perhaps)\b|\A(?:some|many|they|it|he|she|that)\s(?:do|does|did|has|have|is|are)\b",
    re.I,
)
_BUT_NEXT = re.compile(r"(?:but|yet|nevertheless|nonetheless|still|however|even so)\b", re.I)
_BUT = re.compile(r"[,;]?\s*(?:but|yet)\b", re.I)
_WHILE = re.compile(r"(?:while|although|though|even though|even if)\s", re.I)


@dataclass(frozen=True, slots=True)
class _Speech:
    """Who spoke last, and whether their quotation is still open at the end of the sentence."""

    holder: str | None = None
    open: bool = False


def utterances(article: Article, found: Sequence[Sentence]) -> tuple[Utterance, ...]:
    """What is said in each sentence, in the order of the text, with who says it.

    >>> from graph.mining.sentences import sentences
    >>> text = "Edith Vance insists that trams squeal. They are dear, though."
    >>> article = Article.plain("a.txt", text)
    >>> for said in utterances(article, sentences(article)):
    ...     print(said.holder, said.status, said.span.of(text))
    Edith Vance reported trams squeal.
    None asserted They are dear, though.
    """
    said: list[Utterance] = []
    speech = _Speech()
    for number, sentence in enumerate(found):
        new, speech = _said(_Sentence(article, number, sentence), speech)
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


class _Sentence:
    """One sentence of an article, from which utterances are cut."""

    def __init__(self, article: Article, number: int, sentence: Sentence) -> None:
        self.article, self.number, self.sentence = article, number, sentence
        self.text = sentence.span.of(article.prose)

    def utter(
        self, span: Span, holder: str | None = None,
        status: Status = Status.ASSERTED, cue: str = "",
    ) -> Utterance:  # fmt: skip
        """The utterance at a span of the sentence, without what surrounds its words."""
        base, words = self.sentence.span.start, _trimmed(self.text, span)
        return Utterance(
            Span(base + words.start, base + words.end),
            self.number, self.sentence.paragraph, holder, status, cue,
        )  # fmt: skip

    def reported(
        self, spans: Iterable[Span], who: str, cue: str, last: str | None
    ) -> list[Utterance]:
        """What somebody says at some spans; the author's own words if that is the author."""
        holder = full_name(self.article, who, self.sentence.span.start, last)
        if holder is None or own_words(self.article, holder):
            return [self.utter(span, cue=cue) for span in spans]
        return [self.utter(span, holder, Status.REPORTED, cue) for span in spans]


def _said(here: _Sentence, speech: _Speech) -> tuple[list[Utterance], _Speech]:
    """What one sentence says, and who spoke last after it."""
    text, holder = here.text, speech.holder
    whole = Span(0, len(text))
    if len(text) > _LONG:
        return [here.utter(whole)], _Speech()
    if speech.open:
        close = re.search(r"[”»\"]", text)
        status = Status.ASSERTED if holder is None else Status.REPORTED
        said = Span(0, close.start() if close else len(text))
        return [here.utter(said, holder, status, "quotation")], _Speech(holder, close is None)
    if (report := next(reports(text), None)) is not None:
        made = here.reported(report.spans, report.who, report.cue, holder)
        quoted = report.cue == "quotation"
        opened = quoted and _OPEN_QUOTE.search(text[report.spans[-1].start - 1 :]) is not None
        return made, _Speech(made[0].holder or holder, opened)
    if holder and (opening := _OPEN_QUOTE.match(text)):
        rest = Span(opening.start("rest"), len(text))
        return [here.utter(rest, holder, Status.REPORTED, "quotation")], _Speech(holder, open=True)
    if holder and QUOTE.fullmatch(text.strip()):
        return [here.utter(whole, holder, Status.REPORTED, "quotation")], speech
    mine = list(_own(here))
    speaks = mine[0].cue
    for notion in _NOTION.finditer(text):
        named = re.search(r"\A(.+)['’]s?\Z", (notion["who"] or "").strip())
        who = named[1] if named else "Others"
        mine += here.reported([Span(*notion.span("what"))], who, "notion", holder)
    return mine, _Speech(None if speaks else holder)


#: A longer sentence is not looked into: it is no prose.
_LONG = 4000


def _own(here: _Sentence) -> Iterator[Utterance]:
    """The author's own clauses, with what they admit marked as such."""
    text, base = here.text, here.sentence.span.start
    if frame := _FIRST_PERSON.match(text):
        yield here.utter(Span(frame.start("what"), len(text)))
        return
    clauses = [Span(c.start - base, c.end - base) for c in here.sentence.clauses]
    first, *others = clauses
    admitted = _admitted(text, first, alone=not others)
    if admitted is None:
        yield here.utter(first)
    else:
        yield here.utter(admitted, None, Status.CONCEDED, "concession")
    yield from map(here.utter, others)


def _admitted(text: str, first: Span, *, alone: bool) -> Span | None:
    """What the first clause of a sentence admits: by its words, or against the clause after it."""
    if (admits := _CONCEDES.match(text)) and first.end - admits.end() > 10:
        return Span(max(first.start, admits.end()), first.end)
    if alone:
        return None
    weighed = _BUT.match(text[first.end :]) and _EMPHATIC.search(first.of(text))
    if not weighed and not _WHILE.match(text[: first.end]):
        return None
    skip = _WHILE.match(first.of(text))
    return Span(first.start + (skip.end() if skip else 0), first.end)


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space, commas and quotation marks at its ends, if any is left."""
    first, last = span.start, span.end
    while first < last and text[first] in _AROUND:
        first += 1
    while last > first and text[last - 1] in _AROUND:
        last -= 1
    return Span(first, last) if first < last else span


_AROUND = ' ,;:“”«»"\n\t'
