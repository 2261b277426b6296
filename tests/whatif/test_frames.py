"""The table of an answer in each of the libraries that people use, and with none of them."""

import json
import subprocess
import sys
from typing import Any

import narwhals as nw
import pytest

from burdenshare.whatif.flat import COLUMNS
from burdenshare.whatif.frames import frame

LEVELS = ("p5", "p25", "p50", "p75", "p95")


def row(region: str, year: int, **figures: float | None) -> dict[str, Any]:
    place = {"scenario": "five", "region": region, "variable": "Defence Expenditure", "unit": "%"}
    return place | {"year": year} | dict.fromkeys(("mean", *LEVELS), 1.0) | figures


ANSWER = {
    "rows": [row("POL", 2030, mean=4.5), row("ISL", 2030, mean=None)],
    "meets": [
        {"scenario": "five", "country": "POL", "year": 2030, "pledge": "x", "probability": 0.25}
    ],
    "shortfalls": [],
    "measure": {"price_year": 2026},
}
MEANS = [("POL", 4.5), ("ISL", None), ("POL", 0.25)]


def run(*lines: str) -> str:
    """Return what a program of its own prints; DuckDB beside polars is noisy when it ends."""
    head = [
        "import json, sys",
        f"ANSWER = json.loads({json.dumps(json.dumps(ANSWER))})",
    ]
    command = [sys.executable, "-c", "\n".join([*head, *lines])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_polars_takes_it() -> None:
    printed = run(
        "import polars",
        "from burdenshare.whatif.frames import frame",
        "found = polars.DataFrame(frame(ANSWER))",
        "rows = list(zip(found['region'], found['mean']))",
        "print(json.dumps([found.columns, rows, str(found['year'].dtype)]))",
    )
    assert json.loads(printed) == [list(COLUMNS), [list(each) for each in MEANS], "Int32"]


def test_pandas_takes_it() -> None:
    found = frame(ANSWER).df()
    assert tuple(found.columns) == COLUMNS
    assert list(found["region"]) == [code for code, _ in MEANS]
    assert found["mean"][0] == 4.5
    assert list(found["mean"].isna()) == [False, True, False]


def test_narwhals_takes_it() -> None:
    found = nw.from_native(frame(ANSWER)).filter(nw.col("region") == "POL").select("mean")
    assert sorted(found.to_native().fetchall()) == [(0.25,), (4.5,)]


@pytest.mark.parametrize("rows", [[], [row("POL", 2030, mean=1e300)]])
def test_a_frame_of_no_row_and_of_a_huge_figure(rows: list[dict[str, Any]]) -> None:
    found = frame(ANSWER | {"rows": rows, "meets": []}).fetchall()
    assert [line[5] for line in found] == [each["mean"] for each in rows]


def test_none_of_the_libraries_is_needed() -> None:
    printed = run(
        "for name in ('narwhals', 'pandas', 'polars', 'pyarrow'): sys.modules[name] = None",
        "from burdenshare.whatif.frames import frame",
        "print(len(frame(ANSWER).fetchall()))",
    )
    assert printed.split() == ["3"]
