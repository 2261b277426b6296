"""Who may borrow what for defence in the European Union, and how much room its rules leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World

CAP = "eu_escape_clause_cap"
_UNION = "eu"
_GDP_YEAR = 2024  # the newest whole year when the room was announced
_BILLION = 1e9


def borrowed(
    world: World, programme: str, first: int, last: int, as_of: Day | None = None
) -> dict[str, Any]:
    """Return the loans of a programme by state, in euros, spread evenly over the years first..last.

    A loan is the one decided, or else the one meant for the state, as known on the day. Raises
    UserError for a dataset without loans, and where none was known.

    >>> safe = borrowed(World(), "eu-safe", 2026, 2030)
    >>> poland = next(row for row in safe["rows"] if row["country"] == "POL")
    >>> poland["amount_eur"], poland["per_year_eur"]
    (43734100805.0, 8746820161.0)
    """
    day = as_of or world.latest
    series = _loans(world, programme)
    history = world.history(series)
    facts = _newest(world, series, day)
    if not facts:
        why = history.never(day.year, day)
        raise UserError(f"no loan of {programme} was known on {day}: {why}")
    rows = [
        loan(fact.country, fact.value, first, last)
        | {"status": "decided" if fact.status == "actual" else "not yet decided"}
        for fact in sorted(facts.values(), key=lambda fact: (-fact.value, fact.country))
    ]
    releases = {fact.release.published: fact.release.document for fact in facts.values()}
    return {
        "programme": programme,
        "title": world.datasets[programme].title,
        "total_eur": sum(row["amount_eur"] for row in rows),
        "rows": rows,
        "citation": "; ".join(f"{text} ({on})" for on, text in sorted(releases.items())),
        "sources": [
            {
                "what": world.datasets[programme].title,
                "published": on.isoformat(),
                "document": text,
                "source": world.datasets[programme].publisher,
            }
            for on, text in sorted(releases.items())
        ],
    }


def loan(country: str, amount: float, first: int, last: int) -> dict[str, Any]:
    """Return a loan in euros that is drawn in equal parts from the first year to the last.

    >>> loan("POL", 40.0, 2026, 2030)["per_year_eur"]
    8.0
    """
    return {
        "country": country,
        "amount_eur": amount,
        "first": first,
        "last": last,
        "per_year_eur": amount / (last - first + 1),
    }


def rooms(world: World, as_of: Day | None = None) -> list[dict[str, Any]]:
    """Return the room of the escape clause by state, in euros, reckoned in several ways.

    First of the states for which the clause was active on the day, on GDP as forecast that day;
    then of all members on the GDP of 2024, as the figure of EUR 650 billion can be read; then that
    figure. Each way is told by its title; what was not known on the day is left out.

    >>> [round(room["total_eur"] / 1e9) for room in rooms(World())][-1]
    650
    """
    day = as_of or world.latest
    announced = _parameter(world, "rearm-fiscal-room", day)
    if announced is None:
        return []
    told = {
        "title": "the figure that was announced, without states or years",
        "rows": [],
        "total_eur": announced[0] * _BILLION,
        "citation": announced[1],
    }
    named = ("escape-clause-cap", "escape-clause-first", "escape-clause-last")
    clause = [_parameter(world, name, day) for name in named]
    if None in clause:
        return [told]
    full, first, last = (each[0] for each in clause if each is not None)
    return [*_reckoned(world, day, full, range(int(first), int(last) + 1)), told]


def _reckoned(world: World, day: Day, full: float, years: range) -> list[dict[str, Any]]:
    """Return the room of those for which the clause is active, then of all, in two ways each."""
    members = sorted({each.country for each in world.organisations[_UNION].members(day)})
    active = _newest(world, CAP, day)
    forecast = {c: {year: _gdp(world, c, year, day) for year in years} for c in members}
    then = {c: dict.fromkeys(years, _gdp(world, c, _GDP_YEAR, day)) for c in members}
    caps = {c: {year: _cap(world, c, year, day) for year in years} for c in members}
    everybody = {c: dict.fromkeys(years, full) for c in members}
    since = {country: fact.release.published for country, fact in active.items()}
    who = "states for which the clause is active"
    each_year = f"{full:g} % of GDP in each year"
    slope = f"rising evenly to {full:g} % of GDP in {years[-1]}"
    found = [
        room(f"{who}: {each_year}", caps, forecast, since),
        room(f"{who}: {slope}", rising(caps), forecast, since),
        room(f"all members: {each_year}, on the GDP of {_GDP_YEAR}", everybody, then, since),
        room(f"all members: {slope}, on the GDP of {_GDP_YEAR}", rising(everybody), then, since),
    ]
    documents = sorted({(f.release.published, f.release.document) for f in active.values()})
    cited = "; ".join(f"{text} ({on})" for on, text in documents) or "active nowhere on the day"
    reading = _parameter(world, "rearm-fiscal-room-start", day)
    base = _parameter(world, "escape-clause-base", day)
    for each, basis in zip(found, [cited] * 2 + [reading[1] if reading else ""] * 2, strict=True):
        each["citation"] = f"{basis}; GDP: World Economic Outlook as known on the day"
        if base is not None:
            each["citation"] += f"; the room is for spending above that of {base[0]:g}"
    return found


def _parameter(world: World, name: str, day: Day) -> tuple[float, str] | None:
    """Return a number of the Union's plans known on a day, with its citation."""
    found = world.organisations[_UNION].parameter(name, Day.max, day)
    if found is None or isinstance(found.value, Day):
        return None
    return float(found.value), found.citation


def _loans(world: World, programme: str) -> str:
    """Return the series of the loans of a programme, the dataset's one that ends in _loan."""
    series = {
        name: each
        for name, dataset in world.datasets.items()
        for each in dataset.series
        if each.endswith("_loan")
    }
    if programme not in series:
        hint = did_you_mean(programme, series)
        raise UserError(f"programme {programme[:40]!r} has no loans by state: {hint}")
    return series[programme]


def _newest(world: World, series: str, day: Day) -> dict[str, Fact]:
    """Return the newest year's figure of each country that has one on a day."""
    history = world.history(series)
    found: dict[str, Fact] = {}
    for year in history.years(day):
        for country in history.countries(day):
            answer = history.on(country, year, day)
            if isinstance(answer, Fact):
                found[country] = answer
    return found


def _cap(world: World, country: str, year: int, day: Day) -> float:
    """Return the points of GDP that a state may go beyond the limits in a year, or nothing."""
    answer = world.fact(CAP, country, year, day)
    return answer.value if isinstance(answer, Fact) else 0.0


def _gdp(world: World, country: str, year: int, day: Day) -> float | None:
    """Return GDP in euros: dollars at the rate that the outlook takes for Germany."""
    names = (("NGDPD", country), ("NGDP", "DEU"), ("NGDPD", "DEU"))
    answers: list[Fact | Gap] = [world.fact(series, code, year, day) for series, code in names]
    dollars, euros, same = (each.value if isinstance(each, Fact) else None for each in answers)
    if dollars is None or euros is None or not same:
        return None
    return dollars * euros / same * _BILLION


Points = Mapping[str, Mapping[int, float]]


def rising(points: Points) -> dict[str, dict[int, float]]:
    """Return an equal part of the points in the first year, two parts in the second, and so on.

    >>> rising({"DEU": {2025: 1.5, 2026: 1.5}})
    {'DEU': {2025: 0.75, 2026: 1.5}}
    """
    return {
        country: {
            year: own[year] * step / len(own) for step, year in enumerate(sorted(own), start=1)
        }
        for country, own in points.items()
    }


def room(
    title: str,
    points: Points,
    gdp: Mapping[str, Mapping[int, float | None]],
    since: Mapping[str, Day],
) -> dict[str, Any]:
    """Return the room of each state in euros, from points of its GDP in euros, by year.

    `since` are the days from which the clause is active for a state.
    """
    rows = [_state(country, points[country], gdp[country], since) for country in sorted(points)]
    sums = [eur for row in rows for eur in row["eur_by_year"].values()]
    return {
        "title": title,
        "rows": rows,
        "total_eur": None if None in sums else sum(sums),
    }


def _state(
    country: str,
    points: Mapping[int, float],
    gdp: Mapping[int, float | None],
    since: Mapping[str, Day],
) -> dict[str, Any]:
    by_year = {}
    for year, own in points.items():
        whole = gdp[year]
        by_year[str(year)] = 0.0 if own == 0 else None if whole is None else own / 100 * whole
    active = since.get(country)
    return {
        "country": country,
        "activated": active.isoformat() if active else None,
        "points": max(points.values()),
        "eur_by_year": by_year,
    }


def drawn(borrowing: Sequence[Mapping[str, Any]], year: int) -> dict[str, float]:
    """Return the euros that each state draws in a year from all programmes.

    >>> loan = {"country": "POL", "first": 2026, "last": 2030, "per_year_eur": 8.0}
    >>> drawn([{"rows": [loan]}], 2027), drawn([{"rows": [loan]}], 2031)
    ({'POL': 8.0}, {})
    """
    found: dict[str, float] = {}
    for programme in borrowing:
        for row in programme["rows"]:
            if row["first"] <= year <= row["last"]:
                found[row["country"]] = found.get(row["country"], 0.0) + row["per_year_eur"]
    return found
