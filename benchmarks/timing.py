"""What the benchmarks share: CPU time and memory of a command, medians, one line a result.

Times are CPU seconds (user and system) of this machine as it is now: compare the ratios to the
floor that was measured beside them, and do not quote the seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "src" / "burdenshare" / "content" / "examples" / "summit.txt"
EXAMPLE_DATE = "2025-03-14"
MAIN = "import sys; from burdenshare.cli import main; sys.exit(main())"

# Starts a command as its only child and prints the child's CPU seconds and peak memory in MB.
# Of Linux: there ru_maxrss counts kilobytes.
WATCH = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(code)
"""


@dataclass(frozen=True)
class Used:
    """What runs of one command took: the median of the CPU seconds, the largest peak in MB."""

    seconds: float
    megabytes: float


def command(arguments: Sequence[str], runs: int = 7) -> Used:
    """Run a Python with some arguments several times, each in a fresh process."""
    found = [once(arguments) for _ in range(runs + 1)]
    found = found[1:]  # the first run fills the caches of the disk
    return Used(
        statistics.median(used.seconds for used in found), max(used.megabytes for used in found)
    )


def once(arguments: Sequence[str]) -> Used:
    """Run a Python with some arguments once, in a fresh process without releases of its own."""
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [sys.executable, "-c", WATCH, sys.executable, *arguments],
            check=True,
            env={**os.environ, "BURDENSHARE_HOME": empty},
            stdout=subprocess.PIPE,
            text=True,
        )
    seconds, megabytes = done.stdout.split()
    return Used(float(seconds), float(megabytes))


def median(work: Callable[[], object], runs: int = 7) -> float:
    """Return the median of the CPU seconds that a call takes in this process."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def verdict(value: float, goal: float, *, below: bool = True) -> str:
    """Return whether a goal is reached, as words for the last column."""
    reached = value < goal if below else value > goal
    return f"goal {'<' if below else '>'} {goal:g}: {'reached' if reached else 'MISSED'}"
