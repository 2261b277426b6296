"""A scenario with all that a user set beside it, so that the same file gives the same answer."""

from __future__ import annotations

from collections.abc import Sequence

from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.dates import Day
from burdenshare.world.load import World


def with_given(
    world: World,
    asked: Scenario,
    given: tuple[int | None, int | None, Day | None],
    settings: Sequence[str],
) -> Scenario:
    """Return a scenario with all that a user set, as of a day and no longer of the latest.

    `given` are draws, seed and day, None where they are left out; `settings` are KEY=VALUE. So the
    file of the scenario gives the same answer when the world knows more.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> asked = read_scenario(None, "us-leaves-nato")
    >>> with_given(World(), asked, (500, None, Day(2026, 10, 30)), ["seed=7"]).seed
    7
    """
    draws, seed, as_of = given
    pairs = {"draws": draws, "seed": seed, "as_of": as_of}
    own = [f"{key}={value}" for key, value in pairs.items() if value is not None]
    scenario = override(asked, [*settings, *own])
    return scenario.model_copy(update={"as_of": scenario.day(world), "made": None})


def to_repeat(asked: Scenario, settings: Sequence[str]) -> list[str]:
    """Return the settings that an answer does not tell otherwise, for a command to repeat it.

    Of two of one key, as when a saved scenario is changed again, the later holds.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> to_repeat(read_scenario(None, "us-leaves-nato"), ["draws=5", "targets=2", "targets=3"])
    ['targets=3']
    """
    told = ("as_of", "draws", "seed", "years")
    every = [*(asked.made.set if asked.made else ()), *settings]
    by_key = {each.partition("=")[0].strip(): each for each in every}
    return [each for key, each in by_key.items() if key not in told]
