"""The words of an article as a reader sees them: without the markup of an HTML page."""

from __future__ import annotations

import html
import re

from burdenshare.reading.document import Document, Span
from burdenshare.showing.words import clean, visible

_TAG = re.compile("<[^<>]*>")


def readable(document: Document, span: Span, removed: bool, page: bool) -> str:
    """Return the words of a span, which is removed or not as a whole; `page` means HTML.

    Outside removed spans, what is blank in the document's text and not in its raw text is
    markup, and an entity is one decoded character followed by blanks.
    """
    raw, text = span.of(document.raw), span.of(document.text)
    if removed:
        raw = html.unescape(_TAG.sub("", raw)) if page else raw
    elif raw != text:
        raw = "".join(map(_letter, raw, text))
    return visible(raw)


def _letter(raw: str, text: str) -> str:
    """Return one character; where a tag breaks the line or an entity is a space, that blank."""
    if not text.isspace():
        return text if raw == "&" else raw
    if raw.isspace():
        return raw
    return "\n" if text == "\n" else " " if raw == "&" else ""


def shown_words(document: Document, span: Span) -> str:
    """Return the words of any span on one line."""
    removed = any(each.meets(span) for each in document.removed)
    page = span.of(document.raw) != span.of(document.text)
    return clean(readable(document, span, removed, page))
