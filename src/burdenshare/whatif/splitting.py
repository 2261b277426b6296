"""How sure an answer is: what past revisions, past forecast errors and the assumptions each do.

The same plan is drawn with errors of one kind alone, and plans with one assumption turned round are
drawn beside it, all with the same random numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.whatif.blocks import INSIDE, Read, count_of, number
from burdenshare.whatif.changes import Set
from burdenshare.whatif.plan import LEVELS, TOTALS, Floats, Plan, Result
from burdenshare.whatif.planning import baseline_scenario
from burdenshare.whatif.scenarios import Scenario

MOST_DRAWS = 2000  # of each of these runs
KEEP = "keep"
_SHOWN = {"p5": 0.05, "p50": 0.5, "p95": 0.95}

Draw = Callable[[Plan, int, int], Result]
# The quantiles of a measure by name, or None where a result does not have it.
Take = Callable[[Result], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of an answer: what it is, of which region and year, and how it is read off."""

    text: str
    unit: str
    region: str
    year: int
    take: Take


@dataclass(frozen=True, slots=True)
class Alternative:
    """A scenario with one assumption turned round, and how that is told."""

    text: str
    scenario: Scenario


def alternatives(scenario: Scenario) -> list[Alternative]:
    """Return a scenario with each switch turned, with other weights of pledges, and unchanged.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> for each in alternatives(read_scenario(None, "hague-kept")):
    ...     print(each.text)
    without: Spain keeps its own path of 2.1 % of GDP
    if pledges moved nobody
    if members took the whole step to the pledge each year
    if nothing changes
    """
    found = []
    for name, switch in scenario.switches.items():
        turned = switch.model_copy(update={"on": not switch.on})
        switches = scenario.switches | {name: turned}
        other = scenario.model_copy(update={"switches": switches})
        found.append(Alternative(f"{'without' if switch.on else 'with'}: {switch.title}", other))
    if not any(isinstance(each, Set) and each.what == "pull" for each in scenario.active()):
        found.append(_pulled(scenario, 0.0, "if pledges moved nobody"))
        found.append(
            _pulled(scenario, 1.0, "if members took the whole step to the pledge each year")
        )
    if scenario.active():
        found.append(Alternative("if nothing changes", baseline_scenario(scenario)))
    return found


def telling(read: Read, before: Result) -> int:
    """Return the place of the year that tells most: the last, or where the last tells nothing.

    That is the last year unless spending there is what it is if nothing changes, as after a change
    that ends; then the year in which it differs most.
    """
    v = TOTALS.index("constant_usd")
    apart = np.abs(read.result.totals[v, INSIDE] - before.totals[v, INSIDE])
    shown = np.array(read.plan.years) >= read.first
    apart = np.where(shown & np.isfinite(apart), apart, 0.0)
    return len(apart) - 1 if apart[-1] > 0 or not apart.any() else int(np.argmax(apart))


def measures(read: Read, region: str, last: int, reading: str = "") -> list[Measure]:
    """Return the figures whose uncertainty is told, that of the headline first.

    `last` is the place of the year, `reading` the name of a threshold whose count of members is
    asked for.
    """
    plan = read.plan
    year = plan.years[last]
    found = []
    if KEEP in plan.needs and not np.array_equal(plan.inside[0, last], plan.inside[INSIDE, last]):
        n = plan.needs.index(KEEP)
        text = "share of GDP that makes up for what those who left spend"
        found.append(Measure(text, "% of GDP", region, year, _needed(n, last)))
    if reading in read.places:
        text = f"members at or above the threshold of {reading}"
        found.append(
            Measure(text, "members", region, year, _count(read.places[reading], last, plan))
        )
    shares = _total(TOTALS.index("share"), last)
    money = _total(TOTALS.index("constant_usd"), last)
    unit = f"million USD_{plan.price_year}"
    return [
        *found,
        Measure("share of GDP", "% of GDP", region, year, shares),
        Measure("spending in constant prices", unit, region, year, money),
    ]


def split(
    asked: Sequence[Measure],
    both: Result,
    others: Sequence[tuple[str, Plan]],
    draw: Draw,
) -> list[dict[str, Any]]:
    """Return each measure by kind of error, and its median under each other assumption.

    `both` is the run with all errors, `others` are plans by what is assumed; `draw` runs a plan.
    """
    draws, seed = min(both.draws, MOST_DRAWS), both.seed
    alone = {
        name: draw(both.plan.only(part), draws, seed)
        for name, part in (("data_revision", "revision"), ("forecast_error", "forecast"))
    }
    results = [(text, draw(plan, draws, seed)) for text, plan in others]
    return [_split(measure, both, alone, results) for measure in asked]


def undivided(asked: Sequence[Measure], both: Result) -> list[dict[str, Any]]:
    """Return each measure with all errors together, and nothing of what each of them does."""
    nothing = dict.fromkeys(("data_revision", "forecast_error"))
    return [_split(measure, both, {}, ()) | nothing for measure in asked]


def _split(
    measure: Measure,
    both: Result,
    alone: Mapping[str, Result],
    others: Sequence[tuple[str, Result]],
) -> dict[str, Any]:
    medians = [(text, measure.take(result)) for text, result in others]
    return {
        "measure": measure.text,
        "unit": measure.unit,
        "year": measure.year,
        "region": measure.region,
        **{name: measure.take(result) for name, result in alone.items()},
        "both": measure.take(both),
        "assumptions": [
            {"text": text, "p50": found["p50"]} for text, found in medians if found is not None
        ],
    }


def _pulled(scenario: Scenario, weight: float, text: str) -> Alternative:
    change = Set.model_validate(
        {"id": "pull", "do": "set", "what": "pull", "value": weight, "citation": "docs/model.md"}
    )
    changes = (*scenario.changes, change)
    return Alternative(text, scenario.model_copy(update={"changes": changes}))


def _needed(n: int, t: int) -> Take:
    def take(result: Result) -> dict[str, Any] | None:
        if n >= len(result.plan.needs) or result.plan.needs[n] != KEEP:
            return None
        return _quantiles(result.needed_quantiles[:, n, t])

    return take


def _count(k: int, t: int, plan: Plan) -> Take:
    def take(result: Result) -> dict[str, Any] | None:
        if result.plan.thresholds != plan.thresholds:
            return None
        found = count_of(result.counts[k, t])
        return {name: found[name] for name in _SHOWN}

    return take


def _total(v: int, t: int) -> Take:
    return lambda result: _quantiles(result.total_quantiles[:, v, INSIDE, t])


def _quantiles(values: Floats) -> dict[str, Any]:
    return {name: number(values[LEVELS.index(level)]) for name, level in _SHOWN.items()}
