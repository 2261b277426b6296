"""The room of the escape clause that extra spending uses, beside what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burdenshare.errors import UserError
from burdenshare.whatif.debt.defence import Covered, Years
from burdenshare.whatif.debt.reading import EUROPE
from burdenshare.world.dates import Day
from burdenshare.world.facts import Gap
from burdenshare.world.load import World

_BILLION = 1e9


def gdp_in_euros(world: World, code: str, year: int, as_of: Day) -> float:
    """Return GDP in euros by the inputs of the debt model.

    >>> round(gdp_in_euros(World(), "AUT", 2024, Day(2026, 1, 1)) / 1e9, 2)
    481.94
    """
    values = []
    for series in ("dsa_gdp", "dsa_exr_eur"):
        answer = world.fact(series, code, year, as_of)
        if isinstance(answer, Gap):
            raise UserError(f"{series} of {code} in {year}: {answer.reason}")
        values.append(answer.value)
    return values[0] * values[1] * _BILLION


def room_used(
    world: World,
    day: Day,
    spent: Mapping[str, Years],
    covered: Mapping[str, Covered],
    year: int,
) -> dict[str, Any]:
    """Return what is spent on top in euros, the part that the clause covers, and what was said.

    All sums take GDP of the model's last year before the plan, so that they can be compared:
    with the figure that was announced and with the two ways it can be reckoned.
    """
    members = world.datasets[EUROPE]
    history = world.history("dsa_gdp")
    gdp = {code: gdp_in_euros(world, code, year, day) for code in history.countries(day)}
    rows = [
        {
            "country": code,
            "spent_eur": sum(spent[code].values()) / 100 * gdp[code],
            "covered_eur": sum(covered[code].inside.values()) / 100 * gdp[code],
        }
        for code in spent
    ]
    used = sum(sum(spent[code].values()) / 100 * gdp[code] for code in spent)
    inside = sum(sum(covered[code].inside.values()) / 100 * gdp[code] for code in spent)
    compared = _said(world, day, sum(gdp.values()), year)
    return {
        "title": f"extra spending of the states asked for, on GDP of {year}",
        "spent_eur": used,
        "covered_eur": inside,
        "not_covered_eur": used - inside,
        "rows": rows,
        "compared": [
            each
            | {
                "spent_percent": 100 * used / each["total_eur"],
                "covered_percent": 100 * inside / each["total_eur"],
            }
            for each in compared
        ],
        "citation": f"GDP: {members.title}, {members.publisher}",
    }


def _said(world: World, day: Day, gdp: float, year: int) -> list[dict[str, Any]]:
    """Return the announced figure and the two readings of it, in euros, each with its title."""
    names = (
        "rearm-fiscal-room",
        "escape-clause-cap",
        "escape-clause-first",
        "escape-clause-last",
        "rearm-fiscal-room-start",
    )
    found = [world.organisations["eu"].parameter(name, Day.max, day) for name in names]
    values = [each.value for each in found if each is not None]
    numbers = [value for value in values if not isinstance(value, Day)]
    if len(numbers) < len(names):
        return []
    announced, cap, first, last, start = numbers
    cited = {name: each.citation for name, each in zip(names, found, strict=True) if each}
    years = int(last) - int(first) + 1
    rise = [start + (cap - start) * k / (years - 1) for k in range(years)]
    return [
        {
            "title": "the figure that was announced, without states or years",
            "total_eur": announced * _BILLION,
            "citation": cited["rearm-fiscal-room"],
        },
        {
            "title": f"all 27 states, {cap:g} % of GDP in each of {years} years, on GDP of {year}",
            "total_eur": cap * years / 100 * gdp,
            "citation": cited["escape-clause-cap"],
        },
        {
            "title": f"all 27 states, an even rise to {cap:g} % of GDP in {last:g}, "
            f"on GDP of {year}",
            "total_eur": sum(rise) / 100 * gdp,
            "citation": cited["rearm-fiscal-room-start"],
        },
    ]
