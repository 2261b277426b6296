"""Reading a release's Parquet file in place, through DuckDB."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from burdenshare.errors import UserError
from burdenshare.files import shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = ("series", "country", "year", "value", "status", "precision", "source", "note")
_CELLS = ", ".join(f"COALESCE(CAST({name} AS VARCHAR), '')" for name in _COLUMNS)
_SELECT = f"SELECT file_row_number + 1, {_CELLS} FROM read_parquet(?, file_row_number = true)"


def parquet_rows(path: Path, series: str | None = None) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows of a release file as texts, with their places: all, or those of a series."""
    from duckdb import Error

    where = "" if series is None else " WHERE series = ?"
    values = [str(path)] if series is None else [str(path), series]
    try:
        rows = _connection().cursor().execute(_SELECT + where, values).fetchall()
    except Error as error:
        first = str(error).splitlines()[0]
        raise UserError(f"{shown(path)} cannot be read as a release: {first}") from None
    return [(row[0], row[1:]) for row in rows]


@cache
def _connection() -> DuckDBPyConnection:
    """Return the one connection that reads files: opening it takes longer than reading one."""
    import duckdb

    return duckdb.connect()
