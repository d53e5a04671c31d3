"""Hostile files: a reader gives a debate or an error of ours, within bounds of time and memory.

The bounds are the operating system's: a process of its own that may use so many seconds of the
processor and so much memory, and fails otherwise.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from graph.errors import SicetnonError
from graph.formats.format import Format
from graph.formats.table import find_format
from tests.mutations import READERS, TABLES, mutations, read

_SECONDS, _MEGABYTES = 30, 3000

_BOUNDED = """
import resource, sys
megabytes = {megabytes} * 2**20
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, (megabytes, megabytes))
from graph.errors import SicetnonError
from graph.formats.table import find_format
for expression in sys.argv[2:]:
    try:
        debate = find_format(sys.argv[1]).parse(eval(expression), "file").debate
        print("read", len(debate.claims))
    except SicetnonError as error:
        print("error:", error)
"""


def bounded(name: str, *expressions: str) -> list[str]:
    """What a reader makes of the values of expressions, in a process with bounds."""
    code = _BOUNDED.format(seconds=_SECONDS, megabytes=_MEGABYTES)
    done = subprocess.run(
        [sys.executable, "-c", code, name, *expressions],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.splitlines()
    assert len(lines) == len(expressions)
    return lines


JSON = [e.name for e in READERS if {".json", ".jsonld"}.intersection(e.suffixes)]
XML = ["graphml", "gexf", "microtexts", "rdfxml"]

DEEP = (
    "b'[' * 100_000",
    "b'{\"a\":' * 100_000",
    "b'{\"nodes\":' + b'[' * 100_000 + b']' * 100_000 + b'}'",
)


@pytest.mark.parametrize("name", JSON)
def test_json_nested_too_deep(name: str) -> None:
    assert all(told.startswith("error: file") for told in bounded(name, *DEEP))


@pytest.mark.parametrize("name", ["aif", "arguebuf", "cytoscape"])
def test_json_of_100_mb_that_is_wide(name: str) -> None:
    wide = "b'{\"nodes\": [' + b'{\"nodeID\": \"1\"},' * 6_500_000 + b'3]}'"
    (told,) = bounded(name, wide)
    assert told.startswith("error: file")


BOMB = (
    "b'<!DOCTYPE a [<!ENTITY x0 \"ha\">'"
    " + b''.join(b'<!ENTITY x%d \"%s\">' % (n, b'&x%d;' % (n - 1) * 10) for n in range(1, 12))"
    " + b']><arggraph>&x11;</arggraph>'"
)
OUTSIDE = "b'<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><arggraph>&x;</arggraph>'"


@pytest.mark.parametrize("name", XML)
def test_xml_that_declares_entities_or_is_nested_too_deep(name: str) -> None:
    open_, closed = "b'<a>' * 200_000", "b'<a>' * 100_000 + b'</a>' * 100_000"
    for told in bounded(name, BOMB, OUTSIDE, open_, closed):
        assert told.startswith("error: file")
        assert "root:" not in told


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("kialo", "b'Discussion Title: x\\n1. a\\n' + b''.join(b'1.%d. Pro: -> See 1.%d.\\n' % (n, n % 50_000 + 1) for n in range(1, 50_001))"),  # noqa: E501
        ("kialo", "b'1. ' + b'1.' * 500_000 + b' x'"),
        ("kialo", "b'1. a\\n' + b''.join(b'1.' * n + b' Pro: a\\n' for n in range(2, 1500))"),
        ("argdown", "b'[a]: x ' + b'{' * 100_000"),
        ("argdown", "b'[a]: ' + b'[' * 100_000"),
        ("argdown", "b'[a]: ' + b'*' * 100_000"),
        ("argdown", "b'[a]: x\\n' + b''.join(b' ' * n + b'+ y%d\\n' % n for n in range(1, 2000))"),
        ("brat", "b''.join(b'T%d\\tClaim 0 9\\tx\\n' % n for n in range(200_000))"),
        ("microtexts", "b'<arggraph>' + b'<adu id=\"a\"/>' * 200_000 + b'</arggraph>'"),
        ("aif", "b'{\"nodes\": [{\"nodeID\": 1, \"type\": \"L\", \"text\": \"' + b'a: ' * 1_000_000 + b'\"}]}'"),  # noqa: E501
        ("aif", "b'{\"nodes\": [' + b','.join(b'{\"nodeID\": %d, \"type\": \"RA\"}' % n for n in range(300_000)) + b']}'"),  # noqa: E501
    ],
    ids=lambda value: value[:24],
)  # fmt: skip
def test_what_makes_slow_readers_slow(name: str, expression: str) -> None:
    (told,) = bounded(name, expression)
    assert told.startswith(("read", "error: file"))


def tried(entry: Format, data: bytes) -> None:
    """Read the data; what goes wrong must be an error of ours, of one line."""
    message = ""
    try:
        read(entry, data)
    except SicetnonError as error:
        message = str(error)
    assert "\n" not in message


@pytest.mark.parametrize("entry", READERS, ids=[entry.name for entry in READERS])
@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"\x00" * 5000, "[a]: Trams.".encode("utf-16"), b"\xff\xfe\x00\x01", b"\xc3"],
    ids=["nothing", "NUL", "many NULs", "UTF-16", "half a UTF-16", "half a letter"],
)
def test_bytes_that_are_no_text(entry: Format, data: bytes) -> None:
    tried(entry, data)


@pytest.mark.parametrize("entry", [*READERS, TABLES], ids=lambda entry: entry.name)
def test_files_that_are_almost_right(entry: Format) -> None:
    for data in islice(mutations(entry, 1), 150):
        tried(entry, data)


def test_a_path_in_an_include_stays_inside(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.argdown").write_text("[s]: Secret.")
    for name in ("../secret.argdown", "/etc/passwd", "a/../../secret.argdown", "..\\secret"):
        (inner / "debate.argdown").write_text(f"@include({name})\n")
        with pytest.raises(SicetnonError, match=r"outside the folder|no such file"):
            find_format("argdown").read(inner / "debate.argdown")
    (inner / "link.argdown").symlink_to(tmp_path / "secret.argdown")
    (inner / "debate.argdown").write_text("@include(link.argdown)\n")
    with pytest.raises(SicetnonError, match="outside the folder"):
        find_format("argdown").read(inner / "debate.argdown")
