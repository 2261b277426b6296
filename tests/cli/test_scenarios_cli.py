"""`run`, `compare`, `scenarios` and `backtest` from the command line, and what they refuse."""

import json
import socket
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from burdenshare.cli import main
from burdenshare.whatif import cluster
from burdenshare.whatif.scenarios import Scenario
from cli.scenario_files import HEAD, change

RUN = ["run", "us-leaves-nato"]
FEW = ["--draws", "8"]

FILES = {
    "twice.toml": change("one") + change("two", more="on = 2029-01-01"),
    "both.toml": change("one") + change("two", "join"),
    "paths.toml": change("one", "spend", "POL", 'share = 4.0\nmode = "exactly"')
    + change("two", "spend", "POL", 'share = 5.0\nmode = "exactly"'),
    "stranger.toml": change("one", who="AUT"),
    "nan.toml": change("one", "spend", "POL", "share = nan"),
    "misspelt.toml": change("one", more="onn = 2028-01-01"),
    "good.toml": change("one"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with scenario files, a full folder, and nothing else; it is where we are."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(HEAD + text, "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_text("kept", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


MISTAKES = [
    (["run"], "Missing argument 'SCENARIO'"),
    (
        ["run", "us-leaves-nat"],
        "scenario 'us-leaves-nat' is unknown: did you mean 'us-leaves-nato'",
    ),
    (["run", "./none.toml"], "none.toml cannot be read: No such file or directory"),
    ([*RUN, "--set", "drawz=5"], "--set 'drawz' is unknown: did you mean 'draws'?"),
    (
        [*RUN, "--set", "exit.decidedd=2027-01-01"],
        "--set [[change]] 1 (exit): unknown key 'decidedd'",
    ),
    ([*RUN, "--set", "draws"], "--set 'draws': write KEY=VALUE, such as draws=20000"),
    ([*RUN, "--set", "draws=0"], "--set: draws is 0: write a whole number from 1 to 2000000"),
    ([*RUN, "--set", "targets=nan"], "--set: targets"),
    ([*RUN, "--set", "seed=1", "--set", "seed=2"], "--set seed is given twice: write it once"),
    ([*RUN, "--draws", "0"], "--draws is 0: write a whole number from 1 to 2000000"),
    ([*RUN, "--draws", "1000000000000"], "--draws is 1000000000000: write a whole number from 1"),
    ([*RUN, "--draws", "many"], "Invalid value for '--draws'"),
    ([*RUN, "--seed", "-1"], "--seed is -1: write a whole number from 0 to 9223372036854775807"),
    ([*RUN, "--as-of", "2014-01-01"], "no World Economic Outlook was known on 2014-01-01"),
    ([*RUN, "--as-of", "2026-13-01"], "--as-of is '2026-13-01', which is no day: write YYYY-MM-DD"),
    ([*RUN, "--set", "years=1990..1995"], "scenario us-leaves-nato: years is '1990..1995', but"),
    ([*RUN, "-o", "full"], "full is not empty: name a new folder, or empty this one first"),
    ([*RUN, "-o", "good.toml"], "good.toml is not a folder: name a folder to write"),
    ([*RUN, "-o", "none/new"], "none is not a folder: make it, or write somewhere else"),
    ([*RUN, "--sensitivity", "-o", "new"], "--sensitivity prints a table: leave out -o and --clu"),
    ([*RUN, "--sensitivity", "spendin"], "output 'spendin' is unknown: did you mean 'spending'?"),
    ([*RUN, "--sensitivity", "--vary", "x"], "range 'x': write KEY=LOW..HIGH, such as core.share="),
    ([*RUN, "--cluster", "nowhere"], "the cluster 'nowhere' is no address: write local, or that"),
    (["run", "./twice.toml"], "scenario twice, change 'two': HUN leaves twice: write it once"),
    (
        ["run", "./both.toml"],
        "scenario both, change 'two': HUN leaves and joins again, on 2028-01-",
    ),
    (
        ["run", "./paths.toml"],
        "scenario paths, change 'two': 'one' gives a path to POL in 2027 too",
    ),
    (["run", "./stranger.toml"], "scenario stranger, change 'one': AUT is no member of NATO on "),
    (["run", "./nan.toml"], "nan.toml [[change]] 1 (one): share is nan: write a share of GDP"),
    (["run", "./misspelt.toml"], "misspelt.toml [[change]] 1 (one): unknown key 'onn': did you"),
    (["compare", "us-leaves-nato"], "Missing argument 'B'"),
    (["compare", "us-leaves-nato", "hague-kep"], "scenario 'hague-kep' is unknown: did you mean"),
    (["compare", "wales-kept", "hague-kept"], "wales-kept is asked as of 2019-06-25, hague-kept"),
    (["compare", "hague-kept", "five-percent-now", "--draws", "0"], "--draws is 0: write a whole"),
    (["scenarios", "us-leaves-nat"], "scenario 'us-leaves-nat' is unknown: did you mean"),
    (["scenarios", "hague-kept", "--format", "csv"], "one scenario is no table: write --format js"),
    (["backtest", "--draws", "0"], "--draws is 0: write a whole number from 1 to 100000"),
    (["backtest", "--seed", "-1"], "--seed is -1: write a whole number from 0"),
]


@pytest.mark.parametrize(("argv", "said"), MISTAKES, ids=[said[:40] for _, said in MISTAKES])
def test_a_mistake_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    assert main(argv) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"burdenshare: {said}")
    assert 1 <= len(error.splitlines()) <= 3
    assert len(error) < 600
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, "full"])
    assert [path.name for path in (folder / "full").iterdir()] == ["kept.txt"]


def test_a_cluster_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))  # bound but not listening: nobody else can answer
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        assert main([*RUN, *FEW, "--cluster", address]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"burdenshare: no cluster answers at {address}: start one with")


# Answers


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    """Return the JSON that a command prints, with nothing beside it."""
    assert main([*argv, "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_run_in_three_forms(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *RUN, *FEW, "--seed", "7", "--as-of", "2025-09-01")
    assert found["schema"] == "burdenshare/run/1"
    assert found["as_of"] == "2025-09-01"
    assert (found["settings"]["draws"], found["settings"]["seed"]) == (8, 7)
    assert main([*RUN, *FEW, "--seed", "7", "--as-of", "2025-09-01"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert out.startswith("The United States leaves NATO (us-leaves-nato)\n")
    assert " ".join(found["headline"].split()) in " ".join(out.split())
    assert main([*RUN, *FEW, "--seed", "7", "--as-of", "2025-09-01", "--format", "csv"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "scenario,region,variable,unit,year,mean,p5,p25,p50,p75,p95"
    assert len(rows) > len(found["rows"]) > 0  # probabilities and shortfalls are rows as well


def test_what_is_set_takes_the_place_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *RUN, *FEW, "--set", "years=2027..2029", "--set", "exit.on=2027-06-30")
    assert (found["settings"]["first"], found["settings"]["last"]) == (2027, 2029)
    assert [each["on"] for each in found["moves"]] == ["2027-06-30"]
    # What the settings tell is not told again: the command that repeats the run is taken.
    assert found["overrides"] == ["exit.on=2027-06-30"]


def test_a_run_is_written_and_run_again_with_the_same_bytes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["run", "good.toml", "--set", "one.on=2029-01-01", "-o"]
    assert main([*argv, "first"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert out.endswith("\nreport: first/report.html\n")
    names = ["iamc.csv", "report.html", "results.parquet", "scenario.toml"]
    assert sorted(path.name for path in (folder / "first").iterdir()) == names
    saved = tomllib.loads((folder / "first" / "scenario.toml").read_text("utf-8"))
    assert saved["change"][0]["on"].isoformat() == "2029-01-01"
    assert saved["made"]["set"] == ["one.on=2029-01-01"]
    assert saved["as_of"].isoformat() == "2026-10-30"  # a day, and no longer "latest"
    assert main(["run", "first/scenario.toml", "-o", "second", "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == "report: second/report.html\n"
    assert json.loads(out)["overrides"] == ["one.on=2029-01-01"]
    for name in names:
        assert (folder / "first" / name).read_bytes() == (folder / "second" / name).read_bytes()
    # What is set on top takes the place of what was set before.
    found = answer(capsys, "run", "first/scenario.toml", "--set", "one.on=2028-01-01")
    assert found["overrides"] == ["one.on=2028-01-01"]
    assert [each["on"] for each in found["moves"]] == ["2028-01-01"]


def test_a_scenario_made_in_another_world_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HEAD + FILES["good.toml"] + '\n[made]\nworld = "0123456789abcdef"\nversion = "0.1.0"\n'
    (folder / "made.toml").write_text(text, "utf-8")
    assert main(["run", "made.toml", "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert json.loads(out)["scenario"]["id"] == "made"
    assert error.startswith("burdenshare: made was made with world 0123456789abcdef by version")
    assert len(error.splitlines()) == 1


def test_two_scenarios_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "compare", "nothing-changes", "five-percent-now", *FEW)
    assert found["schema"] == "burdenshare/compare/1"
    assert [each["id"] for each in found["scenarios"]] == ["nothing-changes", "five-percent-now"]
    shares = [row for row in found["rows"] if row["region"] == "ITA" and row["unit"] == "% of GDP"]
    assert [row["second"] >= 5.0 for row in shares] == [True]
    assert main(["compare", "nothing-changes", "five-percent-now", *FEW]) == 0
    assert "A  Nothing changes (nothing-changes)\n" in capsys.readouterr().out


def test_the_library_of_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scenarios")
    assert found["schema"] == "burdenshare/scenarios/1"
    rows = {row["id"]: row for row in found["rows"]}
    named = (
        "us-leaves-nato pay-or-no-protection wales-kept hague-kept five-percent-now us-leaves-un"
    )
    named += " us-stops-wfp rearm-europe us-leaves-nato-and-un nothing-changes"
    assert set(named.split()) <= set(rows)
    assert rows["us-leaves-un"]["organisations"] == ["un"]
    assert main(["scenarios"]) == 0
    assert "Who pays what if the United States leaves NATO?" in capsys.readouterr().out


def test_a_scenario_of_the_library_is_printed_to_be_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", "us-stops-wfp"]) == 0
    (folder / "mine.toml").write_text(capsys.readouterr().out, "utf-8")
    again = answer(capsys, "run", "mine.toml")
    assert again["scenario"]["id"] == "mine"
    shown = answer(capsys, "scenarios", "mine.toml")["scenario"]
    assert (shown["id"], shown["organisations"]) == ("mine", ["wfp"])
    assert main(["scenarios", "nan.toml"]) == 2  # what cannot be run is no scenario


def test_a_scenario_of_ones_own_is_in_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "hungary-goes.toml").write_text(HEAD + FILES["good.toml"], "utf-8")
    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path))
    assert "hungary-goes" in [row["id"] for row in answer(capsys, "scenarios")["rows"]]
    assert answer(capsys, "run", "hungary-goes")["scenario"]["title"] == "Hungary goes"


def test_the_schema_of_scenario_files(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    assert main(["scenarios", "--schema"]) == 0
    out = capsys.readouterr().out
    assert out == (root / "docs" / "scenario.schema.json").read_text("utf-8")
    assert json.loads(out)["type"] == "object"


def test_the_backtest(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "backtest", *FEW)
    assert found["schema"] == "burdenshare/backtest/1"
    assert {row["method"] for row in found["rows"]} >= {"last", "pooled-absolute", "shipped"}


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (["--sensitivity"], ("", "morris", [])),
        (["--sensitivity", "--draws", "8"], ("", "morris", [])),
        (["--sensitivity", "cost:5", "--method", "sobol"], ("cost:5", "sobol", [])),
        (["--sensitivity=share@2030", "--vary", "a=1..2"], ("share@2030", "morris", ["a=1..2"])),
    ],
)
def test_what_matters_most_is_asked_with_or_without_a_figure(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    asked: tuple[str, str, list[str]],
) -> None:
    seen: list[Any] = []

    def record(_: object, scenario: Scenario, *more: Any, progress: object) -> dict[str, Any]:
        seen.append((scenario.id, more))
        return {"rows": []}

    monkeypatch.setattr("burdenshare.whatif.sensitivity.sensitivity_answer", record)
    assert answer(capsys, *RUN, *argv) == {"rows": []}
    assert seen == [("us-leaves-nato", asked)]


def test_what_matters_most_for_a_bill(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "run", "us-leaves-un", "--sensitivity", "bill:un.regular:DEU")
    assert found["schema"] == "burdenshare/sensitivity/1"
    assert {row["key"] for row in found["rows"]} == {"budget", "reallocation"}
    assert main(["run", "us-leaves-un", "--sensitivity", "bill:un.regular:DEU"]) == 0
    out = capsys.readouterr().out
    assert " ".join(found["headline"].split()) in " ".join(out.split())
