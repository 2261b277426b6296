"""An answer as a table that pandas, polars and narwhals take, without needing any of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from burdenshare.whatif.flat import COLUMNS, flat_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

_WHOLE = ("year",)
_TEXTS = ("scenario", "region", "variable", "unit")


def frame(answer: Mapping[str, Any]) -> DuckDBPyRelation:
    """Return the rows of an answer as a DuckDB relation: one row a region, variable and year.

    `.df()` gives a pandas frame, `polars.DataFrame(frame)` a polars one, and
    `narwhals.from_native(frame)` a lazy frame. Columns: scenario, region, variable, unit, year,
    mean, p5, p25, p50, p75, p95; what is not known is NULL.

    >>> row = {"scenario": "five", "region": "POL", "variable": "Defence Expenditure", "unit": "%",
    ...        "year": 2030, "mean": 4.5, "p5": 4.0, "p25": 4.2, "p50": 4.5, "p75": 4.7, "p95": 5.0}
    >>> answer = {"rows": [row], "meets": [], "shortfalls": [], "measure": {"price_year": 2026}}
    >>> frame(answer).select("region", "year", "p95").fetchall()
    [('POL', 2030, 5.0)]
    """
    import duckdb

    kinds = {name: "INTEGER" if name in _WHOLE else "DOUBLE" for name in COLUMNS}
    kinds |= dict.fromkeys(_TEXTS, "VARCHAR")
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    return connection.sql(
        "SELECT unnest(from_json(?, ?), recursive := true)",
        params=[json.dumps(flat_rows(answer)), json.dumps([kinds])],
    )
