"""Who is meant by a name: the people of the ledger, and those of the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from burdenshare.errors import UserError, did_you_mean
from burdenshare.reading.register import load_register, name_words, surname_of


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: by id where the register has one, else by the name in the texts."""

    name: str
    id: str | None = None

    @property
    def key(self) -> str:
        """What tells this person from others."""
        return self.id or " ".join(name_words(self.name)) or self.name

    @property
    def _words(self) -> str:
        return " ".join(name_words(self.name))


def find_person(given: str, met: Iterable[Person]) -> Person:
    """Return the person that an id, a name or a surname means.

    `met` are the people of the ledger; others are looked for in the register. Raises UserError
    with a hint for a name that nobody has, and for one that several have.

    >>> find_person("trump", []).id
    'donald-trump'
    """
    people = sorted({each.key: each for each in met}.values(), key=lambda each: each.name)
    register = load_register()
    known = [Person(each.name, name) for name, each in register.people.items()]
    wanted = " ".join(name_words(given))
    for group in (people, known):
        found = [each for each in group if given.strip() == each.id]
        found = found or [each for each in group if wanted and each._words == wanted]
        found = found or _otherwise_called(wanted, group)
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{each.name} ({each.id or 'no id'})" for each in found[:8])
            raise UserError(f"--person {given[:40]!r} may be {several}: write one in full")
    everybody = (*people, *known)
    known_as = {name for each in everybody for name in (each.name, each.id, _last(each)) if name}
    hint = did_you_mean(given, known_as)
    raise UserError(f"--person {given[:40]!r} is nobody known here: {hint}")


def _otherwise_called(wanted: str, people: Iterable[Person]) -> list[Person]:
    """Return who has another name in the register, or a surname."""
    if not wanted:
        return []
    register = load_register()
    words = tuple(wanted.split())
    ids = {entity.id for phrase, entity in register.phrases.get(words[0], []) if phrase == words}
    people = list(people)
    named = [each for each in people if each.id is not None and each.id in ids]
    return named or [each for each in people if _last(each) == wanted]


def _last(person: Person) -> str:
    return surname_of(person.name) if name_words(person.name) else ""
