"""Whether a stated figure agrees with a computed one, at the precision of its wording."""

from __future__ import annotations

from decimal import Decimal

from burdenshare.reading.document import Quantity

_ABOUT = Decimal("0.05")
_WIDE = Decimal("0.10")
_ROUGH = Decimal(3)  # percentage points: "a third" is said of 31 and of 36 per cent


def agrees(stated: Quantity, value: float, step: float | None = None) -> bool | None:
    """Say whether a value agrees with a stated quantity; None where it is too close to call.

    `step` is one unit of the last digit of the value's own release: a coarser one decides. "2 %"
    agrees with 1.5 to 2.5; "about" widens to a twentieth; "over" wants more.

    >>> q = Quantity(0, 4, value=Decimal("1.3"), step=Decimal("0.1"), unit="%", dimension="percent")
    >>> agrees(q, 1.30), agrees(q, 1.37), agrees(q, 1.45)
    (True, None, False)
    """
    number = Decimal(repr(float(value)))
    unit = max(stated.step, Decimal(repr(step)) if step else Decimal(0))
    if stated.comparator in (">", ">=", "<", "<="):
        return _bounded(stated, number, unit)
    upper = stated.value if stated.upper is None else stated.upper
    off = max(stated.value - number, number - upper, Decimal(0))
    close, near = _slack(stated, unit)
    return True if off <= close else (None if off < near else False)


def _slack(stated: Quantity, unit: Decimal) -> tuple[Decimal, Decimal]:
    """Return how far off a value may lie to agree, and to be too close to call."""
    if stated.dimension == "fraction":
        return _ROUGH, 3 * _ROUGH
    if stated.comparator == "~":
        close = max(unit / 2, _ABOUT * abs(stated.value))
        return close, 2 * close
    return unit / 2, unit


def _bounded(stated: Quantity, number: Decimal, unit: Decimal) -> bool | None:
    """Say whether a value lies beyond a bound: "over", "at least", "under", "at most"."""
    off = number - stated.value if ">" in stated.comparator else stated.value - number
    if off > 0 or (off == 0 and "=" in stated.comparator):
        return True
    return None if off >= -unit / 2 else False


def far(stated: Quantity, value: float) -> bool:
    """Say whether a value lies so far off that no other source or year would explain it."""
    number = Decimal(repr(float(value)))
    return abs(number - stated.value) > max(stated.step, _WIDE * abs(number))
