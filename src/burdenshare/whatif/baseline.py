"""Where countries stand before anything is supposed: shares, GDP and prices as known on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.economy import DOLLAR, EURO, Money, economy
from burdenshare.whatif.outlook import Outlook
from burdenshare.whatif.plan import Floats, Whole
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, History
from burdenshare.world.load import World

SHARE = "share_gdp"


@dataclass(frozen=True, slots=True)
class Source:
    """A release that something was read from."""

    what: str
    published: Day
    document: str
    source: str
    hash: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A country that cannot be reckoned with, and why."""

    country: str
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was known on a day of C countries in T years without gaps.

    `share` is T x C in % of GDP, NaN where it is not known; `base` is C, the place of the newest
    year whose share is known. `members` are those of each organisation whose members pledge a
    share, on the day; `others` those of organisations that a change may name. `euro` are those who
    pay in euros. `dollars` and `euros` are, by year, current dollars and euros for one constant
    dollar of the United States and of Germany. Raises ValueError for arrays of another shape.
    """

    day: Day
    countries: tuple[str, ...]
    years: tuple[int, ...]
    share: Floats
    base: Whole
    money: Money
    price_year: int
    members: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    euro: frozenset[str] = frozenset()
    dollars: Mapping[int, float] = field(default_factory=dict)
    euros: Mapping[int, float] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)  # the share of each base year
    last_forecast: int | None = None  # the last year that the outlook gives
    sources: tuple[Source, ...] = ()
    gaps: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        """Refuse arrays that are not years by countries."""
        shape = (len(self.years), len(self.countries))
        money = self.money
        for array in (self.share, money.growth, money.usd, money.eur, money.ncu):
            if array.shape != shape:
                raise ValueError(f"an array is {array.shape}: years by countries are {shape}")

    @property
    def base_share(self) -> Floats:
        """The share of each country's base year, in % of GDP."""
        found: Floats = self.share[self.base, np.arange(len(self.countries))]
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of whom a baseline is asked, and from which year to which.

    The members of `organisations`, and the `joiners`; `others` are further organisations of which
    it is to say who among them is a member.
    """

    organisations: tuple[str, ...]
    first: int
    last: int
    joiners: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


def read_baseline(world: World, outlook: Outlook, wanted: Wanted, day: Day) -> Baseline:
    """Return what was known on a day of the members with armed forces, and of those who may join.

    The first year is the earliest of the first year wanted, the earliest base year and the last
    year but one before the newest edition of the outlook, from where GDP is uncertain. Raises
    UserError where no share is known, and for years before the data or wholly within it.
    """
    members, gaps = _members(world, wanted.organisations, day)
    history = world.history(SHARE)
    codes = sorted(frozenset[str]().union(wanted.joiners, *members.values()))
    newest = {code: newest_share(history, code, day) for code in codes}
    facts = {code: fact for code, fact in newest.items() if fact is not None}
    gaps |= {code: f"no share of GDP was known on {day}" for code in codes if code not in facts}
    if not facts:
        raise UserError(f"no member's share of GDP was known on {day}: write a later day")
    bases = {fact.year for fact in facts.values()}
    first = min(wanted.first, outlook.releases[-1].published.year - 2, *bases)
    if first < outlook.first:
        raise UserError(f"years begin in {first}: GDP is known from {outlook.first} on")
    if wanted.last < max(bases):
        raise UserError(
            f"years end in {wanted.last}, but shares of {max(bases)} were known on {day}: "
            "write a later last year, or an earlier as_of"
        )
    years = range(first, wanted.last + 1)
    euro = pays_in_euros(world, day)
    paths = economy(outlook, max(bases), wanted.last, euro)
    gaps |= {code: reason for code in facts if (reason := paths.missing(code, years))}
    facts = {code: fact for code, fact in facts.items() if code not in gaps}
    return Baseline(
        day=day,
        countries=tuple(facts),
        years=tuple(years),
        share=_shares(history, facts, years, day),
        base=np.array([fact.year - first for fact in facts.values()]),
        money=paths.money(tuple(facts), years),
        price_year=max(bases),
        members={name: codes & set(facts) for name, codes in members.items()},
        others={name: _codes(world, name, day) & set(facts) for name in wanted.others},
        euro=euro & set(facts),
        dollars=paths.by_year(paths.usd, DOLLAR),
        euros=paths.by_year(paths.eur, EURO),
        facts=facts,
        last_forecast=paths.last_forecast,
        sources=(*_read_from(facts.values()), *_editions(outlook)),
        gaps=tuple(LeftOut(code, reason) for code, reason in sorted(gaps.items())),
    )


def newest_share(history: History, country: str, day: Day) -> Fact | None:
    """Return the share of the newest year of which one was known on a day, or None."""
    for year in reversed(history.years(day)):
        found = history.on(country, year, day)
        if isinstance(found, Fact) and found.value > 0:
            return found
    return None


def pays_in_euros(world: World, day: Day) -> frozenset[str]:
    """Return the countries whose money is the euro on a day, in the euro area or without it.

    >>> "HRV" in pays_in_euros(World(), Day(2022, 12, 31))
    False
    >>> {"DEU", "HRV", "MNE"} <= pays_in_euros(World(), Day(2023, 1, 1))
    True
    """
    area = world.organisations["euro-area"]
    joining = {each.country for each in area.memberships}
    inside = {each.country for each in area.members(day)}
    using = {code for code, each in world.countries.by_code.items() if each.currency == "EUR"}
    return frozenset(inside | (using - joining))


def _members(
    world: World, organisations: Collection[str], day: Day
) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Return the members with armed forces by organisation, and why others are left out."""
    members: dict[str, frozenset[str]] = {}
    gaps: dict[str, str] = {}
    for name in organisations:
        found = world.organisations[name].members(day)
        members[name] = frozenset(each.country for each in found if each.forces)
        gaps |= {m.country: m.note or "no armed forces" for m in found if not m.forces}
    return members, gaps


def _codes(world: World, organisation: str, day: Day) -> frozenset[str]:
    return frozenset(each.country for each in world.organisations[organisation].members(day))


def _shares(history: History, facts: Mapping[str, Fact], years: range, day: Day) -> Floats:
    share = np.full((len(years), len(facts)), np.nan)
    for column, (code, newest) in enumerate(facts.items()):
        for row, year in enumerate(years):
            found = history.on(code, year, day) if year <= newest.year else None
            if isinstance(found, Fact):
                share[row, column] = found.value
    return share


def _read_from(facts: Iterable[Fact]) -> list[Source]:
    """Return the releases that the shares of the base years come from, newest first."""
    found = {}
    for fact in facts:
        release = fact.release
        what = "defence expenditure as a share of GDP, base year"
        read = release.sources[fact.source].read_from
        found[release.order, fact.source] = Source(
            what, release.published, release.document, read, release.sha256
        )
    return [found[key] for key in sorted(found, reverse=True)]


def _editions(outlook: Outlook) -> list[Source]:
    """Return the editions used: the newest for the paths, the others for the errors."""
    found = []
    for index, release in enumerate(reversed(outlook.releases)):
        what = "errors of past forecasts" if index else "GDP, prices and exchange rates"
        read = "; ".join(note.read_from for note in release.sources.values())
        found.append(Source(what, release.published, release.document, read, release.sha256))
    return found
