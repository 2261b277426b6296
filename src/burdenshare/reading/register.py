"""The register of who speaks: people with their offices by date, bodies, and words for places."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml

Kind = Literal["person", "body", "press", "place", "group", "document"]

NAME_WORD = re.compile(r"[^\W_]+(?:[.’'‘&/-][^\W_]+)*")
PARTICLES = frozenset(
    "von van de der den di da del della la le ten ter bin al el dos du af".split()
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its title, the place it serves, and what its holder is called."""

    id: str
    title: str
    place: str
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One stretch of days in an office; `last` is None while it is held."""

    office: Office
    first: datetime.date
    last: datetime.date | None

    def on(self, day: datetime.date | None) -> bool:
        """Say whether the office was held on a day (None: whether it is held still)."""
        if day is None:
            return self.last is None
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(eq=False, slots=True)
class Entity:
    """Somebody or something that can speak, from the register or met in one text."""

    name: str
    kind: Kind
    id: str | None = None
    gender: str | None = None
    terms: tuple[Term, ...] = ()
    called: set[str] = field(default_factory=set)

    def office(self, day: datetime.date | None) -> str | None:
        """Return the title of the office held on a day, the one taken up last, or None."""
        held = [term for term in self.terms if term.on(day)]
        return max(held, key=lambda term: term.first).office.title if held else None


Phrase = tuple[str, ...]


@dataclass(slots=True)
class Register:
    """Everybody known, found by name, surname, epithet or office.

    >>> register = load_register()
    >>> [each.name for each in register.holders("secretary general", datetime.date(2025, 3, 2))]
    ['Mark Rutte', 'António Guterres']
    """

    people: dict[str, Entity] = field(default_factory=dict)
    phrases: dict[str, list[tuple[Phrase, Entity]]] = field(default_factory=dict)
    surnames: dict[str, list[Entity]] = field(default_factory=dict)
    epithets: dict[str, list[Entity]] = field(default_factory=dict)
    roles: dict[str, list[tuple[Entity, Term]]] = field(default_factory=dict)
    places: dict[Phrase, str] = field(default_factory=dict)
    spellings: dict[str, set[str]] = field(default_factory=dict)

    def add_name(self, name: str, entity: Entity) -> None:
        """File an entity under one of its names; longer names, and bodies, are tried first."""
        words = name_words(name)
        filed = self.phrases.setdefault(words[0], [])
        filed.append((words, entity))
        filed.sort(key=lambda each: (-len(each[0]), each[1].kind == "place"))
        if len(words) == 1:
            self.spellings.setdefault(words[0], set()).add(name.rstrip("."))

    def acronym(self, word: str) -> bool:
        """Say whether a word is a name only in capitals, as "WHO" is and "Who" is not."""
        known = self.spellings.get(word)
        return known is not None and all(each.isupper() for each in known)

    def holders(self, role: str, day: datetime.date | None, place: str = "") -> list[Entity]:
        """Return who was called by a role on a day, of one place or of any."""
        found = [
            entity
            for entity, term in self.roles.get(role, [])
            if term.on(day) and place in ("", term.office.place)
        ]
        return list(dict.fromkeys(found))


def name_words(name: str) -> Phrase:
    """Return the words of a name as texts are searched for them.

    >>> name_words("J.D. Vance")
    ('j.d', 'vance')
    """
    return tuple(NAME_WORD.findall(name.lower()))


def surname_of(name: str) -> str:
    """Return a name without its first names, with the particles that belong to it.

    >>> surname_of("Ursula von der Leyen"), surname_of("Keir Starmer")
    ('von der leyen', 'starmer')
    """
    words = name_words(name)
    for i, word in enumerate(words[1:], start=1):
        if word in PARTICLES:
            return " ".join(words[i:])
    return words[-1]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _term(text: str, offices: dict[str, Office], where: Table) -> Term:
    """Read one line of `offices`, such as "us-president 2017-01-20..2021-01-20"."""
    name, _, days = text.partition(" ")
    if name not in offices:
        raise UserError(f"{where.where}: unknown office {name!r}: {did_you_mean(name, offices)}")
    first, dots, last = days.partition("..")
    try:
        term = Term(offices[name], _day(first), _day(last) if last else None)
    except ValueError:
        term = None
    if term is None or not dots or (term.last and term.last < term.first):
        raise where.fail("offices", f'"{name} 2017-01-20..2021-01-20", the last day free if held')
    return term


def _offices(file: Table, places: Iterable[str]) -> dict[str, Office]:
    offices = {}
    known = list(places)
    for name, table in file.named("office"):
        offices[name] = Office(
            name, table.text("title"), table.choice("place", known), table.texts("called")
        )
        table.done()
    return offices


def _add_places(register: Register, file: Table) -> list[str]:
    codes = []
    for code, table in file.named("place"):
        codes.append(code)
        words, speaks_as = table.texts("words"), table.texts("speaks_as")
        table.done()
        for word in (*words, *speaks_as):
            register.places.setdefault(name_words(word), code)
            register.add_name(word, Entity(word, "place", id=code))
    return codes


def _add_person(register: Register, name: str, table: Table, offices: dict[str, Office]) -> None:
    full = table.text("name")
    terms = tuple(_term(text, offices, table) for text in table.texts("offices"))
    gender = table.choice("gender", ["he", "she", "they"])
    epithets = table.texts("called")
    person = Entity(full, "person", name, gender, terms, {each.lower() for each in epithets})
    register.people[name] = person
    for other in (full, *table.texts("names")):
        register.add_name(other, person)
    register.surnames.setdefault(surname_of(full), []).append(person)
    for epithet in person.called:
        register.epithets.setdefault(epithet, []).append(person)
    for term in terms:
        for role in term.office.called:
            register.roles.setdefault(role.lower(), []).append((person, term))
    table.text("citation", "")
    table.done()


def read_register(path: Path) -> Register:
    """Read a file of people, offices, places and bodies."""
    register = Register()
    file = read_toml(path)
    file.text("citation")
    codes = _add_places(register, file)
    offices = _offices(file, codes)
    for name, table in file.named("person"):
        _add_person(register, name, table, offices)
    for name, table in file.named("body"):
        kind: Kind = "press" if table.flag("press") else "body"
        body = Entity(table.text("name"), kind, name, "it")
        for other in (body.name, *table.texts("names")):
            register.add_name(other, body)
        table.done()
    file.done()
    return register


@functools.cache
def load_register() -> Register:
    """Return the register that ships with the program, read once.

    >>> load_register().people["keir-starmer"].office(datetime.date(2025, 3, 2))
    'Prime Minister of the United Kingdom'
    """
    return read_register(CONTENT / "people.toml")
