"""Organisations: members by day, facts of the treaty, parameters of the rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_csv, read_toml, shown
from burdenshare.world.dates import Day, Years, parse_day
from burdenshare.world.pledges import Pledge, read_pledges

_COLUMNS = ("country", "from", "to", "forces", "note", "source")


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of membership; days known by year alone run from 1 January to 31 December."""

    country: str
    first: Day
    last: Day | None
    only_year: bool
    forces: bool
    note: str
    source: str

    def holds_on(self, day: Day) -> bool:
        """Say whether the membership holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value with two days, when it holds and when it became known, and its citation."""

    id: str
    title: str
    value: Day | float
    unit: str
    in_force: Day
    known_from: Day
    citation: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its names, members, treaty facts, parameters and pledges."""

    id: str
    name: str
    other_names: tuple[str, ...]
    hints: tuple[str, ...]
    memberships: tuple[Membership, ...]
    facts: tuple[Dated, ...]
    parameters: tuple[Dated, ...]
    pledges: dict[str, Pledge]

    def members(self, day: Day) -> list[Membership]:
        """Return the memberships that hold on a day, by country code."""
        return [m for m in self.memberships if m.holds_on(day)]

    def fact(self, name: str, as_of: Day) -> Dated | None:
        """Return a treaty fact known on a day, or None."""
        return newest(self.facts, name, as_of, as_of)

    def parameter(self, name: str, day: Day, as_of: Day) -> Dated | None:
        """Return a parameter in force on a day, as known on another, or None."""
        return newest(self.parameters, name, day, as_of)


def newest(entries: Collection[Dated], name: str, day: Day, as_of: Day) -> Dated | None:
    """Return the entry of a name that holds on a day and was known on another, or None."""
    found = [
        entry
        for entry in entries
        if entry.id == name and entry.in_force <= day and entry.known_from <= as_of
    ]
    return max(found, key=lambda entry: (entry.in_force, entry.known_from), default=None)


def organisation_folders(own: Path) -> dict[str, Path]:
    """Return the folders of the organisations by id: the shipped ones, then the user's own."""
    found = {path.parent.name: path.parent for path in sorted(CONTENT.glob("*/organisation.toml"))}
    try:
        inside = (own / "organisations").iterdir()
        mine = sorted(path for path in inside if path.is_dir() and path.name[0] != ".")
    except FileNotFoundError:
        mine = []
    except OSError as error:
        raise UserError(f"{own / 'organisations'} cannot be read: {error.strerror}") from None
    for path in mine:
        if path.name in found:
            raise UserError(f"{path}: an organisation of that name ships: give it another name")
        found[path.name] = path
    return found


def read_organisation(folder: Path, countries: Collection[str]) -> Organisation:
    """Return the organisation in a folder; a file that is absent means none of its kind."""
    table = read_toml(folder / "organisation.toml")
    name = table.text("id")
    if name != folder.name:
        raise table.fail("id", f'"{folder.name}", the name of its folder')
    organisation = Organisation(
        id=name,
        name=table.text("name"),
        other_names=table.texts("other_names"),
        hints=table.texts("hints"),
        memberships=_memberships(folder / "members.csv", countries),
        facts=tuple(_dated(each) for each in table.tables("fact")),
        parameters=_parameters(folder / "parameters.toml"),
        pledges=read_pledges(folder / "pledges.toml", name, countries),
    )
    table.text("source")
    table.done()
    return organisation


def _parameters(path: Path) -> tuple[Dated, ...]:
    if not path.exists():
        return ()
    table = read_toml(path)
    found = tuple(_dated(each) for each in table.tables("parameter"))
    table.done()
    return found


def _dated(table: Table) -> Dated:
    value = table.get("value", (Day, int, float), "a day or a number")
    dated = Dated(
        id=table.text("id"),
        title=table.text("title"),
        value=value,
        unit=table.text("unit", ""),
        in_force=table.day("in_force"),
        known_from=table.day("known_from"),
        citation=table.text("citation"),
        confidence=table.choice(
            "confidence", ["seen", "general knowledge", "to verify", "inference"]
        ),
    )
    table.done()
    return dated


def _memberships(path: Path, countries: Collection[str]) -> tuple[Membership, ...]:
    if not path.exists():
        return ()
    found = []
    for line, row in enumerate(read_csv(path, _COLUMNS), start=2):
        country, first, last, forces, note, source = row
        where = f"{shown(path)}, line {line}"
        if country not in countries:
            raise UserError(f"{where}: country is {country!r}: {did_you_mean(country, countries)}")
        if forces not in ("", "no"):
            raise UserError(f"{where}: forces is {forces!r}: write no, or leave it empty")
        if not source:
            raise UserError(f"{where}: source is empty: say where the days were read")
        found.append(
            Membership(
                country,
                _edge(first, f"{where}: from", first_day=True),
                _edge(last, f"{where}: to", first_day=False) if last else None,
                "-" not in first,
                forces != "no",
                note,
                source,
            )
        )
    return tuple(sorted(found, key=lambda m: (m.country, m.first)))


def _edge(text: str, what: str, *, first_day: bool) -> Day:
    if "-" in text:
        return parse_day(text, what)
    year = Years.parse(text, what).ranges[0][0]
    return Day(year, 1, 1) if first_day else Day(year, 12, 31)
