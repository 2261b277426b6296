"""Scenarios: what is supposed to happen, as data, and where their files are found."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError
from pydantic import model_validator as checked

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, read_toml, shown
from burdenshare.whatif.canonical import toml_text
from burdenshare.whatif.changes import (
    FIRST_YEAR,
    LAST_YEAR,
    MEMBERS,
    Assumption,
    Change,
    Day,
    Model,
    Name,
    Names,
    Shares,
    Switch,
    Text,
    Texts,
)
from burdenshare.whatif.mistakes import in_words
from burdenshare.world.load import World, home

FOLDER = CONTENT / "scenarios"
BASELINE = "nothing-changes"
MOST_DRAWS = 2_000_000
MOST_YEARS = 75
_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_YEARS = re.compile(r"\s*([0-9]{4})\s*(?:\.\.\s*([0-9]{4})\s*)?").fullmatch


class Made(Model):
    """By what a saved scenario was run: it is no part of the scenario."""

    world: Text
    version: Text
    set: Texts = Field((), description="what --set changed; the scenario has it already")


class Scenario(Model):
    """One scenario: data only. The same file, seed and world give the same bytes."""

    id: Name = Field(description="left out: the name of the file")
    title: Text
    question: Text
    organisations: Names = Field(min_length=1, description="ids of organisations, such as nato")
    as_of: Literal["latest"] | Day = Field("latest", description="the day of the figures")
    years: str = Field(description="first and last year, such as 2026..2035")
    draws: int = Field(2000, ge=1, le=MOST_DRAWS)
    seed: int = Field(1949, ge=0, le=2**63 - 1)
    propositions: Names = Field((), description="propositions that it answers, for `check`")
    targets: Shares = Field((), description="shares of GDP whose cost is asked for")
    studies: Names = Field((), description="studies of what replacing would cost, by name")
    assumptions: Annotated[tuple[Assumption, ...], Field(strict=False, alias="assumption")] = ()
    switches: dict[Name, Switch] = Field(default_factory=dict, alias="switch")
    changes: Annotated[tuple[Change, ...], Field(strict=False, alias="change")] = ()
    made: Made | None = None

    @checked(mode="after")
    def _sound(self) -> Self:
        found = _YEARS(self.years)
        if not found:
            raise ValueError(f"years is {self.years[:40]!r}: write 2026..2035")
        if self.first < FIRST_YEAR or self.last > LAST_YEAR:
            limits = f"{FIRST_YEAR} to {LAST_YEAR}"
            raise ValueError(f"years is {self.years[:40]!r}: write years from {limits}")
        if self.first > self.last:
            raise ValueError(f"years is {self.years[:40]!r}: write the earlier year first")
        if self.last - self.first >= MOST_YEARS:
            raise ValueError(f"years is {self.years[:40]!r}: write at most {MOST_YEARS} years")
        self._named()
        if self.id == BASELINE and self.changes:
            raise ValueError(f"id is {self.id!r}, which has no changes: write another id")
        return self

    def _named(self) -> None:
        """Refuse two changes of one name, and switches that no change turns on."""
        names = [change.id for change in self.changes]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two changes have the id {name!r}: give one another")
        used = {change.when.removeprefix("not ") for change in self.changes if change.when}
        for name in sorted(used - set(self.switches)):
            hint = did_you_mean(name, self.switches) if self.switches else "write [switch.NAME]"
            raise ValueError(f"when names the switch {name!r}, which is not there: {hint}")
        for name in sorted(set(self.switches) - used):
            raise ValueError(f"no change has when = {name!r}: write it, or leave out the switch")
        for name in sorted(set(names) & {"switch", *self._keys()}):
            raise ValueError(f"a change has the id {name!r}, which is a key: write another id")

    @classmethod
    def _keys(cls) -> set[str]:
        return {field.alias or name for name, field in cls.model_fields.items()}

    @property
    def first(self) -> int:
        """The first year."""
        return int(self.years.split("..")[0])

    @property
    def last(self) -> int:
        """The last year."""
        return int(self.years.split("..")[-1])

    def active(self) -> tuple[Change, ...]:
        """Return the changes that hold as the switches stand, in the order of the file."""
        on = {name: switch.on for name, switch in self.switches.items()}
        return tuple(change for change in self.changes if change.holds(on))

    def day(self, world: World) -> Day:
        """Return the as-of day; "latest" is the newest publication that the world holds."""
        return world.latest if self.as_of == "latest" else self.as_of

    def countries(self, change: Change, world: World, day: Day) -> tuple[str, ...]:
        """Return the codes that a change is about, in order; "members" are those of the day.

        Where a change names no organisation, they are members of the scenario's first.
        """
        who = set(getattr(change, "who", ()))
        if MEMBERS in who:
            name = getattr(change, "organisation", None) or self.organisations[0]
            who.remove(MEMBERS)
            who |= {each.country for each in world.find_organisation(name).members(day)}
        return tuple(sorted(who - set(getattr(change, "but", ()))))

    def canonical(self) -> str:
        """Return the scenario as TOML in a fixed order, which reads back to the same scenario."""
        return toml_text(self.model_dump(by_alias=True, exclude={"made"}))

    @property
    def hash(self) -> str:
        """The first 16 digits of the SHA-256 of the canonical text."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:16]

    def saved(self, world: str, version: str, settings: Sequence[str] = ()) -> str:
        """Return the canonical text with what ran it: world, version, and what was set."""
        made = {"world": world, "version": version, "set": list(settings)}
        return self.canonical() + "\n" + toml_text({"made": made})


def parse_scenario(values: Mapping[str, Any], where: str) -> Scenario:
    """Return a scenario of the values of a TOML file, or an error of one to three lines."""
    try:
        return Scenario.model_validate(dict(values))
    except ValidationError as error:
        raise in_words(error, values, where, Scenario) from None


def read_scenario(own: Path | None, name: str) -> Scenario:
    """Return a scenario by name, shipped or from the user's own folder, or by the path of a file.

    `own` is the user's folder ($BURDENSHARE_HOME where it is None).

    >>> read_scenario(None, "us-leaves-nato").organisations
    ('nato',)
    """
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return read_file(Path(name))
    files = scenario_files(own)
    if name not in files:
        raise UserError(
            f"scenario {name[:40]!r} is unknown: {did_you_mean(name, files)}\n"
            "a file of your own is named by its path, such as ./mine.toml"
        )
    return read_file(files[name])


def read_file(path: Path) -> Scenario:
    """Return the scenario in a file; its id is the file's name where it gives none."""
    values = read_toml(path).values
    slug = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:60]
    return parse_scenario({"id": slug or "scenario", **values}, shown(path))


def scenario_files(own: Path | None = None) -> dict[str, Path]:
    """Return the files of the scenarios by id: the shipped ones, then the user's own."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    folder = (home() if own is None else own) / "scenarios"
    try:
        mine = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        mine = []
    except OSError as error:
        raise UserError(f"{folder} cannot be read: {error.strerror}") from None
    for path in mine:
        if path.stem in found:
            raise UserError(f"{path}: a scenario of that name ships: give it another name")
        found[path.stem] = path
    return found


def shipped() -> dict[str, Scenario]:
    """Return the shipped scenarios by id, in order."""
    return {path.stem: read_file(path) for path in sorted(FOLDER.glob("*.toml"))}


def schema_json() -> str:
    """Return the JSON Schema of scenario files, as docs/scenario.schema.json holds it."""
    schema = {"$schema": _SCHEMA, **Scenario.model_json_schema(by_alias=True)}
    schema["required"].remove("id")
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
