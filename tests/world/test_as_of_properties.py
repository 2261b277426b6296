"""The as-of rule against a second, slow reading of it, and what must hold for any question."""

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.files import CONTENT
from burdenshare.world.countries import Countries
from burdenshare.world.datasets import read_dataset
from burdenshare.world.facts import Fact, Gap, History
from burdenshare.world.load import World
from burdenshare.world.shelf import Shelf
from world.own_releases import release
from world.slow_oracle import Publication, known, read_folder

NATO = "nato-defence-expenditure"
FOLDER = CONTENT / "facts" / NATO
SERIES = [
    "share_gdp",
    "equipment_share",
    "defence_expenditure_usd_current",
    "defence_expenditure_usd_constant",
    "military_personnel",
    "gdp_usd_current",
]
COUNTRIES = "ALB BGR CAN DEU ESP FRA GRC HRV ISL ITA LUX MNE POL SWE TUR USA AUS".split()
COUNTRIES += ["NATO_TOTAL", "NATO_EUR_CAN"]
COUNTRIES_KNOWN = Countries(CONTENT).codes
YEARS = range(2007, 2028)
EXAMPLES = settings().max_examples
FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)

series_names = st.sampled_from(SERIES)
countries = st.sampled_from(COUNTRIES)
years = st.sampled_from(YEARS)
days = st.dates(FIRST, LAST)
values = st.floats(0, 14, allow_nan=False).map(lambda value: round(value, 3))


@pytest.fixture(scope="module")
def publications() -> list[Publication]:
    """Return the NATO releases as the slow reading has them."""
    return read_folder(FOLDER)


def answer(found: Fact | Gap) -> tuple[float, date, int] | None:
    """Return what the library knows in the form of the slow reading."""
    if isinstance(found, Gap):
        return None
    return found.value, found.release.published, found.release.number


@settings(max_examples=3 * EXAMPLES)
@given(series_names, countries, years, days)
def test_the_library_and_the_slow_reading_agree(
    shipped: World,
    publications: list[Publication],
    series: str,
    country: str,
    year: int,
    day: date,
) -> None:
    found = shipped.fact(series, country, year, day)
    assert answer(found) == known(publications, series, country, year, day)


def test_both_agree_on_the_eve_and_the_day_of_every_release(
    shipped: World, publications: list[Publication]
) -> None:
    one_day = timedelta(days=1)
    for day in [d for p in publications for d in (p.published - one_day, p.published)]:
        for country in ("DEU", "HRV", "USA", "NATO_EUR_CAN"):
            for year in range(2012, 2027):
                found = shipped.fact("share_gdp", country, year, day)
                assert answer(found) == known(publications, "share_gdp", country, year, day)


@given(series_names, countries, years, days)
def test_no_figure_is_shown_before_it_was_published(
    shipped: World, series: str, country: str, year: int, day: date
) -> None:
    found = shipped.fact(series, country, year, day)
    if isinstance(found, Fact):
        assert found.release.published <= day
        assert all(found.release.published < each.published <= day for each in found.newer)
    history = shipped.history(series)
    assert all(each.release.published <= day for each in history.vintages(country, year, day))


rows = st.lists(
    st.tuples(countries, years, st.one_of(values, st.just(""))),
    min_size=1,
    max_size=40,
    unique_by=lambda row: row[:2],
)
covers = st.sampled_from(["", 'covers = "2014..2026"', 'covers = "2024"'])


def with_release(
    home: Path, day: date, figures: list[tuple[str, int, float | str]], about: str
) -> History:
    """Return the history of the share of GDP with one release more, in a user's folder."""
    add_release(home, day, figures, about)
    dataset = read_dataset([FOLDER, home / "facts" / NATO])
    return History(Shelf(dataset, COUNTRIES_KNOWN), "share_gdp")


def add_release(
    home: Path, day: date, figures: list[tuple[str, int, float | str]], about: str
) -> None:
    """Write a release of shares of GDP into the user's folder."""
    lines = [
        f"share_gdp,{country},{year},{value},{'withdrawn' if value == '' else 'actual'},,book,"
        for country, year, value in figures
    ]
    # `.2`: NATO may have a release of that day already.
    path = release(home, f"{day}.2", lines, about, name=NATO).with_suffix(".toml")
    path.write_text(path.read_text("utf-8").replace("series.depth", "series.share_gdp"), "utf-8")


@settings(max_examples=EXAMPLES // 4)
@given(days, rows, covers, st.data())
def test_a_new_release_changes_no_answer_of_an_earlier_day(
    shipped: World,
    day: date,
    rows: list[tuple[str, int, float | str]],
    covers: str,
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as folder:
        more = with_release(Path(folder), day, rows, covers)
        eve = day - timedelta(days=1)
        for as_of in (eve, data.draw(st.dates(date(2009, 1, 1), eve))):
            for country in COUNTRIES:
                for year in YEARS:
                    before = shipped.fact("share_gdp", country, year, as_of)
                    assert more.on(country, year, as_of) == before
        # On its own day it answers for each of its rows.
        for country, year, value in rows:
            found = more.on(country, year, day)
            assert answer(found) == (None if value == "" else (value, day, 2))


@settings(max_examples=EXAMPLES // 4)
@given(days, rows, covers)
def test_with_a_new_release_both_readings_still_agree(
    publications: list[Publication],
    day: date,
    rows: list[tuple[str, int, float | str]],
    covers: str,
) -> None:
    with TemporaryDirectory() as folder:
        more = with_release(Path(folder), day, rows, covers)
        added = read_folder(Path(folder) / "facts" / NATO)
        both = [*publications, *added]
        both.sort(key=lambda each: (each.published, each.number), reverse=True)
        for country, year, _ in rows:
            for as_of in (day, LAST):
                found = more.on(country, year, as_of)
                assert answer(found) == known(both, "share_gdp", country, year, as_of)


def test_the_same_files_give_the_same_answers(shipped: World, tmp_path: Path) -> None:
    again = World(tmp_path)
    assert again.hash == shipped.hash
    header = shipped.header("facts", LAST)
    assert json.dumps(again.header("facts", LAST)) == json.dumps(header)
