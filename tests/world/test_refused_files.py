"""What the loader refuses in the TOML files and folders of a user's own releases."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from burdenshare.cli import main
from world.own_releases import (
    DATASET,
    dataset,
    figure,
    publication,
    release,
    release_file,
)

Refusal = Callable[[], str]
DAY = "2020-05-01"
GOOD = figure("DEU", 2019, 7)


@pytest.fixture
def refusal(home: Path, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """Return the error of any question: one to three lines on standard error, exit code 2."""

    def ask() -> str:
        assert main(["pledge", "nato.wales-2014", "--year", "2024", "--format", "json"]) == 2
        out, error = capsys.readouterr()
        assert out == ""
        assert error.startswith("burdenshare: ")
        assert 1 <= len(error.splitlines()) <= 3
        assert len(error) < 600
        assert "Traceback" not in error
        return error.removeprefix("burdenshare: ")

    return ask


RELEASES = [
    ("published = 2020-05-01", "published = 2020-05-02", ": published is datetime.date(2020, 5, 2"),
    ("published = 2020-05-01", 'published = "2020-05-01"', ": published is '2020-05-01': write"),
    ("published = 2020-05-01", "", ": published is nothing: write a day without quotes"),
    ('document = "Almanac of 2020-05-01"', "", ": document is nothing: write a text in quotes"),
    ('document = "Almanac of 2020-05-01"', 'document = ""', ": document is '': write a text"),
    ('"2020-05-01.csv"', '"../2020-05-01.csv"', ": file is '../2020-05-01.csv': write the name"),
    ('"2020-05-01.csv"', '"/etc/passwd"', ": file is '/etc/passwd': write the name"),
    ('"2020-05-01.csv"', '"."', ": file is '.': write the name of a .csv or .parquet file"),
    ('"2020-05-01.csv"', '"table.xlsx"', ": file is 'table.xlsx': write the name"),
    ('"full"', '"ful"', ": coverage is 'ful': did you mean 'full'?"),
    ("coverage", "coverge", ": coverage is nothing: "),
    ("coverage = ", 'coverge = "full"\ncoverage = ', ": unknown key 'coverge': did you mean 'cov"),
    ("sha256", 'sha_256 = "0"\nsha256', ": unknown key 'sha_256': did you mean 'sha256'?"),
    ("read_from", "readfrom", " [sources] [book]: read_from is nothing: "),
    ('read_from = "the almanac"', 'read_from = "a"\nchekced = "b"', ": unknown key 'chekced': did"),
    ("[sources.book]\nread_from", "[other]\nread_from", ": no [sources.…]: say where"),
    ("[series.depth]", "[series.dept]", " [series] [dept]: harbours has no series 'dept': did you"),
    ("[series.depth]", '[series.depth]\ncover = "2019"', " [series] [depth]: unknown key 'cover'"),
    ("[series.depth]", '[series.depth]\ncovers = "2020..2018"', ": covers is '2020..2018': write"),
    ("[series.depth]", '[series.depth]\ncovers = "all"', ": covers is 'all': write 2024 or"),
    ("[series.depth]", "[series.depth]\nprecision = 0", ": precision is 0: write one unit"),
    ("[series.depth]", "[series.depth]\nprecision = nan", ": precision is nan: write a number"),
    ("[series.depth]", '[series.depth]\nprecision = "0.1"', ": precision is '0.1': write a number"),
    ("[series.depth]", "[series.depth", " is not TOML: "),
    ('document = "', 'document = "\n', " is not TOML: "),
    ("published = 2020-05-01", "published = 2020-02-30", " is not TOML: "),
    ("published = ", f"a = {'1' * 5000}\npublished = ", " is not TOML: "),
    ("published = ", f"a = {'[' * 5000}{']' * 5000}\npublished = ", " is not TOML: "),
    ("published = ", f"{'x' * 5000} = 1\npublished = ", ": unknown key 'xxx"),
    ('"full"', f'"{"x" * 5000}"', ": coverage is 'xxx"),
]


@pytest.mark.parametrize(("old", "new", "said"), RELEASES, ids=range(len(RELEASES)))
def test_a_release_that_is_not_understood(
    home: Path, refusal: Refusal, old: str, new: str, said: str
) -> None:
    dataset(home)
    path = release(home, DAY, [GOOD]).with_suffix(".toml")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    error = refusal()
    assert error.startswith(str(path))
    assert said in error


DATASETS = [
    ('id = "harbours"', 'id = "harbour"', ": id is 'harbour': write \"harbours\", the name of"),
    ('"releases"', '"weekly"', ": kind is 'weekly': known: daily, releases"),
    ('publisher = "Harbour Office"', "", ": publisher is nothing: write a text in quotes"),
    ('publisher = "Harbour Office"', "publisher = 5", ": publisher is 5: write a text in quotes"),
    ("kind =", 'kidn = "x"\nkind =', ": unknown key 'kidn': did you mean 'kind'?"),
    ("low = 0", "low = nan", " [series] [depth]: low is nan: write a number"),
    ("low = 0", f"low = 1{'0' * 400}", " [series] [depth]: low is 1000"),
    ("low = 0", "", " [series] [depth]: low is nothing: write a number"),
    ("decimals = 2", "decimals = -1", ": decimals is -1: write how many decimals"),
    ("decimals = 2", "decimals = 2.5", ": decimals is 2.5: write a whole number"),
    ("decimals = 2", "decimal = 2", ": unknown key 'decimal': did you mean 'decimals'?"),
    ('words = ["depth"]', "words = [1]", ": words is [1]: write a list of texts"),
    ("[series.depth]", "[[series]]", ": series is [{"),
]


@pytest.mark.parametrize(("old", "new", "said"), DATASETS, ids=range(len(DATASETS)))
def test_a_dataset_that_is_not_understood(
    home: Path, refusal: Refusal, old: str, new: str, said: str
) -> None:
    assert old in DATASET
    path = dataset(home, text=DATASET.replace(old, new, 1)) / "dataset.toml"
    error = refusal()
    assert error.startswith(str(path))
    assert said in error


PUBLICATIONS = [
    ('held = "no"', 'held = "none"', ": held is 'none': "),
    ('years = "2018"', 'years = "18"', ": years is '18': write 2024 or 2014..2024"),
    ("published = 2019-05-01", "", ": published is nothing: "),
    ('basis = "seen"', 'basis = "seen"\nseries = ["width"]', ": series is ['width']: write only"),
    ("[[publications]]", "[publications]", ": publications is {"),
]


@pytest.mark.parametrize(("old", "new", "said"), PUBLICATIONS, ids=range(len(PUBLICATIONS)))
def test_a_publication_that_is_not_understood(
    home: Path, refusal: Refusal, old: str, new: str, said: str
) -> None:
    entry = publication("2019-05-01", "Almanac", "2018", "no")
    assert old in entry
    path = dataset(home, entry.replace(old, new, 1)) / "dataset.toml"
    error = refusal()
    assert error.startswith(str(path))
    assert said in error


@pytest.mark.parametrize("stem", ["17-06-2024", "2024-6-17", "2024-06-17.1", "notes", "2024"])
def test_a_release_that_is_not_named_by_its_day(home: Path, refusal: Refusal, stem: str) -> None:
    path = dataset(home) / f"{stem}.toml"
    path.write_text("published = 2024-06-17\n", "utf-8")
    expected = f"{path}: a release file is named by its day: write 2024-06-17.toml\n"
    assert refusal() == expected


def test_a_toml_file_in_another_encoding(home: Path, refusal: Refusal) -> None:
    path = dataset(home) / "dataset.toml"
    path.write_bytes(b'id = "h\xe9"\n')
    # i, d, blank, =, blank, quote and h are the bytes 0 to 6.
    assert refusal() == f"{path} is not UTF-8 (byte 7): save it as UTF-8\n"


def test_the_same_day_twice(home: Path, refusal: Refusal) -> None:
    name = "nato-defence-expenditure"
    row = figure("POL", 2024, 4.44, series="share_gdp")
    release_file(home, "2024-06-17", "2024-06-17.csv", row.encode(), name=name)
    error = refusal()
    assert "a release of 2024-06-17 stands in " in error
    assert error.endswith("name the second one 2024-06-17.2.toml\n")


def test_a_table_that_no_release_names(home: Path, refusal: Refusal) -> None:
    path = release(home, DAY, [GOOD])
    dataset(home)
    path.with_suffix(".toml").unlink()
    expected = f"{path}: no release names this file: write 2020-05-01.toml beside it\n"
    assert refusal() == expected


def test_a_series_of_another_dataset(home: Path, refusal: Refusal) -> None:
    dataset(home, text=DATASET.replace("[series.depth]", "[series.share_gdp]"))
    assert "series 'share_gdp' stands in nato-defence-expenditure and in harbours" in refusal()


def test_a_folder_without_a_dataset(home: Path, refusal: Refusal) -> None:
    folder = home / "facts" / "nato-defense-expenditure"
    folder.mkdir(parents=True)
    error = refusal()
    assert error.startswith(f"{folder}: no dataset.toml, and no shipped dataset of that name: ")
    assert error.endswith("did you mean 'nato-defence-expenditure'?\n")


def test_a_dataset_that_is_shipped(home: Path, refusal: Refusal) -> None:
    text = DATASET.replace('"harbours"', '"world-bank"')
    path = dataset(home, text=text, name="world-bank") / "dataset.toml"
    expected = f"{path}: this dataset is shipped: remove it, or rename the folder\n"
    assert refusal() == expected


def test_a_file_in_place_of_the_folder(home: Path, refusal: Refusal) -> None:
    (home / "facts").write_text("", "utf-8")
    assert refusal() == f"{home / 'facts'} cannot be read: Not a directory\n"


def test_a_folder_that_may_not_be_read(
    home: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dataset(home)
    may = os.access
    # For root every folder may be read: the answer of the system is put in its place.
    monkeypatch.setattr(os, "access", lambda path, mode: path != folder and may(path, mode))
    expected = f"{folder} cannot be read: allow it, or set BURDENSHARE_HOME\n"
    assert refusal() == expected


def test_no_folder_at_all_is_no_mistake(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "share_gdp", "--country", "USA", "--year", "2024"]) == 0
    assert capsys.readouterr().err == ""
