"""Loans and room in the European Union: sums as published, and the two readings of EUR 650 billion.

GDP of the 27 in 2024 is EUR 17,946 billion (AMECO, autumn 2025): 4 x 1.5 % is 1,077 billion,
(0.375 + 0.75 + 1.125 + 1.5) % is 673 billion.
"""

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.borrowing import borrowed, drawn, rooms
from burdenshare.world.dates import Day
from burdenshare.world.load import World

DAY = Day(2026, 10, 30)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_the_tentative_loans_add_to_150_billion(world: World) -> None:
    found = borrowed(world, "eu-safe", 2026, 2030, Day(2025, 12, 31))
    assert found["total_eur"] == 150e9
    assert len(found["rows"]) == 19
    assert {row["status"] for row in found["rows"]} == {"not yet decided"}


# Estonia was meant to have 2,660,932,171 and was granted 2,343,897,000: 317,035,171 less.
def test_what_was_decided_takes_the_place_of_what_was_meant(world: World) -> None:
    found = borrowed(world, "eu-safe", 2026, 2030, DAY)
    rows = {row["country"]: row for row in found["rows"]}
    assert found["total_eur"] == 150e9 - 317_035_171
    assert (rows["EST"]["amount_eur"], rows["EST"]["status"]) == (2_343_897_000, "decided")
    assert (rows["POL"]["amount_eur"], rows["POL"]["status"]) == (43_734_100_805, "not yet decided")
    assert rows["POL"]["per_year_eur"] == pytest.approx(43_734_100_805 / 5)
    assert "Tentative allocation" in found["citation"]
    assert "Council decisions" in found["citation"]


def test_nothing_of_a_loan_is_lost_over_the_years(world: World) -> None:
    found = borrowed(world, "eu-safe", 2026, 2029, DAY)
    years = [drawn([found], year) for year in range(2024, 2032)]
    for row in found["rows"]:
        assert sum(each.get(row["country"], 0) for each in years) == pytest.approx(
            row["amount_eur"]
        )


def test_the_room_is_told_in_five_ways(world: World) -> None:
    active, rising, whole, slope, announced = rooms(world, DAY)
    assert whole["total_eur"] / 1e9 == pytest.approx(1077, rel=0.01)
    assert slope["total_eur"] / 1e9 == pytest.approx(673, rel=0.01)
    assert announced["total_eur"] == 650e9
    assert slope["total_eur"] / whole["total_eur"] == pytest.approx(3.75 / 6)
    assert active["total_eur"] < whole["total_eur"]
    assert [row["country"] for row in active["rows"]] == [row["country"] for row in rising["rows"]]


# Germany as the World Economic Outlook of October 2025 has it: EUR 4,438.568 billion in 2025; 1.5 %
# of it are 66.57852 billion, a quarter of that 16.64463.
def test_germany_by_year(world: World) -> None:
    active, rising, *_ = rooms(world, DAY)
    [full] = [row for row in active["rows"] if row["country"] == "DEU"]
    [slow] = [row for row in rising["rows"] if row["country"] == "DEU"]
    assert (full["activated"], full["points"]) == ("2025-10-10", 1.5)
    assert full["eur_by_year"]["2025"] == pytest.approx(66.57852e9)
    assert slow["eur_by_year"]["2025"] == pytest.approx(16.64463e9)
    assert slow["eur_by_year"]["2028"] == pytest.approx(full["eur_by_year"]["2028"])


def test_a_state_that_did_not_ask_has_no_room(world: World) -> None:
    active = rooms(world, DAY)[0]
    [france] = [row for row in active["rows"] if row["country"] == "FRA"]
    assert (france["activated"], france["points"]) == (None, 0)
    assert set(france["eur_by_year"].values()) == {0}


def test_totals_are_the_sum_of_states(world: World) -> None:
    for room in rooms(world, DAY)[:4]:
        whole = sum(eur for row in room["rows"] for eur in row["eur_by_year"].values())
        assert room["total_eur"] == pytest.approx(whole)


def test_what_was_not_known_yet_is_left_out(world: World) -> None:
    assert rooms(world, Day(2025, 3, 3)) == []
    assert [room["total_eur"] for room in rooms(world, Day(2025, 3, 14))] == [650e9]
    before = rooms(world, Day(2025, 7, 31))[0]
    germany = next(row for row in before["rows"] if row["country"] == "DEU")
    assert germany["activated"] is None


@pytest.mark.parametrize(
    ("programme", "day", "words"),
    [
        ("eu-save", DAY, "did you mean 'eu-safe'"),
        ("imf-weo", DAY, "has no loans by state"),
        ("eu-safe", Day(2025, 3, 14), "no loan of eu-safe was known on 2025-03-14"),
    ],
)
def test_what_cannot_be_borrowed(world: World, programme: str, day: Day, words: str) -> None:
    with pytest.raises(UserError, match=words):
        borrowed(world, programme, 2026, 2030, day)
