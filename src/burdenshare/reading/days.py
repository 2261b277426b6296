"""Dates as written, resolved against the day of the article.

A day or month without a year is the most recent one (a day up to a week ahead counts), or the next
one where the words look ahead ("will", "due", "by"). A weekday is the most recent one too.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from burdenshare.reading.almanac import (
    MONTHS,
    SEASONS,
    SHORT,
    WEEKDAYS,
    by_order,
    day_of,
    later,
    months,
    nearest,
    part_of,
    season,
    week,
)
from burdenshare.reading.document import DateMention, Grain
from burdenshare.reading.places import Places, every
from burdenshare.reading.years import NOT_A_YEAR, year_at

Day = datetime.date

NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
COUNTS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1, "an": 1}
WORDS = frozenset({*MONTHS, *SHORT, *WEEKDAYS, *NEAR, "last", "this", "next", "ago"})

ORDINAL = "(?:st|nd|rd|th)?"
BEFORE = re.compile(
    rf"(?<![\w.,$€£/:-])(?:(\d{{1,2}}){ORDINAL}\s?(?:[-–]|to|and)\s?)?"
    rf"(\d{{1,2}}){ORDINAL}\s{{1,8}}(?:of\s{{1,8}})?$"
)
AFTER = re.compile(
    rf"\.?\s{{1,8}}(\d{{1,2}}){ORDINAL}(?![\w%])"
    r"(?!,\d{3}|\.\d|\s{0,3}(?:%|per ?cent|percent|million|billion|trillion|bn\b))"
    rf"(?:\s?(?:[-–]|to\b)\s?(\d{{1,2}}){ORDINAL}(?![\w%])"
    rf"|\sand\s(\d{{1,2}}){ORDINAL}(?=[,.;)]|\s(?:in|at|19|20)))?"
)
YEAR_AFTER = re.compile(r"\.?,?\s{1,8}(?:of\s{1,8})?(\d{4})(?!\d|,\d{3}|\.\d)")
DAY_NAME = re.compile(r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s{1,3}(?:the\s)?$")
NO_DAY = re.compile(r"\b(?:Black|Good|Super|Ash|Bloody|Easter|Palm|Cyber|Holy)\s$")
PAPER = re.compile(
    r"\s(?:Times|Telegraph|Mail|Express|Mirror|Post|Herald|Independent|Night|World)\b"
)
UNIT = "year|month|week|night|morning|afternoon|evening"
RELATIVE = re.compile(
    rf"\s{{1,3}}(?:(?:past|coming)\s)?({UNIT}|{'|'.join(SEASONS)}|(?i:{'|'.join(WEEKDAYS)}"
    rf"|{'|'.join(MONTHS)}))\b"
)
SPAN_OF_TIME = re.compile(r"\b(?:the|his|her|its|their|my|our|your|a|past|at)\s{1,3}$", re.I)
AGO = re.compile(
    r"(?:\b(more than|over|less than)\s)?\b(\w{1,5})\s{1,3}(year|month|week|day)s?\s$", re.I
)
ISO_REST = re.compile(r"-(\d\d)-(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2$")
TO_YEAR = re.compile(r"\s?[-–—/]\s?(\d{4}|\d\d)(?![\w-]|,\d|\.\d)")
PART = re.compile(
    r"\b(?:(first|second|third|fourth|final|last) (quarter|half) of|Q([1-4])|H([12])"
    rf"|({'|'.join(SEASONS)})(?: of)?)\s{{1,2}}$",
    re.I,
)
DIGITS = re.compile(r"[0-9]++")
SHORT_DECADE = re.compile(r"['’‘]([0-9]0)s", re.I)
AHEAD = re.compile(
    r"\b(?:will|shall|plans? to|planned|due|set to|expected|scheduled|upcoming|prepar(?:es?|"
    r"ing) to|"
    r"ahead of|going to|deadline|coming)\b",
    re.I,
)
AHEAD_AFTER = re.compile(
    r"[^.!?\n]{0,40}?\b(?:will|shall|(?:is|are) (?:due|set|expected)|plans? to)\b", re.I
)
REPORTED = re.compile(
    r"\b(?:said|told|wrote|tweeted|posted|announced|warned|reported)\b|[.!?]\s|\n"
)

SURE = frozenset("in since until till last next this early late mid during".split())
CUES = SURE | frozenset("by from before after through between of for around".split())
LIMITS = frozenset({"by", "until", "till"})
ARTICLES = frozenset("the a an its his her their our this that".split())


class Finder:
    """Finds the dates of one text; without `today` only those that name their year."""

    def __init__(self, text: str, today: Day | None, places: Places) -> None:
        self.text = text
        self.places = places
        self.small = places.small
        self.today = today

    def mention(
        self,
        start: int,
        end: int,
        days: tuple[Day, Day] | None,
        grain: Grain,
        explicit: bool = False,
    ) -> DateMention | None:
        """Return the date at a place in the text, or None where it has no days."""
        return DateMention(start, end, *days, grain, explicit) if days else None

    def looks_ahead(self, start: int, end: int) -> bool:
        """Say whether the words around a date speak of what is to come."""
        before = self.text[max(0, start - 80) : start]
        cues = list(AHEAD.finditer(before))
        if cues and REPORTED.search(before, cues[-1].end()) is None:
            return True
        after = AHEAD_AFTER.match(self.text, end)
        return after is not None and REPORTED.search(after[0]) is None

    def word_before(self, at: int) -> str:
        """Return the word before a place, in small letters."""
        words = self.small[max(0, at - 20) : at].split()
        return words[-1].strip("(“‘\"'-–") if words else ""

    def at_word(self, at: int, word: str) -> DateMention | None:
        """Return the date that a word of the calendar stands in."""
        capital = self.text[at].isupper()
        if word in MONTHS or word in SHORT:
            return self.at_month(at, word) if capital else None
        if word in WEEKDAYS:
            return self.at_weekday(at, word) if capital else None
        if self.today is None:
            return None
        if word in NEAR:
            day = later(self.today, NEAR[word])
            return self.mention(at, at + len(word), (day, day) if day else None, "day")
        if word == "ago":
            return self.at_ago(at)
        return self.at_relative(at, word, self.today)

    def at_month(self, at: int, word: str) -> DateMention | None:
        """Return the date that the name of a month stands in."""
        month = MONTHS.get(word) or SHORT[word]
        offset = max(0, at - 30)
        before = BEFORE.search(self.text[offset:at])
        after = None if before else AFTER.match(self.text, at + len(word))
        start, end = at, at + len(word)
        if before:
            start, days = offset + before.start(), (before[1] or before[2], before[2])
        elif after:
            end, days = after.end(), (after[1], after[2] or after[3] or after[1])
        else:
            days = None
        year = self.year_after(end)
        if year:
            end = year.end()
        if days is None:
            if year:
                return self.mention(start, end, months(int(year[1]), month), "month", True)
            return self.bare_month(at, word, month)
        return self.at_day(
            start, end, (int(days[0]), int(days[1])), month, int(year[1]) if year else 0
        )

    def year_after(self, end: int) -> re.Match[str] | None:
        """Return the year behind a day or month."""
        year = YEAR_AFTER.match(self.text, end)
        if year and 1000 <= int(year[1]) < 2200 and not NOT_A_YEAR.match(self.text, year.end()):
            return year
        return None

    def at_day(
        self, start: int, end: int, days: tuple[int, int], month: int, year: int
    ) -> DateMention | None:
        """Return a day, or the days from one to another, of a month."""
        explicit = bool(year)
        offset = max(0, start - 20)
        name = DAY_NAME.search(self.text[offset:start])
        if not year and self.today:
            ahead = self.word_before(start) in LIMITS or self.looks_ahead(start, end)
            year = nearest(self.today, (month, days[0]), name[1].lower() if name else "", ahead)
        first, last = day_of(year, month, days[0]), day_of(year, month, days[1])
        if first is None or last is None or last < first:
            return None
        start = offset + name.start() if name else start
        return self.mention(
            start, end, (first, last), "day" if first == last else "period", explicit
        )

    def bare_month(self, at: int, word: str, month: int) -> DateMention | None:
        """Return a month without a year, where the words around it speak of a month."""
        if self.today is None or word not in MONTHS:
            return None
        cue = self.word_before(at)
        end = at + len(word)
        noun = self.text[end : end + 1] == " " and self.text[end + 1 : end + 2].islower()
        owned = cue in ARTICLES or cue.endswith(("’s", "'s", "s’", "s'"))
        if cue not in (SURE if word == "may" else CUES) and not (owned and noun and word != "may"):
            return None
        return self.of_month(at, end, month, cue)

    def of_month(self, start: int, end: int, month: int, cue: str) -> DateMention | None:
        """Return the last, this or next occurrence of a month."""
        assert self.today is not None
        year, now = self.today.year, self.today.month
        if cue == "last":
            year -= month >= now
        elif cue == "next":
            year += month <= now
        elif cue in LIMITS or self.looks_ahead(start, end):
            year += month < now
        elif cue != "this":
            year -= month > now
        return self.mention(start, end, months(year, month), "month")

    def at_weekday(self, at: int, word: str) -> DateMention | None:
        """Return the most recent day of a name, or the next one where the words look ahead."""
        end = at + len(word)
        if self.today is None or PAPER.match(self.text, end):
            return None
        if NO_DAY.search(self.text[max(0, at - 10) : at]):
            return None
        days = -((self.today.weekday() - WEEKDAYS[word]) % 7)
        if self.looks_ahead(at, end):
            days = days + 7 if days else 0
        day = later(self.today, days)
        return self.mention(at, end, (day, day) if day else None, "day")

    def at_ago(self, at: int) -> DateMention | None:
        """Return what "two years ago" means."""
        offset = max(0, at - 40)
        found = AGO.search(self.text[offset:at])
        if found is None or found[1]:
            return None
        count = int(found[2]) if found[2].isdecimal() else COUNTS.get(found[2].lower(), 0)
        if not count:
            return None
        return self.moved(offset + found.start(2), at + 3, found[3].lower(), -count)

    def at_relative(self, at: int, word: str, today: Day) -> DateMention | None:
        """Return what "last month", "this spring" or "next Tuesday" means."""
        found = RELATIVE.match(self.text, at + len(word))
        step = {"last": -1, "this": 0, "next": 1}[word]
        if found is None or (step and SPAN_OF_TIME.search(self.text[max(0, at - 10) : at])):
            return None  # "over the last year" is not last year
        unit, end = found[1].lower(), found.end()
        if unit in MONTHS:
            return self.of_month(at, end, MONTHS[unit], word) if found[1][0].isupper() else None
        if unit in WEEKDAYS:
            return self.next_weekday(at, end, WEEKDAYS[unit], step)
        if unit in SEASONS:
            return self.mention(at, end, season(unit, today, step), "period")
        if unit in ("year", "month", "week"):
            return self.moved(at, end, unit, step)
        day = later(today, step if unit == "night" else 0)
        return self.mention(at, end, (day, day) if day else None, "day")

    def moved(self, start: int, end: int, unit: str, count: int) -> DateMention | None:
        """Return the day, week, month or year that lies some of them ahead of today, or back."""
        assert self.today is not None
        if unit == "day":
            day = later(self.today, count)
            return self.mention(start, end, (day, day) if day else None, "day")
        if unit == "week":
            return self.mention(start, end, week(later(self.today, 7 * count)), "period")
        if unit == "month":
            number = self.today.year * 12 + self.today.month - 1 + count
            return self.mention(start, end, months(number // 12, number % 12 + 1), "month")
        return self.mention(start, end, months(self.today.year + count, 1, 12), "year")

    def next_weekday(self, start: int, end: int, weekday: int, step: int) -> DateMention | None:
        """Return the last or next day of a name; "this Tuesday" is today or to come."""
        assert self.today is not None
        ahead = (weekday - self.today.weekday()) % 7
        day = later(self.today, ahead - 7 if step < 0 else ahead or 7 * step)
        return self.mention(start, end, (day, day) if day else None, "day")

    def at_digits(self, start: int, end: int) -> DateMention | None:
        """Return the date that four digits stand in: 2024-06-17, 17.6.2024, 2024, the 1990s."""
        year = int(self.text[start:end])
        iso = ISO_REST.match(self.text, end)
        if iso and not self.small[max(0, start - 1) : start].isalnum():
            day = day_of(year, int(iso[1]), int(iso[2]))
            return self.mention(start, iso.end(), (day, day) if day else None, "day", True)
        offset = max(0, start - 8)
        first = DAY_FIRST.search(self.text[offset:start])
        if first and not self.small[end : end + 1].isalnum():
            day = by_order(year, int(first[1]), int(first[3]), first[2])
            return self.mention(
                offset + first.start(), end, (day, day) if day else None, "day", True
            )
        if self.small[end : end + 1] == "s" and not self.small[end + 1 : end + 2].isalnum():
            return self.decade(start, end + 1, year)
        if self.small[max(0, start - 2) : start] == "fy":
            return self.mention(start, end, months(year, 1, 12), "year", True)
        year = year_at(self.text, start, end)
        return self.of_year(start, end, year) if year else None

    def of_year(self, start: int, end: int, year: int) -> DateMention | None:
        """Return a year, the years up to another, or a part of one."""
        upto = TO_YEAR.match(self.text, end)
        if upto:
            last = int(upto[1]) + (year // 100 * 100 if len(upto[1]) == 2 else 0)
            if year < last <= year + 60:
                days = months(year, 1, 12 * (last - year + 1))
                return self.mention(start, upto.end(), days, "period", True)
        offset = max(0, start - 24)
        part = PART.search(self.text[offset:start])
        if part:
            return self.mention(offset + part.start(), end, part_of(part, year), "period", True)
        return self.mention(start, end, months(year, 1, 12), "year", True)

    def decade(self, start: int, end: int, year: int) -> DateMention | None:
        """Return a decade such as the 1990s."""
        if year % 10 or not 1000 <= year < 2100:
            return None
        return self.mention(start, end, months(year, 1, 120), "period", True)

    def all(self) -> Iterator[DateMention | None]:
        """Yield what each word of the calendar and each number of four digits gives."""
        for at, word in self.places.of(WORDS):
            yield self.at_word(at, word)
        for match in DIGITS.finditer(self.text):
            if match.end() - match.start() == 4:
                yield self.at_digits(*match.span())
        for at in every(self.small, "0s"):
            short = SHORT_DECADE.fullmatch(self.text, max(0, at - 2), at + 2)
            if short:
                yield self.decade(at - 2, at + 2, 1900 + int(short[1]))


def dates(
    text: str, today: datetime.date | None, places: Places | None = None
) -> list[DateMention]:
    """Return the dates in order; relative ones only where `today` is known.

    >>> text = "It met on March 1, as in 2014 and last month; we may march on the 45th."
    >>> [(each.of(text), each.first.isoformat()) for each in dates(text, Day(2025, 3, 9))]
    [('March 1', '2025-03-01'), ('2014', '2014-01-01'), ('last month', '2025-02-01')]
    """
    found: list[DateMention] = []
    finder = Finder(text, today, places or Places(text))
    for each in sorted(filter(None, finder.all()), key=lambda date: (date.start, -date.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    return found
