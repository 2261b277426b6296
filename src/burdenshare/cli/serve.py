"""The command that serves pages and the API to browsers and programs: serve."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from burdenshare.cli.common import app, write
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.showing.web.settings import Settings

MOST_WORKERS = 64
_GRACE = 10  # seconds in which answers under way are finished when the server is stopped
_FACTORY = "burdenshare.showing.web.app:create_app"


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port; 0 for any that is free")] = 8000,
    workers: Annotated[int, typer.Option(metavar="N", help="processes that serve")] = 1,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="a name that requests may use")
    ] = None,
    token: Annotated[
        bool,
        typer.Option("--token", help="let who has $BURDENSHARE_TOKEN write to the ledger"),
    ] = False,
) -> None:
    """Serve pages for people and an API for programs, on this machine unless told otherwise."""
    from burdenshare.showing.web.settings import Settings

    if not 1 <= workers <= MOST_WORKERS:
        raise UserError(f"--workers is {workers}: write a whole number from 1 to {MOST_WORKERS}")
    if not 0 <= port <= 65_535:
        raise UserError(f"--port is {port}: write a whole number from 0 to 65535")
    _check_installed()
    let_write = _token(token)
    with _listening(host, port) as listening:
        port = listening.getsockname()[1]
        settings = Settings(host=host, port=port, names=tuple(name or ()), token=let_write)
        _say_where(settings)
        _serve(settings, listening, workers)


def _check_installed() -> None:
    from importlib.util import find_spec

    missing = [each for each in ("fastapi", "uvicorn", "python_multipart") if not find_spec(each)]
    if missing:
        raise UserError(f"serve needs {missing[0]}: pip install 'burdenshare[web]'")


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address, or an error that says why there is none."""
    bare = host.strip("[]")
    try:
        family = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.create_server((bare, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UserError(
            f"{host}:{port} cannot be listened on: {why.lower()}\n"
            "write another --port, or --host 127.0.0.1"
        ) from None
    found.set_inheritable(True)
    return found


def _token(wanted: bool) -> str | None:
    """Return the token that lets clients write, which the environment holds or which is made."""
    if not wanted:
        return None
    from burdenshare.showing.web.settings import TOKEN

    given = os.environ.get(TOKEN, "")
    if given and (len(given) < 16 or not given.isascii() or not given.isprintable()):
        raise UserError(f"{TOKEN} is too short or not plain: write 16 letters and digits or more")
    if not given:
        import secrets

        given = secrets.token_urlsafe(24)
        write(f"token: {given}")
    return given


def _say_where(settings: Settings) -> None:
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    who = "this machine only" if settings.loopback else "whoever can reach this machine"
    write(f"burdenshare serves http://{shown}:{settings.port} to {who} (Ctrl-C stops)")
    sys.stdout.flush()
    if not settings.loopback:
        print(
            f"burdenshare: {settings.host} is reached from other machines, without encryption and "
            "without a password:\nput a reverse proxy before it (docs/deploy.md), or leave out "
            "--host",
            file=sys.stderr,
        )


def _serve(settings: Settings, listening: socket.socket, workers: int) -> None:
    """Serve until it is stopped; the processes of one server share a folder for their jobs."""
    import tempfile
    from dataclasses import replace

    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from burdenshare.showing.web.settings import VARIABLE

    with tempfile.TemporaryDirectory(prefix="burdenshare-") as spool:
        os.environ[VARIABLE] = replace(settings, spool=spool, ready=True).text()
        config = uvicorn.Config(
            _FACTORY,
            factory=True,
            workers=workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=_GRACE,
        )
        server = uvicorn.Server(config)
        try:
            if workers == 1:
                server.run(sockets=[listening])
            else:
                Multiprocess(config, sockets=[listening]).run()
        except KeyboardInterrupt:
            write("stopped")
