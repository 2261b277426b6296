"""The command that checks articles."""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from burdenshare.cli.common import app, open_world, print_json, read_day, write
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.results import Check


class CheckFormat(enum.StrEnum):
    """How a checked article is written."""

    text = "text"
    json = "json"
    html = "html"


@app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="text or HTML; - for stdin")
    ],
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="the article's day (YYYY-MM-DD)")
    ] = None,
    form: Annotated[CheckFormat, typer.Option("--format", help="text, json or html")] = (
        CheckFormat.text
    ),
    html: Annotated[
        Path | None, typer.Option(metavar="PATH", help="also write the HTML report to PATH")
    ] = None,
    encoding: Annotated[str, typer.Option(help="the encoding of the files")] = "utf-8",
) -> None:
    """Check a news article's claims against what was known on its day."""
    from burdenshare.checking.article import Checker, check_file

    day = read_day(date, "--date")
    if html is not None and len(files) > 1:
        raise UserError("--html writes one report: give one FILE")
    checker = Checker(open_world(), charts=html is not None or form is CheckFormat.html)
    checks = [check_file(checker, name, day, encoding) for name in files]
    if html is not None:
        from burdenshare.showing.reports import write_report

        write_report(checks[0], html)
    if form is CheckFormat.json:
        found = [each.as_dict() for each in checks]
        print_json(found[0] if len(found) == 1 else found)
    elif form is CheckFormat.html:
        from burdenshare.showing.reports import report_html

        for each in checks:
            write(report_html(each))
    else:
        _print_checks(checks)
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is CheckFormat.text else sys.stderr)


def _print_checks(checks: list[Check]) -> None:
    import shutil

    from burdenshare.showing.tables import check_text

    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for each in checks:
        write(check_text(each, width, colour))
