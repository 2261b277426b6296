"""Paths of GDP, prices and exchange rates for every economy of the outlook known on a day.

What the newest edition says stands. After its last year real growth and the growth of prices stay
at that year's, and real exchange rates stay, so that dollar prices grow as those of the United
States. Axes: Y years without gaps, N economies.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.outlook import DOLLARS, GROWTH, NATIONAL, Flags, Outlook
from burdenshare.whatif.plan import Floats

DOLLAR, EURO = "USA", "DEU"  # whose money gives the dollar and the euro
_MILLION = 1000.0  # million in a billion


@dataclass(frozen=True, slots=True)
class Money:
    """GDP and prices of C countries in T years; constant dollars are of the price year.

    `growth` T x C is real growth over the year before, a fraction; `real` C is GDP of the first
    year in million constant US dollars; `usd`, `eur` and `ncu`, T x C, are current dollars, euros
    and units of national currency for one constant dollar.
    """

    growth: Floats
    real: Floats
    usd: Floats
    eur: Floats
    ncu: Floats


@dataclass(frozen=True, slots=True)
class Economy:
    """All economies in all years up to a last one; `real`, `usd`, `eur` and `ncu` as in Money."""

    countries: tuple[str, ...]
    first: int
    last_forecast: int
    growth: Floats  # Y x N
    real: Floats  # Y x N
    usd: Floats
    eur: Floats
    ncu: Floats

    def missing(self, code: str, years: range) -> str:
        """Return why a country cannot be reckoned with in years, or nothing."""
        if code not in self.countries:
            return "the World Economic Outlook known on the day does not speak of it"
        column = self.countries.index(code)
        for year in years:
            row = year - self.first
            figures = (self.real, self.usd, self.eur, self.ncu)
            if any(np.isnan(figure[row, column]) for figure in figures):
                return f"the World Economic Outlook known on the day gives no GDP for {year}"
        return ""

    def money(self, countries: Sequence[str], years: range) -> Money:
        """Return the paths of some countries in some years."""
        columns = [self.countries.index(code) for code in countries]
        rows = slice(years[0] - self.first, years[-1] - self.first + 1)
        growth = self.growth[rows, columns]
        return Money(
            growth=growth,
            real=self.real[rows, columns][0],
            usd=self.usd[rows, columns],
            eur=self.eur[rows, columns],
            ncu=self.ncu[rows, columns],
        )

    def by_year(self, figures: Floats, code: str) -> dict[int, float]:
        """Return one country's figures by year, where there are any."""
        column = figures[:, self.countries.index(code)]
        found = {self.first + row: float(value) for row, value in enumerate(column)}
        return {year: value for year, value in found.items() if not np.isnan(value)}


def economy(outlook: Outlook, price_year: int, last: int, euro: Collection[str] = ()) -> Economy:
    """Return the paths up to a last year, in dollars of the price year.

    `euro` are countries that pay in euros: their national currency is the euro, whatever currency
    an edition gives. Raises UserError where the outlook does not give the price year.
    """
    for code in (DOLLAR, EURO):
        if code not in outlook.countries:
            raise UserError(f"the World Economic Outlook held does not speak of {code}: add it")
    if price_year not in outlook.years:
        raise UserError(
            f"the World Economic Outlook known on the day does not give GDP of {price_year}: "
            "write an earlier day, or add an edition"
        )
    at = price_year - outlook.first
    more = max(last - outlook.years[-1], 0)
    dollar, german = outlook.countries.index(DOLLAR), outlook.countries.index(EURO)
    growth = _held(outlook.newest(GROWTH) / 100, more)
    national = _held(outlook.prices(NATIONAL), more)
    dollars = _extended(outlook.prices(DOLLARS), more)
    after = _after(dollars)
    dollars[after] = np.broadcast_to(national[:, [dollar]], dollars.shape)[after]
    level = outlook.newest(DOLLARS)[at] * _MILLION
    rate = outlook.newest(NATIONAL)[at] * _MILLION / level
    usd = _index(dollars, at)
    ncu = _index(national, at) * rate
    eur = usd * (ncu[:, [german]] / usd[:, [german]])
    for code in set(euro) & set(outlook.countries):
        column = outlook.countries.index(code)
        ncu[:, column] = eur[:, column]
    return Economy(
        countries=outlook.countries,
        first=outlook.first,
        last_forecast=outlook.years[-1],
        growth=growth,
        real=_index(growth, at) * level,
        usd=usd,
        eur=eur,
        ncu=ncu,
    )


def _extended(rates: Floats, more: int) -> Floats:
    return np.vstack([rates, np.full((more, rates.shape[1]), np.nan)])


def _after(rates: Floats) -> Flags:
    """Say which years come after the last one that is known of a country."""
    known = ~np.isnan(rates)
    later = np.cumsum(known[::-1], axis=0)[::-1] == 0
    found: Flags = later & known.any(axis=0)
    return found


def _held(rates: Floats, more: int) -> Floats:
    """Return rates, longer by some years, in which the last year's goes on."""
    longer = _extended(rates, more)
    after = _after(longer)
    last = len(longer) - 1 - after.sum(axis=0)
    return np.where(after, longer[last, np.arange(longer.shape[1])], longer)


def _index(rates: Floats, at: int) -> Floats:
    """Return what grows at these rates and is 1 in one row.

    >>> _index(np.array([[0.5], [0.25], [1.0]]), 1).ravel()
    array([0.8, 1. , 2. ])
    """
    ratio = 1 + rates
    before = 1 / np.cumprod(ratio[1 : at + 1][::-1], axis=0)[::-1]
    one = np.ones((1, rates.shape[1]))
    return np.vstack([before, one, np.cumprod(ratio[at + 1 :], axis=0)])
