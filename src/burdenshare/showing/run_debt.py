"""The block of the text of a run on debt: with and without the spending, and the money for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing import debt_effects
from burdenshare.showing import debt_words as words
from burdenshare.showing import run_debt_words as say
from burdenshare.showing.grids import grid, wrapped
from burdenshare.showing.run_words import chance_short, heading, money
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_PAIR = ("without", "with")


def debt(answer: Answer, width: int) -> Iterator[str]:
    """Yield a table of states for each case, and whether the money covers each study."""
    found = say.block(answer)
    if not found["cases"] and not found["covers"]:
        return
    yield wrapped(f"Debt: {clean(found['title'])}", width)
    for place, case in enumerate(found["cases"]):
        yield from _case(case, width, whole=place == 0)
        for text in say.remarks(answer, case):
            yield wrapped(text, width, "  note: ", "    ")
    yield from _covers(found["covers"], width)
    for text in (*say.doubts(answer), *map(clean, found["notes"])):
        yield wrapped(text, width, "  note: ", "    ")
    for text in found["assumptions"]:
        yield wrapped(text, width, "  assumed: ", "    ")
    for text in say.sources(answer):
        yield wrapped(text, width, "  from: ", "    ")


def _case(case: Answer, width: int, *, whole: bool) -> Iterator[str]:
    """Yield one case: `whole` with its states, else in two sentences; pages show them all."""
    effects = case["effects"]
    yield wrapped(heading(case["title"]), width, "· ", "  ")
    if case["caveat"]:
        yield wrapped(case["caveat"], width, "  ")
    if effects["rows"]:
        yield wrapped(say.spent(effects), width, "  ")
        if whole:
            yield _table(effects["rows"], width)
            yield wrapped(_key(effects["rows"][0]), width, "  ")
        yield wrapped(debt_effects.limits(effects["rows"]), width, "  ")
    if not whole:
        yield wrapped("State by state: in the report (-o DIR).", width, "  ")
        return
    outside = {line[0]: line for line in debt_effects.outside_rows(effects)}
    if outside:
        title = f"Outside the EU: {clean(effects['outside_eu']['method'])}; debt, % of GDP"
        yield wrapped(title, width, "  ", "    ")
        head = ["state", "year", "on top", "without", "with", "interest", "with"]
        yield grid(head, [list(line) for line in outside.values()], width)


def _table(rows: Sequence[Answer], width: int) -> str:
    """Return a line a state, of each figure both without and with what is on top."""
    years = list(rows[0]["with"]["debt"])
    last = years[-1]
    columns = [
        [clean(row["country"]) for row in rows],
        *(
            _both(*([words.ratio(row[case]["debt"][year]) for row in rows] for case in _PAIR))
            for year in years
        ),
        _both(*([words.balance(row[case]["interest"][last]) for row in rows] for case in _PAIR)),
        _both(
            *([chance_short(row[case]["probability_debt_falls"]) for row in rows] for case in _PAIR)
        ),
        _both(*([say.extra(row, case) for row in rows] for case in ("with", "kept"))),
        [say.met(row["with"]) for row in rows],
    ]
    head = ["who", f"debt {years[0]}", *years[1:], "interest", "falls", "extra", "met"]
    return grid(head, list(zip(*columns, strict=True)), width)


def _both(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return two figures in each cell, each in line with those above and below it."""
    left, right = (max(map(len, cells)) for cells in (first, second))
    return [f"{a:>{left}} {b:>{right}}" for a, b in zip(first, second, strict=True)]


def _key(row: Answer) -> str:
    years, last = row["probability_years"], list(row["with"]["debt"])[-1]
    first, end = row["extra_adjustment"]["years"]
    return (
        "Figures stand without and with what is on top, the same steps taken. debt: % of GDP; "
        f"interest: of {last}, % of GDP; falls: chance in % that debt is lower in {years[1]} than "
        f"in {years[0]}; extra: points a year more than without from {first} to {end}, with it and "
        "if it goes on after 2028 (–: more than 3 a year in all are needed); met, with it: deficit "
        f"of 2028 within 3 % as the escape clause counts it, debt of {last} within 60 %."
    )


def _covers(covers: Sequence[Answer], width: int) -> Iterator[str]:
    """Yield for each study whether the money covers it, and whom from when it does not."""
    if covers:
        yield ""
        yield "Does the money cover what is asked for (not covered: EUR missing in all years)"
    for text in dict.fromkeys(map(say.held, covers)):
        yield wrapped(text, width, "  ", "    ")
    told: set[str] = set()
    for cover in covers:
        yield wrapped(say.asked(cover), width, "· ", "  ")
        yield wrapped(cover["says"], width, "  ", "  ")
        if cover["covered"]:
            covered = ", ".join(map(clean, cover["covered"]))
            yield wrapped(covered, width, f"  covered {len(cover['covered'])}: ", "    ")
        short = sorted(
            (row for row in cover["rows"] if not row["covered"]),
            key=lambda row: (row["first_missing"] or 0, row["country"]),
        )
        if short and cover["study"] not in told:
            yield wrapped(_from(short), width, f"  not covered {len(short)}: ", "    ")
        told.add(cover["study"])


def _from(rows: Sequence[Answer]) -> str:
    """Return who is not covered from which year on, with what is missing in all years."""
    by_year: dict[str, list[str]] = {}
    for row in rows:
        missing = money(say.total(row, "missing_eur"))
        year = "" if row["first_missing"] is None else f"from {row['first_missing']}: "
        by_year.setdefault(year, []).append(f"{clean(row['country'])} {missing}")
    return "; ".join(f"{year}{', '.join(each)}" for year, each in by_year.items())
