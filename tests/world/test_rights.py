"""Rights of members: the vote that arrears cost, what stays open, and the cap of one payer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.world.load import World
from burdenshare.world.rights import rights_answer

WORLD = World(Path("no-such-folder"))


def findings(**options: Any) -> dict[str, dict[str, Any]]:
    answer = rights_answer(WORLD, "un", "USA", **options)
    return {each["rule"]: each for each in answer["findings"]}


@pytest.mark.parametrize(
    ("arrears", "due", "lost"),
    [(2000, [900, 1100], True), (1999, [900, 1100], False), (0, [0, 1], False)],
)
def test_two_years_of_arrears_cost_the_vote(arrears: float, due: list[float], lost: bool) -> None:
    # Art. 19: "equals or exceeds the amount of the contributions due … for the preceding two full
    # years".
    found = findings(arrears=arrears, due=due)
    assert found["vote_lost"]["result"] is lost
    assert found["vote_lost"]["open"] == ""
    permission = found["assembly_permission"]
    assert bool(permission["open"]) is lost
    assert permission["result"] == (None if lost else "not needed")


def test_the_figures_of_february_2026_are_too_near_to_call() -> None:
    # Owed: 2.19 + 2.40 billion. Due: 22 % of 3.59 and 3.7174 billion, and of peacekeeping 26.9493 %
    # of half of 6.30 and 5.59, 26.1766 % (projection) of half of 5.59 and 5.38 billion.
    answer = rights_answer(WORLD, "un", "USA")
    [vote] = [each for each in answer["findings"] if each["rule"] == "vote_lost"]
    assert vote["result"] is None
    assert "nearer than the rounding" in vote["open"]
    assert vote["inputs"]["arrears"] == 4.59e9
    expect = [
        0.22 * 3.59e9 + 0.269493 * (6.30e9 + 5.59e9) / 2,
        0.22 * 3.7173796e9 + 0.261766 * (5.59e9 + 5.38e9) / 2,
    ]
    assert vote["inputs"]["due"] == pytest.approx(expect, rel=1e-5)


def test_a_missing_figure_leaves_the_vote_open() -> None:
    answer = rights_answer(WORLD, "un", "VEN")
    [vote] = [each for each in answer["findings"] if each["rule"] == "vote_lost"]
    assert vote["result"] is None
    assert "a figure is missing" in vote["open"]
    assert "no figure of its arrears" in vote["reason"]


def test_a_stale_figure_is_not_used() -> None:
    # The peacekeeping arrears of May 2020 say nothing of 2025.
    answer = rights_answer(WORLD, "un", "USA", date(2025, 3, 1))
    [vote] = [each for each in answer["findings"] if each["rule"] == "vote_lost"]
    assert vote["result"] is None


def test_votes_needed_for_a_budget() -> None:
    # Art. 18: two-thirds of 193 present and voting are 128.67.
    assert findings()["votes_needed"]["result"] == 129


def test_unpaid_dues_do_not_suspend_or_expel() -> None:
    found = findings()
    for name in ("suspension", "expulsion"):
        assert found[name]["result"] is None
        assert found[name]["open"]
        assert "dues" in found[name]["reason"]


def test_the_cap_of_the_united_states() -> None:
    [cap] = rights_answer(WORLD, "un", "USA")["caps"]
    assert cap["cap"] == 25
    years = {each["year"]: each for each in cap["years"]}
    # 1.9493 % of 6.30 and of 5.59 billion
    assert years[2023]["unpaid"] == pytest.approx(0.019493 * 6.30e9, rel=1e-4)
    assert years[2024]["unpaid"] == pytest.approx(0.019493 * 5.59e9, rel=1e-4)
    assert years[2025]["basis"] == "projection"
    assert years[2018]["rate"] is None
    assert years[2018]["reason"]
    assert rights_answer(WORLD, "un", "FRA")["caps"] == []


@settings(max_examples=30)
@given(
    st.floats(0, 1e12, allow_nan=False),
    st.lists(st.floats(0, 1e12, allow_nan=False), min_size=2, max_size=2),
)
def test_the_vote_is_lost_exactly_when_arrears_reach_the_dues(
    arrears: float, due: list[float]
) -> None:
    assert findings(arrears=arrears, due=due)["vote_lost"]["result"] is (arrears >= sum(due))


@pytest.mark.parametrize(
    ("organisation", "country", "options", "message"),
    [
        ("unn", "USA", {}, "organisation 'unn' is unknown"),
        ("nato", "USA", {}, "has no rules on rights"),
        ("un", "XKX", {}, "Kosovo is not a member of United Nations"),
        ("un", "USA", {"arrears": -1}, "write an amount in US dollars"),
        ("un", "USA", {"due": [float("nan")]}, "write an amount in US dollars"),
        ("un", "USA", {"due": [1.0]}, "write those of two years"),
        ("un", "USA", {"as_of": date(1945, 1, 1)}, "is not a member of United Nations"),
    ],
)
def test_refused(organisation: str, country: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        rights_answer(WORLD, organisation, country, **options)
