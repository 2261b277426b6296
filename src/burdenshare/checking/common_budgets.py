"""Questions about budgets as approved: of the United Nations, of NATO, of secretariats."""

from __future__ import annotations

import re
from dataclasses import replace

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import far
from burdenshare.checking.payers import (
    Spoken,
    body_of,
    dollars,
    fits,
    named_years,
    nearest,
    payer_of,
    quantity_of,
    spoken,
)
from burdenshare.checking.rates import budget_kind
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_UN = {"regular": "un_regular_budget", "peacekeeping": "un_peacekeeping_budget"}
_NATO = {
    "nato_civil_budget": re.compile(r"\bcivil(?:ian)?\b"),
    "nato_military_budget": re.compile(r"\bmilitary\b"),
    "nato_nsip_ceiling": re.compile(r"\b(?:investment|infrastructure)\b"),
    "nato_common_total": re.compile(r"\b(?:common|joint|total)\b"),
}
_TOTAL = "nato_common_total"
_PARTS = ("nato_civil_budget", "nato_military_budget", "nato_nsip_ceiling")
_DRAFT = re.compile(
    r"\b(?:propos\w+|request\w*|draft|sought|seek\w*|ask\w*|want\w*|present\w+|revis\w+|submit\w*)"
)
_PART_OF = re.compile(
    r"\b(?:mission (?:in|to|for)|monusco|minus[mc]a|unifil|unmiss|unamid|undof|unficyp|minustah"
    r"|[a-z]+ office|tribunal|court|troops|country team)\b"
)
_NEXT = re.compile(r"\b(?:coming|next|following|upcoming|new) year\b|\bnext year's\b")
_ADOPTED = re.compile(r"\b(?:approv\w+|adopt\w+|agree[ds]?|pass\w+|endors\w+)\b")
_FOR = re.compile("\\b(?:for|of|in) (?:the )?[\ue600-\ue6ff]|[\ue600-\ue6ff](?:'s)? budget")


def budget(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a budget of the United Nations or of NATO, as approved."""
    stated = quantity_of(claim, "money")
    said = spoken(claim)
    body = body_of(claim, said)
    if stated is None or body not in ("UN", "NATO") or _elsewhere(claim, said):
        return []
    if body == "NATO":
        return _nato(world, claim, said, day)
    if stated.unit != "USD":
        return []
    kind = budget_kind(said)
    readings: list[Reading] = []
    for name, series in _UN.items():
        years = _years(world, claim, day, series)
        readings += [
            money(world, series, "WLD", year, stated, main=(kind or "regular") == name and not i)
            for i, year in enumerate(years)
            if kind in ("", name)
        ]
    return _careful(readings, claim, said, day)


def _elsewhere(claim: Candidate, said: Spoken) -> bool:
    """Say whether a budget may be that of one mission, office or country."""
    if _PART_OF.search(claim.words):
        return True
    named = any("\ue900" <= sign < "\uea00" for sign in said.words)
    return bool(claim.countries) and not named and "assembly" not in said.words


def _careful(readings: list[Reading], claim: Candidate, said: Spoken, day: Day) -> list[Reading]:
    """Return readings that never call a draft wrong, nor a figure of which no year is named."""
    if named_years(claim, day, ahead=1) and not _DRAFT.search(said.words + said.tail):
        return readings
    return [replace(each, sure=lambda _: False) for each in readings]


def _years(world: World, claim: Candidate, day: Day, series: str) -> list[int]:
    """Return the years of a budget that a claim may mean, the likeliest first."""
    peace = series == "un_peacekeeping_budget"
    named = named_years(claim, day, ahead=1)[:1]
    if named:
        first = named[0][0]
        if _ADOPTED.search(claim.words) and not _FOR.search(claim.words):
            return [first + 1, first]  # "approved last year": for the next
        return [first, first - 1] if peace and len(named[0]) == 1 else [first]
    running = day.year if not peace or day.month >= 7 else day.year - 1
    if peace and day.month == 6 and _ADOPTED.search(claim.words):
        return [day.year, running]
    if _NEXT.search(claim.words) or (
        not peace and day.month == 12 and _ADOPTED.search(claim.words)
    ):
        return [day.year + 1, running]
    known = world.history(_PARTS[0] if series == _TOTAL else series).years(day)
    return [running, *(year for year in (running + 1, running - 1) if year in known)]


def money(
    world: World, series: str, place: str, year: int, stated: Quantity, *, main: bool
) -> Reading:
    """Return the question for an amount, in the units of its series made plain."""
    title = world.series[series].title
    unit = world.series[series].unit
    times = 1_000_000 if "million" in unit else 1
    currency = unit[:3]

    def ask(as_of: Day) -> Answer | Missing:
        fact = world.fact(series, place, year, as_of)
        if not isinstance(fact, Fact):
            whole = _of_parts(world, year, as_of) if series == _TOTAL else None
            return whole or Missing(f"{title}, {year}: {fact.reason}")
        value = fact.printed * times
        step = None if fact.step is None else fact.step * times
        shown = dollars(value) if currency == "USD" else f"EUR {value / 1e6:,.1f} million"
        who = "" if place in ("WLD", "NATO_TOTAL") else f" of {world.countries.spoken(place)}"
        note = f" ({fact.note})" if fact.note else ""
        return Answer(
            value,
            currency,
            fact.release.published,
            f"{world.datasets[fact.release.dataset].publisher}, {fact.release.document}",
            f"{title}{who} for {year}: {shown}{note}, by the release of {fact.release.published}",
            step=step,
        )

    query = {"ask": "figure", "series": series, "country": place, "year": year}
    return Reading(
        f"{year}",
        query,
        ask,
        lambda answer: fits(stated, answer),
        main=main,
        sure=lambda answer: far(stated, float(answer.value)),
    )


def _of_parts(world: World, year: int, as_of: Day) -> Answer | None:
    """Return NATO's common funding as the sum of its three budgets, where all are known."""
    facts = [world.fact(name, "NATO_TOTAL", year, as_of) for name in _PARTS]
    known = [fact for fact in facts if isinstance(fact, Fact)]
    if len(known) < len(_PARTS):
        return None
    total = sum(fact.printed for fact in known) * 1_000_000
    step = max(fact.step or 0 for fact in known) * 1_000_000
    return Answer(
        total,
        "EUR",
        known[0].release.published,
        f"NATO, {known[0].release.document}",
        f"NATO's three common budgets of {year} add to EUR {total / 1e9:.2f} billion",
        step=step,
    )


def _nato(world: World, claim: Candidate, said: Spoken, day: Day) -> list[Reading]:
    """Return the readings of a NATO budget, which is in euros: as they are, or converted."""
    stated = claim.stated
    assert isinstance(stated, Quantity)
    series = nearest(said, _NATO) or _TOTAL
    readings: list[Reading] = []
    for i, year in enumerate(_years(world, claim, day, series)):
        plain = money(world, series, "NATO_TOTAL", year, stated, main=i == 0)
        if stated.unit == "EUR":
            readings.append(plain)
        elif stated.unit == "USD":
            readings.append(_converted(world, plain, stated))
            slip = replace(plain, main=False, label="in euros", sure=lambda _: True)
            readings.append(_in_euros(slip))
    return _careful(readings, claim, said, day)


def _in_euros(plain: Reading) -> Reading:
    """Return a reading that says that the budget is one in euros, not dollars."""

    def ask(as_of: Day) -> Answer | Missing:
        answer = plain.ask(as_of)
        if isinstance(answer, Missing):
            return answer
        return replace(answer, says=f"{answer.says}: in euros, not in dollars")

    return replace(plain, ask=ask)


def _converted(world: World, plain: Reading, stated: Quantity) -> Reading:
    """Return a reading of an amount in dollars at the ECB's rate of the day of the budget."""

    def ask(as_of: Day) -> Answer | Missing:
        answer = plain.ask(as_of)
        if isinstance(answer, Missing):
            return answer
        fixing = world.fixings("EXR.USD").on(answer.published)
        if fixing is None:
            return Missing(f"no ECB fixing of dollars around {answer.published} is held")
        assert isinstance(answer.value, (int, float))
        value = answer.value * fixing.value
        return replace(
            answer,
            value=round(value, -5),
            unit="USD",
            step=max(float(stated.step), 1.0),
            says=f"{answer.says}, {dollars(value)} at the ECB's rate of {fixing.day}",
        )

    return replace(plain, ask=ask)


def change(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask by how much a budget of the United Nations or NATO changed from one year to the next."""
    stated = quantity_of(claim, "percent")
    said = spoken(claim)
    body = body_of(claim, said)
    if stated is None or body not in ("UN", "NATO"):
        return []
    if body == "UN":
        series, place = _UN[budget_kind(said) or "regular"], "WLD"
    else:
        series, place = nearest(said, _NATO) or _TOTAL, "NATO_TOTAL"
    down = claim.pattern.options["side"] == "less"
    years = _years(world, claim, day, series)
    return [
        _changed(world, series, place, year, stated, down=down, main=i == 0)
        for i, year in enumerate(years)
    ]


def _changed(  # noqa: PLR0913 - the parts of one question
    world: World,
    series: str,
    place: str,
    year: int,
    stated: Quantity,
    *,
    down: bool,
    main: bool,
) -> Reading:
    def ask(as_of: Day) -> Answer | Missing:
        one, other = (world.fact(series, place, each, as_of) for each in (year - 1, year))
        if not isinstance(one, Fact) or not isinstance(other, Fact):
            return Missing(f"{world.series[series].title}, {year - 1} and {year}: not both held")
        part = 100 * (other.value / one.value - 1)
        off = 100 * ((other.step or 0) / other.value + (one.step or 0) / one.value)
        says = f"{world.series[series].title} changed by {part:+.1f} % from {year - 1} to {year}"
        value = round(-part if down else part, 2)
        document = other.release.document
        return Answer(value, "%", other.release.published, document, says, step=round(off, 2))

    query = {"ask": "change", "series": series, "country": place, "year": year}
    # a draft, a revision or the money spent may be meant: a disagreement is never called wrong
    return Reading(
        f"{year}", query, ask, lambda a: fits(stated, a), main=main, sure=lambda _: False
    )


def equal(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the equal contribution of each member, or the budget that it goes to.

    The pattern names the organisation, the series, and the place that stands for all members.
    """
    stated = quantity_of(claim, "money")
    options = claim.pattern.options
    if stated is None or claim.organisation != options["organisation"] or stated.unit != "USD":
        return []
    place = payer_of(claim, "payer") or options["each"]
    named = [span[0] for span in named_years(claim, day, ahead=1)]
    known = world.history(options["series"]).years(day)
    years = named[:1] or [year for year in reversed(known) if year <= day.year]
    return [
        money(world, options["series"], place, year, stated, main=i == 0)
        for i, year in enumerate(years)
    ]
