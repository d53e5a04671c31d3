"""Argdown read: what each construct means, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SicetnonError
from graph.formats.argdown import parse_argdown, read_argdown, write_argdown
from graph.model import Claim, Debate, Origin, Status, Support
from tests.cases import Case, cases


def _claim(claim: Claim, sources: int) -> str:
    parts = [f"claim {claim.id} = {claim.text}", *(f"#{tag}" for tag in claim.tags)]
    if claim.anchor:
        a = claim.anchor
        parts.append(f"at {a.paragraph}.{a.sentence} {a.start}-{a.end}")
    if claim.origin != Origin():
        o = claim.origin
        parts += ["from", *(str(x) for x in (o.kind, o.name, o.version, o.confidence) if x)]
    if sources > 1:
        parts.append(f"in {claim.source} by {claim.holder}")
    shown = " ".join(parts)
    return f"{shown}, reported" if claim.status is Status.REPORTED else shown


def _support(support: Support) -> str:
    shown = f"support {' + '.join(support.premises)} > {support.conclusion}"
    shown += f" named {support.name}" if support.name else ""
    return shown + (f" by {support.scheme}" if support.scheme else "")


def outline(debate: Debate) -> str:
    """A debate in a few lines that a person can compare."""
    lines = [_claim(claim, len(debate.sources)) for claim in debate.claims]
    lines += sorted(_support(support) for support in debate.supports)
    lines += sorted(f"attack {attack.id}" for attack in debate.attacks)
    lines += sorted(f"rephrase {rephrase.id}" for rephrase in debate.rephrases)
    for issue in debate.issues:
        pro = "".join(f" {claim}" for claim in issue.pro)
        con = "".join(f" {claim}" for claim in issue.con)
        lines.append(f"issue {issue.id} = {issue.question} pro{pro} con{con}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", cases("argdown_reads.txt"), ids=str)
def test_what_it_means(case: Case) -> None:
    debate = parse_argdown(case.given, "x.argdown")
    assert outline(debate) == case.expected
    assert parse_argdown(write_argdown(debate), "x.argdown") == debate


@pytest.mark.parametrize("case", cases("argdown_errors.txt"), ids=str)
def test_what_is_refused(case: Case) -> None:
    with pytest.raises(SicetnonError) as caught:
        parse_argdown(case.given, "x.argdown")
    assert str(caught.value) == case.expected


#: What a file begins with that lists its pieces.
LISTED = """===
agents: {her: Hannah}
sources: {one: {title: One, author: her}}
===

# One {source: one}

"""


def _write(folder: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.argdown").write_bytes(raw)
    return folder / "debate.argdown"


def test_included_files_are_pasted_in(tmp_path: Path) -> None:
    main = _write(tmp_path, debate="@include(one.argdown)\n\n[a]\n  - [b]: B.", one="[a]: A.")
    debate = read_argdown(main)
    assert debate.id == tmp_path.name
    assert [c.id for c in debate.claims] == ["a", "b"]
    assert str(debate.claims[0].place) == "one.argdown:1:1"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"debate": "@include(../x.argdown)"},
            "debate.argdown:1: @include(../x.argdown) leads outside the folder of the debate",
        ),
        (
            {"debate": "@include(no.argdown)"},
            "debate.argdown:1: @include(no.argdown): there is no such file",
        ),
        (
            {"debate": "@include(one.argdown)", "one": "@include(debate.argdown)"},
            "one.argdown:1: debate.argdown includes itself",
        ),
        (
            {"debate": "@include(one.argdown)", "one": "===\ntitle: X\n===\n"},
            "debate.argdown:1: one.argdown is included, so it can have no front matter of its own",
        ),
        (
            {"debate": f"{LISTED}@include(one.argdown)", "one": "[a]: A.\n  + [nowhere]"},
            "one.argdown:2:5: claim [nowhere] is used but never stated",
        ),
        ({"debate": b"[a]: A.\n[b]: \xff"}, "debate.argdown:2: not UTF-8 (byte 0xff)"),
    ],
)
def test_bad_files(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(SicetnonError) as caught:
        read_argdown(_write(tmp_path, **files))
    assert str(caught.value) == message


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.argdown"
    outside.write_text("[a]: A.")
    folder = tmp_path / "debate"
    folder.mkdir()
    (folder / "link.argdown").symlink_to(outside)
    with pytest.raises(SicetnonError, match="leads outside the folder"):
        read_argdown(_write(folder, debate="@include(link.argdown)"))


def test_a_map_of_any_depth_is_read() -> None:
    deep = "[c0]: Root.\n" + "".join(f"{' ' * n}+ [c{n}]: Text.\n" for n in range(1, 3000))
    assert len(parse_argdown(deep).supports) == 2999


def test_a_line_of_ten_megabytes_is_read() -> None:
    assert len(parse_argdown("[a]: " + "word " * 2_000_000).claim("a").text) == 9_999_999
