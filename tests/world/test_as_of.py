"""The as-of rule on a made-up dataset: every answer can be worked out from the rows above it."""

from datetime import date
from pathlib import Path

from burdenshare.world.answers import facts, revisions
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World
from world.own_releases import dataset, figure, publication, release


def on(country: str, year: int, day: str) -> Fact | Gap:
    """Return what was known of a depth on a day."""
    return World().fact("depth", country, year, date.fromisoformat(day))


def value(country: str, year: int, day: str) -> float:
    """Return the depth as printed, known on a day."""
    found = on(country, year, day)
    assert isinstance(found, Fact)
    return found.printed


def reason(country: str, year: int, day: str) -> str:
    """Return why no depth was known on a day."""
    found = on(country, year, day)
    assert isinstance(found, Gap)
    return found.reason


def test_the_newest_release_on_or_before_the_day_answers(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", 2019, 10)])
    release(home, "2021-05-01", [figure("FRA", 2019, 10.4)])
    days = ["2020-05-01", "2021-04-30", "2021-05-01", "2030-01-01"]
    assert [value("FRA", 2019, day) for day in days] == [10, 10, 10.4, 10.4]


def test_before_the_first_release_nothing_is_known(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", 2019, 10)])
    assert reason("FRA", 2019, "2020-04-30") == "no release of harbours is known on 2020-04-30"
    answer = facts(World(), "depth", as_of=date(2020, 4, 30))
    assert answer["rows"] == []
    assert [gap["reason"] for gap in answer["gaps"]] == [reason("FRA", 2019, "2020-04-30")]


def test_a_figure_withdrawn_does_not_come_back(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", 2019, 10), figure("DEU", 2019, 7)])
    release(home, "2021-05-01", [figure("FRA", 2019, "", note="sounded again")])
    release(home, "2022-05-01", [figure("DEU", 2019, 8)])  # says nothing of France
    assert value("FRA", 2019, "2021-04-30") == 10
    gap = "withdrawn in the release of 2021-05-01: sounded again"
    assert reason("FRA", 2019, "2021-05-01") == gap
    assert reason("FRA", 2019, "2022-06-01") == gap
    release(home, "2023-05-01", [figure("FRA", 2019, 9)])
    assert value("FRA", 2019, "2023-05-01") == 9
    assert reason("FRA", 2019, "2023-04-30") == gap


def test_a_blank_in_a_year_that_a_release_covers_is_a_gap(home: Path) -> None:
    dataset(home)
    rows = [figure("FRA", 2018, 9), figure("FRA", 2019, 10), figure("DEU", 2019, 7)]
    release(home, "2020-05-01", rows)
    later = [figure("FRA", 2018, 9.5), figure("FRA", 2020, 11)]
    release(home, "2021-05-01", later, depth='covers = "2018..2020"')
    assert value("FRA", 2018, "2021-05-01") == 9.5
    assert reason("FRA", 2019, "2021-05-01") == "left blank in the release of 2021-05-01"
    # The second release speaks of France alone: the first one still answers for Germany.
    assert value("DEU", 2019, "2021-05-01") == 7
    # Nor does it cover 2017; nobody ever gave that year.
    assert "gives it" in reason("FRA", 2017, "2021-05-01")


def test_covered_years_may_be_apart(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", year, 10) for year in (2014, 2016, 2018)])
    later = [figure("FRA", 2014, 11)]
    release(home, "2021-05-01", later, depth='covers = "2014, 2018"')
    day = "2021-05-01"
    assert (value("FRA", 2014, day), value("FRA", 2016, day)) == (11, 10)
    assert isinstance(on("FRA", 2018, day), Gap)


def test_a_partial_release_speaks_only_of_its_rows(home: Path) -> None:
    dataset(
        home,
        publication("2020-05-01", "Almanac 2020", "2018..2019", "full")
        + publication("2021-05-01", "Almanac 2021", "2019..2020", "partial")
        + publication("2022-05-01", "Almanac 2022", "2019..2021", "no"),
    )
    first = [figure(c, y, 10) for c in ("FRA", "DEU") for y in (2018, 2019)]
    release(home, "2020-05-01", first, depth='covers = "2018..2019"')
    release(home, "2021-05-01", [figure("FRA", 2019, 12)])
    assert value("FRA", 2019, "2021-06-01") == 12
    assert value("DEU", 2019, "2021-06-01") == 10
    assert named_later("DEU", 2019, "2021-04-30") == []
    assert named_later("DEU", 2019, "2021-06-01") == ["Almanac 2021"]
    assert named_later("FRA", 2019, "2021-06-01") == []
    assert named_later("FRA", 2019, "2022-06-01") == ["Almanac 2022"]
    assert named_later("DEU", 2019, "2022-06-01") == ["Almanac 2021", "Almanac 2022"]
    # The years that those publications give do not reach back to 2018.
    assert named_later("DEU", 2018, "2022-06-01") == []


def named_later(country: str, year: int, day: str) -> list[str]:
    """Return the documents that an answer names as published later and not held."""
    found = on(country, year, day)
    assert isinstance(found, Fact)
    return [each.document for each in found.newer]


def test_an_answer_says_what_was_published_and_is_not_held(home: Path) -> None:
    dataset(home, publication("2019-05-01", "Almanac 2019", "2018", "no"))
    release(home, "2020-05-01", [figure("FRA", 2019, 10)])
    said = "published (last on 2019-05-01), but no release held here gives it by 2019-06-01"
    assert reason("FRA", 2018, "2019-06-01") == said
    assert reason("FRA", 2018, "2019-04-30") == "no release of harbours is known on 2019-04-30"


def test_rows_from_several_releases_are_named(home: Path) -> None:
    dataset(home)
    first = [figure("FRA", 2019, 10), figure("DEU", 2019, 7)]
    release(home, "2020-05-01", first, depth='definition = "at low water"')
    release(home, "2021-05-01", [figure("FRA", 2019, 12)], depth='definition = "at high water"')
    answer = facts(World(), "depth", years="2019", as_of=date(2021, 6, 1))
    assert answer["notes"] == [
        "the rows come from 2 releases: 2020-05-01, 2021-05-01",
        "the rows mix definitions: at high water; at low water",
    ]


def test_a_coarser_release_stays_coarse(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", 2019, 1.96), figure("DEU", 2019, 2.04)])
    release(home, "2021-05-01", [figure("FRA", 2019, 2.0)], depth="precision = 0.1")
    fine, coarse = on("FRA", 2019, "2020-05-01"), on("FRA", 2019, "2021-05-01")
    assert isinstance(fine, Fact)
    assert isinstance(coarse, Fact)
    assert (fine.printed, fine.step) == (1.96, 0.01)
    assert (coarse.printed, coarse.step) == (2.0, 0.1)
    germany = on("DEU", 2019, "2021-05-01")  # not in the coarse release
    assert isinstance(germany, Fact)
    assert (germany.printed, germany.step) == (2.04, 0.01)


def test_one_row_may_be_coarser_than_its_release(home: Path) -> None:
    dataset(home)
    release(home, "2020-05-01", [figure("FRA", 2019, 2, 1), figure("DEU", 2019, 2)])
    steps = [
        found.step for c in ("FRA", "DEU") if isinstance(found := on(c, 2019, "2020-05-01"), Fact)
    ]
    assert steps == [1, 0.01]


def test_figures_are_rounded_as_tables_print_them(home: Path) -> None:
    dataset(home)
    # 1.995 lies in the middle of 1.99 and 2.00 and goes up; 1.9949 is nearer to 1.99. With one
    # decimal, 2.449 is nearer to 2.4, and 2.25 goes up to 2.3.
    rows = [figure("FRA", 2018, 1.995), figure("FRA", 2019, 1.9949)]
    rows += [figure("FRA", 2020, 2.449, 0.1), figure("FRA", 2021, 2.25, 0.1)]
    release(home, "2022-05-01", rows)
    printed = [value("FRA", year, "2022-05-01") for year in (2018, 2019, 2020, 2021)]
    assert printed == [2.0, 1.99, 2.4, 2.3]
    exact = on("FRA", 2018, "2022-05-01")
    assert isinstance(exact, Fact)
    assert exact.value == 1.995


def test_a_comparison_uses_what_the_coarser_figure_can_tell(home: Path) -> None:
    dataset(home)
    covers = 'covers = "2019"'
    release(home, "2020-05-01", [figure("FRA", 2019, 1.96), figure("DEU", 2019, 2.44)], covers)
    later = [figure("FRA", 2019, 2.0), figure("DEU", 2019, 2.3)]
    release(home, "2021-05-01", later, f"{covers}\nprecision = 0.1")
    found = revisions(World(), "depth", 2019, 2.0)["releases"]
    assert [each["count"] for each in found] == [1, 2]
    # 1.96 and 2.0 are the same to one decimal; 2.44 would have been printed as 2.4.
    assert [each["country"] for each in found[1]["largest"]] == ["DEU"]


def test_the_second_release_of_a_day_counts_as_later(home: Path) -> None:
    dataset(home)
    rows = [figure("FRA", 2023, 10), figure("DEU", 2023, 7)]
    release(home, "2024-06-17", rows)
    release(home, "2024-06-17.2", [figure("FRA", 2023, 10.5)])
    assert value("FRA", 2023, "2024-06-17") == 10.5
    assert value("DEU", 2023, "2024-06-17") == 7
    assert isinstance(on("FRA", 2023, "2024-06-16"), Gap)
    answer = facts(World(), "depth", ["FRA"], "2023", date(2024, 6, 17), all_releases=True)
    assert [row["value"] for row in answer["rows"]] == [10, 10.5]
    found = revisions(World(), "depth", 2023)["releases"]
    assert [each["document"][-12:] for each in found] == ["f 2024-06-17", "2024-06-17.2"]


def test_partial_releases_are_shown_and_not_counted(home: Path) -> None:
    dataset(home)
    countries = {"FRA": 2.1, "DEU": 1.9, "ITA": 2.5}
    covers = 'covers = "2019"'
    release(home, "2020-05-01", [figure(c, 2019, v) for c, v in countries.items()], covers)
    release(home, "2020-09-01", [figure("ITA", 2019, 1.0)])
    later = {"FRA": 1.8, "DEU": 2.2, "ITA": 2.4}
    release(home, "2021-05-01", [figure(c, 2019, v) for c, v in later.items()], covers)
    found = revisions(World(), "depth", 2019, 2.0)["releases"]
    assert [each["coverage"] for each in found] == ["full", "partial", "full"]
    assert [each["count"] for each in found] == [2, None, 2]
    # Against the first full release: Germany reaches 2, France no longer does.
    assert (found[2]["up"], found[2]["down"]) == (["DEU"], ["FRA"])
    # Germany and France moved by 0.3, Italy by 0.1; equal moves stand in the order of the codes.
    moved = {each["country"]: each["change"] for each in found[2]["largest"]}
    assert moved == {"DEU": 0.3, "FRA": -0.3, "ITA": -0.1}
    assert list(moved) == ["DEU", "FRA", "ITA"]
    early = revisions(World(), "depth", 2019, 2.0, date(2020, 6, 1))["releases"]
    assert [each["published"] for each in early] == ["2020-05-01"]


def test_a_release_of_ones_own_joins_the_shipped_ones(home: Path) -> None:
    row = figure("POL", 2024, 4.44, series="share_gdp")
    release(home, "2026-09-01", [row], name="nato-defence-expenditure")
    path = home / "facts" / "nato-defence-expenditure" / "2026-09-01.toml"
    path.write_text(path.read_text("utf-8").replace("series.depth", "series.share_gdp"), "utf-8")
    world = World()
    new = world.fact("share_gdp", "POL", 2024, date(2026, 9, 1))
    # As it ships: 3.75 in the file of 2026-07-10.
    old = world.fact("share_gdp", "POL", 2024, date(2026, 8, 31))
    assert isinstance(new, Fact)
    assert isinstance(old, Fact)
    assert (new.printed, old.printed) == (4.44, 3.75)
    assert world.hash != World(home / "none").hash
