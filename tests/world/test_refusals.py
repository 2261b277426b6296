"""What the loader refuses in a release file: each message says where, what, and what to write."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from burdenshare.cli import main
from burdenshare.errors import UserError
from burdenshare.world.load import World
from world.own_releases import DATASET, HEAD, dataset, figure, release, release_file

Refusal = Callable[[], str]
DAY = "2020-05-01"
GOOD = figure("DEU", 2019, 7)


@pytest.fixture
def refusal(home: Path, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """Return what asking for a depth prints: one to three lines, and nothing but an error."""
    dataset(home)

    def ask() -> str:
        assert main(["facts", "depth", "--format", "json"]) == 2
        out, error = capsys.readouterr()
        assert out == ""
        assert error.startswith("burdenshare: ")
        assert 1 <= len(error.splitlines()) <= 3
        assert len(error) < 600
        assert "Traceback" not in error
        return error

    return ask


ROWS = [
    (figure("FRA", 2019, 10, source="boook"), "source is 'boook': did you mean 'book'?"),
    (figure("FRA", 2019, 10, source=""), "source is '': known: book"),
    (figure("FRA", 2019, 10, series="dept"), "series is 'dept': did you mean 'depth'?"),
    (figure("", 2019, 10), "country is '': known: "),
    (figure("Farnce", 2019, 10), "country is 'Farnce': "),
    (figure("DEU", 2019, 7), "key is 'depth DEU 2019': each series, country and year once"),
    (figure("FRA", 2019, 100.5), "value is '100.5': depth lies between 0 and 100 m"),
    (figure("FRA", 2019, -0.01), "value is '-0.01': depth lies between 0 and 100 m"),
    *[
        (figure("FRA", 2019, value), f"value is '{value}': write a number, such as 2.05")
        for value in ("nan", "inf", "-inf", "1e400", "ten", "1_0", " 10", "0x10", "1.2.3", "١٠")
    ],
    *[
        (figure("FRA", year, 10), f"year is '{year}': write four digits, such as 2024")
        for year in ("", "19", "20244", "2019.0", "²⁰¹⁹", "2019-01-01")
    ],
    *[
        (figure("FRA", 2019, 10, precision), f"precision is '{precision}': write ")
        for precision in ("0", "-1", "fine", "nan", "1e-30")
    ],
    ("depth,FRA,2019,10,guess,,book,", "status is 'guess': write one of actual, estimate, "),
    ("depth,FRA,2019,,actual,,book,", "status is 'actual': write not published or withdrawn"),
    ("depth,FRA,2019,10", "4 cells: write 8"),
    ("", "0 cells: write 8"),
    ('depth,FRA,2019,10,actual,,book,"two\nlines"', "a cell goes over the line: write it in one"),
]


@pytest.mark.parametrize(("row", "said"), ROWS, ids=[said[:24] for _, said in ROWS])
def test_a_row_that_cannot_stand(home: Path, refusal: Refusal, row: str, said: str) -> None:
    path = release(home, DAY, [GOOD, row])
    assert refusal().startswith(f"burdenshare: {path}, line 3: {said}")


HEADS = ["", "series,country,year,value", HEAD.upper(), HEAD.replace(",", ";"), f"{HEAD},more"]


@pytest.mark.parametrize("head", HEADS)
def test_columns_that_are_not_those_of_a_release(home: Path, refusal: Refusal, head: str) -> None:
    path = release(home, DAY, [GOOD], head=head)
    error = refusal()
    assert error.startswith(f"burdenshare: {path}, line 1: columns are {head or 'missing'}:")
    assert error.endswith(f"write {HEAD}\n")


def test_an_empty_file(home: Path, refusal: Refusal) -> None:
    path = release_file(home, DAY, f"{DAY}.csv", b"")
    assert refusal() == f"burdenshare: {path} is empty: write {HEAD} in line 1\n"


def test_a_quote_that_is_never_closed(home: Path, refusal: Refusal) -> None:
    path = release(home, DAY, [GOOD, 'depth,FRA,2019,10,actual,,book,"open'])
    assert refusal().startswith(f"burdenshare: {path}, line 3, is not CSV: ")


def test_a_file_in_another_encoding(home: Path, refusal: Refusal) -> None:
    data = f"{HEAD}\n{figure('FRA', 2019, 10, note='été')}\n".encode("latin-1")
    path = release_file(home, DAY, f"{DAY}.csv", data)
    # The header and its line break, then the seven cells before the note.
    at = len(HEAD) + 1 + len("depth,FRA,2019,10,actual,,book,")
    assert refusal() == f"burdenshare: {path} is not UTF-8 (byte {at}): save it as UTF-8\n"


def test_a_file_that_is_not_the_one_described(home: Path, refusal: Refusal) -> None:
    path = release(home, DAY, [GOOD])
    path.write_text(path.read_text("utf-8").replace(",7,", ",8,"), "utf-8")
    error = refusal()
    assert error.startswith(f"burdenshare: {path}: its sha256 is ")
    assert "restore the file, or write the new hash if you made this release" in error


def test_a_file_that_is_missing(home: Path, refusal: Refusal) -> None:
    path = release(home, DAY, [GOOD])
    path.unlink()
    assert refusal() == f"burdenshare: {path} cannot be read: No such file or directory\n"


def test_a_folder_in_place_of_a_file(home: Path, refusal: Refusal) -> None:
    path = release(home, DAY, [GOOD])
    path.unlink()
    path.mkdir()
    assert refusal() == f"burdenshare: {path} cannot be read: Is a directory\n"


def parquet(home: Path, rows: str) -> Path:
    """Write a release as Parquet from rows of SQL values, and return the path of the file."""
    path = home / "rows.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM (VALUES {rows}) AS t({HEAD})) TO '{path}'")
    return release_file(home, DAY, f"{DAY}.parquet", path.read_bytes())


PARQUET_GOOD = "('depth', 'DEU', '2019', 7.0::DOUBLE, 'actual', NULL::DOUBLE, 'book', NULL)"
PARQUET_ROWS = [
    ("(NULL, 'FRA', '2019', 10, 'actual', NULL, 'book', NULL)", "series is '': "),
    ("('depth', NULL, '2019', 10, 'actual', NULL, 'book', NULL)", "country is '': "),
    ("('depth', 'FRA', NULL, 10, 'actual', NULL, 'book', NULL)", "year is '': "),
    ("('depth', 'FRA', '2019', 10, NULL, NULL, 'book', NULL)", "status is '': "),
    ("('depth', 'FRA', '2019', 10, 'actual', NULL, NULL, NULL)", "source is '': "),
    ("('depth', 'FRA', '2019', 'nan', 'actual', NULL, 'book', NULL)", "value is 'nan': "),
    ("('depth', 'FRA', '2019', 101, 'actual', NULL, 'book', NULL)", "value is '101.0': "),
    ("('depth', 'FRA', '2019', 10, 'actual', 0, 'book', NULL)", "precision is '0.0': "),
    (PARQUET_GOOD, "key is 'depth DEU 2019': "),
]


@pytest.mark.parametrize(("row", "said"), PARQUET_ROWS, ids=[said for _, said in PARQUET_ROWS])
def test_a_parquet_row_that_cannot_stand(home: Path, row: str, said: str) -> None:
    dataset(home)
    path = parquet(home, f"{PARQUET_GOOD}, {row}")
    with pytest.raises(UserError) as caught:
        World().shelf("harbours").check_all()
    assert str(caught.value).startswith(f"{path}, row 2: {said}")


def test_a_parquet_release_reads_like_a_csv(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset(home)
    parquet(home, PARQUET_GOOD)
    assert main(["facts", "depth", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("DEU,2019,7.0,m,actual,2020-05-01")


def test_a_text_in_place_of_parquet(home: Path, refusal: Refusal) -> None:
    path = release_file(home, DAY, f"{DAY}.parquet", b"depth,FRA,2019,10")
    assert refusal().startswith(f"burdenshare: {path} cannot be read as a release: ")


def test_parquet_without_the_columns(home: Path, refusal: Refusal) -> None:
    path = home / "rows.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'depth' AS series) TO '{path}'")
    path = release_file(home, DAY, f"{DAY}.parquet", path.read_bytes())
    assert refusal().startswith(f"burdenshare: {path} cannot be read as a release: ")


def test_the_mark_that_excel_writes_first_is_no_mistake(home: Path) -> None:
    dataset(home)
    data = b"\xef\xbb\xbf" + f"{HEAD}\r\n{GOOD}\r\n".encode()
    release_file(home, DAY, f"{DAY}.csv", data)
    assert main(["facts", "depth"]) == 0


def test_a_daily_dataset_is_checked_alike(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset(home, text=DATASET.replace('"releases"', '"daily"'))
    wrong = {
        figure("EMU", "2019", 10): "year is '2019': write a day, such as 2024-06-17",
        figure("EMU", "2019-02-30", 10): "year is '2019-02-30': write a day",
        figure("EMU", "2019-02-01", 101): "value is '101': depth lies between 0 and 100 m",
        figure("EMU", "2019-02-01", 10, source="x"): "source is 'x': known: book",
    }
    for row, said in wrong.items():
        csv = release(home, DAY, [row])
        assert main(["facts", "depth"]) == 2
        assert capsys.readouterr().err.startswith(f"burdenshare: {csv}, line 2: {said}")
    release(home, DAY, [figure("EMU", "2019-02-01", 10)])
    assert main(["facts", "depth", "--as-of", "2019-02-03", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("EMU,2019,2019-02-01,10.0,m")
