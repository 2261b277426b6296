"""What a member owes to an organisation, and what was due from it, as known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.files import Table
from burdenshare.world.budgets import find_budget
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.shares import Engine, members_of
from burdenshare.world.shares_published import choose_period, read_record


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money with the least and the most that its rounding allows, or why none."""

    value: float
    low: float
    high: float
    year: int = 0
    source: str = ""
    basis: str = ""
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the amount as the answers print it."""
        value = None if self.reason else round(self.value, 2)
        given = {"year": self.year, "amount": value, "basis": self.basis, "source": self.source}
        return {**given, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Owed:
    """A budget, the series of arrears to it, and the month in which its year begins."""

    budget: str
    arrears: str
    begins: int
    note: str


def read_owed(table: Table) -> Owed:
    """Return one [[owed]] entry of rights.toml."""
    found = Owed(
        table.text("budget"), table.text("arrears"), table.whole("begins"), table.text("note", "")
    )
    table.done()
    return found


def rounded(fact: Fact) -> Amount:
    """Return the amount of a figure, with half a unit of its last digit on either side."""
    half = (fact.step or 0.0) / 2
    source = fact.release.sources[fact.source].read_from
    return Amount(fact.value, fact.value - half, fact.value + half, fact.year, source)


def arrears_of(world: World, owed: Owed, country: str, as_of: Day) -> Amount:
    """Return what a member owed in the year of the day; a figure of an older year is stale."""
    answer = world.history(owed.arrears).on(country, as_of.year, as_of)
    if isinstance(answer, Fact):
        return rounded(answer)
    reason = f"no figure of its arrears in {as_of.year} is held: {answer.reason}"
    return Amount(0, 0, 0, as_of.year, reason=reason)


def due_in(world: World, owed: Owed, country: str, year: int, as_of: Day) -> Amount:
    """Return what was due from a member in a calendar year: its rate of the budgets of that year.

    A budget year that begins in July gives half of itself to each of two calendar years.
    """
    starts = [(year, 1.0)] if owed.begins == 1 else [(year - 1, 0.5), (year, 0.5)]
    rate, basis, reason = rate_of(world, owed.budget, country, year, as_of)
    sizes = [size_of(world, owed.budget, start, as_of) for start, _ in starts]
    reason = reason or next((size.reason for size in sizes if size.reason), "")
    if rate is None or reason:
        return Amount(0, 0, 0, year, reason=f"{owed.budget} {year}: {reason}")
    parts = [part * rate / 100 for _, part in starts]
    value, low, high = (
        sum(p * getattr(size, name) for p, size in zip(parts, sizes, strict=True))
        for name in ("value", "low", "high")
    )
    sources = "; ".join(dict.fromkeys(size.source for size in sizes))
    return Amount(value, low, high, year, sources, f"{rate:.4f} %, {basis}")


def rate_of(
    world: World, budget: str, country: str, year: int, as_of: Day
) -> tuple[float | None, str, str]:
    """Return a member's rate in a year, how it is known, or why it is not."""
    asked = choose_period(world, find_budget(world, budget), str(year), as_of)
    members = members_of(world, asked)
    rate = read_record(world, asked, members).rates.get(country)
    if rate is not None:
        return rate, "published", ""
    engine = Engine(world, asked, {})
    computed = engine.run(members).rates.get(country)
    if computed is not None:
        return computed, asked.period.status, ""
    return None, "", engine.missing() or "no rate is known"


def size_of(world: World, budget: str, year: int, as_of: Day) -> Amount:
    """Return the size of a budget in the year in which it begins."""
    found = find_budget(world, budget)
    answer = world.history(found.money[0]).on(found.place, year, as_of)
    if isinstance(answer, Fact):
        return rounded(answer)
    return Amount(0, 0, 0, year, reason=f"its size in {year}: {answer.reason}")


def total(amounts: Sequence[Amount]) -> Amount:
    """Return the sum of amounts; a reason where one of them is not known.

    >>> total([Amount(2, 1, 3), Amount(5, 5, 5)]).high
    8
    """
    reason = next((each.reason for each in amounts if each.reason), "")
    value, low, high = (
        sum(getattr(each, name) for each in amounts) for name in ("value", "low", "high")
    )
    return Amount(value, low, high, reason=reason)
