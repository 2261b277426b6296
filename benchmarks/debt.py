"""How long the EU debt model takes, and how its draws converge: `python benchmarks/debt.py`.

The peer took 1.27 s a state and 35.2 s for all 27 (4 years, with draws, warm just-in-time
compilation). Times are wall seconds of this machine as it is now: compare them with one matrix
product of 700 x 700 measured beside them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from unittest.mock import patch

import numpy as np
from timing import MAIN, ROOT, verdict

sys.path.insert(0, str(ROOT / "src"))

from burdenshare.whatif.debt import draws as points
from burdenshare.whatif.debt import stochastic
from burdenshare.whatif.debt.answer import PRESETS, debt_answer, solve
from burdenshare.whatif.debt.fast import loops
from burdenshare.whatif.debt.inputs import Flags, Floats, Inputs
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import Sheet, read_sheet
from burdenshare.whatif.debt.search import bisect, linear
from burdenshare.whatif.debt.stochastic import Question, draw, required, simulate
from burdenshare.world.load import World

PEER_ALL, PEER_ONE, PEER_ERROR = 35.2, 1.27, 0.004
SEEDS = 12
PLAIN, PLAIN_SEEDS = 100_000, 6  # pseudo-random draws, as the peer takes them
NEAR = 0.06  # pp: they are looked for so near to the answer, some six of their errors


def wall(work: Callable[[], object], runs: int = 9) -> list[float]:
    """Return the wall seconds that calls take, the first one left out."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times[1:]


def line(text: str, work: Callable[[], object], peer: float = 0.0, goal: float = 0.0) -> None:
    """Print what a call takes, in seconds and in matrix products measured beside it.

    It is the median; of the products the fastest, for what else runs slows them down most.
    """
    square = np.random.default_rng(0).random((700, 700))
    taken, floor = statistics.median(wall(work)), min(wall(lambda: square @ square, 30))
    ratio = f"  {peer / taken:5.0f} x the peer" if peer else ""
    reached = f"  {verdict(taken, goal)}" if goal else ""
    print(f"{text:44} {taken:8.4f} s {taken / floor:6.0f} products{ratio}{reached}")


def speed(world: World, sheet: Sheet) -> None:
    kinds = {"numpy": False} | ({"numba": True} if find_spec("numba") else {})
    for name, kind in kinds.items():
        goal = 0.1 if kind else 0.35
        print(f"\n{name}")
        with loops(kind):
            for preset in PRESETS:
                for end in (4, 7):
                    line(
                        f"27 states, {end} years, {preset}, with draws",
                        lambda p=preset, e=end: solve(sheet.inputs, sheet, e, p, True),
                        PEER_ALL if end == 4 else 0.0,
                    )
            line("the whole answer, inputs read", lambda: debt_answer(world), PEER_ALL, goal)
            line("one state, inputs read", lambda: debt_answer(world, ["FRA"]), PEER_ONE)
    print()
    shown = [sys.executable, "-c", MAIN, "debt", "--all", "--format", "json"]

    def fresh() -> None:
        subprocess.run(shown, stdout=subprocess.DEVNULL, check=True)

    line("a fresh process, burdenshare debt --all", fresh, goal=1.5)


def convergence(sheet: Sheet) -> None:
    """Print the spread of the stochastic balance over seeds, beside the error stated."""
    count = len(sheet.inputs.countries)
    bounds = np.full(count, -10.0), np.full(count, 10.0)
    question = Question(4, bounds, ceiling=False)
    print("\nlattices  draws  s.d. over seeds: median   worst    stated: median   worst")
    for blocks in (2, 4, 8, 16, 32):
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

    best = np.mean([each.spb for each in found], axis=0)
    plain = np.array([pseudo_random(sheet, best, seed) for seed in range(PLAIN_SEEDS)])
    spread, apart = plain.std(axis=0, ddof=1), np.abs(plain.mean(axis=0) - best)
    print(f"\n{PLAIN} pseudo-random draws, {PLAIN_SEEDS} seeds, nothing integrated:")
    print(f"  s.d. over seeds: median {np.median(spread):.5f}, worst {spread.max():.5f}")
    print(f"  their mean less that of all lattices: at most {apart.max():.5f}")
    print(f"  the same in its own errors: at most {(apart / spread).max() * PLAIN_SEEDS**0.5:.1f}")


def pseudo_random(sheet: Sheet, near: Floats, seed: int) -> Floats:
    """Return the balances with which 70 % of plain draws do not raise debt, state by state."""
    rng = np.random.default_rng(seed)

    def numbers(dimensions: int, blocks: int, seed: int) -> Floats:
        return rng.standard_normal((dimensions, blocks, PLAIN))

    found = []
    for c in range(len(near)):
        inputs = sheet.inputs.take(np.array([c]))
        with patch.object(stochastic, "normals", numbers):
            [group] = draw(inputs, sheet.shocks, blocks=1)

        def passes(target: Floats, q: Inputs = inputs, group: stochastic.Draws = group) -> Flags:
            path = Projection(q, 4).run(linear(q, target, 4), 9)
            debt = simulate(path, group, every=False)[-1, 0, 0]
            enough: Flags = np.array([(debt <= path.ratio[4]).mean() >= stochastic.TARGET])
            return enough

        found.append(bisect(passes, near[[c]] - NEAR, near[[c]] + NEAR, 1e-4))
    return np.concatenate(found)


def main() -> None:
    world = World()
    sheet = read_sheet(world)
    speed(world, sheet)
    convergence(sheet)


if __name__ == "__main__":
    main()
