"""Two scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from burdenshare.errors import UserError, did_you_mean
from burdenshare.showing.pages import kind, shown
from burdenshare.showing.web.pages import controls as turn
from burdenshare.showing.web.pages.answers import answer_of
from burdenshare.showing.web.pages.shared import pages, settled, show, working
from burdenshare.showing.web.pages.state import address, citation, link_of
from burdenshare.showing.web.pages.whatif import charts_of
from burdenshare.whatif.comparing import compare_answers
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario, read_scenario, scenario_files
from burdenshare.world.dates import Day, parse_day
from burdenshare.world.load import World

router = pages()
_SHARE = "Defence Expenditure|Share of GDP"


@router.get("/compare")
def compare(request: Request) -> Response:
    """Show two scenarios side by side, over the same draws, and how they differ."""
    with working(request) as world:
        query = request.query_params
        first = _scenario(world, query.get("first") or "nothing-changes")
        second = _scenario(world, query.get("second") or "us-leaves-nato")
        usual = min(first.day(world), second.day(world))
        day = parse_day(query.get("asOf") or usual.isoformat(), "as-of day")
        pairs = [("first", first.id), ("second", second.id), ("asOf", day.isoformat())]
        link = link_of(request, world)
        here = address("/compare", pairs, link)
        if away := settled(request, here):
            return away
        found = compare_answers(world, first, second, turn.DRAWS, None, day)
        url = str(request.base_url).rstrip("/") + here
        told = (
            f"burdenshare {found['version']}, “{first.title}” ({first.id}) beside “{second.title}” "
            f"({second.id}), as known on {day}, world {found['world']}, "
            f"{found['settings']['draws']:,} draws, seed {found['settings']['seed']}."
        )
        return show(
            request,
            "compare",
            address=here,
            found=found,
            sides=[_side(world, each, day) for each in (first, second)],
            groups=_tables(found),
            kind=kind,
            scenarios=[read_scenario(world.own, name) for name in scenario_files(world.own)],
            command=f"burdenshare compare {first.id} {second.id} --draws {turn.DRAWS} "
            f"--as-of {day}",
            call="from burdenshare import World\n\n"
            f"World().compare({first.id!r}, {second.id!r}, draws={turn.DRAWS}, as_of={str(day)!r})",
            api=address("/api/v1/compare", [*pairs, ("draws", turn.DRAWS)]),
            cited=citation(f"{first.title}, {second.title}", told, url, found["as_of"], "compare"),
        )


def _scenario(world: World, name: str) -> Scenario:
    files = scenario_files(world.own)
    if name not in files:
        raise UserError(f"scenario {name[:40]!r} is unknown: {did_you_mean(name, files)}")
    return read_scenario(world.own, name)


def _side(world: World, scenario: Scenario, day: Day) -> dict[str, Any]:
    now = override(scenario, [f"draws={turn.DRAWS}", f"as_of={day}"])
    answer = answer_of(world, now, (), frozenset())
    lead = list(islice(chain(charts_of(answer, "pays"), charts_of(answer, "pledge")), 1))
    to = address(f"/what-if/{scenario.id}", [("asOf", day.isoformat())])
    return {"scenario": scenario, "answer": answer, "lead": [shown(c) for c in lead], "to": to}


def _tables(found: Mapping[str, Any]) -> list[tuple[str, str, list[Any]]]:
    """Return the rows by variable, of the last year, groups before countries."""
    last = found["settings"]["last"]
    rows = [row for row in found["rows"] if row["year"] == last]
    variables = dict.fromkeys(row["variable"] for row in rows)
    return [
        (
            "Share of GDP, %" if name == _SHARE else "Spending, billion USD, constant prices",
            "share" if name == _SHARE else "money",
            [row for row in rows if row["variable"] == name],
        )
        for name in variables
    ]
