"""`statements` from the command line, and what `check` leaves for it."""

import csv
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from burdenshare import __version__
from burdenshare.checking.ledger import outbox
from burdenshare.cli import main

ARTICLE = (
    "Senator Mike Lee said America should leave NATO. Spain spent 1.28 per cent of GDP on "
    "defence in 2024.\n"
)
CHECK = ["check", "article.txt", "--date", "2025-03-02", "--outlet", "The Gazette"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an article and of an empty ledger, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(tmp_path / "ledger.sqlite"))
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return the exit code of a command, and what it prints."""

    def run(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(argv))
        return code, *capsys.readouterr()

    return run


Printed = Callable[..., tuple[int, str, str]]


def kept(folder: Path) -> list[Path]:
    return outbox.waiting(folder / "ledger.sqlite.outbox")


def test_what_check_finds_is_there_to_be_asked(printed: Printed, folder: Path) -> None:
    assert printed(*CHECK)[0] == 0
    code, out, error = printed("statements", "--format", "json")
    assert (code, error) == (0, "")
    found = json.loads(out)
    assert list(found)[:4] == ["schema", "version", "world", "as_of"]
    assert (found["schema"], found["version"]) == ("burdenshare/statements/1", __version__)
    (row,) = found["rows"]
    assert (row["person"], row["proposition"], row["stance"]) == (
        "mike-lee",
        "us-leaves-nato",
        "for",
    )
    assert (row["date"], row["outlets"]) == ("2025-03-02", ["The Gazette"])
    assert ARTICLE[row["start"] : row["end"]] == row["text"]
    assert [claim["verdict"] for claim in found["claims"]] == ["superseded"]
    (position,) = found["positions"]
    assert "s2023_kaine_rubio" in [vote["rollcall"] for vote in position["votes"]]
    assert kept(folder) == []


def test_the_text_itself_is_not_kept(printed: Printed, folder: Path) -> None:
    (folder / "article.txt").write_text(ARTICLE + "The weather on the quay was mild.\n", "utf-8")
    assert printed(*CHECK)[0] == 0
    (file,) = kept(folder)
    assert "weather" not in file.read_text("utf-8")
    assert "Mike Lee" in file.read_text("utf-8")


def test_the_page_names_its_outlet(printed: Printed, folder: Path) -> None:
    head = '<html><head><meta property="og:site_name" content="The Courier"></head>'
    (folder / "page.html").write_text(f"{head}<body><p>{ARTICLE}</p></body></html>", "utf-8")
    assert printed("check", "page.html", "--date", "2025-03-02")[0] == 0
    found = json.loads(printed("statements", "--outlet", "the courier", "--format", "json")[1])
    assert [row["outlets"] for row in found["rows"]] == [["The Courier"]]


@pytest.mark.parametrize("way", ["option", "variable"])
def test_nothing_is_kept_where_that_is_not_wanted(
    printed: Printed, folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "variable":
        monkeypatch.setenv("BURDENSHARE_LEDGER", "off")
    assert printed(*CHECK, *(["--no-ledger"] if way == "option" else []))[0] == 0
    assert [path.name for path in folder.iterdir()] == ["article.txt"]
    if way == "variable":
        code, out, error = printed("statements")
        assert (code, out) == (2, "")
        assert "BURDENSHARE_LEDGER is off" in error


def test_a_check_that_cannot_be_kept_is_still_printed(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(outbox, "put", full)
    code, out, error = printed(*CHECK, "--format", "json")
    assert code == 1
    assert json.loads(out)["schema"] == "burdenshare/check/1"
    assert error.startswith("burdenshare: not kept for `burdenshare statements`: ")
    assert error.count("\n") == 1
    assert "No space left on device" in error


def test_a_server_that_is_away_loses_nothing(
    printed: Printed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", f"postgresql://ann:secret@/l?host={folder}")
    monkeypatch.setenv("BURDENSHARE_HOME", str(folder))
    code, out, error = printed(*CHECK)
    assert code == 0
    assert "superseded" in out
    assert "until the server takes it" in error
    assert "secret" not in error
    (box,) = folder.glob("ledger-*.outbox")
    assert len(outbox.waiting(box)) == 1
    assert printed("statements")[0] == 2
    assert len(outbox.waiting(box)) == 1


def test_check_does_not_load_the_database() -> None:
    code = f"""
import sys
from burdenshare.cli import main
code = main({CHECK!r})
assert not [name for name in sys.modules if name.startswith("sqlalchemy")], "loaded"
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_empty_ledger_says_what_to_run(printed: Printed) -> None:
    code, out, error = printed("statements")
    assert (code, error) == (0, "")
    assert "the ledger is empty: `burdenshare check ARTICLE`" in " ".join(out.split())


def test_every_line_has_room_on_a_terminal(printed: Printed) -> None:
    printed(*CHECK)
    code, out, _ = printed("statements", "--positions", "--claims", "--amplified")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    for words in ("Mike Lee: us-leaves-nato", "2023-07-19  voted Nay", "↻ superseded"):
        assert words in out


def test_a_hostile_text_does_not_steer_the_terminal(printed: Printed, folder: Path) -> None:
    (folder / "article.txt").write_text(ARTICLE.replace("leave", "\x1b[31mleave"), "utf-8")
    printed(*CHECK[:-1], "The\x1b[2J\u202eGazette\nX")
    out = printed("statements", "--claims")[1]
    assert not set("\x1b\u202e") & set(out)


@pytest.mark.parametrize("form", ["json", "csv", "jsonld", "parquet"])
def test_a_file_takes_its_form_from_its_name(printed: Printed, folder: Path, form: str) -> None:
    printed(*CHECK)
    code, out, error = printed("statements", "-o", f"said.{form}")
    assert (code, out, error) == (0, "", f"burdenshare: written: said.{form}\n")
    path = folder / f"said.{form}"
    if form == "parquet":
        with duckdb.connect() as connection:
            query = "SELECT person FROM read_parquet(?)"
            assert connection.execute(query, [str(path)]).fetchall() == [("mike-lee",)]
    elif form == "csv":
        with path.open(encoding="utf-8", newline="") as file:
            assert [row["person"] for row in csv.DictReader(file)] == ["mike-lee"]
    else:
        found = json.loads(path.read_text("utf-8"))
        assert found.get("schema", found.get("@context")) in (
            "burdenshare/statements/1",
            ["https://schema.org", {"bs": "urn:burdenshare:term:"}],
        )


def test_claims_alone_go_to_a_table_of_their_own(printed: Printed) -> None:
    printed(*CHECK)
    rows = list(
        csv.DictReader(printed("statements", "--claims", "--format", "csv")[1].splitlines())
    )
    assert [row["verdict"] for row in rows] == ["superseded"]
    assert json.loads(rows[0]["then"])["value"] == 1.28


def test_an_article_is_forgotten(printed: Printed) -> None:
    printed(*CHECK)
    article = json.loads(printed("statements", "--format", "json")[1])["articles"][0]["id"]
    printed(*CHECK)
    assert printed("statements", "--forget", article[:10]) == (
        0,
        f"forgotten: article {article}\n",
        "",
    )
    assert json.loads(printed("statements", "--format", "json")[1])["rows"] == []


def test_a_file_that_is_none_of_ours_is_put_aside_and_named(printed: Printed, folder: Path) -> None:
    printed(*CHECK)
    (folder / "ledger.sqlite.outbox" / "0.json").write_text("[]", "utf-8")
    code, out, error = printed("statements")
    assert code == 1
    assert "Mike Lee" in out
    assert error.startswith("burdenshare: a check could not be read and was put aside: ")
    assert printed("statements")[0] == 0


MISTAKES: list[tuple[list[str], str]] = [
    (["--person", "lea"], "--person 'lea' is nobody known here: did you mean"),
    (["--proposition", "us-leaves-nat"], "did you mean 'us-leaves-nato'?"),
    (["--stance", "pro"], "Invalid value for '--stance'"),
    (["--verdict", "true"], "Invalid value for '--verdict'"),
    (["--outlet", "x"], "--outlet 'x' is not in the ledger"),
    (["--since", "2025-02-30"], "--since is '2025-02-30', which is no day"),
    (["--since", "2025-02-02", "--until", "2025-02-01"], "is before --since"),
    (["--article", "12"], "article '12' is no id"),
    (["--forget", "ffffff"], "article 'ffffff' is not in the ledger"),
    (["--format", "parquet"], "--format parquet needs a file"),
    (["-o", "said.doc"], "-o said.doc: give --format"),
    (["--format", "csv", "--claims", "--positions"], "--format csv holds one table"),
]


@pytest.mark.parametrize(("argv", "said"), MISTAKES, ids=[said[:30] for _, said in MISTAKES])
def test_a_mistake_is_named(printed: Printed, argv: list[str], said: str) -> None:
    code, out, error = printed("statements", *argv)
    assert (code, out) == (2, "")
    assert said in error
    assert len(error.splitlines()) <= 3


@pytest.mark.parametrize("address", ["mysql://ann:secret@h/l", "postgresql://ann:secret@h"])
def test_a_bad_address_is_named_without_its_password(
    printed: Printed, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", address)
    for argv in (["statements"], CHECK):
        code, _, error = printed(*argv)
        assert code == 2
        assert "BURDENSHARE_LEDGER" in error
        assert "secret" not in error
        assert len(error.splitlines()) <= 3
