"""How wrong past editions of the World Economic Outlook were, and paths made of such errors.

An error belongs to an edition and a horizon: the year forecast less the year of the edition. All
countries of a path take their errors from the same edition, so that a world recession hits all.
Editions are few: they tell how far a forecast misses, not which way. So each path comes twice, once
with the errors as they were and once with the opposite ones.
Axes: V editions, H horizons from FIRST_HORIZON on, N economies, L paths, T years, C countries.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.economy import DOLLAR, EURO
from burdenshare.whatif.outlook import DEFLATOR, DOLLARS, GROWTH, Flags, Outlook
from burdenshare.whatif.plan import Floats, Whole
from burdenshare.world.dates import Day

PATHS = 1024  # the second half mirrors the first
FIRST_HORIZON = -1
LAST_HORIZON = 5
SEED = 1949
_AUTUMN = 7  # an edition of July or later knows most of its own year


class Library(NamedTuple):
    """Joint paths of errors for the years of a plan; the first year has none.

    `growth` L x T x C and `smooth` T are fractions; `usd` L x T, `eur` L x T and `ncu` L x T x C
    are factors by which prices differ from the forecast.
    """

    growth: Floats
    smooth: Floats
    usd: Floats
    eur: Floats
    ncu: Floats


@dataclass(frozen=True, slots=True)
class GrowthErrors:
    """Errors of past editions: what the newest one says now, held against what was forecast.

    `growth` is the difference in fractions, `prices` the factor of a year's rise of the deflator;
    both V x H x N and NaN where not known. `year` is that of the newest edition, from which
    horizons count; `euro` are the weights of the economies that pay in euros, adding to 1.
    """

    countries: tuple[str, ...]
    vintages: Whole
    growth: Floats
    prices: Floats
    year: int
    euro: Floats

    @classmethod
    def none(cls) -> GrowthErrors:
        """Return errors that are nought: every year comes as forecast.

        >>> GrowthErrors.none().paths(("FRA", "USA"), (2026, 2027)).growth.shape
        (1, 2, 2)
        """
        empty = np.empty((0, LAST_HORIZON - FIRST_HORIZON + 1, 0))
        return cls((), np.empty(0, dtype=np.int64), empty, empty, 0, np.empty(0))

    @property
    def known(self) -> Flags:
        """Say of each edition and horizon whether its growth errors are known, V x H."""
        return ~_none(self.growth)

    def horizons(self, years: Sequence[int]) -> list[int | None]:
        """Return for each year the horizon whose errors it takes, None where there is no error.

        Beyond the last horizon that every shorter one leads to, they start again at 1. The first
        year takes none: it is where the paths start.
        """
        known = [bool(each.any()) for each in self.known.T]
        last = FIRST_HORIZON - 1
        while last < LAST_HORIZON and known[last + 1 - FIRST_HORIZON]:
            last += 1
        found: list[int | None] = [None]
        for year in years[1:]:
            ahead = year - self.year
            if ahead > last >= 1:
                ahead = 1 + (ahead - last - 1) % last
            found.append(ahead if FIRST_HORIZON <= ahead <= last else None)
        return found

    def known_from(self, horizon: int) -> list[int]:
        """Return the years of the editions whose growth errors are known at a horizon."""
        fits = self.known[:, horizon - FIRST_HORIZON]
        return sorted({int(year) for year in self.vintages[fits]})

    def paths(
        self, countries: Sequence[str], years: Sequence[int], euro: Collection[str] = ()
    ) -> Library:
        """Return paths for countries and years, always the same ones for the same errors.

        The second half are the opposites of the first: growth as far below as theirs is above.

        `euro` are countries that pay in euros: their prices differ from the forecast as those of
        the euro area do. Raises UserError for a country of which no edition speaks.
        """
        horizons = self.horizons(years)
        if not any(horizon is not None for horizon in horizons):
            return _nought(len(years), len(countries))
        columns = [self._column(code) for code in countries]
        editions = self._editions(horizons)
        growth = np.zeros((PATHS // 2, len(years), len(columns)))
        prices = np.ones((PATHS // 2, len(years), len(self.countries)))
        smooth = np.zeros(len(years))
        for t, horizon in enumerate(horizons):
            if horizon is None:
                continue
            h = horizon - FIRST_HORIZON
            filled = _filled(self.growth[:, h], 0.0)[:, columns]
            growth[:, t] = filled[editions[:, t]]
            smooth[t] = _spread(filled[self.known[:, h]])
            prices[:, t] = _filled(self.prices[:, h], 1.0)[editions[:, t]]
        growth = np.concatenate([growth, -growth])
        prices = np.cumprod(np.concatenate([prices, 1 / prices]), axis=1)
        area = prices @ self.euro
        ncu = prices[:, :, columns]
        ncu[:, :, [code in euro for code in countries]] = area[:, :, None]
        return Library(growth, smooth, prices[:, :, self._column(DOLLAR)], area, ncu)

    def _column(self, code: str) -> int:
        if code not in self.countries:
            hint = did_you_mean(code, self.countries)
            raise UserError(f"no edition of the World Economic Outlook speaks of {code}: {hint}")
        return self.countries.index(code)

    def _editions(self, horizons: Sequence[int | None]) -> Whole:
        """Return the edition that each path of the first half takes its errors from, L / 2 x T.

        A path follows an edition while its errors are known; then, and where the horizons start
        again, it goes on with another: each year of edition is as likely as the others.
        """
        draw = np.random.Generator(np.random.SFC64(SEED))
        known = self.known
        found = np.zeros((PATHS // 2, len(horizons)), dtype=np.int64)
        before: int | None = None
        for t, horizon in enumerate(horizons):
            if horizon is None:
                continue
            fits = known[:, horizon - FIRST_HORIZON]
            fresh = draw.choice(len(fits), PATHS // 2, p=_chances(self.vintages, fits))
            if before is None or horizon != before + 1:
                found[:, t] = fresh
            else:
                found[:, t] = np.where(fits[found[:, t - 1]], found[:, t - 1], fresh)
            before = horizon
        return found


def fit_growth_errors(outlook: Outlook, euro: Collection[str] = ()) -> GrowthErrors:
    """Return the errors that the editions of an outlook show of one another.

    The newest edition is the measure, for years before its own, and for its own if it is an autumn
    edition. Where an edition gives no deflator, the errors of prices are those of the edition
    nearest in time that does, for the same year. `euro` are the economies that pay in euros.
    """
    days = [release.published for release in outlook.releases]
    growth = _errors(outlook.values[GROWTH] / 100, days, outlook.first)
    index = outlook.values[DEFLATOR]
    rise = np.full_like(index, np.nan)
    rise[:, 1:] = np.log(index[:, 1:] / index[:, :-1])
    prices = np.exp(_from_neighbours(_errors(rise, days, outlook.first), days))
    return GrowthErrors(
        countries=outlook.countries,
        vintages=np.array([day.year for day in days]),
        growth=growth,
        prices=prices,
        year=days[_measure(outlook.values[GROWTH])].year,
        euro=_weights(outlook, euro),
    )


def _measure(values: Floats) -> int:
    """Return the place of the newest edition that gives a series."""
    gives = ~np.isnan(values.reshape(len(values), -1)).all(axis=1)
    return int(np.flatnonzero(gives)[-1]) if gives.any() else len(values) - 1


def _errors(values: Floats, days: Sequence[Day], first: int) -> Floats:
    """Return the newest edition's figures less those of each earlier one, V x H x N."""
    measure = _measure(values)
    newest = days[measure]
    last = newest.year if newest.month >= _AUTUMN else newest.year - 1
    horizons = range(FIRST_HORIZON, LAST_HORIZON + 1)
    errors = np.full((len(values), len(horizons), values.shape[2]), np.nan)
    for edition in range(measure):
        for h, horizon in enumerate(horizons):
            year = days[edition].year + horizon
            if first <= year <= last:
                at = year - first
                errors[edition, h] = values[measure, at] - values[edition, at]
    return errors


def _from_neighbours(errors: Floats, days: Sequence[Day]) -> Floats:
    """Return errors whose empty rows are those of the nearest edition for the same year."""
    filled = errors.copy()
    empty = _none(errors)
    for edition, h in np.argwhere(empty):
        others = []
        for other, day in enumerate(days):
            there = h + days[edition].year - day.year
            if 0 <= there < errors.shape[1] and not empty[other, there]:
                others.append((abs(day - days[edition]), other, there))
        if others:
            _, other, there = min(others)
            filled[edition, h] = errors[other, there]
    return filled


def _weights(outlook: Outlook, euro: Collection[str]) -> Floats:
    """Return the share of each economy in the GDP of those that pay in euros."""
    pays = np.array([code in euro for code in outlook.countries])
    newest = outlook.newest(DOLLARS)
    year = np.flatnonzero(~np.isnan(newest).all(axis=1))
    gdp = np.nan_to_num(newest[year[-1]] if len(year) else np.zeros(len(pays))) * pays
    if gdp.sum() == 0:
        return np.array([float(code == EURO) for code in outlook.countries])
    weights: Floats = gdp / gdp.sum()
    return weights


def _none(errors: Floats) -> Flags:
    """Say where there is no error of any economy, V x H."""
    return np.asarray(np.isnan(errors).all(axis=2), dtype=np.bool_)


def _filled(errors: Floats, none: float) -> Floats:
    """Return V x N errors in which a missing country has the median of its edition's others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        middle = np.nanmedian(errors, axis=1, keepdims=True)
    return np.where(np.isnan(errors), np.nan_to_num(middle, nan=none), errors)


def _spread(errors: Floats) -> float:
    """Return Silverman's bandwidth of errors, each edition's less its median."""
    return bandwidth((errors - np.median(errors, axis=1, keepdims=True)).ravel())


def bandwidth(values: Floats) -> float:
    """Return Silverman's rule of thumb: 0.9 times the lesser measure of spread times n**-0.2.

    >>> round(bandwidth(np.array([1.0, 2.0, 3.0, 4.0])), 4)
    0.7635
    """
    if len(values) < 2:
        return 0.0
    low, high = np.quantile(values, [0.25, 0.75])
    spread = min(float(np.std(values, ddof=1)), float(high - low) / 1.34)
    return float(0.9 * spread * len(values) ** -0.2)


def _chances(vintages: Whole, fits: Flags) -> Floats:
    """Return the chance of each edition: each year as likely, its editions alike."""
    years, place, count = np.unique(vintages[fits], return_inverse=True, return_counts=True)
    chances = np.zeros(len(fits))
    chances[fits] = 1 / len(years) / count[place]
    return chances


def _nought(years: int, countries: int) -> Library:
    one = np.ones((1, years))
    nothing = np.zeros((1, years, countries))
    return Library(nothing, np.zeros(years), one, one, np.ones((1, years, countries)))
