"""The answer of a run: its blocks, its identities, and that it can be repeated."""

import json
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.answer import Answer, run_answer
from burdenshare.whatif.flat import COLUMNS
from burdenshare.world.dates import Day
from burdenshare.world.load import World

BLOCKS = """schema version world as_of scenario settings switches changes headline measure members
rows meets counts shortfalls needed reach bills funding borrowing room debt protection uncertainty
assumptions sources gaps notes""".split()
SHARE, CONSTANT = "Defence Expenditure|Share of GDP", "Defence Expenditure|Constant Prices"
EVERY = ("exit", "funding")
DAY = Day(2026, 10, 30)
DRAWS = 300


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def leaving(world: World) -> Answer:
    return run_answer(world, "us-leaves-nato", draws=DRAWS, as_of=DAY)


def rows(answer: Answer, **wanted: Any) -> list[dict[str, Any]]:
    found = [row for row in answer.json["rows"] if wanted.items() <= row.items()]
    assert found
    return found


def test_no_block_is_left_out_and_json_can_hold_it(leaving: Answer) -> None:
    assert set(BLOCKS) <= set(leaving.json)
    again = json.loads(json.dumps(leaving.json, allow_nan=False))
    assert again == leaving.json


def test_the_same_run_gives_the_same_bytes(world: World, leaving: Answer) -> None:
    again = run_answer(world, "us-leaves-nato", draws=DRAWS, as_of=DAY)
    assert json.dumps(again.json) == json.dumps(leaving.json)
    other = run_answer(world, "us-leaves-nato", draws=DRAWS, as_of=DAY, seed=7)
    assert other.json["scenario"]["hash"] != leaving.json["scenario"]["hash"]
    assert other.json["rows"] != leaving.json["rows"]


# 180 days from 2026-10-30 are 2027-04-28 (22 USC 1928f); Art. 13 adds a year.
def test_the_day_of_leaving_comes_from_the_rules(leaving: Answer) -> None:
    change, funding = leaving.json["changes"]
    assert (change["id"], funding["id"]) == EVERY
    assert (change["on"], funding["on"]) == ("2028-04-28", None)
    assert change["text"] == (
        "The United States leaves NATO: decided on 2026-10-30, out on 2028-04-28."
    )
    [usa] = [each for each in leaving.json["members"] if each["country"] == "USA"]
    assert (usa["leaves"], usa["joins"]) == ("2028-04-28", None)


def test_a_total_is_the_sum_of_its_members(leaving: Answer) -> None:
    members = {m["country"] for m in leaving.json["members"]}
    for year in (2027, 2028):
        own = rows(leaving, scenario="us-leaves-nato", variable=CONSTANT, year=year)
        by_region = {row["region"]: row["mean"] for row in own}
        everybody = sum(mean for region, mean in by_region.items() if region in members)
        assert by_region["NATO with USA"] == pytest.approx(everybody)
        out = by_region["USA"] if year == 2028 else 0.0
        assert by_region["NATO"] == pytest.approx(everybody - out)
        assert by_region["Europe and Canada"] == pytest.approx(everybody - by_region["USA"])


def test_who_leaves_goes_on_spending_what_it_would_have(leaving: Answer) -> None:
    for variable in (SHARE, CONSTANT):
        for region in ("USA", "DEU"):
            own, before = (
                [
                    {k: v for k, v in row.items() if k != "scenario"}
                    for row in rows(leaving, scenario=name, region=region, variable=variable)
                ]
                for name in ("us-leaves-nato", "nothing-changes")
            )
            assert own == before


def test_what_must_be_found_is_what_left(leaving: Answer) -> None:
    keep = [row for row in leaving.json["needed"] if row["id"] == "keep"]
    assert [row["year"] for row in keep] == list(range(2028, 2036))
    for need in keep:
        [usa] = rows(
            leaving,
            scenario="us-leaves-nato",
            region="USA",
            variable=CONSTANT,
            year=need["year"],
        )
        assert need["amount_usd_million"] == pytest.approx(usa["mean"])
    studies = {row["id"] for row in leaving.json["needed"]} - {"keep"}
    assert studies == {"bruegel-kiel-2025", "iiss-2025"}
    assert all(row["citation"] and row["title"] for row in leaving.json["needed"])


def test_years_before_the_scenario_are_left_out(leaving: Answer) -> None:
    assert {row["year"] for row in leaving.json["rows"]} == set(range(2026, 2036))
    assert {row["year"] for row in leaving.json["protection"]} == set(range(2026, 2036))


def test_members_that_reach_a_pledge_are_those_counted(leaving: Answer) -> None:
    """The mean of the count is the sum of the probabilities of those who are in."""
    chances: dict[tuple[str, int, str], float] = {}
    for row in leaving.json["meets"]:
        if row["scenario"] == "us-leaves-nato" and not (
            row["country"] == "USA" and row["year"] >= 2028
        ):
            key = (row["pledge"], row["year"], row["scenario"])
            chances[key] = chances.get(key, 0.0) + row["probability"]
    counted = {
        (row["pledge"], row["year"], row["scenario"]): row["mean"]
        for row in leaving.json["counts"]
        if row["scenario"] == "us-leaves-nato"
    }
    assert counted == pytest.approx(chances)
    members = {row["year"]: row["members"] for row in leaving.json["counts"][:10]}
    assert (members[2027], members[2028]) == (31, 30)


def test_protection_of_a_leaver_ends(leaving: Answer) -> None:
    found = {
        (each["reading"], each["year"], row["country"]): row
        for each in leaving.json["protection"]
        for row in each["rows"]
    }
    assert found["treaty", 2027, "USA"]["probability"] == 1
    assert found["treaty", 2028, "USA"]["probability"] == 0
    assert found["treaty", 2028, "DEU"]["probability"] == 1
    assert found["pay-or-no-protection", 2030, "ISL"]["group"] == "open"
    poland = found["pay-or-no-protection", 2030, "POL"]
    [meets] = [
        row["probability"]
        for row in leaving.json["meets"]
        if (row["scenario"], row["country"], row["year"]) == ("us-leaves-nato", "POL", 2030)
        and row["pledge"] == "nato.vilnius-2023.share"
    ]
    assert poland["probability"] == meets


def test_bills_add_up(leaving: Answer) -> None:
    assert [each["reallocation"] for each in leaving.json["bills"]] == [
        "rerun",
        "pro-rata",
        "shrink",
    ]
    for each in leaving.json["bills"]:
        assert sum(row["after"] for row in each["rows"]) == pytest.approx(100)
        assert sum(row["after_usd"] for row in each["rows"]) == pytest.approx(each["total_usd"])


def test_the_headline_is_told_with_its_uncertainty(leaving: Answer) -> None:
    first = leaving.json["uncertainty"][0]
    last = [row for row in leaving.json["needed"] if row["id"] == "keep"][-1]
    assert {name: last[name] for name in ("p5", "p50", "p95")} == first["both"]
    assert f"{last['p50']:.1f} %" in leaving.json["headline"]
    widths = {
        kind: first[kind]["p95"] - first[kind]["p5"]
        for kind in ("data_revision", "forecast_error", "both")
    }
    assert 0 < widths["data_revision"] < widths["both"]
    assert widths["forecast_error"] > 0
    assert [each["text"] for each in first["assumptions"]] == [
        "if pledges moved nobody",
        "if members took the whole step to the pledge each year",
    ]


def test_figures_say_where_they_come_from(leaving: Answer) -> None:
    assert all(each["citation"] for each in leaving.json["assumptions"])
    assert all(len(each["hash"]) == 64 for each in leaving.json["sources"])
    assert {"NATO common funding"} <= {each["what"] for each in leaving.json["sources"]}
    assert leaving.json["gaps"] == [{"country": "ISL", "reason": "Iceland has no armed forces"}]


def test_a_switch_is_turned_for_the_uncertainty(world: World) -> None:
    found = run_answer(world, "hague-kept", draws=200, as_of=DAY).json["uncertainty"][0]
    medians = {each["text"]: each["p50"] for each in found["assumptions"]}
    without = medians["without: Spain keeps its own path of 2.1 % of GDP"]
    assert without > found["both"]["p50"] > medians["if nothing changes"]


def test_what_ends_is_told_in_the_year_in_which_it_shows(world: World) -> None:
    found = run_answer(world, "rearm-europe", draws=200, as_of=DAY).json
    first = found["uncertainty"][0]
    assert first["year"] == 2028
    medians = {each["text"]: each["p50"] for each in first["assumptions"]}
    assert first["both"]["p50"] > medians["if nothing changes"]
    assert [each["programme"] for each in found["borrowing"]] == ["eu-safe"]
    assert len(found["room"]) == 5


@pytest.mark.parametrize(("name", "full"), [("us-leaves-un", "bills"), ("us-stops-wfp", "funding")])
def test_a_scenario_that_moves_no_spending(world: World, name: str, full: str) -> None:
    found = run_answer(world, name, as_of=DAY)
    assert (found.result, found.baseline, found.plan) == (None, None, None)
    assert set(BLOCKS) <= set(found.json)
    assert found.json["rows"] == found.json["uncertainty"] == []
    assert found.json[full]
    assert found.json["sources"]


def test_nothing_changes_is_told_once(world: World) -> None:
    found = run_answer(world, "nothing-changes", draws=DRAWS, as_of=DAY)
    assert {row["scenario"] for row in found.json["rows"]} == {"nothing-changes"}
    assert {row["region"] for row in found.json["rows"] if len(row["region"]) > 3} == {
        "NATO",
        "Europe and Canada",
    }


def test_overrides_take_the_place_of_the_file(world: World) -> None:
    found = run_answer(
        world, "us-leaves-un", as_of=DAY, overrides=["regular.rules=shrink", "years=2027..2028"]
    )
    [regular] = [each for each in found.json["bills"] if each["budget"] == "un.regular"]
    assert regular["reallocation"] == "shrink"
    assert found.json["settings"]["first"] == 2027
    assert found.json["overrides"] == [
        "regular.rules=shrink",
        "years=2027..2028",
        "as_of=2026-10-30",
    ]


def test_a_condition_with_a_threshold_of_its_own_is_counted(world: World) -> None:
    found = run_answer(
        world, "pay-or-no-protection", 200, as_of=DAY, overrides=["condition.threshold=3.0"]
    ).json
    assert {row["target"] for row in found["meets"] if row["scenario"] != "nothing-changes"} == {
        2.0,
        3.0,
        3.5,
    }
    assert found["uncertainty"][0]["unit"] == "members"
    assert "at least 3 % of GDP" in found["headline"]


def test_the_answer_is_a_table_too(leaving: Answer) -> None:
    found = leaving.frame()
    assert tuple(found.columns) == COLUMNS
    told = found.filter(f"variable = '{SHARE}' AND region = 'USA'").fetchall()
    assert len(told) == len(rows(leaving, region="USA", variable=SHARE))


def test_another_way_of_drawing_may_be_given(world: World) -> None:
    from burdenshare.whatif import engine

    seen = []

    def draw(plan: Any, draws: int, seed: int) -> Any:
        seen.append((plan.groups, draws, seed))
        return engine.run(plan, draws, seed)

    run_answer(world, "nothing-changes", draws=100, seed=3, as_of=DAY, draw=draw)
    assert [(draws, seed) for _, draws, seed in seen] == [(100, 3), (100, 3)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"draws": 0}, "draws"),
        ({"seed": -1}, "seed"),
        ({"overrides": ["exit.who=AUT"]}, "no member of NATO"),
        ({"overrides": ["exitt.who=AUT"]}, "did you mean"),
        ({"as_of": Day(2014, 1, 1)}, "no World Economic Outlook was known"),
    ],
)
def test_what_cannot_be_run(world: World, given: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        run_answer(world, "us-leaves-nato", **given)
