"""Questions about figures: shares, amounts, comparisons, counts of members."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import OTHER_SOURCE, answer, numeric, scaled, shown, wide
from burdenshare.checking.held import ABROAD, EUROPE, NATO, held, spoken
from burdenshare.checking.matching import agrees, far
from burdenshare.checking.results import Vintage
from burdenshare.checking.wording import ally, body, doubtful, elsewhere, subject_of, years_asked
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.facts import Gap
from burdenshare.world.load import World

DEFENCE = "share_gdp"
_DEFENCE_WORDS = re.compile(r"\b(?:defen[cs]e|militar(?:y|ies)|armed forces|arm(?:y|ies))\b")
# A deficit of 6 % is a balance of -6 %.
_BALANCES = ("GGXCNL_NGDP", "GGXONLB_NGDP")
# "of GDP" names the base of a share, not what is measured.
_FIRST = 2009
_PAST = re.compile(r"\b(?:spent|was|were|stood|had|devoted|invested|amounted|came to|averaged)\b")
_ECONOMIES = ("imf-weo", "world-bank", "eu-dsa")
_OF_GDP = frozenset({"NGDPD", "NGDP", "NGDP_RPCH"})


def share(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's or group's figure as a share of GDP."""
    series, subject = _share_series(world, claim), subject_of(world, claim, day)
    stated = claim.stated
    if series is None or not subject or not isinstance(stated, Quantity):
        return []
    if not stated.unit and (stated.step >= 1 or stated.value >= 10):  # a count, and no share
        return []
    if series in _BALANCES:
        stated = dataclasses.replace(stated, value=-stated.value)
    years = years_asked(world, series, subject, claim, day)
    also = claim.slots.get("also")
    codes = (subject, also.id) if isinstance(also, Name) else (subject,)
    readings = [
        figure(world, series, code, year, stated, main=i == 0)
        for code in codes
        for i, year in enumerate(years)
    ]
    if subject == EUROPE:  # NATO's own sum counts Canada in
        readings += [figure(world, series, ABROAD, year, stated, main=False) for year in years]
    if elsewhere(claim):
        readings = [dataclasses.replace(each, caveat=OTHER_SOURCE) for each in readings]
    # this year's forecast or last year's outcome, another source, another year: not called wrong
    sure = series == DEFENCE and not doubtful(claim)
    asked = around(years, claim, day)
    if not sure or any(explained(world, (series,), code, asked, stated) for code in codes):
        return [dataclasses.replace(each, sure=lambda _: False) for each in readings]
    return readings if body(claim) else [_loosely(each, stated) for each in readings]


def _loosely(reading: Reading, stated: Quantity) -> Reading:
    """Return a reading that is called wrong only where it is off by 30 %: NATO is not named."""

    def sure(found: Answer) -> bool:
        return reading.sure(found) and wide(stated, numeric(found), 0.3)

    return dataclasses.replace(reading, sure=sure)


def explained(
    world: World, series: Sequence[str], code: str, years: Sequence[int], stated: Quantity
) -> bool:
    """Say whether some release, of whatever day, gives a figure that a claim may rest on."""
    return any(
        agrees(stated, fact.printed, fact.step) is not False
        for name in series
        for year in years
        for fact in world.history(name).vintages(code, year, Day.max)
    )


def around(years: Sequence[int], claim: Candidate, day: Day) -> list[int]:
    """Return the years that may be meant: those beside them too where no single one is named.

    Of what was, "Merkel's Germany spent", any year up to the day.
    """
    if len(years) == 1 or not years:
        return list(years)
    if _PAST.search(claim.words):
        return list(range(_FIRST, day.year + 1))
    return [min(years) - 1, *years, max(years) + 1]


def compare(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a stated share lies above or below a member's own."""
    series = _share_series(world, claim)
    subject, stated = subject_of(world, claim, day), claim.stated
    if series is None or not subject or not isinstance(stated, Quantity):
        return []
    more = claim.pattern.options["side"] == "more"

    def ordered(answer: Answer) -> bool | None:
        assert isinstance(answer.value, (int, float))
        off = float(stated.value) - answer.value
        if abs(off) <= float(stated.step) / 2:
            return None
        return off > 0 if more else off < 0

    readings = []
    for i, year in enumerate(years_asked(world, series, subject, claim, day)):
        plain = figure(world, series, subject, year, stated, main=i == 0)
        query = {**plain.query, "ask": "compare", "side": claim.pattern.options["side"]}
        readings.append(
            dataclasses.replace(plain, query=query, agrees=ordered, sure=lambda _: True)
        )
    return readings


def amount(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's defence expenditure in dollars or in its own currency.

    National budgets count otherwise than NATO: wrong only where NATO is named and all years are
    far off.
    """
    subject, stated = subject_of(world, claim, day), claim.stated
    if not subject or not isinstance(stated, Quantity) or not ally(world, subject, day):
        return []
    country = world.countries.by_code.get(subject)
    if stated.unit == "USD":
        names = ["defence_expenditure_usd_current", "defence_expenditure_usd_constant"]
    elif country is not None and stated.unit == country.currency:
        names = ["defence_expenditure_national_currency"]
    else:
        return []
    millions = scaled(stated, 1_000_000)
    asked = [
        (name, year) for name in names for year in years_asked(world, name, subject, claim, day)
    ]
    readings = [
        figure(world, name, subject, year, millions, main=i == 0)
        for i, (name, year) in enumerate(asked)
    ]
    if elsewhere(claim):
        readings = [dataclasses.replace(each, caveat=OTHER_SOURCE) for each in readings]
    years = sorted({near for _, year in asked for near in (year - 1, year, year + 1)})
    sure = body(claim) and not doubtful(claim)
    if not sure or explained(world, names, subject, years, millions):
        return [dataclasses.replace(each, sure=lambda _: False) for each in readings]
    return [
        dataclasses.replace(each, sure=lambda found: wide(millions, numeric(found), 0.5))
        for each in readings
    ]


def figure(
    world: World, series: str, country: str, year: int, stated: Quantity, *, main: bool
) -> Reading:
    """Return the question for one figure of a series, as known on a day."""
    history = world.history(series)
    name = world.countries.name(country)
    unit = history.series.unit

    def ask(as_of: Day) -> Answer | Missing:
        fact = history.on(country, year, as_of)
        if isinstance(fact, Gap):
            return _added_up(world, series, country, year, as_of)
        release = fact.release
        definition = f", {fact.definition}" if fact.definition else ""
        return Answer(
            fact.printed,
            unit,
            release.published,
            f"{history.dataset.publisher}, {release.document}",
            f"the release of {release.published} gives {_shown(fact.printed)} {unit} for "
            f"{spoken(world, country)} in {year} ({fact.status}{definition})",
            url=history.dataset.url,
            newer=tuple(p.document for p in fact.newer),
            step=fact.step,
        )

    def test(answer: Answer) -> bool | None:
        assert isinstance(answer.value, (int, float))
        return agrees(stated, answer.value, answer.step)

    def earlier(as_of: Day) -> str:
        for fact in history.vintages(country, year, as_of):
            if agrees(stated, fact.printed, fact.step):
                return f"the release of {fact.release.published} gave {_shown(fact.printed)}"
        return ""

    def vintages() -> tuple[tuple[Vintage, ...], str, str]:
        points = tuple(
            Vintage(
                fact.release.published,
                fact.printed,
                partial=fact.release.coverage == "partial",
                definition=fact.definition,
            )
            for fact in history.vintages(country, year, world.latest)
        )
        return points, f"{name}, {year}: {history.series.title}", unit

    return Reading(
        label=f"{year}"
        if series != "defence_expenditure_usd_constant"
        else f"constant prices, {year}",
        query={"ask": "figure", "series": series, "country": country, "year": year},
        ask=ask,
        agrees=test,
        main=main,
        sure=lambda answer: not answer.newer and far(stated, float(answer.value)),
        history=vintages,
        earlier=earlier,
    )


def _added_up(world: World, series: str, country: str, year: int, as_of: Day) -> Answer | Missing:
    """Return a group's figure, worked out from its members, or why there is none."""
    found = held(world, series, country, year, as_of)
    if isinstance(found, Missing):
        return found
    unit = world.series[series].unit
    says = f"{spoken(world, country)} has {shown(found.value)} {unit} in {year} ({found.basis})"
    return answer(found.value, unit, says, found)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def _share_series(world: World, claim: Candidate) -> str | None:
    """Return the series in % of GDP that the words name, or defence where NATO is the topic."""
    if claim.pattern.options.get("list") and "of gdp" not in claim.words:
        return None
    named = [
        name
        for name in claim.measures
        if world.series[name].unit == "% of GDP" or name.startswith("defence_expenditure")
    ]
    shares = {DEFENCE if name.startswith("defence_exp") else name for name in named}
    if len(shares) == 1:
        return shares.pop()
    who = claim.slots.get("subject") or claim.slots.get("who")
    allied = isinstance(who, Name) and who.id in (NATO, ABROAD)
    spoken_of = claim.organisation == "nato" or allied or _DEFENCE_WORDS.search(claim.words)
    others = {m for m in claim.measures if world.series[m].dataset in _ECONOMIES} - _OF_GDP
    return DEFENCE if not shares and spoken_of and not others else None


def years_of(world: World, series: str, claim: Candidate, day: Day) -> Sequence[int]:
    """Return the years a claim may be about, the likeliest first.

    The year it names; else the two newest known and any year that the words around it name.
    """
    slot = claim.slots.get("year")
    named = whole_years([slot] if isinstance(slot, DateMention) else claim.dates, day)
    if named:
        inside = [d for d in named if claim.holds(d)] or named
        return [min(inside, key=lambda d: max(d.start - claim.end, claim.start - d.end)).first.year]
    known = [year for year in world.history(series).years(day) if year <= day.year]
    loose = [d.first.year for d in whole_years(claim.loose, day)]
    return list(dict.fromkeys([*known[-1:-3:-1], *loose]))


def whole_years(dates: Sequence[DateMention], day: Day) -> list[DateMention]:
    """Return the dates that name one calendar year, up to that of a day."""
    return [
        d
        for d in dates
        if d.grain in ("year", "period") and d.first.year == d.last.year <= day.year
    ]
