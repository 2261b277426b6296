"""What all commands share: the application, the options, and how answers are written."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from burdenshare.world.dates import Day
    from burdenshare.world.load import World

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Who pays, who is protected, who may leave: figures and claims, checked as of a day.",
)


class Stopped(Exception):  # noqa: N818 - nobody made a mistake
    """Ctrl-C in what can be taken up again: the text says how; the exit code is 130."""


class Format(enum.StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="table, json or csv")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="what was known on this day (YYYY-MM-DD)"),
]


def open_world() -> World:
    """Return the world that ships, with the user's own releases."""
    from burdenshare.world.load import World

    return World()


def read_day(text: str | None, what: str = "--as-of") -> Day | None:
    """Return the day that an option gives, or None where it is left out."""
    from burdenshare.world.dates import parse_day

    return None if text is None else parse_day(text, what)


def listed(text: str | None) -> list[str]:
    """Return the parts of an option split by commas.

    >>> listed("USA, GBR"), listed(None)
    (['USA', 'GBR'], [])
    """
    return [each.strip() for each in (text or "").split(",") if each.strip()]


def print_answer(
    found: dict[str, Any],
    form: Format,
    text: Callable[[dict[str, Any]], str],
    rows: list[dict[str, Any]],
) -> None:
    """Write an answer as a table, as JSON, or its rows as CSV."""
    if form is Format.json:
        print_json(found)
    elif form is Format.csv:
        from burdenshare.showing.tables import as_csv

        write(as_csv(rows))
    else:
        write(text(found))


def print_json(found: Any) -> None:
    """Write an answer as JSON."""
    write(json.dumps(found, ensure_ascii=False, indent=2, default=str))


def write(text: str) -> None:
    """Write a text to standard output, ending in one line break."""
    print(text.removesuffix("\n"))
