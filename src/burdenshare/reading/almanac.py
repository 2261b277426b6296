"""The calendar: names of months, days and seasons, and the days they stand for."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import lru_cache

Day = datetime.date

FULL = (
    "january february march april may june july august september october november december".split()
)
MONTHS = {name: number for number, name in enumerate(FULL, start=1)}
SHORT = {name[:3]: number for name, number in MONTHS.items() if name != "may"} | {"sept": 9}
WEEKDAYS = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def day_of(year: int, month: int, day: int) -> Day | None:
    """Return a day, or None where the calendar has no such day."""
    try:
        return Day(year, month, day)
    except (ValueError, OverflowError):
        return None


def later(day: Day, days: int) -> Day | None:
    """Return the day that is some days later, or None outside the calendar."""
    number = day.toordinal() + days
    return Day.fromordinal(number) if 1 <= number <= Day.max.toordinal() else None


@lru_cache(maxsize=4096)
def months(year: int, month: int, count: int = 1) -> tuple[Day, Day] | None:
    """Return the first and last day of some months.

    >>> months(2024, 12, 3)
    (datetime.date(2024, 12, 1), datetime.date(2025, 2, 28))
    """
    last_year, last = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    if not 1 <= year <= last_year <= 9999:
        return None
    return Day(year, month, 1), Day(last_year, last, monthrange(last_year, last)[1])


def week(day: Day | None) -> tuple[Day, Day] | None:
    """Return the Monday and Sunday around a day."""
    monday = later(day, -day.weekday()) if day else None
    sunday = later(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


@lru_cache(maxsize=4096)
def nearest(today: Day, date: tuple[int, int], weekday: str, ahead: bool) -> int:
    """Return the year of a month and day without one: the last, or the next if `ahead`, or 0.

    A weekday written beside the date decides where it fits one of the years near.

    >>> nearest(Day(2025, 3, 9), (4, 4), "", False), nearest(Day(2025, 3, 9), (4, 4), "", True)
    (2024, 2025)
    """
    days = [day for i in range(-4, 5) if (day := day_of(today.year + i, *date))]
    near = [day for day in days if abs(day.year - today.year) <= 1]
    agree = [day for day in near if day.weekday() == WEEKDAYS.get(weekday)]
    if agree:
        return min(agree, key=lambda day: abs(day.toordinal() - today.toordinal())).year
    if ahead:
        return next((day.year for day in days if day >= today), 0)
    return next((day.year for day in reversed(days) if day.toordinal() <= today.toordinal() + 7), 0)


def by_order(year: int, first: int, second: int, sign: str) -> Day | None:
    """Return the day of 17.6.2024 or 6/17/2024; None where the order of day and month is open.

    >>> by_order(2024, 6, 17, "/"), by_order(2024, 6, 7, "/")
    (datetime.date(2024, 6, 17), None)
    """
    if sign == "." or first > 12:
        return day_of(year, second, first)
    return day_of(year, first, second) if second > 12 or first == second else None


def season(name: str, today: Day, step: int) -> tuple[Day, Day] | None:
    """Return last, this or next season of a name."""
    first = SEASONS[name]
    year = today.year
    if step < 0:
        year -= first + 2 >= today.month
    elif step > 0:
        year += first <= today.month
    return months(year, first, 3)


def part_of(part: re.Match[str], year: int) -> tuple[Day, Day] | None:
    """Return the quarter, half or season of a year that a match names."""
    if part[5]:
        return months(year, SEASONS[part[5].lower()], 3)
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    if part[3] or (part[2] or "").lower() == "quarter":
        number = int(part[3]) if part[3] else order.get(part[1].lower(), 4)
        return months(year, 3 * number - 2, 3)
    number = int(part[4]) if part[4] else min(2, order.get(part[1].lower(), 2))
    return months(year, 6 * number - 5, 6)
