"""Which outlet a page says that it is of."""

from __future__ import annotations

import html
import re

from burdenshare.reading.markup import META, attributes, looks_like_html

_LONGEST = 200
_PUBLISHER = re.compile(
    r'"publisher"\s{0,9}:\s{0,9}\{[^{}]{0,500}?"name"\s{0,9}:\s{0,9}"([^"\\]{1,200})"'
)


def page_outlet(raw: str) -> str | None:
    """Return the outlet that an HTML page names in its head, or None.

    >>> page_outlet('<html><head><meta property="og:site_name" content="The Courier"></head>')
    'The Courier'
    >>> page_outlet("The Courier") is None
    True
    """
    if not looks_like_html(raw):
        return None
    metas = [attributes(tag[1]) for tag in META.finditer(raw)]
    found = [
        meta.get("content", "")
        for meta in metas
        if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name"
    ]
    found += _PUBLISHER.findall(raw)
    return next((name for each in found if (name := _name(each))), None)


def _name(text: str) -> str | None:
    return " ".join(html.unescape(text).split())[:_LONGEST] or None
