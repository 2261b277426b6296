"""Questions about who is a member: on a day, in which place, with whom, and in two at once."""

from __future__ import annotations

import re

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.matching import agrees
from burdenshare.checking.stating import named, reading
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Membership, Organisation

_JOINED = re.compile(r"\b(?:accession|accede\w*|join\w*|entry|enter\w*|admission|membership)\b")
_SECOND = re.compile(r"\b(?:second|two|other|among|one of)\b")


def _organisation(world: World, claim: Candidate) -> Organisation | None:
    slot = claim.slots.get("org") or claim.slots.get("org2")
    found = world.organisations.get(named(slot, claim.organisation))
    return found if found and found.memberships else None


def _spell(organisation: Organisation, country: str) -> Membership | None:
    """Return the first spell of a country as a member, or None."""
    return next((m for m in organisation.memberships if m.country == country), None)


def _spoken(claim: Candidate, day: Day) -> Day:
    """Return the day that a claim speaks of: a past one it names, else the article's."""
    past = [d.last for d in claim.dates if d.last < day and claim.holds(d)]
    return past[0] if past else day


def belongs(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country is a member."""
    organisation = _organisation(world, claim)
    country = named(claim.slots.get("subject"), "")
    if organisation is None or not country:
        return []
    on = _spoken(claim, day)
    spell = next(
        (m for m in organisation.memberships if m.country == country and m.holds_on(on)), None
    )
    who, what = world.countries.spoken(country), organisation.name
    if spell is not None:
        since = spell.first.year if spell.only_year else spell.first
        says, known, source = (
            f"{who} is a member of {what} since {since}",
            spell.first,
            spell.source,
        )
    else:
        says = f"{who} is not among the {len(organisation.members(on))} members of {what} on {on}"
        newest = max(organisation.members(on), key=lambda m: m.first, default=None)
        if newest is None:
            return []
        known, source = newest.first, newest.source
    answer = Answer("member" if spell else "no member", "membership", known, source, says)
    query = {"ask": "belongs", "organisation": organisation.id, "country": country}
    held = (spell is not None) == (claim.pattern.options["side"] == "in")
    edge = any(
        abs((m.first - on).days) < 10 for m in organisation.memberships if m.country == country
    )
    return [reading(f"member on {on}", query, answer, None if edge and not held else held)]


def one_only(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country is in one organisation and not in another."""
    country = named(claim.slots.get("subject"), "")
    first = world.organisations.get(named(claim.slots.get("org"), ""))
    second = world.organisations.get(named(claim.slots.get("org2"), ""))
    if not country or first is None or second is None:
        return []
    inside = [each for each in (first, second) if country in _codes(each, day)]
    if not first.memberships or not second.memberships:
        return []
    names = " and ".join(each.name for each in inside) or "neither"
    says = f"on {day} {world.countries.spoken(country)} is a member of {names}"
    source = first.memberships[0].source
    answer = Answer(names, "membership", Day(1949, 8, 24), source, says)
    query = {"ask": "belongs", "organisation": first.id, "not": second.id, "country": country}
    return [reading("membership", query, answer, inside == [first])]


def _codes(organisation: Organisation, day: Day) -> set[str]:
    return {m.country for m in organisation.members(day)}


def newest(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask which country joined last."""
    organisation = _organisation(world, claim)
    country = named(claim.slots.get("subject"), "")
    if organisation is None or not country or organisation.members(day) == []:
        return []
    if any(m.only_year for m in organisation.memberships):
        return []
    last = max(m.first for m in organisation.members(day))
    latest = [m for m in organisation.members(day) if m.first == last]
    names = " and ".join(world.countries.name(m.country) for m in latest)
    says = f"the newest of {len(organisation.members(day))} members on {day}: {names}, since {last}"
    answer = Answer(names, "member", last, latest[0].source, says)
    query = {"ask": "newest", "organisation": organisation.id, "day": day.isoformat()}
    right = country in {m.country for m in latest}
    if not right and _SECOND.search(claim.words):
        return []
    return [reading("newest member", query, answer, right, sure=(day - last).days > 14)]


def place(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask in which place a country joined: those of one day share their places."""
    organisation = _organisation(world, claim)
    country, stated = named(claim.slots.get("subject"), ""), claim.stated
    if organisation is None or not isinstance(stated, Quantity):
        return []
    spell = _spell(organisation, country)
    if spell is None or any(m.only_year or m.last for m in organisation.memberships):
        return []
    if day < spell.first:
        return _next(world, organisation, country, day, stated)
    before = sum(m.first < spell.first for m in organisation.memberships)
    beside = sum(m.first == spell.first for m in organisation.memberships)
    low, high = before + 1, before + beside
    where = f"{low}" if low == high else f"{low} to {high}"
    says = (
        f"{world.countries.spoken(country)} joined {organisation.name} on {spell.first} as member "
        f"{where}"
    )
    answer = Answer(low, "place", spell.first, spell.source, says)
    query = {"ask": "place", "organisation": organisation.id, "country": country}
    right = low <= int(stated.value) <= high
    return [reading("place of accession", query, answer, right)]


def _next(
    world: World, organisation: Organisation, country: str, day: Day, stated: Quantity
) -> list[Reading]:
    """Return the place that a country takes which is yet to join: the next one on a day.

    Others may join first, so that another place is not called wrong.
    """
    count = len(organisation.members(day))
    newest = max(organisation.members(day), key=lambda m: m.first)
    says = (
        f"on {day} {organisation.name} has {count} members, so that the next is number {count + 1}"
    )
    answer = Answer(count + 1, "place", newest.first, newest.source, says)
    query = {"ask": "place", "organisation": organisation.id, "country": country}
    agrees = int(stated.value) == count + 1 or None
    return [reading("next place", query, answer, agrees, sure=False)]


def founder(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask whether a country was a member from the beginning."""
    organisation = _organisation(world, claim)
    country = named(claim.slots.get("subject"), "")
    if organisation is None or not country or any(m.only_year for m in organisation.memberships):
        return []
    first = min(m.first for m in organisation.memberships)
    spell = _spell(organisation, country)
    if spell is None:
        return []
    says = (
        f"{organisation.name} began with {_founders(organisation)} members on {first}; "
        f"{world.countries.spoken(country)} joined on {spell.first}"
    )
    answer = Answer(spell.first.isoformat(), "date", spell.first, spell.source, says)
    query = {"ask": "founder", "organisation": organisation.id, "country": country}
    return [reading("founding member", query, answer, spell.first == first)]


def _founders(organisation: Organisation) -> int:
    first = min(m.first for m in organisation.memberships)
    return sum(m.first == first for m in organisation.memberships)


def founders(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask how many members there were at the beginning."""
    organisation, stated = _organisation(world, claim), claim.stated
    if organisation is None or not isinstance(stated, Quantity):
        return []
    if any(m.only_year for m in organisation.memberships):
        return []
    first = min(organisation.memberships, key=lambda m: m.first)
    number = _founders(organisation)
    says = f"{organisation.name} began with {number} members on {first.first}"
    answer = Answer(number, "members", first.first, first.source, says)
    query = {"ask": "founders", "organisation": organisation.id}
    return [reading("founding members", query, answer, agrees(stated, number))]


def joiners(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many countries joined on the day of one of them, or in a year that is named."""
    organisation, stated = _organisation(world, claim), claim.stated
    if organisation is None or not isinstance(stated, Quantity):
        return []
    when = claim.slots.get("when")
    spell = _spell(organisation, named(claim.slots.get("subject"), ""))
    if spell is not None:
        joined = [m for m in organisation.memberships if m.first == spell.first]
        number, on = len(joined) - 1, str(spell.first)
    elif when is not None and not isinstance(when, (Quantity, Name)):
        joined = [m for m in organisation.memberships if when.first <= m.first <= when.last]
        number, on = len(joined), str(when.first.year)
    else:
        return []
    if not joined or joined[0].only_year or joined[0].first > day:
        return []
    names = ", ".join(world.countries.name(m.country) for m in joined)
    says = f"{len(joined)} joined {organisation.name} in {on}: {names}"
    answer = Answer(number, "members", joined[0].first, joined[0].source, says)
    query = {"ask": "joiners", "organisation": organisation.id, "when": on}
    return [reading("joined together", query, answer, agrees(stated, number))]


def both(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members of one organisation are, or are not, in another."""
    stated = claim.stated
    first = world.organisations.get(named(claim.slots.get("org"), ""))
    second = world.organisations.get(named(claim.slots.get("org2"), ""))
    if first is None or second is None or first is second or not isinstance(stated, Quantity):
        return []
    if not first.memberships or not second.memberships:
        return []
    mine, others = _codes(first, day), _codes(second, day)
    out = claim.pattern.options.get("side") == "out"
    found = sorted(mine - others if out else mine & others)
    names = ", ".join(world.countries.name(c) for c in found) if len(found) < 8 else ""
    says = (
        f"on {day} {len(found)} of the {len(mine)} members of {first.name} are "
        f"{'not ' if out else ''}in {second.name}{': ' if names else ''}{names}"
    )
    newest = max((m for m in second.members(day)), key=lambda m: m.first)
    answer = Answer(len(found), "members", newest.first, newest.source, says)
    query = {"ask": "both", "organisation": first.id, "other": second.id, "day": day.isoformat()}
    return [reading("in both", query, answer, agrees(stated, len(found)))]


def after(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members there were once a country had joined."""
    organisation, stated = _organisation(world, claim), claim.stated
    country = named(claim.slots.get("subject"), "")
    if organisation is None or not isinstance(stated, Quantity):
        return []
    spell = _spell(organisation, country)
    if spell is None or spell.only_year or spell.first > day or not _JOINED.search(claim.words):
        return []
    number = len(organisation.members(spell.first))
    before = number - sum(m.first == spell.first for m in organisation.memberships)
    who = world.countries.spoken(country)
    says = f"with {who} on {spell.first} {organisation.name} grew from {before} to {number} members"
    answer = Answer(number, "members", spell.first, spell.source, says)
    query = {"ask": "members", "organisation": organisation.id, "day": spell.first.isoformat()}
    return [reading("members after it", query, answer, agrees(stated, number))]
