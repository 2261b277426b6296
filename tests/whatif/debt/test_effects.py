"""What extra defence spending does to debt: states so plain that the sums can be done by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.debt import effects
from burdenshare.whatif.debt.defence import Defence
from burdenshare.whatif.debt.effects import debt_effects
from burdenshare.whatif.debt.inputs import YEARS, Inputs
from burdenshare.whatif.debt.next_plan import END, needed
from burdenshare.whatif.debt.reading import Sheet, read_sheet
from burdenshare.world.dates import Day
from burdenshare.world.load import World

DAY = Day(2026, 3, 1)
FULL = "+1.5:2025-2028"


def flat(inputs: Inputs, spb: float, debt: float, flow: float = 0.0) -> Inputs:
    """Return a state without growth, inflation, interest, multiplier, ageing or short debt."""
    one = inputs.take(np.array([0]))
    path, number = np.zeros((YEARS, 1)), np.zeros(1)
    zero = ("growth", "potential_growth", "gap", "inflation", "rate_short", "rate_long")
    more = ("stock_flow_level", "one_off", "ageing", "revenue", "maturing", "esm_repayment")
    none = ("multiplier", "elasticity", "short_share", "short_owed")
    plain: dict[str, Any] = dict.fromkeys((*zero, *more, "esm_stock"), path)
    plain |= dict.fromkeys(none, number)
    return replace(
        one,
        **plain,
        implicit=np.where(np.arange(YEARS)[:, None] == 0, 0.0, np.nan),
        stock_flow=path + flow,
        potential=path + 100.0,
        spb=path + spb,
        primary=number + spb,
        balance=number + spb,
        balance_before=number + spb,
        edp=number,
        debt=number + debt,
        ratio=number + debt,
        domestic=number + 1,
        euro=number,
        dollar=number,
    )


def flat_sheet(world: World, **other: float) -> Sheet:
    """Return a sheet of one plain state, which goes by the name of Austria."""
    sheet = read_sheet(world, as_of=DAY)
    return replace(sheet, inputs=flat(sheet.inputs, other["spb"], other["debt"]), shocks={})


def test_points_add_up_in_a_state_without_growth(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "read_sheet", lambda *_: flat_sheet(world, spb=0.0, debt=50.0))
    answer = debt_effects(world, ["AUT"], FULL, as_of=DAY)
    [row] = answer["rows"]
    more = {
        name: {
            y: row[name]["debt"][y] - row["without"]["debt"][y] for y in ("2028", "2035", "2041")
        }
        for name in ("with", "kept")
    }
    # Four times 1.5 is 6, and it stays; kept, 1.5 more in each year after 2028.
    assert more["with"] == pytest.approx({"2028": 6.0, "2035": 6.0, "2041": 6.0})
    assert more["kept"] == pytest.approx({"2028": 6.0, "2035": 16.5, "2041": 25.5})
    assert row["with"]["interest"] == {"2028": 0.0, "2035": 0.0, "2041": 0.0}
    assert row["with"]["probability_debt_falls"] is None
    assert {"country": "AUT", "reason": effects.NO_SHOCKS} in answer["gaps"]


def test_loan_costs_its_rate_and_is_in_debt(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "read_sheet", lambda *_: flat_sheet(world, spb=0.0, debt=50.0))
    # EUR 48.194 billion are 10 % of Austria's GDP of 2024 (481.94). Spent in 2025, at 3 %: 0.3 a
    # year, which the market lends at nothing: 10.9 in 2028, 13 in 2035. From 2036 on 10 / 35 a
    # year is paid back with market debt: in 2041 interest is 3 % of 10 - 5 x 10 / 35.
    loan = Defence({}, {"AUT": {2025: 48.194e9}})
    [row] = debt_effects(world, ["AUT"], loan, as_of=DAY, stochastic=False, rate=3.0)["rows"]
    assert row["points"] == {"2025": pytest.approx(10.0)}
    more = [row["with"]["debt"][y] - row["without"]["debt"][y] for y in ("2028", "2035")]
    assert more == pytest.approx([10.9, 13.0], abs=2e-4)
    assert row["with"]["interest"]["2028"] == pytest.approx(0.3)
    assert row["with"]["interest"]["2041"] == pytest.approx(0.03 * (10 - 50 / 35), abs=1e-4)


def test_needed_where_the_deficit_decides(world: World) -> None:
    # A deficit of 3 is allowed. Kept at 1.5 points more, four equal steps must take them back.
    inputs = flat(read_sheet(world).inputs, spb=-3.0, debt=20.0, flow=-2.0)
    plan, no = np.zeros((END, 1)), np.array([False])
    spending = np.zeros((YEARS, 1))
    spending[1:] = 1.5
    found = needed(replace(inputs, spending=spending), plan, no, (), split=True)
    assert found.step == pytest.approx([0.375], abs=2e-4)
    assert found.binding == ("deficit_reduction",)
    spending[5:] = 0.0
    found = needed(replace(inputs, spending=spending), plan, no, (), split=True)
    assert (found.step.tolist(), found.binding) == ([0.0], ("nothing",))


@pytest.mark.parametrize("split", [True, False])
def test_needed_where_the_safeguard_decides(world: World, split: bool) -> None:
    # Debt of 100 (in 2028: 98), a surplus of 0.5 and four steps of y: debt falls by
    # 4 x 0.5 + (1 + 2 + 3 + 4) y, and must by 4. So y is 0.2, found to 0.01.
    inputs = flat(read_sheet(world).inputs, spb=0.5, debt=100.0)
    found = needed(inputs, np.zeros((END, 1)), np.array([True]), (), split)
    assert found.step == pytest.approx([0.2], abs=0.0101)
    assert found.binding == ("debt_safeguard",)


def test_needed_that_no_step_meets(world: World) -> None:
    # A deficit of 16 and at most 12 of adjustment.
    inputs = flat(read_sheet(world).inputs, spb=-16.0, debt=20.0)
    found = needed(inputs, np.zeros((END, 1)), np.array([True]), (), split=False)
    assert np.isnan(found.step[0])


def test_room_and_its_two_readings(world: World) -> None:
    answer = debt_effects(world, None, FULL, as_of=DAY, stochastic=False)
    room = answer["room"]
    billions = [each["total_eur"] / 1e9 for each in room["compared"]]
    # Announced; 6 % and 3.75 % of EUR 17,946 billion (SOURCES: 1,077 and 673).
    assert billions == pytest.approx([650, 1077, 673], abs=0.5)
    assert room["spent_eur"] / 1e9 == pytest.approx(1076.8, abs=0.1)
    assert room["compared"][1]["spent_percent"] == pytest.approx(100)
    # Austria: GDP of 481.94; the clause holds in three years of the four: 4.5 % of it.
    austria = next(row for row in room["rows"] if row["country"] == "AUT")
    assert austria["covered_eur"] / 1e9 == pytest.approx(21.6873)
    assert austria["spent_eur"] / 1e9 == pytest.approx(28.9164)
    said = "FRA: the escape clause is not active: all of it counts in full"
    assert said in answer["said"]
    assert len(answer["rows"]) == 27


def test_shape_and_the_day(world: World) -> None:
    answer = debt_effects(world, ["DEU", "GBR"], "+2:2026", 7, "bruegel", Day(2025, 11, 17))
    assert answer["schema"] == "burdenshare/debt-effects/1"
    [row] = answer["rows"]
    assert row["clause"]["activated"] == "2025-10-10"
    assert row["covered"] == {"inside": {"2026": 1.5}, "outside": {"2026": 0.5}}
    assert row["probability_years"] == [2031, 2036]
    assert 0 <= row["with"]["probability_debt_falls"] <= 1
    fan = row["with"]["fan"]
    assert fan["years"] == list(range(2031, 2037))
    assert all(sorted(year) == year for year in fan["debt"])
    # Before the draws begin all of them stand on the path itself.
    assert set(fan["debt"][0]) == {row["with"]["path"][fan["years"][0] - 2024]}
    assert row["with"]["interest"]["2028"] > row["without"]["interest"]["2028"]
    values = row["with"]["reference_values"]
    assert values["debt_2028"] == (row["with"]["debt"]["2028"] <= 60)
    assert answer["outside_eu"]["rows"][0]["country"] == "GBR"
    assert answer["loan_terms"]["rate"] == 3.413
    assert "IP/25/747" in answer["loan_terms"]["citation"]
    whats = {source["what"] for source in answer["sources"]}
    assert whats >= {"inputs of the debt model", "escape clause"}


def test_a_plan_without_a_step_is_said(world: World) -> None:
    # Greece needs no step in four years by the Commission's reading: see gold/peer results.
    answer = debt_effects(world, ["DEU", "GRC"], FULL, as_of=DAY, stochastic=False)
    cautions = [row["caution"] for row in answer["rows"]]
    assert cautions[0] is None
    assert cautions[1].startswith("GRC: the plan has no step")
    assert cautions[1] in answer["said"]


def test_mistakes(world: World) -> None:
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"countries": ["GEM"]}, "country 'GEM' is unknown"),
        ({"adjust": 5}, "write 4 or 7 years"),
        ({"preset": "imf"}, "commission and bruegel"),
        (
            {"extra": {"POL": {2050: 1.0}}},
            "defence of POL: 2050 is no year of the debt model: write years from 2025 to 2042",
        ),
        ({"extra": {"PLO": {2026: 1.0}}}, "country 'PLO' is unknown"),
        ({"as_of": Day(2025, 3, 4)}, "no inputs of the debt model"),
    )
    for asked, says in cases:
        with pytest.raises(UserError, match=says):
            debt_effects(world, **asked)
