"""The parts of an answer that are read off a result: rows, probabilities, counts, needs, costs.

Every figure is a plain number, or None where there is none. Years before the scenario's first are
left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.whatif.plan import LEVELS, TOTALS, VARIABLES, Floats, Plan, Result

EVERYBODY, INSIDE = 0, 1  # the first two groups of every plan
QUANTILES = tuple(f"p{round(100 * level)}" for level in LEVELS)
NAMES = {
    "share": "Defence Expenditure|Share of GDP",
    "constant_usd": "Defence Expenditure|Constant Prices",
    "current_usd": "Defence Expenditure|Current Prices USD",
    "current_eur": "Defence Expenditure|Current Prices EUR",
    "current_ncu": "Defence Expenditure|Current Prices NCU",
}
SHARE, CONSTANT = NAMES["share"], NAMES["constant_usd"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A result with the names that its answer uses.

    `regions` are names for the plan's groups, in the order in which they are told. `places` are the
    thresholds by the names of pledges, `targets` what the pledges ask for, in % of GDP.
    """

    scenario: str
    first: int
    result: Result
    regions: Mapping[str, str]
    places: Mapping[str, int]
    targets: Mapping[str, float]

    @property
    def plan(self) -> Plan:
        """The plan of the result."""
        return self.result.plan

    @property
    def years(self) -> list[tuple[int, int]]:
        """The place and the number of each year from the first on."""
        return [(t, year) for t, year in enumerate(self.plan.years) if year >= self.first]


def number(value: float) -> float | None:
    """Return a figure of an array as a plain number, None for NaN."""
    return float(value) if math.isfinite(value) else None


def rows(read: Read, currencies: Mapping[str, str]) -> Iterator[Row]:
    """Yield shares and spending of each country, then of each group, by year.

    `currencies` are the codes of national currencies by country; without one, no row in it.
    """
    plan, result = read.plan, read.result
    for c, country in enumerate(plan.countries):
        for v, variable in enumerate(VARIABLES):
            unit = _unit(variable, plan.price_year, currencies.get(country))
            if unit is None:
                continue
            for t, year in read.years:
                values = result.cell_quantiles[:, v, t, c]
                yield _row(read, country, variable, unit, year) | _spread(
                    result.cells[v, t, c], values
                )
    for group, region in read.regions.items():
        g = plan.groups.index(group)
        for v, variable in enumerate(TOTALS):
            unit = _unit(variable, plan.price_year, None)
            for t, year in read.years:
                values = result.total_quantiles[:, v, g, t]
                yield _row(read, region, variable, unit or "", year) | _spread(
                    result.totals[v, g, t], values
                )


def meets(read: Read) -> Iterator[Row]:
    """Yield the probability that each country reaches what each pledge asks for, by year."""
    for pledge, target in read.targets.items():
        k = read.places[pledge]
        for c, country in enumerate(read.plan.countries):
            for t, year in read.years:
                yield {
                    "scenario": read.scenario,
                    "country": country,
                    "year": year,
                    "pledge": pledge,
                    "target": target,
                    "probability": number(read.result.meets[k, t, c]),
                }


def counts(read: Read) -> Iterator[Row]:
    """Yield how many of those who are in reach what each pledge asks for, by year."""
    for pledge in read.targets:
        for t, year in read.years:
            yield {
                "scenario": read.scenario,
                "year": year,
                "pledge": pledge,
                "members": int(read.plan.inside[INSIDE, t].sum()),
                **count_of(read.result.counts[read.places[pledge], t]),
            }


def count_of(chances: Floats) -> Row:
    """Return the mean and the quantiles of a number of members, from the chance of each number.

    >>> count_of(np.array([0.0, 0.5, 0.5]))
    {'mean': 1.5, 'p5': 1, 'p50': 1, 'p95': 2}
    """
    whole = np.cumsum(chances)
    found: Row = {"mean": number(float(chances @ np.arange(len(chances))))}
    for level in (0.05, 0.5, 0.95):
        known = math.isfinite(whole[-1])
        # A sum of shares of draws may miss a level by what rounding leaves.
        found[f"p{round(100 * level)}"] = (
            int(np.searchsorted(whole, level - 1e-9)) if known else None
        )
    return found


def shortfalls(read: Read) -> Iterator[Row]:
    """Yield what each country lacks of each pledge: points at the median, money on average."""
    result = read.result
    middle = result.cell_quantiles[LEVELS.index(0.5), VARIABLES.index("share")]
    for pledge, target in read.targets.items():
        k = read.places[pledge]
        for c, country in enumerate(read.plan.countries):
            for t, year in read.years:
                short = middle[t, c] < read.plan.threshold[k, t, c]
                points = max(target - middle[t, c], 0.0) if short else 0.0
                yield {
                    "scenario": read.scenario,
                    "country": country,
                    "year": year,
                    "pledge": pledge,
                    "points": number(points) if math.isfinite(middle[t, c]) else None,
                    "usd_million": number(result.shortfall[k, t, c]),
                }


def needed(read: Read, about: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Yield the share of GDP with which those who are in would find each amount, by year.

    `about` gives the title and the citation of each amount. Years in which nothing is to be found
    are left out.
    """
    plan, result = read.plan, read.result
    spent = result.totals[TOTALS.index("constant_usd")]
    left = np.any(plan.inside[EVERYBODY] != plan.inside[INSIDE], axis=-1)
    for n, name in enumerate(plan.needs):
        for t, year in read.years:
            amount = plan.amount[n, t]
            if amount == 0 or (math.isnan(amount) and not left[t]):
                continue
            if math.isnan(amount):
                amount = spent[EVERYBODY, t] - spent[INSIDE, t]
            yield {
                "id": name,
                "title": about[name]["title"],
                "year": year,
                "unit": "% of GDP",
                **_range(result.needed[n, t], result.needed_quantiles[:, n, t]),
                "amount_usd_million": number(amount),
                "citation": about[name]["citation"],
            }


def reach(read: Read) -> Iterator[Row]:
    """Yield what it costs to lift all who are in to each share, by year."""
    plan, result = read.plan, read.result
    for m, target in enumerate(plan.reach):
        for t, year in read.years:
            yield {
                "target": target,
                "year": year,
                **_range(result.cost[m, t], result.cost_quantiles[:, m, t]),
                "unit": f"million USD_{plan.price_year}",
            }


def _unit(variable: str, price_year: int, currency: str | None) -> str | None:
    units = {
        "share": "% of GDP",
        "constant_usd": f"million USD_{price_year}",
        "current_usd": "million USD",
        "current_eur": "million EUR",
    }
    return units.get(variable) or (f"million {currency}" if currency else None)


def _row(read: Read, region: str, variable: str, unit: str, year: int) -> Row:
    return {
        "scenario": read.scenario,
        "region": region,
        "variable": NAMES[variable],
        "unit": unit,
        "year": year,
    }


def _spread(mean: float, values: Sequence[float] | Floats) -> Row:
    return {"mean": number(mean)} | {
        name: number(value) for name, value in zip(QUANTILES, values, strict=True)
    }


def _range(mean: float, values: Floats) -> Row:
    found = _spread(mean, values)
    return {name: found[name] for name in ("mean", "p5", "p50", "p95")}
