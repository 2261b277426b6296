"""The day that a printed command names is one on which the scenario can be run."""

from datetime import timedelta

import pytest

from burdenshare.checking.runnable import first_day
from burdenshare.errors import UserError
from burdenshare.files import read_toml
from burdenshare.whatif.answer import run_answer
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.proposals import FOLDER

# The first outlook held is of 14 April 2015, the first shares of GDP of 22 June 2015; the words on
# those who pay are of 6 March 2025, the first list of loans of 9 September 2025; the accounts of
# the World Food Programme are known from the end of 2025 on. The United States has been a member
# of the United Nations since 24 October 1945.
FIRST = {
    "us-leaves-nato": Day(2015, 6, 22),
    "pay-or-no-protection": Day(2025, 3, 6),
    "rearm-europe": Day(2025, 9, 9),
    "us-stops-wfp": Day(2025, 12, 31),
    "us-leaves-un": Day(1945, 10, 24),
}


@pytest.mark.parametrize("name", FIRST)
def test_a_scenario_can_be_run_from_its_first_day_on(name: str) -> None:
    world = World()
    day = first_day(world, read_toml(FOLDER / f"{name}.toml"))
    assert day == FIRST[name]
    assert run_answer(world, name, 2, 1, day).json["as_of"] == day.isoformat()
    with pytest.raises(UserError):
        run_answer(world, name, 2, 1, day - timedelta(days=1))
