"""Charts of single figures with their range: what the others would need, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.plots import INK, LINE, STATED, Chart
from burdenshare.showing.ranges import READ, Figure, ranges_spec
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]


def needed_charts(answer: Answer) -> list[Chart]:
    """Return what the others would all have to spend in the last year, for each amount asked."""
    rows = held.last_rows(answer["needed"])
    if not rows:
        return []
    year = rows[0]["year"]
    figures = [*_usual(answer, year), *(_need(row) for row in rows)]
    title = f"What the others would all have to spend, {year}"
    said = "; ".join(
        f"{say.heading(row['title'])}: {say.percent(row['p50'])} % of GDP "
        f"({say.RANGE} {say.between(row)})"
        for row in rows
    )
    head = ("To do this", "% of GDP", say.RANGE, "Amount a year", "From")
    table = [
        (
            say.heading(row["title"]),
            say.percent(row["p50"]),
            say.between(row),
            say.millions(row["amount_usd_million"]),
            clean(row["citation"]),
        )
        for row in rows
    ]
    note = f"In per cent of their GDP, the same for each. {READ}"
    spec = ranges_spec(title, f"{title}. {said}.", figures, "~f")
    return [Chart("needed", title, note, (spec,), head, tuple(table))]


def _usual(answer: Answer, year: int) -> list[Figure]:
    """Return what those who are in spend anyway: the first group that has figures for the year."""
    for region in held.distinct_groups(answer, held.SHARE):
        for row in held.pick(answer, held.SHARE, region):
            if row["year"] == year:
                name = f"{clean(region)}, on its own path"
                label = f"{say.percent(row['p50'])} %"
                return [Figure(name, row["p50"], row["p5"], row["p95"], label, INK)]
    return []


def _need(row: Answer) -> Figure:
    label = f"{say.percent(row['p50'])} %"
    return Figure(say.heading(row["title"]), row["p50"], row["p5"], row["p95"], label)


def reach_charts(answer: Answer) -> list[Chart]:
    """Return what it costs to lift all who are in to each target, in the last year."""
    rows = held.last_rows(answer["reach"])
    if not any(row["p95"] for row in rows):
        return []
    year, unit = rows[0]["year"], rows[0]["unit"]
    currency, prices = say.currency_of(unit)
    title = f"What it costs to lift all members to a target, {year}"
    figures = [
        Figure(
            f"to {say.level(row['target'])} % of GDP",
            row["p50"] * 1e6,
            row["p5"] * 1e6,
            row["p95"] * 1e6,
            f"{currency} {say.millions(row['p50'])}",
        )
        for row in rows
    ]
    said = "; ".join(
        f"{say.level(row['target'])} %: {say.sum_words(row['p50'], unit)} "
        f"({say.RANGE} {say.millions_between(row)})"
        for row in rows
    )
    note = f"{currency}{f' at prices of {prices}' if prices else ''}, in that year. {READ}"
    table = [
        (f"{say.level(row['target'])} %", say.millions(row["p50"]), say.millions_between(row))
        for row in rows
    ]
    spec = ranges_spec(title, f"{title}. {said}.", figures, "")
    head = ("Target, % of GDP", f"{currency}, median", say.RANGE)
    return [Chart("reach", title, note, (spec,), head, tuple(table))]


_PARTS = (
    ("data_revision", "Data revision alone"),
    ("forecast_error", "Forecast error alone"),
    ("both", "Both together"),
)


def uncertainty_charts(answer: Answer) -> list[Chart]:
    """Return each measure split in three: data revision, forecast error, assumptions."""
    known = [each for each in answer["uncertainty"] if _known(each)]
    return [_split(each, place + 1) for place, each in enumerate(known)]


def _known(found: Answer) -> bool:
    """Say whether any part of a measure has a figure."""
    parts = [*(found[key] for key, _ in _PARTS), *found["assumptions"]]
    return any(part is not None and part["p50"] is not None for part in parts)


def _split(found: Answer, place: int) -> Chart:
    share = clean(found["unit"]).startswith("%")
    scale = 1.0 if share else 1e6
    figures, said, table = [], [], []
    for key, name in _PARTS:
        part = found[key]
        if part is None or part["p50"] is None:
            continue
        middle, spread = _written(part, share)
        colour = INK if key == "both" else LINE
        ends = (part["p50"] * scale, part["p5"] * scale, part["p95"] * scale)
        figures.append(Figure(name, *ends, f"{spread}", colour))
        said.append(f"{name}: {middle} ({say.RANGE} {spread})")
        table.append((name, middle, spread))
    for each in found["assumptions"]:
        if each["p50"] is None:
            continue
        middle = _written(each | {"p5": None, "p95": None}, share)[0]
        name = say.heading(each["text"])
        figures.append(Figure(name, each["p50"] * scale, None, None, middle, STATED))
        said.append(f"{name}: {middle}")
        table.append((name, middle, "–"))
    title = f"{say.heading(found['measure'])}: {clean(found['region'])}, {found['year']}"
    unit = (
        clean(found["unit"])
        if share
        else " at prices of ".join(part for part in say.currency_of(found["unit"]) if part)
    )
    note = (
        f"{unit}. Line: the {say.RANGE} that each kind of error gives alone and together; mark: "
        "the median. Hollow marks: the median under another assumption."
    )
    spec = ranges_spec(f"How sure: {title}", f"{title}, {unit}. {'; '.join(said)}.", figures, "~f")
    head = ("What is uncertain", "Median", say.RANGE)
    return Chart(f"uncertainty-{place}", title, note, (spec,), head, tuple(table))


def _written(part: Answer, share: bool) -> tuple[str, str]:
    """Return the median and the range of a figure in words."""
    if share:
        return say.percent(part["p50"]), say.between(part)
    return say.millions(part["p50"]), say.millions_between(part)
