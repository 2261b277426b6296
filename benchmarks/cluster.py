"""What sharing an ensemble out costs: a million draws alone, and by all processors of the machine.

CPU seconds of all processes together, beside those of one process alone: what is above 1 goes into
starting, sending and adding up. The clock tells what is gained, where the processors are free. The
result must be the same bytes. Another number of draws: `python benchmarks/cluster.py 100000`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from ensemble import MILLION, SEED, SPENDING, full_plan, work_unit
from timing import verdict

from burdenshare.whatif import cluster, engine
from burdenshare.whatif.plan import Result

GOAL = 1.5  # times the CPU of one process


@dataclass(frozen=True)
class Used:
    """What a run gave and took: CPU seconds with all its processes, seconds of the clock."""

    result: Result
    cpu: float
    clock: float


def used(work: Callable[[], Result]) -> Used:
    """Run some work."""
    before, start = os.times(), time.perf_counter()
    result = work()
    clock, after = time.perf_counter() - start, os.times()
    return Used(result, sum(after[:4]) - sum(before[:4]), clock)


def same(one: Result, other: Result) -> bool:
    """Say whether two results are the same to the byte."""
    pairs = [(getattr(one, each.name), getattr(other, each.name)) for each in fields(Result)]
    return all(a.tobytes() == b.tobytes() for a, b in pairs if isinstance(a, np.ndarray))


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else MILLION
    plan = work_unit(full_plan())
    engine.run(plan, 1, SEED, variables=SPENDING)  # numba's start is no part of it
    alone = used(lambda: engine.run(plan, draws, SEED, variables=SPENDING))
    start = used(lambda: cluster.run_on_cluster(plan, 1, SEED, cluster.LOCAL, variables=SPENDING))
    shared = used(
        lambda: cluster.run_on_cluster(plan, draws, SEED, cluster.LOCAL, variables=SPENDING)
    )
    print(f"{draws:,} draws in one process: {alone.cpu:.1f} s of CPU, {alone.clock:.1f} s")
    print(f"a cluster of this machine, for one draw: {start.cpu:.1f} s, {start.clock:.1f} s")
    print(f"{draws:,} draws on it: {shared.cpu:.1f} s, {shared.clock:.1f} s")
    ratio = (shared.cpu - start.cpu) / alone.cpu
    print(f"without its start, to one process: {ratio:.2f}x of CPU   {verdict(ratio, GOAL)}")
    print(f"the same bytes: {'yes' if same(alone.result, shared.result) else 'NO'}")


if __name__ == "__main__":
    main()
