"""Who is protected, with what probability: NATO's own readings, and chances given by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.protection import Member, guaranteed, protection, readings
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Membership

DAY = Day(2026, 10, 30)
LIKELY = {"POL": 1.0, "DEU": 0.7, "ESP": 0.2}


def of(country: str, forces: bool = True) -> Membership:
    return Membership(country, Day(1949, 8, 24), None, False, forces, "", "")


def moving(country: str, day: Day, joins: bool = False) -> Move:
    return Move("it", "nato", country, day, joins)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def ask(world: World) -> Callable[..., dict[str, Any]]:
    """Return who is protected by a reading in 2030, by country."""

    def answer(reading: str, *members: Member, **asked: float) -> dict[str, Any]:
        found = readings(world, "nato", DAY, {reading: asked.get("threshold")})
        [chosen] = [each for each in found if each.rule.id == reading.replace("-", "_")]
        [entry] = protection(chosen, members, [2030], lambda country, _: LIKELY.get(country))
        return {row["country"]: row for row in entry["rows"]}

    return answer


def test_a_reading_with_a_threshold_follows_the_draws(ask: Callable[..., Any]) -> None:
    rows = ask("pay-or-no-protection", *(Member(of(code)) for code in ("POL", "DEU", "ESP")))
    assert [(r["group"], r["probability"]) for r in rows.values()] == [
        ("protected", 1.0),
        ("protected", 0.7),
        ("unprotected", 0.2),
    ]
    assert rows["ESP"]["reason"] == "at or above 2 % of GDP in 20 % of the draws"


def test_the_treaty_asks_for_no_share(ask: Callable[..., Any]) -> None:
    rows = ask("treaty", Member(of("ESP")), Member(of("ISL", forces=False)))
    assert [(r["group"], r["probability"]) for r in rows.values()] == [("protected", 1.0)] * 2
    assert "whatever it spends" in rows["ESP"]["reason"]


def test_a_member_without_forces_is_open(ask: Callable[..., Any]) -> None:
    row = ask("pay-or-no-protection", Member(of("ISL", forces=False)))["ISL"]
    assert (row["group"], row["probability"]) == ("open", None)
    assert row["reason"] == (
        "no armed forces: open is what is asked of a member without armed forces"
    )


def test_a_member_without_figures_is_open(ask: Callable[..., Any]) -> None:
    row = ask("tiers", Member(of("GBR")))["GBR"]
    assert (row["group"], row["probability"]) == ("open", None)
    assert row["reason"] == "no figure: open is whether it reaches the share"


def test_a_leaver_is_unprotected_by_any_reading(ask: Callable[..., Any]) -> None:
    for reading in ("treaty", "tiers", "pay-or-no-protection"):
        row = ask(reading, Member(of("POL"), goes=moving("POL", Day(2027, 1, 20))))["POL"]
        assert (row["group"], row["probability"]) == ("unprotected", 0.0)
        assert row["reason"] == "no member from 2027-01-20 on"


def test_a_joiner_counts_from_its_year(world: World) -> None:
    [treaty] = [e for e in readings(world, "nato", DAY, {}) if e.rule.id == "treaty"]
    joiner = Member(of("AUT"), comes=moving("AUT", Day(2028, 6, 1), joins=True))
    found = protection(treaty, [joiner], [2027, 2028], lambda *_: None)
    assert [each["rows"][0]["probability"] for each in found] == [0.0, 1.0]
    late = Member(of("AUT"), comes=moving("AUT", Day(2028, 7, 1), joins=True))
    found = protection(treaty, [late], [2028, 2029], lambda *_: None)
    assert [each["rows"][0]["probability"] for each in found] == [0.0, 1.0]


def test_the_threshold_asked_for_is_the_one_shown(world: World) -> None:
    found = readings(world, "nato", DAY, {"pay-or-no-protection": 3.5})
    [paying] = [each for each in found if each.rule.id == "pay_or_no_protection"]
    [entry] = protection(paying, [Member(of("DEU"))], [2031], lambda *_: 0.996)
    assert (entry["reading"], entry["year"]) == ("pay-or-no-protection", 2031)
    assert (entry["parameters"]["threshold"], entry["parameters"]["year"]) == (3.5, 2031)
    assert entry["rows"][0]["reason"] == "at or above 3.5 % of GDP in more than 99 % of the draws"


def test_readings_of_a_day_are_those_that_were_known(world: World) -> None:
    early = readings(world, "nato", Day(2024, 3, 1), {})
    assert [each.rule.id for each in early] == ["treaty", "tiers"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"pay-or-no-protecton": None}, "did you mean .pay-or-no-protection"),
        ({"treaty": 2.0}, "reading treaty has no threshold"),
        ({"pay-or-no-protection": 200.0}, "write a number from 0 to 100"),
    ],
)
def test_what_may_not_be_asked(world: World, asked: dict[str, float | None], words: str) -> None:
    with pytest.raises(UserError, match=words):
        readings(world, "nato", DAY, asked)


def test_only_some_organisations_guarantee(world: World) -> None:
    assert (guaranteed(world, "nato"), guaranteed(world, "wfp")) == (True, False)
