"""Counts add up the same in any order, and quantiles read from them are those of sorted draws."""

import pickle
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.whatif import engine
from burdenshare.whatif.engine import BLOCK, draw_block, edges_of, merge, result, tally_blocks
from burdenshare.whatif.plan import LEVELS, Floats
from burdenshare.whatif.tally import BINS, INNER, Edges, Tally, bounds, nothing, quantiles
from whatif.plans import bytes_of, plan_of, random_plan

SEED = 7
BLOCKS = 7
DRAWS = (BLOCKS - 1) * BLOCK + 123
PLAN = random_plan(11, countries=3, years=3)


@cache
def tally_of(block: int) -> Tally:
    return tally_blocks(PLAN, SEED, edges_of(PLAN, SEED), [block], DRAWS, fast=False)


@cache
def alone() -> dict[str, bytes]:
    return bytes_of(engine.run(PLAN, DRAWS, SEED, fast=False))


# --- merging ---


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(BLOCKS)), st.sets(st.integers(1, BLOCKS - 1), max_size=2))
def test_blocks_counted_in_three_jobs_and_merged_in_any_order_give_the_same_bytes(
    order: list[int], cuts: set[int]
) -> None:
    ends = [0, *sorted(cuts), BLOCKS]
    jobs = [order[start:end] for start, end in pairwise(ends)]
    tallies = [merge(tally_of(block) for block in job) for job in jobs]
    assert bytes_of(result(PLAN, merge(tallies), DRAWS, SEED)) == alone()


def test_a_job_of_several_blocks_gives_the_same_bytes() -> None:
    edges = edges_of(PLAN, SEED)
    jobs = [
        tally_blocks(PLAN, SEED, edges, job, DRAWS, fast=False)
        for job in ([5, 2], [6, 0, 3], [1, 4])
    ]
    assert bytes_of(result(PLAN, merge(jobs), DRAWS, SEED)) == alone()


def test_merging_leaves_the_tallies_as_they_were() -> None:
    before = pickle.dumps(tally_of(0))
    merge([tally_of(0), tally_of(1)])
    assert pickle.dumps(tally_of(0)) == before


def test_a_plan_and_a_tally_can_be_sent_to_another_process() -> None:
    plan, tally = pickle.loads(pickle.dumps((PLAN, tally_of(2))))
    again = tally_blocks(plan, SEED, tally.edges, [2], DRAWS, fast=False)
    np.testing.assert_array_equal(again.counts, tally.counts)
    np.testing.assert_array_equal(again.sums[2], tally.sums[2])


def test_a_block_counts_once() -> None:
    with pytest.raises(ValueError, match="block 1 is counted twice"):
        merge([tally_of(0), tally_of(1), tally_of(1)])
    with pytest.raises(ValueError, match="block 3 is counted twice"):
        tally_blocks(PLAN, SEED, edges_of(PLAN, SEED), [3, 3], DRAWS)


def test_what_does_not_belong_together_is_refused() -> None:
    other = tally_blocks(PLAN, SEED, edges_of(PLAN, SEED + 1), [1], DRAWS)
    with pytest.raises(ValueError, match="other edges"):
        merge([tally_of(0), other])
    with pytest.raises(ValueError, match="block 7 is not among the draws"):
        tally_blocks(PLAN, SEED, edges_of(PLAN, SEED), [BLOCKS], DRAWS)
    with pytest.raises(ValueError, match=f"a tally of {BLOCK} draws, not {DRAWS}"):
        result(PLAN, tally_of(0), DRAWS, SEED)


def test_a_block_more_takes_only_its_sums() -> None:
    """So memory does not grow with the draws: 8 bytes for each row of a year, and each country."""
    tally = merge([tally_of(0), tally_of(1)])
    assert tally.counts.shape == tally_of(0).counts.shape
    years, rows = tally.edges.low.shape
    asked = tally.reached.shape[0] * tally.reached.shape[2]
    assert [each.nbytes for each in tally.sums.values()] == [8 * years * (rows + asked)] * 2


# --- quantiles ---


def counted(counts: dict[int, int], low: float = 0.0, high: float = INNER) -> Floats:
    """Return the quantiles of one row with draws in some bins."""
    edges = Edges((), np.array([[low]]), np.array([[high]]))
    tally = nothing(plan_of(1, 1), edges)
    for place, number in counts.items():
        tally.counts[0, 0, place] = number
    return quantiles(tally, sum(counts.values()))[:, 0, 0]


def test_quantiles_are_read_in_a_straight_line_within_a_bin() -> None:
    """100 draws in the bin from 10 to 11: the 5 % quantile has 4.95 + 0.5 draws before it."""
    assert LEVELS == (0.05, 0.25, 0.5, 0.75, 0.95)
    np.testing.assert_allclose(counted({11: 100}), [10.0545, 10.2525, 10.5, 10.7475, 10.9455])


def test_quantiles_pass_over_empty_bins() -> None:
    """Of 10 draws each in the bins from 0 and from 100, the 25 % has 5.25 before it, of 20."""
    found = counted({1: 10, 101: 10})
    np.testing.assert_allclose(found, [0.145, 0.525, 1.0, 100.475, 100.855])


def test_what_lies_outside_is_read_at_the_edge() -> None:
    np.testing.assert_allclose(counted({0: 60, BINS - 1: 40}), [0, 0, 0, INNER, INNER])


def test_edges_reach_half_as_far_again_as_the_outer_draws() -> None:
    """Of 0, 1, ... 100: the median is 50, the 2nd and 98th percentile are 2 and 98."""
    low, high = bounds(np.arange(101.0)[None, :])
    assert (low[0], high[0]) == (2 - 24, 98 + 24)


def test_a_value_that_comes_twice_at_the_end_is_an_edge() -> None:
    low, high = bounds(np.maximum(np.arange(101.0), 30)[None, :])
    assert 30 < low[0] < 30 + 1e-6
    assert high[0] == 122


def test_edges_around_a_single_value_are_narrow() -> None:
    low, high = bounds(np.array([[7.3] * 10, [0.0] * 10]))
    np.testing.assert_allclose(low, [7.3, 0], rtol=1e-8, atol=1e-12)
    assert (low < [7.3, 0]).all()
    assert ((low + high) / 2).tolist() == [7.3, 0]


def test_the_resolution_is_far_below_the_sampling_error() -> None:
    """Against sorting 20,000 draws: the root mean square is a tenth of the standard error.

    The standard error of a quantile is the root of p (1 - p) / n over the density, here that of
    the draws between p - 0.02 and p + 0.02.
    """
    plan = plan_of(
        3,
        9,
        residual=np.linspace(0.8, 1.3, 40),
        starts=np.array([0, 40]),
        smooth_share=0.03,
        smooth_growth=[0, *[0.01] * 8],
    )
    draws = 10 * BLOCK
    blocks = [draw_block(plan, SEED, block) for block in range(10)]
    money = np.concatenate([each.share / 100 * each.real for each in blocks])[:, 1:]
    found = engine.run(plan, draws, SEED, fast=False).cell_quantiles[:, 1, 1:]
    ratios = []
    for level, read in zip(LEVELS, found, strict=True):
        below, exact, above = np.quantile(money, [level - 0.02, level, level + 0.02], axis=0)
        error = np.sqrt(level * (1 - level) / draws) * (above - below) / 0.04
        ratios.append((read - exact) / error)
    assert np.sqrt(np.mean(np.square(ratios))) < 0.12
    assert np.abs(ratios).max() < 0.5


def test_a_floor_is_read_exactly() -> None:
    """About half of the draws lie on a floor of 2 %; its quantiles are 2, not about 2."""
    plan = plan_of(1, 2, smooth_share=0.1, lower=[[0], [2]], growth=[[0], [0.1]])
    found = engine.run(plan, 3 * BLOCK, SEED)
    np.testing.assert_allclose(found.cell_quantiles[:2, 0, 1, 0], 2, rtol=1e-9)
    np.testing.assert_allclose(found.cell_quantiles[:2, 1, 1, 0], 22, rtol=1e-9)
    assert found.cell_quantiles[3, 0, 1, 0] > 2.1
    assert found.meets.size == 0
