"""A PostgreSQL of one's own for the tests, from the machine's packages: started, then stopped."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USER = "postgres"
MISSING = """PostgreSQL's server is not installed, and the ledger is tested against a real one.
On Debian or Ubuntu: sudo apt-get install --no-install-recommends postgresql"""


class Cluster:
    """A running server that listens on a socket in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.data = folder / "data"

    def start(self) -> None:
        """Make the cluster and start it; nothing of it needs to outlive a power cut."""
        self._run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop the server."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def database(self) -> str:
        """Empty the one database, and return its address."""
        anew = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        self._run("psql", "-h", self.folder, "-U", USER, "-q", "-c", anew, USER)
        return f"postgresql+psycopg://{USER}@/{USER}?host={self.folder}"

    def _run(self, program: str, *arguments: object) -> None:
        # The server refuses to be run by root.
        user = USER if os.geteuid() == 0 else None
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stderr or done.stdout}"


def programs() -> Path:
    """Return the folder of the newest PostgreSQL server on this machine."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found += [Path(path).parent for path in [shutil.which("initdb")] if path]
    assert found, MISSING
    return max(found, key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))])


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Give a server that runs until the end."""
    where = programs()
    folder = Path(tempfile.mkdtemp(prefix="burdenshare-"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam(USER)
            os.chown(folder, user.pw_uid, user.pw_gid)
        found = Cluster(where, folder)
        found.start()
        try:
            yield found
        finally:
            found.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
