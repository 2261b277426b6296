"""Two scenarios over the same draws."""

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.comparing import compare_answers
from burdenshare.whatif.scenarios import read_scenario
from burdenshare.world.dates import Day
from burdenshare.world.load import World

CONSTANT = "Defence Expenditure|Constant Prices"
DAY = Day(2026, 10, 30)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_a_scenario_does_not_differ_from_itself(world: World) -> None:
    found = compare_answers(world, "hague-kept", "hague-kept", draws=100)
    for row in found["rows"]:
        assert row["first"] == row["second"]
        assert (row["p5"], row["difference"], row["p95"]) == (0, 0, 0)
    assert "spends as much under" in found["headline"]


def test_a_floor_never_lowers_what_is_spent(world: World) -> None:
    """The draws are the same: not one of them is below, though the two ranges overlap."""
    found = compare_answers(world, "nothing-changes", "five-percent-now", draws=600, as_of=DAY)
    assert found["rows"]
    assert all(row["p5"] >= 0 for row in found["rows"])
    usa = [row for row in found["rows"] if row["region"] == "USA"]
    assert {row["difference"] for row in usa} == {0}
    assert found["headline"].startswith("In 2035 NATO spends USD ")


def test_what_the_alliance_loses_is_what_the_leaver_spends(world: World) -> None:
    found = compare_answers(world, "nothing-changes", "us-leaves-nato", draws=200, as_of=DAY)
    money = {
        (row["region"], row["year"]): row for row in found["rows"] if row["variable"] == CONSTANT
    }
    assert money["NATO", 2027]["difference"] == 0
    assert money["NATO", 2035]["difference"] == pytest.approx(-money["USA", 2035]["first"])
    assert money["Europe and Canada", 2035]["difference"] == 0


def test_turned_round_the_difference_is_the_other_way(world: World) -> None:
    one = compare_answers(world, "nothing-changes", "hague-kept", draws=100, as_of=DAY)["rows"]
    two = compare_answers(world, "hague-kept", "nothing-changes", draws=100, as_of=DAY)["rows"]
    assert [row["first"] for row in one] == pytest.approx([row["second"] for row in two])
    assert [row["p5"] for row in one] == pytest.approx([-row["p95"] for row in two])


def test_only_common_years_are_told(world: World) -> None:
    found = compare_answers(world, "rearm-europe", "hague-kept", draws=50, as_of=DAY)
    assert (found["settings"]["first"], found["settings"]["last"]) == (2026, 2030)
    assert {row["year"] for row in found["rows"] if row["region"] == "NATO"} == set(
        range(2026, 2031)
    )
    assert {row["year"] for row in found["rows"] if row["region"] == "DEU"} == {2030}


def test_scenarios_without_spending_have_no_rows(world: World) -> None:
    found = compare_answers(world, "us-leaves-un", "us-stops-wfp", as_of=DAY)
    assert (found["rows"], found["headline"]) == ([], "")
    assert found["notes"]


def test_a_scenario_may_be_given_itself(world: World) -> None:
    given = read_scenario(None, "hague-kept")
    named = compare_answers(world, "nothing-changes", "hague-kept", draws=50, seed=1, as_of=DAY)
    found = compare_answers(world, "nothing-changes", given, draws=50, seed=1, as_of=DAY)
    assert found == named


def test_days_that_differ_and_years_that_do_not_meet(world: World) -> None:
    with pytest.raises(UserError, match="give one day for both"):
        compare_answers(world, "wales-kept", "hague-kept")
    with pytest.raises(UserError, match="no year in common"):
        compare_answers(world, "wales-kept", "hague-kept", as_of=Day(2019, 6, 25))
    with pytest.raises(UserError, match="at most 20000"):
        compare_answers(world, "nothing-changes", "hague-kept", draws=30_000)
