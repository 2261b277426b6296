"""Who is a party on a day: names as a user writes them, spells of membership, and those outside."""

from __future__ import annotations

from burdenshare.errors import UserError
from burdenshare.world.clauses import Exits
from burdenshare.world.dates import Day
from burdenshare.world.exit_days import Leaving, Spell
from burdenshare.world.load import World
from burdenshare.world.organisations import Organisation


def find_country(world: World, text: str) -> str:
    """Return the code of one country, or an error: a group of countries cannot leave."""
    code = world.countries.find(text)
    if code not in world.countries.by_code:
        raise UserError(f"{text[:40]!r} is a group: write one country, such as USA")
    return code


def spells_of(
    organisation: Organisation, exits: Exits, country: str, as_of: Day
) -> tuple[Spell, ...]:
    """Return the spells of a country that were known on a day, oldest first."""
    if organisation.memberships:
        found = [
            (m.first, m.last, m.note) for m in organisation.memberships if m.country == country
        ]
    else:
        found = [(p.first, p.last, p.note) for p in exits.parties if p.country == country]
    return tuple(
        Spell(first, last if last and last <= as_of else None, note)
        for first, last, note in sorted(found, key=lambda each: each[0])
        if first <= as_of
    )


def standing(case: Leaving) -> None:
    """Raise UserError where the treaty had ended or the country was no party on the day."""
    name, org = case.world.countries.name(case.country), case.organisation.name
    if case.exits.ended is not None:
        day, why = case.exits.ended
        if why.known_from <= case.as_of and case.decided > day:
            raise UserError(f"{org} ended on {day} ({why.text}):\nwrite that day or an earlier one")
    if any(spell.holds_on(case.decided) for spell in case.spells):
        return
    if case.spells:
        raise _outside(case, name, org)
    for outsider, why in case.exits.outsiders:
        if outsider == case.country and why.known_from <= case.as_of:
            raise UserError(f"{name} was never a party to {org} ({why.text}; {why.confidence})")
    if case.organisation.memberships or case.exits.complete:
        raise UserError(f"{name} was never a member of {org}, as known on {case.as_of}")


def _outside(case: Leaving, name: str, org: str) -> UserError:
    """Return the error for a day before the first, between two or after the last membership."""
    day, first = case.decided, case.spells[0].first
    if day < first:
        return UserError(f"{name} became a party to {org} on {first}: {day} is before that")
    gone = [spell for spell in case.spells if spell.last and spell.last < day][-1]
    back = [spell.first for spell in case.spells if spell.first > day]
    note = f" ({gone.note})" if gone.note else ""
    again = f"; it came back on {back[0]}" if back else ""
    return UserError(f"{name} left {org} on {gone.last}{note}: on {day} it was no member{again}")
