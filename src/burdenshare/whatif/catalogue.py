"""The library of scenarios as answers: all of them as a list, or one as data."""

from __future__ import annotations

from typing import Any

from burdenshare.whatif.scenarios import Scenario, read_file, scenario_files
from burdenshare.world.load import World


def scenarios_answer(world: World) -> dict[str, Any]:
    """Return the scenarios that ship and the user's own: id, title, question and what it is about.

    >>> [row["id"] for row in scenarios_answer(World())["rows"] if row["id"] == "us-leaves-nato"]
    ['us-leaves-nato']
    """
    rows = []
    for name, path in scenario_files(world.own).items():
        found = read_file(path)
        rows.append(
            {
                "id": name,
                "title": found.title,
                "question": found.question,
                "organisations": list(found.organisations),
                "years": found.years,
                "propositions": list(found.propositions),
            }
        )
    return {**world.header("scenarios", world.latest), "rows": rows, "notes": []}


def scenario_answer(world: World, scenario: Scenario) -> dict[str, Any]:
    """Return one scenario as data, under the keys of its file."""
    found = scenario.model_dump(mode="json", by_alias=True)
    return {**world.header("scenario", world.latest), "scenario": found}
