"""Charts of what all spend together, with and without those who leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.showing import fans
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.plots import (
    INK,
    LINE,
    Chart,
    Layer,
    Rows,
    amounts,
    apart,
    domain,
    plot,
    years,
)
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]


_UNCHANGED = "if nothing changes"
_SHORT = {_UNCHANGED: "unchanged"}


def total_charts(answer: Answer) -> list[Chart]:
    """Return the total of the first group that has one, with and without those who leave."""
    for region in held.groups(answer):
        rows = held.pick(answer, held.CONSTANT, region)
        if rows:
            return [_total_chart(answer, region, rows)]
    return []


def _total_chart(answer: Answer, region: str, rows: Rows) -> Chart:
    before = held.baseline(answer, held.CONSTANT, region)
    if [row["p50"] for row in before] == [row["p50"] for row in rows]:
        before = []
    names = _total_names(answer, bool(before))
    unit = rows[0]["unit"]
    title = f"{clean(region)}: total spending{names[2]}"
    high = domain([1e6 * row["p95"] for row in (*rows, *before)], zero=True)
    layer = []
    ends = [(rows, names[0], LINE)]
    if before:
        ends.append((before, names[1], INK))
        layer += fans.fan(before, INK, 1e6, dash=[6, 4])
    layer += fans.fan(rows, LINE, 1e6)
    layer.append(_total_labels(ends, high))
    encoding = {
        "x": years(int(rows[0]["year"]), int(rows[-1]["year"])),
        "y": amounts(high),
    }
    return Chart(
        name="totals",
        title=title,
        note=f"{_money_of(unit)}. {fans.READ}" + (f" Dashed grey: {names[1]}." if before else ""),
        specs=(plot(title, _total_said(title, ends, unit), layer, fans.HIGH, encoding=encoding),),
        head=("Year", *(head for _, name, _ in ends for head in (name, say.RANGE))),
        rows=tuple(_total_row(year, ends) for year in [int(row["year"]) for row in rows]),
    )


def _total_names(answer: Answer, changed: bool) -> tuple[str, str, str]:
    """Return what the two paths are called, and the end of the title."""
    gone = [say.spoken(answer, code) for code in held.leavers(answer)]
    if not changed:
        return "total", "", ""
    if not gone:
        return "scenario", _UNCHANGED, ", and if nothing changes"
    who = say.joined(gone) if len(gone) < 4 else "those who leave"
    return "without", "with", f" with and without {who}"


def _total_labels(ends: Sequence[tuple[Rows, str, str]], high: Sequence[float]) -> Layer:
    values = [1e6 * rows[-1]["p50"] for rows, _, _ in ends]
    places = apart(values, (high[1] - high[0]) * 34 / fans.HIGH)
    labels = [
        {
            "year": int(rows[-1]["year"]),
            "value": place,
            "label": f"{_SHORT.get(name, name)}\n{_brief(value)}",
            "colour": colour,
        }
        for (rows, name, colour), place, value in zip(ends, places, values, strict=True)
    ]
    return fans.right(labels)


def _brief(amount: float) -> str:
    return say.money(amount).replace("billion", "bn").replace("million", "m")


def _total_said(title: str, ends: Sequence[tuple[Rows, str, str]], unit: str) -> str:
    parts = []
    for rows, name, _ in ends:
        first, last = rows[0], rows[-1]
        parts.append(
            f"{name}: {say.sum_words(first['p50'], unit)} in {first['year']}, "
            f"{say.sum_words(last['p50'], unit)} in {last['year']} "
            f"({say.RANGE} {say.millions_between(last)})"
        )
    return f"{title}. {'; '.join(parts)}."


def _total_row(year: int, ends: Sequence[tuple[Rows, str, str]]) -> tuple[str, ...]:
    cells = [str(year)]
    for rows, _, _ in ends:
        found = [row for row in rows if int(row["year"]) == year]
        cells += (
            [say.millions(found[0]["p50"]), say.millions_between(found[0])] if found else ["–"] * 2
        )
    return tuple(cells)


def _money_of(unit: str) -> str:
    currency, year = say.currency_of(unit)
    return f"{currency} at prices and exchange rates of {year}" if year else currency
