"""The words of the world, gathered for the reader."""

from __future__ import annotations

from burdenshare.reading.lexicon import Entry, Lexicon
from burdenshare.world.load import World


def world_lexicon(world: World) -> Lexicon:
    """Return the lexicon of all countries, groups, organisations and series of a world."""
    entries: list[Entry] = []
    for country in world.countries.by_code.values():
        for name in (country.name, *country.other_names):
            entries.append(Entry(name, "country", country.iso3))
        for name in (*country.adjectives, *country.demonyms, *country.capitals):
            entries.append(Entry(name, "country", country.iso3, weak=True))
    for group in world.countries.groups.values():
        entries += [Entry(phrase, "group", group.id) for phrase in (group.name, *group.words)]
    for organisation in world.organisations.values():
        names = (organisation.name, *organisation.other_names)
        entries += [Entry(phrase, "organisation", organisation.id) for phrase in names]
        entries += [Entry(phrase, "hint", organisation.id) for phrase in organisation.hints]
    for series in world.series.values():
        entries += [Entry(phrase, "measure", series.id) for phrase in series.words]
    return Lexicon(entries)
