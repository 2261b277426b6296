"""Dates, resolved against the article's day: Sunday 9 March 2025."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from burdenshare.reading.days import dates
from strategies import articles, days

TODAY = date(2025, 3, 9)


def read(text: str, today: date | None = TODAY) -> list[tuple[str, str, str]]:
    return [
        (
            each.of(text),
            f"{each.first}" if each.first == each.last else f"{each.first} {each.last}",
            each.grain,
        )
        for each in dates(text, today)
    ]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("signed on April 4 1949", "April 4 1949", "1949-04-04", "1949-04-04"),
        ("signed on 4 April 1949", "4 April 1949", "1949-04-04", "1949-04-04"),
        ("on the 4th of April, 1949", "4th of April, 1949", "1949-04-04", "1949-04-04"),
        ("on Tuesday, March 4, 2025", "Tuesday, March 4, 2025", "2025-03-04", "2025-03-04"),
        ("on Feb. 29, 2024", "Feb. 29, 2024", "2024-02-29", "2024-02-29"),
        ("(2024-06-17)", "2024-06-17", "2024-06-17", "2024-06-17"),
        ("am 17.6.2024", "17.6.2024", "2024-06-17", "2024-06-17"),
        ("on 6/17/2024", "6/17/2024", "2024-06-17", "2024-06-17"),
        ("from June 24-25, 2025", "June 24-25, 2025", "2025-06-24", "2025-06-25"),
        ("from 24 to 25 June 2025", "24 to 25 June 2025", "2025-06-24", "2025-06-25"),
        ("in February 2024", "February 2024", "2024-02-01", "2024-02-29"),
        ("a 2023 law", "2023", "2023-01-01", "2023-12-31"),
        ("back in 1815", "1815", "1815-01-01", "1815-12-31"),
        ("the years 2014-2024", "2014-2024", "2014-01-01", "2024-12-31"),
        ("from 2027/28 on", "2027/28", "2027-01-01", "2028-12-31"),
        ("in the 1990s", "1990s", "1990-01-01", "1999-12-31"),
        ("in the ’90s", "’90s", "1990-01-01", "1999-12-31"),
        ("the summer of 2018", "summer of 2018", "2018-06-01", "2018-08-31"),
        ("the winter of 2023", "winter of 2023", "2023-12-01", "2024-02-29"),
        ("in the first quarter of 2025", "first quarter of 2025", "2025-01-01", "2025-03-31"),
        ("in Q4 2024", "Q4 2024", "2024-10-01", "2024-12-31"),
        ("the second half of 2024", "second half of 2024", "2024-07-01", "2024-12-31"),
        ("in FY2025", "2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_dates_that_name_their_year(text: str, words: str, first: str, last: str) -> None:
    (found,) = dates(text, None)
    assert (found.of(text), str(found.first), str(found.last)) == (words, first, last)
    assert found.explicit


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on March 1", "March 1", "2025-03-01", "2025-03-01"),
        ("on Mar. 6", "Mar. 6", "2025-03-06", "2025-03-06"),
        ("on 24 November", "24 November", "2024-11-24", "2024-11-24"),
        ("He will speak on April 4", "April 4", "2025-04-04", "2025-04-04"),
        ("On April 4 they will meet", "April 4", "2025-04-04", "2025-04-04"),
        ("paused until July 9", "July 9", "2025-07-09", "2025-07-09"),
        ("on Saturday, April 5", "Saturday, April 5", "2025-04-05", "2025-04-05"),
        ("said in December", "December", "2024-12-01", "2024-12-31"),
        ("prepares to mark it in April", "April", "2025-04-01", "2025-04-30"),
        ("will go, he said in April", "April", "2024-04-01", "2024-04-30"),
        ("to be done by June", "June", "2025-06-01", "2025-06-30"),
        ("the December summit", "December", "2024-12-01", "2024-12-31"),
        ("in May", "May", "2024-05-01", "2024-05-31"),
        ("yesterday evening", "yesterday", "2025-03-08", "2025-03-08"),
        ("today", "today", "2025-03-09", "2025-03-09"),
        ("on Sunday", "Sunday", "2025-03-09", "2025-03-09"),
        ("on Monday", "Monday", "2025-03-03", "2025-03-03"),
        ("last Sunday", "last Sunday", "2025-03-02", "2025-03-02"),
        ("next Tuesday", "next Tuesday", "2025-03-11", "2025-03-11"),
        ("will vote on Thursday", "Thursday", "2025-03-13", "2025-03-13"),
        ("last week", "last week", "2025-02-24", "2025-03-02"),
        ("Last month", "Last month", "2025-02-01", "2025-02-28"),
        ("next month", "next month", "2025-04-01", "2025-04-30"),
        ("last year", "last year", "2024-01-01", "2024-12-31"),
        ("this year’s", "this year", "2025-01-01", "2025-12-31"),
        ("last March", "last March", "2024-03-01", "2024-03-31"),
        ("next summer", "next summer", "2025-06-01", "2025-08-31"),
        ("three days ago", "three days ago", "2025-03-06", "2025-03-06"),
        ("15 months ago", "15 months ago", "2023-12-01", "2023-12-31"),
        ("two years ago", "two years ago", "2023-01-01", "2023-12-31"),
    ],
)
def test_dates_that_need_the_article_s_day(text: str, words: str, first: str, last: str) -> None:
    (found,) = dates(text, TODAY)
    assert (found.of(text), str(found.first), str(found.last)) == (words, first, last)
    assert not found.explicit
    assert dates(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "we may march on the 45th for a second",
        "Theresa May said so by May's account, and April smiled",
        "May 50 billion suffice? In no case.",
        "2,024 tanks, 2024 %, $2024, 2000 troops, some 2000 delegates",
        "Executive Order 2023, Agenda 2030, F-2000, room 2012",
        "over the last year, in his last year, more than 70 years ago",
        "The Sunday Times wrote of Black Friday",
        "Jan Smith and Mark June",
        "on Feb. 30, on 6/7/2024, in version 1.2.2024b",
        "next to this last one, a year ago today's",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [each for each in read(text) if each[0] not in ("today", "a year ago")] == []


def test_a_day_takes_precedence_over_the_month_and_year_in_it() -> None:
    assert read("signed on 17 June 2024 and on June 18") == [
        ("17 June 2024", "2024-06-17", "day"),
        ("June 18", "2024-06-18", "day"),
    ]


@given(articles, days)
def test_spans_are_ordered_and_days_are_in_order(text: str, today: date) -> None:
    found = dates(text, today)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(each.first <= each.last for each in found)
    assert all(each.explicit for each in dates(text, None))


@given(days)
def test_relative_dates_lie_where_their_words_say(today: date) -> None:
    for each in dates("yesterday, on Friday, last month, last year, on March 1", today):
        assert each.first <= today + timedelta(days=7)


@pytest.mark.parametrize(
    "piece", ["March 4 ", "2024-", "in May ", "1", "last ", "1 years ago ", "'0s"]
)
def test_hostile_dates_are_read(piece: str) -> None:
    dates(piece * 20_000, TODAY)
