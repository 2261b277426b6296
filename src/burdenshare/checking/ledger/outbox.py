"""What a check leaves for the ledger: one file, whole or not there, until it is taken in."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from burdenshare.checking.ledger.similar import sketch
from burdenshare.checking.results import Check

SCHEMA = "burdenshare/ledger-entries/1"
_ABANDONED = 86_400  # seconds after which a file that was never finished is removed
_CHECK = ("version", "world", "as_of", "article", "statements", "claims")

Entry = dict[str, Any]


def entry(check: Check, outlet: str | None = None, url: str | None = None) -> Entry:
    """Return what the ledger keeps of a check: all that was said, not the article's text.

    An article is known by the SHA-256 of its text, white space aside.

    >>> from burdenshare.checking.article import check_text
    >>> from burdenshare.world.dates import Day
    >>> kept = entry(check_text("NATO's 32 members met in Vilnius.", Day(2025, 3, 2)), "Gazette")
    >>> kept["outlet"], kept["article"][:8], len(kept["check"]["claims"])
    ('Gazette', 'eab5cd8c', 1)
    """
    found = check.as_dict()
    raw = check.document.raw
    return {
        "article": article_id(raw),
        "raw_sha256": _sha256(raw),
        "outlet": outlet,
        "url": url,
        "kept_at": now(),
        "sketch": sketch(check.document.text),
        "check": {name: found[name] for name in _CHECK},
    }


def article_id(raw: str) -> str:
    """Return the id of an article: the SHA-256 of its text with white space made one space.

    >>> article_id("a  b\\n") == article_id(" a b")
    True
    """
    return _sha256(" ".join(raw.split()))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> str:
    """Return the time in UTC, as texts that sort by time."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def put(outbox: Path, entries: Sequence[Mapping[str, Any]]) -> Path:
    """Write entries into the outbox as one file, and see it on the disk before returning.

    Raises OSError where the folder cannot be written; then nothing is left behind.
    """
    outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{secrets.token_hex(6)}"
    part = outbox / f".{name}.part"
    data = json.dumps({"schema": SCHEMA, "entries": list(entries)}, separators=(",", ":"))
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        target = outbox / f"{name}.json"
        part.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync(outbox)
    return target


def waiting(outbox: Path) -> list[Path]:
    """Return the files that wait, oldest first; files never finished are removed after a day."""
    try:
        files = sorted(outbox.iterdir())
    except FileNotFoundError:
        return []
    for file in files:
        if file.suffix == ".part":
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _ABANDONED:
                    file.unlink()
    return [file for file in files if file.suffix == ".json"]


def read(path: Path) -> list[Entry] | None:
    """Return the entries of a file, or None where it is gone.

    Raises ValueError for a file that holds something else.
    """
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ValueError(f"it is no {SCHEMA}")
    entries: list[Entry] = found.get("entries", [])
    return entries


def done(path: Path) -> None:
    """Remove a file that has been taken in; another process may have done so."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def put_aside(path: Path) -> Path:
    """Rename a file that cannot be taken in, so that it is kept and bars nothing."""
    aside = path.with_suffix(".unreadable")
    with contextlib.suppress(FileNotFoundError):
        path.rename(aside)
    return aside


def _sync(folder: Path) -> None:
    """See the name of a new file on the disk, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
