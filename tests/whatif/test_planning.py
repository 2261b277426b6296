"""Plans: a scenario's changes on two countries by hand, and what the world gives."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.asking import amounts
from burdenshare.whatif.growth_errors import GrowthErrors
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.planning import (
    Planned,
    Terms,
    baseline_scenario,
    make_plan,
    make_plans,
    plan_from,
)
from burdenshare.whatif.scenarios import Scenario, read_scenario
from burdenshare.whatif.share_errors import ShareErrors
from burdenshare.world.load import World
from burdenshare.world.studies import find_study
from whatif.small_outlook import cut_off
from whatif.two_countries import TERMS, baseline, column, scenario


def plan(asked: Scenario, weight: float = 0.0, terms: Terms = TERMS) -> Plan:
    return plan_from(asked, baseline(), ShareErrors.none(weight), GrowthErrors.none(), terms)


def leave(**more: Any) -> dict[str, Any]:
    return {"do": "leave", "who": ["USA"], "organisation": "nato", **more}


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def both(world: World) -> list[Planned]:
    """Return the plans of a shipped scenario and of what is compared with it."""
    exit_of_the_usa = read_scenario(None, "us-leaves-nato")
    return make_plans(world, [exit_of_the_usa, baseline_scenario(exit_of_the_usa)])


# --- Two countries by hand ---


def test_a_shipped_scenario_on_two_countries() -> None:
    found = plan(read_scenario(None, "us-leaves-nato"))
    assert found.groups == ("all", "in", "europe-canada")
    everybody, staying, europe = found.inside
    assert everybody.all()
    # 180 days and a year after 30 October 2026 is 28 April 2028, before 1 July: out from 2028.
    assert column(staying, "USA") == [1, 1, *[0] * 8]
    assert column(staying, "POL") == [1] * 10
    assert europe.tolist() == [[1, 0]] * 10
    # EUR 250 billion at 0.5 for a dollar of 2026, USD 40 billion at 0.8, once somebody is out.
    assert found.needs == ("keep", "bruegel-kiel-2025", "iiss-2025")
    keep, bruegel, iiss = found.amount
    assert np.isnan(keep).all()
    assert bruegel == pytest.approx([0, 0, *[500_000] * 8])
    assert iiss == pytest.approx([0, 0, *[50_000] * 8])
    assert found.thresholds == ("nato.wales-2014.share", "nato.hague-2025.core", "target.5")
    assert found.threshold[:, 3, 1] == pytest.approx([1.995, 3.495, 4.995])
    assert found.reach == (2.0, 3.5, 5.0)
    assert not found.growth_error.any()
    assert not found.lower.any()


def test_the_pull_is_the_weight_over_the_years_left() -> None:
    found = plan(scenario(), weight=0.5)
    # From 2026 nine years are left to 2035, from 2034 one.
    assert column(found.pull, "USA")[1] == pytest.approx(0.5 / 9)
    assert column(found.pull, "USA")[9] == pytest.approx(0.5)
    assert column(found.target, "USA") == [0.0, *[3.5] * 9]


def test_a_leaver_is_drawn_on_as_before() -> None:
    staying, leaving = (
        plan(scenario(), 0.5),
        plan(scenario(leave(id="exit", decided=date(2026, 10, 30))), 0.5),
    )
    assert (staying.pull == leaving.pull).all()
    assert (staying.inside[0] == leaving.inside[0]).all()


def test_the_pull_and_a_pledge_may_be_set() -> None:
    pledge = {"do": "set", "what": "pledge:nato.hague-2025.core", "value": 5.0}
    found = plan(scenario({"do": "set", "id": "a", "what": "pull", "value": 1.0}, pledge), 0.5)
    assert column(found.pull, "POL")[9] == 1.0
    assert column(found.target, "POL")[9] == 5.0
    assert found.threshold[1, 0, 0] == pytest.approx(4.995)
    unknown = {**pledge, "what": "pledge:nato.hague-2025.cor"}
    with pytest.raises(UserError, match="no pledge known on the day: did you mean 'nato"):
        plan(scenario(unknown))


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2028, 6, 30), 2), (date(2028, 7, 1), 3), (date(2027, 1, 1), 1)],
)
def test_a_day_before_july_counts_for_its_own_year(day: date, years: int) -> None:
    found = plan(scenario(leave(on=day)))
    assert column(found.inside[1], "USA") == [1.0] * years + [0.0] * (10 - years)


def test_who_joins_and_who_comes_back() -> None:
    join = {"do": "join", "who": ["USA"], "organisation": "nato", "on": date(2030, 1, 1)}
    back = plan(scenario(leave(on=date(2028, 1, 1)), {**join, "id": "b"}))
    assert column(back.inside[0], "USA") == [1] * 10
    assert column(back.inside[1], "USA") == [1, 1, 0, 0, 1, 1, 1, 1, 1, 1]
    outside = replace(baseline(), members={"nato": frozenset({"POL"})})
    joined = plan_from(scenario(join), outside, ShareErrors.none(0.5), GrowthErrors.none(), TERMS)
    assert column(joined.inside[0], "USA") == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert column(joined.inside[2], "POL") == [1] * 10
    # The pledge draws on it once it is in: in 2030 with six years left from 2029.
    assert column(joined.pull, "USA")[3:5] == pytest.approx([0, 0.5 / 6])
    assert joined.needs == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([leave(who=["FRA"], on=date(2028, 1, 1))], "change it: FRA is no member of nato"),
        (
            [{"do": "join", "who": ["POL"], "organisation": "nato", "on": date(2028, 1, 1)}],
            "change it: POL is a member of nato on 2026-10-30",
        ),
        (
            [leave(on=date(2028, 1, 1)), leave(id="b", on=date(2029, 1, 1))],
            "change b: USA leaves by change it already",
        ),
    ],
)
def test_moves_that_cannot_be_are_refused(changes: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(UserError, match=message):
        plan(scenario(*changes))


def test_a_member_without_forces_may_leave_and_changes_nothing() -> None:
    found = plan(scenario(leave(who=["ISL"], on=date(2028, 1, 1))))
    assert found.inside[1].all()


def test_members_are_those_of_the_organisation_named() -> None:
    everybody = {"do": "spend", "who": "members", "organisation": "nato", "share": 5.0}
    assert plan(scenario(everybody)).lower[1].tolist() == [5.0, 5.0]
    others = plan(scenario({**everybody, "but": ["USA"]}))
    assert others.lower[1].tolist() == [5.0, 0.0]
    with pytest.raises(UserError, match="organisation 'un' is unknown: known: nato"):
        plan(scenario({**everybody, "organisation": "un"}))


def test_a_switch_that_is_off_takes_its_change_away() -> None:
    change = {"do": "spend", "who": ["POL"], "share": 5.0, "when": "more"}
    off = scenario(change, switch={"more": {"title": "More", "on": False}})
    on = scenario(change, switch={"more": {"title": "More", "on": True}})
    assert not plan(off).lower.any()
    assert plan(on).lower.any()


def test_points_on_top_reach_the_plan() -> None:
    found = plan(scenario({"do": "spend", "who": ["POL"], "add": 1.0, "from": 2030}))
    assert column(found.extra, "POL")[3:5] == [0.0, 1.0]


def test_thresholds_of_readings_and_without_rounding() -> None:
    terms = Terms(readings=(("nato.pay", 2.5),))
    found = plan(scenario(targets=[2.5, 3.0]), terms=terms)
    assert found.thresholds == ("nato.pay", "target.3")
    assert found.threshold[:, 0, 0].tolist() == [2.5, 3.0]


def test_a_study_without_prices_of_its_year_is_refused() -> None:
    asked = scenario(studies=["iiss-2025"])
    assert plan(asked).amount.tolist() == [[pytest.approx(50_000)] * 10]
    without = replace(baseline(), dollars={})
    with pytest.raises(UserError, match="study iiss-2025: no prices of 2025 are known"):
        plan_from(asked, without, ShareErrors.none(), GrowthErrors.none(), TERMS)


def test_a_total_is_spread_over_its_years_from_the_exit_on() -> None:
    whole = replace(find_study("iiss-2025").cost, quantity=24.0, years=3)
    study = replace(find_study("iiss-2025"), items=(whole,))
    out = Move("exit", "nato", "USA", date(2028, 4, 28), joins=False)
    # USD 24 billion in three years, at 0.8: 10 billion constant dollars a year.
    _, found = amounts(baseline(), [out], [study])
    assert found[1] == pytest.approx([0, 0, 10_000, 10_000, 10_000, 0, 0, 0, 0, 0])


# --- The world ---


def test_plans_that_are_compared_have_the_same_countries_years_and_errors(
    both: list[Planned],
) -> None:
    leaving, staying = (each.plan for each in both)
    changed = {"groups", "inside", "needs", "amount"}
    for each in fields(Plan):
        one, other = getattr(leaving, each.name), getattr(staying, each.name)
        same = np.array_equal(one, other, equal_nan=True) if hasattr(one, "shape") else one == other
        assert same or each.name in changed, each.name
    assert staying.needs == ()
    assert (leaving.inside[0] == staying.inside[0]).all()


def test_plans_of_several_scenarios_cover_the_years_of_all(world: World) -> None:
    short = scenario(years="2026..2028")
    found = make_plans(world, [short, scenario(years="2027..2032")])
    assert {each.plan.years for each in found} == {tuple(range(2023, 2033))}


def test_the_exit_rule_gives_the_day(both: list[Planned]) -> None:
    [move] = both[0].moves
    # 180 days from 30 October 2026 (1 + 30 + 31 + 31 + 28 + 31 + 28) are 28 April 2027; one year.
    assert (move.country, move.day, move.year) == ("USA", date(2028, 4, 28), 2028)
    assert not both[1].moves


def test_pledges_of_one_value_are_one_threshold(both: list[Planned]) -> None:
    asked = both[0].thresholds
    assert asked.names == ("nato.wales-2014.share", "nato.hague-2025.core", "target.5")
    assert asked.places["nato.vilnius-2023.share"] == 0
    assert asked.places["nato.pay-or-no-protection"] == asked.places["target.2"] == 0
    assert (asked.find(3.5), asked.find(2.6)) == (1, None)
    # NATO rounds to two decimals: 3.495 counts as 3.50.
    assert asked.lowered == (1.995, 3.495, 4.995)


def test_spain_is_drawn_to_its_own_path(both: list[Planned]) -> None:
    found = both[0].plan
    at = found.years.index(2027)
    targets = dict(zip(found.countries, found.target[at].tolist(), strict=True))
    assert targets.pop("ESP") == 2.1
    assert set(targets.values()) == {3.5}
    # Up to 2025 the goal was that of Wales and Vilnius.
    assert set(found.target[found.years.index(2025)].tolist()) == {2.0}


def test_what_is_taken_for_granted_is_said(both: list[Planned]) -> None:
    texts = [each.text for each in both[0].assumptions]
    weight = f"{both[0].share_errors.weight:.0%}"
    assert any(weight in text and "leads to the pledge" in text for text in texts)
    assert any("After 2030" in text for text in texts)
    assert any("purchasing power parity" in text for text in texts)
    assert any("USA is out of nato on 2028-04-28" in text for text in texts)
    assert not any("out of nato" in each.text for each in both[1].assumptions)


def test_a_pull_that_is_set_is_said_to_be_so(world: World) -> None:
    found = make_plan(world, scenario({"do": "set", "id": "all", "what": "pull", "value": 1.0}))
    assert any("take 100%" in each.text and "change all" in each.text for each in found.assumptions)


def test_who_is_left_out_is_said(world: World) -> None:
    found = make_plan(world, read_scenario(None, "rearm-europe"))
    assert "change escape: no share of GDP is known of AUT" in found.notes
    assert found.plan.countries.count("AUT") == 0
    early = make_plan(world, read_scenario(None, "us-leaves-nato"), date(2025, 3, 14))
    assert any("iiss-2025 is left out: it was published on 2025-05-15" in n for n in early.notes)
    assert early.plan.needs == ("keep", "bruegel-kiel-2025")
    held_in_part = make_plan(world, scenario(years="2022..2030"), date(2022, 6, 27))
    assert any("is older than 2022" in note for note in held_in_part.notes)


def test_thin_errors_of_gdp_are_said_to_be_so(world: World, both: list[Planned]) -> None:
    # In 2019 the edition of 2015 alone could be held against what came, up to three years ahead.
    found = make_plan(world, read_scenario(None, "wales-kept"))
    assert found.notes == (
        "errors of GDP -1, 0, 1, 2, 3 years ahead rest on editions of 2015 alone",
    )
    assert both[0].notes == ()
    first = make_plan(world, scenario(years="2016..2018"), date(2016, 7, 4))
    assert "no error of a past forecast of GDP is known" in " ".join(first.notes)


def test_members_of_another_organisation_may_be_named(world: World) -> None:
    union = {"do": "spend", "who": "members", "organisation": "eu", "share": 5.0}
    found = make_plan(world, scenario(union, organisations=["nato", "eu"])).plan
    floors = dict(zip(found.countries, found.lower[-1].tolist(), strict=True))
    assert (floors["FRA"], floors["GBR"], floors["USA"]) == (5.0, 0.0, 0.0)


def test_organisations_without_a_pledge_and_exits_without_a_day_are_refused(world: World) -> None:
    with pytest.raises(UserError, match="un: no pledge to spend a share of GDP is held"):
        make_plan(world, read_scenario(None, "us-leaves-un"))
    asked = scenario(
        leave(organisation="un", decided=date(2026, 11, 1)), organisations=["nato", "un"]
    )
    with pytest.raises(UserError, match="no rule fixes the day on which USA is out of un"):
        make_plan(world, asked)


@pytest.mark.parametrize("day", [date(2019, 6, 25), date(2022, 6, 27), date(2025, 3, 14)])
def test_a_plan_knows_nothing_of_later_days(tmp_path: Path, world: World, day: date) -> None:
    asked = scenario(as_of=day, years=f"{day.year}..{day.year + 8}", targets=[2.0, 4.0])
    now, then = make_plan(world, asked).plan, make_plan(cut_off(tmp_path, day), asked).plan
    for each in fields(Plan):
        one, other = getattr(now, each.name), getattr(then, each.name)
        if hasattr(one, "shape"):
            assert np.array_equal(one, other, equal_nan=True), each.name
        else:
            assert one == other, each.name
