"""Places and counts that leave out what is ranked or counted.

"Germany is fourth with 6.09", "its largest donor", "more than any other member"; "six did in 2021",
"up from 11 last year": what is meant stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol

from burdenshare.reading.discourse import Around
from burdenshare.reading.document import DateMention, Quantity, Span
from burdenshare.reading.lexicon import Name, within

_NOUN = (
    r"(?P<noun>payer|paymaster|contributor|donor|backer|funder|giver|financier|supporter|"
    r"borrower|beneficiary|recipient|loan|share|sum)s?\b"
)
_MOST = r"(?:(?P<high>largest|biggest|top|leading|greatest|main|highest|most generous)|(?P<low>"
_LEAST = r"lowest|smallest|least|stingiest))"
_KIND = r"(?:(?:single|sole|financial|government|governmental|state|national|individual|by far) )*"
_AFTER_ORDINAL = re.compile(rf"[- ](?:{_MOST}{_LEAST}[- ])?{_KIND}{_NOUN}", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[2-9]th|[23]rd|10th)\b",
    re.IGNORECASE,
)
_WORDS = "second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLAIN_ORDINAL = re.compile(
    r"(?: place)?(?:[.,;)]| and\b| with\b| at\b| on\b| among (?:states|governments|countries|"
    r"members|allies|donors)\b| behind\b)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:['’]s?)?,?\s(?:(?:is|was|comes?|came|ranks?|ranked|remains|follows|followed|stands|stood|"
    r"placed|finished|now|only|a close|a distant|in|at|the|as|its|their|by far) ){0,4}$",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    rf"(?:\b(?:the|its|their) |(?<=['’]s )){_KIND}{_MOST}{_LEAST} {_KIND}{_NOUN}"
    r"|\b(?P<most>(?:more|(?P<less>less)) than any (?:other )?(?:member|country|state|nation|"
    r"government|donor|ally|other|single)\w*|the most of (?:any|all)\b|(?:gave|gives|paid|pays|"
    r"contributes|contributed|provided|gets|receives|takes|borrows) the "
    r"(?:most|(?P<least>least))\b)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:until|once|used to|formerly|former|overt\w+|no longer|would|will|could|since)\b",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    r"^\W*(?:is|was|remains|being|and is|which makes (?:it|her|him)|making it|which is)\b"
)
_PAYS = ("regular", "peacekeeping", "donor")
_SUITS = {
    "payer": _PAYS,
    "paymaster": _PAYS,
    "contributor": _PAYS,
    "donor": ("donor",),
    "backer": ("donor",),
    "funder": ("donor",),
    "giver": ("donor",),
    "financier": _PAYS,
    "supporter": ("donor",),
    "borrower": ("loan",),
    "beneficiary": ("loan",),
    "recipient": ("loan",),
    "loan": ("loan",),
    "share": ("regular", "share"),
    "sum": ("loan", "donor"),
}
_DID = (
    r"(?:did|had|met it|hit it|made it|reached it|managed(?: it)?|cleared it|complied|got there|"
    r"were there|reached (?:it|the mark|the line)|passed it)"
)
_THEN = re.compile(
    rf"\s*(?:of them |allies |members |countries |states )?(?:{_DID}(?: so)?|just|only)?,?\s*"
    r"(?:back )?(?:in |for |the )?$",
    re.IGNORECASE,
)
_BEFORE_COUNT = re.compile(
    r"(?:^|\b(?:from|than|against|with|to|but|and|after|just|only|some|were|was|it was|had been)|"
    r"[,;:.(–—-])\s*(?:just |only |a mere |merely )?$",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(
    r"[,:]?\s(?:(?:there were|it was|that was|the (?:number|figure|tally|count) was|had been|"
    r"only|just|a mere|merely|still) ){0,2}$",
    re.IGNORECASE,
)
_REACH = re.compile(
    r" (?:allies |members |of them |countries |states )?(?:reached|hit|met|cleared|made|spent|"
    r"passed|reach|hit|meet|will reach|spend)(?: the| at least)? ",
    re.IGNORECASE,
)
_END = re.compile(rf"\s*(?:[.,;:)]|{_DID}\b|and\b|but\b|$)", re.IGNORECASE)
_SINCE = 2  # sentences after which a count is no longer meant
_MEMBERS = 33


class Counted(Protocol):
    """A claim that was read: its place and the question that was asked."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102

    @property
    def query(self) -> Mapping[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody takes: the ordinal or the words for the first, and from which end."""

    stated: Quantity | Name
    subject: Name
    end_of: str
    noun: str

    def suits(self, ranking: str) -> bool:
        """Say whether the noun, if any, may be said of a ranking."""
        return not self.noun or ranking in _SUITS[self.noun]


@dataclass(frozen=True, slots=True)
class Again:
    """A number that counts as the claim before it did, of another year."""

    stated: Quantity
    date: DateMention
    side: str
    level: str

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.stated.start

    @property
    def end(self) -> int:
        """Where the number ends."""
        return self.stated.end

    @property
    def query(self) -> Mapping[str, Any]:
        """The question, as a claim that was read has it."""
        return {"ask": "count", "side": self.side, "criterion": f"share_gdp >= {self.level}"}


def may_rank(around: Around) -> bool:
    """Say whether a sentence holds words of a place."""
    low, high = around.sentence.start, around.sentence.end
    ordinal = _ORDINAL.search(around.text, low, high)
    return ordinal is not None or _SUPERLATIVE.search(around.text, low, high) is not None


def places_in(around: Around) -> Iterator[Place]:
    """Yield the places that a sentence gives to the countries it names."""
    for each in _ORDINAL.finditer(around.text, around.sentence.start, around.sentence.end):
        ordinal = _quantity(each)
        if not _PAST.search(_clause(around, ordinal)):
            yield from _ordinal(around, ordinal)
    for found in _SUPERLATIVE.finditer(around.text, around.sentence.start, around.sentence.end):
        words = Name(found.start(), found.end(), "phrase", "largest-payer")
        subject = _ranked(around, words, found["most"] is not None)
        if subject is not None and not _PAST.search(_clause(around, words)):
            low = bool(found["low"] or found["less"] or found["least"])
            yield Place(words, subject, "low" if low else "high", (found["noun"] or "").lower())


def _quantity(found: re.Match[str]) -> Quantity:
    word = found.group().lower()
    value = _WORDS.index(word) + 2 if word in _WORDS else int(re.sub(r"\D", "", word))
    return Quantity(
        *found.span(), value=Decimal(value), step=Decimal(1), unit="", dimension="ordinal"
    )


def _clause(around: Around, item: Span) -> str:
    return around.piece(item).of(around.text)


def _ordinal(around: Around, ordinal: Quantity) -> Iterator[Place]:
    text, end = around.text, around.sentence.end
    before = [n for n in around.named if n.end <= ordinal.start]
    found = _AFTER_ORDINAL.match(text, ordinal.end, end)
    if found:
        subject = _ranked(around, ordinal, last=False)
        if subject is not None:
            low = "low" if found["low"] else "high"
            yield Place(ordinal, subject, low, found["noun"].lower())
        return
    if not before or ordinal.value < 2 or not _PLAIN_ORDINAL.match(text, ordinal.end, end):
        return
    if _IS.fullmatch(text[before[-1].end : ordinal.start]):
        yield Place(ordinal, before[-1], "high", "")


def _ranked(around: Around, words: Span, last: bool) -> Name | None:
    """Return who takes a place: named before it, right behind it, or who "it" goes back to."""
    text = around.text
    after = [n for n in around.named if n.start >= words.end]
    if (
        after
        and not last
        and re.fullmatch(
            r"(?: (?:to|of) [\w' -]{1,40})?(?:, | is | was | remains )(?:still )?(?:the )?",
            text[words.end : after[0].start],
        )
    ):
        return after[0]
    figures = [q for q in around.figures if q.end <= words.start]
    if last and figures:
        subject = around.subject(figures[-1])
        return subject.name if subject else None
    piece = around.piece(words)
    before = [n for n in around.named if piece.start <= n.start and n.end <= words.start]
    if before:
        return before[-1] if len({n.id for n in before}) == 1 else None
    if figures and _IT_IS.search(text[piece.start : words.start]):
        subject = around.subject(figures[-1])
        return subject.name if subject else None
    return around.looks_back()


def levels_in(around: Around) -> Iterator[Again]:
    """Yield the numbers of members that reach a level: "Twenty-two reached 2 percent in 2024"."""
    text = around.text
    for number, level in pairwise(around.figures):
        if number.dimension != "number" or level.unit != "%" or number.value >= _MEMBERS:
            continue
        if not _REACH.fullmatch(text[number.end : level.start]) or number.step < 1:
            continue
        after = [d for d in around.dates if d.start >= level.end]
        front = text[around.sentence.start : number.start]
        near = after and re.fullmatch(r"[^,.;:\d]{0,25}", text[level.end : after[0].start])
        if near and (not front.strip() or _BEFORE_COUNT.search(front)):
            yield Again(number, after[0], "met", f"{level.value:g}")


def count_in(around: Around, read: Sequence[Counted]) -> Iterator[Again]:
    """Yield the numbers that count again what a claim not far before them counts."""
    sentences = around.document.sentences
    places = within(sentences, Span(around.before.start, around.sentence.end))
    low = sentences[places[0]].start if places else around.sentence.start
    counts = [each for each in read if each.query.get("ask") == "count" and each.start >= low]
    if not counts:
        return
    numbers = [q for q in around.figures if q.dimension == "number" and not q.unit]
    for number in numbers:
        earlier = [each for each in counts if each.end <= number.start]
        if not earlier or number.value >= _MEMBERS or number.step < 1:
            continue
        date = _date_of(around, number)
        if date is not None:
            query = max(earlier, key=lambda each: each.end).query
            level = str(query["criterion"]).rsplit(" ", 1)[-1]
            yield Again(number, date, str(query["side"]), level)


def _date_of(around: Around, number: Quantity) -> DateMention | None:
    """Return the date that a bare number is of: right behind it, or right before."""
    text = around.text
    front = text[around.sentence.start : number.start]
    for date in around.dates:
        between = text[number.end : date.start] if date.start >= number.end else None
        if between is not None and _THEN.fullmatch(between) and _BEFORE_COUNT.search(front):
            return date
    for date in around.dates:
        if date.end <= number.start and _DATE_FIRST.fullmatch(text[date.end : number.start]):
            return date if _END.match(text, number.end) else None
    return None
