"""Mistakes on the command line: exit code 2, one to three lines on standard error, no output."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from burdenshare.cli import main

FACTS = ["facts", "share_gdp"]
WALES = ["pledge", "nato.wales-2014"]
MISTAKES = [
    (["facts", "share_gpd"], "series 'share_gpd' is unknown: did you mean 'share_gdp'?"),
    (["facts", "SHARE_GDP"], "series 'SHARE_GDP' is unknown: did you mean 'share_gdp'?"),
    (["facts", ""], "series '' is unknown: known: "),
    (["facts", "share\udcff"], "series 'share\\udcff' is unknown: "),
    (["facts", "x" * 5000], "series 'xxx"),
    ([*FACTS, "--country", "Germny"], "country 'Germny' is unknown: did you mean 'Germany'?"),
    ([*FACTS, "--country", "USA,FRX"], "country 'FRX' is unknown: did you mean "),
    (["facts", "EXR.USD", "--country", "Germny"], "country 'Germny' is unknown: did you mean"),
    ([*FACTS, "--as-of", "2025-02-30"], "--as-of is '2025-02-30', which is no day: write YYYY-MM"),
    ([*FACTS, "--as-of", "02/03/2025"], "--as-of is '02/03/2025', which is no day: write YYYY-MM"),
    ([*FACTS, "--as-of", ""], "--as-of is '', which is no day"),
    ([*FACTS, "--as-of", "20250302"], "--as-of is '20250302', which is no day"),
    ([*FACTS, "--year", "20244"], "--year is '20244': write 2024 or 2014..2024"),
    ([*FACTS, "--year", "2024..2014"], "--year is '2024..2014': write the earlier year first"),
    ([*FACTS, "--year", "2014.."], "--year is '9999': write years from 1800 to 2100"),
    ([*FACTS, "--year", "2014,0001,2024"], "--year is '1': write years from 1800 to 2100"),
    ([*FACTS, "--year", ".."], "--year is '..': write 2024 or 2014..2024"),
    ([*FACTS, "--format", "yaml"], "Invalid value for '--format'"),
    ([*FACTS, "--yeer", "2024"], "No such option: --yeer"),
    ([*FACTS, "extra"], "Got unexpected extra argument"),
    (["facts"], "Missing argument 'SERIES'"),
    (["revisions", "share_gpd", "--year", "2024"], "series 'share_gpd' is unknown: did you mean"),
    (["revisions", "EXR.USD", "--year", "2024"], "series 'EXR.USD' is daily: ask"),
    (["revisions", "share_gdp", "--year", "20244"], "--year is '20244': write years from 1800"),
    (["revisions", "share_gdp", "--year", "two"], "Invalid value for '--year'"),
    (["revisions", "share_gdp"], "Missing option '--year'"),
    (["revisions", "share_gdp", "--year", "2024", "--at-least", "nan"], "--at-least is nan: write"),
    (
        ["pledge", "nato.wales-2041"],
        "pledge 'nato.wales-2041' is unknown: did you mean 'nato.wales",
    ),
    (["pledge", "wales-2014"], "pledge 'wales-2014' is unknown: did you mean 'nato.wales-2014'?"),
    ([*WALES, "--year", "20244"], "--year is '20244': write years from 1800 to 2100"),
    ([*WALES, "--year", "-1"], "--year is '-1': write years from 1800 to 2100"),
    ([*WALES, "--criterion", "equipmnt"], "nato.wales-2014 has no criterion 'equipmnt': did you m"),
    ([*WALES, "--as-of", "2014-09-04"], "nato.wales-2014 was not known on 2014-09-04: it became"),
    (["pledge", "nato.calibrated-protection-2025"], "nato.calibrated-protection-2025 names no fig"),
    (["frobnicate"], "No such command 'frobnicate'"),
    (["--frobnicate"], "No such option: --frobnicate"),
]


@pytest.mark.parametrize(("argv", "said"), MISTAKES, ids=[said[:30] for _, said in MISTAKES])
def test_a_mistake_is_named(capsys: pytest.CaptureFixture[str], argv: list[str], said: str) -> None:
    assert main(argv) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"burdenshare: {said}")
    assert 1 <= len(error.splitlines()) <= 3
    assert len(error) < 600
    assert "Traceback" not in error


def test_a_mistake_in_one_format_is_one_in_all(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("table", "json", "csv"):
        assert main(["facts", "share_gpd", "--format", form]) == 2
        assert capsys.readouterr().out == ""


def python(code: str, **more: str) -> subprocess.Popen[str]:
    """Start a Python of its own, with more settings in its environment."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; from burdenshare.cli import main\n{code}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **more},
    )


def test_a_reader_that_stops_reading_is_no_traceback() -> None:
    started = python("sys.exit(main(['facts', 'NGDPD', '--format', 'csv']))")
    assert started.stdout is not None
    assert started.stdout.readline().startswith("country,year,value")
    started.stdout.close()
    assert started.stderr is not None
    assert "Traceback" not in started.stderr.read()
    started.stderr.close()
    assert started.wait(timeout=300) in (0, 1)


def test_the_same_question_gives_the_same_bytes() -> None:
    code = "main(['revisions', 'share_gdp', '--year', '2023', '--format', 'json'])"
    outputs = [python(code, PYTHONHASHSEED=seed).communicate(timeout=300)[0] for seed in "012"]
    assert outputs[0] == outputs[1] == outputs[2] != ""


def test_a_terminal_that_knows_no_unicode_gets_utf_8() -> None:
    code = "main(['facts', 'share_gdp', '--country', 'Turkiye', '--year', '2024'])"
    out, error = python(code, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0").communicate(
        timeout=300
    )
    assert error == ""
    assert "TUR" in out


def test_another_home_is_read_once_per_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path))
    (tmp_path / "facts" / "nowhere").mkdir(parents=True)
    for argv in (FACTS, [*WALES], ["sql", "SELECT 1 AS one"], ["verify"]):
        assert main(argv) == 2
        assert "nowhere: no dataset.toml" in capsys.readouterr().err
    (tmp_path / "facts" / "nowhere").rmdir()
    assert main([*FACTS, "--country", "USA", "--year", "2024"]) == 0
