"""Daily fixings: the nearest earlier one answers for a day without."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day
from burdenshare.world.shelf import Shelf

_GRACE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Fixing:
    """One fixing: units of a currency for one euro on a day."""

    series: str
    day: Day
    value: float
    release: Release


class Fixings:
    """The fixings of one series of a daily dataset, oldest first.

    A fixing is known from its own day on.
    """

    def __init__(self, shelf: Shelf, series: str) -> None:
        self.series = series
        found: dict[Day, Fixing] = {}
        for release in shelf.dataset.releases:
            for row, figure in shelf.rows(release, series):
                day = Day.fromisoformat(row[2])
                found.pop(day, None)
                if figure.value is not None:
                    found[day] = Fixing(series, day, figure.value, release)
        self.fixings = [found[day] for day in sorted(found)]
        self.days = [fixing.day for fixing in self.fixings]

    def on(self, day: Day) -> Fixing | None:
        """Return the nearest earlier fixing, or None before the first or long after the last."""
        index = bisect_right(self.days, day)
        if index == 0 or (day - self.days[index - 1]).days > _GRACE_DAYS:
            return None
        return self.fixings[index - 1]

    def between(self, first: Day, last: Day) -> list[Fixing]:
        """Return the fixings of the days from first to last, both included."""
        return self.fixings[bisect_left(self.days, first) : bisect_right(self.days, last)]
