"""A figure of a scenario as a function of what is assumed: spending drawn anew, or a bill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif import engine
from burdenshare.whatif.asking import KEEP
from burdenshare.whatif.baseline import pays_in_euros
from burdenshare.whatif.bills import budget_bills, budgets_of
from burdenshare.whatif.changes import Condition, Leave, Reallocate, Set
from burdenshare.whatif.contradictions import check_scenario
from burdenshare.whatif.economy import DOLLAR
from burdenshare.whatif.goals import pledging
from burdenshare.whatif.growth_errors import GrowthErrors, fit_growth_errors
from burdenshare.whatif.outlook import read_outlook
from burdenshare.whatif.outputs import find_output
from burdenshare.whatif.overrides import override
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.planning import Planned, make_plans, plan_from, read_terms, thresholds_of
from burdenshare.whatif.scenarios import Scenario
from burdenshare.whatif.varying import Case, Range, Varied, of_bill, of_economy, of_scenario
from burdenshare.world.budgets import REALLOCATIONS
from burdenshare.world.dates import Day
from burdenshare.world.load import World

BILL = "bill"
_PLANS = 4  # kept: a case mostly differs from the one before in one assumption


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a scenario, and what it rests on; `when` is its year or period."""

    id: str
    text: str
    unit: str
    when: str
    of: Callable[[Case], float]
    assumptions: tuple[Varied, ...]


def spending_figure(
    world: World, scenario: Scenario, day: Day, name: str, ranges: Mapping[str, Range]
) -> Figure:
    """Return a figure of spending by its name (see outputs.py); without one, the chief one.

    Raises UserError for an unknown name or range, and where the figure is not known.
    """
    drawn = Drawn(world, scenario)
    planned = drawn.known(day).planned
    output = find_output(name or _chief(planned), planned, _pledge(planned))

    def of(case: Case) -> float:
        plan, places = drawn.plan(case.pairs, case.day, case.weight)
        draws = min(scenario.draws, engine.BLOCK)
        result = engine.run(
            shifted(plan, case.growth, case.rate), draws, scenario.seed, variables=output.variables
        )
        return output.of(result, places)

    varied = of_scenario(world, scenario, day, ranges)
    varied += of_economy(world, scenario, planned.plan, day)
    return Figure(output.id, output.text, output.unit, str(output.year), of, tuple(varied))


class Drawn:
    """The plans of a scenario under other assumptions; the world is read once for each day."""

    def __init__(self, world: World, scenario: Scenario) -> None:
        self.world, self.scenario = world, scenario
        self.organisations = pledging(world, scenario.organisations)
        self.known = lru_cache(self._read)
        self.plan = lru_cache(_PLANS)(self._plan)

    def _read(self, day: Day) -> Known:
        check_scenario(self.world, self.scenario, day)
        # Who may join by a switch that is off must be among the countries too.
        turned = [
            override(self.scenario, [f"switch.{name}={'off' if switch.on else 'on'}"])
            for name, switch in self.scenario.switches.items()
        ]
        planned = make_plans(self.world, [self.scenario, *turned], day)[0]
        outlook = read_outlook(self.world, day)
        return Known(planned, fit_growth_errors(outlook, pays_in_euros(self.world, day)))

    def _plan(
        self, pairs: tuple[str, ...], day: Day, weight: float | None
    ) -> tuple[Plan, Mapping[str, int]]:
        known = self.known(day)
        scenario = override(self.scenario, pairs)
        terms = read_terms(self.world, scenario, self.organisations, day)
        errors = known.planned.share_errors
        if weight is not None:
            errors = replace(errors, weight=weight)
        plan = plan_from(scenario, known.planned.baseline, errors, known.growth_errors, terms)
        return plan, thresholds_of(scenario, terms).places


@dataclass(frozen=True, slots=True)
class Known:
    """A scenario as planned on a day, and the errors of growth known on it."""

    planned: Planned
    growth_errors: GrowthErrors


def shifted(plan: Plan, growth: float, rate: float) -> Plan:
    """Return a plan with growth shifted by a fraction, and other currencies worth `rate` times.

    Growth moves in years that are forecasts. What is counted in dollars of the price year, GDP and
    so spending, is worth more outside the United States, and the same as before in its own money.
    """
    if growth:
        uncertain = (plan.growth_error != 0).any(axis=(0, 2), keepdims=True)[0]
        plan = replace(plan, growth=plan.growth + growth * uncertain)
    if rate != 1:
        worth = np.where([code == DOLLAR for code in plan.countries], 1.0, rate)
        plan = replace(plan, real=plan.real * worth, eur=plan.eur / rate, ncu=plan.ncu / worth)
    return plan


def _chief(planned: Planned) -> str:
    """Return the figure that a scenario is about: what others need, who pays enough, or the sum."""
    left = any(not m.joins and m.organisation in planned.baseline.members for m in planned.moves)
    if left and KEEP in planned.plan.needs:
        return "needed"
    conditions = any(isinstance(each, Condition) for each in planned.scenario.active())
    return "meets" if conditions else "spending"


def _pledge(planned: Planned) -> str:
    """Return what is asked of members: the condition of the scenario, or the newest pledge."""
    places = planned.thresholds.places
    for each in planned.scenario.active():
        if isinstance(each, Condition) and f"{each.organisation}.{each.reading}" in places:
            return f"{each.organisation}.{each.reading}"
    pledges = [name for name in places if name.count(".") == 2]
    return pledges[-1] if pledges else ""


def bill_figure(
    world: World, scenario: Scenario, day: Day, name: str, ranges: Mapping[str, Range]
) -> Figure:
    """Return what a country pays into a budget: bill:BUDGET:COUNTRY, or the largest of them.

    Raises UserError where nobody leaves whoever shares the budget, and for unknown names.
    """
    _, _, rest = name.partition(":")
    wanted, _, country = rest.partition(":")
    budget = _budget(world, scenario, day, wanted)
    billed = Billed(world, scenario, budget)
    found = billed.bill(billed.leavers(scenario, day), billed.ways[0], day, None)
    payers = {row["country"]: row["after"] for row in found["rows"] if row["after"]}
    code = country.upper() or max(payers, key=lambda each: payers[each], default="")
    if code not in payers:
        raise UserError(f"output {name[:60]!r}: {code[:20]!r} pays nothing into {budget}")

    varied = [
        *of_scenario(world, scenario, day, ranges),
        *of_bill(scenario, budget, billed.ways),
    ]
    return Figure(
        id=f"{BILL}:{budget}:{code}",
        text=f"what {code} pays into {found['title']}",
        unit="USD",
        when=found["period"],
        of=lambda case: billed.usd(code, case),
        assumptions=tuple(varied),
    )


class Billed:
    """The bills of a budget under other assumptions; each is worked out once."""

    def __init__(self, world: World, scenario: Scenario, budget: str) -> None:
        self.world, self.scenario, self.budget = world, scenario, budget
        self.ways: Sequence[str] = tuple(REALLOCATIONS)
        for each in scenario.changes:
            if isinstance(each, Reallocate) and each.budget == budget:
                self.ways = each.rules
        self.bill = lru_cache(self._bill)

    def usd(self, country: str, case: Case) -> float:
        """Return what a country pays in a case, in US dollars."""
        scenario = override(self.scenario, case.pairs)
        total = None
        for change in scenario.active():
            if isinstance(change, Set) and change.what == f"budget:{self.budget}":
                total = change.value
        leavers = self.leavers(scenario, case.day)
        # Where a switch keeps everybody in, the bill is that before anybody leaves.
        column = "after_usd" if leavers else "before_usd"
        leavers = leavers or self.leavers(self.scenario, case.day)
        found = self.bill(leavers, case.way or self.ways[0], case.day, total)
        paid = {row["country"]: row[column] for row in found["rows"]}.get(country)
        if paid is None:
            raise UserError(
                f"what {country} pays into {self.budget} is not known: "
                f"{found['reason'] or found['total_text']}"
            )
        return float(paid) * case.size

    def leavers(self, scenario: Scenario, day: Day) -> frozenset[str]:
        """Return who leaves the organisation that shares the budget."""
        return frozenset(
            code
            for change in scenario.active()
            if isinstance(change, Leave) and change.organisation == self.budget.split(".")[0]
            for code in scenario.countries(change, self.world, day)
        )

    def _bill(
        self, leavers: frozenset[str], way: str, day: Day, total: float | None
    ) -> dict[str, Any]:
        [found] = budget_bills(self.world, self.budget, leavers, [way], day, total)
        return found


def _budget(world: World, scenario: Scenario, day: Day, wanted: str) -> str:
    known = [
        budget.id
        for name in scenario.organisations
        for budget in budgets_of(world, name)
        if Billed(world, scenario, budget.id).leavers(scenario, day)
    ]
    if not known:
        raise UserError(
            f"scenario {scenario.id}: nobody leaves an organisation whose budget is shared out, "
            "so that no bill changes"
        )
    if wanted and wanted not in known:
        raise UserError(f"output: budget {wanted[:40]!r} is unknown: {did_you_mean(wanted, known)}")
    return wanted or known[0]
