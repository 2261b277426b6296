"""What pledges ask for, year by year: the goal in force, and the step that would reach it in time.

A pledge binds from the year in which it comes into force: the newest one in force at the end of a
year is the goal of that year. One without a day by which it is to be reached asks at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.pledges import Criterion, Pledge

SERIES = "share_gdp"
KIND = "pledge"


@dataclass(frozen=True, slots=True)
class Goal:
    """A pledged share of GDP in %; `due` is the year by which it is to be reached, if any.

    `exceptions` are the shares that apply to single countries instead.
    """

    id: str  # organisation.pledge.criterion
    value: float
    in_force: Day
    due: int | None = None
    exceptions: Mapping[str, float] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """The id of the organisation whose members pledge it."""
        return self.id.split(".")[0]

    def of(self, country: str) -> float:
        """Return the share that the goal asks of a country."""
        return self.exceptions.get(country, self.value)

    def left(self, year: int) -> int:
        """Return the years left after a year to reach the goal, at least one.

        >>> goal = Goal("nato.wales-2014.share", 2.0, Day(2014, 9, 5), due=2024)
        >>> goal.left(2014), goal.left(2023), goal.left(2025)
        (10, 1, 1)
        """
        return max((self.due or year) - year, 1)

    def step(self, country: str, share: float, year: int) -> float:
        """Return the points that would take a country's share of a year to the goal in time.

        >>> goal = Goal("nato.wales-2014.share", 2.0, Day(2014, 9, 5), due=2024)
        >>> goal.step("DEU", 1.5, 2014), goal.step("USA", 3.0, 2014)
        (0.05, 0.0)
        """
        return max(self.of(country) - share, 0.0) / self.left(year)


def read_goals(world: World, organisations: Collection[str], day: Day) -> tuple[Goal, ...]:
    """Return the pledges of a share of GDP known on a day, in the order in which they hold.

    >>> [goal.id for goal in read_goals(World(), ["nato"], Day(2025, 3, 14))]
    ['nato.wales-2014.share', 'nato.vilnius-2023.share']
    """
    found = [
        _goal(pledge, criterion)
        for name in organisations
        for pledge in world.organisations[name].pledges.values()
        for criterion in pledge.criteria
        if pledge.kind == KIND and criterion.series == SERIES and pledge.known_from <= day
    ]
    return tuple(sorted(found, key=lambda goal: (goal.in_force, goal.id)))


def goal_of(goals: Sequence[Goal], year: int) -> Goal | None:
    """Return the newest goal in force at the end of a year, or None."""
    holding = [goal for goal in goals if goal.in_force <= Day(year, 12, 31)]
    return max(holding, key=lambda goal: goal.in_force, default=None)


def pledging(world: World, organisations: Collection[str]) -> tuple[str, ...]:
    """Return those of some organisations whose members pledge a share of GDP, in their order.

    >>> pledging(World(), ["un", "nato"])
    ('nato',)
    """
    return tuple(name for name in organisations if read_goals(world, [name], Day.max))


def _goal(pledge: Pledge, criterion: Criterion) -> Goal:
    return Goal(
        id=f"{pledge.id}.{criterion.id}",
        value=criterion.value,
        in_force=pledge.in_force,
        due=pledge.target.year if pledge.target else None,
        exceptions={
            country: exemption.value
            for country, exemption in pledge.exceptions.items()
            if exemption.value is not None
        },
    )
