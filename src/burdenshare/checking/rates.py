"""Rates at which members are assessed for the regular budget and for peacekeeping."""

from __future__ import annotations

import re
from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import far
from burdenshare.checking.payers import Spoken, fits, nearest
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

REGULAR = "un_regular_rate"
_PEACE = re.compile(r"peace-?keep|blue helmet|peace operation")
_REGULAR = re.compile(r"\b(?:regular|core|administrative|ordinary|general)\b")


def budget_kind(said: Spoken) -> str:
    """Return which budget of the United Nations is meant: regular, peacekeeping or "" for either.

    The words nearest to the figure decide.
    """
    return nearest(said, {"peacekeeping": _PEACE, "regular": _REGULAR})


def peacekeeping(world: World, country: str, year: int, stated: Quantity, *, main: bool) -> Reading:
    """Return the question for a member's rate of assessment for peacekeeping."""

    def ask(as_of: Day) -> Answer | Missing:
        return peacekeeping_rate(world, country, year, as_of)

    def sure(answer: Answer) -> bool:
        return far(stated, float(answer.value))

    query = {"ask": "figure", "series": "un_peacekeeping", "country": country, "year": year}
    return Reading(
        f"peacekeeping, {year}", query, ask, lambda a: fits(stated, a), main=main, sure=sure
    )


def peacekeeping_rate(world: World, country: str, year: int, as_of: Day) -> Answer | Missing:
    """Return a member's rate for peacekeeping: as reported, or by the levels that are known."""
    who = world.countries.spoken(country)
    fact = world.fact("un_peacekeeping_rate", country, year, as_of)
    if isinstance(fact, Fact):
        release = fact.release
        says = f"the rate of {who} for peacekeeping in {year} is {fact.printed:g} %"
        source = f"{release.document}: {release.sources[fact.source].read_from}"
        return Answer(
            fact.printed, "% of the assessments", release.published, source, says, step=fact.step
        )
    rates = peacekeeping_rates(world, year, as_of)
    if country not in rates:
        return Missing(f"rates for peacekeeping, {year}: no levels known on {as_of} are held")
    known = world.fact(REGULAR, country, year, as_of)
    assert isinstance(known, Fact)
    return Answer(
        round(rates[country], 4),
        "% of the assessments",
        known.release.published,
        f"{known.release.document}, with the levels of A/RES/76/239",
        f"by the scale and the levels of members the rate of {who} for peacekeeping in {year} "
        f"is {rates[country]:.2f} %",
        step=0.01,
    )


@lru_cache(maxsize=64)
def peacekeeping_rates(world: World, year: int, as_of: Day) -> dict[str, float]:
    """Return the rates for peacekeeping that follow from the scale and the newest levels."""
    scale = rates_of(world, year, as_of)
    history = world.history("un_peacekeeping_discount")
    levels = [known for known in history.years(as_of) if known <= year]
    rules = world.rules_of("un")
    if not scale or not levels:
        return {}
    facts = {code: history.on(code, levels[-1], as_of) for code in scale}
    discounts = {code: fact.value for code, fact in facts.items() if isinstance(fact, Fact)}
    factor = rules["surcharge"].function(scale, discounts)
    rates: dict[str, float] = rules["peacekeeping_rates"].function(scale, discounts, factor)
    return rates


@lru_cache(maxsize=64)
def rates_of(world: World, year: int, as_of: Day) -> dict[str, float]:
    """Return the rates for the regular budget of a year, as known on a day."""
    history = world.history(REGULAR)
    facts = {code: history.on(code, year, as_of) for code in history.countries(as_of)}
    return {code: fact.printed for code, fact in facts.items() if isinstance(fact, Fact)}
