"""The whole path: read a debate, check it, find the contradictions, write graph, map and tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .analysis.contradictions import (
    KINDS,
    Contradiction,
    by_pair,
    contradictions,
    self_contradictions,
)
from .errors import ConformanceError
from .files import write_files
from .formats.argdown import DEBATE_FILE
from .formats.kialo import is_outline
from .formats.losses import Loss
from .formats.table import find_format, read_file
from .formats.tables import csv_tables
from .model import AttackKind, Debate
from .passages import passages, read_source_text

if TYPE_CHECKING:
    from .oxigraph import OxDataset
    from .sending import Server
    from .staging import Tell

__all__ = [
    "STEPS",
    "Loaded",
    "build",
    "check_shapes",
    "contradictions_json",
    "file_name",
    "is_raw",
    "load",
    "say_nothing",
    "summary",
    "to_store",
    "with_passages",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checked debate, the passages behind its claims, and the texts of its pieces by id.

    ``unread`` is what its file says that a debate does not hold.
    """

    debate: Debate
    passages: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    unread: tuple[Loss, ...] = ()


def load(path: Path, texts: Path | None = None) -> Loaded:
    """The debate in a folder or file, with every anchor checked against the texts, if given.

    Raises:
        SicetnonError: whatever is wrong, naming file and line where there is one.

    """
    reading = read_file(path)
    debate = reading.debate
    loaded = Loaded(debate, {}) if texts is None else with_passages(debate, texts)
    return replace(loaded, unread=reading.losses)


def is_raw(path: Path) -> bool:
    """True for a text, or a folder of texts, that nobody has annotated."""
    from .mining.articles import SUFFIXES

    if path.is_dir():
        return not (path / DEBATE_FILE).is_file() and any(
            file.suffix.lower() in SUFFIXES for file in path.iterdir()
        )
    return path.suffix.lower() in SUFFIXES and not is_outline(path)


def with_passages(debate: Debate, texts: Path) -> Loaded:
    """The debate with the passages behind its claims, every anchor checked against the texts.

    Raises:
        SourceTextError: if a text has changed or an anchor does not hold.

    """
    shown = passages(debate, texts)
    present = ((s.id, read_source_text(s, texts)) for s in debate.sources)
    return Loaded(debate, shown, {name: text for name, text in present if text is not None})


def to_store(debate: Debate, location: Path | None = None, *, entail: bool = False) -> OxDataset:
    """The debate and its findings as RDF in memory, or in a folder where one is named.

    With ``entail``, what follows of them in other vocabularies is there too.
    """
    from .findings import debate_quads
    from .store import load as load_store
    from .store import open_store

    store = open_store(location)
    load_store(store, debate_quads(debate, entail=entail))
    return store


def check_shapes(debate: Debate) -> None:
    """Check the graph of a debate against the SHACL shapes.

    Raises:
        ConformanceError: naming the first thing that breaks a shape, and how many more there are.

    """
    from .validate import conforms

    if violations := conforms(to_store(debate)):
        first, *more = violations
        others = f" (and {len(more)} more)" if more else ""
        raise ConformanceError(f"{first.focus}: {first.message}{others}")


#: What :func:`build` does, step by step; a progress bar counts them.
STEPS = ("contradictions", "map", "graph", "tables", "files", "store")


def file_name(debate: Debate) -> str:
    """The id of a debate as the name of a file or folder.

    >>> file_name(Debate("../trams & buses", "Trams and buses"))
    'trams-buses'
    """
    return re.sub(r"[^\w.-]+", "-", debate.id).strip(".-") or "debate"


def say_nothing(*_told: object) -> None:
    """Nothing: the progress of a build that nobody watches."""


def build(
    loaded: Loaded,
    out: Path,
    store: Path | Server | None = None,
    tell: Callable[[str], object] = say_nothing,
    tell_batch: Tell = say_nothing,
    *,
    entail: bool = False,
) -> Path:
    """The path of the map, after graph, findings, map and tables are written to a folder.

    ``tell`` is called with the name of each of the :data:`STEPS` before it begins, ``tell_batch``
    with how much of a server's load is done. With ``entail``, the graph says it in the words of the
    aligned vocabularies too.

    Raises:
        SicetnonError: if a file or the store cannot be written; no file has changed then.

    """
    from .findings import debate_quads
    from .formats.rdf_syntaxes import trig
    from .views.map import map_html

    debate = loaded.debate
    name = file_name(debate)
    page = out / f"{name}.html"
    tell("contradictions")
    found = contradictions(debate)
    tell("map")
    files = {page: map_html(debate, found, loaded.passages, loaded.texts)}
    tell("graph")
    quads = debate_quads(debate, entail=entail)
    files[out / f"{name}.trig"] = trig(quads)
    files[out / f"{name}.graphml"] = find_format("graphml").write(debate)
    tell("tables")
    files[out / "contradictions.json"] = contradictions_json(debate, found)
    files |= {out / file: text for file, text in csv_tables(debate).items()}
    if store is not None:
        from .store import load as load_store
        from .store import open_store

        tell("store")
        with open_store(store) as kept:
            load_store(kept, quads, tell_batch)
    tell("files")
    write_files(files)
    return page


def contradictions_json(debate: Debate, found: Iterable[Contradiction]) -> str:
    """The contradictions as a JSON list, each with its claims, holders, kind, path and backing."""
    return json.dumps([_row(debate, c) for c in found], ensure_ascii=False, indent=1) + "\n"


def _row(debate: Debate, found: Contradiction) -> dict[str, object]:
    def side(name: str, holder: str) -> dict[str, str]:
        claim = debate.claim_by_id[name]
        return {
            "claim": name,
            "text": claim.text,
            "holder": holder,
            "holder_name": debate.agent_by_id[holder].name,
            "status": claim.status.value,
            "source": claim.source,
        }

    return {
        "rank": found.rank,
        "kind": found.kind,
        "first": side(found.first, found.first_holder),
        "second": side(found.second, found.second_holder),
        "attack": found.attack,
        "issue": found.issue,
        "path": list(found.path),
        "backing": [
            {"kind": b.kind, "path": list(b.path)}
            for b in sorted(found.backing, key=lambda b: b.rank)
        ],
    }


def summary(loaded: Loaded) -> str:
    """What a debate holds, in a few lines: pieces, claims, relations, contradictions by pair."""
    debate = loaded.debate
    found = contradictions(debate)
    own = self_contradictions(debate)
    linked = sum(len(s.premises) > 1 for s in debate.supports)
    kinds = [f"{sum(a.kind is k for a in debate.attacks)} {k}" for k in AttackKind]
    lines = [
        debate.title,
        f"  pieces          {len(debate.sources):5}",
        f"  claims          {len(debate.claims):5}   held by {len(debate.holders)} authors and "
        "speakers",
        f"  supports        {len(debate.supports):5}   {linked} of them with linked premises",
        f"  attacks         {len(debate.attacks):5}   {', '.join(kinds)}",
        f"  rephrases       {len(debate.rephrases):5}",
        f"  issues          {len(debate.issues):5}",
    ]
    if loaded.texts:
        lines.append(
            f"  anchors         {len(loaded.passages):5}   resolved in {len(loaded.texts)} texts"
        )
    counts = [f"{sum(c.kind == kind for c in found)} {kind}" for kind in KINDS]
    lines += [
        f"  contradictions  {len(found):5}   {', '.join(counts)}",
        f"  within one author {len(own):3}",
    ]
    if found:
        lines += ["Contradictions by pair of authors", *_pair_lines(debate, found)]
    return "\n".join(lines)


def _pair_lines(debate: Debate, found: tuple[Contradiction, ...]) -> list[str]:
    authors = {agent.id for agent in debate.authors}
    pairs = by_pair(found)
    main = {pair: kinds for pair, kinds in pairs.items() if authors.issuperset(pair)}
    rest = sum(sum(kinds.values()) for pair, kinds in pairs.items() if pair not in main)
    names = {
        pair: " against ".join(debate.agent_by_id[holder].name for holder in pair) for pair in main
    }
    width = max(map(len, names.values()), default=0)
    lines = [
        f"  {names[pair]:{width}} {sum(kinds.values()):4}   "
        + ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
        for pair, kinds in sorted(main.items(), key=lambda p: (-sum(p[1].values()), p[0]))
    ]
    if rest:
        lines.append(f"  {'with or between speakers whom they quote':{width}} {rest:4}")
    return lines
