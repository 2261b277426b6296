from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif.bills import bill, budget_bills, budgets_of, dollars
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from whatif.small_budgets import small_answer


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def by_way(answer: dict[str, Any], before: dict[str, float], total: float | None) -> dict[str, Any]:
    bills = [bill(answer, way, before, total, "told") for way in answer["reallocations"]]
    return {each["reallocation"]: each for each in bills}


def rows(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["country"]: row for row in found["rows"]}


# 22 % of USD 3,450 million is 759; China's 20.004 % is 690.138, over the 78 % of the others
# 25.646153846 %, which is 884.792307687.
def test_the_united_states_and_china_in_the_un_budget_of_2026(world: World) -> None:
    [pro_rata] = budget_bills(world, "un.regular", ["USA"], ["pro-rata"], Day(2026, 10, 30))
    found = rows(pro_rata)
    assert found["USA"]["before_usd"] == pytest.approx(759e6, abs=1)
    assert (found["USA"]["after"], found["USA"]["after_usd"]) == (0, 0)
    assert found["CHN"]["before_usd"] == pytest.approx(690.138e6, abs=1)
    assert found["CHN"]["after"] == pytest.approx(25.646153846, abs=1e-9)
    assert found["CHN"]["after_usd"] == pytest.approx(884_792_307.69, abs=1)
    assert {each["country"] for each in pro_rata["breaks"]} >= {"CHN"}
    assert "A/RES/79/249" in pro_rata["citation"]


# EUR 5,300 million at the fixing of 2026-10-30, 1.1172, are USD 5,921.16 million; less 15 %,
# 5,032.986. Germany pays 15 % of the one, or 15/85 of the whole of the other.
def test_nato_common_funding_is_told_in_dollars_of_the_day(world: World) -> None:
    bills = budget_bills(world, "nato.common", ["USA"], (), Day(2026, 10, 30))
    found = {each["reallocation"]: each for each in bills}
    assert [each["before_total_usd"] for each in bills] == pytest.approx([5_921.16e6] * 3)
    assert found["rerun"]["total_usd"] == pytest.approx(5_921.16e6)
    assert found["shrink"]["total_usd"] == pytest.approx(5_032.986e6)
    germany = [rows(found[way])["DEU"]["after_usd"] for way in ("rerun", "pro-rata", "shrink")]
    assert germany == pytest.approx([888.174e6, 1_044.910_588e6, 888.174e6], abs=10)
    assert "EUR 5,300 million in 2026" in found["rerun"]["total_text"]
    assert "1.1172" in found["rerun"]["total_text"]
    assert found["shrink"]["total_text"].endswith("less the part of those who leave")


def test_a_budget_that_the_scenario_sets_takes_the_place_of_the_one_on_record(world: World) -> None:
    [found] = budget_bills(world, "un.regular", ["USA"], ["shrink"], total_usd=1e9)
    assert found["total_usd"] == pytest.approx(780e6)
    assert rows(found)["USA"]["before_usd"] == pytest.approx(220e6)
    assert "as the scenario sets it" in found["total_text"]


def test_the_size_of_a_budget_that_is_not_known_leaves_no_dollars(world: World) -> None:
    money = {"amount": None, "unit": "", "year": 2026, "reason": "nobody says"}
    total, text = dollars(world, money, Day(2026, 10, 30))
    assert (total, text) == (None, "the size of the budget of 2026 is not known: nobody says")
    rates = {"USA": 60.0, "DEU": 40.0}
    found = by_way(small_answer(rates, ["USA"], rates), rates, total)["shrink"]
    assert found["total_usd"] is None
    assert [(row["after"], row["after_usd"]) for row in found["rows"]] == [(100, None), (0, None)]


def test_a_way_without_a_rule_says_why() -> None:
    answer = small_answer({"USA": 60.0, "DEU": 40.0}, ["USA"], {})
    rerun = by_way(answer, {"USA": 60.0, "DEU": 40.0}, 1000)["rerun"]
    assert (rerun["rows"], rerun["reason"]) == ([], "no rule is known")


def test_another_currency_is_not_guessed(world: World) -> None:
    money = {"amount": 5.0, "unit": "GBP million", "year": 2026}
    assert dollars(world, money, Day(2026, 10, 30)) == (
        None,
        "GBP 5 million in 2026; no rate to the US dollar is known on 2026-10-30",
    )


def test_who_was_never_a_member_cannot_leave(world: World) -> None:
    with pytest.raises(UserError, match="not a member"):
        budget_bills(world, "nato.common", ["AUT"])


def test_organisations_without_assessed_rates_have_no_bills(world: World) -> None:
    assert budgets_of(world, "wfp") == []
    assert [each.id for each in budgets_of(world, "nato")] == ["nato.common"]


codes = ("DEU", "FRA", "GBR", "POL", "USA")
parts = st.lists(st.floats(0.1, 100), min_size=5, max_size=5)


@given(parts, st.sets(st.sampled_from(codes), min_size=1, max_size=4), st.floats(1, 1e10))
def test_nothing_appears_or_vanishes(weights: list[float], leavers: set[str], total: float) -> None:
    """Shares add to 100, bills to the budget, and a smaller budget is smaller by what is left."""
    whole = sum(weights)
    before = {code: 100 * each / whole for code, each in zip(codes, weights, strict=True)}
    stay = [code for code in codes if code not in leavers]
    rerun = {code: 100 / len(stay) for code in stay}
    found = by_way(small_answer(before, leavers, rerun), before, total)
    for each in found.values():
        assert sum(row["before"] for row in each["rows"]) == pytest.approx(100)
        assert sum(row["after"] for row in each["rows"]) == pytest.approx(100)
        assert sum(row["before_usd"] for row in each["rows"]) == pytest.approx(total)
        assert sum(row["after_usd"] for row in each["rows"]) == pytest.approx(each["total_usd"])
        assert {row["country"] for row in each["rows"]} == set(codes)
    assert found["rerun"]["total_usd"] == found["pro-rata"]["total_usd"] == total
    left = sum(row["before_usd"] for row in found["shrink"]["rows"] if row["country"] in leavers)
    assert found["shrink"]["total_usd"] == pytest.approx(total - left)
    for row in found["shrink"]["rows"]:
        if row["country"] not in leavers:
            assert row["after_usd"] == pytest.approx(row["before_usd"])
