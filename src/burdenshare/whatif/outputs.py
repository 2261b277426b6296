"""Figures of a run by name, such as `spending`, `meets:nato.hague-2025.core` or `cost:3.5@2030`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.asking import KEEP
from burdenshare.whatif.blocks import INSIDE
from burdenshare.whatif.plan import TOTALS, VARIABLES, Floats, Plan, Result
from burdenshare.whatif.planning import Planned

NAMES = ("spending", "share", "meets", "needed", "cost")
_VARIABLE = {"spending": "constant_usd", "share": "share"}
_WHAT = {"spending": "spending", "share": "share of GDP"}

# Reads a figure off a result by year, given the places of its thresholds by name.
Read = Callable[[Result, int, Mapping[str, int]], float]


@dataclass(frozen=True, slots=True)
class Output:
    """A figure: its name, what it is, its unit, its year, and how it is read off a result.

    `variables` are those that the engine must keep for it.
    """

    id: str
    text: str
    unit: str
    year: int
    read: Read
    variables: tuple[str, ...] = ()

    def of(self, result: Result, places: Mapping[str, int]) -> float:
        """Return the figure, or a UserError where a result does not have it."""
        found = self.read(result, result.plan.years.index(self.year), places)
        if not np.isfinite(found):
            raise UserError(f"output {self.id} is not known: name another, or another year")
        return found


def find_output(name: str, planned: Planned, pledge: str = "") -> Output:
    """Return a figure by its name: WHAT, WHAT:WHICH, and @YEAR for another year than the last.

    `spending` and `share` are of all who are in, or of the country named; `meets` is the mean
    number of those who are in and reach what a pledge asks for (`pledge` where none is named);
    `needed` is the share of GDP with which they would find an amount (what those who left spend,
    or a study), `cost` what lifting all of them to a share costs. Raises UserError for a name that
    the plan does not know.
    """
    head, _, asked = name.strip().partition("@")
    what, _, which = head.partition(":")
    year = _year(name, asked, planned)
    plan = planned.plan
    money = f"million USD_{plan.price_year}"
    if what == "meets":
        return _meets(which or pledge, year, list(planned.thresholds.places))
    if what == "needed":
        return _needed(which or KEEP, year, plan)
    if what == "cost":
        return _cost(which, year, plan, money)
    if what not in _WHAT:
        raise UserError(f"output {name[:60]!r} is unknown: {did_you_mean(what, NAMES)}")
    unit = money if what == "spending" else "% of GDP"
    if which:
        return _of_country(what, which.upper(), year, plan, unit)
    v = TOTALS.index(_VARIABLE[what])
    return Output(
        id=f"{what}@{year}",
        text=f"{_WHAT[what]} of all who are in",
        unit=unit,
        year=year,
        read=lambda result, t, _: float(result.totals[v, INSIDE, t]),
    )


def _year(name: str, year: str, planned: Planned) -> int:
    """Return a year as written; the last of the scenario where none is."""
    first, last = planned.scenario.first, planned.scenario.last
    if not year:
        return last
    if not (year.isdecimal() and first <= int(year) <= last):
        raise UserError(
            f"output {name[:60]!r}: {year[:20]!r} is no year of the scenario: "
            f"write one from {first} to {last}"
        )
    return int(year)


def _of_country(what: str, code: str, year: int, plan: Plan, unit: str) -> Output:
    _place(code, plan.countries)
    v = VARIABLES.index(_VARIABLE[what])

    def read(result: Result, t: int, _: Mapping[str, int]) -> float:
        return float(result.cells[v, t, _place(code, result.plan.countries)])

    text = f"{_WHAT[what]} of {code}"
    return Output(f"{what}:{code}@{year}", text, unit, year, read, (_VARIABLE[what],))


def _meets(pledge: str, year: int, known: Iterable[str]) -> Output:
    _place(pledge, known)

    def read(result: Result, t: int, places: Mapping[str, int]) -> float:
        _place(pledge, places)
        chances: Floats = result.counts[places[pledge], t]
        return float(chances @ np.arange(len(chances)))

    text = f"number of those who are in and reach what {pledge} asks for"
    return Output(f"meets:{pledge}@{year}", text, "members", year, read)


def _needed(amount: str, year: int, plan: Plan) -> Output:
    _place(amount, plan.needs)

    def read(result: Result, t: int, _: Mapping[str, int]) -> float:
        return float(result.needed[_place(amount, result.plan.needs), t])

    found = "what those who left spend" if amount == KEEP else f"the amount of {amount}"
    text = f"share of GDP with which those who are in would find {found}"
    return Output(f"needed:{amount}@{year}", text, "% of GDP", year, read)


def _cost(target: str, year: int, plan: Plan, unit: str) -> Output:
    known = [f"{each:g}" for each in plan.reach]
    m = _place(target or "".join(known[-1:]), known)

    def read(result: Result, t: int, _: Mapping[str, int]) -> float:
        return float(result.cost[m, t])

    text = f"cost of lifting all who are in to {known[m]} % of GDP"
    return Output(f"cost:{known[m]}@{year}", text, unit, year, read)


def _place(wanted: str, known: Iterable[str]) -> int:
    """Return where a name stands, or an error with a hint."""
    names = list(known)
    if wanted not in names:
        hint = did_you_mean(wanted, names) if names else "the scenario has none"
        raise UserError(f"output: {wanted[:40]!r} is unknown: {hint}")
    return names.index(wanted)
