"""Noun phrases that name a speaker: their extent, and who or what is meant."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.reading.document import Span
from burdenshare.reading.names import Mention
from burdenshare.reading.people import Cast
from burdenshare.reading.register import Entity, Kind
from burdenshare.reading.vocabulary import (
    ARTICLES,
    AUXILIARIES,
    COLLECTIVES,
    DETERMINERS,
    HUMANS,
    LINKS,
    ONCE,
    PAPERS,
    PAUSES,
    PLURALS,
    POSTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STATES,
    TITLES,
)

NUMBERS = frozenset("i ii iii iv v vi one two three four five".split())
TREATIES = frozenset(("treaty", "charter", "constitution"))
ORDINALS = ("th", "st", "nd", "rd")


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name a speaker, items first..last, and who it is."""

    first: int
    last: int
    entity: Entity | None
    mention: Span | None = None


class Phrases:
    """Reads the noun phrases of a document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.words = cast.words
        self.low = cast.words.low

    def ending_at(self, last: int, first: int, number: int) -> Subject | None:
        """Return the noun phrase that ends before an item, as a speaker."""
        k = last - 1
        word = self.low[k]
        if word in PRONOUNS:
            entity = self.cast.pronoun(word, k, number)
            return Subject(k, last, entity, self.words.span(k, last))
        mention = self.cast.ending.get(last)
        if mention is not None:
            return self.named(mention, first, number)
        if word in HUMANS or word in PAPERS or self._describes(k, first):
            return self.noun_phrase(k, first, number)
        return None

    def _describes(self, k: int, first: int) -> bool:
        """Say whether a word ends a description such as "the tech billionaire"."""
        start = k
        while start > first and k - start < 5 and self.low[start] not in DETERMINERS:
            start -= 1
        if self.low[start] not in DETERMINERS or start == k:
            return False
        return self.cast.described(start, k + 1) is not None

    # --- phrases with a name at their end -------------------------------------------------------

    def named(self, mention: Mention, first: int, number: int) -> Subject | None:
        """Return the speaker in a phrase that ends in a name."""
        if mention.last - 1 in self.words.own:
            return None
        entity = mention.entity or self.unknown(mention)
        start = self.phrase_start(mention.first, first)
        head = self._head_before(start, first, number, mention.last)
        if head is not None:
            return head
        if (
            entity.kind == "place"
            and self.low[start] == "the"
            and _demonym(self.low[mention.first])
        ):
            entity = self.cast.speaking(number) or entity
        if start - 2 >= first and self.low[start - 1] in ("and", "&"):
            return self._listed(mention, entity, start, first)
        span = self.words.span(mention.first, mention.last)
        return Subject(start, mention.last, entity, span)

    def unknown(self, mention: Mention) -> Entity:
        """Return somebody of whom nothing is known but a name."""
        name = self.words.phrase(mention.first, mention.last)
        return Entity(name, "person" if mention.single and not name.isupper() else "body")

    def _head_before(self, start: int, first: int, number: int, last: int) -> Subject | None:
        """Return the speaker whom a name only describes: "officials in Paris", "Doe of Utah"."""
        low = self.low
        if start - 2 < first or low[start - 1] not in PREPOSITIONS:
            return None
        if low[start - 1] in ("of", "from", "for"):
            whose = self.cast.ending.get(start - 1)
            if whose is not None and whose.entity is not None and whose.entity.kind != "place":
                return self.named(whose, first, number)
        return self._longer(start, first, number, last)

    def _longer(self, start: int, first: int, number: int, last: int) -> Subject | None:
        """Return the phrase whose end is "in …" or "meeting in …", by the noun in front."""
        low = self.low
        head = low[start - 2]
        if head in HUMANS or head in PAPERS:
            return self.noun_phrase(start - 2, first, number, last)
        if head.isdigit() and start - 3 >= first and low[start - 3] in PAPERS:
            return self.noun_phrase(start - 3, first, number, last)
        if head[-3:] == "ing" and start - 3 >= first and low[start - 3] in HUMANS:
            return self.noun_phrase(start - 3, first, number, last)
        if head[-2:] == "ed" and start - 3 >= first and low[start - 3] in PAPERS:
            return self.noun_phrase(start - 3, first, number, last)
        return None

    def _listed(self, mention: Mention, entity: Entity, start: int, first: int) -> Subject:
        """Return the names of a list that ends in this one: "Ann Doe, Jim Roe and Kim Poe"."""
        names = [entity.name]
        while start - 2 >= first and self.low[start - 1] in ("and", ",", "&"):
            other = self.cast.ending.get(start - 1)
            if not self._like(other, entity) or other is None or other.entity is None:
                break
            names.insert(0, other.entity.name)
            start = self.phrase_start(other.first, first)
        if len(names) == 1:
            span = self.words.span(mention.first, mention.last)
            return Subject(start, mention.last, entity, span)
        return Subject(start, mention.last, together(names), self.words.span(start, mention.last))

    def _like(self, other: Mention | None, entity: Entity) -> bool:
        if other is None or other.entity is None or other.last - 1 in self.words.own:
            return False
        return other.entity.kind == entity.kind

    def phrase_start(self, i: int, first: int) -> int:
        """Return where the titles and descriptions in front of a name begin."""
        low, at = self.low, i
        while at > first and i - at < 8:
            word = low[at - 1]
            before = self.cast.ending.get(at)
            if before is not None and before.entity is not None:
                if before.entity.kind not in ("place", "body"):
                    break
                at = before.first
            elif word in TITLES or word in HUMANS or word in ONCE or word in STATES:
                at -= 1
            else:
                break
        return at - 1 if at > first and low[at - 1] in ARTICLES else at

    # --- phrases with a common noun at their end ------------------------------------------------

    def noun_phrase(self, k: int, first: int, number: int, last: int = 0) -> Subject | None:
        """Return the phrase whose head noun is at an item: "Senior officials in the … team"."""
        last = last or k + 1
        start = self._start(k, first)
        if start - 2 >= first and self.low[start - 1] in PREPOSITIONS:
            longer = self._longer(start, first, number, last)
            if longer is not None:
                return longer
        entity = self._meant(start, k, last, number)
        other = self.cast.ending.get(start - 1) if start - 2 >= first else None
        beside = other.entity if other is not None and self.low[start - 1] == "and" else None
        if other is None or other.last - 1 in self.words.own:
            beside = None
        if other is not None and beside is not None and beside.kind == "person":
            start = self.phrase_start(other.first, first)
            entity = Entity(f"{beside.name} and {entity.name}", "group")
        return Subject(start, last, entity, self.words.span(start, last))

    def _start(self, k: int, first: int) -> int:
        """Return where the phrase that ends in a noun begins."""
        start = k
        while start > first and k - start < 7:
            word = self.low[start - 1]
            if word in DETERMINERS and (word != "that" or start - 1 == first):
                return start - 1
            if self._ends_phrase(word, start):
                break
            mention = self.cast.ending.get(start)
            if mention is None or mention.entity is None:
                start -= 1
                continue
            start = mention.first
            if mention.entity.kind == "person" and mention.last - 1 in self.words.own:
                return self.phrase_start(start, first)
        return start

    def _ends_phrase(self, word: str, start: int) -> bool:
        if word in PREPOSITIONS or word in PAUSES or word in AUXILIARIES or word in RELATIVES:
            return True
        return word in LINKS and not self.low[start].endswith(ORDINALS)

    def _meant(self, start: int, k: int, last: int, number: int) -> Entity:
        """Return who or what a phrase with a common noun means."""
        head = self.low[k]
        if head in PAPERS and head not in HUMANS:
            return self._author(start, k, last, number)
        aside = self.cast.ending.get(start - 1) if last == k + 1 else None
        beside = aside.entity if aside is not None and self.low[start - 1] == "," else None
        if last < len(self.low) and self.low[last] not in PAUSES:
            beside = None  # "Doe, the president told them": no apposition
        if beside is not None and beside.kind == "person" and self.low[start] in DETERMINERS:
            return beside
        found = self._relation(start, k, number) or self.cast.described(start, last)
        return found or Entity(self.text(start, last, number), _group_or_person(head))

    def _relation(self, start: int, k: int, number: int) -> Entity | None:
        """Return who "his predecessor" or "her successor" is."""
        step = {"predecessor": -1, "successor": 1}.get(self.low[k], 0)
        owner = self.owner(start, number) if step else None
        return self.cast.neighbour(owner, step) if owner is not None else None

    def text(self, start: int, last: int, number: int) -> str:
        """Return a phrase as a name: no article, possessors by their own names."""
        low = self.low
        for i in range(start + 1, last):
            if low[i][-3:] == "ing" and low[i - 1] in HUMANS:
                last = i
                break
        if low[start] in ("its", "his", "her", "their"):
            owner = self.owner(start, number)
            rest = self.words.phrase(start + 1, last)
            return f"{owner.name}'s {rest}" if owner else f"{low[start]} {rest}"
        for i in range(start, last - 1):
            if i in self.words.own:
                mention = self.cast.ending.get(i + 1)
                entity = mention.entity if mention else self.cast.described(start, i + 1)
                if entity is not None:
                    return f"{entity.name}'s {self.words.phrase(i + 1, last)}"
        if low[start] in ("the", "a", "an", "some") and last - start > 1:
            start += 1
        return self.words.phrase(start, last)

    def owner(self, i: int, number: int) -> Entity | None:
        """Return whom "his", "her", "its" or "their" means."""
        word = {"his": "he", "her": "she"}.get(self.low[i])
        if word:
            return self.cast.pronoun(word, i, number)
        unit = self.words.units[number]
        for mention in self.cast.between(unit.first, i):
            if mention.entity is not None and mention.entity.kind in ("place", "body"):
                return mention.entity
        return None

    # --- papers ---------------------------------------------------------------------------------

    def _author(self, start: int, k: int, last: int, number: int) -> Entity:
        """Return whose a paper is: its author where named, else the paper itself."""
        low, words = self.low, self.words
        for i in range(start, k):
            mention = self.cast.ending.get(i + 1)
            if i in words.own and mention is not None and mention.entity is not None:
                return mention.entity
        behind = self._named_behind(k)
        if behind is not None:
            return behind
        if low[start] in ("his", "her"):
            owner = self.owner(start, number)
            if owner is not None:
                return owner
        numbered = k + 1 < len(low) and (low[k + 1].isdigit() or low[k + 1] in NUMBERS)
        if low[k] in POSTS and not numbered:
            return Entity(f"unnamed author of the {low[k].removesuffix('s')}", "group")
        if numbered:
            return Entity(self._provision(k, number), "document")
        return Entity(self.text(start, last, number), "document")

    def _named_behind(self, k: int) -> Entity | None:
        """Return who is named behind a paper: "a tweet by Republican congressman Jim Roe"."""
        low = self.low
        by = next((i for i in range(k + 1, min(k + 5, len(low))) if low[i] in ("by", "from")), None)
        if by is None:
            return None
        for i in range(by + 1, min(by + 8, len(low))):
            mention = self.cast.starting.get(i)
            if mention is not None and mention.entity is not None:
                if mention.entity.kind != "place" and mention.last - 1 not in self.words.own:
                    return mention.entity
            elif low[i] in PAUSES or low[i] in PREPOSITIONS:
                return None
        return None

    def _provision(self, k: int, number: int) -> str:
        """Return the name of an article or section, with that of the treaty it belongs to."""
        words = self.words
        name = words.phrase(k, k + 2)
        unit = words.units[number]
        for i in range(unit.first, unit.last):
            if words.low[i] in TREATIES and words.raw[i] != words.low[i]:
                first = i
                while first > unit.first and words.raw[first - 1] != words.low[first - 1]:
                    first -= 1
                first += words.low[first] == "the"
                return f"{name} of the {words.phrase(first, i + 1)}"
        return name


def _demonym(word: str) -> bool:
    return word.endswith(("an", "ish", "ese", "ch", "ek", "ene", "ot"))


def _group_or_person(head: str) -> Kind:
    return "group" if head in PLURALS or head in COLLECTIVES else "person"


def together(names: list[str]) -> Entity:
    """Return several people who speak as one.

    >>> together(["Ann Doe", "Jim Roe", "Kim Poe"]).name
    'Ann Doe, Jim Roe and Kim Poe'
    """
    return Entity(", ".join(names[:-1]) + " and " + names[-1], "group")
