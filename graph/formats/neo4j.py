"""Files that Neo4j loads: nodes, relationships, and the Cypher that merges them into a graph.

The headers are those of ``neo4j-admin database import``; ``load.cypher`` reads the same files with
``LOAD CSV``, twice if need be. In a cell, a backslash, a percent sign, and what a spreadsheet would
run as a formula are written as in an address (``%5C``), since ``LOAD CSV`` takes a backslash for an
escape; the Cypher undoes that, ``neo4j-admin`` does not.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..model import AttackKind, Debate, Origin

__all__ = ["neo4j_cell", "neo4j_files"]

_Row = dict[str, Any]

#: The columns of the nodes and of the relationships, with their types.
_ORIGIN = ("origin", "origin_name", "origin_version")
_SOURCE = ("title", "genre", "date", "publisher", "note", "sha256")
_TEXTS = (
    *("id", "name", "base", "text", "question", *_SOURCE, "file"),
    *("status", "kind", "scheme", "source", "tags", *_ORIGIN),
)
_ANCHOR = ("paragraph", "sentence", "start", "end")
_NUMBERS = {"confidence": "double", **dict.fromkeys(_ANCHOR, "int")}
_LABELS = ("Debate", "Agent", "Source", "Claim", "Inference", "Issue")
_RELATION_TEXTS = ("kind", "scheme", "source", *_ORIGIN)
_RELATION_NUMBERS = {"confidence": "double"}
_TYPES = (
    *("PART_OF", "MEMBER_OF", "WROTE", "HOLDS", "STATED_IN"),
    *("PREMISE_OF", "SUPPORTS", "ATTACKS", "REPHRASES", "ANSWERS"),
)
#: Relationships of which there may be several between two nodes, of different kinds.
_KINDS = ("ATTACKS", "ANSWERS")


def neo4j_cell(value: object) -> str:
    r"""The value as a cell that neither LOAD CSV nor a spreadsheet takes for something else.

    >>> print(neo4j_cell("=1+1"), neo4j_cell("C:\\new, 100%"), neo4j_cell(None), neo4j_cell(-1))
    %3D1+1 C:%5Cnew, 100%25  -1
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = value.replace("%", "%25").replace("\\", "%5C")
    return re.sub(r"^[-=+@]", lambda found: f"%{ord(found.group()):02X}", text)


def neo4j_files(debate: Debate, _: str = "") -> dict[str, str]:
    r"""The text of each file by name.

    >>> from .argdown import parse_argdown
    >>> made = neo4j_files(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal."))
    >>> list(made), "REQUIRE n.key IS UNIQUE" in made["load.cypher"]
    (['nodes.csv', 'relationships.csv', 'load.cypher'], True)
    """
    nodes, relations = _columns(_TEXTS, _NUMBERS), _columns(_RELATION_TEXTS, _RELATION_NUMBERS)
    return {
        "nodes.csv": _csv({"key": "key:ID", "label": ":LABEL", **nodes}, _nodes(debate)),
        "relationships.csv": _csv(
            {"start": ":START_ID", "end": ":END_ID", "type": ":TYPE", **relations},
            _relations(debate),
        ),
        "load.cypher": _cypher(),
    }


def _columns(texts: Iterable[str], numbers: dict[str, str]) -> dict[str, str]:
    """The headers of the columns by name."""
    typed = {f"{name}:{kind}": f"{name}:{kind}" for name, kind in numbers.items()}
    return {**{name: name for name in texts}, **typed}


def _csv(columns: dict[str, str], rows: Iterable[_Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns.values())
    writer.writerows([neo4j_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def _key(debate: Debate, what: str, name: str) -> str:
    return f"{debate.base}{what}/{name}"


def _nodes(debate: Debate) -> Iterator[_Row]:
    def node(label: str, id_: str, /, **told: Any) -> _Row:
        key = _key(debate, label.lower(), id_)
        return {"key": key, "label": f"Part;{label}", "id": id_, **told}

    yield node("Debate", debate.id, title=debate.title, base=debate.base)
    for agent in debate.agents:
        yield node("Agent", agent.id, name=agent.name, kind=agent.kind.value)
    for source in debate.sources:
        told = {name: getattr(source, name) for name in _SOURCE}
        yield node("Source", source.id, file=source.text, **told)
    for claim in debate.claims:
        told = {"text": claim.text, "status": claim.status.value, **_origin(claim.origin)}
        if claim.tags:
            told["tags"] = json.dumps(claim.tags, ensure_ascii=False)
        if (anchor := claim.anchor) is not None:
            told |= {f"{name}:int": getattr(anchor, name) for name in _ANCHOR}
        yield node("Claim", claim.id, **told)
    for support in debate.supports:
        if support.name is not None:
            told = {"scheme": support.scheme, "source": support.source, **_origin(support.origin)}
            yield node("Inference", support.name, **told)
    for issue in debate.issues:
        yield node("Issue", issue.id, question=issue.question)


def _origin(origin: Origin) -> _Row:
    return {
        "origin": origin.kind.value,
        "origin_name": origin.name,
        "origin_version": origin.version,
        "confidence:double": origin.confidence,
    }


def _relations(debate: Debate) -> Iterator[_Row]:
    def join(first: tuple[str, str], type_: str, second: tuple[str, str], **told: Any) -> _Row:
        ends = {"start": _key(debate, *first), "end": _key(debate, *second)}
        return {**ends, "type": type_, **told}

    whole = ("debate", debate.id)
    for agent in debate.agents:
        yield from (join(("agent", m), "MEMBER_OF", ("agent", agent.id)) for m in agent.members)
    for source in debate.sources:
        yield join(("agent", source.author), "WROTE", ("source", source.id))
        yield join(("source", source.id), "PART_OF", whole)
    for claim in debate.claims:
        yield join(("agent", claim.holder), "HOLDS", ("claim", claim.id))
        yield join(("claim", claim.id), "STATED_IN", ("source", claim.source))
    for support in debate.supports:
        end = ("claim", support.conclusion)
        if support.name is None:
            told = {"scheme": support.scheme, "source": support.source, **_origin(support.origin)}
            yield join(("claim", support.premises[0]), "SUPPORTS", end, **told)
            continue
        step = ("inference", support.name)
        yield from (join(("claim", p), "PREMISE_OF", step) for p in support.premises)
        yield join(step, "SUPPORTS", end)
    for attack in debate.attacks:
        target = "inference" if attack.kind is AttackKind.UNDERCUT else "claim"
        told = {"kind": attack.kind.value, "source": attack.source, **_origin(attack.origin)}
        yield join(("claim", attack.attacker), "ATTACKS", (target, attack.target), **told)
    for rephrase in debate.rephrases:
        told = {"source": rephrase.source, **_origin(rephrase.origin)}
        yield join(("claim", rephrase.first), "REPHRASES", ("claim", rephrase.second), **told)
    for issue in debate.issues:
        yield join(("issue", issue.id), "PART_OF", whole)
        for kind, claims in (("pro", issue.pro), ("con", issue.con)):
            for name in claims:
                yield join(("claim", name), "ANSWERS", ("issue", issue.id), kind=kind)


_CODES = {"%2D": "-", "%3D": "=", "%2B": "+", "%40": "@", "%5C": "\\\\", "%25": "%"}


def _undone(column: str) -> str:
    """The Cypher that undoes :func:`neo4j_cell`; the percent sign comes last."""
    text = f"row.`{column}`"
    for code, sign in _CODES.items():
        text = f"replace({text}, '{code}', '{sign}')"
    return text


def _set(letter: str, texts: Iterable[str], numbers: dict[str, str]) -> str:
    lines = [f"{letter}.`{name}` = {_undone(name)}" for name in texts]
    for header in _columns((), numbers).values():
        name, _, kind = header.partition(":")
        to = "toFloat" if kind == "double" else "toInteger"
        lines.append(f"{letter}.`{name}` = {to}(row.`{header}`)")
    return ",\n    ".join(lines)


def _cypher() -> str:
    blocks = [
        "// Put nodes.csv and relationships.csv into the import folder of the database first.\n"
        "CREATE CONSTRAINT sicetnon_key IF NOT EXISTS FOR (n:Part) REQUIRE n.key IS UNIQUE;"
    ]
    blocks += [
        "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row\n"
        f"WITH row WHERE row.`:LABEL` = 'Part;{label}'\n"
        f"MERGE (n:Part {{key: {_undone('key:ID')}}})\n"
        f"SET n:{label},\n    {_set('n', _TEXTS, _NUMBERS)};"
        for label in _LABELS
    ]
    for type_ in _TYPES:
        kind = " {kind: row.kind}" if type_ in _KINDS else ""
        blocks.append(
            "LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row\n"
            f"WITH row WHERE row.`:TYPE` = '{type_}'\n"
            f"MATCH (a:Part {{key: {_undone(':START_ID')}}})\n"
            f"MATCH (b:Part {{key: {_undone(':END_ID')}}})\n"
            f"MERGE (a)-[r:{type_}{kind}]->(b)\n"
            f"SET {_set('r', _RELATION_TEXTS, _RELATION_NUMBERS)};"
        )
    return "\n\n".join(blocks) + "\n"
