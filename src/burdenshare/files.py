"""Reading the TOML and CSV files of the world, with errors that name file, key and value."""

from __future__ import annotations

import csv
import datetime
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from burdenshare.errors import UserError, did_you_mean

CONTENT = Path(__file__).with_name("content")
_HUGE = 1e15  # more than any figure, in any unit


def shown(path: Path) -> str:
    """Return a path as errors print it: inside the shipped content, without the folders above.

    >>> shown(CONTENT / "countries.csv")
    'content/countries.csv'
    """
    try:
        return "content/" + path.relative_to(CONTENT).as_posix()
    except ValueError:
        return str(path)


class Table:
    """One table of a TOML file that knows where it stands and which keys were asked for.

    Each getter checks the type; `done` refuses keys that nobody asked for, so that a misspelt
    key is an error and not a silence.

    >>> table = Table({"title": "Members", "year": 2024}, "content/x.toml")
    >>> table.text("title"), table.whole("year")
    ('Members', 2024)
    >>> table.done()
    """

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where
        self.asked: set[str] = set()

    def fail(self, key: str, write: str) -> UserError:
        """Return the error for a key: file, key, value found, and what to write instead."""
        found = repr(self.values[key])[:60] if key in self.values else "nothing"
        return UserError(f"{self.where}: {key} is {found}: write {write}")

    def get(self, key: str, kind: type | tuple[type, ...], write: str, default: Any = ...) -> Any:
        """Return the value of a key of one type, or the default where the key is absent."""
        self.asked.add(key)
        if key not in self.values and default is not ...:
            return default
        value = self.values.get(key)
        wanted = kind if isinstance(kind, tuple) else (kind,)
        if type(value) not in wanted:
            raise self.fail(key, write)
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """Return a text that is not empty, or the default."""
        value: str = self.get(key, str, 'a text in quotes, such as "NATO"', default)
        if value == "" and default is ...:
            raise self.fail(key, "a text that is not empty")
        return value

    def choice(self, key: str, known: Iterable[str], default: Any = ...) -> str:
        """Return a text that is one of a closed list, or the default."""
        names = list(known)
        value = self.text(key, default)
        if value not in names and value != default:
            hint = did_you_mean(value, names)
            raise UserError(f"{self.where}: {key} is {value[:60]!r}: {hint}")
        return value

    def whole(self, key: str, default: Any = ...) -> int:
        """Return a whole number, or the default."""
        value: int = self.get(key, int, "a whole number, such as 2024", default)
        return value

    def number(self, key: str, default: Any = ...) -> float:
        """Return a finite number, or the default."""
        found = self.get(key, (int, float), "a number, such as 2.0", default)
        if found is not default and not -_HUGE < found < _HUGE:
            raise self.fail(key, "a number, such as 2.0")
        value: float = found
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false; absent is the default."""
        value: bool = self.get(key, bool, "true or false", default)
        return value

    def day(self, key: str, default: Any = ...) -> datetime.date:
        """Return a day, or the default."""
        value: datetime.date = self.get(
            key, datetime.date, "a day without quotes, such as 2024-06-17", default
        )
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; absent is the empty list."""
        value = self.get(key, list, 'a list of texts, such as ["a", "b"]', [])
        if not all(isinstance(each, str) for each in value):
            raise self.fail(key, 'a list of texts, such as ["a", "b"]')
        return tuple(value)

    def table(self, key: str) -> Table:
        """Return the table under a key; absent is an empty table."""
        value = self.get(key, dict, f"a table [{key}]", {})
        return Table(value, f"{self.where} [{key}]")

    def tables(self, key: str) -> list[Table]:
        """Return the list of tables under a key, written [[key]]; absent is an empty list."""
        value = self.get(key, list, f"a list of tables, each headed [[{key}]]", [])
        if not all(isinstance(each, dict) for each in value):
            raise self.fail(key, f"a list of tables, each headed [[{key}]]")
        return [Table(each, f"{self.where} [[{key}]] {i + 1}") for i, each in enumerate(value)]

    def named(self, key: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables below a key by name, written [key.name]."""
        inner = self.table(key)
        for name in inner.values:
            yield name, inner.table(name)

    def done(self) -> None:
        """Refuse the first key that nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                hint = did_you_mean(key, self.asked)
                raise UserError(f"{self.where}: unknown key {key[:60]!r}: {hint}")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, or a clear error."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{shown(path)} cannot be read: {error.strerror}") from None


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, or a clear error that names the first bad byte."""
    return decoded(read_bytes(path), path)


def decoded(data: bytes, path: Path) -> str:
    """Return the bytes of a UTF-8 file as text; the mark that Excel puts first is no part of it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{shown(path)} is not UTF-8 (byte {error.start}): save it as UTF-8"
        ) from None


def read_toml(path: Path) -> Table:
    """Return a TOML file as a table."""
    text = read_text(path)
    try:
        return Table(tomllib.loads(text), shown(path))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{shown(path)} is not TOML: {error}") from None


def read_csv(path: Path, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of a CSV file whose header names exactly these columns."""
    return parse_csv(read_text(path), columns, shown(path))


def parse_csv(text: str, columns: tuple[str, ...], where: str) -> list[tuple[str, ...]]:
    """Return the rows of CSV text whose header names exactly these columns.

    The first row returned stands in line 2: a cell that runs over several lines is refused.

    >>> parse_csv("a,b\\n1,2\\n", ("a", "b"), "x.csv")
    [('1', '2')]
    """
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for line, row in enumerate(reader, start=1):
            if line == 1 and tuple(row) != columns:
                found = ",".join(row)[:120] or "missing"
                write = ",".join(columns)
                raise UserError(f"{where}, line 1: columns are {found}:\nwrite {write}")
            if len(row) != len(columns):
                raise UserError(f"{where}, line {line}: {len(row)} cells: write {len(columns)}")
            if reader.line_num != line:
                raise UserError(f"{where}, line {line}: a cell goes over the line: write it in one")
            rows.append(tuple(row))
    except csv.Error as error:
        raise UserError(f"{where}, line {reader.line_num}, is not CSV: {error}") from None
    if not rows:
        raise UserError(f"{where} is empty: write {','.join(columns)} in line 1")
    return rows[1:]
