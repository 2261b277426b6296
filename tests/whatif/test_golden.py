"""Every shipped scenario in a world of two countries, against figures worked out by hand.

The United States has a GDP of 1,000 million dollars and spends 3 %, Germany has 500 million and
spends 1 %. Nothing grows, no price moves, a dollar costs 0.8 euros, no pledge pulls, nothing is
revised. The figures stand in content/scenarios/NAME.expected.csv, with how each was worked out.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from burdenshare.files import CONTENT
from burdenshare.whatif import blocks, context, engine
from burdenshare.whatif.baseline import Baseline
from burdenshare.whatif.bills import bill
from burdenshare.whatif.borrowing import drawn, loan, rising, room
from burdenshare.whatif.changes import Borrow, Condition, Leave
from burdenshare.whatif.economy import Money
from burdenshare.whatif.funding import loss
from burdenshare.whatif.goals import read_goals
from burdenshare.whatif.growth_errors import GrowthErrors
from burdenshare.whatif.leaving import Move, moves
from burdenshare.whatif.planning import Planned, Terms, plan_from, thresholds_of
from burdenshare.whatif.protection import Member, protection, readings
from burdenshare.whatif.scenarios import Scenario, read_scenario
from burdenshare.whatif.share_errors import ShareErrors
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Membership
from burdenshare.world.readings import label
from whatif.small_budgets import small_answer

FOLDER = CONTENT / "scenarios"
COUNTRIES = ("DEU", "USA")
GDP = np.array([500.0, 1000.0])
SHARES = np.array([1.0, 3.0])
EUROS = 0.8
OUT = Day(2028, 4, 28)  # 180 days and a year after 2026-10-30
# Rates in percent and a budget of 1,000; the rule gives other rates without the United States.
BUDGETS = {
    "nato.common": ({"USA": 15.0, "DEU": 85.0}, {"DEU": 100.0}),
    "un.regular": ({"USA": 22.0, "DEU": 52.0, "FRA": 26.0}, {"DEU": 60.0, "FRA": 40.0}),
}
BUDGET = 1000.0
GIFTS = {"USA": 300.0, "DEU": 100.0}
LOAN = 100.0
WORLD = World(Path("no-such-folder"))


def baseline(day: Day, years: range) -> Baseline:
    """Return the two countries, with shares of the first year known."""
    shape = (len(years), len(COUNTRIES))
    share = np.full(shape, np.nan)
    share[0] = SHARES
    return Baseline(
        day=day,
        countries=COUNTRIES,
        years=tuple(years),
        share=share,
        base=np.zeros(len(COUNTRIES), dtype=np.int64),
        money=Money(
            growth=np.zeros(shape),
            real=GDP,
            usd=np.ones(shape),
            eur=np.full(shape, EUROS),
            ncu=np.tile([EUROS, 1.0], (len(years), 1)),
        ),
        price_year=years[0],
        members={"nato": frozenset(COUNTRIES)},
        others={"eu": frozenset({"DEU"})},
        dollars=dict.fromkeys(range(2025, 2036), 1.0),
        euros=dict.fromkeys(range(2025, 2036), EUROS),
    )


class Golden:
    """A scenario run in the two countries, and its figures by the columns of the file."""

    def __init__(self, scenario: Scenario) -> None:
        day = scenario.day(WORLD)
        self.scenario = scenario
        self.readings = readings(WORLD, "nato", day, self._conditions()) if self._spends else []
        known = {f"nato.{label(r.rule.id)}": r.threshold for r in self.readings}
        self.terms = Terms(
            goals=read_goals(WORLD, ["nato"], day),
            decimals=2,
            effects={(c.id, "USA"): OUT for c in scenario.active() if isinstance(c, Leave)},
            readings=tuple((name, value) for name, value in known.items() if value is not None),
        )
        self.baseline = baseline(day, range(scenario.first, scenario.last + 1))
        self.figures: dict[tuple[str, str, str, str], float | None] = {}
        for part in (self._spending, self._protection, self._bills, self._rest):
            for key, value in part():
                name, what, region, year = key
                self.figures[name, str(what), region, str(year)] = value

    @property
    def _spends(self) -> bool:
        return "nato" in self.scenario.organisations

    def _conditions(self) -> dict[str, float | None]:
        return {c.reading: c.threshold for c in self.scenario.active() if isinstance(c, Condition)}

    def _spending(self) -> Iterator[Any]:
        if not self._spends:
            return
        errors, scenario = ShareErrors.none(), self.scenario
        planned = Planned(
            scenario=scenario,
            plan=plan_from(scenario, self.baseline, errors, GrowthErrors.none(), self.terms),
            baseline=self.baseline,
            share_errors=errors,
            thresholds=thresholds_of(scenario, self.terms),
            moves=moves(scenario, self.baseline, self.terms.effects),
            assumptions=(),
            notes=(),
        )
        read = blocks.Read(
            scenario=scenario.id,
            first=scenario.first,
            result=engine.run(planned.plan, 512, 1949),
            regions=context.regions(WORLD, planned),
            places=planned.thresholds.places,
            targets=context.targets(WORLD, planned, {}),
        )
        names = {name: variable for variable, name in blocks.NAMES.items()}
        for row in blocks.rows(read, {"USA": "USD", "DEU": "EUR"}):
            assert row["p5"] == pytest.approx(row["p95"], rel=1e-6)
            yield ("rows", names[row["variable"]], row["region"], row["year"]), row["p50"]
        for row in blocks.meets(read):
            yield ("meets", row["pledge"], row["country"], row["year"]), row["probability"]
        for row in blocks.counts(read):
            yield ("counts", row["pledge"], "", row["year"]), row["mean"]
            yield ("members", row["pledge"], "", row["year"]), row["members"]
        for row in blocks.shortfalls(read):
            yield ("points", row["pledge"], row["country"], row["year"]), row["points"]
            yield ("short", row["pledge"], row["country"], row["year"]), row["usd_million"]
        for row in blocks.needed(read, context.needs(read.plan)):
            yield ("needed", row["id"], "", row["year"]), row["p50"]
            yield ("amount", row["id"], "", row["year"]), row["amount_usd_million"]
        for row in blocks.reach(read):
            yield ("reach", f"{row['target']:g}", "", row["year"]), row["p50"]
        self.read = read

    def _protection(self) -> Iterator[Any]:
        leaves = any(isinstance(change, Leave) for change in self.scenario.active())
        gone = Move("exit", "nato", "USA", OUT, joins=False) if leaves else None
        members = [
            Member(
                Membership(code, Day(1955, 5, 6), None, False, True, "", ""),
                goes=gone if code == "USA" else None,
            )
            for code in COUNTRIES
        ]
        years = range(self.scenario.first, self.scenario.last + 1)
        for reading in self.readings:
            name = f"nato.{label(reading.rule.id)}"

            def chance(country: str, year: int, name: str = name) -> float:
                read = self.read
                at = read.plan.years.index(year), read.plan.countries.index(country)
                return float(read.result.meets[read.places[name], *at])

            for entry in protection(reading, members, years, chance):
                for row in entry["rows"]:
                    key = ("protection", entry["reading"], row["country"], entry["year"])
                    yield key, row["probability"]

    def _bills(self) -> Iterator[Any]:
        for name, (rates, rerun) in BUDGETS.items():
            answer = small_answer(rates, ["USA"], rerun)
            for way in answer["reallocations"]:
                found = bill(answer, way, rates, BUDGET, "")
                what = f"{name} {way['reallocation']}"
                yield ("total_usd", what, "", ""), found["total_usd"]
                for row in found["rows"]:
                    for key in ("before", "after", "before_usd", "after_usd"):
                        yield (key, what, row["country"], ""), row[key]

    def _rest(self) -> Iterator[Any]:
        lost = GIFTS["USA"]
        yield ("funding", "lost_usd", "", ""), lost
        for key, value in loss(sum(GIFTS.values()), lost).items():
            yield ("funding", key, "", ""), value
        years = range(2025, 2029)
        points = {"DEU": dict.fromkeys(years, 1.5)}
        for key, asked in (("full", points), ("rising", rising(points))):
            found = room(key, asked, {"DEU": dict.fromkeys(years, 500.0)}, {})
            yield ("room", key, "", ""), found["total_eur"]
            for year, eur in found["rows"][0]["eur_by_year"].items():
                yield ("room", key, "DEU", year), eur
        for change in self.scenario.active():
            if isinstance(change, Borrow):
                rows = [{"rows": [loan("DEU", LOAN, change.first, change.last)]}]
                for year in range(change.first - 1, change.last + 2):
                    yield ("loan", "DEU", "", year), drawn(rows, year).get("DEU", 0.0)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_the_scenario_gives_what_was_worked_out_by_hand(name: str) -> None:
    golden = Golden(read_scenario(None, name))
    with (FOLDER / f"{name}.expected.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert lines
    wrong = []
    for line in lines:
        key = (line["block"], line["what"], line["region"], line["year"])
        found = golden.figures.get(key)
        if found != pytest.approx(float(line["value"]), rel=1e-6, abs=1e-6):
            wrong.append(f"{key}: {found} is not {line['value']} ({line['working']})")
    assert not wrong, "\n".join(wrong)
