"""Questions about places: the largest spender, the third-lowest share, more than any other."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import answer, numeric, shown, weight, worked_out
from burdenshare.checking.held import (
    CURRENT,
    EUROPE,
    NATO,
    SHARE,
    UNION_ALLIES,
    Held,
    held,
    members_of,
    ranking,
    spoken,
)
from burdenshare.checking.wording import ally, body, combined, coming, subject_of, years_asked
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World

HEAD = "defence_expenditure_per_capita"
_OF_SHARE = re.compile(
    r"\b(?:share|percentage|proportion|per ?cent|relative to|proportionally|proportionate|"
    r"of (?:its |their )?(?:gdp|gross domestic product|economy|economic output|output)|"
    r"for its size|in relation to)\b|%"
)
_OF_HEAD = re.compile(r"\bper (?:head|capita|person|inhabitant|citizen)\b")
_OF_MONEY = re.compile(r"\b(?:absolute|in dollars|dollar terms|in cash|outright|in total|sums?)\b")
_WORLD = re.compile(r"\b(?:world|world's|globe|global|globally|planet|on earth|asia|history)\b")
_UNION = re.compile(r"\b(?:eu|european union|bloc's?|of the 27)\b")
_EUROPE = re.compile(
    r"\b(?:in|of|across|on) (?:western |all of )?europe\b|\beurope's\b|\beuropean\b"
)
_LOW = frozenset({"lowest-spender", "table-bottom", "less-than-any", "less-share", "less-spending"})
_TABLE = frozenset({"table-top", "table-bottom"})
_UNITS = {SHARE: "% of GDP", CURRENT: "USD million", HEAD: "USD a head"}


def rank(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's place among the members, by the measure that the words name."""
    code, place = subject_of(world, claim, day), _place(claim)
    scope = _scope(claim)
    if place is None or not scope or code not in members_of(world, scope, day) or coming(claim):
        return []
    lowest = _lowest(claim)
    series = _measures(claim, lowest=lowest)
    firm = body(claim) and scope == NATO
    readings = []
    for i, name in enumerate(series):
        for j, year in enumerate(years_asked(world, name, code, claim, day)):
            asked = _Place(world, name, scope, code, year, lowest)
            readings.append(asked.reading(place, main=i == j == 0, firm=firm, claim=claim))
    return readings


def by_share(
    world: World, claim: Candidate, code: str, place: int, years: Sequence[int], *, low: bool
) -> list[Reading]:
    """Return the readings of a member's place by its share of GDP."""
    return [
        _Place(world, SHARE, NATO, code, year, low).reading(
            place, main=i == 0, firm=False, claim=claim
        )
        for i, year in enumerate(years)
    ]


class _Place:
    """One question for a place: by which measure, among whom, of which year."""

    def __init__(
        self, world: World, series: str, scope: str, code: str, year: int, lowest: bool
    ) -> None:
        self.world = world
        self.series = series
        self.scope = scope
        self.code = code
        self.year = year
        self.lowest = lowest

    def ask(self, as_of: Day) -> Answer | Missing:
        """Return the place as known on a day."""
        table = ranking(self.world, self.series, self.scope, self.year, as_of)
        if isinstance(table, Missing):
            return table
        places = table.places(self.code, lowest=self.lowest)
        if places is None:
            return Missing(f"{spoken(self.world, self.code)} is not among those compared")
        own = dict(table.rows)[self.code]
        first = table.rows[-1 if self.lowest else 0]
        order = "lowest" if self.lowest else "highest"
        guessed = ", ".join(self.world.countries.name(each) for each in table.guessed)
        stand_in = f"; of {guessed} the year before stands in" if guessed else ""
        says = (
            f"{spoken(self.world, self.code)} has place {places[0]} of {len(table.rows)} from the "
            f"{order} in {self.year} with {shown(own.value)} {_UNITS[self.series]} ({own.basis}); "
            f"the first is {spoken(self.world, first[0])} with {shown(first[1].value)}{stand_in}"
        )
        found = answer(places[0], f"place of {len(table.rows)}", says, own, first[1])
        return dataclasses.replace(found, among=places)

    def reading(self, place: int, *, main: bool, firm: bool, claim: Candidate) -> Reading:
        """Return the reading for a stated place; wrong only where it is off by two or more."""

        def test(found: Answer) -> bool | None:
            low, high = found.among
            if low <= place <= high:
                return True
            return None if low - 1 <= place <= high + 1 and place > 1 else False

        def far(found: Answer) -> bool:
            return abs(found.among[0] - place) >= 2 and "stands in" not in found.says

        query = {
            "ask": "rank",
            "series": self.series,
            "country": self.code,
            "year": self.year,
            "among": self.scope,
            "order": "lowest" if self.lowest else "highest",
        }
        chosen = weight(claim, main=main, sure=firm)
        return worked_out(self.world, self.series, query, self.ask, test, chosen, far)


def _place(claim: Candidate) -> int | None:
    """Return the place that is stated: a number, or the first where a phrase says so."""
    if isinstance(claim.stated, Quantity):
        return int(claim.stated.value) if claim.stated.dimension == "ordinal" else None
    if isinstance(claim.stated, Name):
        kind, _, number = claim.stated.id.partition("-")
        return int(number) if kind == "place" else 1
    return None


def _lowest(claim: Candidate) -> bool:
    stated = claim.stated
    if isinstance(stated, Name) and stated.id in _LOW:
        return True
    return claim.pattern.options.get("end") == "low"


def _scope(claim: Candidate) -> str:
    """Return among whom a place is taken, or "" where the words name others than allies."""
    if _WORLD.search(claim.words):
        return ""
    if claim.organisation == "eu":
        return UNION_ALLIES
    if _EUROPE.search(claim.words):
        return EUROPE
    return NATO


def of_share(claim: Candidate) -> bool:
    """Say whether the words compare shares of GDP."""
    return _OF_SHARE.search(claim.words) is not None


def _measures(claim: Candidate, *, lowest: bool) -> Sequence[str]:
    """Return the series by which a place is taken, the likeliest first."""
    words, stated = claim.words, claim.stated
    if _OF_HEAD.search(words):
        return (HEAD,)
    if of_share(claim) or (isinstance(stated, Name) and stated.id.endswith("-share")):
        return (SHARE,)
    if _OF_MONEY.search(words):
        return (CURRENT,)
    table = isinstance(claim.stated, Name) and claim.stated.id in _TABLE
    return (SHARE, CURRENT) if lowest or table else (CURRENT, SHARE)


def above(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether one member spends more, or less, than another."""
    first, second = claim.slots.get("subject"), claim.slots.get("other")
    stated = claim.stated
    if not (isinstance(first, Name) and isinstance(second, Name) and isinstance(stated, Name)):
        return []
    if coming(claim) or combined(claim) or first.id == second.id:
        return []
    more = stated.id.startswith("more")
    shares = not stated.id.endswith("spending")
    series = (SHARE,) if shares else _measures(claim, lowest=False)
    if not ally(world, first.id, day) or not ally(world, second.id, day):
        return []
    years = years_asked(world, series[0], first.id, claim, day)
    return [
        _compared(world, name, (first.id, second.id), year, claim, more=more, main=i == j == 0)
        for i, name in enumerate(series)
        for j, year in enumerate(years)
    ]


def _compared(  # noqa: PLR0913 - one comparison
    world: World,
    series: str,
    pair: tuple[str, str],
    year: int,
    claim: Candidate,
    *,
    more: bool,
    main: bool,
) -> Reading:
    def ask(as_of: Day) -> Answer | Missing:
        one = held(world, series, pair[0], year, as_of)
        two = held(world, series, pair[1], year, as_of)
        if isinstance(one, Missing):
            return one
        if isinstance(two, Missing):
            return two
        says = (
            f"{spoken(world, pair[0])} has {shown(one.value)} and {spoken(world, pair[1])} "
            f"{shown(two.value)} {_UNITS[series]} in {year} ({one.basis})"
        )
        return answer(one.value - two.value, _UNITS[series], says, one, two)

    def test(found: Answer) -> bool | None:
        return None if found.value == 0 else (numeric(found) > 0) == more

    def far(found: Answer) -> bool:
        base = held(world, series, pair[0], year, found.published)
        return isinstance(base, Held) and abs(numeric(found)) > 0.15 * base.value

    side = "more" if more else "less"
    query = {"ask": "compare", "series": series, "countries": list(pair), "year": year}
    chosen = weight(claim, main=main, sure=True)
    return worked_out(world, series, {**query, "side": side}, ask, test, chosen, far)
