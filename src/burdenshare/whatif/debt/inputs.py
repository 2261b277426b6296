"""What the debt model is given for each state, as arrays.

Axes: Y years from the last year before the adjustment (index 0), C states or lanes. Ratios are in %
of GDP, rates and growth in % a year; levels are in % of the GDP of year 0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

HORIZON = 18  # years after year 0: nothing later decides anything
YEARS = HORIZON + 1
EDP_LINE = -3.0


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of C states: fields of Y x C are paths, fields of C are numbers.

    `implicit` is NaN where no forecast gives it, `stock_flow` where only an amount is known, which
    is `stock_flow_level`. `spending` lowers the balance on top of the path (with the multiplier);
    `loan_in` and `loan_out` are drawn and repaid loans at `loan_rate`, outside the market debt.
    Where `rolled`, debt that matures is borrowed again as what it was, and only new debt is split.
    """

    countries: tuple[str, ...]
    year: int
    # numbers, C
    elasticity: Floats
    multiplier: Floats
    short_share: Floats  # of debt, where it is steered to
    short_owed: Floats  # of debt in year 0
    rolled: Flags
    maturity: Floats  # mean residual maturity of long-term debt, years, for shocks to rates
    expenditure: Floats
    debt: Floats  # amount, % of GDP of year 0
    ratio: Floats  # as published, which may differ from the amount over GDP
    balance: Floats
    primary: Floats
    balance_before: Floats  # of the year before year 0, NaN where not known
    edp: Floats  # 1 under a procedure, 0 not, NaN where the deficit of year 0 decides
    long_implicit: Floats  # of the last forecast year, NaN where it is worked out
    domestic: Floats
    euro: Floats
    dollar: Floats
    loan_rate: Floats
    # paths, Y x C
    growth: Floats
    potential: Floats
    potential_growth: Floats
    gap: Floats
    forecast: Flags  # up to the last year of the forecast: gaps decay around its gap
    inflation: Floats
    spb: Floats
    implicit: Floats
    rate_short: Floats
    rate_long: Floats
    stock_flow: Floats
    stock_flow_level: Floats
    one_off: Floats
    ageing: Floats
    revenue: Floats
    maturing: Floats
    esm_repayment: Floats
    esm_stock: Floats
    exr_euro: Floats
    exr_dollar: Floats
    spending: Floats
    loan_in: Floats
    loan_out: Floats

    def take(self, lanes: Whole) -> Inputs:
        """Return the inputs of some states, in the order asked for, each as often as asked for."""
        changed = {
            each.name: getattr(self, each.name)[..., lanes]
            for each in fields(self)
            if each.name not in ("countries", "year")
        }
        return replace(self, countries=tuple(self.countries[i] for i in lanes), **changed)

    @property
    def under_edp(self) -> Flags:
        """Say of each state whether it is under an excessive deficit procedure in year 0, C."""
        inferred = self.balance < EDP_LINE
        return np.where(np.isnan(self.edp), inferred, self.edp == 1)


def join(path: Floats, anchors: dict[int, Floats | float]) -> Floats:
    """Return paths of Y x C in which gaps are joined by straight lines; the ends stay level.

    `anchors` are values at indices of years, taken where the path itself has none; they may lie
    beyond the last year.

    >>> path = np.full((19, 1), np.nan)
    >>> path[0] = 1.0
    >>> join(path, {10: 2.0, 30: 4.0})[[5, 10, 15], 0].tolist()
    [1.5, 2.0, 2.5]
    """
    last = max([len(path) - 1, *anchors])
    long = np.full((last + 1, path.shape[1]), np.nan)
    long[: len(path)] = path
    for index, value in anchors.items():
        long[index] = np.where(np.isnan(long[index]), value, long[index])
    years = np.arange(last + 1)
    for lane in long.T:
        known = ~np.isnan(lane)
        lane[~known] = np.interp(years[~known], years[known], lane[known])
    return long[: len(path)]


def hold(path: Floats) -> Floats:
    """Return paths of Y x C in which a gap takes the value of the year before it."""
    held = path.copy()
    for t in range(1, len(held)):
        held[t] = np.where(np.isnan(held[t]), held[t - 1], held[t])
    return held
