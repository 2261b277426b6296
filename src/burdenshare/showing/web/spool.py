"""Jobs as files, so that every process of one server can tell of them, stop them or hand them out.

A folder holds, for each job, what it is (`ID.json`), what came of it (`ID.out`), when a client last
asked for it (the time of `ID.seen`) and whether one wants it stopped (`ID.stop`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import time
from pathlib import Path
from typing import Any

_ID = re.compile("[0-9a-f]{32}").fullmatch


class Spool:
    """The jobs of a server, in a folder that only its user may read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self) -> str:
        """Return the id of a new job, which nobody can guess."""
        return secrets.token_hex(16)

    def tell(self, job: str, told: dict[str, Any]) -> None:
        """Write down how a job stands."""
        self._write(f"{job}.json", json.dumps(told).encode())

    def put(self, job: str, data: bytes) -> None:
        """Write down what came of a job."""
        self._write(f"{job}.out", data)

    def told(self, job: str) -> dict[str, Any] | None:
        """Return how a job stands, None where there is none of that id."""
        data = self._read(job, "json")
        return None if data is None else dict(json.loads(data))

    def result(self, job: str) -> bytes | None:
        """Return what came of a job, None where nothing did yet."""
        return self._read(job, "out")

    def see(self, job: str) -> None:
        """Note that a client still asks for a job."""
        (self.folder / f"{job}.seen").touch()

    def unseen(self, job: str) -> float:
        """Return the seconds since a client last asked for a job."""
        try:
            return time.time() - (self.folder / f"{job}.seen").stat().st_mtime
        except FileNotFoundError:
            return float("inf")

    def stop(self, job: str) -> None:
        """Note that a job is to be stopped."""
        (self.folder / f"{job}.stop").touch()

    def stopped(self, job: str) -> bool:
        """Say whether a job is to be stopped."""
        return (self.folder / f"{job}.stop").exists()

    def forget(self, job: str) -> None:
        """Remove all that is known of a job."""
        for kind in ("json", "out", "seen", "stop"):
            with contextlib.suppress(OSError):
                (self.folder / f"{job}.{kind}").unlink()

    def _read(self, job: str, kind: str) -> bytes | None:
        if not _ID(job):
            return None
        try:
            return (self.folder / f"{job}.{kind}").read_bytes()
        except FileNotFoundError:
            return None

    def _write(self, name: str, data: bytes) -> None:
        part = self.folder / f".{name}-{os.getpid()}"
        part.write_bytes(data)
        part.replace(self.folder / name)
