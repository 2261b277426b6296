"""What is found in an article: spans of the raw text, each with what it was read as."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Reason = Literal["breadcrumb", "advertisement", "caption", "syndication", "repeat"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]
Dimension = Literal["percent", "money", "number", "ordinal", "fraction", "multiple"]
Grain = Literal["day", "month", "year", "period"]
Mode = Literal["direct", "indirect", "endorsement", "act", "document"]
Stance = Literal["for", "against", "conditional", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the raw text: offsets of Python characters, end exclusive.

    >>> Span(0, 4).of("NATO is")
    'NATO'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether another span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Removed(Span):
    """A span that is no part of the article's own words, with the reason."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """Quoted words without their marks.

    `outer` includes the marks; `closed` is false where the mark never closes (a quote that runs
    on in the next paragraph); `depth` is 0 for a quote that lies in no other quote.
    """

    outer: Span
    closed: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Quantity(Span):
    """A number as written: "over 2.5 per cent of GDP" is > 2.5, step 0.1, unit "%", base "GDP".

    `value` is in plain units ("$6billion" is 6000000000 USD); `upper` is set for ranges ("70 to
    90 percent"); `step` is one unit of the last digit written, in the same units as `value`, so
    that 2 % (step 1) differs from 2.00 % (step 0.01); `comparator` comes from words such as
    "about" (~), "over" (>), "at least" (>=); `unit` is "%" for percent and fractions in words
    ("a quarter" is 25 %, dimension "fraction"), an ISO 4217 code for money, "×" for multiples
    ("double" is 2), "" for bare numbers and ordinals; `base` is what is named after "of" or after
    the unit ("GDP", "income"), in the text's words, or "".
    """

    value: Decimal
    step: Decimal
    unit: str
    dimension: Dimension
    comparator: Comparator = "="
    upper: Decimal | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class DateMention(Span):
    """A date as written, resolved to the first and last day it can mean.

    `explicit` is false where the year was taken from the article's date ("March 1", "last
    month").
    """

    first: datetime.date
    last: datetime.date
    grain: Grain
    explicit: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the fullest name the text or the register gives."""

    name: str
    id: str | None = None
    office: str | None = None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement(Span):
    """One statement: its words, the quotes inside it, its speaker and position.

    `amplifies` and `repeats` are indices into the document's list of statements. `proposed_by`
    says who pointed at it, where that was not our own reader.
    """

    mode: Mode
    quotes: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    reported_by: tuple[str, ...] = ()
    proposition: str | None = None
    stance: Stance = "none"
    date: datetime.date | None = None
    amplifies: int | None = None
    repeats: int | None = None
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article, read: everything refers to offsets of `raw`.

    `text` has the length of `raw`; what was removed, and all markup, is blank in it (spaces;
    line breaks stay), so that a search in `text` finds offsets of `raw`. `date` is the article's
    day, or None where nobody knows it.
    """

    raw: str
    text: str
    date: datetime.date | None
    removed: tuple[Removed, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
