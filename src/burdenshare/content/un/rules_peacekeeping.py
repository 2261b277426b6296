"""Resolutions 55/235 and 55/236: who pays for peacekeeping; and a law that caps one payer."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from burdenshare.world.rules import rule

Table = Mapping[str, float]


def _step(provision: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a step of the scale for peacekeeping."""
    return rule(
        kind="contribution",
        provision=provision,
        in_force="2001-07-01",
        known_from="2000-12-23",
        citation="A/RES/55/235 and 55/236, as updated by 76/239; levels from general knowledge",
        confidence="general knowledge",
    )


_PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")  # Charter, Art. 23 (1)
_DISCOUNTS = {
    "A": 0.0,
    "B": 0,
    "C": 7.5,
    "D": 20,
    "E": 40,
    "F": 60,
    "G": 70,
    "H": 80,
    "I": 80,
    "J": 90,
}
_BANDS = (("I", 1.0), ("H", 1.2), ("G", 1.4), ("F", 1.6), ("E", 1.8), ("D", 2.0))


@_step("55/235: levels by per capita income")
def peacekeeping_level(
    country: str, per_head: float, average: float, least_developed: Collection[str]
) -> str:
    """55/235: ten levels, by per capita income as a multiple of the average of all members.

    Level C is for states named in the resolution, so income gives B at most. A member may choose a
    higher level, and moves of two levels or more are phased: neither is in this rule.
    """
    if country in _PERMANENT:
        return "A"
    if country in least_developed:
        return "J"
    return next((level for level, times in _BANDS if per_head < times * average), "B")


@_step("55/235: discounts by level")
def level_discount(level: str) -> float:
    """55/235: what a level is let off its regular rate, in percent."""
    return float(_DISCOUNTS[level])


@_step("55/235: the permanent members carry the discounts")
def surcharge(regular: Table, discounts: Table) -> float | None:
    """55/235: the discounts of all others are carried by the permanent members, pro rata.

    The multiplier of their regular rates; None where no permanent member is left to carry them.
    """
    others = sum(
        rate * (1 - discounts.get(country, 0) / 100)
        for country, rate in regular.items()
        if country not in _PERMANENT
    )
    carried = sum(rate for country, rate in regular.items() if country in _PERMANENT)
    return (100 - others) / carried if carried else None


@_step("55/235: rates for peacekeeping")
def peacekeeping_rates(
    regular: Table, discounts: Table, surcharge: float | None
) -> dict[str, float]:
    """55/235: the regular rate less the discount; for the permanent members, times the surcharge.

    No rates where nobody carries the discounts.
    """
    if surcharge is None:
        return {}
    return {
        country: rate * surcharge
        if country in _PERMANENT
        else rate * (1 - discounts.get(country, 0) / 100)
        for country, rate in regular.items()
    }


# --- Law of the United States --------------------------------------------------------------------

_CAPPED = rule(
    kind="contribution",
    provision="22 USC 287e note: 25 per cent of peacekeeping",
    in_force="1995-10-01",
    known_from="1994-04-30",
    citation="Foreign Relations Authorization Act, Fiscal Years 1994 and 1995, sec. 404 (22 USC "
    "287e note), section and days from general knowledge; in force since 1994 by CRS, 2023-04-26",
    confidence="general knowledge",
)


@_CAPPED
def paid_under_cap(assessed_rate: float, payment_cap: float) -> float:
    """22 USC 287e note: no more than 25 per cent of assessed peacekeeping is paid.

    The rate in percent that the United States pays; Congress has lifted the cap for some years.
    """
    return float(min(assessed_rate, payment_cap))


@_CAPPED
def arrears_of_cap(assessed_rate: float, payment_cap: float, amount: float) -> float:
    """22 USC 287e note: what the cap leaves unpaid of a budget year, in its currency."""
    return max(0.0, assessed_rate - payment_cap) / 100 * amount
