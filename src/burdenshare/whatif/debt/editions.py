"""Figures of one edition of the World Economic Outlook at a time, read as they are asked for."""

from __future__ import annotations

from dataclasses import replace

from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.load import World
from burdenshare.world.shelf import Shelf

_OUTLOOK = "imf-weo"


class Edition:
    """One edition: its figures, and nothing that an older one gives."""

    def __init__(self, shelf: Shelf, day: Day) -> None:
        self._shelf, self._day = shelf, day
        self._histories: dict[str, History] = {}

    def fact(self, series: str, country: str, year: int) -> Fact | Gap:
        """Return a figure, or the gap with its reason."""
        if series not in self._histories:
            self._histories[series] = History(self._shelf, series)
        return self._histories[series].on(country, year, self._day)


class Editions:
    """The editions known on a day, newest first; a state's figures are of one of them alone."""

    def __init__(self, world: World, day: Day) -> None:
        dataset = world.datasets[_OUTLOOK]
        known = [release for release in dataset.releases if release.published <= day]
        self._all = [
            Edition(Shelf(replace(dataset, releases=tuple(each)), world.countries.codes), day)
            for each in ([[release] for release in reversed(known)] or [[]])
        ]

    def giving(self, series: str, country: str, year: int) -> Edition:
        """Return the newest edition that gives a figure, or the newest where none does.

        >>> editions = Editions(World(), Day(2026, 1, 1))
        >>> editions.giving("NGDP", "GBR", 2026).fact("NGDP", "GBR", 2026).release.published
        datetime.date(2025, 10, 14)
        """
        found = (each for each in self._all if isinstance(each.fact(series, country, year), Fact))
        return next(found, self._all[0])
