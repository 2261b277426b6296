"""Questions beside the share: spending per head, on equipment, on personnel; troops; gaps."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import (
    Ask,
    answer,
    fits,
    numeric,
    scaled,
    shown,
    weight,
    wide,
    worked_out,
)
from burdenshare.checking.held import CURRENT, SHARE, held, members_of, spoken
from burdenshare.checking.wording import (
    ally,
    body,
    coming,
    subject_of,
    years_asked,
)
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

HEAD = "defence_expenditure_per_capita"
TROOPS = "military_personnel"
_LEVEL = 2.0
_PEOPLE = "LP"
_TARGET = re.compile(r"\b(?:targets?|goals?|pledges?)\b")


def per_head(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for defence expenditure per head: as NATO gives it, and at current prices."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or stated.unit != "USD" or coming(claim):
        return []
    if not ally(world, code, day):
        return []
    published = [
        _plain(world, HEAD, code, year, stated, claim, main=i == 0)
        for i, year in enumerate(years_asked(world, HEAD, code, claim, day))
    ]
    divided = [
        _divided(world, code, year, stated, claim)
        for year in years_asked(world, CURRENT, code, claim, day)
    ]
    return [*published, *divided]


def _plain(  # noqa: PLR0913 - one figure
    world: World, series: str, code: str, year: int, stated: Quantity, claim: Candidate, *,
    main: bool, sure: bool = False,
) -> Reading:  # fmt: skip
    unit = world.series[series].unit

    def ask(as_of: Day) -> Answer | Missing:
        found = held(world, series, code, year, as_of)
        if isinstance(found, Missing):
            return found
        says = f"{spoken(world, code)} has {shown(found.value)} {unit} in {year}"
        return answer(found.value, unit, f"{says} ({found.basis})", found)

    query = {"ask": "figure", "series": series, "country": code, "year": year}
    chosen = weight(claim, main=main, sure=sure)

    def far(found: Answer) -> bool:
        return wide(stated, numeric(found), 0.3)

    return worked_out(world, series, query, ask, fits(stated), chosen, far)


def _divided(world: World, code: str, year: int, stated: Quantity, claim: Candidate) -> Reading:
    def ask(as_of: Day) -> Answer | Missing:
        money = held(world, CURRENT, code, year, as_of)
        people = held(world, _PEOPLE, code, year, as_of)
        if isinstance(money, Missing):
            return money
        if isinstance(people, Missing):
            return people
        value = money.value / people.value
        says = (
            f"{spoken(world, code)} spends {shown(money.value)} USD million in {year} "
            f"({money.basis}) on {shown(people.value)} million people, {shown(value)} USD a head"
        )
        return answer(value, "USD a head", says, money)

    query = {"ask": "per-head", "series": CURRENT, "country": code, "year": year}
    chosen = weight(claim, main=False, sure=False)
    return worked_out(world, CURRENT, query, ask, fits(stated), chosen)


def use(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the part of defence expenditure that goes to equipment, personnel or building."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or stated.unit != "%" or coming(claim):
        return []
    if members_of(world, code, day) or not ally(world, code, day):
        return []
    series = claim.pattern.options["series"]
    return [
        _plain(world, series, code, year, stated, claim, main=i == 0, sure=body(claim))
        for i, year in enumerate(years_asked(world, series, code, claim, day))
    ]


def troops(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the strength of a member's armed forces; others count otherwise: never wrong."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or coming(claim) or not ally(world, code, day):
        return []
    thousands = scaled(stated, 1000)
    if thousands.value == int(thousands.value):
        thousands = dataclasses.replace(thousands, step=max(thousands.step, Decimal(1)))
    return [
        _plain(world, TROOPS, code, year, thousands, claim, main=i == 0)
        for i, year in enumerate(years_asked(world, TROOPS, code, claim, day))
    ]


def gap(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask by how much a member's share lies below, or above, a level: in points or in dollars."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or not ally(world, code, day) or coming_beyond(claim):
        return []
    named = claim.slots.get("level")
    level = float(named.value) if isinstance(named, Quantity) else _LEVEL
    money = stated.dimension == "money"
    if money and stated.unit != "USD":
        return []
    sign = -1.0 if claim.pattern.options.get("side") == "above" else 1.0
    said = scaled(stated, 1_000_000) if money else stated
    readings = []
    for i, year in enumerate(years_asked(world, SHARE, code, claim, day)):
        query = {"ask": "gap", "country": code, "year": year, "level": level}
        ask = _gap(world, code, year, level, sign, money=money)
        chosen = weight(claim, main=i == 0, sure=not money and body(claim))
        unit = "USD million" if money else "points"
        readings.append(
            worked_out(
                world,
                SHARE,
                {**query, "unit": unit},
                ask,
                fits(said),
                chosen,
                lambda found: abs(numeric(found) - float(stated.value)) > 0.3,
            )
        )
    return readings


def coming_beyond(claim: Candidate) -> bool:
    """Say whether a sentence speaks of plans, where "target" alone says nothing of the kind."""
    return coming(dataclasses.replace(claim, words=_TARGET.sub(" ", claim.words)))


def _gap(world: World, code: str, year: int, level: float, sign: float, *, money: bool) -> Ask:
    def ask(as_of: Day) -> Answer | Missing:
        share = held(world, SHARE, code, year, as_of)
        if isinstance(share, Missing):
            return share
        points = sign * round(level - share.value, 4)
        says = f"{spoken(world, code)} has {share.value:.2f} % of GDP in {year} ({share.basis})"
        if not money:
            return answer(points, "points", f"{says}, {points:.2f} points from {level:g} %", share)
        spent = held(world, CURRENT, code, year, as_of)
        if isinstance(spent, Missing):
            return spent
        value = spent.value / share.value * points
        text = f"{says}, {shown(value)} USD million from {level:g} %"
        return answer(value, "USD million", text, share, spent)

    return ask
