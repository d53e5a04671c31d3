"""The queries that ask for values, put to the five pieces: columns, number of rows, a row to know."""

from __future__ import annotations

from functools import cache

import pytest

from graph.build import to_store
from graph.named_queries import find_query, named_queries
from graph.oxigraph import OxDataset
from graph.query import run_query
from graph.results import plain_rows
from tests.kosovo import kosovo

#: Query, values, columns, number of rows, and words that one row holds.
ASKED = """
answers-of author=hehir | question side text | 17 | Does Serbia negotiate in good faith? con
answers-to issue=establish-asm | side holder text | 7 | con Aidan Hehir
attacks-on claim=ce-asm-now | holder kind text | 1 | contrary Kosovo should not agree
claims-about topic=asm | holder text | 92 | Aidan Hehir A demand after Banjska
claims-in source=hehir | holder status text start | 89 | It would be disastrous for Kosovo
claims-of author=hehir | source status text start | 80 | asserted Kosovo should not agree
claims-that-mention words=vucic | holder text | 33 | most blatant appeasement of Vucic
clashes-between author=hehir author2=chollet-escobar | rank weight point firstHolder first secondHolder second | 22 | 1 234 The question is: Should Kosovo establish
common-ground-between author=hehir author2=ecfr | holder text relation otherText | 8 | Aidan Hehir In the past twelve months
conceded-by author=hehir | source text | 3 | Kosovo is not the country with the greatest
contradictions-of author=hehir | rank kind own opponent theirs | 71 | 1 directContradiction Kosovo should not
contradictions-with-claim claim=ce-asm-now | rank kind holder text | 71 | 1 directContradiction Aidan Hehir
crux-between author=hehir author2=chollet-escobar | holder text dissolves | 10 | No country in the world is more pro-Kosovo
evidence-for claim=heh-asm-disaster | holder evidence | 38 | seek equal treatment in the negotiations
fallen-of author=hehir | text reading reason | 8 | necessary out: it rests on
follows-from claim=heh-asm-disaster | holder text | 1 | Aidan Hehir Kosovo should not agree
made-by name=The Sic et Non founders | confidence holder text | 474 | huge strategic error
passage-of claim=ce-asm-now | source file paragraph sentence start end | 1 | chollet-escobar.txt 1 1 0 40
reasons-for claim=heh-asm-disaster | argument holder premise | 6 | With the passing of time the ASM
reported-by author=hehir | holder text | 9 | Aleksandar Vucic Brutal ethnic cleansing
same-as claim=ce-asm-now | holder text | 1 | The internationals Kosovo must establish the ASM
standing-of claim=heh-asm-disaster | semantics reading label reason | 3 | grounded deductive undecided
unanswered-by author=hehir | rank holder text against | 9 | Misjudgments by Kosovo
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in ASKED.strip().splitlines()]


def values_of(question: str) -> dict[str, str]:
    """The values that follow the name of a query."""
    _, _, rest = question.partition(" ")
    return dict(part.split("=") for part in rest.replace(" author2", "|author2").split("|"))


@cache
def store() -> OxDataset:
    return to_store(kosovo())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].split()[0])
def test_what_a_query_finds_in_the_five_pieces(row: list[str]) -> None:
    question, columns, count, words = row
    name, values = question.split()[0], values_of(question)
    result = run_query(store(), name, values)
    assert result.variables == (*columns.split(), *values)
    assert len(result.rows) == int(count)
    assert any(words in " ".join(cells) for cells in plain_rows(result, kosovo().base))


def test_every_query_that_asks_for_values_is_tried() -> None:
    asking = {query.name for query in named_queries() if query.parameters}
    assert {row[0].split()[0] for row in ROWS} == asking
    assert find_query("clashes-between") is not None
