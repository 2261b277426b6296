"""Many articles in one file: an object a line, or a row of Parquet, with the same columns."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from burdenshare.checking.article import LARGEST
from burdenshare.checking.batch.sources import Digest, Item, named, short
from burdenshare.errors import UserError
from burdenshare.reading.markup import as_date

if TYPE_CHECKING:
    import duckdb

LONGEST_LINE = 32_000_000  # bytes: a text of 10 MB with its characters escaped
COLUMNS = ("text", "id", "date", "url", "outlet", "title")
_TOO_LONG = f"the line is longer than {LONGEST_LINE // 1_000_000} MB"
_BLOCK = 1 << 20
_ROWS = 16  # that are fetched at a time
_GLOB = re.compile(r"[*?\[]")
_OTHER = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = 60
_TOO_LARGE = object()


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of JSON Lines: `text` is required; `id`, `date`, `url`, `outlet`, `title` may be."""

    path: Path

    def __post_init__(self) -> None:
        """Refuse a file of another encoding, of which each line would be wrong."""
        try:
            with self.path.open("rb") as file:
                head = file.read(2)
        except OSError as error:
            raise UserError(f"{self.path} cannot be read: {error.strerror}") from None
        if head in _OTHER:
            raise UserError(f"{self.path} is UTF-16: save it as UTF-8")

    def survey(self, digest: Digest) -> int:
        """Take in the bytes and count the lines that are not blank."""
        with self.path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        return sum(1 for _ in self._lines())

    def items(self, first: int) -> Iterator[Item]:
        """Yield an item for each line; a bad one has a problem."""
        for number, (line, data) in enumerate(self._lines(), start=first):
            yield _record(number, self.path, line, _TOO_LONG if data is None else data)

    def _lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield the lines that are not blank with their numbers; None for one too long to hold."""
        with self.path.open("rb") as file:
            line = 0
            while data := file.readline(LONGEST_LINE + 1):
                line += 1
                if len(data) > LONGEST_LINE:
                    rest = data
                    while rest and not rest.endswith(b"\n"):
                        rest = file.readline(_BLOCK)
                    yield line, None
                elif data.strip():
                    yield line, data


@dataclass(frozen=True, slots=True)
class Rows:
    """A Parquet file with the columns that an object of JSON Lines has."""

    path: Path

    def __post_init__(self) -> None:
        """Refuse what is no Parquet, or has no texts."""
        import duckdb

        try:
            with memory() as database:
                kinds = self._kinds(database)
        except duckdb.Error:
            raise UserError(f"{self.path} is no Parquet file that can be read") from None
        if kinds.get("text") not in ("VARCHAR", "JSON"):
            found = ", ".join(list(kinds)[:8])
            raise UserError(
                f"{self.path} has no column of texts named 'text': it has {found[:200]}"
            )

    def survey(self, digest: Digest) -> int:
        """Take in the bytes and count the rows."""
        with self.path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        with memory() as database:
            found = database.execute("SELECT count(*) FROM read_parquet(?)", [self._name()])
            [(count,)] = found.fetchall()
        return int(count)

    def items(self, first: int) -> Iterator[Item]:
        """Yield an item for each row; where the file breaks off, one with the problem."""
        import duckdb

        done = 0
        with memory() as database:
            try:
                for row in self._rows(database):
                    done += 1
                    yield _record(first + done - 1, self.path, done, row)
            except duckdb.InterruptException:
                raise
            except duckdb.Error:
                problem = "the file is damaged: this row and those below cannot be read"
                yield _record(first + done, self.path, done + 1, problem)

    def _rows(self, database: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
        known = self._kinds(database)
        wanted = [f'CAST("{name}" AS VARCHAR)' if name in known else "NULL" for name in COLUMNS[1:]]
        text = f"CASE WHEN strlen(text) <= {LARGEST} THEN CAST(text AS VARCHAR) END, strlen(text)"
        found = database.execute(
            f"SELECT {text}, {', '.join(wanted)} FROM read_parquet(?)", [self._name()]
        )
        while rows := found.fetchmany(_ROWS):
            for words, size, *rest in rows:
                row = {"text": words, **dict(zip(COLUMNS[1:], rest, strict=True))}
                yield row if words is not None or size is None else {**row, "text": _TOO_LARGE}

    def _kinds(self, database: duckdb.DuckDBPyConnection) -> dict[str, str]:
        found = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [self._name()])
        return {str(row[0]): str(row[1]) for row in found.fetchall()}

    def _name(self) -> str:
        return unglobbed(self.path)


def unglobbed(path: Path) -> str:
    """Return the name of one file as DuckDB takes it, where `*`, `?` and `[` stand for many.

    >>> unglobbed(Path("/a/b[1].parquet"))
    '/a/b[[]1].parquet'
    """
    return _GLOB.sub(lambda match: f"[{match[0]}]", os.path.realpath(path))


@contextlib.contextmanager
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database in memory that reads as little ahead as it can, and keeps the order.

    One thread keeps the bytes of what it writes the same. Ctrl-C stays Ctrl-C: DuckDB makes
    errors of its own of it.
    """
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1}) as made:
        made.execute("SET streaming_buffer_size = '10KB'")
        try:
            yield made
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except RuntimeError as error:
            if str(error) == "Query interrupted":
                raise KeyboardInterrupt from None
            raise


def _object(data: bytes) -> dict[str, Any]:
    """Return the object of a line."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError(f"the line is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise UserError("the line is nested too deep") from None
    except ValueError:
        raise UserError("the line is no JSON") from None
    if not isinstance(found, dict):
        raise UserError('the line is no object: write {"text": "…"}')
    return found


def _record(number: int, path: Path, place: int, found: Mapping[str, Any] | bytes | str) -> Item:
    """Return the item of a row, of the bytes of a line, or of a problem in words."""
    item = Item(number, short(f"{named(path.name)}:{place}"), f"{named(path)}:{place}")
    if isinstance(found, str):
        return replace(item, problem=found)
    try:
        return _item(item, _object(found) if isinstance(found, bytes) else found)
    except UserError as error:
        return replace(item, problem=str(error))


def _item(item: Item, row: Mapping[str, Any]) -> Item:
    """Return the article of a row or an object; a UserError says what is wrong with it."""
    text = row.get("text")
    if text is _TOO_LARGE or (isinstance(text, str) and _size(text) > LARGEST):
        raise UserError("the text is larger than 10 MB")
    if not isinstance(text, str) or not text.strip():
        raise UserError("it has no text")
    told = {name: _told(row, name) for name in COLUMNS[1:]}
    day = as_date(told["date"] or "")
    if told["date"] and day is None:
        raise UserError(f"date is {told['date'][:_SHOWN]!r}, which is no day: write YYYY-MM-DD")
    return replace(
        item,
        id=told["id"] or item.id,
        raw=text,
        date=day,
        url=told["url"],
        outlet=told["outlet"],
        title=told["title"],
    )


def _size(text: str) -> int:
    """Return the bytes of a text, without counting those of a short one."""
    return len(text) if 4 * len(text) <= LARGEST else len(text.encode("utf-8", "surrogatepass"))


def _told(row: Mapping[str, Any], name: str) -> str | None:
    """Return what a row says beside its text, or None where it says nothing."""
    value = row.get(name)
    if value is None or value == "":
        return None
    if name == "id" and type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise UserError(f"{name} is {str(value)[:_SHOWN]!r}: write a text in quotes")
    return short(value)
