"""Answers about figures: as known on a day, and through all releases."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from burdenshare.errors import UserError
from burdenshare.world.dates import Day, Years, check_year
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.load import World


def facts(
    world: World,
    series: str,
    countries: Sequence[str] = (),
    years: str | None = None,
    as_of: Day | None = None,
    all_releases: bool = False,
) -> dict[str, Any]:
    """Return the figures of a series as known on a day, and the gaps with their reasons.

    `countries` are codes or names; without them, all that the series reports. `years` is
    "2024" or "2014..2024". Raises UserError for an unknown series or country.
    """
    found = world.find_series(series)
    day = as_of or world.latest
    span = _years(years) if years else None
    asked = [world.countries.find(each) for each in countries]
    if world.datasets[found.dataset].kind == "daily":
        return _daily(world, series, span, day)
    history = world.history(series)
    codes = asked or history.countries(day)
    wanted = span or history.years(day)
    rows: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    notes: dict[str, None] = {}
    for code in dict.fromkeys(codes):
        for year in wanted:
            answer = history.on(code, year, day)
            if isinstance(answer, Gap):
                if answer.left_out or (span and asked):
                    gaps.append({"country": code, "year": year, "reason": _reason(world, answer)})
                continue
            vintages = list(history.vintages(code, year, day)) if all_releases else [answer]
            rows += [_row(history, each) for each in vintages]
            for publication in answer.newer:
                notes[
                    f"published later, but not held for {year}: "
                    f"{publication.document} ({publication.published})"
                ] = None
    if not rows and not gaps:
        ask = [(code, year) for code in asked or [""] for year in span or [day.year]]
        gaps = [_nothing(world, history, code, year, day) for code, year in ask]
    return {
        **world.header("facts", day),
        "series": series,
        "title": found.title,
        "unit": found.unit,
        "rows": rows,
        "gaps": gaps,
        "notes": [*notes, *_mixed(rows)],
    }


def revisions(
    world: World, series: str, year: int, at_least: float | None = None, as_of: Day | None = None
) -> dict[str, Any]:
    """Return one year in every release: the count at or above a value, and who flipped.

    A release that gives the year only for some countries is shown as partial and not counted;
    flips are those between one counted release and the next. Values count as printed.
    """
    check_year(year)
    if at_least is not None and not isfinite(at_least):
        raise UserError(f"--at-least is {at_least}: write a number, such as 2.0")
    history = world.history(series)
    day = as_of or world.latest
    releases: list[dict[str, Any]] = []
    before: dict[str, Fact] = {}
    groups = world.countries.groups
    for index, release in enumerate(history.releases):
        figures = {
            code: fact
            for code in sorted(history.reported[index])
            for fact in history.vintages(code, year, release.published)
            if code not in groups and fact.release is release
        }
        if release.published > day or not figures:
            continue
        whole = history.whole(index, year)
        reached = {c for c, f in figures.items() if at_least is not None and f.printed >= at_least}
        shared = figures.keys() & before.keys()
        old = {c for c in shared if at_least is not None and before[c].printed >= at_least}
        changes: list[dict[str, Any]] = [
            {
                "country": code,
                "before": before[code].printed,
                "after": figures[code].printed,
                "change": round(figures[code].printed - before[code].printed, 6),
            }
            for code in sorted(shared)
            if _differ(before[code], figures[code])
        ]
        changes.sort(key=lambda each: -abs(each["change"]))
        releases.append(
            {
                "published": release.published.isoformat(),
                "document": release.document,
                "coverage": "full" if whole else "partial",
                "definition": next(iter(figures.values())).definition,
                "count": len(reached) if whole and at_least is not None else None,
                "of": len(figures),
                "up": sorted((reached & shared) - old) if whole else [],
                "down": sorted(old - reached) if whole else [],
                "largest": changes[:5],
            }
        )
        if whole:
            before = figures
    unheld = [
        f"not held: {p.document} ({p.published})"
        for p in history.dataset.publications
        if p.published <= day and p.gives(series, year) and p.held == "no"
    ]
    return {
        **world.header("revisions", day),
        "series": series,
        "title": history.series.title,
        "unit": history.series.unit,
        "year": year,
        "at_least": at_least,
        "releases": releases,
        "notes": unheld,
    }


def _differ(one: Fact, other: Fact) -> bool:
    """Say whether two figures differ by more than the coarser of them can tell."""
    return abs(one.printed - other.printed) > max(one.step or 0, other.step or 0) / 2


def _years(text: str) -> list[int]:
    years = Years.parse(text, "--year")
    for low, high in years.ranges:
        check_year(low)
        check_year(high)
    return sorted(set(years))


def _row(history: History, fact: Fact) -> dict[str, Any]:
    return {
        "country": fact.country,
        "year": fact.year,
        "value": fact.printed,
        "unit": history.series.unit,
        "status": fact.status,
        "published": fact.release.published.isoformat(),
        "dataset": history.dataset.id,
        "source": f"{history.dataset.publisher}, {fact.release.document}",
        "read_from": fact.release.sources[fact.source].read_from,
        "definition": fact.definition,
        "exact": fact.value,
        "step": fact.step,
        "note": fact.note,
    }


def _nothing(world: World, history: History, country: str, year: int, day: Day) -> dict[str, Any]:
    answer = history.on(country, year, day)
    reason = _reason(world, answer) if isinstance(answer, Gap) else ""
    return {"country": country or None, "year": year, "reason": reason}


def _reason(world: World, gap: Gap) -> str:
    for organisation in world.organisations.values():
        for membership in organisation.memberships:
            if membership.country == gap.country and not membership.forces:
                return f"{gap.reason} ({membership.note})"
    return gap.reason


def _mixed(rows: Sequence[dict[str, Any]]) -> list[str]:
    releases = sorted({row["published"] for row in rows})
    definitions = sorted({row["definition"] for row in rows if row["definition"]})
    notes = []
    if len(releases) > 1:
        notes.append(f"the rows come from {len(releases)} releases: {', '.join(releases)}")
    if len(definitions) > 1:
        notes.append(f"the rows mix definitions: {'; '.join(definitions)}")
    return notes


def _daily(world: World, series: str, years: list[int] | None, day: Day) -> dict[str, Any]:
    found = world.find_series(series)
    dataset = world.datasets[found.dataset]
    fixings = world.fixings(series)
    if years is None:
        one = fixings.on(day)
        chosen = [one] if one else []
    else:
        chosen = [f for f in fixings.fixings if f.day <= day and f.day.year in years]
    rows = [
        {
            "country": "EMU",
            "year": each.day.year,
            "day": each.day.isoformat(),
            "value": each.value,
            "unit": found.unit,
            "status": "actual",
            "published": each.day.isoformat(),
            "dataset": dataset.id,
            "source": f"{dataset.publisher}, {dataset.title}",
        }
        for each in chosen
    ]
    held = f"held from {fixings.days[0]} to {fixings.days[-1]}" if fixings.days else "not held"
    when = "the week" if years is None else "the years asked for,"
    reason = f"fixings are {held}; none lies in {when} up to {day}"
    missing = [] if rows else years or [day.year]
    gaps = [{"country": "EMU", "year": year, "reason": reason} for year in missing]
    return {
        **world.header("facts", day),
        "series": series,
        "title": found.title,
        "unit": found.unit,
        "rows": rows,
        "gaps": gaps,
        "notes": [],
    }
