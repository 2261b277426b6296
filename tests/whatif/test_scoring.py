"""Scores of draws and the test of a difference: worked out by hand."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.whatif.scoring import (
    brier,
    clustered_difference,
    covered,
    crps,
    pit,
    pit_histogram,
)

values = st.floats(-50, 50, allow_nan=False)


def test_of_one_draw_the_score_is_the_absolute_error() -> None:
    assert crps(np.array([2.5]), 4.0) == 1.5


def test_two_draws_by_hand() -> None:
    # The mean distance is (1 + 3) / 2, half the mean distance of the draws (0 + 4 + 4 + 0) / 4 / 2.
    assert crps(np.array([0.0, 4.0]), 1.0) == pytest.approx(2 - 1)


def test_three_draws_by_hand_in_any_order() -> None:
    # Distances 2, 1, 3, on average 2; of the pairs 1, 5, 4, each twice in nine: half is 10 / 9.
    assert crps(np.array([6.0, 1.0, 2.0]), 3.0) == pytest.approx(2 - 10 / 9)


def test_each_figure_is_scored_with_its_own_draws() -> None:
    draws = np.array([[0.0, 10.0], [4.0, 10.0]])
    assert crps(draws, [1.0, 7.0]).tolist() == pytest.approx([1.0, 3.0])


@given(st.lists(values, min_size=1, max_size=8), values)
def test_the_score_is_the_area_between_the_steps(draws: list[float], truth: float) -> None:
    # The definition: the integral of the squared distance of two distribution functions.
    points = sorted([*draws, truth])
    area = 0.0
    for left, right in pairwise(points):
        below = sum(draw <= left for draw in draws) / len(draws)
        area += (below - (truth <= left)) ** 2 * (right - left)
    assert crps(np.array(draws), truth) == pytest.approx(area, abs=1e-9)


@pytest.mark.parametrize(("level", "low"), [(0.5, 25.0), (0.8, 10.0), (0.95, 2.5)])
def test_an_interval_leaves_out_as_much_on_both_sides(level: float, low: float) -> None:
    draws, high = np.arange(101.0), 100 - low
    inside = [bool(covered(draws, each, level)) for each in (low - 0.5, low, high, high + 0.5)]
    assert inside == [False, True, True, False]


def test_the_brier_score_by_hand() -> None:
    assert brier([0.75, 0.75, 0.0], [1, 0, 0]).tolist() == [0.0625, 0.5625, 0.0]


def test_pit_counts_draws_that_are_hit_half() -> None:
    draws = np.array([1.0, 2.0, 3.0, 4.0])
    assert pit(draws, 3.0) == pytest.approx((2 + 0.5) / 4)
    assert [float(pit(draws, each)) for each in (0.0, 9.0)] == [0.0, 1.0]


def test_every_pit_value_falls_into_one_bin() -> None:
    assert pit_histogram([0.0, 0.05, 0.15, 0.95, 1.0]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_the_clustered_test_of_a_small_table() -> None:
    # Two origins: 1 and 1, and -1. The mean is 1/3. Less their share of it the sums 2 and -1 are
    # 4/3 and -4/3, so the error is the root of 2 * (32/9) / 9, and t = 0.375. Turned round, -1
    # becomes 1: all differences are 1, t is without bound. Both are as far as the t found.
    found = clustered_difference([1, 1, -1], [2019, 2019, 2020])
    assert found.mean == pytest.approx(1 / 3)
    assert found.error == pytest.approx(8 / 9)
    assert (found.p, found.least_p, found.clusters, found.lower) == (1.0, 0.5, 2, 1)


def test_the_sign_flips_of_three_origins_by_hand() -> None:
    # Sums 1, 2, 3 give t (unscaled) 6 / root(2); with 3 turned round 0, with 2 turned round
    # 2 / root(114/9), with 1 turned round 4 / root(78/9): only the first is as far.
    found = clustered_difference([-1, -2, -3], ["c", "a", "b"])
    assert (found.p, found.least_p, found.lower) == (0.25, 0.25, 3)


def test_the_same_difference_at_five_origins_is_as_sure_as_five_can_be() -> None:
    found = clustered_difference([0.1] * 5, range(5))
    assert found.p == found.least_p == 1 / 16


def test_no_difference_is_no_evidence() -> None:
    assert clustered_difference([0.0, 0.0, 0.0], range(3)).p == 1.0


def test_one_origin_says_nothing() -> None:
    found = clustered_difference([0.3, 0.4], [1, 1])
    assert (found.error, found.p, found.least_p) == (None, 1.0, 1.0)


@pytest.mark.parametrize("clusters", [0, 21])
def test_no_origins_and_too_many_cannot_be_tested(clusters: int) -> None:
    with pytest.raises(ValueError, match=f"{clusters} clusters"):
        clustered_difference([1.0] * clusters, range(clusters))


@given(st.lists(st.tuples(values, st.integers(0, 4)), min_size=1, max_size=20))
def test_who_is_compared_with_whom_does_not_matter(rows: Sequence[tuple[float, int]]) -> None:
    difference, cluster = (np.array(column) for column in zip(*rows, strict=True))
    one = clustered_difference(difference, cluster)
    other = clustered_difference(-difference, cluster)
    assert one.p == other.p
    assert one.mean == -other.mean
    assert one.least_p <= one.p <= 1
