"""Whether money covers what a study asks: two states by hand, and what must hold of any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.whatif.debt.covers import NO_GDP, Asked, Money, covers, per_year, read_gdp, split
from burdenshare.whatif.debt.defence import Clause
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.studies import find_study

DAY = Day(2026, 10, 30)
YEARS = range(2028, 2030)
GDP = {"AUT": {2028: 300.0, 2029: 400.0}, "BEL": {2028: 100.0, 2029: 100.0}}
ON = Day(2025, 7, 8)


def money(**more: dict[int, float]) -> Money:
    """Return loans by state, and a clause of 1.5 (Austria) and 2.25 (Belgium) points in 2028."""
    caps = {"AUT": Clause(ON, "c", {2028: 1.5}), "BEL": Clause(ON, "c", {2028: 2.25})}
    return Money(more, caps, frozenset(GDP))


def test_two_states_by_hand() -> None:
    # 8 a year: 2 % of 400, then 1.6 % of 500. Austria has 6 and 6.4 to find; its loan of 5 is more
    # than its room of 1.5 % of 300. Belgium has 2 and 1.6 to find: room of 2.25, then a loan of 2.
    found = covers(
        split(8.0, GDP, YEARS, lambda code, year: GDP[code][year]),
        money(AUT={2028: 5.0}, BEL={2029: 2.0}),
    )
    austria, belgium = found["rows"]
    assert austria["asked_points"] == belgium["asked_points"] == {"2028": 2.0, "2029": 1.6}
    assert austria["asked_eur"] == pytest.approx({"2028": 6.0, "2029": 6.4})
    assert austria["room_eur"] == pytest.approx({"2028": 4.5, "2029": 0.0})
    assert austria["loans_eur"] == {"2028": 5.0, "2029": 0.0}
    assert austria["missing_eur"] == pytest.approx({"2028": 1.0, "2029": 6.4})
    assert (austria["covered"], austria["first_missing"]) == (False, 2028)
    assert belgium["missing_eur"] == {"2028": 0.0, "2029": 0.0}
    assert (belgium["covered"], belgium["first_missing"]) == (True, None)
    assert (found["covered"], found["not_covered"]) == (["BEL"], ["AUT"])
    assert found["money"] == pytest.approx({"loans_eur": 7.0, "room_eur": 6.75})
    assert (found["first"], found["last"], found["per_year_eur"]) == (2028, 2029, 8.0)


@pytest.mark.parametrize(
    ("loan", "says"),
    [
        ({}, "its room is less than what is asked in 2028; no SAFE loan"),
        ({2028: 7.0}, "its room ends in 2028; its loan ends in 2028"),
        (
            {2028: 7.0, 2029: 1.0},
            "its room ends in 2028; its loan is less than what is asked in 2029",
        ),
    ],
)
def test_why_it_is_not_covered(loan: dict[int, float], says: str) -> None:
    asked = Asked(8.0, YEARS, GDP)
    assert covers(asked, money(AUT=loan))["rows"][0]["reason"] == says
    outside = covers(asked, Money({}, {}, frozenset({"BEL"})))["rows"]
    assert [row["reason"] for row in outside] == [
        "no member of the European Union: neither escape clause nor SAFE loan",
        "the escape clause is not active; no SAFE loan",
    ]


def test_a_state_without_gdp_has_no_part() -> None:
    found = covers(
        split(8.0, ["AUT", "QQQ"], YEARS, lambda code, year: GDP.get(code, {}).get(year, math.nan)),
        money(),
    )
    assert [row["country"] for row in found["rows"]] == ["AUT"]
    assert found["rows"][0]["asked_eur"] == pytest.approx({"2028": 8.0, "2029": 8.0})
    assert found["gaps"] == [{"country": "QQQ", "reason": NO_GDP}]


AMOUNTS = st.floats(0, 1e12)
STATES = st.dictionaries(
    st.sampled_from(["AUT", "BEL", "CYP", "DEU"]),
    st.tuples(st.floats(1e9, 1e13), AMOUNTS, st.floats(0, 2)),
    min_size=1,
)


@given(st.floats(1.0, 1e12), STATES)
def test_what_holds_of_any_states(
    amount: float, states: dict[str, tuple[float, float, float]]
) -> None:
    asked = Asked(
        amount, YEARS, {c: dict.fromkeys(YEARS, gdp) for c, (gdp, _, _) in states.items()}
    )
    loans = {code: {2028: loan} for code, (_, loan, _) in states.items()}
    caps = {code: Clause(ON, "c", {2029: cap}) for code, (_, _, cap) in states.items()}
    found = covers(asked, Money(loans, caps, frozenset(states)))
    for year in map(str, YEARS):
        assert sum(row["asked_eur"][year] for row in found["rows"]) == pytest.approx(amount)
        for row in found["rows"]:
            given_ = max(row["loans_eur"][year], row["room_eur"][year])
            used = min(row["asked_eur"][year], given_)
            assert row["missing_eur"][year] + used == pytest.approx(row["asked_eur"][year])
    for row in found["rows"]:
        assert row["covered"] == (max(row["missing_eur"].values()) == 0)
    assert sorted(found["covered"] + found["not_covered"]) == sorted(states)


def test_gdp_is_that_of_the_outlook(world: World) -> None:
    # Outlook: GDP in dollars, at the dollars that Germany's GDP in euros is worth.
    gdp = read_gdp(world, DAY, 2032)
    for year in (2026, 2030):
        names = (("NGDPD", "POL"), ("NGDP", "DEU"), ("NGDPD", "DEU"))
        facts = [world.fact(series, code, year, DAY) for series, code in names]
        dollars, euros, same = (each.value for each in facts if isinstance(each, Fact))
        assert gdp.of("POL", year) == pytest.approx(dollars * euros / same * 1e9)
        assert gdp.euros_per_dollar(year) == pytest.approx(euros / same)
    # Beyond it growth and prices go on, so that euros grow by the same factor.
    steps = [gdp.of("DEU", year) / gdp.of("DEU", year - 1) for year in (2030, 2031, 2032)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert math.isnan(gdp.of("QQQ", 2030))


def test_dollars_are_euros_of_the_year_of_the_study(world: World) -> None:
    # Germany, 2025: the outlook's GDP in euros over that in dollars. 1,000 over 25 years are 40.
    gdp = read_gdp(world, DAY, 2030)
    facts = [world.fact(series, "DEU", 2025, DAY) for series in ("NGDP", "NGDPD")]
    euros, dollars = (each.value for each in facts if isinstance(each, Fact))
    assert per_year(find_study("iiss-2025"), gdp) == pytest.approx(40e9 * euros / dollars)
    assert per_year(find_study("bruegel-kiel-2025"), gdp) == 250e9
