"""Figures below each other: the name of each, and below it its range with the median."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.showing import run_words as say
from burdenshare.showing.plots import (
    FONT,
    LINE,
    WIDE,
    amounts,
    domain,
    lines,
    mark,
    plot,
    text,
)

Answer = Mapping[str, Any]
_ROW, _LINE = 46, 15  # units that a figure takes: its name, and the line of its range below
READ = f"Mark: the median of the draws; line: the {say.RANGE}."


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, median and range; without a range it was computed once."""

    name: str
    middle: float
    low: float | None
    high: float | None
    label: str
    colour: str = LINE


def ranges_spec(title: str, said: str, figures: Sequence[Figure], ticks: str) -> dict[str, Any]:
    """Return figures below each other: the name, and below it the range with its median."""
    values = [
        value
        for each in figures
        for value in (each.low, each.middle, each.high)
        if value is not None
    ]
    high = domain(values)
    if high[0] < 0.35 * high[1]:
        high = domain(values, zero=True)
    names = [lines(each.name, WIDE - 30 - 7 * len(each.label), FONT) for each in figures]
    feet = list(itertools.accumulate(_ROW + _LINE * (len(name) - 1) for name in names))
    height = feet[-1]
    rows = [
        {
            "place": foot - 13,
            "above": foot - 33,
            "low": each.low,
            "middle": each.middle,
            "high": each.high,
            "figure": each.label,
            "colour": each.colour,
        }
        for foot, each in zip(feet, figures, strict=True)
    ]
    labels = [
        {"label": line, "above": foot - 33 - _LINE * (len(name) - 1 - place)}
        for foot, name in zip(feet, names, strict=True)
        for place, line in enumerate(name)
    ]
    y: dict[str, Any] = {"field": "place", "type": "quantitative", "axis": None}
    y |= {"scale": {"domain": [0, height], "nice": False, "zero": False, "reverse": True}}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    ranged = [row for row in rows if row["low"] is not None]
    layer = [
        mark(
            "rule",
            ranged,
            {"x": {"field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour},
            strokeWidth=10,
            opacity=0.35,
        ),
        mark(
            "tick",
            ranged,
            {"x": {"field": "middle"}, "y": y, "color": colour},
            orient="vertical",
            size=18,
            thickness=3.5,
            opacity=1,
        ),
        mark(
            "point",
            [row for row in rows if row["low"] is None],
            {"x": {"field": "middle"}, "y": y, "stroke": colour},
            size=85,
            strokeWidth=2.5,
            opacity=1,
        ),
        text(labels, {"x": {"value": 0}, "y": y | {"field": "above"}}, align="left", fontSize=FONT),
        _end(rows, y | {"field": "above"}, colour),
    ]
    axis = {"format": ticks} if ticks else {}
    encoding = {"x": amounts(high, "middle", orient="bottom", **axis)}
    return plot(title, said, layer, height + 24, encoding=encoding)


def _end(rows: Sequence[Answer], y: Answer, colour: Answer) -> dict[str, Any]:
    """Return the figures at the right edge, beside the names."""
    labels = [dict(row) | {"label": row["figure"]} for row in rows]
    encoding = {"x": {"value": "width"}, "y": y, "color": colour}
    return text(labels, encoding, align="right", fontWeight=600, fontSize=FONT)
