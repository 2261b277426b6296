"""Draws: exact yearly sums, even points, and debt in every draw."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.whatif.debt.draws import (
    BALANCE,
    EUR,
    GROWTH,
    POINTS,
    RATE,
    USD,
    VECTOR,
    YEARS_SHOCKED,
    chance,
    covariance,
    density,
    normal,
    normals,
    roots,
    yearly,
)
from burdenshare.whatif.debt.inputs import Inputs
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import Shocks, read_sheet
from burdenshare.whatif.debt.search import linear
from burdenshare.whatif.debt.stochastic import (
    Question,
    draw,
    only,
    quantile,
    required,
    simulate,
)
from burdenshare.world.load import World
from whatif.debt import oracle
from whatif.debt.random_inputs import random_inputs

ONE = NormalDist()


@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_numbers_are_those_of_the_standard_library(share: float) -> None:
    assert normal(np.array([share]))[0] == pytest.approx(ONE.inv_cdf(share), rel=1e-12, abs=1e-12)


@given(st.floats(-6, 6))
def test_chance_and_density(number: float) -> None:
    assert chance(np.array([number]))[0] == pytest.approx(ONE.cdf(number), abs=1e-7)
    assert density(np.array([number]))[0] == pytest.approx(ONE.pdf(number))


def test_lattice_visits_every_place_once_in_each_dimension() -> None:
    for step in VECTOR:
        assert len({step * k % POINTS for k in range(POINTS)}) == POINTS
    assert len(set(VECTOR)) == len(VECTOR) == 25


def test_normals_have_the_moments_of_normal_numbers() -> None:
    points = normals(25).reshape(25, -1)
    assert np.abs(points.mean(axis=1)).max() < 0.005  # of pseudo-random ones: 0.04
    assert np.abs(points.var(axis=1) - 1).max() < 0.01


def test_shocks_are_cut_at_their_5_and_95_percent_points() -> None:
    rows = np.zeros((21, 6))
    rows[:, 0] = [*range(20), 1000]
    # 0, 1, ... 19, 1000: the cuts are 1 and 19, so that 1, 1, 2, ... 19, 19 is left.
    cut = np.array([1, *range(1, 20), 19])
    assert covariance(Shocks(rows, 1))[0, 0] == pytest.approx(cut.var(ddof=1))


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 4]), st.integers(1, 12))
def test_yearly_sums_are_exact(seed: int, per: int, maturity: int) -> None:
    rng = np.random.default_rng(seed)
    shocks = Shocks(rng.normal(size=(30, 6)), per)
    share = float(rng.uniform(0, 0.5))
    each = covariance(shocks)
    found = yearly(shocks, share, float(maturity)).reshape(YEARS_SHOCKED, 5, YEARS_SHOCKED, 5)
    # One year's sums: `per` independent draws of each variable.
    assert found[1, GROWTH, 1, GROWTH] == pytest.approx(per * each[4, 4])
    assert found[2, EUR, 2, USD] == pytest.approx(per * each[0, 1])
    assert found[0, BALANCE, 3, GROWTH] == 0.0
    # The rate of year k: a short sum, and the long sums of the last M years times min(k, M)/M.
    for k in (1, 3, 5):
        years = min(k, maturity)
        weight = (1 - share) * years / maturity
        expected = share**2 * per * each[2, 2] + 2 * share * weight * per * each[2, 3]
        expected += weight**2 * years * per * each[3, 3]
        assert found[k - 1, RATE, k - 1, RATE] == pytest.approx(expected)
    # A growth shock of year 1 goes with the long rate of year 3 if that still counts year 1.
    weight = (1 - share) * min(3, maturity) / maturity if maturity >= 3 else 0.0
    assert found[0, GROWTH, 2, RATE] == pytest.approx(weight * per * each[3, 4])


@given(st.integers(0, 2**32 - 1))
def test_turned_roots_keep_the_covariance_and_put_the_sum_first(seed: int) -> None:
    rng = np.random.default_rng(seed)
    half = rng.normal(size=(2, 5, 5))
    spread = half @ half.transpose(0, 2, 1)
    weights = rng.normal(size=(2, 5))
    turned = roots(spread, weights)
    np.testing.assert_allclose(turned @ turned.transpose(0, 2, 1), spread, rtol=0, atol=1e-9)
    along = np.einsum("ck,ckj->cj", weights, turned)
    np.testing.assert_allclose(along[:, 1:], 0, atol=1e-9)


def test_roots_of_no_spread_are_nought() -> None:
    assert not roots(np.zeros((1, 3, 3)), np.ones((1, 3))).any()


def some(seed: int, foreign: bool) -> tuple[Inputs, dict[str, Shocks]]:
    inputs = random_inputs(seed)
    if not foreign:
        none = np.zeros(3)
        inputs = replace(inputs, domestic=np.ones(3), euro=none, dollar=none)
    values = np.random.default_rng(seed).normal(size=(20, 6)) * [0.004, 0.004, 1, 1, 3, 2]
    return inputs, {code: Shocks(values, 1) for code in inputs.countries[:2]}


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_debt_in_a_draw_equals_slow_reading_and_adds_up(seed: int, foreign: bool) -> None:
    inputs, shocks = some(seed, foreign)
    [group] = draw(inputs, shocks, blocks=1)
    assert group.places.tolist() == [0, 1]
    path = Projection(inputs.take(group.places), 4).run(np.full((4, 2), 0.3), 9)
    found = simulate(path, group)
    drawn = group.first[:, :, :, None] * group.point[0] + group.others[:, :, :, 0]
    for c in range(2):
        slow = oracle.project(oracle.state(inputs, c), [0.3] * 4, 4)
        for n in (0, 7):
            rows = [[0.0] * (0 if foreign else 2) + list(drawn[k, :, c, n]) for k in range(5)]
            expected = oracle.drawn_debt(oracle.state(inputs, c), slow, 4, rows)
            np.testing.assert_allclose(found[:, c, 0, n], expected, rtol=1e-9, atol=1e-9)


def test_quantile_is_the_smallest_value_that_70_percent_do_not_exceed() -> None:
    assert quantile(np.array([5.0, 1, 2, 3, 4, 6, 7, 8, 9, 10])) == 7


@pytest.mark.parametrize("ceiling", [False, True])
def test_required_balance_is_met_by_70_percent_of_other_draws(world: World, ceiling: bool) -> None:
    sheet = read_sheet(world)
    inputs = sheet.inputs
    bounds = np.full(27, -10.0), np.full(27, 10.0)
    asked = required(inputs, draw(inputs, sheet.shocks), Question(4, bounds, ceiling))
    path = Projection(inputs, 4).run(linear(inputs, asked.spb, 4), 9)
    start = np.maximum(path.ratio[4], 60) if ceiling else path.ratio[4]
    rng = np.random.default_rng(1)
    for code in ("FRA", "HUN"):
        c = inputs.countries.index(code)
        spread = yearly(sheet.shocks[code], inputs.short_share[c], inputs.maturity[c])
        shocks = rng.multivariate_normal(np.zeros(25), spread, 20_000).reshape(-1, 5, 5)
        debt = np.full(len(shocks), path.ratio[4, c])
        for k in range(5):
            eur, usd, rate, growth, balance = shocks[:, k].T
            before = shocks[:, k - 1].T if k else np.zeros((5, 1))
            e, d = inputs.exr_euro[5, c], inputs.exr_dollar[5, c]
            exchange = inputs.domestic[c] + inputs.euro[c] * (e + eur) / (e + before[EUR])
            exchange = exchange + inputs.dollar[c] * (d + usd) / (d + before[USD])
            debt *= (100 + path.implicit[5 + k, c] + rate) / (100 + path.growth[5 + k, c] + growth)
            debt *= exchange
            debt -= path.primary[5 + k, c] + balance - path.stock_flow[5 + k, c]
        share = float((debt <= start[c]).mean())
        assert share == pytest.approx(0.7, abs=0.013)  # four errors of 20,000 draws


def test_two_sets_of_draws_differ_by_their_stated_errors(world: World) -> None:
    sheet = read_sheet(world)
    question = Question(4, (np.full(27, -10.0), np.full(27, 10.0)), ceiling=False)
    one, other = (
        required(sheet.inputs, draw(sheet.inputs, sheet.shocks, seed=seed), question)
        for seed in (1, 2)
    )
    stated = np.sqrt(one.error**2 + other.error**2 + 4e-4**2)
    assert np.all(np.abs(one.spb - other.spb) < 5 * stated)


def test_states_without_shocks_have_no_answer() -> None:
    inputs, shocks = some(5, foreign=False)
    question = Question(4, (np.full(3, -10.0), np.full(3, 10.0)), ceiling=False)
    draws = draw(inputs, shocks)
    assert np.isnan(required(inputs, draws, question).spb).tolist() == [False, False, True]
    assert np.isnan(required(inputs, only(draws, np.array([1])), question).spb).tolist() == [
        *(True, False, True)
    ]
