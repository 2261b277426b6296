"""The command that checks articles."""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from burdenshare.cli.batch import Means, check_batch, only_one_each
from burdenshare.cli.common import app, open_world, print_json, read_day, write
from burdenshare.cli.ledger import keep
from burdenshare.cli.proposals import add_proposals, whom_to_ask
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.results import Check
    from burdenshare.reading.extraction import HtmlReader
    from burdenshare.showing.claimreview import Review
    from burdenshare.world.dates import Day
    from burdenshare.world.load import World

    Runs = dict[str, dict[str, Any]]


class CheckFormat(enum.StrEnum):
    """How a checked article is written."""

    text = "text"
    json = "json"
    html = "html"
    claimreview = "claimreview"


class Reader(enum.StrEnum):
    """What finds the article on a page of HTML."""

    plain = "plain"
    trafilatura = "trafilatura"


@app.command()
def check(  # noqa: PLR0913, PLR0917 - the options of the command
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="text or HTML, - for stdin; with -o also folders"),
    ],
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="the article's day (YYYY-MM-DD)")
    ] = None,
    form: Annotated[CheckFormat, typer.Option("--format", help="text, json, html, claimreview")] = (
        CheckFormat.text
    ),
    html: Annotated[
        Path | None, typer.Option(metavar="PATH", help="also write the HTML report to PATH")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="also run the scenarios that the article proposes")
    ] = False,
    encoding: Annotated[str, typer.Option(help="the encoding of the files")] = "utf-8",
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="who published it, for the ledger")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="many: .parquet, .csv or .jsonl"),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="with -o: make OUT anew")] = False,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", help="with -o: check in N processes")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="with -o: local, or a dask scheduler")
    ] = None,
    html_reader: Annotated[
        Reader | None, typer.Option(help="plain or trafilatura; without it, the one installed")
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="with claimreview: who publishes the review")
    ] = None,
    review_url: Annotated[
        str | None, typer.Option(metavar="URL", help="with claimreview: where it is published")
    ] = None,
    no_ledger: Annotated[
        bool, typer.Option("--no-ledger", help="keep nothing for `burdenshare statements`")
    ] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="let a model point at what may have been missed")
    ] = False,
) -> None:
    """Check a news article's claims against what was known on its day."""
    from burdenshare.checking.article import Checker, check_file

    day = read_day(date, "--date")
    review = _review(form, reviewer, review_url, outlet)
    reader = cast("HtmlReader | None", html_reader and html_reader.value)
    model = whom_to_ask(propose, many=output is not None, review=review is not None)
    if output is not None:
        from burdenshare.checking.batch.run import Asked

        _refuse_beside_output(form, html, run)
        asked = Asked(tuple(files), output, day, encoding, reader, outlet, again)
        check_batch(asked, Means(jobs, cluster), form is CheckFormat.json, not no_ledger)
        return
    if again or jobs is not None or cluster is not None:
        raise UserError("--again, --jobs and --cluster go with -o OUT.parquet: give it as well")
    only_one_each(files)
    if html is not None and len(files) > 1:
        raise UserError("--html writes one report: give one FILE")
    checker = Checker(
        open_world(), charts=html is not None or form is CheckFormat.html, reader=reader
    )
    checks = [check_file(checker, name, day, encoding) for name in files]
    runs: list[Runs] = [{} for _ in checks]
    if run:
        runs = _run_scenarios(checker.world, checks)
        checks = [_with_headlines(*each) for each in zip(checks, runs, strict=True)]
    shown = add_proposals(checker, checks, model)
    if html is not None:
        from burdenshare.showing.reports import write_report

        write_report(shown[0], html, runs[0])
    _print(shown, runs, form, review)
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is CheckFormat.text else sys.stderr)
    keep(checks, outlet, not no_ledger)


def _refuse_beside_output(form: CheckFormat, html: Path | None, run: bool) -> None:
    """Refuse what is made for one article."""
    if html is not None or run or form not in (CheckFormat.text, CheckFormat.json):
        raise UserError("-o writes a table of many articles: leave out --html, --run and --format")


def _review(
    form: CheckFormat, reviewer: str | None, url: str | None, outlet: str | None
) -> Review | None:
    """Return who publishes the reviews, where reviews are asked for."""
    if form is not CheckFormat.claimreview:
        if reviewer is not None or url is not None:
            raise UserError("--reviewer and --review-url go with --format claimreview")
        return None
    from burdenshare.showing.claimreview import Review

    return Review(reviewer or Review.author, url, outlet)


def _print(checks: list[Check], runs: list[Runs], form: CheckFormat, review: Review | None) -> None:
    """Write checks in their form."""
    if form is CheckFormat.json:
        found = [each.as_dict() for each in checks]
        print_json(found[0] if len(found) == 1 else found)
    elif form is CheckFormat.claimreview:
        from burdenshare.showing.claimreview import claim_reviews, script_json

        write(script_json(claim_reviews(checks, review)))
    elif form is CheckFormat.html:
        from burdenshare.showing.reports import report_html

        for each, answers in zip(checks, runs, strict=True):
            write(report_html(each, answers))
    else:
        _print_checks(checks)


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
