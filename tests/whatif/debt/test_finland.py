"""Finland with the Commission's own inputs of 2024, against its sheet and its guidance."""

import csv
from pathlib import Path

import numpy as np
import pytest

from burdenshare.whatif.debt.answer import debt_answer
from burdenshare.whatif.debt.inputs import Floats
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import read_sheet
from burdenshare.world.load import World

GOLD = Path(__file__).parent / "gold" / "finland_no_policy_change_2024.csv"


def gold(row: str) -> list[float]:
    """Return a row of the Commission's sheet, 2024 to 2041."""
    with GOLD.open() as lines:
        for each in csv.DictReader(lines):
            if each["row"] == row:
                return [float(each[str(year)]) for year in range(2024, 2042)]
    raise KeyError(row)


def unchanged(world: World, inputs: str, ageing_from: int | None) -> Projection:
    given = read_sheet(world, inputs).inputs
    return Projection(given, 4, ageing_from=ageing_from).run(np.zeros((4, 1)), 17)


@pytest.mark.parametrize(
    ("adjust", "preset", "expected"),
    [
        (4, "commission", 5.99),
        (4, "bruegel", 5.97),
        (7, "commission", 4.79),
        (7, "bruegel", 4.78),
    ],
)
def test_required_balance(world: World, adjust: int, preset: str, expected: float) -> None:
    answer = debt_answer(world, ["FIN"], adjust, preset, inputs="commission-2024")
    [row] = answer["rows"]
    assert row["required_spb"] == pytest.approx(expected, abs=0.005)
    assert row["binding"] == "debt_safeguard"


def test_net_expenditure_growth(world: World) -> None:
    answer = debt_answer(world, ["FIN"], 7, stochastic=False, inputs="commission-2024")
    found = answer["rows"][0]["net_expenditure_growth"]
    assert found == pytest.approx([1.38, 1.49, 1.44, 1.54, 1.54, 1.57, 1.65], abs=0.005)


def test_path_without_policy_change_is_the_sheets(world: World) -> None:
    path = unchanged(world, "commission-2024-sheet", 0)
    assert worst(path.ratio, gold("debt_excel")) < 0.001
    assert worst(path.implicit, gold("implicit_excel")) < 0.001
    assert worst(path.primary, gold("primary_balance")) < 1e-6


def test_path_of_the_plain_structure_is_the_commissions_code_to_a_tenth(world: World) -> None:
    path = unchanged(world, "commission-2024", 0)
    assert worst(path.ratio, gold("debt_stata")) < 0.02
    assert worst(path.implicit, gold("implicit_stata")) < 0.003


def test_ageing_counts_from_year_0_only_where_asked(world: World) -> None:
    # 2030: ageing costs 24.2323 after 23.96105 in 2024, property income 2.164249 after 2.124348.
    expected = -0.5301033 - (24.2323 - 23.96105) + (2.164249 - 2.124348)
    assert unchanged(world, "commission-2024", 0).structural[6, 0] == pytest.approx(expected)
    assert unchanged(world, "commission-2024", 17).structural[6, 0] == pytest.approx(-0.5301033)


def worst(path: Floats, expected: list[float]) -> float:
    return float(np.abs(path[:18, 0] - expected).max())
