"""What an organisation loses when voluntary payments stop, and what others would have to add."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from burdenshare.errors import UserError
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World

_ALL = "WLD"  # all donors together, governments or not


def stopped(
    world: World, organisation: str, leavers: Collection[str], as_of: Day | None = None
) -> dict[str, Any]:
    """Return what stops in US dollars, by the accounts of the newest year known on the day.

    The rows are what each government gave, the leavers' among them; `others_raise_percent` is by
    how much the other governments would have to raise theirs so that the sum stays, and
    `all_donors` says the same where the European Union, foundations and companies help. Raises
    UserError for an organisation whose donors are not held, and a leaver that gave nothing.

    >>> found = stopped(World(), "wfp", ["USA"])
    >>> found["year"], found["lost_usd"], round(found["lost_share"], 1)
    (2024, 4435961787.0, 52.3)
    """
    day = as_of or world.latest
    series = _series(world, organisation)
    name = world.organisations[organisation].name
    year = _newest(world, series, day)
    if year is None:
        raise UserError(f"what governments gave to the {name} is not known on {day}")
    given = _given(world, series, year, day)
    for country in leavers:
        if country not in given:
            who = world.countries.name(country)
            raise UserError(f"{who} gave nothing to the {name} in {year}: nothing can stop")
    lost = sum(given[country] for country in leavers)
    release = [r for r in world.history(series[0]).releases if r.published <= day][-1]
    return {
        "organisation": organisation,
        "year": year,
        "title": f"{name}: what governments gave",
        **loss(sum(given.values()), lost),
        "lost_usd": lost,
        **_needs(world, organisation, year, day),
        "all_donors": loss(_sum(world, series, _ALL, year, day), lost),
        "rows": [
            {"country": country, "usd": usd, "stops": country in leavers}
            for country, usd in sorted(given.items(), key=lambda each: (-each[1], each[0]))
        ],
        "citation": f"{release.document} ({release.published}): {', '.join(series)}",
        "sources": [
            {
                "what": f"{name}: what governments gave",
                "published": release.published.isoformat(),
                "document": release.document,
                "source": "; ".join(each.read_from for each in release.sources.values()),
            }
        ],
    }


def loss(total: float | None, lost: float) -> dict[str, Any]:
    """Return the total, the part of it that is lost in percent, and by how much others must raise.

    >>> loss(400.0, 300.0)
    {'total_usd': 400.0, 'lost_share': 75.0, 'others_raise_percent': 300.0}
    """
    rest = None if total is None else total - lost
    return {
        "total_usd": total,
        "lost_share": 100 * lost / total if total else None,
        "others_raise_percent": 100 * lost / rest if rest and rest > 0 else None,
    }


def _needs(world: World, organisation: str, year: int, day: Day) -> dict[str, Any]:
    """Return what the organisation says that it needs and gets, of the newest year that is known.

    In the year of the accounts it is compared with what they lose; later years tell the trend.
    """
    found: dict[str, Any] = {}
    for name in ("need", "received"):
        series = f"{organisation}_{name}"
        answers = {}
        if series in world.series:
            answers = {
                each: world.fact(series, _ALL, each, day)
                for each in world.history(series).years(day)
            }
        known = {each: fact for each, fact in answers.items() if isinstance(fact, Fact)}
        fact = known.get(year)
        newest = max(known, default=None)
        found[f"{name}_usd"] = fact.value if fact else None
        found[f"newest_{name}"] = (
            {
                "year": newest,
                "usd": known[newest].value,
                "status": known[newest].status,
                "document": known[newest].release.document,
            }
            if newest is not None
            else None
        )
    return found


def _series(world: World, organisation: str) -> list[str]:
    """Return the series of what governments gave freely: those of its budget, or by kind."""
    for budget in world.budgets.values():
        own = [name for name in budget.amounts if name.startswith("revenue.")]
        if budget.organisation == organisation and own:
            return own
    kinds = (f"revenue.{organisation.upper()}.{kind}" for kind in ("core", "earmarked"))
    found = [name for name in kinds if name in world.series]
    if not found:
        known = sorted({n.split(".")[1].lower() for n in world.series if n.startswith("revenue.")})
        having = ", ".join(name for name in known if name in world.organisations)
        raise UserError(
            f"no figures of voluntary payments to {organisation[:40]!r} are held: write one of "
            f"{having}"
        )
    return found


def _newest(world: World, series: list[str], day: Day) -> int | None:
    years = [year for name in series for year in world.history(name).years(day)]
    return max(years, default=None)


def _given(world: World, series: list[str], year: int, day: Day) -> dict[str, float]:
    """Return what each member of the United Nations gave in a year, in US dollars."""
    members = {m.country for m in world.organisations["un"].members(Day(year, 12, 31))}
    sums = {country: _sum(world, series, country, year, day) for country in members}
    return {country: usd for country, usd in sums.items() if usd is not None}


def _sum(world: World, series: list[str], country: str, year: int, day: Day) -> float | None:
    answers: list[Fact | Gap] = [world.fact(name, country, year, day) for name in series]
    values = [answer.value for answer in answers if isinstance(answer, Fact)]
    return sum(values) if values else None
