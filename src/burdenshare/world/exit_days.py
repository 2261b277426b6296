"""The rule types: from a decision to the day of a notice, and from there to the day of leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from burdenshare.errors import UserError
from burdenshare.world.clauses import Clause, Exits, Timing
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Organisation


def _period(timing: Timing, notice: Day, _start: Day) -> Day:
    assert timing.notice is not None
    return timing.notice.after(notice)


def _same_day(_timing: Timing, notice: Day, _start: Day) -> Day:
    return notice


# UNESCO, Art. II(6), and UNIDO, Art. 6, whose fiscal year is the calendar year.
def _next_year(_timing: Timing, notice: Day, _start: Day) -> Day:
    return _year_end(notice.year + 1)


# Statute of the Council of Europe, Art. 7: the financial year is the calendar year.
def _split(_timing: Timing, notice: Day, _start: Day) -> Day:
    return _year_end(notice.year if notice.month <= 9 else notice.year + 1)


# Warsaw Treaty, Art. 11: who has not denounced it a year before a term ends is bound by the next.
def _term(timing: Timing, notice: Day, start: Day) -> Day | None:
    assert timing.notice is not None
    end = start
    for period, _ in timing.terms:
        end = period.after(end)
        if notice <= timing.notice.before(end):
            return end
    return None


def _year_end(year: int) -> Day:
    if year > Day.max.year:
        raise UserError(f"the year {year} lies outside the calendar: write an earlier day")
    return Day(year, 12, 31)


EFFECTS: dict[str, Callable[[Timing, Day, Day], Day | None]] = {
    "notice-plus": _period,
    "notice-by-date": _period,
    "agreement-or-period": _period,
    "immediate": _same_day,
    "year-end-next": _next_year,
    "financial-year-split": _split,
    "term-end": _term,
}


def effect_of(clause: Clause, notice: Day, timing: Timing | None = None) -> Day | None:
    """Return the day of leaving for the day of a notice, or None where no rule fixes one."""
    used = timing or clause.timing
    work = EFFECTS.get(used.type)
    return work(used, notice, clause.in_force) if work else None


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell as a party, as known on a day: an end that was not yet known is None."""

    first: Day
    last: Day | None
    note: str

    def holds_on(self, day: Day) -> bool:
        """Say whether the spell holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Path:
    """The earliest days of one way out; `free` is the end of the lock-in, None where unknown."""

    free: Day | None
    notice: Day
    effect: Day | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A question: who leaves what, decided when, as known on which day."""

    world: World
    organisation: Organisation
    exits: Exits
    clause: Clause
    country: str
    spells: tuple[Spell, ...]
    decided: Day
    as_of: Day

    def path(self, clause: Clause, timing: Timing, floor: Day) -> Path:
        """Return the days of a clause; no notice before `floor` nor before the lock-in ends."""
        free = self._free(clause, timing)
        notice = max(floor, free or floor)
        known = tuple(term for term in timing.terms if term[1] <= self.as_of)
        used = Timing(timing.type, timing.notice, timing.lockin, timing.lockin_from, known)
        return Path(free, notice, effect_of(clause, notice, used))

    def _free(self, clause: Clause, timing: Timing) -> Day | None:
        if timing.lockin is None:
            return None
        if timing.lockin_from == "treaty":
            return timing.lockin.after(clause.in_force)
        entered = [spell.first for spell in self.spells if spell.first <= self.decided]
        if not entered:
            return None
        return timing.lockin.after(min(entered) if timing.lockin_from != "entry" else max(entered))
