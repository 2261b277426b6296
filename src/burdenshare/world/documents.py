"""Documents word for word: passages of treaties, laws and declarations, to hold quotes against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.world.dates import Day

FOLDER = CONTENT / "documents"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?%?")
_SPELT = {
    "defense": "defence",
    "recognized": "recognised",
    "organization": "organisation",
    "civilization": "civilisation",
    "towards": "toward",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a passage that mislead where others are left out, and why."""

    words: str
    without: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document: its place, its words as written and as compared."""

    document: Document
    provision: str
    text: str
    words: tuple[str, ...]
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, day, source, and the words by which articles call it."""

    id: str
    title: str
    organisation: str
    day: Day
    called: tuple[str, ...]
    source: str


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: lower case, one spelling.

    >>> words_of("Collective self-defense: the 2 % guideline")
    ('collective', 'self', 'defence', 'the', '2', 'guideline')
    """
    found = (each.lower().replace("’", "'").rstrip("%") for each in _WORD.findall(text))
    return tuple(_SPELT.get(each, each) for each in found)


@lru_cache
def passages(folder: Path = FOLDER) -> tuple[Passage, ...]:
    """Return the passages of all documents.

    >>> len({each.document.id for each in passages()}) >= 5
    True
    """
    found: list[Passage] = []
    for path in sorted(folder.glob("*.toml")):
        found += _read(read_toml(path))
    return tuple(found)


def _read(table: Table) -> list[Passage]:
    document = Document(
        table.text("id"),
        table.text("title"),
        table.text("organisation"),
        table.day("day"),
        table.texts("called"),
        table.text("source"),
    )
    found = []
    for each in table.tables("passage"):
        text = each.text("text")
        cuts = tuple(_cut(one) for one in each.tables("cut"))
        found.append(Passage(document, each.text("provision"), text, words_of(text), cuts))
        each.done()
    table.done()
    return found


def _cut(table: Table) -> Cut:
    cut = Cut(table.text("words"), table.text("without"), table.text("why"))
    table.done()
    return cut
