"""SAFE loans, the escape clause and US forces: the sums and days that their sources give."""

import datetime

from burdenshare.world.facts import Fact
from burdenshare.world.load import World

LOAN, CAP = "eu_safe_loan", "eu_escape_clause_cap"


def value(world: World, series: str, country: str, year: int, day: datetime.date) -> float | None:
    found = world.fact(series, country, year, day)
    return found.value if isinstance(found, Fact) else None


def test_the_tentative_loans_add_to_150_billion_euros(shipped: World) -> None:
    day = datetime.date(2025, 9, 9)
    history = shipped.history(LOAN)
    loans = [value(shipped, LOAN, code, 2025, day) for code in history.countries(day)]
    assert len(loans) == 19
    assert sum(each or 0.0 for each in loans) == 150_000_000_000


def test_a_decided_loan_takes_the_place_of_the_tentative_one_on_its_day(shipped: World) -> None:
    before, after = datetime.date(2026, 2, 16), datetime.date(2026, 2, 17)
    assert value(shipped, LOAN, "EST", 2025, before) == 2_660_932_171
    assert value(shipped, LOAN, "EST", 2025, after) == 2_343_897_000
    # Decided too, but for an amount that was not found.
    assert value(shipped, LOAN, "POL", 2025, after) == 43_734_100_805
    assert value(shipped, LOAN, "DEU", 2025, after) is None


def test_pre_financing_is_15_percent_or_nothing(shipped: World) -> None:
    day = shipped.latest
    history = shipped.history("eu_safe_prefinancing")
    for code in history.countries(day):
        paid, loan = (value(shipped, s, code, 2025, day) for s in ("eu_safe_prefinancing", LOAN))
        assert paid is not None
        assert loan is not None
        assert paid == 0 or abs(paid - 0.15 * loan) < 0.01
    assert history.countries(day) == "BEL BGR CYP DNK ESP EST FIN GRC HRV ITA PRT ROU".split()


def test_the_day_on_which_the_escape_clause_became_active(shipped: World) -> None:
    days = {}
    for code in shipped.history(CAP).countries(shipped.latest):
        found = shipped.fact(CAP, code, 2026, shipped.latest)
        assert isinstance(found, Fact)
        assert found.value == 1.5
        days[code] = found.release.published.isoformat()
    assert len(days) == 17
    assert days.pop("DEU") == "2025-10-10"
    assert days.pop("AUT") == "2026-02-17"
    assert set(days.values()) == {"2025-07-08"}


def test_the_figures_of_march_2025_keep_how_sure_they_are(shipped: World) -> None:
    union = shipped.organisations["eu"]
    day = datetime.date(2025, 3, 4)
    found = {name: union.parameter(f"rearm-{name}", day, day) for name in ("total", "fiscal-room")}
    assert {name: each.value for name, each in found.items() if each} == {
        "total": 800,
        "fiscal-room": 650,
    }
    start = union.parameter("rearm-fiscal-room-start", day, day)
    assert start is not None
    assert start.confidence == "inference"


def test_us_forces_permanently_assigned_to_allies(shipped: World) -> None:
    history = shipped.history("us_active_duty")
    assert len(history.countries(shipped.latest)) == 31
    counted = [
        value(shipped, "us_active_duty", code, 2025, shipped.latest)
        for code in history.countries(shipped.latest)
    ]
    assert sum(each or 0.0 for each in counted) == 68_082
