"""What can be assumed otherwise in a scenario: each assumption with the range that it is varied in.

A `Case` is one choice of all of them. Ranges: as given, or 20 % to both sides of a number of the
scenario, all of a switch or a choice, and for the economy what the figures themselves have shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, pstdev

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.baseline import SHARE
from burdenshare.whatif.changes import HIGHEST_SHARE, Change, Condition, Reallocate, Set, Spend
from burdenshare.whatif.leaving import effects_of
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.scenarios import Scenario
from burdenshare.whatif.screening import Factor
from burdenshare.whatif.wording import day_of, described
from burdenshare.world.dates import Day
from burdenshare.world.load import World

PART = 0.2  # of a number to both sides
AHEAD = 5  # years over which errors of growth are averaged
_EURO = "EXR.USD"
_FEWEST = 5  # yearly changes of a rate, below which their spread says little
_YEAR = "year"
_SHARE = "% of GDP"

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of all assumptions: what differs from the scenario as it stands.

    `pairs` are KEY=VALUE as for --set, `weight` is the part of a pledge's step that is taken a
    year, `growth` a fraction on top of growth, `rate` what other currencies are worth over what
    they are worth, `way` how a budget is shared out anew, `size` its size over what it is.
    """

    day: Day
    pairs: tuple[str, ...] = ()
    weight: float | None = None
    growth: float = 0.0
    rate: float = 1.0
    way: str = ""
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Varied:
    """An assumption: its key, what it is in words, and what a value of it does to a case.

    `low` and `high` are what a reader is shown: numbers in `unit`, or the ends of a choice.
    """

    key: str
    text: str
    unit: str
    low: float | str
    high: float | str
    factor: Factor
    apply: Callable[[Case, float], Case]


def of_scenario(
    world: World, scenario: Scenario, day: Day, ranges: Mapping[str, Range]
) -> list[Varied]:
    """Return what the scenario itself sets: its switches, and the numbers of its changes.

    `ranges` are low and high by key, such as core.share; a year is varied only where it has one.
    Raises UserError for a key that no change has.
    """
    effects = effects_of(world, scenario, day)
    found = list(_switches(scenario))
    known: set[str] = set()
    for change in scenario.changes:
        text = described(world, change, day_of(change, effects))
        for key, value, most, unit in _numbers(change):
            known.add(key)
            low, high = ranges.get(key) or _around(value, most, unit)
            if low < high:
                found.append(_number(key, text, unit, (low, high)))
    for key in sorted(ranges.keys() - known):
        raise UserError(f"range {key[:60]!r} is unknown: {did_you_mean(key, known)}")
    return found


def of_economy(world: World, scenario: Scenario, plan: Plan, day: Day) -> list[Varied]:
    """Return what the model takes from the figures: pledges, growth, the dollar, the release."""
    found = []
    if not any(isinstance(each, Set) and each.what == "pull" for each in scenario.changes):
        found.append(
            Varied(
                key="pull",
                text="part of the step to the pledge that members take each year",
                unit="",
                low=0.0,
                high=1.0,
                factor=Factor(0.0, 1.0),
                apply=lambda case, value: replace(case, weight=value),
            )
        )
    return [*found, *_growth(plan), *_dollar(world, day), *_release(world, day)]


def of_bill(scenario: Scenario, budget: str, ways: Sequence[str]) -> list[Varied]:
    """Return what a bill rests on: how a budget is shared out anew, and how large it is."""
    for each in scenario.changes:
        if isinstance(each, Reallocate) and each.budget == budget:
            ways = each.rules
    sized = any(isinstance(c, Set) and c.what == f"budget:{budget}" for c in scenario.changes)
    found = []
    if len(ways) > 1:
        found.append(
            Varied(
                key="reallocation",
                text="how the part of those who leave is shared out",
                unit="",
                low=ways[0],
                high=ways[-1],
                factor=Factor(0, len(ways) - 1, options=len(ways)),
                apply=lambda case, value: replace(case, way=ways[int(value)]),
            )
        )
    if not sized:
        found.append(
            Varied(
                key="budget",
                text="size of the budget",
                unit="% of its size",
                low=100 * (1 - PART),
                high=100 * (1 + PART),
                factor=Factor(1 - PART, 1 + PART),
                apply=lambda case, value: replace(case, size=value),
            )
        )
    return found


def _switches(scenario: Scenario) -> Iterator[Varied]:
    for name, switch in scenario.switches.items():

        def turn(case: Case, value: float, name: str = name) -> Case:
            return _put(case, f"switch.{name}={'on' if value else 'off'}")

        factor = Factor(0, 1, options=2)
        yield Varied(f"switch.{name}", switch.title, "", "off", "on", factor, turn)


def _numbers(change: Change) -> Iterator[tuple[str, float, float, str]]:
    """Yield the numbers of a change: key, value, the most that it may be, unit."""
    if isinstance(change, Spend):
        yield from _of_spending(change)
    elif isinstance(change, Condition) and change.threshold is not None:
        yield f"{change.id}.threshold", change.threshold, HIGHEST_SHARE, _SHARE
    elif isinstance(change, Set):
        kind = change.what.partition(":")[0]
        most = {"pull": 1.0, "pledge": HIGHEST_SHARE}.get(kind, math.inf)
        unit = {"pledge": _SHARE, "budget": "USD"}.get(kind, "")
        yield f"{change.id}.value", change.value, most, unit


def _of_spending(change: Spend) -> Iterator[tuple[str, float, float, str]]:
    named = {"share": change.share, "add": change.add}
    named |= {f"except.{code}": each for code, each in sorted(change.exceptions.items())}
    named |= {f"path.{year}": each for year, each in sorted((change.path or {}).items())}
    for name, share in named.items():
        if share is not None:
            unit = "points of GDP" if name == "add" else _SHARE
            yield f"{change.id}.{name}", share, HIGHEST_SHARE, unit
    for name, year in (("from", change.first), ("by", change.by), ("to", change.last)):
        if year is not None:
            yield f"{change.id}.{name}", year, math.inf, _YEAR


def _around(value: float, most: float, unit: str) -> Range:
    """Return the range of a number to which none is given; a year has none.

    >>> _around(3.5, 100.0, "% of GDP"), _around(0.9, 1.0, ""), _around(2035, math.inf, "year")
    ((2.8, 4.2), (0.72, 1.0), (2035, 2035))
    """
    if unit == _YEAR:
        return value, value
    ends = round(value * (1 - PART), 9), round(value * (1 + PART), 9)
    return min(ends), min(max(ends), most)


def _number(key: str, text: str, unit: str, ends: Range) -> Varied:
    def put(case: Case, value: float) -> Case:
        return _put(case, f"{key}={round(value) if unit == _YEAR else float(value)!r}")

    text = f"{key.partition('.')[2]} of {key.partition('.')[0]}: {text}"
    return Varied(key, text, unit, *ends, Factor(*ends), put)


def _put(case: Case, pair: str) -> Case:
    return replace(case, pairs=(*case.pairs, pair))


def _growth(plan: Plan) -> Iterator[Varied]:
    """Yield a shift of growth by what five years of forecasts have missed on average, one sd."""
    years = np.flatnonzero(plan.growth_error.any(axis=(0, 2)))[:AHEAD]
    if not len(years):
        return
    together = plan.growth_error[:, years] @ (plan.real / plan.real.sum())
    error = float(together.mean(axis=1).std())
    yield Varied(
        key="growth",
        text=(
            "growth of real GDP in every year and country: one standard deviation of what "
            f"forecasts missed on average over {len(years)} years"
        ),
        unit="points a year",
        low=-100 * error,
        high=100 * error,
        factor=Factor(-error, error),
        apply=lambda case, value: replace(case, growth=value),
    )


def _dollar(world: World, day: Day) -> Iterator[Varied]:
    """Yield a shift of all other currencies by what the euro usually moves in a year, one sd."""
    if _EURO not in world.series:
        return
    by_year: dict[int, list[float]] = {}
    for each in world.fixings(_EURO).between(Day(1999, 1, 1), Day(day.year - 1, 12, 31)):
        by_year.setdefault(each.day.year, []).append(each.value)
    means = [math.log(fmean(values)) for _, values in sorted(by_year.items())]
    changes = [after - before for before, after in pairwise(means)]
    if len(changes) < _FEWEST:
        return
    error = pstdev(changes)
    yield Varied(
        key="dollar",
        text=(
            "what other currencies are worth in US dollars: one standard deviation of the euro's "
            f"change from year to year, {min(by_year)} to {max(by_year)}"
        ),
        unit="%",
        low=-100 * error,
        high=100 * error,
        factor=Factor(1 - error, 1 + error),
        apply=lambda case, value: replace(case, rate=value),
    )


def _release(world: World, day: Day) -> Iterator[Varied]:
    """Yield the choice between what is known on a day and what was before its newest release."""
    known = [each.published for each in world.history(SHARE).releases if each.published <= day]
    if len(known) < 2:
        return
    days = (known[-1] - Day.resolution, day)
    yield Varied(
        key="release",
        text="day as of which figures are known: before the newest release of shares, or later",
        unit="",
        low=days[0].isoformat(),
        high=days[1].isoformat(),
        factor=Factor(0, 1, options=2),
        apply=lambda case, value: replace(case, day=days[int(value)]),
    )
