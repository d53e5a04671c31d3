"""Which lines of an article are not its prose: captions, bylines, buttons, notices, pull quotes.

Some lines are told by what they are alone (a photo credit, a share button). Others say what prose
could say as well (where a person works, what a reader consents to); they count only where nothing
but such lines stands between them and the end or the beginning of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .bylines import DATE, is_name

__all__ = [
    "dateline",
    "ends_sentence",
    "is_bio",
    "is_credit",
    "is_date",
    "is_furniture",
    "is_label",
    "is_notice",
    "without_label",
]

_ENDS = re.compile(r"[.!?…:;؟۔。！？][\"'”’»)\]*]*\Z")
_CREDIT = re.compile(
    r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?|graphics?|video|credits?|caption|foto)"
    r"(?:\s+(?:credit|courtesy|source|by|via|from))?s?\s*[:©|/].*"
    r"|(?:photo(?:graph)?s?|images?|pictures?|illustrations?)\s+(?:by|courtesy|via|credit)\b.*[^.!?]"
    r"|(?:fig(?:ure|\.)|chart|map|table)\s+\d+\s*[:.|].*"
    r"|©.*"
    r"|(?:.{0,120}[|/(]\s*)?(?:getty images|reuters|associated press|ap photo|shutterstock|alamy"
    r"|unsplash|wikimedia commons)\b.{0,60}[^.!?]",
    re.I,
)
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|e-?mail|pinterest|instagram|youtube"
    r"|bluesky|mastodon|threads|copy link|print|pocket|messenger)"
)
_FURNITURE = re.compile(
    rf"(?:(?:share|tweet|follow|like|save|send|print)\b[\s:]*)?(?:(?:(?:this|us|on|via|by|to|the"
    rf"|article|story|post|page|and|or|{_NETWORK})\b[\s,|/·•:.!]*)+)"
    r"|(?:share|tweet|print|save|comments?|reply|advertisement|sponsored|loading)\W*(?:\(?\d+\)?)?"
    r"|\d+\s+(?:comments?|shares?|likes?|views?|responses?|replies)\b.{0,40}"
    r"|(?:leave|post|add|write)\s+a\s+(?:comment|reply)\b.{0,80}"
    r"|(?:read|see|watch|listen|hear)\s+(?:also|more|next|on|now|further)\s*[:>»→|].*"
    r"|(?:related|recommended|most read|most popular|trending|more from|more on|further reading)"
    r"(?:\s\w+){0,3}\s*[:>»→|].*"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)\b.{0,60}"
    r"|(?:please\s+)?(?:subscribe|sign up|register|log in|sign in)\b(?=.*\b(?:our|newsletter"
    r"|e-?mail|inbox|updates?|free|now|here|today|account|comment|already)\b).{0,200}"
    r"|(?:subscribe|sign up|register|log in|sign in)\W*"
    r"|(?:enter |your )e-?mail address\b.{0,120}|required fields are marked\b.{0,40}"
    r"|(?:scroll|back|return|skip)\s+to\s+(?:the\s+)?(?:top|content|main|navigation)\b.{0,40}"
    r"|(?:click|tap)\s+here\b.{0,120}|(?:\d+|one)[\s-]min(?:ute)?s?\s+read\b.{0,20}"
    r"|reading time\b.{0,30}|accept(?: all)?(?: cookies)?|(?:#\w+[\s,;]*)+|@\w+|[\W\d_]+",
    re.I,
)  # fmt: skip
_PIECE = r"(?:article|piece|opinion|column|essay|commentary|op-ed|post|story|translation|interview)"
_NOTICE = re.compile(
    r"\b(?:this (?:web)?site|we) (?:uses?|stores?|sets?)\b.*\bcookies?\b"
    r"|\baccept (?:all )?cookies\b|\bcookies?\b.*\b(?:our|this) (?:web)?site\b"
    r"|\bour (?:cookie|privacy) (?:notice|policy)\b"
    r"|\bour privacy statement\b|\bour terms (?:of (?:use|service)|and conditions)\b"
    r"|\bunsubscribe (?:or|at|any)\b|\byou (?:can|may) (?:unsubscribe|opt[ -]out)\b"
    r"|\b(?:our|weekly|daily|free)(?: \w+)? newsletters?\b|\bmailing list\b"
    r"|\ball rights reserved\b|\bcopyright (?:©|\(c\)|\d{4}|holder)|\bcreative commons\b|\A©"
    r"|\b(?:views?|opinions?|positions?)\b.{0,160}\b(?:are (?:\w+ )?(?:those of|the authors?)"
    r"|do(?:es)? not (?:necessarily )?(?:reflect|represent))\b"
    r"|\bonly represents? the views?\b|\bnot take (?:collective|institutional) positions\b"
    r"|\A(?:an? (?:earlier |longer |shorter )?version of )?this (?:\w+ )?" + _PIECE + r"\b.{0,60}"
    r"\b(?:was|is|has been|appeared)\b.{0,40}\b(?:published|written|translated|adapted|edited"
    r"|updated|part of|produced|funded|supported by|corrected|appeared|appeared in)\b"
    r"|\Athis (?:\w+ )?" + _PIECE + r" (?:first |originally )?appeared\b"
    r"|\A(?:first|originally) (?:published|appeared)\b|\A(?:republished|reprinted|translated) \w+"
    r"|\bthank you for (?:reading|subscribing)\b|\b(?:support|donate to) our (?:journalism|work)\b",
    re.I | re.S,
)
_ROLE = (
    r"(?:fellow|professor|reader in|lecturer|director|researcher|editor|author of|columnist"
    r"|correspondent|analyst|writer|journalist|scholar|student|member of|advis[eo]r|ambassador"
    r"|minister|founder|co-founder|chair|president|coordinator|reporter|expert|economist|lawyer"
    r"|teacher|teaches|works|head of|writes|historian|activist|engineer|councillor|candidate)"
)
_BIO = re.compile(
    rf"(?P<who>[^.!?]{{3,60}}?),?\s+(?:is|was|are|were|has been|serves as|works|teaches|writes)\b"
    rf"(?=[^.!?]{{0,160}}\b(?i:{_ROLE})|(?<=works)|(?<=teaches)|(?<=writes))",
)
_THEY = re.compile(r"the\s+(?:authors?|writers?)\Z", re.I)
_DATE_LINE = re.compile(
    rf"(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified|on|date)\b[\s:]*(?:on\s+)?)*"
    rf"{DATE}(?:\W*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}.{{0,40}})?\W*",
    re.I,
)
_DATELINE = re.compile(
    rf"(?:[^\W\d_][\w .’'/-]{{1,40}},?\s+)?(?:\([\w ./-]{{2,30}}\)\s*,?\s*)?{DATE}"
    r"(?:\s*\([\w ./-]{2,30}\))?[\s,.:]*(?:[–—]|--?)\s*",
    re.I,
)
_PLACE_LINE = re.compile(
    r"[^\W\d_a-z][^\W\d_a-z .’'-]{2,30}(?:, [^\W\d_][\w .]{1,20})?\s*(?:\([\w ./]{2,30}\)\s*)?"
    r"(?:[–—]|--)\s+"
)
_LABEL = (
    r"\[?(?:opinions?|op-?ed|analysis|comment(?:ary)?|editorial|essay|guest (?:post|essay|column)"
    r"|column|letters?|viewpoint|perspectives?|blog|news|debate)\]?"
)
_IS_LABEL = re.compile(rf"{_LABEL}\s*:?", re.I)
_LEADING_LABEL = re.compile(rf"{_LABEL}\s*(?:[:|]|\s[–—-]\s)\s*(?=\S)", re.I)


def ends_sentence(words: str) -> bool:
    """True if the words end as a sentence does.

    >>> ends_sentence("“Trams squeal.”"), ends_sentence("Trams")
    (True, False)
    """
    return _ENDS.search(words[-12:]) is not None


def is_credit(words: str) -> bool:
    """True for the line that says whose a picture is, or what it shows.

    >>> is_credit("Photo: Ana Renck"), is_credit("Image by itself is no argument.")
    (True, False)
    """
    return len(words) <= 300 and _CREDIT.fullmatch(words) is not None


def is_furniture(words: str) -> bool:
    """True for what no prose says: buttons, counters, teasers, hashtags.

    >>> [is_furniture(w) for w in ("Share on Facebook", "Read also: Trams", "#trams", "Read it.")]
    [True, True, True, False]
    """
    return len(words) <= 300 and _FURNITURE.fullmatch(words) is not None


def is_notice(words: str) -> bool:
    """True for what a publisher says to its readers.

    >>> is_notice("The views expressed are those of the author.")
    True
    """
    return len(words) <= 800 and _NOTICE.search(words) is not None


def is_bio(words: str, authors: tuple[str, ...], others: Iterable[str]) -> bool:
    """True for a line on the author: who they are, not what they think.

    Where the piece does not name its author, the line must be on a person of whom the rest of it
    (``others``) says nothing.

    >>> is_bio("Ana Renck is a lecturer at Bree.", ("Ana Renck",), [])
    True
    >>> is_bio("Ana Renck is a lecturer at Bree.", (), ["Ana Renck is wrong."])
    False
    """
    found = _BIO.match(words)
    if not found or len(words) > 1200:
        return False
    who = re.sub(r"\A(?:dr|prof|professor)\.?\s+", "", " ".join(found["who"].split()), flags=re.I)
    if who in authors or _THEY.match(who):
        return True
    surname = who.split()[-1]
    return not authors and is_name(who) and not any(surname in other for other in others)


def is_date(words: str) -> bool:
    """True for a date alone on a line.

    >>> is_date("Published on 20 October 2023"), is_date("On 20 October 2023 trams stopped.")
    (True, False)
    """
    return len(words) <= 120 and _DATE_LINE.fullmatch(words) is not None


def dateline(words: str) -> int:
    """How long the place and date are that lead a paragraph, with their dash; 0 if none do.

    >>> dateline("Bree, 20 October 2023 – Trams squeal.")
    24
    """
    found = _DATELINE.match(words[:160]) or _PLACE_LINE.match(words[:160])
    return found.end() if found else 0


def is_label(words: str) -> bool:
    """True for the name of a rubric.

    >>> is_label("Opinion"), is_label("Opinions differ")
    (True, False)
    """
    return _IS_LABEL.fullmatch(words[:40]) is not None


def without_label(title: str) -> str:
    """A title without the rubric before it.

    >>> without_label("[Opinion] : Trams squeal")
    'Trams squeal'
    """
    return _LEADING_LABEL.sub("", title, count=1)
