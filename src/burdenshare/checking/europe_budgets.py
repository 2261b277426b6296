"""Questions about deficits and debts: the Commission's forecast and the IMF's database."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.figures import figure, whole_years
from burdenshare.checking.matching import agrees
from burdenshare.checking.results import Vintage
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

# The Commission's forecast first, then the World Economic Outlook.
_BALANCE = ("dsa_balance", "GGXCNL_NGDP")
_DEBT = ("dsa_debt_ratio", "GGXWDG_NGDP")
_WHO = {"eu-dsa": "the Commission’s forecast of", "imf-weo": "the IMF’s World Economic Outlook of"}
_IMF = re.compile(r"\bimf\b|\bmonetary fund\b|\bworld economic outlook\b")
_COMMISSION = re.compile(r"\bcommission\b|\beurostat\b|\bbrussels\b")
_COMING = re.compile(
    r"\b(?:forecast|project(?:s|ed|ion)|predict|expect|will\b|would\b|could\b|may\b|might\b|should\b"
    r"|aim|plan(?:s|ned)?\b|promis|pledg|target|by 20|budgets? for|goal|want|if\b|unless\b)"
)
_BESIDE = re.compile(
    r"\b(?:than|what|as|below|above)(?: [a-z]+){0,3}? (?:forecast|expected|projected|predicted|"
    r"planned|targeted|promised)\b"
)
# Words of other definitions, which may explain any difference.
_OTHERWISE = re.compile(
    r"\b(?:central|federal|state budget|cash|treasury|structural|primary|underlying|cyclical|net\b|"
    r"household|private|corporate|external|foreign|social security|municipal|local|average|mean|"
    r"once|peak|cumulative|quarter|month|since|by the end|gni|gross national|guarantee|off-budget)"
)
_FAR_BALANCE = 2.5  # points of GDP; and twice, or half, of any year around
_FAR_DEBT = 20.0  # points of GDP; and 1.4 times, or 0.4 times, of any year around


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of both sources: the series, its word, and the sign under which it is said."""

    series: tuple[str, str]
    noun: str
    sign: int
    far: tuple[float, float, float]


_DEFICIT = Asked(_BALANCE, "deficit", -1, (_FAR_BALANCE, 2.0, 0.5))
_SURPLUS = Asked(_BALANCE, "surplus", 1, (_FAR_BALANCE, 2.0, 0.5))
_TURNED = {"deficit": "surplus", "surplus": "deficit"}
_GROSS = Asked(_DEBT, "debt", 1, (_FAR_DEBT, 1.4, 0.4))


def balance(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the deficit, or surplus, of general government as a share of GDP."""
    surplus = claim.pattern.options.get("side") == "surplus"
    return _readings(world, claim, day, _SURPLUS if surplus else _DEFICIT)


def debt(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the gross debt of general government as a share of GDP."""
    return _readings(world, claim, day, _GROSS)


def _readings(world: World, claim: Candidate, day: Day, asked: Asked) -> list[Reading]:
    """Return the questions to both sources, for the year named or for the years around."""
    stated, country = claim.stated, _country(claim)
    if not isinstance(stated, Quantity) or not country or stated.unit != "%":
        return []
    if stated.base not in ("", "GDP") or _coming(claim, day):
        return []
    years = _years(claim, day)
    named = len(years) == 1
    firm = named and stated.base == "GDP" and not _OTHERWISE.search(claim.words)
    firm = firm and country in {m.country for m in world.organisations["eu"].members(day)}
    sure = firm and _far(world, country, years[0], float(stated.value), asked)
    chosen = _sources(world, claim, day, country, asked)
    return [
        _figure(world, series, country, year, stated, asked, main=main and i == 0, sure=sure)
        for i, year in enumerate(years)
        for series, main in chosen
    ]


def _country(claim: Candidate) -> str:
    """Return the country of the claim, or the only one of its sentence."""
    subject = claim.slots.get("subject")
    if isinstance(subject, Name):
        return subject.id
    return claim.countries[0] if len(set(claim.countries)) == 1 else ""


def _coming(claim: Candidate, day: Day) -> bool:
    """Say whether the sentence speaks of years to come, or of what is wished or foreseen."""
    words = _BESIDE.sub("", claim.words)
    return bool(_COMING.search(words)) or any(d.first > day for d in claim.dates)


def _years(claim: Candidate, day: Day) -> Sequence[int]:
    """Return the year a claim names; else the last whole one, then those around and named near."""
    named = whole_years(claim.dates, day)
    if named:
        inside = [d for d in named if claim.holds(d)] or named
        return [min(inside, key=lambda d: max(d.start - claim.end, claim.start - d.end)).first.year]
    loose = [d.first.year for d in whole_years(claim.loose, day)]
    return list(dict.fromkeys([day.year - 1, day.year, day.year - 2, *loose]))


def _sources(
    world: World, claim: Candidate, day: Day, country: str, asked: Asked
) -> list[tuple[str, bool]]:
    """Return the series that give the country, and whether each counts by itself.

    Where the sentence names one of the two sources, that one counts.
    """
    commission, fund = asked.series
    held = country in world.history(commission).countries(day)
    imf = claim.organisation == "imf" or bool(_IMF.search(claim.words))
    other = bool(_COMMISSION.search(claim.words))
    found = [(commission, not imf or other)] if held else []
    return [*found, (fund, not held or imf or not other)]


def _far(world: World, country: str, year: int, said: float, asked: Asked) -> bool:
    """Say whether no source, release, year beside or usual definition can explain a figure."""
    known = [
        asked.sign * fact.value
        for series in asked.series
        for near in (year - 1, year, year + 1)
        for fact in world.history(series).vintages(country, near, Day.max)
        if fact.release.published.year >= near
    ]
    points, more, less = asked.far
    off = bool(known) and min(abs(said - value) for value in known) > points
    return off and (said > more * max(known) or said < less * min(known))


def _figure(  # noqa: PLR0913 - one figure of one source, and how it may be judged
    world: World,
    series: str,
    country: str,
    year: int,
    stated: Quantity,
    asked: Asked,
    *,
    main: bool,
    sure: bool,
) -> Reading:
    """Return the question for a balance or a debt, said without its sign."""
    history = world.history(series)
    plain = figure(world, series, country, year, stated, main=main)
    who, whose = _WHO[history.dataset.id], world.countries.spoken(country)

    def said(fact: Fact) -> float:
        return asked.sign * fact.printed

    def ask(as_of: Day) -> Answer | Missing:
        answer = plain.ask(as_of)
        fact = history.on(country, year, as_of)
        if isinstance(answer, Missing) or not isinstance(fact, Fact):
            return answer
        noun = asked.noun if said(fact) >= 0 else _TURNED[asked.noun]
        says = (
            f"{who} {fact.release.published} gives {whose} a {noun} of {abs(said(fact)):.2f} % of "
            f"GDP in {year} ({fact.status}; general government)"
        )
        return dataclasses.replace(answer, value=said(fact), says=says)

    def earlier(as_of: Day) -> str:
        for fact in history.vintages(country, year, as_of):
            if agrees(stated, said(fact), fact.step):
                return f"that of {fact.release.published} gave {said(fact):.2f} %"
        return ""

    def vintages() -> tuple[tuple[Vintage, ...], str, str]:
        points = tuple(
            Vintage(fact.release.published, said(fact), partial=fact.release.coverage == "partial")
            for fact in history.vintages(country, year, world.latest)
        )
        title = f"{world.countries.name(country)}, {year}: {asked.noun} of general government"
        return points, title, history.series.unit

    return dataclasses.replace(
        plain,
        query={**plain.query, "side": asked.noun},
        ask=ask,
        agrees=lambda answer: agrees(stated, float(answer.value), answer.step),
        sure=lambda answer: sure and not answer.newer,
        history=vintages,
        earlier=earlier,
    )
