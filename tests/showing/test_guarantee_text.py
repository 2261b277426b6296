"""What `burdenshare guarantee` prints."""

from datetime import date

import pytest

from burdenshare.showing.guarantee import (
    guarantee_rows,
    guarantee_text,
    matrix_rows,
    matrix_text,
    sweep_text,
)
from burdenshare.world.coverage import guarantee_matrix, guarantee_sweep
from burdenshare.world.guarantee import guarantee_answer
from burdenshare.world.load import World

WORLD = World()
MARCH = date(2025, 3, 6)
LATE = date(2026, 8, 1)
PAY = "pay-or-no-protection"


@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    texts = [
        guarantee_text(guarantee_answer(WORLD, "nato", as_of=MARCH), width),
        matrix_text(guarantee_matrix(WORLD, "nato", PAY, 2, 2024, LATE), width),
        sweep_text(guarantee_sweep(WORLD, "nato", PAY, 2, "2023, 2024", LATE), max(width, 60)),
    ]
    key = "✓ protected"
    for text in texts:
        lines = [line for line in text.splitlines() if not line.startswith(key)]
        assert max(map(len, lines)) <= max(width, 60 if "revisions of" in text else width)


def test_the_readings_stand_side_by_side_with_what_is_open() -> None:
    text = guarantee_text(guarantee_answer(WORLD, "nato", as_of=MARCH, threshold=2))
    assert "unprotected   8  BEL 1.3, CAN 1.37, ESP 1.28, HRV 1.81" in text
    assert '"such action as it deems necessary"' in text
    assert "ISL: no armed forces" in text
    assert "34 UNTS 243" in text


def test_an_earlier_day_says_what_it_does_not_know() -> None:
    text = guarantee_text(guarantee_answer(WORLD, "nato", as_of=date(2024, 1, 1)))
    assert "note: pay-or-no-protection is not used: it was not known on 2024-01-01" in text


def test_the_matrix_shows_each_release_and_the_sum() -> None:
    text = matrix_text(guarantee_matrix(WORLD, "nato", PAY, 2, 2024, LATE))
    assert "MNE      ✓ 2.02      ✗ 1.71" in text
    assert "2025-08-28 18 covered, 13 not, 1 open; lost ALB BGR MKD SVK" in text
    assert "3 of 3 steps" in text
    assert "2026-03-26 partial, not counted" in text


def test_an_empty_matrix_says_why() -> None:
    text = matrix_text(guarantee_matrix(WORLD, "nato", PAY, 2, 2050, MARCH))
    assert "no release published on or before 2025-03-06 gives it" in text


def test_rows_for_csv() -> None:
    rows = guarantee_rows(guarantee_answer(WORLD, "nato", [PAY], as_of=MARCH))
    assert len(rows) == 32
    assert {row["country"] for row in rows if row["result"] == "open"} == {"ISL"}
    cells = matrix_rows(guarantee_matrix(WORLD, "nato", PAY, 2, 2024, LATE))
    assert len(cells) == 32 * 5
