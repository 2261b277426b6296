"""The command that answers what the EU's fiscal rules ask of a state: debt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from burdenshare.cli.common import (
    AsOfOption,
    Format,
    FormatOption,
    app,
    listed,
    open_world,
    print_answer,
    read_day,
)
from burdenshare.errors import UserError

_PATH = "+1.5:2025-2028"


@app.command()
def debt(  # noqa: PLR0913, PLR0917 - the options of the command
    country: Annotated[str | None, typer.Option(help="codes or names, split by commas")] = None,
    every: Annotated[bool, typer.Option("--all", help="all states: the default")] = False,
    adjust: Annotated[int, typer.Option(metavar="YEARS", help="4 or 7 years")] = 4,
    preset: Annotated[str, typer.Option(help="commission or bruegel")] = "commission",
    defence: Annotated[
        str | None,
        typer.Option(metavar="PATH", help=f"defence on top, % of GDP, such as {_PATH}"),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="what a scenario spends on top and borrows"),
    ] = None,
    no_stochastic: Annotated[
        bool, typer.Option("--no-stochastic", help="leave out the draws")
    ] = False,
    inputs: Annotated[
        str | None, typer.Option(help="eu-dsa, or commission-2024 for Finland")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
    html: Annotated[Path | None, typer.Option(help="also write a page to this file")] = None,
) -> None:
    """Print what adjustment the EU's fiscal rules ask of a state, and where its debt goes."""
    from burdenshare.showing.debt import debt_rows, debt_text
    from burdenshare.whatif.debt.asked import Asked, debt_asked

    if every and country is not None:
        raise UserError("--all and --country exclude each other: leave one out")
    if html is not None:
        from burdenshare.showing.pages import check_page

        check_page(html)
    asked = Asked(
        None if country is None else tuple(listed(country)),
        adjust,
        preset,
        defence,
        scenario,
        not no_stochastic,
        inputs,
        read_day(as_of),
    )
    found = debt_asked(open_world(), asked)
    if html is not None:
        from burdenshare.showing.debt_report import write_debt_report

        write_debt_report(found, html)
    print_answer(found, form, debt_text, debt_rows(found))
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is Format.table else sys.stderr)
