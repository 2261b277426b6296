"""Questions about what members owe, have paid, or are assessed to pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.common_budgets import money
from burdenshare.checking.matching import far
from burdenshare.checking.payers import (
    Spoken,
    body_of,
    clause,
    dollars,
    fits,
    named_years,
    payer_of,
    quantity_of,
    spoken,
)
from burdenshare.checking.rates import REGULAR, budget_kind
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_CURRENT = re.compile("\\b(?:current|of the year)\\b|[\ue600-\ue6ff]")
_PRIOR = re.compile(
    r"\b(?:earlier|previous|prior|past) (?:\w+ )?(?:budgets?|years?|dues|bills?|ones?)\b"
)
_OWED = {
    "regular": ("un_regular_arrears", "un_regular_unpaid"),
    "peacekeeping": ("un_peacekeeping_arrears",),
}
_STANDS = timedelta(days=45)  # what is owed changes by the month


def owed(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a member, or all of them, owe to the United Nations or to WHO."""
    stated = quantity_of(claim, "money")
    said = spoken(claim)
    body = body_of(claim, said)
    if stated is None or stated.unit != "USD" or body not in ("UN", "WHO"):
        return []
    place = payer_of(claim) or ("USA" if _first_payer(claim) == "USA" else "")
    if not place:
        place = "WLD" if claim.pattern.options.get("side") == "all" else ""
    if not place:
        return []
    names = _series(body, said)
    readings = [due(world, name, place, day, stated, main=False) for name in names]
    if body == "WHO" or len(names) == 1:
        return [replace(readings[0], main=True), *readings[1:]]
    if names[0] == "un_regular_unpaid":
        held = next((i for i, r in enumerate(readings) if isinstance(r.ask(day), Answer)), 0)
        return [replace(readings[held], main=True), *readings[:held], *readings[held + 1 :]]
    return [_alldue(readings), *readings]


def _series(body: str, said: Spoken) -> tuple[str, ...]:
    """Return the series of what is owed that the words mean, the likeliest first."""
    if body == "WHO":
        return "who_unpaid_high", "who_unpaid_low"
    behind = clause(said.after)
    if behind == said.after:
        behind += said.tail
    if _PRIOR.search(behind):
        return ("un_regular_arrears",)
    kind = budget_kind(Spoken(said.before, behind, ""))
    if kind == "regular" and _CURRENT.search(behind):
        return _OWED["regular"][::-1]
    if not kind and _CURRENT.search(behind):
        return ("un_regular_unpaid",)
    return _OWED[kind] if kind else (*_OWED["regular"], *_OWED["peacekeeping"])


def which_dues(words: str) -> str:
    """Return whether words speak of earlier years or the current one: the series, or "".

    >>> which_dues("$381 million from earlier budgets"), which_dues("for the current one")
    ('un_regular_arrears', 'un_regular_unpaid')
    """
    if _PRIOR.search(words) or re.search(
        r"\bfor earlier|\bfrom earlier|\bold(?:er)? debts?", words
    ):
        return "un_regular_arrears"
    return "un_regular_unpaid" if re.search(r"\bcurrent|\bthis year", words) else ""


def _first_payer(claim: Candidate) -> str:
    return next(iter(claim.countries), "")


def due(
    world: World, series: str, place: str, day: Day, stated: Quantity, *, main: bool
) -> Reading:
    """Return the question for what was owed on the last day reported, up to a year before."""
    plain = money(world, series, place, day.year, stated, main=main)

    def ask(as_of: Day) -> Answer | Missing:
        for year in (day.year, day.year - 1):
            answer = money(world, series, place, year, stated, main=main).ask(min(as_of, day))
            if isinstance(answer, Answer):
                return answer
        return Missing(
            f"{world.series[series].title}: what {world.countries.spoken(place)} owed around "
            f"{day} is not held"
        )

    def sure(answer: Answer) -> bool:
        return far(stated, float(answer.value)) and abs(day - answer.published) <= _STANDS

    return replace(plain, ask=ask, sure=sure)


def _alldue(readings: Sequence[Reading]) -> Reading:
    """Return the question for all that was owed on the newest day reported, as one sum."""

    def ask(as_of: Day) -> Answer | Missing:
        answers = [reading.ask(as_of) for reading in readings]
        known = [answer for answer in answers if isinstance(answer, Answer)]
        if not known:
            return answers[0]
        last = max(answer.published for answer in known)
        known = [answer for answer in known if answer.published == last]
        total = sum(float(answer.value) for answer in known)
        says = "; ".join(answer.says for answer in known)
        together = f"; together {dollars(total)}" if len(known) > 1 else ""
        return replace(known[0], value=total, says=says + together)

    return replace(readings[0], label="all", ask=ask, main=True, sure=lambda _: False)


def paid(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members had paid their dues in full, as told within the last weeks."""
    stated = quantity_of(claim, "number")
    total = claim.slots.get("total")
    members = len(world.organisations["un"].members(day))
    whole = isinstance(total, Quantity) and int(total.value) == members
    if stated is None or not (whole or body_of(claim, spoken(claim)) == "UN"):
        return []

    def ask(as_of: Day) -> Answer | Missing:
        fact = world.fact("un_members_paid", "WLD", day.year, min(as_of, day))
        if not isinstance(fact, Fact) or day - fact.release.published > _STANDS:
            return Missing(f"how many members had paid by {day} is not held")
        told = fact.release.published
        says = f"{fact.printed:.0f} members had paid in full on {told}"
        return Answer(fact.printed, "members", told, fact.release.document, says)

    query = {"ask": "paid", "organisation": "un", "day": day.isoformat()}
    # the number grows by the week
    return [Reading("paid", query, ask, lambda a: fits(stated, a), sure=lambda _: False)]


def assessed_amount(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a member is assessed for the regular budget: its rate of the budget, in dollars."""
    stated = quantity_of(claim, "money")
    country = payer_of(claim)
    if stated is None or stated.unit != "USD" or not country:
        return []
    if body_of(claim, spoken(claim)) != "UN":
        return []
    year = next((span[0] for span in named_years(claim, day)), day.year)

    def ask(as_of: Day) -> Answer | Missing:
        rate = world.fact(REGULAR, country, year, as_of)
        whole = world.fact("un_regular_budget", "WLD", year, as_of)
        if not isinstance(rate, Fact) or not isinstance(whole, Fact):
            return Missing(f"rate and budget of {year}: not both are known on {as_of}")
        value = rate.value * whole.value / 100
        says = (
            f"{rate.printed:g} % of the regular budget of {year} ({dollars(whole.printed)}) is "
            f"{dollars(value)}; income from staff is taken off first"
        )
        # staff assessment and other income lower what members pay by a few per cent
        return Answer(
            value, "USD", whole.release.published, whole.release.document, says, step=0.05 * value
        )

    query = {"ask": "assessed", "series": REGULAR, "country": country, "year": year}
    reading = Reading("assessed", query, ask, lambda a: fits(stated, a), sure=lambda _: False)
    return [reading]
