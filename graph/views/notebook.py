"""A debate as a notebook shows it: what it holds, its pieces, the first clashes and a small map.

Colours come from the notebook, dark or light, but for those of the authors, whose boxes have a
pattern and initials as well. Nothing in it runs or asks for anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from ..analysis.clashes import Clash, clashes
from ..analysis.contradictions import contradictions
from ..model import AttackKind, Debate
from .layout import Position, positions
from .marks import initials
from .outline import claim_key, step_key, steps

__all__ = ["debate_html"]

#: Above so many claims the findings and the map would take too long, and so many bytes.
_MOST_CLAIMS = 1500
_MOST_PIECES, _MOST_CLASHES, _MOST_LETTERS = 40, 5, 40_000
_COLOURS = ("#0072B2", "#E69F00", "#CC79A7", "#56B4E9", "#F0E442", "#8C564B", "#4B3F9E", "#8A9A2B")
_RED = "#D55E00"

#: What is drawn on the colour of an author, on a tile of 8 by 8.
_PATTERNS = (
    "",
    "M-2 10L10-2M-2 2L2-2M6 10L10 6",
    "M2 2h1v1h-1zM6 6h1v1h-1z",
    "M0 2h8M0 6h8",
    "M-2 10L10-2M-2-2L10 10",
    "M-2-2L10 10M6-2L10 2M-2 6L2 10",
    "M2 0v8M6 0v8",
)


@dataclass(frozen=True, slots=True)
class _Author:
    """How the boxes of an author are told apart."""

    name: str
    letters: str
    colour: str
    pattern: str


def debate_html(debate: Debate) -> str:
    """Return the debate as a piece of HTML: counts, pieces, clashes and, if it is not large, a map.

    >>> page = debate_html(Debate("empty", "<b>Nothing</b> yet"))
    >>> "&lt;b&gt;Nothing&lt;/b&gt; yet" in page, "<svg" in page
    (True, False)
    """
    authors = _authors(debate)
    large = len(debate.claims) > _MOST_CLAIMS
    found = () if large else contradictions(debate)
    parts = [
        f'<div style="margin:.3em 0"><strong>{_short(debate.title, 300)}</strong></div>',
        f"<div>{_counts(debate, None if large else len(found))}</div>",
        _patterns(debate, authors),
        _pieces(debate, authors),
    ]
    if large:
        parts.append(
            "<p>The map would be too large for a notebook; map_html makes a page of it.</p>"
        )
    elif debate.claims:
        parts.append(_points(debate, clashes(debate, rows=found)))
        parts.append(_map(debate, positions(debate, found), authors))
    return f'<div style="line-height:1.4;max-width:72em">{"".join(parts)}</div>'


def _authors(debate: Debate) -> dict[str, _Author]:
    """The authors in the order and the colours of the map."""
    agents = list({a.id: a for a in (*debate.authors, *debate.holders)}.values())
    letters = initials(a.name for a in agents)
    # notebooks hold several debates, and names in a page must not clash
    salt = sha256(f"{debate.id}\n{debate.title}".encode()).hexdigest()[:6]
    return {
        agent.id: _Author(agent.name, mark, _COLOURS[n % len(_COLOURS)], f"sn{salt}{n}")
        for n, (agent, mark) in enumerate(zip(agents, letters, strict=True))
        if n < len(debate.authors)
    }


def _counts(debate: Debate, found: int | None) -> str:
    parts = [
        (len(debate.sources), "piece"),
        (len(debate.claims), "claim"),
        (len(debate.supports), "support"),
        (len(debate.attacks), "attack"),
        (len(debate.issues), "issue"),
    ]
    if found is not None:
        parts.append((found, "contradiction"))
    return " · ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in parts)


def _patterns(debate: Debate, authors: Mapping[str, _Author]) -> str:
    """The patterns of the authors who have a row in the table, for it and for the map."""
    used = dict.fromkeys(s.author for s in debate.sources[:_MOST_PIECES])
    tiles = [
        f'<pattern id="{author.pattern}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{author.colour}"/>'
        f'<path d="{_PATTERNS[n % len(_PATTERNS)]}" stroke="#000" stroke-opacity=".6" fill="none"/>'
        "</pattern>"
        for n, author in enumerate(authors[name] for name in used)
    ]
    if not tiles:
        return ""
    return (
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true">'
        f"<defs>{''.join(tiles)}</defs></svg>"
    )


def _pieces(debate: Debate, authors: Mapping[str, _Author]) -> str:
    """The table of the pieces with their authors."""
    if not debate.sources:
        return ""
    count = Counter(c.source for c in debate.claims)
    rows = []
    for source in debate.sources[:_MOST_PIECES]:
        author = authors[source.author]
        about = " · ".join(part for part in (source.genre, source.publisher, source.date) if part)
        swatch = (
            '<svg width="18" height="12" aria-hidden="true"><rect width="18" height="12" '
            f'fill="url(#{author.pattern})"/></svg>'
        )
        cells = (
            f"{swatch} <b>{escape(author.letters)}</b>",
            _short(source.title, 120),
            _short(author.name, 80),
            _short(about, 80),
            f"{count[source.id]:,}",
        )
        rows.append("".join(f'<td style="text-align:left">{cell}</td>' for cell in cells))
    heads = ("", "piece", "author", "what it is", "claims")
    head = "".join(f'<th style="text-align:left">{word}</th>' for word in heads)
    if (more := len(debate.sources) - _MOST_PIECES) > 0:
        rows.append(f'<td></td><td colspan="4" style="text-align:left">and {more:,} more</td>')
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _points(debate: Debate, found: Iterable[Clash]) -> str:
    """The points at issue of the first clashes, each once."""
    said = dict[str, str]()
    for clash in found:
        row = clash.contradiction
        names = (debate.agent_by_id[a].name for a in (row.first_holder, row.second_holder))
        said.setdefault(clash.point, " against ".join(_short(name, 60) for name in names))
        if len(said) == _MOST_CLASHES:
            break
    if not said:
        return ""
    items = "".join(f"<li>{_short(point, 240)} <i>{who}</i></li>" for point, who in said.items())
    return f"<div><b>Where they clash first</b></div><ol>{items}</ol>"


def _map(debate: Debate, boxes: Mapping[str, Position], authors: Mapping[str, _Author]) -> str:
    """The map as it is laid out on the page, a tenth as large: boxes and attacks."""
    left = min(b.x - b.width / 2 for b in boxes.values())
    top = min(b.y - b.height / 2 for b in boxes.values())
    wide = max(b.x + b.width / 2 for b in boxes.values()) - left
    high = max(b.y + b.height / 2 for b in boxes.values()) - top
    shown = {key: (box, (box.x - left) / 10, (box.y - top) / 10) for key, box in boxes.items()}
    drawn = [
        *_claims(debate, shown, authors),
        *_headers(debate, shown, authors),
        f'<path d="{"".join(_attacks(debate, shown))}" fill="none" stroke="{_RED}" '
        'stroke-width="1" stroke-dasharray="3 1.5"/>',
    ]
    words = (
        "A box is a claim, in the colour and pattern of the author of its piece who holds it, or "
        "hollow if it is reported; dashed lines are attacks. Point at a box to read it."
    )
    return (
        f'<svg role="img" aria-label="A map of the claims" viewBox="0 0 {wide / 10:.0f} '
        f'{high / 10:.0f}" style="width:100%;max-height:34em" fill="none">{"".join(drawn)}</svg>'
        f"<div><small>{words}</small></div>"
    )


_Shown = Mapping[str, tuple[Position, float, float]]


def _claims(debate: Debate, shown: _Shown, authors: Mapping[str, _Author]) -> Iterator[str]:
    """The boxes of the claims by how they are filled, with their texts as far as there is room."""
    room = max(24, min(200, _MOST_LETTERS // max(1, len(debate.claims))))
    fills = defaultdict[str, list[str]](list)
    drawn = {author.pattern for author in _in_table(debate, authors)}
    for claim in debate.claims:
        box, x, y = shown[claim_key(claim.id)]
        author = authors.get(claim.holder)
        own = author is not None and claim.holder == debate.source_by_id[claim.source].author
        fill = 'stroke="currentColor" stroke-opacity=".7"'
        if author is not None and own:
            fill = (
                f'fill="url(#{author.pattern})"'
                if author.pattern in drawn
                else f'fill="{author.colour}"'
            )
        wide, high = box.width / 10, box.height / 10
        fills[fill].append(
            f'<rect x="{x - wide / 2:.0f}" y="{y - high / 2:.1f}" width="{wide:.0f}" '
            f'height="{high:.1f}"><title>{_short(claim.text, room)}</title></rect>'
        )
    for fill, rects in fills.items():
        yield f"<g {fill}>{''.join(rects)}</g>"


def _in_table(debate: Debate, authors: Mapping[str, _Author]) -> Iterator[_Author]:
    return (authors[s.author] for s in debate.sources[:_MOST_PIECES])


def _headers(debate: Debate, shown: _Shown, authors: Mapping[str, _Author]) -> Iterator[str]:
    """The initials of the author above each piece, and the issues as hollow boxes."""
    for box, x, y in shown.values():
        if box.kind == "source":
            source = debate.source_by_id[box.name]
            yield (
                f'<text x="{x - box.width / 20:.0f}" y="{y + 4:.0f}" font-size="12" '
                f'font-weight="bold" fill="currentColor">{escape(authors[source.author].letters)}'
                f"<title>{_short(source.title, 120)}</title></text>"
            )
        elif box.kind == "issue":
            wide, high = box.width / 10, box.height / 10
            question = debate.issue_by_id[box.name].question
            yield (
                f'<rect x="{x - wide / 2:.0f}" y="{y - high / 2:.1f}" width="{wide:.0f}" '
                f'height="{high:.1f}" rx="2" fill="currentColor" fill-opacity=".25">'
                f"<title>{_short(question, 120)}</title></rect>"
            )


def _attacks(debate: Debate, shown: _Shown) -> Iterator[str]:
    """The lines of the attacks as pieces of one path."""
    points = steps(debate)
    for attack in debate.attacks:
        key = claim_key(attack.target)
        if attack.kind is AttackKind.UNDERCUT:
            key = step_key(attack.target) if attack.target in points else ""
        if key in shown:
            (_, x0, y0), (_, x1, y1) = shown[claim_key(attack.attacker)], shown[key]
            yield f"M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}"


def _short(text: str, most: int) -> str:
    """The text as text, cut off where it is long."""
    return escape(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")
