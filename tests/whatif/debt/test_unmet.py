"""Which states the draws can ask more of: none of them is left out."""

import numpy as np
import pytest

from burdenshare.whatif.debt.inputs import HORIZON
from burdenshare.whatif.debt.next_plan import END
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import read_sheet
from burdenshare.whatif.debt.stochastic import TARGET, draw, only, simulate
from burdenshare.whatif.debt.unmet import joined, places_unmet
from burdenshare.world.load import World


@pytest.mark.parametrize("ceiling", [False, True])
def test_states_that_miss_the_criterion_are_found(world: World, ceiling: bool) -> None:
    sheet = read_sheet(world)
    inputs, draws = sheet.inputs, draw(sheet.inputs, sheet.shocks)
    plan = np.zeros((END, len(inputs.countries)))
    found = set(places_unmet(inputs, draws, plan, ceiling).tolist())
    missed = set()
    for group in draws:
        lanes = np.repeat(group.places, group.others.shape[3])
        path = Projection(inputs.take(lanes), END).run(plan[:, lanes], HORIZON)
        debt = simulate(path, group)
        limit = np.maximum(debt[0], 60.0) if ceiling else debt[0]
        met = (debt[-1] <= limit).mean(axis=(1, 2))
        missed |= set(group.places[met < TARGET].tolist())
    assert missed <= found
    assert missed
    assert len(found) < len(inputs.countries)


def test_parts_of_one_kind_are_joined(world: World) -> None:
    sheet = read_sheet(world)
    draws = draw(sheet.inputs, sheet.shocks)
    parts = tuple(part for place in (0, 5, 26) for part in only(draws, np.array([place])))
    whole = joined(parts)
    assert sorted(place for each in whole for place in each.places.tolist()) == [0, 5, 26]
    assert len({each.foreign for each in whole}) == len(whole)
    for each in whole:
        for at, place in enumerate(each.places):
            [own] = [part for part in parts if part.places[0] == place]
            assert np.array_equal(each.others[:, :, at], own.others[:, :, 0])
            assert each.spread[at] == own.spread[0]
    assert joined(()) == ()
