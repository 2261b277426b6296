"""Spending and loans that come on top of a state's path: what they do to the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.debt.inputs import HORIZON, Floats, Inputs


@dataclass(frozen=True, slots=True)
class Extra:
    """What one state spends and borrows on top, by year.

    `spending` in % of GDP of the year lowers the balance, with the multiplier of any step;
    `drawn` and `repaid` are loans, in % of GDP of year 0, at `rate` % a year: they are part of
    debt but not of what the market lends.
    """

    spending: Mapping[int, float] = field(default_factory=dict)
    drawn: Mapping[int, float] = field(default_factory=dict)
    repaid: Mapping[int, float] = field(default_factory=dict)
    rate: float = 0.0


def with_extra(inputs: Inputs, extra: Mapping[str, Extra | Mapping[int, float]]) -> Inputs:
    """Return inputs with spending and loans on top of those they have.

    A plain mapping from years to % of GDP is spending. Raises UserError for a state without inputs
    and for a year outside the projection.
    """
    spending, drawn, repaid = (
        each.copy() for each in (inputs.spending, inputs.loan_in, inputs.loan_out)
    )
    rate = inputs.loan_rate.copy()
    for code, each in extra.items():
        if code not in inputs.countries:
            hint = did_you_mean(code, inputs.countries)
            raise UserError(f"extra spending of {code[:40]}: no inputs of the debt model: {hint}")
        given = each if isinstance(each, Extra) else Extra(each)
        lane = inputs.countries.index(code)
        for path, years in (
            (spending, given.spending),
            (drawn, given.drawn),
            (repaid, given.repaid),
        ):
            _add(path, lane, years, inputs)
        rate[lane] = given.rate
    return replace(inputs, spending=spending, loan_in=drawn, loan_out=repaid, loan_rate=rate)


def _add(path: Floats, lane: int, years: Mapping[int, float], inputs: Inputs) -> None:
    first, last = inputs.year + 1, inputs.year + HORIZON
    for year, value in years.items():
        if not first <= year <= last:
            raise UserError(
                f"extra spending or loan of {inputs.countries[lane]} in {year}: "
                f"write years from {first} to {last}"
            )
        if not np.isfinite(value):
            raise UserError(
                f"extra spending or loan of {inputs.countries[lane]} in {year} is {value}: "
                "write a number in % of GDP"
            )
        path[year - inputs.year, lane] += value
