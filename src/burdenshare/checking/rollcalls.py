"""Questions about roll calls of Congress: tallies, the sides of parties, one member's vote."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.stating import reading
from burdenshare.files import read_toml
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.ballots import FOLDER, Ballot, Row, Votes
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_RECENT = timedelta(days=14)
_BEFORE = timedelta(days=2)  # the other chamber may have voted on the day before
_NAMED = re.compile(
    r"([a-z][a-z.'-]*)(?: \([a-z]+(?:-[a-z.]+)?\))?,? (?:also |had |alone |then )?$"
)
_OF_CHAMBER = {
    "senate": re.compile(r"\bsenat|\bsens?\.?\s"),
    "house": re.compile(r"\bhouse\b|\brepresentative|\breps?\.\s|\bcongress(?:wo)?man\b"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """The words by which a roll call is known, and what it must name."""

    rollcall: str
    words: tuple[re.Pattern[str], ...]
    organisation: str
    countries: frozenset[str]
    before: re.Pattern[str] | None

    def fits(self, claim: Candidate) -> bool:
        """Say whether a claim's sentence names all that the roll call is known by."""
        if self.organisation and claim.organisation != self.organisation:
            return False
        named = self.countries <= set(claim.countries)
        return named and all(each.search(claim.words) for each in self.words)

    def told(self, claim: Candidate) -> bool:
        """Say whether the sentences just before a claim name what the roll call decided."""
        return self.before is not None and self.before.search(claim.before) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The roll call that a claim is about; `sure` where its words or its day name it."""

    row: Row
    sure: bool


@lru_cache
def votes() -> Votes:
    """Return all votes held, read once."""
    return Votes()


@lru_cache
def _known() -> tuple[Known, ...]:
    found = []
    for name, table in read_toml(FOLDER / "words.toml").named("rollcall"):
        before = table.text("before", "")
        found.append(
            Known(
                name,
                tuple(re.compile(words) for words in table.texts("words")),
                table.text("organisation", ""),
                frozenset(table.texts("countries")),
                re.compile(before) if before else None,
            )
        )
        table.done()
    return tuple(found)


def identify(claim: Candidate, chamber: str, day: Day) -> Found | None:
    """Return the one roll call that a claim's words and days name, never by what it states.

    Without words that name one, it is the only one of the day spoken of, or of two weeks.
    """
    spoken = [d for d in claim.dates if d.last <= day or d.first <= day <= d.last]
    known = [each for each in _known() if each.fits(claim)]
    known = known or [each for each in _known() if each.told(claim)]
    rows = [votes().rollcalls[each.rollcall] for each in known]
    named = [row for row in rows if row["chamber"] == chamber and row["day"] <= day.isoformat()]
    fitting = [row for row in named if all(_on(row, date) for date in spoken)]
    joined = [row for row in fitting if any(k.countries for k in known if k.rollcall == row["id"])]
    fitting = joined or fitting  # the countries that join say more than any other word
    if len(fitting) == 1:
        mine = next(each for each in known if each.rollcall == fitting[0]["id"])
        # each accession is voted on once
        return Found(fitting[0], sure=bool(spoken) or bool(mine.countries))
    if len(fitting) > 1 and not spoken:
        recent = [row for row in fitting if Day.fromisoformat(row["day"]) >= day - _RECENT]
        return Found(recent[0], sure=False) if len(recent) == 1 else None
    return None if fitting else _likeliest(claim, spoken, chamber, day)


def _on(row: Row, date: DateMention) -> bool:
    held = Day.fromisoformat(row["day"])
    return date.first - timedelta(days=1) <= held <= date.last + timedelta(days=1)


def _likeliest(claim: Candidate, spoken: list[DateMention], chamber: str, day: Day) -> Found | None:
    """Return the roll call of the day spoken of, or of two weeks, that most words speak of."""
    rows = _near(spoken, chamber, day)
    if len(rows) == 1:
        return Found(rows[0], sure=False)
    words = claim.before + claim.words
    known = {each.rollcall: each for each in _known()}
    told = [
        (sum(bool(each.search(words)) for each in known[name].words), name)
        for name, row in votes().rollcalls.items()
        if row in rows and name in known
    ]
    most = max((count for count, _ in told), default=0)
    best = [name for count, name in told if count == most > 0]
    return Found(votes().rollcalls[best[0]], sure=False) if len(best) == 1 else None


def _near(spoken: list[DateMention], chamber: str, day: Day) -> list[Row]:
    """Return the roll calls of the one day spoken of, or of the last two weeks."""
    exact = [d for d in spoken if d.grain == "day"]
    if any(d.grain == "year" and d.last.year < day.year for d in spoken):
        return []
    last = exact[0].last if len(exact) == 1 else day
    first = last - (_BEFORE if len(exact) == 1 else _RECENT)
    return [
        row
        for row in votes().rollcalls.values()
        if row["chamber"] == chamber and first.isoformat() <= row["day"] <= last.isoformat()
    ]


def _chambers(claim: Candidate) -> list[str]:
    named = claim.pattern.options.get("chamber")
    if named:
        return [named]
    spoken = [name for name, words in _OF_CHAMBER.items() if words.search(claim.words)]
    return spoken or ["senate", "house"]


def the_one(claim: Candidate, day: Day) -> Found | None:
    """Return the roll call meant where only one chamber has one, or None."""
    found = [each for each in (identify(claim, c, day) for c in _chambers(claim)) if each]
    return found[0] if len(found) == 1 else None


def _answer(row: Row, value: str | int, unit: str, says: str) -> Answer:
    return Answer(value, unit, Day.fromisoformat(row["day"]), row["url"], says, url=row["url"])


def tally(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the tally of a roll call."""
    stated, against = claim.stated, claim.slots.get("against")
    if not isinstance(stated, Quantity) or not isinstance(against, Quantity):
        return []
    found = the_one(claim, day)
    if found is None:
        return []
    row = found.row
    said, held = {int(stated.value), int(against.value)}, {int(row["yea"]), int(row["nay"])}
    says = (
        f"{row['title']}: {row['yea']} to {row['nay']} in the {row['chamber'].title()} on "
        f"{row['day']}"
    )
    query = {"ask": "tally", "chamber": row["chamber"], "rollcall": row["id"]}
    answer = _answer(row, f"{row['yea']}-{row['nay']}", "votes", says)
    return [reading(row["title"], query, answer, said == held, sure=found.sure)]


def party(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members of a party were on a side of a roll call."""
    stated = claim.stated
    found = the_one(claim, day)
    if found is None or not isinstance(stated, Quantity):
        return []
    row, options = found.row, claim.pattern.options
    held = int(row[f"{options['side']}_{options['party']}"])
    names = {"r": "Republicans", "d": "Democrats"}
    word = "for" if options["side"] == "yea" else "against"
    says = f"{row['title']}, {row['day']}: {held} {names[options['party']]} voted {word} it"
    query = {"ask": "party", "rollcall": row["id"], **options}
    agrees = int(stated.value) == held
    return [
        reading(row["title"], query, _answer(row, held, "votes", says), agrees, sure=found.sure)
    ]


def member(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how a member voted in a roll call."""
    stated = claim.stated
    found = the_one(claim, day)
    if found is None or not isinstance(stated, Name):
        return []
    name = _before(claim)
    ballots = [b for b in ballots_of(found.row["id"]) if b.name.partition(",")[0].lower() == name]
    if len(ballots) != 1:
        return []
    ballot, row = ballots[0], found.row
    wanted = "Yea" if stated.id == "voted-yea" else "Nay"
    who = f"{ballot.name} ({ballot.party}-{ballot.state})"
    says = f"{row['title']}, {row['day']}: {who} {ballot.vote}"
    query = {"ask": "vote", "rollcall": row["id"], "member": ballot.member}
    answer = _answer(row, ballot.vote, "vote", says)
    return [reading(row["title"], query, answer, ballot.vote == wanted, sure=found.sure)]


@lru_cache(maxsize=64)
def ballots_of(rollcall: str) -> tuple[Ballot, ...]:
    """Return the ballots of a roll call, read once."""
    return tuple(votes().ballots([rollcall]))


def _before(claim: Candidate) -> str:
    """Return the last word before the phrase of a claim: the surname, in lower case."""
    place = claim.pattern.form.search(claim.words)
    if place is None:
        return ""
    found = _NAMED.search(claim.words[: place.start("stated")])
    return found[1] if found else ""


def vote_day(_world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask on which day a chamber voted on what the sentence says the other chamber voted on.

    The roll call is that of the measure; the day that is stated does not choose it.
    """
    stated = claim.stated
    if not isinstance(stated, DateMention):
        return []
    chamber = claim.pattern.options["chamber"]
    found = identify(replace(claim, dates=()), chamber, day)
    if found is None:
        return []
    row = found.row
    held = Day.fromisoformat(row["day"])
    says = f"{row['title']}: the {chamber.title()} voted on {held}, {row['yea']} to {row['nay']}"
    query = {"ask": "vote-day", "chamber": chamber, "rollcall": row["id"]}
    agrees = stated.first <= held <= stated.last
    answer = _answer(row, row["day"], "date", says)
    return [reading(row["title"], query, answer, agrees, sure=stated.grain in ("month", "year"))]
