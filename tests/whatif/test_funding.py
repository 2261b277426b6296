"""What the United States gave to the World Food Programme, against the accounts by hand.

The accounts of 2024 (CEB): USA 15,000,000 core, 4,417,458,884 earmarked, 3,502,903 other; all
donors 609,449,330, 9,125,558,762 and 638,116,637.
"""

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.funding import stopped
from burdenshare.world.dates import Day
from burdenshare.world.load import World

AMERICAN = 4_435_961_787
EVERYBODY = 10_373_124_729


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_what_stops_and_what_the_others_would_have_to_add(world: World) -> None:
    found = stopped(world, "wfp", ["USA"], Day(2026, 10, 30))
    rows = {row["country"]: row for row in found["rows"]}
    governments = sum(row["usd"] for row in found["rows"])
    assert (found["year"], found["lost_usd"]) == (2024, AMERICAN)
    assert rows["USA"] == {"country": "USA", "usd": AMERICAN, "stops": True}
    assert found["total_usd"] == pytest.approx(governments)
    assert found["lost_share"] == pytest.approx(100 * AMERICAN / governments)
    others = governments - AMERICAN
    assert others * (1 + found["others_raise_percent"] / 100) == pytest.approx(governments)
    assert not any(row["stops"] for row in found["rows"] if row["country"] != "USA")


# 4,435,961,787 / 10,373,124,729 = 42.764 %; over the remaining 5,937,162,942 it is 74.715 %.
def test_all_donors_count_foundations_and_the_european_union(world: World) -> None:
    found = stopped(world, "wfp", ["USA"], Day(2026, 10, 30))["all_donors"]
    assert found["total_usd"] == EVERYBODY
    assert found["lost_share"] == pytest.approx(42.764, abs=5e-4)
    assert found["others_raise_percent"] == pytest.approx(74.715, abs=5e-4)


def test_what_the_programme_needs_and_gets(world: World) -> None:
    found = stopped(world, "wfp", ["USA"], Day(2026, 10, 30))
    assert (found["need_usd"], found["received_usd"]) == (21.1e9, 9.75e9)
    assert (found["newest_need"]["year"], found["newest_need"]["usd"]) == (2025, 16.9e9)
    assert (found["newest_received"]["usd"], found["newest_received"]["status"]) == (
        6.4e9,
        "projection",
    )


def test_two_stop(world: World) -> None:
    both = stopped(world, "wfp", ["DEU", "USA"])
    one = stopped(world, "wfp", ["USA"])
    assert both["lost_usd"] == pytest.approx(AMERICAN + 1_039_385_168)
    assert both["total_usd"] == one["total_usd"]


def test_everybody_stops_and_nobody_is_left_to_add(world: World) -> None:
    givers = [row["country"] for row in stopped(world, "wfp", ["USA"])["rows"]]
    found = stopped(world, "wfp", givers)
    assert found["lost_share"] == pytest.approx(100)
    assert found["others_raise_percent"] is None


def test_dues_are_not_voluntary(world: World) -> None:
    """The assessed contributions to the WHO are none of what stops."""
    found = stopped(world, "who", ["USA"])
    assert "assessed" not in found["citation"]
    assert (found["need_usd"], found["newest_need"]) == (None, None)


@pytest.mark.parametrize(
    ("organisation", "leaver", "day", "words"),
    [
        ("nato", "USA", Day(2026, 10, 30), "no figures of voluntary payments to 'nato'"),
        ("wfp", "PRK", Day(2026, 10, 30), "North Korea gave nothing"),
        ("wfp", "USA", Day(2025, 3, 14), "is not known on 2025-03-14"),
    ],
)
def test_what_cannot_stop(
    world: World, organisation: str, leaver: str, day: Day, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        stopped(world, organisation, [leaver], day)
