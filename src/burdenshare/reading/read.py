"""An article's text, cleaned and read into paragraphs, sentences, quotes, quantities and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from burdenshare.errors import UserError
from burdenshare.reading.clean import clean
from burdenshare.reading.days import dates
from burdenshare.reading.document import Document, Removed, Span
from burdenshare.reading.extraction import HtmlReader, read_page
from burdenshare.reading.places import Places
from burdenshare.reading.quantities import quantities
from burdenshare.reading.quotes import quotes
from burdenshare.reading.sentences import paragraphs, sentences

BREAK = re.compile(r"[\n\r\u2028\u2029]")
NOT_BREAK = re.compile(r"[^\n\r\u2028\u2029]")


def refuse(raw: str) -> None:
    """Refuse what is no text: empty, binary, or with half of a character in it.

    >>> refuse(" \\n")
    Traceback (most recent call last):
        ...
    burdenshare.errors.UserError: the article is empty: give a file with the words of the article
    """
    nul = raw.find("\0")
    if nul >= 0:
        raise UserError(
            f"the article looks binary (a NUL character at offset {nul}): "
            "give plain text or HTML, saved as UTF-8"
        )
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UserError(
            f"the article holds half of a character (a lone surrogate at offset {error.start}): "
            "save it as UTF-8"
        ) from None
    if not raw.strip():
        raise UserError("the article is empty: give a file with the words of the article")


def without(text: str, removed: Iterable[Removed]) -> str:
    """Return the text with spaces in place of the spans; line breaks stay.

    >>> without("One\\nAdvertisement\\nTwo", [Removed(4, 17, "advertisement")])
    'One\\n             \\nTwo'
    """
    pieces, pos = [], 0
    for span in removed:
        inside = text[span.start : span.end]
        blank = NOT_BREAK.sub(" ", inside) if BREAK.search(inside) else " " * len(inside)
        pieces += [text[pos : span.start], blank]
        pos = span.end
    return "".join([*pieces, text[pos:]])


def read_document(
    raw: str, date: datetime.date | None, html: bool = False, reader: HtmlReader = "plain"
) -> Document:
    """Return an article as read; `date` is the day it was published, `html` says it is a page.

    `reader` chooses the article's part of a page.

    >>> day = datetime.date(2025, 3, 5)
    >>> read = read_document("Allies met on Monday. “We pay 2%,” he said.", day)
    >>> read.dates[0].first, read.quantities[0].value, read.quotes[0].of(read.raw)
    (datetime.date(2025, 3, 3), Decimal('2'), 'We pay 2%,')
    """
    refuse(raw)
    text, captions = read_page(raw, reader) if html else (raw, list[Span]())
    removed = tuple(clean(text, captions))
    text = without(text, removed)
    parts = paragraphs(text)
    places = Places(text)
    found = dates(text, date, places)
    return Document(
        raw=raw,
        text=text,
        date=date,
        removed=removed,
        paragraphs=tuple(parts),
        sentences=tuple(sentences(text, parts)),
        quotes=tuple(quotes(text, parts)),
        quantities=tuple(quantities(text, found if date else None, places)),
        dates=tuple(found),
    )
