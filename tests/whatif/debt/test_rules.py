"""The rules of both readings, on paths worked by hand and against the slow reading."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.whatif.debt import bruegel, commission
from burdenshare.whatif.debt.inputs import Flags, Floats
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.search import (
    bisect,
    check_of,
    criteria,
    deterministic,
    linear,
    scenario_of,
)
from whatif.debt import oracle
from whatif.debt.random_inputs import random_inputs

NAN = np.nan


@given(st.integers(0, 2**32 - 1), st.sampled_from([4, 7]), st.integers(-100, 150))
def test_least_steps_equal_slow_reading(seed: int, end: int, hundredths: int) -> None:
    inputs, step = random_inputs(seed), hundredths / 100
    path, steps = commission.minimum_steps(inputs, end, np.full(3, step))
    for c in range(3):
        state = oracle.state(inputs, c)
        slow = oracle.least_steps(state, step, end)
        np.testing.assert_allclose(steps[:, c], slow, rtol=1e-9, atol=1e-9)
        expected = oracle.project(state, slow, end).ratio[: end + 1]
        np.testing.assert_allclose(path.ratio[: end + 1, c], expected, rtol=1e-9)


def front(target: float, edp: list[float], resilience: list[float]) -> list[float]:
    inputs = random_inputs(0, 1)
    given = replace(inputs, spb=inputs.spb * 0)
    made = bruegel.front_loaded(
        np.array([target]), np.array(edp)[:, None], np.array(resilience)[:, None], given
    )
    return [round(each, 9) for each in made[:, 0]]


def test_early_steps_are_made_good_for_by_later_ones() -> None:
    none = [NAN] * 4
    assert front(1.6, none, none) == [0.4, 0.4, 0.4, 0.4]
    # 0.5 twice is 0.2 more than 0.4 twice: the two later steps give it back.
    assert front(1.6, [0.5, 0.5, NAN, NAN], none) == [0.5, 0.5, 0.3, 0.3]
    # Then 0.4 in year 3, which year 4 gives back.
    assert front(1.6, [0.5, 0.5, NAN, NAN], [NAN, NAN, 0.4, NAN]) == [0.5, 0.5, 0.4, 0.2]
    # Steps to the end leave nobody to give back.
    assert front(1.6, [0.5] * 4, none) == [0.5] * 4


def with_debt(debt: list[float], end: int = 4) -> Projection:
    """Return a path whose debt was given by hand."""
    path = Projection(random_inputs(0, 1), end)
    path.ratio[: len(debt), 0] = debt
    return path


@pytest.mark.parametrize(
    ("debt", "under", "met"),
    [
        ([100, 98.9, 97.8, 96.7, 95.6], [0, 0, 0, 0, 0], True),  # 1.1 a year
        ([100, 99, 98, 97, 96], [0, 0, 0, 0, 0], False),  # 1.0 is not more than 1
        ([80, 79.4, 78.8, 78.2, 77.6], [0, 0, 0, 0, 0], True),  # 0.6 a year
        ([80, 81, 80.4, 79.8, 79.2], [1, 1, 0, 0, 0], True),  # 0.6 once the procedure is over
        ([91, 89.5, 89.1, 88.7, 88.3], [0, 0, 0, 0, 0], False),  # 1.5 above 90, then 0.4
        ([59, 60, 61, 62, 63], [0, 0, 0, 0, 0], False),  # rises above 60
        ([50, 51, 52, 53, 54], [0, 0, 0, 0, 0], True),  # below 60 nothing is asked
        ([80, 81, 82, 83, 84], [1, 1, 1, 1, 1], True),  # under the procedure throughout
    ],
)
def test_commissions_debt_safeguard(debt: list[float], under: list[int], met: bool) -> None:
    status = np.array(under, dtype=bool)[:, None]
    assert commission.safeguard_met(with_debt(debt), status).tolist() == [met]


@pytest.mark.parametrize(
    ("debt", "balance", "met"),
    [
        ([100, 99, 98, 97, 96], [-2, -2, -2, -2, -2], True),  # 1 a year from year 0
        ([100, 99, 98, 97, 96.1], [-2, -2, -2, -2, -2], False),
        ([80, 82, 81, 80.5, 80], [-4, -2, -2, -2, -2], True),  # from year 2 on: 0.5 a year
        ([80, 82, 81, 80.5, 80.1], [-4, -2, -2, -2, -2], False),
        ([80, 82, 84, 86, 88], [-4, -4, -4, -4, -4], True),  # the procedure never ends
    ],
)
def test_bruegels_debt_safeguard(debt: list[float], balance: list[float], met: bool) -> None:
    path = with_debt(debt)
    path.balance[:5, 0] = balance
    first = np.array([balance[0]])
    inputs = path.inputs
    path.inputs = replace(inputs, edp=np.array([NAN]), balance=first, balance_before=first)
    assert bruegel.safeguard_met(path).tolist() == [met]


def test_bisection_returns_bounds_where_it_must() -> None:
    edges = np.array([-5.0, 0.3, 5.0])
    found = bisect(lambda x: x >= edges, np.full(3, -1.0), np.full(3, 1.0), 1e-6)
    assert found[0] == -1.0
    assert found[1] == pytest.approx(0.3, abs=1e-6)
    assert np.isnan(found[2])


@given(st.integers(0, 2**32 - 1), st.sampled_from([4, 7]), st.booleans())
def test_each_criterion_passes_where_it_is_found_and_fails_just_below(
    seed: int, end: int, split: bool
) -> None:
    inputs = random_inputs(seed)
    low, high = np.full(3, -10.0), np.full(3, 10.0)
    found = deterministic(inputs, end, (low, high), 1e-4, split)
    assert list(found) == criteria(split)

    def passes(name: str, target: Floats) -> list[bool]:
        scenario = np.repeat(scenario_of(name), 3)
        path = Projection(inputs, end, scenario).run(linear(inputs, target, end), end + 10)
        if split and name.startswith("debt_"):
            ratio = path.ratio[end : end + 11]
            falls = np.logical_and.reduce((ratio[1:] < ratio[:-1]) | (ratio[1:] < 1e-3))
            low: Flags = ratio[-1] <= 60
            return [bool(each) for each in (falls if "declines" in name else low)]
        return [bool(each) for each in check_of(name)(path)]

    for name, target in found.items():
        there = passes(name, np.nan_to_num(target, nan=10.0))
        below = passes(name, np.nan_to_num(target, nan=10.0) - 1e-4)
        for c in range(3):
            assert there[c] == (not np.isnan(target[c]))
            assert not below[c] or target[c] == -10.0


def test_the_smaller_of_falling_and_low_debt_binds() -> None:
    inputs = replace(
        random_inputs(0, 2),
        ratio=np.array([100.0, 50.0]),
        balance=np.array([-2.0, -2.0]),
        edp=np.zeros(2),
    )
    start = inputs.spb[0]
    found = dict.fromkeys(criteria(True), start - 20.0)
    found["debt_declines_adverse_r_g"] = start + 0.822
    found["debt_below_60_lower_spb"] = start + 9.0
    found["deficit_reduction"] = start + np.array([0.4, -8.0])
    outcome = commission.apply(inputs, 4, found)
    assert outcome.reference.tolist() == [True, False]
    # 0.822 over four years is 0.2055 a year, rounded up to 0.21 unless the safeguard asks for more.
    assert outcome.step[0] >= 0.21 - 1e-12
    assert outcome.binding[0] in ("debt_declines_adverse_r_g", "debt_safeguard")
    # Technical information: no lower than -1 a year.
    assert outcome.step[1] == pytest.approx(-1.0)
    assert outcome.binding[1] == "floor"
