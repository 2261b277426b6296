"""What a plan takes for granted, and what a reader must know of its figures, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from burdenshare.whatif.baseline import Baseline
from burdenshare.whatif.changes import MEMBERS, Assumption, Set, Spend
from burdenshare.whatif.growth_errors import GrowthErrors
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.studies import find_study

TESTED = 5  # years ahead that the backtest reaches
FEWEST_YEARS = 3  # of editions, below which errors of GDP are called thin
_MODEL = "docs/model.md"


def assumptions(
    scenario: Scenario, baseline: Baseline, weight: float, moves: Sequence[Move]
) -> tuple[Assumption, ...]:
    """Return what is taken for granted: the scenario's own, then the model's.

    `weight` is the part of the pledge's step that members took in the past.
    """
    found = [*scenario.assumptions, _stated(_pull(scenario, baseline, weight))]
    found += map(_stated, _of_model(baseline))
    spending = [move for move in moves if move.organisation in baseline.members]
    found += [_stated(_effect(move)) for move in spending]
    if any(not move.joins for move in spending):
        found.append(_stated("Who leaves goes on spending what it would have spent as a member."))
    return tuple(found)


def notes(scenario: Scenario, baseline: Baseline, growth_errors: GrowthErrors) -> tuple[str, ...]:
    """Return what a reader must know: who is left out, late and mixed figures, thin errors."""
    return (*_notes(scenario, baseline), *_thin(growth_errors, baseline.years))


def _pull(scenario: Scenario, baseline: Baseline, weight: float) -> str:
    """Say how much of the pledge's step members take: as in the past, or as the scenario sets."""
    why = f"as they did on average in the years known on {baseline.day}"
    for change in scenario.active():
        if isinstance(change, Set) and change.what == "pull":
            weight, why = change.value, f"as change {change.id} sets it"
    return (
        f"Each year members take {weight:.0%} of the step that leads to the pledge in time, {why}."
    )


def _of_model(baseline: Baseline) -> Iterator[str]:
    tested = baseline.price_year + TESTED
    if tested < baseline.years[-1]:
        yield (
            f"After {tested}, {TESTED} years ahead, as far as forecasts were tested, shares of GDP "
            "follow pledges and chance: the trend of past years goes no further."
        )
    last = baseline.last_forecast
    if last is not None and last < baseline.years[-1]:
        yield (
            f"After {last}, the last year of the World Economic Outlook, real GDP and prices grow "
            f"as in {last}, and real exchange rates stay."
        )
    yield (
        "Where prices differ from the forecast, exchange rates follow them: relative purchasing "
        "power parity."
    )


def _effect(move: Move) -> str:
    does = "joins" if move.joins else "is out of"
    counts = "in" if move.joins else "out"
    return (
        f"{move.country} {does} {move.organisation} on {move.day} and counts as {counts} from "
        f"{move.year} on: a day before 1 July counts for its own year."
    )


def _stated(text: str) -> Assumption:
    return Assumption(text=text, citation=_MODEL)


def _thin(growth_errors: GrowthErrors, years: Sequence[int]) -> Iterator[str]:
    """Say at which horizons errors of GDP rest on editions of one or two years."""
    used = {horizon for horizon in growth_errors.horizons(years) if horizon is not None}
    if not used:
        yield "no error of a past forecast of GDP is known: GDP comes as forecast in every draw"
    by_years: dict[str, list[int]] = {}
    for horizon in sorted(used):
        known = growth_errors.known_from(horizon)
        if len(known) < FEWEST_YEARS:
            by_years.setdefault(" and ".join(map(str, known)), []).append(horizon)
    for editions, horizons in by_years.items():
        ahead = ", ".join(map(str, horizons))
        yield f"errors of GDP {ahead} years ahead rest on editions of {editions} alone"


def _notes(scenario: Scenario, baseline: Baseline) -> Iterator[str]:
    held = set(baseline.countries)
    for change in scenario.active():
        if isinstance(change, Spend):
            without = sorted(set(change.who) - held - {MEMBERS})
            if without:
                yield f"change {change.id}: no share of GDP is known of {', '.join(without)}"
    for name in scenario.studies:
        study = find_study(name)
        if study.published > baseline.day:
            yield f"study {name} is left out: it was published on {study.published}"
    old = {
        code: fact.year for code, fact in baseline.facts.items() if fact.year < baseline.price_year
    }
    if old:
        listed = ", ".join(f"{code} {year}" for code, year in old.items())
        yield f"the newest share known is older than {baseline.price_year}: {listed}"
    definitions = {fact.definition or "not stated" for fact in baseline.facts.values()}
    if len(definitions) > 1:
        yield f"shares of base years by several definitions: {'; '.join(sorted(definitions))}"
