"""The words of the world, gathered for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from burdenshare.files import CONTENT, read_toml
from burdenshare.reading.lexicon import Entry, Lexicon
from burdenshare.world.load import World


def world_lexicon(world: World) -> Lexicon:
    """Return the lexicon of a world: its names, series, and phrases of treaties and laws."""
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
    return Lexicon([*entries, *_phrases(CONTENT / "phrases.toml")])


def _phrases(path: Path) -> Iterator[Entry]:
    """Yield the phrases that state something without a figure, as written and at the beginning."""
    for name, table in read_toml(path).named("phrase"):
        for words in table.texts("any"):
            yield Entry(words, "phrase", name)
            yield Entry(words[:1].upper() + words[1:], "phrase", name)
