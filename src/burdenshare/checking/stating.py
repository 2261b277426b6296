"""Readings that rest on one known text: a provision, a day on record, a vote."""

from __future__ import annotations

from typing import Any

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.reading.document import DateMention
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day


def reading(  # noqa: PLR0913 - what one reading is made of
    label: str,
    query: dict[str, Any],
    answer: Answer,
    agrees: bool | None,
    *,
    caveat: str = "",
    sure: bool = True,
    main: bool = True,
) -> Reading:
    """Return the question for an answer that is known from its day on, already compared.

    >>> answer = Answer("1949-04-04", "date", Day(1949, 4, 4), "treaty", "signed on 1949-04-04")
    >>> reading("signed", {}, answer, True).ask(Day(1949, 4, 3)).reason
    'this became known only on 1949-04-04'
    """

    def ask(as_of: Day) -> Answer | Missing:
        if answer.published > as_of:
            return Missing(f"this became known only on {answer.published}")
        return answer

    return Reading(
        label=label,
        query=query,
        ask=ask,
        agrees=lambda _: agrees,
        main=main,
        sure=lambda _: sure,
        caveat=caveat,
    )


def inside(stated: DateMention, day: Day) -> bool:
    """Say whether a day lies in a date as written.

    >>> inside(DateMention(0, 4, Day(1949, 1, 1), Day(1949, 12, 31), "year"), Day(1949, 4, 4))
    True
    """
    return stated.first <= day <= stated.last


def apart(stated: DateMention, day: Day) -> int:
    """Return by how many days a day lies outside a date as written, 0 where it lies inside.

    >>> apart(DateMention(0, 4, Day(2023, 6, 1), Day(2023, 6, 30), "month"), Day(2023, 7, 10))
    10
    """
    return max((stated.first - day).days, (day - stated.last).days, 0)


def named(slot: object, default: str) -> str:
    """Return the id of a name in a slot, or what is meant where the slot is empty."""
    return slot.id if isinstance(slot, Name) else default
