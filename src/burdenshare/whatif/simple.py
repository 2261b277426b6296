"""Simple forecasts that the model must beat: what is stays, goes on, or errs as it did before.

Each takes what was known on a day, the number of draws and a generator, and returns B x H x C draws
of the share and of real spending (1 in each member's base year). None knows what came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from burdenshare.whatif.origins import FEWEST, Origin
from burdenshare.whatif.plan import Floats, Whole


@dataclass(frozen=True, slots=True)
class Forecast:
    """Draws of a forecast, B x H x C: the share in % of GDP, and real spending over the base."""

    share: Floats
    index: Floats


Method = Callable[[Origin, int, Generator], Forecast]


def last_value(origin: Origin, draws: int, generator: Generator) -> Forecast:
    """Say that share and spending stay as they are: one draw, without any spread."""
    del draws, generator
    shape = (1, *origin.ahead.shape)
    return Forecast(np.broadcast_to(origin.last, shape).copy(), np.ones(shape))


def drift(origin: Origin, draws: int, generator: Generator) -> Forecast:
    """Let each member go on by its own mean yearly change, with normal errors of its own past."""
    normal = generator.standard_normal((2, draws, 1, len(origin.countries)))
    level = origin.spending[origin.base - origin.first, np.arange(len(origin.countries))]
    share = _drift(origin, origin.share, origin.last, normal[0])
    return Forecast(share, _drift(origin, origin.spending, level, normal[1]) / level)


def pooled_absolute(origin: Origin, draws: int, generator: Generator) -> Forecast:
    """Add to the last share a past change of any member over as many years.

    Spending is that share of the GDP forecast on the day.
    """
    error = _pooled(origin, origin.share, np.subtract, _chance(origin, draws, generator))
    share = np.maximum(origin.last + error, 0)
    return Forecast(share, share / origin.last * origin.ahead)


def pooled_relative(origin: Origin, draws: int, generator: Generator) -> Forecast:
    """Multiply share and spending by a past factor of any member over as many years."""
    chance = _chance(origin, draws, generator)
    share = origin.last * _pooled(origin, origin.share, np.divide, chance)
    return Forecast(share, _pooled(origin, origin.spending, np.divide, chance))


SIMPLE: dict[str, tuple[str, Method]] = {
    "last": ("what is stays", last_value),
    "drift": ("own mean change, normal errors", drift),
    "pooled-absolute": ("last value with pooled absolute errors", pooled_absolute),
    "pooled-relative": ("last value with pooled relative errors", pooled_relative),
}


def steps(origin: Origin) -> Whole:
    """Return how many years lie between each member's base year and each year ahead, H x C."""
    ahead = origin.year + 1 + np.arange(len(origin.ahead))
    return (ahead[:, None] - origin.base).astype(np.int64)


def _drift(origin: Origin, past: Floats, last: Floats, normal: Floats) -> Floats:
    """Return a random walk with drift: B x H x C, its spread with that of the drift itself."""
    change = np.diff(past, axis=0)
    count = np.isfinite(change).sum(axis=0)
    mean = np.nansum(change, axis=0) / np.maximum(count, 1)
    square = np.nansum((change - mean) ** 2, axis=0)
    sigma = np.sqrt(square / np.maximum(count - 1, 1))
    step = steps(origin)
    spread = sigma * np.sqrt(step + step**2 / np.maximum(count, 1))
    walk: Floats = np.maximum(last + step * mean + spread * normal, 0)
    return walk


def _chance(origin: Origin, draws: int, generator: Generator) -> tuple[Floats, Floats]:
    """Return what chooses the past year of each draw, B x 1, and each member's change, B x C."""
    return generator.random((draws, 1)), generator.random((draws, len(origin.countries)))


def _pooled(
    origin: Origin,
    past: Floats,
    change: Callable[[Floats, Floats], Floats],
    chance: tuple[Floats, Floats],
) -> Floats:
    """Return past changes over as many years, B x H x C.

    One past year is drawn for all members of a draw, by how many changes start in it, and then one
    of its changes for each member: of one member they are the pool, together they share a year.
    """
    common, own = chance
    step = steps(origin)
    result = np.empty((len(common), *step.shape))
    for size in np.unique(step):
        years = _changes(past, change, int(size))
        counts = np.array([len(each) for each in years])
        starts = np.cumsum(counts) - counts
        year = np.searchsorted(np.cumsum(counts) / counts.sum(), common, side="right")
        place = starts[year] + (own * counts[year]).astype(np.int64)
        for row in range(len(step)):
            member = step[row] == size
            result[:, row, member] = np.concatenate(years)[place[:, member]]
    return result


def _changes(past: Floats, change: Callable[[Floats, Floats], Floats], size: int) -> list[Floats]:
    """Return the known changes over so many years, one array a starting year.

    Where too few are known, those over the longest time of which enough are.
    """
    found = change(past[size:], past[:-size])
    if np.isfinite(found).sum() < FEWEST and size > 1:
        return _changes(past, change, size - 1)
    return [row[np.isfinite(row)] for row in found if np.isfinite(row).any()]
