"""Questions about US forces in allied countries: permanent assignments alone are counted."""

from __future__ import annotations

import re
from dataclasses import replace

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.payers import fits, quantity_of, spoken
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

ACTIVE = "us_active_duty"
_ROUND = 0.025  # of a count, where a number in hundreds is said of it
_OTHERS = ("us_selected_reserve", "us_defence_civilians")
_NOT_EUROPE = ("CAN", "USA")
_CAUSE = "permanent assignments alone; forces that rotate come on top"
_CIVILIANS = re.compile(r"\b(?:civilian|personnel|staff)")
_LONG_AGO = re.compile(r"\b(?:cold war|peak|height|once|historic\w*|used to)\b")
_OTHER_TIMES = re.compile(
    r"\b(?:invasion|additional|extra|another|more than doubled"
    r"|reinforce\w*|rotat\w*|sent|send\w*|deploy(?:ed|ing)? to|withdr\w+|pull\w*|remov\w+"
    r"|reduc\w+|cut\w*|bring\w* home)\b"
)


def stationed(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members of US forces are stationed in a country, or in Europe."""
    stated = quantity_of(claim, "number")
    if stated is None or stated.value < 100 or not _american(claim):
        return []
    said = spoken(claim)
    if _OTHER_TIMES.search(said.words) or _LONG_AGO.search(claim.words):
        return []
    host = claim.slots.get("host")
    place = host.id if isinstance(host, Name) and host.kind == "country" else "EUROPE"
    if place == "EUROPE" and "europe" not in said.words:
        return []
    if place == "USA" or (place != "EUROPE" and not _held(world, place)):
        return []
    named = [d for d in claim.dates if d.first.year < day.year]
    year = named[0].first.year if named else 0
    readings = [_count(world, place, (ACTIVE,), year, day, stated, main=True)]
    if re.search(r"\b(?:were|had|was)\b", said.words):  # of which year is not said
        readings = [replace(each, sure=lambda _: False) for each in readings]
    reserve = (ACTIVE, _OTHERS[0])
    readings.append(_count(world, place, reserve, year, day, stated, main=False))
    if _CIVILIANS.search(said.words):
        both = (ACTIVE, *_OTHERS)
        readings.append(_count(world, place, both, year, day, stated, main=False))
    return readings


def _american(claim: Candidate) -> bool:
    """Say whether the forces are those of the United States."""
    owner = claim.slots.get("owner")
    if isinstance(owner, Name):
        return owner.id == "USA"
    return "USA" in claim.countries


def _held(world: World, place: str) -> bool:
    return place in world.history(ACTIVE).countries(world.latest)


def _count(  # noqa: PLR0913 - the parts of one question
    world: World,
    place: str,
    series: tuple[str, ...],
    year: int,
    day: Day,
    stated: Quantity,
    *,
    main: bool,
) -> Reading:
    where = "the allied countries of Europe" if place == "EUROPE" else world.countries.spoken(place)

    def ask(as_of: Day) -> Answer | Missing:
        for each in (year,) if year else (day.year, day.year - 1):
            facts = _facts(world, place, series, each, min(as_of, day))
            if facts:
                return _answer(world, facts, where)
        return Missing(f"US forces in {where} around {year or day}: no count is held")

    def sure(answer: Answer) -> bool:
        """Say whether no rotation explains the difference."""
        known, said = float(answer.value), float(stated.value)
        if known < 1000:
            return False
        return said < 0.6 * known or (place != "EUROPE" and known > 5000 and said > 3 * known)

    query = {"ask": "forces", "series": list(series), "country": place, "year": year or day.year}
    label = ("active duty", "with reserve", "with civilians")[len(series) - 1]
    return Reading(label, query, ask, lambda a: _agrees(stated, a), main=main, sure=sure)


def _facts(world: World, place: str, series: tuple[str, ...], year: int, as_of: Day) -> list[Fact]:
    """Return the counts of a country, or of all allies in Europe."""
    codes = [place]
    if place == "EUROPE":
        known = world.history(ACTIVE).countries(as_of)
        codes = [code for code in known if code not in _NOT_EUROPE]
    found = [world.fact(name, code, year, as_of) for name in series for code in codes]
    return [fact for fact in found if isinstance(fact, Fact)]


def _answer(world: World, facts: list[Fact], where: str) -> Answer:
    total = int(sum(fact.value for fact in facts))
    release = facts[0].release
    kinds = len({fact.series for fact in facts})
    what = ("active duty", "active duty and reserve", "military and civilian")[kinds - 1]
    return Answer(
        total,
        "persons",
        release.published,
        f"{world.datasets[release.dataset].publisher}, {release.document}",
        f"{total:,} US {what} in {where} by the count of {release.document[-10:]}: {_CAUSE}",
        url=world.datasets[release.dataset].url,
    )


def _agrees(stated: Quantity, answer: Answer) -> bool | None:
    """Say whether a count agrees with a number that may be round: 35,000 is said of 34,949."""
    said = fits(stated, answer)
    if said is True or stated.comparator != "=" or stated.value % 100:
        return said
    off = abs(float(stated.value) - float(answer.value))
    return off <= _ROUND * float(answer.value) or said
