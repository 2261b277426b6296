"""Questions to the world and their answers: the readings of a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from burdenshare.checking.results import Value, Vintage
from burdenshare.world.dates import Day


@dataclass(frozen=True, slots=True)
class Answer:
    """What the world answers: a value with its unit, its day and its source.

    `newer` names publications that are not held and might say otherwise; `says` is the answer in
    words, for the reason of a verdict; `step` is one unit of the last digit that its release
    prints; `among` are the counts that fit the words of a claim about members.
    """

    value: Value
    unit: str
    published: Day
    source: str
    says: str
    url: str = ""
    newer: tuple[str, ...] = ()
    step: float | None = None
    among: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """The world has no answer, and says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim: what to ask, and whether an answer agrees with it.

    A `main` reading counts by itself; the others are asked only where it does not agree. `sure`
    is false where a disagreement must not be called wrong; `earlier` says which earlier release,
    known on the day, would agree.
    """

    label: str
    query: dict[str, Any]
    ask: Callable[[Day], Answer | Missing]
    agrees: Callable[[Answer], bool | None]
    main: bool = True
    sure: Callable[[Answer], bool] = field(default=lambda _: True)
    history: Callable[[], tuple[tuple[Vintage, ...], str, str]] | None = None
    earlier: Callable[[Day], str] | None = None
    caveat: str = ""
