"""Who is protected in a year to come, by each reading of a guarantee, and how likely it is.

A reading that turns on the share of GDP is put to its own rule twice, at the threshold and just
below it; how likely each side is comes from the draws. A reading without a figure answers as it
does today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.leaving import Move
from burdenshare.world.dates import Day
from burdenshare.world.guarantee import OPEN, PROTECTED, UNPROTECTED, choose, group
from burdenshare.world.load import World
from burdenshare.world.measuring import Asked, Measure, measure
from burdenshare.world.organisations import Membership
from burdenshare.world.readings import label, read_readings
from burdenshare.world.rules import Finding

# How likely a country reaches a share in a year; None where no share of it is known.
Chance = Callable[[str, int], float | None]
_BELOW = 1e-6  # points of GDP under a threshold, to ask a rule about that side of it


@dataclass(frozen=True, slots=True)
class Member:
    """A member in the years of a scenario: when it comes and goes, where the scenario says so."""

    membership: Membership
    comes: Move | None = None
    goes: Move | None = None

    def out(self, year: int) -> str:
        """Return why the country counts as no member in a year, or nothing.

        >>> exit = Move("exit", "nato", "ISL", Day(2027, 6, 30), joins=False)
        >>> iceland = Membership("ISL", Day(1949, 8, 24), None, False, False, "", "")
        >>> Member(iceland, goes=exit).out(2027)
        'no member from 2027-06-30 on'
        """
        if self.goes is not None and year >= self.goes.year:
            return f"no member from {self.goes.day} on"
        if self.comes is not None and year < self.comes.year:
            return f"no member before {self.comes.day}"
        return ""


def guaranteed(world: World, organisation: str) -> bool:
    """Say whether an organisation has a guarantee that can be read.

    >>> guaranteed(World(), "nato"), guaranteed(World(), "who")
    (True, False)
    """
    return any(rule.kind == "guarantee" for rule in world.rules_of(organisation).values())


def readings(
    world: World, organisation: str, day: Day, asked: Mapping[str, float | None]
) -> list[Measure]:
    """Return the readings known on a day, each with its threshold: that asked for, or its own.

    `asked` are thresholds in % of GDP by the name of the reading. Raises UserError for a reading
    that is unknown, that was not known on the day, or that has no threshold.

    >>> found = readings(World(), "nato", Day(2026, 10, 30), {"pay-or-no-protection": 3.5})
    >>> [(each.rule.id, each.threshold) for each in found]
    [('treaty', None), ('tiers', 2.0), ('pay_or_no_protection', 3.5)]
    """
    known = read_readings(world, organisation)
    choose(known, list(asked), day)
    named = {name.strip().lower().replace("-", "_"): value for name, value in asked.items()}
    found = [
        measure(world, organisation, known, rule, Asked(named.get(rule.id), day.year, day))
        for rule in choose(known, (), day)
    ]
    for each in found:
        if named.get(each.rule.id) is not None and each.history is None:
            others = [label(other.rule.id) for other in found if other.history is not None]
            name = label(each.rule.id)
            raise UserError(f"reading {name} has no threshold: {did_you_mean(name, others)}")
    return found


def protection(
    reading: Measure, members: Sequence[Member], years: Sequence[int], chance: Chance
) -> list[dict[str, Any]]:
    """Return one entry a year: the group of each member, and the probability of being protected.

    `chance` gives the share of draws at or above the reading's threshold. A member whose side is
    likelier than not stands in its group; where the reading leaves it open, the probability is
    None.
    """
    text = (reading.rule.function.__doc__ or "").strip().splitlines()[0]
    return [
        {
            "reading": label(reading.rule.id),
            "title": text,
            "year": year,
            "parameters": {**reading.parameters, "year": year}
            if reading.history
            else reading.parameters,
            "citation": reading.rule.citation,
            "confidence": reading.rule.confidence,
            "rows": [
                {"country": each.membership.country, **_row(reading, each, year, chance)}
                for each in members
            ],
        }
        for year in years
    ]


def _row(reading: Measure, member: Member, year: int, chance: Chance) -> dict[str, Any]:
    if gone := member.out(year):
        return _answer(UNPROTECTED, 0.0, gone)
    likely = chance(member.membership.country, year) if reading.history is not None else None
    if likely is None or reading.threshold is None:
        finding = _judge(reading, member, year, None)
        side = group(finding)
        reason = f"{finding.reason}: open is {finding.open}" if side == OPEN else finding.reason
        return _answer(side, {PROTECTED: 1.0, UNPROTECTED: 0.0}.get(side), reason)
    above = _judge(reading, member, year, reading.threshold)
    below = _judge(reading, member, year, reading.threshold - _BELOW)
    sides = {group(above), group(below)}
    if OPEN in sides:
        finding = above if group(above) == OPEN else below
        return _answer(OPEN, None, f"{finding.reason}: open is {finding.open}")
    if len(sides) == 1:
        side = group(above)
        tiers = f"{above.result} at {reading.threshold:g} % of GDP, {below.result} below it"
        reason = above.reason if above.result == below.result else tiers
        return _answer(side, 1.0 if side == PROTECTED else 0.0, reason)
    probability = likely if group(above) == PROTECTED else 1 - likely
    reason = f"at or above {reading.threshold:g} % of GDP in {_percent(likely)} of the draws"
    return _answer(PROTECTED if probability >= 0.5 else UNPROTECTED, probability, reason)


def _judge(reading: Measure, member: Member, year: int, share: float | None) -> Finding:
    """Return what a reading's rule finds for a share that the member might have."""
    given = reading.values(member.membership, None, reading.as_of)
    found: Finding = reading.rule.run({**given, "share": share, "earlier": (), "year": year})
    return found


def _answer(side: str, probability: float | None, reason: str) -> dict[str, Any]:
    return {"group": side, "probability": probability, "reason": reason}


def _percent(likely: float) -> str:
    """Return a share of the draws in words that do not call certain what is only likely.

    >>> _percent(0.973), _percent(0.9999), _percent(1.0), _percent(0.0001)
    ('97 %', 'more than 99 %', '100 %', 'less than 1 %')
    """
    if 0.99 < likely < 1:
        return "more than 99 %"
    if 0 < likely < 0.01:
        return "less than 1 %"
    return f"{100 * likely:.0f} %"
