import datetime
import os
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.checking.results import Vintage
from burdenshare.showing.charts import describe, svg, vintages_spec
from showing.specimen import DAY, MEETING, NOW, THEN, US_SHARE, history

SVG = "{http://www.w3.org/2000/svg}"
TITLE, UNIT = "Defence expenditure of the United States in 2024", "% of GDP"


def drawn(*points: Vintage, **fields: Any) -> ElementTree.Element:
    given: dict[str, Any] = {"title": TITLE, "unit": UNIT, "then_day": THEN, "now_day": NOW}
    return ElementTree.fromstring(svg(vintages_spec(points or US_SHARE, **given | fields)))


def texts(chart: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in chart.iter(SVG + "text")]


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_the_specification_is_plain_data_with_the_releases_in_it() -> None:
    spec = vintages_spec(US_SHARE, TITLE, UNIT, 5.0, THEN, NOW)
    [line] = marks(spec, "line")
    rows = line["data"]["values"]
    assert [row["value"] for row in rows] == [3.38, 3.19, 3.21, 3.3, 3.3, 3.3]
    assert rows[-1]["day"] == "2026-08-01"
    assert line["mark"]["interpolate"] == "step-after"
    assert [rule["data"]["values"] for rule in marks(spec, "rule")] == [
        [{"day": "2025-03-02"}],
        [{"value": 5.0}],
    ]


def test_a_partial_release_is_hollow() -> None:
    [points] = marks(vintages_spec(US_SHARE, TITLE, UNIT), "point")
    fills = [row["fill"] for row in points["data"]["values"]]
    assert fills[3] == "#ffffff"
    assert len(set(fills)) == 2
    assert fills.count("#ffffff") == 1


def test_the_drawing_scales_and_says_what_it_shows() -> None:
    chart = drawn(stated=5.0)
    assert chart.get("role") == "img"
    assert chart.get("aria-label") == TITLE
    assert chart.get("viewBox") == "0 0 530 238"
    assert chart.get("width") is None
    assert [child.tag for child in chart][:2] == [SVG + "title", SVG + "desc"]
    assert "3.38 % of GDP on 17 June 2024; 3.19 on 24 April 2025" in (chart[1].text or "")
    shown = texts(chart)
    assert {"article", "stated5", "3.38", "3.19", "3.21", "3.3", "2025", "2026"} <= set(shown)


def test_charts_with_and_without_a_stated_value_have_one_scale() -> None:
    wide = {str(drawn(stated=stated).get("viewBox")).split()[2] for stated in (None, 5.0)}
    assert len(wide) == 1


def test_the_drawing_holds_nothing_that_acts_or_leads_away() -> None:
    chart = drawn(stated=5.0, title='<script>alert(1)</script> "x" ]]> &lt;', unit="</text>")
    tags = {each.tag.removeprefix(SVG) for each in chart.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "line", "text", "tspan", "rect"}
    names = {name for each in chart.iter() for name in each.attrib}
    assert not [name for name in names if name in ("id", "style") or "href" in name]
    assert not [name for name in names if name.startswith("on")]
    assert [each for each in chart.iter() if "class" in each.attrib] == [chart]


def test_equal_releases_are_labelled_once_and_crowded_ones_not_at_all() -> None:
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=step) for step in range(30)]
    spec = vintages_spec([Vintage(day, place / 7) for place, day in enumerate(days)], "x", "y")
    labels = [row["label"] for row in marks(spec, "text")[0]["data"]["values"]]
    assert 5 < len([each for each in labels if each]) < 15
    same = vintages_spec(history(("2020-01-01", 2), ("2024-01-01", 2)), "x", "y")
    assert [row["label"] for row in marks(same, "text")[0]["data"]["values"]] == ["2", ""]


def test_counts_have_whole_ticks() -> None:
    near = history(("2024-06-17", 23), ("2025-04-24", 22))
    assert all("." not in text for text in texts(drawn(*near, title="Members", unit="members")))
    assert "17" in texts(drawn(*MEETING, unit="members"))


def test_large_sums_have_short_ticks() -> None:
    sums = history(("2024-06-17", 1.5e11), ("2025-04-24", 1.6e11))
    assert "150 bn" in texts(drawn(*sums, unit="USD"))
    assert "160 billion" in texts(drawn(*sums, unit="USD"))


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_days_do_not_move_with_the_time_zone(zone: str) -> None:
    code = (
        "import datetime as d; from burdenshare.showing.charts import *\n"
        "points = [Vintage(d.date(2024, 1, 1), 1.0), Vintage(d.date(2024, 4, 1), 2.0)]\n"
        "print(svg(vintages_spec(points, 't', 'u')), end='')"
    )
    run = [sys.executable, "-c", code]
    here = svg(vintages_spec(history(("2024-01-01", 1.0), ("2024-04-01", 2.0)), "t", "u"))
    done = subprocess.run(
        run, capture_output=True, text=True, check=True, env=os.environ | {"TZ": zone}
    )
    assert done.stdout == here


@given(
    st.lists(
        st.builds(
            Vintage,
            st.dates(DAY("2009-01-01"), DAY("2030-01-01")),
            st.one_of(st.floats(-1e13, 1e13), st.integers(0, 40), st.just(0.0)),
            st.booleans(),
        ),
        min_size=1,
        max_size=30,
    ),
    st.none() | st.floats(-1e13, 1e13),
    st.none() | st.dates(DAY("1949-01-01"), DAY("2030-01-01")),
)
def test_any_history_can_be_specified_and_described(
    points: list[Vintage], stated: float | None, then_day: datetime.date | None
) -> None:
    spec = vintages_spec(points, TITLE, UNIT, stated, then_day, NOW)
    low, high = spec["encoding"]["y"]["scale"]["domain"]
    values = [point.value for point in points] + ([] if stated is None else [stated])
    assert low <= min(values) <= max(values) <= high
    assert low < high
    assert spec["description"] == describe(points, TITLE, UNIT, stated, then_day, NOW)


@pytest.mark.parametrize(
    "points",
    [
        history(("2024-06-17", 0)),
        history(("2024-06-17", 3.38), ("2024-06-17", 3.38)),
        history(("2009-02-19", -4.0), ("2026-07-10", 9.5e11)),
        history(("2024-06-17", 1e-9), ("2024-06-18", 2e-9, True)),
    ],
)
def test_odd_histories_are_drawn(points: tuple[Vintage, ...]) -> None:
    assert drawn(*points).find(f".//{SVG}path") is not None
    assert drawn(*points, then_day=None, now_day=None, stated=1.5) is not None


def test_the_drawing_never_asks_the_network() -> None:
    spec = vintages_spec(US_SHARE, TITLE, UNIT)
    spec["layer"][0]["data"] = {"url": "https://example.org/data.json"}
    with pytest.raises(ValueError, match="not allowed"):
        svg(spec)


def test_importing_the_module_does_not_import_the_engine() -> None:
    code = "import sys, burdenshare.showing.charts; sys.exit('vl_convert' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
