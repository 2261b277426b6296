"""Names in a text: runs of capitalised words, looked up in the register or kept as written."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from dataclasses import dataclass

from burdenshare.reading.register import PARTICLES, Entity, Register, surname_of
from burdenshare.reading.vocabulary import (
    BODY_WORDS,
    CALENDAR,
    HE_TITLES,
    NOT_NAMES,
    OPENERS,
    SHE_TITLES,
    STATES,
    TITLES,
)
from burdenshare.reading.words import MARK, Words

INSIDE_NAMES = frozenset(
    "king general house senate chief chair boss high first prince princess lady lord pope judge"
    " justice queen marshal deputy major leader conservative labour tory defence defense foreign"
    " trade finance treasury".split()
)
ENDS_NAME = (TITLES - INSIDE_NAMES) | CALENDAR
NEVER = NOT_NAMES | OPENERS | CALENDAR
HIGH_OFFICES = frozenset(
    "president chancellor prime-minister pm premier secretary-general secretary chief".split()
) | {"prime minister", "secretary general", "secretary of state", "defence secretary"}
LONGEST_NAME = 8
KIN = frozenset(
    "melania ivanka eric tiffany lara barron fred hunter jill ashley michelle laura barbara jeb"
    " brigitte akshata stanley rachel chelsea olena lyudmila heidi".split()
)


@dataclass(slots=True)
class Mention:
    """A name as it stands in the text: items first..last, end exclusive."""

    first: int
    last: int
    entity: Entity | None
    title: str = ""
    opens: bool = False

    @property
    def single(self) -> bool:
        """Say whether the name is one word."""
        return self.last - self.first == 1


def find_names(words: Words, register: Register, day: datetime.date | None) -> list[Mention]:
    """Return all names outside quotes, each with the person or body it means where known."""
    mentions = _collect(words, register)
    people = _full_names(words, mentions, register)
    for mention in mentions:
        if mention.entity is None:
            mention.entity = _by_surname(words, mention, people, register, day)
        if mention.entity is not None and mention.title and mention.entity.id is None:
            _learn_title(mention.entity, mention.title)
    return mentions


def _collect(words: Words, register: Register) -> list[Mention]:
    raw, low = words.raw, words.low
    mentions: list[Mention] = []
    openings = {unit.first for unit in words.units}
    headings = [unit for unit in words.units if unit.heading]
    in_heading = {i for unit in headings for i in range(unit.first, unit.last)}
    done, title = 0, ""
    for i, word in enumerate(raw):
        if (word == low[i] and word not in PARTICLES) or i < done:
            continue
        if title and low[i - 1] not in TITLES:
            title = ""
        known = _registered(words, i, register)
        if known is not None:
            last, entity = known
            mentions.append(Mention(i, last, entity, title, i in openings))
            done, title = last, ""
            continue
        if word == low[i] and not (i + 1 < len(raw) and raw[i + 1] != low[i + 1]):
            continue
        if low[i] in TITLES:
            title = low[i]
            continue
        opens = i in openings or low[i - 1] in (MARK, ":")
        if low[i] in NEVER or i in in_heading or low[i][:2] in ("r-", "d-"):
            title = ""
            continue
        last = _run(words, i, register, openings)
        if last > i:
            mentions.append(Mention(i, last, None, title, opens))
            done = last
        title = ""
    return mentions


def _registered(words: Words, i: int, register: Register) -> tuple[int, Entity] | None:
    """Return the end of the longest registered name that starts at an item, and whose it is."""
    options = register.phrases.get(words.low[i])
    if options is None:
        return None
    for phrase, entity in options:
        last = i + len(phrase)
        if len(phrase) == 1:
            if register.acronym(phrase[0]) and not words.raw[i].isupper():
                continue
            if phrase[0] in TITLES and _heads_on(words, last):
                continue
            return last, entity
        if tuple(words.low[i:last]) == phrase and not words.own & set(range(i, last - 1)):
            if words.low[last : last + 1] in (["jr"], ["junior"]):
                continue
            return last, entity
    return None


def _heads_on(words: Words, i: int) -> bool:
    """Say whether a name goes on at an item: "House Republicans", "House of Lords"."""
    return i < len(words.raw) and (words.raw[i] != words.low[i] or words.low[i] == "of")


def _run(words: Words, i: int, register: Register, openings: set[int]) -> int:
    """Return the end of the run of capitalised words that starts at an item, in its sentence."""
    raw, low = words.raw, words.low
    last = i
    while last < len(raw) and last - i < LONGEST_NAME:
        word = low[last]
        capital = raw[last] != word
        particle = word in PARTICLES and last + 1 < len(raw) and raw[last + 1] != low[last + 1]
        if not (capital or particle) or (last > i and last in openings):
            break
        if last > i and (word in ENDS_NAME or word in NEVER):
            break
        known = _registered(words, last, register) if last > i and capital else None
        if known is not None and (known[1].kind != "place" or known[0] - last > 1):
            break
        last += 1
        if last - 1 in words.own:
            break
    return last


def _kind(words: Words, mention: Mention) -> str | None:
    """Return what an unknown run of capitals names: person, body, or nothing that speaks."""
    parts = words.low[mention.first : mention.last]
    if any(part in BODY_WORDS for part in parts):
        return "body"
    if any(part in NOT_NAMES or part in STATES for part in parts):
        return None
    if mention.single:
        return None
    return "person" if all(part[:1].isalpha() for part in parts) else None


def _headed(words: Words, mention: Mention, register: Register) -> Entity | None:
    """Return the person behind a word that opens a sentence: "Angry Trump", "Defiant Putin"."""
    first, surname = words.low[mention.first], words.low[mention.last - 1]
    known = register.surnames.get(surname, [])
    if not mention.opens or mention.last - mention.first != 2 or first in KIN or len(known) != 1:
        return None
    return known[0] if _high(known[0]) else None


def _full_names(
    words: Words, mentions: list[Mention], register: Register
) -> dict[str, list[tuple[int, Entity]]]:
    """File everybody named in full by surname, with the place of each naming."""
    people: dict[str, list[tuple[int, Entity]]] = {}
    met: dict[str, Entity] = {}
    for mention in mentions:
        entity = mention.entity
        if entity is None:
            kind = _kind(words, mention)
            if kind is None:
                continue
            famous = _headed(words, mention, register)
            name = words.phrase(mention.first, mention.last)
            entity = met.get(name) or famous
            if entity is None:
                entity = Entity(name, "person" if kind == "person" else "body")
                entity.gender = None if kind == "person" else "it"
            met[name] = entity
            mention.entity = entity
        if entity.kind == "person":
            filed = people.setdefault(surname_of(entity.name), [])
            filed.append((mention.first, entity))
    return people


def _by_surname(
    words: Words,
    mention: Mention,
    people: dict[str, list[tuple[int, Entity]]],
    register: Register,
    day: datetime.date | None,
) -> Entity | None:
    """Return who a surname means: named in full in the text, else known by it on the day."""
    surname = " ".join(words.low[mention.first : mention.last])
    filed = people.get(surname)
    if filed:
        before = bisect_left(filed, mention.first, key=lambda each: each[0])
        return filed[max(0, before - 1)][1]
    if words.low[mention.first] in CALENDAR and not mention.title:
        return None
    known = register.surnames.get(surname, [])
    if len(known) > 1:
        known = [each for each in known if any(term.on(day) for term in each.terms)]
    famous = [each for each in known if mention.title or _high(each)]
    if len(famous) == 1:
        entity: Entity | None = famous[0]
    elif mention.title in TITLES and mention.title:
        entity = Entity(words.phrase(mention.first, mention.last), "person")
    else:
        return None
    if entity is not None:
        people.setdefault(surname, []).append((mention.first, entity))
    return entity


def _high(person: Entity) -> bool:
    """Say whether a person is known by surname alone."""
    return bool(person.called) or any(
        role in HIGH_OFFICES for term in person.terms for role in term.office.called
    )


def _learn_title(entity: Entity, title: str) -> None:
    entity.called.add(title)
    if entity.gender is None and title in HE_TITLES:
        entity.gender = "he"
    if entity.gender is None and title in SHE_TITLES:
        entity.gender = "she"
