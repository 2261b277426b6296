"""A third look at figures that are still open: the cards that the words around them name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from burdenshare.checking.cards import Card, guards
from burdenshare.checking.cards_ask import deck
from burdenshare.checking.cards_index import Sheet, fits_type
from burdenshare.checking.cards_pages import Page, Pages, hits
from burdenshare.checking.named_read import named_claims, speaks
from burdenshare.checking.results import CheckedClaim
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, within
from burdenshare.world.load import World

_GUARDED = 8  # words around a figure in which a guard silences it
_CONDITION = 6
_UNSURE = 8
_LONG = 1500
_COUNTS = ("count", "tally")  # questions whose answers may be followed by names
_OLD = re.compile(r"(?:[- ]years?)?[- ]old\b")


class CardReader:
    """Reads what is open in a document by the cards of a world."""

    def __init__(self, world: World, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._deck = deck(world)
        self._guards = guards()

    def candidates(self, document: Document, read: Sequence[CheckedClaim]) -> Iterator[Candidate]:
        """Yield a candidate for each open figure that one card fits best, and for members named."""
        pages = Pages(document, self._lexicon)
        counted = [each for each in read if each.query.get("ask") in _COUNTS]
        for place, sentence in enumerate(document.sentences):
            figures: list[Quantity | DateMention] = [
                document.quantities[i] for i in within(document.quantities, sentence)
            ]
            figures += [document.dates[i] for i in within(document.dates, sentence)]
            free = [f for f in figures if not any(f.meets(span) for span in read)]
            counts = any(sentence.holds(each) for each in counted)
            spoken = counts or speaks(sentence.of(document.text))
            if not (free or spoken) or sentence.end - sentence.start > _LONG:
                continue
            page = Page(pages, place, sorted(figures, key=lambda f: f.start))
            if spoken:
                yield from named_claims(page, read)
            if free:
                yield from page.pairs(free)
                yield from self._of_page(page, free)

    def _of_page(self, page: Page, free: Sequence[Quantity | DateMention]) -> Iterator[Candidate]:
        cards = self._deck.maybe(page.sheet)
        for figure in free if cards else ():
            fitting = [card for card in cards if fits_type(card, figure)]
            if not fitting or self._guarded(page, figure):
                continue
            found = hits(fitting, figure, page)
            if found and not (len(found) > 1 and any(hit.card.ask for hit in found)):
                unsure = self._doubted(page.sheet, figure, found[0].card)
                yield page.candidate(figure, found, unsure=unsure)

    def _doubted(self, sheet: Sheet, figure: Span, card: Card) -> bool:
        words = [self._guards.denied]
        if card.kind != "legal":
            words.append(self._guards.unsure)
        return not card.wished and any(sheet.close(figure, each, _UNSURE) for each in words)

    def _guarded(self, page: Page, figure: Span) -> bool:
        sheet = page.sheet
        if _OLD.match(page.document.text, figure.end) or sheet.close(
            figure, self._guards.silent, _GUARDED
        ):
            return True
        before = sheet.nearest(figure, self._guards.condition, "before")
        return before is not None and before[0] <= _CONDITION
