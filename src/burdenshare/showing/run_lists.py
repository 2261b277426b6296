"""What `burdenshare compare`, `scenarios` and `backtest` print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.run_rows import some
from burdenshare.showing.run_words import heading
from burdenshare.showing.words import clean

__all__ = ["backtest_text", "compare_text", "scenarios_text"]

Answer = Mapping[str, Any]
_YEARS = 4  # years of a comparison that a table shows


def compare_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/compare/1`: two scenarios over the same draws, and their difference."""
    first, second = answer["scenarios"]
    used = answer["settings"]
    parts = [
        wrapped(f"{first['title']} ({first['id']})", width, "A  ", "   "),
        wrapped(f"{second['title']} ({second['id']})", width, "B  ", "   "),
        wrapped(
            f"as known on {answer['as_of']} · {used['first']} to {used['last']} · "
            f"{used['draws']:,} draws · seed {used['seed']} · the same draws for both",
            width,
        ),
    ]
    if answer["headline"]:
        parts += ["", wrapped(answer["headline"], width)]
    chosen = some((row["year"] for row in answer["rows"]), _YEARS)
    shown = [row for row in answer["rows"] if row["year"] in chosen]
    for variable in dict.fromkeys(row["variable"] for row in shown):
        rows = [row for row in shown if row["variable"] == variable]
        parts += ["", *_compared(variable, rows, width)]
    if len(shown) < len(answer["rows"]):
        parts += ["", "Other years: --format json"]
    if not answer["rows"]:
        parts += ["", "The two scenarios have no figure in common."]
    return _ended(parts, answer, width)


def _compared(variable: str, rows: Sequence[Answer], width: int) -> Iterator[str]:
    """Yield one variable: medians of both, and the median and range of the difference."""
    unit = clean(rows[0]["unit"])
    share = unit.startswith("%")
    scale, decimals = (1.0, 2) if share else (1e-3, 1)
    shown = unit if share else unit.replace("million", "billion")
    yield f"{clean(variable).replace('|', ', ')}, {shown}"
    cells = [
        [
            clean(row["region"]),
            str(row["year"]),
            *(
                _figure(row[name], decimals, scale)
                for name in ("first", "second", "difference", "p5", "p95")
            ),
        ]
        for row in rows
    ]
    yield grid(["region", "year", "A", "B", "B less A", "5 %", "95 %"], cells, width)


def scenarios_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/scenarios/1`: the scenarios that can be run, each with its question."""
    parts = ["Scenarios: burdenshare run NAME"]
    for row in answer["rows"]:
        parts += ["", clean(row["id"]), wrapped(row["title"], width, "  ")]
        parts.append(wrapped(row["question"], width, "  "))
        facts = [" ".join(row["organisations"]), str(row.get("years") or "")]
        answers = ", ".join(row.get("propositions") or ())
        facts.append(f"answers {answers}" if answers else "")
        parts.append(
            wrapped(" · ".join(fact for fact in facts if fact) or "–", width, "  ", "    ")
        )
    if not answer["rows"]:
        parts += ["", "None."]
    return _ended(parts, answer, width)


def backtest_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/backtest/1`: scores by measure and horizon, tests, where outcomes fell.

    The lowest CRPS of each horizon is marked.
    """
    used, truth = answer["settings"], answer["truth"]
    parts = ["How the forecasts would have done, from what was known at each origin"]
    parts.append(
        wrapped(
            f"{len(answer['origins'])} origins · {used['draws']:,} draws · seed {used['seed']} · "
            f"held against the releases of {truth['same']} and {truth['newest']}",
            width,
            "",
            "  ",
        )
    )
    for each in answer["methods"]:
        parts.append(wrapped(each["title"], width, f"  {clean(each['method'])}: ", "    "))
    for each in answer["measures"]:
        parts += _measure(answer, each, width)
    return _ended(parts, answer, width)


def _measure(answer: Answer, measure: Answer, width: int) -> Iterator[str]:
    """Yield the tables of one measure."""
    rows, tests, pit = (
        [row for row in answer[block] if row["measure"] == measure["measure"]]
        for block in ("rows", "tests", "pit")
    )
    if rows:
        yield f"\n{heading(measure['title'])}"
        how = (
            f"CRPS in {clean(measure['unit'])}, the lowest with a star; outcomes inside the ranges "
            "of 50, 80 and 95 %, in %"
        )
        yield wrapped(how, width)
        yield _scores(rows, width)
    if tests:
        yield "\nDifference of the shipped default to the others (below 0: better)"
        yield _tests(tests, width)
    if pit:
        yield "\nWhere the outcomes fell in the forecasts, lowest to highest part, in %"
        cells = [[str(row["horizon"]), _parts(row["bins"])] for row in pit]
        yield grid(["years", "parts"], cells, width)


_SCORES = (
    ("crps", "CRPS", 3, 1.0),
    ("coverage50", "50 %", 0, 100.0),
    ("coverage80", "80 %", 0, 100.0),
    ("coverage95", "95 %", 0, 100.0),
    ("brier", "Brier", 3, 1.0),
    ("n", "n", 0, 1.0),
    ("origins", "origins", 0, 1.0),
)


def _scores(rows: Sequence[Answer], width: int) -> str:
    """Return the scores of one measure, a line a horizon and method."""
    columns = [each for each in _SCORES if any(row[each[0]] is not None for row in rows)]
    best: dict[int, float] = {}
    for row in rows:
        best[row["horizon"]] = min(row["crps"], best.get(row["horizon"], row["crps"]))
    cells = [
        [
            str(row["horizon"]),
            clean(row["method"]),
            *(_figure(row[name], decimals, scale) for name, _, decimals, scale in columns),
            "*" if row["crps"] == best[row["horizon"]] else "",
        ]
        for row in rows
    ]
    return grid(["years", "method", *(head for _, head, _, _ in columns), ""], cells, width)


def _tests(rows: Sequence[Answer], width: int) -> str:
    """Return the tests of one measure; the best simple method of each line has a star."""
    cells = [
        [
            "all" if row["horizon"] is None else str(row["horizon"]),
            f"{clean(row['against'])}{' *' if row['best_simple'] else ''}",
            _figure(row["difference"], 3),
            _figure(row["percent"], 1),
            _figure(row["error"], 3),
            _figure(row["p"], 3),
            f"{row['origins_better']} of {row['origins']}",
        ]
        for row in rows
    ]
    head = ["years", "against (* best simple)", "CRPS", "in %", "error", "p", "origins better"]
    return grid(head, cells, width)


def _figure(value: float | None, decimals: int, scale: float = 1.0) -> Figure | None:
    return None if value is None else Figure(value * scale, decimals)


def _parts(bins: Sequence[float]) -> str:
    """Return how the outcomes are spread, whether bins are counts or portions."""
    total = sum(bins)
    return " ".join(f"{100 * each / total:.0f}" for each in bins) if total else "–"


def _ended(parts: list[str], answer: Answer, width: int) -> str:
    notes = [wrapped(f"note: {clean(note)}", width, "", "  ") for note in answer["notes"]]
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    return "\n".join([*parts, "", *notes, made])
