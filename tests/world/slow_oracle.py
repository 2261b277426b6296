"""The as-of rule a second time: a plain scan over the release files, written from docs/concepts.md.

"The newest release published on or before the day that covers the series, the country and the year
gives the figure. A release covers a year if it says so of the whole year or has a row for it. A
release that covers a figure and leaves it blank withdraws it." A release says so of the countries
on which it reports the series at all. Nothing of the library is used.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Publication:
    """A release as it lies in its two files, nothing looked up in advance."""

    published: date
    number: int
    rows: tuple[dict[str, str], ...]
    about: dict[str, Any]


def read_folder(folder: Path) -> list[Publication]:
    """Return the releases in a folder, the newest first."""
    found = []
    for path in folder.glob("*.toml"):
        if path.name == "dataset.toml":
            continue
        about = tomllib.loads(path.read_text("utf-8"))
        with (folder / about["file"]).open(encoding="utf-8", newline="") as file:
            rows = tuple(csv.DictReader(file))
        number = int(path.stem[11:] or 1)
        found.append(Publication(about["published"], number, rows, about))
    return sorted(found, key=lambda each: (each.published, each.number), reverse=True)


def covered_years(text: str) -> set[int]:
    """Return the years of "2014..2024", "2024" or "2014, 2023"."""
    years: set[int] = set()
    for part in text.split(","):
        low, _, high = part.strip().partition("..")
        years.update(range(int(low), int(high or low) + 1))
    return years


def known(
    publications: Sequence[Publication], series: str, country: str, year: int, day: date
) -> tuple[float, date, int] | None:
    """Return the value known on a day with its release, or None."""
    for publication in publications:
        if publication.published > day:
            continue
        about = publication.about.get("series", {}).get(series, {})
        whole = year in covered_years(about["covers"]) if "covers" in about else False
        reported = False
        for row in publication.rows:
            if row["series"] != series or row["country"] != country:
                continue
            reported = True
            if int(row["year"]) == year:
                if row["value"] == "":
                    return None
                return float(row["value"]), publication.published, publication.number
        if reported and whole:
            return None
    return None
