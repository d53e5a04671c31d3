"""Files that are almost right, for every reader: `python -m tests.mutations [SECONDS] [FORMAT]...`.

A good file of each format is changed at random: bytes flipped, parts cut, doubled, moved, replaced
by what tends to break readers, strings exchanged with one another. Whatever comes in, a reader
gives a debate or an error of ours. The command goes on for so many seconds for each format, and
tells the slowest case and the peak of memory; a find is written to ``mutation-FORMAT.bin`` here.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.synthetic import synthetic
from graph.errors import SicetnonError
from graph.formats.argdown import write_argdown
from graph.formats.format import Format
from graph.formats.table import FORMATS, find_format

_ATTRIBUTE = re.compile(rb'(?<==)"[^"<\n]*"')
_VALUES: tuple[object, ...] = (
    None, "", "x", -1, 10**30, 0.5, True, [], {}, ["a"], {"a": 1}, "\x00", "I", "RA", "CA", "L",
)  # fmt: skip

#: The formats whose readers take bytes, and tables, which are put into one to be changed.
READERS = [entry for entry in FORMATS if entry.parser is not None]
TABLES = find_format("csv")
_BETWEEN = b"\x1c"

_SPICE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"null", b"-1", b"1e999", b"[", b"{", b"}", b"]", b'"',
    b"[[[[[[[[", b"<", b">", b"&a;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"\n", b"\r", b"\t",
    b"  ", b"-> See 1.", b"1.1.1. Pro: ", b"@include(../x)", b"===\n", b"(1) ", b"--\n", b"><",
    b"_ ", b"T1\tClaim 0 9999999\tx\n", b"R1\tsupports Arg1:T1 Arg2:T1\n", b"\\", b"\xc3",
    b"\xed\xa0\x80", "\u2028".encode(), "\U0001f600".encode(), b"999999999999999999999",
    b"#", b"//", b"/*",
)  # fmt: skip


def good(entry: Format) -> list[bytes]:
    """Good files of a format, small ones."""
    debates = [synthetic(size, seed) for size, seed in ((2, 1), (6, 2), (12, 3))]
    if entry.name == "argdown":
        return [write_argdown(debate).encode() for debate in debates]
    if entry is TABLES:
        tables = [entry.write_all(debate, "x").files for debate in debates]
        return [_BETWEEN.join(f"{n}\n{t}".encode() for n, t in made.items()) for made in tables]
    if entry.files is not None:
        return [next(iter(entry.write_all(d, "x").files.values())).encode() for d in debates]
    return [entry.write(debate).encode() for debate in debates]


def shaken(data: bytes, chance: random.Random) -> bytes:
    """JSON or XML with some values exchanged, added or gone, and its syntax whole."""
    if data[:1] != b"{":
        made = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            spans = [found.span() for found in _ATTRIBUTE.finditer(made)]
            if spans:
                (start, end), (first, last) = chance.choice(spans), chance.choice(spans)
                made[start:end] = chance.choice((bytes(made[first:last]), b'""', b'"x"'))
        return bytes(made)
    tree = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        (parent, key), (other, place) = somewhere(tree, chance), somewhere(tree, chance)
        if parent is None or chance.random() < 0.2:
            continue
        if chance.random() < 0.3:
            del parent[key]
        else:
            given = chance.choice(_VALUES)
            if other is not None and chance.random() < 0.5:
                known = place in other if isinstance(other, dict) else place < len(other)
                given = other[place] if known else given
            given = json.loads(json.dumps(given))  # a copy, which makes no circle
            parent[key] = given
    return json.dumps(tree).encode()


def somewhere(tree: Any, chance: random.Random) -> tuple[Any, Any]:
    """An object or list somewhere in a tree, and a key or index in it."""
    parent, key, node = None, None, tree
    while isinstance(node, dict | list) and node and (parent is None or chance.random() < 0.8):
        parent = node
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        node = node[key]
    return parent, key


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the files, changed in one to six places, half of them with the syntax kept whole."""
    seed = chance.choice(seeds)
    if seed[:1] in (b"{", b"<") and chance.random() < 0.6:
        return shaken(seed, chance)
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 1, 4, 20, 200))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(_SPICE)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case 3 if data:
                data[at % len(data)] = chance.randrange(256)
            case 4:
                data[at : at + size] = chance.choice(_SPICE)
            case _:
                other = chance.choice(seeds)
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + size]
    return bytes(data)


def read(entry: Format, data: bytes) -> None:
    """Read what a file of a format has become."""
    if entry is not TABLES:
        entry.parse(data, "file")
        return
    with tempfile.TemporaryDirectory() as folder:
        for table in data.split(_BETWEEN):
            name, _, text = table.partition(b"\n")
            known = name.decode("ascii", "replace")
            if re.fullmatch(r"[a-z]+\.csv", known):
                (Path(folder) / known).write_bytes(text)
        entry.read(Path(folder))


def mutations(entry: Format, seed: int) -> Iterator[bytes]:
    """Changed files without end, the same for the same seed."""
    seeds, chance = good(entry), random.Random(seed)
    while True:
        yield mutated(seeds, chance)


def main() -> None:
    """Try every reader for some time, and say what came of it."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    chosen = [find_format(name) for name in sys.argv[2:]] or [*READERS, TABLES]
    for entry in chosen:
        tried = refused = 0
        slowest = 0.0
        end = time.monotonic() + seconds
        for data in mutations(entry, time.time_ns()):
            if time.monotonic() > end:
                break
            start = time.monotonic()
            try:
                read(entry, data)
            except SicetnonError:
                refused += 1
            except BaseException:
                Path(f"mutation-{entry.name}.bin").write_bytes(data)
                raise
            tried += 1
            slowest = max(slowest, time.monotonic() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{entry.name}: {tried} files, {refused} refused, slowest {slowest:.2f} s, "
            f"{peak} MB at most so far",
            flush=True,
        )


if __name__ == "__main__":
    main()
