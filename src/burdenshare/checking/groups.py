"""Questions about groups: a member's part of all spending, what several spend together."""

from __future__ import annotations

import dataclasses
import re

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
from burdenshare.checking.figures import figure
from burdenshare.checking.held import (
    ABROAD,
    CONSTANT,
    CURRENT,
    EUROPE,
    NATO,
    SHARE,
    Held,
    held,
    members_of,
    spoken,
)
from burdenshare.checking.wording import (
    ally,
    body,
    coming,
    subject_of,
    years_asked,
)
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_OUTPUT = re.compile(
    r"\b(?:gdp|gross domestic product|combined (?:wealth|economy|output)|economic output)\b"
)
_EUROPES = re.compile(r"\bof (?:all )?(?:europe's|european)\b")
GDP, COST = "gdp_usd_current", "nato_cost_share"
_LOOSE = "the common budgets, which the words may mean, are shared otherwise"


def part(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's part of what all members spend."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or not ally(world, code, day) or coming(claim):
        return []
    whole = EUROPE if _EUROPES.search(claim.words) and code not in ("USA", "CAN") else NATO
    if code == whole or stated.unit != "%":
        return []
    output = claim.pattern.options.get("of") == "output"
    series = (GDP,) if output else (CURRENT, CONSTANT)
    readings = [
        _part(world, name, code, whole, year, claim, main=i == j == 0)
        for i, name in enumerate(series)
        for j, year in enumerate(years_asked(world, name, code, claim, day))
    ]
    if "looser" not in claim.pattern.options:
        return readings
    if claim.organisation != "nato":
        return []
    loose = [dataclasses.replace(r, caveat=_LOOSE, sure=lambda _: False) for r in readings]
    years = years_asked(world, COST, code, claim, day)
    return [*loose, *(figure(world, COST, code, year, stated, main=False) for year in years)]


def _part(  # noqa: PLR0913 - one part of a whole
    world: World, series: str, code: str, whole: str, year: int, claim: Candidate, *, main: bool
) -> Reading:
    stated = claim.stated
    assert isinstance(stated, Quantity)

    def ask(as_of: Day) -> Answer | Missing:
        own = held(world, series, code, year, as_of)
        all_ = held(world, series, whole, year, as_of)
        if isinstance(own, Missing):
            return own
        if isinstance(all_, Missing):
            return all_
        value = 100 * own.value / all_.value
        says = (
            f"{spoken(world, code)} has {shown(own.value)} of {shown(all_.value)} USD million of "
            f"{spoken(world, whole)} in {year} ({own.basis}), {value:.1f} %"
        )
        return answer(value, "%", says, own, all_)

    query = {"ask": "part", "series": series, "country": code, "whole": whole, "year": year}
    chosen = weight(claim, main=main, sure=body(claim))

    def far(found: Answer) -> bool:
        return wide(stated, numeric(found), 0.25)

    return worked_out(world, series, query, ask, fits(stated), chosen, far)


def together(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what several members spend together."""
    names = [claim.slots.get(role) for role in ("subject", "other", "third")]
    codes = tuple(name.id for name in names if isinstance(name, Name))
    stated = claim.stated
    if not isinstance(stated, Quantity) or stated.unit != "USD" or coming(claim):
        return []
    if len(codes) < 2 or not all(ally(world, code, day) for code in codes):
        return []
    millions = scaled(stated, 1_000_000)
    readings = []
    for i, series in enumerate((CURRENT, CONSTANT)):
        for j, year in enumerate(years_asked(world, series, codes[0], claim, day)):
            query = {"ask": "sum", "series": series, "countries": list(codes), "year": year}
            chosen = weight(claim, main=i == j == 0, sure=False)
            ask = _sum(world, series, codes, year)
            readings.append(worked_out(world, series, query, ask, fits(millions), chosen))
    return readings


def _sum(world: World, series: str, codes: tuple[str, ...], year: int) -> Ask:
    def ask(as_of: Day) -> Answer | Missing:
        parts = [held(world, series, code, year, as_of) for code in codes]
        known = [each for each in parts if isinstance(each, Held)]
        missing = next((each for each in parts if isinstance(each, Missing)), None)
        if missing:
            return missing
        value = sum(each.value for each in known)
        names = " and ".join(spoken(world, code) for code in codes)
        says = (
            f"{names} have {' + '.join(shown(each.value) for each in known)} = {shown(value)} "
            f"USD million in {year} ({known[0].basis})"
        )
        return answer(value, "USD million", says, *known)

    return ask


def average(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the share of GDP of a group: its spending over its GDP, and the mean of members."""
    code, stated = subject_of(world, claim, day), claim.stated
    members = members_of(world, code, day)
    if not isinstance(stated, Quantity) or not members or coming(claim):
        return []
    if not ally(world, code, day):
        return []
    codes = (EUROPE, ABROAD) if code == EUROPE else (code,)  # NATO's own sum counts Canada in
    years = years_asked(world, SHARE, code, claim, day)
    return [
        _average(world, each, year, claim, mean=mean, main=i == 0 and not mean and each == code)
        for mean in (False, True)
        for each in codes
        for i, year in enumerate(years)
    ]


def _average(
    world: World, code: str, year: int, claim: Candidate, *, mean: bool, main: bool
) -> Reading:
    stated = claim.stated
    assert isinstance(stated, Quantity)

    def ask(as_of: Day) -> Answer | Missing:
        if not mean:
            found = held(world, SHARE, code, year, as_of)
            if isinstance(found, Missing):
                return found
            says = f"{spoken(world, code)} spends {found.value:.2f} % of GDP in {year}"
            return answer(found.value, "% of GDP", f"{says} ({found.basis})", found)
        names = members_of(world, code, min(as_of, Day(year, 12, 31)))
        parts = [held(world, SHARE, each, year, as_of) for each in names]
        known = [each for each in parts if isinstance(each, Held)]
        if len(known) < len(parts):
            return Missing(f"the shares of {year} known on {as_of} are held only in part")
        value = sum(each.value for each in known) / len(known)
        says = f"the mean of the shares of {len(known)} members is {value:.2f} % in {year}"
        return answer(value, "% of GDP", says, *known)

    query = {"ask": "mean" if mean else "figure", "series": SHARE, "country": code, "year": year}
    chosen = weight(claim, main=main, sure=body(claim))

    def far(found: Answer) -> bool:
        return wide(stated, numeric(found), 0.15)

    return worked_out(world, SHARE, query, ask, fits(stated), chosen, far)
