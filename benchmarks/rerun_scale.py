"""How long the scale of assessments takes to run again without a member, inputs looked up once.

The floor is a plain sum over the members, once for each step and base period.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from timing import median, verdict

from burdenshare.world.load import World
from burdenshare.world.shares import Engine, members_of
from burdenshare.world.shares_published import choose_period

GOAL = 50  # milliseconds
LEAVERS = ("USA", "CHN", "JPN", "DEU", "TUV")


def main() -> None:
    with tempfile.TemporaryDirectory() as empty:
        world = World(Path(empty))
        asked = choose_period(world, world.budgets["un.regular"], "2025-2027", world.latest)
        engine, members = Engine(world, asked, {}), members_of(world, asked)
        steps = len(engine.run(members).steps)
        again = [frozenset({country}) for country in LEAVERS]
        seconds = median(lambda: [engine.run(members, each) for each in again]) / len(again)
        looked_up = median(lambda: Engine(world, asked, {}).prepared)
    values = dict.fromkeys(members, 1.0)
    floor = median(lambda: [sum(values.values()) for _ in range(100 * steps)]) / 100
    print(f"{len(members)} members, {steps} steps; inputs looked up in {1000 * looked_up:.0f} ms")
    print(f"one rerun: {1000 * seconds:.1f} ms   {verdict(1000 * seconds, GOAL, below=True)}")
    print(f"to the floor, {steps} sums over the members: {seconds / floor:.0f}x")


if __name__ == "__main__":
    main()
