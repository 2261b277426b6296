"""Studies of what it would take to replace what a member has abroad, each by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.world.dates import Day
from burdenshare.world.rules import CONFIDENCE

FOLDER = CONTENT / "studies"
CURRENCIES = {"EUR billion": "EUR", "USD billion": "USD"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a study: a quantity, or a range where the study gives no single one.

    `years` is how long an amount lasts (0 where it is not said), `cost` that it is the study's own
    sum.
    """

    id: str
    title: str
    quantity: float | None
    low: float | None
    high: float | None
    unit: str
    period: str
    years: int
    cost: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Study:
    """A study: who worked out what, when, and how it became known here."""

    id: str
    title: str
    publisher: str
    published: Day
    citation: str
    confidence: str
    caveat: str
    items: tuple[Item, ...]

    @property
    def cost(self) -> Item:
        """The item that is the study's own sum."""
        return next(item for item in self.items if item.cost)

    @property
    def currency(self) -> str:
        """The currency of that sum: EUR or USD."""
        return CURRENCIES[self.cost.unit]

    @property
    def per_year(self) -> float:
        """That sum in billions a year, spread evenly over the years that it lasts.

        >>> read_studies()["iiss-2025"].per_year
        40.0
        """
        return (self.cost.quantity or 0.0) / self.cost.years


@cache
def read_studies() -> Mapping[str, Study]:
    """Return the shipped studies by id.

    >>> study = read_studies()["bruegel-kiel-2025"]
    >>> study.per_year, study.currency, study.published.isoformat()
    (250.0, 'EUR', '2025-02-21')
    """
    found: dict[str, Study] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        table = read_toml(path)
        found |= {name: _study(name, each) for name, each in table.named("study")}
        table.done()
    return found


def find_study(name: str) -> Study:
    """Return a study by id, or an error with a hint."""
    studies = read_studies()
    if name not in studies:
        raise UserError(f"study {name[:40]!r} is unknown: {did_you_mean(name, studies)}")
    return studies[name]


def _study(name: str, table: Table) -> Study:
    study = Study(
        id=name,
        title=table.text("title"),
        publisher=table.text("publisher"),
        published=table.day("published"),
        citation=table.text("citation"),
        confidence=table.choice("confidence", CONFIDENCE),
        caveat=table.text("caveat", ""),
        items=tuple(_item(each) for each in table.tables("item")),
    )
    table.done()
    if sum(item.cost for item in study.items) != 1:
        raise table.fail("item", "one item with cost = true, the study's own sum")
    return study


def _item(table: Table) -> Item:
    item = Item(
        id=table.text("id"),
        title=table.text("title"),
        quantity=table.number("quantity", None),
        low=table.number("low", None),
        high=table.number("high", None),
        unit=table.text("unit"),
        period=table.text("period", ""),
        years=table.whole("years", 0),
        cost=table.flag("cost"),
        note=table.text("note", ""),
        source=table.text("source"),
    )
    table.done()
    one = item.quantity is not None
    if one == (item.low is not None and item.high is not None):
        raise table.fail("quantity", "either quantity, or low and high")
    if item.cost and not (one and item.years > 0 and item.unit in CURRENCIES):
        raise table.fail("cost", "it beside a quantity in EUR or USD billion, and its years")
    return item
