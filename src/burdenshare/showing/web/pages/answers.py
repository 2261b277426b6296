"""Answers of scenarios, kept for a while: what was asked before costs nothing again."""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, TypeVar

from burdenshare.whatif.answer import SLOW, run_answer
from burdenshare.whatif.engine import run as draw_plan
from burdenshare.whatif.plan import Plan, Result
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.load import World

Kept = TypeVar("Kept")
_ANSWERS, _RESULTS = 48, 12


class Shelf:
    """The last few of something, by what they answer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """Return what is kept under a key, or None."""
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def put(self, key: Hashable, value: Kept) -> Kept:
        """Keep a value and return it; the one not asked for the longest goes."""
        self._held[key] = value
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return value


_answers = Shelf(_ANSWERS)
_results = Shelf(_RESULTS)


def answer_of(
    world: World, scenario: Scenario, settings: tuple[str, ...], slow: frozenset[str] = SLOW
) -> dict[str, Any]:
    """Return the answer of a scenario whose settings are applied already.

    `settings` are told in the answer, so that it can be asked for again; `slow` as in
    `run_answer`. An answer that has more than is asked for will do.
    """
    key = (world.hash, scenario.canonical(), settings)
    for kept in (SLOW, slow):
        found = _answers.get((key, kept))
        if found is not None:
            return dict(found)
    told = run_answer(world, scenario, draw=_draw, slow=slow).json
    told["overrides"] = list(settings)
    return _answers.put((key, slow), told)


def _draw(plan: Plan, draws: int, seed: int) -> Result:
    """Run a plan, unless the same one was run before, as "nothing changes" was."""
    key = (hashlib.sha256(pickle.dumps(plan)).digest(), draws, seed)
    found = _results.get(key)
    return found if found is not None else _results.put(key, draw_plan(plan, draws, seed))


@functools.lru_cache(maxsize=2)
def hashes(world: World) -> dict[str, tuple[str, str]]:
    """Return for the hash of each release its dataset and day, to lead to its source."""
    return {
        release.sha256: (name, release.published.isoformat())
        for name, dataset in world.datasets.items()
        if dataset.kind != "daily"
        for release in dataset.releases
    }
