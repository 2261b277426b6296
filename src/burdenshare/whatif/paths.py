"""Draw the paths of shares and real GDP, block by block, year by year.

A block is BLOCK draws. Block j has a generator of its own, SFC64 seeded by (seed, spawn key j), so
that a draw does not depend on how many there are, nor on who works out the other blocks. The
generator gives, in this order:

1. (C + 1) x BLOCK whole numbers of 16 bits: C rows that choose revisions, one that chooses the path
   of forecast errors. Four come from each word of 64 bits, the lowest bits first.
2. for each year (C + 1) x BLOCK whole numbers of 16 bits: C rows that choose the residual within
   the past year, one that chooses the past year; then C x BLOCK normals for growth, then C x BLOCK
   normals for the share.

A number u of 16 bits chooses item u * n // 65536 of n; chances are met to 1/65536. Every year uses
its numbers, known or not, so scenarios with the same countries and years share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burdenshare.whatif.plan import Floats, Plan, Whole

# The default number of draws; rows of it fill whole cache lines, and C of them a cache.
BLOCK = 2000
SIXTEEN = 65536
# No normal of this generator lies farther out: the tail is 3.65 - log(a number of 53 bits) / 3.65.
FARTHEST = 14.0

Sixteen = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan with what all its blocks have in common, laid out for whole rows of draws."""

    plan: Plan
    known: Floats  # T x C: the share known, 0 where it is not
    absent: NDArray[np.bool_]  # T x C: a year before the first share known
    held: list[tuple[Whole, Whole]]  # T: whose share is known, and for which of them no newer one
    keep: Floats  # T x C x 1: 1 - pull
    lift: Floats  # T x C x 1: pull * target
    pulled: NDArray[np.bool_]  # T: whether a pledge pulls at anybody
    extra: Floats  # T x C: points that the scenario adds to the share
    bounded: NDArray[np.bool_]  # T: whether the scenario bounds anybody, or adds to a share
    grown: Floats  # T x C x L: 1 + growth + growth error
    past: NDArray[np.int16]  # 65536: the past year that a number stands for
    first: Floats  # H: where the residuals of a past year start
    each: Floats  # H: how many it has, over 65536
    factor: Floats  # residuals, times the width of the small step where there is one, by trend
    later: Whole  # T: where the residuals of a year's trend start among them
    over: float  # one over that width; 0 for no small step
    negative: bool  # whether a step could take a share below 0


def prepare(plan: Plan) -> Ready:
    """Lay a plan out for the draws; ValueError for one that cannot be drawn from."""
    _guard(plan)
    years = np.arange(len(plan.years))
    known = np.where(years[:, None] <= plan.base, plan.share, 0.0)
    absent = np.isnan(known)
    extra = np.broadcast_to(plan.extra, plan.share.shape)
    smooth = plan.smooth_share
    grown = by_year(plan.growth_error)
    grown += (1 + plan.growth)[:, :, None]
    trend, turn = np.unique(np.broadcast_to(plan.trend, len(plan.years)), return_inverse=True)
    return Ready(
        plan=plan,
        known=np.where(absent, 0.0, known),
        absent=absent,
        held=[_held(plan.base, t) for t in range(len(years))],
        keep=(1 - plan.pull)[:, :, None],
        lift=(plan.pull * plan.target)[:, :, None],
        pulled=np.any(plan.pull > 0, axis=1),
        extra=extra,
        bounded=((plan.lower > 0) | np.isfinite(plan.upper) | (extra != 0)).any(axis=1),
        grown=grown,
        past=_past_years(plan.chances),
        first=plan.starts[:-1].astype(np.float64),
        each=np.diff(plan.starts) / SIXTEEN,
        factor=np.outer(trend, plan.residual * (smooth or 1.0)).ravel(),
        later=turn * len(plan.residual),
        over=1 / smooth if smooth else 0.0,
        negative=smooth * FARTHEST >= 1 or min(plan.residual.min(), plan.trend.min()) < 0,
    )


def _held(base: Whole, t: int) -> tuple[Whole, Whole]:
    known = np.flatnonzero(base >= t)
    return known, np.flatnonzero(base[known] == t)


def by_year(errors: Floats) -> Floats:
    """Put the errors of all paths side by side: L x T x C to T x C x L, or L x T to T x L."""
    return np.moveaxis(errors, 0, -1).copy()


def _past_years(chances: Floats) -> NDArray[np.int16]:
    """Return the past year that each number of 16 bits stands for."""
    reached = np.ceil(np.cumsum(chances) * SIXTEEN - 0.5)
    reached[-1] = SIXTEEN
    return np.searchsorted(reached, np.arange(SIXTEEN), side="right").astype(np.int16)


def _shapes(plan: Plan) -> None:
    """Refuse arrays that do not fit together."""
    years, countries, paths = len(plan.years), len(plan.countries), len(plan.growth_error)
    table = (years, countries)
    expected: dict[str, tuple[int, ...]] = {
        "base": (countries,),
        "real": (countries,),
        "smooth_growth": (years,),
        "growth_error": (paths, *table),
        "ncu_error": (paths, *table),
        "usd_error": (paths, years),
        "eur_error": (paths, years),
        "inside": (len(plan.groups), *table),
        "threshold": (len(plan.thresholds), *table),
        "amount": (len(plan.needs), years),
        "starts": (len(plan.chances) + 1,),
        **dict.fromkeys(("share", "pull", "target", "growth", "lower", "upper"), table),
        **dict.fromkeys(("usd", "eur", "ncu"), table),
    }
    for name, shape in expected.items():
        found = getattr(plan, name).shape
        if found != shape:
            raise ValueError(f"{name} is {found}, where {shape} is needed")


def _guard(plan: Plan) -> None:
    """Refuse what would give a wrong figure in silence."""
    _shapes(plan)
    lines = np.arange(len(plan.countries))
    steps = (plan.growth[1:], plan.real, plan.growth_error, plan.residual, plan.trend)
    if not all(np.isfinite(each).all() for each in (*steps, plan.target, plan.pull, plan.extra)):
        raise ValueError("growth, GDP, residuals, trends, pulls and targets must be numbers")
    if not np.isfinite(plan.share[plan.base, lines]).all():
        raise ValueError("the share of each base year must be known")
    if plan.pull.size and not 0 <= plan.pull.min() <= plan.pull.max() <= 1:
        raise ValueError("a pull is between 0 and 1")
    if (np.diff(plan.starts) < 1).any() or plan.starts[-1] != len(plan.residual):
        raise ValueError("each past year needs residuals, and each residual its year")
    if not ((plan.inside == 0) | (plan.inside == 1)).all():
        raise ValueError("a country is inside a group, 1, or not, 0")
    if not (len(plan.growth_error) and len(plan.revision) and len(plan.groups) > 1):
        raise ValueError("a plan needs a path of errors, a revision and two groups at least")


class Paths:
    """The paths of one block after the other, in arrays that are used again.

    In the year that `years` has come to, `shown` is the share in % of GDP and `point` is what 1 %
    of GDP is in million constant dollars, C x BLOCK each; `path`, BLOCK whole numbers, is the path
    of forecast errors that each draw follows in all years.
    """

    def __init__(self, ready: Ready) -> None:
        self.ready = ready
        shape = (len(ready.plan.countries), BLOCK)
        self.path = np.empty(BLOCK, dtype=np.int64)
        self.share = np.empty(shape)
        self.shown = self._bounded = np.empty(shape)
        self.point = np.empty(shape)
        self._normal = np.empty(shape)
        self._which = self._normal.view(np.int64)
        self._spare = np.empty(shape)

    def years(self, seed: int, block: int) -> Iterator[int]:
        """Yield each year's place while the arrays hold that year of a block."""
        plan = self.ready.plan
        self._start(seed, block)
        whole = self._whole()
        revised = choose(whole[:-1], len(plan.revision))
        self.path[:] = choose(whole[-1], len(plan.growth_error))
        self.point[:] = 0.01 * plan.real[:, None]
        for t in range(len(plan.years)):
            self._advance(t)
            self._hold(t, revised)
            yield t

    def _start(self, seed: int, block: int) -> None:
        self._generator = np.random.Generator(source(seed, block))

    def _whole(self) -> Sixteen:
        """Draw C + 1 rows of whole numbers."""
        words = self._generator.bit_generator.random_raw((len(self.share) + 1) * BLOCK // 4)
        return sixteen(words)

    def _advance(self, t: int) -> None:
        """Draw the numbers of a year; move GDP and shares with them in all years but the first."""
        whole = self._whole()
        self._generator.standard_normal(out=self._normal)
        if t > 0:
            self._grow(t)
            self._choose_residuals(whole, t)
        self._generator.standard_normal(out=self._normal)
        if t > 0:
            self._move(t)

    def _grow(self, t: int) -> None:
        """Let real GDP grow by the forecast, the path's error and a small step."""
        ready, step, spare = self.ready, self._normal, self._spare
        ready.grown[t].take(self.path, axis=1, out=spare, mode="clip")
        np.multiply(step, ready.plan.smooth_growth[t], out=step)
        np.add(step, spare, out=step)
        np.multiply(self.point, step, out=self.point)

    def _choose_residuals(self, whole: Sixteen, t: int) -> None:
        """Choose a past year for each draw, and one of its residuals for each country."""
        ready, spare = self.ready, self._spare
        past = ready.past.take(whole[-1])
        np.copyto(spare, whole[:-1])
        np.multiply(spare, ready.each.take(past), out=spare)
        np.add(spare, ready.first.take(past) + ready.later[t], out=spare)
        np.copyto(self._which, spare, casting="unsafe")
        ready.factor.take(self._which, out=spare, mode="clip")

    def _move(self, t: int) -> None:
        """Move shares towards the pledge, by the residuals and a small step."""
        ready, share, step, residual = self.ready, self.share, self._normal, self._spare
        if ready.over:
            # residual * (1 + width * step) = (residual * width) * (1 / width + step)
            np.add(step, ready.over, out=step)
            np.multiply(residual, step, out=residual)
        if ready.pulled[t]:
            # share + pull * max(target - share, 0) = max(share, (1 - pull) * share + pull * target)
            np.multiply(share, ready.keep[t], out=step)
            np.add(step, ready.lift[t], out=step)
            np.maximum(share, step, out=share)
        np.multiply(share, residual, out=share)
        if ready.negative:
            np.maximum(share, 0.0, out=share)

    def _hold(self, t: int, revised: Whole) -> None:
        """Put in the shares that are known in a year, revised in the base year, and bound them."""
        ready, plan = self.ready, self.ready.plan
        known, newest = ready.held[t]
        if len(known):
            held = np.repeat(ready.known[t, known][:, None], BLOCK, axis=1)
            held[newest] *= plan.revision.take(revised[known[newest]])
            self.share[known] = held
        self.shown = self._bounded if ready.bounded[t] else self.share
        if ready.bounded[t]:
            np.maximum(self.share, plan.lower[t][:, None], out=self.shown)
            np.minimum(self.shown, plan.upper[t][:, None], out=self.shown)
            np.add(self.shown, ready.extra[t][:, None], out=self.shown)
            np.maximum(self.shown, 0.0, out=self.shown)


def source(seed: int, block: int) -> np.random.SFC64:
    """Return the source of random numbers of a block."""
    return np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(block,)))


def sixteen(words: NDArray[np.uint64]) -> Sixteen:
    """Cut words of 64 bits into rows of BLOCK whole numbers of 16 bits, the lowest bits first."""
    return words.astype("<u8", copy=False).view("<u2").reshape(-1, BLOCK)


def choose(numbers: Sixteen, among: int) -> Whole:
    """Return which of `among` things each number of 16 bits stands for.

    >>> choose(np.array([0, 32767, 32768, 65535], dtype=np.uint16), 2).tolist()
    [0, 0, 1, 1]
    """
    return numbers.astype(np.int64) * among >> 16
