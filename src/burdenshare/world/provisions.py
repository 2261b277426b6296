"""Provisions of treaties: what an instrument says on a question that is put in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from burdenshare.files import Table, read_toml
from burdenshare.world.dates import Day
from burdenshare.world.rules import CONFIDENCE

ANSWERS = ("yes", "no", "contested")


@dataclass(frozen=True, slots=True)
class Provision:
    """What a provision answers to the questions of some phrases, and since when that is known.

    `value` and `unit` are set where it names a figure; a `contested` answer depends on the
    reading, which `says` names.
    """

    id: str
    asks: tuple[str, ...]
    answer: str
    says: str
    provision: str
    citation: str
    known_from: Day
    confidence: str
    value: float | None
    unit: str


def read_provisions(folder: Path) -> tuple[Provision, ...]:
    """Return the provisions of an organisation's `provisions.toml`, none where it has no such file.

    >>> from burdenshare.files import CONTENT
    >>> [p.answer for p in read_provisions(CONTENT / "nato") if "come-to-aid" in p.asks]
    ['contested']
    """
    path = folder / "provisions.toml"
    if not path.exists():
        return ()
    table = read_toml(path)
    found = tuple(_provision(each) for each in table.tables("provision"))
    table.done()
    return found


def _provision(table: Table) -> Provision:
    found = Provision(
        id=table.text("id"),
        asks=table.texts("asks"),
        answer=table.choice("answer", ANSWERS, "yes"),
        says=table.text("says"),
        provision=table.text("provision"),
        citation=table.text("citation"),
        known_from=table.day("known_from"),
        confidence=table.choice("confidence", CONFIDENCE),
        value=table.number("value", None),
        unit=table.text("unit", ""),
    )
    table.done()
    return found
