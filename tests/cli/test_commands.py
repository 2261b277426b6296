"""Each command in each format, run in this process: shapes, exit codes, and where things go."""

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from burdenshare import __version__
from burdenshare.cli import main
from burdenshare.files import CONTENT
from burdenshare.world.load import World

Printed = Callable[..., str]
HEADER = ["schema", "version", "world", "as_of"]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Return what a command prints on standard output; it must end well and say nothing else."""

    def run(*argv: str) -> str:
        assert main(list(argv)) == 0
        out, error = capsys.readouterr()
        assert error == ""
        return out

    return run


@pytest.fixture
def answer(printed: Printed) -> Callable[..., dict[str, Any]]:
    """Return the JSON of a command, whose first four fields are the same everywhere."""

    def run(*argv: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(printed(*argv, "--format", "json"))
        assert list(found)[:4] == HEADER
        assert found["schema"] == f"burdenshare/{argv[0]}/1"
        assert found["version"] == __version__
        assert len(found["world"]) == 16
        return found

    return run


Answer = Callable[..., dict[str, Any]]


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV output."""
    return list(csv.DictReader(text.splitlines()))


# --- facts

USA = ("facts", "share_gdp", "--country", "USA", "--year", "2024", "--as-of", "2025-03-02")
NLD = ("facts", "share_gdp", "--country", "NLD", "--year", "2024", "--as-of", "2013-01-01")
FIELDS = "country year value unit status published dataset source".split()


def test_facts_as_json(answer: Answer) -> None:
    found = answer(*USA)
    assert found["as_of"] == "2025-03-02"
    assert found["gaps"] == []
    (row,) = found["rows"]
    assert list(row)[:8] == FIELDS
    expected = ["USA", 2024, 3.38, "% of GDP", "estimate", "2024-06-17"]
    assert [row[name] for name in FIELDS[:6]] == expected


def test_facts_as_csv(printed: Printed) -> None:
    (row,) = rows_of(printed(*USA, "--format", "csv"))
    assert list(row)[:8] == FIELDS
    assert (row["value"], row["published"]) == ("3.38", "2024-06-17")


def test_facts_as_a_table(printed: Printed) -> None:
    lines = printed(*USA).splitlines()
    assert lines[:2] == [
        "Defence expenditure as a share of GDP (share_gdp)",
        "as known on 2025-03-02",
    ]
    assert ["USA", "2024", "3.38"] in [line.split() for line in lines]


def test_a_gap_is_an_answer_in_every_format(answer: Answer, printed: Printed) -> None:
    reason = "no release published on or before 2013-01-01 gives it"
    found = answer(*NLD)
    assert found["rows"] == []
    assert found["gaps"] == [{"country": "NLD", "year": 2024, "reason": reason}]
    expected = [{"country": "NLD", "year": "2024", "reason": reason}]
    assert rows_of(printed(*NLD, "--format", "csv")) == expected
    assert reason in printed(*NLD)


def test_countries_by_code_and_by_name(answer: Answer) -> None:
    asked = "usa, The Netherlands,Türkiye"
    found = answer("facts", "share_gdp", "--country", asked, "--year", "2024")
    assert [row["country"] for row in found["rows"]] == ["USA", "NLD", "TUR"]


def test_years_from_and_to(answer: Answer) -> None:
    found = answer("facts", "share_gdp", "--country", "POL", "--year", "2019..2021,2020")
    assert [row["year"] for row in found["rows"]] == [2019, 2020, 2021]


def test_every_release_of_a_figure(answer: Answer) -> None:
    asked = ("facts", "share_gdp", "--country", "POL", "--year", "2024", "--all-releases")
    # Read in the four files that give it.
    expected = [("2024-06-17", 4.12), ("2025-04-24", 4.07), ("2025-08-28", 3.79)]
    expected.append(("2026-07-10", 3.75))
    found = answer(*asked)
    assert [(row["published"], row["value"]) for row in found["rows"]] == expected
    found = answer(*asked, "--as-of", "2025-05-01")
    assert [(row["published"], row["value"]) for row in found["rows"]] == expected[:2]


@pytest.mark.parametrize("day", ["1900-01-01", "1949-04-03", "0001-01-01"])
def test_a_day_before_everything_gives_gaps(answer: Answer, day: str) -> None:
    for series in ("share_gdp", "EXR.USD"):
        found = answer("facts", series, "--as-of", day)
        assert found["rows"] == []
        assert [set(gap) for gap in found["gaps"]] == [{"country", "year", "reason"}]


def test_a_daily_rate(answer: Answer) -> None:
    (row,) = answer("facts", "EXR.USD", "--as-of", "2025-03-09")["rows"]
    assert (row["day"], row["published"], row["value"]) == ("2025-03-07", "2025-03-07", 1.0857)


# --- revisions

REVISIONS = ("revisions", "share_gdp", "--year", "2024", "--at-least", "2")


def test_revisions_as_json(answer: Answer) -> None:
    found = answer(*REVISIONS)
    assert (found["year"], found["at_least"]) == (2024, 2.0)
    assert [each["count"] for each in found["releases"]] == [23, 22, 18, None, 17]
    wanted = {"published", "document", "coverage", "count", "of", "up", "down", "largest"}
    for each in found["releases"]:
        assert wanted <= set(each)
    # Montenegro: 2.02 in the release of 2024-06-17, 1.71 in the report of 2025-04-24.
    moved = {each["country"]: each for each in found["releases"][1]["largest"]}
    assert moved["MNE"] == {"country": "MNE", "before": 2.02, "after": 1.71, "change": -0.31}


def test_revisions_as_csv(printed: Printed) -> None:
    rows = rows_of(printed(*REVISIONS, "--format", "csv"))
    assert [row["count"] for row in rows] == ["23", "22", "18", "", "17"]
    assert rows[2]["down"] == "ALB BGR MKD SVK"


def test_revisions_as_a_table(printed: Printed) -> None:
    cells = [line.split() for line in printed(*REVISIONS).splitlines()]
    assert ["2025-04-24", "full", "22", "of", "31", "–", "MNE"] in cells
    assert ["2026-03-26", "partial", "not", "counted", "–", "–"] in cells


# --- pledge

WALES = ("pledge", "nato.wales-2014", "--year", "2024", "--as-of", "2024-12-20")


def test_pledge_as_json(answer: Answer) -> None:
    found = answer(*WALES)
    fields = "pledge criterion year as_of release members count_met met missed not_assessed"
    assert set(fields.split()) <= set(found)
    assert (found["pledge"], found["count_met"]) == ("nato.wales-2014", 23)
    assert (found["release"], found["as_of"]) == ("2024-06-17", "2024-12-20")
    assert all(isinstance(each, str) for each in found["met"])
    for each in found["missed"]:
        assert {"country", "value", "short_pp", "short_usd_million"} <= set(each)
    for each in found["not_assessed"]:
        assert set(each) == {"country", "reason"}


def test_pledge_as_csv(printed: Printed) -> None:
    rows = rows_of(printed(*WALES, "--format", "csv"))
    results = [row["result"] for row in rows]
    assert (results.count("met"), results.count("missed")) == (23, 8)
    assert [row["country"] for row in rows if row["result"] == "not assessed"] == ["ISL"]


def test_pledge_as_a_table(printed: Printed) -> None:
    text = printed(*WALES)
    assert "\n23 of 32 members meet it in 2024\n" in text
    assert ["HRV", "1.81", "0.19", "171"] in [line.split() for line in text.splitlines()]


def test_a_pledge_without_a_year_takes_the_newest(answer: Answer) -> None:
    assert answer("pledge", "nato.wales-2014", "--as-of", "2024-12-20")["year"] == 2024
    assert answer("pledge", "nato.wales-2014", "--as-of", "2026-08-01")["year"] == 2026


def test_another_criterion_of_a_pledge(answer: Answer) -> None:
    found = answer(*WALES, "--criterion", "equipment")
    assert found["criterion"] == "equipment_share >= 20"
    assert found["missed"][0]["short_usd_million"] is None


# --- verify


def test_verify_in_every_format(
    answer: Answer, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One dataset is enough for the form of the answer; tests/world/test_verify.py has them all.
    nato = CONTENT / "facts" / "nato-defence-expenditure"
    monkeypatch.setattr(World, "_folders", lambda world: [[nato]])
    found = answer("verify")
    assert all(
        {"dataset", "releases", "rows", "revised"} <= set(each) for each in found["datasets"]
    )
    assert all(set(each) == {"check", "passed"} for each in found["checks"])
    rows = rows_of(printed("verify", "--format", "csv"))
    assert sum(row["dataset"] == "nato-defence-expenditure" for row in rows) == 23
    assert ["nato-defence-expenditure", "23", "11,395"] in [
        line.split() for line in printed("verify").splitlines()
    ]


# --- the command itself


def test_no_command_prints_the_help_as_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("Usage: burdenshare ")
    for name in ("check", "facts", "revisions", "pledge", "sql", "verify"):
        assert f"\n  {name} " in error


def test_the_version(printed: Printed) -> None:
    assert printed("--version") == f"burdenshare {__version__}\n"


COMMANDS = ["check", "facts", "revisions", "pledge", "sql", "verify"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help(printed: Printed, command: str) -> None:
    argv = [command, "--help"] if command else ["--help"]
    lines = printed(*argv).splitlines()
    assert lines[0].startswith(f"Usage: burdenshare {command}".rstrip())
    assert "Options:" in lines
    for name in COMMANDS if not command else []:
        assert [line for line in lines if line.startswith(f"  {name} ")]
