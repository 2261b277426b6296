"""Where the ledger is: a file or a server, and the folder in which checks wait to be taken in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit

from burdenshare.errors import UserError
from burdenshare.world.load import home

VARIABLE = "BURDENSHARE_LEDGER"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_SERVERS = ("postgresql+psycopg", "postgresql", "postgres")
_WRITE = (
    f"write {VARIABLE}=/a/path/ledger.sqlite, "
    f"{VARIABLE}=postgresql+psycopg://user@host/name, or {VARIABLE}=off"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger is kept: `url` is SQLAlchemy's, `shown` is how messages name it."""

    url: str
    shown: str
    outbox: Path
    path: Path | None  # of the SQLite file; None on a server

    @property
    def server(self) -> bool:
        """Whether the ledger is on a server."""
        return self.path is None


def ledger_place(environment: Mapping[str, str] | None = None) -> Place | None:
    """Return where the ledger is by $BURDENSHARE_LEDGER, or None where it is off.

    Without the variable it is `ledger.sqlite` in the user's own folder. Raises UserError for an
    address of another kind; a message never holds the password.

    >>> place = ledger_place({"BURDENSHARE_LEDGER": "postgresql://ann:secret@db.example/ledger"})
    >>> place.shown
    'postgresql+psycopg://ann@db.example/ledger'
    >>> ledger_place({"BURDENSHARE_LEDGER": "off"}) is None
    True
    """
    given = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    if given.lower() == "off":
        return None
    if not given:
        return _file(home() / "ledger.sqlite")
    if not _URL.match(given):
        return _file(Path(given))
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise UserError(f"{VARIABLE} is no address that can be read:\n{_WRITE}") from None
    scheme = given.partition(":")[0].lower()
    if scheme in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(parts)
    if scheme in _SERVERS:
        return _server(parts, port)
    raise UserError(f"{VARIABLE} begins with {scheme[:30]!r}, which is not known:\n{_WRITE}")


def _file(path: Path) -> Place:
    try:
        path = Path(os.path.realpath(path.expanduser()))
    except (RuntimeError, ValueError):
        raise UserError(f"{VARIABLE} is no path: {_WRITE}") from None
    if path.is_dir():
        raise UserError(f"{VARIABLE} names the folder {path}: name a file, as in {path}/l.sqlite")
    return Place(f"sqlite:///{path}", str(path), path.with_name(path.name + ".outbox"), path)


def _sqlite(parts: SplitResult) -> Place:
    # SQLAlchemy's way: three slashes and a relative path, four and an absolute one.
    path = unquote(parts.path)[1:]
    if parts.netloc or parts.query or path in ("", ":memory:"):
        raise UserError(f"{VARIABLE} names no file: {_WRITE}")
    return _file(Path(path))


def _server(parts: SplitResult, port: int | None) -> Place:
    name = parts.path.strip("/")
    if not name:
        raise UserError(f"{VARIABLE} names no database: {_WRITE}")
    user = f"{parts.username}@" if parts.username else ""
    host = (parts.hostname or "") + (f":{port}" if port else "")
    shown = f"postgresql+psycopg://{user}{host}/{name}"
    url = urlunsplit(parts._replace(scheme="postgresql+psycopg"))
    asked = [each for each in parse_qsl(parts.query) if "pass" not in each[0]]
    mark = hashlib.sha256(f"{shown}?{asked}".encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Place(url, shown, home() / f"ledger-{mark}.outbox", None)
