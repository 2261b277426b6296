"""Work out what is asked of the paths: the variables of each country, totals, costs, as rows.

A row is one number a year, such as the spending of one country; each row has a column for each
draw. All rows of a year are counted alike, so they lie in one array. Cells that cannot be known
(`Gaps`) hold zeros here and become NaN in the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burdenshare.whatif.paths import Paths, Ready, Sixteen, by_year
from burdenshare.whatif.plan import TOTALS, VARIABLES, Floats, Plan, Whole

Flags = NDArray[np.bool_]

# The lines of a lot, and the groups that it is in.
Lot = tuple[slice | Whole, tuple[int, ...]]
ALL, IN = 0, 1  # the groups that have a meaning: everybody, and those who are in


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows there are, in this order: cells of each variable, totals, needs, costs."""

    variables: tuple[str, ...]  # those of VARIABLES that are kept
    cells: dict[str, slice]  # C rows for each of them
    totals: dict[str, slice]  # G rows for each of TOTALS that is kept
    needs: slice
    costs: slice

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self.costs.stop)


def layout_of(plan: Plan, variables: Sequence[str] = VARIABLES) -> Layout:
    """Lay out the rows of a plan; totals in current money only where the variable is kept."""
    unknown = set(variables) - set(VARIABLES)
    if unknown:
        raise ValueError(f"no such variable: {', '.join(sorted(unknown))}")
    kept = tuple(name for name in VARIABLES if name in variables)
    totals = [name for name in TOTALS if name in kept or name in ("share", "constant_usd")]
    stop = 0
    places: list[slice] = []
    sizes = [len(plan.countries)] * len(kept) + [len(plan.groups)] * len(totals)
    for size in (*sizes, len(plan.needs), len(plan.reach)):
        places.append(slice(stop, stop + size))
        stop += size
    return Layout(
        variables=kept,
        cells=dict(zip(kept, places, strict=False)),
        totals=dict(zip(totals, places[len(kept) :], strict=False)),
        needs=places[-2],
        costs=places[-1],
    )


@dataclass(frozen=True, slots=True)
class Gaps:
    """What cannot be known whatever is drawn: shares before the first, money without a rate."""

    cells: Flags  # V x T x C
    totals: Flags  # 4 x G x T
    pledges: Flags  # K x T x C
    needed: Flags  # N x T
    cost: Flags  # T


def gaps_of(plan: Plan) -> Gaps:
    """Find the gaps of a plan."""
    absent = np.isnan(plan.share) & (np.arange(len(plan.years))[:, None] <= plan.base)
    rates = [np.ones_like(plan.usd), np.ones_like(plan.usd), plan.usd, plan.eur, plan.ncu]
    cells = np.array([absent | np.isnan(rate) for rate in rates])
    inside = plan.inside == 1
    totals = (inside & cells[[0, 1, 2, 3], None]).any(axis=-1)
    nobody = ~inside.any(axis=-1)
    totals[TOTALS.index("share")] |= nobody
    spent = totals[TOTALS.index("constant_usd")]
    return Gaps(
        cells=cells,
        totals=totals,
        pledges=absent | ~np.isfinite(plan.threshold),
        needed=spent[IN] | nobody[IN] | (np.isnan(plan.amount) & spent[ALL]),
        cost=spent[IN],
    )


class Lots:
    """Countries parted by the groups that they are in, year by year, so that each is added once."""

    def __init__(self, plan: Plan) -> None:
        self.years = [lots_of(inside) for inside in np.moveaxis(plan.inside == 1, 1, 0)]

    def add(self, t: int, values: Floats, out: Floats) -> None:
        """Add up the lines of each group, C x draws to G x draws: within lots, then lot by lot."""
        out[:] = 0.0
        for lines, groups in self.years[t]:
            part = np.add.reduce(values[lines], axis=0)
            for group in groups:
                out[group] += part

    def add_in(self, t: int, values: Floats, out: Floats) -> None:
        """Add up the lines of those who are in, C x draws to draws."""
        out[:] = 0.0
        for lines, groups in self.years[t]:
            if IN in groups:
                out += np.add.reduce(values[lines], axis=0)


class Rows:
    """Fills the rows of one year after the other, in arrays that are used again."""

    def __init__(self, ready: Ready, layout: Layout, draws: int) -> None:
        plan = ready.plan
        shape = (len(plan.countries), draws)
        self.layout, self.draws = layout, draws
        self.values = np.empty((layout.size, draws))
        self.lots, self.rates, self.pledges = Lots(plan), rates_of(plan, layout), Pledges(plan)
        self._plan = plan
        self._spare, self._reaches = np.empty(shape), np.empty(shape, dtype=bool)
        self._constant = np.empty(shape)
        self.whole = np.empty((len(plan.groups), draws))  # 1 % of the GDP of each group

    def fill(self, t: int, paths: Paths) -> None:
        """Fill `values`, R x draws, with the first draws of the year that paths have come to."""
        shown, point = paths.shown[:, : self.draws], paths.point[:, : self.draws]
        constant = self._cells(t, shown, point, paths.path[: self.draws])
        self._totals(t, constant, point)
        for row, reach in zip(self.values[self.layout.costs], self._plan.reach, strict=True):
            self.lots.add_in(t, self._missing(reach, shown, point), row)

    def _cells(self, t: int, shown: Floats, point: Floats, path: Whole) -> Floats:
        """Fill the rows of countries; return spending in constant dollars, C x draws."""
        cells, values = self.layout.cells, self.values
        constant = values[cells["constant_usd"]] if "constant_usd" in cells else self._constant
        np.multiply(shown, point, out=constant)
        if "share" in cells:
            values[cells["share"]] = shown
        for name, (rate, error) in self.rates.items():
            rows = values[cells[name]]
            np.multiply(constant, rate[t][:, None], out=rows)
            np.multiply(rows, error[t].take(path, axis=-1, mode="clip"), out=rows)
        return constant

    def _totals(self, t: int, constant: Floats, point: Floats) -> None:
        """Fill the rows of groups, and of what those who are in need."""
        values, totals = self.values, self.layout.totals
        self.lots.add(t, constant, values[totals["constant_usd"]])
        self.lots.add(t, point, self.whole)
        for name in ("current_usd", "current_eur"):
            if name in totals:
                self.lots.add(t, values[self.layout.cells[name]], values[totals[name]])
        self.ratios(t)

    def ratios(self, t: int) -> None:
        """Fill the rows that are shares of GDP, from the sums of groups."""
        values, whole = self.values, self.whole
        spent = values[self.layout.totals["constant_usd"]]
        whole[whole[:, 0] == 0] = 1.0
        np.divide(spent, whole, out=values[self.layout.totals["share"]])
        for row, amount in zip(values[self.layout.needs], self._plan.amount[:, t], strict=True):
            together = spent[ALL] if np.isnan(amount) else spent[IN] + amount
            np.divide(together, whole[IN], out=row)

    def _missing(self, asked: float | Floats, shown: Floats, point: Floats) -> Floats:
        """Return the money missing to a share, and put down who misses none."""
        np.subtract(asked, shown, out=self._spare)
        np.less_equal(self._spare, 0.0, out=self._reaches)
        np.maximum(self._spare, 0.0, out=self._spare)
        return np.multiply(self._spare, point, out=self._spare)

    def pledge(self, t: int, k: int, paths: Paths, draws: int) -> tuple[Sixteen, Whole, Floats]:
        """Hold the first draws against a threshold.

        Returns in how many draws each country reaches it, in how many so many of those who are in
        do, and the sum of the money missing: C, C + 1 and C numbers.
        """
        missing = self._missing(self.pledges.asked[k, t][:, None], paths.shown, paths.point)
        reaches = self._reaches[:, :draws].view(np.uint8)
        number = np.add.reduce(reaches[self.pledges.lines[k][t]], axis=0, dtype=np.uint16)
        return (
            np.add.reduce(reaches, axis=1, dtype=np.uint16),
            np.bincount(number, minlength=len(reaches) + 1),
            np.add.reduce(missing[:, :draws], axis=1),
        )


class Pledges:
    """What is asked of whom: `asked` is K x T x C, 0 where nothing; `asks` are those who count."""

    def __init__(self, plan: Plan) -> None:
        known = ~gaps_of(plan).pledges
        self.asked = np.where(known, plan.threshold, 0.0)
        self.asks = known & (plan.inside[IN] == 1)
        self.lines = [[_lines(np.flatnonzero(year)) for year in pledge] for pledge in self.asks]


def rates_of(plan: Plan, layout: Layout) -> dict[str, tuple[Floats, Floats]]:
    """Return what a constant dollar is in each current money that is kept, and its errors.

    The rate is T x C, its error T x L where it is common to all, T x C x L else.
    """
    found = {
        "current_usd": (plan.usd, plan.usd_error),
        "current_eur": (plan.eur, plan.eur_error),
        "current_ncu": (plan.ncu, plan.ncu_error),
    }
    return {
        name: (np.nan_to_num(rate), by_year(error))
        for name, (rate, error) in found.items()
        if name in layout.cells
    }


def lots_of(inside: Flags) -> list[Lot]:
    """Part countries, G x C flags, into lots that are in the same groups; leave out the outsiders.

    >>> lots_of(np.array([[True, True, True, False], [True, True, False, False]]))
    [(slice(0, 2, None), (0, 1)), (slice(2, 3, None), (0,))]
    """
    found: dict[tuple[int, ...], list[int]] = {}
    for line, column in enumerate(inside.T):
        groups = tuple(np.flatnonzero(column).tolist())
        if groups:
            found.setdefault(groups, []).append(line)
    return [(_lines(np.array(lines)), groups) for groups, lines in found.items()]


def _lines(lines: Whole) -> slice | Whole:
    """Return lines without a gap as a slice, which needs no copy."""
    if len(lines) and lines[-1] - lines[0] + 1 == len(lines):
        return slice(int(lines[0]), int(lines[-1]) + 1)
    return lines
