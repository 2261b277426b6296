"""Who would be protected: the readings of a guarantee side by side, each cited.

A reading is a rule of kind guarantee. It is put to each member in turn; what its text leaves to
judgement stays open. Protected, unprotected and open together are the members of the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World
from burdenshare.world.measuring import Asked, Measure, check_asked, check_assumed, measure
from burdenshare.world.organisations import Membership, Organisation
from burdenshare.world.readings import FIGURES, Readings, label, read_readings
from burdenshare.world.rules import Finding, Rule

PROTECTED, UNPROTECTED, OPEN = GROUPS = ("protected", "unprotected", "open")
# What a rule may return, and where it puts the member.
RESULTS = {
    "protected": PROTECTED,
    "full": PROTECTED,
    "reduced": PROTECTED,
    "none": UNPROTECTED,
    "unprotected": UNPROTECTED,
}


def guarantee_answer(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    org: str,
    readings: Sequence[str] = (),
    threshold: float | str | None = None,
    year: int | None = None,
    as_of: Day | None = None,
    assume: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return who is protected, who is not and what is open, by each reading known on a day.

    Without `readings`, all that are known; `threshold` is in the unit of the measure (% of GDP);
    without a year, the newest of which a figure is known. Raises UserError for an unknown
    organisation, reading or assumption, a reading not known yet, a day before the treaty.

    >>> answer = guarantee_answer(World(), "nato", ["pay-or-no-protection"],
    ...                           threshold=2, as_of=Day(2025, 3, 6))
    >>> [reading] = answer["readings"]
    >>> " ".join(member["country"] for member in reading["unprotected"])
    'BEL CAN ESP HRV ITA LUX PRT SVN'
    >>> [member["country"] for member in reading["open"]]
    ['ISL']
    """
    day = as_of or world.latest
    organisation = world.find_organisation(org)
    known = read_readings(world, organisation.id)
    members = members_on(organisation, day)
    chosen = choose(known, readings, day)
    asked = Asked(threshold, year, day, check_assumed(known, assume or {}))
    check_asked(world, known, asked)
    measures = [measure(world, organisation.id, known, rule, asked) for rule in chosen]
    later = [rule for rule in known.rules.values() if not rule.holds(day, day)]
    return {
        **world.header("guarantee", day),
        "organisation": organisation.id,
        "name": organisation.name,
        "members": len(members),
        "readings": [_reading(each, members) for each in measures],
        "not_known": [
            {"reading": label(rule.id), "known_from": rule.known_from.isoformat()} for rule in later
        ],
        "assumptions": _assumptions(known, measures),
        "notes": [*_later(later, day), *_notes(measures, members, threshold)],
    }


def members_on(organisation: Organisation, day: Day) -> list[Membership]:
    """Return the members on a day, or an error where the organisation has none yet."""
    members = organisation.members(day)
    if not members:
        first = min((m.first for m in organisation.memberships), default=None)
        since = f": its first members joined on {first}" if first else ": no members.csv"
        raise UserError(f"{organisation.name} has no members on {day}{since}")
    return members


def choose(known: Readings, names: Sequence[str], day: Day) -> list[Rule]:
    """Return the readings asked for, or all that hold on a day, in the order of the rules."""
    holding = [rule for rule in known.rules.values() if rule.holds(day, day)]
    if not names:
        return holding
    wanted = {}
    for name in names:
        key = name.strip().lower().replace("-", "_")
        if key not in known.rules:
            hint = did_you_mean(label(key), map(label, known.rules))
            raise UserError(f"reading {name[:40]!r} is unknown: {hint}")
        rule = known.rules[key]
        if rule not in holding:
            raise UserError(
                f"reading {label(key)} was not known on {day}: it became known on {rule.known_from}"
                if rule.known_from > day
                else f"reading {label(key)} is not in force on {day}: it is from {rule.in_force}"
            )
        wanted[key] = rule
    return list(wanted.values())


def judge(plan: Measure, member: Membership, answer: Fact | Gap | None, day: Day) -> Finding:
    """Return what a reading finds for one member, with a figure as known on a day.

    Raises UserError where the rule returns something that is no answer to the question.
    """
    where = f"{plan.organisation.id}/rules.py: {plan.rule.id}"
    try:
        finding = plan.rule.run(plan.values(member, answer, day))
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"{where} fails for {member.country}: {error!r}") from None
    if not isinstance(finding, Finding) or finding.result not in (None, *RESULTS):
        found = finding.result if isinstance(finding, Finding) else finding
        raise UserError(
            f"{where} returns {str(found)[:60]!r} for {member.country}: "
            f"write a Finding whose result is one of {', '.join(RESULTS)}, or None with `open`"
        )
    if finding.result is None and not finding.open:
        raise UserError(f"{where} leaves {member.country} open: write the question in `open`")
    return finding


def group(finding: Finding) -> str:
    """Return where a finding puts the member: protected, unprotected or open."""
    return RESULTS.get(str(finding.result), OPEN)


def _reading(plan: Measure, members: Sequence[Membership]) -> dict[str, Any]:
    rule, pledge = plan.rule, plan.pledge
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    settled_open: dict[str, None] = {}
    for member in members:
        answer = None
        if plan.history is not None and plan.year is not None:
            answer = plan.history.on(member.country, plan.year, plan.as_of)
        finding = judge(plan, member, answer, plan.as_of)
        groups[group(finding)].append(_member(plan, member, answer, finding))
        if finding.open and finding.result is not None:
            settled_open[finding.open] = None
    return {
        "reading": label(rule.id),
        "provision": rule.provision,
        "kind": pledge.kind if pledge else "treaty",
        "text": (rule.function.__doc__ or "").strip().splitlines()[0],
        "in_force": rule.in_force.isoformat(),
        "known_from": rule.known_from.isoformat(),
        "citation": rule.citation,
        "confidence": rule.confidence,
        "parameters": plan.parameters,
        **groups,
        "left_open": list(settled_open),
    }


def _member(
    plan: Measure, member: Membership, answer: Fact | Gap | None, finding: Finding
) -> dict[str, Any]:
    row: dict[str, Any] = {"country": member.country, "reason": finding.reason}
    if answer is not None and member.forces:
        value, origin = plan.figure(answer)
        row["reason"] = f"{finding.reason} ({origin})"
        row["value"] = value
        row["published"] = (
            answer.release.published.isoformat() if isinstance(answer, Fact) else None
        )
    if finding.result is None:
        row["reason"] += f": open is {finding.open}"
    if finding.open:
        row["open"] = finding.open
    if finding.result not in (None, *GROUPS):
        row["tier"] = finding.result
    return row


def _assumptions(known: Readings, measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """Return what the readings take for granted, with the options that could be taken instead."""
    used = {name for plan in measures for name in plan.parameters}
    found = []
    for name, each in {FIGURES.id: FIGURES, **known.assumptions}.items():
        if name in used:
            options = list(each.options) or [f"{each.lowest} to {each.highest}"]
            found.append(
                {
                    "assumption": name,
                    "title": each.title,
                    "value": measures[0].assumed[name],
                    "options": options,
                    "why": each.why,
                    "citation": each.citation,
                    "confidence": each.confidence,
                }
            )
    return found


def _later(rules: Sequence[Rule], day: Day) -> list[str]:
    return [
        f"{label(rule.id)} is not used: it was not known on {day}"
        if rule.known_from > day
        else f"{label(rule.id)} is not used: it does not hold on {day}"
        for rule in rules
    ]


def _notes(
    measures: Sequence[Measure], members: Sequence[Membership], threshold: float | str | None
) -> list[str]:
    """Return what a reader must know: no figures, mixed releases, figures that are not held."""
    notes: dict[str, None] = {}
    for plan in measures:
        if plan.history is None or plan.year is None:
            continue
        answers = [plan.history.on(m.country, plan.year, plan.as_of) for m in members if m.forces]
        facts = [answer for answer in answers if isinstance(answer, Fact)]
        days = sorted({fact.release.published for fact in facts})
        if not facts:
            notes[f"no figure of {plan.year} was known on {plan.as_of}: nothing is decided"] = None
        if len(days) > 1:
            notes[f"figures from {len(days)} releases: {', '.join(map(str, days))}"] = None
        for each in (p for fact in facts for p in fact.newer):
            notes[
                f"published later, but not held for {plan.year}: {each.document} ({each.published})"
            ] = None
    if threshold is not None and not any(plan.history for plan in measures):
        notes["no reading used here asks for a threshold"] = None
    return list(notes)
