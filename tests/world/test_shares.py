"""Shares of budgets: published and computed, without members, and what may not be asked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.world.load import World
from burdenshare.world.shares import Engine, members_of, shares_answer, shares_rows
from burdenshare.world.shares_published import choose_period

WORLD = World(Path("no-such-folder"))
WAYS = ["rerun", "pro-rata", "shrink"]
ASKED = choose_period(WORLD, WORLD.budgets["un.regular"], "2025-2027", WORLD.latest)
ENGINE = Engine(WORLD, ASKED, {})
MEMBERS = members_of(WORLD, ASKED)
LEAST = set(ENGINE.prepared.values["least_developed"])


def by_way(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["reallocation"]: each for each in answer["reallocations"]}


def shares_of(way: dict[str, Any]) -> dict[str, float]:
    return {row["country"]: row["share"] for row in way["rows"]}


# --- one leaver: 20.004 / 0.78 and so on, by hand from the published rates ---


def test_pro_rata_without_the_united_states_breaks_the_ceiling() -> None:
    way = by_way(shares_answer(WORLD, "un.regular", "2025-2027", without=["USA"], reallocate=WAYS))
    spread = way["pro-rata"]
    found = {c: round(s, 3) for c, s in shares_of(spread).items()}
    assert {c: found[c] for c in ("CHN", "JPN", "DEU", "GBR", "FRA")} == {
        "CHN": 25.646,
        "JPN": 8.885,
        "DEU": 7.297,
        "GBR": 5.117,
        "FRA": 4.946,
    }
    broken = {each["country"]: each["text"] for each in spread["breaks"]}
    assert broken["CHN"] == "above the ceiling of 22, para. 7 (h)"
    assert broken["BGD"] == "above the ceiling of 0.01, para. 7 (g)"
    assert "JPN" not in broken


def test_a_rerun_without_the_united_states_keeps_every_limit() -> None:
    answer = shares_answer(WORLD, "un.regular", "2025-2027", without=["USA"])
    rerun = by_way(answer)["rerun"]
    assert len(rerun["rows"]) == 192
    assert rerun["breaks"] == []
    assert rerun["rows"][0]["country"] == "CHN"
    assert rerun["rows"][0]["share"] == 22
    assert sum(shares_of(rerun).values()) == pytest.approx(100, abs=1e-9)


def test_a_smaller_budget_costs_nobody_more() -> None:
    answer = shares_answer(WORLD, "un.regular", "2025", without=["USA"], reallocate=["shrink"])
    shrunk = by_way(answer)["shrink"]
    assert answer["money"]["amount"] == 3_717_379_600
    assert shrunk["money"] == pytest.approx(0.78 * 3_717_379_600)
    for row in shrunk["rows"]:
        assert row["money"] == pytest.approx(row["money_before"], abs=0.02)
    assert shrunk["breaks"] == []
    assert "UNESCO in 1985" in shrunk["precedents"][0]["text"]
    assert "398,468,000" in shrunk["precedents"][0]["text"]


def test_pro_rata_costs_the_others_the_whole_budget() -> None:
    answer = shares_answer(WORLD, "un.regular", "2025", without=["USA"], reallocate=["pro-rata"])
    spread = by_way(answer)["pro-rata"]
    china = spread["rows"][0]
    assert china["money_before"] == pytest.approx(0.20004 * 3_717_379_600, abs=0.01)
    assert china["money"] == pytest.approx(0.20004 / 0.78 * 3_717_379_600, abs=1)
    assert sum(row["money"] for row in spread["rows"]) == pytest.approx(3_717_379_600, abs=2)


def test_the_rows_for_a_table_name_the_way() -> None:
    answer = shares_answer(WORLD, "un.regular", without=["USA"], reallocate=WAYS)
    rows = shares_rows(answer)
    assert [row["reallocation"] for row in rows[::192]] == WAYS
    assert shares_rows(shares_answer(WORLD, "un.regular"))[0]["country"] == "USA"


def test_the_discounts_of_peacekeeping_need_a_permanent_member() -> None:
    five = ["CHN", "FRA", "GBR", "RUS", "USA"]
    way = by_way(shares_answer(WORLD, "un.peacekeeping", without=five, reallocate=WAYS))
    assert way["rerun"]["rows"] == []
    assert way["rerun"]["reason"] == "the rule gives no shares without these members"
    assert sum(shares_of(way["pro-rata"]).values()) == pytest.approx(100)


def test_peacekeeping_without_the_united_states_is_carried_by_four() -> None:
    way = by_way(shares_answer(WORLD, "un.peacekeeping", without=["USA"]))["rerun"]
    assert sum(shares_of(way).values()) == pytest.approx(100)
    assert shares_of(way)["CHN"] > 22


# --- any set of leavers ---


@given(st.sets(st.sampled_from(MEMBERS), min_size=1, max_size=192))
@settings(max_examples=20)
def test_shares_add_to_100_whoever_leaves(leavers: set[str]) -> None:
    answer = shares_answer(
        WORLD, "un.regular", "2025-2027", without=sorted(leavers), reallocate=WAYS
    )
    for each in answer["reallocations"]:
        assert sum(shares_of(each).values()) == pytest.approx(100, abs=1e-6)
        assert not set(shares_of(each)) & leavers
        assert len(each["rows"]) == 193 - len(leavers)


@given(st.sets(st.sampled_from(MEMBERS), max_size=188))
@settings(max_examples=60)
def test_nobody_is_below_the_floor_or_above_a_ceiling_after_a_rerun(leavers: set[str]) -> None:
    stay = [country for country in MEMBERS if country not in leavers]
    tops = {country: 0.01 if country in LEAST else 22 for country in stay}
    if sum(tops.values()) < 100:
        return  # too few are left to pay for everything below the ceilings
    rates = ENGINE.run(MEMBERS, frozenset(leavers)).rates
    assert set(rates) == set(stay)
    for country, rate in rates.items():
        assert 0.001 - 1e-9 <= rate <= tops[country] + 1e-9, (country, rate)


def test_a_ceiling_that_cannot_hold_is_named() -> None:
    leavers = [country for country in MEMBERS if country not in ("DEU", "JPN", "TUV")]
    way = by_way(shares_answer(WORLD, "un.regular", without=leavers))["rerun"]
    assert sum(shares_of(way).values()) == pytest.approx(100)
    assert {each["country"] for each in way["breaks"]} == {"DEU", "JPN"}


# --- other budgets ---


def test_nato_has_published_shares_and_estimates() -> None:
    answer = shares_answer(WORLD, "nato.common", "2021")
    rows = {row["country"]: row for row in answer["rows"]}
    assert answer["status"] == "estimate"
    assert len(rows) == answer["members"] == 30
    assert rows["USA"]["published"] == rows["DEU"]["published"] == 16.35
    assert rows["USA"]["computed"] == rows["DEU"]["computed"] == 16.35
    assert rows["FRA"]["published"] is None
    assert {gap["country"] for gap in answer["gaps"]} == set(rows) - {"USA", "DEU"}
    assert sum(row["computed"] for row in rows.values()) == pytest.approx(100, abs=0.1)
    # 258.9 + 1,610 + 710, agreed on 16 December 2020
    assert answer["money"] == {**answer["money"], "amount": 2578.9, "unit": "EUR million"}


def test_the_estimate_is_held_against_the_shares_that_are_known() -> None:
    rows = {r["country"]: r for r in shares_answer(WORLD, "nato.common", "2018")["rows"]}
    assert rows["FRA"]["published"] == 10.5
    assert rows["BEL"]["published"] == 1.95
    assert 0 < rows["FRA"]["difference"] < 0.9
    assert 0 < rows["BEL"]["difference"] < 0.9


def test_revenue_by_donor_has_no_rule() -> None:
    answer = shares_answer(WORLD, "un.system", "2022", without=["USA"], reallocate=WAYS)
    assert answer["rows"][0]["country"] == "USA"
    # The sum over all entities and kinds of the donor table for 2022.
    assert answer["rows"][0]["amount"] == 17_973_132_070
    assert answer["rows"][0]["published"] == pytest.approx(34.647, abs=0.0005)
    assert answer["rows"][0]["computed"] is None
    way = by_way(answer)
    assert "no rule" in way["rerun"]["reason"]
    assert sum(shares_of(way["pro-rata"]).values()) == pytest.approx(100)


def test_the_food_programme_by_donor() -> None:
    answer = shares_answer(WORLD, "wfp.funding", "2022")
    assert answer["rows"][0]["country"] == "USA"
    assert "voluntary" in answer["not_computed"]
    assert all("no contribution is recorded" in gap["reason"] for gap in answer["gaps"])


# --- scales before 2004 ---


def test_an_old_scale_is_published_and_not_computed() -> None:
    answer = shares_answer(WORLD, "un.regular", "1974-1976")
    rows = {row["country"]: row["published"] for row in answer["rows"]}
    assert (rows["SUN"], rows["USA"]) == (12.97, 25)
    assert answer["status"] == "published"
    assert answer["not_computed"] == "the inputs of the rules are not held for this period"


def test_an_old_scale_can_be_spread() -> None:
    answer = shares_answer(WORLD, "un.regular", "1946", without=["USA"], reallocate=WAYS)
    way = by_way(answer)
    assert way["rerun"]["reason"]
    # The rates of 1946 add to 102.10; without 39.89 the United Kingdom's 11.98 are of 62.21.
    assert shares_of(way["pro-rata"])["GBR"] == pytest.approx(100 * 11.98 / 62.21, abs=0.001)
    assert sum(shares_of(way["pro-rata"]).values()) == pytest.approx(100)


def test_the_newest_period_is_that_of_the_day() -> None:
    assert shares_answer(WORLD, "un.regular")["period"] == "2025-2027"
    assert shares_answer(WORLD, "un.regular", as_of=date(2024, 6, 1))["period"] == "2022-2024"
    assert shares_answer(WORLD, "un.regular", as_of=date(2010, 6, 1))["period"] == "2010"
    assert shares_answer(WORLD, "un.regular", "2026")["money"]["year"] == 2026


# --- what may not be asked ---


@pytest.mark.parametrize(
    ("budget", "options", "message"),
    [
        ("un.reglar", {}, "did you mean 'un.regular'"),
        ("un.regular", {"period": "soon"}, "period 'soon' is unknown"),
        ("un.regular", {"period": "2027-2025"}, "write the earlier year first"),
        ("un.regular", {"period": "20255"}, "is unknown"),
        ("un.regular", {"without": ["XKX"]}, "Kosovo is not a member of United Nations"),
        ("un.regular", {"without": ["Atlantis"]}, "country 'Atlantis' is unknown"),
        ("un.regular", {"without": MEMBERS}, "all 193 members .* nobody is left to pay"),
        ("un.regular", {"reallocate": ["shrnk"]}, "did you mean 'shrink'"),
        ("un.regular", {"assume": {"china": "x"}}, "assumption 'china' is unknown"),
        ("un.regular", {"assume": {"china-debt": "x"}}, "write one of adjusted, none"),
        ("un.peacekeeping", {"assume": {"colour": "x"}}, "assumption 'colour' is unknown"),
        ("nato.common", {"without": ["AUT"]}, "Austria is not a member of NATO"),
        ("nato.common", {"period": "2021", "without": ["FIN"]}, "Finland is not a member of NATO"),
    ],
)
def test_refused(budget: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message) as error:
        shares_answer(WORLD, budget, **options)
    assert len(str(error.value).splitlines()) <= 3


def test_assumptions_reach_the_budget_behind_another() -> None:
    answer = shares_answer(
        WORLD, "un.peacekeeping", without=["USA"], assume={"china-territory": "hong-kong-macao"}
    )
    other = shares_answer(WORLD, "un.peacekeeping", without=["USA"])
    assert shares_of(by_way(answer)["rerun"]) != shares_of(by_way(other)["rerun"])


def test_a_future_period_is_a_gap_with_a_reason() -> None:
    answer = shares_answer(WORLD, "un.regular", "2031")
    assert answer["rows"] == []
    assert len(answer["gaps"]) == 193
    assert answer["gaps"][0]["reason"].startswith("no release published on or before")
