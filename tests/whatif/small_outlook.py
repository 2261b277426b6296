"""A World Economic Outlook small enough to reckon with by hand, and a world cut off at a day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from burdenshare.whatif.outlook import SERIES, Cell, Outlook, arrange
from burdenshare.world.datasets import Release, SourceNote
from burdenshare.world.load import World
from burdenshare.world.shelf import Shelf

# Figures by series, country and year; None is one that an edition leaves out on purpose.
Figures = Mapping[str, Mapping[str, Mapping[int, float | None]]]


def edition(day: date) -> Release:
    note = SourceNote("the almanac", "", "", "")
    return Release(
        "imf-weo", day, 1, f"Outlook of {day}", Path("x"), "full", "0", (), {}, {"book": note}
    )


def outlook(editions: Mapping[date, Figures]) -> Outlook:
    """Return an outlook of editions by day, oldest first."""
    return arrange([edition(day) for day in editions], list(_cells(editions)))


def _cells(editions: Mapping[date, Figures]) -> Iterator[Cell]:
    for place, figures in enumerate(editions.values()):
        for series, countries in figures.items():
            for country, years in countries.items():
                for year, value in years.items():
                    yield place, SERIES.index(series), country, year, value


def by_year(first: int, *values: float | None) -> dict[int, float | None]:
    return {first + place: value for place, value in enumerate(values)}


def cut_off(own: Path, day: date) -> World:
    """Return a world that holds no release and no pledge that came after a day."""
    world = World(own)
    for name, dataset in world.datasets.items():
        known = replace(
            dataset,
            releases=tuple(each for each in dataset.releases if each.published <= day),
            publications=tuple(each for each in dataset.publications if each.published <= day),
        )
        world.datasets[name] = known
        world._shelves[name] = Shelf(known, world.countries.codes)
    for key, organisation in world.organisations.items():
        pledges = {
            name: pledge
            for name, pledge in organisation.pledges.items()
            if pledge.known_from <= day or pledge.kind != "pledge"
        }
        world.organisations[key] = replace(organisation, pledges=pledges)
    return world
