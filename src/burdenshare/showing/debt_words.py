"""The words and roundings that the text, the charts and the page of the debt model share."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from burdenshare.files import CONTENT
from burdenshare.showing import run_words as say
from burdenshare.showing.words import clean, counted
from burdenshare.world.countries import Countries

Answer = Mapping[str, Any]
_SCENARIOS = {
    "main_adjustment": "",
    "lower_spb": ", lower balance",
    "financial_stress": ", stress",
    "adverse_r_g": ", adverse rates",
}
CRITERIA = {
    "deficit_reduction": "deficit within 3 %",
    **{f"debt_declines_{name}": f"debt falls{more}" for name, more in _SCENARIOS.items()},
    **{f"debt_below_60_{name}": f"debt ≤ 60 %{more}" for name, more in _SCENARIOS.items()},
    **{name: f"falls or low{more or ' (debt)'}" for name, more in _SCENARIOS.items()},
    "stochastic": "debt falls in 70 % of draws",
    "edp": "excessive deficit procedure",
    "debt_safeguard": "debt safeguard",
    "deficit_resilience": "deficit resilience",
    "floor": "the least step allowed",
}


READINGS = {
    "commission": "the Commission’s reading of the rules",
    "bruegel": "Bruegel’s reading of the rules",
}
_OF_STATE = re.compile("[A-Z]{3}: ")
_EITHER = "falls or low, 70 % of draws"  # what the draws must meet as Bruegel reads it


def reading(answer: Answer) -> str:
    """Return whose reading of the rules it is.

    >>> reading({"preset": "bruegel"})
    'Bruegel’s reading of the rules'
    """
    return READINGS.get(answer["preset"], clean(answer["preset"]))


def criterion(name: str, preset: str = "commission") -> str:
    """Return what a criterion asks for, in words.

    >>> criterion("debt_declines_adverse_r_g"), criterion("stochastic", "bruegel")
    ('debt falls, adverse rates', 'falls or low, 70 % of draws')
    """
    if (name, preset) == ("stochastic", "bruegel"):
        return _EITHER
    return CRITERIA.get(name, clean(name).replace("_", " "))


def named(code: str) -> str:
    """Return the name of a state.

    >>> named("NLD")
    'Netherlands'
    """
    return say.name({}, code)


def spoken(code: str) -> str:
    """Return the name as it stands in a sentence.

    >>> spoken("NLD")
    'the Netherlands'
    """
    return say.spoken({}, code)


def signed(value: float) -> str:
    """Return a change with its sign and two decimals.

    >>> signed(1.39), signed(-1), signed(-0.001)
    ('+1.39', '−1.00', '0.00')
    """
    size = say.percent(abs(value))
    return size if size == "0.00" else f"{'+' if value > 0 else '−'}{size}"


def balance(value: float | None) -> str:
    """Return a balance with two decimals and a minus that can be seen.

    >>> balance(-3.688), balance(1.8712), balance(None)
    ('−3.69', '1.87', '–')
    """
    return say.percent(value).replace("-", "−")


def ratio(value: float | None) -> str:
    """Return debt with one decimal.

    >>> ratio(112.9765), ratio(None)
    ('113.0', '–')
    """
    return "–" if value is None else f"{value:.1f}"


def at(row: Answer, year: int, series: str = "debt", paths: str = "paths") -> float | None:
    """Return what a path of a state has for a year, None where it has nothing."""
    years = row[paths]["years"]
    return row[paths][series][years.index(year)] if year in years else None


def milestones(row: Answer) -> tuple[int, int, int]:
    """Return the last year before the adjustment, its end, and the last year looked at."""
    years = row["paths"]["years"]
    return years[0], years[0] + row["adjust"], years[-1]


def criteria_of(row: Answer) -> list[tuple[str, float | None]]:
    """Return what each criterion asks for, the most first, and what decides where it is none.

    >>> criteria_of({"criteria": {"a": None, "b": 1.0}, "binding": "floor", "required_spb": 0.5})
    [('floor', 0.5), ('b', 1.0), ('a', None)]
    """
    found = sorted(
        row["criteria"].items(),
        key=lambda each: -float("inf") if each[1] is None else each[1],
        reverse=True,
    )
    if row["binding"] not in row["criteria"]:
        found.insert(0, (row["binding"], row["required_spb"]))
    return found


def title(answer: Answer) -> str:
    """Return what a page on the answer is called."""
    rows = answer["rows"]
    who = f" of {spoken(rows[0]['country'])}" if len(rows) == 1 else ""
    return f"What the EU’s fiscal rules ask{who}"


def by_step(rows: Sequence[Answer]) -> list[Answer]:
    """Return rows with the largest step first."""
    return sorted(rows, key=lambda row: (-row["step"], row["country"]))


def headline(answer: Answer) -> str:
    """Return the answer in one or two sentences."""
    rows = answer["rows"]
    return _one(rows[0]) if len(rows) == 1 else _several(answer)


def _one(row: Answer) -> str:
    first, end, last = milestones(row)
    start, asked = at(row, first, "structural_primary_balance"), row["required_spb"]
    yearly = "each year" if len(set(row["steps"])) == 1 else "a year in the mean"
    at_end, at_last = at(row, end), at(row, last)
    word = "falls" if (at_last or 0) < (at_end or 0) else "goes"
    who = spoken(row["country"])
    return (
        f"{who[:1].upper()}{who[1:]}’s structural primary balance would have to go from "
        f"{balance(start)} % of GDP in {first} to {balance(asked)} % in {end}, "
        f"by {signed(mean_step(row))} points {yearly}; debt then {word} from {ratio(at_end)} % in "
        f"{end} to {ratio(at_last)} % in {last}. "
        f"What decides: {criterion(row['binding'], row['preset'])}."
    )


def on_top(answer: Answer) -> str:
    """Return the spending on top in words, or nothing.

    >>> on_top({"defence": {"2025": 1.5, "2026": 1.5, "2027": 0.5}})
    '1.5 % of GDP in 2025 to 2026, 0.5 % in 2027'
    >>> on_top({"scenario": {"title": "Europe rearms"}})
    'what “Europe rearms” spends'
    """
    if "scenario" in answer:
        return f"what “{clean(answer['scenario']['title'])}” spends"
    runs: list[tuple[float, list[str]]] = []
    for year, points in answer.get("defence", {}).items():
        if runs and runs[-1][0] == points and int(year) == int(runs[-1][1][-1]) + 1:
            runs[-1][1].append(year)
        else:
            runs.append((points, [year]))
    said: list[str] = []
    for points, years in runs:
        when = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
        said.append(f"{points:g} %{'' if said else ' of GDP'} in {when}")
    return ", ".join(said)


def _several(answer: Answer) -> str:
    rows = [(mean_step(row), row["country"]) for row in answer["rows"]]
    if not rows:
        return "No state of the EU is asked for: its rules ask nothing of the others."
    more = [row for row in rows if row[0] > 0]
    what = counted(len(rows), "state")
    said = (
        f"{len(more)} of {what} would have to raise their structural primary balance over "
        f"{answer['adjust']} years"
    )
    if not more:
        return f"None of {what} would have to raise its structural primary balance."
    step, who = max(more)
    return f"{said}, {spoken(who)} most: {signed(step)} points of GDP a year."


def mean_step(row: Answer) -> float:
    """Return the mean step of the years of adjustment, with all that is put on top, in points.

    >>> mean_step({"steps": [0.5, 1.0]})
    0.75
    """
    steps: Sequence[float] = row["steps"]
    return sum(steps) / len(steps)


def between(low: float, high: float) -> str:
    """Return a range of debt.

    >>> between(97.2205, 132.2177)
    '97.2 to 132.2 %'
    """
    return f"{ratio(low)} to {ratio(high)} %"


def chance(probability: float | None) -> str:
    """Return a probability in percent.

    >>> chance(0.7829)
    '78 %'
    """
    return say.chance(probability)


def rule(row: Answer) -> str:
    """Return which of the criteria must be met, in a sentence."""
    if row["preset"] == "bruegel":
        return "Every criterion must be met; the last rules then ask for more where they bind."
    if row["guidance"] == "technical information":
        return "Debt and deficit were low: deficit, and debt within 60 % of the plain path, decide."
    return "Deficit, and either all that debt falls or all that it is within 60 %, must be met."


def notes(answer: Answer) -> list[str]:
    """Return the notes but those that name only states that are not shown."""
    there = {named(row["country"]) for row in answer["rows"]}
    kept = []
    for note in map(clean, answer["notes"]):
        parts = [each.partition(":")[0].split(", ") for each in note.split("; ")]
        who = {name for part in parts for name in part if name in _states()}
        if not who or who & there:
            kept.append(note)
    return kept


def grouped(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return reasons with all the states they hold for, each reason once.

    >>> grouped([("AUT", "no figures"), ("CYP", "no figures")])
    ['AUT, CYP: no figures']
    """
    found: dict[str, list[str]] = {}
    for code, reason in pairs:
        found.setdefault(clean(reason), []).append(clean(code))
    return [f"{', '.join(codes)}: {reason}" for reason, codes in found.items()]


def said(texts: Iterable[str]) -> list[str]:
    """Return what is said of single states, those of whom the same is said together.

    >>> said(["FRA: not active", "with all of it", "ITA: not active"])
    ['FRA, ITA: not active', 'with all of it']
    """
    texts = list(texts)
    pairs = [(text[:3], text[5:]) for text in texts if _OF_STATE.match(text)]
    return [*grouped(pairs), *(clean(text) for text in texts if not _OF_STATE.match(text))]


@functools.cache
def _states() -> frozenset[str]:
    return frozenset(each.name for each in Countries(CONTENT).by_code.values())
