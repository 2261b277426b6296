"""Paths of the same states with and without extra spending, worked out beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from burdenshare.whatif.debt.answer import PRESETS, Result, fans_of
from burdenshare.whatif.debt.inputs import HORIZON, Floats, Inputs
from burdenshare.whatif.debt.next_plan import END, START, needed
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.search import REFERENCE_DEBT, REFERENCE_DEFICIT


@dataclass(frozen=True, slots=True)
class Case:
    """One of the paths that are compared, and what is needed after it.

    `ratio`, `balance` and `interest` are Y x C in % of GDP; `fans` are by state, for those with
    shocks, and hold the probability of lower debt five years after the plan; `needed` (C) is the
    step of 2029 to 2032, NaN where none is enough, and `binding` what decides it.
    """

    ratio: Floats
    balance: Floats
    interest: Floats
    fans: Mapping[int, dict[str, Any]]
    needed: Floats
    binding: tuple[str, ...]


def beside(
    inputs: Sequence[Inputs], inside: Sequence[Floats], result: Result, preset: str
) -> list[Case]:
    """Return a case for each of several inputs of the same states, with the plan of a result.

    `inside` are the points (C) that the escape clause leaves out of the limits in 2028, by case.
    """
    count, cases = len(result.inputs.countries), len(inputs)
    lanes = np.tile(np.arange(count), cases)
    end = len(result.outcome.steps)
    steps = np.zeros((END, count))
    steps[:end] = result.outcome.steps
    whole, plan = _stacked(inputs), steps[:, lanes]
    path = Projection(whole, end).run(plan, HORIZON)
    counted = path.balance[START] + np.concatenate(inside)
    reference = (path.ratio[START] > REFERENCE_DEBT) | (counted < REFERENCE_DEFICIT)
    draws = tuple(
        replace(group, places=group.places + k * count)
        for k in range(cases)
        for group in result.draws
    )
    after = needed(whole, plan, reference, draws, preset == PRESETS[0])
    found = []
    for k, own in enumerate(inputs):
        mine = slice(k * count, (k + 1) * count)
        found.append(
            Case(
                path.ratio[:, mine],
                path.balance[:, mine],
                path.interest[:, mine],
                fans_of(result, own, steps),
                after.step[mine],
                after.binding[mine],
            )
        )
    return found


def _stacked(inputs: Sequence[Inputs]) -> Inputs:
    """Return the lanes of all cases; they differ in what comes on top alone."""
    first = inputs[0]
    lanes = np.tile(np.arange(len(first.countries)), len(inputs))
    return replace(
        first.take(lanes),
        spending=np.hstack([each.spending for each in inputs]),
        loan_in=np.hstack([each.loan_in for each in inputs]),
        loan_out=np.hstack([each.loan_out for each in inputs]),
        loan_rate=np.concatenate([each.loan_rate for each in inputs]),
    )
