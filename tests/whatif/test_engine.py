"""The engine against the scalar reading of the equations, by hand, and by what must add up."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.whatif import engine
from burdenshare.whatif.engine import BLOCK, draw_block
from burdenshare.whatif.paths import Paths, prepare
from burdenshare.whatif.plan import LEVELS, TOTALS, VARIABLES, Floats, Plan, Result
from burdenshare.whatif.rows import Rows, layout_of
from whatif.oracle import Draw, draw, numbers
from whatif.plans import bytes_of, leaving, plan_of, random_plan, small_plans

SEED = 1949
FIRST = 40  # draws that the slow reading can follow
slow = settings(max_examples=15)


def close(found: Any, expected: Any) -> None:
    """Compare to 1e-12; None stands for what cannot be known."""
    wanted = np.array(expected, dtype=np.float64)
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


def run(plan: Plan, draws: int, seed: int = SEED) -> Result:
    """Run a plan with numpy alone and with compiled loops, which must give the same bytes."""
    found = engine.run(plan, draws, seed, fast=False)
    assert bytes_of(found) == bytes_of(engine.run(plan, draws, seed, fast=True))
    return found


def years_of(plan: Plan, seed: int, block: int = 0) -> Iterator[tuple[int, Paths, Rows]]:
    """Yield each year of a block with its rows filled."""
    ready = prepare(plan)
    paths, rows = Paths(ready), Rows(ready, layout_of(plan), BLOCK)
    for t in paths.years(seed, block):
        rows.fill(t, paths)
        yield t, paths, rows


# --- the equations a second time ---


@slow
@given(small_plans(), st.integers(0, 2**63 - 1), st.integers(0, 500))
def test_paths_are_those_of_the_slow_reading(plan: Plan, seed: int, block: int) -> None:
    drawn = numbers(seed, block, len(plan.countries), len(plan.years))
    found = draw_block(plan, seed, block)
    for number in (0, 1, 999, BLOCK - 1):
        expected = draw(plan, drawn, number)
        close(found.share[number], expected.share)
        close(found.real[number], expected.real)
        assert found.path[number] == expected.path


@slow
@given(small_plans(), st.integers(0, 2**63 - 1))
def test_results_are_those_of_the_slow_reading(plan: Plan, seed: int) -> None:
    drawn = numbers(seed, 0, len(plan.countries), len(plan.years))
    draws = [draw(plan, drawn, number) for number in range(FIRST)]
    found = run(plan, FIRST, seed)
    for place, name in enumerate(VARIABLES):
        close(found.cells[place], mean([each.cells[name] for each in draws]))
    for place, name in enumerate(TOTALS):
        close(found.totals[place], mean([each.totals[name] for each in draws]))
    close(found.meets, mean([each.meets for each in draws]))
    close(found.counts, mean([counted(each, len(plan.countries)) for each in draws]))
    close(found.shortfall, mean([each.shortfall for each in draws]))
    close(found.needed, mean([each.needed for each in draws]))
    close(found.cost, mean([each.cost for each in draws]))


def mean(values: Sequence[Any]) -> Floats:
    """Average draws exactly; None becomes NaN."""
    table = np.array(values, dtype=np.float64)
    flat = table.reshape(len(table), -1)
    sums = [math.fsum(column) / len(column) for column in flat.T]
    return np.array(sums).reshape(table.shape[1:])


def counted(one: Draw, countries: int) -> list[list[list[int]]]:
    """Turn the numbers who reach a threshold into K x T x (C + 1) zeros and ones."""
    return [
        [[int(count == number) for number in range(countries + 1)] for count in years]
        for years in one.counts
    ]


@slow
@given(small_plans(), st.integers(0, 2**63 - 1))
def test_quantiles_lie_between_draws_of_their_rank(plan: Plan, seed: int) -> None:
    """Of few draws a quantile lies within a bin, 1 % of the spread, of a draw beside its rank."""
    drawn = numbers(seed, 0, len(plan.countries), len(plan.years))
    draws = [draw(plan, drawn, number) for number in range(FIRST)]
    found = run(plan, FIRST, seed)
    for place, name in enumerate(VARIABLES):
        ordered = np.sort(np.array([each.cells[name] for each in draws], dtype=np.float64), axis=0)
        slack = 0.01 * (ordered[-1] - ordered[0]) + 1e-12 * np.abs(ordered[-1])
        for level, values in zip(LEVELS, found.cell_quantiles[:, place], strict=True):
            rank = level * (FIRST - 1)
            known = ~np.isnan(ordered[0])
            np.testing.assert_array_equal(np.isnan(values), ~known)
            assert (values >= ordered[math.floor(rank)] - slack)[known].all()
            assert (values <= ordered[math.ceil(rank)] + slack)[known].all()


# --- what must add up in every draw ---


@slow
@given(small_plans(), st.integers(0, 2**63 - 1))
def test_totals_are_the_sums_of_members_in_every_draw(plan: Plan, seed: int) -> None:
    for t, paths, rows in years_of(plan, seed):
        layout = rows.layout
        inside = plan.inside[:, t]
        for name in TOTALS[1:]:
            members = rows.values[layout.cells[name]]
            close(rows.values[layout.totals[name]], inside @ members)
        share = rows.values[layout.totals["share"]]
        spent = rows.values[layout.totals["constant_usd"]]
        gdp = inside @ (100 * paths.point)
        close(share * gdp / 100, spent)


@slow
@given(small_plans(), st.integers(0, 2**63 - 1))
def test_money_is_one_amount_in_four_currencies(plan: Plan, seed: int) -> None:
    """Back through the rate and the error of its path, each column is constant dollars again."""
    for t, paths, rows in years_of(plan, seed):
        constant = rows.values[rows.layout.cells["constant_usd"]]
        close(constant, paths.shown / 100 * (100 * paths.point))
        for name, rate, errors in (
            ("current_usd", plan.usd, plan.usd_error[:, t, None]),
            ("current_eur", plan.eur, plan.eur_error[:, t, None]),
            ("current_ncu", np.nan_to_num(plan.ncu), plan.ncu_error[:, t]),
        ):
            factor = (rate[t] * errors)[paths.path].T
            back = rows.values[rows.layout.cells[name]] / np.where(factor == 0, 1, factor)
            close(back, np.where(factor == 0, 0, constant))


@slow
@given(st.integers(0, 2**32 - 1), st.integers(0, 3), st.integers(0, 4))
def test_nothing_appears_or_vanishes_when_a_member_leaves(
    number: int, country: int, year: int
) -> None:
    """In every draw all spend what they did, and that is those who are in plus who left."""
    stays = random_plan(number)
    leaves = leaving(stays, country, year)
    for (t, before, kept), (_, after, rows) in zip(
        years_of(stays, number), years_of(leaves, number), strict=True
    ):
        np.testing.assert_array_equal(before.shown, after.shown)
        np.testing.assert_array_equal(before.point, after.point)
        everybody, members, leavers = rows.values[rows.layout.totals["constant_usd"]]
        close(everybody, members + leavers)
        close(everybody, kept.values[kept.layout.totals["constant_usd"]][0])
        gone = rows.values[rows.layout.cells["constant_usd"]][country] if t >= year else 0.0
        close(leavers, np.broadcast_to(gone, leavers.shape))


@slow
@given(small_plans(), st.integers(0, 2**63 - 1), st.integers(1, 3 * BLOCK))
def test_counts_and_probabilities_add_up(plan: Plan, seed: int, draws: int) -> None:
    found = run(plan, draws, seed)
    close(found.counts.sum(axis=-1), np.ones(found.counts.shape[:2]))
    reaching = (found.counts * np.arange(found.counts.shape[-1])).sum(axis=-1)
    asked = np.nan_to_num(found.meets) * plan.inside[1]
    close(reaching, asked.sum(axis=-1))


@pytest.mark.parametrize("draws", [1, 1000, BLOCK, 2 * BLOCK + 1, 5 * BLOCK])
def test_a_run_is_of_the_first_draws_of_the_blocks(draws: int) -> None:
    """So 1,000 draws are the first 1,000 of 20,000."""
    plan = random_plan(5)
    samples = [draw_block(plan, SEED, block) for block in range(6)]
    shares = np.concatenate([each.share for each in samples])[:draws]
    money = shares / 100 * np.concatenate([each.real for each in samples])[:draws]
    found = run(plan, draws)
    close(found.cells[0], shares.mean(axis=0))
    close(found.cells[1], money.mean(axis=0))
    with np.errstate(invalid="ignore"):
        reached = (shares[:, None] >= plan.threshold).sum(axis=0) / draws
    close(found.meets, np.where(np.isnan(found.meets), np.nan, reached))


# --- what is asked, and what is refused ---


def test_variables_not_kept_change_nothing_else() -> None:
    plan = random_plan(8)
    whole = engine.run(plan, 3000, SEED)
    part = engine.run(plan, 3000, SEED, variables=("constant_usd",))
    np.testing.assert_array_equal(whole.cells[1], part.cells[1])
    np.testing.assert_array_equal(whole.cell_quantiles[:, 1], part.cell_quantiles[:, 1])
    np.testing.assert_array_equal(whole.total_quantiles[:, :2], part.total_quantiles[:, :2])
    np.testing.assert_array_equal(whole.needed_quantiles, part.needed_quantiles)
    assert np.isnan(part.cells[[0, 2, 3, 4]]).all()
    assert np.isnan(part.totals[2:]).all()


def test_progress_is_told_block_by_block() -> None:
    told: list[tuple[int, int]] = []
    engine.run(plan_of(), 2 * BLOCK + 1, SEED, lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_settings_of_numpy_are_left_as_they_were() -> None:
    before = np.setbufsize(4096)
    try:
        engine.run(plan_of(), 5, SEED, fast=False)
        with pytest.raises(ValueError, match="beyond all bounds"), np.errstate(all="ignore"):
            engine.run(plan_of(growth=np.full((3, 2), 1e300)), 5, SEED, fast=False)
        assert np.getbufsize() == 4096
    finally:
        np.setbufsize(before)


def test_an_interrupted_run_ends_with_the_interruption() -> None:
    def interrupt(done: int, blocks: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.run(plan_of(), 5, SEED, interrupt)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"growth": np.full((3, 2), np.nan)}, "must be numbers"),
        ({"real": [np.inf, 1]}, "must be numbers"),
        ({"share": np.full((3, 2), np.nan)}, "base year must be known"),
        ({"pull": np.full((3, 2), 1.5)}, "between 0 and 1"),
        ({"starts": np.array([0, 0, 1]), "chances": [0.5, 0.5]}, "each past year"),
        ({"residual": [1, 1]}, "each past year"),
        ({"inside": np.full((2, 3, 2), 0.5)}, "inside a group"),
        ({"growth_error": np.zeros((0, 3, 2))}, "a path of errors"),
        ({"revision": []}, "a revision"),
        ({"groups": ("everybody",)}, "two groups"),
        ({"growth": np.full((3, 2), 1e300)}, "beyond all bounds"),
        ({"usd_error": np.ones((7, 3))}, r"usd_error is \(7, 3\), where \(1, 3\) is needed"),
    ],
)
@pytest.mark.parametrize("fast", [False, True])
def test_a_plan_that_would_give_wrong_figures_is_refused(
    changed: dict[str, Any], told: str, fast: bool
) -> None:
    with np.errstate(over="ignore", invalid="ignore"), pytest.raises(ValueError, match=told):
        engine.run(plan_of(**changed), 5, SEED, fast=fast)


def test_no_draws_and_unknown_variables_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        engine.run(plan_of(), 0, SEED)
    with pytest.raises(ValueError, match="no such variable: money"):
        engine.edges_of(plan_of(), SEED, ("money",))
