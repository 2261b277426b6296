"""The forms of an answer: which one a client asks for, and how it is written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from burdenshare.errors import UserError
from burdenshare.showing.web.answers import Found, Rows

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "jsonld": "application/ld+json",
    "toml": "application/toml",
}
SUFFIXES = {f".{name}": name for name in TYPES}
TABLE = ("json", "csv", "parquet")


def media(form: str) -> str:
    """Return the media type of a form, without its parameters.

    >>> media("csv")
    'text/csv'
    """
    return TYPES[form].partition(";")[0]


def choose(accept: str, forms: Sequence[str]) -> str | None:
    """Return the form that an Accept header wants most, the first where it takes any.

    >>> choose("text/csv;q=0.9, application/json;q=0.5", ["json", "csv"])
    'csv'
    >>> choose("image/png", ["json", "csv"]) is None
    True
    """
    ranges = [_range(each) for each in (accept or "*/*").split(",")[:20]]
    weights: dict[str, float] = {}
    for form in forms:
        kind = media(form)
        major = kind.partition("/")[0] + "/*"
        for pattern in (kind, major, "*/*"):
            found = [weight for name, weight in ranges if name == pattern]
            if found:
                weights[form] = max(found)
                break
    best = max(forms, key=lambda form: weights.get(form, 0.0))
    return best if weights.get(best, 0.0) > 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = text.split(";")
    weight = 1.0
    for each in parameters:
        key, _, value = each.partition("=")
        if key.strip().lower() == "q":
            try:
                weight = min(max(float(value), 0.0), 1.0)
            except ValueError:
                weight = 0.0
    return name.strip().lower(), weight


def written(found: Found, form: str) -> bytes:
    """Return an answer in one of its forms; JSON is that of `--format json`."""
    if form in found.others:
        return found.others[form]()
    if form == "csv":
        from burdenshare.showing.tables import as_csv

        return as_csv(list(found.rows())).encode("utf-8", "backslashreplace")
    if form == "parquet":
        return parquet(found.rows())
    text = json.dumps(found.answer, ensure_ascii=False, indent=2, default=str) + "\n"
    return text.encode("utf-8", "backslashreplace")


def parquet(rows: Rows) -> bytes:
    """Return rows as a Parquet file: a column for each key, lists and tables as JSON text.

    Raises UserError where there are no rows, for then there are no columns.
    """
    import duckdb

    names = list(dict.fromkeys(key for row in rows for key in row))
    if not names:
        raise UserError("there are no rows to write as Parquet: ask for JSON, which says why")
    columns = [[row.get(name) for row in rows] for name in names]
    kinds = [_kind(column) for column in columns]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    cells = ", ".join(
        f"unnest(${place}::{kind}[]) AS {name}"
        for place, (name, kind) in enumerate(zip(quoted, kinds, strict=True), start=1)
    )
    values = [
        [_cell(each) if kind == "VARCHAR" else each for each in column]
        for column, kind in zip(columns, kinds, strict=True)
    ]
    with tempfile.TemporaryDirectory(prefix="burdenshare-") as folder, duckdb.connect() as base:
        path = Path(folder) / "rows.parquet"
        base.sql(f"SELECT {cells}", params=values).write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def _kind(column: Sequence[Any]) -> str:
    kinds = {type(each) for each in column if each is not None}
    if kinds == {bool}:
        return "BOOLEAN"
    if kinds == {int} and all(each is None or abs(each) < 2**63 for each in column):
        return "BIGINT"
    return "DOUBLE" if kinds and kinds <= {int, float} else "VARCHAR"


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode()
