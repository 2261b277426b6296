"""Questions about figures: shares, amounts, comparisons, counts of members."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import agrees, far
from burdenshare.checking.results import Vintage
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.facts import Gap
from burdenshare.world.load import World

DEFENCE = "share_gdp"
_DEFENCE_WORDS = re.compile(r"\b(?:defen[cs]e|militar(?:y|ies)|armed forces)\b")
# A deficit of 6 % is a balance of -6 %.
_BALANCES = ("GGXCNL_NGDP", "GGXONLB_NGDP")
# "of GDP" names the base of a share, not what is measured.
_OF_GDP = frozenset({"NGDPD", "NGDP", "NGDP_RPCH"})


def share(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's or group's figure as a share of GDP."""
    series = _share_series(world, claim)
    subject = claim.slots.get("subject")
    stated = claim.stated
    if series is None or not isinstance(subject, Name) or not isinstance(stated, Quantity):
        return []
    if series in _BALANCES:
        stated = dataclasses.replace(stated, value=-stated.value)
    readings = [
        figure(world, series, subject.id, year, stated, main=i == 0)
        for i, year in enumerate(years_of(world, series, claim, day))
    ]
    if series != DEFENCE:  # this year's forecast or last year's outcome: not called wrong
        readings = [dataclasses.replace(each, sure=lambda _: False) for each in readings]
    return readings


def compare(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a stated share lies above or below a member's own."""
    series = _share_series(world, claim)
    subject = claim.slots.get("subject")
    stated = claim.stated
    if series is None or not isinstance(subject, Name) or not isinstance(stated, Quantity):
        return []
    more = claim.pattern.options["side"] == "more"

    def ordered(answer: Answer) -> bool | None:
        assert isinstance(answer.value, (int, float))
        off = float(stated.value) - answer.value
        if abs(off) <= float(stated.step) / 2:
            return None
        return off > 0 if more else off < 0

    readings = []
    for i, year in enumerate(years_of(world, series, claim, day)):
        plain = figure(world, series, subject.id, year, stated, main=i == 0)
        query = {**plain.query, "ask": "compare", "side": claim.pattern.options["side"]}
        readings.append(
            dataclasses.replace(plain, query=query, agrees=ordered, sure=lambda _: True)
        )
    return readings


def amount(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's defence expenditure in dollars or in its own currency."""
    subject = claim.slots.get("subject")
    stated = claim.stated
    if not isinstance(subject, Name) or not isinstance(stated, Quantity):
        return []
    country = world.countries.by_code.get(subject.id)
    if stated.unit == "USD":
        names = ["defence_expenditure_usd_current", "defence_expenditure_usd_constant"]
    elif country is not None and stated.unit == country.currency:
        names = ["defence_expenditure_national_currency"]
    else:
        return []
    millions = dataclasses.replace(
        stated,
        value=stated.value / 1_000_000,
        step=stated.step / 1_000_000,
        upper=None if stated.upper is None else stated.upper / 1_000_000,
    )
    return [
        figure(world, name, subject.id, year, millions, main=i == 0 and name == names[0])
        for name in names
        for i, year in enumerate(years_of(world, name, claim, day))
    ]


def figure(
    world: World, series: str, country: str, year: int, stated: Quantity, *, main: bool
) -> Reading:
    """Return the question for one figure of a series, as known on a day."""
    history = world.history(series)
    name, spoken = world.countries.name(country), world.countries.spoken(country)
    unit = history.series.unit

    def ask(as_of: Day) -> Answer | Missing:
        fact = history.on(country, year, as_of)
        if isinstance(fact, Gap):
            return Missing(f"{history.series.title}, {name}, {year}: {fact.reason}")
        release = fact.release
        definition = f", {fact.definition}" if fact.definition else ""
        return Answer(
            fact.printed,
            unit,
            release.published,
            f"{history.dataset.publisher}, {release.document}",
            f"the release of {release.published} gives {_shown(fact.printed)} {unit} for {spoken} "
            f"in {year} ({fact.status}{definition})",
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
    spoken_of = claim.organisation == "nato" or _DEFENCE_WORDS.search(claim.words)
    if not shares and spoken_of and set(claim.measures) <= _OF_GDP:
        return DEFENCE
    return None


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
