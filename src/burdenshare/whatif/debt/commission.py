"""The rules as the Commission's prior guidance reads them: one yearly step, more on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.whatif.debt.inputs import Flags, Floats, Inputs
from burdenshare.whatif.debt.project import SCENARIOS, Projection
from burdenshare.whatif.debt.search import (
    BELOW,
    DECLINES,
    DEFICIT,
    REFERENCE_DEBT,
    REFERENCE_DEFICIT,
)

LARGEST_STEP = 3.0
GRID = 0.01
SPB_TERMS_TO = 2027  # to this year the procedure's step is one of the primary balance
_EXCESSIVE, _HIGH_STRUCTURAL = -3.05, -1.55
_EDP_STEP = 0.5
_LOOKED_AT = 32  # steps of the grid tried at once


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules ask for: steps of E x C, their path, and what decided, C each."""

    steps: Floats
    path: Projection
    step: Floats  # the yearly step before anything is put on top
    binding: tuple[str, ...]
    found: Mapping[str, Floats]  # the balance at the end that a further rule asks for, NaN: none
    reference: Flags  # a reference trajectory; else technical information


def resilience_step(end: int) -> float:
    """Return the least step of the deficit resilience safeguard, in pp of GDP a year."""
    return 0.4 if end <= 4 else 0.25


def gets_reference(inputs: Inputs) -> Flags:
    """Say which states get a reference trajectory: debt above 60 % or a deficit above 3 %, C."""
    return (inputs.ratio > REFERENCE_DEBT) | (inputs.balance < REFERENCE_DEFICIT)


def apply(inputs: Inputs, end: int, criteria: Mapping[str, Floats]) -> Outcome:
    """Return what the Commission's reading asks for, given what each criterion asks for.

    All criteria must be met with debt falling, or with low debt, in every scenario. The step is
    rounded up to 0.01, at least 0 (technical information: -1), and raised by 0.01 until the path,
    with the steps of procedure and resilience on top, meets the debt safeguard.
    """
    reference = gets_reference(inputs)
    steps = {name: (spb - inputs.spb[0]) / end for name, spb in criteria.items()}
    asked, binding = _combined(steps, reference)
    asked = np.ceil(np.round(asked / GRID, 6)) * GRID
    raised = _safeguarded(inputs, end, asked, reference)
    path, made = minimum_steps(inputs, end, raised)
    more = raised > asked
    safeguard = np.where(more, inputs.spb[0] + end * raised, np.nan)
    names = tuple("debt_safeguard" if m else b for m, b in zip(more, binding, strict=True))
    return Outcome(made, path, raised, names, {"debt_safeguard": safeguard}, reference)


def _combined(steps: Mapping[str, Floats], reference: Flags) -> tuple[Floats, list[str]]:
    first = [DEFICIT, *(["stochastic"] if "stochastic" in steps else [])]
    falling = [*first, *(DECLINES + each for each in SCENARIOS)]
    low = [DEFICIT, *(BELOW + each for each in SCENARIOS)]
    small = [DEFICIT, BELOW + SCENARIOS[0]]
    by_fall, by_low = (_largest(steps, names, 0.0) for names in (falling, low))
    technical = _largest(steps, small, -1.0)
    fall = by_fall[0] <= by_low[0]
    asked = np.where(reference, np.where(fall, by_fall[0], by_low[0]), technical[0])
    binding = [
        (by_fall if fall[c] else by_low)[1][c] if reference[c] else technical[1][c]
        for c in range(len(asked))
    ]
    return asked, binding


def _largest(
    steps: Mapping[str, Floats], names: Sequence[str], floor: float
) -> tuple[Floats, list[str]]:
    """Return the largest step and whose it is; a criterion that nothing meets asks for the most."""
    table = np.array([np.full_like(steps[DEFICIT], floor), *(steps[name] for name in names)])
    for row, name in enumerate(["floor", *names]):
        blank = -np.inf if name == "stochastic" else LARGEST_STEP
        table[row] = np.where(np.isnan(table[row]), blank, table[row])
    decided = ["floor", *names]
    return table.max(axis=0), [decided[row] for row in table.argmax(axis=0)]


def _safeguarded(inputs: Inputs, end: int, asked: Floats, reference: Flags) -> Floats:
    """Return the first step of the grid, from the one asked for, that meets the debt safeguard.

    The safeguard is not monotonic, for years under the procedure do not count: every step is tried.
    """
    found = asked.copy()
    open_ = np.flatnonzero(reference & (asked < LARGEST_STEP))
    while len(open_):
        tried = (found[open_, None] + GRID * np.arange(_LOOKED_AT)).round(6)
        lanes = np.repeat(open_, _LOOKED_AT)
        taken = inputs.take(lanes)
        path, _ = minimum_steps(taken, end, tried.ravel())
        met = safeguard_met(path, _status(path)).reshape(tried.shape) | (tried >= LARGEST_STEP)
        first = met.argmax(axis=1)
        done = met.any(axis=1)
        found[open_] = np.where(done, tried[np.arange(len(tried)), first], tried[:, -1])
        open_ = open_[~done]
    return found


def minimum_steps(inputs: Inputs, end: int, step: Floats) -> tuple[Projection, Floats]:
    """Return the path of a yearly step with the least steps of procedure and resilience, E x L.

    Year by year: what last year's balance asks for is known before this year's step is taken.
    """
    path = Projection(inputs, end)
    made = np.empty((end, len(step)))
    status = [_first_status(inputs)]
    for t in range(1, end + 1):
        asked = step.copy()
        excess = status[t - 1] & (path.balance[t - 1] <= _EXCESSIVE)
        if excess.any():
            least = np.full_like(step, _EDP_STEP)
            if inputs.year + t > SPB_TERMS_TO:
                path.advance(t, step)
                least = least + path.interest[t] - path.interest[t - 1]
            asked = np.where(excess, np.maximum(asked, least), asked)
        weak = path.structural_balance[t - 1] <= _HIGH_STRUCTURAL
        asked = np.where(weak, np.maximum(asked, resilience_step(end)), asked)
        made[t - 1] = asked
        path.advance(t, asked)
        status.append(_next_status(path, status[-1], t))
    return path, made


def _first_status(inputs: Inputs) -> Flags:
    return np.where(np.isnan(inputs.edp), inputs.balance <= _EXCESSIVE, inputs.edp == 1)


def _next_status(path: Projection, before: Flags, t: int) -> Flags:
    """Return who is under the procedure in year t: it ends after two years within 3 %."""
    earlier = path.inputs.balance_before if t == 1 else path.balance[t - 2]
    over: Flags = (earlier > _EXCESSIVE) & (path.balance[t - 1] > _EXCESSIVE)
    still: Flags = before & ~over
    return still


def _status(path: Projection) -> Flags:
    """Say who is under the procedure, (E + 1) x L."""
    status = [_first_status(path.inputs)]
    for t in range(1, path.end + 1):
        status.append(_next_status(path, status[-1], t))
    return np.array(status)


def safeguard_met(path: Projection, status: Flags) -> Flags:
    """Say who meets the debt safeguard, L: a mean fall by more than 1 pp above 90 %, 0.5 above 60.

    Years under the procedure are left out; each year counts in the band it starts in.
    """
    start = path.ratio[: path.end]
    change = path.ratio[1 : path.end + 1] - start
    free = ~status[1:]
    high, middle = start > 90, (start > 60) & (start <= 90)
    none_middle = ~middle.any(axis=0)
    upper = free & (high | none_middle)
    meets_high = ~high.any(axis=0) | _falls(change, upper, 1.0)
    return meets_high & (none_middle | _falls(change, free & middle, 0.5))


def _falls(change: Floats, chosen: Flags, least: float) -> Flags:
    count = chosen.sum(axis=0)
    mean = np.where(chosen, change, 0.0).sum(axis=0) / np.maximum(count, 1)
    falls: Flags = (count == 0) | (mean < -least)
    return falls
