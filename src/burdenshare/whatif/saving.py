"""Writing an answer into a folder, whole or not at all: page, Parquet, IAMC table, scenario."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from burdenshare import __version__
from burdenshare.errors import UserError
from burdenshare.whatif.flat import QUANTILES, flat_rows
from burdenshare.whatif.frames import frame
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.load import World

IAMC = ("model", "scenario", "region", "variable", "unit", "year", "value")
_ERRNO = re.compile(r'"errno":"([0-9]+)"').findall


def save_answer(answer: Mapping[str, Any], scenario: str, page: str, folder: Path) -> list[str]:
    """Write report.html, results.parquet, iamc.csv and scenario.toml, and return their names.

    `scenario` is the text of the scenario file to run again, `page` the report. All four are
    written to a folder beside and then put in place at once: a full disk or Ctrl-C leaves nothing
    half-written. Raises UserError for a folder that is not empty or that cannot be written.
    """
    check_folder(folder)
    target = Path(os.path.realpath(folder))
    part = target.with_name(f".{target.name[:40]}-{secrets.token_hex(8)}.part")
    texts = {
        "report.html": page,
        "iamc.csv": iamc_text(flat_rows(answer), f"burdenshare {answer['version']}"),
        "scenario.toml": scenario,
    }
    try:
        part.mkdir()
        if target.exists():
            shutil.copymode(target, part)
        for name, text in texts.items():
            _write(part / name, text.encode("utf-8", "replace"))
        _write_parquet(part / "results.parquet", answer)
        # An empty folder in the way is replaced; one that has been filled meanwhile is not.
        part.replace(target)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(part)
    return sorted([*texts, "results.parquet"])


def made_elsewhere(scenario: Scenario, world: World) -> str | None:
    """Return a line that says by which other world or version a saved scenario was made, or None.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> made_elsewhere(read_scenario(None, "us-leaves-nato"), World())
    """
    made = scenario.made
    if made is None or (made.world, made.version) == (world.hash, __version__):
        return None
    return (
        f"{scenario.id} was made with world {made.world} by version {made.version}, this is "
        f"world {world.hash}, version {__version__}: figures may differ"
    )


def check_folder(folder: Path) -> None:
    """Refuse an output folder that would lose something, or that has no place to stand in."""
    try:
        if folder.exists() and not folder.is_dir():
            raise UserError(f"{folder} is not a folder: name a folder to write, such as results")
        if folder.is_dir() and any(folder.iterdir()):
            raise UserError(f"{folder} is not empty: name a new folder, or empty this one first")
        if not Path(os.path.realpath(folder)).parent.is_dir():
            raise UserError(f"{folder.parent} is not a folder: make it, or write somewhere else")
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from None


def iamc_text(rows: Sequence[Mapping[str, Any]], model: str) -> str:
    """Return rows in the long form of the IAMC: one value a line, quantiles as variables.

    The mean has the variable's own name. What is unknown has no line.

    >>> row = {"scenario": "five", "region": "POL", "variable": "Defence Expenditure", "unit": "%",
    ...        "year": 2030, "mean": 4.5, "p5": 4.0, "p25": None}
    >>> print(iamc_text([row], "m"), end="")
    model,scenario,region,variable,unit,year,value
    m,five,POL,Defence Expenditure,%,2030,4.5
    m,five,POL,Defence Expenditure|5th Percentile,%,2030,4.0
    """
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(IAMC)
    for row in rows:
        for variable, value in _values(row):
            lines.writerow(
                [model, row["scenario"], row["region"], variable, row["unit"], row["year"], value]
            )
    return text.getvalue()


def _values(row: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    named = {"mean": row["variable"]}
    named |= {level: f"{row['variable']}|{level[1:]}th Percentile" for level in QUANTILES}
    for key, variable in named.items():
        if row.get(key) is not None:
            yield variable, row[key]


def _write(path: Path, data: bytes) -> None:
    """Write a file and see it on the disk: a disk that is full says so only then."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _write_parquet(path: Path, answer: Mapping[str, Any]) -> None:
    """Write the rows of an answer; DuckDB says in a text of its own why it cannot."""
    import duckdb

    try:
        frame(answer).write_parquet(str(path), compression="zstd")
    except duckdb.IOException as error:
        number = int(next(iter(_ERRNO(str(error))), errno.EIO))
        raise OSError(number, os.strerror(number)) from None
