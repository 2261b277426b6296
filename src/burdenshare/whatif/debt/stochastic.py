"""The stochastic criterion: debt does not rise within five years in 70 % of the draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from burdenshare.whatif.debt import fast
from burdenshare.whatif.debt.draws import (
    BALANCE,
    BLOCKS,
    EUR,
    GROWTH,
    RATE,
    USD,
    YEARS_SHOCKED,
    chance,
    density,
    normals,
    roots,
    yearly,
)
from burdenshare.whatif.debt.inputs import Flags, Floats, Inputs, Whole
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import Shocks
from burdenshare.whatif.debt.search import linear

TARGET = 0.7
CEILING = 60.0
_MIDDLE = 0.5244005127080407  # the normal number that 70 % of others lie below
_EXACT = 2e-4  # pp: far below the error of the draws
_ROUNDS = 30
_SLOPE = -6.0  # of debt after five years against the balance, where the search begins
_APART = 1.0  # pp from the balance of year 0, where output jumps, the search begins

Steps = Callable[[Inputs, Whole, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Draws:
    """Shocks of some states: what the first coordinate moves and what the others add to it.

    `first` is 5 x V x C; `others` 5 x V x C x B x N; `point` B x N, the first coordinate; `spread`
    C, by how much debt after five years moves with it, near enough. V are EUR, USD, RATE, GROWTH
    and BALANCE, the first two only for states with debt in foreign money.
    """

    places: Whole
    foreign: bool
    first: Floats
    others: Floats
    point: Floats
    spread: Floats

    def block(self, count: int) -> Draws:
        """Return the draws of the first blocks only."""
        few = np.ascontiguousarray(self.others[:, :, :, :count])
        return replace(self, others=few, point=self.point[:count])


def only(draws: tuple[Draws, ...], places: Whole) -> tuple[Draws, ...]:
    """Return the draws of some states only."""
    found = []
    for each in draws:
        kept = np.flatnonzero(np.isin(each.places, places))
        if len(kept):
            part = replace(
                each,
                places=each.places[kept],
                first=each.first[:, :, kept],
                others=each.others[:, :, kept],
                spread=each.spread[kept],
            )
            found.append(part)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Required:
    """The balance that the criterion asks for and the standard error of the draws, C each.

    NaN for states without shocks. The error is that of the mean of the blocks.
    """

    spb: Floats
    error: Floats


def draw(
    inputs: Inputs, shocks: Mapping[str, Shocks], blocks: int = BLOCKS, seed: int = 1949
) -> tuple[Draws, ...]:
    """Return the draws of all states that have shocks, those with foreign money apart.

    The same points serve all states.
    """
    has = np.array([code in shocks for code in inputs.countries])
    foreign = (inputs.euro != 0) | (inputs.dollar != 0)
    groups = [(np.flatnonzero(has & (foreign == kind)), kind) for kind in (False, True)]
    return tuple(
        _draw(inputs, shocks, places, kind, (blocks, seed))
        for places, kind in groups
        if len(places)
    )


def _draw(
    inputs: Inputs,
    shocks: Mapping[str, Shocks],
    places: Whole,
    foreign: bool,
    points: tuple[int, int],
) -> Draws:
    kept = (EUR, USD, RATE, GROWTH, BALANCE) if foreign else (RATE, GROWTH, BALANCE)
    rows = np.array([5 * k + each for k in range(YEARS_SHOCKED) for each in kept])
    shares, maturities = inputs.short_share, inputs.maturity
    spread = np.array(
        [yearly(shocks[inputs.countries[c]], shares[c], maturities[c]) for c in places]
    )[:, rows[:, None], rows]
    weights = _weights(inputs, places)[:, rows]
    base = normals(len(rows), *points)
    turned = roots(spread, weights)
    shape = (YEARS_SHOCKED, len(kept), len(places))
    others = np.empty((*shape, *base.shape[1:]))
    # State by state and lattice by lattice: products so small wait for no second thread.
    lattices = np.ascontiguousarray(base[1:].transpose(1, 0, 2))
    out = others.reshape(len(rows), *others.shape[2:]).transpose(1, 2, 0, 3)
    np.matmul(turned[:, None, :, 1:], lattices, out=out)
    first = turned[:, :, 0].T.reshape(shape)
    pushed = np.einsum("ck,ck->c", weights, turned[:, :, 0])
    return Draws(places, foreign, first, others, base[0], pushed)


def _weights(inputs: Inputs, places: Whole) -> Floats:
    """Return by how much debt after five years moves with each yearly shock, C x 25, about."""
    found = np.zeros((len(places), YEARS_SHOCKED, 5))
    debt = inputs.ratio[places, None]
    found[:, :, RATE] = debt / 100
    found[:, :, GROWTH] = -debt / 100
    found[:, :, BALANCE] = -1.0
    # A rate of exchange enters against the year before: only that of the fifth year is left.
    found[:, -1, EUR] = (debt[:, 0] * inputs.euro[places]) / inputs.exr_euro[2, places]
    found[:, -1, USD] = (debt[:, 0] * inputs.dollar[places]) / inputs.exr_dollar[2, places]
    return found.reshape(len(places), -1)


def simulate(
    path: Projection, draws: Draws, point: Floats | None = None, every: bool = True
) -> Floats:
    """Return debt ratios of 6 x C x B x N: the end of the adjustment and five years after.

    Without `every` the last year alone, 1 x C x B x N. The lanes of `path` are the states of the
    draws times their blocks; `point` (C x B x N) takes the place of the first coordinate.
    """
    shape = draws.others.shape[2:]
    at = np.broadcast_to(draws.point if point is None else point, shape)
    debt = np.empty((YEARS_SHOCKED + 1 if every else 1, *shape))
    debt[0] = path.ratio[path.end].reshape(*shape[:2], 1)
    years = slice(path.end + 1, path.end + 1 + YEARS_SHOCKED)
    rate, growth = path.implicit[years] + 100, path.growth[years] + 100
    base = np.array([rate, growth, path.stock_flow[years] - path.primary[years]])
    if fast.compiled(0):
        fast.shocked(path, draws, at, base, debt)
    else:
        _simulate(path, draws, at, base, debt)
    return debt


def _simulate(path: Projection, draws: Draws, at: Floats, base: Floats, debt: Floats) -> None:
    last = len(debt) - 1
    for k in range(YEARS_SHOCKED):
        rate, growth, flow = base[:, k].reshape(3, *at.shape[:2], 1)
        factor = _shock(draws, k, RATE, at)
        factor += rate
        below = _shock(draws, k, GROWTH, at)
        below += growth
        factor /= below
        now = np.multiply(factor, debt[min(k, last)], out=debt[min(k + 1, last)])
        if draws.foreign:
            now *= _exchange(path.inputs, draws, (k, path.end + 1 + k), at)
        now += flow
        now -= _shock(draws, k, BALANCE, at)
        np.maximum(now, 0.0, out=now)


def _shock(draws: Draws, k: int, which: int, at: Floats) -> Floats:
    place = which if draws.foreign else which - RATE
    found: Floats = draws.first[k, place][:, None, None] * at
    found += draws.others[k, place]
    return found


def _exchange(inputs: Inputs, draws: Draws, year: tuple[int, int], at: Floats) -> Floats:
    k, t = year
    shape = (*at.shape[:2], 1)
    found = inputs.domestic.reshape(shape) + np.zeros(at.shape)
    for which, share, level in (
        (EUR, inputs.euro, inputs.exr_euro),
        (USD, inputs.dollar, inputs.exr_dollar),
    ):
        now = level[t].reshape(shape) + _shock(draws, k, which, at)
        before = level[t - 1].reshape(shape) + (_shock(draws, k - 1, which, at) if k else 0.0)
        found += share.reshape(shape) * now / before
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the end of the adjustment, bounds (C each), and how steps are made.

    With `ceiling` debt of at most 60 % of GDP in 70 % of the draws will do. `steps` makes the steps
    of E x L from inputs of L lanes, their places among the states, and their targets; without it
    steps are equal.
    """

    end: int
    bounds: tuple[Floats, Floats]
    ceiling: bool
    steps: Steps | None = None


def required(inputs: Inputs, draws: tuple[Draws, ...], question: Question) -> Required:
    """Return the balance with which debt does not rise within five years in 70 % of the draws.

    A balance outside the bounds is cut to them.
    """
    spb, error = (np.full(len(inputs.ratio), np.nan) for _ in range(2))
    for group in draws:
        blocks = _refine(inputs, group, question, _coarse(inputs, group.block(1), question))
        spb[group.places] = blocks.mean(axis=1)
        error[group.places] = blocks.std(axis=1, ddof=1) / np.sqrt(blocks.shape[1])
    return Required(spb, error)


def quantile(values: Floats) -> Floats:
    """Return the smallest value that 70 % of the last axis do not exceed."""
    place = int(np.ceil(TARGET * values.shape[-1])) - 1
    found: Floats = np.partition(values, place, axis=-1)[..., place]
    return found


class _Lanes:
    """The states of a group of draws times their blocks, and debt against its limit."""

    def __init__(self, inputs: Inputs, draws: Draws, question: Question) -> None:
        self.blocks = draws.others.shape[3]
        self.places = np.repeat(draws.places, self.blocks)
        self.inputs = inputs.take(self.places)
        self.draws, self.question = draws, question
        low, high = question.bounds
        self.bounds = low[self.places], high[self.places]

    def excess(self, target: Floats, point: Floats | None = None) -> Floats:
        """Return debt after five years less its limit, C x B x N, for targets of C x B."""
        q, end = self.question, self.question.end
        flat = target.ravel()
        made = (
            q.steps(self.inputs, self.places, flat) if q.steps else linear(self.inputs, flat, end)
        )
        path = Projection(self.inputs, end).run(made, end + YEARS_SHOCKED)
        limit = np.maximum(path.ratio[end], CEILING) if q.ceiling else path.ratio[end]
        debt: Floats = simulate(path, self.draws, point, every=False)[-1]
        debt -= limit.reshape(*debt.shape[:2], 1)
        return debt


def _coarse(inputs: Inputs, draws: Draws, question: Question) -> Floats:
    """Return the balances by one block alone, C: secants kept inside a bracket."""
    lanes = _Lanes(inputs, draws, question)

    def excess(target: Floats) -> Floats:
        return quantile(lanes.excess(target[:, None]))[:, 0]

    low, high = (each.copy() for each in lanes.bounds)
    x: Floats = np.clip(lanes.inputs.spb[0] + _APART, low, high)
    value, slope = excess(x), np.full_like(x, _SLOPE)
    for _ in range(_ROUNDS):
        low, high = np.where(value > 0, x, low), np.where(value <= 0, x, high)
        new: Floats = np.clip(x - value / slope, *lanes.bounds)
        new = np.where((new >= low) & (new <= high), new, (low + high) / 2)
        moved = new - x
        if np.abs(moved).max() < 100 * _EXACT:
            return new
        after = excess(new)
        slope = _secant(after - value, moved, slope)
        x, value = new, after
    return x


def _secant(rise: Floats, moved: Floats, before: Floats) -> Floats:
    """Return slopes, or those of before where a step was nought or a slope would make no sense."""
    with np.errstate(divide="ignore", invalid="ignore"):
        fresh = rise / moved
    good: Flags = np.isfinite(fresh) & (fresh / before > 0.1) & (fresh / before < 10)
    return np.where(good, fresh, before)


def _refine(inputs: Inputs, draws: Draws, question: Question, start: Floats) -> Floats:
    """Return the balance of each block, C x B, with the first coordinate integrated exactly.

    Each draw's first coordinate is moved to where its debt meets the limit; the chance that a
    normal number lies below it, averaged over the draws of a block, is the probability asked for.
    """
    lanes = _Lanes(inputs, draws, question)
    shape = (len(start), lanes.blocks)
    low, high = (each.reshape(shape) for each in lanes.bounds)
    x = np.repeat(start[:, None], lanes.blocks, axis=1)
    spread = np.broadcast_to(draws.spread[:, None, None], draws.others.shape[2:])
    point = np.full(spread.shape, _MIDDLE)
    over = lanes.excess(x, point)
    moved = -over / spread
    point = point + moved
    after = lanes.excess(x, point)
    spread = _secant(after - over, moved, spread)
    point = point - after / spread
    dense = density(point)
    met = chance(point, dense).mean(axis=-1)
    slope = -_SLOPE * (dense / spread).mean(axis=-1)
    for _ in range(_ROUNDS):
        step = np.clip((TARGET - met) / slope, -1.0, 1.0)
        new: Floats = np.clip(x + step, low, high)
        if np.abs(new - x).max() < _EXACT:
            return new
        shift = (TARGET - met) / dense.mean(axis=-1)
        point = point + shift[:, :, None]
        point = point - lanes.excess(new, point) / spread
        dense = density(point)
        now = chance(point, dense).mean(axis=-1)
        slope = _secant(now - met, new - x, slope)
        x, met = new, now
    return x
