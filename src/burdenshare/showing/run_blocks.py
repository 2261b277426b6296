"""The blocks of the text of a run: what is needed, bills, money, protection, how sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.guarantee import GROUPS
from burdenshare.showing.tiles import in_groups
from burdenshare.showing.words import clean, counted

Answer = Mapping[str, Any]
_MOST = 12  # members that a table of bills shows


def needed(answer: Answer, width: int) -> Iterator[str]:
    """Yield what the others would have to spend, and what it costs to reach each target."""
    rows = held.last_rows(answer["needed"])
    if rows:
        yield f"What the others would all have to spend in {rows[0]['year']}, % of GDP"
        cells = [
            [row["title"], _figure(row["p50"]), _figure(row["p5"]), _figure(row["p95"])]
            for row in rows
        ]
        yield grid(["to do this", "median", "5 %", "95 %"], cells, width)
    needed = bool(rows)
    rows = held.last_rows(answer["reach"])
    if rows:
        if needed:
            yield ""
        yield f"What it costs to lift all members to a target in {rows[0]['year']}"
    for row in rows:
        text = f"{say.sum_words(row['p50'], row['unit'])} ({say.RANGE} {say.millions_between(row)})"
        yield wrapped(text, width, f"  {say.level(row['target'])} % of GDP: ", "    ")


def bills(answer: Answer, width: int) -> Iterator[str]:
    """Yield for each budget who pays what before and after, the ways side by side."""
    for place, budget in enumerate(dict.fromkeys(each["budget"] for each in answer["bills"])):
        bills = [each for each in answer["bills"] if each["budget"] == budget]
        if place:
            yield ""
        yield wrapped(f"{bills[0]['title']}, {bills[0]['period']}: who pays what", width, "", "  ")
        given = [each for each in bills if each["rows"]]
        if given:
            yield from _bill_table(given, width)
        for each in bills:
            why = each["total_text"] if each["rows"] else each.get("reason") or each["total_text"]
            yield wrapped(why, width, f"  {say.way(each)}: ", "    ")
            yield from _breaks(each, width)


def _breaks(bill: Answer, width: int) -> Iterator[str]:
    """Yield the rules that a way of sharing breaks, each with the members it breaks them for."""
    by_text: dict[str, list[str]] = {}
    for each in bill["breaks"]:
        member = f"{each['country']} {say.percent(each['share'])} %"
        by_text.setdefault(clean(each["text"]), []).append(member)
    for text, members in by_text.items():
        said = f"{text}: {', '.join(members)}"
        yield wrapped(said, width, f"  ! {say.way(bill)} breaks a rule: ", "    ")


def _bill_table(bills: Sequence[Answer], width: int) -> Iterator[str]:
    first = bills[0]["rows"]
    before = {row["country"]: row for row in first}
    money = any(row["before_usd"] is not None for row in first)
    after = [{row["country"]: row for row in each["rows"]} for each in bills]
    order = sorted(before, key=lambda code: (-(before[code]["before"] or 0.0), code))
    field = "_usd" if money else ""
    rows = [
        [
            code,
            _million(before[code][f"before{field}"], money),
            *(_million(each.get(code, {}).get(f"after{field}"), money) for each in after),
        ]
        for code in order[:_MOST]
    ]
    yield "million USD" if money else clean(bills[0]["unit"])
    yield grid(["member", "before", *(each["reallocation"] for each in bills)], rows, width)
    if len(order) > _MOST:
        yield f"… and {counted(len(order) - _MOST, 'more member')}"


def _million(value: float | None, money: bool) -> Figure | None:
    if value is None:
        return None
    return Figure(value / 1e6, 1) if money else Figure(value, 3)


def money(answer: Answer, width: int) -> Iterator[str]:
    """Yield payments that stop, loans, and room under the fiscal rules."""
    for each in answer["funding"]:
        text = f"USD {say.money(each['lost_usd'])} of {say.money(each['total_usd'])} stops"
        text += f" ({say.percent(each['lost_share'])} %)"
        if each["others_raise_percent"] is not None:
            text += f"; the others would have to give {each['others_raise_percent']:.0f} % more"
        if each["need_usd"] is not None:
            text += f"; the need was USD {say.money(each['need_usd'])}"
        yield wrapped(text, width, f"{clean(each['title'])}, {each['year']}: ", "  ")
        yield _listed(each["rows"], "usd", width)
    for each in answer["borrowing"]:
        yield wrapped(
            f"{say.heading(each['title'])}: EUR {say.money(each['total_eur'])}", width, "", "  "
        )
        yield _listed(each["rows"], "amount_eur", width)
    for each in answer["room"]:
        yield wrapped(
            f"{say.heading(each['title'])}: EUR {say.money(each['total_eur'])}", width, "", "  "
        )
        years = sorted({year for row in each["rows"] for year in row["eur_by_year"]})
        rows = [
            {"country": row["country"], "eur": row["eur_by_year"].get(years[-1])}
            for row in each["rows"]
        ]
        if years:
            yield _listed(rows, "eur", width, f"{years[-1]}: ")


def _listed(rows: Sequence[Answer], name: str, width: int, first: str = "") -> str:
    """Return who has how much, the largest first, in one text."""
    known = sorted((row for row in rows if row[name]), key=lambda row: -row[name])
    said = [f"{row['country']} {say.money(row[name])}" for row in known[:_MOST]]
    more = [f"{len(known) - _MOST} more"] if len(known) > _MOST else []
    return wrapped(", ".join([*said, *more]) or "–", width, f"  {first}", "    ")


def protection(answer: Answer, width: int) -> Iterator[str]:
    """Yield who is protected under each reading in the last year, with the probabilities."""
    readings = [each for each in answer["protection"] if each["rows"]]
    last = {each["reading"]: each for each in sorted(readings, key=lambda each: each["year"])}
    if last:
        yield "Who is protected (probability in % where the draws do not agree)"
    for each in last.values():
        title = f"{say.heading(each['title'])} ({each['reading']}), {each['year']}"
        yield wrapped(title, width, "  ", "    ")
        for group in GROUPS:
            mine = [row for row in in_groups(each) if row["group"] == group]
            if mine:
                label = f"    {group:<12}{len(mine):>3}  "
                yield wrapped(", ".join(map(_protected, mine)), width, label, " " * len(label))
        reasons: dict[str, list[str]] = {}
        for row in each["rows"]:
            if row["group"] == "open":
                reasons.setdefault(clean(row["reason"]), []).append(row["country"])
        for reason, who in reasons.items():
            yield wrapped(reason, width, f"    ? {' '.join(who)}: ", "      ")


def _protected(row: Answer) -> str:
    probability = row["probability"]
    if probability is None or probability in (0, 1):
        return clean(row["country"])
    return f"{row['country']} {say.chance_short(probability)}"


def uncertainty(answer: Answer, width: int) -> Iterator[str]:
    """Yield each measure split in three: data revision, forecast error, assumptions."""
    between = ""
    for each in answer["uncertainty"]:
        named = [
            ("data revision alone", each["data_revision"]),
            ("forecast error alone", each["forecast_error"]),
            ("both together", each["both"]),
            *((f"assumption: {row['text']}", row) for row in each["assumptions"]),
        ]
        share = clean(each["unit"]).startswith("%")
        scale, decimals = (1.0, 2) if share else (1e-3, 0)
        rows = [
            [name, *(_figure(found.get(n), scale, decimals) for n in ("p50", "p5", "p95"))]
            for name, found in named
            if found is not None and found["p50"] is not None
        ]
        if rows:
            unit = clean(each["unit"]) if share else clean(each["unit"]).replace("mill", "bill")
            title = f"How sure: {each['measure']}, {each['region']}, {each['year']}, {unit}"
            yield between + wrapped(title, width, "", "  ")
            yield grid(["what is uncertain", "median", "5 %", "95 %"], rows, width)
            between = "\n"


def _figure(value: float | None, scale: float = 1.0, decimals: int = 2) -> Figure | None:
    return None if value is None else Figure(value * scale, decimals)
