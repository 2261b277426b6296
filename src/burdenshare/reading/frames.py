"""Where the words stand that a reporting verb reports: behind "that", a particle, a hearer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from burdenshare.reading.cues import FORMS, Verb
from burdenshare.reading.people import Cast
from burdenshare.reading.vocabulary import (
    ACT_PAPERS,
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
    adverbial,
)
from burdenshare.reading.words import MARK

Frame = Literal["quote", "that", "clause", "inf", "object", "for", "against", "none", "lost"]
Found = tuple[Frame, int]
REACH = 14  # items behind a verb among which "that", a hearer or a colon may stand
FAR = 40  # items behind a verb that are looked at
SHARED_PAPERS = (
    ACT_PAPERS
    | PAPERS
    | frozenset(
        "call calls idea view sentiment words claim exchange reply quote screenshot meme".split()
    )
)
STARTERS = (
    PRONOUNS
    | DETERMINERS
    | frozenset(
        "there if when unless without only because what how whether why nobody everyone everybody"
        " nothing anyone something in allies members countries".split()
    )
)
BALLOTS = frozenset("no yes nay aye".split())
COUNTING = frozenset("to votes vote - – against".split())
INDIRECT = frozenset("whether if why how what".split())
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
            "bring": self._bring_in,
            "move": self._bring_in,
            **dict.fromkeys(
                ("give", "serve", "cross", "break", "renew", "issue", "deliver"), self._notice
            ),
            **dict.fromkeys(("pull", "yank", "drag", "take"), self._take_out),
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
            found = self._that(start, verb, last) or self._said(start, at, verb, last)
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
        if "h" in verb.flags:
            whether = next(
                (j for j in near[: REACH if verb.lemma == "ask" else 4] if low[j] in INDIRECT), None
            )
            if whether is not None:
                return "that", whether + 1
        if "t" in verb.flags:
            that = next((j for j in near if self._stops(j, start)), None)
            if that is not None and low[that] == "that" and self._opens(that):
                return "that", that + 1
        return None

    def _opens(self, that: int) -> bool:
        """Say whether "that" begins what is said, and does not describe a paper: "a bill that"."""
        return self.low[that - 1] not in PAPERS or self.low[that - 2] == "into"

    def _stops(self, j: int, start: int) -> bool:
        """Say whether the search for "that" ends at an item: found, or another verb begins."""
        word = self.low[j]
        return word in STOPS or (j > start and FORMS.get(word, (None, ""))[1] in ("past", "s"))

    def _said(self, start: int, at: int, verb: Verb, last: int) -> Found | None:
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
        if "d" in flags:
            if low[at] in PAUSES and low[start] in PLACES:
                at = start  # "has withdrawn from UNRWA, …"
            return ("object", at) if low[at] not in PAUSES else None
        if not {"n", "e", "a"} & set(flags) or low[at] in PAUSES | PREPOSITIONS - {"as"}:
            return None
        return self._object(at, verb, last)

    def _object(self, at: int, verb: Verb, last: int) -> Found | None:
        if {"a", "e"} & set(verb.flags) and self.low[at] in ("it", "them"):
            return "object", at
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
        while at < last and adverbial(low[at]):
            at += 1
        at = self._over_ballot(at, last)
        if at >= last or low[at] not in verb.needs:
            return None
        if low[at] in BALLOTS:
            return "for", at
        against = low[at] in ("against", "back")
        at += 1
        while at < last and low[at] in PARTICLES:
            against = against or low[at] in ("against", "at")
            at += 1
        if at >= last:
            return None
        return ("against" if against else "for"), at

    def _over_ballot(self, at: int, last: int) -> int:
        """Step over the count of a vote: "87 to 13", "by 357 votes to 22", ", by 70 to 350,"."""
        low, start = self.low, at
        at += low[at] == ","
        if at < last and low[at] == "by":
            at += 1
        counted = at
        while at < last and (low[at][0].isdigit() or (at > counted and low[at] in COUNTING)):
            at += 1
        if at == counted:
            return start
        if low[at - 1] == "to":
            at -= 1
        if start < counted and low[start] == "," and at < last and low[at] == ",":
            at += 1
        return at

    def _notice(self, start: int, verb: Verb, last: int) -> Found | None:
        near = self.low[start : min(last, start + 6)]
        if not any(word in verb.needs for word in near):
            return "lost", start
        return "object", start

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

    def _take_out(self, start: int, verb: Verb, last: int) -> Found | None:
        near = self.low[start : min(last, start + 6)]
        return ("object" if any(word in verb.needs for word in near) else "lost"), start

    def _bring_in(self, start: int, verb: Verb, last: int) -> Found | None:
        near = self.low[start : min(last, start + 7)]
        if near[:1] and near[0] in verb.needs and any(word in ACT_PAPERS for word in near):
            return "object", start + 1
        if near[:1] and near[0] in DETERMINERS and any(word in ACT_PAPERS for word in near[:4]):
            return "object", start
        return "lost", start

    # --- what may stand between a verb and its content ------------------------------------------

    def _skip(self, at: int, last: int) -> int:
        """Step over adverbs, times and places between a verb and its content."""
        low = self.low
        while at < last:
            word = low[at]
            if word in SUBORDINATES:
                return at
            if adverbial(word) or word in TIMES:
                at += 1
            elif (over := self._over_ballot(at, last)) != at and (
                over < last and self.low[over] in DETERMINERS
            ):
                at = over
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
        if word == "to" and low[at] == "in" and end - at > 1:
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
