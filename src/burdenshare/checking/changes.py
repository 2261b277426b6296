"""Questions about changes: up 18 per cent, doubled since 2014, a real rise of 11 per cent."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from decimal import Decimal

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import (
    Ask,
    answer,
    fits,
    numeric,
    scaled,
    shown,
    times,
    weight,
    wide,
    worked_out,
)
from burdenshare.checking.held import (
    ABROAD,
    CONSTANT,
    CURRENT,
    EUROPE,
    NATIONAL,
    NATO,
    SHARE,
    held,
    spoken,
    years_held,
)
from burdenshare.checking.wording import ally, body, coming, dated, one_year, subject_of
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

REAL = "real_change"
_REAL = re.compile(
    r"\b(?:real|in real terms|inflation|constant prices|adjusted|after prices|in volume)\b"
)
_NOMINAL = re.compile(r"\b(?:nominal|current prices|in cash|cash terms|not adjusted)\b")
_OF_GDP = re.compile(r"\bshare|\bof (?:its |their )?gdp|proportion|percentage of")
_YEARLY = re.compile(r"\b(?:a year|per year|annual(?:ly)?|each year|every year|on average)\b")
# Words before the year that a change is counted from.
_BASES = frozenset("since from than after on over with against".split())
_NAMES = {
    CONSTANT: "defence expenditure at constant prices",
    CURRENT: "defence expenditure at current prices and rates",
    NATIONAL: "defence expenditure in national currency",
    SHARE: "the share of GDP",
}


def change(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how a member's or group's expenditure changed, by all measures that the words allow."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or not ally(world, code, day) or coming(claim):
        return []
    spans = _spans(world, claim, code, day)
    if not spans or (_YEARLY.search(claim.words) and stated.dimension != "multiple"):
        return []
    kinds = _kinds(claim, code)
    return [
        _Change(world, code, kind, span, claim).reading(main=j == 0 and kind in kinds[0])
        for kind in (*kinds[0], *kinds[1])
        for j, span in enumerate(spans)
    ]


def _kinds(claim: Candidate, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures that count by themselves, and those that may be meant as well."""
    words, stated = claim.words, claim.stated
    assert isinstance(stated, Quantity)
    if stated.unit == "pp" or (_OF_GDP.search(words) and stated.unit in ("%", "×")):
        return (SHARE,), ()
    if stated.dimension == "money":
        return ((CURRENT,), (CONSTANT,)) if stated.unit == "USD" else ((NATIONAL,), ())
    money = (NATIONAL,) if code not in (NATO, ABROAD, EUROPE) else ()
    if _REAL.search(words):
        return (CONSTANT,), ()
    if _NOMINAL.search(words):
        return (CURRENT,), money
    if stated.dimension == "multiple":
        return (CONSTANT, CURRENT), (*money, SHARE)
    return ((CONSTANT,), (CURRENT, *money)) if body(claim) else ((CURRENT, CONSTANT), money)


def _spans(world: World, claim: Candidate, code: str, day: Day) -> list[tuple[int, int]]:
    """Return the pairs of years that a change may lie between, the likeliest first."""
    known = years_held(world, CONSTANT, code, day)
    dates = dated(claim)
    if not known or any(each.date.first > day for each in dates):
        return []
    years = [(each.date.first.year, each.before) for each in dates if one_year(each.date)]
    spells = [d.date for d in dates if d.date.last.year > d.date.first.year]
    ordered = sorted({year for year, _ in years})
    if spells:
        return [(spells[0].first.year, min(spells[0].last.year, day.year))]
    if len(ordered) >= 2:
        return [(ordered[0], ordered[-1])]
    if not ordered:
        return [(year - 1, year) for year in known[:2]]
    year, before = years[0]
    if before in _BASES and year < known[0]:
        return [(year, other) for other in known[:2] if other > year]
    return [(year - 1, year)]


class _Change:
    """One question for a change: of whom, by which measure, between which years."""

    def __init__(
        self, world: World, code: str, series: str, span: tuple[int, int], claim: Candidate
    ) -> None:
        assert isinstance(claim.stated, Quantity)
        self.world = world
        self.code = code
        self.series = series
        self.first, self.last = span
        self.claim = claim
        self.stated = claim.stated

    def reading(self, *, main: bool) -> Reading:
        """Return the reading; a fall is stated without its sign."""
        sign = -1.0 if self.claim.pattern.options.get("way") == "down" else 1.0
        kind, stated = self.stated.dimension, self.stated
        unit = "%"
        test: Callable[[Answer], bool | None]
        if kind == "multiple":
            unit = "×"

            def test(found: Answer) -> bool | None:
                return times(stated, numeric(found))
        else:
            if kind == "money":
                unit, stated = stated.unit, scaled(stated, 1_000_000)
            elif stated.unit == "pp":
                unit = "pp"
            held_against = _signed(stated, sign)
            test = fits(held_against)

        def far(found: Answer) -> bool:
            if kind == "multiple":
                ratio = numeric(found) / float(stated.value)
                return not 0.6 < ratio < 1.6
            return wide(_signed(stated, sign), numeric(found), 0.5)

        query = {
            "ask": "change",
            "series": self.series,
            "country": self.code,
            "from": self.first,
            "to": self.last,
            "unit": unit,
        }
        known = kind == "multiple" or (kind != "money" and body(self.claim))
        chosen = weight(self.claim, main=main, sure=known)
        return worked_out(self.world, self.series, query, self._ask(unit), test, chosen, far)

    def _ask(self, unit: str) -> Ask:
        world, code, series = self.world, self.code, self.series

        def ask(as_of: Day) -> Answer | Missing:
            one = held(world, series, code, self.first, as_of)
            two = held(world, series, code, self.last, as_of)
            if isinstance(two, Missing):
                return two
            if isinstance(one, Missing):
                return one
            if one.published != two.published and series == CONSTANT:
                return Missing("the two years stand in releases with different prices")
            if not one.value:
                return Missing(f"no expenditure in {self.first}")
            value = {
                "×": two.value / one.value,
                "%": 100 * (two.value / one.value - 1),
            }.get(unit, two.value - one.value)
            says = (
                f"{_NAMES[series]} of {spoken(world, code)} went from {shown(one.value)} in "
                f"{self.first} to {shown(two.value)} in {self.last} ({two.basis}), "
                + _moved(value, unit)
            )
            return answer(value, unit, says, one, two)

        return ask


def _moved(value: float, unit: str) -> str:
    if unit == "×":
        return f"{value:.2f} times as much"
    more = "more" if value >= 0 else "less"
    ending = {"%": " %", "pp": " points"}.get(unit, f" million {unit}")
    return f"{abs(value):,.1f}{ending} {more}"


def _signed(stated: Quantity, sign: float) -> Quantity:
    """Return what is stated with the sign of its direction."""
    if sign > 0:
        return stated
    upper = None if stated.upper is None else -stated.upper
    turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(stated.comparator, stated.comparator)
    low = -stated.value if upper is None else upper
    high = None if upper is None else -stated.value
    return dataclasses.replace(stated, value=Decimal(low), upper=high, comparator=turned)  # type: ignore[arg-type]
