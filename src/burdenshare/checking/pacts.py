"""Questions about what NATO's members promised, where, when and until when; and who is exempt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.stating import apart, inside, named, reading
from burdenshare.files import CONTENT, read_csv
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.pledges import Pledge

_ALL = re.compile(r"\b(?:allies|leaders|summit|alliance|members|heads of state)\b")
_ALSO = re.compile(r"\b(?:would|will|could|next|upcoming|coming)\b")
_SHIFTED = 45  # days by which preparations and follow-ups of a summit may be told as its own


@dataclass(frozen=True, slots=True)
class Summit:
    """A NATO summit: its place, the words that name the place, and its days."""

    place: str
    country: str
    words: re.Pattern[str] | None
    first: Day
    last: Day
    source: str


@lru_cache
def summits() -> tuple[Summit, ...]:
    """Return the summits held, in order.

    >>> [each.place for each in summits() if each.first.year == 2014]
    ['Newport in Wales']
    """
    columns = ("place", "country", "words", "first", "last", "source")
    return tuple(
        Summit(
            place,
            country,
            re.compile(rf"\b(?:{words})\b") if words else None,
            Day.fromisoformat(first),
            Day.fromisoformat(last),
            source,
        )
        for place, country, words, first, last, source in read_csv(
            CONTENT / "nato" / "summits.csv", columns
        )
    )


def summit(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask when a NATO summit was held in a place."""
    stated = claim.stated
    if claim.organisation != "nato" or not isinstance(stated, DateMention):
        return []
    country = named(claim.slots.get("place"), "")
    held = [each for each in summits() if each.first <= day and _there(each, country, claim.words)]
    if not held:
        return []
    hits = [each for each in held if stated.first <= each.last and each.first <= stated.last]
    near = hits[0] if hits else min(held, key=lambda each: apart(stated, each.first))
    close = apart(stated, near.first) <= _SHIFTED
    says = f"NATO's summit in {near.place}: {near.first} to {near.last}"
    answer = Answer(near.first.isoformat(), "date", near.first, near.source, says)
    query = {"ask": "summit", "organisation": "nato", "place": near.place}
    agrees = True if hits else (None if close else False)
    sure = stated.explicit and not _ALSO.search(claim.words)
    return [reading("summit", query, answer, agrees, sure=sure)]


def _there(each: Summit, country: str, words: str) -> bool:
    if each.words is not None and each.words.search(words):
        return True
    return each.words is None and bool(country) and each.country == country


def _of_level(world: World, claim: Candidate, day: Day) -> list[Pledge]:
    """Return the pledges known on a day that name the share of a claim, the newest first."""
    level = claim.slots.get("level")
    if claim.organisation != "nato" or not isinstance(level, Quantity):
        return []
    found = [
        pledge
        for pledge in world.pledges.values()
        if pledge.kind in ("pledge", "guideline")
        and pledge.known_from <= day
        and float(level.value) in _levels(pledge)
    ]
    return sorted(found, key=lambda pledge: pledge.in_force, reverse=True)


def _levels(pledge: Pledge) -> set[float]:
    return {p.value for p in pledge.parts} | {c.value for c in pledge.criteria}


def agreed(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask when a share of GDP was pledged."""
    stated = claim.stated
    pledges = _of_level(world, claim, day)
    if not pledges or not isinstance(stated, DateMention):
        return []
    hits = [pledge for pledge in pledges if inside(stated, pledge.in_force)]
    pledge = hits[0] if hits else min(pledges, key=lambda p: apart(stated, p.in_force))
    answer = _answer(pledge, pledge.in_force.isoformat(), "date")
    query = {"ask": "pledged", "pledge": pledge.id}
    sure = len(pledges) == 1 and _by_all(claim) and stated.explicit
    close = not hits and apart(stated, pledge.in_force) <= _SHIFTED
    return [reading(pledge.title, query, answer, None if close else bool(hits), sure=sure)]


def due(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask until when a share of GDP was pledged."""
    stated = claim.stated
    pledges = [p for p in _of_level(world, claim, day) if p.target is not None]
    if not pledges or not isinstance(stated, DateMention):
        return []
    hits = [p for p in pledges if p.target and inside(stated, p.target)]
    hits = hits or [p for p in pledges if p.target and p.target.year == stated.last.year]
    pledge = (hits or pledges)[0]
    assert pledge.target is not None
    answer = _answer(pledge, str(pledge.target.year), "year")
    query = {"ask": "due", "pledge": pledge.id}
    sure = len(pledges) == 1 and _by_all(claim) and stated.last.year > pledge.in_force.year
    return [reading(pledge.title, query, answer, bool(hits), sure=sure, caveat=pledge.caveat)]


def _by_all(claim: Candidate) -> bool:
    """Say whether a claim is about what all members agreed, and names no single country."""
    return not claim.countries and _ALL.search(claim.words) is not None


def _answer(pledge: Pledge, value: str, unit: str) -> Answer:
    due_by = f" by {pledge.target.year}" if pledge.target else ""
    says = f"{pledge.title}, {pledge.in_force}{due_by}: {pledge.text} ({pledge.citation})"
    return Answer(value, unit, pledge.known_from, pledge.citation, says)


def exempt(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country is outside a pledge, or refused it."""
    stated, country = claim.stated, named(claim.slots.get("subject"), "")
    if not isinstance(stated, Name):
        return []
    for pledge in world.pledges.values():
        exception = pledge.exceptions.get(country)
        if exception is None or pledge.known_from > day:
            continue
        says = f"{pledge.title}: {exception.text} ({exception.citation})"
        answer = Answer(country, "country", pledge.known_from, exception.citation, says)
        query = {"ask": "exempt", "pledge": pledge.id, "country": country}
        caveat = "the declaration itself names no exemption" if stated.id == "exempt" else ""
        return [reading(pledge.title, query, answer, True, caveat=caveat)]
    return []


def review(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask when a pledge is reviewed."""
    stated = claim.stated
    pledges = [p for p in world.pledges.values() if p.review is not None and p.known_from <= day]
    if claim.organisation != "nato" or not pledges or not isinstance(stated, DateMention):
        return []
    pledge = pledges[0]
    assert pledge.review is not None
    answer = _answer(pledge, str(pledge.review.year), "year")
    query = {"ask": "review", "pledge": pledge.id}
    agrees = stated.first.year <= pledge.review.year <= stated.last.year
    return [reading(pledge.title, query, answer, agrees, sure=False)]
