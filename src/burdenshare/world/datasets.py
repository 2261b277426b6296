"""Datasets and their releases: what was published, when, and how much of it stands here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import overload

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml, shown
from burdenshare.world.dates import Day, Years, is_day

PRECISION = (1e-9, 1e9)  # the finest and the coarsest unit of a last digit


@dataclass(frozen=True, slots=True)
class Series:
    """One meaning, one unit: what a column of figures counts."""

    id: str
    dataset: str
    title: str
    unit: str
    definition: str
    low: float
    high: float
    decimals: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Something the publisher put out, held here in full, in part, or not at all."""

    published: Day
    document: str
    years: Years
    held: str
    basis: str
    source: str
    series: tuple[str, ...]

    def gives_series(self, series: str) -> bool:
        """Say whether its tables give this series."""
        return not self.series or series in self.series

    def gives(self, series: str, year: int) -> bool:
        """Say whether its tables give this series for this year."""
        return year in self.years and self.gives_series(series)


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """What one release says about one series: its definition, the years it covers, precision."""

    definition: str = ""
    covers: Years | None = None
    precision: float | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where the figures of a release were read, and against what they were checked."""

    read_from: str
    checked: str
    url: str
    definition: str


@dataclass(frozen=True, slots=True)
class Release:
    """One publication that stands here as a file; never edited after it landed."""

    dataset: str
    published: Day
    number: int
    document: str
    path: Path
    coverage: str
    sha256: str
    notes: tuple[str, ...]
    series: dict[str, SeriesNote]
    sources: dict[str, SourceNote]

    @property
    def order(self) -> tuple[Day, int]:
        """The release's place among the others: a second one of one day counts as later."""
        return self.published, self.number


@dataclass(frozen=True, slots=True)
class Dataset:
    """A publisher's figures: series, publications known, and releases held, oldest first.

    `days` are those of the releases, by the names of their files.
    """

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    definition: str
    kind: str
    breaks: tuple[tuple[Day, str], ...]
    series: dict[str, Series]
    publications: tuple[Publication, ...]
    days: tuple[Day, ...]
    releases: Sequence[Release]


class Unread(Sequence[Release]):
    """The releases of a shipped dataset: their files are read when one is first asked for."""

    def __init__(self, read: Callable[[], Sequence[Release]]) -> None:
        self._read = read

    @cached_property
    def _releases(self) -> Sequence[Release]:
        return self._read()

    def __len__(self) -> int:
        """Return how many releases there are."""
        return len(self._releases)

    @overload
    def __getitem__(self, place: int) -> Release: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Release]: ...
    def __getitem__(self, place: int | slice) -> Release | Sequence[Release]:
        """Return the release at a place, or those of a slice."""
        return self._releases[place]

    def __iter__(self) -> Iterator[Release]:
        """Yield the releases, oldest first."""
        return iter(self._releases)


def read_dataset(folders: list[Path]) -> Dataset:
    """Return the dataset in a folder, with the releases of further folders of the same name.

    The first folder holds `dataset.toml`; the user's own folder may add releases.
    """
    table = read_toml(folders[0] / "dataset.toml")
    name = table.text("id")
    if name != folders[0].name:
        raise table.fail("id", f'"{folders[0].name}", the name of its folder')
    series = {key: _series(key, name, each) for key, each in table.named("series")}
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    paths = [path for path in paths if path.name != "dataset.toml"]
    read = partial(_releases, folders, paths, name, series)
    shipped = all(folder.is_relative_to(CONTENT) for folder in folders)
    dataset = Dataset(
        id=name,
        title=table.text("title"),
        publisher=table.text("publisher"),
        url=table.text("url"),
        licence=table.text("licence"),
        definition=table.text("definition"),
        kind=table.choice("kind", ["releases", "daily"]),
        breaks=tuple((each.day("day"), each.text("text")) for each in table.tables("breaks")),
        series=series,
        publications=tuple(
            sorted(
                (_publication(each, series) for each in table.tables("publications")),
                key=lambda publication: publication.published,
            )
        ),
        days=tuple(_named(path)[0] for path in paths),
        releases=Unread(read) if shipped else read(),
    )
    table.done()
    return dataset


def _releases(
    folders: list[Path], paths: list[Path], dataset: str, series: dict[str, Series]
) -> tuple[Release, ...]:
    """Return the releases of some files, oldest first."""
    releases = [_release(path, dataset, series) for path in paths]
    _refuse_strays(folders, {release.path for release in releases})
    releases.sort(key=lambda release: release.order)
    for one, other in pairwise(releases):
        if one.order == other.order:
            day = one.published
            raise UserError(
                f"{shown(other.path)}: a release of {day} stands in {shown(one.path)} already: "
                f"name the second one {day}.{one.number + 1}.toml"
            )
    return tuple(releases)


def _refuse_strays(folders: list[Path], held: set[Path]) -> None:
    for folder in folders[1:]:
        if (folder / "dataset.toml").exists():
            where = shown(folder / "dataset.toml")
            raise UserError(f"{where}: this dataset is shipped: remove it, or rename the folder")
    for folder in folders:
        for path in sorted(folder.glob("[0-9]*.*")):
            if path.suffix in (".csv", ".parquet") and path not in held:
                toml = path.with_suffix(".toml").name
                raise UserError(
                    f"{shown(path)}: no release names this file: write {toml} beside it"
                )


def _series(name: str, dataset: str, table: Table) -> Series:
    series = Series(
        id=name,
        dataset=dataset,
        title=table.text("title"),
        unit=table.text("unit"),
        definition=table.text("definition"),
        low=table.number("low"),
        high=table.number("high"),
        decimals=table.whole("decimals", None),
        words=table.texts("words"),
    )
    if series.decimals is not None and not 0 <= series.decimals <= 9:
        raise table.fail("decimals", "how many decimals are printed, 0 to 9")
    table.done()
    return series


def _publication(table: Table, series: dict[str, Series]) -> Publication:
    publication = Publication(
        published=table.day("published"),
        document=table.text("document"),
        years=Years.parse(table.text("years"), f"{table.where}: years"),
        held=table.choice("held", ["full", "partial", "no"]),
        basis=table.text("basis"),
        source=table.text("source"),
        series=table.texts("series"),
    )
    for name in publication.series:
        if name not in series:
            raise table.fail("series", "only series of this dataset")
    table.done()
    return publication


def _named(path: Path) -> tuple[Day, int]:
    """Return the day that names a release's file, and the number behind it."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:\.([2-9]))?\.toml", path.name)
    if not found or not is_day(found[1]):
        raise UserError(f"{shown(path)}: a release file is named by its day: write 2024-06-17.toml")
    return Day.fromisoformat(found[1]), int(found[2] or 1)


def _release(path: Path, dataset: str, series: dict[str, Series]) -> Release:
    day, number = _named(path)
    table = read_toml(path)
    if table.day("published") != day:
        raise table.fail("published", f"{day}, the day in the file's name")
    file = table.text("file")
    if "/" in file or Path(file).suffix not in (".csv", ".parquet"):
        raise table.fail("file", "the name of a .csv or .parquet file in the same folder")
    notes = {}
    for name, each in table.named("series"):
        if name not in series:
            hint = did_you_mean(name, series)
            raise UserError(f"{each.where}: {dataset} has no series {name[:60]!r}: {hint}")
        notes[name] = _series_note(each)
    sources = {name: _source_note(each) for name, each in table.named("sources")}
    release = Release(
        dataset=dataset,
        published=table.day("published"),
        number=number,
        document=table.text("document"),
        path=path.with_name(file),
        coverage=table.choice("coverage", ["full", "partial"]),
        sha256=table.text("sha256"),
        notes=table.texts("notes"),
        series=notes,
        sources=sources,
    )
    if not sources:
        raise UserError(f"{table.where}: no [sources.…]: say where the figures were read")
    table.done()
    return release


def _series_note(table: Table) -> SeriesNote:
    covers = table.text("covers", "")
    note = SeriesNote(
        definition=table.text("definition", ""),
        covers=Years.parse(covers, f"{table.where}: covers") if covers else None,
        precision=table.number("precision", None),
    )
    if note.precision is not None and not PRECISION[0] <= note.precision <= PRECISION[1]:
        raise table.fail("precision", "one unit of the last digit printed, such as 0.1")
    table.done()
    return note


def _source_note(table: Table) -> SourceNote:
    note = SourceNote(
        read_from=table.text("read_from"),
        checked=table.text("checked", ""),
        url=table.text("url", ""),
        definition=table.text("definition", ""),
    )
    table.done()
    return note
