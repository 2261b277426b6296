"""Arithmetic inside a sentence: 130 of 193 is two thirds; 650 and 150 make 800."""

from __future__ import annotations

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.asking import numeric
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_SOURCE = "arithmetic in the text"


def ratio(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether a part of a whole is the share that is stated beside it."""
    part, whole, stated = claim.slots.get("part"), claim.slots.get("whole"), claim.stated
    if not all(isinstance(each, Quantity) for each in (part, whole, stated)):
        return []
    assert isinstance(part, Quantity)
    assert isinstance(whole, Quantity)
    assert isinstance(stated, Quantity)
    if not 0 < part.value <= whole.value or stated.unit != "%":
        return []
    value = float(100 * part.value / whole.value)
    says = f"{part.value:,f} of {whole.value:,f} is {value:.1f} %"
    return [_reading(claim, stated, value, "%", says, day)]


def total(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether two amounts make the sum that is stated beside them."""
    one, two, stated = claim.slots.get("one"), claim.slots.get("two"), claim.stated
    if not isinstance(one, Quantity) or not isinstance(two, Quantity):
        return []
    if not isinstance(stated, Quantity) or len({one.unit, two.unit, stated.unit}) > 1:
        return []
    value = float(one.value + two.value)
    says = f"{one.value:,f} and {two.value:,f} make {value:,.0f}"
    return [_reading(claim, stated, value, stated.unit, says, day)]


def _reading(
    claim: Candidate, stated: Quantity, value: float, unit: str, says: str, day: Day
) -> Reading:
    def ask(as_of: Day) -> Answer:
        return Answer(value, unit, day, _SOURCE, says)

    return Reading(
        label="arithmetic",
        query={"ask": "arithmetic", "sum": claim.pattern.ask},
        ask=ask,
        agrees=lambda found: agrees(stated, numeric(found)),
        sure=lambda _: False,
    )
