"""A mined debate as a folder that people finish, and mining again without losing what they did.

The folder holds Argdown files and ``mined.json``, which tells what the miner wrote there. As long
as nobody has changed a file, mining again writes all of them anew. Once a person has changed one,
the folder is only added to: claims are matched by their anchors, what the person renamed, reworded
or took out stays so, and what is new goes to the end of its file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ..errors import FormatError
from ..formats.argdown import DEBATE_FILE, read_argdown
from ..formats.argdown_write import (
    agent_line,
    source_line,
    write_additions,
    write_argdown_files,
)
from ..formats.debate_json import parse_json, write_json
from ..model import Attack, Debate, Issue, Rephrase, Support
from .documents import anchored, match

__all__ = ["RECORD", "Draft", "redraft"]

#: The file in which the miner keeps what it wrote.
RECORD = "mined.json"

#: Two anchors in one source mean one claim if they share so much of their characters.
_SAME_PLACE = 0.5

_Relation = TypeVar("_Relation", Support, Attack, Rephrase)


@dataclass(frozen=True, slots=True)
class Draft:
    """The files to write, the debate they hold, and how it differs from the draft before.

    ``kept`` names the claims that a person wrote or changed and ``deleted`` those they took out.
    """

    files: Mapping[str, str]
    debate: Debate
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


def redraft(folder: Path, mined: Debate) -> Draft:
    """The draft for a folder, which may hold an earlier one that a person has worked on.

    Raises:
        FormatError: if the folder holds a debate that no miner wrote.
        SicetnonError: if the debate in it cannot be read.

    """
    if not (folder / DEBATE_FILE).is_file():
        files = write_argdown_files(mined, DEBATE_FILE)
        return Draft(_recorded(files, mined), mined, added=tuple(c.id for c in mined.claims))
    hashes, before = _record(folder)
    if any(_hash(folder / name) != known for name, known in hashes.items()):
        return _add(folder, before, mined)
    places = _same_places(before, mined)
    old, new = before.claim_by_id, mined.claim_by_id
    return Draft(
        _recorded(write_argdown_files(mined, DEBATE_FILE), mined),
        mined,
        added=tuple(name for name in new if name not in set(places.values())),
        changed=tuple(n for o, n in places.items() if old[o].text != new[n].text),
        gone=tuple(name for name in old if name not in places),
    )


def _record(folder: Path) -> tuple[dict[str, str], Debate]:
    """What the miner wrote in a folder: the hash of each file, and the debate."""
    path = folder / RECORD
    if not path.is_file():
        raise FormatError(f"{folder} holds a debate that was not mined; name another folder")
    try:
        told = json.loads(path.read_text("utf-8"))
        return dict(told["files"]), parse_json(
            json.dumps(told["debate"]).encode(), str(path)
        ).debate
    except (ValueError, KeyError, TypeError):
        raise FormatError(f"{path}: not the record of a draft") from None


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _recorded(
    files: Mapping[str, str], mined: Debate, edited: Iterable[str] = ()
) -> dict[str, str]:
    """The files with a record of them; one that a person has edited has no hash."""
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    told = {
        "files": hashes | dict.fromkeys(edited, ""),
        "debate": json.loads(write_json(mined)),
    }
    return {**files, RECORD: json.dumps(told, ensure_ascii=False, indent=1) + "\n"}


def _same_places(one: Debate, other: Debate) -> dict[str, str]:
    """For each claim of one debate, the claim of the other that is anchored in the same place.

    Claims without an anchor are the same where they have the same name.
    """
    found = {
        claim.id: claim.id
        for claim in one.claims
        if claim.anchor is None and claim.id in other.claim_by_id
    }
    for source in one.source_by_id:
        mine, there = anchored(one, source), anchored(other, source)
        places = match([s for _, s in there], [s for _, s in mine], _SAME_PLACE)
        found |= {mine[i][0]: there[j][0] for i, j in places.items()}
    return found


def _add(folder: Path, before: Debate, mined: Debate) -> Draft:
    """The draft in which the files of a folder keep their text and get what is new."""
    now = read_argdown(folder / DEBATE_FILE)
    here, then = _same_places(mined, now), _same_places(mined, before)
    deleted = {name for name in then if name not in here}
    fresh = [c for c in mined.claims if c.id not in here and c.id not in deleted]
    names = {**here, **_unused({c.id for c in fresh}, now)}
    before_names = {name: names.get(new, name) for new, name in then.items()}
    joined = {frozenset(_ends(part)) for part in _relations(now)}
    joined |= {frozenset(before_names.get(e, e) for e in _ends(p)) for p in _relations(before)}
    news = replace(
        mined,
        claims=(*now.claims, *(replace(claim, id=names[claim.id]) for claim in fresh)),
        agents=tuple({a.id: a for a in (*mined.agents, *now.agents)}.values()),
        sources=tuple({s.id: s for s in (*mined.sources, *now.sources)}.values()),
        supports=_new(mined.supports, names, deleted, joined),
        attacks=_new(mined.attacks, names, deleted, joined),
        rephrases=_new(mined.rephrases, names, deleted, joined),
        issues=_new_issues(mined, now, names, deleted),
    )  # fmt: skip
    files = _with_additions(folder, news, now)
    old, new = before.claim_by_id, mined.claim_by_id
    whole = replace(
        news,
        supports=(*now.supports, *news.supports),
        attacks=(*now.attacks, *news.attacks),
        rephrases=(*now.rephrases, *news.rephrases),
        issues=(*now.issues, *news.issues),
    )
    return Draft(
        _recorded(files, mined, edited=files),
        whole,
        added=tuple(names[claim.id] for claim in fresh),
        changed=tuple(o for n, o in then.items() if old[o].text != new[n].text),
        gone=tuple(name for name in old if name not in set(then.values())),
        kept=tuple(c.id for c in now.claims if old.get(c.id) != c),
        deleted=tuple(sorted(then[name] for name in deleted)),
    )


def _unused(names: set[str], now: Debate) -> dict[str, str]:
    """The names, those that a person has used for something else made different."""
    known = {*now.claim_by_id, *now.issue_by_id}
    return {name: name if name not in known else f"{name}-new" for name in names}


def _relations(debate: Debate) -> tuple[Support | Attack | Rephrase, ...]:
    return (*debate.supports, *debate.attacks, *debate.rephrases)


def _ends(part: Support | Attack | Rephrase) -> tuple[str, ...]:
    match part:
        case Support():
            return (*part.premises, part.conclusion)
        case Attack():
            return (part.attacker, part.target)
        case Rephrase():
            return (part.first, part.second)


def _new(
    parts: Iterable[_Relation],
    names: Mapping[str, str],
    deleted: set[str],
    joined: set[frozenset[str]],
) -> tuple[_Relation, ...]:
    """The relations under the names of the folder, without those that were ever drawn there."""
    found = []
    for part in parts:
        if not deleted.isdisjoint(_ends(part)):
            continue
        named = _renamed(part, names)
        if frozenset(_ends(named)) not in joined:
            found.append(named)
    return tuple(found)


def _renamed(part: _Relation, names: Mapping[str, str]) -> _Relation:
    match part:
        case Support():
            premises = tuple(names[premise] for premise in part.premises)
            return replace(part, premises=premises, conclusion=names[part.conclusion])
        case Attack():
            return replace(part, attacker=names[part.attacker], target=names[part.target])
        case Rephrase():
            return replace(part, first=names[part.first], second=names[part.second])


def _new_issues(
    mined: Debate, now: Debate, names: Mapping[str, str], deleted: set[str]
) -> tuple[Issue, ...]:
    """The mined questions that are not in the folder, those left with answers on both sides."""
    found = []
    for issue in mined.issues:
        pro = tuple(names[c] for c in issue.pro if c not in deleted)
        con = tuple(names[c] for c in issue.con if c not in deleted)
        if issue.id not in now.issue_by_id and pro and con:
            found.append(replace(issue, pro=pro, con=con))
    return tuple(found)


def _with_additions(folder: Path, news: Debate, now: Debate) -> dict[str, str]:
    """All files of the folder, each with what is new for it at its end."""
    additions = write_additions(news, now.claim_by_id)
    main = (folder / DEBATE_FILE).read_text("utf-8")
    agents = [a for a in news.agents if a.id not in now.agent_by_id]
    sources = [s for s in news.sources if s.id not in now.source_by_id]
    main = _under("agents:", map(agent_line, agents), main)
    main = _under("sources:", map(source_line, sources), main)
    files: dict[str, str] = {}
    includes = []
    for source in news.sources:
        name = f"{source.id}.argdown"
        path = folder / name
        added = additions.get(source.id, "")
        heading = f"# Found on mining again {{source: {source.id}}}\n\n"
        if source in sources:
            includes.append(f"@include({name})")
            files[name] = f"# {source.id} {{source: {source.id}}}\n\n{added}"
        elif path.is_file():
            text = path.read_text("utf-8")
            files[name] = f"{text.rstrip()}\n\n{heading}{added}" if added else text
        elif added:
            main = f"{main.rstrip()}\n\n{heading}{added}"
    if includes:
        main = f"{main.rstrip()}\n\n" + "\n\n".join(includes) + "\n"
    if None in additions:
        main = (
            f"{main.rstrip()}\n\n# Between the pieces, found on mining again\n\n{additions[None]}"
        )
    return {DEBATE_FILE: main, **files}


def _under(key: str, lines: Iterable[str], text: str) -> str:
    """The front matter with more lines under one of its keys."""
    added = "".join(f"{line}\n" for line in lines)
    if not added:
        return text
    head, found, rest = text.partition(f"\n{key}\n")
    if not found:
        told = " ".join(added.split())
        raise FormatError(f"{DEBATE_FILE}: has no line {key!r} to put under it: {told}")
    return f"{head}{found}{added}{rest}"
