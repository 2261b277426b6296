"""Inputs of made-up states, wild enough to reach every branch of the projection."""

from __future__ import annotations

import numpy as np

from burdenshare.whatif.debt.inputs import YEARS, Floats, Inputs


def random_inputs(seed: int, count: int = 3) -> Inputs:
    """Return the inputs of some states, whose forecasts last for none to two years."""
    rng = np.random.default_rng(seed)

    def number(low: float, high: float) -> Floats:
        return rng.uniform(low, high, count)

    def path(low: float, high: float) -> Floats:
        found: Floats = rng.uniform(low, high, (YEARS, count))
        return found

    last = rng.integers(0, 3, count)
    years = np.arange(YEARS)[:, None]
    forecast = years <= last
    spb = path(-4, 3)
    held = np.where(forecast, spb, np.take_along_axis(spb, last[None], axis=0))
    potential_growth = path(-1, 4)
    potential = 100 * np.exp(np.log1p(potential_growth / 100).cumsum(axis=0))
    currency = rng.uniform(0, 1, (3, count))
    domestic, euro, dollar = currency / currency.sum(axis=0)
    esm = path(0, 0.5) * (rng.random(count) < 0.5)
    stock_flow = path(-2, 2)
    stock_flow[rng.random((YEARS, count)) < 0.5] = np.nan
    implicit = path(0, 6)
    implicit[1:][~forecast[1:]] = np.nan
    return Inputs(
        countries=tuple(f"S{c}" for c in range(count)),
        year=2024,
        elasticity=number(0.2, 0.7),
        multiplier=number(0.3, 1.2),
        short_share=number(0.01, 0.3),
        short_owed=number(0.01, 0.3),
        rolled=rng.random(count) < 0.3,
        maturity=rng.integers(3, 31, count).astype(float),
        expenditure=number(20, 60),
        debt=number(20, 180),
        ratio=number(20, 180),
        balance=number(-8, 2),
        primary=number(-6, 3),
        balance_before=np.where(rng.random(count) < 0.5, np.nan, number(-6, 2)),
        edp=rng.choice([np.nan, 0.0, 1.0], count),
        long_implicit=np.where(rng.random(count) < 0.5, np.nan, number(0, 5)),
        domestic=domestic,
        euro=euro,
        dollar=dollar,
        loan_rate=number(0, 5),
        growth=path(-2, 4),
        potential=potential,
        potential_growth=potential_growth,
        gap=path(-3, 3),
        forecast=forecast,
        inflation=path(0, 5),
        spb=held,
        implicit=implicit,
        rate_short=path(-1, 12),
        rate_long=path(-1, 12),
        stock_flow=stock_flow,
        stock_flow_level=path(-3, 3),
        one_off=path(-0.5, 0.5),
        ageing=path(15, 30),
        revenue=path(0, 3),
        maturing=path(0.01, 0.3),
        esm_repayment=esm,
        esm_stock=esm[::-1].cumsum(axis=0)[::-1] - esm,
        exr_euro=path(0.2, 0.25),
        exr_dollar=path(0.2, 0.3),
        spending=path(0, 1.5) * (rng.random(count) < 0.5),
        loan_in=path(0, 0.5) * (rng.random(count) < 0.5),
        loan_out=path(0, 0.1) * (rng.random(count) < 0.5),
    )
