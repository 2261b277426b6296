"""The short words and number formats that tables, charts and reports share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from burdenshare.checking.results import CheckedClaim, Value, VerdictWord
from burdenshare.reading.document import Reason, Statement


@dataclass(frozen=True, slots=True)
class Label:
    """A verdict as people see it: a sign and a word, so that colour is never the only sign."""

    sign: str
    word: str
    meaning: str


VERDICTS: dict[VerdictWord, Label] = {
    "supported": Label("✓", "supported", "agrees with what was known on the article’s date"),
    "contradicted": Label("✗", "contradicted", "disagrees with what was known on that date"),
    "superseded": Label("↻", "superseded", "held on that date, but not by what is known now"),
    "depends": Label("≈", "depends", "right or wrong by the definition or reading chosen"),
    "unchecked": Label("–", "unchecked", "no figure or text held here decides it"),
}
MODES = {
    "direct": "quoted",
    "indirect": "reported",
    "endorsement": "endorsed",
    "act": "act",
    "document": "document",
}
REASONS: dict[Reason, str] = {
    "breadcrumb": "breadcrumb",
    "advertisement": "advertisement",
    "caption": "caption",
    "syndication": "syndication notice",
    "repeat": "repeated passage",
}
_COMPARATORS = {"~": "about", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_BARE_UNITS = {"", "year", "day", "date", "text"}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"]
_MONTHS += ["September", "October", "November", "December"]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Return text in which each control character is a character that can be seen.

    Nothing moves: the result has the same length.

    >>> visible("a\x1b[31mb\x00")
    'a␛[31mb␀'
    """
    return _CONTROL.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def clean(text: object) -> str:
    r"""Return text as one line that cannot steer a terminal or turn the reading direction.

    >>> clean("  NATO\n  members\x1b ")
    'NATO members␛'
    """
    return " ".join(visible(_DIRECTION.sub("", str(text))).split())


def shorten(text: str, width: int) -> str:
    """Return one line of at most `width` characters, cut at a word where that loses little.

    >>> shorten("nine of its 32 members", 12)
    'nine of its…'
    """
    line = clean(text[: 8 * max(width, 1)])
    if len(line) <= width and len(text) <= 8 * width:
        return line
    cut = line[: max(width - 1, 0)]
    space = cut.rfind(" ") if line[len(cut) : len(cut) + 1] not in ("", " ") else -1
    return (cut[:space] if space > width * 2 // 3 else cut).rstrip() + "…"


def number(value: Value | None) -> str:
    """Return a value as people write it.

    >>> number(3.379021), number(23.0), number(162500000000), number(1949), number(None)
    ('3.379', '23', '162.5 billion', '1949', '–')
    """
    if value is None or isinstance(value, str):
        return "–" if value is None else clean(value)
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{digits(value / scale, grouped=False)} {word}"
    return digits(value, grouped=abs(value) >= 10_000)


def digits(value: float, grouped: bool) -> str:
    """Return a number with at most three decimals and no zeros at its end.

    >>> digits(11940.0, grouped=True), digits(3.3, grouped=False)
    ('11,940', '3.3')
    """
    if (value != 0 and abs(value) < 0.001) or abs(value) >= 1e15:
        return f"{value:.2g}"
    shown = f"{value:,.3f}" if grouped else f"{value:.3f}"
    return shown.rstrip("0").rstrip(".")


def measure(value: Value | None, unit: str) -> str:
    """Return a value with its unit.

    >>> measure(3.38, "% of GDP"), measure("1949-04-04", "date")
    ('3.38 % of GDP', '1949-04-04')
    """
    shown = number(value)
    return shown if unit in _BARE_UNITS or value is None else f"{shown} {clean(unit)}"


def stated_words(stated: Mapping[str, Any]) -> str:
    """Return what a claim says, in short.

    >>> stated_words({"comparator": ">", "value": 25, "unit": "%"})
    'over 25 %'
    """
    comparator = _COMPARATORS.get(str(stated.get("comparator", "=")), "")
    unit = str(stated.get("unit") or "")
    value = stated.get("value")
    if value is None:
        return ""
    if not isinstance(value, (int, float, str)):
        value = str(value)
    upper = stated.get("upper")
    if isinstance(upper, (int, float)):
        return f"{comparator} {number(value)} to {measure(upper, unit)}".strip()
    return f"{comparator} {measure(value, unit)}".strip()


def day_words(day: datetime.date) -> str:
    """Return a day as a reader writes it, whatever the machine's language.

    >>> day_words(datetime.date(2025, 3, 2))
    '2 March 2025'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(how_many: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "claim"), counted(0, "claim")
    ('1 claim', '0 claims')
    """
    return f"{how_many} {one if how_many == 1 else many or one + 's'}"


def tally(claims: Iterable[CheckedClaim]) -> dict[VerdictWord, int]:
    """Return how many claims have each verdict, in the order people read them."""
    given = [claim.verdict for claim in claims]
    return {verdict: given.count(verdict) for verdict in VERDICTS}


def who(said: Statement) -> str:
    """Return the speaker's name, or that nobody is named."""
    return clean(said.speaker.name) if said.speaker else "speaker not named"


def via(said: Statement) -> str:
    """Return through whom a statement reached the article, or an empty text."""
    return ", ".join(clean(name) for name in said.reported_by)


def position(said: Statement) -> str:
    """Return the stance and the proposition, or an empty text where neither is known."""
    if said.proposition is None:
        return "" if said.stance == "none" else said.stance
    topic = clean(said.proposition)
    return topic if said.stance == "none" else f"{said.stance}: {topic}"


def links(said: Statement) -> list[str]:
    """Return which statements this one passes on or repeats, and who proposed it, in short."""
    pairs = (("passes on", said.amplifies), ("repeats", said.repeats))
    found = [f"{words} s{index + 1}" for words, index in pairs if index is not None]
    return [*found, f"proposed by a {said.proposed_by}"] if said.proposed_by else found
