"""Days and years as people write them on the command line and in the world's files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from burdenshare.errors import UserError

Day = datetime.date
FIRST_YEAR, LAST_YEAR = 1800, 2100
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


def parse_day(text: str, what: str = "the day") -> Day:
    """Return the day written as YYYY-MM-DD.

    >>> parse_day("2025-03-02")
    datetime.date(2025, 3, 2)
    >>> parse_day("2025-02-30", "--as-of")
    Traceback (most recent call last):
        ...
    burdenshare.errors.UserError: --as-of is '2025-02-30', which is no day: write YYYY-MM-DD, such as 2025-03-02
    """  # noqa: E501 - the message is one line
    if not is_day(text):
        raise UserError(
            f"{what} is {text[:40]!r}, which is no day: write YYYY-MM-DD, such as 2025-03-02"
        )
    return Day.fromisoformat(text)


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, written YYYY-MM-DD.

    >>> is_day("2024-02-29"), is_day("2025-02-29"), is_day("20240229")
    (True, False, False)
    """
    try:
        return _DAY(text) is not None and Day.fromisoformat(text) is not None
    except ValueError:
        return False


def check_year(year: int, what: str = "--year") -> int:
    """Return a year that figures could be about, or an error.

    >>> check_year(2024)
    2024
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(f"{what} is {str(year)[:40]!r}: write years from 1800 to 2100")
    return year


@dataclass(frozen=True, slots=True)
class Years:
    """A set of calendar years, written "2014", "2014..2024", "..2008" or "2014, 2023".

    >>> years = Years.parse("2014, 2020..2023")
    >>> 2014 in years, 2019 in years, 2023 in years
    (True, False, True)
    >>> list(Years.parse("2020..2022"))
    [2020, 2021, 2022]
    """

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str, what: str = "years") -> Years:
        """Return the years written in a text, or an error that shows how to write them."""
        ranges = []
        for part in text.split(","):
            found = re.fullmatch(r"\s*([0-9]{4})?(\.\.)?([0-9]{4})?\s*", part)
            low, dots, high = found.groups() if found else (None, None, None)
            if not found or not (low or high) or (low and high and not dots):
                raise UserError(f"{what} is {text[:40]!r}: write 2024 or 2014..2024")
            first = int(low) if low else 0
            last = int(high) if high else (9999 if dots else first)
            if first > last:
                raise UserError(f"{what} is {text[:40]!r}: write the earlier year first")
            ranges.append((first, last))
        return cls(tuple(ranges))

    def __contains__(self, year: int) -> bool:
        """Say whether a year belongs to the set."""
        return any(low <= year <= high for low, high in self.ranges)

    def __iter__(self) -> Iterator[int]:
        """Yield the years, range after range."""
        for low, high in self.ranges:
            yield from range(low, high + 1)
