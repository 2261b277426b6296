"""The adjustment that a plan of 2029 to 2032 needs, on top of the steps decided before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.whatif.debt.commission import safeguard_met
from burdenshare.whatif.debt.inputs import Flags, Floats, Inputs, Whole
from burdenshare.whatif.debt.project import SCENARIOS, Projection
from burdenshare.whatif.debt.search import (
    BELOW,
    DECLINES,
    DEFICIT,
    REFERENCE_DEBT,
    TOLERANCE,
    below,
    bisect,
    criteria,
    declines,
    deficit,
    scenario_of,
)
from burdenshare.whatif.debt.stochastic import Draws, Question, required

START, END = 4, 8  # indices of the years 2028 and 2032
LOOKED_AHEAD = 10
LARGEST = 3.0  # pp of GDP a year
GRID = 0.01
STOCHASTIC, SAFEGUARD = "stochastic", "debt_safeguard"


@dataclass(frozen=True, slots=True)
class Needed:
    """The smallest step, in pp a year from 2029 to 2032, and what decided, C each.

    `step` is 0 where none is needed and NaN where none of up to 3 pp is enough.
    """

    step: Floats
    binding: tuple[str, ...]


def needed(
    inputs: Inputs, plan: Floats, reference: Flags, draws: tuple[Draws, ...], split: bool
) -> Needed:
    """Return what meets the criteria from 2032 on and the debt safeguard from 2028 to 2032.

    `plan` holds the steps of 8 x C decided before; `reference` says who gets a reference
    trajectory. `split` is the Commission's reading. The least steps of the deficit procedure and
    of the resilience safeguard are not put on top.
    """
    found = _deterministic(inputs, plan, split)
    found[STOCHASTIC] = _stochastic(inputs, plan, draws, split)
    step, binding = _combined(found, reference, split)
    return _safeguarded(inputs, plan, reference, Needed(step, tuple(binding)), split)


def path_of(inputs: Inputs, plan: Floats, more: Floats, scenario: Whole | int = 0) -> Projection:
    """Return the path with `more` (L) added to each step of the plan (8 x L) from 2029 on."""
    made = plan.copy()
    made[START:] += more
    return Projection(inputs, END, scenario).run(made, END + LOOKED_AHEAD)


def _deterministic(inputs: Inputs, plan: Floats, split: bool) -> dict[str, Floats]:
    names = criteria(split)
    count = len(inputs.countries)
    lanes = np.tile(np.arange(count), len(names))
    taken, made = inputs.take(lanes), plan[:, lanes]
    scenario = np.repeat([int(scenario_of(name)) for name in names], count)

    def passes(more: Floats) -> Flags:
        path = path_of(taken, made, more, scenario)
        tests = [each(path).reshape(len(names), count) for each in (deficit, declines, below)]
        return np.concatenate(
            [_meets(name, *(test[k] for test in tests)) for k, name in enumerate(names)]
        )

    low, high = np.zeros(len(lanes)), np.full(len(lanes), LARGEST)
    found = bisect(passes, low, high, TOLERANCE).reshape(len(names), count)
    return {
        name: np.where(np.isnan(row), np.inf, row) for name, row in zip(names, found, strict=True)
    }


def _meets(name: str, kept: Flags, falls: Flags, low: Flags) -> Flags:
    if name == DEFICIT:
        return kept
    if name.startswith(DECLINES):
        return falls
    return low if name.startswith(BELOW) else falls | low


def _stochastic(inputs: Inputs, plan: Floats, draws: tuple[Draws, ...], split: bool) -> Floats:
    """Return the step that the stochastic criterion asks for, 0 for states without shocks, C."""
    low = inputs.spb[0] + plan.sum(axis=0)
    years = END - START
    reach = years * LARGEST

    def steps(taken: Inputs, places: Whole, target: Floats) -> Floats:
        made = plan[:, places].copy()
        made[START:] += (target - low[places]) / years
        return made

    asked = required(
        inputs, draws, Question(END, (low - reach, low + reach), ceiling=not split, steps=steps)
    )
    step = np.nan_to_num((asked.spb - low) / years)
    return np.where(step >= LARGEST - GRID, np.inf, np.maximum(step, 0.0))


def _combined(found: dict[str, Floats], reference: Flags, split: bool) -> tuple[Floats, list[str]]:
    if not split:
        return _largest(found, list(found))
    first = [DEFICIT, STOCHASTIC]
    fall, fall_by = _largest(found, [*first, *(DECLINES + each for each in SCENARIOS)])
    low, low_by = _largest(found, [DEFICIT, *(BELOW + each for each in SCENARIOS)])
    small, small_by = _largest(found, [DEFICIT, BELOW + SCENARIOS[0]])
    step = np.where(reference, np.minimum(fall, low), small)
    binding = [
        (fall_by if fall[c] <= low[c] else low_by)[c] if reference[c] else small_by[c]
        for c in range(len(step))
    ]
    return step, binding


def _largest(found: dict[str, Floats], names: Sequence[str]) -> tuple[Floats, list[str]]:
    table = np.array([found[name] for name in names])
    step = table.max(axis=0)
    return step, [
        names[row] if step[c] > 0 else "nothing" for c, row in enumerate(table.argmax(axis=0))
    ]


def _safeguarded(
    inputs: Inputs, plan: Floats, reference: Flags, start: Needed, split: bool
) -> Needed:
    """Raise steps by 0.01 until debt falls fast enough: every step is tried, for some do not."""
    lanes = np.flatnonzero(reference & np.isfinite(start.step))
    tries = np.arange(round(LARGEST / GRID) + 1) * GRID
    many = np.repeat(lanes, len(tries))
    more = (start.step[lanes, None] + tries).ravel()
    path = path_of(inputs.take(many), plan[:, many], more)
    met = _falls_enough(path, split).reshape(len(lanes), len(tries))
    first = met.argmax(axis=1)
    step, binding = start.step.copy(), list(start.binding)
    step[lanes] += tries[first]
    step[lanes[~met.any(axis=1)]] = np.inf
    for c, raised in zip(lanes, first > 0, strict=True):
        if raised or np.isinf(step[c]):
            binding[c] = SAFEGUARD
    return Needed(np.where(step > LARGEST, np.nan, step), tuple(binding))


def _falls_enough(path: Projection, split: bool) -> Flags:
    start = path.ratio[START]
    if split:
        out = np.zeros((END + 1, len(start)), dtype=bool)
        out[: START + 1] = True  # the years of the plan before are left out
        return safeguard_met(path, out)
    least = np.where(start > 90, 1.0, 0.5) * (END - START)
    enough: Flags = (start <= REFERENCE_DEBT) | (start - path.ratio[END] >= least)
    return enough
