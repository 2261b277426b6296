"""Who meets a pledge: the members on a day, their figures as known, and the shortfall."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.dates import Day, check_year
from burdenshare.world.facts import Fact, Gap, round_to
from burdenshare.world.load import World
from burdenshare.world.organisations import Dated, Organisation
from burdenshare.world.pledges import Criterion, Pledge


@dataclass(frozen=True, slots=True)
class Assessment:
    """A pledge measured for one year: members, those who meet it, those who miss it, the rest.

    Values are rounded by the organisation's counting rule; `whole` is false where some member's
    figure exists in the release but is not held.
    """

    pledge: Pledge
    criterion: Criterion
    year: int
    as_of: Day
    members: tuple[str, ...]
    met: dict[str, float]
    missed: dict[str, float]
    not_assessed: dict[str, str]
    facts: dict[str, Fact]
    rule: Dated
    no_forces: tuple[str, ...] = field(default=())

    @property
    def whole(self) -> bool:
        """Whether every member with armed forces could be assessed."""
        return set(self.not_assessed) <= set(self.no_forces)

    @property
    def release(self) -> Fact | None:
        """The figure of the newest release used, or None."""
        return max(self.facts.values(), key=lambda fact: fact.release.order, default=None)


def assess(
    world: World, pledge: Pledge, year: int, as_of: Day, criterion: str | None = None
) -> Assessment:
    """Measure a pledge for a year with what was known on a day.

    Members are those of the last day of the year, or of the as-of day if it is earlier.
    """
    organisation = world.organisations[pledge.id.split(".")[0]]
    chosen = _criterion(pledge, criterion)
    if pledge.known_from > as_of:
        raise UserError(
            f"{pledge.id} was not known on {as_of}: it became known on {pledge.known_from}"
        )
    day = min(as_of, Day(year, 12, 31))
    rule = organisation.parameter("count-decimals", day, as_of)
    if rule is None or not isinstance(rule.value, (int, float)):
        raise UserError(f"{organisation.id}/parameters.toml: no count-decimals in force on {day}")
    history = world.history(chosen.series)
    met: dict[str, float] = {}
    missed: dict[str, float] = {}
    left: dict[str, str] = {}
    used: dict[str, Fact] = {}
    memberships = organisation.members(day)
    for member in memberships:
        answer = history.on(member.country, year, as_of)
        if not member.forces:
            left[member.country] = member.note or "no armed forces"
        elif isinstance(answer, Gap):
            left[member.country] = answer.reason
        elif chosen.definition not in answer.definition:
            left[member.country] = (
                f"no release known on {as_of} counts {chosen.definition} (the release of "
                f"{answer.release.published}: {answer.definition or 'definition not stated'})"
            )
        else:
            used[member.country] = answer
            value = counted(answer, rule)
            (met if value >= chosen.value else missed)[member.country] = value
    return Assessment(
        pledge=pledge,
        criterion=chosen,
        year=year,
        as_of=as_of,
        members=tuple(m.country for m in memberships),
        met=met,
        missed=missed,
        not_assessed=left,
        facts=used,
        rule=rule,
        no_forces=tuple(m.country for m in memberships if not m.forces),
    )


def counted(fact: Fact, rule: Dated) -> float:
    """Return the value as the counting rule rounds it, never finer than it was printed."""
    assert isinstance(rule.value, (int, float))
    step = max(10.0 ** -int(rule.value), fact.step or 0.0)
    return round_to(fact.value, step)


def pledge_answer(
    world: World,
    name: str,
    year: int | None = None,
    as_of: Day | None = None,
    criterion: str | None = None,
) -> dict[str, Any]:
    """Return who meets a pledge, who misses it and by how much, and who cannot be assessed.

    `short_pp` is in percentage points; `short_usd_million` takes the GDP known on the day.
    Without a year: the newest one of which a figure is known.
    """
    pledge = world.find_pledge(name)
    if year is not None:
        check_year(year)
    day = as_of or world.latest
    chosen = _criterion(pledge, criterion)
    known = world.history(chosen.series).years(day)
    wanted = year if year is not None else (known[-1] if known else day.year)
    result = assess(world, pledge, wanted, day, criterion)
    missed = [_missed(world, result, country) for country in result.missed]
    missed.sort(key=lambda each: (-each["short_pp"], each["country"]))
    release = result.release
    return {
        **world.header("pledge", day),
        "pledge": pledge.id,
        "title": pledge.title,
        "criterion": f"{chosen.series} >= {chosen.value:g}",
        "year": wanted,
        "release": release.release.published.isoformat() if release else None,
        "members": len(result.members),
        "count_met": len(result.met),
        "met": sorted(result.met),
        "missed": missed,
        "not_assessed": [
            {"country": country, "reason": reason}
            for country, reason in sorted(result.not_assessed.items())
        ],
        "rounding": f"shares rounded to {result.rule.value:g} decimals ({result.rule.citation})",
        "citation": pledge.citation,
        "notes": _notes(result),
    }


def organisation_of(world: World, pledge: Pledge) -> Organisation:
    """Return the organisation whose members a pledge binds."""
    return world.organisations[pledge.id.split(".")[0]]


def _criterion(pledge: Pledge, name: str | None) -> Criterion:
    by_id = {each.id: each for each in pledge.criteria}
    if not by_id:
        raise UserError(f"{pledge.id} names no figure that could be measured: {pledge.text}")
    if name is None:
        return pledge.criteria[0]
    if name not in by_id:
        raise UserError(f"{pledge.id} has no criterion {name!r}: {did_you_mean(name, by_id)}")
    return by_id[name]


def _missed(world: World, result: Assessment, country: str) -> dict[str, Any]:
    value = result.missed[country]
    short = round(result.criterion.value - value, 6)
    gdp, origin = _gdp(world, country, result.year, result.as_of)
    money = None
    if gdp is not None and result.criterion.series == "share_gdp":
        money = round(short / 100 * gdp)
    row: dict[str, Any] = {
        "country": country,
        "value": value,
        "short_pp": short,
        "short_usd_million": money,
        "gdp_source": origin,
    }
    if exemption := result.pledge.exceptions.get(country):
        row["note"] = f"{exemption.text} ({exemption.citation})"
    return row


def _gdp(world: World, country: str, year: int, as_of: Day) -> tuple[float | None, str]:
    for series, scale in (("gdp_usd_current", 1.0), ("NGDPD", 1000.0)):
        if series not in world.series:
            continue
        answer = world.fact(series, country, year, as_of)
        if isinstance(answer, Fact):
            return answer.value * scale, f"{series}, {answer.release.published}"
    return None, f"no GDP of {year} known on {as_of}"


def _notes(result: Assessment) -> list[str]:
    notes = []
    days = sorted({fact.release.published for fact in result.facts.values()})
    if len(days) > 1:
        notes.append(f"figures from {len(days)} releases: {', '.join(map(str, days))}")
    if result.facts and not result.whole:
        notes.append("some members could not be assessed: the count is a lower bound")
    if near := _too_coarse(result):
        notes.append(
            f"printed too coarsely to tell from {result.criterion.value:g}, taken as printed: "
            + ", ".join(near)
        )
    newer = {p.published: p.document for f in result.facts.values() for p in f.newer}
    notes += [
        f"published later, but not held for {result.year}: {document} ({day})"
        for day, document in sorted(newer.items())
    ]
    if not result.pledge.binding and result.pledge.kind == "pledge":
        notes.append("a political commitment, not legally binding")
    return notes


def _too_coarse(result: Assessment) -> list[str]:
    """Return who reaches the target, or misses it, only by the rounding of a coarse release."""
    fine = 10.0 ** -float(str(result.rule.value))
    target = result.criterion.value
    return [
        country
        for country, fact in sorted(result.facts.items())
        if fact.step and fact.step > fine and abs(fact.printed - target) <= fact.step / 2
    ]


def pledge_rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an answer as one row a member, for CSV."""
    rows = [{"country": country, "result": "met"} for country in answer["met"]]
    rows += [{**each, "result": "missed"} for each in answer["missed"]]
    return rows + [{**each, "result": "not assessed"} for each in answer["not_assessed"]]
