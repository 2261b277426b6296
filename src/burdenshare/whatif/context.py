"""What stands beside the figures of an answer: members, pledges, releases, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from burdenshare.whatif.asking import KEEP, changed
from burdenshare.whatif.baseline import SHARE, Baseline
from burdenshare.whatif.goals import read_goals
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.planning import Planned
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.studies import find_study

_PLACES = {"NATO": "NATO_TOTAL", "Europe and Canada": "NATO_EUR_CAN"}
_GHOSTS = 5  # releases of the past whose path is told, one a year
_BACK = 10  # years before the day


def regions(world: World, planned: Planned) -> dict[str, str]:
    """Return what the groups of a plan are called, those that are the same as another left out.

    Those who are in are the organisation; everybody is that with those who left.
    """
    names = [world.organisations[name].name for name in planned.baseline.members]
    inside = " and ".join(names)
    left = sorted({move.country for move in spending_moves(planned) if not move.joins})
    found = {"in": inside}
    if left:
        who = left if len(left) < 4 else [f"{len(left)} that leave"]
        found["all"] = f"{inside} with {', '.join(who)}"
    if "europe-canada" in planned.plan.groups:
        found["europe-canada"] = "Europe and Canada"
    return found


def spending_moves(planned: Planned) -> list[Move]:
    """Return who leaves or joins an organisation whose members pledge a share of GDP."""
    return [move for move in planned.moves if move.organisation in planned.baseline.members]


def targets(world: World, planned: Planned, readings: Mapping[str, float]) -> dict[str, float]:
    """Return what is asked for by name: of pledges that ask for the same, the newest.

    A reading stands beside them where no pledge asks for its threshold.
    """
    day, names = planned.baseline.day, list(planned.baseline.members)
    goals, _ = changed(read_goals(world, names, day), 0.0, planned.scenario.active())
    newest = {goal.value: goal.id for goal in goals}
    for name, value in readings.items():
        newest.setdefault(value, name)
    return {name: value for value, name in sorted(newest.items())}


def pledges(world: World, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the titles and citations of pledges, by the names of what they ask for."""
    found = []
    for name in names:
        pledge = world.pledges.get(name.rpartition(".")[0])
        if pledge is not None:
            found.append({"pledge": name, "title": pledge.title, "citation": pledge.citation})
    return found


def needs(plan: Plan) -> dict[str, dict[str, str]]:
    """Return the title and the citation of each amount that is to be found."""
    found = {}
    for name in plan.needs:
        if name == KEEP:
            found[name] = {
                "title": "make up for all that those who left spend",
                "citation": "what the leavers spend in the same draw (docs/model.md)",
            }
        else:
            study = find_study(name)
            found[name] = {
                "title": f"{study.publisher}: {study.title}",
                "citation": study.citation,
            }
    return found


def members(world: World, planned: Planned | None, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Return who is or becomes a member, with the newest share known; first of all who moves."""
    codes = {move.country for move in moves}
    facts: Mapping[str, Fact] = {}
    if planned is not None:
        codes |= set(planned.baseline.countries) | {gap.country for gap in planned.baseline.gaps}
        facts = planned.baseline.facts
    return [_member(world, code, moves, facts.get(code)) for code in sorted(codes)]


def _member(world: World, code: str, moves: Sequence[Move], fact: Fact | None) -> dict[str, Any]:
    days = {
        joins: [m.day.isoformat() for m in moves if m.country == code and m.joins == joins]
        for joins in (False, True)
    }
    return {
        "country": code,
        "name": world.countries.name(code),
        "leaves": min(days[False], default=None),
        "joins": min(days[True], default=None),
        "base_year": fact.year if fact else None,
        "base_share": fact.value if fact else None,
        "release": fact.release.published.isoformat() if fact else None,
    }


def history(world: World, baseline: Baseline, day: Day) -> Iterator[dict[str, Any]]:
    """Yield the share of GDP as the newest releases known on a day gave it, one release a year."""
    found = world.history(SHARE)
    chosen = {}
    for index, release in enumerate(found.releases):
        if release.published <= day and found.whole(index, max(found.given[index], default=0)):
            chosen[release.published.year] = release
    kept = sorted(chosen.values(), key=lambda release: release.published)[-_GHOSTS:]
    names = {code: code for code in baseline.countries}
    if "nato" in baseline.members:
        names |= {place: region for region, place in _PLACES.items()}
    for code, region in names.items():
        for year in found.years(day):
            if year < day.year - _BACK:
                continue
            for fact in found.vintages(code, year, day):
                if fact.release in kept:
                    yield {
                        "region": region,
                        "year": year,
                        "value": fact.value,
                        "published": fact.release.published.isoformat(),
                        "document": fact.release.document,
                    }


def sources(
    world: World, baseline: Baseline | None, named: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return every release that a figure comes from, with its hash, each once.

    `named` are documents with the day of their publication, and what they are about.
    """
    found: list[dict[str, Any]] = [
        {
            "what": each.what,
            "published": each.published.isoformat(),
            "document": each.document,
            "source": each.source,
            "hash": each.hash,
        }
        for each in (baseline.sources if baseline else ())
    ]
    hashes = {
        (release.document, release.published.isoformat()): release.sha256
        for dataset in world.datasets.values()
        for release in dataset.releases
    }
    for each in named:
        row = {**each, "hash": hashes.get((each["document"], each["published"]), "")}
        if row not in found:
            found.append(row)
    return found


def missing(bills: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what is not known of bills, with the reason."""
    found = []
    for each in bills:
        if each["reason"]:
            way = f"{each['title']}, {each['way']}"
            found.append({"country": None, "reason": f"{way}: {each['reason']}"})
        elif each["total_usd"] is None:
            found.append({"country": None, "reason": f"{each['title']}: {each['total_text']}"})
    return found


def notes(answer: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a reader must know of the figures of an answer."""
    if answer["shortfalls"]:
        yield (
            "a share counts as reaching a pledge as the organisation rounds it (NATO: 1.995 % is "
            "2 %), and money missing is reckoned to there"
        )
    if answer["uncertainty"]:
        yield (
            "errors of one kind alone need not have the median of both: past errors were not "
            "nought on average"
        )
    if answer["bills"]:
        yield (
            "bills are of the newest period known on the day; what becomes of the share of a "
            "member that leaves is a decision, not a rule"
        )
    for each in answer["funding"]:
        whole = each["all_donors"]
        if whole["others_raise_percent"] is not None:
            yield (
                f"{each['title']} is not all: with the European Union, foundations and companies "
                f"it was USD {whole['total_usd'] / 1e9:,.1f} billion, of which "
                f"{whole['lost_share']:.1f} % stops; all others together would have to give "
                f"{whole['others_raise_percent']:.1f} % more"
            )
