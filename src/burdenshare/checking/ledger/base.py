"""Opening the database of the ledger: connections, transactions, and errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, insert, inspect, select

from burdenshare.checking.ledger.place import VARIABLE, Place
from burdenshare.checking.ledger.tables import VERSION, ledger, metadata
from burdenshare.errors import UserError

_LOCK = 0x62_6C_64_67  # the advisory lock of those who write to a server
_PATIENCE = 60  # seconds that a writer waits for the others
_ANSWER = 10  # seconds that a server has to answer


class Base:
    """The database at a place, opened when it is first asked for.

    A transaction that writes waits until the others have written; one that reads sees the ledger
    as it was when it began. Errors of the database come out as UserError, where the user can mend
    them, or as OSError, such as for a full disk.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._engine: Engine | None = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept all or not at all."""
        with self._told(), self._alone(self._opened()) as connection:
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger."""
        with self._told(), self._opened().connect() as connection:
            if self.place.server:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> Base:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> Engine:
        if self._engine is None:
            engine = _server(self.place) if self.place.server else _file(self.place)
            try:
                self._prepare(engine)
            except BaseException:
                engine.dispose()
                raise
            self._engine = engine
        return self._engine

    def _prepare(self, engine: Engine) -> None:
        """Make the tables where there are none, and refuse those of a later version."""
        with engine.connect() as connection:
            found = _version(connection)
        if found is None:
            found = self._create(engine)
        if found > VERSION:
            raise UserError(
                f"the ledger {self.place.shown} was written by a newer burdenshare (shape {found}, "
                f"this one knows {VERSION}):\nuse that version, or set {VARIABLE} to another place"
            )

    def _create(self, engine: Engine) -> int:
        with self._alone(engine) as connection:
            found = _version(connection)
            if found is None:
                metadata.create_all(connection)
                connection.execute(insert(ledger).values(version=VERSION))
                found = VERSION
        return found

    @contextlib.contextmanager
    def _alone(self, engine: Engine) -> Iterator[Connection]:
        """Give a connection in a transaction that no other writer shares."""
        with engine.connect() as connection:
            connection.execution_options(begins="BEGIN IMMEDIATE")
            with connection.begin():
                if self.place.server:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except exc.SQLAlchemyError as error:
            raise _plain(error, self.place) from None


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(ledger.name):
        return None
    return connection.execute(select(ledger.c.version)).scalar()


def _server(place: Place) -> Engine:
    try:
        return create_engine(
            place.url, connect_args={"connect_timeout": _ANSWER}, hide_parameters=True
        )
    except ImportError:
        raise UserError(
            f"{VARIABLE} names a PostgreSQL server, and psycopg is not installed:\n"
            "pip install 'burdenshare[postgres]'"
        ) from None


def _file(place: Place) -> Engine:
    assert place.path is not None
    try:
        place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.path.exists():
            place.path.touch(mode=0o600)
    except OSError as error:
        code = error.errno or errno.EIO
        raise OSError(code, f"the ledger {place.shown}: {os.strerror(code).lower()}") from None
    engine = create_engine(place.url, connect_args={"timeout": _PATIENCE}, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _: object) -> None:
    """Let SQLite write ahead, sync each commit, hold to its foreign keys, and not begin itself.

    What is deleted is overwritten in the file, so that a forgotten article is gone.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch a new file to WAL; two that do so at once are not made to wait by SQLite itself."""
    end = time.monotonic() + _PATIENCE
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode=WAL").fetchone()
        except cursor.connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begins", "BEGIN"))


_SQLITE = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_BUSY": errno.EBUSY,
    "SQLITE_LOCKED": errno.EBUSY,
    "SQLITE_IOERR": errno.EIO,
    "SQLITE_CANTOPEN": errno.EACCES,
}
_POSTGRES = {"53100": errno.ENOSPC, "25006": errno.EROFS, "57P03": errno.EBUSY}


def _plain(error: exc.SQLAlchemyError, place: Place) -> UserError | OSError | ValueError:
    """Return an error of the database in words that a user can act on, without a password.

    A value that the database does not take is a ValueError.
    """
    cause = getattr(error, "orig", None) or error
    said = next((line.strip() for line in str(cause).splitlines() if line.strip()), "no answer")
    where = f"the ledger {place.shown}"
    if isinstance(error, (exc.DataError, exc.IntegrityError)) or type(error) is exc.StatementError:
        return ValueError(said)
    code = _POSTGRES.get(getattr(cause, "sqlstate", None) or "")
    name = getattr(cause, "sqlite_errorname", "")
    code = code or next((each for start, each in _SQLITE.items() if name.startswith(start)), None)
    if code is not None:
        return OSError(code, f"{where}: {os.strerror(code).lower()}")
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return UserError(
            f"{place.shown} is no ledger, or is damaged ({said}):\n"
            f"put back a copy of it, or set {VARIABLE} to another file"
        )
    if place.server and getattr(cause, "sqlstate", None) is None:
        return UserError(f"{where} does not answer: {said}\nset {VARIABLE}, or start the server")
    return UserError(f"{where} refuses: {said}\nset {VARIABLE} to a place that may be written")
