"""The compiled loops give the bits of numpy."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif import engine, kernels
from burdenshare.whatif.engine import BLOCK, edges_of, run, tally_blocks
from burdenshare.whatif.paths import Paths, prepare, source
from burdenshare.whatif.plan import Plan
from whatif.plans import bytes_of, plan_of, random_plan, small_plans

SEED = 1949


def test_five_million_normals_are_those_of_numpy() -> None:
    """So many reach each of the 256 layers, its edge, and the tail beyond 3.65 on both sides."""
    bits = source(SEED, 3)
    state = bits.state["state"]["state"].copy()
    generator, drawn = np.random.Generator(bits), np.empty(500_000)
    for _ in range(10):
        kernels.normals(state, drawn)
        expected = generator.standard_normal(drawn.size)
        np.testing.assert_array_equal(drawn, expected)
        assert expected.min() < -3.66
        assert expected.max() > 3.66
    np.testing.assert_array_equal(state, bits.state["state"]["state"])


def test_words_are_those_of_numpy_and_leave_the_state_where_it_does() -> None:
    bits = source(SEED, 4)
    state, drawn = bits.state["state"]["state"].copy(), np.empty(1001, dtype=np.uint64)
    kernels.words(state, drawn)
    np.testing.assert_array_equal(drawn, bits.random_raw(1001))
    np.testing.assert_array_equal(state, bits.state["state"]["state"])


@given(st.integers(1, 5000), st.integers(0, 2**32 - 1))
@example(7, 0)
@example(8, 0)
@example(128, 0)
@example(129, 0)
@example(BLOCK, 0)
def test_rows_are_added_up_in_the_order_of_numpy(size: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    values = dice.normal(size=size) * 10.0 ** dice.integers(-8, 8, size)
    assert kernels.pairwise(values, kernels.halves(size)) == np.add.reduce(values)


@settings(max_examples=20)
@given(
    small_plans(),
    st.integers(0, 2**63 - 1),
    st.sampled_from([1, 2, 7, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 77]),
)
def test_results_are_the_same_bytes(plan: Plan, seed: int, draws: int) -> None:
    slow, fast = run(plan, draws, seed, fast=False), run(plan, draws, seed, fast=True)
    assert bytes_of(slow) == bytes_of(fast)


@pytest.mark.parametrize(
    "plan",
    [
        plan_of(1, 1),
        plan_of(3, 2, groups=("everybody", "nobody"), inside=np.zeros((2, 2, 3))),
        random_plan(4, countries=17, years=6),
    ],
)
@pytest.mark.parametrize("variables", [(), ("constant_usd",), ("share", "current_eur")])
def test_whatever_is_kept_is_the_same(plan: Plan, variables: tuple[str, ...]) -> None:
    slow = run(plan, BLOCK + 9, SEED, fast=False, variables=variables)
    fast = run(plan, BLOCK + 9, SEED, fast=True, variables=variables)
    assert bytes_of(slow) == bytes_of(fast)


def test_tallies_of_both_kinds_can_be_merged() -> None:
    plan = random_plan(2)
    edges, draws = edges_of(plan, SEED), 2 * BLOCK
    kinds = (False, True)
    jobs = [
        tally_blocks(plan, SEED, edges, [block], draws, fast=fast)
        for block, fast in enumerate(kinds)
    ]
    found = engine.result(plan, engine.merge(jobs), draws, SEED)
    assert bytes_of(found) == bytes_of(run(plan, draws, SEED, fast=False))


def digest() -> str:
    """Run some plan with compiled loops and return the hash of what comes out."""
    found = bytes_of(run(random_plan(6), 3000, 7, fast=True))
    return hashlib.sha256(b"".join(found.values())).hexdigest()


def test_loops_that_were_compiled_before_are_loaded_and_give_the_same() -> None:
    """A fresh process takes them from the disk."""
    path = f"import sys; sys.path[:0] = {sys.path!r}"
    code = f"{path}\nfrom whatif.test_fast import digest\nprint(digest())"
    expected = digest()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout.strip() == expected


# --- when they are used ---


def test_few_draws_do_not_load_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "burdenshare.whatif.kernels")
    monkeypatch.delitem(sys.modules, "burdenshare.whatif.fast", raising=False)
    run(plan_of(), 2000, SEED)
    assert "burdenshare.whatif.kernels" not in sys.modules


def test_without_numba_numpy_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    plan = random_plan(9)
    assert bytes_of(run(plan, 30_000, SEED)) == bytes_of(run(plan, 30_000, SEED, fast=False))
    with pytest.raises(UserError, match=r"numba: pip install 'burdenshare\[fast\]'"):
        run(plan, 5, SEED, fast=True)


def test_another_stream_than_that_of_numpy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from burdenshare.whatif import fast

    monkeypatch.setattr(fast, "same_stream", lambda: False)
    plan = random_plan(9)
    assert bytes_of(run(plan, 30_000, SEED)) == bytes_of(run(plan, 30_000, SEED, fast=False))
    with pytest.raises(UserError, match="does not draw the numbers of this numpy"):
        run(plan, 5, SEED, fast=True)


def test_a_folder_that_cannot_be_written_only_means_compiling_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*, cache: bool = False, error_model: str) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(kernels, "njit", refuse)
    assert kernels.compiled(len)("three") == 5


def test_paths_are_the_same_bytes() -> None:
    from burdenshare.whatif.fast import FastPaths

    ready = prepare(random_plan(12))
    slow, fast = Paths(ready), FastPaths(ready)
    for t, again in zip(slow.years(SEED, 1), fast.years(SEED, 1), strict=True):
        assert t == again
        assert slow.shown.tobytes() == fast.shown.tobytes()
        assert slow.point.tobytes() == fast.point.tobytes()
        assert slow.path.tobytes() == fast.path.tobytes()
