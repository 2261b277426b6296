"""The smallest balance that passes each deterministic criterion, of all states at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from burdenshare.whatif.debt.inputs import Flags, Floats, Inputs, Whole
from burdenshare.whatif.debt.project import SCENARIOS, Projection

DEFICIT = "deficit_reduction"
DECLINES, BELOW, EITHER = "debt_declines_", "debt_below_60_", ""
REFERENCE_DEBT, REFERENCE_DEFICIT = 60.0, -3.0
TOLERANCE = 1e-4
_AFTER = 10  # years after the adjustment that are looked at

Paths = Callable[[Floats], Projection]
Passes = Callable[[Floats], Flags]


def declines(path: Projection) -> Flags:
    """Say of each lane whether debt falls in each of the ten years after the adjustment."""
    after = path.ratio[path.end : path.end + _AFTER + 1]
    gone = after[1:] < 1e-3
    falls: Flags = (np.diff(after, axis=0) < 0) | gone
    every: Flags = np.logical_and.reduce(falls)
    return every


def below(path: Projection) -> Flags:
    """Say of each lane whether debt is at most 60 % of GDP ten years after the adjustment."""
    low: Flags = path.ratio[path.end + _AFTER] <= REFERENCE_DEBT
    return low


def deficit(path: Projection) -> Flags:
    """Say of each lane whether the deficit stays within 3 % of GDP to ten years after."""
    after = path.balance[path.end : path.end + _AFTER + 1]
    kept: Flags = after >= REFERENCE_DEFICIT
    every: Flags = np.logical_and.reduce(kept)
    return every


def criteria(split: bool) -> list[str]:
    """Return the names of the deterministic criteria, debt falling and low debt split or not.

    >>> criteria(False)[:2]
    ['deficit_reduction', 'main_adjustment']
    """
    kinds = (DECLINES, BELOW) if split else (EITHER,)
    return [DEFICIT, *(kind + scenario for scenario in SCENARIOS for kind in kinds)]


def linear(inputs: Inputs, target: Floats, end: int) -> Floats:
    """Return the equal steps of E x L that lead to a balance at the end of the adjustment."""
    step = (target - inputs.spb[0]) / end
    return np.broadcast_to(step, (end, len(step)))


def bisect(passes: Passes, low: Floats, high: Floats, tolerance: float) -> Floats:
    """Return for each lane the upper end of the last bracket around where it begins to pass.

    All lanes are halved together. A lane that passes at its lower bound returns it; one that fails
    at its upper bound returns NaN.

    >>> bisect(lambda x: x >= 1.0, np.array([0.0, 2.0]), np.array([4.0, 4.0]), 1e-3).round(2)
    array([1., 2.])
    """
    at_low, at_high = passes(low), passes(high)
    found, fails = high.copy(), low.copy()
    while (found - fails).max(initial=0.0) > tolerance:
        middle = (fails + found) / 2
        good = passes(middle)
        found, fails = np.where(good, middle, found), np.where(good, fails, middle)
    return np.where(at_low, low, np.where(at_high, found, np.nan))


def deterministic(
    inputs: Inputs, end: int, bounds: tuple[Floats, Floats], tolerance: float, split: bool
) -> dict[str, Floats]:
    """Return for each criterion the balance at the end of the adjustment that it asks for, C each.

    Steps are equal. The bounds (C each) are the peer's: a criterion that is not monotonic, as at a
    step of nought where output follows the forecast, then gives the same answer (docs/debt.md, 5).
    """
    names = criteria(split)
    count = len(inputs.countries)
    lanes = np.tile(np.arange(count), len(names))
    taken = inputs.take(lanes)
    low, high = (each[lanes] for each in bounds)
    test = _test(names, count)
    scenario = np.repeat([_scenario(name) for name in names], count)

    def passes(target: Floats) -> Flags:
        path = Projection(taken, end, scenario)
        return test(path.run(linear(taken, target, end), end + _AFTER))

    found = bisect(passes, low, high, tolerance)
    return dict(zip(names, found.reshape(len(names), count), strict=True))


def _scenario(name: str) -> int:
    return next((i for i, each in enumerate(SCENARIOS) if name.endswith(each)), 0)


def _test(names: Sequence[str], count: int) -> Callable[[Projection], Flags]:
    kinds = np.repeat([_kind(name) for name in names], count)

    def test(path: Projection) -> Flags:
        falls, low = declines(path), below(path)
        choices = [deficit(path), falls, low, falls | low]
        chosen: Flags = np.choose(kinds, choices)
        return chosen

    return test


def _kind(name: str) -> int:
    if name == DEFICIT:
        return 0
    return 1 if name.startswith(DECLINES) else 2 if name.startswith(BELOW) else 3


def check_of(name: str) -> Callable[[Projection], Flags]:
    """Return the test of one criterion of `criteria(False)`."""
    return _test([name], 1)


def scenario_of(name: str) -> Whole:
    """Return the index of the scenario under which a criterion is tested."""
    return np.array(_scenario(name))
