"""One sentence for each kind of question, from figures given by hand."""

from typing import Any

import pytest

from burdenshare.whatif.headline import headline
from burdenshare.whatif.scenarios import Scenario, parse_scenario
from burdenshare.world.load import World

SHARE, CONSTANT = "Defence Expenditure|Share of GDP", "Defence Expenditure|Constant Prices"
EXIT = {"id": "exit", "do": "leave", "who": ["USA"], "organisation": "nato", "on": "2028-04-28"}
PARTS = "rows meets counts needed bills funding borrowing room protection moves members uncertainty"


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def scenario(*changes: dict[str, Any]) -> Scenario:
    from burdenshare.world.dates import Day

    given = [{"citation": "made up", **change} for change in changes]
    for change in given:
        if isinstance(change.get("on"), str):
            change["on"] = Day.fromisoformat(change["on"])
    return parse_scenario(
        {
            "id": "made-up",
            "title": "Something happens",
            "question": "What if?",
            "organisations": ["nato", "un", "wfp"],
            "years": "2026..2035",
            "change": given,
        },
        "made up",
    )


def answer(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {name: [] for name in PARTS.split()}
    members = [{"country": "DEU"}, {"country": "USA"}]
    return {**empty, "measure": {"price_year": 2026}, "members": members, **parts}


def row(name: str, region: str, middle: float, **more: Any) -> dict[str, Any]:
    spread = {"mean": middle, "p5": middle - 1, "p50": middle, "p95": middle + 1}
    place = {"scenario": "made-up", "region": region, "variable": name, "year": 2035}
    return place | spread | more


def bill(budget: str, title: str, way: str = "pro-rata", lost: float = 20.0) -> dict[str, Any]:
    return {
        "budget": budget,
        "title": title,
        "period": "2026",
        "reallocation": way,
        "rows": [
            {"country": "USA", "before": lost, "after": 0.0, "before_usd": lost * 10e6},
            {"country": "DEU", "before": 100 - lost, "after": 100.0, "before_usd": 1e9},
        ],
    }


def move(organisation: str) -> dict[str, Any]:
    return {"country": "USA", "organisation": organisation, "joins": False}


KEEP = {"id": "keep", "year": 2035, "p5": 6.0, "p50": 7.0, "p95": 9.0}
LEFT = {"needed": [KEEP], "rows": [row(SHARE, "NATO", 2.5)], "moves": [move("nato")]}


def test_leaving_says_what_the_others_would_have_to_spend(world: World) -> None:
    assert headline(world, scenario(EXIT), answer(**LEFT)) == (
        "If the United States leaves NATO, the other members of NATO would have to spend 7.0 % of "
        "their GDP in 2035 to replace all that the United States spends (90 % range 6.0 to 9.0), "
        "against 2.5 % otherwise."
    )


# A fifth goes over to four fifths: a quarter more. USD 200 million are 20 % of 1,000 million.
def test_leaving_two_organisations_adds_the_dues_of_the_other(world: World) -> None:
    exits = (EXIT, {**EXIT, "id": "out", "organisation": "un"})
    bills = [bill("un.regular", "UN regular budget"), bill("nato.common", "NATO common funding")]
    found = headline(
        world,
        scenario(*exits),
        answer(**LEFT | {"bills": bills, "moves": [move("nato"), move("un")]}),
    )
    assert found.startswith("If the United States leaves NATO and the United Nations, the other")
    assert found.endswith(
        "; in proportion, others would pay 25.0 % more to the UN regular budget of 2026 "
        "(USD 200 million a year)."
    )


def test_leaving_where_no_spending_is_told_says_what_the_others_pay(world: World) -> None:
    bills = [bill("un.regular", "UN regular budget", way) for way in ("pro-rata", "shrink")]
    found = headline(
        world,
        scenario({**EXIT, "organisation": "un"}),
        answer(bills=bills, moves=[move("un")]),
    )
    assert found == (
        "If the United States leaves the United Nations and the others take over that share in "
        "proportion, they pay 25.0 % more to the UN regular budget of 2026 (USD 200 million a "
        "year); if the budget shrinks instead, nothing more."
    )


def test_stopping_says_what_is_lost(world: World) -> None:
    change = {"id": "stop", "do": "stop", "who": ["USA"], "organisation": "wfp"}
    funding = {
        "change": "stop",
        "organisation": "wfp",
        "year": 2024,
        "lost_usd": 300e6,
        "lost_share": 75.0,
        "others_raise_percent": 300.0,
    }
    said = "If the United States stops paying, the World Food Programme loses USD 300 million a "
    assert headline(world, scenario(change), answer(funding=[funding])) == (
        said + "year, 75.0 % of what governments gave in 2024; the others would have to give "
        "300.0 % more."
    )
    alone = {**funding, "others_raise_percent": None}
    assert headline(world, scenario(change), answer(funding=[alone])).endswith(
        "and no other government is left to add to it."
    )


def test_a_condition_says_how_many_are_protected(world: World) -> None:
    change = {
        "id": "if",
        "do": "condition",
        "organisation": "nato",
        "reading": "pay-or-no-protection",
        "threshold": 2.0,
    }
    entry = {
        "reading": "pay-or-no-protection",
        "year": 2035,
        "parameters": {"threshold": 2.0},
        "rows": [
            {"country": "POL", "probability": 1.0},
            {"country": "ESP", "probability": 0.25},
            {"country": "ISL", "probability": None},
        ],
    }
    assert headline(world, scenario(change), answer(protection=[entry])) == (
        "If only those that spend at least 2 % of GDP are protected, that is 1 of 3 members in "
        "2035; the least likely is Spain, at 25 %; open: Iceland."
    )
    counted = {"pledge": "x", "year": 2035, "scenario": "made-up", "p5": 1, "p50": 2, "p95": 2}
    meets = {"pledge": "x", "target": 2.0}
    found = answer(protection=[entry], counts=[counted], meets=[meets])
    assert "2 of 3 members in 2035 (90 % range 1 to 2)" in headline(world, scenario(change), found)


def test_borrowing_says_loans_and_room(world: World) -> None:
    change = {"id": "loans", "do": "borrow", "programme": "eu-safe", "from": 2026, "to": 2030}
    rooms = [
        {"title": "states for which it is active", "total_eur": 300e9, "rows": [1]},
        {"title": "states for which it is active, rising", "total_eur": 200e9, "rows": [1]},
        {"title": "announced", "total_eur": 650e9, "rows": []},
    ]
    loans = {"total_eur": 150e9, "rows": [{"country": "POL"}, {"country": "FRA"}]}
    found = answer(borrowing=[loans], room=rooms)
    assert headline(world, scenario(change), found) == (
        "Loans of EUR 150 billion go to 2 states, and those that use the escape clause have room "
        "for EUR 200 to 300 billion (announced: 650 billion)."
    )
    spent = [
        row(SHARE, "Europe and Canada", 3.0),
        row(SHARE, "Europe and Canada", 2.0, scenario="nothing-changes"),
    ]
    found |= {"rows": spent, "uncertainty": [{"year": 2035}]}
    assert headline(world, scenario(change), found).endswith(
        "; used in full, Europe and Canada spend 3.0 % of GDP in 2035 (90 % range 2.0 to 4.0), "
        "against 2.0 % otherwise."
    )


def test_spending_says_how_much_more_it_is(world: World) -> None:
    change = {"id": "spend", "do": "spend", "who": "members", "share": 3.5, "by": 2035}
    rows = [
        row(SHARE, "NATO", 3.0),
        row(CONSTANT, "NATO", 30_000.0, p5=20_000.0, p95=40_000.0),
        row(CONSTANT, "NATO", 25_000.0, scenario="nothing-changes"),
    ]
    found = answer(rows=rows, uncertainty=[{"year": 2035}])
    assert headline(world, scenario(change), found) == (
        "Something happens: in 2035 the members of NATO spend 3.0 % of GDP (90 % range 2.0 to "
        "4.0), USD 30 billion in prices of 2026 (90 % range 20 to 40 billion), on average USD 5.0 "
        "billion more than if nothing changes."
    )


def test_nothing_that_follows_is_said_too(world: World) -> None:
    assert headline(world, scenario(), answer()) == (
        "Something happens: no figure follows from it."
    )
