"""Member by release: who would have been covered, and what changed only by a revised figure.

The same year is judged by each release that gives it, by one reading of the guarantee. Releases
that give the year for every member count; of partial ones only what they give is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from burdenshare.errors import UserError
from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day, Years
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.guarantee import (
    GROUPS,
    PROTECTED,
    UNPROTECTED,
    choose,
    group,
    judge,
    members_on,
)
from burdenshare.world.load import World
from burdenshare.world.measuring import Asked, Measure, check_asked, check_assumed, measure
from burdenshare.world.readings import label, read_readings

NOT_HELD, NOT_MEMBER = "not held", "not a member"


@dataclass(frozen=True, slots=True)
class Column:
    """One release: where each member stands by its figures, and what changed since the last."""

    release: Release
    whole: bool
    definition: str
    cells: dict[str, str]
    values: dict[str, float]
    breaks: tuple[str, ...] = ()
    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the set changed since the last counted release by figures alone."""
        return bool(self.gained or self.lost)


def guarantee_matrix(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    org: str,
    reading: str,
    threshold: float | str | None = None,
    year: int | None = None,
    as_of: Day | None = None,
    assume: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return who would have been covered for a year, by each release known on a day.

    Members are those of the release's day. A step goes from one counted release to the next; it
    is revised where a member of both days moves between protected and unprotected. Raises
    UserError as guarantee_answer does, and for a reading that is not measured.
    """
    plan = _plan(world, org, reading, Asked(threshold, year, as_of or world.latest, assume or {}))
    columns = _columns(plan)
    members = sorted({code for each in columns for code in each.cells})
    return {
        **world.header("guarantee-matrix", plan.as_of),
        "organisation": plan.organisation.id,
        "name": plan.organisation.name,
        "reading": label(plan.rule.id),
        "citation": plan.rule.citation,
        "confidence": plan.rule.confidence,
        "parameters": plan.parameters,
        "year": plan.year,
        "releases": [_release(each) for each in columns],
        "members": [
            {
                "country": code,
                "cells": [each.cells.get(code, NOT_MEMBER) for each in columns],
                "values": [each.values.get(code) for each in columns],
            }
            for code in members
        ],
        "changes": _changes(columns),
        "notes": _notes(plan, columns),
    }


def guarantee_sweep(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    org: str,
    reading: str,
    threshold: float | str | None = None,
    years: str = "2014..2024",
    as_of: Day | None = None,
    assume: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return, for each of several years, how often the covered set was revised, and the sum.

    `years` is written "2014..2024". A year that fewer than two releases give in full has no step.
    """
    span = sorted(set(Years.parse(years, "--year")))
    if not 0 < len(span) <= 300:
        raise UserError(f"--year is {years[:40]!r}: write years such as 2014..2024")
    found = [guarantee_matrix(world, org, reading, threshold, year, as_of, assume) for year in span]
    rows = [{"year": each["year"], **each["changes"]} for each in found]
    totals = ("steps", "revised", "moves", "across_breaks")
    same = ("schema", "version", "world", "as_of", "organisation", "name", "reading", "citation")
    head = {name: found[0][name] for name in (*same, "confidence")}
    return {
        **head,
        "schema": "burdenshare/guarantee-sweep/1",
        "parameters": {k: v for k, v in found[0]["parameters"].items() if k != "year"},
        "years": rows,
        "total": {name: sum(row[name] for row in rows) for name in totals},
        "notes": [],
    }


def _plan(world: World, org: str, reading: str, asked: Asked) -> Measure:
    organisation = world.find_organisation(org)
    known = read_readings(world, organisation.id)
    members_on(organisation, asked.as_of)
    [rule] = choose(known, [reading], asked.as_of)
    assume = check_assumed(known, asked.assume)
    asked = Asked(asked.threshold, asked.year, asked.as_of, assume)
    check_asked(world, known, asked)
    plan = measure(world, organisation.id, known, rule, asked)
    if plan.history is None:
        raise UserError(
            f"reading {label(rule.id)} asks for no figure, so no release changes it: "
            f"write one of {', '.join(map(label, known.pledges))}"
        )
    return plan


def _columns(plan: Measure) -> list[Column]:
    """Return the releases that give the year for any member, oldest first."""
    assert plan.history is not None
    assert plan.year is not None
    given: dict[int, dict[str, Fact]] = {}
    for country in {member.country for member in plan.organisation.memberships}:
        for fact in plan.history.vintages(country, plan.year, plan.as_of):
            given.setdefault(plan.history.releases.index(fact.release), {})[country] = fact
    found: list[Column] = []
    counted: Column | None = None
    for index in sorted(given):
        column = _column(plan, index, given[index], counted)
        if column is not None:
            found.append(column)
            counted = column if column.whole else counted
    return found


def _column(
    plan: Measure, index: int, figures: Mapping[str, Fact], before: Column | None
) -> Column | None:
    """Return one release as a column, or None where it gives the year for no member of its day."""
    assert plan.history is not None
    assert plan.year is not None
    history = plan.history
    release = history.releases[index]
    members = plan.organisation.members(release.published)
    given = {m.country: figures[m.country] for m in members if m.country in figures}
    if not given:
        return None
    whole = history.whole(index, plan.year)
    cells: dict[str, str] = {}
    for member in members:
        answer: Fact | Gap = given.get(member.country) or Gap(
            history.series.id, member.country, plan.year, "left out of the release"
        )
        if isinstance(answer, Gap) and member.forces and not whole:
            cells[member.country] = NOT_HELD
        else:
            cells[member.country] = group(judge(plan, member, answer, release.published))
    values = {c: v for c, fact in given.items() if (v := plan.figure(fact)[0]) is not None}
    definition = next(iter(given.values())).definition
    if not whole or before is None:
        return Column(release, whole, definition, cells, values)
    old = before.cells
    return Column(
        release=release,
        whole=whole,
        definition=definition,
        cells=cells,
        values=values,
        breaks=tuple(
            text
            for day, text in history.dataset.breaks
            if before.release.published < day <= release.published
        ),
        gained=[c for c in cells if (old.get(c), cells[c]) == (UNPROTECTED, PROTECTED)],
        lost=[c for c in cells if (old.get(c), cells[c]) == (PROTECTED, UNPROTECTED)],
        joined=[c for c in cells if c not in old],
    )


def _release(column: Column) -> dict[str, Any]:
    counts = Counter(column.cells.values())
    return {
        "published": column.release.published.isoformat(),
        "document": column.release.document,
        "coverage": "full" if column.whole else "partial",
        "definition": column.definition,
        "counted": column.whole,
        **{name: counts[name] for name in GROUPS},
        NOT_HELD.replace(" ", "_"): counts[NOT_HELD],
        "gained": column.gained,
        "lost": column.lost,
        "joined": column.joined,
        "breaks": list(column.breaks),
    }


def _changes(columns: list[Column]) -> dict[str, Any]:
    """Return how often the covered set changed from one counted release to the next."""
    counted = [each for each in columns if each.whole]
    steps = [later for _, later in pairwise(counted)]
    changed = [each for each in steps if each.changed]
    moved = [code for each in changed for code in (*each.gained, *each.lost)]
    return {
        "counted": len(counted),
        "steps": len(steps),
        "revised": len(changed),
        "across_breaks": sum(bool(each.breaks) for each in changed),
        "moves": len(moved),
        "countries": sorted(set(moved)),
    }


def _notes(plan: Measure, columns: list[Column]) -> list[str]:
    assert plan.history is not None
    assert plan.year is not None
    notes = []
    if not columns:
        notes.append(plan.history.never(plan.year, plan.as_of))
    for each in columns:
        notes += [f"before the release of {each.release.published}: {text}" for text in each.breaks]
    days = {each.release.published for each in columns}
    notes += [
        f"not held: {p.document} ({p.published})"
        for p in plan.history.dataset.publications
        if p.published <= plan.as_of
        and p.published not in days
        and p.held == "no"
        and p.gives(plan.history.series.id, plan.year)
    ]
    if any(each.release.published < plan.rule.known_from for each in columns):
        notes.append(
            f"the reading became known on {plan.rule.known_from}: by earlier releases it shows "
            "who would have been covered, not who was"
        )
    return notes
