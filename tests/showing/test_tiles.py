from typing import Any

import pytest

from burdenshare.files import CONTENT, read_csv
from burdenshare.showing.plots import drawn
from burdenshare.showing.strips import reaching, shade, strip_charts
from burdenshare.showing.tiles import map_charts, map_words, placed, places
from burdenshare.world.load import World
from showing.run_fixture import HAGUE, YEARS, run


def looks(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return how the tiles of each group look, by the group of their rows."""
    return {
        layer["data"]["values"][0]["group"]: layer["mark"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point" and layer["data"]["values"]
    }


def labels(spec: dict[str, Any], place: int) -> list[str]:
    words = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    return [each["label"] for each in words[place]["data"]["values"]]


# Where the tiles are


def test_no_two_states_share_a_tile() -> None:
    rows = read_csv(CONTENT / "tiles.csv", ("iso3", "row", "column"))
    assert len({row[0] for row in rows}) == len(rows)
    assert len(set(places().values())) == len(rows)
    assert {column for _, column in places().values()} == set(range(9))


@pytest.mark.parametrize("organisation", ["nato", "eu"])
def test_every_member_of_today_has_a_tile(organisation: str) -> None:
    world = World()
    members = {each.country for each in world.organisations[organisation].members(world.latest)}
    assert len(members) > 26
    assert members <= places().keys()


@pytest.mark.parametrize(
    ("one", "side", "other"),
    [
        ("ISL", "north", "GBR"),
        ("CAN", "north", "USA"),
        ("USA", "west", "PRT"),
        ("LUX", "south", "NLD"),
        ("LUX", "east", "BEL"),
        ("MLT", "south", "ITA"),
        ("MNE", "south", "HRV"),
        ("MNE", "north", "ALB"),
        ("EST", "north", "LVA"),
        ("LVA", "north", "LTU"),
        ("TUR", "east", "GRC"),
        ("CYP", "south", "TUR"),
        ("PRT", "west", "ESP"),
    ],
)
def test_neighbours_are_on_the_right_side(one: str, side: str, other: str) -> None:
    (row, column), (other_row, other_column) = places()[one], places()[other]
    assert {
        "north": row < other_row,
        "south": row > other_row,
        "west": column < other_column,
        "east": column > other_column,
    }[side]


def test_a_state_without_a_place_stands_below_and_hides_none() -> None:
    found = placed([*places(), "NZL", "JPN", "KOR"])
    assert len(set(found.values())) == len(found)
    lowest = max(row for row, _ in places().values())
    assert {found[code][0] for code in ("JPN", "KOR", "NZL")} == {lowest + 2}


def test_no_states_have_no_places() -> None:
    assert placed([]) == {}


# What the map says


def test_a_map_a_reading_of_the_last_year() -> None:
    [chart] = map_charts(run())
    assert chart.title == "Only those who pay are protected, 2028"
    assert chart.specs[0]["description"] == (
        "Only those who pay are protected, 2028. protected 1: Poland (97 %); unprotected 2: "
        "Germany (6 %), United States; open 1: Iceland."
    )


def test_groups_are_told_apart_without_colour() -> None:
    [chart] = map_charts(run())
    by_group = looks(chart.specs[0])
    assert by_group["protected"]["fill"] == by_group["protected"]["stroke"]
    assert by_group["unprotected"]["fill"] != by_group["unprotected"]["stroke"]
    assert by_group["open"]["strokeDash"]
    assert "strokeDash" not in by_group["unprotected"]
    codes, signs = labels(chart.specs[0], 0), labels(chart.specs[0], 1)
    assert dict(zip(codes, signs, strict=True)) == {
        "POL": "✓ 97",
        "DEU": "✗ 6",
        "USA": "✗",
        "ISL": "?",
    }


def test_the_table_gives_each_year_and_the_reason() -> None:
    [chart] = map_charts(run())
    assert chart.head == ("State", "2027", "2028", "Why, 2028")
    assert chart.rows[0] == ("Poland", "protected, 97 %", "protected, 97 %", "by the draws")
    assert chart.rows[-1] == (
        "Iceland",
        "open",
        "open",
        "no armed forces: open is whether it is excused",
    )


def test_a_member_that_joins_later_is_missing_in_earlier_years() -> None:
    readings = run()["protection"]
    early = readings[0] | {"rows": [row for row in readings[0]["rows"] if row["country"] != "DEU"]}
    [chart] = map_charts(run(protection=[early, readings[1]]))
    assert ("Germany", "–", "unprotected, 6 %", "by the draws") in chart.rows


def test_a_reading_of_nobody_is_not_drawn() -> None:
    readings = [each | {"rows": []} for each in run()["protection"]]
    assert map_charts(run(protection=readings)) == []
    assert map_words(run(), readings[0]) == "Only those who pay are protected, 2027. nobody."


def test_all_members_fit_into_the_width() -> None:
    rows = [
        {"country": code, "group": "protected", "probability": 0.999, "reason": "x"}
        for code in places()
    ]
    [chart] = map_charts(run(protection=[run()["protection"][0] | {"rows": rows}]))
    assert labels(chart.specs[0], 1)[0] == "✓>99"
    drawing = drawn(chart.specs[0])
    assert drawing.count("✓&gt;99") == len(rows)


# The strip


@pytest.mark.parametrize(
    ("target", "words"),
    [(2.1, "2.1 or 3.5 % of GDP: Hague 2025, core"), (None, "3.5 % of GDP: Hague 2025, core")],
)
def test_an_exception_shows_in_what_is_asked(target: float | None, words: str) -> None:
    answer = run()
    for each in answer["meets"]:
        if each["country"] == "DEU" and each["pledge"] == HAGUE:
            each["target"] = target
    assert reaching(answer, HAGUE) == words


def test_the_strip_has_a_cell_a_member_and_year_with_its_number() -> None:
    chart = strip_charts(run())[0]
    cells = chart.specs[0]["layer"][0]["data"]["values"]
    assert [(cell["member"], cell["year"], cell["label"]) for cell in cells] == [
        ("Poland", "2027", "100"),
        ("Poland", "2028", "97"),
        ("Germany", "2027", "2"),
        ("Germany", "2028", "6"),
        ("United States", "2027", "0"),
        ("United States", "2028", "<1"),
    ]
    assert chart.title == "Who reaches 3.5 % of GDP: Hague 2025, core"
    assert chart.note == (
        "In how many of 100 draws a member spends as much. In 2028 1 of 2 meet it (90 % range 1 "
        "to 2)."
    )
    assert chart.rows[0] == ("Poland", "100 %", "97 %")
    assert "In 2028, more likely than not: Poland 97 %; 2 others less likely." in str(
        chart.specs[0]["description"]
    )


def test_likelier_is_darker_and_the_jump_is_at_one_half() -> None:
    steps = [shade(each / 100) for each in range(101)]
    assert steps == sorted(steps)
    largest = max(range(100), key=lambda place: steps[place + 1] - steps[place])
    assert largest + 1 == 50


def test_a_member_without_a_probability_has_an_empty_cell_and_stands_last() -> None:
    answer = run()
    unknown = {"scenario": answer["scenario"]["id"], "country": "ISL", "pledge": HAGUE}
    answer["meets"] += [
        {**unknown, "year": year, "target": 3.5, "probability": None} for year in YEARS
    ]
    chart = strip_charts(answer)[0]
    assert chart.rows[-1] == ("Iceland", "–", "–")
    assert chart.specs[0]["layer"][0]["data"]["values"][-1]["dark"] == 0


def test_pledges_that_ask_the_same_have_one_strip() -> None:
    answer = run()
    answer["meets"] += [
        each | {"pledge": "nato.wales-2014.share"}
        for each in answer["meets"]
        if each["pledge"] != HAGUE
    ]
    titles = [chart.title for chart in strip_charts(answer)]
    assert titles == [
        "Who reaches 3.5 % of GDP: Hague 2025, core",
        "Who reaches 2 % of GDP: Vilnius 2023, share",
    ]


def test_of_many_years_some_are_drawn_and_all_are_in_the_table() -> None:
    answer = run()
    answer["meets"] = [
        each | {"year": each["year"] + 2 * step} for each in answer["meets"] for step in range(10)
    ]
    chart = strip_charts(answer)[0]
    years = {cell["year"] for cell in chart.specs[0]["layer"][0]["data"]["values"]}
    assert len(years) == 10
    assert {"2027", "2046"} <= years
    assert len(chart.head) == 21
