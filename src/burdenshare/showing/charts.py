"""Charts as Vega-Lite specifications in plain dicts, and as SVG drawn without the network."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from burdenshare.checking.results import Vintage
from burdenshare.showing.words import clean, counted, day_words, measure, number

# Told apart without colour too: solid line, dashed line, thin line. The report's style sheet
# replaces these colours in dark mode.
INK, LINE, STATED, PAPER = "#3d454d", "#0b4f8a", "#a34f00", "#ffffff"
WIDTH, HEIGHT, FONT = 440, 190, 15
_SVG = "{http://www.w3.org/2000/svg}"
_ROOM = 44  # pixels that the label of a value takes
_MARGIN = 90  # pixels left and right of the plot


def vintages_spec(
    points: Sequence[Vintage],
    title: str,
    unit: str,
    stated: float | None = None,
    then_day: datetime.date | None = None,
    now_day: datetime.date | None = None,
) -> dict[str, Any]:
    """Return the chart of one figure across releases, oldest first, as a Vega-Lite specification.

    A step line shows what was known on each day, with a mark at each release (hollow: a partial
    one). A thin upright line is the article's date, a dashed level line the value it states.

    >>> day = datetime.date(2024, 6, 17)
    >>> spec = vintages_spec([Vintage(day, 3.38)], "US share, 2024", "% of GDP")
    >>> spec["usermeta"]["title"], len(spec["layer"])
    ('US share, 2024', 3)
    """
    days = [point.published for point in points]
    days += [day for day in (then_day, now_day) if day is not None]
    first, last = min(days), max(days)
    layer = [_steps(points, last), *_marks(points, first, last)]
    if then_day is not None:
        layer += _article(then_day, first, last)
    if stated is not None:
        layer += _stated(stated)
    values = [point.value for point in points] + ([] if stated is None else [stated])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"title": clean(title)},
        "description": describe(points, title, unit, stated, then_day, now_day),
        "width": WIDTH,
        "height": HEIGHT,
        "background": None,
        "encoding": {
            "x": _days(first, last),
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": _domain(values), "nice": True},
                "axis": {"tickCount": 4} | _ticks(values),
            },
        },
        "layer": layer,
        "config": _config(),
    }


def describe(
    points: Sequence[Vintage],
    title: str,
    unit: str,
    stated: float | None = None,
    then_day: datetime.date | None = None,
    now_day: datetime.date | None = None,
) -> str:
    """Return in words what the chart shows, for readers who do not see it.

    >>> points = [Vintage(datetime.date(2024, 6, 17), 3.38)]
    >>> describe(points, "US share, 2024", "% of GDP", stated=5.0)
    'US share, 2024, in 1 release: 3.38 % of GDP on 17 June 2024. The article states 5 % of GDP.'
    """
    steps = "; ".join(
        f"{measure(point.value, unit) if place == 0 else number(point.value)} on "
        f"{day_words(point.published)}{' (partial)' if point.partial else ''}"
        for place, point in enumerate(points)
    )
    said = [f"{clean(title)}, in {counted(len(points), 'release')}: {steps}."]
    if stated is not None:
        said.append(f"The article states {measure(stated, unit)}.")
    if then_day is not None:
        said.append(f"The article is of {day_words(then_day)}.")
    if now_day is not None:
        said.append(f"Shown up to {day_words(now_day)}.")
    return " ".join(said)


def svg(spec: dict[str, Any]) -> str:
    """Return a specification drawn as SVG that scales, without ids, scripts or links.

    Its text alternatives are the title in `usermeta` and the description.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    # A prefix would keep HTML from knowing the elements.
    ElementTree.register_namespace("", _SVG[1:-1])
    root = ElementTree.fromstring(drawn)
    _strip(root)
    title = str(spec.get("usermeta", {}).get("title", ""))
    for place, (name, words) in enumerate(
        (("title", title), ("desc", str(spec.get("description", ""))))
    ):
        element = ElementTree.Element(_SVG + name)
        element.text = words
        root.insert(place, element)
    wide, high = (float(root.attrib.pop(name)) for name in ("width", "height"))
    root.attrib.pop("version", None)
    # Charts with and without a label at the right come out at one scale.
    root.set("viewBox", f"0 0 {max(wide, WIDTH + _MARGIN):g} {high:g}")
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")


def _strip(root: ElementTree.Element) -> None:
    """Take out what a drawing does not need: scripts, ids, links, handlers, roles, empty shapes."""
    for parent in list(root.iter()):
        for child in list(parent):
            empty = child.tag == _SVG + "path" and child.get("d", "") in ("", "M0,0h0v0h0Z")
            if empty or child.tag in (_SVG + "script", _SVG + "foreignObject"):
                parent.remove(child)
        for name in list(parent.attrib):
            bare = name.rpartition("}")[2]
            gone = bare in ("id", "href", "pointer-events", "class", "role")
            if gone or bare.startswith(("on", "aria")):
                del parent.attrib[name]


def _steps(points: Sequence[Vintage], last: datetime.date) -> dict[str, Any]:
    """Return the line: each value stays until the next release, and the newest to the end."""
    rows = [{"day": point.published.isoformat(), "value": point.value} for point in points]
    rows += [{"day": last.isoformat(), "value": point.value} for point in points[-1:]]
    mark = {"type": "line", "interpolate": "step-after", "color": LINE, "strokeWidth": 2.5}
    return {"data": {"values": rows}, "mark": mark}


def _marks(
    points: Sequence[Vintage], first: datetime.date, last: datetime.date
) -> Iterator[dict[str, Any]]:
    """Yield the marks at the releases and the values beside those that have room for one."""
    labelled = _labelled(points, first, last)
    rows = [
        {
            "day": point.published.isoformat(),
            "value": point.value,
            "fill": PAPER if point.partial else LINE,
            "label": number(point.value) if place in labelled else "",
        }
        for place, point in enumerate(points)
    ]
    data = {"values": rows}
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    dot = {"type": "point", "size": 75, "stroke": LINE, "strokeWidth": 2, "opacity": 1}
    yield {"data": data, "mark": dot, "encoding": fill}
    words = {"type": "text", "align": "left", "dx": 5, "dy": -11, "color": INK, "fontWeight": 600}
    yield {"data": data, "mark": words, "encoding": {"text": {"field": "label"}}}


def _labelled(points: Sequence[Vintage], first: datetime.date, last: datetime.date) -> set[int]:
    """Return the places of the points that can be labelled without overlap, newest first."""
    chosen: set[int] = set()
    edge = math.inf
    for place in range(len(points) - 1, -1, -1):
        left = _across(points[place].published, first, last) * WIDTH
        repeated = place > 0 and points[place - 1].value == points[place].value
        if left + _ROOM <= edge and not repeated:
            chosen.add(place)
            edge = left
    return chosen


def _across(day: datetime.date, first: datetime.date, last: datetime.date) -> float:
    """Return where a day lies between two others, from 0 to 1."""
    return (day - first).days / max((last - first).days, 1)


def _article(
    day: datetime.date, first: datetime.date, last: datetime.date
) -> Iterator[dict[str, Any]]:
    """Yield the upright line at the article's date and its label above the plot."""
    data = {"values": [{"day": day.isoformat()}]}
    x = {"field": "day", "type": "temporal"}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.25}
    yield {"data": data, "mark": rule, "encoding": {"x": x, "y": None}}
    across = _across(day, first, last)
    align = "left" if across < 0.3 else "right" if across > 0.7 else "center"
    words = {"type": "text", "text": "article", "align": align, "dy": -9, "color": INK}
    yield {"data": data, "mark": words, "encoding": {"x": x, "y": {"value": 0}}}


def _stated(value: float) -> Iterator[dict[str, Any]]:
    """Yield the dashed line at the value the article states and its label at the right."""
    data = {"values": [{"value": value}]}
    rule = {"type": "rule", "color": STATED, "strokeWidth": 2, "strokeDash": [7, 4]}
    yield {"data": data, "mark": rule, "encoding": {"x": None}}
    words = {"type": "text", "text": ["stated", number(value)], "align": "left", "dx": 6}
    words |= {"color": STATED, "fontWeight": 600, "baseline": "middle", "dy": -FONT / 2}
    yield {"data": data, "mark": words, "encoding": {"x": {"value": WIDTH}}}


def _days(first: datetime.date, last: datetime.date) -> dict[str, Any]:
    """Return the axis of days, in universal time so that no day moves with the machine."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 24:
        step = {"interval": "year", "step": math.ceil(months / 12 / 7)}
    else:
        step = {"interval": "month", "step": 1 if months < 5 else 3 if months < 13 else 6}
    return {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()]},
        "axis": {"format": "%Y" if months > 24 else "%b %Y", "tickCount": step, "grid": False},
    }


def _domain(values: Sequence[float]) -> list[float]:
    """Return the ends of the value axis: the values with some air around them."""
    low, high = min(values), max(values)
    air = (high - low) * 0.12 or abs(high) * 0.05 or 1.0
    return [max(low - air, 0.0) if low >= 0 else low - air, high + air]


def _ticks(values: Sequence[float]) -> dict[str, Any]:
    """Return how the value axis is written: whole counts, and short words for large sums."""
    largest = max(map(abs, values))
    for scale, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if largest >= scale:
            return {"labelExpr": f"format(datum.value / {scale:.0f}, '~g') + ' {word}'"}
    if all(float(value).is_integer() for value in values):
        return {"tickMinStep": 1, "format": ",.0f"}
    return {}


def _config() -> dict[str, Any]:
    """Return fonts and lines: large enough to read when the chart is 290 pixels wide."""
    axis = {"labelFontSize": FONT, "labelColor": INK, "domainColor": INK, "tickColor": INK}
    return {
        "aria": False,
        "font": "sans-serif",
        "view": {"stroke": None},
        "text": {"fontSize": FONT},
        "axis": axis | {"gridColor": INK, "gridOpacity": 0.15},
    }
