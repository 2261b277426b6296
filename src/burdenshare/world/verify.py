"""The world's own consistency: every row read and checked, and what each release revised."""

from __future__ import annotations

from typing import Any

from burdenshare.errors import UserError
from burdenshare.files import shown
from burdenshare.world.datasets import Dataset
from burdenshare.world.exit_checks import check_exits
from burdenshare.world.facts import Fact, History
from burdenshare.world.headlines import COUNT, LEVEL, PATH
from burdenshare.world.load import World

_GROUPS = {"alliance_share": "NATO_TOTAL", "eur_can_share": "NATO_EUR_CAN"}


def verify(world: World) -> dict[str, Any]:
    """Read every row, refuse what cannot stand, and say what each release revised.

    Raises UserError at the first row, file or headline that does not fit.
    """
    datasets = [_dataset(world, dataset) for dataset in world.datasets.values()]
    compared, open_ = _headlines(world)
    exits, otherwise = check_exits(world)
    return {
        **world.header("verify", world.latest),
        "datasets": datasets,
        "checks": [
            {
                "check": "rows with source, known country and series, unique key, value in range",
                "passed": sum(each["rows"] for each in datasets),
            },
            {
                "check": "files equal to the hash that their release declares",
                "passed": sum(each["releases"] for each in datasets),
            },
            {"check": "NATO headlines equal to the held figures", "passed": compared},
            {
                "check": "organisations with dated, cited members",
                "passed": sum(bool(each.memberships) for each in world.organisations.values()),
            },
            {"check": "days of leaving by the clauses, beside the recorded ones", "passed": exits},
            {"check": "pledges and proposals with citation", "passed": len(world.pledges)},
        ],
        "notes": [*open_, *otherwise],
    }


def _dataset(world: World, dataset: Dataset) -> dict[str, Any]:
    if dataset.kind == "daily":
        counts = _fixed(world, dataset)
        total = sum(each["rows"] for each in counts)
    else:
        total = world.shelf(dataset.id).check_all()
        counts = _revised(world, dataset)
    return {
        "dataset": dataset.id,
        "releases": len(dataset.releases),
        "rows": total,
        "not_held": sum(each.held == "no" for each in dataset.publications),
        "held_in_part": sum(each.held == "partial" for each in dataset.publications),
        "revised": [
            {"published": release.published.isoformat(), "coverage": release.coverage, **count}
            for release, count in zip(dataset.releases, counts, strict=True)
        ],
    }


def _fixed(world: World, dataset: Dataset) -> list[dict[str, int]]:
    """Count, for each file of a daily dataset, the rows that are new, revised or withdrawn."""
    shelf = world.shelf(dataset.id)
    counts = []
    before: dict[tuple[str, ...], float] = {}
    for release in dataset.releases:
        shelf.read(release)
        count = {"rows": 0, "new": 0, "revised": 0, "withdrawn": 0}
        for name in dataset.series:
            for row, figure in shelf.rows(release, name):
                count["rows"] += 1
                old = before.pop(row[:3], None)
                if figure.value is None:
                    count["withdrawn"] += old is not None
                    continue
                count["new"] += old is None
                count["revised"] += old is not None and old != figure.value
                before[row[:3]] = figure.value
        counts.append(count)
    return counts


def _revised(world: World, dataset: Dataset) -> list[dict[str, int]]:
    """Count, for each release, the rows that are new, revised or withdrawn against earlier ones."""
    counts = [{"rows": 0, "new": 0, "revised": 0, "withdrawn": 0} for _ in dataset.releases]
    for name in dataset.series:
        history = History(world.shelf(dataset.id), name)
        before: dict[tuple[str, int], tuple[float, float]] = {}
        for index, table in enumerate(history.tables):
            count = counts[index]
            for key, figure in table.items():
                count["rows"] += 1
                old = before.get(key)
                if figure.value is None:
                    count["withdrawn"] += old is not None
                    before.pop(key, None)
                    continue
                step = history.step(index, figure) or 0.0
                if old is None:
                    count["new"] += 1
                elif abs(figure.value - old[0]) > max(step, old[1]) / 2 + 1e-9:
                    count["revised"] += 1
                before[key] = (figure.value, step)
    return counts


def _headlines(world: World) -> tuple[int, list[str]]:
    """Hold the counts and averages of NATO's own headlines against the figures of that release."""
    history = world.history("share_gdp")
    days = {release.published: i for i, release in enumerate(history.releases)}
    compared = 0
    notes = []
    for line in world.headlines:
        index = days.get(line.published)
        computed = None if index is None else _computed(history, index, line.year, line.kind)
        if index is None or computed is None:
            continue
        coarse = history.releases[index].series["share_gdp"].precision
        slack = 0.0 if line.kind == COUNT else 0.51 * (coarse or 0.01)
        if abs(computed - line.value) > slack:
            what = f"{line.kind} of {line.year} is {line.value:g}"
            if history.whole(index, line.year):
                where = f"{shown(PATH)}, line {line.line}"
                raise UserError(f"{where}: {what}, the release gives {computed:g}")
            notes.append(f"{line.published}: {what}, the rows held give {computed:g}")
        compared += 1
    return compared, notes


def _computed(history: History, index: int, year: int, kind: str) -> float | None:
    published = history.releases[index].published
    if kind in _GROUPS:
        figure = history.tables[index].get((_GROUPS[kind], year))
        return figure.value if figure else None
    if not history.whole(index, year):
        return None
    codes = history.reported[index] - set(_GROUPS.values())
    answers = (history.on(code, year, published) for code in codes)
    return sum(isinstance(answer, Fact) and answer.printed >= LEVEL for answer in answers)
