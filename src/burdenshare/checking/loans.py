"""Where an article speaks of a programme of loans whose sum is known: "€150 billion in loans"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from burdenshare.reading.document import Document, Quantity, Span, Statement
from burdenshare.reading.lexicon import within
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_LOANS = re.compile(r"\b(?:loan|lend|lent|borrow|debt|bond|credit)", re.IGNORECASE)
_ARMS = re.compile(
    r"\b(?:defen[cs]e|militar|security|weapon|arms|armament|rearm|soldier|tank)", re.IGNORECASE
)


def loans_named(
    world: World, document: Document, statements: Sequence[Statement], programme: str
) -> set[Span]:
    """Return the statements, or else the sentences, that name the sum of a programme as loans.

    The sum is that of all states in one of its releases; a statement against it is left out.
    """
    sums = _sums(world, programme)
    found: set[Span] = set()
    for sentence in document.sentences:
        for place in within(document.quantities, sentence):
            quantity = document.quantities[place]
            if any(quantity.unit == unit and _close(quantity, total) for unit, total in sums):
                words = sentence.of(document.text)
                if _LOANS.search(words) and _ARMS.search(words):
                    said = {s for s in statements if s.holds(quantity)}
                    found |= {s for s in said if s.stance != "against"} if said else {sentence}
    return found


def _close(quantity: Quantity, total: float) -> bool:
    """Say whether an amount is a total, as exactly as it is written."""
    return abs(float(quantity.value) - total) <= max(float(quantity.step) / 2, total / 1000)


@lru_cache(maxsize=16)
def _sums(world: World, programme: str) -> set[tuple[str, float]]:
    """Return the sum of all states in each release of a programme, with its currency."""
    dataset = world.datasets.get(programme)
    found = set()
    for series in dataset.series.values() if dataset else ():
        history = world.history(series.id)
        for release in history.releases:
            day = release.published
            for year in history.years(day):
                facts = [history.on(code, year, day) for code in world.countries.codes]
                known = [fact.value for fact in facts if isinstance(fact, Fact)]
                found.add((series.unit, sum(known)))
    return found
