"""How shares of GDP moved and were revised in the past: the earned part of a forecast.

A past move of a member is what its share of a year became over what its share of the year before
and the pledge's pull would have made of it. What was not known on the day plays no part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.whatif.goals import goal_of, read_goals
from burdenshare.whatif.growth_errors import bandwidth
from burdenshare.whatif.plan import Floats, Whole
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, History
from burdenshare.world.load import World

FIRST_YEAR = 2012
FEWEST_MOVES = 30  # below it the pledge earns no weight
FEWEST_REVISIONS = 10  # below it nothing is revised
HALF_LIFE = 4  # years after which a past year counts half
_MIDYEAR = (8, 31)

# Shares of GDP in % by country and year.
Panel = Mapping[str, Mapping[int, float]]
# The points of GDP that the pledge asks of a country with a share, for the year after a year.
Step = Callable[[str, float, int], float]


@dataclass(frozen=True, slots=True)
class ShareErrors:
    """What a forecast of shares draws from, as a plan takes it.

    `weight` is the part of the pledge's step that members took on average, 0 to 1. `residual`
    are factors, one stretch for each of H `years`, which begin at `starts`; `chances` adds to 1.
    `smooth` is a standard deviation, `revision` are factors (newest over first published).
    """

    weight: float
    residual: Floats
    starts: Whole
    chances: Floats
    smooth: float
    revision: Floats
    years: tuple[int, ...] = ()

    def trend(self, tested: Sequence[bool]) -> Floats:
        """Return a factor on the residuals of each year: 1 while a test has reached so far ahead.

        Beyond, it takes the mean of the residuals out: a trend of past years is not carried on.

        >>> one = np.ones(1)
        >>> errors = ShareErrors(0.0, np.array([1.0, 1.5]), np.array([0, 2]), one, 0.0, one)
        >>> errors.trend([True, False]).tolist()
        [1.0, 0.8]
        """
        means = np.add.reduceat(self.residual, self.starts[:-1]) / np.diff(self.starts)
        return np.where(tested, 1.0, 1.0 / float(self.chances @ means))

    @classmethod
    def none(cls, weight: float = 0.0) -> ShareErrors:
        """Return no errors: shares stay, but for what the pledge pulls.

        >>> ShareErrors.none(0.5).weight
        0.5
        """
        one = np.ones(1)
        return cls(weight, one, np.array([0, 1]), one, 0.0, one)


def fit_share_errors(world: World, organisations: Collection[str], day: Day) -> ShareErrors:
    """Return the errors of the members with armed forces, of what was known on a day."""
    history = world.history("share_gdp")
    codes = sorted(
        {
            member.country
            for name in organisations
            for member in world.organisations[name].members(day)
            if member.forces
        }
    )
    panel = {code: _row(history, code, day) for code in codes}
    goals = read_goals(world, organisations, day)

    def step(country: str, share: float, year: int) -> float:
        goal = goal_of(goals, year)
        return goal.step(country, share, year) if goal else 0.0

    return fit(panel, step, revisions(history, codes, day))


def fit(panel: Panel, step: Step, revised: Iterable[float] = ()) -> ShareErrors:
    """Return the errors that a panel of shares shows.

    The weight is fitted by least squares through the origin, of relative moves on relative steps.
    Raises nothing: where too little is known the errors are none.
    """
    moves = [
        (year, before, row[year + 1], step(country, before, year))
        for country, row in sorted(panel.items())
        for year, before in sorted(row.items())
        if year >= FIRST_YEAR and before > 0 and year + 1 in row
    ]
    factors = np.array(sorted(revised))
    revision = factors if len(factors) >= FEWEST_REVISIONS else np.ones(1)
    if not moves:
        none = ShareErrors.none()
        return ShareErrors(0.0, none.residual, none.starts, none.chances, 0.0, revision)
    moves.sort(key=lambda move: move[0])
    table = np.array(moves)
    before, after, asked = table[:, 1], table[:, 2], table[:, 3]
    weight = _weight(after / before - 1, asked / before)
    residual = after / (before + weight * asked)
    years, starts, count = np.unique(table[:, 0], return_index=True, return_counts=True)
    chances = 0.5 ** ((years[-1] - years) / HALF_LIFE) * count
    return ShareErrors(
        weight=weight,
        residual=residual,
        starts=np.append(starts, len(moves)),
        chances=chances / chances.sum(),
        smooth=bandwidth(residual),
        revision=revision,
        years=tuple(int(each) for each in years),
    )


def revisions(history: History, countries: Iterable[str], day: Day) -> list[float]:
    """Return what is known on a day of shares over what releases of mid-year said of their year.

    One release a calendar year counts, the newest up to the end of August. A share of which no
    later release spoke was never looked at again, and is no revision of nought.
    """
    newest = {
        release.published.year: release.published
        for release in history.releases
        if release.published < day and (release.published.month, release.published.day) <= _MIDYEAR
    }
    found = []
    for country in countries:
        for year, published in newest.items():
            then, now = (history.on(country, year, each) for each in (published, day))
            if not isinstance(then, Fact) or not isinstance(now, Fact) or then.value <= 0:
                continue
            if now.release is not then.release:
                found.append(now.value / then.value)
    return found


def _weight(moves: Floats, steps: Floats) -> float:
    square = float(steps @ steps)
    if len(moves) < FEWEST_MOVES or square == 0:
        return 0.0
    return float(np.clip(steps @ moves / square, 0.0, 1.0))


def _row(history: History, country: str, day: Day) -> dict[int, float]:
    """Return a country's shares known on a day by year; a share of nought has no moves."""
    found = {}
    for year in range(FIRST_YEAR, day.year + 1):
        fact = history.on(country, year, day)
        if isinstance(fact, Fact):
            found[year] = fact.value
    return found
