"""Readings of figures that are worked out: ranks, changes, parts of a whole, gaps."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.held import Held
from burdenshare.checking.matching import agrees
from burdenshare.checking.wording import doubtful, elsewhere
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

Ask = Callable[[Day], Answer | Missing]
OTHER_SOURCE = "the sentence names another source, which may count otherwise"


@dataclasses.dataclass(frozen=True, slots=True)
class Weight:
    """How far a reading counts: by itself, as a disagreement, with which caveat."""

    main: bool = True
    sure: bool = True
    caveat: str = ""


def weight(claim: Candidate, *, main: bool, sure: bool) -> Weight:
    """Return how far a reading counts: less where the words name a condition or another source."""
    caveat = OTHER_SOURCE if elsewhere(claim) else ""
    return Weight(main, sure and not doubtful(claim), caveat)


def worked_out(  # noqa: PLR0913, PLR0917 - what one reading is made of
    world: World,
    series: str,
    query: dict[str, Any],
    ask: Ask,
    test: Callable[[Answer], bool | None],
    weight: Weight,
    far: Callable[[Answer], bool] = lambda _: True,
) -> Reading:
    """Return the reading of a figure that is worked out from a series.

    A disagreement may be called wrong only where the weight allows it and `far` says so.
    """

    def earlier(as_of: Day) -> str:
        days = [r.published for r in world.history(series).releases if r.published < as_of]
        for day in reversed(days):
            answer = ask(day)
            if isinstance(answer, Answer) and answer.published == day and test(answer):
                return answer.says
        return ""

    return Reading(
        label=str(query.get("year", "")),
        query=query,
        ask=ask,
        agrees=test,
        main=weight.main,
        sure=lambda answer: weight.sure and not answer.newer and far(answer),
        earlier=earlier,
        caveat=weight.caveat,
    )


def answer(value: float, unit: str, says: str, *parts: Held) -> Answer:
    """Return a worked-out value as an answer, with the newest release that it rests on."""
    newest = max(parts, key=lambda each: each.published)
    newer = {name: None for each in parts for name in each.newer}
    return Answer(
        value,
        unit,
        newest.published,
        newest.source,
        f"by the release of {newest.published}, {says}",
        url=newest.url,
        newer=tuple(newer),
    )


def shown(value: float) -> str:
    """Return a figure as a reason shows it.

    >>> shown(968234.4), shown(2.71), shown(66.0382)
    ('968,234', '2.71', '66.04')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def scaled(stated: Quantity, unit: float) -> Quantity:
    """Return a quantity in larger units: dollars in millions of dollars."""
    by = Decimal(repr(float(unit)))
    return dataclasses.replace(
        stated,
        value=stated.value / by,
        step=stated.step / by,
        upper=None if stated.upper is None else stated.upper / by,
    )


def numeric(answer: Answer) -> float:
    """Return the value of an answer that is a number."""
    assert isinstance(answer.value, (int, float))
    return float(answer.value)


def fits(stated: Quantity) -> Callable[[Answer], bool | None]:
    """Return the test that an answer agrees with a stated quantity at its precision."""
    return lambda answer: agrees(stated, numeric(answer), answer.step)


def wide(stated: Quantity, value: float, share: float = 0.2) -> bool:
    """Say whether a value lies off by more than a part of itself, whatever the wording.

    >>> from decimal import Decimal as D
    >>> q = Quantity(0, 1, value=D(70), step=D(1), unit="%", dimension="percent")
    >>> wide(q, 66.0), wide(q, 45.0)
    (False, True)
    """
    low, high = float(stated.value), float(stated.upper or stated.value)
    off = max(low - value, value - high, 0.0)
    if stated.comparator in (">", ">="):
        off = max(low - value, 0.0)
    if stated.comparator in ("<", "<="):
        off = max(value - high, 0.0)
    return off > share * max(abs(value), 1e-9) and off > 2 * float(stated.step)


def times(stated: Quantity, ratio: float) -> bool | None:
    """Say whether a ratio agrees with "doubled", "three times", "more than twice".

    >>> from decimal import Decimal as D
    >>> q = Quantity(0, 1, value=D(2), step=D(0), unit="×", dimension="multiple")
    >>> times(q, 2.1), times(q, 2.4), times(q, 3.5)
    (True, None, False)
    """
    number, step = float(stated.value), float(stated.step)
    if stated.comparator in (">", ">="):
        return True if ratio >= number else (None if ratio >= 0.95 * number else False)
    if stated.comparator in ("<", "<="):
        return True if ratio <= number else (None if ratio <= 1.05 * number else False)
    low, high = (0.85, 1.1) if stated.comparator == "~" else (0.92, 1.12)
    if 0 < step < 1:
        low, high = 1 - step / 2 / number - 0.02, 1 + step / 2 / number + 0.02
    if low <= ratio / number <= high:
        return True
    return None if low - 0.15 <= ratio / number <= high + 0.2 else False
