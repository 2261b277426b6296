"""The command that checks articles."""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from burdenshare.cli.common import app, open_world, print_json, read_day, write
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.results import Check
    from burdenshare.world.dates import Day
    from burdenshare.world.load import World

    Runs = dict[str, dict[str, Any]]


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
    run: Annotated[
        bool, typer.Option("--run", help="also run the scenarios that the article proposes")
    ] = False,
    encoding: Annotated[str, typer.Option(help="the encoding of the files")] = "utf-8",
) -> None:
    """Check a news article's claims against what was known on its day."""
    from burdenshare.checking.article import Checker, check_file

    day = read_day(date, "--date")
    if html is not None and len(files) > 1:
        raise UserError("--html writes one report: give one FILE")
    checker = Checker(open_world(), charts=html is not None or form is CheckFormat.html)
    checks = [check_file(checker, name, day, encoding) for name in files]
    runs: list[Runs] = [{} for _ in checks]
    if run:
        runs = _run_scenarios(checker.world, checks)
        checks = [_with_headlines(*each) for each in zip(checks, runs, strict=True)]
    if html is not None:
        from burdenshare.showing.reports import write_report

        write_report(checks[0], html, runs[0])
    if form is CheckFormat.json:
        found = [each.as_dict() for each in checks]
        print_json(found[0] if len(found) == 1 else found)
    elif form is CheckFormat.html:
        from burdenshare.showing.reports import report_html

        for each, answers in zip(checks, runs, strict=True):
            write(report_html(each, answers))
    else:
        _print_checks(checks)
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is CheckFormat.text else sys.stderr)


def _run_scenarios(world: World, checks: list[Check]) -> list[Runs]:
    """Return the answers of the scenarios that each article proposes, by id.

    One that cannot be run is named on standard error and left out.
    """
    from burdenshare.cli.progress import progress
    from burdenshare.whatif.answer import run_answer

    wanted = list(dict.fromkeys((s.id, s.as_of) for each in checks for s in each.scenarios))
    found: dict[tuple[str, Day | None], dict[str, Any]] = {}
    with progress("running the scenarios") as report:
        for number, (name, as_of) in enumerate(wanted, start=1):
            try:
                found[name, as_of] = run_answer(world, name, as_of=as_of).json
            except UserError as error:
                print(f"burdenshare: {name} was not run: {error}", file=sys.stderr)
            report(number, len(wanted))
    return [
        {s.id: found[s.id, s.as_of] for s in each.scenarios if (s.id, s.as_of) in found}
        for each in checks
    ]


def _with_headlines(check: Check, runs: Runs) -> Check:
    """Return a check whose scenarios say what they came to."""
    from dataclasses import replace

    told = [
        replace(each, headline=str(runs[each.id]["headline"])) if each.id in runs else each
        for each in check.scenarios
    ]
    return replace(check, scenarios=tuple(told))


def _print_checks(checks: list[Check]) -> None:
    import shutil

    from burdenshare.showing.tables import check_text

    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for each in checks:
        write(check_text(each, width, colour))
