"""Countries, groups of countries, and the names that people give them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import read_csv, read_toml, shown

_COLUMNS = (
    "iso3",
    "iso2",
    "name",
    "other_names",
    "adjectives",
    "demonyms",
    "currency",
    "region",
    "source",
)
_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-3 code, name, and the words people use for it."""

    iso3: str
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    currency: str
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group that people or datasets take as one; `members` are codes, where they are fixed."""

    id: str
    name: str
    words: tuple[str, ...]
    members: tuple[str, ...] = ()


class Countries:
    """All countries and groups by code."""

    def __init__(self, folder: Path) -> None:
        capitals = {
            row[0]: _list(row[1])
            for row in read_csv(folder / "capitals.csv", ("iso3", "names", "source"))
        }
        path = folder / "countries.csv"
        self.by_code: dict[str, Country] = {}
        for line, row in enumerate(read_csv(path, _COLUMNS), start=2):
            code = row[0]
            if code in self.by_code or len(code) != 3 or not code.isupper():
                raise UserError(f"{shown(path)}, line {line}: iso3 is {code!r}: write each once")
            self.by_code[code] = Country(
                code,
                row[2],
                _list(row[3]),
                _list(row[4]),
                _list(row[5]),
                row[6],
                capitals.get(code, ()),
            )
        self.groups: dict[str, Group] = {}
        for name, table in read_toml(folder / "groups.toml").named("group"):
            members = table.texts("members")
            for code in members:
                if code not in self.by_code:
                    raise table.fail("members", f"codes of countries.csv, not {code[:40]!r}")
            self.groups[name] = Group(name, table.text("name"), table.texts("words"), members)
        self.codes = frozenset(self.by_code) | frozenset(self.groups)

    def name(self, code: str) -> str:
        """Return the name of a country or group."""
        found = self.by_code.get(code) or self.groups.get(code)
        return found.name if found else code

    def spoken(self, code: str) -> str:
        """Return the name as it stands in a sentence: the United States, Spain."""
        name = self.name(code)
        return f"the {name}" if name.startswith(_WITH_ARTICLE) else name

    def find(self, text: str) -> str:
        """Return the code for a code or name as a user writes it, or an error with a hint."""
        wanted = text.strip()
        if wanted.upper() in self.codes:
            return wanted.upper()
        names = {
            name.lower(): country.iso3
            for country in self.by_code.values()
            for name in (country.name, *country.other_names)
        }
        if wanted.lower() in names:
            return names[wanted.lower()]
        hint = did_you_mean(wanted, [*self.codes, *(c.name for c in self.by_code.values())])
        raise UserError(f"country {wanted[:40]!r} is unknown: {hint}")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
