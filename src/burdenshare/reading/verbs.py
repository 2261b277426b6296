"""Reporting verbs in use: which of them report something, who is their subject."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from burdenshare.reading.cues import ANY_SAYING, FORMS, INVERTING, NO_SAYING, Verb
from burdenshare.reading.frames import SHARED_PAPERS, Frame, Frames
from burdenshare.reading.phrases import Subject
from burdenshare.reading.speakers import Speakers
from burdenshare.reading.vocabulary import (
    ACT_PAPERS,
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    HUMANS,
    MODALS,
    NEGATIONS,
    PAPERS,
    PAUSES,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
)
from burdenshare.reading.words import MARK, Unit

Side = Literal["right", "left", "none"]
HOLDERS_BACK = frozenset(
    "avoid avoids avoided avoiding without stopped stop stops instead refrained refrains refused"
    " refuses declined declines failed fails from of against despite".split()
)
SPEECH_TO = frozenset(
    "went goes going continued continues took takes used uses expected set due wants keen"
    " returned forced proceeded".split()
)
GERUND_LINKS = frozenset(
    (",", "by", "in", "while", "when", "after", "before", "and", "–", "—", MARK, "with", "as")
)
NAMING = frozenset("dub call term label brand".split())
PERSONAL = frozenset(
    "expect plan intend offer estimate calculate agree refuse decline hope fear doubt feel".split()
)
QUESTIONS = frozenset("whether if about how why what by on".split())
ASKED = frozenset(("asked", "pressed", "quizzed"))
WHEN_ASKED = frozenset(("when", "was", ",", "were", "is", "being", MARK))
FINITE_AFTER = (
    PRONOUNS | PAUSES | ADVERBS | AUXILIARIES | HUMANS | PAPERS | RELATIVES | {"and", "but"}
)
NOUN_AFTER = DETERMINERS | PREPOSITIONS
BETWEEN = ADVERBS | AUXILIARIES | {"to"}
HOT = frozenset(("that", ",", MARK))


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
            elif word in FORMS:
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

    def _is_asked(self, i: int, unit: Unit) -> bool:
        """Say whether somebody is asked here: "Asked whether …", "when asked about …"."""
        if i + 1 >= unit.last or self.low[i + 1] not in QUESTIONS:
            return False
        return i == unit.first or self.low[i - 1] in WHEN_ASKED

    def _hit(self, i: int, unit: Unit, number: int, found: list[Hit]) -> list[Hit]:
        """Return a verb form as a hit, where it reports something."""
        low = self.low
        verb, form = FORMS[low[i]]
        if i in self.words.own or (self.words.raw[i] != low[i] and i > unit.first):
            return []
        passive = form in ("past", "part") and self._passive(i, unit)
        if not passive and form == "part" and not self._perfect(i):
            return []
        subject, own = self._subject(i, passive, unit, number, found)
        if subject is None or not self._suits(verb, subject):
            return []
        if self._held_back(i, form, unit.first):
            return []
        hit = Hit(i, verb, form, subject, passive=passive, own_subject=own)
        hit.aside = low[subject.first] in RELATIVES or (
            form == "ing"
            and own
            and not any(word in BE for word in low[max(unit.first, i - 3) : i])
        )
        self._take_content(hit, unit)
        return [] if hit.frame == "lost" else [hit]

    def _suits(self, verb: Verb, subject: Subject) -> bool:
        """Say whether a subject of that kind says what the verb says."""
        kind = subject.entity.kind if subject.entity else "person"
        if verb.lemma in NAMING and kind == "document":
            return False
        return verb.lemma not in PERSONAL or kind == "person"

    def _take_content(self, hit: Hit, unit: Unit) -> None:
        """Find out where the content of a verb stands."""
        subject, verb = hit.subject, hit.verb
        if hit.passive and {"a", "e"} & set(verb.flags):
            papers = ACT_PAPERS if "a" in verb.flags else SHARED_PAPERS
            if any(word in papers for word in self.low[max(unit.first, hit.at - 6) : hit.at]):
                hit.frame, hit.content = "object", hit.at + 1
        else:
            behind = hit.own_subject and subject.first > hit.at
            start = subject.last if behind else hit.at + 1
            hit.frame, hit.content = self.frames.content(start, verb, unit.last)
        alone = subject.first == unit.first and hit.at >= unit.last - 2
        if verb.lemma in ("agree", "concur") and hit.frame == "none" and alone:
            hit.frame = "for"
        hit.inset = self._inset(hit, unit)
        if hit.inset and hit.frame != "lost":
            hit.side, hit.frame = "left", "none"
        elif hit.frame != "none":
            hit.side = "right"
        elif self._postposed(hit, unit):
            hit.side = "left"

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
                gerund = low[at + 1][-3:] == "ing" or low[at + 2 : at + 3] == ["stating"]
                return None if gerund else at
            if low[at] not in TIMES and low[at] not in ADVERBS and low[at] not in ("on", "in"):
                return None
        return None

    def _perfect(self, i: int) -> bool:
        return any(word in ("has", "have", "had", "having") for word in self.low[max(0, i - 3) : i])

    def _subject(
        self, i: int, passive: bool, unit: Unit, number: int, found: list[Hit]
    ) -> tuple[Subject | None, bool]:
        """Return who does what the verb says, and whether the words stand beside it."""
        verb, form = FORMS[self.low[i]]
        if passive:
            by = self._agent(i, unit)
            return (self.speakers.after(by, unit, number) if by else None), True
        if form == "ing":
            return self._participle(i, unit, number, found)
        inverted = self._inverted(i, unit, number) if verb.lemma in INVERTING else None
        if inverted is not None:
            return inverted, True
        if (form == "base" and not self._plural(i, unit)) or (form == "s" and not self._finite(i)):
            return None, True
        subject = self.speakers.before(i, unit, number)
        if isinstance(subject, str) or "having" in self.low[max(unit.first, i - 3) : i]:
            return self._same(i, unit, number, found), False
        return subject, True

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
        if any(each in BE for each in low[k + 1 : i]):
            subject = speakers.before(i, unit, number)
            if isinstance(subject, str):
                return self._same(i, unit, number, found), False
            return subject, True
        if word in GERUND_LINKS:
            return self._same(i, unit, number, found), False
        if word in PAPERS or word in HUMANS:
            return speakers.ending_at(k + 1, unit.first, number), True
        return self._paper_by(k, unit), True

    def _of_main_clause(self, i: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject behind the comma: "Calling it a relic, Doe …"."""
        for at in range(i + 1, min(i + 40, unit.last)):
            if self.low[at] == ",":
                subject = self.speakers.after(at, unit, number)
                if subject is not None:
                    return subject
        return None

    def _paper_by(self, k: int, unit: Unit) -> Subject | None:
        """Return who wrote a paper: "an amendment from Doe stating …"."""
        named = self.cast.ending.get(k + 1)
        if named is None or named.entity is None or k in self.words.own:
            return None
        start = self.speakers.phrase_start(named.first, unit.first)
        if start - 2 < unit.first or self.low[start - 1] not in ("by", "from"):
            return None
        if self.low[start - 2] not in PAPERS:
            return None
        span = self.words.span(named.first, named.last)
        return Subject(start - 2, k + 1, named.entity, span)

    # --- verbs that are none, or report nothing -------------------------------------------------

    def _plural(self, i: int, unit: Unit) -> bool:
        """Say whether a bare verb form is finite: "critics say", "will urge", not "to say"."""
        low = self.low
        k = i - 1
        while k >= unit.first and (low[k] in ADVERBS or low[k][-2:] == "ly"):
            k -= 1
        if k < unit.first:
            return False
        if low[k] == "to":
            return k - 1 >= unit.first and low[k - 1] in SPEECH_TO
        if low[k] in PLURALS:
            return k not in self.words.own
        return low[k] in ("will", "they", "we", "i", "you", "who")

    def _finite(self, i: int) -> bool:
        """Say whether a form in -s is a verb and not a plural noun."""
        before = self.low[i - 1] if i else ""
        if (before in NOUN_AFTER and before not in RELATIVES) or i - 1 in self.words.own:
            return False
        return before in FINITE_AFTER or i in self.cast.ending or before[-2:] == "ly"

    def _held_back(self, i: int, form: str, first: int) -> bool:
        """Say whether the words before a verb deny or suppose it: "did not say", "could argue"."""
        for k in range(i - 1, max(first - 1, i - 5), -1):
            word = self.low[k]
            if word in NEGATIONS or (word in HOLDERS_BACK and form in ("ing", "base")):
                return True
            if word in MODALS and form == "base":
                return True
            if word not in BETWEEN and word[-2:] != "ly":
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
