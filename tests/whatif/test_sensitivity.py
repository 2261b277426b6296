"""Which assumption moves an answer most, where that follows from the scenario by arithmetic."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.cases import shifted
from burdenshare.whatif.sensitivity import read_ranges, sensitivity_answer
from burdenshare.world.load import World
from whatif.plans import plan_of
from whatif.scenario_parts import EXIT, changed

SIZE = 3  # trajectories: where nothing acts together, one would do
# Poland spends 3 % of GDP exactly, every other member 2 %: no share is left to chance.
FIXED = {"do": "spend", "who": "members", "but": ["POL"], "share": 2.0, "mode": "exactly"}
POLAND = {"do": "spend", "who": ["POL"], "share": 3.0, "mode": "exactly"}


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def by_key(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in answer["rows"]}


# Spending


def test_a_share_that_is_set_moves_itself_by_its_range_and_nothing_else_moves_it(
    world: World,
) -> None:
    """20 % to both sides of 3 % of GDP are 2.4 and 3.6 %: 1.2 points apart."""
    scenario = changed(FIXED, POLAND, draws=200)
    answer = sensitivity_answer(world, scenario, "share:pol@2029", size=SIZE)
    assert answer["schema"] == "burdenshare/sensitivity/1"
    assert answer["output"] == {
        "id": "share:POL@2029",
        "text": "share of GDP of POL",
        "unit": "% of GDP",
        "when": "2029",
        "value": pytest.approx(3.0),
    }
    rows = by_key(answer)
    own = rows.pop("c1.share")
    assert (own["low"], own["high"], own["unit"]) == (2.4, 3.6, "% of GDP")
    assert own["mu_star"] == pytest.approx(1.2)
    assert own["sigma"] == pytest.approx(0, abs=1e-9)
    assert set(rows) == {"c0.share", "pull", "growth", "dollar", "release"}
    assert all(row["mu_star"] == pytest.approx(0, abs=1e-9) for row in rows.values())
    assert answer["rows"][0]["key"] == "c1.share"
    assert answer["headline"] == (
        "Share of GDP of POL (2029) is moved most by: share of c1: Poland spends 3 % of GDP. "
        "(by 1.2 % of GDP)."
    )


def test_a_range_that_is_given_is_taken(world: World) -> None:
    scenario = changed(FIXED, POLAND, draws=200)
    answer = sensitivity_answer(world, scenario, "share:POL", size=SIZE, ranges=["c1.share=3..5"])
    row = by_key(answer)["c1.share"]
    assert (row["low"], row["high"]) == (3.0, 5.0)
    assert row["mu_star"] == pytest.approx(2.0)


def test_money_moves_with_the_dollar_and_with_what_is_spent(world: World) -> None:
    """Poland's spending in dollars is in proportion to what its money is worth, and to its share.

    Both ranges are even to both sides, so that their parts of the figure are as their widths: of
    the dollar twice its error, of the share 40 %.
    """
    scenario = changed(FIXED, POLAND, draws=200)
    answer = sensitivity_answer(world, scenario, "spending:POL", size=12)
    rows = by_key(answer)
    width = (rows["dollar"]["high"] - rows["dollar"]["low"]) / 100
    assert 0.05 < width < 0.3
    ratio = rows["dollar"]["mu_star"] / rows["c1.share"]["mu_star"]
    assert ratio == pytest.approx(width / 0.4, rel=0.1)
    assert rows["c0.share"]["mu_star"] == 0
    assert rows["growth"]["mu_star"] > 0


def test_a_switch_counts_by_what_it_changes(world: World) -> None:
    """With the switch Poland spends 3 %, without it 2 % like all others."""
    others = {**FIXED, "but": [], "who": ["DEU"]}
    with_it = {**POLAND, "when": "more"}
    without = {**POLAND, "when": "not more", "share": 2.0}
    switch = {"more": {"title": "Poland spends more", "on": True}}
    scenario = changed(others, with_it, without, switch=switch, draws=200)
    ranges = ["c1.share=2.9999..3.0001", "c2.share=1.9999..2.0001"]
    answer = sensitivity_answer(world, scenario, "share:POL", size=SIZE, ranges=ranges)
    row = by_key(answer)["switch.more"]
    assert (row["low"], row["high"], row["assumption"]) == ("off", "on", "Poland spends more")
    assert row["mu_star"] == pytest.approx(1.0, abs=0.001)


def test_a_year_is_varied_where_a_range_is_given(world: World) -> None:
    """At the latest in 2028 or in 2030: in 2030 both are over."""
    scenario = changed({**POLAND, "by": 2029}, draws=200)
    keys = by_key(sensitivity_answer(world, scenario, "share:POL", size=2))
    assert "c0.by" not in keys
    answer = sensitivity_answer(
        world, scenario, "share:POL@2030", size=SIZE, ranges=["c0.by=2028..2030"]
    )
    row = by_key(answer)["c0.by"]
    assert (row["low"], row["high"], row["unit"]) == (2028, 2030, "year")
    assert row["mu_star"] == pytest.approx(0, abs=1e-9)


def test_a_scenario_that_sets_the_pull_varies_it_itself(world: World) -> None:
    scenario = changed({"do": "set", "what": "pull", "value": 0.9}, draws=200)
    rows = by_key(sensitivity_answer(world, scenario, "share", size=2))
    assert "pull" not in rows
    assert (rows["c0.value"]["low"], rows["c0.value"]["high"]) == (0.72, 1.0)


def test_the_chief_figure_is_what_the_scenario_is_about(world: World) -> None:
    leaving = changed(EXIT | {"on": date(2027, 1, 20)}, draws=200)
    assert sensitivity_answer(world, leaving, size=2)["output"]["id"] == "needed:keep@2030"
    condition = {"do": "condition", "organisation": "nato", "reading": "pay-or-no-protection"}
    asked = changed(condition | {"threshold": 2.0}, draws=200)
    found = sensitivity_answer(world, asked, size=2)
    assert found["output"]["id"] == "meets:nato.pay-or-no-protection@2030"
    assert "c0.threshold" in by_key(found)


def test_the_same_seed_gives_the_same_answer(world: World) -> None:
    one, other = (sensitivity_answer(world, "hague-kept", "cost", size=2) for _ in range(2))
    assert one == other
    assert one["output"]["id"] == "cost:5@2035"  # the highest share that is asked for


def test_sobol_shares_the_variance_out(world: World) -> None:
    """Of a share that only one number sets, that number has all of the variance."""
    scenario = changed(FIXED, POLAND, draws=200)
    answer = sensitivity_answer(world, scenario, "share:POL", method="sobol", size=4)
    rows = by_key(answer)
    assert rows["c1.share"]["st"] > 0.3
    assert {key for key, row in rows.items() if row["st"] > 1e-12} == {"c1.share"}
    assert answer["rows"][0]["key"] == "c1.share"
    assert "of variance" in answer["headline"]


def test_a_release_that_knew_nothing_of_the_scenario_is_left_out(world: World) -> None:
    """On 1 July 2025 the newest release is of June 2024, a year before the pledge of The Hague."""
    change = {"do": "set", "what": "pledge:nato.hague-2025.core", "value": 3.0}
    scenario = changed(change, draws=200)
    answer = sensitivity_answer(world, scenario, size=2, overrides=["as_of=2025-07-01"])
    assert "release" not in by_key(answer)
    [note] = answer["notes"]
    assert note.startswith("release is not varied: ")


# Bills


def test_a_bill_moves_with_the_size_of_the_budget(world: World) -> None:
    """Of the 78 % of those who stay China pays 20.004: 20.004/78 of the budget, whatever its size.

    The range is 80 to 120 % of USD 3,450 million.
    """
    overrides = ["regular.rules=pro-rata"]
    answer = sensitivity_answer(
        world, "us-leaves-un", "bill:un.regular:CHN", overrides=overrides, size=SIZE
    )
    bill = 3450e6 * 20.004 / 78
    assert answer["output"]["value"] == pytest.approx(bill)
    [row] = answer["rows"]
    assert row["key"] == "budget"
    assert row["mu_star"] == pytest.approx(0.4 * bill)
    assert row["sigma"] == pytest.approx(0, abs=1)


def test_a_bill_moves_with_the_way_of_sharing_out(world: World) -> None:
    """In proportion China pays 20.004/78 of the budget, of a smaller budget what it paid before."""
    overrides = ["regular.rules=pro-rata,shrink"]
    answer = sensitivity_answer(
        world, "us-leaves-un", "bill:un.regular:chn", overrides=overrides, size=60
    )
    rows = by_key(answer)
    assert (rows["reallocation"]["low"], rows["reallocation"]["high"]) == ("pro-rata", "shrink")
    apart = 3450e6 * 20.004 * (1 / 78 - 1 / 100)
    assert rows["reallocation"]["mu_star"] == pytest.approx(apart, rel=0.1)


# The plan under other assumptions


def test_growth_is_shifted_in_years_that_are_forecasts() -> None:
    errors = np.zeros((1, 3, 2))
    errors[0, 2] = 0.01
    plan = shifted(plan_of(growth_error=errors), growth=0.5, rate=1.0)
    assert plan.growth.tolist() == [[0, 0], [0, 0], [0.5, 0.5]]


def test_a_dearer_euro_makes_europe_larger_in_dollars_alone() -> None:
    """With a rate of 1.25 a GDP of 1,000 dollars is 1,250, and as much in its own money."""
    plan = plan_of(countries=2, years=1, ncu=[[4.0, 1.0]], eur=[[0.5, 0.5]])
    named = shifted(replace(plan, countries=("POL", "USA")), growth=0.0, rate=1.25)
    assert named.real.tolist() == [1250, 1000]
    assert (named.real * named.ncu[0]).tolist() == [4000, 1000]
    assert (named.real * named.eur[0]).tolist() == [500, 400]  # a dollar buys fewer euros
    assert (named.real * named.usd[0]).tolist() == [1250, 1000]


# Mistakes


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("spendng", "output 'spendng' is unknown: did you mean 'spending'?"),
        ("share:POLA", "'POLA' is unknown: did you mean 'POL'?"),
        ("needed:iiss-2024", "'iiss-2024' is unknown: did you mean 'iiss-2025'?"),
        ("cost:9", "'9' is unknown: known: 2, 3.5, 5"),
        ("meets:hague", "'hague' is unknown: "),
        ("spending@2050", "'2050' is no year of the scenario: write one from 2026 to 2035"),
        ("bill:un.regular", "nobody leaves an organisation whose budget is shared out"),
    ],
)
def test_an_unknown_output_is_a_clear_error(world: World, output: str, told: str) -> None:
    name = "nothing-changes" if output.startswith("bill") else "us-leaves-nato"
    with pytest.raises(UserError) as error:
        sensitivity_answer(world, name, output)
    assert told in str(error.value)


def test_a_scenario_without_spending_says_what_to_ask(world: World) -> None:
    with pytest.raises(UserError, match="us-leaves-un moves no spending: write bill:BUDGET"):
        sensitivity_answer(world, "us-leaves-un", "spending")
    with pytest.raises(UserError, match=r"budget 'un\.regula' is unknown: did you mean"):
        sensitivity_answer(world, "us-leaves-un", "bill:un.regula")
    with pytest.raises(UserError, match=r"'USA' pays nothing into un\.regular"):
        sensitivity_answer(world, "us-leaves-un", "bill:un.regular:USA")
    with pytest.raises(UserError, match="us-stops-wfp: nobody leaves"):
        sensitivity_answer(world, "us-stops-wfp")


def test_a_range_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(UserError, match=r"range 'core.shar' is unknown: did you mean 'core.share'"):
        sensitivity_answer(world, "hague-kept", ranges=["core.shar=3..4"])


@pytest.mark.parametrize("pair", ["", "a", "a=1", "a=1..", "a=2..1", "a=nan..2", "a=1..inf"])
def test_what_is_no_range_is_refused(pair: str) -> None:
    with pytest.raises(UserError, match=r"write KEY=LOW..HIGH, such as core.share=3..4"):
        read_ranges([pair])
