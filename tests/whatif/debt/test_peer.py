"""All 27 states against the peer's results, criterion by criterion."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from burdenshare.whatif.debt.answer import Result, solve
from burdenshare.whatif.debt.reading import read_sheet
from burdenshare.world.load import World

GOLD = Path(__file__).parent / "gold" / "peer_2025_10.csv"
RULES = {"default": "bruegel", "commission": "commission"}
DETERMINISTIC, STOCHASTIC = 0.001, 0.015
# Debt of Romania spreads by 18 % of GDP in five years: one run of 100,000 draws, as the peer's, is
# wrong by 0.012 itself (standard deviation), ours by 0.002.
NOISY = {"ROU": 0.03}
# Two criteria of Croatia lie 0.005 apart, which the peer's draws cannot tell: it takes the other.
TIED = {("HRV", "default", 4): "stochastic"}
Row = dict[str, str]


def gold() -> dict[tuple[str, int, str], Row]:
    with GOLD.open() as lines:
        rows = list(csv.DictReader(lines))
    return {(row["country"], int(row["period"]), row["rules"]): row for row in rows}


@pytest.fixture(
    scope="module", params=[(4, "default"), (4, "commission"), (7, "default"), (7, "commission")]
)
def both(request: pytest.FixtureRequest, world: World) -> tuple[Result, list[Row]]:
    """Return our results and the peer's rows, of Greece without what it repays after 2045.

    The peer's run left that sum out: with it the loans stay longer and new debt is less.
    """
    end, rules = request.param
    sheet = read_sheet(world)
    inputs = sheet.inputs
    greece = inputs.countries.index("GRC")
    later = 90.33 / 237.5734 * 100
    stock = inputs.esm_stock.copy()
    stock[:, greece] -= later
    result = solve(replace(inputs, esm_stock=stock), sheet, end, RULES[rules], stochastic=True)
    rows = gold()
    return result, [rows[code, end, rules] for code in inputs.countries]


def pairs(result: Result, rows: list[Row]) -> Iterator[tuple[str, str, float, float]]:
    """Yield state, criterion, our balance and the peer's, where the peer gives one."""
    for c, row in enumerate(rows):
        for name, found in result.criteria.items():
            if row["spb_" + name]:
                yield row["country"], name, float(found[c]), float(row["spb_" + name])


def test_deterministic_criteria(both: tuple[Result, list[Row]]) -> None:
    wrong = [
        each
        for each in pairs(*both)
        if each[1] != "stochastic" and not abs(each[2] - each[3]) <= DETERMINISTIC
    ]
    assert wrong == []


def test_stochastic_criterion(both: tuple[Result, list[Row]]) -> None:
    wrong = [
        each
        for each in pairs(*both)
        if each[1] == "stochastic" and not abs(each[2] - each[3]) <= NOISY.get(each[0], STOCHASTIC)
    ]
    assert wrong == []


def test_error_of_the_draws_is_below_that_of_100000(both: tuple[Result, list[Row]]) -> None:
    assert np.nanmax(both[0].error) < 0.004


def test_required_balance_and_what_binds(both: tuple[Result, list[Row]]) -> None:
    result, rows = both
    end = len(result.outcome.steps)
    for c, row in enumerate(rows):
        code = row["country"]
        binding = result.outcome.binding[c]
        expected = TIED.get((code, row["rules"], end), row["criterion"])
        assert binding == expected, code
        close = NOISY.get(code, STOCHASTIC) if binding == "stochastic" else DETERMINISTIC
        assert result.outcome.path.spb[end, c] == pytest.approx(float(row["spb_end"]), abs=close), (
            code
        )


def test_paths_and_net_expenditure(both: tuple[Result, list[Row]]) -> None:
    result, rows = both
    end = len(result.outcome.steps)
    q, path = result.inputs, result.outcome.path
    growth = q.potential_growth[1 : end + 1] + q.inflation[1 : end + 1]
    growth = (growth - result.outcome.steps / q.expenditure * 100).mean(axis=0)
    for c, row in enumerate(rows):
        if result.outcome.binding[c] != "stochastic":
            assert path.ratio[end, c] == pytest.approx(float(row["debt_end"]), abs=0.01)
            assert growth[c] == pytest.approx(float(row["avg_net_exp_growth"]), abs=0.001)


@pytest.mark.parametrize("end", [4, 7])
def test_greece_with_all_it_repays_needs_a_tenth_less(world: World, end: int) -> None:
    sheet = read_sheet(world)
    row = gold()["GRC", end, "default"]
    result = solve(sheet.inputs, sheet, end, "bruegel", stochastic=False)
    here = result.outcome.path.spb[end, sheet.inputs.countries.index("GRC")]
    assert -0.15 < here - float(row["spb_end"]) < -0.05
