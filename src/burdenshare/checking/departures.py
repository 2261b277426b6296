"""Questions about exits on record: announced, notified, in effect, and come back from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.stating import apart, inside, named, reading
from burdenshare.checking.treaties import exits
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention
from burdenshare.world.clauses import Exits, Precedent
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_CLOSE = 60  # days between an event on record and one that its words may mean as well
_COMMAND = re.compile(r"\b(?:command|military (?:structure|wing|arm)|integrated)\b")
_AMERICAN = re.compile(
    r"\b(?:trump|reagan|biden|bush|obama|carter|administration|white house|state department)\b"
)
# Words of a claim, and the events that they may mean, the first of which is meant most of all.
_EVENTS = {
    "left": ("effect", "notice", "announced"),
    "announced": ("announced", "notice"),
    "notified": ("notice",),
    "effect": ("effect",),
}
_TOLD = {
    "notice": "that is the day of the notice, and it took effect later or not at all",
    "announced": "it was announced then; the notice and its effect came later",
}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day of an exit: announced, notice or effect, and of which one."""

    kind: str
    day: Day
    exit: Precedent


def left(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country announced, notified or completed an exit on a date."""
    found = _asked(world, claim)
    if found is None:
        return []
    name, country, held, stated = found
    precedents = [p for p in held.precedents if country in p.countries and _first(p) <= day]
    if claim.pattern.options.get("again") and len(precedents) > 1:
        precedents = sorted(precedents, key=_first)[1:]
    if not precedents:
        return []
    wanted = _EVENTS[claim.pattern.options["event"]]
    events = [e for p in precedents for e in _events(p) if e.kind in wanted]
    if not events:
        return []
    hits = [e for e in events if inside(stated, e.day)]
    hits.sort(key=lambda e: wanted.index(e.kind))
    near = hits[0] if hits else min(events, key=lambda e: apart(stated, e.day))
    agrees = True if hits else (None if apart(stated, near.day) <= _CLOSE else False)
    answer = _answer(world, name, country, near.exit)
    query = {"ask": "exit", "organisation": name, "country": country}
    caveat = _caveat(near, wanted[0], claim) if hits else ""
    sure = stated.explicit and near.exit.matches != "not applicable"
    return [reading("exit on record", query, answer, agrees, caveat=caveat, sure=sure)]


def returned(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country came back on a date."""
    found = _asked(world, claim)
    if found is None:
        return []
    name, country, held, stated = found
    days = sorted(d for d in _returns(held, country) if d <= day)
    if not days:
        return []
    hits = [d for d in days if inside(stated, d)]
    near = hits[0] if hits else min(days, key=lambda d: apart(stated, d))
    agrees = True if hits else (None if apart(stated, near) <= _CLOSE else False)
    who, organisation = world.countries.spoken(country), world.organisations[name].name
    source = next((p.citation for p in held.parties if p.first == near), "exits on record")
    says = f"{who} came back to {organisation} on {near}"
    answer = Answer(near.isoformat(), "date", near, source, says)
    query = {"ask": "return", "organisation": name, "country": country}
    sure = stated.explicit and held.clauses[0].timing.type != "immediate"
    return [reading("return on record", query, answer, agrees, sure=sure)]


def _asked(world: World, claim: Candidate) -> tuple[str, str, Exits, DateMention] | None:
    """Return the organisation, country and date of a claim about an exit, or None."""
    stated = claim.stated
    name = named(claim.slots.get("org"), claim.organisation)
    default = "USA" if _AMERICAN.search(claim.words) else ""
    country = named(claim.slots.get("subject"), next(iter(claim.countries), default))
    held = exits(world, name)
    if held is None or not country or not isinstance(stated, DateMention):
        return None
    return name, country, held, stated


def _first(each: Precedent) -> Day:
    return each.notice if each.announced is None else min(each.notice, each.announced)


def _events(each: Precedent) -> Iterator[Event]:
    """Yield the days of an exit; one that was revoked never took effect."""
    if each.announced is not None:
        yield Event("announced", each.announced, each)
    yield Event("notice", each.notice, each)
    if each.effect is not None and not each.revoked:
        yield Event("effect", each.effect, each)


def _caveat(event: Event, wanted: str, claim: Candidate) -> str:
    if "military structure only" in event.exit.outcome and not _COMMAND.search(claim.words):
        return f"it {event.exit.outcome}"
    if event.kind == wanted or event.exit.matches == "not applicable":
        return ""
    return _TOLD[event.kind] if wanted == "effect" else ""


def _answer(world: World, name: str, country: str, each: Precedent) -> Answer:
    before = f"announced on {each.announced}, " if each.announced else ""
    effect = f", effect {each.effect}" if each.effect else ", without effect"
    says = (
        f"{world.countries.spoken(country)} and {world.organisations[name].name}: {before}notice "
        f"{each.notice}{effect} ({each.outcome})"
    )
    value = (each.effect or each.notice).isoformat()
    return Answer(value, "date", _first(each), each.source, says)


def _returns(held: Exits, country: str) -> Iterator[Day]:
    spells = sorted(p.first for p in held.parties if p.country == country)
    yield from spells[1:]
    for each in held.precedents:
        if country in each.countries and each.returned is not None:
            yield each.returned
        if country in each.countries and each.revoked:
            yield each.settled
