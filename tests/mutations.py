"""Files that are almost right, for every reader: `python -m tests.mutations [SECONDS] [FORMAT]...`.

A good file of each format is changed at random: bytes flipped, parts cut, doubled, moved, replaced
by what tends to break readers, strings exchanged with one another. Whatever comes in, a reader
gives a debate or an error of ours. The command goes on for so many seconds for each format, and
tells the slowest case and the peak of memory; a find is written to ``mutation-FORMAT.bin`` here.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.synthetic import synthetic
from graph.errors import SicetnonError
from graph.formats.argdown import write_argdown
from graph.formats.table import FORMATS, Format, find_format

#: Quoted strings, which can be exchanged without breaking the syntax around them.
_STRING = re.compile(rb'"[^"\\\n]*"')
_VALUES = (b'""', b'"x"', b"null", b"-1", b"[]", b"{}", b'["a"]', b'{"a": 1}', b"0.5", b"true")

#: The formats whose readers take bytes.
READERS = [entry for entry in FORMATS if entry.parser is not None]

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
    if entry.files is not None:
        return [next(iter(entry.write_all(d, "x").files.values())).encode() for d in debates]
    return [entry.write(debate).encode() for debate in debates]


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the files, changed in one to six places."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 1, 4, 20, 200))
        match chance.randrange(9):
            case 0 | 1 | 2 if strings := [found.span() for found in _STRING.finditer(data)]:
                (start, end), (first, last) = chance.choice(strings), chance.choice(strings)
                data[start:end] = chance.choice((bytes(data[first:last]), *_VALUES))
            case 0 | 3:
                data[at:at] = chance.choice(_SPICE)
            case 1 | 4:
                del data[at : at + size]
            case 2 | 5:
                data[at:at] = data[at : at + size]
            case 6 if data:
                data[at % len(data)] = chance.randrange(256)
            case 7:
                data[at : at + size] = chance.choice(_SPICE)
            case _:
                other = chance.choice(seeds)
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + size]
    return bytes(data)


def mutations(entry: Format, seed: int) -> Iterator[bytes]:
    """Changed files without end, the same for the same seed."""
    seeds, chance = good(entry), random.Random(seed)
    while True:
        yield mutated(seeds, chance)


def main() -> None:
    """Try every reader for some time, and say what came of it."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    chosen = [find_format(name) for name in sys.argv[2:]] or READERS
    for entry in chosen:
        tried = refused = 0
        slowest = 0.0
        end = time.monotonic() + seconds
        for data in mutations(entry, time.time_ns()):
            if time.monotonic() > end:
                break
            start = time.monotonic()
            try:
                entry.parse(data, "file")
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
