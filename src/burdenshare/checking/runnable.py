"""From which day on a scenario can be run: what it needs must have been published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from burdenshare.files import Table
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_SHARE = "share_gdp"
_GROWTH = "NGDP_RPCH"


def first_day(world: World, scenario: Table) -> Day:
    """Return the first day as of which a scenario, given as the table of its file, can be run.

    >>> from burdenshare.files import read_toml
    >>> from burdenshare.world.proposals import FOLDER
    >>> first_day(World(), read_toml(FOLDER / "rearm-europe.toml"))
    datetime.date(2025, 9, 9)
    """
    days = [Day(1945, 10, 24)]
    organisations = scenario.values.get("organisations", [])
    if any(_pledges_share(world, name) for name in organisations):
        days += [_first(world, [_SHARE]), _first(world, [_GROWTH])]
    for change in scenario.tables("change"):
        days += _needs(world, change)
    return max(days)


def _needs(world: World, change: Table) -> Iterator[Day]:
    """Yield the days from which on what a change names is known."""
    given = change.values
    if given.get("do") == "borrow" and given.get("programme") in world.datasets:
        yield _first(world, world.datasets[given["programme"]].series)
    if given.get("do") == "condition" and given.get("proposal") in world.pledges:
        yield world.pledges[given["proposal"]].known_from
    if given.get("do") == "stop":
        for budget in world.budgets.values():
            if budget.organisation == given.get("organisation"):
                yield _first(world, budget.amounts)


def _pledges_share(world: World, organisation: str) -> bool:
    found = world.organisations[organisation].pledges.values()
    return any(each.series == _SHARE for pledge in found for each in pledge.criteria)


def _first(world: World, series: Iterable[str]) -> Day:
    """Return the day of the first release of some series."""
    days = [day for name in series for day in world.history(name).dataset.days]
    return min(days, default=Day.min)
