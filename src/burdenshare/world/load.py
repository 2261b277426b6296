"""The world: everything that is known, loaded from files and never changed afterwards."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from burdenshare import __version__
from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, read_bytes
from burdenshare.world.countries import Countries
from burdenshare.world.datasets import Dataset, Series, read_dataset
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.headlines import Headline, read_headlines
from burdenshare.world.inputs import allowed
from burdenshare.world.organisations import (
    Organisation,
    organisation_folders,
    read_organisation,
)
from burdenshare.world.pledges import Pledge
from burdenshare.world.rates import Fixings
from burdenshare.world.rules import Rule, read_rules
from burdenshare.world.shelf import Shelf

if TYPE_CHECKING:
    from burdenshare.world.budgets import Budget


def home() -> Path:
    """Return the user's own folder: $BURDENSHARE_HOME, or burdenshare in the user's data folder."""
    if own := os.environ.get("BURDENSHARE_HOME"):
        return Path(own)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "burdenshare"


class World:
    """The shipped content and the user's own releases, ready for questions.

    >>> world = World()
    >>> fact = world.fact("share_gdp", "USA", 2024, Day(2025, 3, 2))
    >>> fact.printed, fact.release.published.isoformat()
    (3.38, '2024-06-17')
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = home() if own is None else own
        self.countries = Countries(CONTENT)
        self.datasets: dict[str, Dataset] = {
            folders[0].name: read_dataset(folders) for folders in self._folders()
        }
        self.series: dict[str, Series] = {}
        for dataset in self.datasets.values():
            for name, series in dataset.series.items():
                if name in self.series:
                    raise UserError(
                        f"series {name!r} stands in {self.series[name].dataset} and in "
                        f"{dataset.id}: give one of them another id"
                    )
                self.series[name] = series
        self._histories: dict[str, History] = {}
        self._fixings: dict[str, Fixings] = {}
        self._rules: dict[str, dict[str, Rule]] = {}
        self._shelves = {
            name: Shelf(dataset, self.countries.codes) for name, dataset in self.datasets.items()
        }

    def _folders(self) -> list[list[Path]]:
        shipped = sorted(path.parent for path in (CONTENT / "facts").glob("*/dataset.toml"))
        names = {folder.name for folder in shipped}
        own: dict[str, Path] = {}
        facts = self.own / "facts"
        try:
            own = {path.name: path for path in facts.iterdir() if path.is_dir()}
        except FileNotFoundError:
            pass
        except OSError as error:
            raise UserError(f"{facts} cannot be read: {error.strerror}") from None
        for name, path in own.items():
            if not os.access(path, os.R_OK | os.X_OK):
                raise UserError(f"{path} cannot be read: allow it, or set BURDENSHARE_HOME")
            if name not in names and not (path / "dataset.toml").exists():
                raise UserError(
                    f"{path}: no dataset.toml, and no shipped dataset of that name: "
                    + did_you_mean(name, names)
                )
        joined = [[each, *([own[each.name]] if each.name in own else [])] for each in shipped]
        return joined + [[own[name]] for name in sorted(set(own) - names)]

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations by id."""
        codes = self.countries.codes
        return {name: read_organisation(folder, codes) for name, folder in self.folders.items()}

    @cached_property
    def folders(self) -> dict[str, Path]:
        """The folders of the organisations by id: the shipped ones and the user's own."""
        return organisation_folders(self.own)

    @cached_property
    def rules(self) -> dict[str, dict[str, Rule]]:
        """All rules, by organisation or country whose law they are, in the order of the files."""
        lawful = {path.parent.name for path in CONTENT.glob("*/rules.py")}
        return {name: self.rules_of(name) for name in sorted({*lawful, *self.folders})}

    def rules_of(self, name: str) -> dict[str, Rule]:
        """Return the rules of one organisation, read when they are asked for.

        They stand in its rules.py and, where that would be long, in rules_*.py beside it.
        """
        if name not in self._rules:
            folder = self.folders.get(name, CONTENT / name)
            names = allowed(folder)
            found: dict[str, Rule] = {}
            for path in (folder / "rules.py", *sorted(folder.glob("rules_*.py"))):
                found |= read_rules(path, names)
            self._rules[name] = found
        return self._rules[name]

    @cached_property
    def budgets(self) -> dict[str, Budget]:
        """The budgets by full id, such as un.regular."""
        from burdenshare.world.budgets import read_budgets

        return read_budgets(self)

    @cached_property
    def pledges(self) -> dict[str, Pledge]:
        """The pledges and proposals by full id, such as nato.wales-2014."""
        return {
            name: pledge
            for organisation in self.organisations.values()
            for name, pledge in organisation.pledges.items()
        }

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """NATO's own headline figures."""
        return read_headlines()

    @cached_property
    def hash(self) -> str:
        """A hash of all content: equal hashes give equal answers."""
        digest = hashlib.sha256()
        kinds = (".toml", ".csv", ".py")
        files = [p for p in sorted(CONTENT.rglob("*")) if p.suffix in kinds]
        files += [p for p in sorted(self.own.glob("facts/**/*")) if p.suffix in kinds]
        files += [p for p in sorted(self.own.glob("organisations/**/*")) if p.suffix in kinds]
        for path in files:
            data = read_bytes(path)
            digest.update(f"{path.name} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()[:16]

    @cached_property
    def latest(self) -> Day:
        """The day up to which the world knows: the newest publication held."""
        days = [day for dataset in self.datasets.values() for day in dataset.days]
        return max(days, default=Day(1949, 4, 4))

    def header(self, schema: str, as_of: Day) -> dict[str, Any]:
        """Return the four fields that open every JSON answer."""
        return {
            "schema": f"burdenshare/{schema}/1",
            "version": __version__,
            "world": self.hash,
            "as_of": as_of.isoformat(),
        }

    def history(self, series: str) -> History:
        """Return a series of a dataset that comes in releases, or an error with a hint."""
        if series not in self._histories:
            dataset = self.datasets[self.find_series(series).dataset]
            if dataset.kind == "daily":
                raise UserError(f"series {series!r} is daily: ask `burdenshare facts {series}`")
            self._histories[series] = History(self._shelves[dataset.id], series)
        return self._histories[series]

    def fixings(self, series: str) -> Fixings:
        """Return a daily series, or an error with a hint."""
        if series not in self._fixings:
            dataset = self.find_series(series).dataset
            self._fixings[series] = Fixings(self._shelves[dataset], series)
        return self._fixings[series]

    def fact(self, series: str, country: str, year: int, as_of: Day) -> Fact | Gap:
        """Return the figure known on a day, or the gap with its reason."""
        return self.history(series).on(country, year, as_of)

    def shelf(self, dataset: str) -> Shelf:
        """Return the rows of a dataset."""
        return self._shelves[dataset]

    def find_series(self, name: str) -> Series:
        """Return a series by id, or an error with a hint."""
        if name not in self.series:
            raise UserError(f"series {name[:40]!r} is unknown: {did_you_mean(name, self.series)}")
        return self.series[name]

    def find_organisation(self, name: str) -> Organisation:
        """Return an organisation by id or name, or an error with a hint.

        >>> World().find_organisation("World Health Organization").id
        'who'
        """
        wanted = name.strip().lower()
        for each in self.organisations.values():
            if wanted in (each.id, each.name.lower(), *(n.lower() for n in each.other_names)):
                return each
        hint = did_you_mean(wanted, self.organisations)
        raise UserError(f"organisation {name[:40]!r} is unknown: {hint}")

    def find_pledge(self, name: str) -> Pledge:
        """Return a pledge by full id, or an error with a hint."""
        if name not in self.pledges:
            raise UserError(f"pledge {name[:40]!r} is unknown: {did_you_mean(name, self.pledges)}")
        return self.pledges[name]
