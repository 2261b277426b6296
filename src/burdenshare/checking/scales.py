"""Questions about who pays which share of a budget, and about the limits of the scale."""

from __future__ import annotations

import re
from dataclasses import replace

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.donors import donor_share, system_share
from burdenshare.checking.figures import figure
from burdenshare.checking.payer_ranks import together
from burdenshare.checking.payers import (
    Spoken,
    body_of,
    fits,
    named_years,
    payers_of,
    quantity_of,
    spoken,
    with_causes,
)
from burdenshare.checking.rates import REGULAR, budget_kind, peacekeeping
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World

NATO = "nato_cost_share"
_DIRECT = re.compile(r"\b(?:common|direct|civil|shared|headquarters|running|administrative)\b")
_FUTURE = re.compile(r"\b(?:will|would|new formula|from {0,1}20|agreed|is to|are to)\b")
_TOGETHER = re.compile(r"\b(?:together|combined|jointly|between them|collectively)\b")
_LONG_AGO = re.compile(
    r"\b(?:ago|once|used to|formerly|previously|decades?|back then|at the time|earlier)\b"
)
_SCALE = re.compile(r"\b(?:scale|assess\w+|budget|dues|share|contributions?|member|peacekeeping)\b")
_MONEY = re.compile(r"\b(?:fund\w*|money|contributions|revenues?|resources|income|finances)\b")
_COSTS = re.compile(r"\bof (?:the|these|those|its|their) (?:costs?|bills?|total)\b")
_OF_REGULAR = re.compile(r"\b(?:regular|core)\b")


def payer(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the share of a body's money that a country pays."""
    stated = quantity_of(claim, "percent", "fraction")
    said = spoken(claim)
    body = body_of(claim, said)
    payers = payers_of(claim)
    if stated is None or not body or not payers:
        return []
    if len(payers) > 1 and _TOGETHER.search(claim.words):
        return together(world, claim, day, payers) if body == "UN" else []
    readings: list[Reading] = []
    for country in payers:
        if body == "NATO":
            readings += _nato(world, claim, said, day, country)
        elif body == "UN":
            readings += _un(world, claim, said, day, country)
        else:
            readings += donor_share(world, claim, said, day, body, country)
    if _LONG_AGO.search(claim.words) and not named_years(claim, day, ahead=6):
        readings = [replace(each, sure=lambda _: False) for each in readings]
    return readings


def _un(world: World, claim: Candidate, said: Spoken, day: Day, country: str) -> list[Reading]:
    """Return the readings of a share of the UN's budgets: regular, peacekeeping, all money."""
    stated = claim.stated
    assert isinstance(stated, Quantity)
    years = [span[0] for span in named_years(claim, day)][:1]
    if claim.pattern.options.get("period") == "before" and "year" not in claim.slots:
        named = years[0] if years else day.year
        years = [named - named % 3 - 1]  # the last year of the period of three years before
    year = years[0] if years else day.year
    kind = budget_kind(said) or _carried(claim)
    regular = figure(world, REGULAR, country, year, stated, main=kind != "peacekeeping")
    peace = peacekeeping(world, country, year, stated, main=kind == "peacekeeping")
    cap = _capped(world, country, stated)
    if kind == "peacekeeping":
        return [with_causes(peace, [regular]), *cap, *_before(world, claim, peace, day)]
    before = [] if years else _before(world, claim, regular, day)
    if kind == "regular":
        return [with_causes(regular, [peace]), *before]
    whole = system_share(world, country, year, stated)
    if _MONEY.search(said.after):  # voluntary contributions may be meant as well
        regular = replace(regular, sure=lambda _: False)
    return [regular, *before, replace(peace, main=False), *whole]


def _carried(claim: Candidate) -> str:
    """Return "peacekeeping" where the words before speak of it, and of no other budget."""
    words = claim.before[-400:] + claim.words
    if _COSTS.search(claim.words) and "peacekeep" in words and not _OF_REGULAR.search(words):
        return "peacekeeping"
    return ""


def _before(world: World, claim: Candidate, reading: Reading, day: Day) -> list[Reading]:
    """Return the question for the period before, where no year is named."""
    stated = claim.stated
    assert isinstance(stated, Quantity)
    if named_years(claim, day):
        return []
    country, series = reading.query["country"], reading.query["series"]
    year = day.year - day.year % 3 - 1  # periods of three years: 2022-2024, 2025-2027
    if series == REGULAR:
        return [figure(world, REGULAR, country, year, stated, main=False)]
    return [peacekeeping(world, country, year, stated, main=False)]


def _capped(world: World, country: str, stated: Quantity) -> list[Reading]:
    """Return the share that the law of the United States lets it pay."""
    if country != "USA":
        return []
    return [replace(_limit(world, "payment-cap", stated), main=False)]


def _limit(world: World, name: str, stated: Quantity) -> Reading:
    """Return the question for a limit of the scale, or for the cap in a payer's law."""

    def ask(as_of: Day) -> Answer | Missing:
        found = world.organisations["un"].parameter(name, as_of, as_of)
        if found is None:
            return Missing(f"no {name} of the scale is known on {as_of}")
        assert isinstance(found.value, (int, float))
        says = f"{found.title}: {found.value:g} %, since {found.in_force} ({found.citation})"
        return Answer(found.value, "%", found.known_from, found.citation, says)

    query = {"ask": "parameter", "organisation": "un", "parameter": name}
    return Reading(name, query, ask, lambda a: fits(stated, a))


def limit(world: World, claim: Candidate, _: Day) -> list[Reading]:
    """Ask for the ceiling or floor of the UN's scale, or the cap in US law on peacekeeping."""
    stated = quantity_of(claim, "percent")
    words = claim.words
    if stated is None or claim.organisation != "un" or not _SCALE.search(words):
        return []
    name = claim.pattern.options["limit"]
    if name == "ceiling" and "peacekeeping" in words:
        if not re.search(r"\b(?:law|congress|statute|legislat\w+|washington|lawmakers)\b", words):
            return []
        name = "payment-cap"
    elif name == "ceiling" and re.search(r"least developed|poorest", words):
        name = "ldc-ceiling"
    # the cap in US law and the scale's own ceiling are easily mixed up
    regular = bool(_OF_REGULAR.search(words))
    return [replace(_limit(world, name, stated), sure=lambda _: regular)]


def _nato(world: World, claim: Candidate, said: Spoken, day: Day, country: str) -> list[Reading]:
    """Return the readings of a share of NATO's budget: of common funding, of all spending."""
    stated = claim.stated
    assert isinstance(stated, Quantity)
    history = world.history(NATO)
    given = sorted(
        year for year in history.years(day) if isinstance(history.on(country, year, day), Fact)
    )
    named = [span[0] for span in named_years(claim, day, ahead=6)][:1]
    past = [year for year in given if year <= day.year]
    ahead = [year for year in given if year > day.year]
    if claim.pattern.options.get("period") == "before":
        ahead = []
    order = (
        [*ahead[:1], *past[:-3:-1]]
        if _FUTURE.search(said.before)
        else [
            *past[:-3:-1],
            *ahead[:1],
        ]
    )
    years = named or list(dict.fromkeys(order)) or [day.year]
    readings = [
        figure(world, NATO, country, year, stated, main=i == 0) for i, year in enumerate(years)
    ]
    if not named and years[0] < day.year - 1:  # the formula has changed since
        readings = [replace(each, sure=lambda _: False) for each in readings]
    if not _DIRECT.search(said.words + said.tail):
        readings.append(_of_spending(world, country, years[0], stated))
    return readings


def _of_spending(world: World, country: str, year: int, stated: Quantity) -> Reading:
    """Return the question for a country's part of what all allies spend on defence."""
    series = "defence_expenditure_usd_constant"
    who = world.countries.spoken(country)

    def ask(as_of: Day) -> Answer | Missing:
        for known in (as_of, world.latest):  # a figure of later can show what is meant
            one = world.fact(series, country, year, known)
            whole = world.fact(series, "NATO_TOTAL", year, known)
            if isinstance(one, Fact) and isinstance(whole, Fact):
                break
        if isinstance(one, Gap) or isinstance(whole, Gap):
            return Missing(f"defence expenditure of {who} and all allies, {year}: not held")
        part = 100 * one.value / whole.value
        says = f"of all that allies spend on defence, {who} spent {part:.1f} % in {year}"
        return Answer(
            round(part, 1), "%", one.release.published, one.release.document, says, step=0.1
        )

    query = {"ask": "part", "series": series, "country": country, "year": year}
    return Reading("of all defence spending", query, ask, lambda a: fits(stated, a), main=False)
