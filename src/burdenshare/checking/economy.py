"""Questions about economies: output, growth, population, output per head, inflation."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import answer, fits, scaled, shown, weight, worked_out
from burdenshare.checking.held import UNION, held, members_of, spoken
from burdenshare.checking.wording import coming, subject_of, years_asked
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_BILLION, _MILLION = 1_000_000_000, 1_000_000
# By what is asked: series, what one unit of it is, and the least step of what is said of it.
_ASKED = {
    "gdp": (("NGDPD", _BILLION), ("NY.GDP.MKTP.CD", 1)),
    "growth": (("NGDP_RPCH", 1), ("NY.GDP.MKTP.KD.ZG", 1)),
    "people": (("LP", _MILLION), ("SP.POP.TOTL", 1)),
    "gdp-head": (("NY.GDP.PCAP.CD", 1),),
    "inflation": (("PCPIPCH", 1), ("FP.CPI.TOTL.ZG", 1)),
}
_SPARE = Decimal("0.02")  # counts of people and output differ so much between sources


def economy(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a figure of a country's economy; other sources differ: it is never called wrong."""
    code, stated = subject_of(world, claim, day), claim.stated
    if not isinstance(stated, Quantity) or not code or coming(claim):
        return []
    what = claim.pattern.options["of"]
    if what in ("gdp", "gdp-head") and stated.unit != "USD":
        return []
    if claim.pattern.options.get("way") == "down":
        stated = dataclasses.replace(stated, value=-stated.value)
    if what in ("gdp", "people", "gdp-head"):
        stated = dataclasses.replace(stated, step=max(stated.step, 2 * _SPARE * stated.value))
    readings: list[Reading] = []
    for series, unit in _ASKED[what]:
        if code not in world.history(series).countries(day) and not members_of(world, code, day):
            continue
        for year in _years(world, series, code, claim, day):
            said = scaled(stated, unit)
            readings.append(_figure(world, series, code, year, said, claim, main=not readings))
    return readings


def _years(world: World, series: str, code: str, claim: Candidate, day: Day) -> list[int]:
    """Return the years: those named, else the last whole one, this one and the one before."""
    asked = years_asked(world, series, code, claim, day)
    if len(asked) == 1:
        return asked
    return list(dict.fromkeys([day.year - 1, day.year, day.year - 2, *asked[2:]]))


def _figure(  # noqa: PLR0913 - one figure
    world: World, series: str, code: str, year: int, stated: Quantity, claim: Candidate, *,
    main: bool,
) -> Reading:  # fmt: skip
    unit = world.series[series].unit

    def ask(as_of: Day) -> Answer | Missing:
        found = held(world, series, code, year, as_of)
        if isinstance(found, Missing):
            return found
        name = spoken(world, code) if code != UNION else "the European Union"
        says = f"{name} has {shown(found.value)} {unit} in {year} ({found.basis})"
        whose = world.datasets[world.series[series].dataset].publisher
        return answer(found.value, unit, f"{whose}: {says}", found)

    query = {"ask": "figure", "series": series, "country": code, "year": year}
    chosen = weight(claim, main=main, sure=False)
    return worked_out(world, series, query, ask, fits(stated), chosen)
