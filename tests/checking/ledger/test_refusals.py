"""Disks that are full, files that are no ledger, servers that are away: what is lost, and said."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.place import VARIABLE, ledger_place
from burdenshare.checking.ledger.store import forget, take_in
from burdenshare.errors import UserError
from checking.ledger.entries import entry, keep, said
from checking.ledger.test_store import counts


def on_a_full_disk(pages: int) -> Any:
    """Return a listener that lets a SQLite file have no more than so many pages."""

    def listener(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        cursor.close()

    return listener


def test_a_full_disk_leaves_the_ledger_whole_and_the_rest_waiting(in_file: Base) -> None:
    keep(in_file, entry("the first", [said()]))
    with in_file.reading() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    in_file.close()
    for number in range(40):
        large = [said("word " * 400, start=i) for i in range(5)]
        outbox.put(in_file.place.outbox, [entry(f"article {number}", large)])
    full = on_a_full_disk(pages + 20)
    event.listen(Engine, "connect", full)
    try:
        with pytest.raises(OSError, match="no space left on device") as raised:
            take_in(in_file)
    finally:
        event.remove(Engine, "connect", full)
        in_file.close()
    assert raised.value.errno == errno.ENOSPC
    stored = counts(in_file)
    waiting = len(outbox.waiting(in_file.place.outbox))
    assert stored["articles"] + waiting == 41
    assert 0 < waiting < 40
    assert stored["statements"] == 1 + 5 * (stored["articles"] - 1)
    take_in(in_file)
    assert counts(in_file) == {"articles": 41, "statements": 201, "claims": 0}


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_an_outbox_on_a_full_disk_holds_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(handle: int, *_: object) -> None:
        if call == "fdopen":
            os.close(handle)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space left"):
        outbox.put(tmp_path / "outbox", [entry()])
    assert list((tmp_path / "outbox").iterdir()) == []


def test_what_was_never_finished_is_removed_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / ".1.part", tmp_path / ".2.part"
    old.write_bytes(b"{")
    new.write_bytes(b"{")
    os.utime(old, (1e9, 1e9))
    assert outbox.waiting(tmp_path) == []
    assert list(tmp_path.iterdir()) == [new]


def test_nobody_else_may_read_what_was_read(in_file: Base) -> None:
    path = outbox.put(in_file.place.outbox, [entry()])
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    take_in(in_file)
    assert in_file.place.path is not None
    assert in_file.place.path.stat().st_mode & 0o777 == 0o600


def test_a_forgotten_article_is_gone_from_the_file_itself(in_file: Base) -> None:
    words = "a sentence that somebody wants forgotten"
    keep(in_file, entry("one two three", [said(words)]))
    assert in_file.place.path is not None
    in_file.close()
    assert words.encode() in in_file.place.path.read_bytes()
    forget(in_file, outbox.article_id("one two three"))
    in_file.close()
    files = list(in_file.place.path.parent.glob("ledger.sqlite*"))
    assert not any(words.encode() in file.read_bytes() for file in files if file.is_file())


def opened(address: str) -> None:
    place = ledger_place({VARIABLE: address})
    assert place is not None
    with Base(place) as base, base.reading():
        pass


def test_a_file_of_another_kind_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes " * 200, "utf-8")
    with pytest.raises(UserError, match=r"is no ledger, or is damaged"):
        opened(str(path))
    assert path.read_text("utf-8") == "my notes " * 200


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"file exists|not a directory"):
        opened(str(tmp_path / "file" / "ledger.sqlite"))


def test_a_server_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not answer") as raised:
        opened(f"postgresql://ann:secret@/ledger?host={tmp_path}")
    said_of_it = str(raised.value)
    assert "postgresql+psycopg://ann@/ledger" in said_of_it
    assert "secret" not in said_of_it
    assert len(said_of_it.splitlines()) <= 3


def test_a_database_that_is_not_there_is_named(postgres: Any) -> None:
    address = postgres.database().replace("@/postgres", "@/nosuch")
    with pytest.raises(UserError, match=r'"nosuch" does not exist'):
        opened(address)
