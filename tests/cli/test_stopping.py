"""Long commands: the bar that shows how far they are, and Ctrl-C."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from burdenshare.cli import main, progress
from burdenshare.whatif import engine, saving
from burdenshare.whatif.plan import Plan, Result
from cli.scenario_files import HEAD, change

RUN = ["run", "us-leaves-nato"]
FEW = ["--draws", "8"]


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("where", "name"),
    [(engine, "result"), (saving, "_write_parquet"), (saving, "iamc_text")],
)
def test_ctrl_c_leaves_nothing_half_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: Any,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.toml").write_text(HEAD + change("one"), "utf-8")
    monkeypatch.setattr("burdenshare.showing.run_reports.run_html", lambda _: "a page")
    monkeypatch.setattr(where, name, stopped)
    assert main(["run", "good.toml", "-o", "new"]) == 1
    out, error = capsys.readouterr()
    assert (out, error) == ("", "burdenshare: stopped\n")
    assert [path.name for path in tmp_path.iterdir()] == ["good.toml"]


class Terminal(io.StringIO):
    """What looks like a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, patience: float = -1.0) -> Terminal:
    """Let standard error be a terminal, and show a bar after so many seconds."""
    monkeypatch.setattr(progress, "PATIENCE", patience)
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_a_bar_is_shown_on_a_terminal_and_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = on_a_terminal(monkeypatch)
    assert main([*RUN, *FEW, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "burdenshare/run/1"
    shown = terminal.getvalue()
    assert "drawing" in shown
    assert "100%" in shown
    assert shown.endswith("\r\x1b[K\x1b[?25h")


def test_no_bar_is_left_behind_by_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    real = engine.run

    def once(plan: Plan, draws: int, seed: int, report: Any = None) -> Result:
        real(plan, draws, seed, report)
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "run", once)
    assert main([*RUN, *FEW]) == 1
    assert terminal.getvalue().endswith("\r\x1b[K\x1b[?25hburdenshare: stopped\n")
    assert " 50%" in terminal.getvalue()  # of the two runs one was done


def test_no_bar_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert main([*RUN, *FEW]) == 0
    assert capsys.readouterr().err == ""


def test_no_bar_for_what_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch, patience=1e9)
    with progress.progress("waiting") as report:
        report(1, 2)
    assert terminal.getvalue() == ""
