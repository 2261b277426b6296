"""Where the words stand that a reporting verb reports: behind "that", a particle, a hearer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from burdenshare.reading.cues import FORMS, Verb
from burdenshare.reading.people import Cast
from burdenshare.reading.vocabulary import (
    ACT_PAPERS,
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HUMANS,
    MODALS,
    PAPERS,
    PAUSES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATES,
    TIMES,
)
from burdenshare.reading.words import MARK

Frame = Literal["quote", "that", "clause", "inf", "object", "for", "against", "none", "lost"]
Found = tuple[Frame, int]
REACH = 14  # items behind a verb among which "that", a hearer or a colon may stand
FAR = 40  # items behind a verb that are looked at
SHARED_PAPERS = (
    ACT_PAPERS | PAPERS | frozenset("call calls idea view sentiment words claim".split())
)
STARTERS = (
    PRONOUNS
    | DETERMINERS
    | frozenset(
        "there if when unless without only because what how whether why nobody everyone everybody"
        " nothing anyone something in allies members countries".split()
    )
)
PARTICLES = frozenset("in at against for of out on about".split())
PLACES = frozenset("on in at to during from over".split())
NO_CLAUSE = PAUSES | SUBORDINATES | (PREPOSITIONS - {"under"}) | {"so"}
STOPS = SUBORDINATES | {"that", MARK, ";", "but"}


class Frames:
    """Finds the content of a verb among the items behind it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.raw, self.low = cast.words.raw, cast.words.low
        self.special: dict[str, Callable[[int, Verb, int], Found | None]] = {
            "make": self._make_clear,
            "speak": self._speak_of,
            "talk": self._speak_of,
            "go": self._go_on,
            "put": self._put_at,
        }

    def content(self, start: int, verb: Verb, end: int) -> Found:
        """Return the frame that carries what is said behind a verb, and where it begins."""
        low, last = self.low, min(end, start + FAR)
        at = self._skip(start, last)
        if at >= last:
            return "none", at
        if low[at] == MARK or (low[at] in (",", ":") and low[at + 1 : at + 2] == [MARK]):
            return "quote", at
        needed = self._needed(start, verb, last)
        if needed is not None:
            return needed
        mark = next((j for j in range(start, min(last, start + 30)) if low[j] == MARK), last)
        found: Found | None = None
        near = 12
        if verb.flags.strip("w") and "q" not in verb.flags:
            found = self._that(start, verb, last) or self._said(at, verb, last)
            near = 12 if "," not in low[start:mark] and mark - start < 8 else 0
        elif not verb.flags.strip("w"):
            near = 0 if verb.needs else near
        quoted: Found = ("quote", mark) if mark < last and mark - start < near else ("none", at)
        return found or quoted

    def _that(self, start: int, verb: Verb, last: int) -> Found | None:
        """Read "…: “" and "… that" behind a verb."""
        low = self.low
        near = range(start, min(last, start + REACH))
        colon = next((j for j in near if low[j] == ":"), None)
        quoted = colon is not None and low[colon + 1 : colon + 2] == [MARK]
        if colon is not None and quoted and "that" not in low[start:colon]:
            return "quote", colon + 1
        if "t" in verb.flags:
            that = next((j for j in near if self._stops(j, start)), None)
            if that is not None and low[that] == "that" and low[that - 1] not in PAPERS:
                return "that", that + 1
        return None

    def _stops(self, j: int, start: int) -> bool:
        """Say whether the search for "that" ends at an item: found, or another verb begins."""
        word = self.low[j]
        return word in STOPS or (j > start and FORMS.get(word, (None, ""))[1] in ("past", "s"))

    def _said(self, at: int, verb: Verb, last: int) -> Found | None:
        """Read a clause, an infinitive or an object right behind a verb."""
        low, flags = self.low, verb.flags
        if "o" in flags:
            addressed = self._addressed(at, verb, last)
            if addressed is not None:
                return addressed
        elif "i" in flags:
            to = at + 1 if low[at] == "not" else at
            if low[to] == "to" and to + 1 < last:
                return "inf", to + 1
        if "t" in flags and self._starts_clause(at, verb, last):
            return "clause", at
        if not {"n", "e", "a"} & set(flags) or low[at] in PAUSES | PREPOSITIONS - {"as"}:
            return None
        return self._object(at, verb, last)

    def _object(self, at: int, verb: Verb, last: int) -> Found | None:
        if "a" in verb.flags or "e" in verb.flags:
            papers = ACT_PAPERS if "a" in verb.flags else SHARED_PAPERS
            if not any(word in papers for word in self.low[at : min(last, at + 10)]):
                return None
        return "object", at

    # --- verbs with particles -------------------------------------------------------------------

    def _needed(self, start: int, verb: Verb, last: int) -> Found | None:
        """Return the frame of a verb with its particle: "call for", "speak out against"."""
        if not verb.needs or start >= last:
            return None
        if verb.lemma in self.special:
            return self.special[verb.lemma](start, verb, last)
        low, at = self.low, start
        while at < last and (low[at] in ADVERBS or low[at][-2:] == "ly"):
            at += 1
        if at >= last or low[at] not in verb.needs:
            return None
        against = low[at] in ("against", "back")
        at += 1
        while at < last and low[at] in PARTICLES:
            against = against or low[at] in ("against", "at")
            at += 1
        if at >= last:
            return None
        return ("against" if against else "for"), at

    def _make_clear(self, start: int, verb: Verb, last: int) -> Found | None:
        near = self.low[start : min(last, start + 5)]
        for word in verb.needs:
            if word in near:
                at = start + near.index(word) + 1
                return ("that", at + 1) if self.low[at : at + 1] == ["that"] else None
        return None

    def _speak_of(self, start: int, verb: Verb, last: int) -> Found | None:
        low = self.low
        for at in range(start, min(last - 1, start + REACH)):
            if low[at] in verb.needs:
                return ("against" if "against" in low[at : at + 2] else "for"), at + 1
            if low[at] in PAUSES:
                break
        return None

    def _go_on(self, start: int, verb: Verb, last: int) -> Found | None:
        if self.low[start] not in verb.needs:
            return "lost", start
        quoted = self.low[start + 1 : start + 2] in ([MARK], [":"])
        return ("quote" if quoted else "none"), start + 1

    def _put_at(self, start: int, verb: Verb, last: int) -> Found | None:
        for at in range(start + 1, min(last - 1, start + REACH)):
            if self.low[at] in verb.needs:
                return "object", start
        return None

    # --- what may stand between a verb and its content ------------------------------------------

    def _skip(self, at: int, last: int) -> int:
        """Step over adverbs, times and places between a verb and its content."""
        low = self.low
        while at < last:
            word = low[at]
            if word in SUBORDINATES:
                return at
            if word in ADVERBS or (word[-2:] == "ly" and len(word) > 4) or word in TIMES:
                at += 1
            elif word in PLACES and at + 1 < last and (step := self._adjunct(at, last)) != at:
                at = step
            else:
                return at
        return at

    def _adjunct(self, at: int, last: int) -> int:
        """Return the end of a short phrase of time, place or hearer that starts at an item."""
        low, end = self.low, at + 1
        if low[at] == "to" and low[end] not in HUMANS and end not in self.cast.starting:
            return at
        while end < last and end - at <= 9 and not self._begins(at, end):
            end += 1
        return end if end < last else at

    def _begins(self, at: int, end: int) -> bool:
        """Say whether something new begins at an item behind a preposition."""
        low = self.low
        word, before = low[end], low[end - 1]
        if word in PRONOUNS or word in ("that", MARK, ":", ";", ","):
            return True
        if word in DETERMINERS and end - 1 > at and before not in DETERMINERS | PREPOSITIONS:
            return True
        return end > at + 1 and end in self.cast.starting and end in self.cast.ending

    def _addressed(self, at: int, verb: Verb, last: int) -> Found | None:
        """Return where the content begins behind the person spoken to."""
        low, clause = self.low, "t" in verb.flags
        for j in range(at, min(last, at + REACH)):
            word = low[j]
            if word in (MARK, ":") and j > at:
                return "quote", j
            if word in PAUSES:
                return None
            if j == at:
                continue
            if word == "to" and "i" in verb.flags and j + 1 < last:
                return "inf", at
            if clause and (word in PRONOUNS or word in ("there", "that")):
                return "clause", j
        if clause and any(word in AUXILIARIES for word in low[at + 1 : min(last, at + REACH)]):
            return "clause", at + 1
        return None

    def _starts_clause(self, at: int, verb: Verb, last: int) -> bool:
        """Say whether a clause with a subject and a finite verb begins at an item."""
        word = self.low[at]
        if word in NO_CLAUSE:
            return False
        if verb.lemma == "say":
            return True
        named = at in self.cast.starting or self.raw[at] != word
        if not (named or word in STARTERS or word in HUMANS or word[-1] == "s" or word.isdigit()):
            return False
        near = self.low[at : min(last, at + 12)]
        return any(
            each in AUXILIARIES or each in MODALS or (each[-2:] == "ed" and before != "and")
            for before, each in pairwise(near)
        )
