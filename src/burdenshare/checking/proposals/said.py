"""Proposed statements held against the text: quotes, speaker, proposition and stance."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.checking.proposals.answer import StatementProposal
from burdenshare.checking.proposals.places import Sent
from burdenshare.checking.proposals.screen import MODEL, OVERLAPS
from burdenshare.reading.cues import FORMS
from burdenshare.reading.document import Document, Span, Speaker, Statement
from burdenshare.reading.people import Cast
from burdenshare.reading.positions import Position, Reader, read_words
from burdenshare.reading.register import Entity, Register, load_register, name_words
from burdenshare.reading.stances import Stances
from burdenshare.reading.words import words_of

BEFORE = 2  # paragraphs before a quote's own in which its speaker may be named
LONGEST = 1000  # characters of a statement
_SPEAKS = ("person", "body", "press", "place", "group")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who speaks, and where the name stands; nowhere where an office or epithet stands for it."""

    entity: Entity
    mention: Span | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a proposed statement stands: its span, the number of its paragraph, its quotes."""

    span: Span
    paragraph: int
    quotes: tuple[Span, ...]


class Screen:
    """One article's words, read for what our own statements are read from."""

    def __init__(self, document: Document, sent: Sent, reader: Reader | None = None) -> None:
        self.document = document
        self.sent = sent
        reader = reader or read_words(document.text)
        self.words = words_of(document, reader.tokens)
        self.register: Register = load_register()
        self.cast = Cast(self.words, self.register, document.date)
        self.stances = Stances(self.words, reader)
        self.units = [unit.span.start for unit in self.words.units]

    def screen(self, proposal: StatementProposal, ours: Sequence[Span]) -> Statement | str:
        """Return the statement of a proposal, or why there is none."""
        place = self._place(proposal, ours)
        if isinstance(place, str):
            return place
        span, quotes = place.span, place.quotes
        heard = self._heard(proposal.speaker, place)
        if heard is None:
            return "speaker not known there"
        if not quotes and not self._reports(span):
            return "no word says that it was said"
        found = self._position(span, quotes)
        confirmed = found == (proposal.proposition, proposal.stance)
        name = heard.entity
        return Statement(
            span.start,
            span.end,
            "direct" if quotes else "indirect",
            quotes,
            Speaker(name.name, name.id, name.office(self.document.date), heard.mention),
            proposition=found[0] if confirmed else None,
            stance=found[1] if confirmed else "none",
            proposed_by=MODEL,
        )

    def _place(self, proposal: StatementProposal, ours: Sequence[Span]) -> Place | str:
        """Return where a proposal stands, or why it stands nowhere."""
        span = self.sent.place(proposal.words, proposal.near)
        if isinstance(span, str):
            return span
        if any(span.meets(each) for each in ours):
            return OVERLAPS
        paragraph = self._paragraph(span)
        if paragraph is None:
            return "words not in one paragraph"
        quotes = self._quotes(span, proposal)
        if quotes is None:
            return "quotes not those of the text"
        return Place(span, paragraph, tuple(quotes))

    def _paragraph(self, span: Span) -> int | None:
        """Return the number of the paragraph that holds a span, if it is not too long."""
        parts = self.document.paragraphs
        number = bisect_right(parts, span.start, key=lambda part: part.start) - 1
        fits = number >= 0 and parts[number].holds(span) and span.end - span.start <= LONGEST
        return number if fits else None

    def _quotes(self, span: Span, proposal: StatementProposal) -> list[Span] | None:
        """Return the quotes in a span, or None where it cuts one or the proposal makes one up."""
        met = [q for q in self.document.quotes if q.depth == 0 and q.outer.meets(span)]
        if not all(span.holds(quote.outer) for quote in met):
            return None
        real = {" ".join(quote.of(self.document.text).split()).strip(" ,.") for quote in met}
        if not all(each.strip("“”\"'‘’ ,.") in real for each in proposal.quotes):
            return None
        return [Span(quote.start, quote.end) for quote in met]

    def _heard(self, name: str, place: Place) -> Heard | None:
        """Return who speaks: named in reported speech itself, near quoted words."""
        parts, span = self.document.paragraphs, place.span
        near = Span(parts[max(0, place.paragraph - BEFORE)].start, parts[place.paragraph].end)
        where = near if place.quotes else span
        return self._named(name, span, where) or self._described(name, where)

    def _named(self, name: str, span: Span, where: Span) -> Heard | None:
        """Return somebody named in a stretch, with the mention that stands nearest."""
        found: list[tuple[int, int, Heard]] = []
        for mention in self.cast.mentions:
            entity = mention.entity
            place = self.words.span(mention.first, mention.last)
            if entity is None or entity.kind not in _SPEAKS or not where.holds(place):
                continue
            if name in (entity.name, self.words.phrase(mention.first, mention.last)):
                far = max(place.start - span.end, span.start - place.end, 0)
                found.append((far, place.start, Heard(entity, place)))
        return min(found, key=lambda each: each[:2])[2] if found else None

    def _described(self, name: str, where: Span) -> Heard | None:
        """Return somebody of the register whose office or epithet stands in a stretch."""
        parts = name_words(name)
        filed = self.register.phrases.get(parts[0], []) if parts else []
        text = " ".join(where.of(self.document.text).lower().split())
        for phrase, entity in filed:
            if phrase == parts and entity.kind == "person":
                called = _called(entity, self.document.date)
                if any(re.search(rf"\b{re.escape(each)}\b", text) for each in called):
                    return Heard(entity, None)
        return None

    def _reports(self, span: Span) -> bool:
        """Say whether a reporting verb stands in a span."""
        starts = [start for start, _ in self.words.spans]
        inside = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        return any(self.words.low[i] in FORMS for i in inside)

    def _position(self, span: Span, quotes: Sequence[Span]) -> Position:
        """Return the position that our own rules read in a span."""
        number = max(0, bisect_right(self.units, span.start) - 1)
        inner = [(quote.start, quote.end) for quote in quotes]
        return self.stances.quoted(number, span.start, span.end, inner)


def _called(person: Entity, day: datetime.date | None) -> set[str]:
    """Return what somebody is called beside the name, by the offices held on a day."""
    offices = [word.lower() for t in person.terms if t.on(day) for word in t.office.called]
    return {*person.called, *offices}


def screen_statements(
    proposals: Sequence[StatementProposal],
    ours: Sequence[Span],
    screen: Screen,
    refused: Counter[str],
) -> list[Statement]:
    """Return the proposed statements that pass; the others are counted.

    None overlaps one of ours or another one.
    """
    taken: list[Statement] = []
    for proposal in proposals:
        found = screen.screen(proposal, [*ours, *taken])
        if isinstance(found, str):
            refused[found] += 1
        else:
            taken.append(found)
    return taken
