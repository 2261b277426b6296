"""How a reading of a guarantee is measured: which figure, of which year, which threshold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.assess import counted
from burdenshare.world.dates import Day, check_year
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.load import World
from burdenshare.world.organisations import Membership, Organisation
from burdenshare.world.pledges import Pledge
from burdenshare.world.readings import FIGURES, MEASURED, Readings
from burdenshare.world.rules import Rule

_EARLIER = 20  # years before the one asked about
MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks of a guarantee: the threshold, the year, the day, and what to assume."""

    threshold: float | str | None
    year: int | None
    as_of: Day
    assume: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """A reading with everything it needs: the series, the year, the threshold, the assumptions."""

    rule: Rule
    organisation: Organisation
    as_of: Day
    assumed: Mapping[str, str | int]
    pledge: Pledge | None = None
    history: History | None = None
    definition: str = ""
    threshold: float | None = None
    year: int | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the reading as an answer shows them."""
        shown: dict[str, Any] = {}
        if self.history is not None:
            series = self.history.series
            shown = {MEASURE: series.id, "unit": series.unit, "year": self.year}
            shown["threshold"] = self.threshold
        for name, value in self.assumed.items():
            if name in self.rule.inputs or (name == FIGURES.id and self.history is not None):
                shown[name] = value
        return shown

    def figure(self, answer: Fact | Gap) -> tuple[float | None, str]:
        """Return a figure as the organisation rounds it, or None, and where it comes from or why.

        None where only an estimate is known and actual figures are asked for, or where the
        release counts by another definition than the pledge names.
        """
        assert self.history is not None
        if isinstance(answer, Gap):
            return None, answer.reason
        what = f"{answer.status} of {answer.year}, release of {answer.release.published}"
        if self.assumed[FIGURES.id] == "actual" and answer.status != "actual":
            return None, f"no actual figure is known: {what}"
        if self.definition not in answer.definition:
            stated = answer.definition or "definition not stated"
            return None, f"no figure by the definition {self.definition!r}: {what} ({stated})"
        rounding = self.organisation.parameter("count-decimals", self.as_of, self.as_of)
        value = answer.printed if rounding is None else counted(answer, rounding)
        return value, f"{self.history.series.unit}, {what}"

    def values(self, member: Membership, answer: Fact | Gap | None, day: Day) -> dict[str, Any]:
        """Return the inputs of the rule for one member, by name, with what was known on a day."""
        values: dict[str, Any] = {
            "country": member.country,
            "member_since": member.first,
            "forces": member.forces,
            "year": self.year,
            "threshold": self.threshold,
            **self.assumed,
        }
        if answer is not None and self.history is not None:
            values["share"] = self.figure(answer)[0]
            if "earlier" in self.rule.inputs:
                values["earlier"] = self._earlier(self.history, member, day)
        for parameter in self.organisation.parameters:
            found = self.organisation.parameter(parameter.id, self.as_of, self.as_of)
            values.setdefault(parameter.id.replace("-", "_"), found and found.value)
        return values

    def _earlier(self, history: History, member: Membership, day: Day) -> tuple[float | None, ...]:
        """Return the figures of the years before whose end the member saw, newest first."""
        assert self.year is not None
        first = max(member.first.year, self.year - _EARLIER)
        years = range(self.year - 1, first - 1, -1)
        return tuple(self.figure(history.on(member.country, year, day))[0] for year in years)


def measure(
    world: World, organisation: str, readings: Readings, rule: Rule, asked: Asked
) -> Measure:
    """Return a reading with the figures it is measured by, as a user asks for them.

    Raises UserError for a threshold that no figure could have, an unknown series, a year that no
    figure could be about.
    """
    found = world.organisations[organisation]
    wanted = {FIGURES.id: FIGURES, **readings.assumptions}
    assumed = {
        name: each.take(asked.assume[name]) if name in asked.assume else each.default
        for name, each in wanted.items()
    }
    if not set(rule.inputs) & set(MEASURED):
        return Measure(rule, found, asked.as_of, assumed)
    pledge = readings.pledges[rule.id]
    first = pledge.criteria[0]
    series = world.find_series(str(asked.assume.get(MEASURE, first.series))).id
    history = world.history(series)
    criterion = next((each for each in pledge.criteria if each.series == series), None)
    threshold = _threshold(history, asked.threshold, criterion.value if criterion else None)
    actual = assumed[FIGURES.id] == "actual"
    return Measure(
        rule=rule,
        organisation=found,
        as_of=asked.as_of,
        assumed=assumed,
        pledge=pledge,
        history=history,
        definition=criterion.definition if criterion else "",
        threshold=threshold,
        year=newest_year(history, found, asked.as_of, actual) if asked.year is None else asked.year,
    )


def check_assumed(readings: Readings, assume: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a user assumes, by the names of the files, or an error for an unknown name."""
    known = [MEASURE, FIGURES.id, *readings.assumptions]
    found = {name.strip().replace("-", "_"): value for name, value in assume.items()}
    for name in found:
        if name not in known:
            raise UserError(f"assumption {name[:40]!r} is unknown: {did_you_mean(name, known)}")
    return found


def check_asked(world: World, readings: Readings, asked: Asked) -> None:
    """Refuse a threshold or a year that no reading could use, even where none is known yet."""
    if asked.year is not None:
        check_year(asked.year)
    if asked.threshold is not None:
        for pledge in readings.pledges.values():
            series = asked.assume.get(MEASURE, pledge.criteria[0].series)
            _threshold(world.history(str(series)), asked.threshold, None)


def newest_year(history: History, organisation: Organisation, day: Day, actual: bool) -> int:
    """Return the newest year of which a member's figure is known, or the day's own year."""
    members = organisation.members(day)
    for year in reversed(history.years(day)):
        answers = (history.on(member.country, year, day) for member in members)
        if any(isinstance(a, Fact) and (not actual or a.status == "actual") for a in answers):
            return year
    return day.year


def _threshold(history: History, asked: float | str | None, default: float | None) -> float:
    series = history.series
    if asked is None:
        if default is None:
            raise UserError(f"{series.id} has no threshold of its own here: write --threshold")
        return default
    try:
        value = float(asked)
    except ValueError:
        value = math.nan
    share = series.unit.startswith("%")
    low, high = (0.0, 100.0) if share else (series.low, series.high)
    if not low <= value <= high:
        text = asked if isinstance(asked, str) else f"{asked:g}"
        raise UserError(
            f"--threshold is {text[:40]!r}: write a number from {low:g} to {high:g}, "
            f"in {series.unit}, such as 2"
        )
    return value
