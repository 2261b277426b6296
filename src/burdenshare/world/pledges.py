"""Pledges and proposals: who is to spend what by when, in whose words, since when known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from burdenshare.files import Table, read_toml
from burdenshare.world.dates import Day

KINDS = ("guideline", "pledge", "proposal", "statement")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One measurable part of a pledge: a series that must reach a value.

    `definition` names the definition a release must use to count ("" for any).
    """

    id: str
    series: str
    value: float
    definition: str


@dataclass(frozen=True, slots=True)
class Part:
    """One number that a pledge names, with the words that tell it from the others."""

    id: str
    value: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """What applies to one country instead, and where that is written.

    `value` is what it holds to be enough, in the unit of the pledge's series, if it says so.
    """

    text: str
    citation: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge or proposal, measured and never computed: it says what was promised."""

    id: str
    title: str
    kind: str
    actor: str
    text: str
    known_from: Day
    in_force: Day
    target: Day | None
    review: Day | None
    binding: bool
    criteria: tuple[Criterion, ...]
    parts: tuple[Part, ...]
    exceptions: dict[str, Exemption]
    caveat: str
    citation: str
    confidence: str


def read_pledges(path: Path, organisation: str, countries: Collection[str]) -> dict[str, Pledge]:
    """Return the pledges of an organisation by full id, such as nato.wales-2014."""
    if not path.exists():
        return {}
    table = read_toml(path)
    found = {
        f"{organisation}.{name}": _pledge(f"{organisation}.{name}", each, countries)
        for name, each in table.named("pledge")
    }
    table.done()
    return found


def _pledge(name: str, table: Table, countries: Collection[str]) -> Pledge:
    exceptions = {}
    for country, each in table.named("exception"):
        if country not in countries:
            raise each.fail("country", "an ISO 3166-1 alpha-3 code as the table's name")
        value = each.number("at_least", None)
        exceptions[country] = Exemption(each.text("text"), each.text("citation"), value)
        each.done()
    pledge = Pledge(
        id=name,
        title=table.text("title"),
        kind=table.choice("kind", KINDS),
        actor=table.text("actor"),
        text=table.text("text"),
        known_from=table.day("known_from"),
        in_force=table.day("in_force"),
        target=table.day("target", None),
        review=table.day("review", None),
        binding=table.flag("binding"),
        criteria=tuple(_criterion(each) for each in table.tables("criterion")),
        parts=tuple(_part(name, each) for name, each in table.named("part")),
        exceptions=exceptions,
        caveat=table.text("caveat", ""),
        citation=table.text("citation"),
        confidence=table.choice("confidence", ["seen", "general knowledge", "to verify"]),
    )
    table.done()
    return pledge


def _criterion(table: Table) -> Criterion:
    criterion = Criterion(
        id=table.text("id"),
        series=table.text("series"),
        value=float(table.number("at_least")),
        definition=table.text("definition", ""),
    )
    table.done()
    return criterion


def _part(name: str, table: Table) -> Part:
    part = Part(name, float(table.number("value")), table.texts("words"))
    table.done()
    return part
