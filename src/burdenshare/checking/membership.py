"""Questions about organisations: members on a day, accessions, treaty dates, anniversaries."""

from __future__ import annotations

import re
from datetime import timedelta

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Dated, Organisation

_MOST_MEMBERS = 250
_RATIFY = re.compile(r"\b(?:ratif\w+|approved|signed off|endorsed)\b")
# Of members with armed forces alone only what is about forces or money may speak.
_FORCES = re.compile(
    r"\b(?:forces|armed|arm(?:y|ies)|militar\w+|spen[dt]\w*|target|guideline|threshold|line|gdp|budgets?|percent)\b"
)


def members(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members the organisation had on the article's day and on the day spoken of."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    if organisation is None or not isinstance(stated, Quantity) or stated.value > _MOST_MEMBERS:
        return []
    days = {day: "when it was written"}
    joined = _acceding(organisation, claim)
    if joined is not None and joined <= day:
        days = {joined - timedelta(days=1): "when the accession was ratified"}
    past = [d.last for d in claim.dates if d.last < day and d.grain in ("day", "month", "year")]
    for each in past[:1]:
        days[each] = "when it was said or happened"
    readings = [_members(organisation, each, words, stated) for each, words in days.items()]
    if _FORCES.search(claim.words) and any(not m.forces for m in organisation.members(day)):
        armed = sum(m.forces for m in organisation.members(day))
        readings.append(_armed(organisation, day, armed, stated))
    return readings


def _acceding(organisation: Organisation, claim: Candidate) -> Day | None:
    """Return the day on which the country joined whose accession the members are said to ratify."""
    if not _RATIFY.search(claim.words):
        return None
    days = [m.first for m in organisation.memberships if m.country in claim.countries]
    return max(days, default=None)


def _members(organisation: Organisation, on: Day, words: str, stated: Quantity) -> Reading:
    def ask(as_of: Day) -> Answer | Missing:
        found = organisation.members(min(on, as_of))
        if not found:
            return Missing(f"no members of {organisation.name} are on record for {on}")
        last = max(found, key=lambda m: m.first)
        says = f"{organisation.name} had {len(found)} members on {on}, {words}"
        if last.first.year > on.year - 3:
            says += f" (the newest joined on {last.first})"
        return Answer(len(found), "members", last.first, last.source, says)

    return Reading(
        label=words,
        query={"ask": "members", "organisation": organisation.id, "day": on.isoformat()},
        ask=ask,
        agrees=lambda answer: agrees(stated, float(answer.value)),
    )


def _armed(organisation: Organisation, on: Day, armed: int, stated: Quantity) -> Reading:
    source = next(m.source for m in organisation.members(on) if not m.forces)
    answer = Answer(
        armed,
        "members with armed forces",
        max(m.first for m in organisation.members(on)),
        source,
        f"{armed} members had armed forces",
    )
    return Reading(
        label="members with armed forces",
        query={
            "ask": "members",
            "organisation": organisation.id,
            "day": on.isoformat(),
            "with": "armed forces",
        },
        ask=lambda _: answer,
        agrees=lambda found: agrees(stated, float(found.value)),
        main=False,
    )


def accession(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask when a country became a member."""
    subject, stated = claim.slots.get("subject"), claim.stated
    named = claim.slots.get("org") or claim.slots.get("org2")
    name = named.id if isinstance(named, Name) else claim.organisation
    organisation = world.organisations.get(name)
    if organisation is None or not isinstance(subject, Name) or not isinstance(stated, DateMention):
        return []
    spells = [m for m in organisation.memberships if m.country == subject.id]
    country = world.countries.name(subject.id)

    def ask(_: Day) -> Answer | Missing:
        if not spells:
            return Missing(f"no membership of {country} in {organisation.name} is on record")
        first = spells[0]
        value = str(first.first.year) if first.only_year else first.first.isoformat()
        says = f"{country} became a member of {organisation.name} on {value}"
        return Answer(value, "date", first.first, first.source, says)

    def test(_: Answer) -> bool:
        first = spells[0]
        if first.only_year:
            return stated.first.year <= first.first.year <= stated.last.year
        return stated.first <= first.first <= stated.last

    query = {"ask": "accession", "organisation": organisation.id, "country": subject.id}
    return [Reading("accession", query, ask, test)]


def treaty(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask when the organisation's treaty was signed, or came into force."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    if organisation is None or not isinstance(stated, DateMention):
        return []
    return [
        _dated(organisation, name, stated, main=i == 0)
        for i, name in enumerate(("treaty_signed", "treaty_in_force"))
        if organisation.fact(name, Day.max) is not None
    ]


def _dated(organisation: Organisation, name: str, stated: DateMention, *, main: bool) -> Reading:
    def test(answer: Answer) -> bool:
        return stated.first <= Day.fromisoformat(str(answer.value)) <= stated.last

    return Reading(
        label=name.replace("_", " "),
        query={"ask": "treaty", "organisation": organisation.id, "fact": name},
        ask=lambda as_of: _fact(organisation, name, as_of),
        agrees=test,
        main=main,
    )


def _fact(organisation: Organisation, name: str, as_of: Day) -> Answer | Missing:
    fact = organisation.fact(name, as_of)
    if fact is None:
        return Missing(f"{organisation.name}: no {name} known on {as_of}")
    assert isinstance(fact.value, Day)
    return Answer(
        fact.value.isoformat(),
        "date",
        fact.known_from,
        fact.citation,
        f"{fact.title}: {fact.value}" + _confidence(fact),
    )


def _confidence(fact: Dated) -> str:
    return "" if fact.confidence == "seen" else f" ({fact.confidence})"


def anniversary(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask in which year the organisation's treaty reaches an age."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    fact = organisation.fact("treaty_signed", day) if organisation else None
    if organisation is None or fact is None or not isinstance(stated, Quantity):
        return []
    assert isinstance(fact.value, Day)
    signed, number = fact.value, int(stated.value)
    dates = [d for d in claim.dates if d.first.year >= signed.year]

    def ask(_: Day) -> Answer | Missing:
        when = signed.year + number
        value = f"{when}-{signed.month:02d}-{signed.day:02d}"
        says = f"signed on {signed}: the {_ordinal(number)} anniversary falls on {value}"
        return Answer(value, "date", fact.known_from, fact.citation, says)

    def test(answer: Answer) -> bool | None:
        year = int(str(answer.value)[:4])
        if dates:
            near = dates[0]  # it may be marked in any month of the year
            return near.first.year <= year <= near.last.year
        return True if year == day.year else (None if abs(year - day.year) == 1 else False)

    query = {"ask": "anniversary", "organisation": organisation.id, "number": number}
    return [Reading("anniversary", query, ask, test)]


def _ordinal(number: int) -> str:
    """Return a number as a rank.

    >>> _ordinal(1), _ordinal(12), _ordinal(76), _ordinal(103)
    ('1st', '12th', '76th', '103rd')
    """
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def age(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how old the organisation's treaty was on the article's day."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    fact = organisation.fact("treaty_signed", day) if organisation else None
    if organisation is None or fact is None or not isinstance(stated, Quantity):
        return []
    assert isinstance(fact.value, Day)
    signed = fact.value
    full = day.year - signed.year - ((day.month, day.day) < (signed.month, signed.day))

    def ask(_: Day) -> Answer | Missing:
        return Answer(
            full, "years", fact.known_from, fact.citation, f"signed on {signed}: {full} full years"
        )

    def test(_: Answer) -> bool | None:
        off = int(stated.value) - full
        return True if off == 0 else (None if abs(off) == 1 else False)

    query = {"ask": "age", "organisation": organisation.id, "day": day.isoformat()}
    return [Reading("age", query, ask, test)]


def nth_year(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask in which year of its existence the organisation was on the article's day."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    fact = organisation.fact("treaty_signed", day) if organisation else None
    if organisation is None or fact is None or not isinstance(stated, Quantity):
        return []
    assert isinstance(fact.value, Day)
    signed = fact.value
    full = day.year - signed.year - ((day.month, day.day) < (signed.month, signed.day))
    says = f"signed on {signed}: {day} lies in the {_ordinal(full + 1)} year"
    answer = Answer(full + 1, "years", fact.known_from, fact.citation, says)
    off = abs(int(stated.value) - full - 1)
    query = {"ask": "age", "organisation": organisation.id, "day": day.isoformat()}
    agrees_ = True if off == 0 else (None if off == 1 else False)
    return [Reading("age", query, lambda _: answer, lambda _: agrees_)]
