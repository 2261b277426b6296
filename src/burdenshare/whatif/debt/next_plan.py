"""The adjustment that a plan of 2029 to 2032 needs, on top of the steps decided before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from burdenshare.whatif.debt.stochastic import Draws, Question, only, required
from burdenshare.whatif.debt.unmet import joined, places_unmet

START, END = 4, 8  # indices of the years 2028 and 2032
LOOKED_AHEAD = 10
LARGEST = 3.0  # pp of GDP a year
GRID = 0.01
_LOOKED_AT = 32  # steps of the grid tried at once
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
    found[STOCHASTIC] = _stochastic(inputs, plan, draws, split, _open(found, reference, split))
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
    state = np.tile(np.arange(count), len(names))
    scenario = np.repeat([int(scenario_of(name)) for name in names], count)
    kind = np.repeat([_kind(name) for name in names], count)

    def test_of(lanes: Whole) -> Callable[[Floats], Flags]:
        taken, made = inputs.take(state[lanes]), plan[:, state[lanes]]

        def passes(more: Floats) -> Flags:
            path = path_of(taken, made, more, scenario[lanes])
            kept, falls, low = deficit(path), declines(path), below(path)
            met: Flags = np.choose(kind[lanes], [kept, falls, low, falls | low])
            return met

        return passes

    step = np.zeros(len(state))
    left = np.flatnonzero(~test_of(np.arange(len(state)))(step))
    found = bisect(test_of(left), step[left], np.full(len(left), LARGEST), TOLERANCE)
    step[left] = np.where(np.isnan(found), np.inf, found)
    return dict(zip(names, step.reshape(len(names), count), strict=True))


def _kind(name: str) -> int:
    """Return which test a criterion is: of the deficit, of falling debt, of low debt, of either."""
    if name == DEFICIT:
        return 0
    return 1 if name.startswith(DECLINES) else 2 if name.startswith(BELOW) else 3


def _open(found: dict[str, Floats], reference: Flags, split: bool) -> Floats:
    """Return the step of the other criteria where the draws may ask for more, NaN elsewhere, C."""
    if not split:
        floor = _largest(found, list(found))[0]
        return np.where(np.isfinite(floor), floor, np.nan)
    fall, low = (
        _largest(found, [DEFICIT, *(kind + each for each in SCENARIOS)])[0]
        for kind in (DECLINES, BELOW)
    )
    return np.where(reference & (fall < low), fall, np.nan)


def _stochastic(
    inputs: Inputs, plan: Floats, draws: tuple[Draws, ...], split: bool, floor: Floats
) -> Floats:
    """Return the step that the stochastic criterion asks for where it is more than the floor, C.

    It is 0 elsewhere, where the floor is NaN, and for states without shocks.
    """
    start = inputs.spb[0] + plan.sum(axis=0)
    years = END - START
    reach = years * LARGEST

    def steps(taken: Inputs, places: Whole, target: Floats) -> Floats:
        made = plan[:, places].copy()
        made[START:] += (target - start[places]) / years
        return made

    question = Question(END, (start - reach, start + reach), ceiling=not split, steps=steps)
    mine = only(draws, np.flatnonzero(~np.isnan(floor)))
    made = plan.copy()
    made[START:] += np.nan_to_num(floor)
    unmet = places_unmet(inputs, mine, made, ceiling=not split)
    asked = required(inputs, joined(only(mine, unmet)), question)
    step = np.nan_to_num((asked.spb - start) / years)
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
    step, binding = start.step.copy(), list(start.binding)
    left = np.flatnonzero(reference & np.isfinite(step))
    tries = np.arange(round(LARGEST / GRID) + 1) * GRID
    # Most need no more than the step asked for: it is tried alone, then the others in blocks.
    for more in np.split(tries, range(1, len(tries), _LOOKED_AT)):
        tried = step[left, None] + more
        many = np.repeat(left, len(more))
        path = path_of(inputs.take(many), plan[:, many], tried.ravel())
        met = _falls_enough(path, split).reshape(tried.shape)
        done, place = met.any(axis=1), met.argmax(axis=1)
        for lane in left[~done | (more[place] > 0)]:
            binding[lane] = SAFEGUARD
        step[left[done]] = tried[done, place[done]]
        left = left[~done]
    step[left] = np.inf
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
