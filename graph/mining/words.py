"""The closed lists of words that sentences and voices are told by."""

from __future__ import annotations

import re

__all__ = [
    "ADDITION",
    "CONCESSION",
    "CONNECTIVES",
    "CONTRAST",
    "FINITE",
    "INITIAL",
    "LEADING",
    "REASON",
    "REPORTING",
    "RESULT",
    "alternatives",
]

#: What follows is a reason for what stands beside it.
REASON = (
    "because", "since", "for", "as", "after all", "given that", "for example", "for instance",
    "in that", "considering that", "seeing that",
)  # fmt: skip

#: What follows results from what stands before.
RESULT = (
    "therefore", "so", "thus", "hence", "consequently", "as a result", "accordingly", "that is why",
    "which is why", "for this reason", "then", "in short", "in sum", "so that",
)  # fmt: skip

#: What follows stands against what stands before.
CONTRAST = (
    "but", "however", "yet", "although", "though", "nevertheless", "nonetheless", "still",
    "whereas", "while", "on the contrary", "instead", "on the other hand", "even so", "and yet",
    "but then", "even though", "rather", "in fact", "in truth", "in reality", "even if", "despite",
)  # fmt: skip

#: What follows goes with what stands before.
ADDITION = (
    "and", "also", "moreover", "furthermore", "besides", "in addition", "what is more", "nor",
    "likewise", "similarly", "second", "third", "finally", "above all", "worse", "not least",
    "or", "too", "first", "at the same time", "meanwhile", "indeed", "of course",
)  # fmt: skip

#: All of them.
CONNECTIVES = (*REASON, *RESULT, *CONTRAST, *ADDITION)

#: What says that the author admits something.
CONCESSION = (
    "admittedly", "granted", "to be sure", "it is true that", "true", "certainly", "no doubt",
    "i do not deny that", "nobody denies that", "i grant that", "i do grant that", "i admit that",
    "i do not doubt that", "i understand that", "one thing i give him", "one thing i give her",
    "it may be that", "i concede that", "i do not dispute that", "nobody doubts that", "yes",
)  # fmt: skip

_STEMS = (
    r"(?:say|add|argue|claim|insist|maintain|contend|assert|declare|state|warn|believe|think|feel|"
    r"fear|hope|announce|conclude|explain|note|observe|remark|report|reply|respond|retort|stress|"
    r"emphasi[sz]e|underline|underscore|suggest|predict|complain|boast|promise|concede|admit|"
    r"acknowledge|recall|repeat|reiterate|object|counter|protest|hold|swear|allege|"
    r"affirm|confirm|agree|doubt|deny|dispute|demand|expect|write|tell|reject|remind|caution|"
    r"reaffirm|urge|comment|estimate|calculate|reckon|propose|recommend|judge|find)"
)

_IRREGULAR = "said|says|told|wrote|written|thought|felt|held|swore|denied|denies|replied|replies|"
_IRREGULAR += "points? out|pointed out|argued|found|tells|writes|holds|admitted|admits"

#: A verb that reports what somebody says, thinks or demands, in any finite form.
REPORTING = rf"(?:{_IRREGULAR}|{_STEMS}(?:s|es|d|ed)?)"

_AUXILIARY = (
    r"is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|"
    r"ought|needs?|cannot|isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|don't|doesn't|didn't|"
    r"won't|wouldn't|can't|couldn't|shouldn't|mustn't|remains?|seems?|means?|makes?|made|takes?|took|"
    r"gives?|gave|goes|went|comes?|came|gets?|got|becomes?|became|knows?|knew|keeps?|kept|lost|"
    r"brings?|brought|costs?|puts?|shows?|lies|lay|stands?|stood|begins?|began|works?|helps?|hurts?"
)

#: After these a word in -s is a verb rather than a plural.
_AFTER_VERB = (
    r"the|a|an|to|that|its?|their|his|her|our|your|no|not|nothing|in|on|from|with|more|less|up|out|"
    r"for|by|as|us|them|him|people|what|why|how|only|little|much|all|every"
)

#: A word that is, most likely, a finite verb.
FINITE = re.compile(
    rf"(?<![\w'’])(?:{_AUXILIARY}|(?:they|we|you|i)\s+(?!all\b|both\b)[a-z]+"
    # of words that only end like a verb, names and the second parts of compounds are none
    rf"|(?<!-)(?-i:[a-z]+(?:ed|[^s]ies)|[a-z]{{2,}}[^s'’\W]s(?=\s+(?:{_AFTER_VERB})\b)))(?![\w'’])",
    re.I,
)


def alternatives(words: tuple[str, ...]) -> str:
    """The words as a regular expression, longer ones first.

    >>> alternatives(("so", "and"))
    'and|so'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


#: Words that may lead a clause without being part of what it says.
LEADING = re.compile(rf"(?:(?:{alternatives(CONNECTIVES)})\b\s*,?\s*)+", re.I)

#: Those that begin something else just as often when they stand first in a sentence.
_DOUBTFUL = frozenset(
    {"for", "as", "since", "while", "although", "though", "even though", "even if", "still",
     "first", "second", "third", "rather", "worse", "despite", "or", "in that", "too", "then",
     "so that", "given that", "because", "whereas", "seeing that", "considering that"}
)  # fmt: skip

#: Words that may lead a sentence without being part of what it says.
_CLEAR = alternatives(tuple(word for word in CONNECTIVES if word not in _DOUBTFUL))
INITIAL = re.compile(rf"(?:(?:{_CLEAR})\b(?!\sof\b)\s*,?\s*)+", re.I)
