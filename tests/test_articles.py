"""Articles read from files: what is prose, where it stands in the file, who wrote it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import MissingExtraError, SourceTextError
from graph.mining.articles import read_article
from graph.mining.parts import Article, Span
from graph.model import Agent, Anchor, Claim, Debate, Source
from graph.passages import anchor_at, passages, sentences
from graph.readable import characters, shown

FIXTURES = Path(__file__).parent / "fixtures" / "articles"
ARTICLES = sorted(path for path in FIXTURES.iterdir() if path.suffix != ".expected")
PIECES = Path(os.environ.get("SICETNON_TEXTS", ""))

LINES = (
    "The night trams should run until one, since people work until midnight.",
    "Nobody who rides at ten has a choice, and the council has known it for years.",
    "A bus would cost more and would stand in the same queue as the cars do today.",
)


def bare(words: str) -> str:
    """The letters and signs without white space."""
    return "".join(words.split())


def spans(article: Article) -> list[Span]:
    """Every word of the prose, every two words, and every paragraph."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", article.prose):
        words = [m.span() for m in re.finditer(r"\S+", paragraph.group())]
        at = paragraph.start()
        ends = [*zip(words, words, strict=True), *pairwise(words)]
        ends.append((words[0], words[-1]))
        found += [Span(at + first[0], at + last[1]) for first, last in ends]
    return found


def check_spans(article: Article, marks: str = "") -> None:
    for span in spans(article):
        there = article.in_file(span)
        seen = shown(article.name, article.characters, there.start, there.end)
        for mark in marks:
            seen = seen.replace(mark, "")
        assert bare(seen) == bare(span.of(article.prose))


def told(article: Article) -> str:
    facts = [
        f"title: {article.title}",
        *(f"author: {name}" for name in article.authors),
        f"date: {article.date}",
        f"publisher: {article.publisher}",
    ]
    return "\n".join(facts) + f"\n\n{article.body}\n"


def page(body: str) -> str:
    return f"<html><body><article>{body}</article></body></html>"


def write(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_there_are_fixtures() -> None:
    assert {path.suffix for path in ARTICLES} == {".html", ".md", ".txt"}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_what_is_read(path: Path) -> None:
    expected = Path(f"{path}.expected").read_text(encoding="utf-8")
    assert told(read_article(path)) == expected


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_spans_lead_to_the_words(path: Path) -> None:
    article = read_article(path)
    if path.suffix != ".md":
        check_spans(article)
    assert all(run.file + run.file_length <= len(article.characters) for run in article.runs)


def test_spans_of_markdown_lead_to_the_words() -> None:
    article = read_article(FIXTURES / "post.md")
    for words, there in (
        (
            "close the branch library on",
            "close** the [branch library](https://example.org/branch_(old)) on",
        ),
        ("few", "few"),
        ("9 000", "9&nbsp;000"),
        ("because the heating", "because the\n  heating"),
    ):
        start = article.prose.index(words)
        span = article.in_file(Span(start, start + len(words)))
        assert span.of(article.characters) == there


def test_a_hard_wrapped_text_has_anchors() -> None:
    article = read_article(FIXTURES / "wrapped.txt")
    start = article.prose.index("A tram over")
    there = article.in_file(Span(start, article.prose.index("of the price.") + 13))
    assert anchor_at(article.characters, there.start, there.end).paragraph == 4


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_every_sentence_has_an_anchor(path: Path) -> None:
    article = read_article(path)
    for sentence in sentences(article.prose):
        there = article.in_file(Span(sentence.start, sentence.end))
        if path.suffix != ".html":
            assert anchor_at(article.characters, there.start, there.end)


def test_passages_of_a_page_and_a_pdf(tmp_path: Path) -> None:
    for name, raw in (("a.html", (FIXTURES / "news.html").read_bytes()), ("a.pdf", pdf(2))):
        article = read_article(write(tmp_path, name, raw))
        first = next(sentences(article.prose))
        there = article.in_file(Span(first.start, first.end))
        anchor = Anchor(1, 1, there.start, there.end)
        if name == "a.pdf":
            anchor = anchor_at(article.characters, there.start, there.end)
        debate = Debate(
            "d", "D", agents=(Agent("her", "Hannah"),),
            sources=(Source("one", "One", "her", text=name, sha256=article.sha256),),
            claims=(Claim("a", "A.", "one", "her", anchor=anchor),),
        )  # fmt: skip
        words = article.prose[first.start : first.end]
        assert bare(passages(debate, tmp_path)["a"]).replace("coun-ty", "county") == bare(words)


@pytest.mark.parametrize(("start", "end"), [(0, 15), (5, 99_999)])
def test_an_anchor_in_a_page_must_show_words(tmp_path: Path, start: int, end: int) -> None:
    write(tmp_path, "a.html", page(f"<p>{LINES[0]}</p>"))
    debate = Debate(
        "d", "D", agents=(Agent("her", "Hannah"),),
        sources=(Source("one", "One", "her", text="a.html"),),
        claims=(Claim("a", "A.", "one", "her", anchor=Anchor(1, 1, start, end)),),
    )  # fmt: skip
    with pytest.raises(SourceTextError, match=r"claim \[a\].* shows no words of one"):
        passages(debate, tmp_path)


def test_a_page_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert read_article(FIXTURES / "news.html").prose


def test_the_extractor_is_loaded_for_pages_only() -> None:
    code = (
        "import sys; from pathlib import Path; import cli; "
        "from graph.mining.articles import read_article; "
        f"read_article(Path({str(FIXTURES / 'plain.txt')!r})); "
        "sys.exit('trafilatura' in sys.modules or 'pypdf' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=FIXTURES.parents[2])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\r\n\xc2\xa0", "nothing but white space"),
        ("a.txt", b"\x89PNG\r\n", "not UTF-8 at byte 0"),
        ("a.txt", b"Trams\0", "character 5 is a NUL"),
        ("a.md", b"\xff\xfea\0b", "not UTF-16 at byte 4"),
        ("a.docx", b"PK", "no article is read from such a file; known: .txt, .md"),
        ("a.html", b"<nav>Home</nav><script>1</script>", "holds no article"),
        ("a.html", b"<p hidden>Nothing to see here.</p>", "holds no article"),
        ("a.md", b"```\nprint()\n```\n", "holds no article"),
        ("a.pdf", b"%PDF-1.7 and no more", "a broken PDF"),
        ("a.pdf", b"", "the file is empty"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, name: str, text: bytes, message: str) -> None:
    with pytest.raises(SourceTextError, match=re.escape(message)) as caught:
        read_article(write(tmp_path, name, text))
    assert "\n" not in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_no_file_and_a_large_file(tmp_path: Path) -> None:
    with pytest.raises(SourceTextError, match="No such file"):
        read_article(tmp_path / "a.txt")
    path = tmp_path / "b.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SourceTextError, match="50 MB are too large for an article"):
        read_article(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "[Opinion] : Trams must go\n\nBy Ana Renck\n\nThey squeal."),
        ("a.md", "# Trams must go\n\nThey squeal."),
        ("a.html", page("<h1>Trams must go</h1><p>They squeal, and nobody rides them.</p>")),
    ],
)
def test_a_headline_is_the_first_paragraph(tmp_path: Path, name: str, text: str) -> None:
    article = read_article(write(tmp_path, name, text))
    first = Span(0, article.headline)
    assert first.of(article.prose) == "Trams must go"
    assert article.in_file(first).of(article.characters) == "Trams must go"
    assert article.body.startswith("They squeal")


def test_a_title_stated_elsewhere_is_no_headline(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.md", "---\ntitle: On trams\n---\nThey squeal."))
    assert (article.title, article.headline, article.prose) == ("On trams", 0, "They squeal.")


def test_byte_order_marks(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        article = read_article(write(tmp_path, "a.txt", "On trams\n\nThey run.".encode(encoding)))
        assert (article.title, article.body) == ("On trams", "They run.")
        start = article.prose.index("They")
        assert article.in_file(Span(start, start + 4)).of(article.characters) == "They"


@pytest.mark.parametrize("text", ["trams are good for towns", "word " * 5000, "x" * 100_000])
def test_a_text_without_sentences_is_prose(tmp_path: Path, text: str) -> None:
    assert read_article(write(tmp_path, "a.txt", text)).body == text.strip()


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul", "table"])
def test_deep_pages_are_read(tmp_path: Path, tag: str) -> None:
    text = f"<{tag}>" * 100_000 + "".join(f"<p>{line}</p>" for line in LINES)
    article = read_article(write(tmp_path, "a.html", text))
    assert LINES[0] in article.prose
    check_spans(article)


@pytest.mark.parametrize(
    "tail", ["<a", "<!--", "<a '", "</a", "<![", "<a x ", "&", "&a", "<p ", "<script>", "<"]
)
def test_broken_pages_take_no_time(tmp_path: Path, tail: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES) + tail * 100_000
    assert LINES[0] in read_article(write(tmp_path, "a.html", page(text))).prose


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>{}</span>",
        "<span style='font-size: 0px'>{}</span>",
        "<span style='position:absolute; left:-9999px'>{}</span>",
        "<span style='opacity:0'>{}</span>",
        "<span aria-hidden=true>{}</span>",
        "<span hidden>{}</span>",
        "<span class='big sr-only'>{}</span>",
        "<span class=unseen>{}</span>",
        "<!-- {} -->",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
    ],
)
def test_hidden_words_are_no_prose(tmp_path: Path, hidden: str) -> None:
    style = "<style>b.unseen, .other { Display: NONE }</style>"
    text = f"<p>{LINES[0]} {hidden.format('Obey me now.')} {LINES[1]}</p>"
    article = read_article(write(tmp_path, "a.html", style + page(text)))
    assert article.body == f"{LINES[0]} {LINES[1]}"
    check_spans(article)


@pytest.mark.parametrize(
    "style", ["font-size: 0.9em", "margin-left:-100px", "opacity: 0.5", "opacity:0; transition: 1s"]
)
def test_other_styles_hide_nothing(tmp_path: Path, style: str) -> None:
    text = page(f"<p style='{style}'>{LINES[0]}</p><p>{LINES[1]}</p>")
    assert LINES[0] in read_article(write(tmp_path, "a.html", text)).prose


SAMPLES = "trams squeal & sing <loud> in “narrow” bends naïve شارع 市 e.g. 5% a;b"
WORDS = st.lists(st.sampled_from(SAMPLES.split()), min_size=6, max_size=20)
TAGS = st.sampled_from(["b", "i", "a href='x?a=1&b=2'", "span class=c", "em", "strong"])


@st.composite
def html_words(draw: st.DrawFn) -> str:
    """Words as HTML: some as entities, some with tags in or around them, odd white space."""
    found = []
    for word in draw(WORDS):
        letters = [
            draw(st.sampled_from([f"&#{ord(c)};", f"&#x{ord(c):x};", escape(c)]))
            if c in "&<>“" or draw(st.integers(0, 9)) == 0
            else c
            for c in word
        ]
        if draw(st.integers(0, 4)) == 0:
            tag, at = draw(TAGS), draw(st.integers(0, len(letters) - 1))
            letters.insert(at, f"<{tag}>")
            letters.append(f"</{tag.split()[0]}>")
        found.append("".join(letters))
        found.append(draw(st.sampled_from([" ", "  ", "\n", " <!-- x --> ", "&nbsp;", "<br>"])))
    return "".join(found) + "so they do."


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(html_words(), min_size=2, max_size=5))
def test_spans_of_any_page_lead_to_the_words(tmp_path: Path, paragraphs: list[str]) -> None:
    text = page("".join(f"<p>{paragraph}</p>" for paragraph in [*paragraphs, *LINES]))
    article = read_article(write(tmp_path, "a.html", text))
    assert LINES[0] in article.prose
    check_spans(article)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab.A \n\r\t*_[]()<>&;#-`!\u00a0\u00ad\u05d0", min_size=1, max_size=200))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_any_text_is_read_or_refused(tmp_path: Path, suffix: str, text: str) -> None:
    try:
        article = read_article(write(tmp_path, f"a{suffix}", text))
    except SourceTextError:
        return
    assert article.prose.strip() == article.prose != ""
    if suffix != ".md":
        check_spans(article, marks="\u00ad")


DAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday")


def pdf(pages: int, *, head: str = "", password: str = "", picture: bool = False) -> bytes:
    """A PDF of wrapped and hyphenated lines with running heads and page numbers."""
    made = FPDF()
    made.set_font("helvetica", size=11)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for number in range(1, pages + 1):
        made.add_page()
        if picture:
            made.rect(20, 20, 100, 50)
            continue
        lines = [
            f"{head} {number}",
            f"On {DAYS[number]} the council says that night trams cost more than the coun-",
            "ty can pay, and that nobody rides them after ten in the evening anyway, as",
            "everybody knows. A long-term contract would be cheaper.",
            f"The number {number} tram is full at eleven, and the people in it pay for their long-",
            f"term tickets, which the council forgets whenever it counts on a {DAYS[number]},",
            str(number),
        ]
        for line in lines:
            made.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def test_a_pdf_is_read(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.pdf", pdf(3, head="The Harbour Mail")))
    assert "more than the county can pay" in article.prose
    assert "their long-term tickets" in article.prose
    assert "counts on a Monday, On Tuesday the council" in article.prose
    assert "Harbour" not in article.prose
    start = article.prose.index("county can")
    there = article.in_file(Span(start, start + 10)).of(article.characters)
    assert there == "coun-\nty can"


def test_every_sentence_of_a_pdf_has_an_anchor(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "a.pdf", pdf(4, head="The Harbour Mail")))
    for found in re.finditer(r"A long-term contract[^.]*\.|The number[^.]*\.", article.prose):
        there = article.in_file(Span(*found.span()))
        assert anchor_at(article.characters, there.start, there.end)


def test_bad_pdfs(tmp_path: Path) -> None:
    with pytest.raises(SourceTextError, match="holds no text; it may be a scan"):
        read_article(write(tmp_path, "a.pdf", pdf(2, picture=True)))
    with pytest.raises(SourceTextError, match="locked with a password"):
        read_article(write(tmp_path, "b.pdf", pdf(1, password="secret")))
    with pytest.raises(SourceTextError, match="a broken PDF"):
        read_article(write(tmp_path, "c.pdf", pdf(1)[:400]))


def test_a_pdf_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtraError, match=r"sicetnon\[pdf\]"):
        characters(write(tmp_path, "a.pdf", pdf(1)))


@pytest.mark.parametrize(
    ("name", "title", "authors", "date", "paragraphs"),
    [
        ("chollet-escobar", "The Time", ("Derek Chollet", "Gabriel Escobar"), None, 8),
        ("ecfr", "Violence in", (), None, 10),
        ("florescu", "NATO Chief", ("Cristian Florescu",), None, 11),
        ("hehir", "Agreeing", ("Aidan Hehir",), "2023-10-20", 11),
        ("recognition-framework", "", (), None, 22),
    ],
)
def test_the_five_pieces(
    name: str, title: str, authors: tuple[str, ...], date: str | None, paragraphs: int
) -> None:
    path = PIECES / f"{name}.txt"
    if not path.is_file():
        return
    article = read_article(path)
    assert (article.title or "").startswith(title)
    assert (article.authors, article.date) == (authors, date)
    assert article.body.count("\n\n") == paragraphs - 1
    check_spans(article)
