"""The shipped model as one forecast among others, and with other weights of the pledge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from burdenshare.whatif.engine import BLOCK, draw_block
from burdenshare.whatif.goals import goal_of, read_goals
from burdenshare.whatif.origins import ORGANISATION, SHARE, Origin, members_on, values_on
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.planning import make_plans
from burdenshare.whatif.scenarios import BASELINE, parse_scenario, read_scenario
from burdenshare.whatif.share_errors import FIRST_YEAR, ShareErrors, fit
from burdenshare.whatif.simple import Forecast, Method
from burdenshare.world.dates import Day
from burdenshare.world.load import World

SHIPPED = "shipped"
WITHOUT = "without-pledge"
KEPT = "pledge-kept"
# By id: what it is called, and the weight that the pledge has; None for the one that it earned.
MODELS: dict[str, tuple[str, float | None]] = {
    SHIPPED: ("the shipped model", None),
    WITHOUT: ("the shipped model without the pledge", 0.0),
    KEPT: ("the shipped model, the pledge kept in full", 1.0),
}


class Models:
    """The model that `run` uses, planned with what was known on the day of each origin."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._plans: dict[Day, dict[str, Plan]] = {}

    def methods(self) -> dict[str, tuple[str, Method]]:
        """Return the model with the weight that the pledge earned, with none, and in full."""
        return {name: (title, self._method(name)) for name, (title, _) in MODELS.items()}

    def _method(self, name: str) -> Method:
        def method(origin: Origin, draws: int, generator: Generator) -> Forecast:
            if origin.day not in self._plans:
                self._plans[origin.day] = plans_of(self.world, origin)
            seed = int(generator.integers(2**62))
            return forecast(self._plans[origin.day][name], origin, draws, seed)

        return method


def forecast(plan: Plan, origin: Origin, draws: int, seed: int) -> Forecast:
    """Return draws of the share and of real spending over that of the base year, B x H x C."""
    found = [draw_block(plan, seed, block) for block in range(-(-draws // BLOCK))]
    places = [plan.countries.index(code) for code in origin.countries]
    share = np.concatenate([each.share for each in found])[:draws, :, places]
    money = share * np.concatenate([each.real for each in found])[:draws, :, places]
    base = money[:, origin.base - plan.years[0], np.arange(len(places))]
    ahead = plan.years.index(origin.year + 1)
    years = slice(ahead, ahead + len(origin.ahead))
    return Forecast(share[:, years], money[:, years] / base[:, None, :])


def plans_of(world: World, origin: Origin) -> dict[str, Plan]:
    """Return a plan for each of MODELS, as known on the day of an origin.

    With another weight of the pledge, past moves are worked out with that weight too.
    """
    years = f"{origin.year + 1}..{origin.year + len(origin.ahead)}"
    nothing = read_scenario(None, BASELINE).model_copy(update={"years": years})
    scenarios = [
        nothing if weight is None else parse_scenario(_pull(name, years, weight), name)
        for name, (_, weight) in MODELS.items()
    ]
    planned = make_plans(world, scenarios, origin.day)
    plans = {name: each.plan for name, each in zip(MODELS, planned, strict=True)}
    for name, (_, weight) in MODELS.items():
        if weight is not None:
            errors = errors_with(world, origin.day, weight)
            plans[name] = replace(
                plans[name],
                residual=errors.residual,
                starts=errors.starts,
                chances=errors.chances,
                smooth_share=errors.smooth,
            )
    return plans


def errors_with(world: World, day: Day, weight: float) -> ShareErrors:
    """Return what past moves show on a day if the pledge has some weight.

    Each move is fitted as a country of its own, whose step is taken already.
    """
    goals = read_goals(world, [ORGANISATION], day)
    codes, years = members_on(world, day), range(FIRST_YEAR, day.year + 1)
    share = values_on(world.history(SHARE), codes, years, day)
    moves: dict[str, dict[int, float]] = {}
    for code, column in zip(codes, share.T.tolist(), strict=True):
        for year, before, after in zip(years, column, column[1:], strict=False):
            if before > 0 and after >= 0:  # so neither is NaN
                goal = goal_of(goals, year)
                step = goal.step(code, before, year) if goal else 0.0
                moves[f"{code} {year}"] = {year: before + weight * step, year + 1: after}
    return fit(moves, lambda *_: 0.0)


def _pull(name: str, years: str, weight: float) -> dict[str, object]:
    return {
        "id": name,
        "title": MODELS[name][0],
        "question": "What would the forecast be with another weight of the pledge?",
        "organisations": [ORGANISATION],
        "years": years,
        "change": [
            {
                "id": "weight",
                "do": "set",
                "what": "pull",
                "value": weight,
                "citation": "docs/backtest.md",
                "confidence": "inference",
            }
        ],
    }
