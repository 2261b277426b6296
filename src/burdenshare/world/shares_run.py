"""Running the rules of a budget: inputs looked up, steps in order, rates at the end.

A rule's result is known to later rules by the rule's name. Nothing is remembered between runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.budgets import Budget, Input, Period, Step
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, History
from burdenshare.world.load import World

Rates = dict[str, float]
# Rates of another budget, without some members: what an input of kind budget is given.
Other = Callable[[str, frozenset[str]], Rates]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs but the members: values by name, or why there is no run."""

    budget: Budget
    period: Period
    values: Mapping[str, Any]
    assumed: Mapping[str, str]
    read: Sequence[Mapping[str, Any]]
    missing: str = ""


@dataclass(slots=True)
class Run:
    """Rates in percent, the result of every step, and the members that have no rate."""

    rates: Rates
    steps: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def prepare(
    world: World, budget: Budget, period: Period, as_of: Day, assume: Mapping[str, str]
) -> Prepared:
    """Look up every input of a budget's rules, as known on a day.

    Raises UserError for an unknown assumption or option.
    """
    assumed = take_assumptions(budget, assume)
    values: dict[str, Any] = dict(assumed)
    read: list[dict[str, Any]] = []
    missing = _not_known(budget, period, as_of)
    organisation = world.organisations[budget.organisation]
    for parameter in organisation.parameters:
        dated = organisation.parameter(parameter.id, period.first, as_of)
        if dated is not None:
            values[parameter.id.replace("-", "_")] = dated.value
    for each in budget.inputs:
        if each.kind == "budget":
            continue
        known = min(as_of, period.known) if each.then and period.known else as_of
        history = world.history(each.source)
        found, note = _look_up(history, each, period, known)
        values[each.id] = found
        read.append({"input": each.id, "series": each.source, "as_of": known.isoformat(), **note})
        if not found and not missing:
            reason = history.never(period.first.year, known)
            missing = f"{each.source} as known on {known}: {reason}"
    return Prepared(budget, period, values, assumed, read, missing)


def take_assumptions(budget: Budget, assume: Mapping[str, str]) -> dict[str, str]:
    """Return what is taken for granted: the defaults, and what the user assumes instead."""
    known = budget.assumptions
    asked = {name.strip().replace("-", "_"): value for name, value in assume.items()}
    for name in asked:
        if name not in known:
            names = [each.replace("_", "-") for each in known]
            hint = did_you_mean(name.replace("_", "-"), names) if names else "it assumes nothing"
            raise UserError(f"assumption {name[:40]!r} is unknown to {budget.id}: {hint}")
    return {
        name: str(each.take(asked[name]) if name in asked else each.default)
        for name, each in known.items()
    }


def _not_known(budget: Budget, period: Period, as_of: Day) -> str:
    """Return why the rules cannot be run as of a day: one was not known or does not hold yet."""
    for step in (*budget.steps, *((budget.combine,) if budget.combine else ())):
        if not step.rule.holds(period.first, as_of):
            known = f"known from {step.rule.known_from}, in force from {step.rule.in_force}"
            return f"rule {step.rule.id}: {known}"
    if period.known is not None and period.known > as_of:
        return f"its inputs were gathered by {period.known}, after {as_of}"
    return ""


def _look_up(
    history: History, wanted: Input, period: Period, known: Day
) -> tuple[Any, dict[str, Any]]:
    """Return the value of an input, and which releases gave it."""
    span = _span(wanted, period)
    reported = history.countries(known)
    countries = [c for c in wanted.countries or reported if c in set(reported)]
    releases: dict[str, str] = {}
    table: dict[str, dict[int, float]] = {}
    for country in countries:
        for year in span:
            answer = history.on(country, year, known)
            if isinstance(answer, Fact):
                table.setdefault(country, {})[year] = answer.value
                releases[answer.release.published.isoformat()] = answer.release.document
    return _shaped(wanted, table), {"releases": releases}


def _shaped(wanted: Input, table: dict[str, dict[int, float]]) -> Any:
    if wanted.kind == "row":
        return table.get(wanted.countries[0], {})
    if wanted.kind == "list":
        return sorted(table)
    if wanted.kind == "values":
        return {country: next(iter(row.values())) for country, row in table.items()}
    return table


def _span(wanted: Input, period: Period) -> Sequence[int]:
    """Return the years that an input is needed for: the base years and one on either side."""
    if wanted.kind == "values":
        return [period.year or period.first.year]
    if wanted.kind == "list":
        return [period.known.year if period.known else period.first.year]
    years = [year for base in period.bases for year in base]
    return range(min(years) - 1, max(years) + 2) if years else [period.first.year]


def run(
    prepared: Prepared,
    members: Collection[str],
    other: Other | None = None,
    leavers: frozenset[str] = frozenset(),
) -> Run:
    """Run the steps for these members and return their rates in percent.

    A member that a step leaves without a value has no rate and is named in `left_out`.
    """
    budget = prepared.budget
    values = dict(prepared.values)
    values["members"] = tuple(sorted(members))
    for each in budget.inputs:
        if each.kind == "budget" and other is not None:
            values[each.id] = other(each.source, leavers)
    done = Run({})
    scales: list[Rates] = []
    for base in prepared.period.bases or ((),):
        here = {**values, "years": base}
        label = f"{base[0]}..{base[-1]}" if base else ""
        for step in budget.steps:
            done.steps.append(_take(step, here, label))
        scales.append(here[budget.steps[-1].rule.id])
    rates = scales[0]
    if budget.combine is not None:
        here = {**values, "scales": scales}
        done.steps.append(_take(budget.combine, here, ""))
        rates = here[budget.combine.rule.id]
    done.rates = dict(sorted(rates.items()))
    done.left_out = sorted(set(members) - set(rates))
    return done


def _take(step: Step, values: dict[str, Any], base: str) -> dict[str, Any]:
    """Run one rule, put its result among the values, and return it with its provision."""
    result = step.rule.run(values)
    values[step.rule.id] = result
    return {
        "step": step.rule.id,
        "title": step.title,
        "base": base,
        "unit": step.unit,
        "provision": step.rule.provision,
        "citation": step.rule.citation,
        "confidence": step.rule.confidence,
        "result": result,
    }
