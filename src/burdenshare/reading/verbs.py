"""Reporting verbs in use: which of them report something, who is their subject."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from burdenshare.reading.cues import (
    ANY_SAYING,
    FORMS,
    INVERTING,
    NO_SAYING,
    PARTICLED,
    WITHHELD,
    Verb,
)
from burdenshare.reading.frames import SHARED_PAPERS, Frame, Frames
from burdenshare.reading.phrases import Subject
from burdenshare.reading.speakers import Speakers
from burdenshare.reading.verbwords import (
    AGREEING,
    ASKED,
    ASKS,
    ASPECTS,
    BETWEEN,
    DENIERS,
    DISSENTING,
    FINITE_AFTER,
    GERUND_LINKS,
    HELD,
    HOLDERS_BACK,
    HOT,
    NAMING,
    NOUN_AFTER,
    PARTICLE_FORMS,
    PERSONAL,
    QUESTIONS,
    SPEECH_TO,
    WHEN_ASKED,
)
from burdenshare.reading.vocabulary import (
    ACT_PAPERS,
    ADVERBS,
    BE,
    HUMANS,
    MODALS,
    NEGATIONS,
    PAPERS,
    PAUSES,
    PLURALS,
    RELATIVES,
    TIMES,
    adverbial,
)
from burdenshare.reading.words import MARK, Unit

Side = Literal["right", "left", "none"]


@dataclass(slots=True)
class Hit:
    """A reporting verb in use: its place, its subject, and where the content stands."""

    at: int
    verb: Verb
    form: str
    subject: Subject
    side: Side = "none"
    frame: Frame = "none"
    content: int = 0
    passive: bool = False
    own_subject: bool = True
    inset: bool = False  # put into its own content: "…, she said, …"
    aside: bool = False  # in a relative clause, or behind a paper: "a post demanding …"
    marks: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Return the first item of the reporting clause."""
        return min(self.subject.first, self.at) if self.own_subject else self.at


class Verbs:
    """Finds the reporting verbs of a unit."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers, self.words = speakers, speakers.words
        self.low, self.cast = speakers.low, speakers.cast
        self.frames = Frames(speakers.cast)
        self.hot = [i for i, word in enumerate(self.low) if word in FORMS or word in HOT]

    def hits(self, unit: Unit, number: int) -> list[Hit]:
        """Return the reporting verbs of a unit, in order."""
        found: list[Hit] = []
        low, hot = self.low, self.hot
        asked = False  # inside "asked whether …,"
        for i in hot[bisect_left(hot, unit.first) : bisect_left(hot, unit.last)]:
            word = low[i]
            if word in (",", MARK):
                asked = False
            elif asked:
                continue
            elif word in ASKED and self._is_asked(i, unit):
                asked = True
            elif word in FORMS or (word in PARTICLE_FORMS and low[i + 1 : i + 2]):
                found += self._hit(i, unit, number, found)
            elif word == "that" and i - unit.first >= 2:
                found += self._any_saying(i, unit, number)
        return found

    def _any_saying(self, that: int, unit: Unit, number: int) -> list[Hit]:
        """Read a verb of no list by its that-clause: "Cruz chimed in that …"."""
        low = self.low
        i = that - 2 if low[that - 1] in ("in", "back", "out", "on") else that - 1
        word = low[i]
        if word[-2:] != "ed" or word in NO_SAYING or word in FORMS or i <= unit.first:
            return []
        subject = self.speakers.before(i, unit, number)
        if not isinstance(subject, Subject) or subject.entity is None:
            return []
        if self._held_back(i, "past", unit.first) or subject.entity.kind in ("place", "document"):
            return []
        return [Hit(i, ANY_SAYING, "past", subject, "right", "that", that + 1)]

    def _entry(self, i: int, unit: Unit) -> tuple[Verb, str] | None:
        """Return the verb of a form, with the particle behind it where that makes another."""
        follows = self.low[i + 1] if i + 1 < unit.last else ""
        if self.low[i] in PARTICLE_FORMS and (self.low[i], follows) in PARTICLED:
            return PARTICLED[self.low[i], follows]
        return FORMS.get(self.low[i])

    def _is_asked(self, i: int, unit: Unit) -> bool:
        """Say whether somebody is asked here: "Asked whether …", "when asked about …"."""
        if i + 1 >= unit.last or self.low[i + 1] not in QUESTIONS:
            return False
        return i == unit.first or self.low[i - 1] in WHEN_ASKED

    def _hit(self, i: int, unit: Unit, number: int, found: list[Hit]) -> list[Hit]:
        """Return a verb form as a hit, where it reports something."""
        low = self.low
        entry = self._entry(i, unit)
        title = i in self.words.own or (self.words.raw[i] != low[i] and i > unit.first)
        if entry is None or title:
            return []
        verb, form = entry
        passive = form in ("past", "part") and self._passive(i, unit)
        if not passive and form == "part" and not self._perfect(i):
            return []
        subject, own = self._subject(i, (verb, form), unit, number, found)
        if subject is None or not self._suits(verb, subject):
            return []
        denied = self._held_back(i, form, unit.first)
        aside = "D" in verb.flags and found and low[subject.first] in RELATIVES
        if aside or (denied and verb.lemma not in WITHHELD):
            return []
        verb = WITHHELD[verb.lemma] if denied else verb
        hit = Hit(i, verb, form, subject, passive=passive, own_subject=own)
        hit.aside = low[subject.first] in RELATIVES or (
            form == "ing"
            and own
            and not any(word in BE for word in low[max(unit.first, i - 3) : i])
        )
        self._take_content(hit, unit)
        if hit.frame == "none" and verb.lemma == "ask" and not passive:
            hit.verb = ASKS
            self._take_content(hit, unit)
        return [] if hit.frame == "lost" else [hit]

    def _suits(self, verb: Verb, subject: Subject) -> bool:
        """Say whether a subject of that kind says what the verb says."""
        kind = subject.entity.kind if subject.entity else "person"
        if self.low[subject.last - 1] in PAPERS and "D" in verb.flags:
            return True
        if verb.lemma in NAMING and not verb.needs and kind == "document":
            return False
        if kind == "document":
            return verb.lemma not in PERSONAL and ("d" not in verb.flags or "D" in verb.flags)
        return "D" not in verb.flags or "d" in verb.flags

    def _take_content(self, hit: Hit, unit: Unit) -> None:
        """Find out where the content of a verb stands."""
        subject, verb = hit.subject, hit.verb
        if hit.passive and {"a", "e"} & set(verb.flags):
            papers = ACT_PAPERS if "a" in verb.flags else SHARED_PAPERS
            if any(word in papers for word in self.low[max(unit.first, hit.at - 6) : hit.at]):
                hit.frame, hit.content = "object", hit.at + 1
        elif hit.passive and "d" in verb.flags:
            hit.frame, hit.content = "object", hit.at + 1
        else:
            behind = hit.own_subject and subject.first > hit.at
            start = subject.last if behind else hit.at + 1 + (" " in verb.lemma)
            hit.frame, hit.content = self.frames.content(start, verb, unit.last)
        if hit.frame == "none" and self._sides(hit, unit):
            hit.frame = "for"
        hit.inset = self._inset(hit, unit)
        if hit.inset and hit.frame != "lost":
            hit.side, hit.frame = "left", "none"
        elif hit.frame != "none":
            hit.side = "right"
        elif self._postposed(hit, unit):
            hit.side = "left"

    def _sides(self, hit: Hit, unit: Unit) -> bool:
        """Say whether a verb says all by itself: "Doe disagreed"."""
        if hit.verb.lemma in DISSENTING:
            return hit.at + 1 >= unit.last or self.low[hit.at + 1] in PAUSES
        alone = hit.subject.first == unit.first and hit.at >= unit.last - 2
        return hit.verb.lemma in AGREEING and alone

    # --- subjects -------------------------------------------------------------------------------

    def _passive(self, i: int, unit: Unit) -> bool:
        """Say whether a past form is passive or a participle: "was reposted by", "filed by"."""
        k = self.speakers.skip_back(i - 1, unit.first)
        return any(word in BE for word in self.low[k + 1 : i]) or self._agent(i, unit) is not None

    def _agent(self, i: int, unit: Unit) -> int | None:
        """Return where "by" stands that names the agent of a participle."""
        low = self.low
        for at in range(i + 1, min(i + 5, unit.last - 1)):
            if low[at] == "by":
                if low[at + 1][0].isdigit() or low[at + 1 : at + 2] == ["a"]:
                    return None  # "adopted by 92 votes to 5"
                gerund = low[at + 1][-3:] == "ing" or low[at + 2 : at + 3] == ["stating"]
                return None if gerund else at
            if low[at] not in TIMES and low[at] not in ADVERBS and low[at] not in ("on", "in"):
                return None
        return None

    def _perfect(self, i: int) -> bool:
        return any(word in ("has", "have", "had", "having") for word in self.low[max(0, i - 3) : i])

    def _subject(
        self, i: int, use: tuple[Verb, str], unit: Unit, number: int, found: list[Hit]
    ) -> tuple[Subject | None, bool]:
        """Return who does what the verb says, and whether the words stand beside it."""
        verb, form = use
        if form in ("past", "part") and self._passive(i, unit):
            return self._doer(i, verb, unit, number), True
        if form == "ing":
            return self._participle(i, unit, number, found)
        inverted = self._inverted(i, unit, number) if verb.lemma in INVERTING else None
        if inverted is not None:
            return inverted, True
        if (form == "base" and not self._plural(i, unit)) or (form == "s" and not self._finite(i)):
            return None, True
        start = i
        while start - 1 > unit.first and self.low[start - 1] in DENIERS:
            start -= 1
        subject = self.speakers.before(start, unit, number)
        if isinstance(subject, str) or "having" in self.low[max(unit.first, i - 3) : i]:
            return self._same(i, unit, number, found), False
        return subject, True

    def _doer(self, i: int, verb: Verb, unit: Unit, number: int) -> Subject | None:
        """Return who does what a passive verb says."""
        by = self._agent(i, unit)
        if by is None:
            return self._undergoing(i, unit) if {"d", "n"} <= set(verb.flags) else None
        return self.speakers.after(by, unit, number)

    def _undergoing(self, i: int, unit: Unit) -> Subject | None:
        """Return the body whose own affair is decided: "NATO's budget was cut"."""
        if any(word in HELD for word in self.low[unit.first : i]):
            return None
        for mention in reversed(self.cast.between(unit.first, i)):
            if mention.entity is not None and mention.entity.kind == "body":
                span = self.words.span(mention.first, mention.last)
                return Subject(unit.first, i, mention.entity, span)
        return None

    def _inverted(self, i: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject of "“…,” said Doe" and "…, said Doe"."""
        low = self.low
        before = low[i - 1] if i > unit.first else ""
        if before != MARK and (before != "," or (i - unit.first < 4 and low[i - 2] != MARK)):
            return None
        subject = self.speakers.after(i, unit, number)
        if before == "," and self.speakers.over_asides(i - 1, unit.first, number) is not None:
            return None
        return subject

    def _same(self, i: int, unit: Unit, number: int, found: list[Hit]) -> Subject | None:
        for hit in reversed(found):
            if not hit.passive and not hit.aside:
                return hit.subject
        return self.speakers.main(i, unit, number)

    def _participle(
        self, i: int, unit: Unit, number: int, found: list[Hit]
    ) -> tuple[Subject | None, bool]:
        """Return the subject of an -ing form: ", adding that …", "a post demanding …"."""
        low, speakers = self.low, self.speakers
        if i == unit.first:
            return self._of_main_clause(i, unit, number), False
        k = speakers.skip_back(i - 1, unit.first)
        word = low[k] if k >= unit.first else ""
        if word == "in" and low[k - 1] == "alone":
            k, word = k - 1, "keep"  # "alone in voting no"
        if word in ASPECTS or any(each in BE for each in low[k + 1 : i]):
            subject = speakers.before(k if word in ASPECTS else i, unit, number)
            if isinstance(subject, str):
                return self._same(i, unit, number, found), False
            return subject, True
        if word in GERUND_LINKS:
            return self._same(i, unit, number, found), False
        if word in PAPERS or word in HUMANS:
            return speakers.ending_at(k + 1, unit.first, number), True
        return speakers.paper_by(k, unit), True

    def _of_main_clause(self, i: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject behind the comma: "Calling it a relic, Doe …"."""
        for at in range(i + 1, min(i + 40, unit.last)):
            if self.low[at] == ",":
                subject = self.speakers.after(at, unit, number)
                if subject is not None:
                    return subject
        return None

    # --- verbs that are none, or report nothing -------------------------------------------------

    def _plural(self, i: int, unit: Unit) -> bool:
        """Say whether a bare verb form is finite: "critics say", "will urge", not "to say"."""
        low = self.low
        k = i - 1
        while k >= unit.first and adverbial(low[k]):
            k -= 1
        if k < unit.first:
            return False
        if low[k] == "to":
            return k - 1 >= unit.first and low[k - 1] in SPEECH_TO
        if low[k] in PLURALS or self._joint(k, unit) or (low[k] in PAPERS and low[k][-1] == "s"):
            return k not in self.words.own
        denied = low[k] in ("did", "does", "do", "would", "will") and low[k + 1] in NEGATIONS
        if (denied or low[k] in DENIERS) and FORMS[low[i]][0].lemma in WITHHELD:
            return True
        return low[k] in ("will", "they", "we", "i", "you", "who")

    def _joint(self, k: int, unit: Unit) -> bool:
        """Say whether an item ends the last of several names: "Ann Doe and Jim Roe"."""
        named = self.cast.ending.get(k + 1)
        return (
            named is not None
            and named.first > unit.first
            and ("and" in self.low[max(unit.first, named.first - 3) : named.first])
        )

    def _finite(self, i: int) -> bool:
        """Say whether a form in -s is a verb and not a plural noun."""
        before = self.low[i - 1] if i else ""
        if (before in NOUN_AFTER and before not in RELATIVES) or i - 1 in self.words.own:
            return False
        return before in FINITE_AFTER or i in self.cast.ending or adverbial(before)

    def _held_back(self, i: int, form: str, first: int) -> bool:
        """Say whether the words before a verb deny or suppose it: "did not say", "could argue"."""
        for k in range(i - 1, max(first - 1, i - 5), -1):
            word = self.low[k]
            if word in NEGATIONS or (word in HOLDERS_BACK and form in ("ing", "base")):
                return True
            if word in MODALS and form == "base":
                return True
            if word not in BETWEEN and not adverbial(word):
                return False
        return False

    # --- content before the verb ----------------------------------------------------------------

    def _inset(self, hit: Hit, unit: Unit) -> bool:
        """Say whether a clause is put into what it reports: "Nobody, he said, would pay"."""
        low, first = self.low, min(hit.subject.first, hit.at)
        if not hit.own_subject or first - 1 <= unit.first or hit.aside:
            return False
        if low[first - 2 if low[first - 1] == "as" else first - 1] != ",":
            return False
        for at in range(max(hit.at, hit.subject.last - 1) + 1, min(hit.at + 7, unit.last - 1)):
            if low[at] in (MARK, ":", ";"):
                return False
            if low[at] == ",":
                follows = low[at + 1]
                ends = ("and", "but", "who", "which", "while", MARK)
                return follows not in ends and follows[-3:] != "ing"
        return False

    def _postposed(self, hit: Hit, unit: Unit) -> bool:
        """Say whether the content stands before: "…, the minister said"."""
        first = min(hit.subject.first, hit.at)
        before = self.low[first - 1] if first > unit.first else ""
        if first - 2 < unit.first or not hit.own_subject:
            return before == MARK
        if before == "as" and self.low[first - 2] == ",":
            return True
        return before in (MARK, "–", "—") or (before == "," and first - unit.first >= 4)
