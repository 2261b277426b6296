"""What an ensemble takes: 32 countries and 20 years, 1,280 normals a draw, 20,000 draws.

The floor is numpy drawing the same normals from the same generators, and nothing else. The work
unit keeps spending in constant prices: its quantiles by country, the totals, who reaches a pledge,
and the share that makes up for what left. The full result has all five variables, two pledges and
three costs. CPU seconds of one core; numba's are without its start, which is told apart.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from timing import WATCH, verdict

from burdenshare.whatif import engine
from burdenshare.whatif.paths import source
from burdenshare.whatif.plan import VARIABLES, Plan

COUNTRIES, YEARS, PATHS = 32, 20, 1024
DRAWS, SEED = 20_000, 1949
MILLION = 1_000_000
NUMPY, NUMBA, MEMORY = 2.0, 1.0, 1000  # times the floor, times the floor, MB
SPENDING = ("constant_usd",)


def full_plan() -> Plan:
    """Return a plan of the size and kind of a real one; its numbers are invented."""
    dice = np.random.default_rng(SEED)
    table = (YEARS, COUNTRIES)
    later = np.arange(YEARS)[:, None] > 0
    inside = np.ones((3, *table))
    inside[1, 2:, -1] = 0.0
    inside[2, :, [0, -1]] = 0.0
    chances = 0.5 ** (np.arange(12)[::-1] / 4)
    return Plan(
        countries=tuple(f"C{number:02}" for number in range(COUNTRIES)),
        years=tuple(range(2025, 2025 + YEARS)),
        base=np.zeros(COUNTRIES, dtype=np.int64),
        share=np.where(later, np.nan, dice.uniform(1.2, 3.5, table)),
        revision=dice.normal(1, 0.02, 300),
        pull=np.broadcast_to(0.4 / np.maximum(10 - np.arange(YEARS), 1)[:, None], table),
        target=np.full(table, 3.5),
        residual=dice.normal(1.02, 0.08, 360),
        starts=np.arange(0, 361, 30),
        chances=chances / chances.sum(),
        smooth_share=0.03,
        growth=dice.normal(0.02, 0.01, table),
        real=dice.uniform(1e4, 3e6, COUNTRIES),
        growth_error=later * dice.normal(0, 0.02, (PATHS, *table)),
        smooth_growth=later[:, 0] * 0.004,
        usd=dice.uniform(0.9, 1.1, table),
        eur=dice.uniform(0.8, 1.0, table),
        ncu=dice.uniform(0.8, 40, table),
        usd_error=dice.normal(1, 0.03, (PATHS, YEARS)),
        eur_error=dice.normal(1, 0.03, (PATHS, YEARS)),
        ncu_error=dice.normal(1, 0.05, (PATHS, *table)),
        lower=np.zeros(table),
        upper=np.full(table, np.inf),
        groups=("everybody", "those who are in", "Europe"),
        inside=inside,
        thresholds=("wales", "hague"),
        threshold=np.array([np.full(table, 1.995), np.full(table, 3.495)]),
        needs=("what left",),
        amount=np.full((1, YEARS), np.nan),
        reach=(2.0, 3.5, 5.0),
        price_year=2025,
    )


def work_unit(plan: Plan) -> Plan:
    """Return the plan with one pledge, and no costs of others."""
    return replace(plan, thresholds=plan.thresholds[:1], threshold=plan.threshold[:1], reach=())


def draw_normals() -> None:
    """Draw the normals of all blocks: the floor."""
    for block in range(-(-DRAWS // engine.BLOCK)):
        generator = np.random.Generator(source(SEED, block))
        row = np.empty((COUNTRIES, min(engine.BLOCK, DRAWS - block * engine.BLOCK)))
        for _ in range(2 * YEARS):
            generator.standard_normal(out=row)


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def beside_floor(work: Callable[[], object], runs: int = 9) -> tuple[float, float]:
    """Return the CPU seconds of a call and its ratio to the floor, medians.

    The floor is measured before and after each call, so that a change of speed of the machine
    does not show in the ratio.
    """
    work()
    times, ratios = [], []
    before = seconds(draw_normals)
    for _ in range(runs):
        times.append(seconds(work))
        after = seconds(draw_normals)
        ratios.append(times[-1] / ((before + after) / 2))
        before = after
    return statistics.median(times), statistics.median(ratios)


def fresh(code: str) -> tuple[float, float]:
    """Return the CPU seconds and the peak MB of some code in a fresh process."""
    here = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom ensemble import *\n"
    )
    line = [sys.executable, "-c", WATCH, sys.executable, "-c", here + code]
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True)
    used, megabytes = done.stdout.split()
    return float(used), float(megabytes)


def main() -> None:
    full = full_plan()
    unit = work_unit(full)
    floor = statistics.median(seconds(draw_normals) for _ in range(9))
    normals = 2 * COUNTRIES * YEARS
    print(f"the floor: {DRAWS:,} times {normals:,} normals, {floor:.3f} s of CPU")
    for name, plan, kept, goals in (
        ("work unit", unit, SPENDING, (NUMPY, NUMBA)),
        ("full result", full, VARIABLES, (None, None)),
    ):
        for kind, fast, goal in (("numpy", False, goals[0]), ("numba", True, goals[1])):
            used, ratio = beside_floor(
                lambda plan=plan, kept=kept, fast=fast: engine.run(  # type: ignore[misc]
                    plan, DRAWS, SEED, fast=fast, variables=kept
                )
            )
            text = f"{name:<14}{kind:<8}{used:>8.3f} s{ratio:>9.2f}x the floor"
            print(text if goal is None else f"{text}   {verdict(ratio, goal)}", flush=True)
    start = "run = lambda: engine.run(work_unit(full_plan()), 1, SEED, fast=True)\n"
    bare, _ = fresh("engine.run(work_unit(full_plan()), 1, SEED, fast=False)")
    compiling, _ = fresh(
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as empty:\n"
        f"    os.environ['NUMBA_CACHE_DIR'] = empty\n    {start}    run()"
    )
    loading, _ = fresh(start + "run()")
    print(f"numba's start: {loading - bare:.1f} s, the first time of all {compiling - bare:.1f} s")
    for name, call in (
        ("work unit", "work_unit(full_plan()), MILLION, SEED, variables=SPENDING"),
        ("full result", "full_plan(), MILLION, SEED"),
    ):
        used, peak = fresh(f"engine.run({call})")
        print(
            f"a million draws, {name}: {used:.0f} s, peak {peak:.0f} MB   {verdict(peak, MEMORY)}"
        )


if __name__ == "__main__":
    main()
