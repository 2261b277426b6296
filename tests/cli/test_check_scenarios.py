"""`check` names the scenarios that an article proposes, and runs them."""

import json
from pathlib import Path
from typing import Any

import pytest

from burdenshare.cli import main
from burdenshare.errors import UserError

ARTICLE = """\
“America must leave the UN,” Senator Halloran wrote.

The plan offers €150bn of loans for tanks.
"""


@pytest.fixture
def article(tmp_path: Path) -> str:
    """Return the path of an article that proposes two things."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return str(path)


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    """Return the JSON that a command prints, with nothing beside it."""
    assert main([*argv, "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_check_names_the_scenarios_and_runs_them(
    article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["check", article, "--date", "2025-03-14"]
    plain = printed(capsys, *argv)["scenarios"]
    assert [(each["id"], each["headline"]) for each in plain] == [
        ("us-leaves-un", None),
        ("rearm-europe", None),
    ]
    assert [each["command"] for each in plain] == [
        "burdenshare run us-leaves-un --as-of 2025-03-14",
        "burdenshare run rearm-europe",
    ]
    told = printed(capsys, *argv, "--run")["scenarios"]
    assert told[1]["headline"].startswith("Loans of EUR 150 billion go to 19 states")
    [first, *_] = told
    assert first["headline"] == printed(capsys, *first["command"].split()[1:])["headline"]
    report = Path(article).with_name("report.html")
    assert main([*argv, "--run", "--html", str(report)]) == 0
    out = capsys.readouterr().out
    assert " ".join(told[0]["headline"].split()) in " ".join(out.split())
    assert report.read_text("utf-8").count('<section class="run">') == 2


def test_check_goes_on_where_a_scenario_cannot_be_run(
    article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("it cannot be")

    monkeypatch.setattr("burdenshare.whatif.answer.run_answer", refuse)
    assert main(["check", article, "--run", "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == (
        "burdenshare: us-leaves-un was not run: it cannot be\n"
        "burdenshare: rearm-europe was not run: it cannot be\n"
    )
    assert [each["headline"] for each in json.loads(out)["scenarios"]] == [None, None]
