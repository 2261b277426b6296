"""The question that a card puts: its value as known on a day, against the figure that is stated."""

from __future__ import annotations

from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.cards import Card, written
from burdenshare.checking.cards_held import Value
from burdenshare.checking.cards_index import Deck
from burdenshare.checking.cards_made import made
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_EXACT = 1  # percentage points by which a fraction of a law may be rounded
_SHIFTED = 20  # days by which a month may be told of what fell just beside it
_YEAR = 366


@lru_cache(maxsize=4)
def deck(world: World) -> Deck:
    """Return all cards of a world: those written, and those made from what it holds."""
    return Deck([*written(world), *made(world)])


def card(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask for the value of the card that was found; several must say the same of the figure."""
    options, cards = claim.pattern.options, deck(world).cards
    stated = claim.stated
    if not isinstance(stated, (Quantity, DateMention)):
        return []
    found = [cards[name] for name in options["cards"].split()]
    if len({same(stated, each) for each in found}) > 1:
        return []
    return [_reading(found[0], stated, cards, firm=options["firm"] == "yes")]


def _reading(
    found: Card, stated: Quantity | DateMention, cards: dict[str, Card], *, firm: bool
) -> Reading:
    later = [each for each in cards.values() if each.after == found.id]

    def known(as_of: Day) -> Card:
        return next((each for each in later if each.basis.day <= as_of), found)

    def ask(as_of: Day) -> Answer | Missing:
        each = known(as_of)
        if each.basis.day > as_of:
            return Missing(f"this became known only on {each.basis.day}")
        says = f"{each.title}: {_shown(each)} ({each.basis.citation})"
        value, basis = _plain(each.values[0]), each.basis
        return Answer(value, each.unit or each.dimension, basis.day, basis.citation, says)

    def test(answer: Answer) -> bool | None:
        each = next((e for e in later if e.basis.day == answer.published), found)
        return same(stated, each)

    query = {"ask": "card", "card": found.id}
    sure = firm and found.firm
    return Reading(found.id, query, ask, test, sure=lambda _: sure, caveat=found.caveat)


def same(stated: Quantity | DateMention, each: Card) -> bool | None:
    """Say whether a figure agrees with one of a card's values; None where it is close."""
    answers = [_same(stated, value, each) for value in each.values]
    if True in answers:
        return True
    return None if None in answers else False


def _same(stated: Quantity | DateMention, value: Value, each: Card) -> bool | None:
    if isinstance(stated, DateMention):
        return _same_date(stated, value)
    assert isinstance(value, (int, float))
    if stated.dimension == "fraction":
        return abs(float(stated.value) - value) < _EXACT
    if stated.dimension == "ordinal" or each.kind == "count":
        return agrees(stated, value)
    loose = stated.comparator in (">", "<", ">=", "<=") and each.kind == "legal"
    if loose:  # "at least 76,000" is said of a floor, "up to 1.5 %" of a limit
        return abs(float(stated.value) - value) <= float(stated.step) / 2
    return agrees(stated, value)


def _same_date(stated: DateMention, value: Value) -> bool | None:
    if isinstance(value, tuple):
        first, last = value
        if stated.grain == "period":
            return (stated.first.year, stated.last.year) == (first, last)
        return first <= stated.first.year and stated.last.year <= last
    day = value if isinstance(value, Day) else Day(int(value), 7, 1)
    if stated.first <= day <= stated.last:
        return True
    off = max((stated.first - day).days, (day - stated.last).days)
    if not stated.explicit and stated.grain != "month":
        return None if off <= _YEAR else False
    return None if off <= _SHIFTED else False


def _plain(value: Value) -> float | str:
    if isinstance(value, Day):
        return value.isoformat()
    if isinstance(value, tuple):
        first, last = value
        return f"{first}-{last}" if first != last else f"{first}"
    return value


def _shown(each: Card) -> str:
    texts = []
    for value in each.values:
        plain = _plain(value)
        if isinstance(plain, (int, float)):
            plain = f"{plain:.0f}" if each.dimension == "date" else _figure(plain)
        texts.append(plain)
    return " or ".join(dict.fromkeys(texts)) + (f" {each.unit}" if each.unit else "")


def _figure(value: float) -> str:
    """Return a number as people write it.

    >>> _figure(66.667), _figure(43734100805.0), _figure(0.001)
    ('66.667', '43,734,100,805', '0.001')
    """
    return f"{value:,.3f}".rstrip("0").rstrip(".")
