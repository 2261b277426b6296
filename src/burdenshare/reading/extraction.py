"""Which blocks of a page are the article: trafilatura chooses, the offsets stay the file's."""

from __future__ import annotations

import functools
import importlib.util
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from burdenshare.errors import UserError
from burdenshare.reading.document import Span
from burdenshare.reading.markup import META, attributes, plain, read_markup
from burdenshare.reading.sentences import lines

HtmlReader = Literal["plain", "trafilatura"]

WORD = re.compile(r"\w++")
TITLE = re.compile(r"<title\b[^<>]*+>([^<]*+)", re.I)
HEADING = re.compile(r"<h1\b[^<>]*+>", re.I)
_GROUP = 3  # words that must stand together for a line to be the same line
_SHARE = 0.75  # of the groups of a line that must be in the article
_LONGEST_PAGE = 2_000_000  # characters; a longer one is read plainly, in bounded time
_MOST_TAGS = 50_000
_FEWEST = 40  # words of an article; a page on which fewer were found is read plainly

Words = tuple[str, ...]


def installed_reader() -> HtmlReader:
    """Return the better reader of pages that is installed here."""
    return "trafilatura" if importlib.util.find_spec("trafilatura") else "plain"


def html_reader(name: HtmlReader | None) -> HtmlReader:
    """Return the reader of pages by its name, or the one that is used without a name.

    Raises UserError where it is not installed.
    """
    best = installed_reader()
    if name == "trafilatura" and best != name:
        raise UserError(
            "trafilatura is not installed: pip install 'burdenshare[html]',\n"
            "or leave out --html-reader"
        )
    return name or best


def read_page(raw: str, reader: HtmlReader) -> tuple[str, list[Span]]:
    """Return the text of a page, of equal length, and where it holds the captions of figures.

    With trafilatura the lines that it does not count to the article are blank as well. It only
    chooses among lines of `read_markup`; where it fails or finds next to nothing, all stay.
    """
    text, captions = read_markup(raw)
    if reader == "plain" or len(raw) > _LONGEST_PAGE or raw.count("<") > _MOST_TAGS:
        return text, captions
    chosen = _chosen(raw, text)
    if sum(len(WORD.findall(text, row.start, row.end)) for row in chosen) < _FEWEST:
        return text, captions
    found = _only(text, chosen)
    return found, [span for span in captions if span.of(found) == span.of(text)]


def _chosen(raw: str, text: str) -> list[Span]:
    """Return the lines of a text that stand in the article, and its headline."""
    article = _Article(_extracted(raw))
    rows = lines(text)
    kept = [row for row in rows if article.holds(_words(row.of(text)))]
    if kept:
        headline = _headline(rows, text, raw)
        if headline is not None and headline.start < kept[0].start:
            kept.insert(0, headline)
    return kept


class _Article:
    """The words that were found to be the article."""

    def __init__(self, text: str) -> None:
        words = _words(text)
        self.groups = set(_groups(words))
        cells = (cell for line in text.splitlines() for cell in line.split("|"))
        self.short = {key for cell in cells if 0 < len(key := _words(cell)) <= _GROUP}

    def holds(self, words: Words) -> bool:
        """Say whether a line is one of the article's."""
        if len(words) <= _GROUP:
            return words in self.short
        found = [group in self.groups for group in _groups(words)]
        return sum(found) >= _SHARE * len(found)


def _extracted(raw: str) -> str:
    """Return what trafilatura takes for the article; nothing where it cannot read the page."""
    import trafilatura

    _silence()
    try:
        return trafilatura.extract(raw, include_comments=False, favor_precision=True) or ""
    except Exception:  # whatever a hostile page does to it, the plain reader goes on
        return ""


@functools.cache
def _silence() -> None:
    """Let the library log nowhere unless somebody listens."""
    for name in ("trafilatura", "htmldate", "justext", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _headline(rows: Sequence[Span], text: str, raw: str) -> Span | None:
    """Return the first line that says what the page's title says, or its first long heading."""
    titles = [f" {' '.join(words)} " for words in _titles(raw)]
    headings = {match.end() for match in HEADING.finditer(raw)}
    second = None
    for row in rows:
        words = _words(row.of(text))
        if len(words) > _GROUP:
            if any(f" {' '.join(words)} " in each for each in titles):
                return row
            if second is None and row.start in headings:
                second = row
    return second


def _titles(raw: str) -> Iterator[Words]:
    """Yield the words of what a page calls itself."""
    if found := TITLE.search(raw):
        yield _words(plain(found[1]))
    for meta in META.finditer(raw):
        named = attributes(meta[1])
        if named.get("property") == "og:title":
            yield _words(plain(named.get("content", "")))


def _words(text: str) -> Words:
    return tuple(word.casefold() for word in WORD.findall(text))


def _groups(words: Words) -> Iterator[Words]:
    return zip(*(words[place:] for place in range(_GROUP)), strict=False)


def _only(text: str, rows: Sequence[Span]) -> str:
    """Return a text in which all but these lines is blank; line breaks stay."""
    pieces, pos = [], 0
    for row in rows:
        pieces += [_blank(text[pos : row.start]), row.of(text)]
        pos = row.end
    return "".join([*pieces, _blank(text[pos:])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n\r\u2028\u2029]", " ", text)
