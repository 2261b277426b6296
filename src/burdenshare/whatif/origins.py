"""The days from which past forecasts are made again, what was known then, and what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from burdenshare.whatif.plan import Floats, Whole
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, History
from burdenshare.world.load import World

SHARE = "share_gdp"
SPENDING = "defence_expenditure_usd_constant"
GROWTH = "NGDP_RPCH"
DOLLARS = "NGDPD"
ORGANISATION = "nato"
FEWEST = 30  # errors, below which a pool of them says little


@dataclass(frozen=True, slots=True)
class Origin:
    """What was known on a day, and nothing later: past years Y, members C, years ahead H.

    A member whose newest share is older than the year before the day is left out, with a reason.
    """

    day: Day
    year: int
    countries: tuple[str, ...]
    base: Whole  # C: the newest year whose share is known
    first: int  # the year of the first row
    share: Floats  # Y x C: % of GDP, NaN where not known
    spending: Floats  # Y x C: share times real GDP, an index of each country's own
    ahead: Floats  # H x C: real GDP as forecast, over that of the base year
    money: Floats  # C: spending of the base year, million US dollars
    left_out: dict[str, str]

    @property
    def last(self) -> Floats:
        """The share of each member's base year."""
        return self.share[self.base - self.first, np.arange(len(self.countries))]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came: H x C, NaN where it is not known; the index is 1 in each member's base year."""

    share: Floats
    index: Floats


def find_origins(world: World, horizons: int = 5) -> list[Day]:
    """Return the first day of each year on which a release told that year of most members.

    Years before enough is known for errors at every horizon are left out, as is a day after which
    nothing came.

    >>> [day.isoformat() for day in find_origins(World())][:2]
    ['2019-06-25', '2020-10-21']
    """
    history = world.history(SHARE)
    days: dict[int, Day] = {}
    for index, release in enumerate(history.releases):
        day = release.published
        members = members_on(world, day)
        told = sum(history.tables[index].get((c, day.year)) is not None for c in members)
        if day.year not in days and told * 2 > len(members):
            days[day.year] = day
    newest = max(history.years(world.latest), default=0)
    return [
        day for year, day in days.items() if year < newest and _enough(world, day, year, horizons)
    ]


def known_on(world: World, day: Day, horizons: int = 5) -> Origin:
    """Return what was known on a day about the members of that day that have forces."""
    history = world.history(SHARE)
    members = members_on(world, day)
    known = [year for year in history.years(day) if year <= day.year]
    first = min(known, default=day.year)
    years = range(first, day.year + 1)
    share = values_on(history, members, years, day)
    base = _newest(share, first)
    left_out = {
        code: f"the newest share held on {day} is " + (f"of {year}" if year else "of no year")
        for code, year in zip(members, base.tolist(), strict=True)
        if year < day.year - 1
    }
    keep = np.array([code not in left_out for code in members], dtype=bool)
    codes = tuple(code for code in members if code not in left_out)
    real = _real(world, codes, range(first, day.year + horizons + 1), day)
    share, base = share[:, keep], base[keep]
    place = base - first, np.arange(len(codes))
    return Origin(
        day=day,
        year=day.year,
        countries=codes,
        base=base,
        first=first,
        share=share,
        spending=share * real[: len(share)],
        ahead=real[len(share) :] / real[place],
        money=share[place] / 100 * _dollars(world, codes, base, day) * 1000,
        left_out=left_out,
    )


def what_came(world: World, origin: Origin, same: Day, newest: Day) -> Outcome:
    """Return what came after an origin, by two releases.

    Years before that of `same` are told by the release known on that day, which counts as those
    before it did; later years by the newest, whatever it counts. An index is a ratio within one.
    """
    horizons = len(origin.ahead)
    share = np.full((horizons, len(origin.countries)), np.nan)
    index = share.copy()
    shares, spending = world.history(SHARE), world.history(SPENDING)
    for step in range(horizons):
        year = origin.year + step + 1
        day = same if year < same.year else newest
        share[step] = values_on(shares, origin.countries, [year], day)[0]
        index[step] = values_on(spending, origin.countries, [year], day)[0]
        for place, code in enumerate(origin.countries):
            base = int(origin.base[place])
            index[step, place] /= values_on(spending, [code], [base], day)[0, 0]
    return Outcome(share, index)


def members_on(world: World, day: Day) -> list[str]:
    """Return the codes of the members of a day that have forces."""
    found = world.organisations[ORGANISATION].members(day)
    return sorted(each.country for each in found if each.forces)


def _enough(world: World, day: Day, year: int, horizons: int) -> bool:
    """Say whether enough past changes over the longest horizon are known on a day."""
    history, members = world.history(SHARE), members_on(world, day)
    years = [each for each in history.years(day) if each <= year]
    if not years:
        return False
    share = values_on(history, members, range(years[0], year + 1), day)
    return int(np.isfinite(share[horizons:] - share[:-horizons]).sum()) >= FEWEST


def values_on(history: History, codes: Iterable[str], years: Iterable[int], day: Day) -> Floats:
    """Return years x countries as known on a day, NaN where nothing is."""
    found = [[history.on(code, year, day) for code in codes] for year in years]
    return np.array([[f.value if isinstance(f, Fact) else np.nan for f in row] for row in found])


def _newest(share: Floats, first: int) -> Whole:
    """Return the newest year with a share of each country, 0 for none."""
    known = np.isfinite(share)
    back = np.argmax(known[::-1], axis=0)
    return np.where(known.any(axis=0), first + len(share) - 1 - back, 0).astype(np.int64)


def _real(world: World, codes: tuple[str, ...], years: range, day: Day) -> Floats:
    """Return real GDP by the growth known or forecast on a day: 1 in the first year.

    Beyond the years of the forecast, growth stays.
    """
    growth = values_on(world.history(GROWTH), codes, years, day) / 100
    growth[0] = 0.0
    for row in range(1, len(growth)):
        blank = np.isnan(growth[row]) & (years[row] > day.year)
        growth[row, blank] = growth[row - 1, blank]
    return np.asarray(np.cumprod(1 + growth, axis=0), dtype=np.float64)


def _dollars(world: World, codes: tuple[str, ...], base: Whole, day: Day) -> Floats:
    history = world.history(DOLLARS)
    each = zip(codes, base.tolist(), strict=True)
    return np.array([values_on(history, [code], [year], day)[0, 0] for code, year in each])
