"""Questions about rules: shares of a budget, laws on leaving, exits on record, roll calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.figures import figure, whole_years
from burdenshare.errors import UserError
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.ballots import Votes
from burdenshare.world.clauses import Precedent
from burdenshare.world.dates import Day
from burdenshare.world.exits import exits_of
from burdenshare.world.gates import Law, read_gates
from burdenshare.world.load import World

_LEAVE = re.compile(r"\b(?:withdr\w+|leav\w+|exit\w*|quit\w*|pull\w*|denounc\w+|abandon\w*)\b")
_CONGRESS = re.compile(
    r"\b(?:act|approval|vote|consent|law|legislation) (?:of|by|from|in) congress\b|\bcongress"
)
_RECENT = timedelta(days=14)
_BEFORE = timedelta(days=2)  # the other chamber may have voted on the day before
# Words of a claim, and the series of published rates that they mean.
_BUDGETS = {
    "un": (("peacekeeping", "un_peacekeeping_share"), ("", "un_regular_rate")),
    "nato": (("", "nato_cost_share"),),
}


def cost_share(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's published share of an organisation's budget."""
    subject, stated = claim.slots.get("subject"), claim.stated
    named = claim.slots.get("org")
    organisation = named.id if isinstance(named, Name) else claim.organisation
    if not isinstance(subject, Name) or not isinstance(stated, Quantity):
        return []
    for word, series in _BUDGETS.get(organisation, ()):
        if word in claim.words:
            known = [y for y in world.history(series).years(day) if y <= day.year]
            named_years = [d.first.year for d in whole_years(claim.dates, day)]
            return [
                figure(world, series, subject.id, year, stated, main=True)
                for year in (named_years or known[-1:])[:1]
            ]
    return []


def gate(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a country's law demands before it leaves an organisation."""
    stated = claim.stated
    law = _consent(claim.organisation)
    if law is None or not isinstance(stated, Quantity) or not _LEAVE.search(claim.words):
        return []
    years = [d.first.year for d in claim.dates if d.grain == "year"]

    def ask(as_of: Day) -> Answer | Missing:
        if not law.known(claim.organisation, as_of) or not law.holds(as_of):
            return Missing(f"no law on leaving {claim.organisation.upper()} is known on {as_of}")
        says = f"{law.provision}, in force since {law.in_force}: {law.text}"
        return Answer(law.text, "rule", law.known_from, law.citation, says)

    def test(_: Answer) -> bool:
        share = abs(float(stated.value) - 200 / 3) < 1
        return share and all(year in (law.in_force.year, law.known_from.year) for year in years)

    whole = _CONGRESS.search(claim.words)
    omitted = "" if whole else "the other way, an Act of Congress, is left out"
    query = {"ask": "gate", "organisation": claim.organisation, "country": "USA", "law": law.id}
    return [Reading("law", query, ask, test, caveat=omitted)]


@lru_cache
def _consent(organisation: str) -> Law | None:
    """Return the US law that asks for consent to leaving an organisation, if one is held."""
    gates = read_gates("USA")
    laws = gates.on(organisation, Day.max, Day.max) if gates else []
    found = [law for law in laws if law.kind == "consent" and organisation in law.organisations]
    return found[0] if found else None


def exit_date(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a country's notice or exit on record falls on a date."""
    stated = claim.stated
    named = claim.slots.get("org")
    name = named.id if isinstance(named, Name) else claim.organisation
    organisation = world.organisations.get(name)
    subject = claim.slots.get("subject")
    country = subject.id if isinstance(subject, Name) else next(iter(claim.countries), "")
    if organisation is None or not country or not isinstance(stated, DateMention):
        return []
    try:
        precedents = exits_of(world, organisation).precedents
    except UserError:
        return []
    known = [p for p in precedents if country in p.countries and p.notice <= day]
    if not known:
        return []
    who = world.countries.spoken(country)

    def days(each: Precedent) -> list[Day]:
        return [d for d in (each.notice, each.effect) if d is not None]

    middle = stated.first + (stated.last - stated.first) / 2
    near = min(known, key=lambda p: min(abs(d - middle) for d in days(p)))
    effect = f", effect {near.effect}" if near.effect else ", without effect"
    answer = Answer(
        (near.effect or near.notice).isoformat(),
        "date",
        near.notice,
        near.source,
        f"{who} gave notice to {organisation.name} on {near.notice}{effect} ({near.outcome})",
    )
    query = {"ask": "exit", "organisation": name, "country": country}
    hits = [d for d in days(near) if stated.first <= d <= stated.last]
    early = hits and near.effect not in hits
    caveat = "the notice was given then, and took effect later or not at all" if early else ""
    return [Reading("exit on record", query, lambda _: answer, lambda _: bool(hits), caveat=caveat)]


def tally(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the tally of a chamber's only roll call of the days spoken of, or of two weeks.

    Where more than one is held nothing is asked: the tally must not choose the vote.
    """
    stated, against = claim.stated, claim.slots.get("against")
    if not isinstance(stated, Quantity) or not isinstance(against, Quantity):
        return []
    chamber = claim.pattern.options["chamber"]
    spoken = [d for d in claim.dates if d.grain == "day" and d.last <= day]
    last = spoken[0].last if len(spoken) == 1 else day
    first = last - (_BEFORE if len(spoken) == 1 else _RECENT)
    rows = [
        row
        for row in _rollcalls()
        if row["chamber"] == chamber and first.isoformat() <= row["day"] <= last.isoformat()
    ]
    if len(rows) != 1:
        return []
    row = rows[0]
    said, held = {int(stated.value), int(against.value)}, {int(row["yea"]), int(row["nay"])}
    answer = Answer(
        f"{row['yea']}-{row['nay']}",
        "votes",
        Day.fromisoformat(row["day"]),
        row["url"],
        f"{row['title']}: {row['yea']} to {row['nay']} in the {chamber.title()} on {row['day']}",
        url=row["url"],
    )
    query = {"ask": "tally", "chamber": chamber, "rollcall": row["id"]}
    # another vote of those days may be meant: a disagreement is never called wrong
    return [
        Reading(row["title"], query, lambda _: answer, lambda _: said == held, sure=lambda _: False)
    ]


@lru_cache
def _rollcalls() -> tuple[Mapping[str, str], ...]:
    return tuple(Votes().rollcalls.values())
