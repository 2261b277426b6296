"""The projection against its slow reading, and what must add up in every year."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif.debt.extra import Extra, with_extra
from burdenshare.whatif.debt.inputs import HORIZON, Floats, hold, join
from burdenshare.whatif.debt.project import SCENARIOS, Projection
from burdenshare.whatif.debt.reading import read_sheet
from burdenshare.world.load import World
from whatif.debt import oracle
from whatif.debt.random_inputs import random_inputs

SEEDS = st.integers(0, 2**32 - 1)
ENDS = st.sampled_from([4, 7])
STEPS = st.lists(st.sampled_from([0.0, 5e-5, -0.4, 0.25, 1.1]), min_size=7, max_size=7)
# The name of a path here, and in the slow reading.
SAME = {
    "spb": "spb",
    "gap": "gap",
    "structural": "structural",
    "primary": "primary",
    "implicit": "rate",
    "implicit_long": "rate_long",
    "debt": "debt",
    "short": "short",
    "long": "long",
    "interest": "interest",
    "balance": "balance",
    "structural_balance": "structural_balance",
    "ratio": "ratio",
    "loans": "loans",
}


@given(SEEDS, ENDS, STEPS, st.sampled_from(SCENARIOS), st.sampled_from([None, 0]))
@example(seed=1, end=4, steps=[0.0] * 7, scenario="adverse_r_g", ageing=0)
def test_projection_equals_slow_reading(
    seed: int, end: int, steps: list[float], scenario: str, ageing: int | None
) -> None:
    inputs = random_inputs(seed)
    lanes = np.tile(np.array(steps[:end])[:, None], 3)
    path = Projection(inputs, end, SCENARIOS.index(scenario), ageing).run(lanes, HORIZON)
    for c in range(3):
        slow = oracle.project(oracle.state(inputs, c), steps, end, scenario, ageing)
        for name, other in SAME.items():
            expected = getattr(slow, other)
            found = getattr(path, name)[:, c]
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, err_msg=name)


@given(SEEDS, ENDS, STEPS)
def test_debt_moves_by_snowball_balance_and_stock_flow(
    seed: int, end: int, steps: list[float]
) -> None:
    inputs = random_inputs(seed)
    path = Projection(inputs, end).run(np.tile(np.array(steps[:end])[:, None], 3), HORIZON)
    for t in range(1, HORIZON + 1):
        growth = path.exchange[t] * (1 + path.implicit[t] / 100) / (1 + path.growth[t] / 100)
        snowball = (growth - 1) * path.ratio[t - 1]
        change = path.ratio[t] - path.ratio[t - 1]
        floored = path.ratio[t] <= 1e-8
        expected = snowball - path.primary[t] + path.stock_flow[t]
        assert np.all(floored | np.isclose(change, expected, rtol=0, atol=1e-9))


@given(SEEDS, ENDS, STEPS)
def test_interest_repayment_and_new_debt_balance(seed: int, end: int, steps: list[float]) -> None:
    inputs = random_inputs(seed)
    path = Projection(inputs, end).run(np.tile(np.array(steps[:end])[:, None], 3), HORIZON)
    for t in range(1, HORIZON + 1):
        surplus = path.primary[t] * path.price[t]
        flow = path.stock_flow[t] * path.price[t]
        interest = path.interest[t] * path.price[t]
        drawn = path.loans[t] - path.loans[t - 1]
        needs = interest + path.repaid[t] - surplus + flow - drawn
        borrows = (np.minimum(path.short[t], path.new_long[t]) > 1e-6) & (path.debt[t] > 1)
        issued = path.short[t] + path.new_long[t]
        assert np.all(~borrows | np.isclose(issued, needs, rtol=1e-9, atol=1e-6))
        after = path.debt[t - 1] - path.repaid[t] + issued + drawn
        assert np.all(~borrows | np.isclose(path.debt[t], after, rtol=1e-9, atol=1e-6))


def test_taken_lanes_are_the_states_asked_for() -> None:
    inputs = random_inputs(3)
    taken = inputs.take(np.array([2, 0, 2]))
    assert taken.countries == ("S2", "S0", "S2")
    for each in fields(inputs):
        if each.name not in ("countries", "year"):
            whole, part = getattr(inputs, each.name), getattr(taken, each.name)
            np.testing.assert_array_equal(part, whole[..., [2, 0, 2]])


def test_gaps_are_joined_or_held() -> None:
    path = np.full((5, 1), np.nan)
    path[0], path[2] = 1.0, 3.0
    assert join(path, {4: 7.0})[:, 0].tolist() == [1.0, 2.0, 3.0, 5.0, 7.0]
    assert hold(path)[:, 0].tolist() == [1.0, 1.0, 3.0, 3.0, 3.0]


def steps_of(world: World, extra: dict[str, Extra | dict[int, float]]) -> tuple[Floats, Floats]:
    """Return debt and loans of Finland without and with something on top, ten years on."""
    inputs = read_sheet(world, "commission-2024").inputs
    more = with_extra(inputs, extra)
    plain, other = (Projection(each, 4).run(np.zeros((4, 1)), 14) for each in (inputs, more))
    return other.ratio[:, 0] - plain.ratio[:, 0], other.loans[:, 0]


def test_a_loan_at_the_market_rate_only_changes_who_lends(world: World) -> None:
    change, loans = steps_of(world, {"FIN": Extra(drawn={2026: 0.5}, repaid={2030: 0.2}, rate=2.0)})
    assert loans[[1, 2, 5, 6, 14]].tolist() == pytest.approx([0, 0.5, 0.5, 0.3, 0.3])
    assert np.abs(change[:15]).max() < 0.05


def test_spending_on_top_is_debt_by_its_amount_and_the_lost_output(world: World) -> None:
    change, _ = steps_of(world, {"FIN": {2025: 1.0}})
    inputs = read_sheet(world, "commission-2024").inputs
    lane = oracle.state(with_extra(inputs, {"FIN": {2025: 1.0}}), 0)
    slow = oracle.project(lane, [0.0] * 4, 4).ratio[1]
    plain = oracle.project(oracle.state(inputs, 0), [0.0] * 4, 4).ratio[1]
    assert change[1] == pytest.approx(slow - plain)
    # GDP of 2025 was to be 235.143, potential 239.526; 0.75 % of 2024's 231.308 more is 1.7348.
    revenue = 0.582 * 1.7348 / 239.526 * 100
    # Debt of 80.487 with 1.889566 % of interest over 3.81822 % more GDP is 78.993.
    thinned = 78.993 * (1 - 235.143 / (235.143 + 1.7348))
    assert change[1] == pytest.approx(1 - revenue - thinned, abs=1e-4)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"NOR": {2026: 1.0}}, "extra spending of NOR"),
        ({"FIN": {2024: 1.0}}, "FIN in 2024: write years from 2025 to 2042"),
        ({"FIN": {2026: float("nan")}}, "FIN in 2026 is nan"),
    ],
)
def test_extra_that_does_not_fit_is_refused(
    world: World, extra: dict[str, Extra | dict[int, float]], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        with_extra(read_sheet(world, "commission-2024").inputs, extra)
