"""Figures as they were known on a day.

The newest release published on or before the day that covers the series, country and year gives
the figure. A release that covers it and leaves it blank makes a gap: older figures do not come
back to life. What was published later, but is not held here, is named beside the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache

from burdenshare.world.datasets import Publication, Release
from burdenshare.world.dates import Day
from burdenshare.world.shelf import Figure, Shelf, Table

_MOST = 20_000  # answers of one series that are remembered


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the release that gives it.

    `value` is exact (in the unit of its series); `printed` is rounded as the publisher prints it;
    `step` is one unit of the last digit printed, or None where every digit counts; `newer` are
    the publications of later days, known on the as-of day, that are not held for this figure.
    """

    series: str
    country: str
    year: int
    value: float
    printed: float
    step: float | None
    status: str
    release: Release
    source: str
    definition: str
    note: str
    newer: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """No figure, and the reason why; `left_out` where a release speaks of it, only to say none."""

    series: str
    country: str
    year: int
    reason: str
    left_out: bool = False


class History:
    """One series of one dataset: its figures by release, and questions about them."""

    def __init__(self, shelf: Shelf, series: str) -> None:
        self.shelf = shelf
        self.dataset = shelf.dataset
        self.series = shelf.dataset.series[series]
        self.releases: Sequence[Release] = shelf.dataset.releases
        publications = [p for p in self.dataset.publications if p.gives_series(series)]
        self.later = [
            tuple(p for p in publications if p.published > release.published)
            for release in self.releases
        ]
        self._answers: dict[tuple[str, int, Day], Fact | Gap] = {}

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The figures of each release, read when they are first asked for."""
        return self.shelf.figures(self.series.id)

    @cached_property
    def reported(self) -> list[set[str]]:
        """The countries and groups on which each release reports."""
        return [{country for country, _ in table} for table in self.tables]

    @cached_property
    def given(self) -> list[set[int]]:
        """The years that each release gives."""
        return [{year for _, year in table} for table in self.tables]

    def on(self, country: str, year: int, as_of: Day) -> Fact | Gap:
        """Return the figure known on a day, or the gap with its reason."""
        asked = (country, year, as_of)
        if asked not in self._answers:
            if len(self._answers) >= _MOST:
                self._answers.clear()
            self._answers[asked] = self._on(*asked)
        return self._answers[asked]

    def _on(self, country: str, year: int, as_of: Day) -> Fact | Gap:
        for index in range(len(self.releases) - 1, -1, -1):
            release = self.releases[index]
            if release.published > as_of or not self.covers(index, country, year):
                continue
            figure = self.tables[index].get((country, year))
            if figure is None or figure.value is None:
                return Gap(self.series.id, country, year, _left_out(release, figure), left_out=True)
            newer = self._newer(index, year, as_of)
            return self._fact(index, country, year, figure, newer)
        return Gap(self.series.id, country, year, self._why(country, year, as_of))

    def covers(self, index: int, country: str, year: int) -> bool:
        """Say whether a release speaks of a country and year, if only to leave it blank."""
        if (country, year) in self.tables[index]:
            return True
        note = self.releases[index].series.get(self.series.id)
        whole = note is not None and note.covers is not None and year in note.covers
        return whole and country in self.reported[index]

    def vintages(self, country: str, year: int, as_of: Day) -> Iterator[Fact]:
        """Yield the figure in every release known on a day that gives it, oldest first."""
        for index, release in enumerate(self.releases):
            figure = self.tables[index].get((country, year))
            if release.published <= as_of and figure is not None and figure.value is not None:
                yield self._fact(index, country, year, figure, ())

    def countries(self, as_of: Day) -> list[str]:
        """Return the countries and groups of which any figure is known on a day."""
        return sorted(set().union(*(self.reported[i] for i in self._known(as_of))))

    def years(self, as_of: Day) -> list[int]:
        """Return the years of which any figure is known on a day."""
        return sorted(set().union(*(self.given[i] for i in self._known(as_of))))

    def whole(self, index: int, year: int) -> bool:
        """Say whether a release gives the year for every country that it reports on."""
        note = self.releases[index].series.get(self.series.id)
        return note is not None and note.covers is not None and year in note.covers

    def _known(self, as_of: Day) -> list[int]:
        return [i for i, release in enumerate(self.releases) if release.published <= as_of]

    def _newer(self, index: int, year: int, as_of: Day) -> tuple[Publication, ...]:
        later = self.later[index]
        if not later:
            return ()
        return tuple(p for p in later if p.published <= as_of and year in p.years)

    def _fact(
        self, index: int, country: str, year: int, figure: Figure, newer: tuple[Publication, ...]
    ) -> Fact:
        release = self.releases[index]
        note = release.series.get(self.series.id)
        source = release.sources[figure.source]
        step = self.step(index, figure)
        assert figure.value is not None
        return Fact(
            series=self.series.id,
            country=country,
            year=year,
            value=figure.value,
            printed=figure.value if step is None else round_to(figure.value, step),
            step=step,
            status=figure.status,
            release=release,
            source=figure.source,
            definition=source.definition or (note.definition if note else ""),
            note=figure.note,
            newer=newer,
        )

    def step(self, index: int, figure: Figure) -> float | None:
        """Return one unit of the last digit that a release prints for a figure."""
        note = self.releases[index].series.get(self.series.id)
        decimals = self.series.decimals
        printed = None if decimals is None else 10.0**-decimals
        coarse = figure.precision or (note.precision if note else None)
        return coarse if coarse is not None else printed

    def _why(self, country: str, year: int, as_of: Day) -> str:
        whole = [self.releases[i] for i in self._known(as_of) if self.whole(i, year)]
        if not whole or not country:
            return self.never(year, as_of)
        return f"not among the countries of which the release of {whole[-1].published} gives {year}"

    def never(self, year: int, as_of: Day) -> str:
        """Return why no release known on a day gives a year."""
        before = [r for r in self.releases if r.published <= as_of]
        known = [p for p in self.dataset.publications if p.published <= as_of]
        held_not = [p for p in known if p.gives(self.series.id, year)]
        if not before and not known:
            return f"no release of {self.dataset.id} is known on {as_of}"
        if held_not:
            day = held_not[-1].published
            return f"published (last on {day}), but no release held here gives it by {as_of}"
        return f"no release published on or before {as_of} gives it"


@lru_cache(maxsize=1 << 16)
def round_to(value: float, step: float) -> float:
    """Return a value rounded to a step, halves away from zero, as tables are printed.

    >>> round_to(3.3785, 0.01), round_to(1.995, 0.01), round_to(967707.4, 100)
    (3.38, 2.0, 967700.0)
    """
    unit = Decimal(repr(step))
    return float((Decimal(repr(value)) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit)


def _left_out(release: Release, figure: Figure | None) -> str:
    reason = f": {figure.note}" if figure is not None and figure.note else ""
    word = figure.status if figure is not None else "left blank"
    return f"{word} in the release of {release.published}{reason}"
