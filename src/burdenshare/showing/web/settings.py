"""What whoever runs the server decides: where it listens, what it allows, and who may write."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

VARIABLE = "BURDENSHARE_SERVE"  # by which the processes of one server are told the settings
TOKEN = "BURDENSHARE_TOKEN"
_LOOPBACK = ("127.0.0.1", "[::1]", "localhost")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server listens, and its limits.

    `names` are the hosts that a request may name, none for any. `body` is in bytes, `seconds`
    are those that one answer may be worked on, `patience` those that a client waits before a long
    run becomes a job, `grace` those after which work that nobody waits for is given up.
    `processes` work at the same time and `waiting` answers may wait for them, `jobs` of them as
    jobs; `clients` are requests at the same time. `memory` is what one process may use, `cache`
    what all kept answers may take, in bytes. `spool` is the folder in which the processes of one
    server tell each other about jobs.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    token: str | None = None
    body: int = 2_000_000
    draws: int = 20_000
    years: int = 50
    seconds: float = 30.0
    patience: float = 5.0
    grace: float = 1.0
    processes: int = 2
    memory: int = 4_000_000_000
    waiting: int = 256
    jobs: int = 16
    clients: int = 512
    cache: int = 64_000_000
    spool: str | None = None
    ready: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server.

        >>> Settings().loopback, Settings(host="0.0.0.0").loopback
        (True, False)
        """
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that a request may name, without ports; empty for any.

        A server for this machine alone answers to no other name, so that no page elsewhere can
        read it under a name of its own.
        """
        if not self.loopback and not self.names:
            return frozenset()
        return frozenset({*_LOOPBACK, self.host.lower(), *(each.lower() for each in self.names)})

    def text(self) -> str:
        """Return the settings as text, for the environment of the server's processes."""
        return json.dumps(asdict(self))


def settings_of(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that $BURDENSHARE_SERVE holds, with the token of $BURDENSHARE_TOKEN.

    >>> settings_of({"BURDENSHARE_TOKEN": "s3cret"}).token
    's3cret'
    """
    found = os.environ if environment is None else environment
    given: dict[str, Any] = json.loads(found.get(VARIABLE, "{}"))
    known = {each.name for each in fields(Settings)}
    values = {name: value for name, value in given.items() if name in known}
    values["names"] = tuple(values.get("names", ()))
    values["token"] = values.get("token") or found.get(TOKEN) or None
    return Settings(**values)
