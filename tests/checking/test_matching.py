"""When a stated figure agrees with a computed one: cases worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from burdenshare.checking.matching import agrees, far
from burdenshare.reading.document import Comparator, Quantity


def percent(
    value: str, step: str, comparator: Comparator = "=", upper: str | None = None
) -> Quantity:
    """Return a percentage as written."""
    return Quantity(
        0,
        1,
        value=Decimal(value),
        step=Decimal(step),
        unit="%",
        dimension="percent",
        comparator=comparator,
        upper=None if upper is None else Decimal(upper),
    )


@pytest.mark.parametrize(
    ("stated", "value", "expected"),
    [
        (percent("2", "1"), 2.4, True),  # 2 % is not 2.00 %: 1.5 to 2.5
        (percent("2", "1"), 2.6, None),  # cut instead of rounded, 2.6 is 2
        (percent("2", "1"), 3.0, False),
        (percent("2.00", "0.01"), 2.007, None),
        (percent("2.00", "0.01"), 2.02, False),
        (percent("1.3", "0.1"), 1.30, True),
        (percent("16", "1", "~"), 16.35, True),
        (percent("16", "1", "~"), 22.1, False),
        (percent("25", "1", ">"), 28.1, True),
        (percent("25", "1", ">"), 25.0, None),  # just at it: too close to call
        (percent("25", "1", ">="), 25.0, True),
        (percent("25", "1", ">"), 20.0, False),
        (percent("2", "1", "<"), 1.4, True),
        (percent("2", "1", "<"), 2.9, False),
        (percent("70", "1", upper="90"), 69.6, True),
        (percent("70", "1", upper="90"), 60.0, False),
    ],
)
def test_agrees(stated: Quantity, value: float, expected: bool | None) -> None:
    assert agrees(stated, value) is expected


def test_a_coarser_release_decides() -> None:
    # 2.14 against a table rounded to 0.1 that prints 2.1: the table cannot tell
    assert agrees(percent("2.14", "0.01"), 2.1, 0.1) is True
    assert agrees(percent("2.31", "0.01"), 2.1, 0.1) is False


def test_far() -> None:
    assert far(percent("4.9", "0.1"), 3.38)
    assert not far(percent("3.5", "0.1"), 3.38)
