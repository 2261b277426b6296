"""Exit clauses: what a treaty says about leaving it, who is a party, who has left before."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.world.dates import Day
from burdenshare.world.durations import Duration

TYPES = (
    "notice-plus",  # the day of the notice, and a period
    "notice-by-date",  # a day of one's choice, with the notice a period before it
    "immediate",  # the day of the notice
    "year-end-next",  # 31 December of the year after that of the notice
    "financial-year-split",  # end of the year; of the next, after its first nine months
    "agreement-or-period",  # the day of an agreement, else notice and a period
    "term-end",  # the end of the running term, with the notice a period before it
    "no-clause",  # the text says nothing about leaving
    "no-membership",  # there is nothing to leave
    "consent",  # as all parties agree
)
LOCKINS = ("treaty", "first-entry", "entry")


@dataclass(frozen=True, slots=True)
class Known:
    """A text that became known on a day, with its citation."""

    id: str
    title: str
    text: str
    citation: str
    known_from: Day
    confidence: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What a clause needs to turn a notice into the day of leaving."""

    type: str
    notice: Duration | None
    lockin: Duration | None
    lockin_from: str
    terms: tuple[tuple[Duration, Day], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One of several readings of a clause; with a timing, its days can be worked out."""

    known: Known
    timing: Timing | None


@dataclass(frozen=True, slots=True)
class After:
    """A step that follows the notice by a period."""

    step: str
    actor: str
    period: Duration
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision on leaving: for whom, since when, how long it takes, what survives, what is open.

    `open` holds the questions at the notice, `effect_open` those at the day of leaving.
    `until` is the last day on which it holds, or None; `beside` marks a further rule of the same
    instrument that applies together with the first one.
    """

    id: str
    instrument: str
    provision: str
    citation: str
    in_force: Day
    known_from: Day
    until: Day | None
    confidence: str
    checked: str
    url: str
    timing: Timing
    countries: tuple[str, ...]
    others: tuple[str, ...]
    beside: bool
    decides: str
    addressee: str
    act: str
    effect: str
    words: str
    revocable: str
    conditions: tuple[str, ...]
    open: tuple[str, ...]
    effect_open: tuple[str, ...]
    survives: tuple[str, ...]
    after: tuple[After, ...]
    readings: tuple[Reading, ...]

    def fits(self, country: str, day: Day, as_of: Day) -> bool:
        """Say whether the clause speaks of a country, on a day, as known on another.

        That it was to end one day is not known before that day.
        """
        named = (not self.countries or country in self.countries) and country not in self.others
        over = self.until is not None and self.until < min(day, as_of)
        return named and self.in_force <= day and not over and self.known_from <= as_of


@dataclass(frozen=True, slots=True)
class Party:
    """One spell as a party: the day of entry, and the day on which it ended, if it did."""

    country: str
    first: Day
    last: Day | None
    note: str
    citation: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A notice on record: when it was given, what came of it, and what the clause gives.

    `predicted` is the day by the clause; `settled` is when the outcome was known. `announced` and
    `returned` are set where the day of an announcement before the notice, or of a return to what
    no list of parties shows, is known.
    """

    id: str
    clause: str
    countries: tuple[str, ...]
    notice: Day
    effect: Day | None
    predicted: Day | None
    matches: str
    kind: str
    outcome: str
    settled: Day
    revoked: bool
    note: str
    source: str
    confidence: str
    announced: Day | None = None
    returned: Day | None = None


@dataclass(frozen=True, slots=True)
class Exits:
    """All that is held about leaving one instrument.

    `ended` is the day on which it ended for all, if it did; `complete` says whether every party
    stands in `parties`.
    """

    clauses: tuple[Clause, ...]
    ended: tuple[Day, Known] | None
    complete: bool
    parties: tuple[Party, ...]
    outsiders: tuple[tuple[str, Known], ...]
    positions: tuple[tuple[str, Known], ...]
    precedents: tuple[Precedent, ...]
