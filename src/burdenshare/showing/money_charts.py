"""Charts of payments that stop, of loans, and of room under the fiscal rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burdenshare.showing import run_words as say
from burdenshare.showing.bars import LARGEST, MOST, Bar, bars_spec, listed
from burdenshare.showing.plots import LINE, STATED, Chart
from burdenshare.showing.ranges import Figure, ranges_spec
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]


def funding_charts(answer: Answer) -> list[Chart]:
    """Return who gives an organisation its voluntary payments, and which of them stop."""
    return [_funding(answer, each, place + 1) for place, each in enumerate(answer["funding"])]


def _funding(answer: Answer, found: Answer, place: int) -> Chart:
    title = f"{clean(found['title'])}, {found['year']}"
    stops = {clean(change) for change in found.get("stops", ())} or {
        row["country"] for row in found["rows"] if row["usd"] == found["lost_usd"]
    }
    rows = sorted(found["rows"], key=lambda row: -row["usd"])
    bars = [
        Bar(
            say.short_name(answer, row["country"]),
            row["usd"],
            colour=STATED if row["country"] in stops else LINE,
            label=f"{say.money(row['usd'])}{' stops' if row['country'] in stops else ''}",
        )
        for row in rows[: MOST + 1]
    ]
    said = (
        f"USD {say.money(found['total_usd'])} in all; USD {say.money(found['lost_usd'])} "
        f"({say.percent(found['lost_share'])} %) stops"
    )
    if found["others_raise_percent"] is not None:
        said += (
            f"; the others would have to give {say.percent(found['others_raise_percent'])} % more "
            "to make it up"
        )
    if found["need_usd"] is not None:
        said += f"; the need was USD {say.money(found['need_usd'])}"
    table = tuple((say.name(answer, row["country"]), say.money(row["usd"])) for row in rows)
    note = f"{said}.{LARGEST if len(rows) > len(bars) else ''}"
    spec = bars_spec(title, f"{title}: {said}. {listed(bars)}.", bars)
    return Chart(f"funding-{place}", title, note, (spec,), ("Donor", "USD"), table)


def loan_charts(answer: Answer) -> list[Chart]:
    """Return who may borrow how much, and who has how much room under the fiscal rules."""
    found = [_loans(answer, each, i + 1) for i, each in enumerate(answer["borrowing"])]
    given = [each for each in answer["room"] if any(row["eur_by_year"] for row in each["rows"])]
    found += _room_totals(answer)
    return found + [_room(answer, each, i + 1) for i, each in enumerate(given)]


def _room_totals(answer: Answer) -> list[Chart]:
    """Return how much room there is by each way of counting, where there are several."""
    known = [each for each in answer["room"] if each["total_eur"] is not None]
    if len(known) < 2:
        return []
    title = "Room under the fiscal rules, by how it is counted"
    figures = [
        Figure(say.heading(each["title"]), each["total_eur"], None, None, _billions(each), LINE)
        for each in known
    ]
    said = "; ".join(f"{say.heading(each['title'])}: EUR {_billions(each)}" for each in known)
    table = tuple(
        (say.heading(each["title"]), _billions(each), clean(each["citation"])) for each in known
    )
    head = ("How it is counted", "EUR, all years", "From")
    spec = ranges_spec(title, f"{title}. {said}.", figures, "")
    return [Chart("room", title, "EUR, all years together.", (spec,), head, table)]


def _billions(room: Answer) -> str:
    return say.money(room["total_eur"])


def _loans(answer: Answer, found: Answer, place: int) -> Chart:
    title = f"{say.heading(found['title'])}: EUR {say.money(found['total_eur'])}"
    rows = sorted(found["rows"], key=lambda row: -row["amount_eur"])
    bars = [
        Bar(
            say.short_name(answer, row["country"]),
            row["amount_eur"],
            label=say.money(row["amount_eur"]),
        )
        for row in rows
    ]
    table = tuple(
        (
            say.name(answer, row["country"]),
            say.money(row["amount_eur"]),
            f"{row['first']} to {row['last']}",
            say.money(row["per_year_eur"]),
        )
        for row in rows
    )
    head = ("State", "Loan, EUR", "Years", "A year, EUR")
    spec = bars_spec(title, f"{title}. {listed(bars)}.", bars)
    return Chart(
        f"loans-{place}", title, "EUR, spread evenly over the years.", (spec,), head, table
    )


def _room(answer: Answer, found: Answer, place: int) -> Chart:
    title = say.heading(found["title"])
    if found["total_eur"] is not None:
        title += f": EUR {say.money(found['total_eur'])} in all"
    years = sorted({year for row in found["rows"] for year in row["eur_by_year"]})
    sums = {
        row["country"]: sum(each or 0.0 for each in row["eur_by_year"].values())
        for row in found["rows"]
    }
    rows = sorted(found["rows"], key=lambda row: -sums[row["country"]])
    bars = [
        Bar(
            say.short_name(answer, row["country"]),
            sums[row["country"]],
            label=say.money(sums[row["country"]]),
        )
        for row in rows
        if sums[row["country"]]
    ]
    table = tuple(
        (
            say.name(answer, row["country"]),
            clean(row["activated"] or "not asked for"),
            *(say.money(row["eur_by_year"].get(year)) for year in years),
            say.money(sums[row["country"]]),
        )
        for row in rows
    )
    note = f"EUR, {years[0]} to {years[-1]} together."
    head = ("State", "Clause activated", *(f"{year}, EUR" for year in years), "Together, EUR")
    spec = bars_spec(title, f"{title}. {note} {listed(bars)}.", bars)
    return Chart(f"room-{place}", title, note, (spec,), head, table)
