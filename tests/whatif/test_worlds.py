"""Scenarios from Python: `World().run(...)`."""

import numpy as np
import pytest

from burdenshare import UserError, World, check_text
from burdenshare.world.dates import Day


def test_a_run_gives_plain_data_arrays_and_a_table() -> None:
    found = World().run("us-leaves-nato", draws=16, seed=3, as_of="2025-09-01")
    assert found.json["as_of"] == "2025-09-01"
    assert found.json["settings"]["draws"] == 16
    assert found.result is not None
    share = found.result.cells[0]
    years, countries = found.result.plan.years, found.result.plan.countries
    assert share.shape == (len(years), len(countries))
    row = next(
        row
        for row in found.json["rows"]
        if (row["region"], row["unit"], row["year"]) == ("POL", "% of GDP", 2030)
        and row["scenario"] == "us-leaves-nato"
    )
    assert np.isclose(share[years.index(2030), countries.index("POL")], row["mean"])
    columns = ["scenario", "region", "variable", "unit", "year", "mean"]
    assert found.frame().columns[:6] == columns


def test_values_are_replaced_as_on_the_command_line() -> None:
    world = World()
    day = Day(2025, 9, 1)
    found = world.run("hague-kept", draws=4, as_of=day, set=["switch.spain-exception=off"])
    assert found.json["switches"][0]["on"] is False
    assert found.json["as_of"] == "2025-09-01"


def test_a_mistake_is_a_user_error() -> None:
    with pytest.raises(UserError, match="did you mean 'us-leaves-nato'"):
        World().run("us-leaves-nat")
    with pytest.raises(UserError, match="as_of is 'soon', which is no day"):
        World().run("us-leaves-nato", as_of="soon")


def test_the_same_world_answers_about_articles() -> None:
    world = World()
    check = check_text("“We should quit NATO,” Senator Halloran wrote.", Day(2025, 9, 1), world)
    [proposed] = check.scenarios
    found = world.run(proposed.id, draws=4, as_of=proposed.as_of)
    assert found.json["scenario"]["title"] == proposed.title


def test_two_scenarios_are_compared() -> None:
    found = World().compare("nothing-changes", "five-percent-now", draws=4, as_of="2026-10-30")
    assert found["schema"] == "burdenshare/compare/1"
    assert [each["id"] for each in found["scenarios"]] == ["nothing-changes", "five-percent-now"]
