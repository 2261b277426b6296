"""Debt with and without spending on top: sentences, tables, and the room that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing import debt_words as say
from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.run_words import money
from burdenshare.showing.words import clean, counted

Answer = Mapping[str, Any]
CASES = ("without", "with", "kept")
_NONE = "more than 3"  # points a year, where no step that was tried is enough
_YES = {True: "yes", False: "no"}


def more_words(answer: Answer) -> str:
    """Return in a sentence what spending on top changes, or nothing where none is asked for."""
    found = answer.get("effects")
    if not found or not found["rows"]:
        return ""
    top = say.on_top(answer)
    return _one(found["rows"][0], top) if len(found["rows"]) == 1 else _several(found, top)


def _one(row: Answer, top: str) -> str:
    last = max(row["with"]["debt"])
    first, end = row["extra_adjustment"]["years"]
    debts = [say.ratio(row[case]["debt"][last]) for case in CASES]
    return (
        f"With {top} on top and the same steps, debt would be {debts[1]} % instead of {debts[0]} % "
        f"in {last} ({debts[2]} % if the spending goes on); needed on top from {first} to {end}: "
        f"{needed(row, 'with')} points a year ({needed(row, 'kept')} if it goes on), without it "
        f"{needed(row, 'without')}."
    )


def _several(found: Answer, top: str) -> str:
    rows = found["rows"]
    first, end = rows[0]["extra_adjustment"]["years"]
    more = [row for row in rows if _grows(row, "with")]
    kept = [row for row in rows if _grows(row, "kept")]
    return (
        f"With {top} on top, {len(more)} of {counted(len(rows), 'state')} would need a larger "
        f"adjustment from {first} to {end}, and {len(kept)} if the spending goes on; all of it "
        f"comes to EUR {money(found['room']['spent_eur'])}, of which EUR "
        f"{money(found['room']['covered_eur'])} falls under the escape clause."
    )


def _grows(row: Answer, case: str) -> bool:
    before, after = (row[each]["needed_after_2028"] for each in ("without", case))
    return before is not None and (after is None or after - before >= 0.005)


def needed(row: Answer, case: str) -> str:
    """Return the step needed after 2028, in points a year.

    >>> needed({"kept": {"needed_after_2028": 0.7335}}, "kept")
    '0.73'
    >>> needed({"kept": {"needed_after_2028": None}}, "kept")
    'more than 3'
    """
    value = row[case]["needed_after_2028"]
    return _NONE if value is None else say.balance(value)


def measures(row: Answer) -> list[tuple[str, ...]]:
    """Return what is told of a state in words: the measure, then without, with and kept."""
    years, span = list(row["with"]["debt"]), row["probability_years"]
    first, end = row["extra_adjustment"]["years"]
    told = [row[case] for case in CASES]
    lines = [
        (f"debt in {year}", *(say.ratio(each["debt"][year]) for each in told)) for year in years
    ]
    lines += [
        (f"interest in {year}", *(say.balance(each["interest"][year]) for each in told))
        for year in years
    ]
    lines += [
        ("balance in 2028", *(say.balance(each["balance_2028"]) for each in told)),
        (
            "as the clause counts it",
            *(say.balance(each["balance_2028_as_counted"]) for each in told),
        ),
        ("deficit ≤ 3 %, so counted", *_met(row, "deficit_2028_as_counted")),
        *((f"debt ≤ 60 % in {year}", *_met(row, f"debt_{year}")) for year in years),
        (
            f"debt falls, {span[0]} to {span[1]}",
            *(say.chance(each["probability_debt_falls"]) for each in told),
        ),
        (f"needed, {first} to {end}", *(needed(row, case) for case in CASES)),
        ("what decides", *(_decides(each) for each in told)),
    ]
    return lines


def _met(row: Answer, name: str) -> Iterator[str]:
    return (_YES[row[case]["reference_values"][name]] for case in CASES)


def _decides(told: Answer) -> str:
    name = told["binding_after_2028"]
    return "–" if name == "nothing" else say.criterion(name)


def text(answer: Answer, width: int) -> Iterator[str]:
    """Yield the lines on spending on top, or none where there is none."""
    found = answer.get("effects")
    if not found:
        return
    rows = found["rows"]
    if rows:
        yield ""
        yield wrapped(f"Without and with {say.on_top(answer)} on top, the same steps taken", width)
    if len(rows) == 1:
        head = ["% of GDP", "without", "with", "spending goes on"]
        yield grid(head, [list(line) for line in measures(rows[0])], width)
        yield from _clause(rows[0], width)
    elif rows:
        yield from _table(rows, width)
    yield from _outside(found, width)
    if rows:
        yield from _room(found["room"], width)
    for said in say.said(found["said"]):
        yield wrapped(said, width, "note: ", "  ")
    for gap in say.grouped((each["country"], each["reason"]) for each in found["gaps"]):
        yield wrapped(gap, width, "gap: ", "  ")


def _table(rows: list[Answer], width: int) -> Iterator[str]:
    years = list(rows[0]["with"]["debt"])
    first, end = rows[0]["extra_adjustment"]["years"]
    head = ["state", *(each for year in years for each in (year, "with"))]
    yield grid(
        [*head, "needed", "with", "kept"],
        [
            [
                row["country"],
                *(
                    Figure(row[case]["debt"][year], 1)
                    for year in years
                    for case in ("without", "with")
                ),
                *(_step(row, case) for case in CASES),
            ]
            for row in rows
        ],
        width,
    )
    yield wrapped(
        f"{', '.join(years)}: debt, % of GDP; needed: points a year on top from {first} to {end}; "
        "kept: if the spending goes on; –: more than 3",
        width,
    )
    yield wrapped(limits(rows), width)


def limits(rows: Sequence[Answer]) -> str:
    """Return in a sentence how many states keep within 60 % of debt and 3 % of deficit."""
    last = max(rows[0]["with"]["debt"])
    count = {
        name: [sum(row[case]["reference_values"][name] for row in rows) for case in CASES]
        for name in (f"debt_{last}", "deficit_2028_as_counted")
    }
    low, within = count.values()
    return (
        f"Of {counted(len(rows), 'state')}, debt is within 60 % in {last} in {low[0]} without the "
        f"spending, {low[1]} with it and {low[2]} if it goes on; the deficit of 2028, as the "
        f"clause counts it, is within 3 % in {within[0]} without it and {within[1]} with it."
    )


def _step(row: Answer, case: str) -> Figure | None:
    value = row[case]["needed_after_2028"]
    return None if value is None else Figure(value, 2)


def _clause(row: Answer, width: int) -> Iterator[str]:
    clause = row["clause"]
    if clause is not None:
        said = f"escape clause active since {clause['activated']}: {clause['document']}"
        yield wrapped(said, width, "", "  ")


def _outside(found: Answer, width: int) -> Iterator[str]:
    """Yield debt of states outside the EU by the plain identity."""
    plain = found["outside_eu"]
    if not plain or not plain["rows"]:
        return
    yield ""
    yield wrapped(f"Outside the EU: {clean(plain['method'])}; debt, % of GDP", width)
    head = ["state", "year", "on top", "without", "with", "interest", "with"]
    yield grid(head, [list(line) for line in outside_rows(found)], width)


def outside_rows(found: Answer) -> Iterator[tuple[str, ...]]:
    """Yield a line for each state outside the EU and year, in words."""
    for row in found["outside_eu"]["rows"] if found["outside_eu"] else ():
        for place, year in enumerate(row["years"]):
            debts, interests = (
                [row[case][name][place] for case in ("without", "with")]
                for name in ("debt", "interest")
            )
            yield (
                say.named(row["country"]),
                str(year),
                say.balance(row["points"][place]),
                *map(say.ratio, debts),
                *map(say.balance, interests),
            )


def _room(room: Answer, width: int) -> Iterator[str]:
    yield ""
    yield wrapped(
        f"{clean(room['title'])[:1].upper()}{clean(room['title'])[1:]}: "
        f"EUR {money(room['spent_eur'])}; under the escape clause EUR {money(room['covered_eur'])}",
        width,
        "",
        "  ",
    )
    for each in room["compared"]:
        yield wrapped(compared(each), width, "  ", "    ")


def compared(each: Answer) -> str:
    """Return how the spending on top stands beside a sum that was said.

    >>> compared({"title": "the figure", "total_eur": 650e9, "spent_percent": 7.8})
    '8 % of EUR 650 billion: the figure'
    """
    share = f"{each['spent_percent']:.0f} %"
    return f"{share} of EUR {money(each['total_eur'])}: {clean(each['title'])}"
