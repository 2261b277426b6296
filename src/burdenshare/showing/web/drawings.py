"""The charts of the page of figures: a series by year, and counts by release."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from burdenshare.showing import fans
from burdenshare.showing.plots import (
    GHOST,
    INK,
    LINE,
    PAPER,
    STATED,
    Chart,
    amounts,
    apart,
    domain,
    mark,
    plot,
    text,
    years,
)
from burdenshare.showing.words import clean, day_words, measure, number

Answer = Mapping[str, Any]
_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": LINE, "strokeWidth": 2.75},
    {"color": STATED, "strokeWidth": 2.25, "strokeDash": [7, 3]},
    {"color": INK, "strokeWidth": 1.5},
    {"color": LINE, "strokeWidth": 1.5, "strokeDash": [2, 2]},
    {"color": STATED, "strokeWidth": 1.25},
    {"color": INK, "strokeWidth": 1.75, "strokeDash": [9, 3, 2, 3]},
)
MOST_LINES = len(_LOOKS)


def series_chart(answer: Answer, names: Mapping[str, str], level: float | None) -> Chart | None:
    """Return the figures of `burdenshare/facts/1` by year, a line a country, the newest labelled.

    A dashed level line is the threshold. None where no country has a figure.
    """
    by_country: dict[str, list[Answer]] = {}
    for row in answer["rows"]:
        if isinstance(row["value"], (int, float)):
            by_country.setdefault(row["country"], []).append(row)
    chosen = list(by_country)[:MOST_LINES]
    if not chosen:
        return None
    known = {code: sorted(by_country[code], key=_year) for code in chosen}
    values = [row["value"] for rows in known.values() for row in rows]
    values += [] if level is None else [level]
    high = domain(values, zero=min(values) >= 0 and min(values) < 0.4 * max(values))
    first = min(rows[0]["year"] for rows in known.values())
    last = max(rows[-1]["year"] for rows in known.values())
    place = {"x": {"field": "year"}, "y": {"field": "value"}}
    layer = []
    for look, rows in zip(_LOOKS, known.values(), strict=False):
        points = [{"year": row["year"], "value": row["value"]} for row in rows]
        one = {"point": {"color": look["color"], "size": 45}} if len(points) == 1 else {}
        layer.append(mark("line", points, place, **look, **one))
        guesses = [
            {"year": row["year"], "value": row["value"]}
            for row in rows
            if row["status"] not in ("actual", "", None)
        ]
        if guesses:
            layer.append(
                mark("point", guesses, place, fill=PAPER, stroke=look["color"], size=32, opacity=1)
            )
    if level is not None:
        ends = [{"year": first, "value": level}, {"year": last, "value": level}]
        layer.append(mark("line", ends, place, color=GHOST, strokeWidth=1.5, strokeDash=[4, 4]))
    newest = [rows[-1] for rows in known.values()]
    places = apart([row["value"] for row in newest], 15 * (high[1] - high[0]) / fans.HIGH)
    layer.append(
        fans.right(
            [
                {"year": row["year"], "value": at, "label": row["country"], "colour": look["color"]}
                for row, at, look in zip(newest, places, _LOOKS, strict=False)
            ]
        )
    )
    title = f"{clean(answer['title'])}, {clean(answer['unit'])}"
    said = "; ".join(
        f"{names[row['country']]} {number(row['value'])} in {row['year']}" for row in newest
    )
    spec = plot(
        title,
        f"{title}, as known on {answer['as_of']}: {said}.",
        layer,
        fans.HIGH,
        encoding={"x": years(first, last), "y": amounts(high)},
    )
    note = f"As known on {day_words(datetime.date.fromisoformat(answer['as_of']))}."
    if any(row["status"] not in ("actual", "", None) for rows in known.values() for row in rows):
        note += " Hollow marks: estimates and projections."
    if level is not None:
        note += f" Dashed: {measure(level, answer['unit'])}."
    if len(by_country) > len(chosen):
        note += f" The first {len(chosen)} are drawn; the table has all."
    return Chart("series", title, note, (spec,), (), ())


def _year(row: Answer) -> int:
    return int(row["year"])


def counts_chart(answer: Answer) -> Chart | None:
    """Return how many countries reach a threshold in each release, as a step line."""
    rows = [
        {"day": each["published"], "value": each["count"], "label": str(each["count"])}
        for each in answer["releases"]
        if each["count"] is not None
    ]
    if not rows:
        return None
    title = f"At or above {measure(answer['at_least'], answer['unit'])} in {answer['year']}"
    high = domain([row["value"] for row in rows], zero=True)
    held = [*rows, {**rows[-1], "day": answer["as_of"], "label": ""}]
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc"},
        "axis": {"format": "%b %Y", "tickCount": 4, "grid": False, "labelFlush": True},
    }
    y = amounts(high, tickMinStep=1, format="d")
    place: dict[str, Any] = {"x": {"field": "day", "type": "temporal"}, "y": {"field": "value"}}
    layer = [
        mark("line", held, place, interpolate="step-after", color=LINE, strokeWidth=2.5),
        mark("point", rows, place, fill=LINE, stroke=LINE, size=60, opacity=1),
        text(rows, place, dy=-12, fontWeight=600),
    ]
    said = "; ".join(f"{row['value']} on {row['day']}" for row in rows)
    spec = plot(title, f"{title}, by release: {said}.", layer, 170, encoding={"x": x, "y": y})
    return Chart(
        "counts",
        title,
        "How many countries, release by release. The year is the same; only what is known changes.",
        (spec,),
        ("Released", "Document", "Countries", "Of"),
        tuple(
            (
                day_words(datetime.date.fromisoformat(each["published"])),
                clean(each["document"]),
                "–" if each["count"] is None else str(each["count"]),
                str(each["of"]),
            )
            for each in answer["releases"]
        ),
    )
