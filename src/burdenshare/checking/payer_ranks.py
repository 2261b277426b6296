"""Questions about the largest payers: which place one takes, what some pay together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.donors import donor_rank
from burdenshare.checking.matching import far
from burdenshare.checking.payers import (
    body_of,
    fits,
    named_years,
    payer_of,
    quantity_of,
    spoken,
)
from burdenshare.checking.ranks import rank as spending_rank
from burdenshare.checking.rates import REGULAR, budget_kind, peacekeeping_rates, rates_of
from burdenshare.checking.revenue import SYSTEM
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_TROOPS = re.compile(r"\b(?:troops?|soldiers|peacekeepers|police|personnel|uniformed|forces)\b")
_SHARED = re.compile(r"\b(?:common|civil|direct|shared|budgets?)\b")
_ASSESSED = re.compile(r"\b(?:dues|assess\w+|budgets?|payers?|pays?|bills?|costs?)\b")


def top(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what the largest payers pay together."""
    stated = quantity_of(claim, "percent", "fraction")
    number = claim.slots.get("count")
    if stated is None or not isinstance(number, Quantity) or number.value > 50:
        return []
    if body_of(claim, spoken(claim)) != "UN":
        return []
    count = int(number.value)

    def largest(rates: dict[str, float]) -> dict[str, float]:
        return dict(sorted(rates.items(), key=lambda each: -each[1])[:count])

    return [_sum(world, claim, day, largest)]


def together(world: World, claim: Candidate, day: Day, payers: Sequence[str]) -> list[Reading]:
    """Ask what some members pay together."""
    return [_sum(world, claim, day, lambda rates: {c: rates.get(c, 0.0) for c in payers})]


def _sum(
    world: World,
    claim: Candidate,
    day: Day,
    choose: Callable[[dict[str, float]], dict[str, float]],
) -> Reading:
    """Return the question for the sum of some members' rates."""
    stated = claim.stated
    assert isinstance(stated, Quantity)
    year = next((span[0] for span in named_years(claim, day)), day.year)
    peace = budget_kind(spoken(claim)) == "peacekeeping"

    def ask(as_of: Day) -> Answer | Missing:
        rates = (peacekeeping_rates if peace else rates_of)(world, year, as_of)
        if not rates:
            return Missing(f"no scale for {year} is known on {as_of}")
        chosen = choose(rates)
        which = "peacekeeping" if peace else "the regular budget"
        names = ", ".join(world.countries.name(code) for code in chosen)
        return Answer(
            round(sum(chosen.values()), 3),
            "%",
            day,
            f"scale of assessments, {year}",
            f"together they pay {sum(chosen.values()):.2f} % of {which} in {year} ({names})",
            step=0.01,
        )

    query = {"ask": "sum", "series": REGULAR, "year": year, "peacekeeping": peace}
    return Reading(
        "sum", query, ask, lambda a: fits(stated, a), sure=lambda a: far(stated, float(a.value))
    )


def rank(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask which place a country takes among those who pay to a body."""
    said = spoken(claim)
    body = body_of(claim, said)
    country = payer_of(claim)
    place = _place(claim)
    if not country or not body or place is None:
        return []
    if body == "UN":
        return _of_members(world, claim, day, country, place)
    if body == "NATO":  # who contributes to it is told by what each spends
        return [] if _SHARED.search(said.words) else spending_rank(world, claim, day)
    return donor_rank(world, claim, day, body, country, place)


def _of_members(
    world: World, claim: Candidate, day: Day, country: str, place: int
) -> list[Reading]:
    """Return the readings of a place among the members of the United Nations that pay to it."""
    if _TROOPS.search(claim.words):
        return []
    year = next((span[0] for span in named_years(claim, day)), day.year)
    kind = budget_kind(spoken(claim))
    regular = rank_of(world, country, year, place, peace=False)
    peace = rank_of(world, country, year, place, peace=True)
    assessed = bool(_ASSESSED.search(claim.words))
    if kind == "peacekeeping":  # "contributor" may be said of troops
        return [replace(peace, sure=lambda _: assessed)]
    if kind == "regular" or assessed:
        return [regular]
    whole = donor_rank(world, claim, day, SYSTEM, country, place)
    others = [replace(each, main=False) for each in (peace, *whole)]
    return [replace(regular, sure=lambda _: False), *others]


def _place(claim: Candidate) -> int | None:
    """Return the place that is stated: an ordinal, or the first for "the largest"."""
    stated = claim.stated
    if isinstance(stated, Name):
        return 1
    if isinstance(stated, Quantity) and stated.dimension == "ordinal":
        return int(stated.value)
    return None


def rank_of(world: World, country: str, year: int, place: int, *, peace: bool) -> Reading:
    """Return the question for a member's place among the payers to a budget of the UN."""
    which = "peacekeeping" if peace else "the regular budget"
    who = world.countries.spoken(country)

    def ask(as_of: Day) -> Answer | Missing:
        rates = (peacekeeping_rates if peace else rates_of)(world, year, as_of)
        if country not in rates:
            return Missing(f"no scale for {year} known on {as_of} gives {who}")
        found = 1 + sum(rate > rates[country] for rate in rates.values())
        return Answer(
            found,
            "rank",
            as_of,
            f"scale of assessments, {year}",
            f"{who} is number {found} of the payers to {which} in {year}, "
            f"with {rates[country]:.3g} %",
        )

    query = {"ask": "rank", "series": REGULAR, "country": country, "year": year, "peace": peace}
    return Reading(f"rank, {which}", query, ask, lambda a: a.value == place)
