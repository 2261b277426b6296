"""What is on record of a budget: its periods, the published rates or amounts, and its money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.budgets import Budget, Period
from burdenshare.world.dates import Day, check_year
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.load import World


@dataclass(frozen=True, slots=True)
class Asked:
    """A budget, the period asked for, its years or those named, and the day of knowledge."""

    budget: Budget
    period: Period
    years: tuple[int, ...]
    as_of: Day

    @property
    def day(self) -> Day:
        """The day whose members count: the last of the years, or the day of the question."""
        last = Day(max(self.years), 12, 31)
        return max(Day(min(self.years), 1, 1), min(last, self.as_of))


@dataclass(slots=True)
class Record:
    """Published rates in percent, amounts where there are any, and who has none and why."""

    rates: dict[str, float] = field(default_factory=dict)
    amounts: dict[str, float] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)
    sources: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def choose_period(world: World, budget: Budget, text: str | None, as_of: Day) -> Asked:
    """Return the period that a user names, or the newest one; years outside the listed ones, too.

    Raises UserError for a text that names no year.
    """
    if text is None:
        return _newest(world, budget, as_of)
    for period in budget.periods:
        if text.strip() == period.id:
            return Asked(budget, period, _years(period), as_of)
    found = re.fullmatch(r"([0-9]{4})(?:\s*(?:-|–|\.\.)\s*([0-9]{4}))?", text.strip())
    if not found:
        names = [period.id for period in budget.periods]
        hint = did_you_mean(text, names) if names else "write a year, such as 2024"
        raise UserError(f"period {text[:40]!r} is unknown: {hint}, or write a year")
    first, last = int(found[1]), int(found[2] or found[1])
    check_year(first, "--period")
    check_year(last, "--period")
    if first > last:
        raise UserError(f"period {text[:40]!r}: write the earlier year first")
    for period in budget.periods:
        if first in period and last in period:
            return Asked(budget, period, tuple(range(last, first - 1, -1)), as_of)
    return _years_only(budget, first, last, as_of)


def _newest(world: World, budget: Budget, as_of: Day) -> Asked:
    begun = [period for period in budget.periods if period.first <= as_of]
    if begun:
        return Asked(budget, begun[-1], _years(begun[-1]), as_of)
    series = budget.published or next(iter(budget.amounts), "")
    known = world.history(series).years(as_of) if series else []
    year = max((y for y in known if y <= as_of.year), default=as_of.year)
    return _years_only(budget, year, year, as_of)


def _years_only(budget: Budget, first: int, last: int, as_of: Day) -> Asked:
    """Return a period of which nothing but its years is described."""
    period = Period(
        id=str(first) if first == last else f"{first}-{last}",
        first=Day(first, 1, 1),
        last=Day(last, 12, 31),
        bases=(),
        known=None,
        year=None,
        status="published",
        note="",
    )
    return Asked(budget, period, _years(period), as_of)


def _years(period: Period) -> tuple[int, ...]:
    return tuple(range(period.last.year, period.first.year - 1, -1))


def read_record(world: World, asked: Asked, members: Sequence[str]) -> Record:
    """Return the published rates of a period, or the shares of what each member gave."""
    if asked.budget.published:
        return _rates(world, asked, members)
    if asked.budget.amounts:
        return _amounts(world, asked, members)
    return Record(gaps=dict.fromkeys(members, "no published rates are held"))


def _rates(world: World, asked: Asked, members: Sequence[str]) -> Record:
    history = world.history(asked.budget.published)
    record = Record()
    reported = {code for code in history.countries(asked.as_of) if code != asked.budget.place}
    years = _one_year(history, asked, reported)
    for country in sorted({*members, *reported}):
        answer = _newest_fact(history, country, years, asked.as_of)
        if isinstance(answer, Fact):
            record.rates[country] = answer.printed
            record.steps[country] = answer.step or 0.0
            _source(record, answer)
        elif country in members:
            record.gaps[country] = answer.reason
    return record


def _one_year(history: History, asked: Asked, reported: set[str]) -> tuple[int, ...]:
    """Return the newest year of a period of which the series gives anything, or all of them."""
    for year in asked.years:
        if any(isinstance(history.on(code, year, asked.as_of), Fact) for code in reported):
            return (year,)
    return asked.years


def _newest_fact(history: History, country: str, years: Sequence[int], as_of: Day) -> Fact | Gap:
    answers = [history.on(country, year, as_of) for year in years]
    return next((answer for answer in answers if isinstance(answer, Fact)), answers[0])


def _source(record: Record, fact: Fact) -> None:
    """Note a release that gives rates, and what was published later but is not held."""
    line = {
        "published": fact.release.published.isoformat(),
        "document": fact.release.document,
        "read_from": fact.release.sources[fact.source].read_from,
    }
    if line not in record.sources:
        record.sources.append(line)
    for later in fact.newer:
        text = f"published later, but not held: {later.document} ({later.published})"
        if text not in record.notes:
            record.notes.append(text)


def _amounts(world: World, asked: Asked, members: Sequence[str]) -> Record:
    """Return what each member gave in the newest year of the period, and its share of the sum."""
    record = Record()
    for series in asked.budget.amounts:
        history = world.history(series)
        for country in members:
            answer = history.on(country, asked.years[0], asked.as_of)
            if isinstance(answer, Fact):
                record.amounts[country] = record.amounts.get(country, 0.0) + answer.value
                _source(record, answer)
            else:
                record.gaps.setdefault(country, answer.reason)
    record.gaps = {
        country: f"no contribution is recorded for {asked.years[0]}" if record.amounts else reason
        for country, reason in record.gaps.items()
        if country not in record.amounts
    }
    total = sum(record.amounts.values())
    if total:
        record.rates = {c: 100 * given / total for c, given in record.amounts.items()}
    return record


def read_money(world: World, asked: Asked, record: Record) -> dict[str, Any]:
    """Return the size of a budget in the newest year asked for, or the reason why it is unknown."""
    budget = asked.budget
    if record.amounts:
        unit = world.find_series(budget.amounts[0]).unit
        amount = sum(record.amounts.values())
        return {"amount": amount, "unit": unit, "year": asked.years[0], "reason": ""}
    reason = "its size is not known"
    for year in asked.years:
        for names in budget.money:
            answers = [
                world.history(name.strip()).on(budget.place, year, asked.as_of)
                for name in names.split("+")
            ]
            facts = [answer for answer in answers if isinstance(answer, Fact)]
            if len(facts) == len(answers):
                return {
                    "amount": sum(fact.value for fact in facts),
                    "unit": world.find_series(facts[0].series).unit,
                    "year": year,
                    "published": max(fact.release.published for fact in facts).isoformat(),
                    "source": "; ".join(f.release.sources[f.source].read_from for f in facts),
                    "reason": "",
                }
            reason = next(answer.reason for answer in answers if isinstance(answer, Gap))
    return {"amount": None, "unit": "", "year": asked.years[0], "reason": reason}
