"""Values of cards that the world holds elsewhere: parameters, pledges, laws, studies."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.checking.statutes import laws
from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import Table
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Dated
from burdenshare.world.pledges import Pledge
from burdenshare.world.studies import read_studies

# A number, a day, or a first and last year.
Value = float | Day | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a fact was read, since when it is known, how sure it is, and what must be added."""

    citation: str
    day: Day
    confidence: str
    caveat: str = ""


def held(world: World, table: Table) -> tuple[tuple[Value, ...], Basis | None]:
    """Return the values of a card and their source, from the file or from where they are held."""
    if "parameter" in table.values:
        return _of_parameter(world, table)
    if "pledge" in table.values:
        return _of_pledge(world, table)
    if "study" in table.values:
        return _of_study(world, table)
    if "law" in table.values:
        return _of_law(table)
    return _typed(table), None


def _of_law(table: Table) -> tuple[tuple[Value, ...], Basis]:
    """Return a number that stands in a law's text here, or without one its day."""
    name = table.text("law")
    by_id = {law.id: law for law in laws()}
    if name not in by_id:
        raise UserError(f"{table.where}: law is {name!r}: {did_you_mean(name, by_id)}")
    law = by_id[name]
    basis = Basis(f"{law.provision}: {law.text}", law.known_from, law.confidence)
    if "value" not in table.values and "ask" not in table.values:
        return (law.in_force,), basis
    values = _typed(table)
    for value in values:
        whole = not isinstance(value, (Day, tuple)) and float(value).is_integer()
        if whole and f"{value:,.0f}" not in law.text:
            raise table.fail("value", f"a number that stands in the text of {name}")
    return values, basis


def _typed(table: Table) -> tuple[Value, ...]:
    """Return the values that a card itself gives: none where it asks a question."""
    if "ask" in table.values:
        return ()
    value = table.get("value", (int, float, Day, list), "a number, a day, or a list of them")
    if not isinstance(value, list):
        return (value,)
    if table.flag("span") and len(value) == 2:
        return ((int(value[0]), int(value[1])),)
    return tuple(value)


def _of_parameter(world: World, table: Table) -> tuple[tuple[Value, ...], Basis]:
    body, _, name = table.text("parameter").partition(":")
    organisation = world.organisations.get(body)
    entries: tuple[Dated, ...] = ()
    if organisation is not None:
        entries = (*organisation.parameters, *organisation.facts)
    found = [each for each in entries if each.id == name]
    if not found:
        raise table.fail("parameter", "an organisation and its parameter, such as eu:safe-size")
    last = max(found, key=lambda each: each.in_force)
    basis = Basis(f"{last.title} ({last.citation})", last.known_from, last.confidence)
    value = last.value
    times = table.number("times", 1.0)
    return (value if isinstance(value, Day) else value * times,), basis


def _of_pledge(world: World, table: Table) -> tuple[tuple[Value, ...], Basis]:
    name = table.text("pledge")
    pledge = world.pledges.get(name)
    if pledge is None:
        raise UserError(f"{table.where}: pledge is {name!r}: {did_you_mean(name, world.pledges)}")
    part = table.text("part")
    caveat = pledge.caveat if part == "target" else ""
    says = f"{pledge.text} ({pledge.citation})"
    basis = Basis(says, pledge.known_from, pledge.confidence, caveat)
    return (_part(pledge, part, table),), basis


def _part(pledge: Pledge, part: str, table: Table) -> Value:
    days = {"target": pledge.target, "review": pledge.review, "day": pledge.in_force}
    numbers = {each.id: each.value for each in pledge.criteria}
    numbers |= {each.id: each.value for each in pledge.parts}
    day = days.get(part)
    if day is not None:
        return (day.year, day.year) if part != "day" else day
    numbers |= {name: e.value for name, e in pledge.exceptions.items() if e.value is not None}
    if part not in numbers:
        raise table.fail("part", f"one of {', '.join((*days, *numbers))}")
    return numbers[part]


def _of_study(world: World, table: Table) -> tuple[tuple[Value, ...], Basis]:
    name, _, part = table.text("study").partition(":")
    study = read_studies().get(name)
    item = next((each for each in study.items if each.id == part), None) if study else None
    if study is None or item is None or item.quantity is None:
        raise table.fail("study", "a study and its item, such as iiss-2025:troops")
    basis = Basis(f"{study.title}: {item.title} ({study.citation})", study.published, "seen")
    return (item.quantity * table.number("times", 1.0),), basis
