"""Factors that move a function most, where that can be worked out on paper."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif.screening import Factor, screen

THREE = [Factor(0.0, 1.0), Factor(0.0, 1.0), Factor(0.0, 1.0)]


def linear(values: tuple[float, ...]) -> float:
    return 7 + values[0] - 2 * values[1] + 5 * values[2]


def test_of_a_linear_function_morris_gives_the_coefficients() -> None:
    rows = screen(THREE, linear)
    assert [row["mu_star"] for row in rows] == pytest.approx([1, 2, 5])
    assert [row["sigma"] for row in rows] == pytest.approx([0, 0, 0], abs=1e-12)
    assert [row["conf"] for row in rows] == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_wider_range_moves_more() -> None:
    [row] = screen([Factor(-1.0, 3.0)], lambda values: 5 * values[0])
    assert row["mu_star"] == pytest.approx(20)


def test_a_choice_counts_as_the_difference_that_it_makes() -> None:
    """A switch that adds 4, a choice of three that adds 0, 6 or 6, and a range that adds 0 to 1.

    Morris moves the choice of three between its first and last, or between its second and last:
    6 or 0, each as often.
    """
    factors = [Factor(0, 1, options=2), Factor(0, 2, options=3), Factor(0.0, 1.0)]
    rows = screen(factors, lambda v: 4 * v[0] + (0, 6, 6)[int(v[1])] + v[2], size=100)
    assert rows[0]["mu_star"] == pytest.approx(4)
    assert rows[1]["mu_star"] == pytest.approx(3, abs=1)
    assert rows[2]["mu_star"] == pytest.approx(1)


def test_sigma_tells_that_two_factors_act_together() -> None:
    rows = screen(THREE[:2], lambda values: values[0] * values[1], size=50)
    assert rows[0]["sigma"] > 0.1
    assert rows[0]["mu_star"] == pytest.approx(0.5, abs=0.1)  # the mean of the other factor


def test_of_a_linear_function_sobol_gives_the_squares_of_the_coefficients() -> None:
    """The variance is (1 + 4 + 25) / 12: parts of 1, 4 and 25 in 30."""
    rows = screen(THREE, linear, method="sobol", size=1024)
    parts = [1 / 30, 4 / 30, 25 / 30]
    assert [row["s1"] for row in rows] == pytest.approx(parts, abs=0.03)
    assert [row["st"] for row in rows] == pytest.approx(parts, abs=0.03)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_what_moves_nothing_is_zero(method: str) -> None:
    rows = screen(THREE, lambda values: 3.0, method=method)
    assert all(value == 0 for row in rows for value in row.values())


def test_a_function_is_asked_once_at_each_point() -> None:
    asked: list[tuple[float, ...]] = []

    def function(values: tuple[float, ...]) -> float:
        asked.append(values)
        return values[0]

    screen([Factor(0, 1, options=2)], function, size=30)
    assert sorted(asked) == [(0.0,), (1.0,)]


@given(st.integers(0, 2**63 - 1))
def test_the_same_seed_gives_the_same_numbers(seed: int) -> None:
    def function(values: tuple[float, ...]) -> float:
        return values[0] * values[1] + values[2] ** 2

    assert screen(THREE, function, seed=seed, size=4) == screen(THREE, function, seed=seed, size=4)


def test_no_factor_gives_no_row() -> None:
    assert screen([], lambda values: 1.0) == []


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(UserError, match="method 'moris' is unknown: did you mean 'morris'"):
        screen(THREE, linear, method="moris")


@pytest.mark.parametrize(("method", "size"), [("morris", 1), ("morris", 4097), ("sobol", 48)])
def test_a_size_out_of_range_is_refused(method: str, size: int) -> None:
    with pytest.raises(UserError, match=f"size is {size}: write a .* from 2 to 4096"):
        screen(THREE, linear, method=method, size=size)


def test_progress_counts_the_points() -> None:
    seen: list[tuple[int, int]] = []
    screen([Factor(0, 1, options=2)], lambda v: v[0], progress=lambda *at: seen.append(at))
    assert seen == [(1, 2), (2, 2)]


def test_without_salib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample", None)
    with pytest.raises(UserError, match=r"pip install 'burdenshare\[sensitivity\]'"):
        screen(THREE, linear)
