"""Does the money proposed cover what a study asks: loans and the escape clause's room, by state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from burdenshare.whatif.baseline import pays_in_euros
from burdenshare.whatif.debt.defence import Clause
from burdenshare.whatif.economy import EURO, Economy, economy
from burdenshare.whatif.outlook import GROWTH, read_outlook
from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.studies import Study

EU, EUROPE_IN_NATO = "eu-27", "europe-in-nato"
OVERSEAS = frozenset({"CAN", "USA"})  # members of NATO that are not in Europe
NO_GDP = "the World Economic Outlook gives no GDP: it has no part in the split"
_BILLION = 1e9
_MILLION = 1e6

ByYear = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Gdp:
    """GDP in euros and what a dollar costs, and the newest edition of the outlook behind them."""

    paths: Economy
    release: Release
    publisher: str

    def of(self, country: str, year: int) -> float:
        """Return a state's GDP in euros; NaN where the outlook gives none."""
        if country not in self.paths.countries:
            return math.nan
        at = year - self.paths.first, self.paths.countries.index(country)
        return float(self.paths.real[at] * self.paths.eur[at] * _MILLION)

    def euros_per_dollar(self, year: int) -> float:
        """Return the euros that a dollar costs in a year."""
        at = year - self.paths.first, self.paths.countries.index(EURO)
        return float(self.paths.eur[at] / self.paths.usd[at])


def read_gdp(world: World, day: Day, last: int) -> Gdp:
    """Return GDP up to a year as a run has it, by the outlook known on a day.

    Raises UserError where none was known.

    >>> gdp = read_gdp(World(), Day(2026, 10, 30), 2035)
    >>> gdp.of("DEU", 2035) > gdp.of("DEU", 2026) > gdp.of("FRA", 2026)
    True
    """
    outlook = read_outlook(world, day)
    year = min(day.year, outlook.years[-1])
    paths = economy(outlook, year, last, pays_in_euros(world, day))
    publisher = world.datasets[world.find_series(GROWTH).dataset].publisher
    return Gdp(paths, outlook.releases[-1], publisher)


@dataclass(frozen=True, slots=True)
class Money:
    """What is proposed: loans in euros by state and year, and where the escape clause is active."""

    loans: Mapping[str, ByYear]
    clauses: Mapping[str, Clause]
    union: frozenset[str]  # members of the European Union

    def of(self, country: str, year: int, gdp: float) -> tuple[float, float]:
        """Return a state's loan and its room of a year, in euros."""
        clause = self.clauses.get(country)
        cap = clause.caps.get(year, 0.0) if clause else 0.0
        return self.loans.get(country, {}).get(year, 0.0), cap / 100 * gdp


@dataclass(frozen=True, slots=True)
class Asked:
    """A study's amount of a year in euros, its years, and the GDP over which it is split."""

    per_year: float
    years: range
    gdp: Mapping[str, ByYear]  # of the states over which it is split, EUR
    gaps: tuple[str, ...] = ()  # states without GDP

    def points(self, year: int) -> float:
        """Return the amount in % of the GDP of all, which is that of each.

        >>> Asked(3.0, range(2028, 2029), {"A": {2028: 200.0}, "B": {2028: 100.0}}).points(2028)
        1.0
        """
        return 100 * self.per_year / sum(own[year] for own in self.gdp.values())

    def of(self, country: str) -> dict[int, float]:
        """Return a state's part by year, in euros."""
        return {year: self.points(year) / 100 * self.gdp[country][year] for year in self.years}


def per_year(study: Study, gdp: Gdp) -> float:
    """Return a study's amount of a year in euros; dollars at the rate of the study's year."""
    rate = 1.0 if study.currency == "EUR" else gdp.euros_per_dollar(study.published.year)
    return study.per_year * _BILLION * rate


def split(
    amount: float, states: Iterable[str], years: range, gdp: Callable[[str, int], float]
) -> Asked:
    """Return an amount of each year split by the GDP of the year; who has none is left out.

    `gdp` gives that of a state and year, NaN for none.

    >>> gdp = {"A": 200.0, "B": 100.0}
    >>> found = split(3.0, gdp, range(2028, 2029), lambda code, year: gdp[code])
    >>> found.of("A"), found.of("B")
    ({2028: 2.0}, {2028: 1.0})
    """
    table = {code: {year: gdp(code, year) for year in years} for code in states}
    held = {code: own for code, own in table.items() if not any(map(math.isnan, own.values()))}
    return Asked(amount, years, held, tuple(code for code in table if code not in held))


def covers(asked: Asked, money: Money) -> dict[str, Any]:
    """Return what each state is asked, what is proposed for it, and what is missing, in euros.

    A loan pays for spending inside the room: the money of a year is the larger of the two.
    """
    rows = [_row(code, asked, money) for code in sorted(asked.gdp)]
    return {
        "first": asked.years[0],
        "last": asked.years[-1],
        "per_year_eur": asked.per_year,
        "money": {
            "loans_eur": sum(sum(row["loans_eur"].values()) for row in rows),
            "room_eur": sum(sum(row["room_eur"].values()) for row in rows),
        },
        "rows": rows,
        "covered": [row["country"] for row in rows if row["covered"]],
        "not_covered": [row["country"] for row in rows if not row["covered"]],
        "gaps": [{"country": code, "reason": NO_GDP} for code in asked.gaps],
    }


def _row(code: str, asked: Asked, money: Money) -> dict[str, Any]:
    part = asked.of(code)
    found = {year: money.of(code, year, asked.gdp[code][year]) for year in asked.years}
    missing = {year: max(part[year] - max(found[year]), 0.0) for year in asked.years}
    first = next((year for year in asked.years if missing[year] > 0), None)
    return {
        "country": code,
        "asked_eur": _told(part),
        "asked_points": {str(year): asked.points(year) for year in asked.years},
        "loans_eur": _told({year: loan for year, (loan, _) in found.items()}),
        "room_eur": _told({year: room for year, (_, room) in found.items()}),
        "missing_eur": _told(missing),
        "covered": first is None,
        "first_missing": first,
        "reason": _reason(code, first, found, money),
    }


def _reason(
    code: str, first: int | None, found: Mapping[int, tuple[float, float]], money: Money
) -> str:
    """Say why money is missing from a year on, or that it is not."""
    loans = [year for year, (loan, _) in found.items() if loan > 0]
    room = [year for year, (_, own) in found.items() if own > 0]
    if first is None:
        return "its loan or its room is as much as what is asked in every year"
    if code not in money.union:
        return "no member of the European Union: neither escape clause nor SAFE loan"
    said = [
        _lasts("the escape clause is not active", "its room", room, first),
        _lasts("no SAFE loan", "its loan", loans, first),
    ]
    return f"{said[0]}; {said[1]}"


def _lasts(none: str, what: str, years: list[int], first: int) -> str:
    if not years:
        return none
    if years[-1] < first:
        return f"{what} ends in {years[-1]}"
    return f"{what} is less than what is asked in {first}"


def _told(by_year: ByYear) -> dict[str, float]:
    return {str(year): value for year, value in by_year.items()}
