"""Proposed claims held against the text, by the same readers that find our own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from burdenshare.checking.proposals.answer import ClaimProposal
from burdenshare.checking.proposals.forms import FORMS, Form, carrier
from burdenshare.checking.proposals.places import Sent
from burdenshare.checking.results import CheckedClaim
from burdenshare.checking.verdicts import check_claim
from burdenshare.checking.wording import one_year
from burdenshare.reading.claims import Candidate, find_claims
from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name
from burdenshare.reading.patterns import Item, Match, Patterns, Rendered, item_type
from burdenshare.world.load import World

MODEL = "model"
OVERLAPS = "overlaps what is read already"
# What a sentence must not say of a claim: that it is denied, doubted or asked.
_DENIED = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bden(?:y|ies|ied)\b|\bfalse|\bwrong|\buntrue\b|\bincorrect|\bmyth\b"
    r"|\bfake|\bwhether\b|\?"
)
# What makes of a figure a difference or a level of another day.
_BEFORE = re.compile(r"\b(?:by|from|than) (?:[a-z]+ ){0,2}$")
_BEHIND = re.compile(r"^[^.;:]{0,25}\b(?:more|less|fewer|higher|lower|points?)\b")
_FIGURES = ("percent", "fraction", "money", "number", "multiple", "country", "group")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A proposed claim at its place in the raw text; two are the same only where they are one."""

    proposal: ClaimProposal
    span: Span


class Proposals(Patterns):
    """Stands in for the patterns: a sentence "fits" where a proposal passes for it.

    So the claim around it, its organisation, dates and measures are read as for our own.
    """

    def __init__(self, places: Sequence[Place], sent: Sent, patterns: Patterns) -> None:
        self._places = places
        self._sent = sent
        self._carriers = {ask: carrier(patterns, ask) for ask in FORMS}
        self._taken: list[Place] = []
        self.refused: dict[Place, str] = {}

    def matches(self, rendered: Rendered) -> Iterator[Match]:
        """Yield the proposals that stand in a sentence and pass for claims of their form."""
        whole = rendered.span(0, len(rendered.text)) if rendered.offsets else Span(0, 0)
        for place in self._places:
            if not whole.holds(place.span) or place in self._taken or place in self.refused:
                continue
            low = bisect_left(rendered.offsets, place.span.start)
            high = bisect_left(rendered.offsets, place.span.end)
            met = any(place.span.meets(each.span) for each in self._taken)
            found = OVERLAPS if met else self._match(place, rendered, rendered.text[low:high])
            if isinstance(found, Match):
                self._taken.append(place)
                yield found
            else:
                self.refused[place] = found

    def reasons(self) -> list[str]:
        """Return why those are left out that were not taken."""
        left = [place for place in self._places if place not in self._taken]
        return [self.refused.get(place, "words not in one sentence") for place in left]

    def _match(self, place: Place, rendered: Rendered, words: str) -> Match | str:
        """Return the match of a proposal, or why it is none."""
        form = FORMS[place.proposal.ask]
        items = [item for item in rendered.items.values() if item.meets(place.span)]
        if not all(place.span.holds(item) for item in items):
            return "words cut a figure or name"
        slots = self._slots(place, form, items)
        if isinstance(slots, str):
            return slots
        subject = next(each for each in slots.values() if isinstance(each, Name))
        for item in items:
            same = item in slots.values() or (isinstance(item, Name) and item.id == subject.id)
            if not same and item_type(item) in _FIGURES:
                return "another figure or country in the words"
        pattern = self._carriers[place.proposal.ask]
        if _unsaid(rendered, words, slots["stated"], pattern.lists["hypothetical"]):
            return "wished, denied, asked or compared"
        if not all(need.search(words) for need in form.needs):
            return "words do not name the matter"
        return Match(place.span.start, place.span.end, pattern, slots)

    def _slots(self, place: Place, form: Form, items: Sequence[Item]) -> dict[str, Item] | str:
        """Return what our own reader finds where the proposal says figure, subject and year."""
        proposal = place.proposal
        stated = self._items(proposal.stated, place, items, form.stated)
        if len(stated) != 1:
            return "figure not read there"
        subjects = self._items(proposal.subject, place, items, form.subjects)
        if len({each.id for each in subjects if isinstance(each, Name)}) != 1:
            return "subject not known"
        role = "body" if item_type(subjects[0]) == "organisation" else "subject"
        slots = {"stated": stated[0], role: subjects[0]}
        if proposal.year:
            years = self._items(proposal.year, place, items, ("date",))
            dated = [each for each in years if isinstance(each, DateMention) and one_year(each)]
            if len(dated) != 1:
                return "year not read there"
            slots["year"] = dated[0]
        return slots

    def _items(
        self, words: str, place: Place, items: Sequence[Item], types: Sequence[str]
    ) -> list[Item]:
        """Return what is read at some words of a claim, of some types."""
        spans = [span for span in self._sent.places(words) if place.span.holds(span)]
        return [
            item
            for item in items
            if item_type(item) in types
            and any(span.holds(item) or item.holds(span) for span in spans)
        ]


def _unsaid(rendered: Rendered, words: str, stated: Item, hypothetical: str) -> bool:
    """Say whether a sentence says something else of a figure than that it is so."""
    sign = next(each for each, item in rendered.items.items() if item is stated)
    before, _, behind = words.partition(sign)
    return bool(
        _DENIED.search(rendered.text)
        or re.search(hypothetical, words)
        or _BEFORE.search(before)
        or _BEHIND.search(behind)
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What proposals are held against: the article, the words as sent, and what reads them."""

    document: Document
    sent: Sent
    world: World
    lexicon: Lexicon
    patterns: Patterns
    charts: bool


def screen_claims(
    proposals: Sequence[ClaimProposal],
    ours: Sequence[Span],
    ground: Ground,
    refused: Counter[str],
) -> list[CheckedClaim]:
    """Return the proposed claims that pass, with their verdicts; the others are counted.

    None overlaps one of ours or another one, and none is `contradicted`.
    """
    places: list[Place] = []
    for proposal in proposals:
        span = ground.sent.place(proposal.words, proposal.near)
        if isinstance(span, str):
            refused[span] += 1
        elif proposal.ask not in FORMS:
            refused["question not known"] += 1
        elif any(span.meets(each) for each in ours):
            refused[OVERLAPS] += 1
        else:
            places.append(Place(proposal, span))
    stand_in = Proposals(places, ground.sent, ground.patterns)
    found = find_claims(ground.document, ground.lexicon, stand_in)
    refused.update(stand_in.reasons())
    checked = [_checked(candidate, ground) for candidate in found.candidates]
    refused["no question can be put"] += checked.count(None)
    return [each for each in checked if each is not None]


def _checked(candidate: Candidate, ground: Ground) -> CheckedClaim | None:
    """Return a claim with its verdict; what disagrees is not called wrong."""
    document = ground.document
    checked = check_claim(
        ground.world, candidate, document.raw, document.date, charts=ground.charts
    )
    if checked is None:
        return None
    if checked.verdict == "contradicted":
        why = f"A model read it so, and may have read it wrong: {checked.why}"
        checked = replace(checked, verdict="unchecked", why=why)
    return replace(checked, proposed_by=MODEL)


def still_unread(
    unread: Sequence[Span], taken: Sequence[CheckedClaim], document: Document
) -> tuple[Span, ...]:
    """Return the passages in which some figure stands in no claim."""

    def open_(passage: Span) -> bool:
        figures: list[Quantity] = [q for q in document.quantities if passage.holds(q)]
        return not figures or not all(any(c.holds(q) for c in taken) for q in figures)

    return tuple(passage for passage in unread if open_(passage))
