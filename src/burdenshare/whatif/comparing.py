"""Two scenarios side by side, over the same draws: what differs, and how sure the difference is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif import context
from burdenshare.whatif.blocks import CONSTANT, SHARE, number
from burdenshare.whatif.contradictions import check_scenario
from burdenshare.whatif.engine import BLOCK, Progress, draw_block
from burdenshare.whatif.goals import pledging
from burdenshare.whatif.headline import usd
from burdenshare.whatif.overrides import override
from burdenshare.whatif.plan import Floats, Plan
from burdenshare.whatif.planning import Planned, make_plans
from burdenshare.whatif.scenarios import Scenario, read_scenario
from burdenshare.world.dates import Day
from burdenshare.world.load import World

MOST_DRAWS = 20_000  # all of them are kept until they are sorted
_LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both scenarios: a region of some countries, a variable and a year.

    `first` and `second` are C flags: who counts in the region in each of the two.
    """

    region: str
    variable: str
    t: int
    first: Floats
    second: Floats


def compare_answers(  # noqa: PLR0913, PLR0917 - what a user may ask of two runs
    world: World,
    first: Scenario | str,
    second: Scenario | str,
    draws: int | None = None,
    seed: int | None = None,
    as_of: Day | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what two scenarios, given themselves or by name, have in common and how they differ.

    Both take draws, seed and day of the first unless they are given. Groups are told for each year
    that both have, countries for the last one. `difference` is the median of the second less the
    first, draw by draw. `progress` is called with the blocks done and in all. Raises UserError for
    scenarios of different days or without a common year, and for more than 20,000 draws.

    >>> answer = compare_answers(World(), "nothing-changes", "hague-kept", draws=512)
    >>> [row["region"] for row in answer["rows"] if row["difference"] < 0]
    []
    """
    asked = [read_scenario(world.own, s) if isinstance(s, str) else s for s in (first, second)]
    given = {
        "draws": asked[0].draws if draws is None else draws,
        "seed": asked[0].seed if seed is None else seed,
        **({} if as_of is None else {"as_of": as_of}),
    }
    pair = [override(each, [f"{name}={value}" for name, value in given.items()]) for each in asked]
    day = _day(world, pair)
    for each in pair:
        check_scenario(world, each, day)
    years = range(max(each.first for each in pair), min(each.last for each in pair) + 1)
    if not years:
        raise UserError(
            f"{pair[0].id} ({pair[0].years}) and {pair[1].id} ({pair[1].years}) have no year in "
            "common: compare others, or save one with other years"
        )
    if pair[0].draws > MOST_DRAWS:
        raise UserError(f"draws is {pair[0].draws}: write at most {MOST_DRAWS} to compare")
    rows: list[dict[str, Any]] = []
    if pledging(world, [name for each in pair for name in each.organisations]):
        planned = make_plans(world, pair, day)
        rows = list(_rows(world, planned, years, pair[0], progress))
    return {
        **world.header("compare", day),
        "headline": _headline(pair, rows),
        "settings": {
            "first": years[0],
            "last": years[-1],
            "draws": pair[0].draws,
            "seed": pair[0].seed,
            "block": BLOCK,
        },
        "scenarios": [{"id": s.id, "title": s.title, "hash": s.hash} for s in pair],
        "rows": rows,
        "notes": [
            "bills, voluntary payments and loans are told by `burdenshare run` of each scenario"
        ],
    }


def _day(world: World, pair: Sequence[Scenario]) -> Day:
    """Return the day as of which both are asked, or an error where it is not one."""
    days = [each.day(world) for each in pair]
    if days[0] != days[1]:
        raise UserError(
            f"{pair[0].id} is asked as of {days[0]}, {pair[1].id} as of {days[1]}: "
            "give one day for both, such as --as-of 2026-10-30"
        )
    return days[0]


def _rows(
    world: World,
    planned: Sequence[Planned],
    years: range,
    settings: Scenario,
    progress: Progress | None,
) -> Iterator[dict[str, Any]]:
    plans = [each.plan for each in planned]
    lines = list(_lines(world, planned, years))
    draws = settings.draws
    values = np.empty((2, len(lines), -(-draws // BLOCK) * BLOCK))
    blocks = -(-draws // BLOCK)
    for block in range(blocks):
        for side, plan in enumerate(plans):
            part = slice(block * BLOCK, (block + 1) * BLOCK)
            values[side, :, part] = _block(plan, settings.seed, block, lines, side)
        if progress is not None:
            progress(block + 1, blocks)
    values = values[:, :, :draws]
    price_year = plans[0].price_year
    for line, one, other in zip(lines, *values, strict=True):
        low, middle, high = np.quantile(other - one, _LEVELS)
        yield {
            "region": line.region,
            "variable": line.variable,
            "unit": "% of GDP" if line.variable == SHARE else f"million USD_{price_year}",
            "year": plans[0].years[line.t],
            "first": number(np.median(one)),
            "second": number(np.median(other)),
            "difference": number(middle),
            "p5": number(low),
            "p95": number(high),
        }


def _lines(world: World, planned: Sequence[Planned], years: range) -> Iterator[Line]:
    """Yield the groups that both have in each year, and each country in the last."""
    first, second = (each.plan for each in planned)
    names = [context.regions(world, each) for each in planned]
    for variable in (SHARE, CONSTANT):
        for group, region in names[0].items():
            if names[1].get(group) != region:
                continue
            g, h = first.groups.index(group), second.groups.index(group)
            for year in years:
                t = first.years.index(year)
                yield Line(region, variable, t, first.inside[g, t], second.inside[h, t])
        last = first.years.index(years[-1])
        for flags, code in zip(np.eye(len(first.countries)), first.countries, strict=True):
            yield Line(code, variable, last, flags, flags)


def _block(plan: Plan, seed: int, block: int, lines: Sequence[Line], side: int) -> Floats:
    """Return each line's value in the draws of a block, N x 512."""
    sample = draw_block(plan, seed, block)
    found = np.empty((len(lines), BLOCK))
    for row, line in enumerate(lines):
        inside = (line.first, line.second)[side] == 1
        share, real = sample.share[:, line.t, inside], sample.real[:, line.t, inside]
        spent = (share * real).sum(axis=1) / 100
        found[row] = 100 * spent / real.sum(axis=1) if line.variable == SHARE else spent
    return found


def _headline(pair: Sequence[Scenario], rows: Sequence[dict[str, Any]]) -> str:
    """Say by how much the spending of the first group differs in the last year."""
    money = [row for row in rows if row["variable"] == CONSTANT]
    if not money:
        return ""
    region = money[0]["region"]
    row = [each for each in money if each["region"] == region][-1]
    more = row["difference"]
    words = f"{usd(abs(more))} {'more' if more > 0 else 'less'}" if more else "as much"
    ends = " to ".join(f"{row[name] / 1000:+,.0f}" for name in ("p5", "p95"))
    return (
        f"In {row['year']} {region} spends {words} under “{pair[1].title}” "
        f"{'than' if more else 'as'} under “{pair[0].title}” (90 % range {ends} billion, prices of "
        f"{row['unit'].rpartition('_')[2]})."
    )
