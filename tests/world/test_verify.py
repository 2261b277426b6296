"""`verify` on the world as it ships, and on one with something wrong in it.

Numbers of rows: NATO 11,394 values in the collected table (defence_expenditure.csv) and one blank
row for Germany 2025; World Bank 146,082 and exchange rates 152,828 by the list of sources; all of
them are counted once more in the release files, by DuckDB or line by line.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.world.load import World
from burdenshare.world.verify import verify
from world.own_releases import dataset, figure, publication, release

FACTS = CONTENT / "facts"


@pytest.fixture(scope="module")
def answer(shipped: World) -> dict[str, Any]:
    """Return what `verify` finds in the shipped world."""
    return verify(shipped)


@pytest.fixture(scope="module")
def found(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the datasets of the answer by name."""
    return {each["dataset"]: each for each in answer["datasets"]}


def rows_in(path: Path) -> int:
    """Return the rows of a release file, without the library."""
    if path.suffix == ".csv":  # no cell of theirs goes over a line
        return path.read_text("utf-8").count("\n") - 1
    with duckdb.connect() as connection:
        counted = connection.execute(f"SELECT count(*) FROM '{path}'").fetchone()
    assert counted is not None
    return int(counted[0])


RELEASES = [
    ("nato-defence-expenditure", 23, 11_394 + 1),
    ("imf-weo", 15, None),
    ("world-bank", 3, 146_082),
    ("ecb-exchange-rates", 1, 152_828),
]


@pytest.mark.parametrize(("name", "releases", "rows"), RELEASES)
def test_releases_and_rows(
    found: dict[str, dict[str, Any]], name: str, releases: int, rows: int | None
) -> None:
    assert found[name]["releases"] == releases
    counts = {path.stem: rows_in(path) for path in FACTS.joinpath(name).glob("[0-9]*.[cp]*")}
    assert {each["published"]: each["rows"] for each in found[name]["revised"]} == counts
    assert found[name]["rows"] == sum(counts.values()) == (rows or sum(counts.values()))


def test_every_row_is_new_revised_withdrawn_or_the_same(found: dict[str, dict[str, Any]]) -> None:
    for each in found.values():
        for count in each["revised"]:
            changed = count["new"] + count["revised"] + count["withdrawn"]
            assert 0 <= changed <= count["rows"]
        first = each["revised"][0]
        assert (first["new"], first["revised"]) == (first["rows"], 0)


def test_what_is_known_and_not_held(found: dict[str, dict[str, Any]]) -> None:
    # releases.csv of the collection: 29 publications, of which six were not found at all; the
    # file of the world says of each whether it is held.
    nato = found["nato-defence-expenditure"]
    text = (FACTS / "nato-defence-expenditure" / "dataset.toml").read_text("utf-8")
    assert nato["not_held"] == text.count('\nheld = "no"\n') == 6
    assert nato["held_in_part"] == text.count('\nheld = "partial"\n')
    assert text.count("[[publications]]") == 29


def test_what_the_release_of_june_2024_withdrew_and_added(
    found: dict[str, dict[str, Any]],
) -> None:
    nato = {each["published"]: each for each in found["nato-defence-expenditure"]["revised"]}
    # Two rows, both of 2015, in the oldest one; the next full one has 2016, all of it new.
    assert [nato["2015-06-22"][key] for key in ("rows", "new")] == [2, 2]
    assert [nato["2016-07-04"][key] for key in ("rows", "new", "revised")] == [29, 29, 0]
    # Only Germany 2025 is blank anywhere, and no figure stood there before.
    assert sum(each["withdrawn"] for each in nato.values()) == 0


def test_all_checks_pass(answer: dict[str, Any]) -> None:
    passed = {each["check"]: each["passed"] for each in answer["checks"]}
    # the exits in which life went otherwise than the clause, by the record of each
    otherwise = ["ru_coe", "uk_eu", "dprk_npt_2", "us_roc", "al_warsaw"]
    assert [note.split(": ")[1] for note in answer["notes"]] == otherwise
    assert all(number > 0 for number in passed.values())
    files = [path for path in FACTS.glob("*/[0-9]*") if path.suffix in (".csv", ".parquet")]
    assert passed["files equal to the hash that their release declares"] == len(files)
    assert passed["days of leaving by the clauses, beside the recorded ones"] == 33
    assert passed["NATO headlines equal to the held figures"] >= 12


def test_a_headline_that_the_figures_do_not_give_is_refused(shipped: World) -> None:
    # 23 allies at 2 % of 2024 in the release of 2024-06-17, by NATO and by the file.
    lines = shipped.headlines
    place = next(
        index
        for index, each in enumerate(lines)
        if (each.published, each.year, each.value) == (date(2024, 6, 17), 2024, 23)
    )
    world = World(shipped.own)
    world.headlines = (*lines[:place], replace(lines[place], value=24.0), *lines[place + 1 :])
    nato = "nato-defence-expenditure"
    world.datasets = {nato: world.datasets[nato]}
    with pytest.raises(
        UserError, match=r"headlines\.csv, line \d+: .* is 24, the release gives 23"
    ):
        verify(world)


def own(home: Path) -> dict[str, Any]:
    """Return what `verify` finds in the made-up dataset."""
    world = World(home)
    name = "nato-defence-expenditure"  # whose headlines are compared
    world.datasets = {each: world.datasets[each] for each in ("harbours", name)}
    answer: dict[str, Any] = verify(world)["datasets"][0]
    return answer


def test_what_a_release_revised(home: Path) -> None:
    dataset(home, publication("2019-05-01", "Almanac 2019", "2018", "no"))
    rows = [figure(country, 2019, 10) for country in ("FRA", "DEU", "ITA", "ESP")]
    release(home, "2020-05-01", rows)
    # France moved, Germany was withdrawn, Italy stayed within the printed two decimals, Spain as
    # it was, Poland is new.
    later = [figure("FRA", 2019, 11), figure("DEU", 2019, ""), figure("ITA", 2019, 10.004)]
    later += [figure("ESP", 2019, 10), figure("POL", 2019, 3)]
    release(home, "2021-05-01", later)
    found = own(home)
    assert (found["releases"], found["rows"], found["not_held"]) == (2, 9, 1)
    assert found["revised"][1] == {
        "published": "2021-05-01",
        "coverage": "full",
        "rows": 5,
        "new": 1,
        "revised": 1,
        "withdrawn": 1,
    }


def test_a_release_before_all_shipped_ones_does_not_move_the_headlines(home: Path) -> None:
    dataset(home)
    row = figure("POL", 2008, 1.5, series="share_gdp")
    path = release(home, "2009-02-19", [row], name="nato-defence-expenditure").with_suffix(".toml")
    path.write_text(path.read_text("utf-8").replace("series.depth", "series.share_gdp"), "utf-8")
    assert own(home)["dataset"] == "harbours"
