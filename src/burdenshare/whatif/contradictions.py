"""Checks of a scenario that need the world: whom and what it names, and what cannot both be."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, read_toml
from burdenshare.whatif.changes import (
    MEMBERS,
    Borrow,
    Change,
    Condition,
    Join,
    Leave,
    Reallocate,
    Set,
    Spend,
)
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.readings import label, read_readings
from burdenshare.world.studies import find_study

_SHARE = "share_gdp"


def check_scenario(world: World, scenario: Scenario, day: Day) -> None:
    """Refuse a scenario that the world cannot carry out, or whose changes contradict each other.

    Draws, seed, NaN and unknown keys are refused when a scenario is read. Of changes that a switch
    turns off, only the names are checked. Raises UserError of one to three lines.
    """
    for name in scenario.organisations:
        if name not in world.organisations:
            hint = did_you_mean(name, world.organisations)
            raise UserError(f"scenario {scenario.id}: organisation {name!r} is unknown: {hint}")
    for name in scenario.studies:
        find_study(name)
    known = _propositions()
    for name in scenario.propositions:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UserError(f"scenario {scenario.id}: proposition {name!r} is unknown: {hint}")
    for change in scenario.changes:
        _check_names(world, scenario, change)
    active = scenario.active()
    _check_once(scenario, active)
    _check_moves(world, scenario, active, day)
    _check_paths(world, scenario, active, day)
    _check_years(world, scenario, day)


def _refuse(scenario: Scenario, change: Change, text: str) -> UserError:
    return UserError(f"scenario {scenario.id}, change {change.id!r}: {text}")


# --- Names ---------------------------------------------------------------------------------------


@functools.cache
def _propositions() -> frozenset[str]:
    return frozenset(read_toml(CONTENT / "propositions.toml").values["proposition"])


def _check_names(world: World, scenario: Scenario, change: Change) -> None:
    """Refuse a change that names what the world, or the scenario, does not hold."""
    codes = world.countries.by_code
    for key in ("who", "but", "exceptions"):
        for code in getattr(change, key, ()):
            if code != MEMBERS and code not in codes:
                hint = did_you_mean(code, codes)
                raise _refuse(scenario, change, f"{code} is no country's code: {hint}")
    if change.proposal is not None:
        world.find_pledge(change.proposal)
    name = getattr(change, "organisation", None)
    if name is not None and name not in scenario.organisations:
        hint = did_you_mean(name, scenario.organisations)
        raise _refuse(
            scenario,
            change,
            f"organisation {name!r} is none of the scenario's organisations: {hint}",
        )
    for what, given, known in _named(world, change):
        if given not in known:
            hint = did_you_mean(given, known)
            raise _refuse(scenario, change, f"{what} {given!r} is unknown: {hint}")


def _named(world: World, change: Change) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what a change names, with the names that are known."""
    match change:
        case Reallocate():
            yield "budget", change.budget, list(world.budgets)
        case Borrow():
            yield "programme", change.programme, programmes(world)
        case Condition():
            readings = read_readings(world, change.organisation)
            yield "reading", change.reading, [label(rule) for rule in readings.rules]
        case Set() if change.what.startswith("budget:"):
            yield "budget", change.what.removeprefix("budget:"), list(world.budgets)
        case Set() if change.what.startswith("pledge:"):
            parts = [f"{p.id}.{each.id}" for p in world.pledges.values() for each in p.criteria]
            yield "pledge", change.what.removeprefix("pledge:"), parts
        case _:
            pass


def programmes(world: World) -> list[str]:
    """Return the datasets that hold loans by state: those with a series that ends in `_loan`."""
    return [
        name
        for name, dataset in world.datasets.items()
        if any(series.endswith("_loan") for series in dataset.series)
    ]


# --- Twice ---------------------------------------------------------------------------------------


def _check_once(scenario: Scenario, active: Sequence[Change]) -> None:
    """Refuse two changes of one thing."""
    seen: dict[str, str] = {}
    for change in active:
        what = _what(change)
        if what in seen:
            raise _refuse(
                scenario, change, f"{seen[what]!r} changes {what} too: leave one of them out"
            )
        if what:
            seen[what] = change.id


def _what(change: Change) -> str:
    """Return what a change is about, where only one change may be about it."""
    match change:
        case Set():
            return change.what
        case Condition():
            return f"the guarantee of {change.organisation}, reading {change.reading},"
        case Borrow():
            return f"the loans of {change.programme}"
        case Reallocate():
            return f"the shares of {change.budget}"
        case _:
            return ""


# --- Leaving and joining -------------------------------------------------------------------------


def _check_moves(world: World, scenario: Scenario, active: Sequence[Change], day: Day) -> None:
    """Refuse a leaver who is no member, a joiner who is one, and who goes or comes twice."""
    going: dict[tuple[str, str], Leave] = {}
    coming: dict[tuple[str, str], Join] = {}
    for change in active:
        if not isinstance(change, Leave | Join):
            continue
        countries = scenario.countries(change, world, day)
        if not countries:
            raise _refuse(scenario, change, "nobody is left of who: leave somebody out of but")
        for code in countries:
            key = change.organisation, code
            if key in (going if isinstance(change, Leave) else coming):
                raise _refuse(scenario, change, f"{code} {change.do}s twice: write it once")
            if isinstance(change, Leave):
                going[key] = change
            else:
                coming[key] = change
        _check_ahead(scenario, change, day)
    for key in sorted({*going, *coming}):
        _check_move(world, scenario, key, (going.get(key), coming.get(key)), day)


def _check_ahead(scenario: Scenario, change: Leave | Join, day: Day) -> None:
    if change.on is not None and change.on <= day:
        text = f"on is {change.on}: write a day after {day}, the day of the figures"
        raise _refuse(scenario, change, text)


def _check_move(
    world: World,
    scenario: Scenario,
    key: tuple[str, str],
    moves: tuple[Leave | None, Join | None],
    day: Day,
) -> None:
    """Check one country of one organisation: what it is on the day, and which move comes first."""
    (name, code), (leave, join) = key, moves
    organisation = world.organisations[name]
    member = any(each.country == code for each in organisation.members(day))
    if leave and not join and not member:
        text = f"{code} is no member of {organisation.name} on {day}: it cannot leave"
        raise _refuse(scenario, leave, text)
    if join and not leave and member:
        text = f"{code} is a member of {organisation.name} on {day} already: it cannot join"
        raise _refuse(scenario, join, text)
    if leave and join:
        left = leave.on or leave.decided
        assert left is not None
        first, then = (left, join.on) if member else (join.on, left)
        if first >= then:
            order = "leaves and joins again" if member else "joins and leaves"
            text = f"{code} {order}, on {first} and {then}: write the later day second"
            raise _refuse(scenario, join, text)


# --- Spending ------------------------------------------------------------------------------------


def _check_paths(world: World, scenario: Scenario, active: Sequence[Change], day: Day) -> None:
    """Refuse an exact path for a member-year of which another change speaks as well."""
    joining = {code for each in active if isinstance(each, Join) for code in each.who}
    taken: dict[tuple[str, int], Spend] = {}
    for change in active:
        if not isinstance(change, Spend):
            continue
        countries = scenario.countries(change, world, day)
        _check_known(world, scenario, change, sorted(set(countries) - joining), day)
        if change.add is not None:
            continue
        for code in countries:
            for year in _years(scenario, change):
                other = taken.setdefault((code, year), change)
                if other is not change and "exactly" in (other.mode, change.mode):
                    text = f"{other.id!r} gives a path to {code} in {year} too: write it in one"
                    raise _refuse(scenario, change, text)


def _check_known(
    world: World, scenario: Scenario, change: Spend, countries: Sequence[str], day: Day
) -> None:
    """Refuse spending of a country that none of the scenario's organisations has as a member."""
    members = {
        each.country
        for name in scenario.organisations
        for each in world.organisations[name].members(day)
    }
    for code in countries:
        if code not in members:
            names = " or ".join(world.organisations[name].name for name in scenario.organisations)
            raise _refuse(
                scenario, change, f"{code} is no member of {names} on {day}: leave it out"
            )


def _years(scenario: Scenario, change: Spend) -> range:
    first = min(change.path) if change.path else (change.first or scenario.first)
    return range(max(first, scenario.first), min(change.last or scenario.last, scenario.last) + 1)


# --- Years ---------------------------------------------------------------------------------------


def _check_years(world: World, scenario: Scenario, day: Day) -> None:
    """Refuse years before those whose figures are known, and years that no figure leads to."""
    history = world.history(_SHARE)
    codes = {
        each.country
        for name in scenario.organisations
        for each in world.organisations[name].members(day)
    }
    known = [
        year
        for year in history.years(day)
        if any(isinstance(history.on(code, year, day), Fact) for code in codes)
    ]
    if not known:
        if any(isinstance(each, Spend | Condition) for each in scenario.active()):
            raise UserError(
                f"scenario {scenario.id}: no share of GDP is known on {day}: write a later as_of"
            )
        return
    if scenario.first < known[-1]:
        raise UserError(
            f"scenario {scenario.id}: years is {scenario.years!r}, but figures up to {known[-1]} "
            f"are known on {day}:\nwrite {known[-1]} or a later first year, or an earlier as_of"
        )
