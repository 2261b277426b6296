import itertools
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.showing.fan_charts import member_charts, share_charts
from burdenshare.showing.plots import WIDE, Chart, apart, drawn, ticks
from burdenshare.showing.range_charts import needed_charts, reach_charts, uncertainty_charts
from burdenshare.showing.run_charts import charts_of
from burdenshare.showing.total_charts import total_charts
from showing.run_fixture import SCENARIO, empty, layers, row, run, said

SVG = "{http://www.w3.org/2000/svg}"


def every(answer: dict[str, Any]) -> list[Chart]:
    return [chart for part in charts_of(answer) for chart in part.charts]


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(SVG + "text")]


# What all charts share


def test_every_chart_has_a_title_a_description_and_a_table() -> None:
    charts = every(run())
    assert len(charts) > 12
    assert len({chart.name for chart in charts}) == len(charts)
    for chart in charts:
        assert chart.title
        assert chart.note
        assert chart.rows
        assert {len(cells) for cells in chart.rows} == {len(chart.head)}
        for spec in chart.specs:
            assert spec["usermeta"]["title"]
            assert re.search(r"\d", spec["description"]), chart.name


def test_every_drawing_is_of_its_own_width_and_carries_its_words() -> None:
    for chart in every(run()):
        for spec in chart.specs:
            root = ElementTree.fromstring(drawn(spec))
            assert root.get("class") == "plot"
            assert str(root.get("viewBox")).split()[:3] == ["0", "0", str(spec["width"])]
            assert [each.tag for each in root][:2] == [SVG + "title", SVG + "desc"]
            assert root[1].text == spec["description"]


def test_parts_without_figures_are_not_there() -> None:
    assert charts_of(empty()) == []
    funded = charts_of(empty(funding=run()["funding"]))
    assert [(part.name, len(part.charts)) for part in funded] == [("pays", 1)]
    lent = charts_of(empty(borrowing=run()["borrowing"], room=run()["room"]))
    assert [chart.name for chart in lent[0].charts] == ["loans-1", "room-1"]
    billed = charts_of(empty(bills=run()["bills"]))
    assert [chart.name for chart in billed[0].charts] == ["bill-1", "bill-2", "shares-1"]


def test_labels_stand_apart_and_in_order() -> None:
    assert apart([1.0, 1.0, 1.0], 2.0) == [-1.0, 1.0, 3.0]
    assert apart([0.0, 10.0], 2.0) == [0.0, 10.0]


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6), st.floats(0.1, 50))
def test_labels_are_never_nearer_than_asked(values: list[float], least: float) -> None:
    placed = sorted(apart(values, least))
    gaps = [after - before for before, after in itertools.pairwise(placed)]
    assert all(gap >= least * (1 - 1e-6) for gap in gaps)
    assert sum(placed) == pytest.approx(sum(values), abs=1e-5)


@given(st.integers(1949, 2100), st.integers(0, 60), st.integers(2, 8))
def test_years_are_labelled_evenly_up_to_the_last(first: int, span: int, most: int) -> None:
    found = ticks(first, first + span, most)
    assert found[-1] == first + span
    assert len(found) <= most
    assert len({after - before for before, after in itertools.pairwise(found)}) <= 1


# The path of the share


def test_the_share_has_a_fan_ghosts_the_baseline_and_the_pledges() -> None:
    chart = share_charts(run())[0]
    bands = [layer["encoding"] for layer in layers(chart, "area")]
    ends = [(band["y"]["field"], band["y2"]["field"]) for band in bands]
    assert ends == [("p5", "p95"), ("p25", "p75")]
    lines = [
        [each["value"] for each in layer["data"]["values"]]
        for layer in layers(chart, "line")
        if "value" in layer["data"]["values"][0]
    ]
    assert lines == [[2.61, 2.76], [3.22, 3.25], [2.66, 2.8, 3.05], [3.5, 3.5], [2.0, 2.0]]
    assert said(chart) == (
        "Share of GDP: NATO: 3.22 % of GDP in 2027, 3.30 % in 2028 (medians; 90 % range 2.97 to "
        "3.63). If nothing changes: 3.25 %. Last known: 3.05 % in 2026. Pledged: 3.5 % and 2 %."
    )
    assert "Thin grey: earlier releases." in chart.note
    assert chart.rows[1] == ("2028", *"2.97 3.13 3.30 3.46 3.63 3.25 3.5 2".split())


def test_lines_are_told_apart_without_colour() -> None:
    looks = [
        (layer["mark"].get("strokeDash") is not None, layer["mark"]["strokeWidth"])
        for layer in layers(share_charts(run())[0], "line")
    ]
    ghost, middle, before, known, *pledges = looks
    assert len({ghost, middle, before, pledges[0]}) == 4
    assert known == middle


def test_a_path_that_nothing_changes_is_not_drawn_twice() -> None:
    chart = share_charts(run())[1]
    assert chart.title == "Share of GDP: NATO without USA"
    assert "If nothing changes, the median is the same." in chart.note
    assert not [
        layer for layer in layers(chart, "line") if layer["mark"].get("strokeDash") == [5, 3]
    ]


def test_without_earlier_releases_the_baseline_or_pledges_the_fan_stands_alone() -> None:
    rows = [row("nothing-changes", "NATO", "Share of GDP", 2027, 3.0)]
    bare = empty(rows=rows, history=[], scenario=run()["scenario"] | {"id": "nothing-changes"})
    [chart] = share_charts(bare)
    assert chart.note == (
        "Line: the median of the draws; dark band: half of them; light band: 90 in 100."
    )
    assert (
        said(chart)
        == "Share of GDP: NATO: 3.00 % of GDP in 2027 (medians; 90 % range 2.70 to 3.30)."
    )
    assert chart.head == ("Year", "5 %", "25 %", "Median", "75 %", "95 %")


def test_members_have_small_drawings_of_one_scale_the_largest_first() -> None:
    [chart] = member_charts(run())
    assert [spec["title"]["text"] for spec in chart.specs] == ["Poland", "United States", "Germany"]
    scales = [spec["encoding"]["y"]["scale"]["domain"] for spec in chart.specs]
    assert scales[0] == scales[1] == scales[2]
    assert scales[0][0] == 0
    assert chart.head == ("Member", "2027, median", "2028, median", "2028, 90 % range")
    assert chart.rows[2] == ("Germany", "2.92", "3.02", "2.71 to 3.32")


def test_an_exception_shows_in_the_member_s_own_pledge() -> None:
    answer = run()
    for each in answer["meets"]:
        if each["country"] == "DEU" and each["target"] == 3.5:
            each["target"] = 2.1
    [chart] = member_charts(answer)
    assert "Pledged: 2.1 % and 2 %." in chart.specs[2]["description"]
    assert "Pledged: 3.5 % and 2 %." in said(share_charts(answer)[0])


def test_years_without_a_figure_are_left_out() -> None:
    answer = run()
    for each in answer["rows"]:
        if each["year"] == 2027 and each["region"] == "POL":
            each.update(dict.fromkeys(("mean", "p5", "p25", "p50", "p75", "p95")))
    [chart] = member_charts(answer)
    assert chart.rows[0][:3] == ("Poland", "–", "4.58")


# Totals, needs, how sure


def test_the_totals_are_drawn_with_and_without_the_leaver() -> None:
    [chart] = total_charts(run())
    assert chart.title == "NATO: total spending with and without the United States"
    assert len(layers(chart, "area")) == 4
    assert said(chart) == (
        "NATO: total spending with and without the United States. without: USD 1,170 billion at "
        "prices of 2026 in 2027, USD 217 billion at prices of 2026 in 2028 (90 % range 195 to 239 "
        "billion); with: USD 1,170 billion at prices of 2026 in 2027, USD 1,237 billion at prices "
        "of 2026 in 2028 (90 % range 1,113 to 1,361 billion)."
    )
    assert chart.rows[1] == (
        "2028",
        "217 billion",
        "195 to 239 billion",
        "1,237 billion",
        "1,113 to 1,361 billion",
    )
    assert {"without217 bn", "with1,237 bn"} <= set(shown(chart))


def shown(chart: Chart) -> list[str]:
    return [label for spec in chart.specs for label in texts(drawn(spec))]


def test_totals_that_do_not_change_are_drawn_once() -> None:
    rows = [
        row(scenario, "NATO", "Constant Prices", 2028, 5_000.0)
        for scenario in (SCENARIO, "nothing-changes")
    ]
    [chart] = total_charts(empty(rows=rows))
    assert chart.title == "NATO: total spending"
    assert len(layers(chart, "area")) == 2
    assert chart.rows == (("2028", "5.0 billion", "4.5 to 5.5 billion"),)


def test_the_needs_stand_below_what_is_spent_anyway() -> None:
    [chart] = needed_charts(run())
    [ticks_of] = layers(chart, "tick")
    assert [each["middle"] for each in ticks_of["data"]["values"]] == [3.3, 17.012]
    names = chart.specs[0]["layer"][3]["data"]["values"]
    assert [each["label"] for each in names] == [
        "NATO, on its own path",
        "Keep the total that NATO spends",
    ]
    assert "Keep the total that NATO spends: 17.01 % of GDP (90 % range 15.31 to 18.70)" in said(
        chart
    )
    assert chart.rows[0][1:4] == ("17.01", "15.31 to 18.70", "1,020 billion")
    assert chart.rows[0][4] == "what the leavers spend in the same draw"


def test_the_cost_of_a_target_is_in_whole_billions() -> None:
    [chart] = reach_charts(run())
    assert chart.rows == (("3.5 %", "26 billion", "18 to 34 billion"),)
    assert "USD 26 billion at prices of 2026 (90 % range 18 to 34 billion)" in said(chart)


def test_targets_that_cost_nothing_are_not_drawn() -> None:
    free = [each | {"p5": 0.0, "p50": 0.0, "p95": 0.0} for each in run()["reach"]]
    assert reach_charts(run(reach=free)) == []


def test_uncertainty_is_split_in_three() -> None:
    [chart] = uncertainty_charts(run())
    assert chart.rows == (
        ("Data revision alone", "17.00", "16.70 to 17.30"),
        ("Forecast error alone", "17.00", "15.40 to 18.60"),
        ("Both together", "17.01", "15.31 to 18.70"),
        ("Without the exit", "3.30", "–"),
    )
    assert len(layers(chart, "point")[0]["data"]["values"]) == 1
    assert len(layers(chart, "tick")[0]["data"]["values"]) == 3


def test_charts_are_as_wide_as_a_telephone() -> None:
    assert {spec["width"] for chart in every(run()) for spec in chart.specs} == {WIDE, 176}
