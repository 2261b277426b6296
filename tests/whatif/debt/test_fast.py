"""Compiled loops give the debt model's numbers to the bit; when they are used."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif.debt import fast
from burdenshare.whatif.debt.answer import debt_answer
from burdenshare.whatif.debt.commission import minimum_steps
from burdenshare.whatif.debt.extra import Extra
from burdenshare.whatif.debt.inputs import HORIZON, Inputs
from burdenshare.whatif.debt.project import SCENARIOS, Projection
from burdenshare.whatif.debt.reading import Shocks, read_sheet
from burdenshare.whatif.debt.stochastic import Question, draw, required, simulate
from burdenshare.world.load import World
from whatif.debt.random_inputs import random_inputs

SEEDS = st.integers(0, 2**32 - 1)
ENDS = st.sampled_from([4, 7])
STEPS = st.lists(st.sampled_from([0.0, 5e-5, -0.4, 0.25, 1.1]), min_size=7, max_size=7)
LANES = 3


def same(slow: Projection, quick: Projection) -> None:
    """Compare every path, NaN for years that are not worked out included."""
    paths = {name for name, each in vars(slow).items() if np.shape(each) == (HORIZON + 1, LANES)}
    assert {"ratio", "gap", "implicit", "held_forecast", "exchange", "needs"} <= paths
    for name in paths:
        np.testing.assert_array_equal(getattr(quick, name), getattr(slow, name), err_msg=name)


@given(SEEDS, ENDS, STEPS, st.sampled_from(SCENARIOS), st.sampled_from([None, 0]))
@example(seed=1, end=4, steps=[0.0] * 7, scenario="adverse_r_g", ageing=0)
@example(seed=1, end=7, steps=[1.1, 0, 0, 0, 1.1, 0, 0], scenario="lower_spb", ageing=None)
def test_projections_are_the_same_numbers(
    seed: int, end: int, steps: list[float], scenario: str, ageing: int | None
) -> None:
    inputs = random_inputs(seed)
    made = np.tile(np.array(steps[:end])[:, None], LANES)
    paths = [Projection(inputs, end, SCENARIOS.index(scenario), ageing) for _ in range(2)]
    for path, kind in zip(paths, (False, True), strict=True):
        with fast.loops(kind):
            path.run(made, end + 6)
    same(*paths)


@given(SEEDS, ENDS, st.floats(-1, 3))
def test_steps_taken_year_by_year_are_the_same_numbers(seed: int, end: int, step: float) -> None:
    inputs = random_inputs(seed)
    found = []
    for kind in (False, True):
        with fast.loops(kind):
            found.append(minimum_steps(inputs, end, np.full(LANES, step)))
    same(found[0][0], found[1][0])
    np.testing.assert_array_equal(found[0][1], found[1][1])


def drawn(seed: int, foreign: bool) -> tuple[Inputs, dict[str, Shocks]]:
    inputs = random_inputs(seed)
    if not foreign:
        none = np.zeros(LANES)
        inputs = replace(inputs, domestic=np.ones(LANES), euro=none, dollar=none)
    values = np.random.default_rng(seed).normal(size=(20, 6)) * [0.004, 0.004, 1, 1, 3, 2]
    return inputs, {code: Shocks(values, 1) for code in inputs.countries}


@given(SEEDS, st.booleans(), st.booleans())
def test_debt_in_every_draw_is_the_same_number(seed: int, foreign: bool, every: bool) -> None:
    inputs, shocks = drawn(seed, foreign)
    [group] = draw(inputs, shocks, blocks=2)
    path = Projection(inputs.take(np.repeat(group.places, 2)), 4).run(np.full((4, 6), 0.3), 9)
    point = None if every else np.random.default_rng(seed).normal(size=group.others.shape[2:])
    found = []
    for kind in (False, True):
        with fast.loops(kind):
            found.append(simulate(path, group, point, every))
    assert len(found[1]) == (6 if every else 1)
    np.testing.assert_array_equal(found[1], found[0])


@given(SEEDS, st.booleans())
def test_the_last_year_alone_is_that_of_all_years(seed: int, kind: bool) -> None:
    inputs, shocks = drawn(seed, foreign=True)
    [group] = draw(inputs, shocks, blocks=1)
    path = Projection(inputs, 4).run(np.full((4, LANES), 0.3), 9)
    with fast.loops(kind):
        whole, last = (simulate(path, group, every=every) for every in (True, False))
    np.testing.assert_array_equal(last[0], whole[-1])


@pytest.mark.parametrize(("end", "preset"), [(4, "commission"), (7, "commission"), (4, "bruegel")])
def test_answers_for_all_states_are_the_same(world: World, end: int, preset: str) -> None:
    extra = {"POL": Extra({2026: 1.5}, {2026: 2.0}, {2034: 0.2}, 3.0)}
    found = []
    for kind in (False, True):
        with fast.loops(kind):
            found.append(debt_answer(world, None, end, preset, extra=extra))
    assert len(found[0]["rows"]) == 27
    assert found[0] == found[1]


def test_stochastic_balances_are_the_same_numbers(world: World) -> None:
    sheet = read_sheet(world)
    question = Question(7, (np.full(27, -10.0), np.full(27, 10.0)), ceiling=True)
    found = []
    for kind in (False, True):
        with fast.loops(kind):
            found.append(required(sheet.inputs, draw(sheet.inputs, sheet.shocks), question))
    np.testing.assert_array_equal(found[0].spb, found[1].spb)
    np.testing.assert_array_equal(found[0].error, found[1].error)


# --- when they are used ---


def test_few_years_do_not_load_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "burdenshare.whatif.debt.kernels", raising=False)
    monkeypatch.setitem(fast._done, "years", 0)
    Projection(random_inputs(1), 4).run(np.zeros((4, LANES)), 9)
    assert "burdenshare.whatif.debt.kernels" not in sys.modules
    assert fast._done["years"] == 9 * LANES


def test_many_years_load_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fast._done, "years", fast.WORTH_COMPILING)
    called = []
    monkeypatch.setattr(fast, "project", lambda path, years, steps: called.append(years))
    Projection(random_inputs(1), 4).run(np.zeros((4, LANES)), 9)
    with fast.loops(False):
        Projection(random_inputs(1), 4).run(np.zeros((4, LANES)), 9)
    assert called == [(1, 9)]


def test_without_numba_numpy_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fast._done, "years", fast.WORTH_COMPILING)
    monkeypatch.setattr(fast, "_installed", lambda: False)
    assert not fast.compiled(1)
    asked = fast.loops(True)
    with pytest.raises(UserError, match=r"numba: pip install 'burdenshare\[fast\]'"), asked:
        pass


def test_a_choice_ends_with_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fast._done, "years", 0)
    with fast.loops(True):
        with fast.loops(False):
            assert not fast.compiled(fast.WORTH_COMPILING)
        assert fast.compiled(1)
    assert not fast.compiled(1)
