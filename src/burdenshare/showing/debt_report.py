"""What the rules ask of states as one self-contained HTML page."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from burdenshare.showing import debt_effects, plots
from burdenshare.showing import debt_words as say
from burdenshare.showing.debt_charts import debt_charts
from burdenshare.showing.pages import Shown, environment, kind, shown, write_page
from burdenshare.showing.run_words import money
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_CASES = ("", "Without", "With", "Spending goes on")
_OUTSIDE = ("State", "Year", "On top", "Debt", "With", "Interest", "With")
_HELD = "Needed: the smallest equal step on top of the plan’s."
HEAD = ("State", "Required balance", "Step", "Mean step", "Decided by")


def debt_html(answer: Answer) -> str:
    """Return the page: the sentence, tables, charts with tables, notes, how to repeat it.

    It needs no other file, no network and no script; everything from the answer is escaped.
    """
    return (
        environment()
        .get_template("debt.html.j2")
        .render(
            debt=answer,
            title=say.title(answer),
            reading=say.reading(answer),
            headline=say.headline(answer),
            more=debt_effects.more_words(answer),
            charts=[shown(chart) for chart in debt_charts(answer)],
            tables=list(_tables(answer)),
            doubts=_doubts(answer),
            notes=say.notes(answer),
            effects=answer.get("effects"),
            compared=debt_effects.compared,
            money=money,
            command=command(answer),
            kind=kind,
            colours=plots,
            plots=vars(plots),
        )
    )


def write_debt_report(answer: Answer, path: Path) -> None:
    """Write the page to a file, whole or not at all.

    Raises UserError where the path is no file, its folder is missing, or the disk refuses.
    """
    write_page(debt_html(answer), path)


def command(answer: Answer) -> str:
    """Return the command that repeats the answer."""
    outside = (answer.get("effects") or {}).get("outside_eu") or {"rows": []}
    codes = ",".join(clean(row["country"]) for row in (*answer["rows"], *outside["rows"]))
    options = [
        f"--country {shlex.quote(codes)}",
        f"--adjust {answer['adjust']}",
        f"--preset {shlex.quote(clean(answer['preset']))}",
        *([f"--inputs {shlex.quote(clean(answer['inputs']))}"] if answer["inputs"] else []),
        f"--as-of {shlex.quote(clean(answer['as_of']))}",
    ]
    if answer.get("defence"):
        pieces = ",".join(f"+{points:g}:{year}" for year, points in answer["defence"].items())
        options.append(f"--defence {shlex.quote(pieces)}")
    if answer.get("scenario"):
        options.append(f"--scenario {shlex.quote(clean(answer['scenario']['named']))}")
    if answer["rows"] and not any("stochastic" in row["criteria"] for row in answer["rows"]):
        options.append("--no-stochastic")
    return f"burdenshare debt {' '.join(options)}"


def _shown(
    name: str, title: str, note: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Shown:
    return shown(plots.Chart(name, title, note, (), head, tuple(rows)))


def _tables(answer: Answer) -> Iterator[Shown]:
    """Yield what is asked, how fast spending may grow, and what spending on top changes."""
    if answer["rows"]:
        yield _asked(answer)
        yield _growth(answer)
    effects = answer.get("effects")
    for row in effects["rows"] if effects and len(effects["rows"]) == 1 else ():
        title = f"Without and with {say.on_top(answer)} on top"
        note = f"The same steps taken; % of GDP, needed in points a year. {_HELD}"
        yield _shown("with", title, note, _CASES, debt_effects.measures(row))
    if effects and len(effects["rows"]) > 1:
        yield _with(answer, effects["rows"])
    if effects and effects["outside_eu"]:
        note = f"{clean(effects['outside_eu']['method'])}; % of GDP."
        rows = debt_effects.outside_rows(effects)
        yield _shown("outside", "States outside the EU", note, _OUTSIDE, rows)


def _doubts(answer: Answer) -> list[str]:
    """Return gaps and what is said of the clause, in words."""
    effects = answer.get("effects") or {"gaps": [], "said": []}
    gaps = [(each["country"], each["reason"]) for each in (*answer["gaps"], *effects["gaps"])]
    return [*say.grouped(gaps), *say.said(effects["said"])]


def _asked(answer: Answer) -> Shown:
    rows = [
        (
            say.named(row["country"]),
            say.balance(row["required_spb"]),
            say.signed(row["step"]),
            say.signed(say.mean_step(row)),
            say.criterion(row["binding"], row["preset"]),
            "–" if row["stochastic_error"] is None else f"± {row['stochastic_error']:.4f}",
        )
        for row in say.by_step(answer["rows"])
    ]
    note = (
        "Required balance: structural primary balance at the end of the adjustment, % of GDP. "
        "Step: points a year, before the least steps of procedure and resilience; mean step: with "
        "them. Error: of the balance that the draws ask for, one standard error."
    )
    return _shown("asked", "What is asked of each state", note, (*HEAD, "Error"), rows)


def _growth(answer: Answer) -> Shown:
    years = answer["rows"][0]["paths"]["years"][1 : answer["adjust"] + 1]
    rows = [
        (say.named(row["country"]), *map(say.balance, row["net_expenditure_growth"]))
        for row in answer["rows"]
    ]
    head = ("State", *map(str, years))
    note = "Growth of net expenditure that goes with the adjustment, % a year."
    return _shown("growth", "How fast net expenditure may grow", note, head, rows)


def _with(answer: Answer, rows: Sequence[Answer]) -> Shown:
    years = list(rows[0]["with"]["debt"])
    first, end = rows[0]["extra_adjustment"]["years"]
    lines = [
        (
            say.named(row["country"]),
            *(
                say.ratio(row[case]["debt"][year])
                for year in years
                for case in ("without", "with", "kept")
            ),
            *(say.chance(row[case]["probability_debt_falls"]) for case in ("without", "with")),
            *(debt_effects.needed(row, case) for case in debt_effects.CASES),
        )
        for row in rows
    ]
    head = ("State", *(f"{year}{more}" for year in years for more in ("", ", with", ", kept")))
    head += ("Debt falls", "With", "Needed", "With", "Kept")
    title = f"Without and with {say.on_top(answer)} on top"
    note = (
        f"Debt, % of GDP, the same steps taken; kept: the spending goes on after 2028. {_HELD} "
        f"From {first} to {end}, points a year. {debt_effects.limits(rows)}"
    )
    return _shown("with", title, note, head, lines)
