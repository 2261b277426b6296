"""Quotes that no verb introduces: carried on from before, beside a name, or in a transcript."""

from __future__ import annotations

from burdenshare.reading.document import Quote, Span
from burdenshare.reading.drafts import SHORT, Draft, agrees
from burdenshare.reading.phrases import Subject
from burdenshare.reading.speakers import STROKES, Speakers
from burdenshare.reading.stances import Stances
from burdenshare.reading.words import MARK, Unit

HOSTS = frozenset(
    "host anchor moderator interviewer presenter question q announcer voiceover reporter"
    " narrator".split()
)
LONG = 900  # characters: what is carried on longer than this is a statement of its own
LABEL = 6  # items: a transcript's label is no longer
ENOUGH = 4  # words: a shorter quote without a verb may be a mere phrase


class Loose:
    """Gives such quotes to their speakers."""

    def __init__(self, speakers: Speakers, stances: Stances, made: list[Draft]) -> None:
        self.speakers, self.cast, self.stances = speakers, speakers.cast, stances
        self.words, self.low, self.made = speakers.words, speakers.low, made
        self.host: str | None = None  # whose first line is a question
        self.spoken: set[int] = set()  # units that a transcript gives to a speaker already

    def transcript(self, unit: Unit, number: int) -> bool:
        """Read a line of a transcript, "DOE: We will pay.", to the end of its paragraph."""
        words = self.words
        colon = self._labelled(unit)
        if colon is None or (number and words.units[number - 1].paragraph == unit.paragraph):
            return False
        subject = self.speakers.ending_at(colon, unit.first, number)
        if subject is None or subject.entity is None:
            return False
        if subject.entity.id is None and subject.entity.name.isupper():
            subject.entity.name = subject.entity.name.title()
        last = number
        while last + 1 < len(words.units) and words.units[last + 1].paragraph == unit.paragraph:
            last += 1
        self._turn(subject, number, last, colon)
        self.spoken.update(range(number, last + 1))
        self.cast.spoke[last] = subject.entity
        return True

    def _labelled(self, unit: Unit) -> int | None:
        """Return the colon behind a speaker's name in capitals; who only asks has none."""
        near = range(unit.first, min(unit.last - 1, unit.first + LABEL))
        colon = next((i for i in near if self.low[i] == ":"), None)
        if colon is None or self.low[colon + 1] == MARK:
            return None
        label = [word for word in self.words.raw[unit.first : colon] if word[0].isalpha()]
        if not label or not all(word.isupper() for word in label):
            return None
        if HOSTS & set(self.low[unit.first : colon]):
            return None
        name = self.low[colon - 1]
        if self.host is None:
            asks = self.words.text[: self._paragraph_end(unit)].rstrip().endswith("?")
            self.host = name if asks else ""
        return None if name == self.host else colon

    def _paragraph_end(self, unit: Unit) -> int:
        ends = [each.span.end for each in self.words.units if each.paragraph == unit.paragraph]
        return max(ends)

    def _turn(self, subject: Subject, first: int, last: int, colon: int) -> None:
        """Cut what somebody says at a stretch into statements, one for each position."""
        turn: list[Draft] = []
        for number in range(first, last + 1):
            unit = self.words.units[number]
            start = unit.span.start if number > first else self.words.spans[colon + 1][0]
            draft = self._draft(start, unit.span.end, number, subject)
            draft.quotes = [
                Span(self.words.quotes[i].start, self.words.quotes[i].end)
                for i in range(unit.first, unit.last)
                if i in self.words.quotes
            ]
            if draft.proposition is None and agrees(self.words.text[start : draft.end]):
                draft.mode, draft.flags = "endorsement", "e"
            if not turn or not self._runs_on(turn[-1], draft):
                turn.append(draft)
                continue
            turn[-1].end = draft.end
            turn[-1].quotes += draft.quotes
            if turn[-1].proposition is None:
                turn[-1].proposition, turn[-1].stance = draft.proposition, draft.stance
        for draft in turn:
            draft.pending = not (draft.proposition or draft.flags or draft.quotes)
        self.made += turn

    def _runs_on(self, last: Draft, draft: Draft) -> bool:
        """Say whether a sentence of a transcript goes with the one before."""
        if draft.end - last.start > SHORT or "e" in last.flags + draft.flags:
            return False
        positions = {last.proposition, draft.proposition}
        return None in positions or len(positions) == 1

    def _draft(
        self, start: int, end: int, number: int, subject: Subject, span: Span | None = None
    ) -> Draft:
        draft = Draft(start, end, number, subject, "direct", [span] if span else [])
        said = span or Span(start, end)
        draft.proposition, draft.stance = self.stances.position(number, said.start, said.end)
        return draft

    def give(self, marks: list[int], unit: Unit, number: int) -> list[Draft]:
        """Return drafts for the quotes of a unit that no verb took."""
        low, found = self.low, []
        alone = all(
            i in self.words.quotes or low[i] in STROKES for i in range(unit.first, unit.last)
        )
        for mark in marks:
            quote = self.words.quotes[mark]
            if alone and self._carries_on(quote, unit, number):
                continue
            draft = self._beside_name(mark, quote, number, alone)
            if draft is not None:
                found.append(draft)
        return found

    def _beside_name(self, mark: int, quote: Quote, number: int, alone: bool) -> Draft | None:
        """Give a quote to whoever stands behind it, or is the subject of its sentence."""
        words, unit = self.words, self.words.units[number]
        parts = quote.of(words.text).split()
        if len(parts) < ENOUGH or sum(part[0].isupper() for part in parts) * 2 > len(parts):
            return None
        told = any(word in ("told", "asked") for word in self.low[max(unit.first, mark - 4) : mark])
        subject = (
            None
            if told
            else (self._behind(mark, unit, number) or self.speakers.main(mark, unit, number))
        )
        start, end = quote.outer.start, quote.outer.end
        if subject is None or subject.entity is None or subject.entity.kind != "person":
            if not alone:
                return None
            subject = Subject(mark, mark + 1, None)
        elif end - unit.span.start <= SHORT:
            start = min(start, words.spans[subject.first][0])
            end = max(end, words.spans[subject.last - 1][1])
        draft = self._draft(start, end, number, subject, Span(quote.start, quote.end))
        draft.runs_on = not quote.closed
        return draft

    def _behind(self, mark: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject right behind a quote, of whatever verb: "“…,” she chirped"."""
        at = mark + 1
        if at < unit.last and self.low[at] in STROKES:
            at += 1
        if at >= unit.last:
            return None
        if self.low[at] in ("he", "she"):
            return self.speakers.ending_at(at + 1, at, number)
        mention = self.cast.starting.get(at)
        if mention is not None and mention.entity is not None and mention.entity.kind == "person":
            return self.speakers.named(mention, at, number)
        return None

    def _carries_on(self, quote: Quote, unit: Unit, number: int) -> bool:
        """Add a quote that stands alone to what was said in the sentence before, if any was."""
        previous = self.made[-1] if self.made else None
        if previous is None or not previous.quotes or number - previous.unit > 1:
            return False
        near = self.words.units[previous.unit].paragraph == unit.paragraph
        if not (near or previous.runs_on or not quote.closed):
            return False
        span, outer = Span(quote.start, quote.end), quote.outer
        fresh = self._draft(outer.start, outer.end, number, previous.subject, span)
        fresh.reported, fresh.runs_on = list(previous.reported), not quote.closed
        differs = (
            fresh.proposition is not None
            and previous.proposition is not None
            and (fresh.proposition != previous.proposition)
        )
        length = outer.end - previous.start
        if not ((previous.runs_on and length <= LONG) or (not differs and length <= SHORT)):
            self.made.append(fresh)
            return True
        previous.end = max(previous.end, outer.end)
        previous.quotes.append(span)
        previous.unit, previous.runs_on = number, fresh.runs_on
        if previous.proposition is None:
            previous.proposition, previous.stance = fresh.proposition, fresh.stance
        return True
