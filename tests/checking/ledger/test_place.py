"""What $BURDENSHARE_LEDGER may be, and what is said of an address that it may not."""

from pathlib import Path

import pytest

from burdenshare.checking.ledger.place import VARIABLE, ledger_place
from burdenshare.errors import UserError


def test_without_the_variable_it_is_in_the_folder_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BURDENSHARE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for environment in ({}, {VARIABLE: ""}):
        place = ledger_place(environment)
        assert place is not None
        assert place.path == tmp_path / "burdenshare" / "ledger.sqlite"
        assert place.outbox == tmp_path / "burdenshare" / "ledger.sqlite.outbox"
        assert not place.server


@pytest.mark.parametrize("word", ["off", "OFF", " Off "])
def test_it_can_be_off(word: str) -> None:
    assert ledger_place({VARIABLE: word}) is None


def test_a_file_by_path_and_by_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "l.sqlite"
    for given in ("l.sqlite", str(there), "sqlite:///l.sqlite", f"sqlite:///{there}"):
        place = ledger_place({VARIABLE: given})
        assert place is not None
        assert place.path == there


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server(scheme: str) -> None:
    place = ledger_place({VARIABLE: f"{scheme}://ann:secret@db.example:5433/l?sslmode=require"})
    assert place is not None
    assert place.server
    assert place.url == "postgresql+psycopg://ann:secret@db.example:5433/l?sslmode=require"
    assert place.shown == "postgresql+psycopg://ann@db.example:5433/l"


def test_the_outbox_of_a_server_is_its_own_and_knows_no_password() -> None:
    given = [
        "postgresql://ann:one@db.example/l",
        "postgresql://ann:two@db.example/l",
        "postgresql://ann@db.example/l?password=three",
        "postgresql://ann@db.example/other",
    ]
    places = [ledger_place({VARIABLE: each}) for each in given]
    boxes = [place.outbox for place in places if place]
    assert boxes[0] == boxes[1] == boxes[2] != boxes[3]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("mysql://ann:secret@db.example/l", "begins with 'mysql', which is not known"),
        ("postgresql+psycopg2://ann:secret@h/l", "begins with 'postgresql\\+psycopg2'"),
        ("postgresql://ann:secret@h", "names no database"),
        ("postgresql://ann:secret@h:port/l", "is no address that can be read"),
        ("postgresql://ann:secret@[::1/l", "is no address that can be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("https://ann:secret@h/l", "begins with 'https'"),
        ("a\x00b", "is no path"),
        ("/", "names the folder"),
    ],
)
def test_other_addresses_are_refused_without_their_password(given: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem) as raised:
        ledger_place({VARIABLE: given})
    assert "secret" not in str(raised.value)
    assert len(str(raised.value).splitlines()) <= 3
