"""The people of one article: names, titles, epithets and pronouns resolved to one person each."""

from __future__ import annotations

import datetime
from bisect import bisect_left

from burdenshare.reading.names import Mention, find_names
from burdenshare.reading.register import Entity, Register
from burdenshare.reading.vocabulary import (
    DETERMINERS,
    HUMANS,
    ONCE,
    PAUSES,
    PREPOSITIONS,
    TITLES,
)
from burdenshare.reading.words import MARK, Words

OWNERS = frozenset("his her their its".split())
SINGULAR = {"he", "she"}
BYLINE = 6  # units among which the line with the author's name may stand
REACH = 8  # units a pronoun may look back


class Cast:
    """Everybody an article names, and who is meant where it does not name them.

    >>> from burdenshare.reading.register import load_register
    >>> from burdenshare.reading.read import read_document
    >>> from burdenshare.reading.words import words_of
    >>> words = words_of(read_document("Mr Trump spoke. The US president left.", None))
    >>> cast = Cast(words, load_register(), datetime.date(2025, 3, 2))
    >>> cast.described(3, 6).name
    'Donald Trump'
    """

    def __init__(self, words: Words, register: Register, day: datetime.date | None) -> None:
        self.words, self.register, self.day = words, register, day
        self.mentions = find_names(words, register, day)
        self.at = [mention.first for mention in self.mentions]
        self.ending = {mention.last: mention for mention in self.mentions}
        self.starting = {mention.first: mention for mention in self.mentions}
        self.spoke: dict[int, Entity] = {}  # unit number -> who spoke last in it
        self.author = self._byline()
        self.latest: dict[int, list[int]] = {}  # id of a person -> where it is named
        self.notes: dict[int, set[str]] = {}  # id of a person -> what it is called
        for mention in self.mentions:
            if mention.entity is not None:
                self.latest.setdefault(id(mention.entity), []).append(mention.first)
                if mention.entity.kind == "person":
                    self._learn(mention, mention.entity)

    def _byline(self) -> Entity | None:
        """Return who signs the text in a line of its own: "By Jo Roe"."""
        for unit in self.words.units[:BYLINE]:
            low = self.words.low[unit.first : unit.last]
            if low[:1] != ["by"] or not 3 <= len(low) <= 8:
                continue
            named = self.starting.get(unit.first + 1)
            if named is not None and named.entity is not None:
                return named.entity
            raw = self.words.raw[unit.first + 1 : unit.last]
            capitals = [word for word in raw if word[0].isupper()]
            return Entity(" ".join(capitals[:3]), "person") if len(capitals) > 1 else None
        return None

    def _learn(self, mention: Mention, person: Entity) -> None:
        """Note what the text calls a person beside the name: "Utah senator", "a blogger"."""
        low = self.words.low
        called = self.notes.setdefault(id(person), set(person.called))
        i = mention.first - 1
        while i >= max(0, mention.first - 4) and (low[i] in HUMANS or low[i] in TITLES):
            called.add(low[i])
            i -= 1
        last = mention.last
        if last + 1 < len(low) and low[last] == "," and low[last + 1] in DETERMINERS:
            for i, word in enumerate(low[last + 2 : last + 9], start=last + 3):
                if word in PREPOSITIONS or word in (",", MARK):
                    break
                if word in HUMANS and low[i : i + 1] and _closes(low[i]):
                    called.add(word)

    def between(self, first: int, last: int) -> list[Mention]:
        """Return the mentions that start among the items first..last, end exclusive."""
        return self.mentions[bisect_left(self.at, first) : bisect_left(self.at, last)]

    def recency(self, person: Entity, i: int) -> int:
        """Return where a person was last named before an item, or -1."""
        places = self.latest.get(id(person), [])
        before = bisect_left(places, i)
        return places[before - 1] if before else -1

    def _closest(self, people: list[Entity], i: int) -> Entity | None:
        """Return the one of some people that was named last before an item, or anywhere."""
        named = [each for each in people if id(each) in self.latest]
        return max(named, key=lambda each: self.recency(each, i)) if named else None

    def described(self, first: int, last: int) -> Entity | None:
        """Return who a description such as "the SpaceX boss" or "the US president" means."""
        low = self.words.low
        if last - first > 1 and low[first] in OWNERS:
            return self._boss_of(first, last)
        start = first + 1 if low[first] in DETERMINERS else first
        parts = low[start:last]
        if not parts or len(parts) > 8:
            return None
        if parts[-1].endswith("-elect"):
            return self._elected(parts[-1].removesuffix("-elect"))
        return (
            self._by_epithet(parts, first)
            or self._by_role(parts, first)
            or (self._by_text(parts, first) if low[first] in ("the", "this", "that") else None)
        )

    def _boss_of(self, first: int, last: int) -> Entity | None:
        """Read "their boss" as the person named last in the words before."""
        if self.words.low[last - 1] not in ("boss", "chief", "leader", "president"):
            return None
        for mention in reversed(self.between(max(0, first - 25), first)):
            if mention.entity is not None and mention.entity.kind == "person":
                return mention.entity
        return None

    def _elected(self, role: str) -> Entity | None:
        """Return who takes up an office within months: "the president-elect"."""
        if self.day is None:
            return None
        last = self.day + datetime.timedelta(days=100)
        coming = [
            (term.first, each.name, each)
            for each, term in self.register.roles.get(role, [])
            if self.day < term.first <= last
        ]
        return min(coming)[2] if coming else None

    def _by_epithet(self, parts: list[str], i: int) -> Entity | None:
        bare = [part for part in parts if (part,) not in self.register.places]
        for words in (parts, bare):
            for size in range(len(words), 1, -1):
                known = self.register.epithets.get(" ".join(words[len(words) - size :]))
                if known:
                    return self._closest(known, i) or (known[0] if len(known) == 1 else None)
        return None

    def _by_role(self, parts: list[str], i: int) -> Entity | None:
        for skip in range(len(parts)):
            for stop in range(len(parts), skip, -1):
                role = " ".join(parts[skip:stop])
                ends = stop == len(parts) or parts[stop] in ("of", "for", "to")
                if ends and role in self.register.roles and not PREPOSITIONS & set(parts[:skip]):
                    around = parts[:skip] + parts[stop:]
                    return self._holder(role, around, i)
        return None

    def _holder(self, role: str, around: list[str], i: int) -> Entity | None:
        """Return who is called by a role, near the words that stand around it."""
        place = self._place(around)
        everyone = self.register.roles[role]
        now = self.register.holders(role, self.day, place)
        if place and not any(term.office.place == place for _, term in everyone):
            place, now = "", self.register.holders(role, self.day)
        once = [each for each, term in everyone if place in ("", term.office.place)]
        if ONCE & set(around):
            return self._closest([each for each in once if each not in now], i)
        found = self._closest(now, i)
        if found is not None:
            return found
        if len(now) == 1:
            return now[0]
        serving = [each for each in now if self._place_named(each, role, i)]
        if len(serving) == 1 and not place:
            return serving[0]
        return self._closest(once, i)

    def neighbour(self, person: Entity, step: int) -> Entity | None:
        """Return who held a person's office before (-1) or after (1) that person."""
        if not person.terms:
            return None
        held = [term for term in person.terms if term.on(self.day)]
        term = max(held or person.terms, key=lambda each: each.first)
        line = sorted(
            (other.first, each.name, each)
            for each, other in self.register.roles.get(term.office.called[0].lower(), [])
            if other.office is term.office
        )
        at = [first for first, _, _ in line].index(term.first) + step
        return line[at][2] if 0 <= at < len(line) else None

    def _place(self, around: list[str]) -> str:
        places = self.register.places
        for size in (4, 3, 2, 1):
            for at in range(len(around) - size + 1):
                code = places.get(tuple(around[at : at + size]))
                if code:
                    return code
        return ""

    def _place_named(self, person: Entity, role: str, i: int) -> bool:
        """Say whether the body that a person heads was named shortly before."""
        serves = {term.office.place for term in person.terms if role in term.office.called}
        for mention in reversed(self.between(max(0, i - 60), i)):
            words = tuple(self.words.low[mention.first : mention.last])
            if self.register.places.get(words) in serves:
                return True
        return False

    def _by_text(self, parts: list[str], i: int) -> Entity | None:
        """Return the person that this text itself called so: "the commentator"."""
        head, phrase = parts[-1], " ".join(parts)
        for mention in reversed(self.between(max(0, i - 300), i)):
            person = mention.entity
            if person is None or person.kind != "person":
                continue
            called = self.notes[id(person)]
            if head in called or any(each.endswith(phrase) for each in called):
                return person
        return None

    def pronoun(self, word: str, i: int, number: int) -> Entity | None:
        """Return whom "he" or "she" means at an item of a unit: who spoke, acted, or came last."""
        if word == "i":
            return self.author
        if word not in SINGULAR:
            return self._plural(word, number)
        unit = self.words.units[number]
        found = self._antecedent(word, unit.first, i)
        for back in range(number - 1, max(-1, number - 1 - REACH), -1):
            if found is not None:
                break
            spoke = self.spoke.get(back)
            if spoke is not None and _fits(spoke, word):
                return spoke
            before = self.words.units[back]
            found = self._antecedent(word, before.first, before.last)
        return found

    def speaking(self, number: int) -> Entity | None:
        """Return the person who spoke last in the units just before."""
        for back in range(number - 1, max(-1, number - 4), -1):
            spoke = self.spoke.get(back)
            if spoke is not None and spoke.kind == "person":
                return spoke
        return None

    def _plural(self, word: str, number: int) -> Entity | None:
        wanted = ("group",) if word == "they" else ("body", "press", "place", "document")
        for back in range(number, max(-1, number - 3), -1):
            spoke = self.spoke.get(back)
            if spoke is not None and spoke.kind in wanted:
                return spoke
        return None

    def _antecedent(self, word: str, first: int, last: int) -> Entity | None:
        """Return the person that a stretch is about: the first who is not a mere possessor."""
        weak: Entity | None = None
        open_: Entity | None = None  # may be a woman or a man
        for mention in self.between(first, last):
            person = mention.entity
            if person is None or person.kind != "person" or not _fits(person, word):
                continue
            if self.modifies(mention) or mention.last > last:
                weak = weak or person
                continue
            if person.gender is None:
                open_ = open_ or person
                continue
            return person
        return open_ or weak

    def modifies(self, mention: Mention) -> bool:
        """Say whether a name only modifies: "Trump's team", "the Trump administration"."""
        low = self.words.low
        if mention.last - 1 in self.words.own:
            return True
        return (
            mention.last < len(low)
            and low[mention.last] in HUMANS
            and (mention.entity is not None and mention.entity.kind == "person")
        )


def _closes(word: str) -> bool:
    """Say whether an apposition may end before a word, as it does not before a verb."""
    return word in PREPOSITIONS or word in PAUSES or word in HUMANS or word in ("who", "and", MARK)


def _fits(person: Entity, word: str) -> bool:
    return person.kind == "person" and person.gender in (None, "they", word)
