import pytest

from burdenshare.showing.bill_charts import bill_charts, spending_charts
from burdenshare.showing.money_charts import funding_charts, loan_charts
from showing.run_fixture import SCENARIO, bill, empty, layers, row, run, said


def test_the_waterfall_steps_from_zero_to_what_falls_away() -> None:
    chart = bill_charts(run())[0]
    assert chart.title == (
        "NATO common funding: who picks up what the United States paid (in proportion)"
    )
    steps = layers(chart, "bar")[0]["data"]["values"]
    assert [(step["name"], step["low"], step["high"], step["label"]) for step in steps] == [
        ("what falls away", 0.0, 150e6, "150 million"),
        ("Germany", 0.0, 130e6, "+130 million"),
        ("Poland", 130e6, 150e6, "+20 million"),
    ]
    assert said(chart).endswith(
        "USD 150 million falls away, Germany +130 million, Poland +20 million."
    )
    assert chart.rows == (
        ("Germany", "750 million", "880 million", "+130 million"),
        ("Poland", "100 million", "120 million", "+20 million"),
        ("United States", "150 million", "0", "−150 million"),
    )


def test_what_nobody_makes_up_closes_the_waterfall() -> None:
    chart = bill_charts(run(bills=[bill("rerun", 80.0, 10.0)]))[0]
    last = layers(chart, "bar")[0]["data"]["values"][-1]
    assert (last["name"], last["low"], last["high"]) == ("not made up", 50e6, 150e6)


def test_a_budget_that_only_shrinks_has_no_waterfall() -> None:
    charts = bill_charts(run(bills=[bill("shrink", 75.0, 10.0)]))
    assert [chart.name for chart in charts] == ["shares-1"]


def test_ways_that_give_the_same_bill_are_drawn_together() -> None:
    same = [bill("rerun", 88.0, 12.0), bill("pro-rata", 88.0, 12.0)]
    charts = bill_charts(run(bills=same))
    assert [chart.name for chart in charts] == ["bill-1", "shares-1"]
    assert charts[0].title.endswith("(by the rules run again, or in proportion)")


def test_of_many_members_the_small_ones_are_one_bar() -> None:
    codes = "ALB AUT BEL BGR CAN CHE CYP CZE DNK ESP EST FIN FRA GBR GRC HRV HUN".split()
    rows = [
        {
            "country": code,
            "before": 5.0,
            "after": 5.0 + place,
            "before_usd": 5e7,
            "after_usd": 5e7 + place * 1e7,
        }
        for place, code in enumerate(codes)
    ]
    gone = {"country": "USA", "before": 15.0, "after": 0.0, "before_usd": 1.36e9, "after_usd": 0.0}
    chart = bill_charts(run(bills=[bill("rerun", 0.0, 0.0, rows=[*rows, gone])]))[0]
    steps = layers(chart, "bar")[0]["data"]["values"]
    assert len(steps) == 1 + 14 + 1
    assert steps[1]["name"] == "Hungary"
    assert (steps[-1]["name"], steps[-1]["label"]) == ("3 others", "+30 million")
    assert steps[-1]["high"] == pytest.approx(1.36e9)
    assert len(chart.rows) == 18


def test_the_dumbbell_holds_cost_shares_against_gdp_shares() -> None:
    chart = bill_charts(run())[-1]
    assert chart.title == "NATO common funding: cost share against GDP share"
    assert chart.head == (
        "Member",
        "Before, %",
        "After, %",
        "Share of GDP, %",
        "by the rules run again, %",
    )
    assert chart.rows[0] == ("Germany", "75.00", "88.00", "36.20", "86.00")
    spans = layers(chart, "rule")[0]["data"]["values"]
    assert spans[0] == {"name": "Germany", "low": 36.2, "high": 88.0}
    hollow, filled = layers(chart, "point")
    assert hollow["mark"]["fill"] != filled["mark"]["fill"]
    assert "Germany 75.00 % before, 88.00 % after, 36.20 % of GDP" in said(chart)


def test_without_shares_of_gdp_the_dumbbell_is_of_before_and_after() -> None:
    rows = [each | {"gdp_share": None} for each in bill("rerun", 86.0, 14.0)["rows"]]
    chart = bill_charts(run(bills=[bill("rerun", 86.0, 14.0, rows=rows)]))[-1]
    assert chart.title == "NATO common funding: cost shares"
    assert layers(chart, "tick")[0]["data"]["values"] == []


def test_a_budget_of_unknown_size_still_has_its_shares() -> None:
    unknown = [
        each | {"before_usd": None, "after_usd": None, "before": each["before"]}
        for each in bill("rerun", 86.0, 14.0)["rows"]
    ]
    [chart] = bill_charts(run(bills=[bill("rerun", 86.0, 14.0, rows=unknown, total_usd=None)]))
    assert chart.name == "shares-1"


def test_more_spending_than_if_nothing_changes_adds_up() -> None:
    pairs = {"DEU": (160_000.0, 200_000.0), "POL": (50_000.0, 45_000.0)}
    rows = [
        row(scenario, code, "Constant Prices", 2035, pair[place])
        for code, pair in pairs.items()
        for place, scenario in enumerate(("nothing-changes", SCENARIO))
    ]
    [chart] = spending_charts(empty(rows=rows))
    steps = layers(chart, "bar")[0]["data"]["values"]
    assert [(step["name"], step["low"], step["high"], step["label"]) for step in steps] == [
        ("Germany", 0.0, 40e9, "+40 billion"),
        ("Poland", 35e9, 40e9, "−5.0 billion"),
        ("together", 0.0, 35e9, "+35 billion"),
    ]
    assert chart.rows[0] == ("Germany", "160 billion", "200 billion", "+40 billion")


def test_more_spending_is_told_of_the_last_year_that_has_any() -> None:
    sums = {2028: (100.0, 130.0), 2030: (110.0, 110.0)}
    rows = [
        row(scenario, "DEU", "Constant Prices", year, pair[place])
        for year, pair in sums.items()
        for place, scenario in enumerate(("nothing-changes", SCENARIO))
    ]
    [chart] = spending_charts(empty(rows=rows))
    assert chart.title == "Who spends more than if nothing changes, 2028"
    assert chart.rows == (("Germany", "100 million", "130 million", "+30 million"),)


def test_spending_that_does_not_change_has_no_chart() -> None:
    assert spending_charts(run()) == []


def test_payments_that_stop_are_marked_in_words() -> None:
    [chart] = funding_charts(run())
    bars = layers(chart, "bar")[0]["data"]["values"]
    assert [bar["label"] for bar in bars] == ["4.4 billion stops", "1.0 billion"]
    assert "USD 4.4 billion (52.31 %) stops" in said(chart)
    assert "the need was USD 17 billion" in chart.note


def test_loans_and_room_are_in_euros() -> None:
    loans, room = loan_charts(run())
    assert loans.title == "SAFE loans: EUR 150 billion"
    assert loans.rows == (("Poland", "44 billion", "2026 to 2030", "8.7 billion"),)
    assert room.rows[0] == ("Germany", "2025-10-10", "52 billion", "72 billion", "124 billion")
    assert room.rows[1] == ("France", "not asked for", "0", "0", "0")
    assert [bar["name"] for bar in layers(room, "bar")[0]["data"]["values"]] == ["Germany"]
    assert said(room).endswith("EUR, 2027 to 2028 together. Germany 124 billion.")


def test_ways_to_count_the_room_stand_beside_each_other() -> None:
    [room] = run()["room"]
    announced = {"title": "as announced", "rows": [], "total_eur": 650e9, "citation": "speech"}
    _, totals, counted = loan_charts(run(room=[room, announced]))
    assert totals.rows == (
        ("Room under the escape clause", "124 billion", "Council, 2025-07-08"),
        ("As announced", "650 billion", "speech"),
    )
    assert counted.name == "room-1"


def test_members_of_one_name_keep_a_bar_each() -> None:
    answer = run()
    for member in answer["members"]:
        member["name"] = "<b>Same</b>"
    steps = layers(bill_charts(answer)[0], "bar")[0]["data"]["values"]
    assert len({step["name"] for step in steps}) == 3
