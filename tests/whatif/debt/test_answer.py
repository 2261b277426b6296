"""The answer of `burdenshare debt`: its shape, its gaps, and what it refuses."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.debt import reading
from burdenshare.whatif.debt.answer import LEVELS, debt_answer
from burdenshare.world.facts import Fact
from burdenshare.world.load import World


def test_answer_has_the_shape_that_others_rely_on(world: World) -> None:
    answer = debt_answer(world, ["FRA", "ITA", "FRA"], adjust=7, preset="bruegel")
    json.dumps(answer, allow_nan=False)
    assert answer["schema"] == "burdenshare/debt/1"
    assert [row["country"] for row in answer["rows"]] == ["FRA", "ITA"]
    row = answer["rows"][0]
    assert (row["adjust"], row["preset"]) == (7, "bruegel")
    assert set(row["criteria"]) >= {"main_adjustment", "deficit_reduction", "stochastic"}
    assert len(row["net_expenditure_growth"]) == len(row["steps"]) == 7
    assert row["paths"]["years"] == list(range(2024, 2042))
    assert all(len(path) == 18 for path in row["paths"].values())
    assert row["paths"]["structural_primary_balance"][7] == pytest.approx(row["required_spb"])
    assert row["paths"]["debt"][0] == row["no_policy_change"]["debt"][0] == 112.9765


def test_fan_holds_the_path_and_widens(world: World) -> None:
    [row] = debt_answer(world, ["DEU"])["rows"]
    fan = row["fan"]
    assert fan["levels"] == list(LEVELS)
    assert fan["years"] == [2028, 2029, 2030, 2031, 2032, 2033]
    assert fan["debt"][0] == [row["paths"]["debt"][4]] * 7
    widths = [year[-1] - year[0] for year in fan["debt"]]
    assert widths == sorted(widths)
    assert fan["debt"][5][3] == pytest.approx(row["paths"]["debt"][9], abs=1.0)
    assert fan["probability_debt_falls"] >= 0.7


def test_without_draws_nothing_is_stochastic(world: World) -> None:
    [row] = debt_answer(world, ["DEU"], stochastic=False)["rows"]
    assert "stochastic" not in row["criteria"]
    assert row["stochastic_error"] is None
    assert row["fan"] is None


def test_a_state_without_shocks_is_a_gap(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = reading.read_sheet(world)
    less = {code: each for code, each in found.shocks.items() if code != "POL"}
    sheet = reading.Sheet(found.inputs, less, found.release)
    monkeypatch.setattr("burdenshare.whatif.debt.answer.read_sheet", lambda *_: sheet)
    answer = debt_answer(world, ["DEU", "POL"])
    reason = "no shocks are held: no stochastic criterion"
    assert answer["gaps"] == [{"country": "POL", "reason": reason}]
    poland = answer["rows"][1]
    assert poland["criteria"]["stochastic"] is None
    assert poland["fan"] is None
    assert poland["required_spb"] is not None


def test_extra_spending_asks_for_more(world: World) -> None:
    plain, more = (
        debt_answer(world, ["DEU"], stochastic=False, extra=extra)["rows"][0]
        for extra in (None, {"DEU": dict.fromkeys(range(2025, 2029), 1.5)})
    )
    assert more["required_spb"] > plain["required_spb"] + 0.1
    unchanged = [row["no_policy_change"]["debt"][4] for row in (more, plain)]
    # Four years of 1.5 % of GDP, less the revenue and the higher GDP that they bring.
    assert 0.5 < unchanged[0] - unchanged[1] < 6.0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"adjust": 5}, "--adjust is 5: write 4 or 7"),
        ({"preset": "comission"}, "--preset is 'comission': .*commission"),
        ({"countries": ["FRX"]}, "country 'FRX' is unknown"),
        ({"countries": []}, "no country is named: write some of AUT"),
        ({"countries": ["NOR"]}, "NOR has no inputs of the EU’s debt model"),
        ({"inputs": "commission-2025"}, "inputs 'commission-2025' are unknown"),
        (
            {"as_of": date(2025, 11, 16)},
            "known on 2025-11-16: the first ones held are of 2025-11-17",
        ),
        ({"inputs": "commission-2024", "countries": ["FRA"]}, "write one of FIN"),
    ],
)
def test_what_does_not_fit_is_refused(world: World, asked: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        debt_answer(world, **asked)  # type: ignore[arg-type]


def test_changed_quarterly_shocks_are_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = reading._QUARTERLY
    data = source.with_suffix(".csv").read_bytes()
    (tmp_path / source.name).write_bytes(source.read_bytes())
    (tmp_path / source.with_suffix(".csv").name).write_bytes(data + b"2024Q1,0,0,0,0,0,0\n")
    monkeypatch.setattr(reading, "_QUARTERLY", tmp_path / source.name)
    with pytest.raises(UserError, match="its sha256 is not the one in fin_shocks_quarterly"):
        reading.read_sheet(world, "commission-2024")
    assert hashlib.sha256(data).hexdigest() in source.read_text(encoding="utf-8")


def test_maturity_corrections_are_cited_entries(world: World) -> None:
    day = world.latest
    for code in ("EST", "SWE"):
        for series in ("dsa_maturing", "dsa_maturing_mean"):
            fact = world.fact(series, code, 2024, day)
            assert isinstance(fact, Fact)
            assert fact.value == 0.08
            assert fact.source == "maturity"
            assert "the source has -0." in fact.note
    notes = " ".join(debt_answer(world, ["EST"], stochastic=False)["notes"])
    assert "maturing shares of the original are negative" in notes
