"""Run a plan: draw its paths and count what is asked of them, block by block.

`run` does it all. The same in parts, for many processes: `edges_of` once, `tally_blocks` for some
blocks each, `merge` in any order, `result`; the outcome is the same to the byte.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.paths import BLOCK, Paths, prepare
from burdenshare.whatif.plan import VARIABLES, Floats, Plan, Result, Whole
from burdenshare.whatif.rows import Layout, Rows, layout_of
from burdenshare.whatif.tally import Counter, Edges, Tally, bounds, merge, nothing, result

__all__ = ["BLOCK", "Sample", "draw_block", "edges_of", "merge", "result", "run", "tally_blocks"]

Progress = Callable[[int, int], object]
WORTH_COMPILING = 20_000  # draws from which numba saves more than its start takes
PILOT = 512  # draws of block 0 that fix the edges


@dataclass(frozen=True, slots=True)
class Sample:
    """The paths of one block: shares in % of GDP and real GDP, BLOCK x T x C each."""

    share: Floats  # as shown, within the scenario's bounds; NaN before the first share known
    real: Floats  # million US dollars of the price year
    path: Whole  # BLOCK: which path of forecast errors each draw follows


def draw_block(plan: Plan, seed: int, block: int) -> Sample:
    """Return the BLOCK draws of one block."""
    ready = prepare(plan)
    paths = Paths(ready)
    shape = (BLOCK, len(plan.years), len(plan.countries))
    sample = Sample(np.empty(shape), np.empty(shape), paths.path)
    for t in paths.years(seed, block):
        sample.share[:, t] = np.where(ready.absent[t][:, None], np.nan, paths.shown).T
        sample.real[:, t] = 100.0 * paths.point.T
    return sample


def run(
    plan: Plan,
    draws: int,
    seed: int,
    progress: Progress | None = None,
    fast: bool | None = None,
    variables: Sequence[str] = VARIABLES,
) -> Result:
    """Draw a plan so many times and return means, quantiles and counts.

    `progress` is called with the blocks done and the blocks in all. `fast` is False for numpy
    alone, True to insist on numba, None for numba where it is installed and worth its start; the
    numbers are the same to the bit. `variables` are those of VARIABLES that are kept, the others
    are NaN: what is not asked costs no time. Raises ValueError for a plan that cannot be drawn
    from, UserError where numba is asked for and cannot be used.
    """
    if draws < 1:
        raise ValueError(f"{draws} draws: at least 1 is needed")
    work = _Work(plan, layout_of(plan, variables), _compiled(draws, fast))
    tally = nothing(plan, work.no_edges())
    blocks = -(-draws // BLOCK)
    for block in range(blocks):
        work.count(tally, seed, block, draws, fix=block == 0)
        if progress is not None:
            progress(block + 1, blocks)
    return result(plan, tally, draws, seed)


def edges_of(plan: Plan, seed: int, variables: Sequence[str] = VARIABLES) -> Edges:
    """Return the edges of all histograms, which the first draws of block 0 fix."""
    work = _Work(plan, layout_of(plan, variables), fast=False)
    edges = work.no_edges()
    for t in work.paths.years(seed, 0):
        work.fix(edges, t)
    return edges


def tally_blocks(
    plan: Plan,
    seed: int,
    edges: Edges,
    blocks: Iterable[int],
    draws: int,
    fast: bool | None = None,
) -> Tally:
    """Count the draws of some blocks, as far as they are among the first `draws`."""
    work = _Work(plan, layout_of(plan, edges.variables), _compiled(draws, fast))
    tally = nothing(plan, edges)
    for block in blocks:
        work.count(tally, seed, block, draws)
    return tally


class _Work:
    """What is used again from block to block."""

    def __init__(self, plan: Plan, layout: Layout, fast: bool) -> None:
        ready = prepare(plan)
        self.plan, self.layout = plan, layout
        self.pilot = Rows(ready, layout, PILOT)
        if fast:
            from burdenshare.whatif.fast import FastCounter, FastPaths

            self.paths: Paths = FastPaths(ready)
            self.counter: Counter | FastCounter = FastCounter(ready, layout)
        else:
            self.paths, self.counter = Paths(ready), Counter(ready, layout)

    def no_edges(self) -> Edges:
        shape = (len(self.plan.years), self.layout.size)
        return Edges(self.layout.variables, np.empty(shape), np.empty(shape))

    def fix(self, edges: Edges, t: int) -> None:
        """Fix the edges of the year that the paths have come to."""
        self.pilot.fill(t, self.paths)
        edges.low[t], edges.high[t] = bounds(self.pilot.values)

    def count(self, tally: Tally, seed: int, block: int, draws: int, *, fix: bool = False) -> None:
        """Count a block, as far as it is among the first `draws`."""
        tally.start(block, min(draws - block * BLOCK, BLOCK))
        with rows_as_they_are():
            for t in self.paths.years(seed, block):
                if fix:
                    self.fix(tally.edges, t)
                self.counter.count(tally, block, t, self.paths)


@contextmanager
def rows_as_they_are() -> Iterator[None]:
    """Let numpy take rows of a block one by one: with its usual buffer it copies to join them."""
    before = np.setbufsize(BLOCK)
    try:
        yield
    finally:
        np.setbufsize(before)


def _compiled(draws: int, fast: bool | None) -> bool:
    """Say whether to run compiled loops: as told, else where they are worth loading."""
    loaded = "burdenshare.whatif.kernels" in sys.modules
    if fast is False or (fast is None and not loaded and draws < WORTH_COMPILING):
        return False
    if find_spec("numba") is None:
        if fast:
            raise UserError("the fast loops need numba: pip install 'burdenshare[fast]'")
        return False
    from burdenshare.whatif.fast import same_stream

    if fast and not same_stream():
        raise UserError("this numba does not draw the numbers of this numpy: leave fast out")
    return same_stream()
