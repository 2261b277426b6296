"""A third kind of organisation, added in files alone: equal dues, no guarantee, no way out.

What members paid is from The Brunei Times of 29 November 2014; the rest is from the Charter.
"""

from datetime import date
from pathlib import Path

import pytest

import burdenshare
from burdenshare.errors import UserError
from burdenshare.world.exits import exit_answer
from burdenshare.world.guarantee import guarantee_answer
from burdenshare.world.load import World
from burdenshare.world.shares import shares_answer


def test_the_library_does_not_know_its_name() -> None:
    package = Path(burdenshare.__file__).parent
    modules = [p for p in package.rglob("*.py") if "content" not in p.parts]
    assert modules
    assert not [p.name for p in modules if "asean" in p.read_text("utf-8").lower()]


@pytest.mark.parametrize(
    ("day", "count"),
    [("1967-08-07", 0), ("1967-08-08", 5), ("1999-05-01", 10), ("2025-10-26", 11)],
)
def test_its_members(shipped: World, day: str, count: int) -> None:
    assert len(shipped.organisations["asean"].members(date.fromisoformat(day))) == count


def test_equal_dues_are_what_was_paid(shipped: World) -> None:
    # 1.7 of 17 million dollars from each of ten members: a tenth.
    answer = shares_answer(shipped, "asean.secretariat", "2014")
    assert len(answer["rows"]) == 10
    assert {row["computed"] for row in answer["rows"]} == {10.0}
    assert {row["published"] for row in answer["rows"]} == {10.0}


def test_the_eleventh_member_makes_it_an_eleventh(shipped: World) -> None:
    rows = shares_answer(shipped, "asean.secretariat", "2026")["rows"]
    assert [row["computed"] for row in rows] == [pytest.approx(9.090909, abs=1e-6)] * 11


def test_the_charter_has_no_way_out(shipped: World) -> None:
    answer = exit_answer(shipped, "asean", "MMR", date(2025, 1, 15))
    assert answer["earliest_effect"] is None
    days = {each["reading"]: each["earliest_effect"] for each in answer["readings"]}
    assert days == {"no-clause": None, "summit": None, "vclt-56": "2026-01-15"}


def test_it_guarantees_nothing(shipped: World) -> None:
    with pytest.raises(UserError, match="asean has no rule of kind guarantee"):
        guarantee_answer(shipped, "asean")
