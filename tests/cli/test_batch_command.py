"""`check -o` from the command line: the counts, the exit codes, Ctrl-C, and what is refused."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from burdenshare.checking.batch import run as batch
from burdenshare.checking.batch import work
from burdenshare.cli import main

SPAIN = "Spain (1.28 percent of GDP) came last in NATO's table."
DAY = ("--date", "2025-03-02")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which `in` holds two articles and six files that are none."""
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text(SPAIN, "utf-8")
    (inside / "b.html").write_text(f"<html><body><p>{SPAIN}</p></body></html>", "utf-8")
    for number in range(5):
        (inside / f"empty{number}.txt").write_bytes(b"")
    (inside / "z\x1b[31m\nburdenshare: all is well.txt").write_bytes(b"\0")
    return tmp_path


def test_what_is_read_and_what_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "in", *DAY, "-o", "out.parquet"]) == 0
    out, error = capsys.readouterr()
    assert out == ("2 articles read: 0 statements, 2 claims (2 superseded)\nwritten: out.parquet\n")
    empty = "the article is empty: give a file with the words of the article"
    assert error.splitlines() == [
        "burdenshare: 6 of 8 articles could not be read",
        *(f"  in/empty{number}.txt: {empty}" for number in range(5)),
        "  and 1 more",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out.parquet"]


def test_a_name_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        (folder / "in" / f"empty{number}.txt").unlink()
    assert main(["check", "in", *DAY, "-o", "out.parquet"]) == 0
    error = capsys.readouterr().err
    assert "\x1b" not in error
    assert error.splitlines()[1].startswith("  in/z␛[31m burdenshare: all is well.txt: looks bin")
    name = "\x1b[2Jnone.txt"
    assert main(["check", name]) == 2
    assert capsys.readouterr().err == (
        "burdenshare: ␛[2Jnone.txt cannot be read: No such file or directory\n"
    )


def test_the_summary_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "in", *DAY, "-o", "out.jsonl", "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["schema"] == "burdenshare/batch/1"
    assert {"version", "world", "as_of"} <= set(found)
    assert (found["articles"], found["read"], found["output"]) == (8, 2, "out.jsonl")
    assert found["claims"] == {"superseded": 2}
    assert found["unread"][0]["path"] == "in/empty0.txt"


def test_the_exit_code_where_nothing_could_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "in/empty0.txt", "-o", "out.csv"]) == 1
    out, error = capsys.readouterr()
    assert out == "0 articles read: 0 statements, 0 claims\nwritten: out.csv\n"
    assert error.startswith("burdenshare: 1 of 1 articles could not be read\n")
    assert (folder / "out.csv").read_text("utf-8").count("\n") == 2


def test_the_page_and_the_line_come_before_the_date_option(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # On 2026-08-01 the release of 2026-07-10 says 1.42.
    head = '<meta property="article:published_time" content="2025-03-02">'
    rows = [
        {"text": f"<html><head>{head}</head><body><p>{SPAIN}</p></body></html>"},
        {"text": SPAIN, "date": "2025-03-02"},
        {"text": SPAIN},
    ]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert main(["check", "a.jsonl", "--date", "2026-08-01", "-o", "out.jsonl"]) == 0
    found = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    told = [(each["article"]["date"], each["article"]["date_basis"]) for each in found]
    assert told == [("2025-03-02", "found"), ("2025-03-02", "given"), ("2026-08-01", "given")]
    verdicts = [each["claims"][0]["verdict"] for each in found]
    assert verdicts[:2] == ["superseded", "superseded"]
    assert verdicts[2] != "superseded"


REFUSED = [
    (["in"], "in is a folder: "),
    (["a.jsonl"], "a.jsonl holds many articles: give -o OUT.parquet to check them all"),
    (["in", "-o", "out.xlsx"], "out.xlsx: end the name in .parquet, .jsonl or .csv"),
    (["in", "-o", "in"], "in: end the name in .parquet"),
    (["in", "-o", "none/out.csv"], "none is not a folder: make it, or write somewhere else"),
    (["bare", "-o", "out.csv"], "bare: no article is there to check"),
    (["in", "-o", "there.csv"], "there.csv is there: name another file, or make it anew by"),
    (["in", "-o", "out.csv", "--jobs", "0"], "--jobs is 0: write a whole number from 1 to 256"),
    (
        ["in", "-o", "out.csv", "--jobs", "2", "--cluster", "local"],
        "--jobs and --cluster exclude each other",
    ),
    (["in", "-o", "out.csv", "--cluster", "here"], "the cluster 'here' is no address"),
    (["in", "-o", "out.csv", "--html", "x.html"], "-o writes a table of many articles: leave out"),
    (["in", "-o", "out.csv", "--format", "claimreview"], "-o writes a table of many articles"),
    (["in/a.txt", "--again"], "--again, --jobs and --cluster go with -o OUT.parquet"),
    (["in/a.txt", "--jobs", "2"], "--again, --jobs and --cluster go with -o OUT.parquet"),
    (["in/a.txt", "--reviewer", "x"], "--reviewer and --review-url go with --format claimreview"),
    (
        ["in/a.txt", "--format", "claimreview", "--review-url", "javascript:alert(1)"],
        "--review-url is 'javascript:alert(1)': write a whole address",
    ),
]


@pytest.mark.parametrize(("argv", "said"), REFUSED, ids=[" ".join(argv) for argv, _ in REFUSED])
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    (folder / "bare").mkdir()
    (folder / "there.csv").write_text("mine", "utf-8")
    (folder / "a.jsonl").write_text("{}", "utf-8")
    before = sorted(path.name for path in folder.iterdir())
    assert main(["check", *argv]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"burdenshare: {said}")
    assert len(error.splitlines()) <= 3
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (folder / "there.csv").read_text("utf-8") == "mine"


def test_ctrl_c_says_how_to_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_MOST_ITEMS", 2)
    real, written = batch._write, list[int]()

    def stopped(*given: Any) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(1)
        real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(batch, "_write", stopped)
        assert main(["check", "in", *DAY, "-o", "out.parquet"]) == 130
    out, error = capsys.readouterr()
    assert out == ""
    assert error == (
        "burdenshare: stopped after 4 of 8 articles: the same command goes on from there\n"
    )
    assert main(["check", "in", *DAY, "-o", "out.parquet"]) == 0
    assert capsys.readouterr().err.startswith("burdenshare: going on after 4 of 8 articles\n")
    assert not (folder / "out.parquet.parts").exists()


def test_a_process_that_is_killed_goes_on_to_the_same_bytes(folder: Path) -> None:
    """A real kill at any moment: here once the first part is on the disk."""
    lines = "\n".join(json.dumps({"text": SPAIN, "date": "2025-03-02"}) for _ in range(200))
    (folder / "wire.jsonl").write_text(lines, "utf-8")
    command = [sys.executable, "-c", "from burdenshare.cli import main; main()", "check"]
    with subprocess.Popen([*command, "wire.jsonl", "-o", "out.parquet"]) as process:
        while not list(folder.glob("out.parquet.parts/0*.json")) and process.poll() is None:
            os.sched_yield()
        process.send_signal(signal.SIGKILL)
    assert main(["check", "wire.jsonl", "-o", "out.parquet"]) == 0
    assert main(["check", "wire.jsonl", "-o", "other.parquet"]) == 0
    assert (folder / "out.parquet").read_bytes() == (folder / "other.parquet").read_bytes()


def test_the_ledger_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(folder / "ledger.sqlite"))
    row = {"text": SPAIN, "date": "2025-03-02", "outlet": "Wire"}
    Path("a.jsonl").write_text(json.dumps(row), "utf-8")
    assert main(["check", "a.jsonl", "-o", "out.csv"]) == 0
    capsys.readouterr()
    assert main(["statements", "--claims", "--format", "json"]) == 0
    [claim] = json.loads(capsys.readouterr().out)["claims"]
    assert claim["verdict"] == "superseded"
    (folder / "ledger.sqlite").unlink()
    assert main(["check", "a.jsonl", "-o", "more.csv", "--no-ledger"]) == 0
    assert not (folder / "ledger.sqlite").exists()


def test_a_ledger_that_cannot_be_written_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("", "utf-8")
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(folder / "file" / "ledger.sqlite"))
    assert main(["check", "in/a.txt", *DAY, "-o", "out.csv"]) == 1
    out, error = capsys.readouterr()
    assert "written: out.csv" in out
    assert error.count("not kept for `burdenshare statements`") == 1
