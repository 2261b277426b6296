"""The command line: a few lines a command; the work is done by the library."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import click
import typer

from burdenshare.cli import (  # noqa: F401 - add commands
    article,
    debt,
    figures,
    ledger,
    rules,
    scenarios,
    serve,
)
from burdenshare.cli.common import Stopped, app
from burdenshare.errors import UserError

__all__ = ["app", "main"]

_INTERRUPTED = 130  # what typer makes of Ctrl-C


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="print the version")] = False,
) -> None:
    if version:
        from burdenshare import __version__

        print(f"burdenshare {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(2)


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 not completed, 2 bad input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(argv)
    except UserError as error:
        from burdenshare.showing.words import visible

        print(f"burdenshare: {visible(str(error))}", file=sys.stderr)
        return 2
    except Stopped as stopped:
        print(f"burdenshare: {stopped}", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"burdenshare: the run could not be completed: {error}", file=sys.stderr)
    return 1


def _run(argv: list[str] | None) -> int:
    try:
        code = app(args=argv, prog_name="burdenshare", standalone_mode=False)
    except click.ClickException as error:
        path = getattr(getattr(error, "ctx", None), "command_path", "burdenshare")
        raise UserError(f"{error.format_message()}\ntry: {path} --help") from None
    except (click.Abort, KeyboardInterrupt):
        print("burdenshare: stopped", file=sys.stderr)
        return 1
    except SystemExit as done:
        code = done.code
    if code == _INTERRUPTED:
        print("burdenshare: stopped", file=sys.stderr)
        return 1
    return code if isinstance(code, int) else 0
