"""Which states the stochastic criterion can ask more of, so that only those are searched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from burdenshare.whatif.debt.draws import YEARS_SHOCKED
from burdenshare.whatif.debt.inputs import Floats, Inputs, Whole
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.stochastic import CEILING, TARGET, Draws, simulate

_FEW = 2  # blocks of the draws that tell
_MARGIN = 0.02  # how much surer than the target a state must be to be left out


def places_unmet(inputs: Inputs, draws: tuple[Draws, ...], plan: Floats, ceiling: bool) -> Whole:
    """Return the places of the states that miss the criterion with steps of E x C, or nearly do.

    With `ceiling` debt of at most 60 % of GDP will do. States without draws miss nothing.
    """
    found = [np.zeros(0, dtype=np.int64)]
    for group in draws:
        few = group.block(_FEW)
        lanes = np.repeat(group.places, _FEW)
        end = len(plan)
        path = Projection(inputs.take(lanes), end).run(plan[:, lanes], end + YEARS_SHOCKED)
        debt = simulate(path, few)
        limit = np.maximum(debt[0], CEILING) if ceiling else debt[0]
        met = (debt[-1] <= limit).mean(axis=(1, 2))
        found.append(group.places[met < TARGET + _MARGIN])
    return np.concatenate(found)


def joined(draws: tuple[Draws, ...]) -> tuple[Draws, ...]:
    """Return the draws of all states in one part for each kind, so that they run together."""
    found = []
    for kind in dict.fromkeys(each.foreign for each in draws):
        parts = [each for each in draws if each.foreign == kind]
        whole = replace(
            parts[0],
            places=np.concatenate([each.places for each in parts]),
            first=np.concatenate([each.first for each in parts], axis=2),
            others=np.concatenate([each.others for each in parts], axis=2),
            spread=np.concatenate([each.spread for each in parts]),
        )
        found.append(whole)
    return tuple(found)
