"""From a scenario to its answer: planned, drawn beside "nothing changes", and told in blocks.

The answer is plain data: every part of it may be empty, none is left out, and what is not known is
None with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from burdenshare.whatif import blocks, context, engine, splitting
from burdenshare.whatif.bills import budget_bills, budgets_of
from burdenshare.whatif.borrowing import borrowed, rooms
from burdenshare.whatif.changes import Borrow, Condition, Join, Leave, Reallocate, Set, Stop
from burdenshare.whatif.contradictions import check_scenario
from burdenshare.whatif.frames import frame
from burdenshare.whatif.funding import stopped
from burdenshare.whatif.goals import pledging
from burdenshare.whatif.headline import headline
from burdenshare.whatif.leaving import Move, effects_of
from burdenshare.whatif.overrides import override
from burdenshare.whatif.plan import Plan, Result
from burdenshare.whatif.planning import Planned, baseline_scenario, make_plans
from burdenshare.whatif.protection import Member, guaranteed, protection, readings
from burdenshare.whatif.scenarios import BASELINE, Scenario, read_scenario
from burdenshare.whatif.wording import day_of, described
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.measuring import Measure as Reading
from burdenshare.world.organisations import Membership
from burdenshare.world.readings import label

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

# Runs a plan so many times from a seed; another one may share the work out.
Draw = Callable[[Plan, int, int], Result]
SLOW = frozenset(("debt", "uncertainty"))  # blocks that take most of the time of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run gives: the answer as plain data, and the arrays behind it.

    `result` and `baseline` are the runs of the scenario and of "nothing changes"; both, and `plan`,
    are None where the scenario moves no spending.
    """

    json: dict[str, Any]
    scenario: Scenario
    result: Result | None
    baseline: Result | None
    plan: Plan | None

    def frame(self) -> DuckDBPyRelation:
        """Return the rows of the answer as a table for pandas, polars or narwhals."""
        return frame(self.json)


def run_answer(  # noqa: PLR0913, PLR0917 - what a user may ask of a run
    world: World,
    scenario: Scenario | str,
    draws: int | None = None,
    seed: int | None = None,
    as_of: Day | None = None,
    overrides: Sequence[str] = (),
    draw: Draw = engine.run,
    slow: Collection[str] = SLOW,
) -> Answer:
    """Run a scenario, given itself or by name, and return its answer.

    `draws`, `seed` and `as_of` take the place of the scenario's own, `overrides` are KEY=VALUE as
    for --set. Of the blocks of SLOW those not in `slow` are left out: there is no debt, and the
    uncertainty is not split. The same scenario, world and version give the same answer. Raises
    UserError for values out of range, contradictory changes and what the world does not hold on
    the day.

    >>> answer = run_answer(World(), "us-stops-wfp")
    >>> answer.json["headline"][:75]
    'If the United States stops paying, the World Food Programme loses USD 4.4 b'
    """
    asked = read_scenario(world.own, scenario) if isinstance(scenario, str) else scenario
    given = {"draws": draws, "seed": seed, "as_of": as_of}
    pairs = [f"{name}={value}" for name, value in given.items() if value is not None]
    if pairs or overrides:
        asked = override(asked, [*overrides, *pairs])
    day = asked.day(world)
    check_scenario(world, asked, day)
    return _Run(world, asked, day, draw, slow).answer([*overrides, *pairs])


class _Run:
    """One run: the world, the scenario, the day, and what is planned and drawn."""

    def __init__(
        self, world: World, scenario: Scenario, day: Day, draw: Draw, slow: Collection[str]
    ) -> None:
        self.world, self.scenario, self.day, self.draw = world, scenario, day, draw
        self.slow = slow
        self.effects = effects_of(world, scenario, day)
        self.planned: list[Planned] = []
        self.others: list[splitting.Alternative] = []
        self.results: list[Result] = []
        if pledging(world, scenario.organisations):
            self.others = splitting.alternatives(scenario) if "uncertainty" in slow else []
            plans = [scenario, baseline_scenario(scenario), *(o.scenario for o in self.others)]
            self.planned = make_plans(world, plans, day)
            self.results = [
                draw(each.plan, scenario.draws, scenario.seed) for each in self.planned[:2]
            ]
        self.moves = self._moves()
        self.readings = self._readings()

    def answer(self, pairs: Sequence[str]) -> Answer:
        """Put the answer together."""
        found = {
            **self._head(pairs),
            **self._spending(),
            **self._money(),
            "debt": self._debt(),
            "protection": list(self._protection()),
            "uncertainty": self._uncertainty(),
            **self._foot(),
        }
        named = [
            row
            for key in ("bills", "funding", "borrowing")
            for each in found[key]
            for row in each["sources"]
        ]
        baseline = self.planned[0].baseline if self.planned else None
        found["sources"] = context.sources(self.world, baseline, named)
        found["gaps"] += context.missing(found["bills"])
        found["notes"] = [
            *(self.planned[0].notes if self.planned else ()),
            *context.notes(found),
        ]
        found["headline"] = headline(self.world, self.scenario, found)
        result, before = self.results or (None, None)
        return Answer(found, self.scenario, result, before, self._plan)

    @property
    def _plan(self) -> Plan | None:
        return self.planned[0].plan if self.planned else None

    def _moves(self) -> list[Move]:
        """Return who leaves or joins which organisation, whether or not its spending is told."""
        found = []
        for change in self.scenario.active():
            if isinstance(change, (Leave, Join)):
                for code in self.scenario.countries(change, self.world, self.day):
                    day = change.on or self.effects[change.id, code]
                    joins = isinstance(change, Join)
                    found.append(Move(change.id, change.organisation, code, day, joins))
        return sorted(found, key=lambda move: (move.day, move.organisation, move.country))

    def _readings(self) -> dict[str, Reading]:
        """Return the readings of the guarantees by name, each with its threshold."""
        found = {}
        for name in self.scenario.organisations:
            if guaranteed(self.world, name):
                asked = {
                    change.reading: change.threshold
                    for change in self.scenario.active()
                    if isinstance(change, Condition) and change.organisation == name
                }
                for each in readings(self.world, name, self.day, asked):
                    found[f"{name}.{label(each.rule.id)}"] = each
        return found

    def _head(self, pairs: Sequence[str]) -> dict[str, Any]:
        scenario, plan = self.scenario, self._plan
        definitions = {
            fact.definition for fact in (self.planned[0].baseline.facts.values() if plan else ())
        }
        year = plan.price_year if plan else None
        return {
            **self.world.header("run", self.day),
            "scenario": {
                "id": scenario.id,
                "title": scenario.title,
                "question": scenario.question,
                "hash": scenario.hash,
            },
            "settings": {
                "first": scenario.first,
                "last": scenario.last,
                "draws": scenario.draws,
                "seed": scenario.seed,
                "block": engine.BLOCK,
            },
            "overrides": list(pairs),
            "switches": [
                {"id": name, "title": switch.title, "on": switch.on}
                for name, switch in scenario.switches.items()
            ],
            "changes": list(self._changes()),
            "moves": [
                {
                    "country": move.country,
                    "organisation": move.organisation,
                    "on": move.day.isoformat(),
                    "joins": move.joins,
                }
                for move in self.moves
            ],
            "headline": "",
            "measure": {
                "price_year": year,
                "unit": f"million USD_{year}" if year else None,
                "definition": "; ".join(sorted(definitions - {""})) or None,
            },
            "members": context.members(self.world, self.planned[0] if plan else None, self.moves),
        }

    def _changes(self) -> Iterator[dict[str, Any]]:
        for change in self.scenario.active():
            on = day_of(change, self.effects)
            yield {
                "id": change.id,
                "do": change.do,
                "on": on.isoformat() if on else None,
                "text": described(self.world, change, on),
                "proposal": change.proposal or "",
                "citation": change.citation,
                "confidence": change.confidence,
            }

    def _reads(self) -> list[blocks.Read]:
        """Return the two results with the names that the answer uses."""
        asked = {n: r.threshold for n, r in self.readings.items() if r.threshold is not None}
        found = []
        for planned, result in zip(self.planned, self.results, strict=False):
            places = planned.thresholds.places
            named = context.targets(self.world, planned, asked)
            found.append(
                blocks.Read(
                    scenario=planned.scenario.id,
                    first=planned.scenario.first,
                    result=result,
                    regions=context.regions(self.world, planned),
                    places=places,
                    targets={name: value for name, value in named.items() if name in places},
                )
            )
        # A scenario that changes nothing is its own baseline, and told once.
        return found[:1] if self.scenario.id == BASELINE else found

    def _spending(self) -> dict[str, Any]:
        reads = self._reads()
        known = self.world.countries.by_code
        currencies = {code: each.currency for code, each in known.items()}
        if self.planned:
            currencies |= dict.fromkeys(self.planned[0].baseline.euro, "EUR")
        # What replacing costs is asked of those who stay: nothing is where nobody leaves.
        own = reads[:1] if any(not move.joins for move in self.moves) else []
        names = {name for read in reads for name in read.targets}
        return {
            "rows": [row for read in reads for row in blocks.rows(read, currencies)],
            "meets": [row for read in reads for row in blocks.meets(read)],
            "counts": [row for read in reads for row in blocks.counts(read)],
            "shortfalls": [row for read in reads for row in blocks.shortfalls(read)],
            "needed": [
                row for read in own for row in blocks.needed(read, context.needs(read.plan))
            ],
            "reach": [row for read in reads[:1] for row in blocks.reach(read)],
            "pledges": context.pledges(self.world, sorted(names)),
            "history": [
                row
                for planned in self.planned[:1]
                for row in context.history(self.world, planned.baseline, self.day)
            ],
        }

    def _money(self) -> dict[str, Any]:
        """Return bills, voluntary payments, loans and the room for them."""
        active = self.scenario.active()
        borrowing = [
            borrowed(self.world, each.programme, each.first, each.last, self.day)
            for each in active
            if isinstance(each, Borrow)
        ]
        return {
            "bills": list(self._bills()),
            "funding": [
                {**stopped(self.world, each.organisation, each.who, self.day), "change": each.id}
                for each in active
                if isinstance(each, Stop)
            ],
            "borrowing": borrowing,
            "room": rooms(self.world, self.day) if borrowing else [],
        }

    def _debt(self) -> dict[str, Any] | None:
        """Return what happens to debt, None where the scenario is not about it."""
        if "debt" not in self.slow:
            return None
        from burdenshare.whatif.debt.in_run import debt_block

        return debt_block(self.world, self.scenario, self.day, self.moves)

    def _bills(self) -> Iterator[dict[str, Any]]:
        """Yield the bills of each budget whose members leave, in the ways that are asked for."""
        active = self.scenario.active()
        ways = {each.budget: each.rules for each in active if isinstance(each, Reallocate)}
        sizes = {
            each.what.removeprefix("budget:"): each.value
            for each in active
            if isinstance(each, Set) and each.what.startswith("budget:")
        }
        for name in self.scenario.organisations:
            leavers = {m.country for m in self.moves if m.organisation == name and not m.joins}
            for budget in budgets_of(self.world, name) if leavers else ():
                yield from budget_bills(
                    self.world,
                    budget.id,
                    leavers,
                    ways.get(budget.id, ()),
                    self.day,
                    sizes.get(budget.id),
                )

    def _protection(self) -> Iterator[dict[str, Any]]:
        years = range(self.scenario.first, self.scenario.last + 1)
        for name, reading in self.readings.items():
            yield from protection(
                reading, self._members(name.split(".")[0]), years, self._chance(name)
            )

    def _members(self, organisation: str) -> list[Member]:
        """Return the members of the day and those who join, with the days of the scenario."""
        moves = {(m.country, m.joins): m for m in self.moves if m.organisation == organisation}
        found = self.world.organisations[organisation].members(self.day)
        joining = [
            Membership(code, move.day, None, only_year=False, forces=True, note="", source="")
            for (code, joins), move in moves.items()
            if joins and code not in {each.country for each in found}
        ]
        return [
            Member(each, moves.get((each.country, True)), moves.get((each.country, False)))
            for each in (*found, *joining)
        ]

    def _chance(self, name: str) -> Callable[[str, int], float | None]:
        """Return how likely a country is at or above a reading's threshold in a year."""
        plan = self._plan
        place = self.planned[0].thresholds.places.get(name) if self.planned else None

        def chance(country: str, year: int) -> float | None:
            if plan is None or place is None or country not in plan.countries:
                return None
            at = plan.years.index(year), plan.countries.index(country)
            return blocks.number(self.results[0].meets[place, *at])

        return chance

    def _uncertainty(self) -> list[dict[str, Any]]:
        if not self.planned:
            return []
        read = self._reads()[0]
        condition = next((c for c in self.scenario.active() if isinstance(c, Condition)), None)
        name = f"{condition.organisation}.{condition.reading}" if condition else ""
        year = splitting.telling(read, self.results[1])
        measures = splitting.measures(read, read.regions["in"], year, name)
        if "uncertainty" not in self.slow:
            return splitting.undivided(measures, self.results[0])
        others = [
            (other.text, planned.plan)
            for other, planned in zip(self.others, self.planned[2:], strict=True)
        ]
        return splitting.split(measures, self.results[0], others, engine.run)

    def _foot(self) -> dict[str, Any]:
        assumed: Iterable[Any] = self.scenario.assumptions
        gaps: list[dict[str, Any]] = []
        if self.planned:
            planned = self.planned[0]
            assumed = planned.assumptions
            gaps = [{"country": g.country, "reason": g.reason} for g in planned.baseline.gaps]
        return {
            "assumptions": [
                {"text": each.text, "citation": each.citation, "confidence": each.confidence}
                for each in assumed
            ],
            "sources": [],
            "gaps": gaps,
        }
