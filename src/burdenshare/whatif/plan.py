"""What the engine is given: arrays only, made from a scenario and the world.

Axes: T years, C countries, L joint error paths, G groups, K thresholds, N needs. Shares are in % of
GDP, money is in million US dollars, errors and growth are fractions (0.02 is 2 %).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# The variables that the engine keeps for each country, in the order of its results.
VARIABLES = ("share", "constant_usd", "current_usd", "current_eur", "current_ncu")
# What it keeps for each group of countries; money of a group is a sum, its share a ratio of sums.
TOTALS = ("share", "constant_usd", "current_usd", "current_eur")
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Plan:
    """One scenario as arrays: where each country stands, what may happen, what is asked.

    The share of a country follows `share` up to its base year (times a revision factor at the base
    year) and then moves by a pull towards `target`, a residual of past years, and a small normal
    step; `lower` and `upper` bound it where the scenario says so. Equations: docs/model.md.
    """

    countries: tuple[str, ...]  # C codes; the same list in every scenario that is compared
    years: tuple[int, ...]  # T years without gaps; the first is the earliest base year
    base: Whole  # C: index of the newest year whose share is known
    share: Floats  # T x C: the share known, NaN before the first and after the base year
    revision: Floats  # factors (newest over first published); [1.0] for none
    pull: Floats  # T x C: weight of the pledge over the years left to it; 0 for none
    target: Floats  # T x C: the share the pledge asks for; 0 for none
    residual: Floats  # factors of past years, one stretch a year
    starts: Whole  # H + 1: where the stretch of each past year starts
    chances: Floats  # H: the chance of each past year, adding to 1
    smooth_share: float  # standard deviation of the small step, a fraction
    growth: Floats  # T x C: real growth of the year over the year before; the first row is unused
    real: Floats  # C: real GDP of the first year, in million US dollars of the price year
    growth_error: Floats  # L x T x C: joint errors of past growth forecasts; the first year is 0
    smooth_growth: Floats  # T: standard deviation of the small step of growth; the first is 0
    usd: Floats  # T x C: current US dollars for one constant dollar, as forecast
    eur: Floats  # T x C: current euros for one constant dollar, as forecast
    ncu: Floats  # T x C: current national currency for one constant dollar, as forecast
    usd_error: Floats  # L x T: factor by which US prices differ from the forecast
    eur_error: Floats  # L x T: factor by which prices of the euro area differ
    ncu_error: Floats  # L x T x C: factor by which prices of each country differ
    lower: Floats  # T x C: the scenario's floor for the share; 0 for none
    upper: Floats  # T x C: the scenario's ceiling; infinity for none; equal to `lower` for a path
    groups: tuple[str, ...]  # G names; the first is everybody, the second those who are in
    inside: Floats  # G x T x C: 1 where a country counts in a group in a year, else 0
    thresholds: tuple[str, ...]  # K names of pledges, such as nato.hague-2025.core
    threshold: Floats  # K x T x C: the share that each asks for
    needs: tuple[str, ...]  # N names of amounts that those who are in must find together
    amount: Floats  # N x T: the amounts, in million constant US dollars; NaN: what left them
    reach: tuple[float, ...]  # shares whose cost to those who are in is asked for
    price_year: int  # the year whose prices and exchange rates constant dollars are of
    # T, or 1 for none: a factor on the residuals of a year; ends a trend that no test has reached
    trend: Floats = field(default_factory=lambda: np.ones(1))
    # T x C, or 1 x 1 for none: points of GDP on top of the bounded share, which stays 0 or more
    extra: Floats = field(default_factory=lambda: np.zeros((1, 1)))

    def only(self, part: str) -> Plan:
        """Return the plan with errors of one kind alone: "revision", "forecast" or "none".

        Revision is what past releases changed about years already published: the share of the
        base year, and GDP up to the year of the forecast. Years observed are told by `base`. Where
        residuals are not drawn, their mean stands for all of them.
        """
        changed: dict[str, Any] = {}
        if part in ("forecast", "none"):
            changed["revision"] = np.ones(1)
        if part in ("revision", "none"):
            means = np.add.reduceat(self.residual, self.starts[:-1]) / np.diff(self.starts)
            changed["residual"] = np.array([self.chances @ means])
            changed["starts"] = np.array([0, 1])
            changed["chances"] = np.ones(1)
            changed["smooth_share"] = 0.0
        keep = {"revision": self._published(), "forecast": ~self._published()}.get(
            part, np.zeros(len(self.years), dtype=bool)
        )
        changed["growth_error"] = self.growth_error * keep[None, :, None]
        changed["smooth_growth"] = self.smooth_growth * keep
        for name in ("usd_error", "eur_error", "ncu_error"):
            if part != "forecast":
                changed[name] = np.ones_like(getattr(self, name))
        return replace(self, **changed)

    def _published(self) -> NDArray[np.bool_]:
        """Say of each year whether the share of any country is already published for it."""
        return np.arange(len(self.years)) <= int(self.base.max(initial=0))


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of the draws: means and quantiles, exact counts, in the order of the plan.

    Quantiles are at LEVELS. `cells` are V x T x C by VARIABLES, `totals` are 4 x G x T by TOTALS,
    `needed` is N x T (the share of GDP that gives the amount, spread evenly), `cost` is M x T (what
    it costs to lift all who are in to each of `reach`, million constant US dollars).
    """

    plan: Plan
    draws: int
    seed: int
    cells: Floats  # V x T x C means
    cell_quantiles: Floats  # 5 x V x T x C
    totals: Floats  # 4 x G x T means
    total_quantiles: Floats  # 5 x 4 x G x T
    meets: Floats  # K x T x C: the share of draws in which the threshold is reached
    counts: Floats  # K x T x (C + 1): the share of draws with so many who are in and reach it
    shortfall: Floats  # K x T x C: mean of the money missing, million constant US dollars
    needed: Floats  # N x T means
    needed_quantiles: Floats  # 5 x N x T
    cost: Floats  # M x T means
    cost_quantiles: Floats  # 5 x M x T
