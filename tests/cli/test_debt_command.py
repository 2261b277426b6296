"""`burdenshare debt` from the command line: what it answers and what it refuses."""

import csv
import io
import json
from pathlib import Path

import pytest

from burdenshare.cli import main
from test_imports import imported_by

DEBT = ["debt", "--country", "FRA"]
PATH = "+1.5:2025-2028"
MISTAKES = [
    (["debt", "--country", "FRE"], "country 'FRE' is unknown: did you mean"),
    (["debt", "--country", ""], "--country is empty: write codes or names, such as FRA,DEU"),
    (
        ["debt", "--country", "FRA,USA"],
        "USA is no member of the EU on 2026-10-30: its fiscal rules ask nothing of it\n"
        "its debt: burdenshare facts GGXWDG_NGDP --country USA\n"
        "what more defence does to it: burdenshare debt --country USA --defence +1.5:2025-2028",
    ),
    ([*DEBT, "--all"], "--all and --country exclude each other: leave one out"),
    ([*DEBT, "--adjust", "5"], "--adjust is 5: write 4 or 7 years"),
    (["debt", "--country", "GBR", "--defence", PATH, "--adjust", "5"], "write 4 or 7 years"),
    ([*DEBT, "--adjust", "four"], "Invalid value for '--adjust'"),
    ([*DEBT, "--preset", "brugel"], "--preset is 'brugel': did you mean 'bruegel'?"),
    (["debt", "--country", "GBR", "--defence", PATH, "--preset", "x"], "preset 'x'"),
    ([*DEBT, "--inputs", "comission-2024"], "inputs 'comission-2024' are unknown: did you mean"),
    ([*DEBT, "--inputs", "commission-2024"], "FRA has no inputs of the EU’s debt model in"),
    (
        ["debt", "--inputs", "commission-2024", "--defence", PATH],
        "--defence goes with the inputs eu-dsa: leave out --inputs",
    ),
    (
        ["debt", "--inputs", "commission-2024", "--scenario", "rearm-europe"],
        "--scenario goes with the inputs eu-dsa: leave out --inputs",
    ),
    (
        ["debt", "--scenario", "rearm-europe", "--defence", PATH],
        "--defence and --scenario exclude each other: leave one out",
    ),
    (["debt", "--scenario", "rearm-europ"], "scenario 'rearm-europ' is unknown: did you mean"),
    (["debt", "--scenario", "./mine.toml"], "mine.toml"),
    (
        ["debt", "--scenario", "us-leaves-nato"],
        "us-leaves-nato neither borrows nor spends points of GDP on top; what its studies ask: "
        "burdenshare run us-leaves-nato\nwrite one that has a change with do = borrow, or",
    ),
    ([*DEBT, "--defence", "much"], "--defence is 'much': write points of GDP and years, such as"),
    ([*DEBT, "--defence", "+1.5:2028-2025"], "--defence is '+1.5:2028-2025': write the earlier"),
    (
        [*DEBT, "--defence", "+1.5:2040-2060"],
        "--defence is '+1.5:2040-2060': 2043 is no year of the debt model: write years from 2025",
    ),
    ([*DEBT, "--defence", "1:2025,2:2025"], "--defence is '1:2025,2:2025': 2025 stands in it"),
    ([*DEBT, "--as-of", "2020-01-01"], "no inputs of the debt model (eu-dsa) were known on 2020"),
    ([*DEBT, "--as-of", "2026-13-01"], "--as-of is '2026-13-01', which is no day"),
    ([*DEBT, "--html", "none/debt.html"], "none is not a folder: make it, or write somewhere"),
]


@pytest.mark.parametrize(("argv", "said"), MISTAKES, ids=[said[:40] for _, said in MISTAKES])
def test_a_mistake_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(argv) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("burdenshare: ")
    assert said in error
    assert 1 <= len(error.splitlines()) <= 3
    assert list(tmp_path.iterdir()) == []


# What the peer's model gives on the Commission's own inputs (docs/debt.md, 6).
@pytest.mark.parametrize(
    ("adjust", "preset", "spb"),
    [("4", "commission", 5.99), ("4", "bruegel", 5.97), ("7", "commission", 4.79)],
)
def test_finland_with_the_inputs_of_the_commission(
    capsys: pytest.CaptureFixture[str], adjust: str, preset: str, spb: float
) -> None:
    argv = ["debt", "--inputs", "commission-2024", "--adjust", adjust, "--preset", preset]
    assert main([*argv, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "burdenshare/debt/1"
    [row] = found["rows"]
    assert (row["country"], row["adjust"], row["preset"]) == ("FIN", int(adjust), preset)
    assert row["required_spb"] == pytest.approx(spb, abs=0.01)


def test_a_state_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["debt", "--country", "Finland", "--inputs", "commission-2024"]) == 0
    out = capsys.readouterr().out
    assert "to 5.99 % in 2028" in " ".join(out.split())
    assert "note: Romania" not in out


def test_all_states_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["debt", "--all", "--no-stochastic", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len({row["country"] for row in rows}) == 27
    france = next(row for row in rows if row["country"] == "FRA")
    assert float(france["debt_2024"]) == 112.9765  # the Autumn 2025 forecast
    assert "spb_stochastic" not in france
    assert france["probability_debt_falls"] == ""


def test_spending_on_top_inside_and_outside_the_union(capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["debt", "--country", "POL,GBR", "--defence", PATH, "--no-stochastic"]
    assert main([*argv, "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    found = json.loads(out)
    assert found["defence"] == dict.fromkeys(("2025", "2026", "2027", "2028"), 1.5)
    [poland] = found["effects"]["rows"]
    assert [row["country"] for row in found["rows"]] == [poland["country"]] == ["POL"]
    assert poland["with"]["debt"]["2028"] > poland["without"]["debt"]["2028"]
    [britain] = found["effects"]["outside_eu"]["rows"]
    assert britain["with"]["debt"][0] - britain["without"]["debt"][0] == pytest.approx(1.5)


def test_a_scenario_is_put_on_top(capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["debt", "--scenario", "rearm-europe", "--no-stochastic", "--format", "json"]
    assert main(argv) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenario"]["id"] == found["scenario"]["named"] == "rearm-europe"
    rows = {row["country"]: row for row in found["effects"]["rows"]}
    assert len(rows) == 27
    # An even rise to 1.5 points in 2028; Germany asked for no loan, Finland for EUR 1 billion.
    assert rows["DEU"]["points"] == {"2027": 0.75, "2028": 1.5}
    assert rows["FIN"]["loan_eur"] == 1e9
    assert set(rows["SWE"]["points"].values()) == set()


def test_a_scenario_of_ones_own_and_states_outside_the_union(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    change = 'id = "x"\ndo = "spend"\nadd = 1.0\nfrom = 2027\nto = 2028\ncitation = "my own"'
    head = 'title = "More"\nquestion = "Q?"\norganisations = ["nato"]\nyears = "2026..2030"\n'
    spend = f'{head}as_of = 2026-03-01\n[[change]]\nwho = ["GBR", "POL"]\n{change}\n'
    path.write_text(spend, "utf-8")
    page = tmp_path / "debt.html"
    argv = ["debt", "--scenario", str(path), "--no-stochastic", "--html", str(page)]
    assert main([*argv, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2026-03-01"
    assert [row["country"] for row in found["effects"]["outside_eu"]["rows"]] == ["GBR"]
    assert found["effects"]["outside_eu"]["rows"][0]["points"][:2] == [1.0, 1.0]
    assert f"--scenario {path}" in page.read_text("utf-8")
    assert main(["debt", "--scenario", str(path), "--country", "POL", "--no-stochastic"]) == 0
    assert "Without and with what “More” spends on top" in capsys.readouterr().out


def test_a_state_outside_the_union_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["debt", "--country", "GBR", "--defence", PATH]) == 0
    out = capsys.readouterr().out
    assert "plain debt identity on the IMF’s outlook, not the EU’s rule" in " ".join(out.split())


def test_a_page_is_written_beside_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "debt.html"
    argv = ["debt", "--country", "DEU,FRA", "--no-stochastic", "--format", "json"]
    assert main([*argv, "--html", str(page)]) == 0
    out, error = capsys.readouterr()
    assert json.loads(out)["schema"] == "burdenshare/debt/1"
    assert error == f"report: {page}\n"
    assert page.read_text("utf-8").count("<svg") == 3


def test_the_help_of_the_command_brings_nothing_heavy() -> None:
    code = (
        "import contextlib, io\nfrom burdenshare.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['debt', '--help'])"
    )
    assert not {"duckdb", "jinja2", "vl_convert", "numpy", "pydantic"} & imported_by(code)
