"""The engine with its inner loops compiled: the same numbers in less than half the time.

Import it inside functions: it needs numba, and the first run of all compiles for some seconds.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from burdenshare.whatif import kernels
from burdenshare.whatif.paths import BLOCK, Paths, Ready, Sixteen, sixteen, source
from burdenshare.whatif.plan import TOTALS, VARIABLES, Floats, Whole
from burdenshare.whatif.rows import Flags, Layout, Lot
from burdenshare.whatif.tally import Counter, Tally, check


@cache
def same_stream() -> bool:
    """Say whether the compiled loops draw the numbers that this numpy draws.

    >>> same_stream()
    True
    """
    bits = source(0, 0)
    state, drawn = bits.state["state"]["state"].copy(), np.empty(10_000)
    kernels.normals(state, drawn)
    again: bool = np.array_equal(drawn, np.random.Generator(bits).standard_normal(drawn.size))
    return again


class FastPaths(Paths):
    """The same paths, drawn and moved by compiled loops."""

    def __init__(self, ready: Ready) -> None:
        super().__init__(ready)
        self._words = np.empty((len(self.share) + 1) * BLOCK // 4, dtype=np.uint64)

    def _start(self, seed: int, block: int) -> None:
        self._state = source(seed, block).state["state"]["state"].copy()

    def _whole(self) -> Sixteen:
        kernels.words(self._state, self._words)
        return sixteen(self._words)

    def _advance(self, t: int) -> None:
        ready, whole = self.ready, self._whole()
        if t == 0:
            for _ in ("growth", "share"):
                kernels.normals(self._state, self._normal.ravel())
            return
        smooth = float(ready.plan.smooth_growth[t])
        kernels.grow(self._state, ready.grown[t], smooth, self.path, self.point)
        past = ready.past.take(whole[-1])
        kernels.move(
            self._state,
            whole,
            np.array([ready.first.take(past) + ready.later[t], ready.each.take(past)]),
            ready.factor,
            np.array([ready.keep[t, :, 0], ready.lift[t, :, 0]]),
            (ready.over, 0.0 if ready.negative else -np.inf),
            self.share,
        )


class FastCounter(Counter):
    """The same counts, by compiled loops."""

    def __init__(self, ready: Ready, layout: Layout) -> None:
        super().__init__(ready, layout)
        plan, rates = ready.plan, self._rows.rates
        years = zip(self._rows.lots.years, np.moveaxis(plan.inside == 1, 1, 0), strict=True)
        self._lots = [flat(lots, inside) for lots, inside in years]
        self._rates = np.zeros((3, *plan.usd.shape))
        paths = len(plan.growth_error)
        self._errors = [
            np.zeros((1, paths)),
            np.zeros((1, paths)),
            np.zeros((1, len(plan.countries), paths)),
        ]
        for place, name in enumerate(VARIABLES[2:]):
            if name in rates:
                self._rates[place], self._errors[place] = rates[name]
        self._places = np.array(
            [layout.cells[name].start if name in layout.cells else -1 for name in VARIABLES]
        )
        self._reach = np.array(plan.reach, dtype=np.float64)
        self._rest = layout.totals["share"].start

    def count(self, tally: Tally, block: int, t: int, paths: Paths) -> None:
        """Count the year that paths have come to, as far as the draws of the block go."""
        rows, sums, parts = self._rows, tally.sums[block][t], kernels.halves(tally.draws[block])
        size, rest, scale = rows.layout.size, self._rest, tally.edges.scale(t).T.copy()
        kernels.tally_cells(
            parts,
            self._lots[t],
            (paths.shown, paths.point, paths.path),
            self._money(t),
            self._places,
            self._reach,
            self._groups(),
            self._costs(),
            (scale, tally.counts[t], sums),
        )
        rows.ratios(t)
        kernels.tally_rows(
            parts, rows.values[rest:], scale[rest:], tally.counts[t, rest:], sums[rest:size]
        )
        check(sums[:size])
        missing = sums[size:].reshape(tally.reached.shape[::2])
        for k in range(len(missing)):
            kernels.pledge(
                parts,
                rows.pledges.asked[k, t],
                rows.pledges.asks[k, t],
                (paths.shown, paths.point),
                (tally.reached[k, t], tally.numbers[k, t]),
                missing[k],
            )

    def _money(self, t: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the rates of a year, 3 x C, and the errors of each money by path."""
        usd, eur, ncu = (errors[min(t, len(errors) - 1)] for errors in self._errors)
        return self._rates[:, t], usd, eur, ncu

    def _groups(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the sums of groups, G x BLOCK and nothing in them yet; none for money not kept."""
        rows, totals = self._rows, self._rows.layout.totals
        places = [totals.get(name, slice(0, 0)) for name in TOTALS[1:]]
        spent, usd, eur = (rows.values[place] for place in places)
        for each in (spent, rows.whole, usd, eur):
            each[:] = 0.0
        return spent, rows.whole, usd, eur

    def _costs(self) -> Floats:
        costs = self._rows.values[self._rows.layout.costs]
        costs[:] = 0.0
        return costs


def flat(lots: list[Lot], inside: Flags) -> tuple[Whole, Whole, Flags]:
    """Return lots, and a last one of those in no group, as arrays.

    They are the C countries in order of lots, where each lot starts, and A x G flags, whether it
    is in a group; `inside` are G x C flags.

    >>> from burdenshare.whatif.rows import lots_of
    >>> inside = np.array([[True, False, True], [False, False, True]])
    >>> order, starts, flags = flat(lots_of(inside), inside)
    >>> order.tolist(), starts.tolist(), flags.astype(int).tolist()
    ([0, 2, 1], [0, 1, 2, 3], [[1, 0], [1, 1], [0, 0]])
    """
    countries = np.arange(inside.shape[1])
    parts = [countries[lines] for lines, _ in lots] + [countries[~inside.any(axis=0)]]
    starts = np.cumsum([0, *map(len, parts)])
    flags = np.zeros((len(parts), len(inside)), dtype=bool)
    for place, (_, groups) in enumerate(lots):
        flags[place, list(groups)] = True
    return np.concatenate(parts), starts, flags
