"""What must come out of the world as it ships.

The counts are NATO's own, as the press gave them (release_headlines.csv of the collection from
which the releases were made); single figures were read by eye in the release files.
"""

from datetime import date
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.world.answers import facts, revisions
from burdenshare.world.assess import pledge_answer
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World


def day(text: str | None) -> date | None:
    """Return a day, or none."""
    return date.fromisoformat(text) if text else None


WALES = [
    (2024, "2024-12-20", 23),
    (2024, "2025-05-01", 22),
    (2024, "2025-09-01", 18),
    (2024, "2026-08-01", 17),
    (2023, "2023-08-01", 11),
    (2023, "2024-07-01", 10),
    (2014, "2026-08-01", 3),
]


@pytest.mark.parametrize(("year", "as_of", "count"), WALES)
def test_how_many_meet_the_pledge_of_wales(
    shipped: World, year: int, as_of: str, count: int
) -> None:
    answer = pledge_answer(shipped, "nato.wales-2014", year, day(as_of))
    assert answer["count_met"] == count == len(answer["met"])


def test_who_misses_the_pledge_of_wales_in_2024(shipped: World) -> None:
    answer = pledge_answer(shipped, "nato.wales-2014", 2024, date(2024, 12, 20))
    assert (answer["members"], answer["release"]) == (32, "2024-06-17")
    # Table 3 of the release of 2024-06-17, at two decimals.
    shares = {"HRV": 1.81, "PRT": 1.55, "ITA": 1.49, "CAN": 1.37}
    shares |= {"BEL": 1.30, "LUX": 1.29, "SVN": 1.29, "ESP": 1.28}
    assert {each["country"]: each["value"] for each in answer["missed"]} == shares
    reasons = [(each["country"], each["reason"]) for each in answer["not_assessed"]]
    assert reasons == [("ISL", "Iceland has no armed forces")]
    assert len(answer["met"]) + len(answer["missed"]) + len(answer["not_assessed"]) == 32


def test_what_a_member_is_short_by(shipped: World) -> None:
    answer = pledge_answer(shipped, "nato.wales-2014", 2024, date(2024, 12, 20))
    croatia = next(each for each in answer["missed"] if each["country"] == "HRV")
    # 2 - 1.81 = 0.19 points; GDP 89,895.2 million dollars in the same release: x 0.0019 = 170.8.
    assert (croatia["short_pp"], croatia["short_usd_million"]) == (0.19, 171)
    # The farthest from 2 first: Spain is 0.72 short.
    assert (answer["missed"][0]["country"], answer["missed"][0]["short_pp"]) == ("ESP", 0.72)


def test_members_are_those_of_the_day(shipped: World) -> None:
    # Finland joined on 2023-04-04, Sweden on 2024-03-07.
    counts = [
        pledge_answer(shipped, "nato.wales-2014", 2023, day(as_of))["members"]
        for as_of in ("2023-04-03", "2023-08-01", "2024-07-01")
    ]
    assert counts == [30, 31, 31]


def test_who_meets_the_pledge_of_the_hague(shipped: World) -> None:
    answer = pledge_answer(shipped, "nato.hague-2025", 2026, date(2026, 8, 1))
    # 2026 in the release of 2026-07-10: LTU 5.33, EST 5.10, LVA 4.92, POL 4.68, GRC 3.65.
    assert answer["met"] == ["EST", "GRC", "LTU", "LVA", "POL"]
    nearest = answer["missed"][-1]
    assert (nearest["country"], nearest["value"], nearest["short_pp"]) == ("DNK", 3.49, 0.01)
    spain = next(each for each in answer["missed"] if each["country"] == "ESP")
    assert "2.1 %" in spain["note"]


def test_before_core_defence_was_published_nobody_is_assessed(shipped: World) -> None:
    answer = pledge_answer(shipped, "nato.hague-2025", 2025, date(2026, 7, 9))
    assert (answer["met"], answer["missed"], answer["release"]) == ([], [], None)
    assert {each["country"] for each in answer["not_assessed"]} >= {"POL", "USA", "ISL"}


def test_a_pledge_is_not_known_before_its_day(shipped: World) -> None:
    with pytest.raises(UserError, match=r"was not known on 2014-09-04.*2014-09-05"):
        pledge_answer(shipped, "nato.wales-2014", 2014, date(2014, 9, 4))


def test_one_year_in_every_release(shipped: World) -> None:
    answer = revisions(shipped, "share_gdp", 2024, 2.0)
    chain = [
        (each["published"], each["count"], each["up"], each["down"])
        for each in answer["releases"]
        if each["coverage"] == "full"
    ]
    assert chain == [
        ("2024-06-17", 23, [], []),
        ("2025-04-24", 22, [], ["MNE"]),
        ("2025-08-28", 18, [], ["ALB", "BGR", "MKD", "SVK"]),
        ("2026-07-10", 17, [], ["CZE"]),
    ]
    # The report of 2026-03-26 is held in part; of 2024 it gives the United States.
    partial = [each for each in answer["releases"] if each["coverage"] == "partial"]
    assert [(p["published"], p["count"], p["of"]) for p in partial] == [("2026-03-26", None, 1)]


HEADLINES = [
    ("2016-07-04", 2016, 5),
    ("2017-06-29", 2017, 6),
    ("2018-07-10", 2018, 5),
    ("2019-06-25", 2019, 7),
    ("2023-07-07", 2014, 3),
    ("2023-07-07", 2023, 11),
    ("2024-03-14", 2023, 11),
    ("2024-06-17", 2023, 10),
    ("2024-06-17", 2024, 23),
    ("2025-04-24", 2024, 22),
    ("2025-08-28", 2023, 10),
    ("2025-08-28", 2024, 18),
]


@pytest.mark.parametrize(("published", "year", "count"), HEADLINES)
def test_the_count_is_natos_own_in_every_release_held_in_full(
    shipped: World, published: str, year: int, count: int
) -> None:
    found = revisions(shipped, "share_gdp", year, 2.0, day(published))["releases"][-1]
    assert (found["published"], found["coverage"], found["count"]) == (published, "full", count)


def test_one_figure_with_its_release(shipped: World) -> None:
    answer = facts(shipped, "share_gdp", ["USA"], "2024", date(2025, 3, 2))
    row = answer["rows"][0]
    assert (row["value"], row["published"], row["status"]) == (3.38, "2024-06-17", "estimate")
    assert (row["exact"], row["step"]) == (3.379021, 0.01)
    assert answer["gaps"] == []


def test_a_coarser_figure_of_a_later_release(shipped: World) -> None:
    # 3.3 in the annual report of 2026-03-26, which prints one decimal; 3.30 in the next table.
    asked = [shipped.fact("share_gdp", "USA", 2024, date(2026, month, 1)) for month in (4, 8)]
    steps = [(f.printed, f.step, f.release.published) for f in asked if isinstance(f, Fact)]
    assert steps == [(3.3, 0.1, date(2026, 3, 26)), (3.3, 0.01, date(2026, 7, 10))]


def test_a_gap_with_its_reason(shipped: World) -> None:
    answer = facts(shipped, "share_gdp", ["NLD"], "2024", date(2013, 1, 1))
    reason = "no release published on or before 2013-01-01 gives it"
    assert answer["rows"] == []
    assert answer["gaps"] == [{"country": "NLD", "year": 2024, "reason": reason}]


def test_what_was_never_published_for_germany_in_2025(shipped: World) -> None:
    gap = shipped.fact("share_gdp", "DEU", 2025, date(2025, 9, 1))
    assert isinstance(gap, Gap)
    assert gap.reason.startswith("not published in the release of 2025-08-28")
    # The annual report of 2026-03-26 has 2.4, rounded to one decimal.
    later = shipped.fact("share_gdp", "DEU", 2025, date(2026, 4, 1))
    assert isinstance(later, Fact)
    assert (later.printed, later.step) == (2.4, 0.1)


def test_a_country_without_forces_and_one_outside_are_gaps(shipped: World) -> None:
    answer = facts(shipped, "share_gdp", ["Iceland", "AUS"], "2024", date(2024, 7, 1))
    assert answer["rows"] == []
    reasons = {each["country"]: each["reason"] for each in answer["gaps"]}
    assert reasons["ISL"].endswith("(Iceland has no armed forces)")
    # NATO never published a figure for Australia: the reason must not say that it did.
    assert "published (last" not in reasons["AUS"]


def test_a_newer_publication_that_is_not_held_is_named(shipped: World) -> None:
    # Of 2025 the release of 2025-08-28 gives 25 countries; Sweden's share was not found.
    gap = shipped.fact("share_gdp", "SWE", 2025, date(2025, 9, 1))
    assert isinstance(gap, Gap)
    assert gap.reason.startswith("published (last on 2025-08-28), but no release held here")
    # Croatia 2014, as known on 2025-05-01: the annual report of 2025-04-24 gave it too.
    fact = shipped.fact("share_gdp", "HRV", 2014, date(2025, 5, 1))
    assert isinstance(fact, Fact)
    assert fact.release.published == date(2024, 6, 17)
    assert [str(each.published) for each in fact.newer] == ["2025-04-24"]


# Units of US dollars for one euro in the ECB's own history file.
FIXINGS = [
    ("2025-03-06", "2025-03-06", 1.0796),
    ("2025-03-07", "2025-03-07", 1.0857),
    ("2025-03-09", "2025-03-07", 1.0857),  # a Sunday
    ("2025-03-10", "2025-03-10", 1.0845),
    ("1999-01-04", "1999-01-04", 1.1789),  # the first fixing
    ("2026-11-01", "2026-10-30", 1.1172),  # the Sunday after the last fixing held
]


@pytest.mark.parametrize(("as_of", "fixed", "rate"), FIXINGS)
def test_the_nearest_earlier_fixing_answers(
    shipped: World, as_of: str, fixed: str, rate: float
) -> None:
    answer = facts(shipped, "EXR.USD", as_of=day(as_of))
    assert [(row["day"], row["value"]) for row in answer["rows"]] == [(fixed, rate)]
    assert answer["gaps"] == []


@pytest.mark.parametrize(
    ("series", "as_of"),
    [("EXR.USD", "1999-01-03"), ("EXR.USD", "2026-12-31"), ("EXR.RUB", "2022-06-01")],
)
def test_no_fixing_is_stretched_over_months(shipped: World, series: str, as_of: str) -> None:
    answer = facts(shipped, series, as_of=day(as_of))
    assert answer["rows"] == []
    assert len(answer["gaps"]) == 1


def test_a_year_of_fixings_ends_on_the_day(shipped: World) -> None:
    # 1999 opened with fixings on 4, 5, 6, 7 and 8 January.
    answer = facts(shipped, "EXR.USD", years="1999", as_of=date(1999, 1, 10))
    days = [f"1999-01-0{number}" for number in (4, 5, 6, 7, 8)]
    assert [row["day"] for row in answer["rows"]] == days
    gap: dict[str, Any] = facts(shipped, "EXR.USD", years="1998")["gaps"][0]
    assert gap["year"] == 1998


def test_a_share_too_coarse_to_compare_is_named(shipped: World) -> None:
    answer = pledge_answer(shipped, "nato.wales-2014", 2025, date(2026, 5, 1))
    # The report of 2026-03-26 prints one decimal, and 2.0 for these seven.
    seven = "taken as printed: ALB, BEL, CAN, ESP, ITA, PRT, SVN"
    assert [note for note in answer["notes"] if note.endswith(seven)]
