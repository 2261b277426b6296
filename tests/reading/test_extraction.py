"""Which part of a page is the article: measured on ten pages, and never a crash."""

import html
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.reading import extraction
from burdenshare.reading.extraction import HtmlReader, html_reader, installed_reader, read_page
from burdenshare.reading.read import read_document

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
WORD = re.compile(r"\w+")
# In the pages each element of the article is marked; the mark is taken out before they are read.
OWN = re.compile(r"<(\w+)[^<>]* data-own>(.*?)</\1>", re.S)


def page(path: Path) -> tuple[str, str]:
    """Return a page as it would be found, and the words of its article."""
    raw = path.read_text("utf-8")
    own = (re.sub(r"<[^<>]*>", " ", match[2]) for match in OWN.finditer(raw))
    return raw.replace(" data-own", ""), html.unescape(" ".join(own))


def score(path: Path, reader: HtmlReader) -> tuple[float, float]:
    """Return precision and recall of the words that a reader takes for the article's."""
    raw, own = page(path)
    read, wanted = (
        Counter(WORD.findall(text)) for text in (read_document(raw, None, True, reader).text, own)
    )
    shared = sum((read & wanted).values())
    return shared / sum(read.values()), shared / sum(wanted.values())


def mean_f1(reader: HtmlReader) -> float:
    """Return the mean over all pages of the harmonic mean of precision and recall."""
    scores = [score(path, reader) for path in PAGES]
    return sum(2 * p * r / (p + r) for p, r in scores) / len(scores)


def test_there_are_ten_pages() -> None:
    assert len(PAGES) == 10


def test_trafilatura_finds_the_article_better() -> None:
    """The figures are those of docs/guide.md, to two digits."""
    assert round(mean_f1("plain"), 2) == 0.75
    assert round(mean_f1("trafilatura"), 2) == 0.92


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_offsets_stay_those_of_the_file(path: Path) -> None:
    raw, _ = page(path)
    text, _ = read_page(raw, "trafilatura")
    plain, _ = read_page(raw, "plain")
    assert len(text) == len(raw)
    assert all(one in (other, " ") for one, other in zip(text, plain, strict=True))
    kept = [line for line in text.splitlines() if line.strip()]
    assert kept
    assert all(line.strip() in plain for line in kept)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_the_article_is_lost_on_most_pages(path: Path) -> None:
    # A live page's key points and a portal's subtitle are not found.
    assert score(path, "trafilatura")[1] > {"live": 0.77, "portal": 0.85}.get(path.stem, 0.99)


def test_the_headline_stays_where_trafilatura_leaves_it_out() -> None:
    raw, _ = page(next(path for path in PAGES if path.stem == "soup"))
    text, _ = read_page(raw, "trafilatura")
    assert "Luxembourg defends its plan to spend more" in text
    assert "Trump says allies must pay 5 per cent" not in text
    assert "Trump says allies must pay 5 per cent" in read_page(raw, "plain")[0]


@pytest.mark.parametrize("broken", ["", "words that stand nowhere on the page " * 30])
def test_where_it_finds_nothing_the_plain_reader_answers(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "_extracted", lambda _: broken)
    raw, _ = page(PAGES[0])
    assert read_page(raw, "trafilatura") == read_page(raw, "plain")


def test_where_it_fails_the_plain_reader_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ValueError

    monkeypatch.setattr("trafilatura.extract", fail)
    raw, _ = page(PAGES[0])
    assert read_page(raw, "trafilatura") == read_page(raw, "plain")


HOSTILE = {
    "deep": "<html><body>" + "<div>" * 20_000 + "words",
    "paragraphs": "<html><body>" + "<p>x " * 3_000,
    "signs": "<html>" + "<" * 20_000,
    "entities": "<html><body>" + "&#x" * 20_000,
    "control": "<html><body>\x01\x02<p>hello",
    "declared": '<?xml version="1.0" encoding="utf-16"?><html><body>' + "<p>words " * 50,
    "nested": "<html><body>" + "<table><tr><td><ul><li>" * 3_000 + "x",
    "unclosed": "<html><body><script>" + "words " * 50,
    "attribute": "<html><p " + "a='b' " * 5_000 + ">x",
    "bare": "<html>",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_pages_are_read(raw: str, capfd: pytest.CaptureFixture[str]) -> None:
    text, _ = read_page(raw, "trafilatura")
    assert len(text) == len(raw)
    assert capfd.readouterr() == ("", "")


def test_a_page_too_large_is_read_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "_extracted", lambda _: pytest.fail("it was asked"))
    for raw in ("<p>" + "word " * 400_001, "<p>" * 50_001):
        assert read_page(raw, "trafilatura") == read_page(raw, "plain")


def test_without_trafilatura_pages_are_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed_reader() == "trafilatura"
    assert html_reader("plain") == "plain"
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert html_reader(None) == "plain"
    with pytest.raises(UserError, match=r"pip install 'burdenshare\[html\]'"):
        html_reader("trafilatura")
