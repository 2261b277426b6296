"""Questions about donors: what a country gave to a body of the United Nations, by year."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.payers import (
    Spoken,
    body_of,
    dollars,
    fits,
    payer_of,
    quantity_of,
    spoken,
)
from burdenshare.checking.revenue import (
    ALL,
    SYSTEM,
    account_of,
    amount,
    answer_of,
    as_held,
    body_name,
    clear,
    has_accounts,
    kinds_of,
    part,
    place_of,
    query_of,
    revenue,
    spans_of,
    wfp,
)
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_WHOLE = re.compile(
    r"\b(?:total\w*|overall|altogether|came to|amount\w*|stood at|funding of|in all|budget)\b"
)
_PEOPLE = 42_000_000
_PLAN = ("food", "cash", "country", "region")


def donation(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a country gave to a body, in dollars."""
    stated = quantity_of(claim, "money")
    said = spoken(claim)
    body = account_of(body_of(claim, said), said)
    country = payer_of(claim)
    if stated is None or stated.unit != "USD" or not country or not has_accounts(world, body):
        return []
    kinds = kinds_of(said)
    spans = spans_of(world, claim, day)
    if claim.pattern.options.get("period") == "before" and "year" not in claim.slots:
        spans = [(spans[0][0] - 1,)]
    readings = [
        amount(world, body, kinds, country, span, stated, main=i == 0)
        for i, span in enumerate(spans)
    ]
    if kinds == ALL:
        readings += [
            amount(world, body, some, country, spans[0], stated, main=False)
            for some in (("assessed",), ("core", "earmarked"))
        ]
    if len(spans) == 1 and len(spans[0]) == 1 and country == "USA":
        before = (spans[0][0] - 1,)  # a fiscal year begins in October of the year before
        readings.append(amount(world, body, kinds, country, before, stated, main=False))
    if not _WHOLE.search(said.words):  # less than the accounts may be one grant of many
        readings = [replace(each, sure=partial(_above, stated)) for each in readings]
    return readings


def _above(stated: Quantity, answer: Answer) -> bool:
    value = float(answer.value)
    return float(stated.value) > value and clear(stated, value)


def income(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a body received from all donors together, or what it needs."""
    stated = quantity_of(claim, "money")
    said = spoken(claim)
    body = account_of(body_of(claim, said), said)
    if stated is None or stated.unit != "USD" or not has_accounts(world, body):
        return []
    spans = spans_of(world, claim, day)
    readings: list[Reading] = []
    side = claim.pattern.options.get("side")
    if body == "WFP":
        series = "wfp_need" if side == "need" else "wfp_received"
        held = [s for s in spans if isinstance(world.fact(series, "WLD", s[0], day), Fact)]
        if side == "need" or held[:1] == spans[:1]:
            readings += [wfp(world, series, s, stated, main=i == 0) for i, s in enumerate(spans)]
    if side == "need":
        return readings
    readings += [
        amount(world, body, ALL, "WLD", span, stated, main=i == 0 and not readings)
        for i, span in enumerate(spans)
    ]
    # less than the accounts may be what one donor gave
    return [replace(each, sure=partial(_above, stated)) for each in readings]


def donor_share(
    world: World, claim: Candidate, said: Spoken, day: Day, body: str, country: str
) -> list[Reading]:
    """Return the readings of a country's share of a body's money: of all, or of the dues."""
    stated = claim.stated
    if not isinstance(stated, Quantity) or not has_accounts(world, body):
        return []
    kinds = kinds_of(said)
    spans = spans_of(world, claim, day)
    readings = [
        part(world, body, kinds, country, span, stated, main=i == 0) for i, span in enumerate(spans)
    ]
    if kinds == ALL:
        readings += [
            part(world, body, some, country, spans[0], stated, main=False)
            for some in (("assessed",), ("core", "earmarked"))
        ]
    return readings


def system_share(world: World, country: str, year: int, stated: Quantity) -> list[Reading]:
    """Return the reading of a share of the whole UN system's revenue."""
    return [part(world, SYSTEM, ALL, country, (year,), stated, main=False)]


def donor_rank(
    world: World, claim: Candidate, day: Day, body: str, country: str, place: int
) -> list[Reading]:
    """Return the readings of a country's place among the governments that give to a body."""
    if not has_accounts(world, body):
        return []
    spans = spans_of(world, claim, day)
    kinds = kinds_of(spoken(claim))
    return [
        place_of(world, body, kinds, country, span, place, main=i == 0)
        for i, span in enumerate(spans)
    ]


def change(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask by how much what a country gave to a body changed."""
    stated = quantity_of(claim, "percent", "multiple")
    said = spoken(claim)
    body = account_of(body_of(claim, said), said)
    country = payer_of(claim)
    spans = spans_of(world, claim, day)
    if stated is None or not country or not has_accounts(world, body) or len(spans[0]) > 1:
        return []
    since = re.search("since [\ue600-\ue6ff]", said.after + said.tail)
    last = max(world.history("un_system_assessed").years(world.latest))
    first, then = (spans[0][0], last) if since else (spans[0][0] - 1, spans[0][0])
    side = claim.pattern.options["side"]

    def ask(as_of: Day) -> Answer | Missing:
        one = revenue(world, body, ALL, country, (first,), as_of)
        other = revenue(world, body, ALL, country, (then,), as_of)
        if isinstance(one, str) or isinstance(other, str) or not one[0]:
            return Missing(one if isinstance(one, str) else str(other))
        times = other[0] / one[0]
        value = times if side == "times" else 100 * (times - 1) * (-1 if side == "less" else 1)
        says = (
            f"what {world.countries.spoken(country)} gave to {body_name(body)} went from "
            f"{dollars(one[0])} in {first} to {dollars(other[0])} in {then}"
        )
        unit = "×" if side == "times" else "%"
        told = answer_of(world, round(value, 2), unit, other[1], says, 0.1)
        return as_held(told, (first, then), as_of)

    query = {**query_of("donor-change", body, country, (first, then), ALL), "side": side}
    # other years or another fiscal year may be meant: a disagreement is never called wrong
    return [Reading("change", query, ask, lambda a: fits(stated, a), sure=lambda _: False)]


def plan(world: World, claim: Candidate, _: Day) -> list[Reading]:
    """Ask what the World Food Programme's plan of 2021 for 42 million people would cost."""
    stated = quantity_of(claim, "money")
    people = claim.slots.get("people")
    if stated is None or not isinstance(people, Quantity) or int(people.value) != _PEOPLE:
        return []

    def ask(as_of: Day) -> Answer | Missing:
        facts = [world.fact(f"wfp_plan_{name}", "WLD", 2022, as_of) for name in _PLAN]
        known = [fact for fact in facts if isinstance(fact, Fact)]
        if len(known) < len(_PLAN):
            return Missing("the plan of the World Food Programme for 42 million people came later")
        total = sum(fact.printed for fact in known)
        says = f"the WFP's plan of November 2021 for 42 million people adds to {dollars(total)}"
        return answer_of(world, total, "USD", known[0], says, known[0].step)

    query = {"ask": "plan", "series": "wfp_plan", "year": 2022}
    return [Reading("plan", query, ask, lambda a: fits(stated, a), sure=lambda _: False)]
