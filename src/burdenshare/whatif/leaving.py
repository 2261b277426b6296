"""Who is in which year: the days on which members leave and others join, and what follows.

A day of effect before 1 July counts for its own year, a later one from the next year on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.baseline import Baseline
from burdenshare.whatif.changes import MEMBERS, Change, Join, Leave
from burdenshare.whatif.plan import Floats
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.dates import Day
from burdenshare.world.exits import exit_answer
from burdenshare.world.load import World

# The days on which members are out, by change and country.
Effects = Mapping[tuple[str, str], Day]


@dataclass(frozen=True, slots=True)
class Move:
    """A country leaves or joins an organisation by a change, with effect on a day."""

    change: str
    organisation: str
    country: str
    day: Day
    joins: bool

    @property
    def year(self) -> int:
        """The first year in which it counts.

        >>> Move("exit", "nato", "USA", Day(2027, 7, 1), joins=False).year
        2028
        """
        return self.day.year + (self.day >= Day(self.day.year, 7, 1))


def moves(scenario: Scenario, baseline: Baseline, effects: Effects) -> tuple[Move, ...]:
    """Return who leaves and who joins, by day; `effects` are the days that changes do not give.

    Raises UserError for a leaver that is no member, a joiner that is one, and for a country that
    comes or goes twice, or comes and goes on one day.
    """
    found = []
    for change in scenario.active():
        if isinstance(change, (Leave, Join)):
            joins = isinstance(change, Join)
            for code in sorted(named(change, change.organisation, baseline)):
                day = change.on or effects[change.id, code]
                found.append(Move(change.id, change.organisation, code, day, joins))
    found.sort(key=lambda move: (move.day, move.organisation, move.country))
    _check(found, baseline)
    return tuple(found)


def effects_of(world: World, scenario: Scenario, day: Day) -> dict[tuple[str, str], Day]:
    """Return the days of leaving by the exit rules, of changes that give the decision alone.

    Raises UserError where no rule fixes a day, and what the rules themselves refuse.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> effects_of(World(), read_scenario(None, "us-leaves-nato"), Day(2026, 10, 30))
    {('exit', 'USA'): datetime.date(2028, 4, 28)}
    """
    found = {}
    for change in scenario.active():
        if not isinstance(change, Leave) or change.on or change.decided is None:
            continue
        for code in scenario.countries(change, world, day):
            answer = exit_answer(world, change.organisation, code, change.decided, as_of=day)
            if answer["earliest_effect"] is None:
                raise UserError(
                    f"change {change.id}: no rule fixes the day on which {code} is out of "
                    f"{change.organisation}: write on = the day"
                )
            found[change.id, code] = Day.fromisoformat(answer["earliest_effect"])
    return found


def named(change: Change, organisation: str, baseline: Baseline) -> frozenset[str]:
    """Return the codes that a change names; "members" are those of its organisation on the day.

    `organisation` is the one meant where the change names none.
    """
    who = set(getattr(change, "who", ()))
    if MEMBERS in who:
        name = getattr(change, "organisation", None) or organisation
        members = {**baseline.others, **baseline.members}
        if name not in members:
            hint = did_you_mean(name, members)
            raise UserError(f"change {change.id}: organisation {name[:40]!r} is unknown: {hint}")
        who = (who - {MEMBERS}) | members[name]
    return frozenset(who - set(getattr(change, "but", ())))


def belonging(found: Iterable[Move], baseline: Baseline) -> dict[str, frozenset[str]]:
    """Return who is a member of each organisation of the plan, now or once it has joined."""
    ever = {name: set(codes) for name, codes in baseline.members.items()}
    for move in found:
        if move.joins and move.organisation in ever:
            ever[move.organisation].add(move.country)
    return {name: frozenset(codes) for name, codes in ever.items()}


def inside(found: Sequence[Move], baseline: Baseline) -> tuple[tuple[str, ...], Floats]:
    """Return the names of the groups and who is in them, G x T x C of 0 and 1.

    "all" are the members of the day and, from when they join, the others; "in" are those less
    who has left; "europe-canada" are all but the United States, where NATO is concerned.
    """
    years = np.array(baseline.years)
    staying = np.zeros((len(baseline.years), len(baseline.countries)))
    staying[:, _columns(baseline, frozenset[str]().union(*baseline.members.values()))] = 1
    everybody = staying.copy()
    for move in found:
        if move.organisation in baseline.members:
            for column in _columns(baseline, {move.country}):
                staying[years >= move.year, column] = move.joins
        everybody = np.maximum(everybody, staying)
    groups = {"all": everybody, "in": staying}
    if "nato" in baseline.members:
        europe = everybody.copy()
        europe[:, _columns(baseline, {"USA"})] = 0
        groups["europe-canada"] = europe
    return tuple(groups), np.array(list(groups.values()))


def _check(found: Iterable[Move], baseline: Baseline) -> None:
    """Refuse moves that cannot be; a member that is left out of the baseline may leave."""
    seen: dict[tuple[str, str], Move] = {}
    left_out = {gap.country for gap in baseline.gaps}
    for move in found:
        where = f"change {move.change}: {move.country}"
        other = seen.get((move.organisation, move.country))
        if other is not None and (other.joins == move.joins or other.day == move.day):
            does = "joins" if other.joins else "leaves"
            raise UserError(f"{where} {does} by change {other.change} already: leave one out")
        seen[move.organisation, move.country] = move
        members = baseline.members.get(move.organisation)
        if members is None or move.country in left_out or other is not None:
            continue
        if (move.country in members) == move.joins:
            write = "is a member of" if move.joins else "is no member of"
            raise UserError(
                f"{where} {write} {move.organisation} on {baseline.day}: name another country"
            )


def _columns(baseline: Baseline, codes: Collection[str]) -> list[int]:
    return [at for at, code in enumerate(baseline.countries) if code in codes]
