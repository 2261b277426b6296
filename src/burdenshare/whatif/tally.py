"""Count draws so that counts from anywhere add up to the same result.

Each row of each year has a histogram of BINS bins between edges that block 0 fixes, with what lies
below and above in the first and last bin. Counts are whole numbers, and sums are kept block by
block, so the order in which blocks are worked out and merged does not show.

Quantiles are read from the histogram, in a straight line within a bin. A bin is about 1/40 of a
standard deviation wide; what that loses is about a tenth of the sampling error of a quantile,
whether of thousands of draws or of a million. Where draws pile up at a bound, such as a floor, the
bound is an edge and read exactly; so is what is the same in all draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from burdenshare.whatif.paths import BLOCK, Paths, Ready
from burdenshare.whatif.plan import LEVELS, TOTALS, VARIABLES, Floats, Plan, Result, Whole
from burdenshare.whatif.rows import Layout, Rows, gaps_of, layout_of

BINS = 256
INNER = BINS - 2
WHOLE = 2.0**52  # so large that a number added to it is rounded, and stands in its last bits
STRIP = 32  # rows that are counted together, so that they fit a cache


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the bins of each row lie: between `low` and `high`, T x R, INNER of the same width."""

    variables: tuple[str, ...]
    low: Floats
    high: Floats

    def scale(self, t: int) -> Floats:
        """Return what to take from the values of each row, and by what to multiply: 2 x R.

        The bin is the nearest whole number, from 0 to BINS - 1.
        """
        width = (self.high[t] - self.low[t]) / INNER
        return np.array([self.low[t] - 0.5 * width, 1.0 / width])


def bounds(values: Floats) -> tuple[Floats, Floats]:
    """Choose edges for rows of draws, R x draws: wide enough for the quantiles that are asked.

    From the median they reach half as far again as the 2nd and 98th percentile. A least or greatest
    value that occurs twice is taken for a bound, and the edge laid just inside it. Rows that are
    all alike get a narrow range around their value.
    """
    ordered = np.sort(values, axis=1)
    last = ordered.shape[1] - 1
    middle = ordered[:, last // 2]
    low = 1.5 * ordered[:, last // 50] - 0.5 * middle
    high = 1.5 * ordered[:, last - last // 50] - 0.5 * middle
    nudge = 1e-9 * (high - low)
    low = np.where(ordered[:, 0] == ordered[:, 1], ordered[:, 0] + nudge, low)
    high = np.where(ordered[:, last] == ordered[:, last - 1], ordered[:, last] - nudge, high)
    alike = _alike(middle)
    flat = high - low < 2 * alike
    return np.where(flat, middle - alike, low), np.where(flat, middle + alike, high)


def _alike(values: Floats) -> Floats:
    """Return how far from a value counts as the same: a power of two, about 1e-9 of it."""
    _, power = np.frexp(np.maximum(np.abs(values), 2.0**-20))
    found: Floats = np.ldexp(1.0, power - 31)
    return found


@dataclass
class Tally:
    """What some blocks of draws came to; T years, R rows, K pledges, C countries."""

    edges: Edges
    counts: Whole  # T x R x BINS draws in each bin
    reached: Whole  # K x T x C draws in which the threshold is reached
    numbers: Whole  # K x T x (C + 1) draws in which so many of those who are in reach it
    sums: dict[int, Floats]  # by block: R sums of each year, then K x C of the money missing
    draws: dict[int, int]  # by block

    def start(self, block: int, draws: int) -> None:
        """Make room for a block of so many draws; ValueError for one outside or counted before."""
        if draws < 1:
            raise ValueError(f"block {block} is not among the draws")
        if block in self.draws:
            raise ValueError(f"block {block} is counted twice")
        pledges, _, countries = self.reached.shape
        years, rows = self.edges.low.shape
        self.draws[block] = draws
        self.sums[block] = np.empty((years, rows + pledges * countries))

    def add(self, other: Tally) -> None:
        """Add the blocks of another tally; ValueError for a block counted twice or other edges."""
        twice = sorted(self.draws.keys() & other.draws.keys())
        if twice:
            raise ValueError(f"block {twice[0]} is counted twice")
        same = np.array_equal(self.edges.low, other.edges.low)
        if not same or not np.array_equal(self.edges.high, other.edges.high):
            raise ValueError("tallies with other edges cannot be added")
        self.counts += other.counts
        self.reached += other.reached
        self.numbers += other.numbers
        self.sums.update(other.sums)
        self.draws.update(other.draws)


def nothing(plan: Plan, edges: Edges) -> Tally:
    """Return the tally of no draws."""
    shape, pledges = edges.low.shape, (len(plan.thresholds), len(plan.years))
    return Tally(
        edges=edges,
        counts=np.zeros((*shape, BINS), dtype=np.int64),
        reached=np.zeros((*pledges, len(plan.countries)), dtype=np.int64),
        numbers=np.zeros((*pledges, len(plan.countries) + 1), dtype=np.int64),
        sums={},
        draws={},
    )


def merge(tallies: Iterable[Tally]) -> Tally:
    """Add up tallies of different blocks, in any order; ValueError for none, or a block twice."""
    first, *others = tallies
    total = replace(
        first,
        counts=first.counts.copy(),
        reached=first.reached.copy(),
        numbers=first.numbers.copy(),
        sums=dict(first.sums),
        draws=dict(first.draws),
    )
    for other in others:
        total.add(other)
    return total


class Counter:
    """Counts the years of blocks, in arrays that are used again."""

    def __init__(self, ready: Ready, layout: Layout) -> None:
        self._rows = Rows(ready, layout, BLOCK)
        self._values = np.empty((STRIP, BLOCK))
        lines = np.arange(STRIP)[:, None]
        self._place = BINS * lines - np.array(WHOLE).view(np.int64)

    def count(self, tally: Tally, block: int, t: int, paths: Paths) -> None:
        """Count the year that paths have come to, as far as the draws of the block go."""
        rows, draws, sums = self._rows, tally.draws[block], tally.sums[block][t]
        rows.fill(t, paths)
        size, values, scale = rows.layout.size, rows.values[:, :draws], tally.edges.scale(t)
        sums[:size] = np.add.reduce(values, axis=1)
        check(sums[:size])
        for start in range(0, size, STRIP):
            strip = slice(start, start + STRIP)
            tally.counts[t, strip] += self._binned(values[strip], scale[:, strip])
        missing = sums[size:].reshape(tally.reached.shape[::2])
        for k in range(len(missing)):
            reached, numbers, missing[k] = rows.pledge(t, k, paths, draws)
            tally.reached[k, t] += reached
            tally.numbers[k, t] += numbers

    def _binned(self, values: Floats, scale: Floats) -> Whole:
        """Return how many draws of each row are in each bin."""
        lines, draws = values.shape
        scaled = self._values[:lines, :draws]
        np.subtract(values, scale[0][:, None], out=scaled)
        np.multiply(scaled, scale[1][:, None], out=scaled)
        np.clip(scaled, 0.0, BINS - 1.0, out=scaled)
        np.add(scaled, WHOLE, out=scaled)
        bins = scaled.view(np.int64)
        np.add(bins, self._place[:lines], out=bins)
        return np.bincount(bins.ravel(), minlength=lines * BINS).reshape(lines, BINS)


def check(sums: Floats) -> None:
    """Raise ValueError for a sum that is no number."""
    if not np.isfinite(sums).all():
        raise ValueError("the numbers of this plan grow beyond all bounds")


def result(plan: Plan, tally: Tally, draws: int, seed: int) -> Result:
    """Turn a tally into means and quantiles, NaN where nothing can be known.

    Raises ValueError if the tally is not of so many draws.
    """
    if sum(tally.draws.values()) != draws:
        raise ValueError(f"a tally of {sum(tally.draws.values())} draws, not {draws}")
    layout, gaps = layout_of(plan, tally.edges.variables), gaps_of(plan)
    sums = np.zeros(tally.sums[min(tally.sums)].shape)
    for block in sorted(tally.sums):
        sums += tally.sums[block]
    means, levels = sums[:, : layout.size].T / draws, quantiles(tally, draws)
    shape = (len(plan.years), len(plan.thresholds), len(plan.countries))
    short = sums[:, layout.size :].reshape(shape).transpose(1, 0, 2) / draws
    cells, totals = gaps.cells.transpose(0, 2, 1), gaps.totals
    return Result(
        plan=plan,
        draws=draws,
        seed=seed,
        cells=_pick(means, layout.cells, VARIABLES, cells).swapaxes(-1, -2),
        cell_quantiles=_pick(levels, layout.cells, VARIABLES, cells).swapaxes(-1, -2),
        totals=_pick(means, layout.totals, TOTALS, totals),
        total_quantiles=_pick(levels, layout.totals, TOTALS, totals),
        meets=np.where(gaps.pledges, np.nan, tally.reached / draws),
        counts=tally.numbers / draws,
        shortfall=np.where(gaps.pledges, np.nan, short),
        needed=np.where(gaps.needed, np.nan, means[layout.needs]),
        needed_quantiles=np.where(gaps.needed, np.nan, levels[:, layout.needs]),
        cost=np.where(gaps.cost, np.nan, means[layout.costs]),
        cost_quantiles=np.where(gaps.cost, np.nan, levels[:, layout.costs]),
    )


def _pick(
    values: Floats, places: dict[str, slice], names: Sequence[str], gaps: NDArray[np.bool_]
) -> Floats:
    """Return the rows of each name, from ... x R x T to ... x names x lines x T."""
    picked = np.full((*values.shape[:-2], *gaps.shape), np.nan)
    for place, name in enumerate(names):
        if name in places:
            picked[..., place, :, :] = values[..., places[name], :]
    return np.where(gaps, np.nan, picked)


def quantiles(tally: Tally, draws: int) -> Floats:
    """Read the quantiles at LEVELS from the histograms, 5 x R x T."""
    low, high = tally.edges.low, tally.edges.high
    middle, width = (low + high) / 2, (high - low) / INNER
    alike = high - low <= 2 * _alike(middle)
    reached = np.cumsum(tally.counts, axis=-1)
    found = np.empty((len(LEVELS), *low.shape))
    for place, level in enumerate(LEVELS):
        rank = level * (draws - 1) + 0.5
        bins = (reached < rank).sum(axis=-1)
        held = np.take_along_axis(tally.counts, bins[..., None], axis=-1)[..., 0]
        upto = np.take_along_axis(reached, bins[..., None], axis=-1)[..., 0]
        within = (rank - (upto - held)) / np.maximum(held, 1)
        read = np.clip(low + (bins - 1 + within) * width, low, high)
        found[place] = np.where(alike & (bins > 0) & (bins < BINS - 1), middle, read)
    return found.transpose(0, 2, 1)
