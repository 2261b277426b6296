"""Speakers named without a reporting verb: "according to Doe", "Doe: “…”", "in Doe's view"."""

from __future__ import annotations

from bisect import bisect_left

from burdenshare.reading.cues import Verb
from burdenshare.reading.phrases import Subject
from burdenshare.reading.register import Entity
from burdenshare.reading.speakers import Speakers
from burdenshare.reading.verbs import Hit, Side
from burdenshare.reading.vocabulary import ACT_PAPERS, DETERMINERS, MODALS, POSTS
from burdenshare.reading.words import MARK, Unit

SAYS = Verb("say", "tv")
SIDES = Verb("side", "w", ("with",))
ACCORDING = Verb("according", "")
BILL = Verb("file", "naw")
VIEWS = frozenset("view words opinion telling estimation".split())
REPLIES = frozenset("reply response answer retort verdict message".split())
SPEECH_NOUNS = frozenset(
    "remark remarks comment comments claim claims description call calls threat threats warning"
    " warnings verdict words tweet tweets message slogan phrase quip jibe line assertion answer"
    " response reply diagnosis refrain complaint mantra statement".split()
)
BILLS = ACT_PAPERS - {"pledge", "agreement"}
CLAUSES = frozenset("article section clause charter treaty resolution".split())
CUES = POSTS | REPLIES | BILLS | VIEWS | {"according", "under", "with", ":", MARK}
NEAR = 30  # items behind "in the words of Doe" among which the quote may stand


class OtherCues:
    """Finds these in a unit, as hits like those of verbs."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers, self.cast = speakers, speakers.cast
        self.words, self.low = speakers.words, speakers.low
        self.cues = [i for i, word in enumerate(self.low) if word in CUES]
        self.sources: list[str] = []  # who reports the unit read last: "according to …"

    def hits(self, unit: Unit, number: int, verbs: list[Hit]) -> list[Hit]:
        """Return the speakers that a unit names without a verb, given its verbs."""
        found: list[Hit] = []
        self.sources = []
        cues = self.cues
        for i in cues[bisect_left(cues, unit.first) : bisect_left(cues, unit.last)]:
            follows = self.low[i + 1] if i + 1 < unit.last else ""
            hit = self._hit(i, follows, unit, number, verbs)
            if hit is not None:
                found.append(hit)
        return found

    def _hit(self, i: int, follows: str, unit: Unit, number: int, verbs: list[Hit]) -> Hit | None:
        word = self.low[i]
        if word in (MARK, ":"):
            if i == unit.first or any(hit.at < i for hit in verbs):
                return None
            return self._owned(i, unit, number) if word == MARK else self._label(i, unit, number)
        if word == "according" and follows == "to":
            return self._according(i, unit, number, verbs)
        if word in BILLS and follows:
            return self._bill(i, unit, number, verbs)
        return self._phrase(i, follows, unit, number, verbs)

    def _phrase(
        self, i: int, follows: str, unit: Unit, number: int, verbs: list[Hit]
    ) -> Hit | None:
        """Read "under Article 4", "I am with Doe", and what names words said."""
        word = self.low[i]
        if word == "under":
            return None if verbs or i - unit.first > 1 else self._under(i, unit, number)
        if word == "with":
            return self._with(i, unit, number)
        return self._spoken(i, follows, unit, number, verbs)

    def _spoken(
        self, i: int, follows: str, unit: Unit, number: int, verbs: list[Hit]
    ) -> Hit | None:
        """Read what names words said: a view, a reply, a post."""
        word = self.low[i]
        before = self.low[i - 2] if i - 2 >= unit.first else ""
        if word in VIEWS and follows == "of" and not verbs:
            return self._words_of(i, unit, number)
        if word in VIEWS and before == "in":
            return self._view(i, unit, number)
        if word in REPLIES and before in ("came", "was"):
            return self._reply(i, number)
        if word in POSTS and follows in ("about", "reading"):
            return self._post_about(i, unit, number)
        return None

    def _according(self, i: int, unit: Unit, number: int, verbs: list[Hit]) -> Hit | None:
        """Read "according to Doe": the source of what others say, else the speaker."""
        subject = self.speakers.after(i + 1, unit, number)
        if subject is None:
            return None
        if subject.entity is not None and any(hit.at > i or hit.side == "left" for hit in verbs):
            self.sources.append(subject.entity.name)
            return None
        subject = Subject(i, subject.last, subject.entity, subject.mention)
        content = min(subject.last + 1, unit.last - 1)
        side: Side = "right" if i - unit.first < 2 else "left"
        return Hit(i, ACCORDING, "past", subject, side, "clause", content)

    def _under(self, i: int, unit: Unit, number: int) -> Hit | None:
        """Read "Under Article 4 the parties …": the words of the treaty."""
        near = range(i + 1, min(i + 5, unit.last - 1))
        head = next((k for k in near if self.low[k] in CLAUSES), None)
        found = self.speakers.noun_phrase(head, i + 1, number) if head is not None else None
        if head is None or found is None or found.entity is None:
            return None
        last = head + 2 if self.words.raw[head + 1][0].isdigit() else head + 1
        subject = Subject(i, last, found.entity, found.mention)
        return Hit(i, SAYS, "past", subject, "right", "clause", min(last, unit.last - 1))

    def _with(self, i: int, unit: Unit, number: int) -> Hit | None:
        """Read "I am with Doe": the writer sides with whom she names."""
        if self.low[i - 2 : i] not in (["i", "am"], ["we", "are"]):
            return None
        named = self.cast.starting.get(i + 1)
        person = named is not None and named.entity is not None and named.entity.kind == "person"
        if not person and self.low[i + 1 : i + 2] not in (["him"], ["her"], ["them"]):
            return None
        subject = self.speakers.ending_at(i - 1, unit.first, number)
        if subject is None or subject.entity is None:
            return None
        return Hit(i - 1, SIDES, "base", subject, "right", "for", i + 1)

    def _words_of(self, i: int, unit: Unit, number: int) -> Hit | None:
        """Read "in the words of Doe, …"."""
        subject = self.speakers.after(i + 1, unit, number)
        near = range(i, min(unit.last, i + NEAR))
        mark = next((j for j in near if self.low[j] == MARK), None)
        if subject is None or mark is None:
            return None
        return Hit(i, SAYS, "past", subject, "right", "quote", mark)

    def _view(self, i: int, unit: Unit, number: int) -> Hit | None:
        """Read "…, in her view, …" and "in Doe's words"."""
        entity = self._possessor(i - 1, number)
        if entity is None:
            return None
        subject = Subject(i - 2, i + 1, entity, self.words.span(i - 1, i))
        if i - 2 == unit.first:
            content = min(i + 1, unit.last - 1)
            return Hit(i, SAYS, "past", subject, "right", "clause", content)
        return Hit(i, SAYS, "past", subject, "left", "none", i, inset=True)

    def _possessor(self, i: int, number: int) -> Entity | None:
        """Return whom "his", "her" or a name with 's at an item means."""
        if self.low[i] in ("his", "her"):
            return self.speakers.owner(i, number)
        mention = self.cast.ending.get(i + 1) if i in self.words.own else None
        return mention.entity if mention is not None else None

    def _reply(self, i: int, number: int) -> Hit | None:
        """Read "“…,” came the reply": whoever was spoken of just before."""
        spoke = self.cast.spoke.get(number - 1)
        if spoke is None or self.low[i - 3] not in (MARK, ","):
            return None
        subject = Subject(i - 1, i + 1, spoke, self.words.span(i - 1, i + 1))
        return Hit(i - 2, SAYS, "past", subject, "left", "none", i)

    def _bill(self, i: int, unit: Unit, number: int, verbs: list[Hit]) -> Hit | None:
        """Read "A bill by Doe and Roe would …" and "Doe's bill would …"."""
        low = self.low
        owner = self._possessor(i - 1, number) if i > unit.first else None
        subject: Subject | None = None
        if low[i + 1] in ("by", "from"):
            subject = self.speakers.after(i + 1, unit, number)
        elif owner is not None:
            subject = Subject(i - 1, i, owner, self.words.span(i - 1, i))
        if subject is None or any(subject.first <= hit.at <= subject.last for hit in verbs):
            return None
        behind = max(i, subject.last)
        if not any(word in MODALS for word in low[behind : min(unit.last, behind + 8)]):
            return None
        first = i - 1 if i > unit.first and low[i - 1] in DETERMINERS else i
        subject = Subject(
            min(first, subject.first), max(i + 1, subject.last), subject.entity, subject.mention
        )
        return Hit(i, BILL, "past", subject, "right", "object", subject.last)

    def _post_about(self, i: int, unit: Unit, number: int) -> Hit | None:
        """Read "another post about “…”": words of the author of the post."""
        subject = self.speakers.noun_phrase(i, unit.first, number)
        if subject is None or MARK not in self.low[i + 2 : min(unit.last, i + 10)]:
            return None
        return Hit(i + 1, SAYS, "past", subject, "right", "quote", i + 2, aside=True)

    def _label(self, colon: int, unit: Unit, number: int) -> Hit | None:
        """Read "Name: “…”" and "“…”: Name"."""
        if self.low[colon - 1] == MARK:
            subject = self.speakers.after(colon, unit, number)
            if subject is None or subject.entity is None:
                return None
            if subject.entity.kind in ("place", "document"):
                return None
            return Hit(colon, SAYS, "past", subject, "left", "none", colon + 1)
        if self.low[colon + 1 : colon + 2] != [MARK]:
            return None
        subject = self.speakers.ending_at(colon, unit.first, number)
        if subject is None or subject.entity is None:
            return None
        return Hit(colon, SAYS, "past", subject, "right", "quote", colon + 1)

    def _owned(self, mark: int, unit: Unit, number: int) -> Hit | None:
        """Read "Smith's claim “…”" and "his “…” remark"."""
        low = self.low
        near = low[max(unit.first, mark - 4) : mark] + low[mark + 1 : min(unit.last, mark + 3)]
        if not any(word in SPEECH_NOUNS for word in near):
            return None
        for i in range(mark - 1, max(unit.first, mark - 6) - 1, -1):
            entity = self._possessor(i, number)
            if entity is not None:
                mention = self.cast.ending.get(i + 1)
                subject = Subject(
                    mention.first if mention else i,
                    i + 1,
                    entity,
                    self.words.span(mention.first if mention else i, i + 1),
                )
                return Hit(i, SAYS, "past", subject, "right", "quote", mark)
        return None
