"""The engine on plans small enough to work out on paper."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from burdenshare.whatif import engine
from burdenshare.whatif.engine import BLOCK, draw_block
from burdenshare.whatif.plan import Plan, Result
from whatif.plans import bytes_of, leaving, plan_of, random_plan, table_of

SEED = 1949


def close(found: Any, expected: Any) -> None:
    """Compare to 1e-12; None stands for what cannot be known."""
    wanted = np.array(expected, dtype=np.float64)
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


def run(plan: Plan, draws: int, seed: int = SEED) -> Result:
    """Run a plan with numpy alone and with compiled loops, which must give the same bytes."""
    found = engine.run(plan, draws, seed, fast=False)
    assert bytes_of(found) == bytes_of(engine.run(plan, draws, seed, fast=True))
    return found


def test_a_plan_without_uncertainty_is_arithmetic() -> None:
    """Two countries spend 2 % of 1,000 and of 500; the second leaves in the second year."""
    plan = leaving(plan_of(real=[1000, 500], reach=(3.5,)), 1, 1)
    plan = replace(
        plan,
        thresholds=("wales", "hague"),
        threshold=np.array([table_of([2, 2], 3), table_of([3.5, 3.5], 3)]),
        needs=("what left", "given"),
        amount=np.array([[np.nan] * 3, [0, 10, 20]]),
    )
    found = run(plan, 3)
    assert found.cells[0].tolist() == [[2, 2]] * 3
    assert found.cells[1].tolist() == [[20, 10]] * 3
    assert found.totals[1].tolist() == [[30, 30, 30], [30, 20, 20], [0, 10, 10]]
    close(found.totals[0], [[2, 2, 2], [2, 2, 2], [np.nan, 2, 2]])
    # Those who stay, with a GDP of 1,000, need 30: 3 %. Or 20 + 10, 20 + 20.
    close(found.needed, [[2, 3, 3], [2, 3, 4]])
    # 1.5 % of 1,500, then of 1,000.
    close(found.cost, [[22.5, 15, 15]])
    assert found.meets[0].tolist() == [[1, 1]] * 3
    assert found.meets[1].tolist() == [[0, 0]] * 3
    close(found.shortfall[0], [[0, 0]] * 3)
    close(found.shortfall[1], [[15, 7.5]] * 3)
    assert found.counts[0].tolist() == [[0, 0, 1], [0, 1, 0], [0, 1, 0]]
    assert found.counts[1].tolist() == [[1, 0, 0]] * 3


def test_quantiles_of_what_is_certain_are_exact() -> None:
    plan = plan_of(share=[[2.3, 1.7], [np.nan] * 2, [np.nan] * 2], reach=(2.0,))
    found = run(plan, 777)
    for quantile in found.cell_quantiles:
        np.testing.assert_array_equal(quantile[0], table_of([2.3, 1.7], 3))
        close(quantile[1], table_of([23, 17], 3))
    close(found.cost_quantiles, np.full((5, 1, 3), 3))


def test_a_pledge_pulls_up_and_never_down() -> None:
    """Half of what is missing to 3.5 % each year, from 2 %; and who is above stays."""
    plan = plan_of(
        share=[[2, 4], [np.nan] * 2, [np.nan] * 2],
        pull=table_of([0.5, 0.5], 3),
        target=table_of([3.5, 3.5], 3),
    )
    close(run(plan, 5).cells[0], [[2, 4], [2.75, 4], [3.125, 4]])


def test_known_shares_stand_until_the_base_year() -> None:
    """The second country is known a year longer; the third only from the second year on."""
    nan = np.nan
    plan = plan_of(
        3,
        3,
        base=np.array([0, 1, 1]),
        share=[[1, 2, nan], [nan, 2.5, 3], [nan, nan, nan]],
        revision=[1.1],
        residual=[1.2],
    )
    found = run(plan, 5)
    close(found.cells[0], [[1.1, 2, nan], [1.32, 2.75, 3.3], [1.584, 3.3, 3.96]])
    # A total with an unknown member is unknown.
    close(found.totals[1][0], [nan, 73.7, 88.44])


def test_what_leaves_is_unknown_where_a_leaver_is() -> None:
    """Both spend 2 % of 1,000; the share of the one who is out is known from the second year on."""
    nan = np.nan
    plan = plan_of(
        base=np.array([0, 1]),
        share=[[2, nan], [nan, 2], [nan, nan]],
        inside=[np.ones((3, 2)), table_of([1, 0], 3)],
        needs=("what left", "given"),
        amount=[[nan] * 3, [10] * 3],
        thresholds=("wales",),
        threshold=[table_of([2, 2], 3)],
        reach=(2.5,),
    )
    found = run(plan, 5)
    close(found.needed, [[nan, 4, 4], [3, 3, 3]])
    close(found.totals[1], [[nan, 40, 40], [20, 20, 20]])
    close(found.meets, [[[1, nan], [1, 1], [1, 1]]])
    close(found.shortfall, [[[0, nan], [0, 0], [0, 0]]])
    close(found.cost, [[5, 5, 5]])


def test_where_nobody_is_in_there_is_no_share() -> None:
    plan = plan_of(
        inside=[np.ones((3, 2)), np.zeros((3, 2))],
        needs=("what left",),
        amount=[[np.nan] * 3],
        thresholds=("wales",),
        threshold=[table_of([2, 2], 3)],
        reach=(2.5,),
    )
    found = run(plan, 5)
    close(found.totals[:2], [[[2] * 3, [np.nan] * 3], [[40] * 3, [0] * 3]])
    close(found.needed, [[np.nan] * 3])
    close(found.cost, [[0] * 3])
    close(found.counts, [[[1, 0, 0]] * 3])


def test_growth_carries_gdp_and_rates_carry_money() -> None:
    plan = plan_of(
        1,
        3,
        growth=[[0.5], [0.02], [-0.5]],
        usd=[[1], [1.1], [1.2]],
        eur=[[0.9], [1.0], [1.0]],
        ncu=[[np.nan], [10], [20]],
    )
    found = run(plan, 5)
    # 1,000, then 1,020, then 510; the growth of the first year is not used.
    close(found.cells[1], [[20], [20.4], [10.2]])
    close(found.cells[2], [[20], [22.44], [12.24]])
    close(found.cells[3], [[18], [20.4], [10.2]])
    close(found.cells[4], [[np.nan], [204], [204]])


def test_bounds_show_but_do_not_feed_back() -> None:
    """A residual of 1.5 each year; a ceiling in the second year alone; a floor in the third."""
    plan = plan_of(
        2,
        3,
        residual=[1.5],
        upper=[[np.inf] * 2, [2.5, np.inf], [np.inf] * 2],
        lower=[[0, 0], [0, 0], [0, 5]],
    )
    close(run(plan, 5).cells[0], [[2, 2], [2.5, 3], [4.5, 5]])


def test_points_on_top_come_after_the_bounds_and_leave_no_share_below_nothing() -> None:
    plan = plan_of(
        2, 2, lower=np.full((2, 2), 3.0), upper=np.full((2, 2), 3.0), extra=[[0, 0], [1.5, -4]]
    )
    close(run(plan, 5).cells[0], [[3, 3], [4.5, 0]])


def test_a_trend_is_a_factor_on_the_residuals_of_a_year() -> None:
    plan = plan_of(1, 4, residual=[1.5], trend=[1, 1, 0.5, 1])
    close(run(plan, 5).cells[0], [[2], [3], [2.25], [3.375]])


def test_a_small_step_cannot_take_a_share_below_nothing() -> None:
    sample = draw_block(plan_of(1, 2, smooth_share=2.0), SEED, 0)
    shares = sample.share[:, 1, 0]
    assert shares.min() == 0
    # 1 + 2 z is below 0 in 30.85 % of draws; 0.0088 is four standard deviations short of 0.0413.
    assert abs((shares == 0).mean() - 0.3085) < 0.0413


def test_chances_are_those_of_the_plan() -> None:
    """Past year 1 comes 3 times in 4, and each of its two residuals as often; GDP by its path."""
    draws = 20 * BLOCK
    plan = plan_of(
        1,
        2,
        revision=[0.5, 1, 1, 1],
        residual=[2, 3, 4],
        starts=np.array([0, 1, 3]),
        chances=[0.25, 0.75],
        growth_error=[[[0], [0]], [[0], [0.1]]],
        thresholds=("revised", "above 3", "above 6", "above 8"),
        threshold=[[[1.5], [1.5]], [[9], [3]], [[9], [6]], [[9], [8]]],
        share=[[2], [np.nan]],
    )
    found = run(plan, draws)
    four = 4 * math.sqrt(0.25 / draws)  # no chance has a standard deviation above this by four
    assert found.meets[0, 0, 0] == pytest.approx(0.75, abs=four)
    # 2, 3 or 4 times a share of 1 or 2: at least 3 but for 1 x 2; at least 6 for 2 x 3 and 2 x 4.
    assert found.meets[1, 1, 0] == pytest.approx(1 - 0.25 * 0.25, abs=four)
    assert found.meets[2, 1, 0] == pytest.approx(0.75 * 0.75, abs=four)
    assert found.meets[3, 1, 0] == pytest.approx(0.75 * 0.375, abs=four)
    gdp = np.concatenate([draw_block(plan, SEED, block).real[:, 1, 0] for block in range(20)])
    assert sorted(set(gdp.round(9))) == [1000, 1100]
    assert (gdp > 1050).mean() == pytest.approx(0.5, abs=four)


def test_one_past_year_and_one_path_are_for_all_countries_but_residuals_are_not() -> None:
    """Years with the factors 1 and 1.1, or 2 and 2.2: two countries share the year alone."""
    plan = plan_of(
        2,
        2,
        residual=[1, 1.1, 2, 2.2],
        starts=np.array([0, 2, 4]),
        chances=[0.5, 0.5],
        growth_error=[[[0, 0], [0.1, 0.2]], [[0, 0], [-0.1, -0.2]]],
    )
    sample = draw_block(plan, SEED, 0)
    pairs = {tuple(pair) for pair in (sample.share[:, 1] / 2).round(9).tolist()}
    assert pairs == {(a, b) for year in ((1, 1.1), (2, 2.2)) for a in year for b in year}
    paths = {tuple(pair) for pair in sample.real[:, 1].round(9).tolist()}
    assert paths == {(1100, 1200), (900, 800)}


def test_scenarios_share_their_random_numbers() -> None:
    """A floor for one country changes no figure of another, and no GDP."""
    plain = random_plan(3)
    bound = replace(plain, lower=plain.lower + np.array([0, 50, 0, 0]))
    one, other = draw_block(plain, SEED, 2), draw_block(bound, SEED, 2)
    np.testing.assert_array_equal(one.real, other.real)
    np.testing.assert_array_equal(one.share[:, :, [0, 2, 3]], other.share[:, :, [0, 2, 3]])
    assert not np.array_equal(one.share, other.share, equal_nan=True)
    assert not np.array_equal(one.real, draw_block(plain, SEED + 1, 2).real)
    assert not np.array_equal(one.real, draw_block(plain, SEED, 3).real)
