"""Answers of the ledger as rows of CSV and Parquet, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]

# Columns and their types in Parquet; JSON is text that holds JSON.
_STATEMENT = {
    "id": "VARCHAR",
    "article": "VARCHAR",
    "outlets": "VARCHAR[]",
    "date": "DATE",
    "date_basis": "VARCHAR",
    "person": "VARCHAR",
    "name": "VARCHAR",
    "office": "VARCHAR",
    "mode": "VARCHAR",
    "proposition": "VARCHAR",
    "stance": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "text": "VARCHAR",
    "quotes": "JSON",
    "reported_by": "VARCHAR[]",
    "amplifies": "VARCHAR",
    "repeats": "VARCHAR",
    "copy_of": "VARCHAR",
}
_CLAIM = {
    **{name: _STATEMENT[name] for name in ("id", "article", "outlets", "date", "date_basis")},
    **{name: _STATEMENT[name] for name in ("start", "end", "text")},
    **{"kind": "VARCHAR", "query": "JSON", "stated": "JSON", "verdict": "VARCHAR"},
    **{"then": "JSON", "now": "JSON", "why": "VARCHAR"},
    **{"statement": "VARCHAR", "person": "VARCHAR", "name": "VARCHAR", "copy_of": "VARCHAR"},
}
_POSITION = {
    "person": "VARCHAR",
    "name": "VARCHAR",
    "proposition": "VARCHAR",
    "stances": "JSON",
    "changed": "BOOLEAN",
    "statements": "VARCHAR[]",
    "votes": "JSON",
    "votes_note": "VARCHAR",
}
_AMPLIFICATION = {"by": "VARCHAR", "of": "VARCHAR", "how": "VARCHAR", "statements": "VARCHAR[]"}
COLUMNS: dict[str, dict[str, str]] = {
    "rows": _STATEMENT,
    "claims": _CLAIM,
    "positions": _POSITION,
    "amplifications": _AMPLIFICATION,
}


def flat_rows(answer: Mapping[str, Any], part: str) -> list[Row]:
    """Return a part of an answer with one text, number or nothing in a cell, lists as JSON."""
    return [
        {name: _cell(row[name], kind) for name, kind in COLUMNS[part].items()}
        for row in answer[part]
    ]


def _cell(value: Any, kind: str) -> Any:
    if value is None or not (kind == "JSON" or kind.endswith("[]")):
        return value
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def write_parquet(answer: Mapping[str, Any], part: str, path: Path) -> None:
    """Write a part of an answer as a Parquet file, whole or not at all.

    Lists of names are lists, everything deeper is JSON text. Raises OSError.
    """
    import duckdb

    columns = COLUMNS[part]
    types = {name: kind.replace("JSON", "VARCHAR") for name, kind in columns.items()}
    shape = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    values = [[_parquet(row[name], kind) for row in answer[part]] for name, kind in columns.items()]
    cells = ", ".join(
        f'unnest(${i}::{kind}[]) AS "{name}"' for i, (name, kind) in enumerate(types.items(), 1)
    )
    with _put(path) as temporary, duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE part ({shape})")
        if answer[part]:
            connection.execute(f"INSERT INTO part SELECT {cells}", values)
        try:
            connection.table("part").write_parquet(str(temporary), compression="zstd")
        except duckdb.IOException as error:
            raise OSError(errno.EIO, str(error).splitlines()[0][:200]) from None


def _parquet(value: Any, kind: str) -> Any:
    """Return a value as DuckDB takes it: half a surrogate pair is no text there."""
    if value is None or kind in ("INTEGER", "BOOLEAN", "DATE"):
        return value
    if kind == "JSON":
        return _valid(_json(value))
    return [_valid(each) for each in value] if kind.endswith("[]") else _valid(value)


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def write_text(text: str, path: Path) -> None:
    """Write a text to a file, whole or not at all. Raises OSError."""
    with _put(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))


@contextlib.contextmanager
def _put(path: Path) -> Iterator[Path]:
    """Give a file to write beside a path, and put it in its place once it is on the disk."""
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name[:40]}-{secrets.token_hex(6)}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        code = error.errno or errno.EIO
        raise OSError(code, f"{path} cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
