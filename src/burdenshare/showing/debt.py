"""What `burdenshare debt` prints: a sentence, a table of states, and of one state all there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from burdenshare.showing import debt_effects
from burdenshare.showing import debt_words as say
from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_PATHS = (
    ("debt", "debt"),
    ("balance", "balance"),
    ("SPB", "structural_primary_balance"),
    ("interest", "interest"),
)


def debt_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/debt/1` as text: the sentence, the table, of one state every criterion.

    Balances, debt and steps are in % of GDP.
    """
    width = max(width, 40)
    parts = [*_head(answer, width), "", wrapped(say.headline(answer), width)]
    if more := debt_effects.more_words(answer):
        parts.append(wrapped(more, width))
    if len(answer["rows"]) == 1:
        parts += _state(answer["rows"][0], width)
    elif answer["rows"]:
        parts += ["", *_table(answer, width)]
    parts += debt_effects.text(answer, width)
    return "\n".join([*parts, "", *_foot(answer, width)])


def debt_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return one flat row a state: what is asked, by criterion, and debt by year."""
    more = {row["country"]: row for row in answer.get("effects", {}).get("rows", ())}
    return [_flat(row) | _flat_more(more.get(row["country"])) for row in answer["rows"]]


def _flat_more(row: Answer | None) -> dict[str, Any]:
    """Return the columns on spending on top, none where there is none."""
    found: dict[str, Any] = {}
    for case in debt_effects.CASES if row else ():
        assert row is not None
        told = row[case]
        for name in ("debt", "interest"):
            found |= {f"{case}_{name}_{year}": each for year, each in told[name].items()}
        found |= {f"{case}_{key}_met": each for key, each in told["reference_values"].items()}
        for name in ("probability_debt_falls", "needed_after_2028", "binding_after_2028"):
            found[f"{case}_{name}"] = told[name]
    return found


def _flat(row: Answer) -> dict[str, Any]:
    names = ("country", "adjust", "preset", "guidance", "required_spb", "binding", "step")
    found = {name: row[name] for name in names}
    found |= {f"spb_{name}": value for name, value in row["criteria"].items()}
    found["stochastic_error"] = row["stochastic_error"]
    years = row["paths"]["years"]
    for name in ("steps", "net_expenditure_growth"):
        for year, value in zip(years[1:], row[name], strict=False):
            found[f"{name.removesuffix('s')}_{year}"] = value
    for name, key in (("paths", "debt"), ("no_policy_change", "debt_no_policy_change")):
        for year, value in zip(row[name]["years"], row[name]["debt"], strict=True):
            found[f"{key}_{year}"] = value
    fan = row["fan"]
    found["probability_debt_falls"] = None if fan is None else fan["probability_debt_falls"]
    return found


def _head(answer: Answer, width: int) -> Iterator[str]:
    yield wrapped(f"What the EU’s fiscal rules ask: {say.reading(answer)}", width, "", "  ")
    made = f" · inputs {answer['inputs']}, published {answer['published']}"
    yield wrapped(
        f"as known on {answer['as_of']} · {answer['adjust']} years"
        f"{made if answer['published'] else ''}",
        width,
    )


def _table(answer: Answer, width: int) -> Iterator[str]:
    first, end, last = say.milestones(answer["rows"][0])
    head = ["state", "SPB", "step", "mean", *map(str, (first, end, last)), "decided by"]
    rows = [
        [
            row["country"],
            _figure(row["required_spb"]),
            _figure(row["step"]),
            _figure(say.mean_step(row)),
            *(_figure(say.at(row, year), 1) for year in (first, end, last)),
            say.criterion(row["binding"], row["preset"]),
        ]
        for row in say.by_step(answer["rows"])
    ]
    yield grid(head, rows, width)
    yield wrapped(
        f"SPB: required structural primary balance in {end}, % of GDP; step: points a year; mean: "
        "the same with the least steps of procedure and resilience on top; "
        f"{first}, {end}, {last}: debt, % of GDP",
        width,
    )


def _state(row: Answer, width: int) -> Iterator[str]:
    end = say.milestones(row)[1]
    yield ""
    yield f"Required structural primary balance in {end}, % of GDP"
    ordered = say.criteria_of(row)
    yield grid(
        ["criterion", "balance", ""],
        [
            [
                say.criterion(name, row["preset"]),
                _figure(value),
                "decides" if name == row["binding"] else "",
            ]
            for name, value in ordered
        ],
        width,
    )
    if row["stochastic_error"] is not None:
        yield f"Monte Carlo error of what the draws ask for: ± {row['stochastic_error']:.4f}"
    yield wrapped(say.rule(row), width)
    yield wrapped(
        f"{clean(row['guidance'])}: {say.signed(row['step'])} points a year, with what comes on "
        f"top {say.balance(row['required_spb'])} % in {end}",
        width,
    )
    yield from _years(row, width)
    yield from _chances(row, width)


def _years(row: Answer, width: int) -> Iterator[str]:
    years = row["paths"]["years"]
    yield ""
    yield "Path if the rules are met, % of GDP"
    asked = dict(zip(years[1:], row["steps"], strict=False))
    spent = dict(zip(years[1:], row["net_expenditure_growth"], strict=False))
    yield grid(
        ["year", *(title for title, _ in _PATHS), "step", "growth", "no change"],
        [
            [
                str(year),
                _figure(row["paths"]["debt"][place], 1),
                *(_figure(row["paths"][name][place]) for _, name in _PATHS[1:]),
                _figure(asked.get(year)),
                _figure(spent.get(year)),
                _figure(row["no_policy_change"]["debt"][place], 1),
            ]
            for place, year in enumerate(years)
        ],
        width,
    )
    yield wrapped(
        "SPB: structural primary balance; growth: of net expenditure, %; no change: debt without a "
        "change of policy",
        width,
    )


def _chances(row: Answer, width: int) -> Iterator[str]:
    fan = row["fan"]
    if fan is None:
        return
    pairs = ((1, 5, "80 in 100"), (0, 6, "95 in 100"))
    ends = fan["debt"][-1]
    said = "; ".join(f"{words} {say.between(ends[a], ends[b])}" for a, b, words in pairs)
    falls = say.chance(fan["probability_debt_falls"])
    yield ""
    yield wrapped(
        f"Debt in {fan['years'][-1]} over the draws: median {say.ratio(ends[3])} %; half of them "
        f"{say.between(ends[2], ends[4])}; {said}. Debt falls in {falls} of the draws.",
        width,
    )


def _figure(value: float | None, decimals: int = 2) -> Figure | None:
    return None if value is None else Figure(round(value, decimals) + 0.0, decimals)


def _foot(answer: Answer, width: int) -> Iterator[str]:
    for gap in say.grouped((each["country"], each["reason"]) for each in answer["gaps"]):
        yield wrapped(gap, width, "gap: ", "  ")
    for note in say.notes(answer):
        yield wrapped(note, width, "note: ", "  ")
    if answer["release"]:
        yield wrapped(clean(answer["release"]), width, "inputs: ", "  ")
    yield f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
