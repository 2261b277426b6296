"""The editions of the World Economic Outlook known on a day, as arrays.

Axes: V editions, oldest first; Y years without gaps; N economies.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.whatif.plan import Floats
from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.shelf import check_hash

GROWTH = "NGDP_RPCH"
DEFLATOR = "NGDP_D"
DOLLARS = "NGDPD"
NATIONAL = "NGDP"
SERIES = (GROWTH, DEFLATOR, DOLLARS, NATIONAL)
FIRST = 2010

_QUERY = """
SELECT list_position($files, filename) - 1, list_position($series, series) - 1, country, year, value
FROM read_parquet($files, filename = true)
WHERE list_contains($series, series) AND year >= $first
"""

Flags = NDArray[np.bool_]
# The place of an edition, the place of a series, a country, a year, a figure or None.
Cell = tuple[int, int, str, int, float | None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the editions give: `values` by series, V x Y x N, NaN where there is no figure.

    `given` says where an edition speaks of a figure, if only to leave it out. GDP is in billions,
    growth in %, the deflator an index whose base differs between editions.
    """

    releases: tuple[Release, ...]
    countries: tuple[str, ...]
    first: int
    values: Mapping[str, Floats]
    given: Mapping[str, Flags]

    @property
    def years(self) -> range:
        """The years from the first to the last that any edition gives."""
        return range(self.first, self.first + self.values[GROWTH].shape[1])

    def newest(self, series: str) -> Floats:
        """Return the figures of the newest edition that speaks of each, Y x N."""
        return newest(self.values[series], self.given[series])

    def prices(self, series: str) -> Floats:
        """Return by how much prices rose over the year before, Y x N, a fraction.

        In the money in which a series counts GDP, and within one edition: its GDP over that of
        the year before, less its real growth.
        """
        money, growth = self.values[series], self.values[GROWTH]
        change = np.full_like(money, np.nan)
        change[:, 1:] = money[:, 1:] / money[:, :-1] / (1 + growth[:, 1:] / 100) - 1
        return newest(change, self.given[series])


def newest(values: Floats, given: Flags) -> Floats:
    """Return along the first axis the last value that is given, NaN where none is.

    >>> newest(np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[True, True], [True, False]]))
    array([3., 2.])
    """
    last = len(given) - 1 - np.argmax(given[::-1], axis=0)
    found = np.take_along_axis(values, last[None], axis=0)[0]
    return np.where(given.any(axis=0), found, np.nan)


@functools.lru_cache(maxsize=4)
def read_outlook(world: World, day: Day) -> Outlook:
    """Return the editions published on or before a day; UserError where there is none.

    A world never changes, so that the last few outlooks are kept.
    """
    releases = world.datasets[world.find_series(GROWTH).dataset].releases
    known = tuple(release for release in releases if release.published <= day)
    if not known:
        held = f"the first one held is of {releases[0].published}" if releases else "none is held"
        raise UserError(f"no World Economic Outlook was known on {day}: {held}")
    return arrange(known, _cells(world, known))


def arrange(releases: Sequence[Release], cells: Sequence[Cell]) -> Outlook:
    """Return single figures as the arrays of an outlook; a figure of None was left out."""
    edition, series, country, year, value = zip(*cells, strict=True)
    countries = tuple(sorted(set(country)))
    place = {code: index for index, code in enumerate(countries)}
    first = min(year)
    shape = (len(SERIES), len(releases), max(year) - first + 1, len(countries))
    values, given = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    at = (
        np.array(series),
        np.array(edition),
        np.array(year) - first,
        np.array([place[code] for code in country]),
    )
    values[at] = np.array(value, dtype=float)
    given[at] = True
    return Outlook(
        tuple(releases),
        countries,
        first,
        dict(zip(SERIES, values, strict=True)),
        dict(zip(SERIES, given, strict=True)),
    )


def _cells(world: World, releases: Sequence[Release]) -> list[Cell]:
    """Return the figures of all editions: shipped files by one query, the user's own row by row."""
    shipped = [
        index
        for index, release in enumerate(releases)
        if release.path.suffix == ".parquet" and release.path.is_relative_to(CONTENT)
    ]
    cells = [
        (shipped[place], series, country, year, value)
        for place, series, country, year, value in _query([releases[i] for i in shipped])
    ]
    for index, release in enumerate(releases):
        if index not in shipped:
            cells += _own(world, index, release)
    return cells


def _query(releases: Sequence[Release]) -> Iterable[Cell]:
    """Return the figures of release files; one query for all takes a third of the time."""
    import duckdb

    for release in releases:
        check_hash(release)
    if not releases:
        return []
    files = [str(release.path) for release in releases]
    given = {"files": files, "series": list(SERIES), "first": FIRST}
    with duckdb.connect() as connection:
        cells: list[Cell] = connection.execute(_QUERY, given).fetchall()
    return cells


def _own(world: World, index: int, release: Release) -> Iterable[Cell]:
    shelf = world.shelf(release.dataset)
    for place, series in enumerate(SERIES):
        for row, figure in shelf.rows(release, series):
            if int(row[2]) >= FIRST:
                yield index, place, row[1], int(row[2]), figure.value
