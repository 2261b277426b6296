"""How long the EU debt model takes, and how its draws converge: `python benchmarks/debt.py`.

The peer took 1.27 s a state and 35.2 s for all 27 (4 years, with draws, warm just-in-time
compilation). Times are of this machine as it is now: compare them with one matrix product of
700 x 700 measured beside them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from timing import ROOT, command, verdict

sys.path.insert(0, str(ROOT / "src"))

from burdenshare.whatif.debt import draws as points
from burdenshare.whatif.debt.answer import PRESETS, debt_answer, solve
from burdenshare.whatif.debt.reading import Sheet, read_sheet
from burdenshare.whatif.debt.stochastic import Question, draw, required
from burdenshare.world.load import World

PEER_ALL, PEER_ONE, PEER_ERROR = 35.2, 1.27, 0.004
COLD = "from burdenshare.world.load import World; " + (
    "from burdenshare.whatif.debt.answer import debt_answer; debt_answer(World())"
)
SEEDS = 12


def wall(work: Callable[[], object], runs: int = 7) -> float:
    """Return the median of the wall seconds that a call takes."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def speed(world: World, sheet: Sheet) -> None:
    square = np.random.default_rng(0).random((700, 700))
    floor = wall(lambda: square @ square)
    print(f"a matrix product                              {floor:8.4f} s")
    for preset in PRESETS:
        for end in (4, 7):
            taken = wall(lambda p=preset, e=end: solve(sheet.inputs, sheet, e, p, True))
            text = f"27 states, {end} years, {preset}, with draws"
            goal = f"  {verdict(taken, 0.35)}" if end == 4 else ""
            ratio = f"{PEER_ALL / taken:5.0f} x the peer" if end == 4 else ""
            print(f"{text:45} {taken:8.4f} s {taken / floor:7.0f} products  {ratio}{goal}")
    taken = wall(lambda: debt_answer(world))
    print(f"{'the whole answer, inputs read':45} {taken:8.4f} s  {verdict(taken, 0.35)}")
    taken = wall(lambda: debt_answer(world, ["FRA"]))
    print(f"{'one state':45} {taken:8.4f} s  {PEER_ONE / taken:5.0f} x the peer")
    cold = command(["-c", COLD], runs=3)
    print(f"{'a fresh process':45} {cold.seconds:8.4f} s CPU  {verdict(cold.seconds, 1.5)}")


def convergence(sheet: Sheet) -> None:
    """Print the spread of the stochastic balance over seeds, beside the error stated."""
    count = len(sheet.inputs.countries)
    bounds = np.full(count, -10.0), np.full(count, 10.0)
    question = Question(4, bounds, ceiling=False)
    print("\nblocks  draws   s.d. over seeds: median   worst    stated: median   worst")
    for blocks in (2, 4, 8, 16):
        found = [
            required(sheet.inputs, draw(sheet.inputs, sheet.shocks, blocks, seed), question)
            for seed in range(SEEDS)
        ]
        spread = np.array([each.spb for each in found]).std(axis=0, ddof=1)
        stated = np.sqrt(np.mean([each.error**2 for each in found], axis=0))
        print(
            f"{blocks:6} {blocks * points.POINTS:6} {np.median(spread):24.5f} {spread.max():8.5f} "
            f"{np.median(stated):16.5f} {stated.max():8.5f}  {verdict(spread.max(), PEER_ERROR)}"
        )


def main() -> None:
    world = World()
    sheet = read_sheet(world)
    speed(world, sheet)
    convergence(sheet)


if __name__ == "__main__":
    main()
