"""Charts of who picks up what falls away, of cost shares, and of who spends more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.bars import LARGEST, MOST, ROW, Bar, bars_spec, largest, signed, steps_of
from burdenshare.showing.plots import (
    GHOST,
    INK,
    LINE,
    PAPER,
    STATED,
    Chart,
    amounts,
    domain,
    mark,
    plot,
    told_apart,
)
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]


def bill_charts(answer: Answer) -> list[Chart]:
    """Return for each budget who picks up the bill in each way, and the shares against GDP."""
    found: list[Chart] = []
    for place, (bill, ways) in enumerate(_unlike(answer["bills"])):
        found += _waterfall(answer, bill, ways, place + 1)
    for place, budget in enumerate(dict.fromkeys(bill["budget"] for bill in answer["bills"])):
        found += _dumbbell(answer, budget, place + 1)
    return found


def _unlike(bills: Sequence[Answer]) -> list[tuple[Answer, str]]:
    """Return the bills with the ways that give them: ways that give the same bill together."""
    found: list[tuple[Answer, list[str]]] = []
    for bill in bills:
        for other, ways in found:
            if other["budget"] == bill["budget"] and _after_all(other) == _after_all(bill):
                ways.append(say.way(bill))
                break
        else:
            found.append((bill, [say.way(bill)]))
    return [(bill, ", or ".join(ways)) for bill, ways in found]


def _after_all(bill: Answer) -> dict[str, str]:
    return {row["country"]: say.money(row["after_usd"]) for row in bill["rows"]}


def _waterfall(answer: Answer, bill: Answer, ways: str, place: int) -> list[Chart]:
    """Return how what some no longer pay is made up by the others, where it is made up."""
    known = [row for row in bill["rows"] if None not in (row["before_usd"], row["after_usd"])]
    gone = [row for row in known if row["after_usd"] == 0 and row["before_usd"] > 0]
    lost = sum(row["before_usd"] for row in gone)
    more = {
        row["country"]: row["after_usd"] - row["before_usd"] for row in known if row not in gone
    }
    if not lost or sum(size for size in more.values() if size > 0) < 0.005 * lost:
        return []
    names = [say.spoken(answer, row["country"]) for row in gone]
    who = say.joined(names) if len(names) < 4 else "those who leave"
    title = f"{clean(bill['title'])}: who picks up what {who} paid ({ways})"
    steps = steps_of([Bar("what falls away", lost, colour=STATED)], largest(answer, more))
    missing = lost - sum(more.values())
    if missing > 0.005 * lost:
        steps.append(Bar("not made up", missing, lost - missing, GHOST, say.money(missing)))
    said = [f"USD {say.money(lost)} falls away"]
    said += [f"{bar.name} {bar.label}" for bar in steps[1:7]]
    table = [
        (
            say.name(answer, row["country"]),
            say.money(row["before_usd"]),
            say.money(row["after_usd"]),
            signed(row["after_usd"] - row["before_usd"]),
        )
        for row in sorted(known, key=lambda row: row["before_usd"] - row["after_usd"])
    ]
    note = f"USD a year, {clean(bill['period'])}. {clean(bill['total_text'])}."
    return [
        Chart(
            f"bill-{place}",
            title,
            note,
            (bars_spec(title, f"{title}. {', '.join(said)}.", steps),),
            ("Member", "Before, USD", "After, USD", "Change, USD"),
            tuple(table),
        )
    ]


def spending_charts(answer: Answer) -> list[Chart]:
    """Return who spends how much more or less than if nothing changes, in the last such year."""
    found = _changed(answer)
    if not found:
        return []
    year = max(row["year"] for row, _ in found)
    table = [
        (row["region"], other["mean"], row["mean"]) for row, other in found if row["year"] == year
    ]
    unit = found[0][0]["unit"]
    changes = {country: (after - before) * 1e6 for country, before, after in table}
    currency, prices = say.currency_of(unit)
    title = f"Who spends more than if nothing changes, {year}"
    steps = steps_of([], largest(answer, changes))
    total = sum(changes.values())
    steps.append(Bar("together", total, colour=STATED, label=signed(total)))
    said = ", ".join(f"{bar.name} {bar.label}" for bar in [steps[-1], *steps[:6]])
    table.sort(key=lambda row: row[1] - row[2])
    rows = tuple(
        (
            say.name(answer, country),
            say.millions(before),
            say.millions(after),
            signed(changes[country]),
        )
        for country, before, after in table
    )
    note = f"Means of the draws, {currency} at prices and exchange rates of {prices}, in {year}."
    head = ("Member", "If nothing changes", "In this scenario", "Change")
    spec = bars_spec(title, f"{title}, {currency}: {said}.", steps)
    return [Chart("spending", title, note, (spec,), head, rows)]


def _changed(answer: Answer) -> list[tuple[Answer, Answer]]:
    """Return the years of each country with those of "nothing changes", where any is another."""
    pairs = []
    years = set()
    for country in held.countries(answer, held.CONSTANT):
        before = {row["year"]: row for row in held.baseline(answer, held.CONSTANT, country)}
        for row in held.pick(answer, held.CONSTANT, country):
            if row["year"] in before:
                pairs.append((row, before[row["year"]]))
                if abs(row["mean"] - before[row["year"]]["mean"]) >= 1:
                    years.add(row["year"])
    return [(row, other) for row, other in pairs if row["year"] in years]


def _dumbbell(answer: Answer, budget: str, place: int) -> list[Chart]:
    """Return cost shares before and after beside shares of GDP, of the first way that has any."""
    bills = [each for each in answer["bills"] if each["budget"] == budget and each["rows"]]
    if not bills:
        return []
    bill = bills[0]
    rows = sorted(bill["rows"], key=lambda row: -max(row["before"] or 0.0, row["after"] or 0.0))
    with_gdp = any(row.get("gdp_share") is not None for row in rows)
    title = f"{clean(bill['title'])}: cost share{' against GDP share' if with_gdp else 's'}"
    names = told_apart([say.short_name(answer, row["country"]) for row in rows[: MOST + 4]])
    drawn = [
        {
            "name": name,
            "before": row["before"],
            "after": row["after"],
            "gdp": row.get("gdp_share"),
        }
        for name, row in zip(names, rows, strict=False)
    ]
    said = "; ".join(
        f"{row['name']} {say.percent(row['before'])} % before, {say.percent(row['after'])} % after"
        + (f", {say.percent(row['gdp'])} % of GDP" if row["gdp"] is not None else "")
        for row in drawn[:6]
    )
    note = f"In per cent, {clean(bill['period'])}, {say.way(bill)}. Hollow: before; filled: after"
    head: tuple[str, ...] = ("Member", "Before, %", "After, %")
    if with_gdp:
        head += ("Share of GDP, %",)
        note += "; upright line: share of the GDP of all members"
    others = bills[1:]
    head += tuple(f"{say.way(each)}, %" for each in others)
    table = tuple(
        (
            say.name(answer, row["country"]),
            say.percent(row["before"]),
            say.percent(row["after"]),
            *([say.percent(row.get("gdp_share"))] if with_gdp else []),
            *(say.percent(_after(each, row["country"])) for each in others),
        )
        for row in rows
    )
    note += f".{LARGEST if len(rows) > len(drawn) else ''}"
    spec = _pairs(title, f"{title}. {said}.", drawn)
    return [Chart(f"shares-{place}", title, note, (spec,), head, table)]


def _after(bill: Answer, country: str) -> float | None:
    for row in bill["rows"]:
        if row["country"] == country:
            found: float | None = row["after"]
            return found
    return None


def _pairs(title: str, said: str, rows: Sequence[Answer]) -> dict[str, Any]:
    """Return two marks a row and the line between them, and an upright line for the third."""
    values = [
        row[name] for row in rows for name in ("before", "after", "gdp") if row[name] is not None
    ]
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "title": None}
    y |= {"axis": {"ticks": False, "domain": False, "labelPadding": 10}}
    spans = []
    for row in rows:
        known = [row[name] for name in ("before", "after", "gdp") if row[name] is not None]
        if known:
            spans.append({"name": row["name"], "low": min(known), "high": max(known)})
    x = amounts(domain([*values, 0.0], zero=True), "low")
    look = {"size": 80, "strokeWidth": 2, "opacity": 1}
    layer = [mark("rule", spans, {"x": x, "x2": {"field": "high"}, "y": y}, color=INK, opacity=0.5)]
    for name, fill in (("before", PAPER), ("after", LINE)):
        known_rows = [row for row in rows if row[name] is not None]
        where = {"x": {"field": name, "type": "quantitative"}, "y": y}
        layer.append(mark("point", known_rows, where, stroke=LINE, fill=fill, **look))
    gdp = [row for row in rows if row["gdp"] is not None]
    where = {"x": {"field": "gdp", "type": "quantitative"}, "y": y}
    layer.append(mark("tick", gdp, where, color=STATED, thickness=3, size=16, opacity=1))
    return plot(title, said, layer, ROW * max(len(rows), 1) + 28)
