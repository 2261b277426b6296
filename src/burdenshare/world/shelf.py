"""Reading the files of a dataset's releases, refusing what cannot stand.

A figure without a source, an unknown country or series, a duplicate, a value outside the range
of its series, a file that is not the one its release describes: each is an error that names file,
row, value, and what to write.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import decoded, parse_csv, read_bytes, shown
from burdenshare.world.datasets import PRECISION, Dataset, Release, Series
from burdenshare.world.dates import is_day
from burdenshare.world.parquet import parquet_rows

COLUMNS = ("series", "country", "year", "value", "status", "precision", "source", "note")
STATUSES = ("actual", "estimate", "projection", "unknown")
BLANKS = ("not published", "withdrawn")

_YEAR = re.compile("[0-9]{4}").fullmatch
_NUMBER = re.compile("[-+.0-9eE]+").fullmatch

Row = tuple[str, ...]
Numbered = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one release; `value` is None where the release leaves it out."""

    value: float | None
    status: str
    precision: float | None
    source: str
    note: str


Table = dict[tuple[str, int], Figure]


class Shelf:
    """The figures of one dataset, read when a series is first asked for."""

    def __init__(self, dataset: Dataset, countries: Collection[str]) -> None:
        self.dataset = dataset
        self.countries = countries
        self._series: dict[str, list[Table]] = {}
        self._files: dict[Path, dict[str, list[Numbered]]] = {}

    def figures(self, series: str) -> list[Table]:
        """Return {(country, year): Figure} for each release, in the order of the releases."""
        if series not in self._series:
            self._series[series] = [self._table(r, series) for r in self.dataset.releases]
        return self._series[series]

    def check_all(self) -> int:
        """Read every row of every release, refuse what cannot stand, and count the rows."""
        tables: dict[str, list[Table]] = {series: [] for series in self.dataset.series}
        for release in self.dataset.releases:
            self.read(release)
            for series, found in tables.items():
                found.append(self._table(release, series))
            del self._files[release.path]
        self._series.update(tables)
        return sum(len(table) for found in tables.values() for table in found)

    def read(self, release: Release) -> None:
        """Read a release's whole file and keep its rows by series."""
        path = release.path
        data = check_hash(release)
        if path.suffix == ".parquet":
            rows = parquet_rows(path)
        else:
            rows = list(enumerate(parse_csv(decoded(data, path), COLUMNS, shown(path)), start=2))
        groups: dict[str, list[Numbered]] = {}
        for line, row in rows:
            groups.setdefault(row[0], []).append(self._known(release, line, row))
        self._files[path] = groups

    def _table(self, release: Release, series: str) -> Table:
        return {(row[1], int(row[2])): figure for row, figure in self.rows(release, series)}

    def rows(self, release: Release, series: str) -> Iterator[tuple[Row, Figure]]:
        """Yield a release's rows of a series with their figures, refusing what cannot stand."""
        check = self.dataset.series[series]
        keys = set()
        for line, row in self._rows(release, series):
            key = (row[1], row[2])
            if key in keys:
                at = f"{series} {row[1]} {row[2]}"
                raise refused(release, line, "key", at, "each series, country and year once")
            keys.add(key)
            yield row, _figure(release, check, line, row)

    def _rows(self, release: Release, series: str) -> Iterable[Numbered]:
        path = release.path
        if path not in self._files and path.suffix == ".parquet":
            check_hash(release)
            return [self._known(release, *each) for each in parquet_rows(path, series)]
        if path not in self._files:
            self.read(release)
        return self._files[path].get(series, [])

    def _known(self, release: Release, line: int, row: Row) -> Numbered:
        series, country, year, source = row[0], row[1], row[2], row[6]
        if series not in self.dataset.series:
            hint = did_you_mean(series, self.dataset.series)
            raise refused(release, line, "series", series, hint)
        if country not in self.countries:
            hint = did_you_mean(country, self.countries)
            raise refused(release, line, "country", country, hint)
        if self.dataset.kind == "daily":
            if not is_day(year):
                raise refused(release, line, "year", year, "write a day, such as 2024-06-17")
        elif not _YEAR(year):
            raise refused(release, line, "year", year, "write four digits, such as 2024")
        if source not in release.sources:
            hint = did_you_mean(source, release.sources)
            raise refused(release, line, "source", source, hint)
        return line, row


def check_hash(release: Release) -> bytes:
    """Return the bytes of a release's file, refusing a file that is not the one described."""
    data = read_bytes(release.path)
    found = hashlib.sha256(data).hexdigest()
    if found != release.sha256:
        raise UserError(
            f"{shown(release.path)}: its sha256 is {found},\n"
            f"not the one its .toml declares ({release.sha256[:16]}…): restore the file, or write "
            "the new hash if you made this release"
        )
    return data


def refused(release: Release, line: int, column: str, value: str, write: str) -> UserError:
    """Return the error for one cell of a release file."""
    row = "row" if release.path.suffix == ".parquet" else "line"
    where = f"{shown(release.path)}, {row} {line}"
    return UserError(f"{where}: {column} is {value[:60]!r}: {write}")


def _figure(release: Release, series: Series, line: int, row: Row) -> Figure:
    _, _, _, value, status, precision, source, note = row
    if value == "":
        if status not in BLANKS:
            raise refused(release, line, "status", status, f"write {' or '.join(BLANKS)}")
        return Figure(None, status, None, source, note)
    number = _number(release, line, "value", value)
    if not series.low <= number <= series.high:
        write = f"{series.id} lies between {series.low:g} and {series.high:g} {series.unit}"
        raise refused(release, line, "value", value, write)
    if status not in STATUSES:
        raise refused(release, line, "status", status, f"write one of {', '.join(STATUSES)}")
    step = _number(release, line, "precision", precision) if precision else None
    if step is not None and not PRECISION[0] <= step <= PRECISION[1]:
        raise refused(release, line, "precision", precision, "write one unit of the last digit")
    return Figure(number, status, step, source, note)


def _number(release: Release, line: int, column: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or not _NUMBER(text):
        raise refused(release, line, column, text, "write a number, such as 2.05")
    return number
