"""NATO's own headline figures: counts and averages as announced with a release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import UserError
from burdenshare.files import CONTENT, read_csv, shown
from burdenshare.world.dates import Day, Years, parse_day

PATH = CONTENT / "facts" / "nato-defence-expenditure" / "headlines.csv"
LEVEL = 2.0  # % of GDP, the level that the counts are about
COUNT = "allies_at_2_percent"
KINDS = (COUNT, "alliance_share", "eur_can_share")
_COLUMNS = ("published", "year", "kind", "value", "source")


@dataclass(frozen=True, slots=True)
class Headline:
    """One announced figure: a count of allies at 2 % or an average share of GDP."""

    line: int
    published: Day
    year: int
    kind: str
    value: float
    source: str


def read_headlines(path: Path = PATH) -> tuple[Headline, ...]:
    """Return the headline figures in the order of the file."""
    found = []
    for line, row in enumerate(read_csv(path, _COLUMNS), start=2):
        where = f"{shown(path)}, line {line}"
        if row[2] not in KINDS or not row[4]:
            raise UserError(f"{where}: write a kind ({', '.join(KINDS)}) and a source")
        year = Years.parse(row[1], f"{where}: year").ranges[0][0]
        day = parse_day(row[0], f"{where}: published")
        found.append(Headline(line, day, year, row[2], float(row[3]), row[4]))
    return tuple(found)


def announced(headlines: tuple[Headline, ...], year: int, as_of: Day) -> Headline | None:
    """Return the newest announced count of allies at 2 % for a year, as known on a day."""
    known = [h for h in headlines if h.kind == COUNT and h.year == year and h.published <= as_of]
    return max(known, key=lambda h: h.published, default=None)
