"""`sql` reads the figures and nothing else, and writes nothing at all."""

import json
from pathlib import Path

import pytest

from burdenshare.cli import main
from burdenshare.files import CONTENT

POLAND = """SELECT published, value FROM facts WHERE series = 'share_gdp' AND country = 'POL'
AND year = 2024 ORDER BY published"""


def answer(capsys: pytest.CaptureFixture[str], query: str) -> list[dict[str, object]]:
    """Return the rows of a query's JSON."""
    assert main(["sql", query, "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    found = json.loads(out)
    assert list(found)[:4] == ["schema", "version", "world", "as_of"]
    assert all(list(row) == found["columns"] for row in found["rows"])
    rows: list[dict[str, object]] = found["rows"]
    return rows


def refusal(capsys: pytest.CaptureFixture[str], query: str) -> str:
    """Return the error of a query: exit code 2 and one to three lines."""
    assert main(["sql", query, "--format", "json"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("burdenshare: the query ")
    assert 1 <= len(error.splitlines()) <= 3
    return error


def test_a_select(capsys: pytest.CaptureFixture[str]) -> None:
    # Rows of the four files that give Poland's share of 2024.
    expected = [
        {"published": "2024-06-17", "value": 4.120191},
        {"published": "2025-04-24", "value": 4.07},
        {"published": "2025-08-28", "value": 3.788951},
        {"published": "2026-07-10", "value": 3.75},
    ]
    assert answer(capsys, POLAND) == expected


def test_a_select_as_csv_and_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", POLAND, "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["published,value", "2024-06-17,4.120191"]
    assert main(["sql", POLAND]) == 0
    cells = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["2026-07-10", "3.75"] in cells


VIEWS = {
    "facts": "dataset published series country year day value status precision source note",
    "releases": "dataset published document coverage sha256",
    "publications": "dataset published document held source",
    "series": "series dataset title unit definition",
    "countries": "country name currency",
}


@pytest.mark.parametrize(("view", "columns"), VIEWS.items())
def test_the_views(capsys: pytest.CaptureFixture[str], view: str, columns: str) -> None:
    (row,) = answer(capsys, f"FROM {view} LIMIT 1")
    assert list(row) == columns.split()


def test_how_much_the_views_hold(capsys: pytest.CaptureFixture[str]) -> None:
    nato = "dataset = 'nato-defence-expenditure'"
    query = f"""SELECT (SELECT count(*) FROM releases WHERE {nato}) AS held,
    (SELECT count(*) FROM publications WHERE {nato}) AS known,
    (SELECT count(*) FROM facts WHERE {nato}) AS rows,
    (SELECT count(*) FROM facts WHERE {nato} AND value IS NULL) AS blank,
    (SELECT min(day) FROM facts WHERE series = 'EXR.USD') AS first"""
    # 23 of 29 releases; 11,394 values and Germany 2025; the first fixing of the euro.
    expected = {"held": 23, "known": 29, "rows": 11_395, "blank": 1, "first": "1999-01-04"}
    assert answer(capsys, query) == [expected]


def test_a_daily_figure_is_published_on_its_day(capsys: pytest.CaptureFixture[str]) -> None:
    query = (
        "SELECT published, day, value FROM facts WHERE series = 'EXR.USD' AND day = '2025-03-07'"
    )
    expected = {"published": "2025-03-07", "day": "2025-03-07", "value": 1.0857}
    assert answer(capsys, query) == [expected]


def test_other_ways_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert [row["name"] for row in answer(capsys, "SHOW TABLES")] == sorted(VIEWS)
    assert answer(capsys, "DESCRIBE countries")[0]["column_name"] == "country"
    assert answer(capsys, "WITH one AS (SELECT 1 AS a) FROM one;") == [{"a": 1}]
    assert answer(capsys, "SELECT 'nan'::DOUBLE AS a, 1e999 AS b") == [{"a": None, "b": None}]
    assert answer(capsys, "SELECT 1 AS a WHERE false") == []
    # What no text may hold, but an argument of the command line can.
    assert answer(capsys, "SELECT '\udcff' AS a") == [{"a": "?"}]


WRONG = [
    ("selct 1", "cannot be answered: Parser Error"),
    ("SELECT nothing FROM facts", "cannot be answered: Binder Error"),
    ("SELECT * FROM fact", "cannot be answered: Catalog Error"),
    ("SELECT 1 AS a, 2 AS a", "cannot be answered: two columns have one name"),
    ("SELECT * FROM facts", "gives more than 100,000 rows"),
    ("", "cannot be answered: write one SELECT"),
    ("/* nothing */", "cannot be answered: write one SELECT"),
    ("SELECT 1; SELECT 2", "cannot be answered: write one SELECT"),
    ("SELECT CAST('x' AS INTEGER)", "cannot be answered: Conversion Error"),
]


@pytest.mark.parametrize(("query", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_query(capsys: pytest.CaptureFixture[str], query: str, said: str) -> None:
    assert refusal(capsys, query).startswith(f"burdenshare: the query {said}")


OUTSIDE = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_text('{content}/../cli.py')",
    "SELECT * FROM read_text('https://example.org/')",
    "ATTACH '/etc/passwd'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
]


@pytest.mark.parametrize("query", OUTSIDE)
def test_nothing_outside_can_be_read(capsys: pytest.CaptureFixture[str], query: str) -> None:
    assert "root:" not in refusal(capsys, query.format(content=CONTENT))


WRITES = [
    "COPY (SELECT 1) TO '{file}'",
    "COPY facts TO '{file}' (FORMAT parquet)",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
    "SELECT 1; COPY (SELECT 1) TO '{file}'",
    "ATTACH '{file}'",
    "EXPORT DATABASE '{file}'",
    "CREATE TABLE more (number INTEGER)",
    "DELETE FROM countries",
    "DROP VIEW facts",
    "VACUUM",
    "CHECKPOINT",
    "PREPARE p AS COPY (SELECT 1) TO '{file}'",
]


@pytest.mark.parametrize("query", WRITES)
def test_nothing_can_be_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
) -> None:
    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "facts").mkdir(parents=True)
    # Also not where DuckDB may read: in the content and in the user's own folder.
    for folder in (tmp_path, tmp_path / "home" / "facts", CONTENT / "facts"):
        file = folder / "written-by-a-test"
        refusal(capsys, query.format(file=file))
        assert not file.exists()


def test_releases_of_ones_own_are_seen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from world.own_releases import dataset, figure, release

    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path))
    dataset(tmp_path)
    # A quote, a semicolon and a comma must not change how the file is read.
    note = '"a ""quoted""; word, and more"'
    release(tmp_path, "2020-05-01", [figure("FRA", 2019, 10.5, note=note)])
    query = "SELECT country, value, note FROM facts WHERE dataset = 'harbours'"
    expected = {"country": "FRA", "value": 10.5, "note": 'a "quoted"; word, and more'}
    assert answer(capsys, query) == [expected]
