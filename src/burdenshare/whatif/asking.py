"""What is asked of a plan: the pull of pledges, thresholds to reach, amounts to be found.

Axes as in plan.py: T years, C countries, K thresholds, N amounts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.baseline import Baseline
from burdenshare.whatif.changes import Change, Set
from burdenshare.whatif.goals import Goal, goal_of
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.plan import Floats
from burdenshare.world.studies import Study

KEEP = "keep"  # the amount that is what those who left spend
_PLEDGE = "pledge:"
_MILLION = 1000.0  # million in a billion


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of GDP in % that may be reached; `places` tells where each name stands.

    Names that ask for the same share stand for one threshold, called by the first of them.
    `lowered` are the values by which an unrounded share is held: half a unit of the last decimal
    that counts lower.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    places: dict[str, int]
    lowered: tuple[float, ...]

    def table(self, shape: tuple[int, ...]) -> Floats:
        """Return the lowered values for every year and country, K x T x C."""
        lowered = np.array(self.lowered).reshape(-1, 1, 1)
        return np.broadcast_to(lowered, (len(lowered), *shape)).copy()

    def find(self, value: float) -> int | None:
        """Return the place of a share, or None where it is not among them."""
        return self.values.index(value) if value in self.values else None


def thresholds(named: Iterable[tuple[str, float]], decimals: int | None) -> Thresholds:
    """Return thresholds by name, each share once, as held against shares rounded to decimals.

    Where nothing is rounded `decimals` is None.

    >>> found = thresholds([("wales", 2.0), ("vilnius", 2.0), ("hague", 3.5)], 2)
    >>> found.names, found.places["vilnius"], found.lowered
    (('wales', 'hague'), 0, (1.995, 3.495))
    """
    first: dict[float, str] = {}
    places: dict[str, int] = {}
    for name, value in named:
        first.setdefault(value, name)
        places.setdefault(name, list(first).index(value))
    half = 0.0 if decimals is None else 0.5 * 10.0**-decimals
    lowered = tuple(round(value - half, 12) for value in first)
    return Thresholds(tuple(first.values()), tuple(first), places, lowered)


def changed(
    goals: Sequence[Goal], weight: float, changes: Iterable[Change]
) -> tuple[tuple[Goal, ...], float]:
    """Return the goals and the weight of the pledge as changes of the kind `set` leave them.

    Raises UserError for a pledge that is unknown or was not known on the day.
    """
    by_id = {goal.id: goal for goal in goals}
    for change in changes:
        if not isinstance(change, Set):
            continue
        if change.what == "pull":
            weight = change.value
        elif change.what.startswith(_PLEDGE):
            name = change.what.removeprefix(_PLEDGE)
            if name not in by_id:
                raise UserError(
                    f"change {change.id}: what is {change.what[:60]!r}, no pledge known on the "
                    f"day: {did_you_mean(name, by_id)}"
                )
            by_id[name] = replace(by_id[name], value=change.value)
    return tuple(by_id.values()), weight


def pulled(
    goals: Sequence[Goal],
    weight: float,
    baseline: Baseline,
    belonging: Mapping[str, Collection[str]],
    inside: Floats,
) -> tuple[Floats, Floats]:
    """Return pull and target, T x C: the goal in force a year before, of who is inside (T x C).

    `belonging` are the countries that ever belong to an organisation. Of goals of several the
    highest holds.
    """
    pull, target = np.zeros_like(baseline.share), np.zeros_like(baseline.share)
    for name, codes in belonging.items():
        own = [goal for goal in goals if goal.organisation == name]
        for t, year in enumerate(baseline.years[:-1], start=1):
            goal = goal_of(own, year)
            for column, code in enumerate(baseline.countries):
                if goal is None or not inside[t, column] or code not in codes:
                    continue
                if goal.of(code) > target[t, column]:
                    target[t, column] = goal.of(code)
                    pull[t, column] = weight / goal.left(year)
    return pull, target


def amounts(
    baseline: Baseline, moves: Sequence[Move], studies: Sequence[Study]
) -> tuple[tuple[str, ...], Floats]:
    """Return the names of the amounts to be found, and N x T in million constant dollars.

    The first is what leavers spent, NaN; then each study's yearly cost from the year in which the
    first member is out, in the prices and at the exchange rate of the study's year.
    """
    years = np.array(baseline.years)
    left = [m.year for m in moves if not m.joins and m.organisation in baseline.members]
    names, rows = [], []
    if left:
        names.append(KEEP)
        rows.append(np.full(len(years), np.nan))
    first = min(left, default=int(years[0]))
    for study in studies:
        lasts = years < first + study.cost.years if study.cost.years > 1 else True
        names.append(study.id)
        rows.append(np.where((years >= first) & lasts, constant_dollars(study, baseline), 0.0))
    return tuple(names), np.array(rows).reshape(len(names), len(years))


def constant_dollars(study: Study, baseline: Baseline) -> float:
    """Return a study's cost of a year in million constant dollars.

    An amount in dollars is deflated by prices of the United States, one in euros by those of
    Germany. Raises UserError where prices of the study's year are not known.
    """
    prices = baseline.euros if study.currency == "EUR" else baseline.dollars
    year = study.published.year
    if year not in prices:
        raise UserError(f"study {study.id}: no prices of {year} are known: leave it out")
    return study.per_year * _MILLION / prices[year]
