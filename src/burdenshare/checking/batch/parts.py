"""What a long run has done so far: numbered parts beside the output, joined at the end."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from burdenshare.checking.batch.records import memory, unglobbed
from burdenshare.checking.batch.rows import COLUMNS, KINDS, Row
from burdenshare.errors import UserError

FORMS = (".parquet", ".jsonl", ".csv")
_SCHEMA = "burdenshare/batch-parts/1"
_ERRNO = re.compile(r'"errno":"([0-9]+)"').findall
_GROUP = 20_480  # rows that are held in memory while the output is joined
_LISTED = 5  # items that could not be read and are named


@dataclass(slots=True)
class Tally:
    """How much was read; `unread` names the first items that could not be, with the reason."""

    items: int = 0
    read: int = 0
    statements: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what another part holds; parts are added in the order of the input."""
        self.items += other.items
        self.read += other.read
        self.statements += other.statements
        for verdict, count in other.verdicts.items():
            self.verdicts[verdict] = self.verdicts.get(verdict, 0) + count
        self.unread = [*self.unread, *other.unread][:_LISTED]

    def take(self, path: str, found: Mapping[str, Any] | None, problem: str) -> None:
        """Count one item."""
        self.items += 1
        if found is None:
            self.unread = [*self.unread, (path, problem)][:_LISTED]
            return
        self.read += 1
        self.statements += len(found["statements"])
        for claim in found["claims"]:
            self.verdicts[claim["verdict"]] = self.verdicts.get(claim["verdict"], 0) + 1

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as they are written."""
        return {name: getattr(self, name) for name in self.__slots__}


class Parts:
    """The folder OUT.parts: a header that says what is being made, and the parts that are done.

    A part counts once its tally stands beside it; both are written whole or not at all. One
    process at a time may hold the folder.
    """

    def __init__(self, out: Path, header: Mapping[str, Any]) -> None:
        self.out = Path(os.path.realpath(out))
        self.name = str(out)
        self.folder = _folder(out)
        self.header = {"schema": _SCHEMA, **header}
        self.done: dict[int, Tally] = {}
        self.complete = False

    @contextlib.contextmanager
    def held(self, again: bool) -> Iterator[None]:
        """Open the folder, or go on with the one that is there; it stays where work is left.

        Raises UserError where OUT is there, where the folder is of another run, and where
        another process holds it; `again` makes all of it anew.
        """
        self._check(self._header(), again)
        self.folder.mkdir(exist_ok=True)
        with _locked(self.folder, self.name):
            before = self._header()
            self._check(before, again)
            if again and before is not None and not self._goes_on(before):
                self._clear()
                before = None
            if before is None:
                self._write("header.json", _json({**self.header, "again": again}))
            self.done = dict(self._found())
            yield
            if self.complete:
                self._clear()
        if self.complete:
            (self.folder / "lock").unlink()
            with contextlib.suppress(OSError):  # somebody may have put a file there
                self.folder.rmdir()

    def _check(self, before: Mapping[str, Any] | None, again: bool) -> None:
        """Refuse what would lose an output, or go on with a run of something else."""
        if before is not None and not again:
            self._same(before)
        elif self.out.exists() and not again:
            raise _there(self.name)

    def _clear(self) -> None:
        """Remove what runs have written here and nothing else: tallies first, the header last."""
        for pattern in (".*.part", "[0-9]*.json", "[0-9]*.jsonl", "[0-9]*.parquet", "header.json"):
            for path in self.folder.glob(pattern):
                path.unlink()

    def _goes_on(self, before: Mapping[str, Any]) -> bool:
        """Say whether a run that was itself begun by --again is only being taken up again."""
        return bool(before.get("again")) and all(before.get(k) == v for k, v in self.header.items())

    def _header(self) -> dict[str, Any] | None:
        try:
            found = json.loads((self.folder / "header.json").read_bytes())
        except FileNotFoundError:
            found = self._empty() or None
        except (OSError, ValueError):
            found = None
        if found is True:
            return None
        if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
            raise UserError(f"{self.name}.parts is no run that was stopped: move it away")
        return found

    def _empty(self) -> bool:
        """Say whether the folder is not there, or holds no more than a lock."""
        try:
            names = {path.name for path in self.folder.iterdir()}
        except FileNotFoundError:
            return True
        return names <= {"lock", ".header.json.part"}

    def _same(self, before: Mapping[str, Any]) -> None:
        """Refuse to go on with what was begun otherwise."""
        for key, now in self.header.items():
            was = before.get(key)
            if was != now:
                told = "" if key == "input" else f" (then {was}, now {now})"
                raise UserError(
                    f"{self.name}.parts was begun with another {key}{told}:\n"
                    "give the same again to go on, or --again to start anew"
                )
        if self.out.exists() and not before.get("again"):
            raise _there(self.name)

    def _found(self) -> Iterator[tuple[int, Tally]]:
        """Yield the parts that are done."""
        for path in sorted(self.folder.glob("[0-9]*.json")):
            told = json.loads(path.read_bytes())
            unread = [(name, why) for name, why in told.pop("unread")]
            yield int(path.stem), Tally(**told, unread=unread)

    def write(self, number: int, data: Sequence[Row], tally: Tally) -> None:
        """Write one part and see it on the disk."""
        if self.out.suffix == ".jsonl":
            self._write(f"{number:06d}.jsonl", b"".join(map(_json, data)))
        else:
            with self._made(f"{number:06d}.parquet") as part:
                _write_rows(part, data)
        self._write(f"{number:06d}.json", _json(tally.as_dict()))
        self.done[number] = tally

    def join(self) -> Tally:
        """Write the output from all parts, in the order of the input, and return what it holds."""
        whole = Tally()
        for number in sorted(self.done):
            whole.add(self.done[number])
        made = self.out.with_name(f".{self.out.name[:80]}-{secrets.token_hex(8)}.part")
        suffix = ".jsonl" if self.out.suffix == ".jsonl" else ".parquet"
        files = [self.folder / f"{number:06d}{suffix}" for number in sorted(self.done)]
        with _whole(made, self.out):
            if suffix == ".jsonl":
                with made.open("wb") as file:
                    for path in files:
                        with path.open("rb") as part:
                            shutil.copyfileobj(part, file)
            else:
                _join_rows(made, files, self.out.suffix)
        self.complete = True
        return whole

    @contextlib.contextmanager
    def _made(self, name: str) -> Iterator[Path]:
        part = self.folder / f".{name}.part"
        with _whole(part, self.folder / name):
            yield part

    def _write(self, name: str, data: bytes) -> None:
        with self._made(name) as part:
            part.write_bytes(data)


def check_output(out: Path, again: bool) -> None:
    """Refuse an output of an unknown kind, one that is there, or one with no place to stand in."""
    name = str(out)
    if out.suffix not in FORMS:
        raise UserError(f"{name}: end the name in .parquet, .jsonl or .csv")
    if out.is_dir():
        raise UserError(f"{name} is a folder: name a file to write, such as out.parquet")
    if not Path(os.path.realpath(out)).parent.is_dir():
        raise UserError(f"{out.parent} is not a folder: make it, or write somewhere else")
    if out.exists() and not again and not _folder(out).exists():
        raise _there(name)


def _folder(out: Path) -> Path:
    """Return the folder of the parts, beside the file that a link stands for."""
    target = Path(os.path.realpath(out))
    return target.with_name(target.name + ".parts")


def _there(name: str) -> UserError:
    return UserError(f"{name} is there: name another file, or make it anew by --again")


@contextlib.contextmanager
def _locked(folder: Path, name: str) -> Iterator[None]:
    """Hold a folder against other processes; the system lets go when this one ends."""
    import fcntl

    with (folder / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(f"{name} is being written by another process: wait for it") from None
        yield


@contextlib.contextmanager
def _whole(part: Path, target: Path) -> Iterator[None]:
    """Put a file in place once it is written and on the disk; leave nothing of it otherwise."""
    import duckdb

    try:
        yield
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except duckdb.IOException as error:
        number = int(next(iter(_ERRNO(str(error))), errno.EIO))
        raise OSError(number, os.strerror(number), str(target)) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _write_rows(path: Path, data: Sequence[Row]) -> None:
    """Write rows as Parquet; what a row does not say is NULL."""
    kinds = json.dumps([KINDS])
    with memory() as database:
        found = database.sql(
            "SELECT unnest(from_json(?, ?), recursive := true)", params=[json.dumps(data), kinds]
        )
        found.write_parquet(str(path), compression="zstd")


def _join_rows(path: Path, files: Sequence[Path], suffix: str) -> None:
    with memory() as database:
        found = database.read_parquet([unglobbed(each) for each in files]).select(*COLUMNS)
        if suffix == ".csv":
            found.write_csv(str(path))
        else:
            found.write_parquet(str(path), compression="zstd", row_group_size=_GROUP)


def _json(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
