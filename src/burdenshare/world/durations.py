"""Periods of notice and of lock-in: years, months and days, counted on the calendar."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from burdenshare.errors import UserError
from burdenshare.world.dates import Day

_WRITTEN = re.compile(r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,3})M)?(?:([0-9]{1,4})D)?")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as treaties state it, written as an ISO 8601 duration.

    >>> Duration.parse("P1Y").after(Day(2025, 9, 5))
    datetime.date(2026, 9, 5)
    >>> Duration.parse("P6M").after(Day(2030, 8, 31))
    datetime.date(2031, 2, 28)
    >>> Duration.parse("P180D").after(Day(2025, 3, 9))
    datetime.date(2025, 9, 5)
    """

    years: int
    months: int
    days: int

    @classmethod
    def parse(cls, text: str, what: str = "the period") -> Duration:
        """Return the period written P1Y, P6M, P150D or P1Y6M, or an error."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise UserError(f"{what} is {text[:40]!r}: write P1Y, P6M or P150D")
        years, months, days = (int(part or 0) for part in found.groups())
        return cls(years, months, days)

    def after(self, day: Day) -> Day:
        """Return the same date a period later; a date that the month lacks is its last day."""
        return self._moved(day, 1)

    def before(self, day: Day) -> Day:
        """Return the same date a period earlier.

        >>> Duration.parse("P1Y").before(Day(1975, 6, 6))
        datetime.date(1974, 6, 6)
        """
        return self._moved(day, -1)

    def _moved(self, day: Day, sign: int) -> Day:
        months = day.year * 12 + day.month - 1 + sign * (12 * self.years + self.months)
        year, month = divmod(months, 12)
        try:
            last = calendar.monthrange(year, month + 1)[1]
            moved = Day(year, month + 1, min(day.day, last)).toordinal() + sign * self.days
            return Day.fromordinal(moved)
        except (ValueError, OverflowError):
            raise UserError(f"{self} from {day} lies outside the calendar") from None

    def __str__(self) -> str:
        parts = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        words = [f"{count} {name}{'s' * (count != 1)}" for count, name in parts if count]
        return " and ".join(words) or "0 days"
