"""Sentences as pages: words, names and what stands before, for questions that no pattern reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from burdenshare.checking.cards import Card
from burdenshare.checking.cards_index import Hit, Sheet, hit_of
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name
from burdenshare.reading.patterns import Item, Pattern, Rendered, item_type, render

_LONGEST = 160
_OPENING = 2  # sentences that say what an article is about
_BEFORE = 3
_SLOTS = ("country", "group", "organisation")
_PAIR = re.compile(r"\s?(?:-|–|to|votes to|for,|in favou?r and|ayes to|yeas to|yes votes to)\s?")


class Pages:
    """The sentences of a document as sheets, each made once."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self._lexicon = lexicon
        self._sheets: dict[int, Sheet] = {}

    def sheet(self, place: int) -> Sheet:
        """Return the words and names of a sentence."""
        if place not in self._sheets:
            span = self.document.sentences[place]
            text = span.of(self.document.text)
            names = [
                Name(span.start + n.start, span.start + n.end, n.kind, n.id, n.weak)
                for n in self._lexicon.find(text)
            ]
            self._sheets[place] = Sheet(text, span.start, names)
        return self._sheets[place]


class Page:
    """One sentence with what stands before it and at the article's opening."""

    def __init__(self, pages: Pages, place: int, figures: Sequence[Quantity | DateMention]) -> None:
        self.document = pages.document
        self.sentence = pages.document.sentences[place]
        self.figures = figures
        self.sheet = pages.sheet(place)
        self._pages = pages
        self._earlier = range(max(place - _BEFORE, 0), place)
        self._opening = range(min(_OPENING, self._earlier.start))

    @cached_property
    def around(self) -> list[Sheet]:
        """The sentences before, the nearest first, and those of the opening."""
        return [self._pages.sheet(i) for i in (*reversed(self._earlier), *self._opening)]

    @cached_property
    def before(self) -> str:
        """The words of the same sentences in the order of the text, in lower case."""
        spans = [self.document.sentences[i] for i in (*self._opening, *self._earlier)]
        return " ".join(span.of(self.document.text) for span in spans).lower()

    def pairs(self, free: Sequence[Quantity | DateMention]) -> Iterator[Candidate]:
        """Yield two numbers that stand together as a tally of votes may."""
        numbers = [
            f for f in free if isinstance(f, Quantity) and f.dimension == "number" and not f.unit
        ]
        for one, other in pairwise(numbers):
            if _PAIR.fullmatch(self.document.text, one.end, other.start):
                slots: dict[str, Item] = {"stated": one, "against": other}
                yield self.made(one, Span(one.start, other.end), "count", "tally", slots, {})

    def candidate(
        self, figure: Quantity | DateMention, found: Sequence[Hit], *, unsure: bool
    ) -> Candidate:
        """Return the question that the cards found put to a figure."""
        card = found[0].card
        whole = found[0].inside == len(card.about)
        weak = isinstance(found[0].tie, Name) and found[0].tie.weak
        firm = not (unsure or weak) and (whole or (card.carries and found[0].carried))
        slots: dict[str, Item] = {"stated": figure}
        tie = found[0].tie
        options = {"cards": " ".join(h.card.id for h in found), "firm": "yes" if firm else "no"}
        if card.ask:
            options = dict(card.options)
            role = options.pop("role", "")
            named = self._country(figure) if role else None
            if named is not None:
                slots[role], tie = named, named
        span = Span(min(figure.start, tie.start), max(figure.end, tie.end))
        if span.end - span.start > _LONGEST:
            span = Span(figure.start, figure.end)
        return self.made(figure, span, card.kind, card.ask or "card", slots, options)

    def _country(self, figure: Span) -> Name | None:
        names = [n for n in self.sheet.names if n.kind == "country"]
        return min(names, key=lambda n: self.sheet.apart(figure, n), default=None)

    def made(
        self,
        figure: Quantity | DateMention | Name,
        span: Span,
        kind: str,
        ask: str,
        slots: dict[str, Item],
        options: dict[str, str],
    ) -> Candidate:
        """Return a question that an ask of checking puts, with what stands around it."""
        shown = self._rendered()
        dates = tuple(
            f for f in self.figures if isinstance(f, DateMention) and f not in slots.values()
        )
        organisation = options.pop("organisation", "") or self.organisation()
        return Candidate(
            span.start,
            span.end,
            _pattern(kind, ask, tuple(sorted(options.items())), _form(shown, span, slots)),
            slots,
            figure,
            self.sentence,
            organisation,
            dates,
            (),
            tuple(n.id for n in self.sheet.names if n.kind == "measure"),
            tuple(n.id for n in self.sheet.names if n.kind == "country"),
            shown.text,
            self.before,
        )

    def about(self, organisation: str) -> bool:
        """Say whether the sentence, or those before and the opening, name an organisation."""
        names = {f"organisation:{organisation}", f"hint:{organisation}"}
        return any(names & sheet.named for sheet in (self.sheet, *self.around))

    def organisation(self) -> str:
        """Return the organisation last named in the sentence, else before it; "" if none is."""
        for sheet in (self.sheet, *self.around):
            found = [n.id for n in sheet.names if n.kind == "organisation"]
            found = found or [n.id for n in sheet.names if n.kind == "hint"]
            if found:
                return found[-1]
        return ""

    def _rendered(self) -> Rendered:
        taken: list[Item] = list(self.figures)
        taken += [
            n
            for n in self.sheet.names
            if n.kind in _SLOTS and not any(n.meets(f) for f in self.figures)
        ]
        ordered = sorted(taken, key=lambda item: (item.start, -item.end))
        return render(self.document.text, self.sentence, ordered)


def hits(cards: Sequence[Card], figure: Quantity | DateMention, page: Page) -> list[Hit]:
    """Return the cards, known on the article's day, that fit a figure best, or several alike."""
    day = page.document.date
    found: list[Hit] = []
    for card in cards:
        if day is None or card.open_on(day):
            hit = hit_of(card, figure, page.sheet, lambda: page.around)
            if hit is not None:
                found.append(hit)
    best = max((hit.rank for hit in found), default=None)
    return [hit for hit in found if hit.rank == best]


def _form(shown: Rendered, span: Span, slots: dict[str, Item]) -> str:
    """Return the words of a span as a pattern that finds them again, with its slots."""
    roles = {id(item): role for role, item in slots.items()}
    parts = []
    for sign, at in zip(shown.text, shown.offsets, strict=True):
        if span.start <= at < span.end:
            item = shown.items.get(sign)
            role = roles.get(id(item), "")
            slot = f"{{{role}:{item_type(item)}}}" if item and role else ""
            parts.append(slot or ("." if sign == "<" else re.escape(sign)))
    return "".join(parts)


@lru_cache(maxsize=256)
def _pattern(kind: str, ask: str, options: tuple[tuple[str, str], ...], form: str) -> Pattern:
    """Return the pattern that stands for a card; its form is the words themselves."""
    return Pattern(
        id="card",
        kind=kind,
        ask=ask,
        written=form,
        refused="",
        needs=(),
        weak=False,
        options=dict(options),
        reads=(),
        must_not=(),
        where="checking/cards_pages.py",
        lists={},
        lists_need={},
    )
